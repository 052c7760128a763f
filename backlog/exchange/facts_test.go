package exchange_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/prioritize"
)

// tables is one table of each format that is one, with the headers that its tracker writes. Cells have no separators, so that each
// can be written with any.
var tables = map[exchange.Format][][]string{
	exchange.JiraCSV: {
		{"Summary", "Crème brûlée", "Second one"},
		{"Issue key", "A-1", "A-2"},
		{"Issue id", "100", "101"},
		{"Issue Type", "Epic", "Story"},
		{"Status", "Done", "In Progress"},
		{"Resolution", "Fixed", ""},
		{"Created", "07/Mar/25 9:05 AM", "08/Mar/25 9:05 AM"},
		{"Due date", "", "31/Mar/25 12:00 AM"},
		{"Labels", "one", "two"},
		{"Labels", "three", ""},
		{"Outward issue link (Blocks)", "A-2", "B-7"},
		{"Custom field (Story Points)", "3.0", "0.0"},
		{"Sprint", "Sprint 1", "Sprint 1"},
		{"Sprint", "", "Sprint 2"},
		{"Parent", "", "100"},
		{"Status Category", "Done", "In Progress"},
	},
	exchange.LinearCSV: {
		{"ID", "A-1", "A-2"},
		{"Team", "Shop", "Shop"},
		{"Title", "Crème brûlée", "Second one"},
		{"Status", "Done", "Todo"},
		{"Estimate", "3", "0"},
		{"Priority", "Urgent", "No priority"},
		{"Cycle Number", "4", ""},
		{"Cycle Name", "Cycle 4", ""},
		{"Created", "Mon Feb 03 2025 14:05:06 GMT+0000 (GMT)", "Mon Feb 03 2025 14:05:06 GMT+0000 (GMT)"},
		{"Parent issue", "", "A-1"},
		{"Blocked by", "", "A-1"},
	},
	exchange.AzureCSV: {
		{"ID", "1", "2"},
		{"Work Item Type", "Epic", "Bug"},
		{"Title 1", "Crème brûlée", ""},
		{"Title 2", "", "Second one"},
		{"Assigned To", "Ana A <ana@example.com>", ""},
		{"State", "Active", "Closed"},
		{"Tags", "a|b", ""},
	},
	exchange.GitLabCSV: {
		{"Title", "Crème brûlée", "Second one"},
		{"Description", "Text", ""},
		{"Issue ID", "1", "2"},
		{"URL", "https://example.com/1", ""},
		{"State", "Open", "Closed"},
		{"Author", "Ana", ""},
		{"Created At (UTC)", "2025-03-27 14:05:06", "2025-03-27 14:05:06"},
		{"Weight", "3", ""},
	},
	exchange.AsanaCSV: {
		{"Task ID", "100", "101"},
		{"Created At", "2025-03-27", "2025-03-27"},
		{"Completed At", "2025-03-28", ""},
		{"Name", "Crème brûlée", "Second one"},
		{"Section/Column", "Ideas", "Doing"},
		{"Parent task", "", "Crème brûlée"},
		{"Blocked By (Dependencies)", "", "Crème brûlée"},
	},
	exchange.ShortcutCSV: {
		{"id", "1", "2"},
		{"name", "Crème brûlée", "Second one"},
		{"type", "feature", "bug"},
		{"requester", "ana", ""},
		{"owners", "bob", ""},
		{"is_completed", "true", "false"},
		{"created_at", "2025/03/27 14:05:06", ""},
		{"state", "Shipped to all", "Ready for Dev"},
		{"epic", "Pay", ""},
	},
	exchange.RedmineCSV: {
		{"#", "1", "2"},
		{"Project", "Shop", "Shop"},
		{"Tracker", "Bug", "Feature"},
		{"Parent task", "", "1"},
		{"Status", "New", "Closed"},
		{"Subject", "Crème brûlée", "Second one"},
		{"% Done", "20", "100"},
		{"Related issues", "Blocks #2", ""},
	},
	exchange.TableCSV: {
		{"Feature", "Crème brûlée", "Second one"},
		{"Reach", "12", "8"},
		{"Impact", "2", "1"},
		{"Confidence", "80%", "50%"},
		{"Effort", "3", "2"},
		{"Horizon", "Now", "Later"},
	},
}

// spelled returns the table with a separator and an end of lines; isQuoted puts every cell in quotes.
func spelled(columns [][]string, separator, end string, isQuoted bool) string {
	var out strings.Builder
	for row := range columns[0] {
		for i, cells := range columns {
			if i > 0 {
				out.WriteString(separator)
			}
			if isQuoted {
				out.WriteString(`"` + cells[row] + `"`)
			} else {
				out.WriteString(cells[row])
			}
		}
		out.WriteString(end)
	}
	return out.String()
}

