package backlog_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// twinLoads counts again what each limit counts.
func twinLoads(b *backlog.Backlog, limits []backlog.Limit) []backlog.WorkInProgress {
	all := []backlog.WorkInProgress{}
	for _, limit := range limits {
		counts := map[backlog.Limit]int{}
		if limit.Each == 0 {
			counts[limit] = 0
		}
		for s := range b.Stories() {
			category, _ := b.Workflow().Category(s.Status)
			details := s.Details.Value()
			one := limit
			switch one.Each = 0; limit.Each {
			case backlog.EachTeam:
				one.Team = s.Team
			case backlog.EachPerson:
				one.Person = details.Assignee
			case backlog.EachFeature:
				one.Feature = s.Feature
			}
			isSome := limit.Each == 0 || one != backlog.Limit{State: limit.State, Label: limit.Label, Class: limit.Class, Most: limit.Most}
			class := details.Class
			if class == "" {
				class = story.Standard
			}
			if isSome && (one.State == s.Status || one.State == "" && category == story.Doing) &&
				(one.Team == "" || one.Team == s.Team) && (one.Person == "" || one.Person == details.Assignee) &&
				(one.Feature.IsZero() || one.Feature == s.Feature) &&
				(one.Label == "" || slices.Contains(details.Labels.Slice(), one.Label)) &&
				(one.Class == "" || one.Class == class) {
				counts[one]++
			}
		}
		for _, one := range slices.SortedFunc(maps.Keys(counts), func(x, y backlog.Limit) int {
			return slices.Compare([]string{string(x.Team), x.Person, x.Feature.String()}, []string{string(y.Team), y.Person, y.Feature.String()})
		}) {
			all = append(all, backlog.WorkInProgress{Limit: one, Count: counts[one]})
		}
	}
	return all
}

// No limit is gone beyond, or further beyond, on any way: what is refused is refused everywhere, what is
// recorded has its finding, the past too.
func TestLimitsOnEveryPath(t *testing.T) {
	t.Parallel()

	beyond := map[string]int{}
	seeds := *histories
	isMany := seeds >= 300
	if isMany {
		seeds = max(seeds, 600) // few of them have a limit that is recorded
	}
	for seed := range uint64(seeds) {
		before := map[backlog.Limit]int{}
		mode := optionsOf(seed).Rules.Mode(backlog.RuleWorkInProgress)
		var last *backlog.Backlog
		_, events := wander(t, seed, 80, nil)
		last, err := backlog.New(optionsOf(seed))
		require.NoError(t, err)
		for _, event := range events {
			require.NoError(t, last.Apply(event))
			after := map[backlog.Limit]int{}
			isMore := false
			for _, one := range last.WorkInProgress() {
				after[one.Limit] = one.Count
				isMore = isMore || one.IsOver() && one.Count > before[one.Limit]
			}
			isFound := slices.ContainsFunc(event.Findings, func(f backlog.Finding) bool { return f.Rule == "work_in_progress" })
			_, isPast := event.Change.(backlog.ImportItems)
			revert, isRevert := event.Change.(backlog.Revert)
			// What was before the last event, was: no rule is asked of what takes that back.
			isPast = isPast || isRevert && (isOfPast(events, revert) || revert.Seq == event.Seq-1)
			if isMore && !isPast {
				require.Equal(t, backlog.RuleRecord, mode, event.Change.Kind())
			}
			if !isRevert || !isPast {
				require.Equal(t, isMore, isFound, event.Change.Kind())
			}
			if isFound {
				beyond[event.Change.Kind()]++
			}
			before = after
		}
	}
	if isMany {
		require.Greater(t, len(beyond), 2, beyond)
	}
}

// isOfPast reports whether a Revert takes back an import, or another that did.
func isOfPast(events []backlog.Event, revert backlog.Revert) bool {
	switch c := events[revert.Seq-1].Change.(type) {
	case backlog.ImportItems:
		return true
	case backlog.Revert:
		return isOfPast(events, c)
	}
	return false
}

