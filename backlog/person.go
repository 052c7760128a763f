package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Person holds the roles that were granted to somebody and the permissions that were delegated to them,
// by changes on record. Roles that the host hands in with an [Actor] of that name add to them.
//
// It is a plain value. Its slices are shared by a copy; [Person.Clone] makes an independent one.
type Person struct {
	Name     string    `json:"name"`
	Roles    []Grant   `json:"roles,omitempty"`    // by role and team, each once
	Mandates []Mandate `json:"mandates,omitempty"` // by permission and team, each once
}

// Mandate is a permission that was delegated: for the stories and sprints of one team, or, with the
// zero Team, for all. Whoever gave it stays accountable.
type Mandate struct {
	Permission Permission `json:"permission"`
	Team       story.Team `json:"team,omitzero"`
	By         string     `json:"by"`             // who gave it
	Until      time.Time  `json:"until,omitzero"` // it ends then: a stand-in for a time; unset means it does not end
}

// maxRoles bounds the roles that a person or an actor has, and the mandates of a person.
const maxRoles = 100

// IsZero reports whether nothing is known of p.
func (p Person) IsZero() bool { return len(p.Roles) == 0 && len(p.Mandates) == 0 }

// Clone returns a copy that shares nothing with p.
func (p Person) Clone() Person {
	p.Roles, p.Mandates = slices.Clone(p.Roles), slices.Clone(p.Mandates)
	return p
}

// Validate reports everything that is wrong with p in itself.
func (p Person) Validate() error {
	err := field.Join(checkPerson("person.name", p.Name), checkGrants("person.roles", p.Roles))
	if len(p.Mandates) > maxRoles {
		return field.Join(err, tooMany("person.mandates", len(p.Mandates), maxRoles))
	}
	for i, mandate := range p.Mandates {
		path := field.Index("person.mandates", i)
		err = field.Join(err, checkDelegable(path+".permission", mandate.Permission),
			checkTeam(path+".team", mandate.Team), field.CheckTitle("backlog", path+".by", mandate.By),
			field.CheckInstant("backlog", path+".until", mandate.Until))
	}
	if p.IsZero() {
		err = field.Join(err, fieldError("person", p.Name, "a role or a delegation"))
	}
	if !isAscending(p.Roles, Grant.compare) || !isAscending(p.Mandates, Mandate.compare) {
		err = field.Join(err, fieldError("person", p.Name, "roles and delegations in their order, each once"))
	}
	return err
}

func isAscending[E any](values []E, compare func(E, E) int) bool {
	for i := 1; i < len(values); i++ {
		if compare(values[i-1], values[i]) >= 0 {
			return false
		}
	}
	return true
}

func (g Grant) compare(other Grant) int {
	return cmp.Or(cmp.Compare(g.Role, other.Role), cmp.Compare(g.Team, other.Team))
}

// compare orders delegations by what they are about; who gave them does not tell them apart.
func (d Mandate) compare(other Mandate) int {
	return cmp.Or(cmp.Compare(d.Permission, other.Permission), cmp.Compare(d.Team, other.Team))
}

// isDelegated reports whether the permission is delegated to p at an instant for each of the teams: for all
// teams, or for that team. What concerns no team has to be delegated for all.
func (p Person) isDelegated(permission Permission, teams []story.Team, at time.Time) bool {
	covers := func(team story.Team) bool {
		i, found := slices.BinarySearchFunc(p.Mandates, Mandate{Permission: permission, Team: team}, Mandate.compare)
		return found && (p.Mandates[i].Until.IsZero() || at.Before(p.Mandates[i].Until))
	}
	if covers("") {
		return true
	}
	for _, team := range teams {
		if !covers(team) {
			return false
		}
	}
	return len(teams) > 0
}

// checkDelegable wants a permission of the table that can be delegated: who holds which role cannot.
func checkDelegable(path string, permission Permission) error {
	if _, known := DefaultAuthority()[permission]; !known || permission == MayAssignRoles {
		return fieldError(path, string(permission),
			fmt.Sprintf("a permission such as %q, not %q", MayOrderStories, MayAssignRoles))
	}
	return nil
}

// checkTeam wants the name of a team, or none.
func checkTeam(path string, team story.Team) error {
	if team == "" {
		return nil
	}
	return field.CheckTitle("backlog", path, string(team))
}

// people is the storage of those of whom something is known, by name.
type people struct {
	store[string, personEntry]
}

type personEntry struct{ person Person }

func (p *people) insert(name string, entry *personEntry, _ int) {
	at, _ := slices.BinarySearchFunc(p.list, name, func(e *personEntry, name string) int {
		return cmp.Compare(e.person.Name, name)
	})
	p.store.insert(name, entry, at)
}

// move and arrange do nothing: the names are the order.
func (p *people) move(*personEntry, int)        {}
func (p *people) arrange([]*personEntry, []int) {}

var personTable = &table[string, Person, personEntry]{
	name: "people", noun: "person",
	rows:  func(b *View) storage[string, personEntry] { return &b.people },
	key:   func(p Person) string { return p.Name },
	value: func(e *personEntry) Person { return e.person },
	set:   func(_ *View, e *personEntry, to Person) { e.person = to },
	check: func(_ *View, _ *personEntry, person Person) error { return person.Validate() },
	stays: func(*View, *personEntry) (reason, needs string) { return "", "" },
}

// People returns those whom roles were granted or permissions delegated, by name.
func (b *View) People() iter.Seq[Person] {
	return func(yield func(Person) bool) {
		for _, entry := range b.people.list {
			if !yield(entry.person.Clone()) {
				return
			}
		}
	}
}

// Person returns the roles and mandates of somebody. The bool is false if there are none on record.
func (b *View) Person(name string) (Person, bool) {
	_, ok := b.people.byID[name]
	return b.person(name).Clone(), ok
}

// known returns an actor with the roles that were granted beside those that the host handed in.
func (b *View) known(actor Actor) Actor {
	if entry := b.people.byID[actor.Name]; entry != nil && len(entry.person.Roles) > 0 {
		return actorOf(actor.Name, slices.Concat(actor.grants(), entry.person.Roles))
	}
	return actor
}

// person returns what is known of somebody, which may be nothing.
func (b *View) person(name string) Person {
	if entry := b.people.byID[name]; entry != nil {
		return entry.person
	}
	return Person{}
}

// setPerson replaces what is known of somebody; of whom nothing is known, there is no record.
func (b *View) setPerson(name string, person Person) {
	person.Name = name
	entry := b.people.byID[name]
	switch {
	case entry == nil:
		personTable.add(b, person)
	case person.IsZero():
		personTable.remove(b, entry)
	default:
		personTable.put(b, entry, person)
	}
}
