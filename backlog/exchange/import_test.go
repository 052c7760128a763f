package exchange_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story"
)

var (
	now   = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	admin = backlog.As("Paula", backlog.ProductManager, backlog.ProductOwner)
)

func newBacklog(t *testing.T) *backlog.Backlog {
	t.Helper()
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	return b
}

// bring imports a document with a mapping and executes the changes.
func bring(t *testing.T, b *backlog.Backlog, doc *exchange.Document, m exchange.Mapping) exchange.Report {
	t.Helper()
	changes, report, err := doc.Import(b.View(), m)
	require.NoError(t, err)
	before := b.Clone()
	events, err := b.Decide(changes, admin, now, backlog.DecideOptions{})
	require.NoError(t, err)
	require.NoError(t, b.Apply(events...))
	found := 0
	for _, event := range events {
		found += len(event.Findings)
	}
	require.Len(t, report.Breaches, found)
	require.NoError(t, before.Apply(events...), "events replay")
	return report
}

// requireStable holds that the same document makes no change, and that nothing of it is lost but what the report names.
func requireStable(t *testing.T, doc *exchange.Document, m exchange.Mapping, text string) {
	t.Helper()
	text = text[:min(len(text), 1500)]
	b := newBacklog(t)
	report := bring(t, b, doc, m)
	require.Equal(t, len(doc.Items), report.New+report.LeftOut+tasksIn(report), text)
	again, second, err := doc.Import(b.View(), m)
	require.NoError(t, err, text)
	require.Empty(t, again, "the second import changes nothing: %s\n%s", text, second)
	require.Zero(t, second.Changed+second.New)
	require.Empty(t, second.Both)

	reported := make(map[string]bool)
	for _, loss := range report.Losses {
		reported[loss.Key] = true
	}
	for _, circle := range report.Circles {
		for _, key := range circle.Items {
			reported[key] = true
		}
		reported[strings.Fields(circle.Dropped + " x")[0]] = true
	}
	back := exchange.DocumentOf(b.View())
	for _, loss := range exchange.Missing(doc, back) {
		item := doc.Items[0]
		for _, one := range doc.Items {
			if one.Row == loss.Row {
				item = one
			}
		}
		require.True(t, reported[item.Key] || strings.HasPrefix(loss.Column, "level") || loss.Column == "links",
			"%s of %s is lost: %s, %s\n%s\n%s", loss.Column, item.Key, loss.Value, loss.Reason, text, report)
	}
}

func tasksIn(r exchange.Report) (n int) {
	for _, one := range r.Kinds {
		if one.Level == "task" {
			n += one.Count
		}
	}
	return n
}

