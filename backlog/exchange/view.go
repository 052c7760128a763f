package exchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// ViewFormat is the format of a document that is of no file but of a backlog.
const ViewFormat Format = "backlog"

// Write writes a backlog in a format of [Targets], and returns what that format cannot hold: it is [DocumentOf] and
// [Document.Write] in one.
func Write(w io.Writer, v *backlog.View, format Format) ([]Loss, error) {
	doc := DocumentOf(v)
	losses, err := doc.Write(w, format)
	if err != nil {
		return nil, err
	}
	return append(doc.Losses, losses...), nil
}

// DocumentOf returns a backlog as a document: goals, features, stories in their order, and tasks. What was imported comes out as
// it came in, with what was changed since: [Document.Import] and DocumentOf are a round trip. A state that was not
// changed since an import has the tracker's word, any other its name.
//
// What a document cannot hold is in the losses, such as the vision, and the goals of sprints. O(n log n).
func DocumentOf(v *backlog.View) *Document {
	b := &viewReader{
		view: v, keys: make(map[string]bool), itemKeys: make(map[backlog.ItemID]string), goalKeys: make(map[roadmap.GoalID]string),
		doc: &Document{
			Format: ViewFormat, Certainty: Certain, Items: []Item{}, Links: []Link{}, Values: []Value{}, Losses: []Loss{}, Skipped: []Skipped{},
			Repeated: []Skipped{}, Statuses: []StatusCount{}, Kinds: []KindCount{}, Warnings: []string{},
		},
	}
	b.settleKeys()
	b.readSprints()
	for goal := range v.Goals() {
		b.goal(goal)
	}
	for feature := range v.Features() {
		b.feature(feature)
	}
	for s := range v.Stories() {
		b.story(s)
	}
	b.links()
	b.whole()
	b.doc.Rows = len(b.doc.Items)
	b.doc.countStatuses()
	b.doc.countKinds()
	return b.doc
}

// viewReader makes the document of a backlog.
type viewReader struct {
	view *backlog.View
	doc  *Document

	keys     map[string]bool // taken
	itemKeys map[backlog.ItemID]string
	goalKeys map[roadmap.GoalID]string
	parents  map[backlog.ItemID]string // of what the item above needs as a part
	sprints  map[story.ID][]string     // names
	kept     []Link                    // that have no place in the backlog
}

// settleKeys gives each item a key: its own, or else its title if no other has that, or else its id.
func (b *viewReader) settleKeys() {
	for s := range b.view.Stories() {
		b.keys[s.Key()] = true
	}
	for f := range b.view.Features() {
		b.keys[f.Key()] = true
	}
	pick := func(d story.Details, title, id string) string {
		if d.Key != "" {
			return d.Key
		}
		key := title
		for _, value := range d.Data.All() {
			if value.Name == dataPrefix+"key" && !b.keys[value.Value] {
				b.keys[value.Value] = true
				return value.Value
			}
		}
		if b.keys[title] || cleanTitle(title) != title {
			key = id
		}
		b.keys[key] = true
		return key
	}
	for goal := range b.view.Goals() {
		b.goalKeys[goal.ID] = pick(story.Details{}, goal.Title, goal.ID.String())
	}
	for f := range b.view.Features() {
		b.itemKeys[backlog.FeatureItem(f.ID)] = pick(f.Details.Value(), f.Title, f.ID.String())
	}
	for s := range b.view.Stories() {
		b.itemKeys[backlog.StoryItem(s.ID)] = pick(s.Details.Value(), s.Title, s.ID.String())
	}
	b.parents = make(map[backlog.ItemID]string)
	for one := range b.view.Dependencies() {
		if _, known := b.parents[one.Needs]; one.Reason == partOf && !known {
			b.parents[one.Needs] = b.itemKeys[one.Item]
		}
	}
}

// readSprints notes which sprints each story is or was in.
func (b *viewReader) readSprints() {
	b.sprints = make(map[story.ID][]string)
	for sprint := range b.view.Sprints() {
		for _, id := range slices.Concat(sprint.Stories, sprint.Returned) {
			b.sprints[id] = append(b.sprints[id], sprint.Name)
		}
		if active := sprint.Status == backlog.SprintActive; active || !sprint.Start.IsZero() || !sprint.End.IsZero() {
			addPeriod(&b.doc.Sprints, Period{Name: sprint.Name, Start: sprint.Start, End: sprint.End, Active: active})
		}
		b.lose(sprint.Name, "sprint", filledOf(
			"goal", sprint.Goal, "capacity", amountText(sprint.Capacity),
			"notes", strings.Join(sprint.Notes, "\n"),
		))
	}
}

