package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/roadmap"
)

// Where a format has them, the dates of sprints and releases come along, and the sprint that is on is active.
func TestPeriods(t *testing.T) {
	for name, test := range map[string]struct{ text, sprints, releases string }{
		"Linear": {
			"ID,Team,Title,Status,Cycle Name,Cycle Start,Cycle End,Updated\nA-1,S,a,Todo,C 1,2025-02-03,2025-02-17,2025-02-05\nA-2,S,b,Todo,C 2,2025-02-17,2025-03-03,\nA-3,S,c,Todo,C 1,2025-02-03,2025-02-17,\n",
			"C 1 2025-02-03 2025-02-17 true, C 2 2025-02-17 2025-03-03 false", "",
		},
		"GitHub project": {
			`{"items":[{"id":"P1","title":"A","status":"Todo","content":{"type":"Issue","number":1,"title":"A"},"iteration":{"title":"S 3","startDate":"2025-03-03","duration":14},` +
				`"milestone":{"title":"v2","dueOn":"2025-04-01T00:00:00Z"}}],"totalCount":1}`,
			"S 3 2025-03-03 2025-03-17 false", "v2 2025-04-01",
		},
		"GitHub": {
			`[{"number":1,"title":"A","state":"OPEN","milestone":{"title":"v2","dueOn":"2025-04-01T00:00:00Z"}},{"number":2,"title":"B","state":"OPEN","milestone":{"title":"v3","dueOn":null}}]`,
			"", "v2 2025-04-01",
		},
		"Jira, older": {
			"Issue key,Summary,Status,Sprint\nA-1,a,To Do,\"com.x.Sprint@1f[id=7,rapidViewId=2,state=ACTIVE,name=Sprint 7, the last,startDate=2025-03-03T09:00:00.000Z,endDate=2025-03-17T09:00:00.000Z,goal=]\"\n",
			"Sprint 7, the last 2025-03-03 2025-03-17 true", "",
		},
		"a table": {
			"Title,Status,Sprint,Sprint start,Sprint end,Release,Release date\na,Todo,S 1,3/3/2025,17/3/2025,v1,1/4/2025\nb,Todo,S 2,17/3/2025,1/3/2025,v1,1/5/2025\n",
			"S 1 2025-03-03 2025-03-17 false, S 2 0001-01-01 0001-01-01 false", "v1 2025-04-01",
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, test.text, exchange.Options{})
			require.Empty(t, doc.Losses)
			day := func(at time.Time) string { return at.UTC().Format(time.DateOnly) }
			var sprints, releases []string
			for _, one := range doc.Sprints {
				sprints = append(sprints, fmt.Sprint(one.Name, " ", day(one.Start), " ", day(one.End), " ", one.Active))
			}
			for _, one := range doc.Releases {
				releases = append(releases, one.Name+" "+day(one.End))
			}
			require.Equal(t, test.sprints, strings.Join(sprints, ", "))
			require.Equal(t, test.releases, strings.Join(releases, ", "))
		})
	}
}

// The dates of sprints and releases go out again, where a format has a place for them.
func TestWritePeriods(t *testing.T) {
	doc := read(t, "Key,Title,Status,Sprint,Sprint start,Sprint end,Release,Release date\n"+
		"A-1,a,Todo,S 1,2025-03-03,2025-03-17,v1,2025-04-01\nA-2,b,Todo,S 2,2025-03-17,2025-04-01,v2,2025-05-01\n", exchange.Options{})
	for i := range doc.Items { // the cells themselves are not what goes out
		doc.Items[i].Custom = nil
	}
	require.Len(t, doc.Sprints, 2)
	require.Len(t, doc.Releases, 2)
	for format, want := range map[exchange.Format][]string{
		exchange.TableCSV: {}, exchange.LinearCSV: {"releases"}, exchange.GitHubJSON: {"sprints"},
		exchange.JiraCSV: {"sprints", "releases"}, exchange.BeadsJSONL: {"sprints", "releases"},
	} {
		var out strings.Builder
		losses, err := doc.Write(&out, format)
		require.NoError(t, err)
		dates := []string{}
		for _, loss := range losses {
			if loss.Row == 0 && !slices.Contains(dates, loss.Column) {
				dates = append(dates, loss.Column)
			}
		}
		require.Equal(t, want, dates, format)
	}
}

