package exchange_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

func TestJira(t *testing.T) {
	text := "\uFEFF" + export([][]string{
		{"Summary", "Pay by card", "Payment", "Refunds"},
		{"Issue key", "SHOP-2", "SHOP-1", "SHOP-3"},
		{"Issue id", "10002", "10001", "10003"},
		{"Issue Type", "Story", "Epic", "Bug"},
		{"Status", "In Progress", "To Do", "Done"},
		{"Project key", "SHOP"},
		{"Project name", "Shop"},
		{"Project type", "software"},
		{"Project lead", "ana"},
		{"Priority", "Highest"},
		{"Resolution", "", "", "Won't Do"},
		{"Assignee", "Bob B"},
		{"Reporter", "Ana A"},
		{"Creator", "Ana A"},
		{"Created", "07/Mar/25 9:05 AM", "", "07/Mar/25 9:05 AM"},
		{"Updated", "08/Mar/25 9:05 AM"},
		{"Last Viewed", "09/Mar/25 9:05 AM"},
		{"Resolved", "", "", "08/Mar/25 9:05 AM"},
		{"Affects versions", "1.0"},
		{"Fix versions", "1.1"},
		{"Fix versions", "1.2"},
		{"Components", "web"},
		{"Due date", "31/Mar/25 12:00 AM"},
		{"Votes", "3"},
		{"Labels", "pay"},
		{"Labels", "card"},
		{"Description", "h3. Acceptance Criteria\n* a card is charged\n* a wrong number is refused\n\nh3. Notes\n* none"},
		{"Environment"},
		{"Watchers", "ana"},
		{"Watchers", "bob"},
		{"Log Work", "03/Mar/25 9:05 AM;ana;3600"},
		{"Original estimate", "7200"},
		{"Remaining Estimate", "3600"},
		{"Time Spent", "3600"},
		{"Work Ratio", "50%"},
		{"Σ Original Estimate", "7200"},
		{"Security Level"},
		{"Inward issue link (Blocks)", "SHOP-9"},
		{"Outward issue link (Relates)", "SHOP-3"},
		{"Outward issue link (Depende )", "SHOP-4"},
		{"Custom field (Epic Link)", "SHOP-1"},
		{"Custom field (Epic Name)", "", "Payment"},
		{"Custom field (Parent Link)", "SHOP-99"},
		{"Custom field (Story Points)", "5.0"},
		{"Custom field (Story point estimate)"},
		{"Custom field (Issue link count)", "2"},
		{"Sprint", "Sprint 3, 1/Mar - 14/Mar"},
		{"Sprint", "Sprint 4"},
		{"Comment", "03/Mar/25 9:05 AM;ana;So be it"},
		{"Comment", "04/Mar/25 9:05 AM;bob;Yes"},
		{"Parent", "10001"},
		{"Parent key", "SHOP-1"},
		{"Parent summary", "Payment"},
		{"Status Category", "In Progress", "To Do", "Done"},
		{"Status Category Changed", "08/Mar/25 9:05 AM"},
	})
	doc := read(t, text, exchange.Options{})
	require.Empty(t, doc.Losses)
	require.Empty(t, doc.Warnings)
	require.Len(t, doc.Items, 3)
	item := doc.Items[0]
	require.Equal(t, "SHOP-2", item.Key)
	require.Equal(t, "10002", item.ID)
	require.Equal(t, "Story", item.Kind)
	require.Equal(t, "Bob B", item.Assignee)
	require.Equal(t, "5", item.Points.Decimal.String())
	require.Equal(t, "7200", item.Estimated.Decimal.String())
	require.Equal(t, "3600", item.Remaining.Decimal.String())
	require.Equal(t, "3600", item.Spent.Decimal.String())
	require.Equal(t, []string{"pay", "card"}, item.Labels)
	require.Equal(t, []string{"Sprint 3, 1/Mar - 14/Mar", "Sprint 4"}, item.Sprints)
	require.Equal(t, []string{"1.1", "1.2"}, item.Releases)
	require.Equal(t, []string{"a card is charged", "a wrong number is refused"}, item.Criteria)
	require.Equal(t, "SHOP-1", item.Parent) // by id and by key
	require.Equal(t, time.Date(2025, 3, 31, 0, 0, 0, 0, time.UTC), item.Due)
	names := make(map[string]int)
	for _, value := range item.Custom {
		names[value.Name]++
	}
	require.Equal(t, 2, names["Comment"])
	require.Equal(t, 2, names["Watchers"])
	require.Equal(t, 1, names["Parent Link"])
	require.Equal(t, 1, names["Issue link count"])
	require.Equal(t, 1, names["Status Category Changed"])
	require.Zero(t, names["Parent"])
	require.Equal(t, []exchange.Link{
		{Row: 2, From: "SHOP-2", To: "SHOP-1", Word: "parent", Meaning: exchange.PartOf},
		{Row: 2, From: "SHOP-2", To: "SHOP-9", Word: "Blocks", Meaning: exchange.Needs},
		{Row: 2, From: "SHOP-2", To: "SHOP-3", Word: "Relates", Meaning: exchange.Relates},
		{Row: 2, From: "SHOP-2", To: "SHOP-4", Word: "Depende", Meaning: exchange.Needs},
	}, doc.Links)
	require.Equal(t, exchange.LevelFeature, doc.Items[1].Level)
	require.Equal(t, "removed", doc.Items[2].Category.String())
}

