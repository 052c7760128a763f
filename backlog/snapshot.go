package backlog

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// SnapshotVersion is the version of the JSON that [View.Snapshot] writes and [Restore] reads.
const SnapshotVersion = 1

// snapshot is all of a backlog's state that is not derived, in a canonical order: stories and
// features in theirs, goals and sprints as they were added, dependencies by id.
type snapshot struct {
	Version      int                 `json:"version"`
	Seq          uint64              `json:"seq"`
	At           time.Time           `json:"at,omitzero"`
	Vision       roadmap.Vision      `json:"vision,omitzero"`
	Goals        []roadmap.Goal      `json:"goals,omitempty"`
	Horizons     []roadmap.Horizon   `json:"horizons,omitempty"`
	Stage        roadmap.Stage       `json:"stage,omitzero"`
	Releases     []roadmap.Release   `json:"releases,omitempty"`
	Increments   []roadmap.Increment `json:"increments,omitempty"`
	Features     []featureRecord     `json:"features,omitempty"`
	Stories      []storyRecord       `json:"stories,omitempty"`
	Dependencies []Dependency        `json:"dependencies,omitempty"`
	Relations    []Relation          `json:"relations,omitempty"`
	Sprints      []Sprint            `json:"sprints,omitempty"`
	People       []Person            `json:"people,omitempty"`
}

type featureRecord struct {
	roadmap.Feature
	Assessment *prioritize.Assessment `json:"assessment,omitzero"`
	Acceptance *Acceptance            `json:"acceptance,omitzero"`
}

type storyRecord struct {
	story.Story
	Assessment *prioritize.Assessment `json:"assessment,omitzero"`
	Acceptance *Acceptance            `json:"acceptance,omitzero"`
}

func (e *featureEntry) record() featureRecord {
	return featureRecord{e.feature, e.assessment, e.acceptance}
}

func (e *storyEntry) record() storyRecord { return storyRecord{e.story, e.assessment, e.acceptance} }

// Snapshot returns the whole state as JSON. Equal states give equal bytes. The rules are no part of
// it: whoever restores hands in the options again. O(n log n).
func (b *View) Snapshot() ([]byte, error) { return json.Marshal(b.state()) }

// state collects the state. Its values share their slices with the records, which replace them and
// never write into them.
func (b *View) state() snapshot {
	s := snapshot{
		Version: SnapshotVersion, Seq: b.seq, At: b.at,
		Vision: b.vision, Stage: b.stage, Horizons: b.horizons,
		Stories: make([]storyRecord, 0, len(b.stories)),
	}
	for _, entry := range b.goals.list {
		s.Goals = append(s.Goals, entry.goal)
	}
	for _, entry := range b.releases.list {
		s.Releases = append(s.Releases, entry.release)
	}
	for _, entry := range b.increments.list {
		s.Increments = append(s.Increments, entry.increment)
	}
	for _, entry := range b.features.list {
		s.Features = append(s.Features, entry.record())
		s.Dependencies = append(s.Dependencies, entry.node.dependencies()...)
	}
	for entry := range b.order.all() {
		s.Stories = append(s.Stories, entry.record())
		s.Dependencies = append(s.Dependencies, entry.node.dependencies()...)
		for _, relation := range entry.relations {
			if relation.Story == entry.story.ID {
				s.Relations = append(s.Relations, relation)
			}
		}
	}
	slices.SortFunc(s.Relations, Relation.compare)
	slices.SortFunc(s.Dependencies, func(x, y Dependency) int {
		return cmp.Or(x.Item.Compare(y.Item), x.Needs.Compare(y.Needs))
	})
	for _, entry := range b.sprints.list {
		s.Sprints = append(s.Sprints, entry.sprint)
	}
	for _, name := range slices.Sorted(maps.Keys(b.people)) {
		s.People = append(s.People, b.people[name])
	}
	return s
}

func (n *node) dependencies() []Dependency {
	all := make([]Dependency, len(n.needs))
	for i, one := range n.needs {
		all[i] = Dependency{n.item(), one.node.item(), one.reason}
	}
	return all
}

