package pairwise_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/pairwise"
)

func ExampleNewMatrix() {
	matrix, err := pairwise.NewMatrix([]string{"price", "quality"}, []pairwise.Judgement{
		{A: "quality", B: "price", Ratio: pairwise.MustRatio("3")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	priorities, err := matrix.Priorities(nil)
	fmt.Println(priorities.Weights, err)
	// Output: [0.25 0.75] <nil>
}

// Judgements that contradict each other: a over b, b over c, and c over a.
func ExampleConsistency() {
	matrix, err := pairwise.NewMatrix([]string{"a", "b", "c"}, []pairwise.Judgement{
		{A: "a", B: "b", Ratio: pairwise.MustRatio("3")},
		{A: "b", B: "c", Ratio: pairwise.MustRatio("3")},
		{A: "c", B: "a", Ratio: pairwise.MustRatio("3")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	priorities, err := matrix.Priorities(pairwise.SaatyRandomIndex())
	fmt.Println(priorities.Consistency.Ratio.At(2), priorities.Consistency.Acceptable, err)
	// Output: 1.15 false <nil>
}

func ExampleAHP_Synthesis() {
	goal, err := pairwise.NewMatrix([]string{"tea", "coffee"}, []pairwise.Judgement{
		{A: "coffee", B: "tea", Ratio: pairwise.MustRatio("4")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	synthesis, err := pairwise.AHP{Goal: goal}.Synthesis()
	fmt.Println(synthesis.Alternatives, synthesis.Weights["coffee"], err)
	// Output: [tea coffee] 0.8 <nil>
}

func ExampleRatio() {
	ratio, err := pairwise.NewRatio(decimal.NewFromInt(1), decimal.NewFromInt(3))
	fmt.Println(ratio, ratio.Inverse(), ratio.Score(), err)
	// Output: 1/3 3 1/3 <nil>
}

func ExampleContest() {
	contests := []pairwise.Contest{
		{Winner: "a", Loser: "b", Times: 3}, {Winner: "b", Loser: "a"}, {Winner: "a", Loser: "b", Draw: true},
	}
	scores, err := pairwise.BradleyTerry{Contests: contests}.Score([]string{"a", "b", "c"})
	fmt.Println(scores[0].At(2), scores[1].At(2), scores[2], err)
	// Output: 1.53 0.65 unscored: no estimate: never compared <nil>
}
