package main

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

type sheetJSON struct {
	Method   string         `json:"method"`
	Ranking  []rankedItem   `json:"ranking"`
	Unscored []unscoredItem `json:"unscored"`
	Findings []sheetFinding `json:"findings"`
}

func TestSheet(t *testing.T) {
	got := commandtest.JSON[sheetJSON](t, program, "a.csv", wsjfHeader+
		"Small,1,0,0,8\nTwin,5,1,5,5\nLeft out,3,,5,\nTwin,5,1,5,5\nFirst,8,5,13,5\n")
	require.Equal(t, sheetJSON{
		Method: "wsjf",
		Ranking: []rankedItem{
			{1, "First", "5.20", false, "(8 + 5 + 13) / 5 = 5.2"},
			{2, "Twin", "2.20", true, "(5 + 1 + 5) / 5 = 2.2"},
			{3, "Twin", "2.20", true, "(5 + 1 + 5) / 5 = 2.2"},
			{4, "Small", "0.13", false, "(1 + 0 + 0) / 8 ≈ 0.13"}, // 0.125, half-up
		},
		Unscored: []unscoredItem{{"Left out", "time_criticality and job_size are missing"}},
		Findings: []sheetFinding{},
	}, got)
}

func TestSheetMethods(t *testing.T) {
	const all = "title,reach,impact,confidence,effort,moscow,user_business_value,time_criticality,risk_reduction,job_size\n" +
		"A,100,2,0.5,1,could,1,1,1,1\nB,10,1,1,1,Must have,2,2,2,1\n"
	tests := map[string]struct {
		flags  []string
		method string
		first  string
		terms  string
	}{
		"default": {nil, "wsjf", "B", "(2 + 2 + 2) / 1 = 6"},
		"rice":    {[]string{"-by", "rice"}, "rice", "A", "100 × 2 × 0.5 / 1 = 100"},
		"moscow":  {[]string{"-by", "moscow"}, "moscow", "B", "must"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[sheetJSON](t, program, "a.csv", all, test.flags...)
			require.Equal(t, test.method, got.Method)
			require.Equal(t, test.first, got.Ranking[0].Title)
			require.Equal(t, test.terms, got.Ranking[0].Terms)
			require.Empty(t, got.Unscored)
		})
	}
	t.Run("the first whose columns are all there", func(t *testing.T) {
		got := commandtest.JSON[sheetJSON](t, program, "a.csv", "title,moscow,reach,impact,confidence\nA,must,1,1,1\n")
		require.Equal(t, "moscow", got.Method)
	})
}

// How a file is written must not matter: byte order mark, line ends, letter case, spaces, quotes, the
// order of the columns, blank lines.
func TestSheetForms(t *testing.T) {
	want := commandtest.JSON[sheetJSON](t, program, "a.csv", riceHeader+"A,1,2,0.5,1\nB,4,2,0.5,\n")
	for _, text := range []string{
		"\uFEFF" + riceHeader + "A,1,2,0.5,1\nB,4,2,0.5,\n",
		strings.ReplaceAll(riceHeader+"A,1,2,0.5,1\nB,4,2,0.5,\n", "\n", "\r\n"),
		"Title, REACH ,Impact,confidence,effort\n\n A , 1,2 ,0.5,1\nB,4,2,0.5, ",
		"\"title\",\"reach\",impact,confidence,effort\n\"A\",\"1\",2,0.5,1\nB,4,2,0.5,\"\"\n",
		"effort,confidence,title,impact,reach\n1,0.5,A,2,1\n,0.5,B,2,4\n",
		riceHeader + "A,1e0,2.0,.5,+1\nB,4,2,0.5,\n",
	} {
		got := commandtest.JSON[sheetJSON](t, program, "a.csv", text)
		got.Ranking[0].Terms = want.Ranking[0].Terms // which writes numbers as they came
		require.Equal(t, want, got, text)
	}
}

// The order of the rows decides nothing but ties and unscored rows.
func TestSheetPermutation(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	rows := []string{"A,1,1,1,1\n", "B,2,1,1,1\n", "C,3,1,1,2\n", "D,1,1,1,8\n", "E,9,9,9,13\n", "F,,1,1,1\n"}
	want := commandtest.JSON[sheetJSON](t, program, "a.csv", wsjfHeader+strings.Join(rows, ""))
	for range 20 {
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		require.Equal(t, want, commandtest.JSON[sheetJSON](t, program, "a.csv", wsjfHeader+strings.Join(rows, "")))
	}
}

