package prioritize_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// The factors of the methods that work with numbers.
func ExampleRICE_Factors() {
	fmt.Println("RICE:", names(prioritize.RICE{}))
	fmt.Println("ICE:", names(prioritize.ICE{}))
	fmt.Println("CD3:", names(prioritize.CD3{}))
	fmt.Println("Opportunity:", names(prioritize.Opportunity{}))
	fmt.Println("ValueEffort:", names(prioritize.ValueEffort{}))
	fmt.Println("Wiegers:", names(prioritize.Wiegers{}))
	fmt.Println("Weighted:", names(prioritize.Weighted{Criteria: []prioritize.WeightedCriterion{
		{Name: "fit", Weight: decimal.NewFromInt(3)}, {Name: "risk", Weight: decimal.NewFromInt(1)},
	}}))
	for _, f := range (prioritize.RICE{}).Factors() {
		fmt.Println(f.Name, f.Effect)
	}
	for _, n := range []int{len(prioritize.ICE{}.Factors()), len(prioritize.CD3{}.Factors())} {
		fmt.Println(n, "factors")
	}
	// Output:
	// RICE: [reach impact confidence effort]
	// ICE: [impact confidence ease]
	// CD3: [cost_of_delay duration]
	// Opportunity: [importance satisfaction]
	// ValueEffort: [value effort]
	// Wiegers: [benefit penalty cost risk]
	// Weighted: [fit risk]
	// reach multiplies
	// impact multiplies
	// confidence multiplies
	// effort divides
	// 3 factors
	// 2 factors
}

func names[A any](m prioritize.Factored[A]) []string {
	var names []string
	for _, f := range m.Factors() {
		names = append(names, f.Name)
	}
	return names
}

// A score is scored, unscored with a reason, or impossible with an error.
func ExampleScore_Reason() {
	third, err := prioritize.Quotient(decimal.NewFromInt(-1), decimal.NewFromInt(3))
	fmt.Println(third.Rat(), third.Sign(), third.Neg(), third.IsScored(), err)
	missing := prioritize.Unscored("effort is missing")
	fmt.Println(missing.IsScored(), missing.Reason(), missing.Err())
	impossible := third.Div(prioritize.Integer(0))
	fmt.Println(impossible.IsScored(), impossible.Err())
	// Output:
	// -1/3 -1 1/3 true <nil>
	// false effort is missing <nil>
	// false prioritize: divisor is "0", want not 0
}

// Keys are those of the ranked items; KeysWithUnscored are all, in an order that a backlog can take over.
func ExampleRanking_KeysWithUnscored() {
	effort := func(n int64) prioritize.ValueEffortInput {
		return prioritize.ValueEffortInput{Value: decimal.NewFromInt(8), Effort: decimal.NewFromInt(n)}
	}
	method := prioritize.Formula[prioritize.ValueEffortInput](func(in prioritize.ValueEffortInput) (prioritize.Score, error) {
		if in.Effort.IsZero() {
			return prioritize.Unscored("effort is missing"), nil
		}
		return prioritize.Quotient(in.Value, in.Effort)
	})
	ranking, err := prioritize.Rank(method, []prioritize.Candidate[string, prioritize.ValueEffortInput]{
		{Key: "audit log", Input: effort(0)}, {Key: "dark mode", Input: effort(4)}, {Key: "login", Input: effort(2)},
	})
	first, _ := ranking.Row(1)
	fmt.Println(first.Key, first.Score, err)
	fmt.Println(ranking.Keys(), ranking.KeysWithUnscored())
	one, err := method.ScoreItem(effort(2))
	all, _ := method.Score([]prioritize.ValueEffortInput{effort(2), effort(4)})
	fmt.Println(one, all, err)
	// Output:
	// login 4 <nil>
	// [login dark mode] [login dark mode audit log]
	// 4 [4 2] <nil>
}

// Scaled is a method whose numbers come from a scale; what is not of it is an error.
func ExampleScaled() {
	var method prioritize.Scaled[prioritize.ICEInput] = prioritize.ICE{}
	whole := decimal.NewFromInt
	in := prioritize.ICEInput{Impact: whole(8), Confidence: whole(5), Ease: whole(11)}
	err := method.CheckScale([]prioritize.ICEInput{in})
	fmt.Println(errors.Is(err, prioritize.ErrInvalid), err)
	// Output:
	// true prioritize: item 0: ease is "11", want from 1 to 10
}