// What goes out from one item comes into another: it is one link.
func TestJiraMirroredLinks(t *testing.T) {
	doc := read(t, "Issue key,Summary,Outward issue link (Blocks),Inward issue link (Blocks),Outward issue link (Relates),Inward issue link (Relates),"+
		"Outward issue link (Cloners),Inward issue link (Duplicate)\n"+
		"A-1,First,A-2,,A-2,,A-2,A-2\nA-2,Second,,A-1,,A-1,,\n", exchange.Options{})
	require.Equal(t, []exchange.Link{
		{Row: 2, From: "A-2", To: "A-1", Word: "Blocks", Meaning: exchange.Needs},
		{Row: 2, From: "A-1", To: "A-2", Word: "Relates", Meaning: exchange.Relates},
		{Row: 2, From: "A-2", To: "A-1", Word: "Duplicate", Meaning: exchange.Duplicates},
	}, doc.Links)
}

// Parents hold a key, an id, or both; of several, the one in the file is taken.
func TestJiraParents(t *testing.T) {
	for name, test := range map[string]struct{ header, row, want string }{
		"key":             {"Parent", "A-1", "A-1"},
		"id":              {"Parent id", "100", "A-1"},
		"id elsewhere":    {"Parent", "999", "999"},
		"key elsewhere":   {"Parent", "B-9", "B-9"},
		"id and key":      {"Parent,Parent key", "999,B-9", "B-9"},
		"epic link":       {"Custom field (Epic Link)", "A-1", "A-1"},
		"in the file":     {"Parent,Custom field (Epic Link)", "B-9,A-1", "A-1"},
		"work item":       {"Parent,Parent key", "100,A-1", "A-1"},
		"no parent":       {"Custom field (Epic Name),Custom field (Epic Color),Custom field (Parent Link),Custom field (Epic Story Points)", "A-1,A-1,A-1,5", ""},
		"of itself":       {"Parent", "A-2", ""},
		"Principal":       {"Clave principal", "A-1", "A-1"},
		"Principal by id": {"Principal", "100", "A-1"},
	} {
		t.Run(name, func(t *testing.T) {
			commas := strings.Repeat(",", strings.Count(test.header, ",")+1)
			doc := read(t, "Issue key,Issue id,Summary,"+test.header+"\nA-1,100,First"+commas+"\nA-2,101,Second,"+test.row+"\n", exchange.Options{})
			require.Equal(t, test.want, doc.Items[1].Parent)
			require.Equal(t, test.want != "", len(doc.Links) == 1)
			require.Equal(t, name == "of itself", len(doc.Losses) == 1)
		})
	}
}

