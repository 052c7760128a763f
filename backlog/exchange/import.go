package exchange

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// namespace is that of the ids which are made of a source and a key: a UUID of version 5 of its own.
var namespace = uuid.MustParse("6f0d1c52-5d0a-5c0c-9a54-0c1f7bb0a6b1")

// derivedID returns the UUID of version 5 of some texts.
func derivedID(texts ...string) uuid.UUID {
	return uuid.NewSHA1(namespace, []byte(strings.Join(texts, "\x00")))
}

// Import returns the changes that bring the document into a backlog, all of them [backlog.ImportItems], and a report of what
// becomes what. It changes nothing itself. The changes fit v as it is: they are decided one after the other, or as one
// batch, by somebody with the permission MayImport.
//
// Ids are made of the source and the key of an item (UUID, version 5), so the same document again makes no change,
// and a newer one changes what changed in it. An item with the key of one that is in the backlog already is that one. What was
// changed in the backlog since the last import stays; what was changed on both sides is in the report, and
// [Mapping.PreferFile] decides. How the last import is known is described at [DataImported]. What is no longer in the document
// stays, since an export is a part: only links between items that are both in it go.
//
// An item becomes a goal, a feature, a story, or a task of the story that it is part of, by its level. A story is part of
// the nearest feature above it. Where an item is part of one that cannot have it, a story of a story or a feature
// of a feature, the one above needs it: it is finished when its parts are. Sprints and releases are made of their names, once, and
// get the dates that the document has of them. A sprint is planned while it holds open stories, or active if it is so by the
// document and the team has no other, and else closed.
//
// What a backlog has no field for is kept in the Data of its item, and [DocumentOf] brings it out again. Links whose other
// end is not there are kept so too, and become links when a later document has both ends. Links are taken in the
// order of the document, parents first; one that would close a circle is dropped.
//
// The error is an [ErrInvalid] for a mapping that does not fit the backlog. O(n log n) in the items and links, but for
// circles.
func (d *Document) Import(v *backlog.View, mapping Mapping) ([]backlog.Change, Report, error) {
	mapping.Source = cmp.Or(mapping.Source, string(d.Format))
	workflow := v.Workflow()
	if err := mapping.validate(workflow); err != nil {
		return nil, Report{}, err
	}
	im := &importer{doc: d, view: v, lookup: mapping.lookup(workflow), report: newReport(mapping.Source, len(d.Items))}
	im.place()
	im.settleParents()
	im.settleTasks()
	im.settleAbove()
	im.openSprints()
	im.wantLinks()
	im.build()
	im.link()
	changes := im.changes()
	im.finishReport()
	at := v.At()
	if at.IsZero() {
		at = time.Unix(0, 0)
	}
	breaches, err := v.Breaches(changes, at)
	if err != nil {
		return nil, Report{}, err
	}
	im.report.Breaches = append(im.report.Breaches, breaches...)
	return changes, im.report, nil
}

// importer brings one document into one backlog. The slices are parallel to doc.Items.
type importer struct {
	doc  *Document
	view *backlog.View
	*lookup
	report Report

	index   map[string]int // of items by key
	places  []place
	targets map[backlog.ItemID]int // the items by what they become
	digests map[backlog.ItemID]string

	sprintsByName  map[string]*importedSprint // by the name here
	sprintOrder    []string
	releasesByName map[string]roadmap.ReleaseID
	newReleases    []roadmap.Release
	newGoals       []roadmap.Goal

	tasks       map[int][]int // of each story
	assessments []prioritizeInput
	links       []wantedLink
	keptLinks   map[int][]keptLink // by the index of the item that keeps them
	gone        batch              // links that the document no longer has
	come        batch              // links that are new
	features    []*pending
	stories     []*pending
}

// pending is a story or a feature before all of its links are known.
type pending struct {
	index   int
	merger  merger
	story   importedStory // one of the two
	feature importedFeature
}

func (im *importer) id(noun, key string) uuid.UUID { return derivedID(im.Source, noun, key) }

func (im *importer) lose(i int, what, value, reason string, kept bool) {
	item := &im.doc.Items[i]
	im.report.Losses = append(im.report.Losses, ImportLoss{item.Row, item.Key, what, shorten(value), reason, kept})
}

// build makes goals, features and stories, and what comes of them and what is here.
func (im *importer) build() {
	im.releasesByName = make(map[string]roadmap.ReleaseID)
	for release := range im.view.Releases() {
		im.releasesByName[release.Name] = release.ID
	}
	im.assessments = assess(im.doc.Items)
	for i := range im.places {
		switch im.places[i].level {
		case LevelGoal:
			im.buildGoal(i)
		case LevelFeature:
			im.buildFeature(i)
		case LevelStory:
			im.buildStory(i)
		default:
		}
	}
}

