package backlog

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// GrantRole gives somebody a role: for one team, or, with the zero Team, for all. From then on they
// hold it beside the roles that the host hands in with the actor.
//
// The product manager may do it, under [ScrumAuthority] the product owner; who holds that role for
// one team, for that team only, and nobody for themselves. Errors: [field.Error]; [ErrExists].
type GrantRole struct {
	Person string     `json:"person"` // as the host names people in [Actor]
	Role   Role       `json:"role"`
	Team   story.Team `json:"team,omitzero"`
}

// RevokeRole takes back a [GrantRole], and with it what the person delegated for the team, with the zero
// Team for any. A role that the host hands in is the host's to take.
//
// Whoever may grant the role may do it. Errors: [NotFoundError] where it was not granted.
type RevokeRole struct {
	Person string     `json:"person"`
	Role   Role       `json:"role"`
	Team   story.Team `json:"team,omitzero"`
}

// Delegate gives somebody one permission that their roles do not hold: a product owner lets a developer order
// one team's backlog. Whoever delegates stays accountable, and can take it back; so can who assigns
// roles. It ends when a role that was granted to whoever delegated, for that team or for all, is
// revoked, and by itself at Until, if that is set: a stand-in for a time. Delegated again with another end, it has
// that end. What is delegated cannot be delegated further, and nobody delegates to themselves.
//
// Whoever holds the permission for that team, with the zero Team for all, may do it. Errors:
// [field.Error] for what is no permission, for [MayAssignRoles], and for an end that is not after the last event's
// instant; [ErrExists] where it is delegated with the same end.
type Delegate struct {
	Person     string     `json:"person"`
	Permission Permission `json:"permission"`
	Team       story.Team `json:"team,omitzero"`
	Until      time.Time  `json:"until,omitzero"` // it ends by itself then
}

// Undelegate takes back a [Delegate].
//
// Whoever may delegate the permission may do it, and whoever may assign roles. Errors: [NotFoundError] where it was not delegated.
type Undelegate struct {
	Person     string     `json:"person"`
	Permission Permission `json:"permission"`
	Team       story.Team `json:"team,omitzero"`
}

// Kind returns "grant_role".
func (GrantRole) Kind() string { return "grant_role" }

func (GrantRole) permission(*View) Permission { return MayAssignRoles }

func (c GrantRole) teams(*View) []story.Team { return []story.Team{c.Team} }

func (c GrantRole) check(b *View) error {
	grant := Grant{c.Role, c.Team}
	if err := field.Join(checkPerson("person", c.Person), checkGrants("roles", []Grant{grant})); err != nil {
		return err
	}
	roles := b.person(c.Person).Roles
	if slices.Contains(roles, grant) {
		return &ExistsError{Entity: "role of " + c.Person, ID: grant.String()}
	}
	if len(roles) >= maxRoles {
		return tooMany("roles", len(roles)+1, maxRoles)
	}
	return nil
}

func (c GrantRole) apply(b *View, _ time.Time, _ string) {
	person := b.person(c.Person).Clone()
	person.Roles = append(person.Roles, Grant{c.Role, c.Team})
	slices.SortStableFunc(person.Roles, Grant.compare) // which is compiled to less than the other, for few
	b.setPerson(c.Person, person)
}

// Kind returns "revoke_role".
func (RevokeRole) Kind() string { return "revoke_role" }

func (RevokeRole) permission(*View) Permission { return MayAssignRoles }

func (c RevokeRole) teams(*View) []story.Team { return []story.Team{c.Team} }

func (c RevokeRole) check(b *View) error {
	grant := Grant{c.Role, c.Team}
	if !slices.Contains(b.person(c.Person).Roles, grant) {
		return &NotFoundError{"role of " + c.Person, grant.String()}
	}
	return nil
}

func (c RevokeRole) apply(b *View, _ time.Time, _ string) {
	person := b.person(c.Person).Clone()
	person.Roles = slices.DeleteFunc(person.Roles, func(grant Grant) bool { return grant == Grant{c.Role, c.Team} })
	b.setPerson(c.Person, person)
	b.endMandates(c.Person, c.Team)
}

// endMandates takes back what somebody delegated for a team, with the zero Team for any, once a role
// that may have given them the authority is revoked.
func (b *View) endMandates(giver string, team story.Team) {
	ends := func(m Mandate) bool { return m.By == giver && (team == "" || m.Team == team) }
	for _, entry := range slices.Clone(b.people.list) {
		if slices.ContainsFunc(entry.person.Mandates, ends) {
			person := entry.person.Clone()
			person.Mandates = slices.DeleteFunc(person.Mandates, ends)
			b.setPerson(person.Name, person)
		}
	}
}

// Kind returns "delegate".
func (Delegate) Kind() string { return "delegate" }

func (c Delegate) permission(*View) Permission { return c.Permission }

func (c Delegate) teams(*View) []story.Team { return []story.Team{c.Team} }

func (c Delegate) check(b *View) error {
	err := field.Join(checkPerson("person", c.Person),
		checkDelegable("permission", c.Permission), checkTeam("team", c.Team), field.CheckInstant("backlog", "until", c.Until))
	if !c.Until.IsZero() && !c.Until.After(b.at) {
		err = field.Join(err, fieldError("until", c.Until.Format(time.RFC3339), "an instant after the last event's, or none"))
	}
	if err != nil {
		return err
	}
	delegations := b.person(c.Person).Mandates
	at := slices.IndexFunc(delegations, c.is)
	if at >= 0 && delegations[at].Until.Equal(c.Until) {
		return &ExistsError{Entity: "delegation to " + c.Person, ID: string(c.Permission)}
	}
	if at < 0 && len(delegations) >= maxRoles {
		return tooMany("mandates", len(delegations)+1, maxRoles)
	}
	return nil
}

// is reports whether d is what c delegates, whoever gave it.
func (c Delegate) is(d Mandate) bool { return d.Permission == c.Permission && d.Team == c.Team }

func (c Delegate) apply(b *View, _ time.Time, by string) {
	person := b.person(c.Person).Clone()
	person.Mandates = append(slices.DeleteFunc(person.Mandates, c.is), Mandate{c.Permission, c.Team, by, c.Until.UTC()})
	slices.SortStableFunc(person.Mandates, Mandate.compare)
	b.setPerson(c.Person, person)
}

// of returns what is taken back.
func (c Undelegate) of() Delegate {
	return Delegate{Person: c.Person, Permission: c.Permission, Team: c.Team}
}

// Kind returns "undelegate".
func (Undelegate) Kind() string { return "undelegate" }

func (c Undelegate) permission(*View) Permission { return c.Permission }

func (c Undelegate) teams(*View) []story.Team { return []story.Team{c.Team} }

func (c Undelegate) check(b *View) error {
	if !slices.ContainsFunc(b.person(c.Person).Mandates, c.of().is) {
		return &NotFoundError{"delegation to " + c.Person, string(c.Permission)}
	}
	return nil
}

func (c Undelegate) apply(b *View, _ time.Time, _ string) {
	person := b.person(c.Person).Clone()
	person.Mandates = slices.DeleteFunc(person.Mandates, c.of().is)
	b.setPerson(c.Person, person)
}