// A table of any format, in any of the ways in which such files are written, is the same document.
func TestFormatsInEveryDialect(t *testing.T) {
	for format, columns := range tables {
		plain := spelled(columns, ",", "\n", false)
		want := read(t, plain, exchange.Options{})
		require.Equal(t, format, want.Format)
		require.Len(t, want.Items, 2)
		require.Equal(t, "Crème brûlée", want.Items[0].Title)
		require.Empty(t, want.Losses)
		width := len(columns)
		wrapped := ""
		for line := range strings.Lines(spelled(columns, ",", "\n", true)) {
			wrapped += `"` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `"`, `""`) + "\";;;;;;\n"
		}
		lines := strings.SplitAfter(plain, "\n")
		for name, text := range map[string]string{
			"quoted":             spelled(columns, ",", "\n", true),
			"byte order mark":    "\uFEFF" + plain,
			"mark and quotes":    "\uFEFF" + spelled(columns, ",", "\r\n", true),
			"CRLF":               spelled(columns, ",", "\r\n", false),
			"CR":                 spelled(columns, ",", "\r", false),
			"semicolons":         spelled(columns, ";", "\n", false),
			"quoted, semicolons": spelled(columns, ";", "\r\n", true),
			"tabs":               spelled(columns, "\t", "\n", false),
			"quoted, tabs":       spelled(columns, "\t", "\r\n", true),
			"sep":                "sep=;\r\n" + spelled(columns, ";", "\r\n", false),
			"sep behind a mark":  "\uFEFFsep=;\n" + spelled(columns, ";", "\n", true),
			"Windows-1252":       latin(plain),
			"UTF-16":             utf16LE(plain),
			"UTF-16, tabs":       utf16LE(spelled(columns, "\t", "\r\n", false)),
			"wrapped":            wrapped,
			"a line before":      "\n" + plain,
			"a title before":     "Export of the shop\n" + plain,
			"a wide title":       "Export of the shop" + strings.Repeat(",", width-1) + "\n\n" + plain,
			"739 empty rows":     plain + strings.Repeat(strings.Repeat(",", width-1)+"\n", 739),
			"rows in between":    lines[0] + "\n" + lines[1] + strings.Repeat(",", width+3) + "\n" + lines[2],
			"empty columns":      strings.ReplaceAll(plain, "\n", ",,,\n"),
			"wider rows":         lines[0] + strings.ReplaceAll(lines[1]+lines[2], "\n", ",,\n"),
			"space in headers":   " " + strings.ReplaceAll(lines[0], ",", " ,\u00A0") + lines[1] + lines[2],
			"invisible in cells": strings.ReplaceAll(plain, "Second one", "\u200BSecond one\uFEFF"),
			"space in cells":     strings.ReplaceAll(plain, "Second one", "  Second  one\u00A0"),
			"upper case":         strings.ToUpper(lines[0]) + lines[1] + lines[2],
		} {
			doc := read(t, text, exchange.Options{})
			name = fmt.Sprint(format, ", ", name)
			require.Equal(t, want.Format, doc.Format, name)
			require.Equal(t, want.Cells, doc.Cells, name)
			require.Empty(t, doc.Losses, name)
			require.Equal(t, bare(want), bare(doc), name)
			if !strings.Contains(name, "title") {
				require.Equal(t, want.Warnings, doc.Warnings, name)
			}
		}
	}
}

// bare is what items and links are, wherever in the file and under whatever spelling of the header they stand.
func bare(doc *exchange.Document) (all []string) {
	for _, item := range doc.Items {
		item.Row = 0
		for i := range item.Custom {
			item.Custom[i].Name = strings.ToLower(item.Custom[i].Name)
		}
		for i := range item.Scores {
			item.Scores[i].Name = strings.ToLower(item.Scores[i].Name)
		}
		all = append(all, fmt.Sprintf("%+v", item))
	}
	for _, link := range doc.Links {
		all = append(all, strings.ToLower(fmt.Sprint(link.From, link.To, link.Word, link.Meaning)))
	}
	return all
}

// fact is something that was met in exports, as a file and as what has to come of it: "KEY.field=value", with all values of
// a list, and "links", "losses", "warnings", "items" and "format" of the file.
type fact struct {
	file string
	want string
}

func TestFacts(t *testing.T) {
	for name, one := range facts {
		t.Run(name, func(t *testing.T) {
			doc := read(t, one.file, exchange.Options{})
			for want := range strings.SplitSeq(one.want, "\n") {
				path, value, _ := strings.Cut(strings.TrimSpace(want), "=")
				require.Equal(t, value, state(t, doc, path), path)
			}
		})
	}
}

