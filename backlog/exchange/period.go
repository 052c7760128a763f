package exchange

import (
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// Period is when a sprint or a release that items name is, as far as the file has it. A release has an end only.
type Period struct {
	Name   string    `json:"name"`
	Start  time.Time `json:"start,omitzero"`
	End    time.Time `json:"end,omitzero"`
	Active bool      `json:"active,omitempty"` // by its own word, or because the last that happened in the file happened in it
}

// bound is what a cell has to do with the sprint or the release that its row names. The cell itself is a custom value.
type bound uint8

const (
	sprintStart bound = iota + 1
	sprintEnd
	sprintDays // its length
	releaseEnd
)

// bounds are those of the row at hand.
type bounds struct {
	sprint  Period
	days    int
	release time.Time
}

// note takes in a cell that was read as an instant or a number.
func (p *bounds) note(of bound, at time.Time, number int64) {
	switch of {
	case sprintStart:
		p.sprint.Start = at
	case sprintEnd:
		p.sprint.End = at
	case sprintDays:
		p.days = int(max(0, min(number, 366)))
	case releaseEnd:
		p.release = at
	}
}

// notePeriods adds the sprint and the release of the row at hand to those of the document.
func (b *builder) notePeriods() {
	item, p := b.item, &b.bounds
	if p.days > 0 && !p.sprint.Start.IsZero() && p.sprint.End.IsZero() {
		p.sprint.End = p.sprint.Start.AddDate(0, 0, p.days)
	}
	if p.sprint.Name == "" {
		p.sprint.Name = last(item.Sprints)
	}
	if p.sprint.Active || !p.sprint.Start.IsZero() || !p.sprint.End.IsZero() {
		addPeriod(&b.doc.Sprints, b.dated, p.sprint)
	}
	if !p.release.IsZero() {
		addPeriod(&b.doc.Releases, b.released, Period{Name: last(item.Releases), End: p.release})
	}
	for _, at := range []time.Time{item.Created, item.Updated, item.Started, item.Done} {
		if at.After(b.latest) {
			b.latest = at
		}
	}
	*p = bounds{}
}

// addPeriod adds a period, unless one of its name is known: the first has it. One that ends before it begins has neither.
func addPeriod(all *[]Period, known map[string]bool, one Period) {
	if !one.Start.IsZero() && !one.End.IsZero() && !one.End.After(one.Start) {
		one.Start, one.End = time.Time{}, time.Time{}
	}
	if one.Name == "" || known[one.Name] {
		return
	}
	known[one.Name] = true
	*all = append(*all, one)
}

// findActive marks the sprints in which the last that happened in the file happened.
func (b *builder) findActive() {
	for i := range b.doc.Sprints {
		if one := &b.doc.Sprints[i]; !one.Start.IsZero() && !one.End.IsZero() {
			one.Active = one.Active || !b.latest.Before(one.Start) && b.latest.Before(one.End)
		}
	}
}

// sprintRecord takes apart how Jira's older exports write a sprint: "…Sprint@1f[id=7,state=ACTIVE,name=Sprint 7,startDate=…]".
func sprintRecord(text string) (one Period, ok bool) {
	const longest = 10_000
	_, inside, found := strings.Cut(text[:min(len(text), longest)], "[")
	if !found || len(text) > longest || !strings.Contains(text, "Sprint@") || !strings.HasSuffix(text, "]") {
		return one, false
	}
	fields := strings.TrimSuffix(inside, "]")
	name := ""
	for part := range strings.SplitSeq(fields, ",") {
		key, value, isField := strings.Cut(part, "=")
		switch {
		case !isField: // a comma in the name
			if name == "name" {
				one.Name += "," + part
			}
			continue
		case key == "name":
			one.Name = value
		case key == "state":
			one.Active = strings.EqualFold(value, "active")
		case key == "startDate":
			one.Start = plainDate(value)
		case key == "endDate":
			one.End = plainDate(value)
		}
		name = key
	}
	one.Name = trim(one.Name)
	return one, one.Name != ""
}

// plainDate reads a date that is in doubt by nothing else in the file.
func plainDate(text string) time.Time {
	all, _ := Options{}.Dates([]string{text})
	return all[0]
}

// sprintPeriods returns the sprints of the document by the name that they get here.
func (im *importer) sprintPeriods() map[string]Period {
	all := make(map[string]Period, len(im.doc.Sprints))
	for _, one := range im.doc.Sprints {
		if as := named(im.sprints, one.Name); as != "" {
			all[as] = one
		}
	}
	return all
}

// dateSprint gives a sprint the dates of the document, where it has none. It reports whether anything came of it.
func dateSprint(sprint *backlog.Sprint, one Period) bool {
	dated := *sprint
	if dated.Start.IsZero() {
		dated.Start = cleanInstant(one.Start)
	}
	if dated.End.IsZero() {
		dated.End = cleanInstant(one.End)
	}
	if dated.Start.Equal(sprint.Start) && dated.End.Equal(sprint.End) ||
		!dated.Start.IsZero() && !dated.End.IsZero() && !dated.End.After(dated.Start) {
		return false
	}
	*sprint = dated
	return true
}

// dateReleases returns the releases that are in the backlog without a date, with that of the document.
func (im *importer) dateReleases() (changed []roadmap.Release) {
	dates := make(map[string]time.Time)
	for _, one := range im.doc.Releases {
		if as := named(im.releases, one.Name); as != "" {
			dates[as] = cleanInstant(one.End)
		}
	}
	for i := range im.newReleases {
		im.newReleases[i].Date = dates[im.newReleases[i].Name]
	}
	for release := range im.view.Releases() {
		if at := dates[release.Name]; release.Date.IsZero() && !at.IsZero() && im.releasesByName[release.Name] == release.ID {
			release.Date = at
			changed = append(changed, release)
		}
	}
	return changed
}
