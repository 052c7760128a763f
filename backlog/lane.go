package backlog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
)

// lanes are the stories that [View.NextFor] chooses from, in the order of the backlog: a lane for those of each
// team that are assigned to nobody, and one for those of each person.
type lanes struct {
	byKey  map[laneKey]*lane
	shared []*lane // those of teams, by team

	// While changes are tried that are taken back in any case, the lanes stay as they are until somebody looks.
	late   []*storyEntry // whose place is not up to date
	looked bool          // whether somebody has, so that the lanes are other than before
}

type laneKey struct {
	team   story.Team
	person string // none for a lane of a team
}

// lane is a list of chunks, like an [order], whose order is that of the backlog. An entry is found from where
// it was put, a place for one by halving: O(log n).
type lane struct {
	key    laneKey
	chunks []*laneChunk
	first  minTree // by chunk: the earliest of from
}

type laneChunk struct {
	lane  *lane
	index int // in lane.chunks
	items []laneItem
}

type laneItem struct {
	entry *storyEntry
	from  int64      // from which second on it is free
	marks *laneMarks // nil for none
}

// laneMarks have a bit for each label of a story, and for each of the skills that it takes.
type laneMarks struct{ labels, skills uint64 }

var noMarks laneMarks // stay as they are

func (i *laneItem) has() *laneMarks {
	if i.marks == nil {
		return &noMarks
	}
	return i.marks
}

func marksOf(labels story.List[string]) *laneMarks {
	if labels.IsZero() {
		return nil
	}
	var marks laneMarks
	for _, label := range labels.All() {
		marks.labels |= labelBit(label)
		if skill, is := strings.CutPrefix(label, SkillLabel); is {
			marks.skills |= labelBit(skill)
		}
	}
	return &marks
}

// compareTo compares the place of an entry in the order of the backlog with that of another, which has that rank.
func (e *storyEntry) compareTo(other *storyEntry, rank uint64) int {
	if e.chunk == other.chunk {
		return cmp.Compare(e.rank(), rank)
	}
	return e.chunk.index - other.chunk.index
}

// rank is a number that is higher the later an entry comes in the order of the backlog.
func (e *storyEntry) rank() uint64 { return uint64(e.chunk.index)<<32 | uint64(e.chunk.position(e)) }

// lanePlace is where an entry belongs among the lanes, the zero value for nowhere.
type lanePlace struct {
	key  laneKey
	item laneItem
}

// leaveLane takes an entry out of its lane, if it is in one, and returns where it was.
func (b *View) leaveLane(entry *storyEntry) (place lanePlace) {
	switch c := entry.lane; {
	case c == nil:
	case b.trying:
		b.lanes.late = append(b.lanes.late, entry)
	default:
		place = lanePlace{c.lane.key, c.items[c.position(entry)]}
		b.lanes.remove(entry)
	}
	return place
}

// settleLanes brings the lanes up to date while changes are tried.
func (b *View) settleLanes() {
	late := b.lanes.late
	for _, entry := range late {
		b.lanes.remove(entry)
	}
	wasTrying := b.trying
	b.trying, b.lanes.looked = false, true
	for _, entry := range late {
		if entry.chunk != nil { // it is there
			b.relane(entry, entry.chunk.from[entry.chunk.position(entry)])
		}
	}
	b.trying, b.lanes.late = wasTrying, emptied(late)
}

// stopTrying ends the trial of changes, after they were taken back.
func (b *View) stopTrying() {
	if b.lanes.looked {
		b.settleLanes()
	}
	b.trying, b.lanes.looked, b.lanes.late = false, false, emptied(b.lanes.late)
}

