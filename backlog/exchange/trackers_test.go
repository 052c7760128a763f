package exchange_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

func TestLinear(t *testing.T) {
	doc := read(t, export([][]string{
		{"ID", "SHOP-1", "SHOP-2", "SHOP-3"},
		{"Team", "Shop", "Shop", "Shop"},
		{"Title", "First", "Second", "Third"},
		{"Description", "Text"},
		{"Status", "Done", "Canceled", "Triage"},
		{"Estimate", "3", "", "0"},
		{"Priority", "Urgent", "No priority", "Low"},
		{"Project ID", "p1"},
		{"Project", "Payment"},
		{"Creator", "ana"},
		{"Assignee", "bob"},
		{"Labels", "Bug, Web", "Web"},
		{"Cycle Number", "4"},
		{"Cycle Name", "Cycle 4"},
		{"Cycle Start", "Mon Feb 03 2025 00:00:00 GMT+0000 (GMT)"},
		{"Cycle End"},
		{"Created", "Mon Feb 03 2025 14:05:06 GMT+0000 (GMT)"},
		{"Updated"},
		{"Started", "Tue Feb 04 2025 14:05:06 GMT+0000 (GMT)"},
		{"Triaged"},
		{"Completed", "Wed Feb 05 2025 14:05:06 GMT+0000 (GMT)"},
		{"Canceled", "", "Thu Feb 06 2025 14:05:06 GMT+0000 (GMT)"},
		{"Archived"},
		{"Due Date", "2025-02-10"},
		{"Parent issue", "", "SHOP-1"},
		{"Initiatives"},
		{"Project Milestone ID"},
		{"Project Milestone", "Beta"},
		{"SLA Status"},
		{"UUID", "u-1"},
		{"Time in status (minutes)", "5"},
		{"Related to", "SHOP-2, OTHER-1"},
		{"Blocked by", "", "", "SHOP-1, SHOP-2"},
		{"Duplicate of", "", "SHOP-3"},
	}), exchange.Options{})
	require.Equal(t, exchange.LinearCSV, doc.Format)
	require.Empty(t, doc.Losses)
	require.Empty(t, doc.Warnings)
	first := doc.Items[0]
	require.Equal(t, "u-1", first.ID)
	require.Equal(t, 1, first.Urgency)
	require.Equal(t, []string{"Bug", "Web"}, first.Labels)
	require.Equal(t, []string{"Cycle 4"}, first.Sprints)
	require.Equal(t, []string{"Beta"}, first.Releases)
	require.Equal(t, time.Date(2025, 2, 5, 14, 5, 6, 0, time.UTC), first.Done.UTC())
	require.Equal(t, "removed", doc.Items[1].Category.String())
	require.Equal(t, 6, doc.Items[1].Done.Day())
	require.Zero(t, doc.Items[1].Urgency)
	require.True(t, doc.Items[2].Points.Valid) // an estimate of 0
	require.Len(t, doc.Links, 1+2+2+1)
}

// A sheet for import has no ids, and the parent is a title.
func TestParentByTitle(t *testing.T) {
	doc := read(t, "Title,Description,Status,Priority,Parent issue\nFirst,,Todo,High,\nSecond,,Todo,,First\n", exchange.Options{})
	require.Equal(t, "First", doc.Items[1].Parent)
	require.Equal(t, doc.Items[0].Key, doc.Items[1].Parent)
}

