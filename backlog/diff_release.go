package backlog

import (
	"fmt"

	"github.com/backlogkit/backlogkit/roadmap"
)

// What [Diff] says of releases and increments.

func (d *differ) releases(was, is records[roadmap.ReleaseID, roadmap.Release]) {
	each(was, is, releaseTable.key, func(id roadmap.ReleaseID, old, now *roadmap.Release) {
		if now == nil {
			d.about("release", id.String(), old.Name)
			d.add(Difference{Aspect: AspectGone})
			return
		}
		d.about("release", id.String(), now.Name)
		if old == nil {
			d.add(Difference{Aspect: AspectAdded})
			fresh := *now
			fresh.Status = roadmap.ReleasePlanned
			old = &fresh
		}
		d.field(AspectTitle, old.Name, now.Name)
		d.field(AspectPeriod, period(old.Date, old.Date), period(now.Date, now.Date))
		d.field(AspectStatus, old.Status.String(), now.Status.String())
		d.details()
	})
}

func (d *differ) increments(was, is records[roadmap.IncrementID, roadmap.Increment]) {
	each(was, is, incrementTable.key, func(id roadmap.IncrementID, old, now *roadmap.Increment) {
		if now == nil {
			d.about("increment", id.String(), old.Name)
			d.add(Difference{Aspect: AspectGone})
			return
		}
		d.about("increment", id.String(), now.Name)
		if old == nil {
			d.add(Difference{Aspect: AspectAdded})
			fresh := *now
			fresh.Votes = nil
			old = &fresh
		}
		d.field(AspectTitle, old.Name, now.Name)
		d.parts(AspectObjective, objectiveParts(old), objectiveParts(now))
		d.field(AspectVotes, votes(old.Votes), votes(now.Votes))
		d.details()
	})
}

func objectiveParts(increment *roadmap.Increment) []part {
	all := make([]part, len(increment.Objectives))
	for i, one := range increment.Objectives {
		all[i] = part{fmt.Sprint(one.Title, one.Team), one.Title, fmt.Sprintf("worth %d, reached %d", one.Planned, one.Actual)}
	}
	return all
}

func votes(votes []int) string {
	if len(votes) == 0 {
		return ""
	}
	return fmt.Sprint(votes)
}

func (d *differ) releaseName(id roadmap.ReleaseID) string {
	for _, b := range []*View{d.b, d.a} {
		if entry, ok := b.releases.byID[id]; ok {
			return entry.release.Name
		}
	}
	return ""
}

func (d *differ) incrementName(id roadmap.IncrementID) string {
	for _, b := range []*View{d.b, d.a} {
		if entry, ok := b.increments.byID[id]; ok {
			return entry.increment.Name
		}
	}
	return ""
}
