package exchange

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

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

// place is where an item of the document goes.
type place struct {
	level  Level          // 0: nowhere
	item   backlog.ItemID // a story or a feature
	goal   roadmap.GoalID
	isHere bool           // it is in the backlog already
	status story.Status   // of a story
	parent int            // the index of the item that it is part of; -1 for none in the document
	above  backlog.ItemID // the item that it is part of, where that is in the backlog only
	owner  int            // of a task: the index of its story

	feature roadmap.FeatureID // the nearest above
	over    roadmap.GoalID    // the nearest goal above

	pending *pending
}

// pending is a story or a feature before all of its links are known.
type pending struct {
	index   int
	merger  merger
	story   importedStory // one of the two
	feature importedFeature
}

// ownKey returns the key by which people name an item: none if it was made of the title.
func ownKey(item *Item) string {
	if item.Key == item.Title || cleanTitle(item.Key) != item.Key {
		return ""
	}
	return item.Key
}

// place settles what each item becomes. What is in the backlog keeps its level.
func (im *importer) place() {
	items := im.doc.Items
	im.index = make(map[string]int, len(items))
	im.places = make([]place, len(items))
	im.targets = make(map[backlog.ItemID]int, len(items))
	for i := range items {
		item, p := &items[i], &im.places[i]
		im.index[item.Key] = i
		p.parent, p.owner, p.level = -1, -1, im.level(item)
		if found, ok := im.find(item); ok {
			p.item, p.isHere, p.level = found, true, LevelStory
			if !found.Feature.IsZero() {
				p.level = LevelFeature
			}
		}
		if p.level != LevelTask {
			im.settle(i)
		}
	}
}

// find returns the item of the backlog that an item of the document is.
func (im *importer) find(item *Item) (backlog.ItemID, bool) {
	asStory, asFeature := story.ID(im.id("story", item.Key)), roadmap.FeatureID(im.id("feature", item.Key))
	var found backlog.ItemID
	if _, ok := im.view.Story(asStory); ok {
		found = backlog.StoryItem(asStory)
	} else if _, ok := im.view.Feature(asFeature); ok {
		found = backlog.FeatureItem(asFeature)
	} else if found, ok = im.byKey(ownKey(item)); !ok {
		return found, false
	}
	_, taken := im.targets[found]
	return found, !taken
}

// byKey returns the item of the backlog with a key.
func (im *importer) byKey(key string) (backlog.ItemID, bool) {
	if key == "" {
		return backlog.ItemID{}, false
	}
	if s, ok := im.view.StoryByKey(key); ok {
		return backlog.StoryItem(s.ID), true
	}
	f, ok := im.view.FeatureByKey(key)
	return backlog.FeatureItem(f.ID), ok
}

func (im *importer) id(noun, key string) uuid.UUID { return derivedID(im.Source, noun, key) }

// settle gives an item that is no task its id, and a story its state.
func (im *importer) settle(i int) {
	item, p := &im.doc.Items[i], &im.places[i]
	switch p.level {
	case LevelGoal:
		p.goal = roadmap.GoalID(im.id("goal", item.Key))
		return
	case LevelFeature:
		if !p.isHere {
			p.item = backlog.FeatureItem(roadmap.FeatureID(im.id("feature", item.Key)))
		}
	default:
		p.level = LevelStory
		var ok bool
		if p.status, ok = im.status(item); !ok {
			*p = place{parent: p.parent, above: p.above, owner: -1}
			im.lose(i, "item", item.Status, "the workflow has no state for what is "+item.Category.String(), false)
			return
		}
		if !p.isHere {
			p.item = backlog.StoryItem(story.ID(im.id("story", item.Key)))
		}
	}
	im.targets[p.item] = i
}

func (im *importer) lose(i int, what, value, reason string, kept bool) {
	item := &im.doc.Items[i]
	im.report.Losses = append(im.report.Losses, ImportLoss{item.Row, item.Key, what, shorten(value), reason, kept})
}

// settleParents finds the item that each is part of, and opens circles.
func (im *importer) settleParents() {
	for i := range im.places {
		parent := im.doc.Items[i].Parent
		if at, ok := im.index[parent]; ok && parent != "" {
			im.places[i].parent = at
		} else {
			im.places[i].above, _ = im.byKey(parent)
		}
	}
	met := make([]int, len(im.places)) // by which walk; 0 for none yet
	for i := range im.places {
		at := i
		for at >= 0 && met[at] == 0 {
			met[at] = i + 1
			at = im.places[at].parent
		}
		if at >= 0 && met[at] == i+1 {
			im.openParents(at)
		}
	}
}