// samples are files of every format that is read.
func samples(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{
		"linear": "ID,Team,Title,Status,Estimate,Priority,Assignee,Labels,Cycle Number,Cycle Name,Created,Started,Completed,Parent issue,Project Milestone,Blocked by\n" +
			"S-1,Shop,First,Done,3,Urgent,ana,\"Bug, Web\",4,Cycle 4,2025-02-03,2025-02-04,2025-02-05,,Beta,\n" +
			"S-2,Shop,Second,In Review,5,Low,,,5,Cycle 5,2025-02-03,2025-02-04,,S-1,,S-1\nS-3,Shop,Third,Todo,,,,,5,Cycle 5,2025-02-03,,,S-2,,\"S-2, S-9\"\n",
		"azure": "ID,Work Item Type,Title 1,Title 2,Title 3,State,Tags,Story Points,Iteration Path\n1,Epic,Shop,,,Active,,,\n" +
			"2,Feature,,Pay,,New,a; b,,\n3,User Story,,,By card,Closed,,5,Shop\\Sprint 1\n4,Task,,,Test it,Removed,,,Shop\\Sprint 1\n",
		"gitlab": "Title,Description,Issue ID,URL,State,Author,Milestone,Weight,Labels,Created At (UTC),Closed At (UTC)\n" +
			"First,Text,7,u,Closed,ann,1.0,3,\"bug,web\",2025-03-27 14:05:06,2025-03-29 14:05:06\n",
		"asana": "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task,Blocked By (Dependencies)\n" +
			"100,2025-03-27,2025-03-28,2025-03-28,First,To do,Ana,,,2025-04-01,\"a,b\",Text,Shop,,\n101,2025-03-27,,,Second,Doing,,,,,,,Shop,First,First\n",
		"shortcut": "id,name,type,requester,owners,is_completed,created_at,started_at,estimate,labels,epic,state,iteration\n" +
			"1,First,feature,ana,bob,true,2025/03/27 14:05:06,2025/03/27 14:05:06,3,a;b,Payment,Shipped to all,Iteration 1\n",
		"redmine": "#;Project;Tracker;Parent task;Status;Priority;Subject;Assignee;Updated;Estimated time;% Done;Related issues;Description\n" +
			"12;Shop;Bug;;New;Urgent;Crème;Ana;27/03/2025 14:05;1,50;20;Blocks #13, Related to #14;Text\n13;Shop;Feature;12;Closed;Normal;Second;;28/03/2025 14:05;;100;Blocked by #12;\n",
		"sheet": "Name,Reach,Impact,Confidence,Effort,RICE Score\nA,800,2,80%,4,320\nB,100,1,50%,,\n",
		"wsjf":  "id,title,bv,tc,rr,js,moscow\n1,A,8,5,3,5,Must have\n2,B,3,5,3,2,Could\n",
		"jira": "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Resolution,Priority,Assignee,Created,Resolved,Fix versions,Due date,Labels,Labels," +
			"Description,Original estimate,Inward issue link (Blocks),Outward issue link (Blocks),Outward issue link (Relates),Custom field (Severity),Custom field (Story Points)," +
			"Sprint,Sprint,Comment,Comment,Parent\n" +
			"Shop,A-1,100,Epic,In Progress,In Progress,,High,,01/Mar/25 9:05 AM,,1.0,,,,,,,,,,,,,,,\n" +
			"Pay,A-2,101,Story,Done,Done,Fixed,High,ana,01/Mar/25 9:05 AM,05/Mar/25 9:05 AM,1.0,06/Mar/25 12:00 AM,web,pay,\"As a user I want to pay\nh3. Acceptance criteria\n* by card\n* by bill\",3600,,A-3,,S1,3,Sprint 1,,one,two,A-1\n" +
			"Return,A-3,102,Story,In QA,In Progress,,Low,bob,02/Mar/25 9:05 AM,,,,,,,,A-2,A-9,A-2,,5.5,Sprint 1,Sprint 2,,,100\n" +
			"Test,A-4,103,Sub-task,To Do,To Do,,,,02/Mar/25 9:05 AM,,,,,,,,,,,,,,,,,A-3\n" +
			"Drop,A-5,104,Bug,Cancelled,Done,Won't Do,,,02/Mar/25 9:05 AM,03/Mar/25 9:05 AM,,,,,,,A-3,A-2,,,2,Sprint 1,,,,\n",
		"github": `[{"number":12,"title":"Pay","body":"As a user I pay.","state":"CLOSED","stateReason":"COMPLETED","labels":[{"name":"bug"}],"assignees":[{"login":"ann"},{"login":"bob"}],
			"milestone":{"title":"v2"},"createdAt":"2025-03-01T10:00:00Z","closedAt":"2025-03-05T10:00:00Z","parent":{"number":10},"blockedBy":{"nodes":[{"number":11},{"number":99}]}},
			{"number":11,"title":"Card","state":"OPEN"},{"number":10,"title":"All","state":"OPEN","issueType":{"name":"Epic"}}]`,
		"gitlabapi": `[{"id":901,"iid":1,"project_id":7,"title":"Pay","state":"opened","labels":["x"],"assignees":[{"name":"Ana"}],"created_at":"2025-03-27T14:05:06.123Z","issue_type":"task"},
			{"id":902,"iid":2,"project_id":7,"title":"Return","state":"closed","closed_at":"2025-03-28T14:05:06.123Z","weight":3,"milestone":{"title":"v1"}}]`,
		"trello": `{"id":"b","name":"Shop","lists":[{"id":"1","name":"Doing"},{"id":"2","name":"Done"}],"labels":[{"id":"1","color":"red","name":""}],"members":[],
			"cards":[{"id":"c1","idShort":1,"name":"(3) Pay","desc":"Text","idList":"1","closed":false,"idLabels":["1"]},{"id":"c2","idShort":2,"name":"Return","idList":"2","closed":true}],
			"checklists":[{"id":"k","idCard":"c1","name":"Steps","checkItems":[{"id":"i1","name":"one","state":"complete"}]}],"actions":[]}`,
		"beads": `{"id":"a","title":"A","issue_type":"epic","status":"open"}` + "\n" +
			`{"id":"a.1","title":"B","status":"in_progress","priority":0,"dependencies":[{"depends_on_id":"a.2","type":"blocks"}],"notes":"x"}` + "\n" +
			`{"id":"a.2","title":"C","status":"closed","closed_at":"2025-03-05T10:00:00Z","dependencies":[{"depends_on_id":"a.1","type":"blocks"},{"depends_on_id":"gone","type":"related"}]}` + "\n",
		"taskmaster": `{"master":{"tasks":[{"id":1,"title":"A","status":"done","priority":"high","dependencies":[],"subtasks":[{"id":1,"title":"B","status":"done","dependencies":[]},{"id":2,"title":"C","status":"pending","dependencies":[1]}]},
			{"id":2,"title":"D","status":"pending","dependencies":[1]}]}}`,
		"backlogmd":   taskFile,
		"taskwarrior": `[{"uuid":"u1","description":"A","status":"pending","entry":"20251203T100000Z","depends":["u2"]},{"uuid":"u2","description":"B","status":"completed","entry":"20251203T100000Z","end":"20251204T100000Z"}]`,
		"todo":        "(A) 2025-01-02 pay +shop @web due:2025-02-01\nx 2025-01-03 2025-01-02 done thing\n",
		"stories":     "As a user, I want to pay\nAs a shop, I want to return\nAs a shop, I want to look\n",
		"feature":     "Feature: Pay\n  As a user\n  I want to pay\n\n  Scenario: By card\n    Given a card\n    When I pay\n    Then it is paid\n",
		"markdown":    "# Shop\n\n## Doing\n\n- [ ] one\n  - [x] two\n- [ ] three\n",
		"circle":      "id,title,status,depends on,parent\nA,a,todo,B,\nB,b,todo,C,\nC,c,todo,A,\nD,d,todo,D,E\nE,e,todo,,F\nF,f,todo,,D\n",
		"tangle":      "id,title,type,status,depends on,parent\nF,f,epic,todo,S,\nS,s,story,todo,F,F\nG,g,epic,todo,S,\nT,t,story,done,G,G\nS2,s2,story,todo,\"G;T\",F\n",
	}
	dir := filepath.Join("..", "..", "..", "shared", "data", "backlogs")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Log("without the files of ../shared")
	}
	for _, entry := range entries {
		if text, err := os.ReadFile(filepath.Join(dir, entry.Name())); err == nil && filepath.Ext(entry.Name()) != ".LICENSE" {
			all[entry.Name()] = string(text)
		}
	}
	return all
}