func TestAzure(t *testing.T) {
	doc := read(t, export([][]string{
		{"ID", "1", "2", "3", "4"},
		{"Work Item Type", "Epic", "Feature", "User Story", "Feature"},
		{"Title 1", "Shop"},
		{"Title 2", "", "Pay", "", "Return"},
		{"Title 3", "", "", "Pay by card"},
		{"Assigned To", "Ana A <ana@example.com>"},
		{"State", "Active", "New", "Closed", "Removed"},
		{"Tags", "one; two", "a|b"},
		{"Created Date", "3/27/2025 2:05:06 PM"},
		{"Activated Date", "3/28/2025 2:05:06 PM"},
		{"Closed Date", "", "", "3/29/2025 2:05:06 PM"},
		{"Iteration Path", `Shop\Sprint 1`},
		{"Story Points", "", "", "5"},
		{"Remaining Work", "", "", "2"},
	}), exchange.Options{})
	require.Equal(t, exchange.AzureCSV, doc.Format)
	require.Empty(t, doc.Losses)
	require.Equal(t, []string{"", "1", "2", "1"}, []string{doc.Items[0].Parent, doc.Items[1].Parent, doc.Items[2].Parent, doc.Items[3].Parent})
	require.Equal(t, "Ana A <ana@example.com>", doc.Items[0].Assignee)
	require.Equal(t, []string{"one", "two"}, doc.Items[0].Labels)
	require.Equal(t, []string{"a", "b"}, doc.Items[1].Labels)
	require.Equal(t, "7200", doc.Items[2].Remaining.Decimal.String())
	require.Equal(t, exchange.LevelStory, doc.Items[2].Level)

	doc = read(t, "ID,Work Item Type,Title,Assigned To,State,Tags,Parent\n7,Bug,First,,Resolved,,\n8,Task,Second,,To Do,,7\n", exchange.Options{})
	require.Equal(t, "7", doc.Items[1].Parent)
	require.Equal(t, "completed", doc.Items[0].Category.String())
}

func TestGitLab(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	doc := read(t, export([][]string{
		{"Title", "First"},
		{"Description", "Text"},
		{"Issue ID", "7"},
		{"URL", "https://example.com/7"},
		{"State", "Closed"},
		{"Author", "Ana"},
		{"Author Username", "ana"},
		{"Assignee", "Bob"},
		{"Assignee Username", "bob"},
		{"Confidential", "No"},
		{"Locked", "No"},
		{"Due Date", "2025-03-27"},
		{"Created At (UTC)", "2025-03-27 14:05:06"},
		{"Updated At (UTC)", "2025-03-28 14:05:06"},
		{"Closed At (UTC)", "2025-03-29 14:05:06"},
		{"Milestone", "1.0"},
		{"Weight", "3"},
		{"Labels", "bug,web"},
		{"Time Estimate", "3600"},
		{"Time Spent", "0"},
	}), exchange.Options{Location: berlin})
	require.Equal(t, exchange.GitLabCSV, doc.Format)
	item := doc.Items[0]
	require.Equal(t, "2025-03-27T14:05:06Z", item.Created.Format(time.RFC3339)) // not in Berlin
	require.Equal(t, "2025-03-27T00:00:00+01:00", item.Due.Format(time.RFC3339))
	require.Equal(t, "3", item.Points.Decimal.String())
	require.Equal(t, []string{"bug", "web"}, item.Labels)
	require.Equal(t, []string{"1.0"}, item.Releases)
	require.True(t, item.Spent.Valid)
}

func TestAsana(t *testing.T) {
	doc := read(t, export([][]string{
		{"Task ID", "100", "101", "102"},
		{"Created At", "2025-03-27", "2025-03-27", "2025-03-27"},
		{"Completed At", "2025-03-28"},
		{"Last Modified", "2025-03-28"},
		{"Name", "First", "Second", "Third"},
		{"Section/Column", "To do", "Doing", "Ideas"},
		{"Assignee", "Ana"},
		{"Assignee Email", "ana@example.com"},
		{"Start Date"},
		{"Due Date", "2025-04-01"},
		{"Tags", "a,b"},
		{"Notes", "Text"},
		{"Projects", "Shop"},
		{"Parent task", "", "First"},
		{"Blocked By (Dependencies)", "", "First", "First,Second"},
	}), exchange.Options{})
	require.Equal(t, exchange.AsanaCSV, doc.Format)
	require.Equal(t, "completed", doc.Items[0].Category.String()) // by its date
	require.Equal(t, "in_progress", doc.Items[1].Category.String())
	require.Equal(t, "100", doc.Items[1].Parent)
	require.Len(t, doc.Links, 4)
	require.Equal(t, exchange.Link{Row: 4, From: "102", To: "101", Word: "blocked by", Meaning: exchange.Needs}, doc.Links[3])
}

