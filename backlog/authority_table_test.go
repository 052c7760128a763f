package backlog_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// The table of authority as it is practised: A accountable and R responsible may, C consulted and I informed
// may not.
var authorityTable = []struct {
	decision    string
	permissions []backlog.Permission
	cells       map[backlog.Role]string // none may not
}{
	{
		"set vision; set or drop goal; change roadmap",
		[]backlog.Permission{backlog.MaySetVision, backlog.MaySetGoals, backlog.MayChangeRoadmap},
		cells("A/R", "C", "I", "C"),
	},
	{
		"define feature; criteria of a feature; order features; accept feature",
		[]backlog.Permission{backlog.MayDefineFeatures, backlog.MayOrderFeatures, backlog.MayAcceptFeatures},
		cells("A/R", "C", "C", "C"),
	},
	{
		"add, edit, split, remove story; criteria of a story; order stories",
		[]backlog.Permission{backlog.MayWriteStories, backlog.MayOrderStories, backlog.MayAssessStories},
		cells("C", "A/R", "C", "C"),
	},
	{"split story", []backlog.Permission{backlog.MaySplitStories}, cells("C", "A/R", "R", "C")},
	{
		"estimate; add, edit, finish task",
		[]backlog.Permission{backlog.MayEstimateStories, backlog.MayManageTasks},
		cells("-", "C", "A/R", "-"),
	},
	{"accept or reject story", []backlog.Permission{backlog.MayAcceptStories}, cells("I", "A/R", "-", "I")},
	{"start sprint, change its scope", []backlog.Permission{backlog.MayRunSprints}, cells("I", "A", "R", "I")},
	{"cancel sprint (needs a reason)", []backlog.Permission{backlog.MayCancelSprints}, cells("C", "A/R, only", "C", "C")},
	{
		"record planned and actual business value of an objective",
		[]backlog.Permission{backlog.MayRateObjectives},
		with(cells("C", "C", "C", ""), backlog.BusinessOwner, "business owner: A/R"),
	},
	{
		"write a team's objectives for an increment",
		[]backlog.Permission{backlog.MayWriteObjectives},
		cells("C", "A/R", "R", "C"),
	},
	{"plan, edit a release; ship it", []backlog.Permission{backlog.MayPlanReleases}, cells("A/R", "R (plan)", "C", "C")},
	{"ship a release", []backlog.Permission{backlog.MayShipReleases}, cells("A/R", "C", "R (ship)", "C")},
	{
		"retrospective notes; open and resolve an impediment",
		[]backlog.Permission{backlog.MayNoteSprints, backlog.MayManageImpediments},
		with(cells("I", "R", "R (scrum master too)", "I"), backlog.ScrumMaster, "R"),
	},
	{
		"propose a story or feature; ask a question; add an insight",
		[]backlog.Permission{backlog.MayContribute},
		with(with(cells("R", "R", "R", "R"), backlog.BusinessOwner, "R"), backlog.ScrumMaster, "R"),
	},
	// What the page does not name.
	{
		"rate a risk or decide about it",
		[]backlog.Permission{backlog.MayManageRisks},
		with(cells("A/R", "R", "C", "C"), backlog.ScrumMaster, "R"),
	},
	{"waive a rule", []backlog.Permission{backlog.MayWaiveRules}, cells("A/R", "R", "C", "I")},
	{"assign a story to somebody", []backlog.Permission{backlog.MayAssignStories}, cells("-", "A/R", "R", "-")},
	{"call a story ready or not", []backlog.Permission{backlog.MayRefineStories}, cells("-", "A/R", "R", "-")},
	{"move a story through the work", []backlog.Permission{backlog.MayWorkOnStories}, cells("-", "C", "A/R", "-")},
	{"judge a criterion", []backlog.Permission{backlog.MayJudgeCriteria}, cells("-", "A/R", "R", "-")},
	{"import a past", []backlog.Permission{backlog.MayImport}, cells("A/R", "C", "-", "-")},
	{"grant or revoke a role", []backlog.Permission{backlog.MayAssignRoles}, cells("A/R", "I", "I", "-")},
}

func cells(pm, po, team, stakeholders string) map[backlog.Role]string {
	return map[backlog.Role]string{
		backlog.ProductManager: pm, backlog.ProductOwner: po, backlog.Developer: team, backlog.Stakeholder: stakeholders,
	}
}

func with(row map[backlog.Role]string, role backlog.Role, cell string) map[backlog.Role]string {
	row[role] = cell
	return row
}

// The default policy is the table, row by row, and no permission is missing in it.
func TestAuthorityTable(t *testing.T) {
	roles := []backlog.Role{
		backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.Stakeholder, backlog.BusinessOwner, backlog.ScrumMaster,
	}
	policy := backlog.DefaultAuthority()
	met := map[backlog.Permission]bool{}
	var printed strings.Builder
	fmt.Fprintf(&printed, "%-72s", "")
	for _, role := range roles {
		fmt.Fprintf(&printed, "| %-22v", role)
	}
	for _, row := range authorityTable {
		fmt.Fprintf(&printed, "\n%-72s", row.decision)
		for _, role := range roles {
			cell := row.cells[role]
			fmt.Fprintf(&printed, "| %-22s", cell)
			letters := strings.TrimPrefix(cell, "business owner: ")
			may := strings.HasPrefix(letters, "A") || strings.HasPrefix(letters, "R")
			for _, permission := range row.permissions {
				require.Equal(t, may, slices.Contains(policy[permission], role), "%v may %s", role, permission)
			}
		}
		for _, permission := range row.permissions {
			require.False(t, met[permission], permission)
			met[permission] = true
		}
	}
	t.Log("\n" + printed.String())
	for permission := range policy {
		require.True(t, met[permission], "no row for: %s", permission)
	}
	requireTableOfDomain(t)
}