// amountText is a number, or nothing for 0.
func amountText(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// filledOf joins names and values that are not empty.
func filledOf(pairs ...string) string {
	var all []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, pairs[i]+" "+pairs[i+1])
		}
	}
	return strings.Join(all, ", ")
}

// lose adds a loss for what no item holds, unless it is empty.
func (b *viewReader) lose(of, column, value string) {
	if value != "" {
		b.doc.Losses = append(b.doc.Losses, Loss{len(b.doc.Items), column, of + ": " + value, "a document has no place for it"})
	}
}

// whole lists what is of the product as a whole.
func (b *viewReader) whole() {
	if vision, ok := b.view.Vision(); ok {
		b.lose("product", "vision", vision.Text)
	}
	if stage, ok := b.view.Stage(); ok {
		b.lose("product", "stage", stage.String())
	}
	for release := range b.view.Releases() {
		b.lose(release.Name, "release", filledOf("notes", release.Notes))
		if !release.Date.IsZero() {
			addPeriod(&b.doc.Releases, Period{Name: release.Name, End: release.Date})
		}
	}
	for person := range b.view.People() {
		b.lose(person.Name, "person", "roles and mandates")
	}
}

// add adds an item.
func (b *viewReader) add(item Item) {
	item.Row = len(b.doc.Items) + 1
	b.doc.Items = append(b.doc.Items, item)
	if item.Parent != "" {
		b.doc.Links = append(b.doc.Links, Link{item.Row, item.Key, item.Parent, "parent", PartOf})
	}
}

func (b *viewReader) goal(goal roadmap.Goal) {
	item := Item{Key: b.goalKeys[goal.ID], Level: LevelGoal, Kind: "Initiative", Title: goal.Title, Due: goal.Due, Status: wordOf(goal.Status.String())}
	switch goal.Status {
	case roadmap.GoalActive:
		item.Category = inProgress
	case roadmap.GoalFulfilled:
		item.Category, item.Status = delivered, "Done"
	case roadmap.GoalDropped:
		item.Category = givenUp
	default:
		item.Category = proposed
	}
	b.add(item)
	b.lose(goal.Title, "goal", filledOf("start", dateText(goal.Start), "metric", goal.Metric.Name))
}

func (b *viewReader) feature(f roadmap.Feature) {
	id := backlog.FeatureItem(f.ID)
	details := f.Details.Value()
	item := Item{Key: b.itemKeys[id], Level: LevelFeature, Title: f.Title, Criteria: b.criteria(f.Title, f.Criteria), Parent: b.parents[id]}
	item.Category, item.Status = proposed, "To Do"
	switch progress, _ := b.view.FeatureProgress(f.ID); {
	case f.Status == roadmap.FeatureAccepted:
		item.Category, item.Status = delivered, "Done"
	case f.Status == roadmap.FeatureDropped:
		item.Category, item.Status = givenUp, "Dropped"
	case progress.Stories.Done.Sign() > 0:
		item.Category, item.Status = inProgress, "In Progress"
	}
	b.fill(&item, details, f.Status.String(), f.Title, "Epic")
	item.Parent = cmp.Or(item.Parent, b.goalKeys[f.Goal])
	if points, ok := f.Size.Points(); ok {
		item.Points = decimal.NewNullDecimal(points)
	}
	if release, ok := b.view.Release(f.Release); ok && !slices.Contains(item.Releases, release.Name) {
		item.Releases = append(item.Releases, release.Name)
	}
	horizon, _ := b.view.Horizon(f.Horizon)
	increment, _ := b.view.Increment(f.Increment)
	for _, value := range []Value{
		{"problem", Text, f.Problem},
		{"hypothesis", Text, f.Hypothesis},
		{"measure", Text, f.Measure},
		{"budget", Text, moneyText(f.Budget)},
		{"spent", Text, moneyText(f.Spent)},
		{"horizon", Text, horizon.Name},
		{"increment", Text, increment.Name},
	} {
		if value.Text != "" {
			item.Custom = append(item.Custom, value)
		}
	}
	assessment, _ := b.view.FeatureAssessment(f.ID)
	item.assess(assessment)
	b.add(item)
}

func moneyText(m roadmap.Money) string {
	if m.IsZero() {
		return ""
	}
	return m.String()
}

