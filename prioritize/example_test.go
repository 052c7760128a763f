package prioritize_test

import (
	"fmt"

	"github.com/backlogkit/backlogkit/prioritize"
)

// Arithmetic on scores is exact and passes on what is missing, so a formula reads as on paper.
func ExampleScore_Mul() {
	reach, impact := prioritize.Integer(300), prioritize.Value(dec("0.25"))
	fmt.Println(reach.Mul(impact).Div(prioritize.Integer(7)))
	fmt.Println(reach.Mul(prioritize.Unscored("impact is missing")))
	// Output:
	// 75/7
	// unscored: impact is missing
}

// A lower class comes first, whatever the fractions are.
func ExampleScore_InClass() {
	urgent, normal := prioritize.Integer(1).InClass(1), prioritize.Integer(99).InClass(2)
	fmt.Println(urgent.Compare(normal))
	// Output: 1
}

func ExampleEach() {
	inputs := []prioritize.WSJFInput{wsjf("1", "1", "1", "0"), wsjf("1", "1", "1", "-2")}
	_, err := prioritize.Each(inputs, prioritize.WSJF{}.ScoreItem)
	fmt.Println(err)
	// Output:
	// prioritize: item 0: job_size is "0", want > 0
	// prioritize: item 1: job_size is "-2", want > 0
}

func ExampleSentence() {
	terms := []prioritize.Term{
		{Name: "benefit", Effect: prioritize.Adds, Value: prioritize.Integer(8), Weight: prioritize.Integer(2)},
		{Name: "penalty", Effect: prioritize.Adds, Value: prioritize.Integer(-3)},
		{Name: "cost", Effect: prioritize.Divides, Value: prioritize.Integer(5)},
		{Name: "risk", Effect: prioritize.Divides, Value: prioritize.Integer(4), Weight: prioritize.Value(dec("0.5"))},
	}
	fmt.Println(prioritize.Sentence(terms, prioritize.Integer(13).Div(prioritize.Integer(7)), 2))
	// Output: (2 × 8 - 3) / (5 + 0.5 × 4) ≈ 1.86
}

func ExampleRanking_Lookup() {
	ranking, err := prioritize.Rank(prioritize.WSJF{}, []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "a", Input: wsjf("1", "1", "1", "1")}, {Key: "b", Input: wsjf("2", "1", "0", "1")},
	})
	row, ok := ranking.Lookup("b")
	fmt.Println(row.Position, row.Rank, row.Tied, row.Score, ok, err)
	// Output: 2 1 true 3 true <nil>
}

func ExampleRanking_Terms() {
	ranking, _ := prioritize.Rank(prioritize.WSJF{}, []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "a", Input: wsjf("8", "5", "13", "5")},
	})
	for _, term := range ranking.Terms("a") {
		fmt.Println(term.Name, term.Effect, term.Value, term.Contribution)
	}
	// Output:
	// user_business_value adds 8 1.6
	// time_criticality adds 5 1
	// risk_reduction adds 13 2.6
	// job_size divides 5 unscored: not scored
}

// Factors let a program walk the numbers of any method.
func ExampleFactor() {
	in := wsjf("8", "5", "13", "5")
	for _, f := range (prioritize.WSJF{}).Factors() {
		value, _ := f.Get(in)
		fmt.Println(f.Name, value, f.Direction)
	}
	// Output:
	// user_business_value 8 1
	// time_criticality 5 1
	// risk_reduction 13 1
	// job_size 5 -1
}

func ExampleMoSCoWCategory() {
	var category prioritize.MoSCoWCategory
	err := category.UnmarshalText([]byte("Won't have (this time)"))
	fmt.Println(category, err)
	err = category.UnmarshalText([]byte("perhaps"))
	fmt.Println(category, err)
	// Output:
	// wont <nil>
	// wont prioritize: moscow is "perhaps", want must, should, could or wont
}
