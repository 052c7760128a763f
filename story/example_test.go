package story_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// id makes an id that is the same in every run. A program calls uuid.New.
func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

func ExampleStory() {
	s := story.Story{
		ID:        story.ID(id(1)),
		Title:     "View expenses by category",
		Narrative: story.Narrative{Role: "spender", Goal: "to see where my money goes", Benefit: "I can save"},
		Criteria: story.ListOf(
			story.Criterion{ID: story.CriterionID(id(2)), Text: "the list shows the spending of each category"},
		),
		Estimate: story.Points(3),
		Tasks:    story.ListOf(story.Task{ID: story.TaskID(id(3)), Title: "Add up the month", Assignee: "Dana"}),
	}
	fmt.Println(s.Validate())
	fmt.Println(s.Narrative)
	fmt.Println(s.Estimate, len(s.OpenTasks()))
	// Output:
	// <nil>
	// As a spender, I want to see where my money goes, so that I can save
	// 3 1
}

func ExampleStory_Validate() {
	s := story.Story{ID: story.ID(id(1)), Title: "", Estimate: story.Points(-3)}
	fmt.Println(s.Validate())
	// Output:
	// story: title is "", want 1 to 500 bytes of text on one line
	// story: estimate is "-3", want 0 to 1000000 points with at most 3 decimals
}

func ExampleStory_Judged() {
	s := story.Story{Criteria: story.ListOf(
		story.Criterion{Text: "a receipt is sent", Verdict: story.Met},
		story.Criterion{Text: "a second click does nothing", Verdict: story.Unmet},
		story.Criterion{Text: "the basket is empty afterwards"},
	)}
	met, unmet, unjudged := s.Judged()
	fmt.Println(met, unmet, unjudged)
	// Output: 1 1 1
}

// A verdict needs who gave it and when.
func ExampleCriterion() {
	c := story.Criterion{ID: story.CriterionID(id(1)), Text: "a receipt is sent", Verdict: story.Met}
	fmt.Println(c.Validate())
	c.By, c.At = "Dana", time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	fmt.Println(c.Validate())
	// Output:
	// story: verdict is "met", want who judged (by) and when (at) with a verdict, and only then
	// <nil>
}

func ExampleTask() {
	t := story.Task{ID: story.TaskID(id(1)), Title: "Add up the month", Assignee: "Dana"}
	text, err := json.Marshal(t)
	fmt.Println(string(text), err)
	// Output: {"id":"00000000-0000-0000-0000-000000000001","title":"Add up the month","assignee":"Dana"} <nil>
}

// A narrative prints as the sentence on a story card. Package narrative reads such sentences.
func ExampleNarrative() {
	n := story.Narrative{Role: "API user", Goal: "to list my cards", Benefit: "I can pick one"}
	fmt.Println(n)
	fmt.Println(story.Narrative{Role: "buyer"}.Validate())
	// Output:
	// As an API user, I want to list my cards, so that I can pick one
	// story: narrative.goal is "", want what is wanted
}

// A narrative can be wanted under conditions. Lists of equal conditions are equal values.
func ExampleConditions() {
	conditions := story.ConditionsOf("after I log in", "when a card is saved")
	for i, condition := range conditions.All() {
		fmt.Println(i, condition)
	}
	again := story.ConditionsOf(conditions.Slice()...)
	fmt.Println(conditions.Len(), conditions == again)
	// Output:
	// 0 after I log in
	// 1 when a card is saved
	// 2 true
}

// No estimate is not zero points.
func ExampleEstimate() {
	none, zero := story.Estimate{}, story.DecimalPoints(decimal.NewFromInt(0))
	fmt.Println(none.IsZero(), zero.IsZero(), none.Equal(zero))
	half, err := story.ParseEstimate("0.5")
	points, given := half.Points()
	fmt.Println(points, given, err)
	_, err = story.ParseEstimate("large")
	fmt.Println(err)
	// Output:
	// true false false
	// 0.5 true <nil>
	// story: estimate is "large", want a number of points
}

func ExampleScale() {
	shirts := story.TShirts(1, 2, 3, 5, 8)
	estimate, err := shirts.Estimate("xl")
	fmt.Println(estimate, err)
	_, err = story.Fibonacci().Estimate("4")
	fmt.Println(err)
	fmt.Println(story.PowersOfTwo().Has(story.Points(3)))
	// Output:
	// 8 <nil>
	// story: estimate is "4", want one of 1, 2, 3, 5, 8, 13, 21
	// false
}

