package backlog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/form"
)

// recordsIn returns every record that can be asked about, and some that are not there.
func recordsIn(b *backlog.Backlog) []backlog.RecordID {
	all := []backlog.RecordID{{}}
	for goal := range b.Goals() {
		all = append(all, backlog.RecordID{Goal: goal.ID})
	}
	for feature := range b.Features() {
		all = append(all, backlog.RecordID{Feature: feature.ID})
	}
	for s := range b.Stories() {
		all = append(all, backlog.RecordID{Story: s.ID})
	}
	for sprint := range b.Sprints() {
		all = append(all, backlog.RecordID{Sprint: sprint.ID})
	}
	for release := range b.Releases() {
		all = append(all, backlog.RecordID{Release: release.ID})
	}
	for increment := range b.Increments() {
		all = append(all, backlog.RecordID{Increment: increment.ID})
	}
	for horizon := range b.Horizons() {
		all = append(all, backlog.RecordID{Horizon: horizon.ID})
	}
	for epic := range b.Epics() {
		all = append(all, backlog.RecordID{Epic: epic.ID})
	}
	for theme := range b.Themes() {
		all = append(all, backlog.RecordID{Theme: theme.ID})
	}
	for activity := range b.Activities() {
		all = append(all, backlog.RecordID{Activity: activity.ID})
	}
	for insight := range b.Insights() {
		all = append(all, backlog.RecordID{Insight: insight.ID})
	}
	for proposal := range b.Proposals() {
		all = append(all, backlog.RecordID{Proposal: proposal.ID})
	}
	for question := range b.Questions() {
		all = append(all, backlog.RecordID{Question: question.ID})
	}
	for risk := range b.Risks() {
		all = append(all, backlog.RecordID{Risk: risk.ID})
	}
	for impediment := range b.Impediments() {
		all = append(all, backlog.RecordID{Impediment: impediment.ID})
	}
	return all
}

// fieldOfKind reports whether a path of JSON names leads to a field of a kind.
func fieldOfKind(kind, path string) bool {
	kinds := form.Kinds()
	fields := kinds[slices.IndexFunc(kinds, func(one form.Kind) bool { return one.Kind == kind })].Fields
	for name := range strings.SplitSeq(path, ".") {
		i := slices.IndexFunc(fields, func(one form.Field) bool { return one.Name == name })
		if i < 0 {
			return false
		}
		fields = fields[i].Fields
	}
	return true
}

// What is offered is judged as Can judges it, what is missing is a field of the change, and there is one of each kind.
func TestOffersAgreeWithCan(t *testing.T) {
	allowed, refused, fields := map[string]int{}, 0, map[string]bool{}
	for seed := range uint64(*histories / 10) {
		b, _ := wander(t, seed, 80, nil)
		d := newDice(seed)
		before := snapshot(t, b)
		for _, of := range recordsIn(b) {
			actor, met := d.actor(), map[string]bool{}
			for _, one := range b.Offers(of, actor, b.At()) {
				kind := one.Change.Kind()
				if !slices.Contains([]string{"set_story_status", "commit_stories", "withdraw_stories"}, kind) {
					require.False(t, met[kind], "%s twice", kind)
				}
				met[kind] = true
				require.Equal(t, b.Can(one.Change, actor, b.At()), one.Refused)
				if one.Refused == nil {
					allowed[kind]++
				} else {
					refused++
				}
				for _, path := range one.Missing {
					known, seen := fields[kind+" "+path]
					if !seen {
						known = fieldOfKind(kind, path)
						fields[kind+" "+path] = known
					}
					require.True(t, known, "%s has no field %s", kind, path)
				}
			}
		}
		require.Equal(t, before, snapshot(t, b))
	}
	require.Positive(t, refused)
	require.Greater(t, len(allowed), 60, allowed)
}

// A new story, and what else begins a record, is offered for the teams of whoever asks.
func TestOffersForProduct(t *testing.T) {
	l := product(t, backlog.Options{})
	red := backlog.As("Rita").WithRole(backlog.ProductOwner, "red")
	kinds := func(of backlog.RecordID, by backlog.Actor) (allowed []string) {
		for _, one := range l.Offers(of, by, l.At()) {
			if one.Refused == nil {
				allowed = append(allowed, one.Change.Kind())
			}
		}
		return allowed
	}
	require.Equal(t, []string{
		"add_story", "plan_sprint", "add_insight", "propose_story", "propose_feature", "add_risk", "raise_impediment", "delegate",
	}, kinds(backlog.RecordID{}, red))
	mine := kinds(backlog.RecordID{}, pm)
	require.Subset(t, mine, []string{"set_vision", "add_goal", "plan_release", "add_feature", "order_features", "grant_role", "import_items"})
	require.NotContains(t, mine, "add_story")
	require.Subset(t, kinds(backlog.RecordID{Goal: goalID(1)}, pm), []string{"edit_goal", "pursue_goal", "measure_goal", "drop_goal", "measure_key_result"})
	require.Contains(t, kinds(backlog.RecordID{Release: releaseID(1)}, pm), "edit_release")
	require.Contains(t, kinds(backlog.RecordID{Sprint: sprintID(1)}, dev), "note_sprint")
	require.Contains(t, kinds(backlog.RecordID{Increment: incrementID(1)}, dev), "vote_confidence")
	require.Empty(t, l.Offers(backlog.RecordID{Goal: goalID(77)}, pm, l.At()))
	require.Empty(t, l.Offers(backlog.RecordID{Goal: goalID(1), Story: storyID(1)}, pm, l.At()))
	for _, one := range l.Offers(backlog.RecordID{Feature: featureID(1)}, pm, l.At()) {
		data, err := json.Marshal(one)
		require.NoError(t, err)
		require.Contains(t, string(data), `"missing":[`)
		if one.Change.Kind() == "record_cost" {
			require.Equal(t, []string{"cost.amount", "cost.currency"}, one.Missing)
		}
	}
}

// What is not allowed comes with the reason, what the user has to give is named.
func ExampleView_Offers() {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.PlanSprint{Sprint: backlog.Sprint{ID: shopSprint, Name: "Sprint 1", Team: "blue"}})
	for _, one := range s.Offers(backlog.RecordID{Sprint: shopSprint}, s.otto, s.at) {
		switch {
		case one.Refused != nil:
			fmt.Println(one.Change.Kind(), "-", strings.SplitN(one.Refused.Error(), "\n", 2)[0])
		default:
			fmt.Println(one.Change.Kind(), one.Missing)
		}
	}
	// Output:
	// edit_sprint []
	// note_sprint [note]
	// start_sprint - backlog: start_sprint by "Otto" refused by the rule sprint_goal: the sprint has no goal; that needs a sprint goal
	// close_sprint - backlog: close_sprint by "Otto" refused by the rule: the sprint is planned; that needs a sprint that is active
	// cancel_sprint [reason]
}
