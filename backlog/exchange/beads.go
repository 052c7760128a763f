package exchange

import "strings"

// beadsFormat is that of trackers that keep an issue a line, such as beads: {"id":"app-7","title":"…","status":"open"}.
func beadsFormat() format {
	return format{name: BeadsJSONL, detect: detectBeads, read: readBeads}
}

func detectBeads(f *file) Certainty {
	switch {
	case f.has("id", "title", "issue_type|dependencies[].depends_on_id|_type|close_reason|acceptance_criteria"):
		return Certain
	case f.has("id", "title", "status|priority|description"):
		return Likely
	case f.has("id", "title"):
		return Possible
	}
	return 0
}

// beadsNames are the paths of an issue. What orders work stands in lists of plain ids under names of its own; see
// [beadsReader.dependency] for the list of objects.
var beadsNames = map[string]Column{
	"id":                   {Field: FieldKey},
	"_type":                {Field: FieldImplied},
	"issue_type|type|kind": {Field: FieldKind},
	"title":                {Field: FieldTitle},
	"description":          {Field: FieldDescription},
	"acceptance_criteria|acceptance_criteria[]": {Field: FieldCriteria},
	"status":                             {Field: FieldStatus},
	"close_reason|closed_reason":         {Field: FieldResolution},
	"priority":                           {Field: FieldPriority},
	"story_points|points":                {Field: FieldPoints},
	"estimated_minutes|estimate_minutes": {Field: FieldEstimated, Unit: "m"},
	"assignee":                           {Field: FieldAssignee},
	"labels[]|tags[]":                    {Field: FieldLabels},
	"parent|parent_id|epic|epic_id":      {Field: FieldParent},
	"created_at":                         {Field: FieldCreated},
	"updated_at":                         {Field: FieldUpdated},
	"started_at":                         {Field: FieldStarted},
	"closed_at|deleted_at":               {Field: FieldDone},
	"due_at|due":                         {Field: FieldDue},
	"defer_until|deferred_until":         {Field: FieldDeferred},
	"dependencies[]|deps[]|depends_on[]|dependencies|deps|depends_on": {Field: FieldLink, Meaning: Needs, Word: "depends-on"},
	"blocked_by[]|blocked_by":                   {Field: FieldLink, Meaning: Needs, Word: "blocked-by"},
	"blocks[]|blocks|blocking[]":                {Field: FieldLink, Meaning: Needs, Inward: true, Word: "blocks"},
	"related[]|relates_to[]|related|relates_to": {Field: FieldLink, Meaning: Relates, Word: "related"},
	"duplicate_of|duplicates":                   {Field: FieldLink, Meaning: Duplicates, Word: "duplicates"},
	"superseded_by|supersedes":                  {Field: FieldLink, Meaning: Relates, Word: "superseded-by"},
}

// beadsOrder are the types of dependencies of which the issue that is depended on has to be finished first.
var beadsOrder = words[bool]{}.add(true, "blocks blocked-by blocked depends-on depends conditional-blocks waits-for requires needs")

// beadsParents are those of which it is the parent.
var beadsParents = words[bool]{}.add(true, "parent-child subtask-of child-of parent part-of")

// beadsReader reads issues one by one.
type beadsReader struct {
	tree *tree
	id   string // of the issue at hand

	// Of the dependency at hand.
	index            int
	issue, needs, by string
	kind             string

	columns map[dependencyID]int // of the links, by what they depend on
}

// dependencyID is what the column of a link depends on.
type dependencyID struct {
	by, kind string
	isOther  bool // it is a link between two others
}

func readBeads(f *file, s *source) error {
	first := 0
	s.firstPriority, s.dottedKeys = &first, true
	r := &beadsReader{tree: newTree(s, beadsNames), columns: make(map[dependencyID]int)}
	s.expect(len(f.text))
	for one := range f.entries() {
		if err := r.read(one); err != nil {
			return err
		}
	}
	return nil
}

// read reads a line. What states itself to be of another type is no issue, and neither is what has neither a title
// nor a status, but fields that no issue has: a line of a log of events.
func (r *beadsReader) read(one entry) error {
	kind, hasTitle, isOther := "", false, false
	r.id, r.index = "", -1
	err := r.tree.addEntry(one, func(l leaf) bool {
		switch l.path {
		case "id":
			r.id = strings.TrimSpace(l.value)
		case "_type":
			kind = l.value
		case "title", "status":
			hasTitle = true
		default:
			isOther = isOther || r.tree.place(l).isCustom
		}
		if !strings.HasPrefix(l.path, "dependencies[].") {
			return false
		}
		return r.dependency(l)
	})
	if err != nil {
		return err
	}
	r.endDependency()
	switch s := r.tree.source; {
	case kind != "" && fold(kind) != "issue":
		s.skip("a line of type " + quote(kind) + ", not an issue")
	case isOther && !hasTitle:
		s.skip("neither a title nor a status: not an issue")
	}
	return nil
}

// dependency takes a leaf of an entry of "dependencies", and reports whether it is one of those that make the link: issue_id, which
// is the issue itself if it is absent, depends_on_id and type. Whatever the type, the first depends on the second.
func (r *beadsReader) dependency(l leaf) bool {
	if l.index[0] != r.index {
		r.endDependency()
		r.index = l.index[0]
	}
	switch l.path {
	case "dependencies[].issue_id":
		r.issue = strings.TrimSpace(l.value)
	case "dependencies[].depends_on_id", "dependencies[].id":
		if r.needs != "" {
			return false
		}
		r.needs, r.by = strings.TrimSpace(l.value), l.path
		return true
	case "dependencies[].type", "dependencies[].dependency_type":
		if r.kind != "" {
			return false
		}
		r.kind = l.value
	default:
		return false
	}
	r.tree.imply(l)
	return true
}

// endDependency adds the link of the dependency at hand, if there is one.
func (r *beadsReader) endDependency() {
	if r.needs == "" {
		r.issue, r.kind = "", ""
		return
	}
	s := r.tree.source
	id := dependencyID{r.by, r.kind, r.issue != "" && r.issue != r.id}
	column, known := r.columns[id]
	if !known {
		one := dependencyColumn(r.kind)
		if id.isOther {
			one.Field = FieldLink
		}
		column = s.column(r.by, one)
		r.columns[id] = column
	}
	if id.isOther {
		s.add(s.column(r.by, Column{Field: FieldImplied}), r.needs)
		s.link(column, r.issue, r.needs)
	} else {
		s.add(column, r.needs)
	}
	r.issue, r.needs, r.kind, r.index = "", "", "", -1
}

// dependencyColumn returns what a dependency of a type is. Without a type it orders work; of a type that is not known,
// it does not.
func dependencyColumn(kind string) Column {
	switch name := fold(kind); {
	case name == "":
		return Column{Field: FieldLink, Meaning: Needs, Word: "depends-on"}
	case beadsOrder[name]:
		return Column{Field: FieldLink, Meaning: Needs, Word: kind}
	case beadsParents[name]:
		return Column{Field: FieldParent, Meaning: PartOf, Word: kind}
	default:
		meaning, isReverse := meaningOf(kind)
		if meaning != Duplicates && meaning != Excludes {
			return Column{Field: FieldLink, Meaning: Relates, Word: kind}
		}
		return Column{Field: FieldLink, Meaning: meaning, Inward: isReverse, Word: kind}
	}
}
