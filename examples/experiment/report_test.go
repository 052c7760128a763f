package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// sectionOf returns the rows of the section whose heading begins so, in cells.
func sectionOf(t *testing.T, output, heading string) (rows [][]string) {
	t.Helper()
	_, text, ok := strings.Cut(output, "\n"+heading)
	require.True(t, ok, "no section %q in\n%s", heading, output)
	text, _, _ = strings.Cut(text, "\n\n")
	for _, row := range strings.Split(strings.TrimRight(text, "\n"), "\n")[1:] {
		cells := strings.FieldsFunc(strings.ReplaceAll(row, "  ", "\t"), func(r rune) bool { return r == '\t' })
		for i, cell := range cells {
			cells[i] = strings.TrimSpace(cell)
		}
		rows = append(rows, cells)
	}
	return rows
}

func TestEveryMethod(t *testing.T) {
	tests := map[string]string{
		"wsjf": wsjfHeader + "A,1,1,1,2\nB,2,3,5,2\n", "rice": "title,reach,impact,confidence,effort\nA,1,1,1,2\nB,5,2,0.8,2\n",
		"moscow": "title,moscow\nA,won't\nB,Should have\n", "cd3": "title,cost_of_delay,duration\nA,1,3\nB,10,4\n",
		"ice": "title,impact,confidence,ease\nA,1,1,1\nB,8,7,5\n", "ice_mean": "title,impact,confidence,ease\nA,1,1,1\nB,8,7,5\n",
		"kano":        "title,must_be,one_dimensional,attractive,indifferent,reverse\nA,1,2,7,0,0\nB,4,3,2,1,1\n",
		"opportunity": "title,importance,satisfaction\nA,9,9\nB,9,3\n", "opportunity_survey": "title,respondents,important,satisfied\nA,10,9,9\nB,10,9,3\n",
		"value_effort": "title,value,effort\nA,1,1\nB,8,2\n", "wiegers": "title,benefit,penalty,cost,risk\nA,1,1,3,1\nB,4,2,1,1\n",
		"relative_weighting": "title,benefit,penalty,cost\nA,1,1,3\nB,4,2,1\n", "eisenhower": "title,important,urgent\nA,yes,no\nB,1,TRUE\n",
		"weighted": "title,ratings.Speed,ratings.looks\nA,1,1\nB,3,-0.5\n", "votes": "title,votes.ana,votes.bob\nA,40,\nB,60,100\n",
		"theme_screening": "title,marks.a,marks.b\nA,0,-\nB,+,+\n", "buy_feature": "title,price,offers.ana,offers.bob\nA,100,60,\nB,80,30,50\n",
		"doubt": "title,reach,impact,confidence,effort\nA,100,1,1,2\nB,5,2,0.8,2\n",
	}
	for _, name := range methodNames() {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, tests, name)
			doc := &command.Document{Text: tests[name]}
			r := readReport(doc, name)
			require.NoError(t, doc.Err())
			require.Equal(t, name, r.lead.name)
			require.Equal(t, []int{1, 0}, r.lead.ranking.Keys(), "B before A")
		})
	}
}

func TestOwnMethod(t *testing.T) {
	mine := ranked(catalogue.New("cheap_thrill",
		prioritize.Formula[prioritize.ValueEffortInput](func(in prioritize.ValueEffortInput) (prioritize.Score, error) {
			return prioritize.Quotient(in.Value, in.Effort.Mul(in.Effort))
		}),
		catalogue.Numbers(prioritize.ValueEffort{})))
	require.Equal(t, []string{"value", "effort"}, mine.columns)

	doc := &command.Document{Text: "title,value,effort\nA,8,4\nB,2,1\nC,1,\n"}
	got := mine.run(doc, parseSheet(doc, methods()))
	require.NoError(t, doc.Err())
	require.Equal(t, []int{1, 0, 2}, got.ranking.KeysWithUnscored())
	require.Equal(t, "effort is missing", got.ranking.Unscored()[0].Reason)
}

// Break-evens, from figures that are easily done by hand.
func TestMargins(t *testing.T) {
	tests := map[string]struct {
		text  string
		flags []string
		want  [][]string
	}{
		"exact": {text: "title,value,effort\nA,8,2\nB,6,2\nC,0,3\n", want: [][]string{
			{"1", "A", "value", "8", "is first", "beyond 6 (-2)"},
			{"effort", "2", "is first", "beyond 8/3 ≈ 2.67 (+0.67)"},
			{"2", "B", "value", "6", "beyond 8 (+2)", "beyond 0 (-6)"},
			{"effort", "2", "beyond 1.5 (-0.5)", "never"},
			{"3", "C", "value", "0", "beyond 9 (+9)", "is last"},
			{"effort", "3", "never", "is last"},
		}},
		"ties": {text: "title,value,effort\nA,8,2\nB,4,1\n", want: [][]string{
			{"1", "A", "value", "8", "is first", "level now"}, {"2", "B", "value", "4", "level now", "is last"},
		}},
		"searched for": {text: "title,importance,satisfaction\nA,9,3\nB,5,1\n", want: [][]string{
			{"1", "A", "importance", "9", "is first", "from 6 (-3)"},
			{"satisfaction", "3", "is first", "from 9 (+6)"},
			{"2", "B", "importance", "5", "from 8 (+3)", "is last"},
		}},
		"many digits": {text: "title,value,effort\nA,1e40,3\nB,1e-40,7\n", want: [][]string{
			{"1", "A", "value", "≈ 1e+40", "is first", "beyond ≈ 4.286e-41 (-1e+40)"},
		}},
		"of ratings": {text: "title,ratings.speed\nA,3\nB,1\n", want: [][]string{{"1", "A", "speed", "3", "is first", "beyond 1 (-2)"}}},
		"asked for": {flags: []string{"-by", "value_effort"}, text: "title,cost_of_delay,duration,value,effort\nA,1,1,1,1\nB,2,1,2,1\n", want: [][]string{
			{"1", "B", "value", "2", "is first", "beyond 1 (-1)"},
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr, _ := try(t, test.text, test.flags...)
			require.Equal(t, command.Success, status, stderr)
			require.Subset(t, sectionOf(t, stdout, "Break-evens"), test.want)
		})
	}
	t.Run("without numbers", func(t *testing.T) {
		_, stdout, _, _ := try(t, "title,moscow\nA,must\n")
		require.Contains(t, stdout, "\nBy moscow there is no number that could move.\n")
		require.NotContains(t, stdout, "draws")
	})
	t.Run("what is not in the sheet does not move", func(t *testing.T) {
		_, stdout, _, _ := try(t, "title,benefit,penalty,cost\nA,1,1,3\nB,4,2,1\n")
		require.NotContains(t, stdout, "risk")
	})
}