func (b *viewReader) story(s story.Story) {
	id := backlog.StoryItem(s.ID)
	details := s.Details.Value()
	item := Item{Key: b.itemKeys[id], Level: LevelStory, Title: s.Title, Criteria: b.criteria(s.Title, s.Criteria), Parent: b.parents[id]}
	item.Category, _ = b.view.Workflow().Category(s.Status)
	item.Status = wordOf(string(s.Status))
	b.fill(&item, details, string(s.Status), s.Title, "")
	if item.Parent == "" && !s.Feature.IsZero() {
		item.Parent = b.itemKeys[backlog.FeatureItem(s.Feature)]
	}
	if points, ok := s.Estimate.Points(); ok {
		item.Points = decimal.NewNullDecimal(points)
	}
	switch names := b.sprints[s.ID]; {
	case len(item.Sprints) == 0:
		item.Sprints = names
	default:
		if sprint, ok := b.view.SprintOf(s.ID); ok && last(item.Sprints) != sprint.Name {
			item.Sprints = append(item.Sprints, sprint.Name)
		}
	}
	if text := s.Narrative.String(); text != "" && item.Description == "" {
		item.Description = text
	} else if text != "" {
		item.Custom = append(item.Custom, Value{"narrative", Text, text})
	}
	if s.Team != "" {
		item.Custom = append(item.Custom, Value{"team", Text, string(s.Team)})
	}
	assessment, _ := b.view.Assessment(s.ID)
	item.assess(assessment)
	b.add(item)
	b.tasks(&item, s)
}

// tasks adds the tasks of a story.
func (b *viewReader) tasks(parent *Item, s story.Story) {
	known := make(map[string]Item)
	for _, value := range s.Details.Value().Data.All() {
		if item, ok := taskItem(value); ok {
			known[value.Type] = item
		}
	}
	for _, task := range s.Tasks.All() {
		item, wasItem := known[task.ID.String()]
		if !wasItem {
			item = Item{Key: task.ID.String(), Kind: "Sub-task", Category: proposed}
		}
		if !wasItem || task.Done == item.Category.IsOpen() {
			item.Category, item.Status, item.Resolution = proposed, "To Do", ""
			if task.Done {
				item.Category, item.Status = delivered, "Done"
			}
		}
		if !wasItem || task.Title != titleOf(&item) {
			item.Title = task.Title
		}
		item.Level, item.Parent, item.Assignee = LevelTask, cmp.Or(item.Parent, parent.Key), task.Assignee
		b.add(item)
	}
}

func (b *viewReader) criteria(title string, criteria story.List[story.Criterion]) []string {
	var all []string
	for _, one := range criteria.All() {
		all = append(all, one.Text)
		if one.Verdict != story.Unjudged {
			b.lose(title, "verdict", one.Text+": "+one.Verdict.String())
		}
	}
	return all
}

// wordOf is a state as people write it: "In progress" for in_progress.
func wordOf(state string) string {
	state = strings.ReplaceAll(state, "_", " ")
	if state == "" || state[0] < 'a' || state[0] > 'z' {
		return state
	}
	return string(state[0]-'a'+'A') + state[1:]
}

// kindTexts are the words of trackers for the kinds of package story.
var kindTexts = map[story.Kind]string{
	story.UserStory: "Story", story.Defect: "Bug", story.Spike: "Spike", story.Chore: "Chore", story.Enabler: "Enabler",
}

// fill sets what details hold. The status and the title are those of the backlog, by which it is known whether
// those that an import kept are still true.
func (b *viewReader) fill(item *Item, d story.Details, status, title, kind string) {
	item.Labels, item.Description, item.Assignee, item.Due = d.Labels.Slice(), d.Description, d.Assignee, d.Due
	item.Created, item.Started, item.Done = d.Past.Created, d.Past.Started, d.Past.Done
	last := baseOf(&d)
	var kept Item
	for _, value := range d.Data.All() {
		switch {
		case value.Name == DataImported, value.Name == dataTask:
		case value.Name == dataLink, value.Name == dataInward:
			b.keptLink(item, value)
		case unkeep(&kept, value):
		default:
			one := Value{Name: strings.TrimPrefix(value.Name, dataCustom), Type: Text, Text: value.Value}
			if one.Type.UnmarshalText([]byte(value.Type)) != nil {
				one.Type = Text
			}
			item.Custom = append(item.Custom, one)
		}
	}
	item.ID, item.Priority, item.Updated, item.DeferredUntil = kept.ID, kept.Priority, kept.Updated, d.NotBefore
	item.Points, item.Estimated, item.Remaining, item.Spent = kept.Points, kept.Estimated, kept.Remaining, kept.Spent
	item.Sprints, item.Releases, item.Scores = kept.Sprints, kept.Releases, kept.Scores
	item.Parent = cmp.Or(item.Parent, kept.Parent)
	if kept.Title != "" && last["title"] == digest(title) {
		item.Title = kept.Title
	}
	if item.Kind = cmp.Or(kindTexts[d.Kind], string(d.Kind), kind); kept.Kind != "" && last["kind"] == digest(string(d.Kind)) {
		item.Kind = kept.Kind
	}
	if last["status"] == digest(status) && kept.Status != "" {
		item.Status = kept.Status
		if item.Category.IsOpen() && kept.Category.IsOpen() {
			item.Category = kept.Category
		}
	}
	if !item.Category.IsOpen() || last["status"] == digest(status) {
		item.Resolution = kept.Resolution
	}
	if item.Urgency = kept.Urgency; item.Urgency == 0 {
		item.Urgency = urgencyOf(item.Priority, 1)
	}
	item.Held = item.Category.IsOpen() && statuses[fold(item.Status)].held
}

