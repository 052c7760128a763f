package gherkin_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// found lists findings as "line:column rule".
func found(findings []gherkin.Flaw) []string {
	return each(findings, func(f gherkin.Flaw) string { return fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule) })
}

// The names are those of gherkin-lint (https://github.com/vsiakka/gherkin-lint) and of gherkin_lint
// (https://github.com/funkwerk/gherkin_lint), see [gherkin.Checks].
func TestChecks(t *testing.T) {
	const whole = "\n Given a\n When b\n Then c\n"
	long := strings.Repeat("é", 71)
	var eleven strings.Builder
	for i := range 11 {
		fmt.Fprintf(&eleven, "\nScenario: %d%s", i, strings.TrimSuffix(whole, "\n"))
	}
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing":        {"# c", []string{"1:1 no-empty-file"}},
		"no scenario":    {"Feature: a\nRule: b", []string{"1:1 no-files-without-scenarios"}},
		"good":           {"Feature: a\nScenario: b" + whole, nil},
		"good in a rule": {"Feature: a\nRule: r\nScenario: b" + whole, nil},
		"eleven":         {"Feature: a" + eleven.String(), []string{"42:1 max-scenarios-per-file"}},
		"long name": {
			"Feature: " + long + "\nScenario: b" + whole,
			[]string{"1:1 name-length"},
		},
		"unnamed": {"Feature: a\nScenario:" + whole, []string{"2:1 no-unnamed-scenarios"}},
		"twice": {
			"Feature: a\nScenario: b" + whole + "Rule: r\nScenario: b" + whole,
			[]string{"7:1 no-dupe-scenario-names"},
		},
		"three times": {
			"Feature: a\nScenario: b" + whole + "Scenario: b" + whole + "Scenario: c" + whole + "Scenario: b" + whole,
			[]string{"6:1 no-dupe-scenario-names", "14:1 no-dupe-scenario-names"},
		},
		"no When": {
			"Feature: a\nScenario: b\nGiven a\nThen b",
			[]string{"2:1 missing-test-action"},
		},
		"no Then": {
			"Feature: a\nScenario: b\nGiven a\nWhen b\nAnd c",
			[]string{"2:1 missing-verification"},
		},
		"no steps": {
			"Feature: a\nScenario: b",
			[]string{"2:1 missing-test-action", "2:1 missing-verification"},
		},
		"bullets": {"Feature: a\nScenario: b\n* a\n* b", nil},
		"Given late": {
			"Feature: a\nScenario: b\nWhen a\nThen b\nGiven c",
			[]string{"5:1 keywords-in-logical-order"},
		},
		"Then early": {
			"Feature: a\nScenario: b\nThen a\nAnd c\n  When b",
			[]string{"5:3 keywords-in-logical-order"},
		},
		"And first": {
			"Feature: a\nScenario: b\nAnd a\nWhen b\nThen c",
			[]string{"3:1 keywords-in-logical-order"},
		},
		"two When": {
			"Feature: a\nScenario: b\nWhen a\nWhen b\nThen c\nThen d",
			[]string{"4:1 avoid-scripting"},
		},
		"sixteen steps": {
			"Feature: a\nScenario: b\nWhen a\nThen b\n" + steps(14),
			[]string{"2:1 scenario-size"},
		},
		"long step": {
			"Feature: a\nScenario: b\nWhen a\nThen " + long + strings.Repeat("b", 10),
			[]string{"4:1 too-long-step"},
		},
		"outline alone": {
			"Feature: a\nScenario Outline: b" + whole,
			[]string{"2:1 no-scenario-outlines-without-examples"},
		},
		"examples without": {
			"Feature: a\nScenario: b" + whole + "Examples:\n",
			[]string{"2:1 no-scenario-outlines-without-examples"},
		},
		"header only": {
			"Feature: a\nScenario: <x>" + whole + "Examples:\n|x|",
			[]string{"2:1 no-scenario-outlines-without-examples"},
		},
		"one row": {
			"Feature: a\nScenario: <x>" + whole + "Examples:\n|x|\n|1|",
			[]string{"2:1 avoid-outline-for-single-example"},
		},
		"unused": {
			"Feature: a\nScenario: <x>" + whole + "Examples:\n|x| y|\n|1|1|\n|2|2|",
			[]string{"7:5 no-unused-variables"},
		},
		"unknown": {
			"Feature: a\nScenario: <x>\nWhen a <y><x>\nThen <y>" + "\nExamples:\n|x|\n|1|\n|2|",
			[]string{"3:1 unknown-variable"},
		},
		"unknown to one": {
			"Feature: a\nScenario: <x>" + whole + "Examples:\n|x|\n|1|\nExamples:\n||\n|2|",
			[]string{"2:1 unknown-variable", "10:2 no-unused-variables"},
		},
		"variables below": {
			"Feature: a\nScenario: b\nWhen a\n\"\"\"<m>\n<d>\n\"\"\"\nThen c\n|<c>|\nExamples:\n|m|d|c|\n|1|1|1|\n|2|2|2|",
			nil,
		},
		"examples without a header among others": {
			"Feature: a\nScenario: <x>" + whole + "Examples:\n|x|\n|1|\nExamples:\nExamples:\n|y|\n|2|",
			[]string{"2:1 unknown-variable", "11:2 no-unused-variables"},
		},
		"no variables": {
			"Feature: a\nScenario: <x>\nWhen 1 < 2 and 2 > 1 <> <\nThen a\n\"\"\"\n<b>x</b>\n\"\"\"\nExamples:\n|x|\n|1|\n|2|",
			nil,
		},
		"in order of the text": {"Feature: a\nBackground:\nScenario:" + whole, []string{"2:1 no-empty-background", "3:1 no-unnamed-scenarios"}},
		"empty background": {
			"Feature: a\nBackground:\nScenario: b" + whole,
			[]string{"2:1 no-empty-background"},
		},
		"acting background": {
			"Feature: a\nBackground:\nGiven a\nWhen b\nAnd c\nThen d\nScenario: b" + whole,
			[]string{"4:1 background-does-more-than-setup", "6:1 background-does-more-than-setup"},
		},
		"wide table": {
			"Feature: a\nScenario: b" + whole + strings.Repeat("|", 22),
			[]string{"6:1 table-size"},
		},
		"wide examples": {
			"Feature: a\nScenario: <x>" + whole + "Examples:\n" + strings.Repeat(strings.Repeat("|x", 21)+"|\n", 3),
			[]string{"7:1 table-size"},
		},
		"mark of direction": {
			"Feature: a\n\u200fwhy\nScenario: b" + whole + " |\u202ex|",
			[]string{"1:1 no-invisible-characters", "7:3 no-invisible-characters"},
		},
		"joiner is all right": {"Feature: a\nScenario: 👨\u200d👩" + whole, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := gherkin.Parse(tt.text)
			require.NoError(t, err)
			findings := doc.Check(gherkin.Checks(gherkin.Limits{})...)
			require.Equal(t, tt.want, found(findings))
			for _, f := range findings {
				require.NotEmpty(t, f.Message)
				require.NotEmpty(t, f.Mend)
			}
		})
	}
}

