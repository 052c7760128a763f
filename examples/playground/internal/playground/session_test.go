package playground_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/playground/internal/playground"
)

func ask(t testing.TB, s *playground.Session, request playground.Request) (response playground.Response) {
	t.Helper()
	asked, err := json.Marshal(request)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(s.Answer(asked), &response))
	return response
}

func TestKind(t *testing.T) {
	tests := map[string]struct {
		name, text string
		want       playground.Kind
		view       string
	}{
		"a sheet":             {text: "title,value,effort\na,1,2\n", want: playground.Sheet, view: "rank"},
		"a foreign sheet":     {text: "Initiative;Reach;Impact;Confidence;Effort (weeks)\nA;10;2;80%;3\n", want: playground.Sheet, view: "rank"},
		"a sheet of jobs":     {text: "title,size,cost_of_delay,needs\na,1,2,b\nb,1,1,\n", want: playground.Sheet, view: "sequence"},
		"a story with commas": {text: "As a visitor, I want to pay, so that I have it\n", want: playground.Stories, view: "stories"},
		"a feature by name":   {name: "a.feature", text: "nothing", want: playground.Feature, view: "feature"},
		"a feature":           {text: "Feature: a\n", want: playground.Feature, view: "feature"},
		"Jira":                {text: "Issue key,Summary,Issue Type,Status\nA-1,Pay,Story,To Do\n", want: playground.Tracker, view: "backlog"},
		"broken JSON":         {text: "{", want: playground.Tracker},
		"prose":               {text: "Dark mode\n", want: playground.Stories, view: "stories"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := ask(t, new(playground.Session), playground.Request{Name: tt.name, Text: tt.text})
			require.Empty(t, r.Error)
			require.Equal(t, tt.want, r.Kind, r.Why)
			require.Equal(t, tt.view, r.View, r.Summary)
			require.NotEmpty(t, r.Summary)
		})
	}
}

// What is wrong is marked where it is, and the rest is ranked.
func TestMarks(t *testing.T) {
	tests := map[string]struct {
		text   string
		marked string // the text that is underlined
		at     [2]int // its line and column
		says   string
	}{
		"no number":      {"title,value,effort\na,1,2\n𝛼é,x,1\n", "x", [2]int{3, 4}, `value is "x"`},
		"impossible":     {"title,value,effort\r\na,1,2\r\nb,1,0\r\n", "0", [2]int{3, 5}, `effort is "0"`},
		"a mark ahead":   {"\uFEFFtitle,value,effort\na,1,-2\n", "-2", [2]int{2, 5}, `effort is "-2"`},
		"blank title":    {"title,value,effort\n,1,2\n", "", [2]int{2, 1}, "the title is blank"},
		"a cell missing": {"title,value,effort\na,1\n", "1", [2]int{2, 3}, "2 cells"},
		"brackets":       {"As a 𝛼, I want to pay (or not), so that I have it", "(or not)", [2]int{1, 23}, "is a note in brackets"},
		"a circle":       {"title,size,cost_of_delay,needs\na,1,2,b\nb,1,1,a\n", "a,1,2,b", [2]int{2, 1}, "a circle"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := ask(t, new(playground.Session), playground.Request{Text: tt.text})
			require.NotEmpty(t, r.Marks)
			m := r.Marks[0]
			require.Contains(t, m.Message, tt.says)
			require.Equal(t, tt.at, [2]int{m.Line, m.Column})
			require.Equal(t, tt.marked, inUnits(tt.text, m.Start, m.End))
		})
	}
}

// inUnits cuts a text by units of UTF-16, as a browser does.
func inUnits(text string, start, end int) string {
	var out strings.Builder
	at := 0
	for _, r := range text {
		if at >= start && at < end {
			out.WriteRune(r)
		}
		if at++; r > 0xffff {
			at++
		}
	}
	return out.String()
}

