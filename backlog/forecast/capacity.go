package forecast

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// MemberRole is the part that a member plays in a team. Developers and testers take work; the others
// enable it.
type MemberRole uint8

// The roles of a member. The zero value is unset and invalid.
const (
	MemberDeveloper MemberRole = iota + 1
	MemberTester
	MemberProductOwner
	MemberScrumMaster
)

var memberRoles = field.EnumOf[MemberRole]("forecast", "MemberRole", "developer", "tester", "product owner", "scrum master")

// IsValid reports whether r is one of the four roles.
func (r MemberRole) IsValid() bool { return memberRoles.IsValid(r) }

// String returns "developer", "tester", "product owner" or "scrum master".
func (r MemberRole) String() string { return memberRoles.String(r) }

// MarshalText returns the text of [MemberRole.String]. It returns a [*field.Error] for an unknown value.
func (r MemberRole) MarshalText() ([]byte, error) { return memberRoles.MarshalText(r) }

// UnmarshalText sets r to the role of that text. It returns a [*field.Error] for any other text.
func (r *MemberRole) UnmarshalText(text []byte) error { return memberRoles.UnmarshalText(r, text) }

// Member is one person of a team in one sprint or iteration, for [StartCapacity].
type Member struct {
	Role    MemberRole      `json:"role"`
	Share   decimal.Decimal `json:"share"`    // of full time, 0 to 1
	DaysOff decimal.Decimal `json:"days_off"` // working days absent
}

// StartCapacity returns the capacity of a team that has no velocity yet, in points for two weeks:
// perPerson (8 by custom) for each full-time developer or tester, less one for each day off. Nobody
// counts below zero; product owner and scrum master do not count. It is meant for the first iteration
// only. (SAFe, Iteration Planning.)
//
// Errors: a [*field.Error] for each value out of range.
func StartCapacity(team []Member, perPerson decimal.Decimal) (decimal.Decimal, error) {
	var wrong problems
	wrong.add(amount("per_person", perPerson))
	var sum decimal.Decimal
	for i, m := range team {
		prefix := at("team", i)
		wrong.add(memberRoles.CheckSet(prefix+"role", m.Role))
		err := field.Join(amount(prefix+"share", m.Share), amount(prefix+"days_off", m.DaysOff))
		if err == nil && m.Share.GreaterThan(decimal.NewFromInt(1)) {
			err = fieldError(prefix+"share", m.Share.String(), "0 to 1")
		}
		wrong.add(err)
		if err == nil && len(wrong) == 0 && (m.Role == MemberDeveloper || m.Role == MemberTester) {
			sum = sum.Add(decimal.Max(decimal.Zero, perPerson.Mul(m.Share).Sub(m.DaysOff)))
		}
	}
	if err := wrong.err(); err != nil {
		return decimal.Decimal{}, err
	}
	return sum, nil
}

// PersonDays returns the capacity of so many people over so many working days, people * (days - holidays).
// Errors: a [*field.Error] for each negative number, and for more holidays than days.
func PersonDays(people, days, holidays int) (int, error) {
	const most = 1_000_000
	err := field.Join(whole("people", people, 0, most), whole("days", days, 0, most))
	if err = field.Join(err, whole("holidays", holidays, 0, max(0, days))); err != nil {
		return 0, err
	}
	return people * (days - holidays), nil
}

// FocusFactor returns velocity / personDays, rounded half up to places: the share of the available
// person-days that ended as velocity; .5 to .8 is common. (Kniberg, Scrum and XP from the Trenches, 2007.)
// Errors: a [*field.Error] unless velocity >= 0 and personDays > 0.
func FocusFactor(velocity, personDays decimal.Decimal, places int32) (decimal.Decimal, error) {
	err := field.Join(amount("velocity", velocity), above("person_days", personDays))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return exact.Quotient(velocity, personDays, places), nil
}

// EstimatedVelocity returns personDays * focusFactor, exactly: the velocity to expect.
// Errors: a [*field.Error] for each value out of range.
func EstimatedVelocity(personDays, focusFactor decimal.Decimal) (decimal.Decimal, error) {
	err := field.Join(amount("person_days", personDays), amount("focus_factor", focusFactor))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return personDays.Mul(focusFactor), nil
}
