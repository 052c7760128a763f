package gherkin

import (
	"cmp"
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/field"
)

// Limits are the sizes beyond which the built-in checks report a flaw. Zero is the default.
type Limits struct {
	NameLength int // runes of a title; 70
	StepLength int // runes of a step; 80
	Steps      int // of a scenario or background; 15
	Scenarios  int // of a document; 10
	Columns    int // of a table; 20
}

// Checks returns the built-in checks. Their names are those of gherkin-lint and gplint; where these
// have none, those of gherkin_lint written in the same way (MissingTestAction is
// missing-test-action); the last four are our own.
//
//	no-empty-file                           the document has no feature
//	no-files-without-scenarios              the feature has no scenario
//	max-scenarios-per-file                  it has too many
//	name-length                             a title is too long
//	no-unnamed-scenarios                    a "Scenario:" line has no name
//	no-dupe-scenario-names                  two scenarios have the same name
//	missing-test-action                     a scenario has no When
//	missing-verification                    a scenario has no Then
//	keywords-in-logical-order               Given after When, When after Then, And before anything
//	avoid-scripting                         a scenario has more than one When
//	scenario-size                           a scenario or background has too many steps
//	too-long-step                           a step is too long
//	no-scenario-outlines-without-examples   an outline has no row to run with
//	unknown-variable                        <x> in an outline is no column of its examples
//	no-unused-variables                     a column of the examples is used nowhere
//	avoid-outline-for-single-example        an outline has one row only
//	no-empty-background                     a background has no steps
//	background-does-more-than-setup         a background has When or Then
//	table-size                              a table has too many columns
//	no-invisible-characters                 a text holds control characters or marks of direction
//	no-duplicate-steps                      a step is another one in other words: "I'm in" and "I am in"; or
//	                                        states again what holds, and nothing happens between
//	no-interface-steps                      a step names a part of the user interface: "I click the button"
//
// How often a flaw is right was measured on feature files of public repositories, kept back while the checks were made. Each flaw
// found was read in its file and marked: avoid-scripting 81/84 = 96 % and no-interface-steps 202/218 = 93 % in 117 files (the wrong ones
// are of examples that are about the interface itself, or about a thing that is done twice), no-duplicate-steps 8/8 = 100 % in 836
// others; eight are few. A test finds them again in these files, without their words. How many flaws the checks miss was not
// measured. The other checks look at the form alone.
//
// A step about the interface is found by its English words, never by a value: what stands in quotes or in <>.
//
// Two steps for the same purpose (both given, both actions, both outcomes) are the same in other words if they differ only in spaces,
// capitals at the beginning of words, full stops, commas, colons and semicolons after words, hyphens in words, "the", the "on"
// after "click" and, in English, in what is written short ("isn't") and an outcome's "should", "shall", "must" or "will". Values
// and numbers may differ too, but steps that differ in nothing else are the same wording. Marks within code and numbers count: "a.b"
// is not "a-b".
//
// A step comes again if its scenario has it in the same words before, without a table or text, and all steps between begin with the
// same two words and none is an action. It is no flaw if it may be meant twice: if it begins with "a" or has a verb such as "wait", or
// is given and has an "a" or no verb of states, such as "is" or "has".
//
// A step that begins with "*" can be anything, so a scenario that has one is never reported to lack a
// When or a Then.
func Checks(limits Limits) []Check {
	l := Limits{
		NameLength: cmp.Or(limits.NameLength, 70),
		StepLength: cmp.Or(limits.StepLength, 80),
		Steps:      cmp.Or(limits.Steps, 15),
		Scenarios:  cmp.Or(limits.Scenarios, 10),
		Columns:    cmp.Or(limits.Columns, 20),
	}
	return []Check{
		{"no-empty-file", field.Warning, emptyFile, 0},
		{"no-files-without-scenarios", field.Warning, noScenarios, 0},
		{"max-scenarios-per-file", field.Hint, l.manyScenarios, 0},
		{"name-length", field.Warning, l.longNames, 0},
		{"no-unnamed-scenarios", field.Warning, unnamedScenarios, 0},
		{"no-dupe-scenario-names", field.Warning, duplicateNames, 0},
		{"missing-test-action", field.Warning, missingAction, 0},
		{"missing-verification", field.Defect, missingOutcome, 0},
		{"keywords-in-logical-order", field.Warning, keywordOrder, 0},
		{"avoid-scripting", field.Warning, scripting, 96},
		{"scenario-size", field.Warning, l.manySteps, 0},
		{"too-long-step", field.Warning, l.longSteps, 0},
		{"no-scenario-outlines-without-examples", field.Defect, outlineWithoutExamples, 0},
		{"unknown-variable", field.Defect, unknownVariables, 0},
		{"no-unused-variables", field.Warning, unusedVariables, 0},
		{"avoid-outline-for-single-example", field.Hint, singleExample, 0},
		{"no-empty-background", field.Warning, emptyBackground, 0},
		{"background-does-more-than-setup", field.Warning, actingBackground, 0},
		{"table-size", field.Hint, l.wideTables, 0},
		{"no-invisible-characters", field.Hint, invisibleCharacters, 0},
		{"no-duplicate-steps", field.Hint, duplicateSteps, 100},
		{"no-interface-steps", field.Hint, interfaceSteps, 93},
	}
}