// state returns what a document has at a path.
func state(t *testing.T, doc *exchange.Document, path string) string {
	t.Helper()
	switch path {
	case "format":
		return string(doc.Format)
	case "items":
		return fmt.Sprint(len(doc.Items))
	case "losses":
		return fmt.Sprint(len(doc.Losses))
	case "warnings":
		return fmt.Sprint(len(doc.Warnings))
	case "needs":
		return strings.Join(arrows(doc, exchange.Needs), " ")
	case "parts":
		return strings.Join(arrows(doc, exchange.PartOf), " ")
	case "relates":
		return strings.Join(arrows(doc, exchange.Relates), " ")
	case "duplicates":
		return strings.Join(arrows(doc, exchange.Duplicates), " ")
	}
	at := strings.LastIndexByte(path, '.')
	item := byKey(t, doc, path[:at])
	switch path[at+1:] {
	case "category":
		return item.Category.String()
	case "held":
		return fmt.Sprint(item.Held)
	case "level":
		return item.Level.String()
	case "title":
		return item.Title
	case "points":
		return item.Points.Decimal.String()
	case "estimated":
		return item.Estimated.Decimal.String()
	case "urgency":
		return fmt.Sprint(item.Urgency)
	case "parent":
		return item.Parent
	case "labels":
		return strings.Join(item.Labels, "|")
	case "sprints":
		return strings.Join(item.Sprints, "|")
	case "releases":
		return strings.Join(item.Releases, "|")
	case "criteria":
		return strings.Join(item.Criteria, "|")
	case "assignee":
		return item.Assignee
	case "created":
		return item.Created.Format("2006-01-02T15:04")
	case "done":
		return item.Done.Format("2006-01-02T15:04")
	case "due":
		return item.Due.Format("2006-01-02T15:04")
	case "custom":
		return strings.Join(values(item.Custom), "|")
	}
	require.Fail(t, "no such field: "+path)
	return ""
}

// jiraCases are the rows of one export.
func jiraRows(header string, rows ...string) string {
	return "Issue key,Summary," + header + "\n" + strings.Join(rows, "\n") + "\n"
}

