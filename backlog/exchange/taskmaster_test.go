package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/story"
)

// Ids repeat across tags, and a dependency of a subtask is one beside it, or a task, or named in full.
func TestTaskMaster(t *testing.T) {
	doc := read(t, `{"master":{"tasks":[
		  {"id":1,"title":"A","description":"d","details":"how","testStrategy":"so","status":"done","priority":"high","dependencies":[],"subtasks":[
		    {"id":1,"title":"A1","status":"pending","dependencies":[]},{"id":2,"title":"A2","status":"in-progress","dependencies":[1,"2.1",3]},
		    {"id":"1.3","title":"A3","status":"review"}],"updatedAt":"2025-03-01T10:00:00Z"},
		  {"id":"2","title":"B","status":"deferred","dependencies":[1,"1.2",9],"subtasks":[{"id":1,"title":"B1","dependencies":[5]}]},
		  {"id":3,"title":"C","status":"cancelled"}],"metadata":{"created":"2025-01-01T00:00:00Z","description":"all"}},
		"web":{"tasks":[{"id":1,"title":"W","dependencies":[1,2],"subtasks":[{"id":1,"title":"W1"}]},{"id":2,"title":"X","status":"blocked"}]}}`, exchange.Options{})
	require.Equal(t, exchange.TaskMaster, doc.Format)
	require.Equal(t, exchange.Certain, doc.Certainty)
	require.Empty(t, doc.Losses)
	var keys []string
	for _, item := range doc.Items {
		keys = append(keys, item.Key)
	}
	require.Equal(t, []string{"1", "1.1", "1.2", "1.3", "2", "2.1", "3", "web/1", "web/1.1", "web/2"}, keys)
	require.Equal(t, exchange.LevelStory, byKey(t, doc, "1").Level)
	require.Equal(t, exchange.LevelTask, byKey(t, doc, "1.1").Level)
	require.Equal(t, []string{"details=how", "testStrategy=so"}, values(byKey(t, doc, "1").Custom))
	require.True(t, byKey(t, doc, "2").Held)
	require.Equal(t, story.Removed, byKey(t, doc, "3").Category)
	require.Equal(t, []string{"1.2>1.1", "1.2>2.1", "1.2>3", "2>1", "2>1.2", "2>9", "2.1>2.5", "web/1>web/1", "web/1>web/2"}, arrows(doc, exchange.Needs))
	require.Equal(t, []string{"1.1>1", "1.2>1", "1.3>1", "2.1>2", "web/1.1>web/1"}, arrows(doc, exchange.PartOf))
	require.Equal(t, []string{"master.metadata.created=2025-01-01T00:00:00Z", "master.metadata.description=all"}, values(doc.Values))
}

// The format had no tags once.
func TestTaskMasterWithoutTags(t *testing.T) {
	doc := read(t, `{"tasks":[{"id":1,"title":"A","details":""}],"metadata":{"projectName":"p"}}`, exchange.Options{Name: "tasks.json"})
	require.Equal(t, exchange.TaskMaster, doc.Format)
	require.Equal(t, "1", doc.Items[0].Key)
}

func TestTaskwarrior(t *testing.T) {
	for name, text := range map[string]string{
		"a list": `[{"id":1,"uuid":"u1","description":"Call","status":"pending","entry":"20251203T100000Z","due":"20251204T230000Z","priority":"H",
			"project":"Home","tags":["phone"],"depends":["u2"],"annotations":[{"entry":"20251203T110000Z","description":"twice"}],"urgency":9.4},
			{"uuid":"u2","description":"Find","status":"completed","entry":"20251201T100000Z","end":"20251202T100000Z"},
			{"uuid":"u3","description":"Wait","status":"waiting","wait":"20260101T000000Z","start":"20251203T100000Z"},
			{"uuid":"u4","description":"Gone","status":"deleted","end":"20251202T100000Z"}]`,
		"lines": `{"id":1,"uuid":"u1","description":"Call","status":"pending","entry":"20251203T100000Z","due":"20251204T230000Z","priority":"H",` +
			`"project":"Home","tags":["phone"],"depends":"u2","annotations":[{"entry":"20251203T110000Z","description":"twice"}],"urgency":9.4},` + `
			{"uuid":"u2","description":"Find","status":"completed","entry":"20251201T100000Z","end":"20251202T100000Z"},
			{"uuid":"u3","description":"Wait","status":"waiting","wait":"20260101T000000Z","start":"20251203T100000Z"},
			{"uuid":"u4","description":"Gone","status":"deleted","end":"20251202T100000Z"}`,
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, text, exchange.Options{})
			require.Equal(t, exchange.Taskwarrior, doc.Format)
			require.Empty(t, doc.Losses)
			call := byKey(t, doc, "u1")
			require.Equal(t, "Call", call.Title)
			require.Equal(t, 2, call.Urgency)
			require.Equal(t, "2025-12-04T23:00:00Z", call.Due.Format("2006-01-02T15:04:05Z07:00"))
			require.Equal(t, []string{
				"id=1", "project=Home", "annotations[].entry=2025-12-03T11:00:00Z", "annotations[].description=twice", "urgency=9.4",
			}, values(call.Custom))
			require.Equal(t, story.Completed, byKey(t, doc, "u2").Category)
			require.Equal(t, story.Proposed, byKey(t, doc, "u3").Category)
			require.True(t, byKey(t, doc, "u3").Held)
			require.Equal(t, story.Removed, byKey(t, doc, "u4").Category)
			require.Equal(t, []string{"u1>u2"}, arrows(doc, exchange.Needs))
		})
	}
}
