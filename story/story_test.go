package story_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

const someID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

func full() story.Story {
	return story.Story{
		ID:        story.ID(uuid.MustParse(someID)),
		Title:     "View expenses by category",
		Narrative: story.Narrative{Role: "spender", Goal: "to see my spending", Benefit: "I know where it goes"},
		Feature:   story.FeatureID(uuid.MustParse(someID)),
		Team:      "wallet",
		Criteria: story.ListOf(story.Criterion{
			ID: story.CriterionID(uuid.MustParse(someID)), Text: "shows every expense once", Verdict: story.Met,
			By: "Otto", At: time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC), Note: "seen",
		}),
		Estimate: story.DecimalPoints(decimal.RequireFromString("0.5")),
		Status:   story.InReview,
		Tasks:    story.ListOf(story.Task{ID: story.TaskID(uuid.MustParse(someID)), Title: "Add a screen", Assignee: "Dana", Done: true}),
	}
}

func TestStoryJSON(t *testing.T) {
	data, err := json.Marshal(full())
	require.NoError(t, err)
	require.JSONEq(t, `{
		"id": "`+someID+`", "title": "View expenses by category",
		"narrative": {"role": "spender", "goal": "to see my spending", "benefit": "I know where it goes"},
		"feature": "`+someID+`", "team": "wallet",
		"criteria": [{"id": "`+someID+`", "text": "shows every expense once", "verdict": "met",
			"by": "Otto", "at": "2027-01-11T09:00:00Z", "note": "seen"}],
		"estimate": "0.5", "status": "in_review",
		"tasks": [{"id": "`+someID+`", "title": "Add a screen", "assignee": "Dana", "done": true}]
	}`, string(data))
	var read story.Story
	require.NoError(t, json.Unmarshal(data, &read))
	require.True(t, read.Equal(full()))

	data, err = json.Marshal(story.Story{ID: full().ID, Title: "Bare"})
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"`+someID+`","title":"Bare"}`, string(data), "what is unset is left out")
}

// Validate reports everything at once, in field order, each with the way to it.
func TestStoryValidate(t *testing.T) {
	require.NoError(t, full().Validate())
	s := full()
	s.ID = story.ID{}
	s.Title = "  "
	s.Narrative.Benefit = strings.Repeat("x", field.MaxText+1)
	first := s.Criteria.Slice()[0]
	s.Criteria = story.ListOf(first, first, story.Criterion{Text: " ", Verdict: 7})
	s.Estimate = story.Points(-1)
	s.Tasks = story.ListOf(story.Task{ID: s.Tasks.Slice()[0].ID, Title: "two\nlines"})
	err := s.Validate()
	require.ErrorIs(t, err, field.ErrInvalid)
	last := -1
	for _, words := range []string{
		`story: id is "", want a UUID`, `story: title is "  ", want 1 to 500 bytes`, "narrative.benefit",
		"criteria[1].id", "criteria[2].id", "criteria[2].text", "criteria[2].verdict",
		`estimate is "-1", want 0 to 1000000 points`, "tasks[0].title",
	} {
		at := strings.Index(err.Error(), words)
		require.Greater(t, at, last, "%q in %v", words, err)
		last = at
	}
}

func TestStoryBounds(t *testing.T) {
	for name, change := range map[string]func(*story.Story){
		"title": func(s *story.Story) { s.Title = strings.Repeat("x", field.MaxTitle+1) },
		"UTF-8": func(s *story.Story) { s.Title = "\xff" },
		"NUL": func(s *story.Story) {
			s.Criteria = story.ListOf(story.Criterion{ID: full().Criteria.Slice()[0].ID, Text: "a\x00b"})
		},
		"criteria": func(s *story.Story) { s.Criteria = story.ListOf(make([]story.Criterion, story.MaxCriteria+1)...) },
		"tasks":    func(s *story.Story) { s.Tasks = story.ListOf(make([]story.Task, story.MaxTasks+1)...) },
		"huge":     func(s *story.Story) { s.Estimate = story.DecimalPoints(decimal.New(1, 1_000_000_000)) },
		"tiny":     func(s *story.Story) { s.Estimate = story.DecimalPoints(decimal.New(1, -1_000_000_000)) },
		"too fine": func(s *story.Story) { s.Estimate = story.DecimalPoints(decimal.New(1, -4)) },
		"too many": func(s *story.Story) { s.Estimate = story.Points(story.MaxPoints + 1) },
	} {
		t.Run(name, func(t *testing.T) {
			s := full()
			change(&s)
			require.ErrorIs(t, s.Validate(), field.ErrInvalid)
		})
	}
}

func TestIdentity(t *testing.T) {
	id, err := story.ParseID(someID)
	require.NoError(t, err)
	require.Equal(t, someID, id.String())
	same := id
	require.Zero(t, id.Compare(same))
	require.Positive(t, id.Compare(story.ID{}))
	require.True(t, story.ID{}.IsZero())

	value, err := id.Value()
	require.NoError(t, err)
	require.Equal(t, someID, value)
	for _, src := range []any{someID, []byte(someID), id[:]} {
		var read story.ID
		require.NoError(t, read.Scan(src))
		require.Equal(t, id, read)
	}
	read := id
	require.NoError(t, read.Scan(nil))
	require.True(t, read.IsZero())
	empty, err := story.ID{}.Value()
	require.NoError(t, err)
	require.Nil(t, empty)

	for _, text := range []string{"x", someID + "0", "{" + someID + "}", "urn:uuid:" + someID, strings.Repeat("a", 36)} {
		_, err := story.ParseID(text)
		require.ErrorIs(t, err, story.ErrID, text)
	}
	require.ErrorIs(t, read.Scan(7), story.ErrID)
}

func TestEstimate(t *testing.T) {
	require.True(t, story.Estimate{}.IsZero())
	require.False(t, story.Points(0).IsZero(), "zero points are an estimate")
	require.False(t, story.Points(0).Equal(story.Estimate{}))
	half, err := story.ParseEstimate("3.0")
	require.NoError(t, err)
	require.True(t, half.Equal(story.Points(3)))
	require.Equal(t, "3", half.String())
	for _, text := range []string{"x", "NaN", "-1", "1e99", "1e999999999", "0.0001", strings.Repeat("9", 100)} {
		_, err := story.ParseEstimate(text)
		require.ErrorIs(t, err, field.ErrInvalid, text)
	}
}

func TestWorkflow(t *testing.T) {
	require.NoError(t, story.DefaultWorkflow().Validate())
	require.Equal(t, []story.Status{story.InProgress, story.Accepted, story.Ready, story.Dropped},
		story.DefaultWorkflow().Next(story.InReview))

	// The states of Azure Boards' Scrum process on their categories: golden case state-001.
	azure := story.Workflow{
		States: []story.State{
			{Name: "New", Category: story.Proposed},
			{Name: "Approved", Category: story.Proposed},
			{Name: "Committed", Category: story.Doing},
			{Name: "Done", Category: story.Completed},
			{Name: "Removed", Category: story.Removed},
		},
		Transitions: []story.Transition{
			{From: "New", To: "Approved"},
			{From: "Approved", To: "Committed"},
			{From: "Committed", To: "Done"},
			{From: "New", To: "Removed"},
		},
		Initial: "New", Ready: "Approved", Review: "Committed", Accepted: "Done", Dropped: "Removed",
	}
	require.NoError(t, azure.Validate())

	broken := azure
	broken.States = append(broken.States[:4:4], story.State{Name: "New", Category: 9})
	broken.Review = "Done"
	broken.Dropped = "Done"
	err := broken.Validate()
	for _, words := range []string{"states[4].category", "states[4].name", "moves[3].to", "review", "dropped"} {
		require.ErrorContains(t, err, words)
	}
}

func TestEnumTexts(t *testing.T) {
	for _, category := range []story.Category{story.Proposed, story.Doing, story.Completed, story.Removed} {
		text, err := category.MarshalText()
		require.NoError(t, err)
		var read story.Category
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, category, read)
	}
	for _, verdict := range []story.Verdict{story.Unjudged, story.Met, story.Unmet} {
		text, err := verdict.MarshalText()
		require.NoError(t, err)
		var read story.Verdict
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, verdict, read)
	}
	for _, bad := range []interface{ MarshalText() ([]byte, error) }{story.Category(9), story.Verdict(9)} {
		_, err := bad.MarshalText()
		require.ErrorIs(t, err, field.ErrInvalid)
	}
	verdict := story.Met
	require.ErrorIs(t, verdict.UnmarshalText([]byte("maybe")), field.ErrInvalid)
	require.Equal(t, story.Met, verdict)
}