func TestStability(t *testing.T) {
	_, stdout, _, _ := try(t, "title,value,effort\nA,100,1\nB,10,1\nC,10,1\nD,1,1\n")
	require.Equal(t, [][]string{{"1", "A", "100.0 %", "100.0 %", "100.0 %", "1"}, {"4", "D", "0.0 %", "0.0 %", "100.0 %", "4"}},
		slices.Delete(sectionOf(t, stdout, "Out of 1000 draws")[1:], 1, 3))
	require.Equal(t, "2-3", sectionOf(t, stdout, "Out of 1000 draws")[2][5])

	_, stdout, _, _ = try(t, "title,value,effort\nA,1,1e-1000\nB,1,1\n")
	require.Contains(t, stdout, "\nThe numbers cannot be drawn anew: ")
}

func TestUnscored(t *testing.T) {
	_, stdout, _, _ := try(t, "title,value,effort,moscow,reach,impact,confidence\nA,1,,must,1,1,1\nB,1,1,,1,1,1\nC,1,1,must,1,1,1\n")
	require.Equal(t, [][]string{
		{"A", "rice, value_effort, doubt", "effort is missing"}, {"B", "moscow", "moscow is missing"},
	}, sectionOf(t, stdout, "Not scored"))

	status, stdout, stderr, picture := try(t, "title,value,effort\nA,1,\nB,,1\n")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, [][]string{{"A", "value_effort", "effort is missing"}, {"B", "value_effort", "value is missing"}},
		sectionOf(t, stdout, "Not scored"))
	checkPicture(t, picture)
}

func TestSkipped(t *testing.T) {
	_, stdout, _, _ := try(t, "title,moscow,reach,impact\nA,must,1,1\n")
	require.Contains(t, stdout, "\nTo rank by more there would have to be confidence, effort for rice; or ")
	_, stdout, _, _ = try(t, "title,value,effort\nA,1,1\n")
	require.NotContains(t, stdout, "To rank by more", "effort alone does not mean that rice was meant")
}

// Why an item moves is told in numbers and in names.
func TestBecause(t *testing.T) {
	_, stdout, _, _ := try(t, "title,value,effort,moscow,votes.ana,votes.b\x1bb\nA,8,2,should,1,\nB,3,1,must,,2\n")
	require.Contains(t, stdout, "  8 / 2 = 4\n")
	require.Contains(t, stdout, "  must\n")
	require.Contains(t, stdout, "  where value_effort is value / effort\n")
	require.NotContains(t, stdout, "where moscow")
	require.NotContains(t, stdout, "where votes", "who votes differs from item to item")
	require.NotContains(t, stdout, "\x1b")
}

// The items that move most are those that a look at every item between any two methods finds.
func TestMovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		r := readReport(&command.Document{Text: sheetOf(rng, 1+rng.IntN(40))}, "")
		farthest := make(map[int]decimal.Decimal)
		for _, a := range r.trials {
			for _, b := range r.trials {
				c, err := prioritize.Compare(a.ranking, b.ranking)
				require.NoError(t, err)
				for _, d := range c.Disagreements(-1) {
					farthest[d.Key] = decimal.Max(farthest[d.Key], d.Displacement.Abs())
				}
			}
		}
		var want, got []string
		var all []decimal.Decimal
		for _, distance := range farthest {
			all = append(all, distance)
		}
		slices.SortFunc(all, func(a, b decimal.Decimal) int { return b.Cmp(a) })
		for _, distance := range all[:min(movers, len(all))] {
			want = append(want, distance.String())
		}
		for _, m := range r.agreement.moves {
			require.True(t, farthest[m.Key].Equal(m.Displacement.Abs()))
			got = append(got, m.Displacement.Abs().String())
		}
		require.Equal(t, want, got)
	}
}

// The order of the rows says nothing but how to break ties: correlations stay the same.
func TestAgreementPermutation(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	header, rest, _ := strings.Cut(sheetOf(rng, 25), "\n")
	rows := strings.SplitAfter(strings.TrimSuffix(rest, "\n"), "\n")
	rows[len(rows)-1] += "\n"
	want := readReport(&command.Document{Text: header + "\n" + strings.Join(rows, "")}, "").agreement
	for range 20 {
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		got := readReport(&command.Document{Text: header + "\n" + strings.Join(rows, "")}, "").agreement
		require.Equal(t, want.tau, got.tau)
		require.Equal(t, want.rho, got.rho)
	}
}

func TestCorrelation(t *testing.T) {
	for want, c := range map[string]correlation{
		" 0.00": {-0.001, true}, "-1.00": {-1, true}, " 0.34": {1.0 / 3 * 1.01, true}, "    -": {},
	} {
		require.Equal(t, want, c.String())
	}
}
