package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Mapping is how a document becomes part of a backlog. [Document.Mapping] proposes one, to be looked at and edited, as
// a value or as JSON; what is not listed is taken as the document has it. The zero value lists nothing.
type Mapping struct {
	// Source names where the items are from: "jira-csv", or better "jira of the shop". It is the first half of what ids are made of,
	// the key in the tracker being the other: exports of one tracker need one source. Empty is the format of the document.
	Source string `json:"source,omitzero"`

	Team     story.Team      `json:"team,omitzero"` // of stories and sprints that are new
	Statuses []StatusMapping `json:"statuses,omitempty"`
	Kinds    []KindMapping   `json:"kinds,omitempty"`
	Points   string          `json:"points,omitzero"` // the custom value or factor to take as points; empty is the document's points
	Sprints  []NameMapping   `json:"sprints,omitempty"`
	Releases []NameMapping   `json:"releases,omitempty"`

	// PreferFile is for fields that were changed in the backlog as well as in the tracker since the last import: the file's
	// value is taken. Else the backlog's stays. Either way the report has both.
	PreferFile bool `json:"prefer_file,omitzero"`
}

// StatusMapping is the state that a status of the tracker becomes.
type StatusMapping struct {
	Name     string         `json:"name"`
	Category story.Category `json:"category"`         // as the document has it; a name can stand in several
	Status   story.Status   `json:"status,omitzero"`  // a state of the workflow; empty is the one of that name, or one of the category
	Count    int            `json:"count,omitzero"`   // of items
	Guessed  bool           `json:"guessed,omitzero"` // the name is unknown, and the tracker gives no category: look at it
}

// KindMapping is what a kind of item becomes.
type KindMapping struct {
	Name  string     `json:"name"`
	Level Level      `json:"level"`          // a task is part of a story; one without is a story
	Kind  story.Kind `json:"kind,omitzero"`  // of stories and features; empty is the constant that means the same, or the name
	Count int        `json:"count,omitzero"` // of items
	Why   string     `json:"why,omitzero"`   // for people: why the level is another than the name would have it
}

// NameMapping is what a sprint or a release is called in the backlog.
type NameMapping struct {
	Name  string `json:"name"`
	As    string `json:"as"`             // empty: it becomes none, and its name is kept with its items
	Count int    `json:"count,omitzero"` // of items
}

// Mapping proposes a mapping: every status, kind, sprint and release of the document with what it becomes. Statuses that were
// guessed are marked. Kinds of tasks become stories where one of them has points, or links to others, which a task
// cannot hold. O(items and links).
func (d *Document) Mapping() Mapping {
	m := Mapping{Source: string(d.Format)}
	for _, one := range d.Statuses {
		m.Statuses = append(m.Statuses, StatusMapping{Name: one.Name, Category: one.Category, Count: one.Count, Guessed: one.Guessed})
	}
	more := d.moreThanTasks()
	levels := make(map[string]int)
	for _, one := range d.Kinds {
		levels[one.Name]++
	}
	for _, one := range d.Kinds {
		if levels[one.Name] > 1 { // its items have theirs from elsewhere
			continue
		}
		kind := KindMapping{Name: one.Name, Level: one.Level, Kind: kindOf(one.Name), Count: one.Count}
		if why := more[one.Name]; kind.Level == LevelTask && why != "" {
			kind.Level, kind.Why = LevelStory, why
		}
		m.Kinds = append(m.Kinds, kind)
	}
	m.Sprints = namesOf(d.Items, func(item *Item) []string { return item.Sprints })
	m.Releases = namesOf(d.Items, func(item *Item) []string { return item.Releases })
	return m
}

// moreThanTasks returns the kinds whose items hold what a task cannot, each with what that is.
func (d *Document) moreThanTasks() map[string]string {
	why := make(map[string]string)
	kinds := make(map[string]string, len(d.Items))
	for i := range d.Items {
		item := &d.Items[i]
		kinds[item.Key] = item.Kind
		if item.Points.Valid && why[item.Kind] == "" {
			why[item.Kind] = fmt.Sprintf("%s has points", quote(item.Key))
		}
	}
	for _, link := range d.Links {
		for _, end := range []string{link.From, link.To} {
			if kind, ok := kinds[end]; ok && link.Meaning != PartOf && why[kind] == "" {
				why[kind] = fmt.Sprintf("%s has links", quote(end))
			}
		}
	}
	return why
}

func namesOf(items []Item, list func(*Item) []string) []NameMapping {
	var names []NameMapping
	places := make(map[string]int)
	for i := range items {
		for _, name := range list(&items[i]) {
			at, known := places[name]
			if !known {
				at = len(names)
				places[name] = at
				names = append(names, NameMapping{Name: name, As: cleanTitle(name)})
			}
			names[at].Count++
		}
	}
	return names
}

// kindWords are the words for the kinds that package story names.
var kindWords = words[story.Kind]{}.
	add(story.UserStory, `story user-story user_story historia história historia-de-usuario récit ストーリー`).
	add(story.Defect, `bug defect error fallo bogue błąd fehler バグ sub-bug`).
	add(story.Spike, `spike`).
	add(story.Chore, `chore`).
	add(story.Enabler, `enabler`)