// A limit is reported, or enforced where the options say so, on every way into the state.
func TestLimits(t *testing.T) {
	limits := []backlog.Limit{
		{State: story.InProgress, Team: "red", Most: 1},
		{State: story.InProgress, Most: 2},
	}
	start := func(n int) backlog.Change {
		return backlog.SetStoryStatus{Story: storyID(n), To: story.InProgress}
	}
	open := func(mode backlog.RuleMode) *log {
		l := newLog(t, backlog.Options{Limits: limits, Rules: backlog.Rules{WorkInProgress: mode}})
		for n, team := range []story.Team{"red", "red", "blue", "blue"} {
			l.addReady(n+1, 1)
			l.do(po, backlog.AssignStoryTeam{Story: storyID(n + 1), Team: team})
		}
		return l
	}

	l := open(backlog.RuleRecord)
	l.do(dev, start(1), start(2))
	require.Equal(t, []backlog.WorkInProgress{{Limit: limits[0], Count: 2}, {Limit: limits[1], Count: 2}}, l.WorkInProgress())
	require.True(t, l.WorkInProgress()[0].IsOver())
	require.False(t, l.WorkInProgress()[1].IsOver())

	l = open(backlog.RuleRefuse)
	l.do(dev, start(1))
	err := l.Can(start(2), dev, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.ErrorContains(t, err, `in_progress of team "red" holds 1 of at most 1; that needs another story moved on`)
	l.do(dev, start(3))
	require.ErrorContains(t, l.Can(start(4), dev, l.At()), "in_progress holds 2 of at most 2;")
	require.ErrorIs(t, l.Can(backlog.AssignStoryTeam{Story: storyID(3), Team: "red"}, po, l.At()), backlog.ErrRule)
	l.do(po, backlog.AssignStoryTeam{Story: storyID(3), Team: ""}, backlog.AssignStoryTeam{Story: storyID(1), Team: "red"})
	l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.InReview}, start(2))
}

// Each of a kind of limit, by the one way into it that is particular to it.
func TestKindsOfLimits(t *testing.T) {
	begin := func(n int) backlog.Change {
		return backlog.SetStoryStatus{Story: storyID(n), To: story.InProgress}
	}
	assign := func(n int, name string) backlog.Change {
		return backlog.AssignStoryAssignee{Story: storyID(n), Assignee: name}
	}
	label := func(n int) backlog.Change {
		return backlog.EditStory{Story: storyID(n), Labels: backlog.Set(story.ListOf("schema"))}
	}
	tests := map[string]struct {
		limit  backlog.Limit
		made   []backlog.Change
		beyond backlog.Change
		text   string
	}{
		"a state that is not in progress": {
			backlog.Limit{State: story.Ready, Most: 3},
			nil,
			backlog.SetStoryStatus{Story: storyID(4), To: story.Ready},
			"ready holds 3 of at most 3",
		},
		"new stories": {
			backlog.Limit{State: story.Draft, Most: 1}, nil, backlog.AddStory{Story: newStory(9)}, "draft holds 1 of at most 1",
		},
		"a split": {
			backlog.Limit{State: story.Draft, Most: 1},
			nil,
			backlog.SplitStory{Story: storyID(4), Into: []story.Story{{ID: storyID(8), Title: "a", Criteria: shows(8, 4)}, {ID: storyID(9), Title: "b"}}},
			"draft holds 1 of at most 1",
		},
		"all in progress": {
			backlog.Limit{Most: 1},
			[]backlog.Change{begin(1), backlog.SetStoryStatus{Story: storyID(1), To: story.InReview}},
			begin(2),
			"the work in progress holds 1 of at most 1",
		},
		"a person": {
			backlog.Limit{Person: "Dana", Most: 1},
			[]backlog.Change{assign(1, "Dana"), begin(1), begin(2)},
			assign(2, "Dana"),
			`the work in progress of "Dana" holds 1 of at most 1`,
		},
		"each person": {
			backlog.Limit{Each: backlog.EachPerson, Most: 1},
			[]backlog.Change{assign(1, "Dana"), assign(2, "Otto"), assign(3, "Dana"), begin(1), begin(2)},
			begin(3),
			`the work in progress of "Dana" holds 1 of at most 1`,
		},
		"a feature": {
			backlog.Limit{Each: backlog.EachFeature, Most: 1},
			[]backlog.Change{part(1, 1), begin(1), begin(2)},
			part(2, 1),
			fmtFeature(1) + " holds 1 of at most 1",
		},
		"a group": {
			backlog.Limit{Label: "schema", Most: 1},
			[]backlog.Change{label(1), begin(1), begin(2)},
			label(2),
			`the work in progress with label "schema" holds 1 of at most 1`,
		},
		"back to ready": {
			backlog.Limit{State: story.Ready, Most: 2},
			[]backlog.Change{begin(1), backlog.SetStoryStatus{Story: storyID(1), To: story.InReview}, backlog.SetStoryStatus{Story: storyID(4), To: story.Ready}},
			backlog.RejectStory{Story: storyID(1), Reason: "no"},
			"ready holds 3 of at most 2",
		},
		"the end of a sprint": {
			backlog.Limit{State: story.Ready, Most: 1},
			[]backlog.Change{
				backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "sprint", Goal: "goal"}},
				backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1), storyID(2)}},
				backlog.StartSprint{Sprint: sprintID(1)},
				begin(1), begin(2),
			},
			backlog.CloseSprint{Sprint: sprintID(1)},
			"ready holds 1 of at most 1",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, mode := range []backlog.RuleMode{backlog.RuleRefuse, backlog.RuleRecord} {
				var refuse bool
				l := newLog(t, backlog.Options{
					Ready: []backlog.Check{}, Limits: []backlog.Limit{test.limit},
					Rules: backlog.Rules{WorkInProgress: backlog.RuleRefuse, Judge: func(backlog.RefusedError) backlog.RuleMode {
						if refuse {
							return mode
						}
						return backlog.RuleOff
					}},
				})
				l.do(uma, backlog.AddFeature{Feature: newFeature(1)})
				for n := 1; n <= 4; n++ {
					l.do(uma, backlog.AddStory{Story: newStory(n)})
					if n < 4 {
						l.do(uma, backlog.SetStoryStatus{Story: storyID(n), To: story.Ready})
					}
				}
				l.do(uma, test.made...)
				refuse = true
				event, err := l.Execute(test.beyond, uma, l.At())
				if mode == backlog.RuleRefuse {
					require.ErrorIs(t, err, backlog.ErrRule)
					require.ErrorContains(t, err, test.text)
					continue
				}
				require.NoError(t, err)
				require.Contains(t, event.Findings[0].Message, test.text)
				require.Equal(t, "work_in_progress", event.Findings[0].Rule)
			}
		})
	}
}