// named returns what a message calls a scenario.
func (s *Scenario) named() string {
	if s.Name == "" {
		return "scenario"
	}
	return "scenario " + strconv.Quote(shortened(s.Name))
}

func emptyFile(d *Document, report Report) {
	if d.Feature == nil {
		report(Position{1, 1}, "there is no feature", `write "Feature:" and scenarios`)
	}
}

func noScenarios(d *Document, report Report) {
	if d.Feature == nil {
		return
	}
	for range d.AllScenarios() {
		return
	}
	report(d.Feature.Position, "the feature has no scenario", "write a scenario for each thing it must do")
}

func (l Limits) manyScenarios(d *Document, report Report) {
	n := 0
	var first *Scenario // beyond the limit
	for s := range d.AllScenarios() {
		if n++; n == l.Scenarios+1 {
			first = s
		}
	}
	if first != nil {
		report(first.Position, fmt.Sprintf("the feature has %d scenarios, more than %d", n, l.Scenarios),
			"split the feature")
	}
}

func (l Limits) longNames(d *Document, report Report) {
	d.titles(func(at Position, name, _ string) {
		if len(name) <= l.NameLength {
			return // as most are
		}
		if n := runes(name); n > l.NameLength {
			report(at, fmt.Sprintf("the name has %d characters, more than %d", n, l.NameLength),
				"shorten it, and tell the rest in the description")
		}
	})
}

func unnamedScenarios(d *Document, report Report) {
	for s := range d.AllScenarios() {
		if s.Name == "" && s.Keyword != "" {
			report(s.Position, "the scenario has no name", "name what is special about this example")
		}
	}
}

func duplicateNames(d *Document, report Report) {
	n := 0
	for range d.AllScenarios() {
		n++
	}
	first := make(map[string]int, n)
	for s := range d.AllScenarios() {
		if s.Name == "" {
			continue
		}
		if line, ok := first[s.Name]; ok {
			report(s.Position, s.named()+" has the name of the one in line "+strconv.Itoa(line),
				"name what makes them differ")
			continue
		}
		first[s.Name] = s.Line
	}
}

func (l Limits) manySteps(d *Document, report Report) {
	d.stepLists(func(at Position, steps []Step) {
		if len(steps) > l.Steps {
			report(at, fmt.Sprintf("there are %d steps, more than %d", len(steps), l.Steps),
				"split it, or say in one step what several say")
		}
	})
}

func (l Limits) longSteps(d *Document, report Report) {
	d.stepLists(func(_ Position, steps []Step) {
		for i := range steps {
			if len(steps[i].Text) <= l.StepLength {
				continue // as most are
			}
			if n := runes(steps[i].Text); n > l.StepLength {
				report(steps[i].Position,
					fmt.Sprintf("the step has %d characters, more than %d", n, l.StepLength),
					"shorten it, or move data to a table below it")
			}
		}
	})
}

func emptyBackground(d *Document, report Report) {
	for _, g := range d.groups() {
		if g.background != nil && len(g.background.Steps) == 0 {
			report(g.background.Position, "the background has no steps",
				"write what holds before each scenario, or drop it")
		}
	}
}

func actingBackground(d *Document, report Report) {
	for _, g := range d.groups() {
		if g.background == nil {
			continue
		}
		for i := range g.background.Steps {
			if s := &g.background.Steps[i]; s.KeywordType == Action || s.KeywordType == Outcome {
				report(s.Position, fmt.Sprintf("the background has a %q step", word(s)),
					"keep to what is given, and move the rest to the scenarios")
			}
		}
	}
}