func TestShortcut(t *testing.T) {
	doc := read(t, export([][]string{
		{"id", "1", "2"},
		{"name", "First", "Second"},
		{"type", "feature", "bug"},
		{"requester", "ana"},
		{"owners", "bob"},
		{"description", "Text"},
		{"is_completed", "true", "false"},
		{"created_at", "2025/03/27 14:05:06", "2025/03/27 14:05:06"},
		{"started_at", "2025/03/27 14:05:06"},
		{"updated_at", "2025/03/27 14:05:06"},
		{"completed_at", "2025/03/28 14:05:06"},
		{"estimate", "3", "2"},
		{"labels", "a;b"},
		{"epic", "Payment"},
		{"state", "Shipped to all", "Ready for Dev"},
		{"iteration", "Iteration 1"},
	}), exchange.Options{})
	require.Equal(t, exchange.ShortcutCSV, doc.Format)
	require.Equal(t, "completed", doc.Items[0].Category.String())
	require.Equal(t, "proposed", doc.Items[1].Category.String())
	require.Equal(t, "Payment", doc.Items[0].Parent)
}

func TestRedmine(t *testing.T) {
	text := "#;Project;Tracker;Parent task;Status;Priority;Subject;Assignee;Updated;Estimated time;% Done;Related issues;Description\n" +
		"12;Shop;Bug;;New;Urgent;Crème brûlée;Ana;27/03/2025 14:05;1,50;20;Blocks #13, Related to #14;\"a \"quoted\" text\"\n" +
		"13;Shop;Feature;12;Closed;Normal;Second;;28/03/2025 14:05;;100;Blocked by #12;\n"
	doc := read(t, "\uFEFF"+text, exchange.Options{})
	require.Equal(t, doc, read(t, latin(text), exchange.Options{}))
	require.Equal(t, exchange.RedmineCSV, doc.Format)
	require.Equal(t, "12", doc.Items[0].Key)
	require.Equal(t, "5400", doc.Items[0].Estimated.Decimal.String())
	require.Equal(t, time.March, doc.Items[0].Updated.Month())
	require.Equal(t, []exchange.Link{
		{Row: 3, From: "13", To: "12", Word: "parent", Meaning: exchange.PartOf},
		{Row: 2, From: "13", To: "12", Word: "Blocks", Meaning: exchange.Needs},
		{Row: 2, From: "12", To: "14", Word: "Related to", Meaning: exchange.Relates},
	}, doc.Links)
}

