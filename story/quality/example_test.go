package quality_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

func ExampleCheck() {
	set := quality.Read(
		"As a visitor, I want to browse and search the catalogue (all of it), so that I can buy.",
		"As a follow-up to the launch, we need more tests",
		"As a visitor, I can browse and search the catalogue (all of it)",
	)
	for _, f := range quality.Check(set) {
		fmt.Println(f.Story, f)
	}
	// Output:
	// 0 warning minimal.brackets: "(all of it)" is a note in brackets
	// 0 hint atomic.conjunctions: "and search" seems to be an action of its own
	// 1 defect well_formed.no_role: "follow-up to the launch" is nobody who could want something
	// 1 warning well_formed.no_ends: it does not say what for
	// 2 warning well_formed.no_ends: it does not say what for
	// 2 warning minimal.brackets: "(all of it)" is a note in brackets
	// 2 hint unique.similar: wants the same as story 0
	// 2 hint uniform.uniform: "I can", where most stories have "I want to"
	// 2 hint atomic.conjunctions: "and search" seems to be an action of its own
}

func ExampleRule() {
	only := []quality.Rule{quality.NoRole, quality.NoGoal, quality.LongerThan(10)}
	set := quality.Read("As a visitor, I want to see what my friends bought last week, easily (!)")
	for _, f := range quality.Check(set, only...) {
		fmt.Println(f)
	}
	// Output:
	// hint small.long: 14 words, more than 10
}

func ExampleEach() {
	// A house rule: we serve guests and hosts, nobody else.
	ours := quality.Each(func(r narrative.Reading, _ quality.Words) []quality.Finding {
		if r.Role.Text == "guest" || r.Role.Text == "host" {
			return nil
		}
		return []quality.Finding{{
			Rule: "ours.role", Severity: field.Warning, Field: "role", Start: r.Role.Start, End: r.Role.End,
			Message: fmt.Sprintf("%q is not one of our roles", r.Role.Text), Mend: "guest or host",
		}}
	})
	rules := append(quality.Rules(), ours)
	set := quality.Read("As a user, I want to cancel a stay, so that I get my money back")
	for _, f := range quality.Check(set, rules...) {
		fmt.Printf("%v; mend: %s\n", f, f.Mend)
	}
	// Output:
	// warning ours.role: "user" is not one of our roles; mend: guest or host
}

// A host with a language that package narrative does not read brings its words, and reads its stories itself, here
// by the fixed words of its template.
func ExampleWords() {
	const dutch = story.Language("nl")
	words := quality.Words{
		Conjunctions: []string{"en", "of"},
		Vague:        []string{"eenvoudig", "snel", "zo snel mogelijk"},
		Builders:     []string{"ontwikkelaar"},
		Solutions:    []string{"database", "knop"},
		Connectives:  []string{"en", "of", "de", "het"},
	}
	set := quality.Set{Words: map[story.Language]quality.Words{dutch: words}, Stories: []narrative.Reading{
		readDutch("Als ontwikkelaar wil ik rekeningen in de database vinden, zodat ik snel kan antwoorden"),
		readDutch("Als klant wil ik rekeningen en"),
	}}
	rules := []quality.Rule{
		quality.NoBenefit, quality.Vague, quality.Builder, quality.Solution, quality.Dangling,
	}
	for _, f := range quality.Check(set, rules...) {
		fmt.Printf("%d %s %q\n", f.Story, f.Rule, set.Stories[f.Story].Text[f.Start:f.End])
	}
	// Output:
	// 0 clear.vague "snel"
	// 0 negotiable.builder "ontwikkelaar"
	// 0 negotiable.solution "database"
	// 1 well_formed.no_ends ""
	// 1 clear.dangling "en"
}

// readDutch reads "Als <role> wil ik <goal>, zodat <benefit>".
func readDutch(text string) narrative.Reading {
	r := narrative.Reading{Text: text, Language: "nl"}
	fill := func(p *narrative.Part, marker, until string) {
		at := strings.Index(text, marker)
		if at < 0 {
			return
		}
		p.Marker, p.MarkerStart, p.MarkerEnd = strings.TrimSpace(marker), at, at+len(marker)
		p.Start, p.End = at+len(marker), len(text)
		if end := strings.Index(text[p.Start:], until); end >= 0 {
			p.End = p.Start + end
		}
		p.Text = text[p.Start:p.End]
	}
	fill(&r.Role, "Als ", " wil ik ")
	fill(&r.Goal, " wil ik ", ", zodat ")
	fill(&r.Benefit, ", zodat ", ".")
	if r.Benefit.IsZero() {
		r.Problems = append(r.Problems, narrative.Problem{Kind: narrative.NoBenefit, Start: len(text), End: len(text)})
	}
	return r
}

