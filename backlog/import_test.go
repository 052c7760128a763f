package backlog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The structure is wanted of an import, the rules of practice are not asked: breaches are findings.
func TestImportItems(t *testing.T) {
	l := newLog(t, backlog.Options{})
	done, begun := imported(1, story.Accepted), imported(2, story.InProgress)
	done.Feature = featureID(1)
	needs := backlog.Dependency{Item: backlog.StoryItem(storyID(2)), Needs: backlog.FeatureItem(featureID(1))}
	l.do(pm, backlog.ImportItems{
		Source: "tracker", Features: []roadmap.Feature{{ID: featureID(1), Title: "Pay", Status: roadmap.FeatureOpen}},
		Stories: []story.Story{done, begun}, Dependencies: []backlog.Dependency{needs},
	})
	var rules []string
	for _, one := range l.events[0].Findings {
		rules = append(rules, one.Rule)
	}
	require.Contains(t, rules, backlog.RuleCriteriaMet.String())
	require.Contains(t, rules, backlog.RuleStartWaiting.String())
	acceptance, ok := l.Acceptance(storyID(1))
	require.True(t, ok)
	require.Equal(t, backlog.Acceptance{By: "Paula", At: start}, acceptance)

	again, err := backlog.Replay(backlog.Options{}, backlog.Recorded(l.events))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, again))

	circle := backlog.Dependency{Item: backlog.FeatureItem(featureID(1)), Needs: backlog.StoryItem(storyID(2))}
	for class, change := range map[error]backlog.Change{
		backlog.ErrCycle:    backlog.ImportItems{Source: "tracker", Dependencies: []backlog.Dependency{circle}},
		backlog.ErrNotFound: backlog.ImportItems{Source: "tracker", Dependencies: []backlog.Dependency{{Item: needs.Item, Needs: backlog.StoryItem(storyID(9))}}},
	} {
		_, err := l.Execute(change, pm, l.At())
		require.ErrorIs(t, err, class)
		require.Equal(t, snapshot(t, again), snapshot(t, l.Backlog))
	}

	// What happens later meets the rules in full.
	l.do(dev, backlog.SetStoryStatus{Story: storyID(2), To: story.InReview})
	require.ErrorIs(t, l.Can(backlog.AcceptStory{Story: storyID(2)}, po, l.At()), backlog.ErrNotDone)
}

// An import moves stories when their past says that they moved.
func TestTransitionsOfImport(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(pm, backlog.ImportItems{Source: "tracker", Stories: []story.Story{imported(1, story.Accepted)}})
	var at []time.Time
	var to []story.Status
	for move, err := range backlog.Transitions(backlog.Options{}, backlog.Recorded(l.events)) {
		require.NoError(t, err)
		at, to = append(at, move.At), append(to, move.To)
	}
	require.Equal(t, []story.Status{story.Draft, story.InProgress, story.Accepted}, to)
	require.Equal(t, []time.Time{start.AddDate(0, -2, 0), start.AddDate(0, -1, 0), start}, at)
}