// The headers of score sheets and lists of stories, as they were found.
func TestSheets(t *testing.T) {
	for header, want := range map[string]struct{ title, factors string }{
		"Feature,Reach,Impact,Confidence,Effort,RICE Score":                                     {"Feature", "Reach Impact Confidence Effort RICE Score"},
		"Feature_Name,Reach,Impact,Confidence,Effort":                                           {"Feature_Name", "Reach Impact Confidence Effort"},
		"name,reach,impact,confidence,effort":                                                   {"name", "reach impact confidence effort"},
		"Rank,Name,Reach,Impact,Confidence (%),Effort (person-months),RICE score":               {"Name", "Rank Reach Impact Confidence (%) Effort (person-months) RICE score"},
		"#,Initiative,Reach,Impact,Confidence,Effort,RICE,Horizon":                              {"Initiative", "Reach Impact Confidence Effort RICE"},
		"Feature ID,Feature Title,Description,MoSCoW,Reach,Impact,Confidence,Effort,RICE Score": {"Feature Title", "Reach Impact Confidence Effort RICE Score"},
		"id,title,bv,tc,rr,js": {"title", "bv tc rr js"},
		"id,title,description,business_value,time_criticality,risk_reduction,job_size,cod,wsjf": {
			"title", "business_value time_criticality risk_reduction job_size cod wsjf",
		},
		"ID,Title,Business Value,Time Criticality,Risk Reduction,Job Size,Type,Component,Status,Owner": {
			"Title", "Business Value Time Criticality Risk Reduction Job Size",
		},
		"ID,Item,Business value,Time criticality,Risk reduction / enablement,Size (pts),Cost of delay,WSJF,Release": {
			"Item", "Business value Time criticality Risk reduction / enablement Cost of delay WSJF",
		},
		"id,titolo,moscow,valore,sforzo": {"titolo", "valore sforzo"},
		"ID,Description,Theme,Priority,Acceptance Criteria,Business Value,Predecessor ID,Successor ID,Sprint,Estimates": {"Description", "Business Value"},
		"Story ID,Story Name,Story Points,Complexity,Technical Debt Factor,Dependencies,Priority":                       {"Story Name", "Complexity"},
		"title,cost_of_delay,duration,": {"title", "cost_of_delay duration"},
	} {
		t.Run(header, func(t *testing.T) {
			names := strings.Split(header, ",")
			row := strings.Repeat("3,", len(names)-1) + "\n"
			for i, name := range names {
				if name == want.title {
					cells := strings.Split(row, ",")
					cells[i] = "An item"
					row = strings.Join(cells, ",")
				}
			}
			doc := read(t, header+"\n"+row+strings.Repeat(",", len(names)-1)+"\n", exchange.Options{})
			require.Equal(t, exchange.TableCSV, doc.Format)
			require.Len(t, doc.Items, 1)
			require.Equal(t, "An item", doc.Items[0].Title)
			var factors []string
			for _, factor := range doc.Items[0].Scores {
				factors = append(factors, factor.Name)
				require.Equal(t, "3", factor.Value.String())
			}
			require.Subset(t, strings.Fields(want.factors+" "), strings.Fields(strings.Join(factors, " ")))
			require.GreaterOrEqual(t, len(factors)+1, len(strings.Fields(want.factors))/3)
		})
	}
}

// Prose in a column that is a number elsewhere is kept.
func TestProseForNumbers(t *testing.T) {
	doc := read(t, "ID,Description,Priority,Business Value,Predecessor ID\nUS1,Pay,Must Have,More people pay,\n"+
		"US2,Return,Nice To Have,Fewer people call,\"US1,US3\"\nUS3,Look,Should Have,,US1|US2\n", exchange.Options{})
	require.Empty(t, doc.Losses)
	require.Equal(t, []exchange.Value{{Name: "Business Value", Type: exchange.Text, Text: "More people pay"}}, doc.Items[0].Custom)
	require.Len(t, doc.Links, 4)
	require.Equal(t, []int{1, 3, 2}, []int{doc.Items[0].Urgency, doc.Items[1].Urgency, doc.Items[2].Urgency})
	// One cell that is no number among numbers is named.
	doc = read(t, "title,effort\nA,3\nB,TBD\nC,5\nD,80%\n", exchange.Options{})
	require.Len(t, doc.Losses, 1)
	require.Equal(t, "0.8", doc.Items[3].Scores[0].Value.String())
}

// Tables of trackers without a format of their own here.
func TestOtherTables(t *testing.T) {
	for header, row := range map[string]string{
		"Card ID,Card Name,Card Description,Labels,Members,Due Date,List Name":         "c1,First,Text,red,ana,2025-03-27,Doing",
		"Task ID,Task Name,Task Content,Status,Date Created,Assignees,Priority":        "t1,First,Text,in progress,2025-03-27,ana,High",
		"Id,Title,Labels,Type,Estimate,Current State,Accepted at,Owned By,Description": "1,First,red,feature,3,started,,ana,Text",
		"ref,subject,description,status,sprint,tags":                                   "7,First,Text,In progress,Sprint 1,red",
	} {
		doc := read(t, header+"\n"+row+"\n", exchange.Options{})
		require.Equal(t, "First", doc.Items[0].Title, header)
		require.Equal(t, "Text", doc.Items[0].Description, header)
		require.Equal(t, "in_progress", doc.Items[0].Category.String(), header)
		require.Zero(t, doc.Custom, header)
	}
}
