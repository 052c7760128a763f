package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

var stageValue = &single[roadmap.Stage]{
	name: "stage", at: func(b *View) *roadmap.Stage { return &b.stage },
	none: func(stage roadmap.Stage) bool { return stage == 0 },
	check: func(stage roadmap.Stage) error {
		_, err := stage.MarshalText()
		return err
	},
}

type releaseEntry struct{ release roadmap.Release }

var releaseTable = &table[roadmap.ReleaseID, roadmap.Release, releaseEntry]{
	name: "releases", noun: "release",
	rows:  func(b *View) storage[roadmap.ReleaseID, releaseEntry] { return &b.releases },
	key:   func(r roadmap.Release) roadmap.ReleaseID { return r.ID },
	value: func(e *releaseEntry) roadmap.Release { return e.release },
	set:   func(_ *View, e *releaseEntry, to roadmap.Release) { e.release = to },
	check: func(_ *View, _ *releaseEntry, release roadmap.Release) error {
		return field.Join(release.Validate(), checkStatus(release.Status))
	},
	stays: func(b *View, e *releaseEntry) (reason, needs string) {
		return b.featureIn("release", func(f *roadmap.Feature) bool { return f.Release == e.release.ID })
	},
}

// SetStage sets where the product is in its life cycle; the zero Stage clears it.
//
// The product manager may do it. Errors: [field.Error].
type SetStage struct {
	Stage roadmap.Stage `json:"stage,omitzero"`
}

// Kind returns "set_stage".
func (SetStage) Kind() string { return "set_stage" }

func (SetStage) permission(*View) Permission { return MayChangeRoadmap }

func (c SetStage) check(*View) error {
	_, err := c.Stage.MarshalText()
	return err
}

func (c SetStage) apply(b *View, _ time.Time, _ string) { stageValue.put(b, c.Stage) }

// PlanRelease adds a release. Features come into it with [AssignFeatureRelease].
//
// The product manager and the product owner may do it. Errors: [field.Error]; [ErrExists].
type PlanRelease struct {
	Release roadmap.Release `json:"release"` // its status is left unset
}

// Kind returns "plan_release".
func (PlanRelease) Kind() string { return "plan_release" }

func (PlanRelease) permission(*View) Permission { return MayPlanReleases }

func (c PlanRelease) check(b *View) error {
	if _, taken := b.releases.byID[c.Release.ID]; taken {
		return exists("release", c.Release.ID)
	}
	if c.Release.Status != 0 {
		return fieldError("release.status", c.Release.Status.String(), "none: a new release is planned")
	}
	return c.Release.Validate()
}

func (c PlanRelease) apply(b *View, _ time.Time, _ string) {
	release := c.Release
	release.Status = roadmap.ReleasePlanned
	releaseTable.add(b, release)
}

// EditRelease replaces the name, notes and date of a planned release.
//
// The product manager and the product owner may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] once
// it is shipped.
type EditRelease struct {
	Release roadmap.ReleaseID `json:"release"`
	Name    *string           `json:"name,omitempty"`
	Notes   *string           `json:"notes,omitempty"`
	Date    *time.Time        `json:"date,omitempty"`
	// Checklist replaces the whole list: what was done is in it as done.
	Checklist *story.List[roadmap.ReleaseTask] `json:"checklist,omitempty"`
}

// Kind returns "edit_release".
func (EditRelease) Kind() string { return "edit_release" }

func (c EditRelease) own() Change {
	c.Name = copied(c.Name)
	c.Notes = copied(c.Notes)
	c.Date, c.Checklist = copied(c.Date), copied(c.Checklist)
	return c
}

func (EditRelease) permission(*View) Permission { return MayPlanReleases }

func (c EditRelease) gate(b *View) []*RefusedError { return refusals(b.wantPlanned(c.Release)) }

func (c EditRelease) edited(release roadmap.Release) roadmap.Release {
	edit(&release.Name, c.Name)
	edit(&release.Notes, c.Notes)
	edit(&release.Date, c.Date)
	edit(&release.Checklist, c.Checklist)
	return release
}

func (c EditRelease) check(b *View) error {
	entry, ok := b.releases.byID[c.Release]
	if !ok {
		return notFound("release", c.Release)
	}
	return field.Join(checkEdit(c.Name, c.Notes, c.Date, c.Checklist), c.edited(entry.release).Validate())
}

func (c EditRelease) apply(b *View, _ time.Time, _ string) {
	entry := b.releases.byID[c.Release]
	releaseTable.put(b, entry, c.edited(entry.release))
}

// AssignFeatureRelease puts a feature into the scope of a planned release, or with the zero id takes it
// out of the one it is in.
//
// The product manager and the product owner may do it; the reason is kept in the event. Errors:
// [NotFoundError]; [field.Error]; [ErrRule] where either release is shipped.
type AssignFeatureRelease struct {
	Feature roadmap.FeatureID `json:"feature"`
	Release roadmap.ReleaseID `json:"release,omitzero"`
	Reason  string            `json:"reason,omitzero"`
}

// Kind returns "assign_feature_release".
func (AssignFeatureRelease) Kind() string { return "assign_feature_release" }