// The same export in the languages that were met.
func TestJiraLanguages(t *testing.T) {
	for language, text := range map[string]string{
		"new":        "Work item key,Work item id,Summary,Work type,Status,Created,Resolved,Due date,Custom field (Story Points),Inward work item link (Blocks),Outward work item link (Blocks),Parent key\n",
		"Spanish":    "Clave de incidencia,ID de la incidencia,Resumen,Tipo de Incidencia,Estado,Creada,Resuelta,Fecha de vencimiento,Campo personalizado (Story Points),Enlace a la incidencia interna (Blocks),Enlace de incidencia saliente (Blocks),Clave principal\n",
		"French":     "Clé de ticket,ID du ticket,Résumé,Type de ticket,État,Création,Résolu,Date d'échéance,Champs personnalisés (Story Points),Lien du ticket entrant (Blocks),Lien du ticket sortant (Blocks),Parent\n",
		"Portuguese": "Chave da item,ID da item,Resumo,Tipo de item,Status,Criado,Resolvido,Data limite,Campo personalizado (Story Points),Vínculo interno do item (Blocks),Vínculo externo do item (Blocks),Pai\n",
		"Polish":     "Klucz zgłoszenia,Id. zgłoszenia,Podsumowanie,Typ zgłoszenia,Status,Utworzono,Rozwiązane,Termin,Pole niestandardowe (Story Points),Wewnętrzne łącze zgłoszenia (Blocks),Zewnętrzne łącze zgłoszenia (Blocks),Parent\n",
	} {
		t.Run(language, func(t *testing.T) {
			doc := read(t, text+"A-2,100,Second,Story,Done,07/mar/25 9:05 AM,08/mar/25 9:05 AM,09/mar/25,\"5,0\",A-1,A-3,A-9\n", exchange.Options{})
			require.Equal(t, exchange.JiraCSV, doc.Format)
			item := doc.Items[0]
			require.Equal(t, "A-2", item.Key)
			require.Equal(t, "100", item.ID)
			require.Equal(t, "Second", item.Title)
			require.Equal(t, "Story", item.Kind)
			require.Equal(t, "Done", item.Status)
			require.Equal(t, "5", item.Points.Decimal.String())
			require.Equal(t, []int{7, 8, 9}, []int{item.Created.Day(), item.Done.Day(), item.Due.Day()})
			require.Equal(t, []exchange.Link{
				{Row: 2, From: "A-2", To: "A-9", Word: "parent", Meaning: exchange.PartOf},
				{Row: 2, From: "A-2", To: "A-1", Word: "Blocks", Meaning: exchange.Needs},
				{Row: 2, From: "A-3", To: "A-2", Word: "Blocks", Meaning: exchange.Needs},
			}, doc.Links)
			require.Zero(t, doc.Custom)
		})
	}
}

// What kinds of links mean, by the word of the tracker, outward.
func TestLinkWords(t *testing.T) {
	for word, want := range map[string]string{
		"Blocks": "A-2 needs A-1", "Bloquea": "A-2 needs A-1", "Bloqueos": "A-2 needs A-1", "Blocker": "A-2 needs A-1", "Blokuje": "A-2 needs A-1",
		"Depende ": "A-1 needs A-2", "Depends": "A-1 needs A-2", "Dependency": "A-1 needs A-2", "Dependent": "A-1 needs A-2",
		"Gantt: finish-to-start": "A-2 needs A-1", "Parent/Child": "A-2 part_of A-1", "Duplicate": "A-1 duplicates A-2", "Relates": "A-1 relates A-2",
		"Cloners": "A-1 relates A-2", "Issue split": "A-1 relates A-2", "Conflicts": "A-1 excludes A-2", "Problem/Incident": "A-1 relates A-2",
	} {
		doc := read(t, "Issue key,Summary,Outward issue link ("+word+")\nA-1,First,A-2\nA-2,Second,\n", exchange.Options{})
		require.Len(t, doc.Links, 1, word)
		link := doc.Links[0]
		require.Equal(t, want, link.From+" "+link.Meaning.String()+" "+link.To, word)
		require.Equal(t, strings.TrimSpace(word), link.Word)
	}
}