// Restore makes a backlog from a snapshot and checks every invariant on the way: ids are there and
// unique, values are valid, no dependency closes a cycle, open sprints share no story. A version that
// this package does not know is an [ErrVersion] that names it, anything that does not fit is an
// [ErrInconsistent].
func Restore(options Options, data []byte) (*Backlog, error) {
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return nil, fmt.Errorf("backlog: snapshot: %w", err)
	}
	if version.Version != SnapshotVersion {
		return nil, fmt.Errorf("backlog: snapshot: %w %d, want %d", ErrVersion, version.Version, SnapshotVersion)
	}
	var s snapshot
	if err := decodeStrict(data, &s); err != nil {
		return nil, fmt.Errorf("backlog: snapshot: %w", err)
	}
	return fromState(options, s)
}

// Clone returns an independent copy, for a reader elsewhere. O(n log n).
func (b *View) Clone() *Backlog {
	s := b.state()
	clone := &Backlog{view{
		options: b.options, seq: b.seq, at: b.at, vision: b.vision, stage: b.stage, horizons: b.horizons,
		recent: b.recent, people: maps.Clone(b.people),
		stories: make(map[story.ID]*storyEntry, len(b.stories)),
		tasks:   make(map[story.TaskID]*storyEntry, len(b.tasks)),
		loads:   make([]int, len(b.loads)),
	}}
	for _, goal := range s.Goals {
		clone.addGoal(goal, len(clone.goals.list))
	}
	for _, release := range s.Releases {
		clone.addRelease(release, len(clone.releases.list))
	}
	for _, increment := range s.Increments {
		clone.addIncrement(increment, len(clone.increments.list))
	}
	for i, record := range s.Features {
		clone.addFeature(record.Feature, i)
		clone.features.list[i].assessment = record.Assessment
		clone.features.list[i].acceptance = record.Acceptance
	}
	for i, record := range s.Stories {
		clone.addStory(record.Story, i)
		if record.Assessment != nil {
			clone.assessStory(clone.stories[record.ID], record.Assessment)
		}
		clone.stories[record.ID].acceptance = record.Acceptance
	}
	for _, one := range s.Dependencies {
		clone.link(clone.node(one.Item), clone.node(one.Needs), one.Reason)
	}
	for _, relation := range s.Relations {
		RelateStories{relation}.apply(&clone.view, s.At, "")
	}
	for _, sprint := range s.Sprints {
		clone.addSprint(sprint, len(clone.sprints.list))
	}
	return clone
}

func fromState(options Options, s snapshot) (*Backlog, error) {
	b, err := New(options)
	if err != nil {
		return nil, err
	}
	for _, restore := range []func(snapshot) error{
		b.restoreRoadmap, b.restoreStories, b.restoreDependencies, b.restoreSprints, b.restorePeople,
	} {
		if err := restore(s); err != nil {
			return nil, fmt.Errorf("backlog: snapshot is %w: %w", ErrInconsistent, err)
		}
	}
	b.seq, b.at = s.Seq, s.At
	return b, nil
}

func (b *View) restoreRoadmap(s snapshot) error {
	var errs []error
	if !s.Vision.IsZero() {
		errs = append(errs, s.Vision.Validate())
		b.setVision(s.Vision)
	}
	for i, goal := range s.Goals {
		_, taken := b.goals.byID[goal.ID]
		if err := checkRecord("goals", i, taken, goal.Status.IsValid(), goal.Validate()); err != nil {
			errs = append(errs, err)
			continue
		}
		b.addGoal(goal, len(b.goals.list))
	}
	for i, horizon := range s.Horizons {
		err := checkRecord("horizons", i, b.horizonIndex(horizon.ID) >= 0, true, b.checkNewHorizon(horizon))
		errs = append(errs, err)
		b.horizons = append(b.horizons, horizon)
	}
	if s.Stage != 0 && !s.Stage.IsValid() {
		errs = append(errs, errUnknownStage)
	}
	b.setStage(s.Stage)
	for i, release := range s.Releases {
		_, taken := b.releases.byID[release.ID]
		if err := checkRecord("releases", i, taken, release.Status.IsValid(), release.Validate()); err != nil {
			errs = append(errs, err)
			continue
		}
		b.addRelease(release, len(b.releases.list))
	}
	for i, increment := range s.Increments {
		_, taken := b.increments.byID[increment.ID]
		if err := checkRecord("increments", i, taken, true, increment.Validate()); err != nil {
			errs = append(errs, err)
			continue
		}
		b.addIncrement(increment, len(b.increments.list))
	}
	for i, record := range s.Features {
		_, taken := b.features.byID[record.ID]
		if err := checkRecord("features", i, taken, true, b.checkFeatureRecord(record)); err != nil {
			errs = append(errs, err)
			continue
		}
		b.addFeature(record.Feature, len(b.features.list))
		entry := b.features.byID[record.ID]
		entry.assessment, entry.acceptance = record.Assessment, record.Acceptance
	}
	return errors.Join(errs...)
}

