package exchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

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
