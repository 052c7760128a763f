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
		`4 hint no-duplicate-steps: "a  Card" is said in other words than "a card" in line 3`,
		`6 hint no-duplicate-steps: "The  card is new" is said in other words than "the card is new" in line 5`,
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
		`the guest's button of 'x'`: "button", `say"click it"`: "", "I see “click here”": "", "I see `click`": "", "I see <button>": "",
		"is x < a button and > b": "button", "I see 'Bob's button isn't red'": "",
		`I see "" button "x"`: "button", "I see '' button 'x'": "button", "I see <> button <x>": "button",
		"I see '" + strings.Repeat("a'", 7) + "a button'": "", "I see '" + strings.Repeat("a'", 8) + "a button'": "button",
		"I see '" + strings.Repeat("a", 190) + " button'": "", "I see '" + strings.Repeat("a", 192) + " button'": "button",
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
		"Then nobody\nAnd nobody":                                                        1,
		"Then it is red\nWhen it is pressed\nThen it is red":                             0,
		"* it is red\n* it is red":                                                       0,
		"Then the guest clicks on it\nAnd the guest clicks on it":                        0,
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
	pieces := []string{"I ", "click", " ", "Button", "s", "\x7f", "\x01", "é", "\u200b", "-", "css", "\t", "abcdefgh", "drop-down", "\xff", ".", "x", "À"}
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

// Steps that say the same in other words are found among few and among many, each other wording once.
func TestOtherWordings(t *testing.T) {
	tests := map[string]int{
		"Given I'm logged in\nAnd I am logged in":                                 1,
		"Given I’m logged in\nAnd I am logged-in.":                                1,
		"Given the cart isn't full\nAnd the cart is not full":                     1,
		"Given I have 3 items in the cart\nAnd I have 12 items in cart":           1,
		"Given I have 3 items in the cart\nAnd I have 12 items in the cart":       0,
		"Given I have 3 items in the cart\nAnd I have 1 item in the cart":         0,
		"When I pay with \"a\"\nAnd I pay with 'b'":                               0,
		"When I pay with \"a\"\nAnd I pay with <b>":                               0,
		"When I pay with <a>\nAnd I pay, with <b c>":                              1,
		"Then the list contains it\nAnd the list should contain it":               1,
		"Then the user sees it\nAnd user should see it":                           1,
		"Then the user doesn't see it\nAnd the user should not see it":            1,
		"Then the page is not shown\nAnd the page won't be shown":                 1,
		"Then an hour is left\nAnd a hour is left":                                0,
		"Given the user should see it\nAnd the user sees it":                      0,
		"Given the cart is empty\nThen the cart should be empty":                  0,
		"Given a user exists\nAnd the user exists":                                0,
		"* I'm logged in\n* I am logged in":                                       0,
		"Given I'm in\nAnd it rains\nAnd I am in\nAnd i am in\nAnd I am in\nAnd ": 2,
		"When I click on the link\nAnd I click the link":                          1,
		"Given it is -20 below\nAnd it is 3 below":                                0,
		"Given a Wiki page\nAnd a wiki page":                                      1,
		"Given A card\nAnd a card\nAnd I pay\nAnd i pay":                          2,
		"Given I'm in\nAnd i'm in\nAnd I AM in":                                   1,
		"Given we go UP\nAnd we go up":                                            0,
		"Given a pawn on D4\nAnd a pawn on d4":                                    0,
		"Given x is > 5\nAnd x is < 5":                                            0,
		"Then don't worry\nAnd should not worry":                                  1,
		"Then it is \"\"\nAnd it is 'a'":                                          0,
	}
	for text, want := range tests {
		for _, among := range []int{0, 1, 40, 200} {
			var b strings.Builder
			b.WriteString("Feature: f\n  Scenario: s\n")
			for i := range among {
				fmt.Fprintf(&b, "    Given guest %c%[1]c%c pays\n", 'a'+i%26, 'a'+i/26)
			}
			b.WriteString(text)
			d, err := gherkin.Parse(b.String())
			require.NoError(t, err)
			found := 0
			for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
				if f.Rule == "no-duplicate-steps" {
					found++
				}
			}
			require.Equal(t, want, found, "%s\namong %d", text, among)
		}
	}
}

// Two texts that say the same have one signature, so that no other wording is passed over.
func TestSignature(t *testing.T) {
	random := rand.New(rand.NewPCG(18, 21))
	pieces := append(gherkin.KnownWords(), "contain", "Contains", "products", "product", "<", ">", `"`, "'", "’", "-", ",", ".", "é", "12", "7", "the",
		"the", "address", "logged-in", "Selected", "K")
	by, equal := map[string]string{}, 0
	for range 400_000 {
		var b strings.Builder
		for range 1 + random.IntN(3) {
			b.WriteString(pieces[random.IntN(len(pieces))])
			b.WriteString([]string{" ", " ", "", ", ", "  "}[random.IntN(5)])
		}
		text := b.String()
		says := gherkin.Meaning(text)
		if other, again := by[says]; again {
			equal++
			require.Equal(t, gherkin.Signature(other), gherkin.Signature(text), "%q and %q both say %q", other, text, says)
		}
		by[says] = text
	}
	require.Greater(t, equal, 10_000)
}