func ExampleCheckCriterion() {
	for _, text := range []string{
		"The list is shown within 2 seconds",
		"The list is shown fast",
		"The code is clean",
	} {
		fmt.Println(text, quality.CheckCriterion(text, quality.WordsOf(story.English)))
	}
	// Output:
	// The list is shown within 2 seconds []
	// The list is shown fast [warning testable.quantity: "fast" is no amount]
	// The code is clean [warning testable.outcome: nothing in it can be measured or seen]
}

// A finding is data: a program shows it at its place in the text, or keeps only what is grave.
func ExampleFinding() {
	text := "As a visitor, I want to search (and sort), so that I can buy"
	for _, f := range quality.Check(quality.Read(text)) {
		if f.Severity >= field.Warning {
			fmt.Printf("%q: %s; %s\n", text[f.Start:f.End], f.Message, f.Mend)
		}
	}
	// Output:
	// "(and sort)": "(and sort)" is a note in brackets; move it to a criterion, or drop it
}

// A set holds readings; those of English texts are made by Read.
func ExampleSet() {
	set := quality.Read("As a visitor, I want to search", "As a visitor, I want to search!")
	for _, f := range quality.Check(set, quality.Identical) {
		fmt.Println(f.Story, f.Message)
	}
	// Output: 1 the same as story 0
}

// One call judges a set by the letters of INVEST.
func ExampleINVEST() {
	set := quality.Read("As a developer, I want to edit and delete ads easily in the database")
	for _, letter := range quality.INVEST(set)[0] {
		fmt.Println(letter.Letter, letter.Name, letter.OK(), len(letter.Findings))
	}
	// Output:
	// I independent true 0
	// N negotiable true 2
	// V valuable false 1
	// E estimable true 0
	// S small true 1
	// T testable true 1
}

func ExampleLetter() {
	letters := quality.INVEST(quality.Read("Als Nutzer möchte ich Rechnungen"))[0]
	fmt.Println(letters[2].Letter, letters[2].Severity, letters[2].Findings[0].Mend)
	// Output: V warning add "damit" and what gets better
}

// A sentence in its usual form, where that changes nothing but commas, articles and the word "that".
func ExampleSuggest() {
	for _, text := range []string{
		"As a user I want to pay so that I am done", "Als Nutzer, möchte ich zahlen damit ich fertig bin", "I would like to pay",
	} {
		fmt.Println(quality.Suggest(narrative.Read(text)))
	}
	// Output:
	// As a user, I want to pay, so that I am done true
	// Als Nutzer möchte ich zahlen, damit ich fertig bin true
	//  false
}

func ExampleCheckCriteria() {
	const text = "- The list is shown within 2 seconds\n- Errors are handled properly\n"
	for _, f := range quality.CheckCriteria(text, quality.WordsOf(story.English)) {
		fmt.Printf("criterion %d: %v: %s\n", f.Story, f.Rule, f.Message)
	}
	for _, f := range quality.CheckCriteria("Die Liste lädt schnell", quality.WordsOf(story.German)) {
		fmt.Println(f.Message)
	}
	// Output:
	// criterion 1: testable.outcome: nothing in it can be measured or seen
	// criterion 1: testable.vague: "properly" is understood differently by everybody
	// "schnell" is no amount
	// nothing in it can be measured or seen
}

func ExampleEverybody() {
	texts := slices.Repeat([]string{"As a user, I want to pay"}, 9)
	texts = append(texts, "As a clerk, I want to see who paid")
	for _, f := range quality.Check(quality.Read(texts...), quality.Everybody, quality.Interface, quality.RepeatedGoal) {
		fmt.Println(f)
	}
	// Output: hint valuable.everybody: "user" is everybody, in 9 of 10 stories
}
