package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// Every method on two items that it tells apart, by figures that are easily done by hand.
func TestMethods(t *testing.T) {
	type test struct {
		text  string
		flags []string
		want  []string // score and terms in the order of the ranking
	}
	tests := map[string]test{
		"wsjf":     {text: wsjfHeader + "A,1,1,1,2\nB,2,3,5,2\n", want: []string{"5.00 (2 + 3 + 5) / 2 = 5", "1.50 (1 + 1 + 1) / 2 = 1.5"}},
		"rice":     {text: riceHeader + "A,1,1,1,2\nB,5000,2,0.8,2\n", want: []string{"4000.00 5000 × 2 × 0.8 / 2 = 4000", "0.50 1 × 1 × 1 / 2 = 0.5"}},
		"moscow":   {text: "title,moscow\nA,won't\nB,Should have\n", want: []string{"should should", "wont wont"}},
		"cd3":      {text: "title,cost_of_delay,duration\nA,1,3\nB,10,4\n", want: []string{"2.50 10 / 4 = 2.5", "0.33 1 / 3 ≈ 0.33"}},
		"ice":      {text: "title,impact,confidence,ease\nA,1,1,1\nB,8,7,5\n", want: []string{"280.00 8 × 7 × 5 = 280", "1.00 1 × 1 × 1 = 1"}},
		"CD3":      {text: "title,cost_of_delay,duration\nA,1,3\nB,10,4\n", want: []string{"2.50 10 / 4 = 2.5", "0.33 1 / 3 ≈ 0.33"}},
		"ice-mean": {text: "title,impact,confidence,ease\nA,1,1,1\nB,9,2,10\n", want: []string{"7.00 (9 + 2 + 10) / 3 = 7", "1.00 (1 + 1 + 1) / 3 = 1"}},
		"kano": {text: "title,must_be,one_dimensional,attractive,indifferent\nA,1,2,7,0\nB,4,3,2,1\n", want: []string{
			"must-be must-be", "attractive attractive",
		}},
		"kano, with all its columns": {
			flags: []string{"-by", "kano"},
			text:  "title,questionable,must_be,one_dimensional,attractive,indifferent,reverse\nA,0,1,2,0,0,7\nB,0,4,3,2,1,0\n",
			want:  []string{"must-be must-be", "reverse reverse"},
		},
		"opportunity":        {text: "title,importance,satisfaction\nA,9,9\nB,9,3\n", want: []string{"15.00 9 + 6 = 15", "9.00 9 + 0 = 9"}},
		"opportunity_survey": {text: "title,respondents,important,satisfied\nA,10,9,9\nB,10,9,3\n", want: []string{"15.00 9 + 6 = 15", "9.00 9 + 0 = 9"}},
		"value_effort":       {text: "title,value,effort\nA,1,1\nB,8,2\n", want: []string{"4.00 8 / 2 = 4", "1.00 1 / 1 = 1"}},
		"wiegers": {text: "title,benefit,penalty,cost,risk\nA,1,1,3,1\nB,4,2,1,1\n", want: []string{
			"1.00 75 / (1 × 25 + 1 × 50) = 1", "0.20 25 / (1 × 75 + 1 × 50) = 0.2",
		}},
		"wiegers, weighted": {
			flags: []string{"-by", "wiegers", "-weights", "benefit=2,risk=0.5"},
			text:  "title,benefit,penalty,cost,risk\nA,1,1,3,1\nB,4,1,1,1\n",
			want:  []string{"1.50 75 / (1 × 25 + 0.5 × 50) = 1.5", "0.25 25 / (1 × 75 + 0.5 × 50) = 0.25"},
		},
		"relative_weighting": {text: "title,benefit,penalty,cost\nA,1,1,3\nB,4,2,1\n", want: []string{
			"3.00 75 / (1 × 25) = 3", "0.33 25 / (1 × 75) ≈ 0.33",
		}},
		"eisenhower": {text: "title,important,urgent\nA,yes,no\nB,1,TRUE\n", want: []string{"do do", "schedule schedule"}},
		"weighted":   {text: "title,ratings.Speed,ratings.looks\nA,1,2\nB,3,-0.5\nC,0,0\n", want: []string{"3.00 1 × 1 + 1 × 2 = 3", "2.50 1 × 3 + 1 × -0.5 = 2.5", "0.00 "}},
		"weighted, with weights": {
			flags: []string{"-by", "weighted", "-weights", "speed=2"},
			text:  "title,ratings.looks,ratings.Speed\nA,2,1\nB,-0.5,3\n",
			want:  []string{"5.50 1 × -0.5 + 2 × 3 = 5.5", "4.00 1 × 2 + 2 × 1 = 4"},
		},
		"votes": {text: "title,votes.ana,votes.bob\nA,40,\nB,60,100\n", want: []string{"160.00 60 + 100 = 160", "40.00 40 = 40"}},
		"votes, with weights and another budget": {
			flags: []string{"-by", "votes", "-weights", "bob=0.5", "-budget", "200"},
			text:  "title,votes.ana,votes.bob\nA,40,1\nB,160,100\n",
			want:  []string{"210.00 160 + 0.5 × 100 = 210", "40.50 40 + 0.5 × 1 = 40.5"},
		},
		"theme_screening": {text: "title,marks.a,marks.b\nA,0,-\nB,+,+\n", want: []string{"2.00 1 + 1 = 2", "-1.00 0 - 1 = -1"}},
		"buy_feature": {
			text: "title,price,offers.ana,offers.bob\nA,100,60,\nB,80,30,50\n",
			want: []string{"80.00 bought for 80, then 30 + 50 = 80", "60.00 "},
		},
	}
	tests["urgency"] = test{
		text: "title,priority,project,tags,annotations,active,waiting,blocked,blocking\n" +
			"A,l,,,,,yes,yes,no\nB,H,shop,next a,3,yes,,,yes\nC,,,,,,,,\n",
		want: []string{"35.90 ", "0.00 ", "-6.20 1.8 × 1 - 3 × 1 - 5 × 1 = -6.2"},
	}
	tests["urgency, with dates"] = test{
		flags: []string{"-by", "urgency", "-now", "2026-11-24"},
		text:  "title,due,entry,scheduled\nA,2026-12-08,2026-11-24,\nB,2026-11-17T00:00:00Z,2025-01-01,2026-11-23\n",
		want:  []string{"19.00 12 × 1 + 5 × 1 + 2 × 1 = 19", "2.40 12 × 0.2 = 2.4"},
	}
	used := make(map[string]bool)
	for name, test := range tests {
		flags := test.flags
		if flags == nil {
			flags = []string{"-by", name}
		}
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[sheetJSON](t, program, "a.csv", test.text, flags...)
			used[got.Method] = true
			require.Empty(t, got.Unscored)
			require.Len(t, got.Ranking, len(test.want))
			for i, want := range test.want {
				require.True(t, strings.HasPrefix(got.Ranking[i].Score+" "+got.Ranking[i].Terms, want), got.Ranking[i])
			}
		})
	}
	for _, name := range methodNames() {
		require.True(t, used[name], name)
	}
}