// In every format, importing the same file again makes no change, and what came in comes out.
func TestLawOfImport(t *testing.T) {
	formats := make(map[exchange.Format]bool)
	for name, text := range samples(t) {
		t.Run(name, func(t *testing.T) {
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{Name: name})
			require.NoError(t, err)
			formats[doc.Format] = true
			requireStable(t, doc, doc.Mapping(), text)
			requireStable(t, doc, exchange.Mapping{}, text)
		})
	}
	for _, format := range exchange.Formats() {
		require.True(t, formats[format], "a sample of %s", format)
	}
}

// So it is for whatever stands in the cells of a table, and in the leaves of JSON.
func TestLawOfRandomImports(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 15))
	for range 400 {
		_, _, text := randomTable(rng)
		if doc, err := exchange.Read(strings.NewReader(text), exchange.Options{}); err == nil {
			requireStable(t, doc, doc.Mapping(), text)
		}
	}
	for format, shape := range jsonShapes {
		names := strings.Fields(shape.names)
		for range 100 {
			records := []any{}
			for range 1 + rng.IntN(5) {
				records = append(records, randomObject(rng, names, 4))
			}
			list, err := json.Marshal(records)
			require.NoError(t, err)
			text := fmt.Sprintf(shape.around, list)
			if doc, err := exchange.Read(strings.NewReader(text), exchange.Options{Format: format}); err == nil {
				requireStable(t, doc, doc.Mapping(), text)
			}
		}
	}
}

