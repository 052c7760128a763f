package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

func readSheet(t *testing.T, text string) *exchange.Sheet {
	t.Helper()
	sheet, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
	require.NoError(t, err)
	for _, row := range sheet.Rows {
		require.Len(t, row.Cells, len(sheet.Columns))
		require.NotEmpty(t, row.Title)
		require.NotEmpty(t, row.Key)
	}
	return sheet
}

// The headers of score sheets, as they were found, and what they fit.
func TestSheetHeaders(t *testing.T) {
	for header, want := range map[string]string{
		"Feature,Reach,Impact,Confidence,Effort,RICE Score":                                     "can be scored by rice",
		"Feature_Name,Reach,Impact,Confidence,Effort":                                           "can be scored by rice",
		"name,reach,impact,confidence,effort":                                                   "can be scored by rice",
		"Rank,Name,Reach,Impact,Confidence (%),Effort (person-months),RICE score":               "can be scored by rice",
		"#,Initiative,Reach,Impact,Confidence,Effort,RICE,Horizon":                              "can be scored by rice",
		"Feature ID,Feature Title,Description,MoSCoW,Reach,Impact,Confidence,Effort,RICE Score": "can be scored by rice, moscow",
		"id,title,bv,tc,rr,js": "can be scored by wsjf",
		"id,title,description,business_value,time_criticality,risk_reduction,job_size,cod,wsjf":                     "can be scored by wsjf; cd3 needs duration",
		"ID,Title,Business Value,Time Criticality,Risk Reduction,Job Size,Type,Component,Status,Owner":              "can be scored by wsjf",
		"ID,Item,Business value,Time criticality,Risk reduction / enablement,Size (pts),Cost of delay,WSJF,Release": "can be scored by wsjf; cd3 needs duration",
		"id,titolo,moscow,valore,sforzo": "can be scored by value_effort, moscow",
		"ID,Description,Theme,Priority,Acceptance Criteria,Business Value,Predecessor ID,Successor ID,Sprint,Estimates": "nothing to score by: no column is a factor of a method",
		"Story ID,Story Name,Story Points,Complexity,Technical Debt Factor,Dependencies,Priority":                       "nothing to score by: no column is a factor of a method",
		"title,cost_of_delay,duration,":         "can be scored by cd3",
		"title,reach,impact":                    "nothing to score by yet: rice needs confidence, effort",
		"Title,Impact,Confidence,Ease":          "can be scored by ice; rice needs reach, effort",
		"Idea,Importance,Satisfaction":          "can be scored by opportunity",
		"USER BUSINESS VALUE,Title,TC,RR-OE,JS": "can be scored by wsjf",
	} {
		t.Run(header, func(t *testing.T) {
			names := strings.Split(header, ",")
			cells := make([]string, len(names))
			for i, name := range names {
				switch strings.ToLower(name) {
				case "feature", "feature_name", "name", "initiative", "feature title", "title", "item", "titolo", "description", "story name", "idea":
					cells[i] = fmt.Sprintf("Item %d", i)
				case "moscow":
					cells[i] = "Must"
				case "business value":
					cells[i] = map[bool]string{true: "more people pay", false: "5"}[strings.Contains(header, "Predecessor")]
				case "":
				default:
					cells[i] = "1"
				}
			}
			sheet := readSheet(t, header+"\n"+strings.Join(cells, ",")+"\n"+strings.Repeat(",", len(names)-1)+"\n")
			require.True(t, strings.HasPrefix(sheet.Fit()+";", want+";"), sheet.Fit())
			require.Len(t, sheet.Rows, 1)
			require.Empty(t, sheet.Losses)
		})
	}
}

func TestSheetCells(t *testing.T) {
	sheet := readSheet(t, "Name,Reach,Impact,Confidence,Effort (person-months),Notes\n"+
		"A,\"12,000\",Massive,80%,1.5,first\nB,12k,High,84,~2,second\nC,$500,Medium,100,3 months,\nD,700,Low,50 %,-,n/a\nE,20-30,Minimal,TBD,4,\n")
	cells := func(factor string) (all []string) {
		for i := range sheet.Rows {
			cell, _ := sheet.Cell(i, factor)
			all = append(all, cell)
		}
		return all
	}
	require.Equal(t, []string{"12000", "12000", "500", "700", ""}, cells("reach"))
	require.Equal(t, []string{"3", "2", "1", "0.5", "0.25"}, cells("impact"))
	require.Equal(t, []string{"0.8", "0.84", "1", "0.5", ""}, cells("confidence"))
	require.Equal(t, []string{"1.5", "2", "3", "", "4"}, cells("effort"))
	require.Equal(t, []string{"first", "second", "", "n/a", ""}, cells("notes"))
	require.Equal(t, []exchange.Loss{
		{Row: 6, Column: "Reach", Value: "20-30", Reason: "a range, not a number"},
		{Row: 6, Column: "Confidence", Value: "TBD", Reason: "no number"},
	}, sheet.Losses)
}