// Sprints, releases and goals get their dates in a backlog, also where they came without; a second import changes nothing.
func TestImportPeriods(t *testing.T) {
	const text = "Key,Title,Type,Status,Sprint,Sprint start,Sprint end,Release,Release date,Parent,Started,Due,Updated\n" +
		"G,Grow,Initiative,In Progress,,,,,,,2025-01-01,2025-12-31,\nF,Pay,Epic,In Progress,,,,v1,2025-04-01,G,,,\n" +
		"A,a,Story,In Progress,S 1,2025-03-03,2025-03-17,,,F,,,2025-03-05\nB,b,Story,To Do,S 2,2025-03-17,2025-03-31,,,F,,,\nC,c,Story,Done,S 0,2025-02-17,2025-03-03,,,F,,,\n"
	bare := strings.NewReplacer("Sprint start", "x", "Sprint end", "y", "Release date", "z").Replace(text)
	at := time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC)
	admin := backlog.As("ana", backlog.ProductManager)
	bring := func(b *backlog.Backlog, text string) int {
		doc := read(t, text, exchange.Options{})
		changes, _, err := doc.Import(b.View(), doc.Mapping())
		require.NoError(t, err)
		for _, change := range changes {
			_, err := b.Execute(change, admin, at)
			require.NoError(t, err)
		}
		return len(changes)
	}
	state := func(b *backlog.Backlog) (all []string) {
		for sprint := range b.View().Sprints() {
			all = append(all, fmt.Sprint(sprint.Name, " ", sprint.Status, " ", sprint.Start.Format(time.DateOnly), " ", sprint.End.Format(time.DateOnly), " ", len(sprint.Stories)))
		}
		for release := range b.View().Releases() {
			all = append(all, release.Name+" "+release.Date.Format(time.DateOnly))
		}
		return all
	}
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	bring(b, text)
	require.ElementsMatch(t, []string{
		"S 1 active 2025-03-03 2025-03-17 1", "S 2 planned 2025-03-17 2025-03-31 1", "S 0 closed 2025-02-17 2025-03-03 1", "v1 2025-04-01",
	}, state(b))
	for goal := range b.View().Goals() {
		require.Equal(t, "2025-01-01", goal.Start.Format(time.DateOnly))
		require.Equal(t, roadmap.GoalActive, goal.Status)
	}
	require.Zero(t, bring(b, text))
	back := exchange.DocumentOf(b.View())
	require.Len(t, back.Sprints, 3)
	require.Len(t, back.Releases, 1)

	later, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	bring(later, bare)
	require.Contains(t, state(later), "S 1 planned 0001-01-01 0001-01-01 1")
	bring(later, text)
	require.ElementsMatch(t, []string{
		"S 1 planned 2025-03-03 2025-03-17 1", "S 2 planned 2025-03-17 2025-03-31 1", "S 0 closed 2025-02-17 2025-03-03 1", "v1 2025-04-01",
	}, state(later))
	require.Zero(t, bring(later, text))
}

func ExamplePeriod() {
	const text = `ID,Team,Title,Status,Cycle Name,Cycle Start,Cycle End,Updated
SHOP-1,Shop,Pay by card,Todo,Cycle 4,2025-02-03,2025-02-17,2025-02-05
SHOP-2,Shop,Pay by bill,Todo,Cycle 5,2025-02-17,2025-03-03,
`
	doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, one := range doc.Sprints {
		fmt.Println(one.Name, one.Start.Format(time.DateOnly), one.End.Format(time.DateOnly), one.Active)
	}
	// Output:
	// Cycle 4 2025-02-03 2025-02-17 true
	// Cycle 5 2025-02-17 2025-03-03 false
}
