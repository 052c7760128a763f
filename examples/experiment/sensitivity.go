package main

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// top is how many of the first items are looked at closely.
const top = 5

// writeMargins writes how far each number of the first items may move, everything else staying as it
// is.
func (r *report) writeMargins(out *bytes.Buffer) {
	if r.lead.margins == nil {
		fmt.Fprintf(out, "\nBy %s there is no number that could move.\n", r.lead.name)
		return
	}
	rows := [][]any{{"#", "Item", "Number", "Now", "Passes the one ahead", "Falls behind the next"}}
	for row := range r.lead.ranking.All() {
		if row.Position > top {
			break
		}
		margins, err := r.lead.margins(row.Key)
		if err != nil {
			rows = append(rows, []any{row.Position, r.sheet.title(row.Key), plain(err)})
		}
		head := []any{row.Position, r.sheet.title(row.Key)}
		for _, m := range margins {
			if !r.reads(m.Factor) {
				continue
			}
			rows = append(rows, append(head,
				command.OnLine(m.Factor), shown(prioritize.Value(m.Value)), crossing(m.Up, "is first"), crossing(m.Down, "is last")))
			head = []any{"", ""}
		}
	}
	command.Section(out, fmt.Sprintf("Break-evens of the first %d by %s: how far one number can move, all others as they are",
		min(top, r.lead.ranking.Len()), r.lead.name), rows)
}

// reads reports whether the leading method takes a factor from the sheet.
func (r *report) reads(factor string) bool {
	for _, column := range r.lead.columns {
		if column == factor || column == "ratings"+command.AnyName {
			return true
		}
	}
	return false
}

// crossing says where an item changes places with a neighbour, if there is one.
func crossing(c *prioritize.BreakEven[int], none string) string {
	switch {
	case c == nil:
		return none
	case c.Never:
		return "never"
	case c.Change.Sign() == 0:
		return "level now"
	case !c.Exact:
		return fmt.Sprintf("from %s (%s)", shown(c.At), signed(c.Change))
	}
	return fmt.Sprintf("beyond %s (%s)", shown(c.At), signed(c.Change))
}

// signed is a change: exactly where it is a short decimal.
func signed(s prioritize.Score) string {
	text := s.String()
	if len(text) > maxDigits || strings.Contains(text, "/") {
		text = rounded(s)
	}
	if s.Sign() > 0 {
		return "+" + text
	}
	return text
}

// shown is a number exactly, with an approximation where it is no decimal; or the approximation alone
// where it has many digits.
func shown(s prioritize.Score) string {
	exact := s.String()
	switch {
	case len(exact) > maxDigits:
		return "≈ " + rounded(s)
	case strings.Contains(exact, "/"):
		return exact + " ≈ " + rounded(s)
	}
	return exact
}

// maxDigits is how long a number can get before it is shown in fewer digits.
const maxDigits = 16

// rounded is a number with two digits after the point, or with four digits in all where those would say
// nothing or too much.
func rounded(s prioritize.Score) string {
	near := s.At(scale)
	if text := near.String(); len(text) <= maxDigits && (near.Sign() != 0 || s.Sign() == 0) {
		return text
	}
	return new(big.Float).SetRat(s.Rat()).Text('g', 4)
}

// writeStability writes how often the first items keep their places when all numbers are uncertain.
func (r *report) writeStability(out *bytes.Buffer) {
	if r.lead.draw == nil || r.lead.ranking.Len() == 0 {
		return
	}
	stable, err := r.lead.draw()
	if err != nil {
		fmt.Fprintf(out, "\nThe numbers cannot be drawn anew: %s\n", plain(command.Problems(err)[0]))
		return
	}
	rows := [][]any{{"#", "Item", "First", "In top 3", "In top 5", "Rank in 9 draws of 10"}}
	for row := range r.lead.ranking.All() {
		if row.Position > top {
			break
		}
		rows = append(rows, []any{
			row.Position, r.sheet.title(row.Key), percent(stable.First(row.Key)),
			percent(stable.InTop(row.Key, 3)), percent(stable.InTop(row.Key, 5)), usual(stable, row.Key),
		})
	}
	command.Section(out, fmt.Sprintf("Out of %d draws in which every number by %s may be off by ±%d %%",
		stable.Draws(), r.lead.name, uncertainty), rows)
}

func percent(share prioritize.Score) command.Verbatim {
	return command.Verbatim(fmt.Sprintf("%5s %%", share.Mul(prioritize.Integer(100)).At(1).StringFixed(1)))
}

// usual is the ranks that are left without the best and the worst twentieth of the draws.
func usual(stable *prioritize.RankStability[int], key int) standing {
	var s standing
	seen := 0
	for i, count := range stable.Distribution(key) {
		seen += count
		if s.first == 0 && seen*20 > stable.Draws() {
			s.first = i + 1
		}
		if s.last == 0 && seen*20 >= stable.Draws()*19 {
			s.last = i + 1
		}
	}
	return s
}