func TestCriteria(t *testing.T) {
	for name, test := range map[string]struct {
		description string
		want        []string
	}{
		"wiki markup":     {"h2. Acceptance criteria\n\n* one\n* two\nh2. More\n* three", []string{"one", "two"}},
		"numbered wiki":   {"*Acceptance Criteria:*\n# one\n# two\n", []string{"one", "two"}},
		"Markdown":        {"Text\n\n## Acceptance Criteria\n- [ ] one\n- [x] two\n\n## Notes\n- three", []string{"one", "two"}},
		"bold":            {"**Acceptance criteria**\n1. one\n2. two\n**Notes**\nthree", []string{"one", "two"}},
		"a colon":         {"As a user I want it.\nAC: one\nAC2", []string{"one", "AC2"}},
		"lines":           {"Acceptance Criteria:\nit works\nit lasts", []string{"it works", "it lasts"}},
		"Spanish":         {"h3. Criterios de aceptación\n* uno", []string{"uno"}},
		"French":          {"h3. Critères d’acceptation\n* un", []string{"un"}},
		"none":            {"We accept all criteria.\n* one", nil},
		"heading only":    {"## Acceptance Criteria\n", nil},
		"continued entry": {"## Acceptance Criteria\n- one\n  and more\n- two", []string{"one and more", "two"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, jiraColumn("Description", test.description), exchange.Options{})
			require.Equal(t, test.want, doc.Items[0].Criteria)
			require.Equal(t, strings.TrimSpace(test.description), doc.Items[0].Description)
		})
	}
}

// What is done without a date of resolution was done when it came into its status.
func TestJiraDoneSince(t *testing.T) {
	doc := read(t, "Issue key,Summary,Status,Status Category,Resolved,Status Category Changed\n"+
		"A-1,First,Done,Done,,27/Mar/25 9:05 AM\nA-2,Second,Done,Done,28/Mar/25 9:05 AM,29/Mar/25 9:05 AM\n"+
		"A-3,Third,To Do,To Do,,27/Mar/25 9:05 AM\n", exchange.Options{})
	require.Equal(t, []int{27, 28}, []int{doc.Items[0].Done.Day(), doc.Items[1].Done.Day()})
	require.True(t, doc.Items[2].Done.IsZero())
	require.Equal(t, 3, doc.Custom)
}

// Headers, kinds and statuses of further languages.
func TestJiraInMoreLanguages(t *testing.T) {
	for _, text := range []string{
		"Ключ,Тема,Тип задачи,Статус,Создано\nA-1,x,Эпик,Готово,07.03.2025 9:05\n",
		"问题关键字,概要,问题类型,状态,创建日期\nA-1,一,史诗,完成,2025/03/07 9:05\n",
		"Issuesleutel,Samenvatting,Issuetype,Status,Aangemaakt\nA-1,x,Epic,Gesloten,07/mrt/25 9:05 AM\n",
	} {
		doc := read(t, text, exchange.Options{})
		require.Equal(t, exchange.JiraCSV, doc.Format, text)
		item := doc.Items[0]
		require.Equal(t, exchange.LevelFeature, item.Level, text)
		require.Equal(t, "completed", item.Category.String(), text)
		require.Equal(t, time.March, item.Created.Month(), text)
		require.Zero(t, doc.Custom, text)
	}
}
