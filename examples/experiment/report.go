package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// scale is how many digits after the point are shown of what needs more.
const scale = 2

// report is a sheet, ranked by every method that has its columns.
type report struct {
	sheet     *sheet
	trials    []*trial
	skipped   []string // methods with some of their columns, and what they lack
	lead      *trial   // whose first items are looked at more closely
	agreement agreement
	picture   string // the file of it; empty if there is none
}

// readReport ranks a sheet. If it is bad input, the document is blamed, and there is no report.
func readReport(doc *command.Document, by string) *report {
	if !doc.OK() {
		return nil
	}
	all := methods()
	s := parseSheet(doc, all)
	if s == nil {
		return nil
	}
	r := &report{sheet: s}
	r.try(doc, all)
	r.choose(doc, all, by)
	if !doc.OK() {
		return nil
	}
	r.agreement = compare(r.trials)
	return r
}

// try runs every method that has its columns. A method that has but some of them is only worth a word
// when no other has use for those.
func (r *report) try(doc *command.Document, all []method) {
	used := make(map[string]bool)
	var partial []method
	for _, m := range all {
		lacks := r.sheet.lacks(m)
		switch {
		case len(lacks) == 0:
			if t := m.run(doc, r.sheet); t != nil {
				r.trials = append(r.trials, t)
			}
			for _, column := range m.columns {
				used[column] = true
			}
		case len(lacks) < len(m.columns):
			partial = append(partial, m)
		}
	}
	for _, m := range partial {
		if slices.ContainsFunc(m.columns, func(c string) bool { return r.sheet.Has(c) && !used[c] }) {
			r.skipped = append(r.skipped, fmt.Sprintf("%s for %s", strings.Join(r.sheet.lacks(m), ", "), m.name))
		}
	}
	if len(used) == 0 {
		more := ": -h lists them"
		if len(r.skipped) > 0 {
			more = ", as " + strings.Join(r.skipped, "; or ")
		}
		doc.Blame(command.Start(), "not enough columns to rank by, want all those of a method%s", more)
	}
}

// choose picks the method that is asked for by name, or the first that works with numbers, or the first.
func (r *report) choose(doc *command.Document, all []method, by string) {
	for _, m := range all {
		if lacks := r.sheet.lacks(m); m.name == by && len(lacks) > 0 {
			doc.Blame(command.Start(), "not enough columns for %s, want also %s", by, strings.Join(lacks, ", "))
		}
	}
	for _, t := range r.trials {
		if r.lead == nil || t.name == by || by == "" && r.lead.margins == nil && t.margins != nil {
			r.lead = t
		}
	}
}

// WriteTable writes what there is to say, and where the picture is.
func (r *report) WriteTable(out *bytes.Buffer) {
	names := make([]string, len(r.trials))
	for i, t := range r.trials {
		names[i] = t.name
	}
	fmt.Fprintf(out, "%s ranked by %s: %s\n", command.Counted(len(r.sheet.Rows), "item", "items"),
		command.Counted(len(r.trials), "method", "methods"), strings.Join(names, ", "))
	if len(r.skipped) > 0 {
		fmt.Fprintf(out, "To rank by more there would have to be %s\n", strings.Join(r.skipped, "; or "))
	}
	r.writeUnscored(out)
	r.writeAgreement(out)
	r.writeMovers(out)
	r.writeMargins(out)
	r.writeStability(out)
	if r.picture != "" {
		fmt.Fprintf(out, "\nThe ranks as a picture: %s\n", r.picture)
	}
}

// writeUnscored writes what could not be scored, by which methods, and why.
func (r *report) writeUnscored(out *bytes.Buffer) {
	const most = 20
	type gap struct {
		row    int
		reason string
	}
	var gaps []gap
	names := make(map[gap][]string)
	for _, t := range r.trials {
		for _, missing := range t.ranking.Unscored() {
			g := gap{missing.Key, missing.Reason}
			if names[g] == nil {
				gaps = append(gaps, g)
			}
			names[g] = append(names[g], t.name)
		}
	}
	if len(gaps) == 0 {
		return
	}
	slices.SortStableFunc(gaps, func(a, b gap) int { return a.row - b.row })
	var rows [][]any
	for _, g := range gaps[:min(most, len(gaps))] {
		rows = append(rows, []any{r.sheet.title(g.row), strings.Join(names[g], ", "), command.OnLine(g.reason)})
	}
	if more := len(gaps) - most; more > 0 {
		rows = append(rows, []any{fmt.Sprintf("and %d more", more)})
	}
	command.Section(out, "Not scored", rows)
}

// writeAgreement writes the two matrices.
func (r *report) writeAgreement(out *bytes.Buffer) {
	if len(r.trials) == 1 {
		fmt.Fprintf(out, "\nWith one method there is nothing to compare.\n")
		return
	}
	note := ""
	if slices.ContainsFunc(slices.Concat(r.agreement.tau...), func(c correlation) bool { return !c.defined }) {
		note = " (- where a method gives all items one score)"
	}
	command.Section(out, "How far the methods agree: Kendall's tau-b"+note, r.matrix(r.agreement.tau))
	command.Section(out, "And by Spearman's rank correlation", r.matrix(r.agreement.rho))
}

func (r *report) matrix(of [][]correlation) [][]any {
	head := []any{"", ""}
	rows := [][]any{nil}
	for i, t := range r.trials {
		head = append(head, command.Verbatim(fmt.Sprintf("%5d", i+1)))
		row := []any{i + 1, t.name}
		for _, c := range of[i] {
			row = append(row, command.Verbatim(c.String()))
		}
		rows = append(rows, row)
	}
	rows[0] = head
	return rows
}

// writeMovers writes the items that move most, with what made their scores.
func (r *report) writeMovers(out *bytes.Buffer) {
	if len(r.agreement.moves) == 0 {
		return
	}
	rows := [][]any{{"Places", "Item", "Method", "Rank", "Because"}}
	formulas := make(map[*trial]string) // empty for a method that has several
	note := func(t *trial, terms []prioritize.Term) {
		formula := formulaOf(terms)
		if known, ok := formulas[t]; ok && known != formula {
			formula = ""
		}
		formulas[t] = formula
	}
	for _, m := range r.agreement.moves {
		rows = append(rows,
			[]any{
				m.Displacement.Abs(), r.sheet.title(m.Key),
				m.from.name, m.from.standings[m.Key], because(m.TermsA, m.A.Score),
			},
			[]any{"", "", m.to.name, m.to.standings[m.Key], because(m.TermsB, m.B.Score)})
		note(m.from, m.TermsA)
		note(m.to, m.TermsB)
	}
	command.Section(out, "Items that move most from one method to another (by the middle of ties, among those that both score)", rows)
	for _, t := range r.trials {
		if formula := formulas[t]; formula != "" && formula != t.name {
			fmt.Fprintf(out, "  where %s is %s\n", t.name, formula)
		}
	}
}

// because says how a score came about, in numbers.
func because(terms []prioritize.Term, score prioritize.Score) string {
	if len(terms) == 0 {
		return "score " + shown(score)
	}
	return command.Shorten(command.OnLine(prioritize.Sentence(terms, score, scale)), 160)
}

// formulaOf says how a score came about, in names.
func formulaOf(terms []prioritize.Term) string {
	named := slices.Clone(terms)
	for i := range named {
		named[i].Text = named[i].Name
	}
	return command.Shorten(command.OnLine(prioritize.Sentence(named, prioritize.Score{}, scale)), 160)
}