func TestScenarioCheck(t *testing.T) {
	s, err := gherkin.ParseScenario(ticket)
	require.NoError(t, err)
	require.Empty(t, s.Check(gherkin.Checks(gherkin.Limits{})...))

	// Steps alone have no line to put a name in.
	s, err = gherkin.ParseScenario("Given a\nWhen b")
	require.NoError(t, err)
	findings := s.Check(gherkin.Checks(gherkin.Limits{})...)
	require.Equal(t, []string{"1:1 missing-verification"}, found(findings))
	require.Equal(t, "1:1: defect: scenario has no Then step (missing-verification): "+
		"say in a Then step what can be seen afterwards", findings[0].String())
}

func TestLimits(t *testing.T) {
	s, err := gherkin.ParseScenario("Scenario: abc\nWhen abc\n|a|b|\nThen b")
	require.NoError(t, err)
	tight := gherkin.Limits{NameLength: 2, StepLength: 2, Steps: 1, Columns: 1}
	require.Equal(t, []string{"1:1 name-length", "1:1 scenario-size", "2:1 too-long-step", "3:1 table-size"},
		found(s.Check(gherkin.Checks(tight)...)))
	fitting := gherkin.Limits{NameLength: 3, StepLength: 3, Steps: 2, Columns: 2}
	require.Empty(t, s.Check(gherkin.Checks(fitting)...))
}

// Limits count characters, of every name and step that there is.
func TestLimitsCountCharacters(t *testing.T) {
	const text = `Feature: éé
Background: éé
Given éé
Rule: éé
Background: éé
Given èè
Scenario: éé
When éé
| é | è |
Then éé
Examples: éé
| é | è |
| 1 | 2 |
`
	d, err := gherkin.Parse(text)
	require.NoError(t, err)
	limited := func(l gherkin.Limits) (lines []string) {
		for _, f := range d.Check(gherkin.Checks(l)...) {
			if f.Rule == "name-length" || f.Rule == "too-long-step" || f.Rule == "table-size" || f.Rule == "scenario-size" {
				lines = append(lines, fmt.Sprintf("%d %s: %s", f.Line, f.Rule, f.Message))
			}
		}
		return lines
	}
	require.Empty(t, limited(gherkin.Limits{NameLength: 2, StepLength: 2, Columns: 2, Steps: 2}))
	require.Equal(t, []string{
		"1 name-length: the name has 2 characters, more than 1",
		"2 name-length: the name has 2 characters, more than 1",
		"3 too-long-step: the step has 2 characters, more than 1",
		"4 name-length: the name has 2 characters, more than 1",
		"5 name-length: the name has 2 characters, more than 1",
		"6 too-long-step: the step has 2 characters, more than 1",
		"7 name-length: the name has 2 characters, more than 1",
		"7 scenario-size: there are 2 steps, more than 1",
		"8 too-long-step: the step has 2 characters, more than 1",
		"9 table-size: the table has 2 columns, more than 1",
		"10 too-long-step: the step has 2 characters, more than 1",
		"11 name-length: the name has 2 characters, more than 1",
		"12 table-size: the table has 2 columns, more than 1",
	}, limited(gherkin.Limits{NameLength: 1, StepLength: 1, Columns: 1, Steps: 1}))
}

