package prioritize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// sheetOf makes a sheet of lines with commas between the cells; the first is the header.
func sheetOf(lines ...string) *prioritize.Sheet {
	s := &prioritize.Sheet{Columns: strings.Split(lines[0], ",")}
	for _, line := range lines[1:] {
		s.Rows = append(s.Rows, strings.Split(line, ","))
	}
	return s
}

// readable reports the keys that a method finds in a sheet of one row of ones.
func readable[A any](t *testing.T, m prioritize.Method[A], header string) {
	t.Helper()
	row := strings.TrimSuffix(strings.Repeat("1,", strings.Count(header, ",")+1), ",")
	candidates, err := prioritize.Candidates(sheetOf(header, row), m)
	require.NoError(t, err, header)
	require.Empty(t, candidates[0].Unscored, header)
	require.Equal(t, "1", candidates[0].Key, header)
	_, err = prioritize.Rank(m, candidates)
	require.NoError(t, err, header)
}

// Headers as they are found in score sheets.
func TestCandidatesFindColumns(t *testing.T) {
	for _, header := range []string{
		"Feature,Reach,Impact,Confidence,Effort,RICE Score",
		"Feature_Name,Reach,Impact,Confidence,Effort",
		"name,reach,impact,confidence,effort",
		"\ufeffRank,Name,Reach,Impact,Confidence (%),Effort (person-months),RICE score",
		"#,Initiative,Reach,Impact,Confidence,Effort,Horizon",
		"Feature ID,Feature Title,Description,MoSCoW,Reach,Impact,Confidence,Effort,RICE Score",
	} {
		readable(t, prioritize.RICE{}, header)
	}
	for _, header := range []string{
		"id,title,bv,tc,rr,js",
		"id,title,description,business_value,time_criticality,risk_reduction,job_size,cod,wsjf",
		"ID,Title,Business Value,Time Criticality,Risk Reduction,Job Size,Type,Component,Status,Owner",
		"ID,Item,Business value,Time criticality,Risk reduction / enablement,Size (pts),Cost of delay,WSJF,Release",
	} {
		readable(t, prioritize.WSJF{}, header)
	}
	readable(t, prioritize.ValueEffort{}, "id,titolo,moscow,valore,sforzo")
	readable(t, prioritize.CD3{}, "title,cost_of_delay,duration,")
}

func TestCandidatesCategories(t *testing.T) {
	candidates, err := prioritize.Candidates(sheetOf("ID,Description,Theme,Priority",
		"1,a,x,Must Have", "2,b,x,Should Have", "3,c,x,Nice To Have", "4,d,x,W", "5,e,x,must-have – the law",
		"6,f,x,Should: asked for often", "7,g,x,C - if there is time", "8,h,x,",
	), prioritize.MoSCoW{})
	require.NoError(t, err)
	want := []prioritize.MoSCoWCategory{1, 2, 3, 4, 1, 2, 3, 0}
	for i, c := range candidates {
		require.Equal(t, want[i], c.Input.Category, c.Key)
	}
	require.Equal(t, "moscow is missing", candidates[7].Unscored)
}

func TestCandidatesNumbers(t *testing.T) {
	one := func(confidences ...string) (texts []string, err error) {
		lines := []string{"title,reach,impact,confidence,effort"}
		for i, c := range confidences {
			lines = append(lines, fmt.Sprintf("%d,1,Massive,%s,$2", i, c))
		}
		candidates, err := prioritize.Candidates(sheetOf(lines...), prioritize.RICE{})
		for _, c := range candidates {
			require.Equal(t, "3", c.Input.Impact.String())
			require.Equal(t, "2", c.Input.Effort.String())
			texts = append(texts, c.Input.Confidence.Decimal.String())
		}
		return texts, err
	}
	for _, c := range []struct{ in, want string }{
		{"0.8 1", "0.8 1"}, {"80% 1", "0.8 1"}, {"80 100 1", "0.8 1 0.01"}, {"80\u00a0% 0.5", "0.8 0.5"}, {"n/a - 80", "0 0 0.8"},
	} {
		got, err := one(strings.Split(c.in, " ")...)
		require.NoError(t, err, c.in)
		require.Equal(t, c.want, strings.Join(got, " "), c.in)
	}
	_, err := one("0.8", "84", "12k", "20-30")
	requireProblems(t, err,
		`prioritize: item 1 ("1"): confidence is "84", want a fraction in (0, 1]`,
		`prioritize: item 2 ("2"): confidence is "12k", want a decimal number`,
		`prioritize: item 3 ("3"): confidence is "20-30", want a decimal number`)
}

