package exchange

import "strings"

// gitHubFormat is what "gh issue list --json …" and "gh project item-list --format json" print, and what GitHub's
// API answers.
func gitHubFormat() format {
	return format{name: GitHubJSON, detect: detectGitHub, read: readGitHub}
}

func detectGitHub(f *file) Certainty {
	switch {
	case f.has("items[].content.type|items[].content.title"), f.has("items[].title", "items[].id", "totalCount"):
		return Certain
	case f.has("number", "title", "stateReason|state_reason|html_url|issueType|author.login|user.login|assignees[].login|milestone.number|"+
		"closedByPullRequestsReferences|projectItems|reactionGroups|isPinned|subIssues|subIssuesSummary"):
		return Certain
	case f.has("number", "title"), f.has("title", "createdAt|closedAt|stateReason|labels[].color|milestone.title"):
		return Likely
	}
	return 0
}

// gitHubNames are the paths of an issue.
var gitHubNames = map[string]Column{
	"number":                   {Field: FieldKey},
	"id":                       {Field: FieldID},
	"title":                    {Field: FieldTitle},
	"body":                     {Field: FieldDescription},
	"state":                    {Field: FieldStatus},
	"closed":                   {Field: FieldCategory},
	"stateReason|state_reason": {Field: FieldResolution},
	"issueType.name|type.name|issueType|type":                         {Field: FieldKind},
	"labels[].name|labels[]":                                          {Field: FieldLabels},
	"assignees[].login|assignee.login|assignees[]":                    {Field: FieldAssignee},
	"milestone.title|milestone":                                       {Field: FieldReleases},
	"milestone.dueOn|milestone.due_on":                                {bound: releaseEnd},
	"createdAt|created_at":                                            {Field: FieldCreated},
	"updatedAt|updated_at":                                            {Field: FieldUpdated},
	"closedAt|closed_at":                                              {Field: FieldDone},
	"parent.number":                                                   {Field: FieldParent},
	"blockedBy.nodes[].number|blockedBy[].number|blocked_by[].number": {Field: FieldLink, Meaning: Needs, Word: "blocked by"},
	"blocking.nodes[].number|blocking[].number":                       {Field: FieldLink, Meaning: Needs, Inward: true, Word: "blocking"},
	"duplicateOf.number":                                              {Field: FieldLink, Meaning: Duplicates, Word: "duplicate of"},
}

// gitHubItemNames are the paths of an item of a project: fields of the project are beside the content.
var gitHubItemNames = map[string]Column{
	"title|content.title": {Field: FieldTitle},
	"content.body":        {Field: FieldDescription},
	"content.type":        {Field: FieldKind},
	"content.state":       {Field: FieldCategory},
	"status":              {Field: FieldStatus},
	"priority":            {Field: FieldPriority},
	"estimate|points|story points|size points":      {Field: FieldPoints},
	"assignees[]|assignees[].login":                 {Field: FieldAssignee},
	"labels[]|labels[].name":                        {Field: FieldLabels},
	"milestone.title":                               {Field: FieldReleases},
	"milestone.dueOn":                               {bound: releaseEnd},
	"iteration.title|sprint.title|iteration|sprint": {Field: FieldSprints},
	"iteration.startDate|sprint.startDate":          {bound: sprintStart},
	"iteration.duration|sprint.duration":            {bound: sprintDays},

	"start date":                        {Field: FieldStarted},
	"target date|due date|end date|due": {Field: FieldDue},
	"parent issue.number":               {Field: FieldParent},
}

func readGitHub(f *file, s *source) error {
	if f.has("items[].content.type|items[].content.title|items[].title") && !f.has("number", "title") {
		return readGitHubProject(f, s)
	}
	scope := f.scopeOf(gitHubRepository)
	t := newTree(s, gitHubNames)
	child := s.column("subIssues", Column{Field: FieldLink, Meaning: PartOf, Word: "sub-issue"})
	for one := range f.entries() {
		within := scope(one.text)
		number := within + scalar(member(one.text, "number"))
		err := t.addEntry(one, func(l leaf) bool {
			switch l.path {
			case "subIssues.nodes[].number", "subIssues[].number", "sub_issues[].number":
				s.add(s.column(l.path, Column{Field: FieldImplied}), l.value)
				s.link(child, within+l.value, number)
				return true
			}
			return t.addWithin(within, l)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// gitHubRepository returns the repository of an issue, as a search of several names it: "owner/name".
func gitHubRepository(text string) string {
	repository := member(text, "repository")
	for _, name := range []string{"nameWithOwner", "full_name", "name"} {
		if found := scalar(member(repository, name)); found != "" {
			return found
		}
	}
	_, found, _ := strings.Cut(scalar(member(text, "repository_url")), "/repos/")
	return found
}

func readGitHubProject(f *file, s *source) error {
	text, err := f.object(GitHubJSON)
	if err != nil {
		return err
	}
	t := newTree(s, gitHubItemNames)
	number := s.column("content.number", Column{Field: FieldKey})
	id, draftID := s.column("id", Column{Field: FieldID}), s.column("id", Column{Field: FieldKey})
	for name, raw := range members(text) {
		if name != "items" || !strings.HasPrefix(raw, "[") {
			s.whole()
			if err := t.addMember(name, raw); err != nil {
				return err
			}
			continue
		}
		for one := range inOrder(elements(raw)) {
			content := member(one.text, "content")
			repository, key := scalar(member(content, "repository")), scalar(member(content, "number"))
			err := t.addEntry(one, func(l leaf) bool {
				switch {
				case l.path == "id" && key == "": // a draft has no number
					s.add(draftID, l.value)
				case l.path == "id":
					s.add(id, l.value)
				case l.path == "content.number" && repository != "":
					s.add(number, repository+"#"+l.value)
				case l.path == "content.number":
					s.add(number, l.value)
				default:
					return false
				}
				return true
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
