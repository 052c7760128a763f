package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

type themeEntry struct{ theme roadmap.Theme }

var themeTable = &table[roadmap.ThemeID, roadmap.Theme, themeEntry]{
	name: "themes", noun: "theme",
	rows:  func(b *View) storage[roadmap.ThemeID, themeEntry] { return &b.themes },
	key:   func(t roadmap.Theme) roadmap.ThemeID { return t.ID },
	value: func(e *themeEntry) roadmap.Theme { return e.theme },
	set:   func(_ *View, e *themeEntry, to roadmap.Theme) { e.theme = to },
	check: (*View).checkThemeRecord,
	stays: func(b *View, e *themeEntry) (reason, needs string) {
		for _, other := range b.increments.list {
			for _, one := range other.increment.Allocations {
				if one.Theme == e.theme.ID {
					return fmt.Sprintf("increment %q keeps a part for theme %q", other.increment.Name, e.theme.Title), "edit_increment first"
				}
			}
		}
		for _, entry := range b.features.list {
			if entry.feature.Theme == e.theme.ID {
				return fmt.Sprintf("feature %q follows theme %q", entry.feature.Title, e.theme.Title), "assign_feature_theme first"
			}
		}
		return "", ""
	},
}

// maxThemes bounds the strategy.
const maxThemes = 1_000

// checkThemeRecord wants a valid theme whose share and those of the others are 100 % at most.
func (b *View) checkThemeRecord(entry *themeEntry, theme roadmap.Theme) error {
	err := theme.Validate()
	if entry == nil && b.themes.len() >= maxThemes {
		err = field.Join(err, tooMany("themes", b.themes.len()+1, maxThemes))
	}
	if err != nil {
		return err
	}
	others := decimal.Zero
	for _, other := range b.themes.list {
		if other != entry {
			others = others.Add(other.theme.Share)
		}
	}
	if left := decimal.NewFromInt(100).Sub(others); theme.Share.Cmp(left) > 0 {
		return fieldError("theme.share", theme.Share.String(), fmt.Sprintf("at most %v: the other themes have %v of 100 %%", left, others))
	}
	return nil
}

// checkTheme wants a theme that is there, or none.
func (b *View) checkTheme(id roadmap.ThemeID) error {
	if !id.IsZero() && b.themes.byID[id] == nil {
		return notFound("theme", id)
	}
	return nil
}

// checkAllocations wants allocations that are valid together, for themes that are there.
func (b *View) checkAllocations(path string, allocations []roadmap.Allocation) error {
	err := roadmap.ValidateAllocations(path, allocations)
	if err != nil {
		return err
	}
	for i, one := range allocations {
		err = field.Join(err, field.Within(field.Index(path, i), b.checkTheme(one.Theme)))
	}
	return err
}

// AddTheme adds a theme of the strategy.
//
// The product manager may do it. Errors: [field.Error], also where the shares of all themes are more than
// 100 %; [ErrExists].
type AddTheme struct {
	Theme roadmap.Theme `json:"theme"`
}

// Kind returns "add_theme".
func (AddTheme) Kind() string { return "add_theme" }

func (AddTheme) permission(*View) Permission { return MayChangeRoadmap }

func (c AddTheme) check(b *View) error {
	if b.themes.byID[c.Theme.ID] != nil {
		return exists("theme", c.Theme.ID)
	}
	return b.checkThemeRecord(nil, c.Theme)
}

func (c AddTheme) apply(b *View, _ time.Time, _ string) { themeTable.add(b, c.Theme) }

// EditTheme changes the title and the share of a theme.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also where the shares of all themes
// are more than 100 %.
type EditTheme struct {
	Theme roadmap.ThemeID  `json:"theme"`
	Title *string          `json:"title,omitempty"`
	Share *decimal.Decimal `json:"share,omitempty"`
}

// Kind returns "edit_theme".
func (EditTheme) Kind() string { return "edit_theme" }

