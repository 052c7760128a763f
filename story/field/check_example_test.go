package field_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A host checks a value of its own in the same words: every problem, in the order of the fields.
func ExampleCheckRequired() {
	var (
		none   story.ID
		votes  = []int{3, 9}
		amount = decimal.New(1, 30)
	)
	const pkg = "survey"
	err := field.Join(
		field.CheckID(pkg, "story", none),
		field.CheckID(pkg, "asked", story.ID(uuid.UUID{1})), // fine
		field.CheckName(pkg, "team", "a\nb"),
		field.CheckRequired(pkg, "question", "", "a question"),
		field.CheckGiven(pkg, "answer", " ", "a sentence"),
		field.CheckReason(pkg, "reason", ""),
		field.CheckNumber(pkg, "amount", amount),
		field.CheckLen(pkg, "votes", len(votes), 1),
		field.CheckWhole(pkg, field.Index("votes", 1), votes[1], 1, 5),
	)
	for _, one := range slices.Collect(field.All(err)) {
		fmt.Println(one)
	}
	fmt.Println(field.NumberText(decimal.New(15, -1)))
	// Output:
	// survey: story is "", want a UUID made by the caller
	// survey: team is "a\nb", want 1 to 500 bytes of text on one line
	// survey: question is "", want a question
	// survey: answer is " ", want a sentence
	// survey: reason is "", want a reason, it is required and kept
	// survey: amount is "1000000000000000000000000000000", want a number below 10^18 with at most 12 decimals
	// survey: votes is "2", want at most 1 of them
	// survey: votes[1] is "9", want 1 to 5
	// 1.5
}

type mood uint8

const sunny mood = 1

// An enumeration of a host's: the text is the contract, zero is unset.
func ExampleEnumOf() {
	moods := field.EnumOf[mood]("survey", "mood", "sunny", "cloudy")
	fmt.Printf("%q %q %q\n", moods.String(sunny), moods.String(0), moods.String(7))
	fmt.Println(moods.Check("mood", 0), moods.CheckSet("mood", 0))
	var read mood
	fmt.Println(moods.UnmarshalText(&read, []byte("cloudy")), read)
	// Output:
	// "sunny" "" "mood(7)"
	// <nil> survey: mood is "", want one of sunny, cloudy
	// <nil> 2
}

// JSON has no room for every time that Go can hold.
func ExampleCheckInstant() {
	fmt.Println(field.CheckInstant("shop", "due", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)))
	fmt.Println(field.CheckInstant("shop", "due", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)))
	// Output:
	// <nil>
	// shop: due is "10000-01-01T00:00:00Z", want an instant in the years 1 to 9999, in a zone of whole minutes below 24 hours from UTC
}

func ExampleIsReadable() {
	fmt.Println(field.IsReadable(decimal.New(1, 3)), field.IsReadable(decimal.New(1, 1_000_000_000)))
	// Output: true false
}

func ExampleIsBlank() {
	fmt.Println(field.IsBlank(" \u200b"), field.IsBlank("too dear"))
	// Output: true false
}
