package backlog

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

type horizonEntry struct{ horizon roadmap.Horizon }

var horizonTable = &table[roadmap.HorizonID, roadmap.Horizon, horizonEntry]{
	name: "horizons", noun: "horizon",
	rows:  func(b *View) storage[roadmap.HorizonID, horizonEntry] { return &b.horizons },
	key:   func(h roadmap.Horizon) roadmap.HorizonID { return h.ID },
	value: func(e *horizonEntry) roadmap.Horizon { return e.horizon },
	set:   func(_ *View, e *horizonEntry, to roadmap.Horizon) { e.horizon = to },
	check: func(b *View, _ *horizonEntry, horizon roadmap.Horizon) error { return b.checkNewHorizon(horizon) },
	stays: func(b *View, e *horizonEntry) (reason, needs string) {
		return b.featureIn("horizon", func(f *roadmap.Feature) bool { return f.Horizon == e.horizon.ID })
	},
}

// featureIn returns why what a feature is in cannot be taken out.
func (b *View) featureIn(noun string, is func(*roadmap.Feature) bool) (reason, needs string) {
	for _, entry := range b.features.list {
		if is(&entry.feature) {
			return fmt.Sprintf("feature %q is in the %s", entry.feature.Title, noun), "these taken back first"
		}
	}
	return "", ""
}

// AddHorizon adds a horizon at the end of the roadmap: now, next and later, or dated periods.
//
// The product manager may do it. Errors: [field.Error], also where it overlaps another dated
// horizon; [ErrExists].
type AddHorizon struct {
	Horizon roadmap.Horizon `json:"horizon"`
}

// Kind returns "add_horizon".
func (AddHorizon) Kind() string { return "add_horizon" }

func (AddHorizon) permission(*View) Permission { return MayChangeRoadmap }

func (c AddHorizon) check(b *View) error {
	if b.horizons.byID[c.Horizon.ID] != nil {
		return exists("horizon", c.Horizon.ID)
	}
	return b.checkNewHorizon(c.Horizon)
}

func (c AddHorizon) apply(b *View, _ time.Time, _ string) {
	horizonTable.add(b, c.Horizon)
}

// EditHorizon changes the name and the dates of a horizon.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also where it overlaps
// another dated horizon.
type EditHorizon struct {
	Horizon roadmap.HorizonID `json:"horizon"`
	Name    *string           `json:"name,omitempty"`
	From    *time.Time        `json:"from,omitempty"`
	To      *time.Time        `json:"to,omitempty"`
}

// Kind returns "edit_horizon".
func (EditHorizon) Kind() string { return "edit_horizon" }

func (c EditHorizon) own() Change {
	c.Name = copied(c.Name)
	c.From = copied(c.From)
	c.To = copied(c.To)
	return c
}

func (EditHorizon) permission(*View) Permission { return MayChangeRoadmap }

func (c EditHorizon) check(b *View) error {
	horizon, ok := b.Horizon(c.Horizon)
	if !ok {
		return notFound("horizon", c.Horizon)
	}
	return field.Join(checkEdit(c.Name, c.From, c.To), b.checkNewHorizon(c.edited(horizon)))
}

func (c EditHorizon) edited(horizon roadmap.Horizon) roadmap.Horizon {
	edit(&horizon.Name, c.Name)
	edit(&horizon.From, c.From)
	edit(&horizon.To, c.To)
	return horizon
}

func (c EditHorizon) apply(b *View, _ time.Time, _ string) {
	horizon, _ := b.Horizon(c.Horizon)
	horizonTable.put(b, b.horizons.byID[c.Horizon], c.edited(horizon))
}

// RemoveHorizon takes a horizon that no feature is placed in off the roadmap.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] while a feature is
// placed in it.
type RemoveHorizon struct {
	Horizon roadmap.HorizonID `json:"horizon"`
}

// Kind returns "remove_horizon".
func (RemoveHorizon) Kind() string { return "remove_horizon" }

func (RemoveHorizon) permission(*View) Permission { return MayChangeRoadmap }

func (c RemoveHorizon) check(b *View) error {
	if b.horizons.byID[c.Horizon] == nil {
		return notFound("horizon", c.Horizon)
	}
	for _, entry := range b.features.list {
		if entry.feature.Horizon == c.Horizon {
			return fieldError("horizon", c.Horizon.String(),
				fmt.Sprintf("one without features, it holds %q", entry.feature.Title))
		}
	}
	return nil
}

func (c RemoveHorizon) apply(b *View, _ time.Time, _ string) {
	horizonTable.remove(b, b.horizons.byID[c.Horizon])
}

// AssignFeatureHorizon puts a feature into a horizon of the roadmap, or with the zero id into none.
//
// The product manager may do it; the reason is kept in the event. Errors: [NotFoundError], for an insight too.
type AssignFeatureHorizon struct {
	Feature roadmap.FeatureID `json:"feature"`
	Horizon roadmap.HorizonID `json:"horizon,omitzero"`
	Reason  string            `json:"reason,omitzero"`
	// Insights are those on which the place rests, kept in the event.
	Insights story.List[roadmap.InsightID] `json:"insights,omitzero"`
}

// Kind returns "assign_feature_horizon".
func (AssignFeatureHorizon) Kind() string { return "assign_feature_horizon" }

func (AssignFeatureHorizon) permission(*View) Permission { return MayChangeRoadmap }

func (c AssignFeatureHorizon) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	if err := field.CheckText("backlog", "reason", c.Reason); err != nil {
		return err
	}
	return field.Join(b.checkHorizon(c.Horizon), b.checkInsights(c.Insights))
}

func (c AssignFeatureHorizon) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Horizon = c.Horizon
		return feature
	})
}

// checkHorizon wants a horizon that is there, or none.
func (b *View) checkHorizon(id roadmap.HorizonID) error {
	if !id.IsZero() && b.horizons.byID[id] == nil {
		return notFound("horizon", id)
	}
	return nil
}

// maxHorizons bounds the roadmap.
const maxHorizons = 1_000

// checkNewHorizon wants a valid horizon that overlaps no other.
func (b *View) checkNewHorizon(horizon roadmap.Horizon) error {
	if err := horizon.Validate(); err != nil {
		return err
	}
	if b.horizons.byID[horizon.ID] == nil && b.horizons.len() >= maxHorizons {
		return tooMany("horizons", b.horizons.len()+1, maxHorizons)
	}
	for _, entry := range b.horizons.list {
		if other := entry.horizon; other.ID != horizon.ID && other.Overlaps(horizon) {
			return fieldError("horizon.from", horizon.From.Format(time.RFC3339),
				fmt.Sprintf("a period that does not overlap %q", entry.horizon.Name))
		}
	}
	return nil
}