func (b *View) restoreStories(s snapshot) error {
	for i, record := range s.Stories {
		_, taken := b.stories[record.ID]
		err := errors.Join(b.checkStoryRecord(record), b.checkNewTasks(record.Tasks))
		if err := checkRecord("stories", i, taken, true, err); err != nil {
			return err
		}
		b.addStory(record.Story, i)
		if record.Assessment != nil {
			b.assessStory(b.stories[record.ID], record.Assessment)
		}
		b.stories[record.ID].acceptance = record.Acceptance
	}
	return nil
}

var errUnknownStage = errors.New("stage is not one of the known")

var errUnknownStatus = errors.New("status is not one of the known")

// checkFeatureRecord wants a record that is valid and refers to what is there.
func (b *View) checkFeatureRecord(record featureRecord) error {
	err := errors.Join(record.Validate(), b.checkPlaces(record.Feature),
		record.Acceptance.validate(record.Status == roadmap.FeatureAccepted), checkAssessment(record.Assessment))
	if !record.Goal.IsZero() {
		err = errors.Join(err, b.checkGoal(record.Goal))
	}
	if !record.Status.IsValid() {
		err = errors.Join(err, errUnknownStatus)
	}
	return err
}

// checkStoryRecord is checkFeatureRecord for a story, but for the ids of its tasks.
func (b *View) checkStoryRecord(record storyRecord) error {
	category, known := b.options.Workflow.Category(record.Status)
	err := errors.Join(record.Validate(), b.checkParent(record.Feature),
		record.Acceptance.validate(category == story.Completed), checkAssessment(record.Assessment))
	if category == story.Completed {
		err = errors.Join(err, checkAccepted(record.Criteria))
	}
	if !known {
		err = errors.Join(err, errUnknownStatus)
	}
	return err
}

func (b *View) checkNewTasks(tasks story.List[story.Task]) error {
	for _, task := range tasks.All() {
		if _, taken := b.tasks[task.ID]; taken {
			return exists("task", task.ID)
		}
	}
	return nil
}

func (b *View) restoreDependencies(s snapshot) error {
	for i, dependency := range s.Dependencies {
		change := AddDependency{dependency}
		if err := change.check(b); err != nil {
			return fmt.Errorf("dependencies[%d]: %w", i, err)
		}
		change.apply(b, s.At, "")
	}
	for i, relation := range s.Relations {
		change := RelateStories{relation}
		if err := change.check(b); err != nil {
			return fmt.Errorf("relations[%d]: %w", i, err)
		}
		change.apply(b, s.At, "")
	}
	return nil
}

func (b *View) restoreSprints(s snapshot) error {
	for i, sprint := range s.Sprints {
		_, taken := b.sprints.byID[sprint.ID]
		err := errors.Join(sprint.Validate(), b.checkSprintStories(sprint, nil))
		if err := checkRecord("sprints", i, taken, sprint.Status.IsValid(), err); err != nil {
			return err
		}
		b.addSprint(sprint, i)
	}
	return nil
}

func (b *View) restorePeople(s snapshot) error {
	for i, person := range s.People {
		_, taken := b.people[person.Name]
		if err := checkRecord("people", i, taken, true, person.Validate()); err != nil {
			return err
		}
		b.setPerson(person.Name, person)
	}
	return nil
}

// checkSprintStories wants stories that are there and, while the sprint is open, in none but the one
// that is held in entry, if any.
func (b *View) checkSprintStories(sprint Sprint, entry *sprintEntry) error {
	if len(sprint.Stories) > 0 {
		if err := b.checkStories(sprint.Stories); err != nil {
			return err
		}
	}
	var errs []error
	for _, id := range sprint.Stories {
		if held := b.stories[id].sprint; sprint.Status.IsOpen() && held != nil && held != entry {
			errs = append(errs, fieldError("stories", id.String(), "a story in one open sprint"))
		}
	}
	for _, id := range sprint.Returned {
		_, err := b.find(id)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// checkRecord says where in a snapshot something is wrong.
func checkRecord(list string, index int, taken, statusKnown bool, err error) error {
	if taken {
		err = errors.Join(err, ErrExists)
	}
	if !statusKnown {
		err = errors.Join(err, errUnknownStatus)
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s[%d]: %w", list, index, err)
}