func TestDefaultMethod(t *testing.T) {
	for header, want := range map[string]string{
		"reach,impact,confidence,effort,ease,value": "rice",
		"impact,confidence,ease,value":              "ice",
		"value,effort,reach":                        "value_effort",
		"benefit,penalty,cost,risk":                 "wiegers",
		"benefit,penalty,cost,votes.x":              "relative_weighting",
		"votes.x,ratings.x":                         "weighted",
		"votes.x,priority":                          "votes",
		"annotations,active":                        "urgency",
	} {
		cells := strings.Repeat(",1", strings.Count(header, ",")+1)
		require.Equal(t, want, commandtest.JSON[sheetJSON](t, program, "a.csv", "title,"+header+"\nA"+cells+"\n").Method)
	}
}

// What is blank is unscored, unless blank has a meaning of its own; and it does not shift the rows that
// errors are about.
func TestBlankCells(t *testing.T) {
	tests := map[string]struct {
		text string
		want []unscoredItem
	}{
		"no column is no cell": {"title,must_be,one_dimensional,attractive,indifferent,reverse\nA,1,1,1,1,\nB,1,1,1,1,1\n", []unscoredItem{
			{"A", "reverse is missing"},
		}},
		"nobody asked":     {"title,must_be,one_dimensional,attractive,indifferent\nA,0,0,0,0\nB,1,1,1,1\n", []unscoredItem{{"A", "responses are missing"}}},
		"a rating":         {"title,ratings.a,ratings.b\nA,1,\nB,1,1\n", []unscoredItem{{"A", "ratings.b is missing"}}},
		"a mark":           {"title,marks.a,marks.b\nA,+,\nB,+,-\n", []unscoredItem{{"A", "marks.b is missing"}}},
		"votes of nobody":  {"title,votes.a,votes.b\nA,,\nB,1,\n", []unscoredItem{{"A", "nobody voted on it"}}},
		"no offer":         {"title,price,offers.a\nA,1,\nB,1,1\n", []unscoredItem{}},
		"a share of value": {"title,benefit,penalty,cost,risk\nA,1,1,1,\nB,1,1,1,1\n", []unscoredItem{{"A", "risk is missing"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, commandtest.JSON[sheetJSON](t, program, "a.csv", test.text).Unscored)
		})
	}
}