func TestCandidatesRefuse(t *testing.T) {
	_, err := prioritize.Candidates(sheetOf("title,Reach,reach,effort"), prioritize.RICE{})
	requireProblems(t, err, `prioritize: columns is "reach", want one column for reach`,
		`prioritize: columns is "title, Reach, reach, effort", want one for impact`,
		`prioritize: columns is "title, Reach, reach, effort", want one for confidence`)
	_, err = prioritize.Candidates(sheetOf("title"), prioritize.Kano{})
	requireProblems(t, err, `prioritize: method is "prioritize.Kano", want one that names its factors`)
}

// Keys are unique, whatever the titles are; a row may be shorter than the header.
func TestCandidatesKeys(t *testing.T) {
	s := sheetOf("title,value,effort", "a,1,1", "a,2,1", ",3,1", "b", "a (row 3),1,1")
	candidates, err := prioritize.Candidates(s, prioritize.ValueEffort{})
	require.NoError(t, err)
	var keys []string
	for _, c := range candidates {
		keys = append(keys, c.Key)
	}
	require.Equal(t, []string{"a", "a (row 3)", "row 4", "b", "a (row 3) (row 6)"}, keys)
	require.Equal(t, "value, effort are missing", candidates[3].Unscored)
	s.Numbers = []int{10, 20, 30, 40, 50}
	candidates, err = prioritize.Candidates(s, prioritize.ValueEffort{})
	require.NoError(t, err)
	require.Equal(t, "a (row 20)", candidates[1].Key)
	_, err = prioritize.Rank(prioritize.ValueEffort{}, candidates)
	require.NoError(t, err)
}

func FuzzCandidates(f *testing.F) {
	f.Add("title,reach,impact,confidence,effort\na,1,high,80%,2")
	f.Add("id,title,bv,tc,rr,js\n1,a,1,2,3,4\n2,a,1e999,-1,,")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		s := sheetOf(strings.Split(text, "\n")...)
		requireReadable(t, s, prioritize.RICE{})
		requireReadable(t, s, prioritize.WSJF{})
		requireReadable(t, s, prioritize.MoSCoW{})
	})
}

// requireReadable checks that what is read from a sheet can be ranked.
func requireReadable[A any](t *testing.T, s *prioritize.Sheet, m prioritize.Method[A]) {
	t.Helper()
	candidates, err := prioritize.Candidates(s, m)
	if err != nil {
		require.Nil(t, candidates)
		return
	}
	require.Len(t, candidates, len(s.Rows))
	if len(candidates) > 0 {
		_, err = prioritize.Rank(m, candidates)
		require.NoError(t, err)
	}
}

func ExampleCandidates() {
	sheet := &prioritize.Sheet{
		Columns: []string{"Feature", "Reach", "Impact", "Confidence (%)", "Effort (person-months)"},
		Rows: [][]string{
			{"Saved cards", "5000", "High", "80", "2"},
			{"Dark mode", "9000", "Minimal", "100", "1"},
			{"Audit log", "300", "Medium", "", "1"},
		},
	}
	candidates, err := prioritize.Candidates(sheet, prioritize.RICE{})
	if err != nil {
		fmt.Println(err)
		return
	}
	ranking, err := prioritize.Rank(prioritize.RICE{}, candidates)
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Key, ranking.Sentence(row.Key, 0))
	}
	fmt.Println(ranking.Unscored())
	// Output:
	// Saved cards 5000 × 2 × 0.8 / 2 = 4000
	// Dark mode 9000 × 0.25 × 1 / 1 = 2250
	// [{Audit log confidence is missing 2}]
}