func fmtFeature(n int) string {
	return "the work in progress of feature \"" + featureID(n).String() + "\""
}

func TestLimitsRefused(t *testing.T) {
	for name, limits := range map[string][]backlog.Limit{
		"a state that is over":     {{State: story.Accepted, Most: 1}},
		"an unknown state":         {{State: "asleep", Most: 1}},
		"fewer than none":          {{State: story.InReview, Most: -1}},
		"the same twice":           {{State: story.InReview}, {State: story.InReview, Most: 2}},
		"a team of two lines":      {{State: story.InReview, Team: "a\nb"}},
		"a label of two lines":     {{Label: "a\nb"}},
		"a person of two lines":    {{Person: "a\nb"}},
		"each of nothing known":    {{Each: 7}},
		"each team of one team":    {{Each: backlog.EachTeam, Team: "red"}},
		"each person of one":       {{Each: backlog.EachPerson, Person: "Dana"}},
		"each feature of just one": {{Each: backlog.EachFeature, Feature: featureID(1)}},
	} {
		_, err := backlog.New(backlog.Options{Limits: limits})
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
}

func TestLimitJSON(t *testing.T) {
	limit := backlog.Limit{State: story.InReview, Team: "red", Label: "schema", Each: backlog.EachFeature, Most: 2}
	data, err := json.Marshal(limit)
	require.NoError(t, err)
	require.JSONEq(t, `{"state":"in_review","team":"red","label":"schema","each":"feature","most":2}`, string(data))
	var read backlog.Limit
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, limit, read)
	require.Error(t, json.Unmarshal([]byte(`{"each":"story"}`), &read))
	require.Equal(t, `in_review of team "red" with label "schema" of each feature`, limit.String())
	require.Equal(t, `the work in progress of "Dana"`, backlog.Limit{Person: "Dana", Feature: roadmap.FeatureID{}}.String())
}
