package quality

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// Set is the stories to look at, each in its language, and the words of a language where they are not those
// of [WordsOf]. Stories may be read by anybody; a part or problem whose place is not within its text counts
// as absent.
type Set struct {
	Stories []narrative.Reading
	Words   map[story.Language]Words

	own *prepared
}

// Read reads texts into a set, each in the language that is found from it.
func Read(texts ...string) Set {
	set := Set{Stories: make([]narrative.Reading, len(texts))}
	for i, text := range texts {
		set.Stories[i] = narrative.Read(text)
	}
	return set
}

// Rule finds the flaws of one kind in a set. It changes nothing.
type Rule func(Set) []Finding

// Each returns a rule that calls find for each story, with the words of its language; it need not set
// Finding.Story.
func Each(find func(narrative.Reading, Words) []Finding) Rule {
	return func(set Set) []Finding {
		words := maps.Clone(set.Words)
		if words == nil {
			words = make(map[story.Language]Words)
		}
		return set.each(func(r narrative.Reading, _ *lists) []Finding {
			own, ok := words[r.Language]
			if !ok {
				own = WordsOf(r.Language)
				words[r.Language] = own
			}
			return find(r, own)
		})
	}
}

// each calls find for each story, with the lists of its language.
func (s Set) each(find func(narrative.Reading, *lists) []Finding) []Finding {
	s = s.prepared()
	var all []Finding
	for i, r := range s.Stories {
		for _, f := range find(r, s.lists(r)) {
			f.Story = i
			all = append(all, f)
		}
	}
	return all
}

// Rules returns all rules of this package, the most severe first.
func Rules() []Rule {
	return []Rule{
		NoRole, NoGoal, BadText, Identical,
		NoBenefit, Brackets, Punctuation, RepeatedMarkers, Dangling,
		Similar, Uniform, Conjunctions, Vague, Reference, RepeatedGoal, Everybody, Builder, Interface, Solution, Long,
	}
}

// Check runs the rules over the set, or those of [Rules] if none are given. The findings are in the
// order of the stories, those of one story in the order of the rules.
func Check(set Set, rules ...Rule) []Finding {
	if len(rules) == 0 {
		rules = Rules()
	}
	set = set.prepared()
	var all []Finding
	for _, rule := range rules {
		all = append(all, rule(set)...)
	}
	for i := range all {
		if f := &all[i]; f.Precision == 0 {
			f.Precision = precisionOf(f)
		}
	}
	if len(all) == 0 {
		return nil
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(all[i].Story, all[j].Story), i-j) })
	sorted := make([]Finding, len(all))
	for i, at := range order {
		sorted[i] = all[at]
	}
	return sorted
}

// Finding is one flaw.
type Finding struct {
	Story    int            `json:"story"` // index in the set
	Rule     string         `json:"rule"`  // "minimal.brackets"
	Severity field.Severity `json:"severity"`
	Field    string         `json:"field"` // "role", "goal", "benefit", or "text" for the whole
	Start    int            `json:"start"` // bytes of the story's text, half-open
	End      int            `json:"end"`
	Message  string         `json:"message"`          // what is wrong
	Mend     string         `json:"mend"`             // what would be right
	Others   []int          `json:"others,omitempty"` // indexes of further stories that it is about

	// Precision is how many in a hundred findings of this kind were right where they were read, see the comment
	// of the rule; 0 if it was not measured. [Check] sets it.
	Precision int `json:"precision,omitempty"`
}

// precisionOf is what the comment of the rule states.
func precisionOf(f *Finding) int {
	switch f.Rule {
	case "atomic.conjunctions":
		return 96
	case "clear.vague":
		return 56
	case "minimal.indicator_repetition":
		if f.Severity == field.Hint {
			return 20
		}
		return 93
	case "minimal.punctuation", "valuable.everybody":
		return 100
	case "negotiable.builder":
		return 74
	case "negotiable.interface":
		return 90
	case "negotiable.solution":
		return 49
	case "unique.similar":
		return 10
	case "valuable.repeats":
		return 50
	case "well_formed.no_ends":
		return 97
	}
	return 0
}

// String returns severity, rule and message: "warning minimal.brackets: ...".
func (f Finding) String() string {
	return fmt.Sprintf("%v %s: %s", f.Severity, f.Rule, f.Message)
}
