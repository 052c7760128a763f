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

// Each field that is wrong is named with its path and with what would be right, and nothing else is; a list
// at its limit is accepted.
func TestStoryRefusals(t *testing.T) {
	const title, text = "1 to 500 bytes of text on one line", "at most 100000 bytes of UTF-8 text"
	changed := func(change func(*story.Story)) story.Story { return after(full(), change) }
	narrative := func(change func(*story.Narrative)) story.Story {
		return changed(func(s *story.Story) { change(&s.Narrative) })
	}
	conditions := func(n int) story.Story {
		texts := strings.Split(strings.Repeat("if I can;", n-1)+"if I can", ";")
		return narrative(func(n *story.Narrative) { n.Conditions = story.ConditionsOf(texts...) })
	}
	criteria := func(n int) story.Story {
		all := make([]story.Criterion, n)
		for i := range all {
			all[i] = story.Criterion{ID: story.CriterionID{1, byte(i), byte(i >> 8)}, Text: "it works"}
		}
		return changed(func(s *story.Story) { s.Criteria = story.ListOf(all...) })
	}
	tasks := func(n int) story.Story {
		all := make([]story.Task, n)
		for i := range all {
			all[i] = story.Task{ID: story.TaskID{1, byte(i), byte(i >> 8)}, Title: "work"}
		}
		return changed(func(s *story.Story) { s.Tasks = story.ListOf(all...) })
	}
	twice := func(n, i, j int) story.Story {
		s := criteria(n)
		all := s.Criteria.Slice()
		all[j].ID = all[i].ID
		s.Criteria = story.ListOf(all...)
		return s
	}
	estimate := func(text string) story.Estimate { return story.DecimalPoints(decimal.RequireFromString(text)) }
	const points = "0 to 1000000 points with at most 3 decimals"

	testRefusals(t, map[string]refusal{
		"a whole one":           {full(), ""},
		"no id":                 {changed(func(s *story.Story) { s.ID = story.ID{} }), `story: id is "", want a UUID made by the caller`},
		"no title":              {changed(func(s *story.Story) { s.Title = "" }), `story: title is "", want ` + title},
		"team of two lines":     {changed(func(s *story.Story) { s.Team = "a\nb" }), `story: team is "a\nb", want ` + title},
		"status of two lines":   {changed(func(s *story.Story) { s.Status = "a\nb" }), `story: status is "a\nb", want ` + title},
		"details":               {changed(func(s *story.Story) { s.Details = story.ConstOf(story.Details{Kind: " "}) }), `story: details.kind is " ", want ` + title},
		"no narrative":          {narrative(func(n *story.Narrative) { *n = story.Narrative{} }), ""},
		"no role":               {narrative(func(n *story.Narrative) { n.Role = "" }), `story: narrative.role is "", want who wants it`},
		"no goal":               {narrative(func(n *story.Narrative) { n.Goal = " " }), `story: narrative.goal is " ", want what is wanted`},
		"no benefit":            {narrative(func(n *story.Narrative) { n.Benefit = "" }), ""},
		"role with NUL":         {narrative(func(n *story.Narrative) { n.Role = "a\x00" }), `story: narrative.role is "a\x00", want ` + text},
		"goal with NUL":         {narrative(func(n *story.Narrative) { n.Goal = "a\x00" }), `story: narrative.goal is "a\x00", want ` + text},
		"benefit with NUL":      {narrative(func(n *story.Narrative) { n.Benefit = "a\x00" }), `story: narrative.benefit is "a\x00", want ` + text},
		"unknown language":      {narrative(func(n *story.Narrative) { n.Language = "tlh" }), `story: narrative.language is "tlh", want one of en, de, fr, es`},
		"language alone":        {changed(func(s *story.Story) { s.Narrative = story.Narrative{Language: "de"} }), "story: narrative.role is \"\", want who wants it\nstory: narrative.goal is \"\", want what is wanted"},
		"German":                {narrative(func(n *story.Narrative) { n.Language = story.German }), ""},
		"most conditions":       {conditions(story.MaxConditions), ""},
		"too many conditions":   {conditions(story.MaxConditions + 1), `story: narrative.conditions is "21", want at most 20 of them`},
		"empty condition":       {narrative(func(n *story.Narrative) { n.Conditions = story.ConditionsOf("if I can", " ") }), `story: narrative.conditions[1] is " ", want a clause`},
		"condition with NUL":    {narrative(func(n *story.Narrative) { n.Conditions = story.ConditionsOf("a\x00") }), `story: narrative.conditions[0] is "a\x00", want ` + text},
		"no criteria":           {changed(func(s *story.Story) { s.Criteria = story.List[story.Criterion]{} }), ""},
		"most criteria":         {criteria(story.MaxCriteria), ""},
		"too many criteria":     {criteria(story.MaxCriteria + 1), `story: criteria is "1001", want at most 1000 of them`},
		"one criterion twice":   {twice(2, 0, 1), `story: criteria[1].id is "01000000-0000-0000-0000-000000000000", want an id of its own`},
		"one of many twice":     {twice(20, 3, 19), `story: criteria[19].id is "01030000-0000-0000-0000-000000000000", want an id of its own`},
		"the ninth twice":       {twice(20, 8, 9), `story: criteria[9].id is "01080000-0000-0000-0000-000000000000", want an id of its own`},
		"most tasks":            {tasks(story.MaxTasks), ""},
		"too many tasks":        {tasks(story.MaxTasks + 1), `story: tasks is "1001", want at most 1000 of them`},
		"no estimate":           {story.Estimate{}, ""},
		"zero points":           {estimate("0"), ""},
		"zero with digits":      {estimate("0.000"), ""},
		"less than nothing":     {estimate("-1"), `story: estimate is "-1", want ` + points},
		"little less":           {estimate("-0.001"), `story: estimate is "-0.001", want ` + points},
		"most points":           {story.Points(story.MaxPoints), ""},
		"too many points":       {story.Points(story.MaxPoints + 1), `story: estimate is "1000001", want ` + points},
		"a little too many":     {estimate("1000000.001"), `story: estimate is "1000000.001", want ` + points},
		"finest":                {estimate("0.001"), ""},
		"too fine":              {estimate("0.0001"), `story: estimate is "0.0001", want ` + points},
		"written with an e":     {estimate("1e6"), ""},
		"huge":                  {story.DecimalPoints(decimal.New(1, 999_999_999)), `story: estimate is "a number beyond reading", want ` + points},
		"tiny":                  {story.DecimalPoints(decimal.New(1, -999_999_999)), `story: estimate is "a number beyond reading", want ` + points},
		"zero with an exponent": {story.DecimalPoints(decimal.New(0, 999_999_999)), `story: estimate is "a number beyond reading", want ` + points},
	})
}

