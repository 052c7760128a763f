package backlog

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Role is what somebody does for the product, by a name of small letters, digits and underscores. The
// roles below are those that the default policy gives permissions to; a host that has others, such as
// "bot", gives them permissions in an [Authority] or a [Policy] of its own. The zero value means unset.
type Role string

// The roles of the default policy.
const (
	ProductManager Role = "product_manager" // owns vision, roadmap and features
	ProductOwner   Role = "product_owner"   // owns the stories of a team or of all teams
	Developer      Role = "developer"       // a member of the team who does the work
	ScrumMaster    Role = "scrum_master"    // looks after the process
	BusinessOwner  Role = "business_owner"  // judges the business value of an increment's objectives
	Stakeholder    Role = "stakeholder"     // is consulted and informed
)

// maxRole bounds the name of a role, in bytes.
const maxRole = 64

// IsValid reports whether r is a name: 1 to 64 small letters a to z, digits and underscores, a letter
// first.
func (r Role) IsValid() bool {
	if len(r) == 0 || len(r) > maxRole || r[0] < 'a' || r[0] > 'z' {
		return false
	}
	for i := range len(r) {
		if c := r[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

// String returns the role in words: "product owner".
func (r Role) String() string { return strings.ReplaceAll(string(r), "_", " ") }

// UnmarshalText reads a name; r stays as it was on an error.
func (r *Role) UnmarshalText(text []byte) error {
	name := Role(text)
	if err := name.check("role"); err != nil {
		return err
	}
	*r = name
	return nil
}

// check returns an error if r is no name of a role.
func (r Role) check(path string) error {
	if r.IsValid() {
		return nil
	}
	return fieldError(path, string(r), "a role such as product_owner: small letters, digits and underscores")
}

// Grant is one role that an actor holds: for one team, or, with the zero Team, for all.
type Grant struct {
	Role Role       `json:"role"`
	Team story.Team `json:"team,omitzero"`
}

// Actor is who makes a change: the name by which the host identifies a person or a program, and the roles held.
// It is a value, whose roles nobody can write to: the host looks them up and hands them in with every change.
type Actor struct {
	_     [0]func() // so that == does not compile, which would compare where the roles lie
	Name  string
	roles *[]Grant // to which nobody writes; nil for none
}

// actorJSON is the JSON form of an actor.
type actorJSON struct {
	Name  string  `json:"name"`
	Roles []Grant `json:"roles,omitempty"`
}

// As is an actor who holds roles for all teams.
func As(name string, roles ...Role) Actor {
	grants := make([]Grant, len(roles))
	for i, role := range roles {
		grants[i].Role = role
	}
	return actorOf(name, grants)
}

// WithRole returns a copy of a that also holds role for one team.
func (a Actor) WithRole(role Role, team story.Team) Actor {
	return actorOf(a.Name, append(slices.Clip(a.grants()), Grant{role, team}))
}

// actorOf returns an actor with roles to which nobody may write from now on.
func actorOf(name string, roles []Grant) Actor {
	if len(roles) == 0 {
		return Actor{Name: name}
	}
	return Actor{Name: name, roles: &roles}
}

// Roles iterates over the roles that a holds, in the order in which they were given.
func (a Actor) Roles() iter.Seq[Grant] { return slices.Values(a.grants()) }

func (a *Actor) grants() []Grant {
	if a.roles == nil {
		return nil
	}
	return *a.roles
}

// MarshalJSON writes the name, and the roles where there are any.
func (a Actor) MarshalJSON() ([]byte, error) { return json.Marshal(actorJSON{a.Name, a.grants()}) }

// UnmarshalJSON reads what [Actor.MarshalJSON] wrote; a stays as it was on an error, and a field that this package
// does not know, or that comes twice or in other letters, is one.
func (a *Actor) UnmarshalJSON(data []byte) error {
	var raw actorJSON
	err := decodeStrict(data, &raw)
	if err == nil {
		err = checkKeys(data)
	}
	if err != nil {
		return fmt.Errorf("backlog: actor: %w", bare(err))
	}
	*a = actorOf(raw.Name, raw.Roles)
	return nil
}

// equal reports whether a has the name and the roles of other.
func (a *Actor) equal(other *Actor) bool {
	return a.Name == other.Name && (a.roles == other.roles || slices.Equal(a.grants(), other.grants()))
}

// Holds reports whether a holds role for each of the teams: by a grant for all teams or by one for
// that team. What concerns no team needs a grant for all.
func (a Actor) Holds(role Role, teams []story.Team) bool {
	if slices.Contains(a.grants(), Grant{Role: role}) {
		return true
	}
	for _, team := range teams {
		if team == "" || !slices.Contains(a.grants(), Grant{role, team}) {
			return false
		}
	}
	return len(teams) > 0
}

// ofAllTeams returns an actor who holds for all teams what a holds for any.
func (a Actor) ofAllTeams() Actor {
	roles := make([]Grant, len(a.grants()))
	for i, grant := range a.grants() {
		roles[i].Role = grant.Role
	}
	return actorOf(a.Name, roles)
}

// String returns the role in words, with its team: `product owner of "red"`.
func (g Grant) String() string {
	if g.Team == "" {
		return g.Role.String()
	}
	return fmt.Sprintf("%v of %q", g.Role, g.Team)
}

// Validate reports everything that is wrong with a. An actor without a role is fine: it may do
// nothing.
func (a Actor) Validate() error {
	return field.Join(checkGrants("actor.roles", a.grants()), checkPerson("actor.name", a.Name))
}

func checkGrants(path string, grants []Grant) error {
	if len(grants) > maxRoles {
		return tooMany(path, len(grants), maxRoles)
	}
	var err error
	for i, grant := range grants {
		if !grant.Role.IsValid() {
			err = field.Join(err, grant.Role.check(field.Index(path, i)+".role"))
		}
		if grant.Team != "" {
			err = field.Join(err, field.CheckTitle("backlog", field.Index(path, i)+".team", string(grant.Team)))
		}
	}
	return err
}
