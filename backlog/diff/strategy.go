package diff

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func epicTitle(e *roadmap.Epic) string   { return e.Title }
func themeTitle(t *roadmap.Theme) string { return t.Title }

func (d *differ) themes() kind[roadmap.ThemeID, roadmap.Theme] {
	return kind[roadmap.ThemeID, roadmap.Theme]{
		subject: "theme",
		key:     func(t *roadmap.Theme) roadmap.ThemeID { return t.ID },
		name:    themeTitle,
		fields: func(old, now *roadmap.Theme) {
			d.field(AspectTitle, old.Title, now.Title)
			d.field(AspectShare, old.Share.String()+" %", now.Share.String()+" %")
		},
	}
}

func (d *differ) epics() kind[roadmap.EpicID, roadmap.Epic] {
	return kind[roadmap.EpicID, roadmap.Epic]{
		subject: "epic",
		key:     func(e *roadmap.Epic) roadmap.EpicID { return e.ID },
		name:    epicTitle,
		fields: func(old, now *roadmap.Epic) {
			d.field(AspectTitle, old.Title, now.Title)
			d.field(AspectEpic, named(d, old.Parent, (*backlog.View).Epic, epicTitle), named(d, now.Parent, (*backlog.View).Epic, epicTitle))
			d.field(AspectHypothesis, old.Hypothesis, now.Hypothesis)
		},
	}
}

func (d *differ) activities() kind[roadmap.ActivityID, roadmap.Activity] {
	return kind[roadmap.ActivityID, roadmap.Activity]{
		subject: "activity",
		key:     func(a *roadmap.Activity) roadmap.ActivityID { return a.ID },
		name:    func(a *roadmap.Activity) string { return a.Title },
		fields: func(old, now *roadmap.Activity) {
			d.field(AspectTitle, old.Title, now.Title)
			d.parts(AspectStep, stepParts(old.Steps), stepParts(now.Steps))
		},
	}
}

func stepParts(steps story.List[roadmap.Step]) []part {
	all := make([]part, steps.Len())
	for i, one := range steps.All() {
		all[i] = part{one.ID.String(), one.Title, fmt.Sprint("place ", i+1)}
	}
	return all
}

// moneyParts returns what is planned and what came of each period.
func moneyParts(money story.List[roadmap.MoneyPeriod]) []part {
	text := func(c roadmap.Cashflow) string { return fmt.Sprintf("%v - %v", c.Revenue, c.Cost) }
	all := make([]part, money.Len())
	for i, one := range money.All() {
		name := fmt.Sprintf("%s to %s", one.From.Format(time.DateOnly), one.To.Format(time.DateOnly))
		all[i] = part{
			fmt.Sprint(one.Currency, one.From, one.To), name,
			fmt.Sprintf("planned %s, actual %s %s", text(one.Planned), text(one.Actual), one.Currency),
		}
	}
	return all
}

// allocationParts returns what an increment keeps of its capacity.
func (d *differ) allocationParts(increment *roadmap.Increment) []part {
	all := make([]part, len(increment.Allocations))
	for i, one := range increment.Allocations {
		name := string(one.Kind)
		if !one.Theme.IsZero() {
			name = named(d, one.Theme, (*backlog.View).Theme, themeTitle)
		}
		all[i] = part{string(one.Kind) + one.Theme.String(), name, one.Percent.String() + " %"}
	}
	return all
}
