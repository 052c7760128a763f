package playground

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// scale is how many digits after the point a score is shown with.
const scale = 2

// showRank shows the order by one method, and what would change it.
func (a *answer) showRank() {
	m := a.chooseMethod()
	given := a.sheet.trials[m.name]
	if given == nil {
		a.Summary = "The sheet cannot be ranked by " + m.title + ": see what is wrong beside the text."
		return
	}
	now := given
	if len(a.Moves) > 0 {
		if now = m.run(&command.Document{}, a.sheet, a.Moves); now == nil {
			now = given
		}
	}
	unscored := now.ranking.Unscored()
	a.Summary = fmt.Sprintf("%s by %s", counted(now.ranking.Len(), "item", "items"), m.title)
	if n := len(unscored); n > 0 {
		a.Summary += fmt.Sprintf(", %d unscored", n)
	}
	if first, ok := now.ranking.Row(1); ok {
		a.Summary += ". First: " + a.sheet.title(first.Key)
	}
	a.Summary += "."
	a.sliders(given, now)

	before, standing := given.standing(), now.standing()
	head := columns("#Rank", "Item", "#Score", "Why")
	a.table("Ranking", a.rankNote(now, before, standing), head, now.ranking.Len(), func(i int) Row {
		one, _ := now.ranking.Row(i + 1)
		rank := standing[one.Key]
		row := Row{Item: one.Key + 1, Line: a.sheet.numbers[one.Key]}
		if was := before[one.Key]; was != rank {
			was, _ := given.ranking.Lookup(one.Key)
			rank += fmt.Sprintf(" (was %s)", before[one.Key])
			row.Tone = "down"
			if one.Rank < was.Rank {
				row.Tone = "up"
			}
		}
		row.Cells = []string{rank, a.sheet.title(one.Key), scoreText(now.ranking, one), now.ranking.Sentence(one.Key, scale)}
		return row
	})
	if len(unscored) > 0 {
		a.table("Not scored", "A missing number is not a zero: these are apart, with the reason.", columns("Item", "Reason"), len(unscored), func(i int) Row {
			return Row{
				Cells: []string{a.sheet.title(unscored[i].Key), unscored[i].Reason}, Tone: "soft",
				Line: a.sheet.numbers[unscored[i].Key],
			}
		})
	}
}

// rankNote tells of ties, and of what the moved numbers turned.
func (a *answer) rankNote(now *trial, before, standing map[int]string) string {
	var notes []string
	if ties := len(now.ranking.Ties()); ties > 0 {
		notes = append(notes, counted(ties, "tie", "ties")+": equal scores are equal as fractions, and share their ranks.")
	}
	if len(a.Moves) > 0 {
		turned := 0
		for key, rank := range standing {
			if before[key] != rank {
				turned++
			}
		}
		text := "With the number that you moved"
		if len(a.Moves) > 1 {
			text = fmt.Sprintf("With the %d numbers that you moved", len(a.Moves))
		}
		if turned == 0 {
			notes = append(notes, text+", the order stays as it is.")
		} else {
			notes = append(notes, text+", "+counted(turned, "item has another rank.", "items have other ranks."))
		}
	}
	return strings.Join(notes, " ")
}

func (a *answer) chooseMethod() method {
	for _, m := range a.sheet.fits {
		a.Methods = append(a.Methods, Option{Name: m.name, Title: m.title})
	}
	m := a.sheet.fit(a.Request.Method)
	a.Response.Method = m.name
	return m
}

// scoreText is a score, rounded; or its class, where it has no number: "must".
func scoreText(ranking *prioritize.Ranking[int], one prioritize.RankedItem[int]) string {
	if terms := ranking.Terms(one.Key); len(terms) == 1 && terms[0].Effect == prioritize.Orders && terms[0].Text != "" && !terms[0].Value.IsScored() {
		return terms[0].Text
	}
	return one.Score.At(scale).StringFixed(scale)
}

