package exchange

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// An item that was imported keeps what the file held then, as a digest for each field: its base. With the file
// of today and the backlog of today that makes three. A field of which the file is as the base stays as it is here; one of
// which the backlog is as the base becomes as in the file; one of which neither is was changed on both sides.
//
// The base stands in the Data of the item, as values of the name in [DataImported]:
//
//	title=q83vEjRW status=EjRWeJq8 label/q83vEjRW=AAAAAAAA
//
// Labels, and links to other items, are parts of their own, so that adding one on each side is no conflict; so are the
// values of Data, by name.
type base map[string]string

// DataImported is the name of the values of an item's [story.Details.Data] by which the next import finds out what the last
// one brought. Whoever takes them away makes every field that differs one that both sides changed.
const DataImported = dataPrefix + "imported"

// digest returns a digest of a text of 48 bits; of the empty text, the empty one.
func digest(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// isThere is the digest of a part that is there or not.
const isThere = "1"

// baseOf returns the base that an item keeps.
func baseOf(details *story.Details) base {
	b := make(base)
	for _, value := range details.Data.All() {
		if value.Name == DataImported {
			for pair := range strings.FieldsSeq(value.Value) {
				name, sum, _ := strings.Cut(pair, "=")
				b[name] = sum
			}
		}
	}
	return b
}

// values returns the base as an item keeps it.
func (b base) values() []story.DataValue {
	const longest = 90_000 // bytes of one value
	var all []story.DataValue
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			all = append(all, story.DataValue{Name: DataImported, Type: "digests", Value: text.String()})
			text.Reset()
		}
	}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if text.Len() > longest {
			flush()
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(name + "=" + b[name])
	}
	flush()
	return all
}

// part is a field of an item that is imported as a whole.
type part[T any] struct {
	name string
	text func(*T) string
	set  func(to, from *T)
}

// importedStory and importedFeature are what parts are of.
type importedStory struct {
	story.Story
	details story.Details
	sprint  backlog.SprintID // the open one that it is in
}

type importedFeature struct {
	roadmap.Feature
	details story.Details
}

// storyParts and featureParts are the fields with one value.
var storyParts = append([]part[importedStory]{
	{"title", func(s *importedStory) string { return s.Title }, func(to, from *importedStory) { to.Title = from.Title }},
	{"feature", func(s *importedStory) string { return s.Feature.String() }, func(to, from *importedStory) { to.Feature = from.Feature }},
	{"status", func(s *importedStory) string { return string(s.Status) }, func(to, from *importedStory) { to.Status = from.Status }},
	{"estimate", func(s *importedStory) string { return s.Estimate.String() }, func(to, from *importedStory) { to.Estimate = from.Estimate }},
	{
		"criteria", func(s *importedStory) string { return criteriaText(s.Criteria) },
		func(to, from *importedStory) { to.Criteria = keptCriteria(to.Criteria, from.Criteria) },
	},
	{"tasks", func(s *importedStory) string { return tasksText(s.Tasks) }, func(to, from *importedStory) { to.Tasks = from.Tasks }},
	{"sprint", func(s *importedStory) string { return s.sprint.String() }, func(to, from *importedStory) { to.sprint = from.sprint }},
}, detailParts(func(s *importedStory) *story.Details { return &s.details })...)

var featureParts = append([]part[importedFeature]{
	{"title", func(f *importedFeature) string { return f.Title }, func(to, from *importedFeature) { to.Title = from.Title }},
	{"goal", func(f *importedFeature) string { return f.Goal.String() }, func(to, from *importedFeature) { to.Goal = from.Goal }},
	{"release", func(f *importedFeature) string { return f.Release.String() }, func(to, from *importedFeature) { to.Release = from.Release }},
	{"status", func(f *importedFeature) string { return f.Status.String() }, func(to, from *importedFeature) { to.Status = from.Status }},
	{"size", func(f *importedFeature) string { return f.Size.String() }, func(to, from *importedFeature) { to.Size = from.Size }},
	{
		"criteria", func(f *importedFeature) string { return criteriaText(f.Criteria) },
		func(to, from *importedFeature) { to.Criteria = keptCriteria(to.Criteria, from.Criteria) },
	},
}, detailParts(func(f *importedFeature) *story.Details { return &f.details })...)

// detailParts are the fields of [story.Details] with one value.
func detailParts[T any](of func(*T) *story.Details) []part[T] {
	text := func(name string, at func(*story.Details) *string) part[T] {
		return part[T]{name, func(x *T) string { return *at(of(x)) }, func(to, from *T) { *at(of(to)) = *at(of(from)) }}
	}
	instant := func(name string, at func(*story.Details) *time.Time) part[T] {
		return part[T]{name, func(x *T) string { return dateText(at(of(x)).UTC()) }, func(to, from *T) { *at(of(to)) = *at(of(from)) }}
	}
	return []part[T]{
		{"kind", func(x *T) string { return string(of(x).Kind) }, func(to, from *T) { of(to).Kind = of(from).Kind }},
		text("description", func(d *story.Details) *string { return &d.Description }),
		text("assignee", func(d *story.Details) *string { return &d.Assignee }),
		instant("not_before", func(d *story.Details) *time.Time { return &d.NotBefore }),
		instant("due", func(d *story.Details) *time.Time { return &d.Due }),
		instant("created", func(d *story.Details) *time.Time { return &d.Past.Created }),
		instant("started", func(d *story.Details) *time.Time { return &d.Past.Started }),
		instant("done", func(d *story.Details) *time.Time { return &d.Past.Done }),
	}
}