// relane puts an entry where it belongs among the lanes, from a second on, or never.
func (b *View) relane(entry *storyEntry, from int64) {
	if b.trying {
		b.lanes.late = append(b.lanes.late, entry)
		return
	}
	if from == never || !b.isNext(entry) {
		b.lanes.remove(entry)
		return
	}
	if held, ok := b.claimOf(entry.story.ID); ok {
		from = max(from, held.Until.Unix())
	}
	key, item := laneKey{team: entry.story.Team}, laneItem{entry: entry, from: from}
	if !entry.story.Details.IsZero() {
		details := entry.story.Details.Value()
		if details.Assignee != "" {
			key = laneKey{person: details.Assignee}
		}
		item.marks = marksOf(details.Labels)
	}
	if entry.lane != nil && entry.lane.lane.key == key {
		entry.lane.put(item)
		return
	}
	b.lanes.remove(entry)
	b.lanes.insert(lanePlace{key, item})
}

// position returns where in its chunk an entry is.
func (c *laneChunk) position(entry *storyEntry) int {
	below := min(int(entry.lanePut), len(c.items)-1)
	for above := below + 1; below >= 0 || above < len(c.items); below, above = below-1, above+1 {
		if below >= 0 && c.items[below].entry == entry {
			return below
		}
		if above < len(c.items) && c.items[above].entry == entry {
			return above
		}
	}
	return -1
}

// put replaces an item by another of the same entry.
func (c *laneChunk) put(item laneItem) {
	at := c.position(item.entry)
	old := c.items[at].from
	c.items[at] = item
	c.note(old, item.from)
}

// note keeps the earliest of the chunk after from became another.
func (c *laneChunk) note(old, from int64) {
	switch first := c.lane.first.at(c.index); {
	case from < first:
		c.lane.first.set(c.index, from)
	case old == first && from > old:
		c.lane.first.set(c.index, c.earliest())
	}
}

func (c *laneChunk) earliest() int64 {
	first := never
	for i := range c.items {
		if c.items[i].from == always {
			return always
		}
		first = min(first, c.items[i].from)
	}
	return first
}

// remove takes an entry out of its lane, if it is in one.
func (l *lanes) remove(entry *storyEntry) {
	c := entry.lane
	if c == nil {
		return
	}
	at := c.position(entry)
	from := c.items[at].from
	c.items = slices.Delete(c.items, at, at+1)
	entry.lane = nil
	one := c.lane
	if len(c.items) > 0 {
		c.note(from, never)
		return
	}
	one.chunks = slices.Delete(one.chunks, c.index, c.index+1)
	if one.reindex(); len(one.chunks) == 0 {
		delete(l.byKey, one.key)
		if one.key.person == "" {
			at, _ := l.find(one.key.team)
			l.shared = slices.Delete(l.shared, at, at+1)
		}
	}
}

// find returns where the lane of a team is, or is to be, among those of teams.
func (l *lanes) find(team story.Team) (int, bool) {
	return slices.BinarySearchFunc(l.shared, team, func(one *lane, team story.Team) int { return cmp.Compare(one.key.team, team) })
}

// insert puts an entry that is in no lane into one, if it belongs into one.
func (l *lanes) insert(place lanePlace) {
	if place.item.entry == nil {
		return
	}
	key := place.key
	one := l.byKey[key]
	if one == nil {
		one = &lane{key: key}
		if l.byKey == nil {
			l.byKey = make(map[laneKey]*lane)
		}
		if l.byKey[key] = one; key.person == "" {
			at, _ := l.find(key.team)
			l.shared = slices.Insert(l.shared, at, one)
		}
	}
	one.insert(place.item)
}

func (one *lane) insert(item laneItem) {
	entry := item.entry
	rank := entry.rank()
	// the first chunk whose last entry comes after
	i, _ := slices.BinarySearchFunc(one.chunks, entry, func(c *laneChunk, entry *storyEntry) int {
		return c.last().compareTo(entry, rank)
	})
	if i == len(one.chunks) {
		one.append(item)
		return
	}
	c := one.chunks[i]
	at, _ := slices.BinarySearchFunc(c.items, entry, func(x laneItem, entry *storyEntry) int {
		return x.entry.compareTo(entry, rank)
	})
	if len(c.items) == maxChunk {
		const half = maxChunk / 2
		fresh := &laneChunk{lane: one, items: slices.Clone(c.items[half:])}
		for i := range fresh.items {
			fresh.items[i].entry.lane, fresh.items[i].entry.lanePut = fresh, uint16(i)
		}
		clear(c.items[half:])
		c.items = c.items[:half]
		one.chunks = slices.Insert(one.chunks, i+1, fresh)
		one.reindex()
		if at > half {
			c, at = fresh, at-half
		}
	}
	c.items = slices.Insert(withRoom(c.items), at, item)
	entry.lane, entry.lanePut = c, uint16(at)
	c.note(never, item.from)
}

