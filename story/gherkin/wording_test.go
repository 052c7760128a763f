package gherkin_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

func TestWordingOfSteps(t *testing.T) {
	const text = `Feature: pay
  Scenario: by card
    Given a card
    And a  Card
    And the card is new
    And The  card is new
    And a cart
      | a |
    And a cart
      | b |
    When I click the "Pay" button
    Then I see it
    When I clicked on
    Then I see it
    And I see it
    And the buttonhole is red
`
	d, err := gherkin.Parse(text)
	require.NoError(t, err)
	var got []string
	for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
		if f.Rule == "no-duplicate-steps" || f.Rule == "no-interface-steps" {
			got = append(got, fmt.Sprintf("%d %v %s: %s", f.Line, f.Severity, f.Rule, f.Message))
		}
	}
	require.Equal(t, []string{
		`6 hint no-duplicate-steps: "The  card is new" stands in line 5 too`,
		`11 hint no-interface-steps: "click" is of the user interface`,
		`13 hint no-interface-steps: "clicked" is of the user interface`,
		`15 hint no-duplicate-steps: "I see it" stands in line 14 too`,
	}, got)
}

// What stands in quotes is data, and an apostrophe is no quote.
func TestInterfaceWordInQuotes(t *testing.T) {
	for text, want := range map[string]string{
		`I see "click here"`: "", `I see 'click here'`: "", `I see the "pay" button`: "button", `I see "a`: "", `I see "the button`: "button",
		`the guest's button isn't red`: "button", `'click' and "button"`: "", `click "button"`: "click", `the 'old' button`: "button",
		`the guests' button`: "button", `"a" button "b"`: "button",
	} {
		require.Equal(t, want, gherkin.InterfaceWord(text), text)
	}
}

// A step may come again where something can have happened since, or where it makes or does something.
func TestStepsThatMayComeAgain(t *testing.T) {
	tests := map[string]int{
		"Given the shop is open\nAnd the shop is open":                                   1,
		"Given the shop is open\nAnd the shop is small\nAnd the shop is open":            1,
		"Given the shop is open\nAnd somebody leaves\nAnd the shop is open":              0,
		"When it rains\nThen I see it\nAnd I wait\nAnd I see it":                         0,
		"When it rains\nThen I see it\nAnd I see more\nAnd I see it":                     1,
		"When it rains\nThen I see it\nWhen it rains\nThen I see it":                     0,
		"Given a guest\nAnd a guest":                                                     0,
		"Given I press the key\nAnd I press the key":                                     0,
		"Given the guest clicks on it\nAnd the guest clicks on it":                       0,
		"Given I wait for 2 seconds\nAnd I wait for 9 seconds\nAnd I wait for 2 seconds": 0,
		"Given nobody\nAnd nobody":                                                       0,
	}
	for text, want := range tests {
		d, err := gherkin.Parse("Feature: f\nScenario: s\n" + text)
		require.NoError(t, err)
		found := 0
		for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
			if f.Rule == "no-duplicate-steps" {
				found++
			}
		}
		require.Equal(t, want, found, text)
	}
}

// The short ways for plain text find what looking at each character does.
func TestShortWays(t *testing.T) {
	random := rand.New(rand.NewPCG(18, 20))
	pieces := []string{"I ", "click", " ", "Button", "s", "\x7f", "\x01", "é", "\u200b", "-", "css", "\t", "abcdefgh", "drop-down", "\xff", ".", "x"}
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(9) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		plain := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f })
		if plain < 0 {
			plain = len(text)
		}
		require.Equal(t, plain, gherkin.Printable(text), "%q", text)
		require.Equal(t, strings.IndexFunc(text, gherkin.IsInvisible), gherkin.FirstInvisible(text), "%q", text)
		word := ""
		for one := range strings.FieldsFuncSeq(text, func(r rune) bool {
			return (r|0x20 < 'a' || r|0x20 > 'z') && r != '-' && r < 0x80
		}) {
			if gherkin.InterfaceWords[strings.ToLower(one)] {
				word = one
				break
			}
		}
		require.Equal(t, word, gherkin.InterfaceWord(text), "%q", text)
	}
}

// Steps that are the same but for spaces and case are found among few and among many.
func TestDuplicateStepsAmongMany(t *testing.T) {
	for _, n := range []int{1, 5, 31, 40, 200} {
		var b strings.Builder
		b.WriteString("Feature: f\n  Scenario: s\n")
		for i := range n {
			fmt.Fprintf(&b, "    Given the guest number %d pays\n", i)
		}
		b.WriteString("    Given the  Guest number 0 PAYS\n    When it rains\n    Then it is wet\n")
		d, err := gherkin.Parse(b.String())
		require.NoError(t, err)
		found := 0
		for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
			if f.Rule == "no-duplicate-steps" {
				found++
				require.Equal(t, 3+n, f.Line)
			}
		}
		require.Equal(t, 1, found, "of %d", n)
	}
}
