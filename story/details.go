package story

import (
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story/field"
)

// The bounds of [Details].
const (
	MaxLabels = 1_000 // labels of one item
	MaxData   = 1_000 // values of a host's own of one item
)

// Kind is the kind of an item: one of the constants, or a name of the host's own. A definition of ready may
// ask other things of each kind, and a sprint may keep room for one. The zero value is no kind.
type Kind string

// The kinds that trackers have in common.
const (
	UserStory Kind = "user_story"
	Enabler   Kind = "enabler" // work on the architecture or the infrastructure
	Defect    Kind = "defect"
	Spike     Kind = "spike" // work to learn something
	Chore     Kind = "chore"
)

// Class is the class of service of an item: one of the constants, or a name of the host's own. A limit of the
// work in progress may be for one. The zero value is no class, which is treated like [Standard].
//
// Source: David J. Anderson, Kanban, 2010.
type Class string

// The classes of service that are in common use.
const (
	Expedite   Class = "expedite"   // at once, past everything else
	FixedDate  Class = "fixed_date" // by a date, after which it is of no use: it has to have one
	Standard   Class = "standard"
	Intangible Class = "intangible" // not urgent yet
)

// Validate returns a [*field.Error] if c is neither empty nor fit to be a name, see [field.CheckTitle].
func (c Class) Validate() error { return field.CheckName("story", "class", string(c)) }

// Validate returns a [*field.Error] if k is neither empty nor fit to be a name, see [field.CheckTitle].
func (k Kind) Validate() error { return field.CheckName("story", "kind", string(k)) }

// Details are what trackers record of a story or a feature beside what the rules of a backlog go by; of
// Details the rules know NotBefore, and limits the labels, the class and the assignee. All of them may be left out.
type Details struct {
	Key         string          `json:"key,omitzero"` // by which people name it, unique among stories and features: "SHOP-12"
	Kind        Kind            `json:"kind,omitzero"`
	Labels      List[string]    `json:"labels,omitzero"`
	Description string          `json:"description,omitzero"`
	Assignee    string          `json:"assignee,omitzero"`   // who works on it, as the host names people
	Requester   string          `json:"requester,omitzero"`  // who wants it, as the host names people
	Segment     string          `json:"segment,omitzero"`    // which users it is for: "small shops"
	Class       Class           `json:"class,omitzero"`      // of service
	Step        StepID          `json:"step,omitzero"`       // of the story map, that a story lies below
	NotBefore   time.Time       `json:"not_before,omitzero"` // it is held until then: deferred
	Due         time.Time       `json:"due,omitzero"`
	Data        List[DataValue] `json:"data,omitzero"` // of a host's own, in its order
	Past        Past            `json:"past,omitzero"` // before it came into the backlog
}

// DataValue is a named value of a host's own. Neither type nor value is looked at; a name may come more
// than once.
type DataValue struct {
	Name  string `json:"name"`
	Type  string `json:"type,omitzero"` // as the host names types: "number"
	Value string `json:"value,omitzero"`
}

// Past is when an item that was imported came, was begun and was done, as its source recorded it. What is
// not known is zero.
type Past struct {
	Created time.Time `json:"created,omitzero"`
	Started time.Time `json:"started,omitzero"`
	Done    time.Time `json:"done,omitzero"` // delivered or given up
}

// IsZero reports whether d holds nothing.
func (d Details) IsZero() bool {
	return d.Key == "" && d.Kind == "" && d.Labels.IsZero() && d.Description == "" && d.Assignee == "" &&
		d.Requester == "" && d.Segment == "" && d.Class == "" && d.Step.IsZero() &&
		d.NotBefore.IsZero() && d.Due.IsZero() && d.Data.IsZero() && d.Past.IsZero()
}

// Equal reports whether d and other hold the same: instants as instants.
func (d Details) Equal(other Details) bool {
	return d.Key == other.Key && d.Kind == other.Kind && d.Description == other.Description &&
		d.Assignee == other.Assignee && d.Requester == other.Requester &&
		d.Segment == other.Segment && d.Class == other.Class && d.Step == other.Step && d.NotBefore.Equal(other.NotBefore) && d.Due.Equal(other.Due) && d.Past.Equal(other.Past) &&
		d.Labels.EqualFunc(other.Labels, func(x, y string) bool { return x == y }) &&
		d.Data.EqualFunc(other.Data, func(x, y DataValue) bool { return x == y })
}

// Validate reports everything that is wrong with d, in field order; each problem is a [*field.Error].
func (d Details) Validate() error {
	errs := []error{
		field.CheckName("story", "key", d.Key),
		checkKey(d.Key),
		d.Kind.Validate(),
		field.CheckLen("story", "labels", d.Labels.Len(), MaxLabels),
	}
	for i, label := range d.Labels.All() {
		if i == MaxLabels {
			break
		}
		errs = append(errs, field.CheckTitle("story", field.Index("labels", i), label))
	}
	errs = append(errs,
		field.CheckText("story", "description", d.Description),
		field.CheckName("story", "assignee", d.Assignee),
		field.CheckName("story", "requester", d.Requester),
		field.CheckName("story", "segment", d.Segment),
		d.Class.Validate(),
		field.CheckInstant("story", "not_before", d.NotBefore),
		field.CheckInstant("story", "due", d.Due),
		field.CheckLen("story", "data", d.Data.Len(), MaxData),
	)
	for i, value := range d.Data.All() {
		if i == MaxData {
			break
		}
		errs = append(errs, field.Within(field.Index("data", i), value.Validate()))
	}
	return field.Join(append(errs, field.Within("past", d.Past.Validate()))...)
}

// checkKey wants a key without blanks around it: two keys that look alike are one.
func checkKey(key string) error {
	if strings.TrimSpace(key) == key {
		return nil
	}
	return field.New("story", "key", key, "a key without blanks around it")
}

// Validate reports everything that is wrong with v.
func (v DataValue) Validate() error {
	return field.Join(
		field.CheckTitle("story", "name", v.Name),
		field.CheckName("story", "type", v.Type),
		field.CheckText("story", "value", v.Value),
	)
}

// IsZero reports whether nothing is known of the past.
func (p Past) IsZero() bool { return p.Created.IsZero() && p.Started.IsZero() && p.Done.IsZero() }

// Equal reports whether p and other are the same instants.
func (p Past) Equal(other Past) bool {
	return p.Created.Equal(other.Created) && p.Started.Equal(other.Started) && p.Done.Equal(other.Done)
}

// Validate reports instants that nothing can hold. A source may have begun what came later; that is no error.
func (p Past) Validate() error {
	return field.Join(
		field.CheckInstant("story", "created", p.Created), field.CheckInstant("story", "started", p.Started), field.CheckInstant("story", "done", p.Done),
	)
}