// A session answers as a new one does, whatever it was asked before.
func TestSessionForgets(t *testing.T) {
	used := new(playground.Session)
	for _, name := range []string{"library.csv", "stories.txt", "tracker.csv", "jobs.csv", "checkout.feature"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "static", "samples", name))
		require.NoError(t, err)
		request := playground.Request{Name: name, Text: string(text)}
		for _, v := range ask(t, used, request).Views {
			request.View = v.Name
			for _, request.As = range []string{"", "csv", "json", "markdown"} {
				request.Moves = []playground.Move{{Row: 1, Factor: "job_size", Value: "1"}}
				require.Equal(t, ask(t, new(playground.Session), request), ask(t, used, request), "%s %s", name, v.Name)
			}
		}
	}
}

// A moved number turns the order, in the answer only; what is impossible moves nothing.
func TestMoves(t *testing.T) {
	const sheet = "title,value,effort\na,4,1\nb,2,1\n"
	first := func(moves ...playground.Move) string {
		r := ask(t, new(playground.Session), playground.Request{Text: sheet, Moves: moves})
		for _, b := range r.Blocks {
			if b.Title == "Ranking" {
				return b.Rows[0].Cells[1]
			}
		}
		return r.Summary
	}
	require.Equal(t, "a", first())
	require.Equal(t, "b", first(playground.Move{Row: 2, Factor: "value", Value: "4.5"}))
	require.Equal(t, "b", first(playground.Move{Row: 1, Factor: "effort", Value: "2.5"}))
	require.Equal(t, "a", first(playground.Move{Row: 1, Factor: "effort", Value: "0"}), "not allowed")
	require.Equal(t, "a", first(playground.Move{Row: 7, Factor: "value", Value: "9"}), "no such row")
	require.Equal(t, "a", first(playground.Move{Row: 2, Factor: "value", Value: "many"}), "no number")
}

// The story map has what is done as well as what is open, each story below its feature.
func TestStoryMap(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "static", "samples", "tracker.csv"))
	require.NoError(t, err)
	r := ask(t, new(playground.Session), playground.Request{Name: "tracker.csv", Text: string(text), View: "storymap"})
	require.Len(t, r.Blocks, 2, r.Summary)
	require.Equal(t, "picture", r.Blocks[0].Type)
	require.Contains(t, r.Blocks[0].SVG, "Borrow without a card")
	require.Contains(t, r.Blocks[1].Text, "Pay and be reminded")
	require.Equal(t, "43 stories below 3 features, 0 stories below none.", r.Summary)
	t.Log(r.Summary)
}

// Whatever a link holds, there is an answer: numbers out of all bounds, names of nothing, texts that are no text.
func TestHostileRequests(t *testing.T) {
	const sheet = "title,reach,impact,confidence,effort,user_business_value,time_criticality,risk_reduction,job_size\na,1,2,0.5,1,1,2,3,4\nb,2,2,0.5,1,1,2,3,4\n"
	huge := []int{-1 << 62, 0, 2, 1 << 62}
	for _, text := range []string{"", "\x00", "\xff\xfe", sheet, strings.Repeat("a,", 100_000), strings.Repeat("\"", 1001), "Feature: " + strings.Repeat("|", 100_000), "{", "[" + strings.Repeat("[", 100_000)} {
		for i, number := range huge {
			for _, view := range []string{"", "rank", "compare", "sure", "sequence", "needs", "forecast", "flow", "roadmap", "storymap", "<script>"} {
				request := playground.Request{
					Name: "../../<b>.csv", Text: text, View: view, Method: view, With: []string{"", view}, Item: number, Rows: huge[len(huge)-1-i],
					Moves: []playground.Move{{Row: number, Factor: "reach", Value: "1e999999999"}, {Row: number, Factor: "", Value: ""}, {Row: 1, Factor: "reach", Value: "-0"}},
				}
				response := ask(t, new(playground.Session), request)
				require.Less(t, len(response.Error)+len(response.Summary), 2000, "%.40q %s %.300s…%.100s", text, view, response.Error+response.Summary, response.Summary)
			}
		}
	}
	lines := "title,value,effort\n" + strings.Repeat("a,1,1\n", 9000)
	for _, b := range ask(t, new(playground.Session), playground.Request{Text: lines, Rows: 1 << 40}).Blocks {
		require.LessOrEqual(t, len(b.Rows), 5000)
	}
}
