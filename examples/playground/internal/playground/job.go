package playground

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
	"github.com/backlogkit/backlogkit/story"
)

// job is an item to put in order, with what it needs.
type job struct {
	key, title  string
	line        int
	size, delay decimal.Decimal
	needs       []string // keys of other jobs
	done        bool
}

func (j job) label() string {
	if j.key == j.title {
		return j.key
	}
	return j.key + " " + j.title
}

// The names of the columns that jobs are read from, of letters and digits only.
var (
	keyNames   = []string{"id", "key", "issuekey", "itemid", "storyid", "number", "no"}
	sizeNames  = []string{"size", "jobsize", "duration", "effort", "storypoints", "points", "estimate"}
	delayNames = []string{"costofdelay", "cod", "value", "businessvalue"}
	needsNames = []string{"needs", "dependson", "dependencies", "blockedby", "predecessors", "requires"}
)

// wsjfParts add up to the cost of delay where there is no column of that.
var wsjfParts = []string{"userbusinessvalue", "timecriticality", "riskreduction"}

// table finds columns of a sheet by the names in use for them.
type table struct{ *prioritize.Sheet }

func (t table) find(names []string) int {
	for _, name := range names {
		for i, column := range t.Columns {
			column, _, _ = strings.Cut(strings.ToLower(column), "(")
			plain := strings.Map(func(r rune) rune {
				if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, column)
			if plain == name {
				return i
			}
		}
	}
	return -1
}

func (t table) cell(row, column int) string {
	if column < 0 || column >= len(t.Rows[row]) {
		return ""
	}
	return strings.TrimSpace(t.Rows[row][column])
}

func (t table) number(row, column int) (decimal.Decimal, bool) {
	d, err := prioritize.ParseDecimal("cell", t.cell(row, column))
	return d, err == nil && !d.IsNegative()
}

// jobsOfSheet makes jobs of a sheet with a size and a cost of delay. Rows without both are left out.
func (in *input) jobsOfSheet() {
	if in.scores == nil {
		return
	}
	t := table{in.scores}
	size, delay := t.find(sizeNames), []int{}
	for _, name := range wsjfParts {
		delay = append(delay, t.find([]string{name}))
	}
	if slices.Contains(delay, -1) {
		delay = []int{t.find(delayNames)}
	}
	if size < 0 || slices.Contains(delay, -1) {
		return
	}
	key, needs := t.find(keyNames), t.find(needsNames)
	title := t.find([]string{"title", "name", "summary", "item", "feature", "story"})
	names := make([]string, len(delay))
	for i, column := range delay {
		names[i] = t.Columns[column]
	}
	in.jobsAre = fmt.Sprintf("Size is %s, the cost of delay %s.", t.Columns[size], strings.Join(names, " + "))
	seen := make(map[string]bool)
	for i := range t.Rows {
		one := job{key: t.cell(i, key), title: t.cell(i, title), line: i + 2}
		if i < len(t.Numbers) {
			one.line = t.Numbers[i]
		}
		ok := true
		for _, column := range delay {
			part, isNumber := t.number(i, column)
			one.delay, ok = one.delay.Add(part), ok && isNumber
		}
		var isNumber bool
		if one.size, isNumber = t.number(i, size); !ok || !isNumber {
			continue
		}
		if one.key == "" {
			one.key = one.title
		}
		if one.key == "" {
			one.key = "row " + strconv.Itoa(one.line)
		}
		if one.title == "" {
			one.title = one.key
		}
		if seen[one.key] {
			in.blame("warning", one.line, fmt.Sprintf("the id %q is there twice; the row is left out of the sequence", one.key), "an id of its own")
			continue
		}
		seen[one.key] = true
		one.needs = slices.Compact(slices.Sorted(slices.Values(strings.FieldsFunc(t.cell(i, needs), func(r rune) bool { return strings.ContainsRune(",;| ", r) }))))
		in.jobs = append(in.jobs, one)
	}
	in.leadNowhere()
}

// leadNowhere leaves out needs of what is not there, or of the item itself.
func (in *input) leadNowhere() {
	known := make(map[string]bool, len(in.jobs))
	for _, one := range in.jobs {
		known[one.key] = true
	}
	for i, one := range in.jobs {
		in.jobs[i].needs = slices.DeleteFunc(one.needs, func(key string) bool {
			if in.kind == Sheet && (key == one.key || !known[key]) {
				in.blame("warning", one.line, fmt.Sprintf("%q needs %q", one.key, key), "ids of other rows, with spaces between")
			}
			return key == one.key || !known[key]
		})
	}
}

// jobsOfDocument makes jobs of what is open in a tracker's export: of what has points where something has.
func (in *input) jobsOfDocument() {
	doc := in.tracked
	needs := make(map[string][]string)
	for _, link := range doc.Links {
		if link.Meaning == exchange.Needs {
			needs[link.From] = append(needs[link.From], link.To)
		}
	}
	sized, delayed := 0, 0
	for i := range doc.Items {
		one := &doc.Items[i]
		if one.Level < exchange.LevelStory || one.Category == story.Removed {
			continue
		}
		j := job{key: one.Key, title: one.Title, line: one.Row, size: decimal.NewFromInt(1), delay: decimal.NewFromInt(1), needs: needs[one.Key]}
		j.done = one.Category == story.Completed
		if one.Points.Valid && one.Points.Decimal.IsPositive() {
			j.size = one.Points.Decimal
			sized++
		}
		if one.Urgency > 0 {
			j.delay = decimal.NewFromInt(int64(6 - one.Urgency))
			delayed++
		}
		in.jobs = append(in.jobs, j)
	}
	size, delay := "1 for each", "1 for each"
	if sized > 0 {
		size = "the points, 1 where there are none"
	}
	if delayed > 0 {
		delay = "5 for the most urgent priority down to 1, 1 where there is none"
	}
	in.jobsAre = fmt.Sprintf("Size is %s; the cost of delay is %s.", size, delay)
	in.leadNowhere()
}

// maxSteps bounds the search for the best order: about a second.
const maxSteps = 300_000

// showSequence shows the order that loses least, with its proof.
func (a *answer) showSequence() {
	var open []job
	titles := make(map[string]string)
	for _, one := range a.jobs {
		titles[one.key] = one.title
		if !one.done {
			open = append(open, one)
		}
	}
	items := make([]plan.Item[string], len(open))
	for i, one := range open {
		items[i] = plan.Item[string]{Key: one.key, Size: one.size, CostOfDelay: one.delay, Needs: slices.DeleteFunc(slices.Clone(one.needs), func(key string) bool {
			return !slices.ContainsFunc(open, func(j job) bool { return j.key == key })
		})}
	}
	order, err := plan.Sequence(items, plan.SequenceOptions{Steps: maxSteps})
	var circle *plan.CycleError
	switch {
	case errors.As(err, &circle):
		a.circle(circle, open)
		return
	case err != nil:
		a.Summary = err.Error()
		return
	}
	a.Summary = counted(len(order.Items), "item", "items") + " in an order that is proven: no order loses less."
	if !order.Proven {
		gap := order.Gap(6).Mul(decimal.NewFromInt(100))
		a.Summary = fmt.Sprintf("%s in an order that is not proven the best: another one may lose up to %s %% less.", counted(len(order.Items), "item", "items"), gap.StringFixed(4))
	}
	a.table("What the order loses", "The sum of cost of delay × the time until each item is done. "+a.jobsAre,
		columns("Figure", "#Amount"), 3, func(i int) Row {
			return [...]Row{
				{Cells: []string{"This order", order.Cost.String()}},
				{Cells: []string{"No order can lose less than", order.LowerBound.String()}},
				{Cells: []string{"Taking, of what is ready, the highest ratio each time", order.ReadyQueueCost.String()}},
			}[i]
		})
	a.table("The order", "The score is the ratio that the needs leave each item.", columns("#Place", "Item", "#Size", "#Cost of delay", "#Done at", "#Score", "Why here"), len(order.Items), func(i int) Row {
		one := order.Items[i]
		score := "–"
		if ratio, ok := order.Blocks[one.Block].Ratio(scale); ok {
			score = ratio.StringFixed(scale)
		}
		why := "its own ratio"
		if one.OwnRank != one.Rank {
			why = order.Reason(one.Rank)
		}
		j := open[one.Index]
		return Row{Line: j.line, Cells: []string{strconv.Itoa(one.Rank), j.label(), j.size.String(), j.delay.String(), one.Completion.String(), score, why}}
	})
}

// circle tells of items that wait for each other.
func (a *answer) circle(found *plan.CycleError, jobs []job) {
	a.Summary = "There is no order: items wait for each other in a circle."
	keys := found.Keys[:min(len(found.Keys), 20)]
	a.notes("The circle", strings.Join(append(slices.Clone(keys), keys[0]), " needs "))
	for _, one := range jobs {
		if one.key == found.Keys[0] && a.kind == Sheet {
			begin, end := a.lines.line(one.line)
			a.marks = append(a.marks, place{begin, end, Mark{
				Severity: "error", Message: "a circle: " + strings.Join(append(slices.Clone(keys), keys[0]), " needs "),
				Mend: "no item to need itself, also by way of others",
			}})
		}
	}
}
