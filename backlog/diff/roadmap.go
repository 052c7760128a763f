package diff

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

func goalTitle(g *roadmap.Goal) string          { return g.Title }
func horizonName(h *roadmap.Horizon) string     { return h.Name }
func releaseName(r *roadmap.Release) string     { return r.Name }
func incrementName(i *roadmap.Increment) string { return i.Name }

func (d *differ) vision() {
	old, _ := d.a.Vision()
	now, _ := d.b.Vision()
	if sameValue(&old, &now) {
		return
	}
	d.about("vision", "", "")
	d.field(AspectText, old.Text, now.Text)
	d.details()
}

func (d *differ) stage() {
	old, _ := d.a.Stage()
	now, _ := d.b.Stage()
	d.about("stage", "", "")
	d.field(AspectStatus, old.String(), now.String())
}

func (d *differ) horizons() kind[roadmap.HorizonID, roadmap.Horizon] {
	return kind[roadmap.HorizonID, roadmap.Horizon]{
		subject: "horizon",
		key:     func(h *roadmap.Horizon) roadmap.HorizonID { return h.ID },
		name:    horizonName,
		fields: func(old, now *roadmap.Horizon) {
			d.field(AspectTitle, old.Name, now.Name)
			d.field(AspectPeriod, period(old.From, old.To), period(now.From, now.To))
		},
	}
}

func (d *differ) goals() kind[roadmap.GoalID, roadmap.Goal] {
	return kind[roadmap.GoalID, roadmap.Goal]{
		subject: "goal",
		key:     func(g *roadmap.Goal) roadmap.GoalID { return g.ID },
		name:    goalTitle,
		fresh:   func(g *roadmap.Goal) { g.Status, g.Measurements = roadmap.GoalPlanned, nil },
		fields: func(old, now *roadmap.Goal) {
			d.field(AspectTitle, old.Title, now.Title)
			d.field(AspectMetric, metric(old.Metric), metric(now.Metric))
			d.field(AspectPeriod, period(old.Start, old.Due), period(now.Start, now.Due))
			d.field(AspectActual, actual(old), actual(now))
			d.parts(AspectKeyResult, keyResultParts(old), keyResultParts(now))
			d.parts(AspectMoney, moneyParts(old.Money), moneyParts(now.Money))
			d.field(AspectStatus, old.Status.String(), now.Status.String())
		},
	}
}

// keyResultParts returns what each key result has come to.
func keyResultParts(goal *roadmap.Goal) []part {
	all := make([]part, goal.KeyResults.Len())
	for i, one := range goal.KeyResults.All() {
		all[i] = part{one.ID.String(), one.Title, fmt.Sprintf("%v of %v", one.Value, one.Target)}
	}
	return all
}

// keyResult returns the title of the key result that a feature serves, which is one of its goal.
func (d *differ) keyResult(feature *roadmap.Feature) string {
	for _, v := range []*backlog.View{d.b, d.a} {
		goal, _ := v.Goal(feature.Goal)
		for _, one := range goal.KeyResults.All() {
			if one.ID == feature.KeyResult {
				return one.Title
			}
		}
	}
	return ""
}

// outcome compares how a hypothesis is checked and what came of it.
func (d *differ) outcome(old, now roadmap.Outcome) {
	d.field(AspectMetric, metric(old.Metric), metric(now.Metric))
	if !old.IsZero() || !now.IsZero() {
		d.field(AspectPeriod, period(old.From, old.To), period(now.From, now.To))
	}
	measured := func(o roadmap.Outcome) string {
		return actual(&roadmap.Goal{Measurements: o.Measurements.Slice()})
	}
	d.field(AspectActual, measured(old), measured(now))
	d.field(AspectVerdict, old.Verdict.String(), now.Verdict.String())
}

func metric(m roadmap.Metric) string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s from %v to %v %s", m.Name, m.Baseline, m.Target, m.Unit)
}

func actual(goal *roadmap.Goal) string {
	if value, measured := goal.Actual(); measured {
		return fmt.Sprintf("%v (%d measurements)", value, len(goal.Measurements))
	}
	return ""
}

func (d *differ) releases() kind[roadmap.ReleaseID, roadmap.Release] {
	return kind[roadmap.ReleaseID, roadmap.Release]{
		subject: "release",
		key:     func(r *roadmap.Release) roadmap.ReleaseID { return r.ID },
		name:    releaseName,
		fresh:   func(r *roadmap.Release) { r.Status = roadmap.ReleasePlanned },
		fields: func(old, now *roadmap.Release) {
			d.field(AspectTitle, old.Name, now.Name)
			d.field(AspectPeriod, period(old.Date, old.Date), period(now.Date, now.Date))
			d.parts(AspectTask, releaseParts(old), releaseParts(now))
			d.field(AspectStatus, old.Status.String(), now.Status.String())
		},
	}
}

func releaseParts(release *roadmap.Release) []part {
	all := make([]part, release.Checklist.Len())
	for i, task := range release.Checklist.All() {
		state := "open"
		if task.Done {
			state = "done"
		}
		if task.Owner != "" {
			state += ", " + task.Owner
		}
		if !task.Due.IsZero() {
			state += ", due " + task.Due.Format(time.DateOnly)
		}
		all[i] = part{task.Title, task.Title, state}
	}
	return all
}

func (d *differ) increments() kind[roadmap.IncrementID, roadmap.Increment] {
	return kind[roadmap.IncrementID, roadmap.Increment]{
		subject: "increment",
		key:     func(i *roadmap.Increment) roadmap.IncrementID { return i.ID },
		name:    incrementName,
		fresh:   func(i *roadmap.Increment) { i.Votes = nil },
		fields: func(old, now *roadmap.Increment) {
			d.field(AspectTitle, old.Name, now.Name)
			d.parts(AspectAllocation, d.allocationParts(old), d.allocationParts(now))
			d.parts(AspectObjective, objectiveParts(old), objectiveParts(now))
			d.field(AspectVotes, votes(old.Votes), votes(now.Votes))
		},
	}
}

func objectiveParts(increment *roadmap.Increment) []part {
	all := make([]part, len(increment.Objectives))
	for i, one := range increment.Objectives {
		all[i] = part{fmt.Sprint(one.Title, one.Team), one.Title, objectiveValue(one)}
	}
	return all
}

// objectiveValue returns whether an objective is committed, and the business values that are given.
func objectiveValue(one roadmap.IncrementObjective) string {
	values := []string{"uncommitted"}
	if one.Committed {
		values[0] = "committed"
	}
	if one.Planned != 0 {
		values = append(values, fmt.Sprint("worth ", one.Planned))
	} else if one.Proposed != 0 {
		values = append(values, fmt.Sprint("proposed worth ", one.Proposed))
	}
	if !one.Actual.IsZero() {
		values = append(values, fmt.Sprint("reached ", one.Actual))
	}
	return strings.Join(values, ", ")
}

func votes(votes []int) string {
	if len(votes) == 0 {
		return ""
	}
	return fmt.Sprint(votes)
}
