package playground

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/backlogkit/backlogkit/prioritize"
)

// trialsToCompare returns those of the methods that are asked for, all that fit if none is.
func (a *answer) trialsToCompare() []*trial {
	a.chooseMethod()
	var all []*trial
	for _, m := range a.sheet.fits {
		if t := a.sheet.trials[m.name]; t != nil && (len(a.With) == 0 || slices.Contains(a.With, m.name)) {
			all = append(all, t)
		}
	}
	return all
}

// showCompare shows where methods agree, and which items they put elsewhere.
func (a *answer) showCompare() {
	trials := a.trialsToCompare()
	if len(trials) < 2 {
		a.Summary = "The sheet has the columns of one method only. Add those of another, such as reach, impact, confidence and effort."
		a.notes("What other methods need", a.sheet.closest())
		return
	}
	titles := []string{"Method"}
	for _, t := range trials {
		titles = append(titles, "#"+t.title)
	}
	comparisons := make([][]*prioritize.Comparison[int], len(trials))
	for i, t := range trials {
		for _, other := range trials {
			c, err := prioritize.Compare(t.ranking, other.ranking)
			if err != nil { // which rankings of the same rows never give
				c = new(prioritize.Comparison[int])
			}
			comparisons[i] = append(comparisons[i], c)
		}
	}
	a.Summary = fmt.Sprintf("%d methods, the same %s.", len(trials), counted(len(a.sheet.Rows), "item", "items"))
	a.movers(trials, comparisons)
	a.table("How far they agree", "Kendall's τ-b: 1 is the same order, 0 none in common, −1 the reverse.", columns(titles...), len(trials), func(i int) Row {
		cells := []string{trials[i].title}
		for _, c := range comparisons[i] {
			cells = append(cells, correlation(c.TauB()))
		}
		return Row{Cells: cells}
	})
	standings := make([]map[int]string, len(trials))
	for i, t := range trials {
		standings[i] = t.standing()
	}
	order := trials[0].ranking.KeysWithUnscored()
	titles[0] = "Item"
	a.table("Ranks", "", columns(titles...), len(order), func(i int) Row {
		row := Row{Cells: []string{a.sheet.title(order[i])}, Item: order[i] + 1, Line: a.sheet.numbers[order[i]]}
		for _, s := range standings {
			text := s[order[i]]
			if text == "" {
				text = "–"
			}
			row.Cells = append(row.Cells, text)
		}
		return row
	})
}

func correlation(value float64, ok bool) string {
	if !ok {
		return "–"
	}
	return strconv.FormatFloat(value+0, 'f', 2, 64)
}

// movers draws the ranks, and shows the items that change places most between two methods, and why.
func (a *answer) movers(trials []*trial, comparisons [][]*prioritize.Comparison[int]) {
	type mover struct {
		prioritize.Disagreement[int]
		from, to *trial
	}
	const most = 7
	var all []mover
	for i, from := range trials {
		for j := i + 1; j < len(trials); j++ {
			for _, d := range comparisons[i][j].Disagreements(most) {
				if !d.Displacement.IsZero() {
					all = append(all, mover{d, from, trials[j]})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y mover) int { return y.Displacement.Abs().Cmp(x.Displacement.Abs()) })
	seen := make(map[int]bool)
	all = slices.DeleteFunc(all, func(m mover) bool {
		known := seen[m.Key]
		seen[m.Key] = true
		return known
	})
	var raised []int
	for _, m := range all[:min(len(all), most)] {
		raised = append(raised, m.Key)
	}
	a.picture("ranks", "The rank of each item", "In colour, the items that move most.", a.newRanks(trials, raised).svg())
	a.table("Items that move most", "Between the two methods that disagree most on them.",
		columns("Item", "#Places", "One says", "The other says"), min(len(all), most), func(i int) Row {
			m := all[i]
			return Row{Item: m.Key + 1, Line: a.sheet.numbers[m.Key], Cells: []string{
				a.sheet.title(m.Key), m.Displacement.Abs().String(),
				fmt.Sprintf("%s: %d, since %s", m.from.title, m.A.Rank, m.from.ranking.Sentence(m.Key, scale)),
				fmt.Sprintf("%s: %d, since %s", m.to.title, m.B.Rank, m.to.ranking.Sentence(m.Key, scale)),
			}}
		})
}

// top is how many of the first items are looked at closely.
const top = 5

// showSure shows how little it takes to turn the order, and how often it holds when all numbers are a little off.
func (a *answer) showSure() {
	m := a.chooseMethod()
	t := a.sheet.trials[m.name]
	if t == nil || t.factors == nil || t.ranking.Len() == 0 {
		a.Summary = m.title + " has no number that could be off."
		return
	}
	n := min(top, t.ranking.Len())
	a.Summary = fmt.Sprintf("How sure is the order by %s? The first %d, when numbers are off.", m.title, n)
	if stable := t.draw(); stable != nil {
		a.table("When every number may be off by 20 %",
			fmt.Sprintf("Out of %d orders drawn at random, always the same ones.", stable.Draws()),
			columns("#Rank", "Item", "#First in", "#In the first 3", "#In the first 5"), n, func(i int) Row {
				one, _ := t.ranking.Row(i + 1)
				return Row{Item: one.Key + 1, Line: a.sheet.numbers[one.Key], Cells: []string{
					strconv.Itoa(one.Rank), a.sheet.title(one.Key),
					percent(stable.First(one.Key)), percent(stable.InTop(one.Key, 3)), percent(stable.InTop(one.Key, 5)),
				}}
			})
	}
	var rows []Row
	for i := range n {
		one, _ := t.ranking.Row(i + 1)
		for _, margin := range t.margins(one.Key) {
			up, _ := a.crossing(margin.Up, "passes", "is first")
			down, _ := a.crossing(margin.Down, "falls behind", "is last")
			rows = append(rows, Row{Item: one.Key + 1, Line: a.sheet.numbers[one.Key], Cells: []string{
				strconv.Itoa(one.Rank), a.sheet.title(one.Key), margin.Factor, margin.Value.String(), up, down,
			}})
		}
	}
	if len(rows) > 0 {
		a.table("Break-evens", "How far one number can move before the item changes places, everything else as it is.",
			columns("#Rank", "Item", "Number", "#Now", "Up", "Down"), len(rows), func(i int) Row { return rows[i] })
	}
}

func percent(share prioritize.Score) string {
	return share.Mul(prioritize.Integer(100)).At(1).StringFixed(1) + " %"
}
