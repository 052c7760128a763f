package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/prioritize"
)

func readSheet(t *testing.T, text string) *prioritize.Sheet {
	t.Helper()
	sheet, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
	require.NoError(t, err)
	require.Len(t, sheet.Numbers, len(sheet.Rows))
	for _, row := range sheet.Rows {
		require.Len(t, row, len(sheet.Columns))
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
		"ID,Item,Business value,Time criticality,Risk reduction / enablement,Size (pts),Cost of delay,WSJF,Release": "can be scored by wsjf, value_effort; cd3 needs duration",
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
			got := exchange.CheckSheet(sheet).String()
			require.True(t, strings.HasPrefix(got+";", want+";"), got)
			require.Len(t, sheet.Rows, 1)
		})
	}
}

func TestSheetCells(t *testing.T) {
	sheet := readSheet(t, "Name,Reach,Impact,Confidence,Effort (person-months),Notes,\n"+
		"A,\"12,000\",Massive,80%,1.5,first,\nB,12k,High,84,~2,second,\n,,,,,,\nC,$500,Medium,100,3 months,,\nD,700,Low,50 %,-,n/a,\n")
	require.Equal(t, []string{"Name", "Reach", "Impact", "Confidence", "Effort (person-months)", "Notes"}, sheet.Columns)
	require.Equal(t, [][]string{
		{"A", "12000", "Massive", "80%", "1.5", "first"},
		{"B", "12000", "High", "84", "2", "second"},
		{"C", "500", "Medium", "100", "3", ""},
		{"D", "700", "Low", "50%", "-", "n/a"},
	}, sheet.Rows)
	require.Equal(t, []int{2, 3, 5, 6}, sheet.Numbers)
	candidates, err := prioritize.Candidates(sheet, prioritize.RICE{})
	require.NoError(t, err)
	require.Equal(t, "0.84", candidates[1].Input.Confidence.Decimal.String())
	require.Equal(t, "effort is missing", candidates[3].Unscored)

	// What cannot be read is named.
	sheet = readSheet(t, "Name,Reach,Impact,Confidence,Effort\nA,5,1,80%,1\nB,20-30,1,80%,2\n")
	_, err = prioritize.Candidates(sheet, prioritize.RICE{})
	require.ErrorContains(t, err, "20-30")
}

func TestSheetMoSCoW(t *testing.T) {
	sheet := readSheet(t, "ID,Description,Priority,Business Value\nUS1,Pay,Must Have,more people pay\nUS2,Return,Nice To Have - later,\nUS3,Look,S,\n")
	require.Equal(t, "can be scored by moscow", exchange.CheckSheet(sheet).String())
	candidates, err := prioritize.Candidates(sheet, prioritize.MoSCoW{})
	require.NoError(t, err)
	require.Equal(t, []prioritize.MoSCoWCategory{prioritize.Must, prioritize.Could, prioritize.Should}, []prioritize.MoSCoWCategory{
		candidates[0].Input.Category, candidates[1].Input.Category, candidates[2].Input.Category,
	})
	sheet = readSheet(t, "title,priority\nA,1\nB,2\n")
	require.Equal(t, "nothing to score by: no column is a factor of a method", exchange.CheckSheet(sheet).String())
}

// A score that the file has worked out is compared with ours, rounded as it is there.
func TestSheetScores(t *testing.T) {
	sheet := readSheet(t, "Name,Reach,Impact,Confidence,Effort,RICE Score\nA,1000,2,80%,3,533.3\nB,1000,2,80%,3,533\nC,1000,2,80%,3,540\nD,1000,2,80%,,9\n")
	require.Equal(t, []exchange.ScoreChange{{Row: 4, Column: "RICE Score", File: "540", Here: "533"}}, exchange.CheckSheet(sheet).Changes)
	sheet = readSheet(t, "title,bv,tc,rr,js,wsjf\nA,8,5,3,4,4\nB,8,5,3,4,4.1\n")
	require.Equal(t, []exchange.ScoreChange{{Row: 3, Column: "wsjf", File: "4.1", Here: "4.0"}}, exchange.CheckSheet(sheet).Changes)
	// A sheet of one's own, with rows that lack cells.
	own := &prioritize.Sheet{Columns: []string{"title", "impact", "confidence", "ease", "ICE"}, Rows: [][]string{{"A", "2", "3", "4", "25"}, {"B"}}}
	require.Equal(t, []exchange.ScoreChange{{Row: 2, Column: "ICE", File: "25", Here: "24"}}, exchange.CheckSheet(own).Changes)
}

func TestSheetRefused(t *testing.T) {
	for text, class := range map[string]error{
		"":                 exchange.ErrBroken,
		"title,reach\n,\n": exchange.ErrBroken,
		"Dear all\n":       exchange.ErrFormat,
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
	fmt.Println(exchange.CheckSheet(sheet).Fits[0])
	candidates, err := prioritize.Candidates(sheet, prioritize.RICE{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range candidates {
		fmt.Println(c.Key, c.Input.Reach, c.Input.Impact, c.Input.Confidence.Decimal, c.Input.Effort)
	}
	// Output:
	// {rice []}
	// Pay by card 12000 2 0.8 3
	// Pay by invoice 2500 0.5 0.5 1.5
}

func FuzzReadSheet(f *testing.F) {
	for _, text := range []string{
		"title,reach,impact,confidence,effort\nA,1,2,80%,3\n", "name;moscow\nA;Must - x\n", "id,title,bv,tc,rr,js,wsjf\n1,A,1,2,3,0,5\n",
		"Issue key,Summary,Reach\nA-1,x,1.200\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sheet, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
		if err != nil {
			return
		}
		require.NotEmpty(t, exchange.CheckSheet(sheet).String())
		for _, row := range sheet.Rows {
			require.Len(t, row, len(sheet.Columns))
		}
	})
}

// What is ambiguous is said, with the choice and the way to the other.
func TestSheetNotes(t *testing.T) {
	sheet := readSheet(t, "title,reach\nA,\"1,200\"\nB,\"3,400\"\n")
	require.Equal(t, []string{`2 numbers such as "1,200" could have decimals or thousands, and the file does not tell; ` +
		`read with a decimal point, Options.DecimalMark chooses the other`}, sheet.Notes)
	require.Empty(t, readSheet(t, "title,reach\nA,\"1,200.5\"\nB,\"3,400\"\n").Notes)
}

// A column that is called a key does not make a table Jira's.
func TestBareKey(t *testing.T) {
	found, _ := exchange.Detect([]byte("Clave,Nombre,Estado\n1,Uno,Hecho\n"), "a.csv")
	require.Equal(t, exchange.TableCSV, found)
	found, _ = exchange.Detect([]byte("Tipo de actividad,Clave,Resumen,Estado\nTarea,A-1,Uno,Hecho\n"), "a.csv")
	require.Equal(t, exchange.JiraCSV, found)
}