// keptLink notes a link that an import found no place for.
func (b *viewReader) keptLink(item *Item, value story.DataValue) {
	other, word, _ := strings.Cut(value.Value, "\n")
	link := Link{From: item.Key, To: other, Word: word}
	if value.Name == dataInward {
		link.From, link.To = other, item.Key
	}
	if link.Meaning.UnmarshalText([]byte(value.Type)) == nil {
		b.kept = append(b.kept, link)
	}
}

// assess sets the factors of an item by which it is prioritised here, unless an import kept those of the tracker.
func (item *Item) assess(a prioritize.Assessment) {
	if len(item.Scores) > 0 {
		return
	}
	text, err := json.Marshal(a)
	var methods map[string]json.RawMessage
	if err != nil || json.Unmarshal(text, &methods) != nil {
		return
	}
	known := make(map[string]string)
	for _, method := range slices.Sorted(maps.Keys(methods)) {
		var factors map[string]any
		if json.Unmarshal(methods[method], &factors) != nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(factors)) {
			text := fmt.Sprint(factors[name])
			if known[name] == text {
				continue
			}
			column := name
			if known[name] != "" {
				column = method + "." + name
			}
			known[name] = text
			if value, err := decimal.NewFromString(text); err == nil && len(text) <= maxNumber {
				item.Scores = append(item.Scores, Factor{column, value})
			} else {
				item.Custom = append(item.Custom, Value{method + "." + name, Text, text})
			}
		}
	}
}

// links adds the links between items, and those that an import found no place for.
func (b *viewReader) links() {
	rows := make(map[string]int, len(b.doc.Items))
	for i := range b.doc.Items {
		rows[b.doc.Items[i].Key] = b.doc.Items[i].Row
	}
	known := make(map[linkID]bool)
	for _, link := range b.doc.Links {
		known[link.id()] = true
	}
	add := func(link Link) {
		link.Row = cmp.Or(rows[link.From], rows[link.To])
		if id := link.id(); !known[id] {
			known[id] = true
			b.doc.Links = append(b.doc.Links, link)
		}
	}
	for one := range b.view.Dependencies() {
		if one.Reason == partOf {
			add(Link{From: b.itemKeys[one.Needs], To: b.itemKeys[one.Item], Word: "parent", Meaning: PartOf})
			continue
		}
		add(Link{From: b.itemKeys[one.Item], To: b.itemKeys[one.Needs], Word: cmp.Or(one.Reason, "depends on"), Meaning: Needs})
	}
	meanings := map[backlog.RelationKind]Meaning{backlog.RelatesTo: Relates, backlog.Excludes: Excludes, backlog.Duplicates: Duplicates}
	for one := range b.view.Relations() {
		from, to := b.itemKeys[backlog.StoryItem(one.Story)], b.itemKeys[backlog.StoryItem(one.Other)]
		add(Link{From: from, To: to, Word: cmp.Or(one.Reason, wordOf(one.How.String())), Meaning: meanings[one.How]})
	}
	for _, link := range b.kept {
		add(link)
	}
}

// countStatuses counts statuses.
func (d *Document) countStatuses() {
	places := make(map[statusID]int)
	for i := range d.Items {
		if item := &d.Items[i]; item.Status != "" {
			count(&d.Statuses, places, statusID{item.Status, item.Category}, StatusCount{Name: item.Status, Category: item.Category},
				func(one *StatusCount) { one.Count++ })
		}
	}
}