// Whatever the links, what comes in has no circle, and as many links stay as one after the other can.
func TestLawOfCircles(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		var text strings.Builder
		text.WriteString("id,title,type,status,depends on,parent\n")
		n := 2 + rng.IntN(7)
		for i := range n {
			var needs []string
			for range rng.IntN(4) {
				needs = append(needs, fmt.Sprint("K", rng.IntN(n)))
			}
			parent := ""
			if rng.IntN(2) == 0 {
				parent = fmt.Sprint("K", rng.IntN(n))
			}
			fmt.Fprintf(&text, "K%d,t%d,%s,todo,%s,%s\n", i, i, []string{"epic", "story", "sub-task", "initiative"}[rng.IntN(4)], strings.Join(needs, ";"), parent)
		}
		doc := read(t, text.String(), exchange.Options{Format: exchange.TableCSV})
		requireStable(t, doc, doc.Mapping(), text.String())
	}
}

func TestImportOfBoth(t *testing.T) {
	const was = "id,title,status,points,assignee,colour\nA,First,todo,3,ann,red\nB,Second,todo,,,\n"
	const is = "id,title,status,points,assignee,colour\nA,First of all,in progress,5,ann,blue\nB,Second,todo,,,\nC,Third,todo,,,\n"
	for _, preferFile := range []bool{false, true} {
		b := newBacklog(t)
		doc := read(t, was, exchange.Options{})
		mapping := doc.Mapping()
		mapping.PreferFile = preferFile
		bring(t, b, doc, mapping)
		a, ok := b.StoryByKey("A")
		require.True(t, ok)
		other, ok := b.StoryByKey("B")
		require.True(t, ok)
		for _, change := range []backlog.Change{
			backlog.EditStory{Story: a.ID, Title: backlog.Set("The first")},
			backlog.EditStory{Story: other.ID, Title: backlog.Set("The second")},
			backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(other.ID), Needs: backlog.StoryItem(a.ID)}},
		} {
			_, err := b.Execute(change, admin, now)
			require.NoError(t, err)
		}
		report := bring(t, b, read(t, is, exchange.Options{}), mapping)
		require.Equal(t, [4]int{3, 1, 1, 1}, [4]int{report.Items, report.New, report.Changed, report.Unchanged})
		require.Equal(t, []exchange.Conflict{{Key: "A", Field: "title", Here: "The first", File: "First of all", TookFile: preferFile}}, report.Both)
		want := []exchange.ItemChange{{Key: "A", Fields: []string{"status", "estimate", "colour"}}}
		title := "The first"
		if preferFile {
			title, want[0].Fields = "First of all", []string{"title", "status", "estimate", "colour"}
		}
		require.Equal(t, want[0].Fields[0], report.Changes[0].Fields[0])
		a, _ = b.StoryByKey("A")
		require.Equal(t, title, a.Title)
		require.Equal(t, story.InProgress, a.Status)
		other, _ = b.StoryByKey("B")
		require.Equal(t, "The second", other.Title)
		changes, _, err := read(t, is, exchange.Options{}).Import(b.View(), mapping)
		require.NoError(t, err)
		require.Empty(t, changes)
	}
}