func TestCriterionRefusals(t *testing.T) {
	at := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	bare := story.Criterion{ID: story.CriterionID{1}, Text: "it works"}
	judged := story.Criterion{ID: story.CriterionID{1}, Text: "it works", Verdict: story.Met, By: "Otto", At: at, Note: "seen"}
	const verdict = "who judged (by) and when (at) with a verdict, and only then"
	testRefusals(t, map[string]refusal{
		"bare":               {bare, ""},
		"judged":             {judged, ""},
		"no id":              {after(bare, func(c *story.Criterion) { c.ID = story.CriterionID{} }), `story: id is "", want a UUID made by the caller`},
		"no text":            {after(bare, func(c *story.Criterion) { c.Text = "" }), `story: text is "", want a statement or a scenario`},
		"no text, judged":    {after(judged, func(c *story.Criterion) { c.Text = "" }), `story: text is "", want a statement or a scenario`},
		"unknown verdict":    {after(judged, func(c *story.Criterion) { c.Verdict = 7 }), `story: verdict is "Verdict(7)", want one of met, unmet`},
		"verdict by nobody":  {after(judged, func(c *story.Criterion) { c.By = "" }), `story: verdict is "met", want ` + verdict},
		"verdict at no time": {after(judged, func(c *story.Criterion) { c.At = time.Time{} }), `story: verdict is "met", want ` + verdict},
		"somebody, unjudged": {after(bare, func(c *story.Criterion) { c.By = "Otto" }), `story: verdict is "", want ` + verdict},
		"instant, unjudged":  {after(bare, func(c *story.Criterion) { c.At = at }), `story: verdict is "", want ` + verdict},
		"note, unjudged":     {after(bare, func(c *story.Criterion) { c.Note = "seen" }), ""},
		"note with NUL":      {after(bare, func(c *story.Criterion) { c.Note = "a\x00" }), `story: note is "a\x00", want at most 100000 bytes of UTF-8 text`},
		"year 10000": {
			after(judged, func(c *story.Criterion) { c.At = at.AddDate(8000, 0, 0) }),
			`story: at is "10027-01-11T09:00:00Z", want an instant in the years 1 to 9999, in a zone of whole minutes below 24 hours from UTC`,
		},
	})
}