// openParents takes the parent from the item of a circle that stands last in the document.
func (im *importer) openParents(first int) {
	var keys []string
	last := first
	for at := first; ; {
		keys = append(keys, im.doc.Items[at].Key)
		last = max(last, at)
		if at = im.places[at].parent; at == first {
			break
		}
	}
	item := &im.doc.Items[last]
	im.report.Circles = append(im.report.Circles, Circle{
		Items: firstKeys(keys), Dropped: item.Key + " part of " + item.Parent, Reason: "of the items of the circle, " + item.Key + " stands last in the document",
	})
	im.places[last].parent = -1
}

// firstKeys returns some of many keys.
func firstKeys(keys []string) []string {
	const most = 20
	if len(keys) <= most {
		return keys
	}
	return append(slices.Clone(keys[:most]), counted(len(keys)-most, "more", "more"))
}

// settleTasks finds the story of each task. A task without one is a story itself.
func (im *importer) settleTasks() {
	im.tasks = make(map[int][]int)
	for i := range im.places {
		if im.places[i].level != LevelTask {
			continue
		}
		path := []int{i}
		at := im.places[i].parent
		for at >= 0 && im.places[at].level == LevelTask && im.places[at].owner < 0 {
			path = append(path, at)
			at = im.places[at].parent
		}
		owner := at
		if at >= 0 && im.places[at].level == LevelTask {
			owner = im.places[at].owner
		}
		for _, one := range path {
			if owner < 0 || im.places[owner].level != LevelStory || len(im.tasks[owner]) == story.MaxTasks {
				im.places[one].level = LevelStory
				im.settle(one)
				continue
			}
			im.places[one].owner = owner
			im.tasks[owner] = append(im.tasks[owner], one)
		}
	}
	for _, list := range im.tasks {
		slices.Sort(list)
	}
}