func (l Limits) wideTables(d *Document, report Report) {
	check := func(header *Row) {
		if header != nil && len(header.Cells) > l.Columns {
			report(header.Position,
				fmt.Sprintf("the table has %d columns, more than %d", len(header.Cells), l.Columns),
				"keep the columns that matter to the example")
		}
	}
	d.stepLists(func(_ Position, steps []Step) {
		for i := range steps {
			if t := steps[i].DataTable; t != nil && len(t.Rows) > 0 {
				check(&t.Rows[0])
			}
		}
	})
	for s := range d.AllScenarios() {
		for i := range s.Examples {
			check(s.Examples[i].Header)
		}
	}
}

func invisibleCharacters(d *Document, report Report) {
	check := func(at Position, text string) {
		if i := firstInvisible(text); i >= 0 {
			r, _ := utf8.DecodeRuneInString(text[i:])
			report(at, fmt.Sprintf("the text holds the invisible character %U", r), "delete it")
		}
	}
	d.titles(func(at Position, name, description string) { check(at, name+description) })
	d.stepLists(func(_ Position, steps []Step) {
		for i := range steps {
			steps[i].texts(check)
		}
	})
	for s := range d.AllScenarios() {
		for i := range s.Examples {
			if e := &s.Examples[i]; e.Header != nil {
				e.Header.texts(check)
				for j := range e.Body {
					e.Body[j].texts(check)
				}
			}
		}
	}
	for _, c := range d.Comments {
		check(c.Position, c.Text)
	}
}

// firstInvisible is where the first invisible character of a text stands, -1 if it has none.
func firstInvisible(text string) int {
	for i := printable(text); i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		if isInvisible(r) {
			return i
		}
		i += n
	}
	return -1
}

// printable is how many bytes of printable ASCII a text begins with: all of most texts, which are looked at 8 at a time.
func printable(text string) int {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
	)
	i := 0
	for ; i+8 <= len(text); i += 8 {
		s := text[i : i+8]
		bytes := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		if deletes := bytes ^ 0x7f*ones; (bytes|(bytes-' '*ones)|(deletes-ones))&high != 0 {
			break
		}
	}
	for i < len(text) && text[i]-' ' < 0x7f-' ' {
		i++
	}
	return i
}

// isInvisible holds for control characters, marks of direction and space without width; not for the
// joiners that scripts and emoji need.
func isInvisible(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < 0x600:
		return unicode.IsControl(r)
	}
	return r == 0x061c || r == 0x200b || r == 0x200e || r == 0x200f || r == 0x2060 || r == 0xfeff ||
		0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}

// titles visits everything that has a name and description.
func (d *Document) titles(visit func(at Position, name, description string)) {
	f := d.Feature
	if f == nil {
		return
	}
	visit(f.Position, f.Name, f.Description)
	for i := range f.Rules {
		visit(f.Rules[i].Position, f.Rules[i].Name, f.Rules[i].Description)
	}
	for _, g := range d.groups() {
		if b := g.background; b != nil {
			visit(b.Position, b.Name, b.Description)
		}
	}
	for s := range d.AllScenarios() {
		visit(s.Position, s.Name, s.Description)
		for i := range s.Examples {
			e := &s.Examples[i]
			visit(e.Position, e.Name, e.Description)
		}
	}
}

// stepLists visits the steps of each background and scenario.
func (d *Document) stepLists(visit func(at Position, steps []Step)) {
	for _, g := range d.groups() {
		if b := g.background; b != nil {
			visit(b.Position, b.Steps)
		}
	}
	for s := range d.AllScenarios() {
		visit(s.Position, s.Steps)
	}
}

// texts calls visit for every text of a step.
func (s *Step) texts(visit func(at Position, text string)) {
	visit(s.Position, s.Text)
	if t := s.DataTable; t != nil {
		for i := range t.Rows {
			t.Rows[i].texts(visit)
		}
	}
	if d := s.DocString; d != nil {
		visit(d.Position, d.MediaType)
		visit(d.Position, d.Content)
	}
}

func (r *Row) texts(visit func(at Position, text string)) {
	for i := range r.Cells {
		visit(r.Cells[i].Position, r.Cells[i].Value)
	}
}