// A team makes a scale of its own from numbers, or from names with points.
func ExampleScaleStep() {
	own := story.Scale{
		{Name: "tiny", Points: decimal.NewFromInt(1)},
		{Name: "huge", Points: decimal.NewFromInt(20)},
	}
	fmt.Println(own.Validate(), story.ScaleOf("1", "3", "2").Validate())
	// Output: <nil> story: scale[2].points is "2", want more than the step before, 3
}

// Those who laid the lowest and the highest card explain, and the team votes again.
func ExampleReveal() {
	round, err := story.Reveal(story.Cards(), []story.PokerVote{
		{Person: "Ann", Card: "3"}, {Person: "Ben", Card: "8"}, {Person: "Cy", Card: "5"}, {Person: "Di", Card: "8"},
	})
	fmt.Println(round.IsAgreed(), round.Lowest, round.Highest, err)
	round, err = story.Reveal(story.Cards(), []story.PokerVote{{Person: "Ann", Card: "5"}, {Person: "Ben", Card: "5"}})
	fmt.Println(round.IsAgreed(), round.Consensus, err)
	// Output:
	// false [Ann] [Ben Di] <nil>
	// true 5 <nil>
}

func ExampleWorkflow() {
	w := story.DefaultWorkflow()
	fmt.Println(w.Next(story.InReview))
	fmt.Println(w.Allows(story.Draft, story.Accepted))
	category, ok := w.Category(story.InReview)
	fmt.Println(category, category.IsOpen(), ok)
	// Output:
	// [in_progress accepted ready dropped]
	// false
	// in_progress true true
}

// A workflow of a team's own: it tests before the review.
func ExampleWorkflow_Validate() {
	w := story.DefaultWorkflow()
	w.States = append(w.States, story.State{Name: "in_test", Category: story.Doing})
	w.Transitions = append(w.Transitions,
		story.Transition{From: story.InProgress, To: "in_test"},
		story.Transition{From: "in_test", To: story.InReview})
	fmt.Println(w.Validate())
	w.Review = "in_tset"
	fmt.Println(w.Validate())
	// Output:
	// <nil>
	// story: review is "in_tset", want a state of category in_progress
}

// An id is a UUID that the caller makes. Its text is what JSON and databases hold.
func ExampleIdentity() {
	a := story.ID(id(7))
	fmt.Println(a, a.IsZero(), story.ID{} == a)
	stored, err := a.Value()
	fmt.Println(stored, err)
	var back story.ID
	fmt.Println(back.Scan(stored), back == a)
	// Output:
	// 00000000-0000-0000-0000-000000000007 false false
	// 00000000-0000-0000-0000-000000000007 <nil>
	// <nil> true
}

func ExampleParseID() {
	a, err := story.ParseID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
	fmt.Println(a, err)
	_, err = story.ParseID("US-12")
	fmt.Println(errors.Is(err, story.ErrID))
	task, err := story.ParseIdentity[story.Task]("")
	fmt.Println(task.IsZero(), err)
	// Output:
	// 6ba7b810-9dad-11d1-80b4-00c04fd430c8 <nil>
	// true
	// true <nil>
}

// A list can be read and copied; a slice of it is the caller's own.
func ExampleList() {
	l := story.ListOf("a", "b")
	own := l.Slice()
	own[0] = "changed"
	for i, item := range l.All() {
		fmt.Println(i, item)
	}
	text, err := json.Marshal(l)
	fmt.Println(l.Len(), string(text), err)
	// Output:
	// 0 a
	// 1 b
	// 2 ["a","b"] <nil>
}

func ExampleTeam() {
	fmt.Println(story.Team("payments").Validate())
	fmt.Println(story.Team("two\nlines").Validate())
	// Output:
	// <nil>
	// story: team is "two\nlines", want 1 to 500 bytes of text on one line
}

// A narrative is printed in its language.
func ExampleLanguage() {
	fmt.Println(story.Languages())
	n := story.Narrative{Role: "utilisatrice", Goal: "payer", Benefit: "aller plus vite", Language: story.French}
	fmt.Println(n)
	n.Language = "tlh"
	fmt.Println(n.Validate())
	// Output:
	// [en de fr es]
	// En tant qu'utilisatrice, je veux payer, afin d'aller plus vite
	// story: narrative.language is "tlh", want one of en, de, fr, es
}