func (AssignFeatureRelease) permission(*View) Permission { return MayPlanReleases }

func (c AssignFeatureRelease) gate(b *View) []*RefusedError {
	refused := b.wantPlanned(c.Release)
	if entry, ok := b.features.byID[c.Feature]; ok && refused == nil {
		refused = b.wantPlanned(entry.feature.Release)
	}
	return refusals(refused)
}

func (c AssignFeatureRelease) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	if !c.Release.IsZero() {
		if err := b.checkRelease(c.Release); err != nil {
			return err
		}
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c AssignFeatureRelease) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Release = c.Release
		return feature
	})
}

// ShipRelease records that a planned release is in the hands of its users, from this instant on.
//
// The product manager and developers may do it. Errors: [NotFoundError]; [ErrRule] where it is
// shipped; [ErrNotDone] while its scope is empty, a story of it is open, by [RuleReleaseAccepted] while a feature of it is, or
// where [Options.ReleaseDone] is not met, see [View.ReleaseReadiness].
type ShipRelease struct {
	Release roadmap.ReleaseID `json:"release"`
}

// Kind returns "ship_release".
func (ShipRelease) Kind() string { return "ship_release" }

func (ShipRelease) permission(*View) Permission { return MayShipReleases }

func (c ShipRelease) gate(b *View) []*RefusedError {
	if refused := b.wantPlanned(c.Release); refused != nil {
		refused.Rule = 0 // it happens once, whatever the rules
		return refusals(refused)
	}
	return b.againstShipped(c.Release, false)
}

// againstShipped returns what stands against a release's being shipped, whatever state it is in. One that comes in as
// shipped may hold no features: many trackers have stories in theirs.
func (b *View) againstShipped(id roadmap.ReleaseID, comesIn bool) []*RefusedError {
	against := b.wantAccepted(id)
	readiness, ok := b.ReleaseReadiness(id)
	against = append(against, refusals(unmet(ByDone, id.String(), "the release is not done", readiness.Done))...)
	isEmpty := len(readiness.Features) == 0 && !comesIn
	if !ok || !isEmpty && len(readiness.Open) == 0 {
		return against
	}
	refused := &RefusedError{By: ByDone, ID: id.String(), Reason: "the release is not ready"}
	if isEmpty {
		refused.Needs = append(refused.Needs, "a feature in its scope")
	}
	if n := len(readiness.Open); n > 0 {
		refused.Needs = append(refused.Needs, fmt.Sprintf("story %q accepted or dropped (%d open)", b.stories[readiness.Open[0]].story.Title, n))
		refused.Items = storyItems(readiness.Open...)
	}
	return append(refusals(refused), against...)
}

