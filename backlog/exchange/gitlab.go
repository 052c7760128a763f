package exchange

// gitLabFormat is what GitLab's API answers and "glab issue list --output json" prints.
func gitLabFormat() format {
	return format{name: GitLabJSON, detect: detectGitLab, read: readGitLab}
}

func detectGitLab(f *file) Certainty {
	switch {
	case f.has("iid", "title", "project_id|time_stats.time_estimate|references.full|web_url|webUrl|webPath"):
		return Certain
	case f.has("iid", "title"):
		return Likely
	}
	return 0
}

// gitLabNames are the paths of an issue. Its iid counts the issues of a project.
var gitLabNames = map[string]Column{
	"iid":               {Field: FieldKey},
	"id":                {Field: FieldID},
	"title":             {Field: FieldTitle},
	"description":       {Field: FieldDescription},
	"issue_type|type":   {Field: FieldKind},
	"state":             {Field: FieldStatus},
	"severity|priority": {Field: FieldPriority},
	"weight":            {Field: FieldPoints},
	"labels[]|labels[].name|labels[].title|labels.nodes[].title": {Field: FieldLabels},
	"assignees[].name|assignee.name|assignees.nodes[].name":      {Field: FieldAssignee},
	"milestone.title":                            {Field: FieldReleases},
	"milestone.due_date|milestone.dueDate":       {bound: releaseEnd},
	"iteration.title":                            {Field: FieldSprints},
	"iteration.start_date|iteration.startDate":   {bound: sprintStart},
	"iteration.due_date|iteration.dueDate":       {bound: sprintEnd},
	"created_at|createdAt":                       {Field: FieldCreated},
	"updated_at|updatedAt":                       {Field: FieldUpdated},
	"closed_at|closedAt":                         {Field: FieldDone},
	"due_date|dueDate":                           {Field: FieldDue},
	"time_stats.time_estimate|timeEstimate":      {Field: FieldEstimated},
	"time_stats.total_time_spent|totalTimeSpent": {Field: FieldSpent},
	"parent.iid|parent_iid":                      {Field: FieldParent},
	"blocked_by[].iid|blockedBy[].iid|blockedByIssues.nodes[].iid|blocked_by_issues[].iid": {Field: FieldLink, Meaning: Needs, Word: "blocked by"},
	"blocks[].iid|blocking[].iid": {Field: FieldLink, Meaning: Needs, Inward: true, Word: "blocks"},
}

func readGitLab(f *file, s *source) error {
	scope := f.scopeOf(func(text string) string { return scalar(member(text, "project_id")) })
	t := newTree(s, gitLabNames)
	for one := range f.entries() {
		within := scope(one.text)
		if err := t.addEntry(one, func(l leaf) bool { return t.addWithin(within, l) }); err != nil {
			return err
		}
	}
	return nil
}

// scopeOf returns what to put before the number of an issue: the repository or project that it is of, if the file has issues
// of several, since each counts from 1.
func (f *file) scopeOf(scope func(text string) string) func(text string) string {
	first := ""
	for one := range f.entries() {
		if one.problem != "" {
			continue
		}
		if own := scope(one.text); first == "" {
			first = own
		} else if own != "" && own != first {
			return func(text string) string {
				if own := scope(text); own != "" {
					return own + "#"
				}
				return ""
			}
		}
	}
	return func(string) string { return "" }
}

// addWithin adds a leaf that is the number of an issue, with the scope before it, and reports whether it is one. There may be none.
func (t *tree) addWithin(scope string, l leaf) bool {
	if scope == "" {
		return false
	}
	switch t.names[fold(l.path)].Field {
	case FieldKey, FieldParent, FieldLink:
		t.source.add(t.place(l).column-1, scope+l.value)
		return true
	default:
		return false
	}
}