func (one *lane) last() *laneChunk { return one.chunks[len(one.chunks)-1] }

func (c *laneChunk) last() *storyEntry { return c.items[len(c.items)-1].entry }

// append puts an item after all others.
func (one *lane) append(item laneItem) {
	if len(one.chunks) == 0 || len(one.last().items) >= packChunk {
		one.chunks = append(one.chunks, &laneChunk{lane: one, index: len(one.chunks)})
		one.first.append(never)
	}
	c := one.last()
	item.entry.lane, item.entry.lanePut = c, uint16(len(c.items))
	c.items = append(withRoom(c.items), item)
	c.note(never, item.from)
}

// reindex sets what depends on the number of chunks. O(chunks).
func (one *lane) reindex() {
	firsts := make([]int64, len(one.chunks))
	for i, c := range one.chunks {
		c.index, firsts[i] = i, c.earliest()
	}
	one.first.reset(firsts)
}

// reorder makes the lanes anew in another order of the backlog. O(stories).
func (l *lanes) reorder(o *order) {
	made := make(map[laneKey]*lane, len(l.byKey))
	for key := range l.byKey {
		made[key] = &lane{key: key}
	}
	for entry := range o.all() {
		if c := entry.lane; c != nil {
			made[c.lane.key].append(c.items[c.position(entry)])
		}
	}
	l.byKey = made
	for i, one := range l.shared {
		l.shared[i] = made[one.key]
	}
}

// minTree is a list of numbers in which the first that is not above a bound is found in O(log n).
type minTree struct{ levels [][]int64 } // each has the least of every minFan numbers below

const minFan = 64

func (t *minTree) at(i int) int64 { return t.levels[0][i] }

// set replaces a number.
func (t *minTree) set(i int, value int64) {
	t.levels[0][i] = value
	for level := 1; level < len(t.levels); level++ {
		below := t.levels[level-1]
		i /= minFan
		t.levels[level][i] = slices.Min(below[i*minFan : min((i+1)*minFan, len(below))])
	}
}

// append adds a number at the end.
func (t *minTree) append(value int64) {
	if len(t.levels) == 0 {
		t.levels = [][]int64{nil}
	}
	t.levels[0] = append(t.levels[0], never)
	for level := 1; level < len(t.levels); level++ {
		if len(t.levels[level])*minFan < len(t.levels[level-1]) {
			t.levels[level] = append(t.levels[level], never)
		}
	}
	if len(t.levels[len(t.levels)-1]) > minFan {
		t.reset(t.levels[0])
	}
	t.set(len(t.levels[0])-1, value)
}

// reset replaces all numbers. O(n).
func (t *minTree) reset(values []int64) {
	t.levels = append(t.levels[:0], values)
	for len(values) > minFan {
		least := make([]int64, 0, len(values)/minFan+1)
		for part := range slices.Chunk(values, minFan) {
			least = append(least, slices.Min(part))
		}
		t.levels = append(t.levels, least)
		values = least
	}
}

// next returns the index of the first number from i on that is at most most, or -1.
func (t *minTree) next(i int, most int64) int {
	for level, values := range t.levels {
		end := len(values)
		if level < len(t.levels)-1 { // the rest of its part; what follows is looked at a level higher
			end = min(end, (i+minFan-1)/minFan*minFan)
		}
		for ; i < end; i++ {
			if values[i] <= most {
				return t.down(level, i, most)
			}
		}
		i = (i + minFan - 1) / minFan
	}
	return -1
}

// down returns the first index at the lowest level below a number that is at most most.
func (t *minTree) down(level, i int, most int64) int {
	for ; level > 0; level-- {
		i *= minFan
		for t.levels[level-1][i] > most {
			i++
		}
	}
	return i
}
