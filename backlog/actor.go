package backlog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Role is what somebody does for the product. The zero value means unset and is invalid to store.
type Role uint8

// The roles that the default policy knows.
const (
	ProductManager Role = iota + 1 // owns vision, roadmap and features
	ProductOwner                   // owns the stories of a team or of all teams
	Developer                      // a member of the team who does the work
	ScrumMaster                    // looks after the process
	BusinessOwner                  // judges the business value of an increment's objectives
	Stakeholder                    // is consulted and informed
)

var roleTexts = [...]string{
	"", "product_manager", "product_owner", "developer", "scrum_master", "business_owner", "stakeholder",
}

// IsValid reports whether r is one of the roles.
func (r Role) IsValid() bool { return r > 0 && int(r) < len(roleTexts) }

// String returns the role in words: "product owner".
func (r Role) String() string {
	if !r.IsValid() {
		return fmt.Sprintf("role %d", uint8(r))
	}
	return strings.ReplaceAll(roleTexts[r], "_", " ")
}

// MarshalText returns the text form: "product_owner".
func (r Role) MarshalText() ([]byte, error) {
	if !r.IsValid() {
		return nil, fieldError("role", r.String(), "one of "+strings.Join(roleTexts[1:], ", "))
	}
	return []byte(roleTexts[r]), nil
}

// UnmarshalText reads the text form; r stays as it was on an error.
func (r *Role) UnmarshalText(text []byte) error {
	i := slices.Index(roleTexts[:], string(text))
	if i <= 0 {
		return fieldError("role", fmt.Sprintf("%.40s", text), "one of "+strings.Join(roleTexts[1:], ", "))
	}
	*r = Role(i)
	return nil
}

// Grant is one role that an actor holds: for one team, or, with the zero Team, for all.
type Grant struct {
	Role Role       `json:"role"`
	Team story.Team `json:"team,omitzero"`
}

// Actor is who wants something: a name, as the host knows people and programs, and the roles held.
// It is a value: the host looks up the roles and hands them in with every change.
type Actor struct {
	Name  string  `json:"name"`
	Roles []Grant `json:"roles,omitempty"`
}

// As is an actor who holds roles for all teams.
func As(name string, roles ...Role) Actor {
	actor := Actor{Name: name}
	for _, role := range roles {
		actor.Roles = append(actor.Roles, Grant{Role: role})
	}
	return actor
}

// WithRole returns a copy of a that also holds role for one team.
func (a Actor) WithRole(role Role, team story.Team) Actor {
	a.Roles = append(slices.Clip(a.Roles), Grant{role, team})
	return a
}

// Holds reports whether a holds role for each of the teams: by a grant for all teams or by one for
// that team. What concerns no team needs a grant for all.
func (a Actor) Holds(role Role, teams []story.Team) bool {
	if slices.Contains(a.Roles, Grant{Role: role}) {
		return true
	}
	for _, team := range teams {
		if team == "" || !slices.Contains(a.Roles, Grant{role, team}) {
			return false
		}
	}
	return len(teams) > 0
}

// ofAllTeams returns an actor who holds for all teams what a holds for any.
func (a Actor) ofAllTeams() Actor {
	roles := make([]Grant, len(a.Roles))
	for i, grant := range a.Roles {
		roles[i].Role = grant.Role
	}
	a.Roles = roles
	return a
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
	return errors.Join(checkGrants("actor.roles", a.Roles), checkPerson("actor.name", a.Name))
}

func checkGrants(path string, grants []Grant) error {
	if len(grants) > maxRoles {
		return tooMany(path, len(grants), maxRoles)
	}
	var err error
	for i, grant := range grants {
		if !grant.Role.IsValid() {
			err = errors.Join(err, fieldError(field.Index(path, i)+".role", grant.Role.String(),
				"one of "+strings.Join(roleTexts[1:], ", ")))
		}
		if grant.Team != "" {
			err = errors.Join(err, field.CheckTitle("backlog", field.Index(path, i)+".team", string(grant.Team)))
		}
	}
	return err
}