var facts = map[string]fact{
	"Jira: what is not done can have a resolution and its date": {
		jiraRows("Status,Status Category,Resolution,Resolved", "A-1,a,Todo,In Progress,Fixed,07/Mar/25 9:05 AM", "A-2,a,Done,Done,,", "A-3,a,Aborted,Done,,"),
		"A-1.category=in_progress\nA-1.done=0001-01-01T00:00\nA-2.category=completed\nA-3.category=removed\nlosses=0",
	},
	"Jira: resolutions of what was given up": {
		jiraRows("Status,Resolution", "A-1,a,Closed,Won't Fix", "A-2,a,Closed,Withdrawn", "A-3,a,Closed,Not a bug", "A-4,a,Closed,As Designed",
			"A-5,a,Closed,Delivered", "A-6,a,Closed,Duplicate", "A-7,a,Done,Cannot Reproduce", "A-8,a,Done,Won't Do", "A-9,a,Closed,Done"),
		"A-1.category=removed\nA-2.category=removed\nA-3.category=removed\nA-4.category=removed\nA-5.category=completed\nA-6.category=removed\n" +
			"A-7.category=removed\nA-8.category=removed\nA-9.category=completed",
	},
	"Jira: dangling links and parents are no reason to refuse": {
		jiraRows("Parent,Inward issue link (Blocks),Outward issue link (Relates)", "A-1,a,12345,B-1,B-2", "A-2,a,A-1,,"),
		"A-1.parent=12345\nneeds=A-1>B-1\nrelates=A-1>B-2\nparts=A-1>12345 A-2>A-1\nlosses=0\nwarnings=0",
	},
	"Jira: inward mirrors outward": {
		jiraRows("Inward issue link (Blocks),Outward issue link (Blocks)", "A-1,a,,A-2", "A-2,b,A-1,"), "needs=A-2>A-1",
	},
	"Jira: a count of links is no link": {
		jiraRows("Custom field (Issue link count),Issue link count", "A-1,a,2,3"), "needs=\nrelates=\nA-1.custom=Issue link count=2|Issue link count=3",
	},
	"Jira: a kind of link that ends in a space": {
		jiraRows("Outward issue link (Depende ),Inward issue link (Depende )", "A-1,a,A-2,", "A-2,b,,A-1"), "needs=A-1>A-2",
	},
	"Jira: two columns of points, one filled": {
		jiraRows("Custom field (Story Points),Custom field (Story point estimate)", "A-1,a,3.0,", "A-2,a,,5.0", "A-3,a,0.0,", "A-4,a,8.0,8"),
		"A-1.points=3\nA-2.points=5\nA-3.points=0\nA-4.points=8\nlosses=0",
	},
	"Jira: times are seconds": {
		jiraRows("Original estimate", "A-1,a,7200"), "A-1.estimated=7200",
	},
	"Jira: names of sprints hold dates and commas": {
		jiraRows("Sprint,Sprint,Sprint", `A-1,a,"Sprint 3, 1/Mar - 14/Mar",Sprint 4,`), "A-1.sprints=Sprint 3, 1/Mar - 14/Mar|Sprint 4",
	},
	"Jira: no parents": {
		jiraRows("Custom field (Epic Name),Custom field (Epic Color),Custom field (Parent Link),Custom field (Epic Story Points)", "A-1,a,A-2,red,A-2,5", "A-2,b,,,,"),
		"A-1.parent=\nA-1.points=0\nparts=",
	},
	"Jira: due dates carry a time": {
		jiraRows("Due date", "A-1,a,31/Mar/25 12:00 AM"), "A-1.due=2025-03-31T00:00",
	},
	"Jira: a short list view": {
		"Issue Type,Issue key,Issue id,Summary,Assignee,Assignee Id,Reporter,Priority,Status,Resolution,Created,Updated,Due date\n" +
			"Bug,A-1,100,a,ana,7,bob,P2 - High,To Do,,07/Mar/25 9:05 AM,07/Mar/25 9:05 AM,\n",
		"format=jira-csv\nA-1.urgency=2\nA-1.level=story\nlosses=0",
	},
	"Jira: work items": {
		"Work item key,Summary,Work item id,Work type,Status,Parent key,Inward work item link (Blocks)\nA-1,a,100,Epic,Done,,\nA-2,b,101,Subtask,Done,A-1,A-1\n",
		"format=jira-csv\nA-1.level=feature\nA-2.level=task\nA-2.parent=A-1\nneeds=A-2>A-1",
	},
	"Jira: a plan is separated by tabs, and has an item twice": {
		"Hierarchy\tTitle\tIssue key\tIssue status\tPriority\tParent\nEpic\ta, b\tA-1\tDone\tHigh\t\nStory\tc\tA-2\tTo Do\tLow\tA-1\nStory\tc\tA-2\tTo Do\tLow\tA-1\n",
		"format=jira-csv\nitems=2\nA-1.title=a, b\nA-1.category=completed\nA-2.parent=A-1\nlosses=0",
	},
	"Jira: Spanish": {
		"Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Prioridad,Resolución,Persona asignada,Creada,Resuelta,Fecha de vencimiento,Principal," +
			"Clave principal,Campo personalizado (Story Points),Enlace a la incidencia interna (Blocks),Enlace de incidencia saliente (Depende)\n" +
			"a,A-1,100,Epica,ACABADO,Highest,Listo,ana,07/ene/25 9:05 AM,08/ago/25 9:05 AM,09/dic/25 12:00 AM,,,\"5,0\",,A-2\n" +
			"b,A-2,101,Historia,Tareas por hacer,Medium,,,07/abr/25 9:05 AM,,,100,A-1,,A-1,\n",
		"format=jira-csv\nA-1.level=feature\nA-1.category=completed\nA-1.created=2025-01-07T09:05\nA-1.done=2025-08-08T09:05\nA-1.due=2025-12-09T00:00\n" +
			"A-2.created=2025-04-07T09:05\nA-2.parent=A-1\nA-2.category=proposed\nneeds=A-1>A-2 A-2>A-1\nlosses=0\nwarnings=0",
	},
	"Jira: French": {
		"Résumé,Clé de ticket,Type de ticket,État,Priorité,Création,Résolu,Date d'échéance,Champs personnalisés (Story Points),Lien du ticket entrant (Blocks),Lien du ticket sortant (Blocks)\n" +
			"a,A-1,Épopée,Annulé,Majeur,07/févr./25 9:05 AM,08/juil./25 9:05 AM,09/sept./25 12:00 AM,3,,A-2\nb,A-2,Sous-tâche,A faire,Bloquant,07/mai/25 9:05 AM,,,,A-1,\n" +
			"c,A-3,Bogue,Fait,Mineur,,,,,,\nd,A-4,Amélioration,Validé,,,,,,,\n",
		"format=jira-csv\nA-1.level=feature\nA-1.category=removed\nA-1.urgency=2\nA-1.created=2025-02-07T09:05\nA-1.done=2025-07-08T09:05\nA-1.due=2025-09-09T00:00\n" +
			"A-2.urgency=1\nA-2.level=task\nA-2.category=proposed\nneeds=A-2>A-1\nA-3.category=completed\nA-3.urgency=4\nA-4.category=completed\nlosses=0\nwarnings=0",
	},
	"Jira: Portuguese": {
		"Resumo,Chave da item,Tipo de item,Status,Criado,Resolvido,Data limite,Campo personalizado (Story Points)\n" +
			"a,A-1,Tarefa,TERMINADO,07/mai/25 9:05 AM,08/out/25 9:05 AM,09/fev/25 12:00 AM,3\n",
		"format=jira-csv\nA-1.category=completed\nA-1.created=2025-05-07T09:05\nA-1.done=2025-10-08T09:05\nA-1.due=2025-02-09T00:00\nA-1.points=3\nlosses=0",
	},
	"Jira: Polish": {
		"Podsumowanie,Klucz zgłoszenia,Typ zgłoszenia,Status,Utworzono,Rozwiązane,Termin,Pole niestandardowe (Story Points),Wewnętrzne łącze zgłoszenia (Blocks),Zewnętrzne łącze zgłoszenia (Blocks)\n" +
			"a,A-1,Epic,Gotowe,07/lut/25 9:05 AM,08/lip/25 9:05 AM,09/paź/25 12:00 AM,3,A-8,A-9\n",
		"format=jira-csv\nA-1.category=completed\nA-1.created=2025-02-07T09:05\nA-1.done=2025-07-08T09:05\nA-1.due=2025-10-09T00:00\nneeds=A-1>A-8 A-9>A-1\nlosses=0",
	},
	"Jira: criteria below a heading of the wiki": {
		jiraRows("Description", "A-1,a,\"As a user I want it.\n\nh1. Acceptance Criteria\n* one {{x}}\n* two [text|http://x.y]\n\n{code}\n* none\n{code}\nh2. More\n# three\""),
		"A-1.criteria=one {{x}}|two [text|http://x.y]",
	},
	"a spreadsheet's formulas": {
		jiraRows("Description", "A-1,=SUM(1),-x", "A-2,'=SUM(1),'+x", "A-3,'quoted',@x", "A-4,- a list,+1"),
		"A-1.title==SUM(1)\nA-2.title==SUM(1)\nA-3.title='quoted'\nA-4.title=- a list\nlosses=0",
	},
	"priorities": {
		jiraRows("Priority", "A-1,a,Highest", "A-2,a,Blocker", "A-3,a,P5", "A-4,a,P2 - High", "A-5,a,Must Have", "A-6,a,Majeur", "A-7,a,Trivial", "A-8,a,Lowest"),
		"A-1.urgency=1\nA-2.urgency=1\nA-3.urgency=5\nA-4.urgency=2\nA-5.urgency=1\nA-6.urgency=2\nA-7.urgency=5\nA-8.urgency=5",
	},
	"dates: nothing in the file tells the order": {
		jiraRows("Created", "A-1,a,3/4/2025 14:05"), "A-1.created=2025-03-04T14:05\nwarnings=1",
	},
	"dates: the file as a whole tells the order": {
		jiraRows("Created,Updated", "A-1,a,3/4/2025 14:05,27/4/2025 14:05"), "A-1.created=2025-04-03T14:05\nwarnings=0",
	},
	"numbers: nothing in the file tells the mark": {
		jiraRows("Custom field (Story Points)", "A-1,a,1.200"), "A-1.points=1.2\nwarnings=1",
	},
	"numbers: the file as a whole tells the mark": {
		jiraRows("Custom field (Story Points)", "A-1,a,1.200", `A-2,a,"5,2"`), "A-1.points=1200\nA-2.points=5.2\nwarnings=0",
	},
	"numbers that are none are named": {
		jiraRows("Custom field (Story Points)", "A-1,a,20-30", "A-2,a,-", "A-3,a,n/a", "A-4,a,2 SP", "A-5,a,15 hours", "A-6,a,~1.5K", "A-7,a,lots"),
		"losses=2\nA-4.points=2\nA-5.estimated=54000\nA-6.points=1500",
	},
	"Linear: older, without ids and links": {
		"Team,Title,Description,Status,Estimate,Priority,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Completed,Canceled,Archived,Due Date,Parent issue,Roadmaps\n" +
			"Shop,a,,Done,,High,,ana,,,4,Cycle 4,,,2025-03-27T14:05:06.123Z,,,2025-03-28T14:05:06.123Z,,,,,R1\nShop,b,,Todo,,,,ana,,,,,,,,,,,,,,a,\n",
		"format=linear-csv\na.category=completed\na.sprints=Cycle 4\nparts=b>a\nlosses=0",
	},
	"Linear: a sheet for import": {
		"Title,Description,Status,Priority,Assignee,Created,Completed,Labels,Estimate,Parent issue\na,,Todo,Urgent,,,,red,2,\nb,,In Review,,,,,,,a\n",
		"a.urgency=1\na.points=2\nb.parent=a\nb.category=in_progress\nlosses=0",
	},
	"Linear: links": {
		"ID,Team,Title,Status,Cycle Name,Parent issue,Initiatives,Project Milestone,Related to,Blocked by,Duplicate of\nA-1,S,a,Todo,,A-9,I,M1,A-2,\"A-2, B-1\",\nA-2,S,b,Canceled,,,,,A-1,,A-1\n",
		"needs=A-1>A-2 A-1>B-1\nrelates=A-1>A-2\nduplicates=A-2>A-1\nA-1.releases=M1\nA-2.category=removed\nparts=A-1>A-9\nlosses=0",
	},
	"Azure: a list, tags and people": {
		"ID,Work Item Type,Title,Assigned To,State,Tags,Created Date,Closed Date,Area Path,Iteration Path,Parent,Story Points\n" +
			"1,User Story,a,Ana A <ana@example.com>,Committed,x; y,3/27/2025 2:05:06 PM,,Shop,Shop\\Sprint 1,,5\n2,Task,b,,Removed,x|y,,,,,1,\n",
		"format=azure-csv\n1.assignee=Ana A <ana@example.com>\n1.labels=x|y\n2.labels=x|y\n1.category=in_progress\n2.category=removed\n2.parent=1\n1.points=5\n1.created=2025-03-27T14:05\nlosses=0",
	},
	"Azure: a tree, with columns before": {
		"Area Path,ID,Work Item Type,Title 1,Title 2,Title 3,Assigned To,State,Tags\nS,1,Epic,a,,,,New,\nS,2,Feature,,b,,,New,\nS,3,User Story,,,c,,Approved,\nS,4,Feature,,d,,,New,\n",
		"parts=2>1 3>2 4>1\n3.title=c\n3.category=proposed\nlosses=0",
	},
	"GitHub: what is asked for is up to the caller": {
		`[{"number":1,"title":"a","labels":[{"name":"x","color":"red"}],"milestone":null,"createdAt":"2025-03-27T14:05:06Z","closedAt":null},` +
			`{"number":2,"title":"b","state":"CLOSED","stateReason":"NOT_PLANNED","labels":[],"milestone":{"title":"v1","dueOn":"2025-05-01T00:00:00Z"},"closedAt":"2025-03-28T14:05:06Z"}]`,
		"format=github-json\n1.category=proposed\n1.labels=x\n2.category=removed\n2.releases=v1\nlosses=0",
	},
	"GitHub: parts and blockers": {
		`[{"number":1,"title":"a","state":"OPEN","issueType":{"name":"Epic"},"subIssues":[{"number":2}],"blocking":[{"number":3}]},` +
			`{"number":2,"title":"b","state":"OPEN","parent":{"number":1},"blockedBy":[{"number":3}]},{"number":3,"title":"c","state":"CLOSED"}]`,
		"parts=2>1\n1.level=feature\n3.category=completed\nneeds=3>1 2>3\nlosses=0",
	},
	"GitHub: issues of several repositories, each of which counts from 1": {
		`[{"number":1,"title":"a","state":"open","repository":{"nameWithOwner":"o/r1"}},{"number":1,"title":"b","state":"closed","repository":{"nameWithOwner":"o/r2"},"blockedBy":[{"number":2}]},` +
			`{"number":2,"title":"c","state":"open","repository":{"nameWithOwner":"o/r2"}}]`,
		"format=github-json\nitems=3\no/r2#1.category=completed\nneeds=o/r2#1>o/r2#2\nlosses=0",
	},
	"GitLab: what its API answers": {
		`[{"id":901,"iid":1,"project_id":7,"title":"a","state":"opened","labels":["x"],"milestone":{"title":"v1","due_date":"2025-05-01"},"assignees":[{"name":"Ana"}],"created_at":"2025-03-27T14:05:06.123Z",` +
			`"issue_type":"task","weight":3,"time_stats":{"time_estimate":3600,"total_time_spent":0},"web_url":"https://gitlab.example.com/a/-/issues/1"},` +
			`{"iid":2,"project_id":7,"title":"b","state":"closed","closed_at":"2025-03-28T14:05:06.123Z","due_date":"2025-04-01"}]`,
		"format=gitlab-json\nitems=2\n1.category=proposed\n1.labels=x\n1.releases=v1\n1.assignee=Ana\n1.points=3\n1.estimated=3600\n2.category=completed\nlosses=0",
	},
	"GitLab: issues of several projects": {
		`[{"iid":1,"project_id":7,"title":"a","state":"opened"},{"iid":1,"project_id":8,"title":"b","state":"closed"}]`,
		"format=gitlab-json\nitems=2\n8#1.category=completed\nlosses=0",
	},
	"sizes in words are no numbers, and are kept": {
		jiraRows("Custom field (Story Points)", "A-1,a,M", "A-2,a,XL"), "items=2\nlosses=0",
	},
	"Shortcut: some of its columns": {
		"id,name,type,requester,is_completed,state,epic_state,created_at\n1,a,bug,ana,true,Shipped,done,2025/03/27 14:05:06\n",
		"format=shortcut-csv\n1.category=completed\n1.created=2025-03-27T14:05\nlosses=0",
	},
	"Trello: closed cards, closed lists, points in names": {
		`{"name":"B","lists":[{"id":"l1","name":"Doing"},{"id":"l2","name":"Doing","closed":true},{"id":"l3","name":"Done"}],"labels":[{"id":"x","name":"","color":"green"}],` +
			`"cards":[{"id":"1","shortLink":"AAAAAAA1","name":"(3) a","idList":"l1","labels":[{"id":"x","name":"","color":"green"}],"desc":"see https://trello.com/c/AAAAAAA2"},` +
			`{"id":"2","shortLink":"AAAAAAA2","name":"b [5]","idList":"l2"},{"id":"3","shortLink":"AAAAAAA3","name":"c","idList":"l3","closed":true},{"id":"4","shortLink":"AAAAAAA4","name":"d","idList":"l1","closed":true}]}`,
		"format=trello-json\nAAAAAAA1.points=3\nAAAAAAA2.points=5\nAAAAAAA1.labels=green\nAAAAAAA2.category=removed\nAAAAAAA3.category=completed\nAAAAAAA4.category=removed\nrelates=AAAAAAA1>AAAAAAA2\nlosses=0",
	},
	"beads: link types that order, and parents": {
		`{"id":"x","title":"x\n","status":"open","issue_type":"task","dependencies":[{"issue_id":"x","depends_on_id":"a","type":"blocks"},{"issue_id":"x","depends_on_id":"b","type":"waits-for"},` +
			`{"issue_id":"x","depends_on_id":"c","type":"conditional-blocks"},{"issue_id":"x","depends_on_id":"d","type":"discovered-from"},{"issue_id":"x","depends_on_id":"e","type":"parent-child"}]}` + "\n" +
			`{"id":"x.1","title":"y","status":"tombstone","deps":["a"],"blocked_by":["external:other:b"]}` + "\n" +
			`{"_type":"memory","key":"k"}` + "\n" + `{"id":"z","title":"z","status":"hooked","closed_at":"2025-01-01T00:00:00Z","created_at":"2025-01-02T00:00:00Z"}` + "\n",
		"format=beads-jsonl\nneeds=x>a x>b x>c x.1>a x.1>external:other:b\nrelates=x>d\nparts=x>e x.1>x\nx.title=x\nx.1.category=removed\nz.category=in_progress",
	},
	"task-master: ids repeat across tags, dependencies of subtasks are beside them": {
		`{"master":{"tasks":[{"id":"1","title":"a","status":"done","dependencies":[],"subtasks":[{"id":1,"title":"b"},{"id":2,"title":"c","dependencies":[1,"2.1"]}]},{"id":2,"title":"d","dependencies":["1"],"subtasks":[{"id":1,"title":"e"}]}]},` +
			`"x":{"tasks":[{"id":1,"title":"f","details":"g","testStrategy":""}]}}`,
		"format=task-master-json\nitems=6\nneeds=1.2>1.1 1.2>2.1 2>1\nx/1.title=f\nlosses=0",
	},
	"Taskwarrior: dependencies in one string": {
		`{"uuid":"u1","description":"a","status":"pending","entry":"20251203T100000Z","depends":"u2,u3"}` + "\n" + `{"uuid":"u2","description":"b","status":"completed","entry":"20251203T100000Z"}` + "\n",
		"format=taskwarrior-json\nneeds=u1>u2 u1>u3\nu1.created=2025-12-03T10:00\nu2.category=completed\nlosses=0",
	},
	"Backlog.md: criteria between markers": {
		"---\nid: task-1\ntitle: a\nstatus: To Do\nassignee: []\ncreated_date: '2025-03-27 14:05'\nlabels: [x]\ndependencies: [task-2]\nparent_task_id: task-9\npriority: high\nordinal: 1000\n---\n" +
			"## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [ ] #1 one\n- [x] #2 two\n<!-- AC:END -->\n",
		"format=backlog-md\ntask-1.criteria=one|two\nneeds=task-1>task-2\ntask-1.parent=task-9\ntask-1.urgency=2\ntask-1.labels=x\nlosses=0",
	},
	"todo.txt": {
		"(A) 2025-03-27 a +Shop @home due:2025-04-01\nx 2025-03-28 2025-03-27 b\n",
		"format=todo-txt\nitems=2\nlosses=0",
	},
	"Redmine: a quote that never closes, ISO-8859-1": {
		latin("#;Project;Tracker;Parent task;Status;Priority;Subject;Author;Assignee;Updated;% Done;Related issues\n1;S;Bug;;New;Normal;\"Crème;Ana;;27/03/2025 14:05;0;Blocked by #2\n2;S;Bug;1;Closed;Low;b;;;28/03/2025 14:05;100;\n"),
		"format=redmine-csv\nitems=2\nneeds=1>2\n2.parent=1",
	},
	"a list of stories": {
		"ID,Description,Theme,Priority,Acceptance Criteria,Business Value,Predecessor ID,Successor ID,Sprint,Estimates\n" +
			"1,As a user I pay,Pay,Must Have,it is paid,People pay more,,\"2,3\",Sprint 1,5\n2,As a user I return,Pay,Should Have,,People call less,1,,Sprint 1,3\n3,As a user I look,See,Nice To Have,,,1,,Sprint 2,2\n",
		"needs=2>1 3>1\n1.urgency=1\n2.urgency=2\n3.urgency=3\n1.points=5\n1.criteria=it is paid\nlosses=0",
	},
	"a list of stories with dependencies": {
		"Story ID,Story Name,Story Points,Complexity,Technical Debt Factor,Dependencies,Priority\nUS1,a,3,2,1,,1\nUS2,b,5,3,1,US1,2\nUS3,c,8,1,0,US1|US2,3\n",
		"needs=US2>US1 US3>US1 US3>US2\nUS3.points=8\nlosses=0",
	},
}

