package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/story"
)

func TestGitHubIssues(t *testing.T) {
	doc := read(t, `[
		{"number":12,"title":"Pay","body":"As a user I pay.\n\n## Acceptance criteria\n- by card\n- by bill","state":"CLOSED","stateReason":"COMPLETED",
		 "labels":[{"id":"L1","name":"bug","color":"d73a4a","description":""}],"assignees":[{"login":"ann"},{"login":"bob"}],
		 "milestone":{"number":1,"title":"v2","dueOn":null},"createdAt":"2025-03-01T10:00:00Z","closedAt":"2025-03-05T10:00:00Z",
		 "url":"https://github.com/o/r/issues/12","issueType":{"name":"Bug"},"parent":{"number":10,"title":"All"},
		 "blockedBy":{"nodes":[{"number":11},{"number":99}],"totalCount":2},"blocking":{"nodes":[],"totalCount":0}},
		{"number":11,"title":"Card","state":"OPEN","stateReason":"","milestone":null,"labels":[]},
		{"number":10,"title":"All","state":"OPEN","stateReason":"REOPENED","issueType":{"name":"Epic"},"subIssues":{"nodes":[{"number":11}],"totalCount":1}},
		{"number":9,"title":"No","state":"CLOSED","stateReason":"NOT_PLANNED"},
		{"number":8,"title":"No state","closedAt":"2025-03-05T10:00:00Z"},
		{"number":7,"title":"Neither","closed":false}]`, exchange.Options{})
	require.Equal(t, exchange.GitHubJSON, doc.Format)
	require.Equal(t, exchange.Certain, doc.Certainty)
	require.Empty(t, doc.Losses)
	pay := byKey(t, doc, "12")
	require.Equal(t, []string{"by card", "by bill"}, pay.Criteria)
	require.Equal(t, "ann", pay.Assignee)
	require.Contains(t, values(pay.Custom), "assignees[].login=bob")
	require.Equal(t, []string{"v2"}, pay.Releases)
	require.Equal(t, "10", pay.Parent)
	for key, want := range map[string]story.Category{
		"12": story.Completed, "11": story.Proposed, "10": story.Proposed, "9": story.Removed, "8": story.Completed, "7": story.Proposed,
	} {
		require.Equal(t, want, byKey(t, doc, key).Category, key)
	}
	require.Equal(t, []string{"12>11", "12>99"}, arrows(doc, exchange.Needs))
	require.Equal(t, []string{"12>10", "11>10"}, arrows(doc, exchange.PartOf))
}

// What GitHub's API answers has names of its own.
func TestGitHubAPI(t *testing.T) {
	doc := read(t, `[{"number":1,"title":"A","state":"closed","state_reason":"not_planned","html_url":"https://x","created_at":"2025-03-01T10:00:00Z",
		"user":{"login":"ann"},"labels":[{"name":"x"}],"milestone":{"title":"v1"},"type":{"name":"Feature"}}]`, exchange.Options{})
	require.Equal(t, exchange.GitHubJSON, doc.Format)
	require.Equal(t, story.Removed, doc.Items[0].Category)
	require.Equal(t, exchange.LevelFeature, doc.Items[0].Level)
	require.False(t, doc.Items[0].Created.IsZero())
}

// Issues of several repositories can stand in one project, and drafts, which have no number.
func TestGitHubProject(t *testing.T) {
	doc := read(t, `{"items":[
		{"id":"P1","title":"A","status":"In Progress","priority":"P1","estimate":3,"assignees":["ann"],"labels":["x"],"repository":"https://github.com/o/r",
		 "content":{"type":"Issue","number":1,"repository":"o/r","title":"A","body":"b","url":"https://x"},"iteration":{"title":"Sprint 3","startDate":"2025-03-03"}},
		{"id":"P2","title":"B","content":{"type":"PullRequest","number":1,"repository":"o/s","title":"B"}},
		{"id":"P3","title":"C","status":"Done","content":{"type":"DraftIssue","title":"C","body":""}}],"totalCount":3}`, exchange.Options{})
	require.Equal(t, exchange.GitHubJSON, doc.Format)
	require.Equal(t, "3", byKey(t, doc, "o/r#1").Points.Decimal.String())
	require.Equal(t, []string{"Sprint 3"}, byKey(t, doc, "o/r#1").Sprints)
	require.Equal(t, "P1", byKey(t, doc, "o/r#1").ID)
	require.Equal(t, "PullRequest", byKey(t, doc, "o/s#1").Kind)
	require.Equal(t, story.Completed, byKey(t, doc, "P3").Category)
	require.Equal(t, []string{"totalCount=3"}, values(doc.Values))
	require.Empty(t, doc.Losses)
}

// Which fields there are is up to who asks for them: the number need not be among them.
func TestGitHubWithoutNumbers(t *testing.T) {
	doc := read(t, `[{"id":"I_1","title":"A","state":"OPEN","createdAt":"2025-03-01T10:00:00Z"},{"id":"I_2","title":"B","state":"CLOSED","createdAt":"2025-03-01T10:00:00Z"}]`,
		exchange.Options{})
	require.Equal(t, exchange.GitHubJSON, doc.Format)
	require.Equal(t, story.Completed, byKey(t, doc, "I_2").Category)
}