// sliders adds what moves the numbers of one item.
func (a *answer) sliders(given, now *trial) {
	if given.factors == nil || now.ranking.Len() < 2 {
		return
	}
	item := a.chosenItem(given)
	factors := given.factors(item)
	if len(factors) == 0 {
		return
	}
	b := Block{Type: "sliders", Title: "What would turn the order?", Item: item + 1}
	b.Note = "Move a number of one item: everything else stays as it is, and the order below follows."
	for i := range min(given.ranking.Len(), fewRows) {
		one, _ := given.ranking.Row(i + 1)
		b.Items = append(b.Items, Option{Name: strconv.Itoa(one.Key + 1), Title: a.sheet.title(one.Key)})
	}
	if name := strconv.Itoa(item + 1); !slices.ContainsFunc(b.Items, func(o Option) bool { return o.Name == name }) {
		b.Items = append(b.Items, Option{Name: name, Title: a.sheet.title(item)})
	}
	values := make(map[string]decimal.Decimal)
	for _, f := range now.factors(item) {
		values[f.name] = f.value
	}
	base, margins := given.margins(item), now.margins(item)
	for _, f := range factors {
		s := Slider{Factor: f.name, Title: strings.ReplaceAll(f.name, "_", " "), Given: f.value.String(), Value: values[f.name].String()}
		s.IsMoved = !values[f.name].Equal(f.value)
		s.span(f, marginOf(base, f.name))
		a.crossings(&s, marginOf(margins, f.name))
		b.Sliders = append(b.Sliders, s)
	}
	a.Blocks = append(a.Blocks, b)
}

// chosenItem is the row whose numbers can be moved: the one asked for, or the second, which has a neighbour on both sides.
func (a *answer) chosenItem(t *trial) int {
	if row := a.Item - 1; row >= 0 && row < len(a.sheet.Rows) {
		if _, ok := t.ranking.Lookup(row); ok {
			return row
		}
	}
	second, _ := t.ranking.Row(2)
	return second.Key
}

func marginOf(all []prioritize.Margin[int], name string) *prioritize.Margin[int] {
	for i := range all {
		if all[i].Factor == name {
			return &all[i]
		}
	}
	return nil
}

// span chooses from where to where a slider goes, in about a hundred steps: as far as it takes to pass both neighbours.
func (s *Slider) span(f factor, m *prioritize.Margin[int]) {
	most := f.value.Mul(decimal.NewFromInt(2))
	least := decimal.Min(decimal.Decimal{}, most)
	if m != nil {
		for _, one := range []*prioritize.BreakEven[int]{m.Up, m.Down} {
			if one == nil || one.Never {
				continue
			}
			if at := one.At.At(6); at.LessThan(f.value.Abs().Add(decimal.NewFromInt(1)).Mul(decimal.NewFromInt(20))) {
				most = decimal.Max(most, at.Mul(decimal.New(125, -2)))
			}
		}
	}
	if !most.IsPositive() {
		most = decimal.NewFromInt(10)
	}
	if f.least.Valid {
		least = f.least.Decimal
	}
	if f.most.Valid {
		most = f.most.Decimal
	}
	step := decimal.New(1, int32(most.Sub(least).NumDigits())+most.Sub(least).Exponent()-3)
	if !f.value.Mod(step).IsZero() { // the number itself has to be on a step
		step = decimal.Min(step, decimal.New(1, f.value.Exponent()))
	}
	if f.isOpen && least.IsZero() {
		least = step
	}
	if steps := most.Sub(least).Div(step).Ceil(); true {
		most = decimal.Max(least.Add(steps.Mul(step)), f.value)
	}
	if f.most.Valid {
		most = f.most.Decimal
	}
	s.Least, s.Most, s.Step = least.String(), most.String(), step.String()
}

// crossings tells where the item changes places with its neighbours as things are now.
func (a *answer) crossings(s *Slider, m *prioritize.Margin[int]) {
	if m == nil {
		s.Up, s.Down = "not worked out: too many items for this method", ""
		return
	}
	s.Up, s.UpAt = a.crossing(m.Up, "passes", "is first already")
	s.Down, s.DownAt = a.crossing(m.Down, "falls behind", "is last already")
}

func (a *answer) crossing(c *prioritize.BreakEven[int], verb, none string) (text, at string) {
	if c == nil {
		return none, ""
	}
	neighbour := "“" + command.Shorten(a.sheet.title(c.Neighbour), 48) + "”"
	switch {
	case c.Never:
		return "never " + verb + " " + neighbour, ""
	case c.Change.Sign() == 0:
		return "is level with " + neighbour, ""
	}
	side := "above"
	if c.Change.Sign() < 0 {
		side = "below"
	}
	if !c.Exact {
		side = "from"
	}
	return fmt.Sprintf("%s %s %s %s", verb, neighbour, side, numberText(c.At)), c.At.At(6).String()
}

// numberText is a number exactly where it is short, and else rounded.
func numberText(s prioritize.Score) string {
	const most = 12
	exact := s.String()
	if len(exact) <= most && !strings.Contains(exact, "/") {
		return exact
	}
	near := s.At(scale)
	if text := near.String(); len(text) <= most && near.Sign() != 0 {
		return "≈ " + text
	}
	return "≈ " + new(big.Float).SetRat(s.Rat()).Text('g', 4)
}