func TestSheetMoSCoW(t *testing.T) {
	for text, want := range map[string]string{
		"M": "must", "Must-have": "must", "Must Have": "must", "MUST": "must", "S": "should", "Should have": "should", "C": "could", "Could": "could",
		"Nice to have": "could", "Nice To Have": "could", "W": "wont", "Won't have": "wont", "Wont": "wont", "Won’t": "wont",
		"Must - for the launch": "must", "Should: later": "should", "Could (if cheap)": "could", "Must — law": "must", "perhaps": "",
	} {
		sheet := readSheet(t, "title,MoSCoW\nA,\""+text+"\"\n")
		got, _ := sheet.Cell(0, "moscow")
		require.Equal(t, want, got, text)
		require.Equal(t, want == "", len(sheet.Losses) == 1)
	}
}

// A score that the file has worked out is compared with ours, rounded as it is there.
func TestSheetScores(t *testing.T) {
	sheet := readSheet(t, "Name,Reach,Impact,Confidence,Effort,RICE Score\nA,1000,2,80%,3,533.3\nB,1000,2,80%,3,533\nC,1000,2,80%,3,540\nD,1000,2,80%,0,9\n")
	require.Equal(t, []exchange.ScoreChange{{Row: 4, Column: "RICE Score", File: "540", Here: "533"}}, sheet.Changes)
	sheet = readSheet(t, "title,bv,tc,rr,js,cod,wsjf\nA,8,5,3,4,16,4\nB,8,5,3,4,17,4.1\n")
	require.Equal(t, []exchange.ScoreChange{{Row: 3, Column: "wsjf", File: "4.1", Here: "4.0"}, {Row: 3, Column: "cod", File: "17", Here: "16"}}, fixedText(sheet.Changes))
}

// fixedText writes a whole number with the decimals of the file.
func fixedText(changes []exchange.ScoreChange) []exchange.ScoreChange {
	for i := range changes {
		if strings.Contains(changes[i].File, ".") && !strings.Contains(changes[i].Here, ".") {
			changes[i].Here += ".0"
		}
	}
	return changes
}

func TestSheetRefused(t *testing.T) {
	for text, class := range map[string]error{
		"":                  exchange.ErrBroken,
		"title,reach\n,5\n": exchange.ErrBroken,
		"Dear all\n":        exchange.ErrFormat,
	} {
		_, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
		require.ErrorIs(t, err, class, text)
	}
	_, err := exchange.ReadSheet(strings.NewReader("title,a,b\nA,1,2\n"), exchange.Options{MaxCells: 2})
	require.ErrorIs(t, err, exchange.ErrTooLarge)
}

func ExampleReadSheet() {
	const text = `Feature;Reach;Impact;Confidence (%);Effort (person-months)
Pay by card;12k;High;80;3
Pay by invoice;2.500;Low;50;1,5
`
	sheet, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sheet.Fits[0])
	for i, row := range sheet.Rows {
		reach, _ := sheet.Cell(i, "reach")
		confidence, _ := sheet.Cell(i, "confidence")
		fmt.Println(row.Title, reach, confidence)
	}
	// Output:
	// {rice []}
	// Pay by card 12000 0.8
	// Pay by invoice 2500 0.5
}

func FuzzReadSheet(f *testing.F) {
	for _, text := range []string{
		"title,reach,impact,confidence,effort\nA,1,2,80%,3\n", "name;moscow\nA;Must - x\n", "id,title,bv,tc,rr,js,wsjf\n1,A,1,2,3,0,5\n", "Issue key,Summary,Reach\nA-1,x,1.200\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sheet, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
		if err != nil {
			return
		}
		require.NotEmpty(t, sheet.Fit())
		for _, row := range sheet.Rows {
			require.Len(t, row.Cells, len(sheet.Columns))
		}
	})
}
