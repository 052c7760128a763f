package backlog_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func raise(n int, about ...roadmap.Subject) backlog.RaiseImpediment {
	return backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impedimentID(n), Title: "the lawyers", About: story.ListOf(about...)}}
}

// An open impediment holds its story on every surface, and lets it go when it is resolved.
func TestImpedimentHolds(t *testing.T) {
	for name, about := range map[string]roadmap.Subject{
		"the story": roadmap.AboutStory(storyID(1)), "its feature": roadmap.AboutFeature(featureID(1)),
	} {
		t.Run(name, func(t *testing.T) {
			l := parts(t, backlog.Options{})
			l.do(po, part(1, 1))
			l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(1)})
			l.do(po, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready})
			next, _ := l.NextFor(dev, backlog.NextOptions{}, l.At())
			require.Equal(t, storyID(1), next.ID)
			fill := func() backlog.SprintFill { return l.SprintFill("", decimal.NewFromInt(5), l.At()) }
			require.Equal(t, []story.ID{storyID(1)}, fill().Stories)

			l.do(dev, raise(1, about))
			wait := l.WaitOf(sItem(1), l.At())
			require.Equal(t, []roadmap.ImpedimentID{impedimentID(1)}, wait.Impediments)
			require.Equal(t, "waits for impediment "+impedimentID(1).String(), wait.String())
			_, found := l.NextFor(dev, backlog.NextOptions{}, l.At())
			require.False(t, found)
			for s := range l.Startable(l.At()) {
				require.NotEqual(t, storyID(1), s.ID)
			}
			require.Empty(t, fill().Stories)
			require.Equal(t, `held by impediment "the lawyers"`, fill().Skipped[0].Reason)
			begin := backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress}
			err := l.Can(begin, dev, l.At())
			require.ErrorIs(t, err, backlog.ErrRule)
			require.ErrorContains(t, err, `waits for an impediment; that needs impediment "the lawyers" resolved`)
			require.ErrorIs(t, l.Can(backlog.ClaimStory{Story: storyID(1), Until: l.At().Add(time.Hour)}, dev, l.At()), backlog.ErrRule)
			results, _ := l.Readiness(storyID(1))
			require.Equal(t, `impediment "the lawyers" resolved (1 to wait for)`, results[len(results)-1].Missing)

			l.do(dev, backlog.ResolveImpediment{Impediment: impedimentID(1), Resolution: "they agreed"})
			require.True(t, l.WaitOf(sItem(1), l.At()).IsZero())
			l.do(dev, begin, backlog.SetStoryStatus{Story: storyID(1), To: story.InReview},
				backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met}, raise(2, about))
			require.ErrorContains(t, l.Can(backlog.AcceptStory{Story: storyID(1)}, po, l.At()), `impediment "the lawyers" resolved`)
			l.do(dev, backlog.EditImpediment{Impediment: impedimentID(2), About: backlog.Set(story.ListOf(roadmap.AboutStory(storyID(2))))})
			l.do(po, backlog.AcceptStory{Story: storyID(1)})
			require.Len(t, l.ImpedimentsOf(sItem(1)), 1)
			require.Equal(t, time.Minute, l.ImpedimentsOf(sItem(1))[0].Lasted(l.At()))
		})
	}
}

// A feature's impediment holds the feature only where the options have it so.
func TestImpedimentOfFeatureOnly(t *testing.T) {
	l := parts(t, backlog.Options{HoldFeaturesOnly: true})
	l.do(po, part(1, 1))
	l.do(dev, raise(1, roadmap.AboutFeature(featureID(1))))
	require.True(t, l.WaitOf(sItem(1), l.At()).IsZero())
	require.Empty(t, l.ImpedimentsOf(sItem(1)))
	require.False(t, l.WaitOf(fItem(1), l.At()).IsZero())
	require.Len(t, l.ImpedimentsOf(fItem(1)), 1)
}

// What would be free but for an impediment is not freed.
func TestImpedimentIsNotFreed(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(po, part(2, 1), needs(sItem(2), sItem(1)), needs(sItem(3), sItem(1)))
	l.do(dev, raise(1, roadmap.AboutFeature(featureID(1))))
	require.Equal(t, []backlog.ItemID{sItem(3)}, l.Frees(sItem(1), l.At()))
	l.do(dev, raise(2, roadmap.AboutStory(storyID(3))))
	require.Empty(t, l.Frees(sItem(1), l.At()))
}

