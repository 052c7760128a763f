package diff

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
)

func (d *differ) sprints() kind[backlog.SprintID, backlog.Sprint] {
	return kind[backlog.SprintID, backlog.Sprint]{
		subject: "sprint",
		key:     func(s *backlog.Sprint) backlog.SprintID { return s.ID },
		name:    func(s *backlog.Sprint) string { return s.Name },
		fresh: func(s *backlog.Sprint) {
			s.Status, s.Velocity = backlog.SprintPlanned, decimal.Decimal{}
			s.Stories, s.Returned, s.Notes = nil, nil, nil
		},
		fields: func(old, now *backlog.Sprint) {
			d.field(AspectTitle, old.Name, now.Name)
			d.field(AspectGoal, old.Goal, now.Goal)
			d.field(AspectTeam, string(old.Team), string(now.Team))
			d.field(AspectPeriod, period(old.Start, old.End), period(now.Start, now.End))
			d.field(AspectCapacity, old.Capacity.String(), now.Capacity.String())
			d.field(AspectStatus, old.Status.String(), now.Status.String())
			d.field(AspectVelocity, old.Velocity.String(), now.Velocity.String())
			d.parts(AspectStory, d.sprintParts(old), d.sprintParts(now))
		},
	}
}

func (d *differ) sprintParts(sprint *backlog.Sprint) []part {
	var all []part
	for _, id := range sprint.Stories {
		all = append(all, part{id.String(), d.title(backlog.StoryItem(id)), "committed"})
	}
	for _, id := range sprint.Returned {
		if !slices.Contains(sprint.Stories, id) {
			all = append(all, part{id.String(), d.title(backlog.StoryItem(id)), "returned"})
		}
	}
	return all
}

// people compares what is granted and delegated. Somebody with neither is not there, and no subject of
// their own.
func (d *differ) people() {
	name := func(p *backlog.Person) string { return p.Name }
	was, is := slices.Collect(d.a.People()), slices.Collect(d.b.People())
	for _, m := range matches(was, is, name, sameValue[backlog.Person]) {
		old, now := m.old, m.now
		if old == nil {
			old = &backlog.Person{Name: now.Name}
		}
		if now == nil {
			now = &backlog.Person{Name: old.Name}
		}
		d.about("person", now.Name, now.Name)
		d.parts(AspectRole, roleParts(old), roleParts(now))
		d.parts(AspectDelegation, delegationParts(old), delegationParts(now))
		d.details()
	}
}

func roleParts(person *backlog.Person) []part {
	all := make([]part, len(person.Roles))
	for i, grant := range person.Roles {
		all[i] = part{grant.String(), grant.String(), "granted"}
	}
	return all
}

func delegationParts(person *backlog.Person) []part {
	all := make([]part, len(person.Mandates))
	for i, one := range person.Mandates {
		text := string(one.Permission)
		if one.Team != "" {
			text += fmt.Sprintf(" of %q", one.Team)
		}
		all[i] = part{text, text, "by " + one.By}
		if !one.Until.IsZero() {
			all[i].state += " until " + one.Until.UTC().Format(time.RFC3339)
		}
	}
	return all
}
