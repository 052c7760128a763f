package forecast

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
)

// MemberRole says whether a member of a team takes work: developers and testers do, the others enable.
type MemberRole uint8

// The roles of a member. The zero value is no role and invalid.
const (
	MemberDeveloper MemberRole = iota + 1
	MemberTester
	MemberProductOwner
	MemberScrumMaster
)

// String returns "developer", "tester", "product owner" or "scrum master".
func (r MemberRole) String() string {
	switch r {
	case MemberDeveloper:
		return "developer"
	case MemberTester:
		return "tester"
	case MemberProductOwner:
		return "product owner"
	case MemberScrumMaster:
		return "scrum master"
	default:
		return fmt.Sprintf("role %d", uint8(r))
	}
}

// MarshalText returns the name of the role. It fails on a role that has none.
func (r MemberRole) MarshalText() ([]byte, error) {
	if r < MemberDeveloper || r > MemberScrumMaster {
		return nil, roleError(r.String())
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads the name of a role.
func (r *MemberRole) UnmarshalText(text []byte) error {
	for role := MemberDeveloper; role <= MemberScrumMaster; role++ {
		if role.String() == string(text) {
			*r = role
			return nil
		}
	}
	return roleError(string(text))
}

func roleError(value string) error {
	return fieldError("role", value, "developer, tester, product owner or scrum master")
}

// Member is one person of a team in one sprint or iteration.
type Member struct {
	Role    MemberRole      `json:"role"`
	Share   decimal.Decimal `json:"share"`    // of full time, 0 to 1
	DaysOff decimal.Decimal `json:"days_off"` // working days absent
}

// StartCapacity is the capacity of a team that has no velocity yet, in points for two weeks:
// perPerson (8 by custom) for each full-time developer or tester, less one for each day off.
// Nobody counts below zero; product owner and scrum master don't count. It is meant for the first
// iteration only. (SAFe, Iteration Planning.)
//
// Errors: a [*field.Error] for each value out of range.
func StartCapacity(team []Member, perPerson decimal.Decimal) (decimal.Decimal, error) {
	problems := []error{amount("per_person", perPerson)}
	var sum decimal.Decimal
	for i, m := range team {
		prefix := at("team", i)
		if m.Role < MemberDeveloper || m.Role > MemberScrumMaster {
			problems = append(problems, fieldError(prefix+"role", m.Role.String(), "a role"))
		}
		err := errors.Join(amount(prefix+"share", m.Share), amount(prefix+"days_off", m.DaysOff))
		if err == nil && m.Share.GreaterThan(decimal.NewFromInt(1)) {
			err = fieldError(prefix+"share", m.Share.String(), "0 to 1")
		}
		problems = append(problems, err)
		if err == nil && problems[0] == nil && (m.Role == MemberDeveloper || m.Role == MemberTester) {
			sum = sum.Add(decimal.Max(decimal.Zero, perPerson.Mul(m.Share).Sub(m.DaysOff)))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return decimal.Decimal{}, err
	}
	return sum, nil
}

// PersonDays is the capacity of so many people over so many working days, less the holidays, which cost
// a day for each of them. Errors: a [*field.Error] for each negative number, or for more holidays
// than days.
func PersonDays(people, days, holidays int) (int, error) {
	const most = 1_000_000
	err := errors.Join(whole("people", people, 0, most), whole("days", days, 0, most))
	if err = errors.Join(err, whole("holidays", holidays, 0, max(0, days))); err != nil {
		return 0, err
	}
	return people * (days - holidays), nil
}

// FocusFactor is the share of the available person-days that ended as velocity, rounded half up;
// .5 to .8 is common. (Kniberg, Scrum and XP from the Trenches, 2007.)
// Errors: a [*field.Error] unless velocity >= 0 and personDays > 0.
func FocusFactor(velocity, personDays decimal.Decimal, places int32) (decimal.Decimal, error) {
	err := errors.Join(amount("velocity", velocity), above("person_days", personDays))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return exact.Quotient(velocity, personDays, places), nil
}

// EstimatedVelocity is the velocity to expect from so many person-days at a focus factor, exactly.
// Errors: a [*field.Error] for each value out of range.
func EstimatedVelocity(personDays, focusFactor decimal.Decimal) (decimal.Decimal, error) {
	err := errors.Join(amount("person_days", personDays), amount("focus_factor", focusFactor))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return personDays.Mul(focusFactor), nil
}
