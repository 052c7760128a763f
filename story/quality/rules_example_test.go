package quality_test

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story/quality"
)

// What the rules for wording find, each in a story of its own.
func ExampleRules() {
	checks := []struct {
		rule  quality.Rule
		texts []string
	}{
		{quality.BadText, []string{"As a reader, I want to b\xffrrow."}},
		{quality.Brackets, []string{"As a reader, I want to renew (by phone), so that I keep a book."}},
		{quality.Punctuation, []string{"As a reader, I want to renew; or to return, so that I keep a book."}},
		{quality.RepeatedMarkers, []string{"As a reader, I want to renew, so that I keep a book, so that I can read on."}},
		{quality.Reference, []string{"As a reader, I want it, so that I keep a book."}},
		{quality.LongerThan(5), []string{"As a reader, I want to renew a loan, so that I keep a book."}},
		{quality.Similar, []string{
			"As a reader, I want to renew a loan from my phone, so that I keep the book.",
			"As a reader, I want to renew a loan from my phone, so that I keep this book.",
		}},
	}
	for _, check := range checks {
		for _, finding := range quality.Check(quality.Read(check.texts...), check.rule) {
			fmt.Println(finding.Rule, finding.Severity)
		}
	}
	fmt.Println("of no story:", len(quality.Long(quality.Read()))+len(quality.Uniform(quality.Read())), "findings")
	// Output:
	// well_formed.text defect
	// minimal.brackets warning
	// minimal.punctuation warning
	// minimal.indicator_repetition warning
	// minimal.indicator_repetition hint
	// clear.reference hint
	// small.long hint
	// unique.similar hint
	// of no story: 0 findings
}
