package roadmap_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func ExampleMoneyPeriod() {
	n := decimal.NewFromInt
	may := time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)
	period := roadmap.MoneyPeriod{
		From: may, To: may.AddDate(0, 1, 0), Currency: "EUR",
		Planned: roadmap.Cashflow{Revenue: n(9000), Cost: n(4000)}, Actual: roadmap.Cashflow{Cost: n(4500)},
	}
	late := roadmap.Cashflow{Revenue: n(300)}
	fmt.Println(period.Planned.Profit(), period.Actual.Add(late).Profit(), period.Validate())
	// Output: 5000 -4200 <nil>
}

// The activities with their steps are the backbone of a story map.
func ExampleStoryMap() {
	step := roadmap.Step{ID: roadmap.StepID{1}, Title: "Save a card"}
	pay := roadmap.Activity{ID: roadmap.ActivityID{1}, Title: "Pay", Steps: story.ListOf(step)}
	m := roadmap.StoryMap{
		Columns: []roadmap.MapColumn{{Activity: pay.ID, Step: step.ID, Cells: [][]story.ID{{{1}}, {{2}}}}},
		Slices:  []roadmap.ReleaseID{{1}}, Unsliced: []story.ID{{2}},
	}
	fmt.Println(len(m.Columns[0].Cells[0]), "story in the first release,", len(m.Unsliced), "in none", pay.Validate())
	// Output: 1 story in the first release, 1 in none <nil>
}

func ExampleEpic() {
	cards := roadmap.Epic{ID: roadmap.EpicID{1}, Title: "Cards", Level: roadmap.LevelEpic, Parent: roadmap.EpicID{2}}
	fmt.Println(cards.Validate())
	// Output: roadmap: epic.parent is "02000000-0000-0000-0000-000000000000", want none: a capability can be part of an epic, nothing else
}

func ExampleThemeBudget() {
	theme := roadmap.Theme{ID: roadmap.ThemeID{1}, Title: "Trust", Share: decimal.NewFromInt(30)}
	euro := func(n int64) roadmap.Money { return roadmap.Money{Amount: decimal.NewFromInt(n), Currency: "EUR"} }
	budget := roadmap.ThemeBudget{Theme: theme.ID, Share: euro(3000), Planned: euro(4000)}
	fmt.Println(theme.Title, "over its share:", budget.IsOver())
	// Output: Trust over its share: true
}

func ExampleAllocation() {
	debt := roadmap.Allocation{Kind: story.Chore, Percent: decimal.NewFromInt(20)}
	fmt.Println(roadmap.ValidateAllocations("allocations", []roadmap.Allocation{debt}))
	use := roadmap.AllocationUse{Allocation: debt, Kept: decimal.NewFromInt(4), Points: decimal.NewFromInt(3)}
	fmt.Println("less was done than was kept for it:", use.IsShort())
	// Output:
	// <nil>
	// less was done than was kept for it: true
}

func ExampleReleaseTask() {
	release := roadmap.Release{ID: roadmap.ReleaseID{1}, Name: "2.0", Status: roadmap.ReleasePlanned, Checklist: story.ListOf(
		roadmap.ReleaseTask{Title: "Tell the partners", Owner: "Mia"}, roadmap.ReleaseTask{Title: "Train the sales team", Done: true},
	)}
	fmt.Println(release.Checklist.Len(), release.Validate())
	// Output: 2 <nil>
}