func (c EditTheme) own() Change {
	c.Title, c.Share = copied(c.Title), copied(c.Share)
	return c
}

func (EditTheme) permission(*View) Permission { return MayChangeRoadmap }

func (c EditTheme) edited(theme roadmap.Theme) roadmap.Theme {
	edit(&theme.Title, c.Title)
	edit(&theme.Share, c.Share)
	return theme
}

func (c EditTheme) check(b *View) error {
	entry := b.themes.byID[c.Theme]
	if entry == nil {
		return notFound("theme", c.Theme)
	}
	return field.Join(checkEdit(c.Title, c.Share), b.checkThemeRecord(entry, c.edited(entry.theme)))
}

func (c EditTheme) apply(b *View, _ time.Time, _ string) {
	entry := b.themes.byID[c.Theme]
	themeTable.put(b, entry, c.edited(entry.theme))
}

// RemoveTheme takes out a theme that no feature follows and no increment keeps a part for.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] while something refers to it.
type RemoveTheme struct {
	Theme roadmap.ThemeID `json:"theme"`
}

// Kind returns "remove_theme".
func (RemoveTheme) Kind() string { return "remove_theme" }

func (RemoveTheme) permission(*View) Permission { return MayChangeRoadmap }

func (c RemoveTheme) check(b *View) error { return checkRemoved(themeTable, b, c.Theme) }

func (c RemoveTheme) apply(b *View, _ time.Time, _ string) {
	themeTable.remove(b, b.themes.byID[c.Theme])
}

// AssignFeatureTheme sets the theme that a feature follows; the zero id clears it.
//
// The product manager may do it. Errors: [NotFoundError].
type AssignFeatureTheme struct {
	Feature roadmap.FeatureID `json:"feature"`
	Theme   roadmap.ThemeID   `json:"theme,omitzero"`
}

// Kind returns "assign_feature_theme".
func (AssignFeatureTheme) Kind() string { return "assign_feature_theme" }

func (AssignFeatureTheme) permission(*View) Permission { return MayDefineFeatures }

func (c AssignFeatureTheme) check(b *View) error {
	return field.Join(b.checkFeature(c.Feature), b.checkTheme(c.Theme))
}

func (c AssignFeatureTheme) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Theme = c.Theme
		return feature
	})
}

// Themes returns an iterator over the themes in the order in which they were added.
func (b *View) Themes() iter.Seq[roadmap.Theme] { return themeTable.every(b) }

// Theme returns a theme by its id.
func (b *View) Theme(id roadmap.ThemeID) (roadmap.Theme, bool) { return themeTable.find(b, id) }

// ThemeBudgets returns for each currency, by its text, and in it for each theme, in their order, what the
// features of the theme may cost, against its share of all budgets in that currency. Dropped features are left
// out. O(features + currencies x themes).
func (b *View) ThemeBudgets() []roadmap.ThemeBudget {
	totals := make(map[string]decimal.Decimal)
	type part struct {
		theme    roadmap.ThemeID
		currency string
	}
	parts := make(map[part]decimal.Decimal)
	for _, entry := range b.features.list {
		feature := &entry.feature
		if feature.Budget.IsZero() || feature.Status == roadmap.FeatureDropped {
			continue
		}
		key := part{feature.Theme, feature.Budget.Currency}
		totals[key.currency] = totals[key.currency].Add(feature.Budget.Amount)
		parts[key] = parts[key].Add(feature.Budget.Amount)
	}
	budgets := []roadmap.ThemeBudget{}
	for _, currency := range slices.SortedFunc(maps.Keys(totals), cmp.Compare[string]) {
		for _, entry := range b.themes.list {
			budgets = append(budgets, roadmap.ThemeBudget{
				Theme:   entry.theme.ID,
				Share:   roadmap.Money{Amount: totals[currency].Mul(entry.theme.Share).Shift(-2), Currency: currency},
				Planned: roadmap.Money{Amount: parts[part{entry.theme.ID, currency}], Currency: currency},
			})
		}
	}
	return budgets
}
