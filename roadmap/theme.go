package roadmap

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ThemeID is the id of a [Theme].
type ThemeID = story.Identity[Theme]

// Theme is a direction of the strategy that features follow, with the part of the budget that is meant for it.
// It is a plain value: a copy shares nothing that could change.
type Theme struct {
	ID    ThemeID         `json:"id"`
	Title string          `json:"title"`
	Share decimal.Decimal `json:"share,omitzero"` // percent of the budget, 0 to 100
}

// Validate reports everything that is wrong with t.
func (t Theme) Validate() error {
	errs := []error{field.CheckID("roadmap", "theme.id", t.ID), field.CheckTitle("roadmap", "theme.title", t.Title)}
	err := field.CheckNumber("roadmap", "theme.share", t.Share)
	if err == nil && (t.Share.Sign() < 0 || t.Share.Cmp(hundred) > 0) {
		err = fieldError("theme.share", t.Share.String(), "0 to 100 percent")
	}
	return field.Join(append(errs, err)...)
}

var hundred = decimal.NewFromInt(100)

// Allocation keeps a part of a capacity for stories of a kind, or for those whose features follow a theme:
// "20 % for chores". A story that two allocations are for counts for the first.
type Allocation struct {
	Kind    story.Kind      `json:"kind,omitzero"` // either of the two, not both
	Theme   ThemeID         `json:"theme,omitzero"`
	Percent decimal.Decimal `json:"percent"` // of the capacity, > 0
}

// AllocationUse is what came of an [Allocation].
type AllocationUse struct {
	Allocation
	Kept   decimal.Decimal `json:"kept"`   // points of the capacity
	Points decimal.Decimal `json:"points"` // of the stories that count for it, more than Kept where there was room
}

// IsShort reports whether less was used than was kept.
func (u AllocationUse) IsShort() bool { return u.Points.Cmp(u.Kept) < 0 }

// maxAllocations bounds a list of allocations: each keeps a percent, say.
const maxAllocations = 100

// ValidateAllocations reports everything that is wrong with allocations that are to be kept together: a kind
// or a theme that comes twice, parts that are not above 0, or above 100 % together.
func ValidateAllocations(path string, allocations []Allocation) error {
	if err := field.CheckLen("roadmap", path, len(allocations), maxAllocations); err != nil {
		return err
	}
	var errs []error
	sum := decimal.Zero
	met := make(map[Allocation]bool, len(allocations))
	for i, one := range allocations {
		at := field.Index(path, i)
		err := field.CheckNumber("roadmap", at+".percent", one.Percent)
		if err == nil && one.Percent.Sign() <= 0 {
			err = fieldError(at+".percent", one.Percent.String(), "more than 0")
		}
		if err == nil {
			sum = sum.Add(one.Percent)
		}
		errs = append(errs, field.Within(at, one.Kind.Validate()), err)
		key := Allocation{Kind: one.Kind, Theme: one.Theme}
		if !one.Theme.IsZero() && one.Kind != "" {
			errs = append(errs, fieldError(at+".theme", one.Theme.String(), "a kind or a theme, not both"))
		}
		if met[key] {
			errs = append(errs, fieldError(at, string(one.Kind)+one.Theme.String(), "each kind and each theme once"))
		}
		met[key] = true
	}
	if sum.Cmp(hundred) > 0 {
		errs = append(errs, fieldError(path, sum.String()+" %", "at most 100 % together"))
	}
	return field.Join(errs...)
}

// ThemeBudget is what the features of a theme may cost, in one currency, against the share that is meant for
// the theme of all that features may cost.
type ThemeBudget struct {
	Theme   ThemeID `json:"theme"`
	Share   Money   `json:"share"`
	Planned Money   `json:"planned"`
}

// IsOver reports whether more is planned than the share.
func (b ThemeBudget) IsOver() bool { return b.Planned.Amount.Cmp(b.Share.Amount) > 0 }