// kindOf returns the kind of a word: a constant of package story, or the word itself.
func kindOf(word string) story.Kind {
	if kind, known := kindWords[fold(word)]; known && word != "" {
		return kind
	}
	return story.Kind(cleanName(word))
}

// validate reports what is wrong with the mapping for a workflow.
func (m Mapping) validate(workflow story.Workflow) error {
	wrong := func(path, value, want string) error {
		return &Error{Problem: fmt.Sprintf("mapping: %s is %s", path, quote(value)), Want: want, class: ErrInvalid}
	}
	if err := field.CheckTitle("exchange", "source", m.Source); err != nil {
		return wrong("source", m.Source, "a name on one line, at most 500 bytes")
	}
	if err := field.CheckName("exchange", "team", string(m.Team)); err != nil {
		return wrong("team", string(m.Team), "a name on one line, at most 500 bytes")
	}
	for i, one := range m.Statuses {
		if _, known := workflow.Category(one.Status); one.Status != "" && !known {
			var names []string
			for _, state := range workflow.States {
				names = append(names, string(state.Name))
			}
			return wrong(field.Index("statuses", i)+".status", string(one.Status), "one of "+strings.Join(names, ", "))
		}
	}
	for i, one := range m.Kinds {
		if !one.Level.IsValid() {
			return wrong(field.Index("kinds", i)+".level", one.Level.String(), "one of "+strings.Join(levelTexts[1:], ", "))
		}
		if one.Kind.Validate() != nil {
			return wrong(field.Index("kinds", i)+".kind", string(one.Kind), "a name on one line, at most 500 bytes")
		}
	}
	for i, one := range slices.Concat(m.Sprints, m.Releases) {
		if field.CheckName("exchange", "as", one.As) != nil {
			path := field.Index("sprints", i)
			if i >= len(m.Sprints) {
				path = field.Index("releases", i-len(m.Sprints))
			}
			return wrong(path+".as", one.As, "a name on one line, at most 500 bytes, or none")
		}
	}
	return nil
}

// lookup is a mapping made ready to look things up.
type lookup struct {
	Mapping
	workflow          story.Workflow
	statuses          map[statusID]story.Status
	kinds             map[string]KindMapping
	sprints, releases map[string]string
}

func (m Mapping) lookup(workflow story.Workflow) *lookup {
	l := &lookup{
		Mapping: m, workflow: workflow, statuses: make(map[statusID]story.Status), kinds: make(map[string]KindMapping),
		sprints: make(map[string]string), releases: make(map[string]string),
	}
	for _, one := range m.Statuses {
		l.statuses[statusID{one.Name, one.Category}] = one.Status
	}
	for _, one := range m.Kinds {
		l.kinds[one.Name] = one
	}
	for _, one := range m.Sprints {
		l.sprints[one.Name] = one.As
	}
	for _, one := range m.Releases {
		l.releases[one.Name] = one.As
	}
	return l
}

// named returns what a sprint or a release is called here, or "" if it becomes none.
func named(names map[string]string, name string) string {
	if as, listed := names[name]; listed {
		return as
	}
	return cleanTitle(name)
}

// level returns the level of an item by its kind.
func (l *lookup) level(item *Item) Level {
	if kind, listed := l.kinds[item.Kind]; listed && item.Kind != "" {
		return kind.Level
	}
	return item.Level
}

// kind returns the kind of an item.
func (l *lookup) kind(item *Item) story.Kind {
	if kind, listed := l.kinds[item.Kind]; listed && kind.Kind != "" {
		return kind.Kind
	}
	return kindOf(item.Kind)
}

// readyWords are the statuses of what is not begun but can be; others of that category are taken for drafts.
var readyWords = words[bool]{}.
	add(true, `ready ready-for-dev ready-for-development ready-to-start selected-for-development to-do todo approved groomed refined next
		committed accepted-for-backlog sprint-backlog tareas-por-hacer por-hacer à-faire a-fazer afazer do-zrobienia zu-erledigen
		da-fare te-doen 未着手 待办 unstarted`)

// reviewParts are parts of folded statuses of work that is done and not yet accepted.
var reviewParts = strings.Fields("review revis revue pruf qa test prueba uat accept verif valid approv abnahme")

// status returns the state that an item comes into. It is the one that the mapping names, the one of the same
// name, or one of the category. The bool is false if the workflow has none of the category.
func (l *lookup) status(item *Item) (story.Status, bool) {
	id := statusID{item.Status, item.Category}
	if status, known := l.statuses[id]; known && status != "" {
		return status, true
	}
	status := l.byCategory(item)
	l.statuses[id] = status
	return status, status != ""
}

func (l *lookup) byCategory(item *Item) story.Status {
	word := fold(item.Status)
	var first story.Status
	for _, state := range l.workflow.States {
		if state.Category != item.Category {
			continue
		}
		if fold(string(state.Name)) == word {
			return state.Name
		}
		first = cmp.Or(first, state.Name)
	}
	switch item.Category {
	case proposed:
		if readyWords[word] {
			return l.workflow.Ready
		}
		return l.workflow.Initial
	case inProgress:
		if slices.ContainsFunc(reviewParts, func(part string) bool { return strings.Contains(word, part) }) {
			return l.workflow.Review
		}
		return first
	case delivered:
		return l.workflow.Accepted
	default:
		return cmp.Or(l.workflow.Dropped, first)
	}
}