// requireTableOfDomain compares the rows with those of the page that they are taken from, where it is there.
func requireTableOfDomain(t *testing.T) {
	page, err := os.ReadFile("../../shared/domain.md")
	if err != nil {
		t.Log("without ../shared/domain.md the rows are not compared with it")
		return
	}
	compared := 0
	for line := range strings.Lines(string(page)) {
		parts := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(parts) != 5 {
			continue
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		for _, row := range authorityTable {
			if row.decision != parts[0] {
				continue
			}
			compared++
			for i, role := range []backlog.Role{backlog.ProductManager, backlog.ProductOwner} {
				require.Equal(t, parts[1+i], row.cells[role], row.decision)
			}
		}
	}
	require.GreaterOrEqual(t, compared, 11, "rows of the page")
}

// A role that the library does not know is declared by giving it permissions; a host grants it on record.
func TestRolesOfAHost(t *testing.T) {
	const bot, admin backlog.Role = "bot", "admin"
	authority := backlog.DefaultAuthority()
	authority[backlog.MayWorkOnStories] = append(authority[backlog.MayWorkOnStories], bot)
	authority[backlog.MayAssignRoles] = []backlog.Role{admin}
	l := product(t, backlog.Options{Policy: authority.Policy(), Ready: []backlog.Check{}})
	begin := backlog.SetStoryStatus{Story: storyID(1), To: "in_progress"}
	l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: "ready"})
	require.ErrorContains(t, l.Can(begin, po, l.At()), `that needs developer of "red" or bot of "red"`)
	require.NoError(t, l.Can(begin, backlog.As("ci", bot), l.At()))
	require.NoError(t, l.Can(begin, backlog.As("ci").WithRole(bot, "red"), l.At()))
	require.ErrorIs(t, l.Can(begin, backlog.As("ci").WithRole(bot, "blue"), l.At()), backlog.ErrNotAllowed)

	ci := backlog.As("ci")
	require.ErrorIs(t, l.Can(begin, ci, l.At()), backlog.ErrNotAllowed)
	require.ErrorIs(t, l.Can(backlog.GrantRole{Person: "ci", Role: bot}, pm, l.At()), backlog.ErrNotAllowed)
	l.do(backlog.As("Ada", admin), backlog.GrantRole{Person: "ci", Role: bot})
	l.do(ci, begin)
	require.Equal(t, bot, l.events[len(l.events)-1].As)
}

// What a plan of an increment holds is given by those whose it is.
func TestObjectivesAreTheTeams(t *testing.T) {
	l := product(t, backlog.Options{})
	bea := backlog.As("Bea", backlog.BusinessOwner)
	plan := func(planned int) backlog.PlanIncrement {
		increment := newIncrement(9)
		increment.Objectives[0].Planned = planned
		return backlog.PlanIncrement{Increment: increment}
	}
	require.ErrorContains(t, l.Can(plan(0), pm, l.At()), `may not write the objectives of a team; that needs product owner of "red"`)
	require.NoError(t, l.Can(plan(0), backlog.As("Uma", backlog.ProductManager).WithRole(backlog.Developer, "red"), l.At()))
	both := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner)
	require.ErrorContains(t, l.Can(plan(5), both, l.At()), "may not record the business value of an objective; that needs business owner")
	require.NoError(t, l.Can(plan(5), backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.BusinessOwner), l.At()))

	l.do(pm, backlog.RateObjective{Increment: incrementID(1), Proposed: backlog.Set(9)})
	require.ErrorIs(t, l.Can(backlog.RateObjective{Increment: incrementID(1), Proposed: backlog.Set(9)}, bea, l.At()), backlog.ErrNotAllowed)
	require.ErrorIs(t, l.Can(backlog.RateObjective{Increment: incrementID(1), Proposed: backlog.Set(9), Planned: backlog.Set(8)}, bea, l.At()), backlog.ErrNotAllowed)
	require.ErrorContains(t, l.Can(backlog.RateObjective{Increment: incrementID(1), Actual: backlog.Set(8)}, bea, l.At()), "a planned value before the actual one")
	l.do(bea, backlog.RateObjective{Increment: incrementID(1), Planned: backlog.Set(8), Actual: backlog.Set(0)})
	l.do(dev, backlog.VoteConfidence{Increment: incrementID(1), Votes: []int{4}},
		backlog.SetObjectives{Increment: incrementID(1), Team: "blue", Objectives: objectives("more")},
		backlog.SetObjectives{Increment: incrementID(1), Team: "red", Objectives: objectives("first", "objective")})
	increment, _ := l.Increment(incrementID(1))
	require.Empty(t, increment.Votes, "they were about another plan")
	var found []string
	for _, one := range increment.Objectives {
		found = append(found, fmt.Sprintf("%s %s %d %d %v", one.Team, one.Title, one.Proposed, one.Planned, one.Actual))
	}
	require.Equal(t, []string{"red first 0 0 unrated", "red objective 9 8 unrated", "blue more 0 0 unrated"}, found)
	red := backlog.As("Rita").WithRole(backlog.ProductOwner, "red")
	require.ErrorIs(t, l.Can(backlog.SetObjectives{Increment: incrementID(1), Team: "blue"}, red, l.At()), backlog.ErrNotAllowed)
	require.NoError(t, l.Can(backlog.SetObjectives{Increment: incrementID(1), Team: "red"}, red, l.At()))
}

func objectives(titles ...string) []roadmap.IncrementObjective {
	var all []roadmap.IncrementObjective
	for _, title := range titles {
		all = append(all, roadmap.IncrementObjective{Title: title})
	}
	return all
}