func TestTaskRefusals(t *testing.T) {
	task := story.Task{ID: story.TaskID{1}, Title: "Add a screen", Assignee: "Dana"}
	testRefusals(t, map[string]refusal{
		"a whole one":           {task, ""},
		"nobody works on it":    {after(task, func(t *story.Task) { t.Assignee = "" }), ""},
		"no id":                 {after(task, func(t *story.Task) { t.ID = story.TaskID{} }), `story: id is "", want a UUID made by the caller`},
		"no title":              {after(task, func(t *story.Task) { t.Title = "" }), `story: title is "", want 1 to 500 bytes of text on one line`},
		"assignee of two lines": {after(task, func(t *story.Task) { t.Assignee = "a\nb" }), `story: assignee is "a\nb", want 1 to 500 bytes of text on one line`},
		"a team":                {story.Team("wallet"), ""},
		"no team":               {story.Team(""), `story: team is "", want 1 to 500 bytes of text on one line`},
	})
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

// The zero id is written as nothing, and read from nothing.
func TestIdentityOfNothing(t *testing.T) {
	text, err := story.ID{}.MarshalText()
	require.NoError(t, err)
	require.Empty(t, text)
	require.Empty(t, story.ID{}.String())
	read := story.ID{1}
	require.NoError(t, read.UnmarshalText(text))
	require.True(t, read.IsZero())
	read = story.ID{1}
	require.Error(t, read.UnmarshalText([]byte("x")))
	require.Equal(t, story.ID{1}, read)
	require.EqualError(t, read.UnmarshalText([]byte(strings.Repeat("a", 100))), `story: not an id: "`+strings.Repeat("a", 64)+
		`", want a UUID such as "6ba7b810-9dad-11d1-80b4-00c04fd430c8"`)
	require.EqualError(t, read.Scan(7), "story: not an id: a int, want text or 16 bytes")
}

// A whole number is the same estimate however it is made: those that are made once, and those that are not.
func TestPointsAreOneNumber(t *testing.T) {
	for n := int64(-2); n < 205; n++ {
		made, text := story.Points(n), decimal.NewFromInt(n).String()
		points, ok := made.Points()
		require.True(t, ok)
		require.Equal(t, text, points.String())
		require.True(t, made.Equal(story.DecimalPoints(decimal.NewFromInt(n))), n)
		require.False(t, made.Equal(story.Points(n+1)), n)
		read, err := story.ParseEstimate(text)
		require.Equal(t, n >= 0, err == nil, n)
		if err != nil {
			require.Equal(t, "out of range", made.String())
			require.True(t, read.IsZero())
			continue
		}
		require.True(t, made.Equal(read), n)
		for _, written := range []string{"0" + text, text + ".0", "+" + text} {
			read, err := story.ParseEstimate(written)
			require.NoError(t, err)
			require.Equal(t, text, read.String(), written)
		}
		back, err := made.MarshalText()
		require.NoError(t, err)
		require.Equal(t, text, string(back))
	}
}

func TestEstimate(t *testing.T) {
	require.True(t, story.Estimate{}.IsZero())
	require.False(t, story.Points(0).IsZero(), "zero points are an estimate")
	require.False(t, story.Points(0).Equal(story.Estimate{}))
	half, err := story.ParseEstimate("3.0")
	require.NoError(t, err)
	require.True(t, half.Equal(story.Points(3)))
	require.Equal(t, "3", half.String())
	const digits60 = "0.0000000000000000000000000000000000000000000000000000000000"
	zero, err := story.ParseEstimate(digits60)
	require.NoError(t, err)
	require.True(t, zero.Equal(story.Points(0)))
	_, err = story.ParseEstimate(digits60 + "0")
	require.EqualError(t, err, `story: estimate is "`+digits60+`...", want a number of points`)
	read := story.Points(3)
	require.Error(t, read.UnmarshalText([]byte("1e7")))
	require.True(t, read.Equal(story.Points(3)), "unchanged")
	require.NoError(t, read.UnmarshalText(nil))
	require.True(t, read.IsZero())
	_, err = story.Points(-1).MarshalText()
	require.ErrorIs(t, err, field.ErrInvalid)
	for _, text := range []string{"x", "NaN", "5x", "x5", "/", ":", "5:", "-1", "1e99", "1e999999999", "0.0001", strings.Repeat("9", 100)} {
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