// wantAccepted refuses, by the rule, a release with features that nobody accepted.
func (b *View) wantAccepted(id roadmap.ReleaseID) []*RefusedError {
	var needs []string
	var open []roadmap.FeatureID
	for _, entry := range b.scopeOf(id) {
		if entry.feature.Status == roadmap.FeatureOpen {
			needs = append(needs, fmt.Sprintf("feature %q accepted or dropped", entry.feature.Title))
			open = append(open, entry.feature.ID)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return refusals(breach(RuleReleaseAccepted, ByDone, "features of the release are not accepted", needs...).over(Items{Features: ascending(open)}))
}

func (c ShipRelease) check(b *View) error { return b.checkRelease(c.Release) }

func (c ShipRelease) apply(b *View, at time.Time, _ string) {
	entry := b.releases.byID[c.Release]
	release := entry.release
	release.Status, release.Date = roadmap.ReleaseShipped, at
	releaseTable.put(b, entry, release)
}

func (b *View) checkRelease(id roadmap.ReleaseID) error {
	if _, ok := b.releases.byID[id]; !ok {
		return notFound("release", id)
	}
	return nil
}

// wantPlanned refuses a release that is shipped.
func (b *View) wantPlanned(id roadmap.ReleaseID) *RefusedError {
	entry, ok := b.releases.byID[id]
	if !ok || entry.release.Status == roadmap.ReleasePlanned {
		return nil
	}
	refused := breach(RuleReleasePlanned, ByRule, fmt.Sprintf("release %q is shipped", entry.release.Name), "a release that is planned")
	refused.ID = id.String()
	return refused
}

// Stage returns where the product is in its life cycle. The bool is false if it was never set.
func (b *View) Stage() (roadmap.Stage, bool) { return b.stage, b.stage != 0 }

// Releases returns an iterator over the releases in the order in which they were planned.
func (b *View) Releases() iter.Seq[roadmap.Release] { return releaseTable.every(b) }

// Release returns a release by its id.
func (b *View) Release(id roadmap.ReleaseID) (roadmap.Release, bool) { return releaseTable.find(b, id) }

// ReleaseReadiness is what stands between a release and its users.
type ReleaseReadiness struct {
	Features []roadmap.FeatureID `json:"features"` // its scope, dropped features left out, in their order
	Open     []story.ID          `json:"open"`     // stories of the scope that are open, in their order
	Blockers []ItemID            `json:"blockers"` // open items outside the scope that something in it waits for, by id
	Progress Progress            `json:"progress"` // of the stories of the scope
	Done     []CheckResult       `json:"done"`     // of [Options.ReleaseDone], in its order
	// Tasks are those of the checklist that are not done, in their order.
	Tasks []roadmap.ReleaseTask `json:"tasks"`
}

// IsReady reports whether the scope holds something, none of its stories is open, the checklist is done and the
// definition of done is met.
func (r ReleaseReadiness) IsReady() bool {
	isUnmet := func(result CheckResult) bool { return !result.IsMet() }
	return len(r.Features) > 0 && len(r.Open) == 0 && len(r.Tasks) == 0 && !slices.ContainsFunc(r.Done, isUnmet)
}

// ReleaseReadiness returns what has to happen before a release can ship. The bool is false if there
// is no such release. O(k log n) in the stories of its scope.
func (b *View) ReleaseReadiness(id roadmap.ReleaseID) (ReleaseReadiness, bool) {
	release, ok := b.releases.byID[id]
	if !ok {
		return ReleaseReadiness{}, false
	}
	readiness := ReleaseReadiness{
		Features: []roadmap.FeatureID{}, Open: []story.ID{}, Blockers: []ItemID{}, Tasks: []roadmap.ReleaseTask{},
		Done: checksOf(b, b.options.ReleaseDone, release.release),
	}
	for _, task := range release.release.Checklist.All() {
		if !task.Done {
			readiness.Tasks = append(readiness.Tasks, task)
		}
	}
	var open []*storyEntry
	var sum tally
	blockers := make(map[ItemID]bool)
	wait := func(n *node) {
		for _, one := range n.needs {
			if one.node.open && !n.owns(one.node) && b.releaseOf(one.node) != id {
				blockers[one.node.item()] = true
			}
		}
	}
	for _, entry := range b.scopeOf(id) {
		readiness.Features = append(readiness.Features, entry.feature.ID)
		sum.add(entry.tally, 1)
		wait(&entry.node)
		for _, child := range entry.stories {
			if child.category.IsOpen() {
				open = append(open, child)
				wait(&child.node)
			}
		}
	}
	for _, entry := range b.inOrder(open) {
		readiness.Open = append(readiness.Open, entry.story.ID)
	}
	for item := range blockers {
		readiness.Blockers = append(readiness.Blockers, item)
	}
	readiness.Blockers = sortedBy(readiness.Blockers, ItemID.Compare)
	readiness.Progress = sum.progress()
	return readiness, true
}

// scopeOf returns the features of a release that are not dropped, in their order.
func (b *View) scopeOf(id roadmap.ReleaseID) []*featureEntry {
	var scope []*featureEntry
	for _, entry := range b.features.list {
		if entry.feature.Release == id && entry.feature.Status != roadmap.FeatureDropped {
			scope = append(scope, entry)
		}
	}
	return scope
}

func (b *View) releaseOf(n *node) roadmap.ReleaseID {
	switch {
	case n.feature != nil:
		return n.feature.feature.Release
	case n.story.feature != nil:
		return n.story.feature.feature.Release
	default:
		return roadmap.ReleaseID{}
	}
}

// ReleaseCut is a feature that leaves a release when time is short.
type ReleaseCut struct {
	Feature roadmap.FeatureID `json:"feature"`
	Points  decimal.Decimal   `json:"points"` // of its open stories, that are won by it
}

// ReleaseCuts returns the features that would leave a release so that the open points of the rest fit,
// and whether they do. Those of the lowest MoSCoW category leave first, what is not assessed after what
// could be done and before what should, and of one category the last in order first. What must be
// done stays: then the rest may not fit. Features without open points stay too. It changes nothing:
// [AssignFeatureRelease] does.
func (b *View) ReleaseCuts(id roadmap.ReleaseID, points decimal.Decimal) (leaving []ReleaseCut, fits bool) {
	scope := b.scopeOf(id)
	left := decimal.Zero
	for _, entry := range scope {
		left = left.Add(entry.openPoints())
	}
	slices.Reverse(scope)
	slices.SortStableFunc(scope, func(x, y *featureEntry) int { return cmp.Compare(y.dispensable(), x.dispensable()) })
	for _, entry := range scope {
		if left.Cmp(points) <= 0 || entry.dispensable() == 0 {
			break
		}
		if open := entry.openPoints(); open.Sign() > 0 {
			leaving = append(leaving, ReleaseCut{entry.feature.ID, open})
			left = left.Sub(open)
		}
	}
	return leaving, left.Cmp(points) <= 0
}

func (e *featureEntry) openPoints() decimal.Decimal {
	return decimal.New(e.tally.points-e.tally.acceptedPoints, thousandth)
}

// dispensable is how easily a feature leaves a release: 0 for what must be done, 4 for what won't.
func (e *featureEntry) dispensable() int {
	if e.assessment == nil || e.assessment.MoSCoW == nil {
		return 2
	}
	switch e.assessment.MoSCoW.Category {
	case prioritize.Must:
		return 0
	case prioritize.Should:
		return 1
	case prioritize.Could:
		return 3
	case prioritize.Wont:
		return 4
	default:
		return 2
	}
}