// Every status that was met has the category that people give it, however it is spelled.
func TestFactsOfStatuses(t *testing.T) {
	for category, list := range map[string]string{
		"completed": "Done,ACABADO,Finalizada,Listo,Fait,Validé,Closed,Resolved,Complete,Completed,Finished,Fixed,Released,Merged,TERMINADO,クローズ",
		"proposed":  "To Do,Tareas por hacer,Por hacer,A faire,Backlog,Open,New,Proposed,Approved,Triage,Todo,Deferred,Planned,Future,Pinned,Draft",
		"in_progress": "In Progress,En curso,Doing,Active,Committed,Development,UAT,SIT,PIR,Analysis/Design,Design,In Review,QA,Blocked,On Hold," +
			"Hooked",
		"removed": "Cancelled,Canceled,Annulé,中止,Removed,Aborted,Won't fix,wont_fix,won-t-fix,Duplicate,Abandoned,Archived,Rejected,tombstone",
	} {
		for status := range strings.SplitSeq(list, ",") {
			for _, spelled := range []string{
				status, strings.ToUpper(status), strings.ToLower(status), strings.ReplaceAll(status, " ", "_"), strings.ReplaceAll(status, " ", "-"),
				strings.ReplaceAll(status, "'", "’"), " " + status + "\u00A0",
			} {
				doc := read(t, jiraColumn("Status", spelled), exchange.Options{})
				require.Equal(t, category, doc.Items[0].Category.String(), spelled)
				require.False(t, doc.Statuses[0].Guessed, spelled)
			}
		}
	}
}