func TestMethodsBadInput(t *testing.T) {
	tests := map[string]struct {
		text  string
		flags []string
		want  []string
	}{
		"as a field of a field": {text: "title,must_be,one_dimensional,attractive,indifferent\nA,1,-1,1,1\n", want: []string{
			`a.csv:2:5: one_dimensional is "-1", want >= 0`,
		}},
		"in a family": {text: "title,votes.ana,\"votes.\"\"Bo\"\"\"\nA,-1,\nB,1,x\n", want: []string{
			`a.csv:2:3: votes.ana is "-1", want >= 0`, `a.csv:3:5: votes."bo" is "x", want a number`,
		}},
		"a family without a name": {text: "title,votes.,ratings\nA,1,1\n", want: []string{
			`a.csv:1:1: not enough columns to rank by, want also `,
		}},
		"off the scale": {text: "title,importance,satisfaction\nA,11,1\n", want: []string{`a.csv:2:3: importance is "11", want `}},
		"no whole number": {text: "title,respondents,important,satisfied\nA,10,5.5,9\n", want: []string{
			`a.csv:2:6: important is "5.5", want a whole number`,
		}},
		"more than were asked": {text: "title,respondents,important,satisfied\nA,10,11,9\n", want: []string{
			`a.csv:2:6: important is "11", want `,
		}},
		"neither yes nor no": {text: "title,urgent,important\nA,yes,maybe\n", want: []string{
			`a.csv:2:7: important is "maybe", want yes or no`,
		}},
		"a number to one method, and none to the one asked for": {
			flags: []string{"-by", "eisenhower"},
			text:  "title,respondents,important,satisfied,urgent\nA,10,7,9,yes\n",
			want:  []string{`a.csv:2:6: important is "7", want yes or no`},
		},
		"no such mark": {text: "title,marks.a\nA,++\n", want: []string{`a.csv:2:3: marks.a is "++", want +, 0 or -`}},
		"nothing to divide by": {text: "title,benefit,penalty,cost,risk\nA,,1,1,1\nB,1,1,1,1\nC,1,1,0,0\n", want: []string{
			`a.csv:4:1: weighted cost % + risk % is "0", want > 0`,
		}},
		"overspent": {text: "title,votes.ana\nA,60\nB,50\n", want: []string{
			`a.csv:1:1: points spent by "ana" is "110", want at most 100`,
		}},
		"too little money": {text: "title,price,offers.ana\nA,60,30\n", flags: []string{"-budget", "29"}, want: []string{
			`a.csv:1:1: money offered by "ana" is "30", want at most 29`,
		}},
		"a weight of nobody": {text: "title,votes.ana,votes.bob\nA,1,1\n", flags: []string{"-weights", "eve=2"}, want: []string{
			`a.csv:1:1: a weight of "eve" is given, want one of ana, bob`,
		}},
		"a weight for nothing": {text: "title,moscow\nA,must\n", flags: []string{"-weights", "must=2"}, want: []string{
			`a.csv:1:1: a weight of "must" is given, want none for moscow`,
		}},
		"a budget for nothing": {text: "title,moscow\nA,must\n", flags: []string{"-budget", "2"}, want: []string{
			`a.csv:1:1: a budget is given, want none for moscow`,
		}},
		"optional columns beside the lack of others": {text: "title,active,value\nA,1,1\n", want: []string{
			`a.csv:1:1: not enough columns to rank by, want also effort for value_effort`,
		}},
		"none of the optional columns": {text: "title,moscow\nA,must\n", flags: []string{"-by", "urgency"}, want: []string{
			`a.csv:1:1: not enough columns to rank by, want also priority, project, tags, `,
		}},
		"no such priority": {text: "title,priority,annotations,due\nA,x,-1,soon\n", want: []string{
			`a.csv:2:5: annotations is "-1", want >= 0`, `a.csv:2:8: due is "soon", want a date such as 2026-11-24`,
		}},
		"dates without now": {text: "title,priority,due\nA,x,2026-11-24\n", want: []string{
			`a.csv:2:1: now is "unset", want an instant`, `a.csv:2:3: priority is "x", want H, M, L`,
		}},
		"now for nothing": {text: "title,moscow\nA,must\n", flags: []string{"-now", "2026-11-24"}, want: []string{
			`a.csv:1:1: an instant is given as now, want none for moscow`,
		}},
		"a negative weight": {text: "title,votes.ana\nA,1\n", flags: []string{"-weights", "ana=-2"}, want: []string{
			`a.csv:1:1: weights["ana"] is "-2", want >= 0`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			program.RequireBadInput(t, "a.csv", test.text, test.want, test.flags...)
		})
	}
}
