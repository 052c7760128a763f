package backlog

import (
	"fmt"
	"slices"
)

// How a [Revert] puts the roadmap back.

// putRoadmap puts the vision, horizons and goals back.
func (c Revert) putRoadmap(b *View) error {
	if c.was.Vision != nil {
		if !c.was.Vision.IsZero() {
			if err := c.was.Vision.Validate(); err != nil {
				return err
			}
		}
		b.setVision(*c.was.Vision)
	}
	for _, horizon := range c.was.Horizons.Values {
		horizons := slices.Clone(b.horizons)
		if at := b.horizonIndex(horizon.ID); at >= 0 {
			horizons[at] = horizon
		} else {
			horizons = slices.Insert(horizons, c.was.Horizons.placeOf(horizon.ID, len(horizons)), horizon)
		}
		if err := b.checkNewHorizon(horizon); err != nil {
			return err
		}
		b.setHorizons(horizons)
	}
	for _, goal := range c.was.Goals.Values {
		if err := checkRecord("goals", 0, false, goal.Status.IsValid(), goal.Validate()); err != nil {
			return err
		}
		if entry, ok := b.goals.byID[goal.ID]; ok {
			b.putGoal(entry, goal)
		} else {
			b.addGoal(goal, c.was.Goals.placeOf(goal.ID, len(b.goals.list)))
		}
	}
	return nil
}

// putReleases puts the stage, releases and increments back.
func (c Revert) putReleases(b *View) error {
	if stage := c.was.Stage; stage != nil {
		if *stage != 0 && !stage.IsValid() {
			return errUnknownStage
		}
		b.setStage(*stage)
	}
	for _, release := range c.was.Releases.Values {
		if err := checkRecord("releases", 0, false, release.Status.IsValid(), release.Validate()); err != nil {
			return err
		}
		if entry, ok := b.releases.byID[release.ID]; ok {
			b.putRelease(entry, release)
		} else {
			b.addRelease(release, c.was.Releases.placeOf(release.ID, len(b.releases.list)))
		}
	}
	for _, increment := range c.was.Increments.Values {
		if err := increment.Validate(); err != nil {
			return err
		}
		if entry, ok := b.increments.byID[increment.ID]; ok {
			b.putIncrement(entry, increment)
		} else {
			b.addIncrement(increment, c.was.Increments.placeOf(increment.ID, len(b.increments.list)))
		}
	}
	return nil
}

func (c Revert) removeReleases(b *View) error {
	for _, id := range onlyNow(c.was.Releases, c.is.Releases, releaseKey) {
		for _, entry := range b.features.list {
			if entry.feature.Release == id {
				return c.refuse(fmt.Sprintf("feature %q is in the release", entry.feature.Title), "these taken back first")
			}
		}
		b.removeRelease(b.releases.byID[id])
	}
	for _, id := range onlyNow(c.was.Increments, c.is.Increments, incrementKey) {
		for _, entry := range b.features.list {
			if entry.feature.Increment == id {
				return c.refuse(fmt.Sprintf("feature %q is in the increment", entry.feature.Title), "these taken back first")
			}
		}
		b.removeIncrement(b.increments.byID[id])
	}
	return nil
}

func (c Revert) removeRoadmap(b *View) error {
	for _, id := range onlyNow(c.was.Goals, c.is.Goals, goalKey) {
		entry := b.goals.byID[id]
		if len(entry.features) > 0 {
			return c.refuse(fmt.Sprintf("features serve goal %q", entry.goal.Title), "these taken back first")
		}
		b.removeGoal(entry)
	}
	for _, id := range onlyNow(c.was.Horizons, c.is.Horizons, horizonKey) {
		if err := (RemoveHorizon{id}).check(b); err != nil {
			return err
		}
		RemoveHorizon{id}.apply(b, b.at, "")
	}
	return nil
}