// What a newer export no longer links goes, what it links anew comes, and what it does not have stays.
func TestImportOfLinks(t *testing.T) {
	b := newBacklog(t)
	first := read(t, "id,title,status,type,depends on,parent,related to,sprint\nE,Epic,todo,epic,,,,\nA,a,todo,story,,E,,Sprint 1\nB,b,todo,story,A,E,A,Sprint 1\nC,c,todo,story,B,,,\n", exchange.Options{})
	bring(t, b, first, first.Mapping())
	id := func(key string) story.ID {
		s, ok := b.StoryByKey(key)
		require.True(t, ok)
		return s.ID
	}
	require.Len(t, needs(b, "B"), 1)
	sprint, ok := b.SprintOf(id("A"))
	require.True(t, ok)
	require.Equal(t, backlog.SprintPlanned, sprint.Status)
	require.Equal(t, []story.ID{id("A"), id("B")}, sprint.Stories)

	// Only a part of it, with another link and another sprint.
	second := read(t, "id,title,status,type,depends on,parent,related to,sprint\nA,a,todo,story,C,E,,Sprint 2\nB,b,done,story,,,,Sprint 1\n", exchange.Options{})
	report := bring(t, b, second, second.Mapping())
	require.Empty(t, needs(b, "B"), "both ends are in the file, the link is not")
	require.Len(t, needs(b, "C"), 1, "C is not in the file")
	require.Equal(t, []string{"C"}, needs(b, "A"))
	require.Empty(t, report.Circles)
	sprint, _ = b.SprintOf(id("A"))
	require.Equal(t, "Sprint 2", sprint.Name)
	two, _ := b.StoryByKey("B")
	require.True(t, two.Feature.IsZero())
	require.Equal(t, []exchange.ItemChange{
		{Key: "A", Fields: []string{"sprint", "exchange.sprint", "links"}},
		{Key: "B", Fields: []string{"feature", "status", "exchange.status", "links"}},
	}, sorted(report.Changes))

	// What was taken away here is not brought again.
	a := backlog.StoryItem(id("A"))
	_, err := b.Execute(backlog.RemoveDependency{Item: a, Needs: backlog.StoryItem(id("C"))}, admin, now)
	require.NoError(t, err)
	changes, _, err := second.Import(b.View(), second.Mapping())
	require.NoError(t, err)
	require.Empty(t, changes)
}

func needs(b *backlog.Backlog, key string) (keys []string) {
	s, _ := b.StoryByKey(key)
	for one := range b.Needs(backlog.StoryItem(s.ID)) {
		other, _ := b.Story(one.Needs.Story)
		keys = append(keys, other.Key())
	}
	return keys
}

func sorted(changes []exchange.ItemChange) []exchange.ItemChange {
	slices.SortFunc(changes, func(a, b exchange.ItemChange) int { return strings.Compare(a.Key, b.Key) })
	for i := range changes {
		slices.Sort(changes[i].Fields[:0])
	}
	return changes
}

// Flow and forecast see when things came and were done.
func TestImportOfThePast(t *testing.T) {
	var text strings.Builder
	text.WriteString("Issue key,Summary,Status,Created,Custom field (Actual start),Resolved\n")
	monday := time.Date(2025, 9, 1, 10, 0, 0, 0, time.UTC)
	for week := range 16 {
		for i := range 1 + week%3 {
			done := monday.AddDate(0, 0, 7*week+i)
			fmt.Fprintf(&text, "A-%d%d,Item,Done,%s,%s,%s\n", week, i, monday.AddDate(0, 0, -9).Format(time.RFC3339),
				done.AddDate(0, 0, -2).Format(time.RFC3339), done.Format(time.RFC3339))
		}
	}
	doc := read(t, text.String(), exchange.Options{})
	b := newBacklog(t)
	changes, _, err := doc.Import(b.View(), doc.Mapping())
	require.NoError(t, err)
	var events []backlog.Event
	for _, change := range changes {
		event, err := b.Execute(change, admin, now)
		require.NoError(t, err)
		events = append(events, event)
	}
	items, err := flow.FromEvents(backlog.Options{}, backlog.Recorded(events))
	require.NoError(t, err)
	require.Len(t, items, len(doc.Items))
	for i, item := range items {
		require.True(t, item.Created.Equal(doc.Items[i].Created) && item.Started.Equal(doc.Items[i].Started) && item.Done.Equal(doc.Items[i].Done))
	}
	weeks, err := flow.Throughput(b.View(), flow.Weeks(time.UTC), now)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(weeks), 16)
	var sum decimal.Decimal
	for _, n := range weeks {
		sum = sum.Add(n)
	}
	require.Equal(t, fmt.Sprint(len(doc.Items)), sum.String())
	c, err := forecast.When(weeks, forecast.ItemScope(10))
	require.NoError(t, err)
	_, ok := c.Percentile(.85)
	require.True(t, ok)
}