func criteriaText(criteria story.List[story.Criterion]) string {
	var text strings.Builder
	for _, one := range criteria.All() {
		text.WriteString(strconv.Quote(one.Text))
	}
	return text.String()
}

// keptCriteria returns the criteria of the file, with the verdicts on those that are here already.
func keptCriteria(here, file story.List[story.Criterion]) story.List[story.Criterion] {
	known := make(map[string]story.Criterion, here.Len())
	for _, one := range here.All() {
		known[one.Text] = one
	}
	all := file.Slice()
	for i, one := range all {
		if kept, ok := known[one.Text]; ok {
			all[i] = kept
			delete(known, one.Text)
		}
	}
	ids := make(map[story.CriterionID]bool, len(all))
	for i := range all {
		if ids[all[i].ID] { // a text went to another place, and its id with it
			all[i].ID = story.CriterionID(derivedID("criterion", all[i].ID.String(), strconv.Itoa(i)))
		}
		ids[all[i].ID] = true
	}
	return story.ListOf(all...)
}

func tasksText(tasks story.List[story.Task]) string {
	var text strings.Builder
	for _, one := range tasks.All() {
		text.WriteString(strconv.Quote(one.ID.String()) + strconv.Quote(one.Title) + strconv.Quote(one.Assignee) + strconv.FormatBool(one.Done))
	}
	return text.String()
}

// merger brings one item up to date.
type merger struct {
	preferFile bool
	isNew      bool
	last, next base
	changed    []string   // names of parts
	both       []Conflict // without the key
}

// mergeParts takes over from the file what changed there. The backlog's item becomes what comes of both.
func mergeParts[T any](m *merger, parts []part[T], file, here *T) {
	for _, one := range parts {
		theirs := one.text(file)
		if m.take(one.name, one.name, theirs, one.text(here)) {
			one.set(here, file)
		}
	}
}

// take notes what the file holds of a part, and reports whether the backlog takes it over.
func (m *merger) take(key, name, file, here string) bool {
	now, last := digest(file), m.last[key]
	if now != "" {
		m.next[key] = now
	}
	switch {
	case file == here, !m.isNew && now == last:
		return false
	case m.isNew, digest(here) == last:
		m.changed = append(m.changed, name)
		return true
	}
	m.both = append(m.both, Conflict{Field: name, Here: shorten(here), File: shorten(file), TookFile: m.preferFile})
	if m.preferFile {
		m.changed = append(m.changed, name)
	}
	return m.preferFile
}

// set merges what is there or not, by name: labels.
func (m *merger) set(kind string, file, here []string) []string {
	inFile := make(map[string]bool, len(file))
	for _, one := range file {
		inFile[one] = true
	}
	isHere := make(map[string]bool, len(here))
	var merged []string
	isChanged := false
	for _, one := range here {
		isHere[one] = true
		if !inFile[one] && m.last[kind+"/"+digest(one)] != "" {
			isChanged = true
			continue
		}
		merged = append(merged, one)
	}
	for _, one := range file {
		key := kind + "/" + digest(one)
		m.next[key] = isThere
		if !isHere[one] && m.last[key] == "" {
			isHere[one], isChanged = true, true
			merged = append(merged, one)
		}
	}
	if isChanged {
		m.changed = append(m.changed, kind)
	}
	return merged
}

// data merges named values, by name: in the order in which they are here, what is new after that. What only the backlog
// has stays.
func (m *merger) data(file, here []story.DataValue) []story.DataValue {
	theirs, names := byName(file)
	ours, order := byName(here)
	for _, name := range names {
		if ours[name] == nil {
			order = append(order, name)
		}
	}
	var merged []story.DataValue
	for _, name := range order {
		if m.take("data/"+digest(name), name, dataText(theirs[name]), dataText(ours[name])) {
			merged = append(merged, theirs[name]...)
		} else {
			merged = append(merged, ours[name]...)
		}
	}
	return merged
}

// byName groups values by name, without the base.
func byName(values []story.DataValue) (groups map[string][]story.DataValue, names []string) {
	groups = make(map[string][]story.DataValue)
	for _, value := range values {
		if value.Name == DataImported {
			continue
		}
		if groups[value.Name] == nil {
			names = append(names, value.Name)
		}
		groups[value.Name] = append(groups[value.Name], value)
	}
	return groups, names
}

func dataText(values []story.DataValue) string {
	var text strings.Builder
	for _, value := range values {
		text.WriteString(strconv.Quote(value.Type) + strconv.Quote(value.Value))
	}
	return text.String()
}

// details merges what parts do not hold.
func (m *merger) details(file, here *story.Details) {
	here.Labels = story.ListOf(m.set("label", file.Labels.Slice(), here.Labels.Slice())...)
	data := m.data(file.Data.Slice(), here.Data.Slice())
	here.Data = story.ListOf(data...)
}

// finish keeps the base with the item, and reports whether the item is another now.
func (m *merger) finish(here *story.Details) bool {
	here.Data = story.ListOf(append(here.Data.Slice(), m.next.values()...)...)
	return m.isNew || len(m.changed) > 0 || !maps.Equal(m.last, m.next)
}
