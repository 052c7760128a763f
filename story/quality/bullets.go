package quality

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// CheckCriteria finds why acceptance criteria can't be tested: each line of the text that is not blank is
// one, with or without a bullet. It runs [CheckCriterion] on each, and finds the words that make one
// vague: "testable.vague", a hint, in a criterion without a number or measure; one for each that is not reported as an
// amount.
//
// Finding.Story is the index of the criterion; places are bytes of text. No marked data exists for this.
func CheckCriteria(text string, words Words) []Finding {
	var found []Finding
	lists := outcomeListsOf(words)
	at, index := 0, 0
	for line := range strings.Lines(text) {
		from := at
		at += len(line)
		criterion, skipped := withoutBullet(line)
		if criterion == "" {
			continue
		}
		all := lists.check(criterion)
		if !lists.isMeasured(criterion) {
			amounts := make(map[int]bool) // "fast" is reported to be no amount
			for _, f := range all {
				amounts[f.Start] = amounts[f.Start] || f.Rule == "testable.quantity"
			}
			lists.vague.in(criterion, 0, len(criterion), func(start, end int) bool {
				if amounts[start] {
					return true
				}
				all = append(all, Finding{
					Rule: "testable.vague", Severity: field.Hint, Field: "text", Start: start, End: end,
					Message: fmt.Sprintf("%q is understood differently by everybody", criterion[start:end]),
					Mend:    "say what would be seen or measured",
				})
				return true
			})
		}
		for _, f := range all {
			f.Story, f.Start, f.End = index, f.Start+from+skipped, f.End+from+skipped
			found = append(found, f)
		}
		index++
	}
	return found
}

// withoutBullet is a line without the bullet, number or box before it, and how many bytes were skipped.
func withoutBullet(line string) (criterion string, skipped int) {
	rest := strings.TrimLeft(line, " \t-*+•>")
	if number := strings.TrimLeft(rest, "0123456789"); number != rest && number != "" && strings.IndexByte(".)", number[0]) >= 0 {
		rest = strings.TrimLeft(number[1:], " \t")
	}
	for _, box := range [...]string{"[ ]", "[x]", "[X]"} {
		if strings.HasPrefix(rest, box) {
			rest = strings.TrimLeft(rest[len(box):], " \t")
		}
	}
	return strings.TrimRight(rest, " \t\r\n"), len(line) - len(rest)
}