// The headers of score sheets and lists, as they were found: what each can be scored by, or what it lacks.
func TestFactsOfSheets(t *testing.T) {
	for header, want := range map[string]string{
		"Feature,Reach,Impact,Confidence,Effort,RICE Score":                                     "rice",
		"Feature_Name,Reach,Impact,Confidence,Effort":                                           "rice",
		"name,reach,impact,confidence,effort":                                                   "rice",
		"Rank,Name,Reach,Impact,Confidence (%),Effort (person-months),RICE score":               "rice",
		"#,Initiative,Reach,Impact,Confidence,Effort,RICE,Horizon":                              "rice",
		"Feature ID,Feature Title,Description,MoSCoW,Reach,Impact,Confidence,Effort,RICE Score": "rice, moscow",
		"id,title,bv,tc,rr,js": "wsjf",
		"id,title,description,business_value,time_criticality,risk_reduction,job_size,cod,wsjf":                     "wsjf",
		"ID,Title,Business Value,Time Criticality,Risk Reduction,Job Size,Type,Component,Status,Owner":              "wsjf",
		"ID,Item,Business value,Time criticality,Risk reduction / enablement,Size (pts),Cost of delay,WSJF,Release": "wsjf",
		"id,titolo,moscow,valore,sforzo": "value_effort, moscow",
		"ID,Description,Theme,Priority,Acceptance Criteria,Business Value,Predecessor ID,Successor ID,Sprint,Estimates,Remark": "moscow",
		"Story ID,Story Name,Story Points,Complexity,Technical Debt Factor,Dependencies,Priority":                              "",
		"title,cost_of_delay,duration,": "cd3",
	} {
		cells := func(row int) string {
			var all []string
			for _, name := range strings.Split(header, ",") {
				switch strings.ToLower(name) {
				case "feature", "feature_name", "name", "initiative", "feature title", "title", "item", "titolo", "story name":
					all = append(all, fmt.Sprintf("Item %d", row))
				case "description", "theme", "component", "type", "owner", "horizon", "acceptance criteria", "release", "status":
					all = append(all, "some words")
				case "confidence", "confidence (%)":
					all = append(all, "80")
				case "moscow":
					all = append(all, "Must-have - for the launch")
				case "impact":
					all = append(all, []string{"Massive", "High", "Medium", "Low", "Minimal"}[row%5])
				case "priority":
					all = append(all, map[bool]string{true: "Should Have", false: fmt.Sprint(row)}[strings.Contains(header, "Theme")])
				case "business value":
					all = append(all, map[bool]string{true: "More people pay", false: "5"}[strings.Contains(header, "Theme")])
				case "":
					all = append(all, "")
				default:
					all = append(all, fmt.Sprint(row+1))
				}
			}
			return strings.Join(all, ",") + "\n"
		}
		commas := strings.Repeat(",", strings.Count(header, ",")+2) + "\n"
		for _, spelled := range []string{header, strings.ToUpper(header), strings.ReplaceAll(header, " ", "-"), header + ",,"} {
			text := spelled + "\n" + cells(0) + cells(1) + cells(2) + commas
			sheet, err := exchange.ReadSheet(strings.NewReader(text), exchange.Options{})
			require.NoError(t, err, spelled)
			require.Len(t, sheet.Rows, 3, spelled)
			check := exchange.CheckSheet(sheet)
			var fits []string
			for _, fit := range check.Fits {
				if len(fit.Missing) == 0 {
					fits = append(fits, fit.Method)
				}
			}
			for method := range strings.SplitSeq(want, ", ") {
				require.True(t, method == "" || strings.Contains(" "+strings.Join(fits, " ")+" ", " "+method+" "), "%s: %s, got %s", spelled, method, check)
			}
			require.Equal(t, want == "", len(fits) == 0, "%s: %s", spelled, check)
			if want == "" {
				require.Contains(t, check.String(), "nothing to score by", spelled)
			}
			if strings.HasPrefix(want, "rice") {
				candidates, err := prioritize.Candidates(sheet, prioritize.RICE{})
				require.NoError(t, err, spelled)
				require.Equal(t, "3", candidates[0].Input.Impact.String(), spelled)
				require.Equal(t, "0.8", candidates[0].Input.Confidence.Decimal.String(), spelled)
			}
			require.Len(t, read(t, text, exchange.Options{}).Items, 3, spelled)
		}
	}
}

// Whatever the format, an import goes through, and the same file again changes nothing.
func TestFactsImportedTwice(t *testing.T) {
	files := make(map[string]string)
	for name, one := range facts {
		files[name] = one.file
	}
	for format, columns := range tables {
		files[string(format)] = spelled(columns, ",", "\n", false)
	}
	for name, text := range files {
		b, err := backlog.New(backlog.Options{})
		require.NoError(t, err)
		for again := range 2 {
			doc := read(t, text, exchange.Options{})
			changes, report, err := doc.Import(b.View(), doc.Mapping())
			require.NoError(t, err, name)
			if again == 1 {
				require.Empty(t, changes, "%s: %v", name, report)
				require.Zero(t, report.New+report.Changed, name)
			}
			if len(changes) > 0 {
				_, err = b.Execute(changes[0], admin, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
				require.NoError(t, err, name)
			}
			require.LessOrEqual(t, len(changes), 1, name)
		}
	}
}