// A tree made by hand may have parts without anything in them.
func TestChecksOfEmptyParts(t *testing.T) {
	empty := []gherkin.Step{{}, {DataTable: &gherkin.DataTable{}}, {DataTable: &gherkin.DataTable{Rows: []gherkin.Row{{}}}}, {DocString: &gherkin.DocString{}}}
	scenarios := []gherkin.Scenario{{}, {Steps: empty}, {Outline: true, Examples: []gherkin.Examples{{}, {Header: &gherkin.Row{}, Body: []gherkin.Row{{}}}}}}
	for _, d := range []gherkin.Document{
		{},
		{Feature: &gherkin.Feature{}},
		{Feature: &gherkin.Feature{Background: &gherkin.Background{}, Scenarios: scenarios, Rules: []gherkin.Rule{{}}}},
		{Feature: &gherkin.Feature{Rules: []gherkin.Rule{{Background: &gherkin.Background{Steps: empty}, Scenarios: scenarios}}}},
	} {
		require.NotPanics(t, func() {
			for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
				require.NotEmpty(t, f.Rule)
			}
			_ = d.String()
		})
	}
}

// Each check has a name of its own and says something only under it; leaving one out takes away its
// findings alone.
func TestChecksAreIndependent(t *testing.T) {
	texts, parser := seeds(t)
	checks := gherkin.Checks(gherkin.Limits{Scenarios: 2, Steps: 3, NameLength: 10, StepLength: 10, Columns: 1})
	names := each(checks, func(c gherkin.Check) string { return c.Name })
	slices.Sort(names)
	require.Len(t, slices.Compact(names), len(checks))
	for _, text := range texts {
		doc, err := parser.Parse(text)
		if err != nil {
			continue
		}
		all := doc.Check(checks...)
		for i, left := range checks {
			want := slices.DeleteFunc(slices.Clone(all), func(f gherkin.Flaw) bool { return f.Rule == left.Name })
			require.ElementsMatch(t, want, doc.Check(slices.Delete(slices.Clone(checks), i, i+1)...))
		}
	}
}

// Whatever can be read can be checked, and each finding stands where something is.
func TestChecksOnMutations(t *testing.T) {
	texts, parser := seeds(t)
	checks := gherkin.Checks(gherkin.Limits{Columns: 1})
	r := rand.New(rand.NewPCG(5, 3))
	for range 2_000 {
		text := mutated(r, texts[r.IntN(len(texts))], texts)
		doc, _ := parser.Parse(text)
		lines := strings.Split(text, "\n")
		for _, f := range doc.Check(checks...) {
			require.LessOrEqual(t, f.Line, len(lines))
			require.LessOrEqual(t, f.Column, len([]rune(lines[f.Line-1]))+1)
		}
	}
}

// Variables are found as by a pattern, on random texts of what matters.
func TestVariablesTwin(t *testing.T) {
	pattern := regexp.MustCompile(`<([^<>]+)>`)
	unused := slices.DeleteFunc(gherkin.Checks(gherkin.Limits{}), func(c gherkin.Check) bool {
		return c.Name != "no-unused-variables"
	})
	r := rand.New(rand.NewPCG(8, 9))
	for range 3_000 {
		var text strings.Builder
		for range r.IntN(12) {
			text.WriteString([]string{"<", ">", "a", "b", "ab", "c c"}[r.IntN(6)])
		}
		used := map[string]bool{}
		for _, m := range pattern.FindAllStringSubmatch(text.String(), -1) {
			used[m[1]] = true
		}
		s := gherkin.Scenario{
			Steps:    []gherkin.Step{{Text: text.String()}},
			Examples: []gherkin.Examples{{Header: &gherkin.Row{}}},
		}
		want := 0
		for _, name := range []string{"a", "b", "ab", "c c", "aa"} {
			s.Examples[0].Header.Cells = append(s.Examples[0].Header.Cells, gherkin.Cell{Value: name})
			if !used[name] {
				want++
			}
		}
		require.Len(t, s.Check(unused...), want, "%q", text.String())
	}
}

// steps returns n steps that differ.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("And c" + strings.Repeat("c", i) + "\n")
	}
	return b.String()
}