// buildGoal makes a goal, once.
func (im *importer) buildGoal(i int) {
	item := &im.doc.Items[i]
	goal := roadmap.Goal{ID: im.places[i].goal, Title: titleOf(item), Start: cleanInstant(item.Started), Due: cleanInstant(item.Due)}
	if goal.Validate() != nil { // it is due before it begins
		goal.Start = time.Time{}
	}
	switch item.Category {
	case inProgress:
		goal.Status = roadmap.GoalActive
	case delivered:
		goal.Status = roadmap.GoalFulfilled
	case givenUp:
		goal.Status = roadmap.GoalDropped
	default:
		goal.Status = roadmap.GoalPlanned
	}
	im.report.Goals = append(im.report.Goals, goal.Title)
	here, isHere := im.view.Goal(goal.ID)
	im.places[i].isHere = isHere
	if isHere {
		im.report.Unchanged++
		if here.Title != goal.Title || here.Status != goal.Status {
			im.lose(i, "goal", goal.Title+", "+goal.Status.String(), "the goal is there; how it is called and how far it is, the backlog decides", false)
		}
		return
	}
	im.report.New++
	im.newGoals = append(im.newGoals, goal)
	but := []string{"key", "title", "due", "level", "category"}
	if !goal.Start.IsZero() {
		but = append(but, "started")
	}
	if rest := filledFields(item, but...); rest != "" {
		im.lose(i, "fields", rest, "a goal has a title, two dates and a state", false)
	}
}

// filledFields returns the names of the fields of an item that hold something, but for some.
func filledFields(item *Item, but ...string) string {
	var names []string
	for _, one := range itemFields {
		if one.text(item) != "" && !slices.Contains(but, one.name) {
			names = append(names, one.name)
		}
	}
	for _, one := range itemLists {
		if len(one.list(item)) > 0 {
			names = append(names, one.name)
		}
	}
	for _, value := range item.Custom {
		names = append(names, value.Name)
	}
	return strings.Join(names, ", ")
}

// titleOf returns a title that can stand here.
func titleOf(item *Item) string {
	return cmp.Or(cleanTitle(item.Title), cleanTitle(item.Key), "untitled")
}

// buildFeature makes a feature of the document and merges it with the one that is here.
func (im *importer) buildFeature(i int) {
	item, p := &im.doc.Items[i], &im.places[i]
	keep := im.keeper(i)
	status := roadmap.FeatureOpen
	switch item.Category {
	case delivered:
		status = roadmap.FeatureAccepted
	case givenUp:
		status = roadmap.FeatureDropped
	default:
	}
	file := importedFeature{Feature: roadmap.Feature{
		ID: p.item.Feature, Title: titleOf(item), Goal: p.over, Status: status, Size: im.estimate(item, keep), Criteria: im.criteria(i),
		Release: im.release(item),
	}}
	file.details = im.details(i, keep)
	waiting := im.pending(i)
	here := &waiting.feature
	here.Feature, _ = im.view.Feature(p.item.Feature)
	here.ID = p.item.Feature
	here.details = here.Details.Value()
	waiting.merger.last = baseOf(&here.details)
	if waiting.merger.isNew {
		here.details.Key = file.details.Key
	}
	mergeParts(&waiting.merger, featureParts, &file, here)
	waiting.merger.details(&file.details, &here.details)
	im.features = append(im.features, waiting)
}

// buildStory makes a story of the document and merges it with the one that is here.
func (im *importer) buildStory(i int) {
	item, p := &im.doc.Items[i], &im.places[i]
	keep := im.keeper(i)
	file := importedStory{Story: story.Story{
		ID: p.item.Story, Title: titleOf(item), Feature: p.feature, Team: im.Team, Status: p.status, Estimate: im.estimate(item, keep),
		Criteria: im.criteria(i), Tasks: im.taskList(i, keep),
	}}
	file.sprint = im.openSprintOf(item)
	file.details = im.details(i, keep)
	waiting := im.pending(i)
	here := &waiting.story
	here.Story, _ = im.view.Story(p.item.Story)
	here.ID = p.item.Story
	here.details = here.Details.Value()
	if sprint, ok := im.view.SprintOf(here.ID); ok {
		here.sprint = sprint.ID
	}
	waiting.merger.last = baseOf(&here.details)
	if waiting.merger.isNew {
		here.details.Key, here.Team = file.details.Key, file.Team
	}
	mergeParts(&waiting.merger, storyParts, &file, here)
	waiting.merger.details(&file.details, &here.details)
	if category, _ := im.workflow.Category(here.Status); category == givenUp {
		here.sprint = backlog.SprintID{}
	}
	im.stories = append(im.stories, waiting)
}

// pending returns what becomes of an item, without anything in it.
func (im *importer) pending(i int) *pending {
	p := &im.places[i]
	p.pending = &pending{index: i, merger: merger{preferFile: im.PreferFile, isNew: !p.isHere, next: make(base)}}
	return p.pending
}

func (im *importer) keeper(i int) *keeper {
	return &keeper{lose: func(what, value, reason string) { im.lose(i, what, value, reason, false) }}
}