func TestSheetTable(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.csv", "title,moscow,story,criteria\n"+
		"A,must,\"As a user, I want x, so that y\",seen\nB,must,\"As a user, I want x\",-\nC,,,works well\n\"D\x1b\nE\",could,\"As a user, I want x, so that y\",z\n")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, `3 items ranked by moscow, 1 unscored

Ranking
  #  Title  Score  Tied  Terms
  1  A      must   =     must
  2  B      must   =     must
  3  D? E   could        could

Ties, in the order of the method's tie rule, then of the file
  must  A, B

Unscored
  C  moscow is missing

Findings
  B     warning  it does not say what for: add "so that" and what gets better
  B     hint     wants the same as story 1: merge the two, or say what makes them different
  B     warning  no acceptance criteria
  C     warning  no story
  C     hint     criterion "works well": "well" is understood differently by everybody: say what would be seen or measured
  C     hint     criterion "works well": nothing in it can be measured or seen: say what is shown, sent, stored or refused
  D? E  defect   the same as story 1: keep one of them
  D? E  hint     criterion "z": nothing in it can be measured or seen: say what is shown, sent, stored or refused
`, stdout)
}

// One criterion without an outcome among clear ones is no finding, but an amount without a number is, and a vague word.
func TestSheetCriteria(t *testing.T) {
	const outcome = `: nothing in it can be measured or seen: say what is shown, sent, stored or refused`
	const amount = ` is no amount: give a number with its unit`
	const vague = ` is understood differently by everybody: say what would be seen or measured`
	tests := map[string]struct {
		text string
		want []string // lines
	}{
		"clear":            {"The total is shown", nil},
		"vague":            {"works well", []string{`criterion "works well": "well"` + vague, `criterion "works well"` + outcome}},
		"an amount":        {"- The list is shown fast", []string{`criterion "The list is shown fast": "fast"` + amount}},
		"a number":         {"Search takes at most 2 seconds", nil},
		"the first of two": {"* works well\n\n* looks good", []string{`criterion "works well": "well"` + vague, `criterion "looks good": "good"` + vague, `criterion "works well"` + outcome}},
		"one is clear":     {"works well\nThe total is shown", []string{`criterion "works well": "well"` + vague}},
		"a list's numbers": {"1. works well\n2) looks good", []string{`criterion "works well": "well"` + vague, `criterion "looks good": "good"` + vague, `criterion "works well"` + outcome}},
		"no list":          {"3 are there\n2.5 seconds", nil},
		"a scenario":       {"Given a\nWhen b\nThen it works", nil},
		"half a scenario":  {"Given a\nWhen b", []string{`criterion "Given a"` + outcome}},
		"each amount": {"many users search quickly", []string{
			`criterion "many users search quickly": "many"` + amount,
			`criterion "many users search quickly": "quickly"` + amount,
			`criterion "many users search quickly"` + outcome,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr := program.Text(t, "a.csv", "title,moscow,criteria\nA,must,\""+test.text+"\"\n")
			require.Equal(t, command.Success, status, stderr)
			_, got, _ := strings.Cut(stdout, "\nFindings\n")
			want := ""
			for _, line := range test.want {
				want += "  A  hint  " + line + "\n"
			}
			require.Equal(t, want, got)
		})
	}
}

// What is wrong with stories and criteria is in the JSON too, each judged in its language.
func TestSheetFindings(t *testing.T) {
	got := commandtest.JSON[sheetJSON](t, program, "a.csv", "title,story,criteria,moscow\n"+
		"A,\"Als Nutzer möchte ich zahlen, damit ich fertig bin\",- Es geht schnell,must\n"+
		"B,\"Como usuario, quiero pagar para terminar\",El recibo se muestra,must\n")
	require.Equal(t, []sheetFinding{
		{"A", finding{"testable.quantity", "hint", `criterion "Es geht schnell": "schnell" is no amount: give a number with its unit`, nil}},
		{"A", finding{
			"testable.outcome", "hint",
			`criterion "Es geht schnell": nothing in it can be measured or seen: say what is shown, sent, stored or refused`, nil,
		}},
	}, got.Findings)
}
