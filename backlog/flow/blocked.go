package flow

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story/field"
)

// Block is a time in which something held an item up. To is unset while it lasts. [Blocks] returns those of a
// backlog; a host makes its own of the flags that a tracker keeps.
type Block struct {
	Key   string    `json:"key"`   // of the item
	Cause string    `json:"cause"` // what held it
	From  time.Time `json:"from"`
	To    time.Time `json:"to,omitzero"`
}

// Blocks returns the times in which impediments held stories, those of their features too, by the order of the
// stories, then by when the impediments were raised. The cause is the title of the impediment. An impediment
// counts for what it is about now. O(n), and O(k log k) in the blocks.
func Blocks(v *backlog.View) []Block {
	blocks := []Block{}
	for s := range v.Stories() {
		for _, one := range v.ImpedimentsOf(backlog.StoryItem(s.ID)) {
			blocks = append(blocks, Block{Key: s.ID.String(), Cause: one.Title, From: one.At, To: one.Resolution.At})
		}
	}
	return blocks
}

// Blocked is how long items were held up: the time of a block counts while the item is waiting or in progress,
// once where several causes hold it.
type Blocked struct {
	Seconds int64          `json:"seconds"` // of all items together, up to now
	Items   int            `json:"items"`   // that were held up
	Now     int            `json:"now"`     // that are held up now
	Causes  []BlockedCause `json:"causes"`  // the one that took most time first, ties by name
}

// BlockedCause is how long a cause held items up, whatever else did.
type BlockedCause struct {
	Cause   string `json:"cause"`
	Seconds int64  `json:"seconds"` // of all items together, up to now
	Items   int    `json:"items"`   // that it held up
	Now     int    `json:"now"`     // that it holds up now
	Longest int64  `json:"longest"` // seconds of the item that it held up longest
}

// BlockedTime returns how long the items of p were held up by now, and by what. Time is counted by the second, in
// working time, in states that are waiting or in progress. Blocks of items that p does not have are left out.
// It costs O(n log n) of the stays and blocks, and O(days).
//
// Errors: those of [Past.TimeInState]; a [*field.Error] for each block without a key, a cause or a start, or
// that ends before it begins.
func (p Past) BlockedTime(blocks []Block, w WorkTime, now time.Time) (Blocked, error) {
	if err := checkBlocks(blocks); err != nil {
		return Blocked{}, err
	}
	r, err := p.read(w, now)
	if err != nil {
		return Blocked{}, err
	}
	byItem := make(map[string][]Block)
	for _, block := range blocks {
		if !block.From.After(now) {
			byItem[block.Key] = append(byItem[block.Key], block)
		}
	}
	total, causes := BlockedCause{}, make(map[string]*BlockedCause)
	for _, item := range p.Items {
		held := byItem[item.Key]
		if len(held) == 0 {
			continue
		}
		slices.SortStableFunc(held, func(x, y Block) int { return x.From.Compare(y.From) })
		r.addBlocked(&total, item, held)
		byCause := make(map[string][]Block)
		for _, block := range held {
			byCause[block.Cause] = append(byCause[block.Cause], block)
		}
		for cause, held := range byCause {
			if causes[cause] == nil {
				causes[cause] = &BlockedCause{Cause: cause}
			}
			r.addBlocked(causes[cause], item, held)
		}
	}
	blocked := Blocked{Seconds: total.Seconds, Items: total.Items, Now: total.Now, Causes: []BlockedCause{}}
	for _, name := range slices.Sorted(maps.Keys(causes)) {
		if causes[name].Items > 0 {
			blocked.Causes = append(blocked.Causes, *causes[name])
		}
	}
	slices.SortStableFunc(blocked.Causes, func(x, y BlockedCause) int { return cmp.Compare(y.Seconds, x.Seconds) })
	return blocked, nil
}

// addBlocked adds the time in which an item was held up by blocks, which are sorted by when they begin.
func (r *reading) addBlocked(c *BlockedCause, item StateHistory, held []Block) {
	var seconds int64
	met, isNow := false, false
	for i, stay := range r.stays(item) {
		if !r.States[i].counts() {
			continue
		}
		stayEnd, isOver := r.end(stay)
		from := stay.From // up to where the blocks were counted
		for _, block := range held {
			end, lasts := block.To, block.To.IsZero() || block.To.After(r.now)
			if lasts {
				end = r.now
			}
			begin := latest(from, block.From)
			if end.After(stayEnd) {
				end = stayEnd
			}
			isHeld := lasts && !isOver && !block.From.After(r.now)
			isNow = isNow || isHeld
			if met = met || isHeld; end.After(begin) {
				met = true
				seconds += r.between(begin, end)
				from = end
			}
		}
	}
	if !met {
		return
	}
	c.Items++
	c.Seconds += seconds
	c.Longest = max(c.Longest, seconds)
	if isNow {
		c.Now++
	}
}

func latest(x, y time.Time) time.Time {
	if x.Before(y) {
		return y
	}
	return x
}

func checkBlocks(blocks []Block) error {
	var problems []error
	for i, block := range blocks {
		at := field.Index("blocks", i)
		switch {
		case block.Key == "":
			problems = append(problems, field.New("flow", at+".key", "", "an item"))
		case block.Cause == "":
			problems = append(problems, field.New("flow", at+".cause", "", "what held it"))
		case block.From.IsZero():
			problems = append(problems, field.New("flow", at+".from", "", "an instant"))
		case !block.To.IsZero() && block.To.Before(block.From):
			problems = append(problems, field.New("flow", at+".to", block.To.Format(time.RFC3339Nano),
				"not before from, "+block.From.Format(time.RFC3339Nano)))
		}
		if len(problems) == maxProblems {
			break
		}
	}
	return field.Join(problems...)
}
