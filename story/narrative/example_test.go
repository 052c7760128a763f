package narrative_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
)

func ExampleParse() {
	n, err := narrative.Parse("In order to pay faster, as a buyer, I can save my card")
	fmt.Println(n, err)

	_, err = narrative.Parse("As a follow-up, we need tests")
	var details *narrative.Error
	fmt.Println(errors.As(err, &details), details.Problems)
	// Output:
	// As a buyer, I want to be able to save my card, so that I can pay faster <nil>
	// true [not a role at 5-14]
}

func ExampleRead() {
	r := narrative.Read("- [ ] US-12: As a buyer, when I pay, I'd like to see a receipt.")
	fmt.Println(r.IsStory())
	fmt.Printf("%q %q at %d-%d\n", r.Role.Marker, r.Role.Text, r.Role.Start, r.Role.End)
	fmt.Printf("%q\n", r.Conditions[0].Text)
	fmt.Printf("%q %q\n", r.Goal.Marker, r.Goal.Text)
	fmt.Println(r.Problems)
	// Output:
	// true
	// "As a" "buyer" at 18-23
	// "when I pay"
	// "I'd like to" "see a receipt"
	// [no benefit at 62]
}

func ExampleReading_Narrative() {
	for _, text := range []string{
		"As a user, I can pay", "As a user, I see my cards", "As a user, I don't want ads",
	} {
		fmt.Println(narrative.Read(text).Narrative())
	}
	// Output:
	// As a user, I want to be able to pay
	// As a user, I want to see my cards
	// As a user, I want not ads
}

// What is wrong with a text, and where.
func ExampleProblem() {
	text := "As a buyer, I want a receipt. Blue, please."
	for _, p := range narrative.Read(text).Problems {
		fmt.Printf("%v: %q\n", p.Kind, text[p.Start:p.End])
	}
	// Output:
	// no benefit: ""
	// extra text: "Blue, please"
}

// The error has a JSON form, for an answer to whoever wrote the text.
func ExampleError() {
	_, err := narrative.Parse("As a buyer")
	fmt.Println(errors.Is(err, narrative.ErrNarrative))
	answer, _ := json.Marshal(err)
	fmt.Println(string(answer))
	// Output:
	// true
	// {"text":"As a buyer","problems":[{"kind":"no goal","start":10,"end":10}]}
}

// A backlog may mix languages: each story is read and printed in its own.
func ExampleLanguageOf() {
	for _, text := range []string{
		"Wenn ich zahle, möchte ich als Käuferin einen Beleg bekommen, um ihn auszudrucken",
		"En tant qu'acheteur je voudrais un reçu pour le garder",
		"Yo como compradora necesito guardar mi tarjeta para que nadie espere",
	} {
		language, certainty := narrative.LanguageOf(text)
		fmt.Println(language, certainty >= 60, narrative.Read(text).Narrative())
	}
	// Output:
	// de true Als Käuferin, wenn ich zahle, möchte ich einen Beleg bekommen, um ihn auszudrucken
	// fr true En tant qu'acheteur, je veux un reçu, afin de le garder
	// es true Como compradora, quiero guardar mi tarjeta, para que nadie espere
}

// A host that knows the language need not have it found.
func ExampleReadIn() {
	r := narrative.ReadIn(story.German, "Login: Als Admin will ich Logs")
	fmt.Println(r.Language, r.Role.Text, r.Goal.Plain())
	// Output: de Admin Logs
}

// Of many texts, such as the titles of a tracker, some are stories.
func ExampleIsStory() {
	for _, text := range []string{"As a buyer, I want to pay by card", "Pay by card", "Als Käufer möchte ich zahlen"} {
		fmt.Println(narrative.IsStory(text))
	}
	// Output:
	// true
	// false
	// true
}

func ExamplePart_Plain() {
	r := narrative.Read("As a **buyer**, I want to see my `cards` and [orders]")
	fmt.Printf("%s: %s\n", r.Role.Plain(), r.Goal.Plain())
	// Output: buyer: see my cards and orders
}