// settleAbove finds the feature and the goal above each item.
func (im *importer) settleAbove() {
	done := make([]bool, len(im.places))
	for i := range im.places {
		var path []int
		for at := i; at >= 0 && !done[at]; at = im.places[at].parent {
			path = append(path, at)
		}
		for _, one := range slices.Backward(path) {
			p := &im.places[one]
			done[one] = true
			switch {
			case p.parent >= 0:
				up := &im.places[p.parent]
				p.feature, p.over = up.feature, up.over
				if up.level == LevelFeature {
					p.feature = up.item.Feature
				}
				if up.level == LevelGoal {
					p.feature, p.over = roadmap.FeatureID{}, up.goal
				}
			case !p.above.Feature.IsZero():
				p.feature = p.above.Feature
			case !p.above.Story.IsZero():
				s, _ := im.view.Story(p.above.Story)
				p.feature = s.Feature
			}
		}
	}
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

// estimate returns the points of an item, if they can be an estimate.
func (im *importer) estimate(item *Item, keep *keeper) story.Estimate {
	points := item.Points
	if im.Points != "" {
		points = im.pointsOf(item)
		keep.addAll("points", Number, present(decimalText(item.Points)))
	}
	if !points.Valid {
		return story.Estimate{}
	}
	estimate := story.DecimalPoints(points.Decimal)
	if estimate.Validate() != nil {
		if im.Points == "" {
			keep.addAll("points", Number, present(decimalText(item.Points)))
		}
		im.lose(im.index[item.Key], "points", decimalText(points), "an estimate is 0 to 1,000,000 points with three decimals", true)
		return story.Estimate{}
	}
	im.report.Estimated++
	im.report.Points = im.report.Points.Add(points.Decimal)
	return estimate
}

// pointsOf returns the value that the mapping names as points.
func (im *importer) pointsOf(item *Item) decimal.NullDecimal {
	name := fold(im.Points)
	for _, factor := range item.Scores {
		if fold(factor.Name) == name {
			return decimal.NewNullDecimal(factor.Value)
		}
	}
	for _, value := range item.Custom {
		if number, ok := value.Number(); ok && fold(value.Name) == name {
			return decimal.NewNullDecimal(number)
		}
	}
	return decimal.NullDecimal{}
}

// criteria returns the acceptance criteria of an item.
func (im *importer) criteria(i int) story.List[story.Criterion] {
	item := &im.doc.Items[i]
	var all []story.Criterion
	met := make(map[string]int)
	for _, text := range item.Criteria {
		clean, fits := cleanText(text)
		switch {
		case trim(clean) == "":
		case !fits || len(all) == story.MaxCriteria:
			im.lose(i, "criterion", text, "longer than a criterion can be, or one too many", false)
		default:
			met[clean]++
			id := im.id("criterion", item.Key+"\x00"+clean+strings.Repeat("\x00", met[clean]))
			all = append(all, story.Criterion{ID: story.CriterionID(id), Text: clean})
		}
	}
	return story.ListOf(all...)
}

// taskList returns the tasks of a story, and keeps what they cannot hold.
func (im *importer) taskList(i int, keep *keeper) story.List[story.Task] {
	var tasks []story.Task
	for _, at := range im.tasks[i] {
		item := im.doc.Items[at]
		task := story.Task{
			ID:    story.TaskID(im.id("task", im.doc.Items[i].Key+"\x00"+item.Key)),
			Title: titleOf(&item), Assignee: cleanName(item.Assignee), Done: !item.Category.IsOpen(),
		}
		tasks = append(tasks, task)
		item.Row = 0
		if text, err := json.Marshal(item); err == nil {
			keep.add(dataTask, task.ID.String(), string(text))
		}
	}
	return story.ListOf(tasks...)
}

// details returns what a story or a feature has besides, and keeps everything else.
func (im *importer) details(i int, keep *keeper) story.Details {
	item, p := &im.doc.Items[i], &im.places[i]
	d := story.Details{
		Kind: im.kind(item), Assignee: cleanName(item.Assignee), Due: cleanInstant(item.Due), NotBefore: cleanInstant(item.DeferredUntil),
		Past: story.Past{Created: cleanInstant(item.Created), Started: cleanInstant(item.Started), Done: cleanInstant(item.Done)},
	}
	if key := ownKey(item); key != "" {
		if holder, taken := im.byKey(key); !taken || holder == p.item {
			d.Key = key
		}
	}
	var labels []string
	for _, label := range item.Labels {
		if clean := cleanTitle(label); clean != "" && len(labels) < story.MaxLabels && !slices.Contains(labels, clean) {
			labels = append(labels, clean)
		}
	}
	d.Labels = story.ListOf(labels...)
	description, fits := cleanText(item.Description)
	if fits {
		d.Description = description
	} else {
		im.lose(i, "description", description, "longer than a text can be", false)
	}
	im.keep(i, keep)
	d.Data = story.ListOf(keep.data...)
	return d
}

// keep keeps what has no field.
func (im *importer) keep(i int, keep *keeper) {
	item, p := &im.doc.Items[i], &im.places[i]
	for _, field := range keptFields {
		switch field.name {
		case "key":
			if item.Key == item.Title || ownKey(item) != "" {
				continue
			}
		case "title":
			if item.Title == titleOf(item) {
				continue
			}
		case "kind":
			if string(im.kind(item)) == item.Kind {
				continue
			}
		case "category":
			if p.level != LevelFeature || !item.Category.IsOpen() {
				continue
			}
		case "parent":
			if how, _, _ := im.parthood(i); how != asData {
				continue
			}
		case "points":
			continue // see estimate
		}
		keep.addAll(field.name, field.kind, field.list(item))
	}
	for _, factor := range item.Scores {
		name := cleanTitle(factor.Name)
		if name == "" || strings.HasPrefix(name, dataPrefix) {
			name = cleanTitle(dataCustom + name)
		}
		keep.add(name, typeFactor, factor.Value.String())
	}
	for _, value := range item.Custom {
		keep.custom(value)
	}
	for _, one := range im.keptLinks[i] {
		if one.isInward {
			keep.link(dataInward, one.Link, one.From)
		} else {
			keep.link(dataLink, one.Link, one.To)
		}
	}
}

// addAll keeps the values of a field of [Item].
func (k *keeper) addAll(name string, kind ValueType, values []string) {
	for _, value := range values {
		k.add(dataPrefix+name, kind.String(), value)
	}
}

// release returns the release of a feature: the last that it names.
func (im *importer) release(item *Item) roadmap.ReleaseID {
	for _, name := range slices.Backward(item.Releases) {
		as := named(im.releases, name)
		if as == "" {
			continue
		}
		id, known := im.releasesByName[as]
		if !known {
			id = roadmap.ReleaseID(im.id("release", as))
			im.releasesByName[as] = id
			im.newReleases = append(im.newReleases, roadmap.Release{ID: id, Name: as, Status: roadmap.ReleasePlanned})
		}
		return id
	}
	return roadmap.ReleaseID{}
}
