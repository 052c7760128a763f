package backlog

import (
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

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
	if b.horizonIndex(c.Horizon.ID) >= 0 {
		return exists("horizon", c.Horizon.ID)
	}
	return b.checkNewHorizon(c.Horizon)
}

func (c AddHorizon) apply(b *View, _ time.Time, _ string) {
	b.setHorizons(append(slices.Clip(b.horizons), c.Horizon))
}

// EditHorizon replaces what a horizon says.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also where it overlaps
// another dated horizon.
type EditHorizon struct {
	Horizon roadmap.Horizon `json:"horizon"`
}

// Kind returns "edit_horizon".
func (EditHorizon) Kind() string { return "edit_horizon" }

func (EditHorizon) permission(*View) Permission { return MayChangeRoadmap }

func (c EditHorizon) check(b *View) error {
	if b.horizonIndex(c.Horizon.ID) < 0 {
		return notFound("horizon", c.Horizon.ID)
	}
	return b.checkNewHorizon(c.Horizon)
}

func (c EditHorizon) apply(b *View, _ time.Time, _ string) {
	horizons := slices.Clone(b.horizons)
	horizons[b.horizonIndex(c.Horizon.ID)] = c.Horizon
	b.setHorizons(horizons)
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
	if b.horizonIndex(c.Horizon) < 0 {
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
	at := b.horizonIndex(c.Horizon)
	b.setHorizons(slices.Delete(slices.Clone(b.horizons), at, at+1))
}

// PlaceFeature puts a feature into a horizon of the roadmap, or with the zero id into none.
//
// The product manager may do it; the reason is kept in the event. Errors: [NotFoundError].
type PlaceFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
	Horizon roadmap.HorizonID `json:"horizon,omitzero"`
	Reason  string            `json:"reason,omitzero"`
}

// Kind returns "place_feature".
func (PlaceFeature) Kind() string { return "place_feature" }

func (PlaceFeature) permission(*View) Permission { return MayChangeRoadmap }

func (c PlaceFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	if err := field.CheckText("backlog", "reason", c.Reason); err != nil {
		return err
	}
	return b.checkHorizon(c.Horizon)
}

func (c PlaceFeature) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Horizon = c.Horizon
		return feature
	})
}

// checkHorizon wants a horizon that is there, or none.
func (b *View) checkHorizon(id roadmap.HorizonID) error {
	if !id.IsZero() && b.horizonIndex(id) < 0 {
		return notFound("horizon", id)
	}
	return nil
}

func (b *View) horizonIndex(id roadmap.HorizonID) int {
	return slices.IndexFunc(b.horizons, func(horizon roadmap.Horizon) bool { return horizon.ID == id })
}

// maxHorizons bounds the roadmap.
const maxHorizons = 1_000

// checkNewHorizon wants a valid horizon that overlaps no other.
func (b *View) checkNewHorizon(horizon roadmap.Horizon) error {
	if err := horizon.Validate(); err != nil {
		return err
	}
	if b.horizonIndex(horizon.ID) < 0 && len(b.horizons) >= maxHorizons {
		return tooMany("horizons", len(b.horizons)+1, maxHorizons)
	}
	for _, other := range b.horizons {
		if other.ID != horizon.ID && other.Overlaps(horizon) {
			return fieldError("horizon.from", horizon.From.Format(time.RFC3339),
				fmt.Sprintf("a period that does not overlap %q", other.Name))
		}
	}
	return nil
}