func TestMappingJSON(t *testing.T) {
	doc := read(t, "id,title,status,type,sprint\nA,a,In QA lab,story,S 1\nB,b,todo,epic,\n", exchange.Options{})
	mapping := doc.Mapping()
	text, err := json.Marshal(mapping)
	require.NoError(t, err)
	var again exchange.Mapping
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, mapping, again)
	require.True(t, mapping.Statuses[0].Guessed)
	_, report, err := doc.Import(newBacklog(t).View(), mapping)
	require.NoError(t, err)
	require.Contains(t, report.String(), "In QA lab, in_progress -> in_review? (1)")

	mapping.Statuses[0].Status = story.Ready
	mapping.Kinds[1].Level = exchange.LevelStory
	mapping.Sprints[0].As = ""
	b := newBacklog(t)
	bring(t, b, doc, mapping)
	a, _ := b.StoryByKey("A")
	require.Equal(t, story.Ready, a.Status)
	_, ok := b.SprintOf(a.ID)
	require.False(t, ok)
	_, ok = b.StoryByKey("B")
	require.True(t, ok)
	for _, wrong := range []exchange.Mapping{
		{Source: "a\nb"},
		{Statuses: []exchange.StatusMapping{{Name: "x", Status: "unheard of"}}},
		{Kinds: []exchange.KindMapping{{Name: "x"}}},
		{Sprints: []exchange.NameMapping{{As: "a\nb"}}},
		{Releases: []exchange.NameMapping{{As: "a\nb"}}},
		{Team: "\x00"},
		{Kinds: []exchange.KindMapping{{Name: "x", Level: exchange.LevelStory, Kind: "a\nb"}}},
	} {
		_, _, err := doc.Import(b.View(), wrong)
		require.ErrorIs(t, err, exchange.ErrInvalid)
	}
}

// A workflow without a state for what is dropped takes nothing that was given up.
func TestImportWithoutDropped(t *testing.T) {
	b, err := backlog.New(backlog.Options{Workflow: story.FreeWorkflow("To Do", "Doing", "Done")})
	require.NoError(t, err)
	doc := read(t, "id,title,status\nA,a,cancelled\nB,b,done\nC,c,doing\n", exchange.Options{})
	report := bring(t, b, doc, doc.Mapping())
	require.Equal(t, 1, report.LeftOut)
	require.Equal(t, "the workflow has no state for what is removed", report.Losses[0].Reason)
	c, _ := b.StoryByKey("C")
	require.Equal(t, story.Status("Doing"), c.Status)
}

// A large document is brought in by several changes, which fit one after the other.
func TestImportOfMany(t *testing.T) {
	var text strings.Builder
	text.WriteString("id,title,status,depends on,sprint,parent,type\n")
	const items = 3500
	for i := range items {
		fmt.Fprintf(&text, "K%d,title %d,todo,K%d,Sprint %d,K%d,%s\n", i, i, (i+1)%items, i%40, i/50*50, []string{"epic", "story"}[min(i%50, 1)])
	}
	doc := read(t, text.String(), exchange.Options{})
	b := newBacklog(t)
	report := bring(t, b, doc, doc.Mapping())
	require.Equal(t, items, report.New)
	require.NotEmpty(t, report.Circles)
	changes, _, err := doc.Import(b.View(), doc.Mapping())
	require.NoError(t, err)
	require.Empty(t, changes)
}

// A backlog that is written in a format, read and brought into another one, is written as the same, but for what is listed.
func TestLawOfWritingViews(t *testing.T) {
	for name, text := range samples(t) {
		t.Run(name, func(t *testing.T) {
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{Name: name})
			require.NoError(t, err)
			b := newBacklog(t)
			bring(t, b, doc, doc.Mapping())
			whole := exchange.DocumentOf(b.View())
			for _, format := range exchange.Targets() {
				var out strings.Builder
				losses, err := exchange.Write(&out, b.View(), format)
				require.NoError(t, err)
				lost := make(map[exchange.Loss]bool)
				for _, loss := range losses {
					require.NotEmpty(t, loss.Reason)
					loss.Reason = ""
					lost[loss] = true
				}
				back, err := exchange.Read(strings.NewReader(out.String()), exchange.Options{Format: format})
				require.NoError(t, err, format)
				for _, loss := range exchange.Missing(whole, back) {
					loss.Reason = ""
					require.True(t, lost[loss], "%s: %v is not listed", format, loss)
				}
			}
		})
	}
}
