package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/story"
)

func TestTrello(t *testing.T) {
	doc := read(t, `{"id":"b1","name":"Board","prefs":{"permissionLevel":"private"},"actions":[
		  {"id":"a1","type":"createCard","data":{"card":{"id":"5f5b1c2d0000000000000001"}}},{"id":"a2","type":"updateBoard","data":{}}],
		"cards":[
		  {"id":"5f5b1c2d0000000000000001","shortLink":"AAAAAAA1","idShort":1,"name":"(3) Pay by card","desc":"see https://trello.com/c/AAAAAAA2/2-more",
		   "idList":"l1","closed":false,"due":"2025-03-01T10:00:00.000Z","dueComplete":false,"idLabels":["x1","x2"],
		   "labels":[{"id":"x1","name":"front","color":"red"},{"id":"x2","name":"","color":"blue"}],"idMembers":["m1"],"idChecklists":["c1","c2"],
		   "customFieldItems":[{"id":"i1","idCustomField":"f1","value":{"number":"5"}},{"id":"i2","idCustomField":"f2","idValue":"o1","value":null},
		     {"id":"i3","idCustomField":"f3","value":{"checked":"true"}}]},
		  {"id":"2","shortLink":"AAAAAAA2","name":"Ship [1.5]","idList":"l2","closed":false},
		  {"id":"3","shortLink":"AAAAAAA3","name":"Archived","idList":"l1","closed":true},
		  {"id":"4","shortLink":"AAAAAAA4","name":"Archived when done","idList":"l2","closed":true},
		  {"id":"5","shortLink":"AAAAAAA5","name":"In a closed list","idList":"l3","closed":false},
		  {"id":"6","shortLink":"AAAAAAA6","name":"Ticked (no points)","idList":"l1","dueComplete":true},
		  {"id":"7","idShort":7,"name":"Without a short link","idList":"gone"}],
		"lists":[{"id":"l1","name":"Doing","closed":false},{"id":"l2","name":"Done","closed":false},{"id":"l3","name":"Doing","closed":true}],
		"labels":[{"id":"x1","name":"front"},{"id":"x2","name":"","color":"blue"}],"members":[{"id":"m1","fullName":"Ann B","username":"ann"}],
		"customFields":[{"id":"f1","name":"Story Points","type":"number"},{"id":"f2","name":"Area","options":[{"id":"o1","value":{"text":"Web"}}]},
		  {"id":"f3","name":"Risky"}],
		"checklists":[{"id":"c1","name":"Acceptance criteria","idCard":"5f5b1c2d0000000000000001","checkItems":[{"name":"by card","state":"complete"}]},
		  {"id":"c2","name":"To do","idCard":"5f5b1c2d0000000000000001","checkItems":[{"name":"ask"}]},{"id":"c3","name":"lost","idCard":"gone","checkItems":[]}]}`,
		exchange.Options{})
	require.Equal(t, exchange.TrelloJSON, doc.Format)
	require.Empty(t, doc.Losses)
	require.Len(t, doc.Items, 7)

	pay := byKey(t, doc, "AAAAAAA1")
	require.Equal(t, "Doing", pay.Status)
	require.Equal(t, "5", pay.Points.Decimal.String(), "a field comes before the title")
	require.Equal(t, []string{"front", "blue"}, pay.Labels)
	require.Equal(t, "Ann B", pay.Assignee)
	require.Equal(t, "2020-09-11", pay.Created.UTC().Format("2006-01-02"))
	require.Equal(t, []string{"by card"}, pay.Criteria)
	require.Contains(t, values(pay.Custom), "Area=Web")
	require.Contains(t, values(pay.Custom), "Risky=true")
	require.Contains(t, values(pay.Custom), "checklists[].checkItems[].name=ask")
	require.Contains(t, values(pay.Custom), "actions[].type=createCard")
	require.Equal(t, "1.5", byKey(t, doc, "AAAAAAA2").Points.Decimal.String())
	require.False(t, byKey(t, doc, "AAAAAAA6").Points.Valid)
	for key, want := range map[string]story.Category{
		"AAAAAAA1": story.Doing, "AAAAAAA2": story.Completed, "AAAAAAA3": story.Removed, "AAAAAAA4": story.Completed,
		"AAAAAAA5": story.Removed, "AAAAAAA6": story.Completed, "7": story.Proposed,
	} {
		require.Equal(t, want, byKey(t, doc, key).Category, key)
	}
	require.Equal(t, []string{"AAAAAAA1>AAAAAAA2"}, arrows(doc, exchange.Relates))
	require.Contains(t, values(doc.Values), "board.name=Board")
	require.Contains(t, values(doc.Values), "board.actions[].type=updateBoard")
	require.Contains(t, values(doc.Values), "board.checklists[].name=lost")
}