// What is wrong with an impediment is refused by name, and what it holds is the team's whose it is.
func TestImpedimentIsRefused(t *testing.T) {
	l := product(t, backlog.Options{})
	red, blue := backlog.As("Rita").WithRole(backlog.Developer, "red"), backlog.As("Bob").WithRole(backlog.Developer, "blue")
	about := func(n int) roadmap.Subject { return roadmap.AboutStory(storyID(n)) }
	l.do(dev, raise(2, about(1)))
	tests := map[string]struct {
		change backlog.Change
		by     backlog.Actor
		is     string
	}{
		"twice":               {raise(1, about(1)), dev, "exists"},
		"about nothing there": {raise(9, about(99)), dev, "no story"},
		"one subject twice":   {raise(9, about(1), about(1)), dev, "each subject once"},
		"no title":            {backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impedimentID(9)}}, dev, "impediment.title"},
		"with a resolution": {backlog.RaiseImpediment{Impediment: roadmap.Impediment{
			ID: impedimentID(9), Title: "no", Resolution: roadmap.Answer{Text: "it went away"},
		}}, dev, "resolve_impediment gives it"},
		"nothing edited":    {backlog.EditImpediment{Impediment: impedimentID(1)}, dev, "one of the fields to edit"},
		"not there":         {backlog.ResolveImpediment{Impediment: impedimentID(9), Resolution: "so"}, dev, "no impediment"},
		"no resolution":     {backlog.ResolveImpediment{Impediment: impedimentID(1)}, dev, "how it was resolved"},
		"of another team":   {backlog.ResolveImpediment{Impediment: impedimentID(2), Resolution: "so"}, blue, `developer of "red"`},
		"to another team":   {backlog.EditImpediment{Impediment: impedimentID(2), About: backlog.Set(story.List[roadmap.Subject]{})}, blue, `"red"`},
		"by a stakeholder":  {raise(9), stakeholder, "may not raise or resolve an impediment"},
		"by the one of all": {raise(9, about(1)), pm, "may not raise"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { require.ErrorContains(t, l.Can(test.change, test.by, l.At()), test.is) })
	}
	require.NoError(t, l.Can(raise(9), blue, l.At()), "it holds nobody's story")
	require.NoError(t, l.Can(raise(9, about(1)), red, l.At()))
	l.do(red, backlog.ResolveImpediment{Impediment: impedimentID(2), Resolution: "they agreed"})
	require.ErrorContains(t, l.Can(backlog.ResolveImpediment{Impediment: impedimentID(2), Resolution: "so"}, dev, l.At()), "an open impediment")
	require.Equal(t, []roadmap.ImpedimentID{impedimentID(1), impedimentID(2)}, l.Voices(roadmap.AboutGoal(goalID(1))).Impediments)
}

// A resolution that is taken back holds the story again.
func TestImpedimentTakenBack(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(dev, raise(1, roadmap.AboutStory(storyID(1))), backlog.ResolveImpediment{Impediment: impedimentID(1), Resolution: "they agreed"})
	l.do(dev, l.reverse(backlog.Options{}, len(l.events)-1))
	require.False(t, l.WaitOf(sItem(1), l.At()).IsZero())
	added := indexOf(l.events, "add_story")
	require.ErrorContains(t, l.Can(l.reverse(backlog.Options{}, added), uma, l.At()), "an impediment is about it")
	l.do(dev, l.reverse(backlog.Options{}, indexOf(l.events, "raise_impediment")))
	require.True(t, l.WaitOf(sItem(1), l.At()).IsZero())
}

// A split passes on what holds the story, as it passes on what it needs.
func TestImpedimentIsPassedOn(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(dev, raise(1, roadmap.AboutStory(storyID(1)), roadmap.AboutStory(storyID(2))))
	one, other := newStory(8), newStory(9)
	one.Criteria, other.Criteria = shows(8, 1), shows(9, 1)
	l.do(po, backlog.SplitStory{Story: storyID(1), Into: []story.Story{one, other}})
	impediment, _ := l.Impediment(impedimentID(1))
	require.Equal(t, []roadmap.Subject{roadmap.AboutStory(storyID(2)), roadmap.AboutStory(storyID(8)), roadmap.AboutStory(storyID(9))}, impediment.About.Slice())
	require.False(t, l.WaitOf(sItem(9), l.At()).IsZero())
	all := make([]roadmap.Subject, 0, roadmap.MaxSubjects)
	for n := range roadmap.MaxSubjects {
		if n > 8 {
			l.do(po, backlog.AddStory{Story: newStory(100 + n)})
			all = append(all, roadmap.AboutStory(storyID(100+n)))
		}
	}
	l.do(dev, raise(2, append(all, roadmap.AboutStory(storyID(8)))...))
	var into []story.Story
	for n := range 10 {
		s := newStory(20 + n)
		s.Criteria = shows(20+n, 1)
		into = append(into, s)
	}
	require.ErrorContains(t, l.Can(backlog.SplitStory{Story: storyID(8), Into: into}, po, l.At()), "has room for")
}
