package exchange

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// encode writes a value as JSON on one line, without escapes for HTML.
func encode(out *bytes.Buffer, value any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// linkEnds are the keys of the items that an item has links of one meaning to: as the file of a tracker has it.
func linkEnds(links linksOf, key string, meaning Meaning, inward bool) []string {
	return links[linkColumn{meaning: meaning, inward: inward}][key]
}

// byMeaning puts links into columns by what they mean.
func byMeaning(link Link) linkColumn { return linkColumn{meaning: link.Meaning} }

// gitHubIssue is an issue as "gh issue list --json" prints it.
type gitHubIssue struct {
	Number      any            `json:"number"`
	Title       string         `json:"title"`
	Body        string         `json:"body"`
	State       string         `json:"state"`
	StateReason string         `json:"stateReason"`
	IssueType   *gitHubName    `json:"issueType"`
	Labels      []gitHubName   `json:"labels"`
	Assignees   []gitHubLogin  `json:"assignees"`
	Milestone   *gitHubTitle   `json:"milestone"`
	Parent      *gitHubNumber  `json:"parent"`
	BlockedBy   []gitHubNumber `json:"blockedBy"`
	Blocking    []gitHubNumber `json:"blocking"`
	DuplicateOf *gitHubNumber  `json:"duplicateOf,omitempty"`
	CreatedAt   *string        `json:"createdAt"`
	UpdatedAt   *string        `json:"updatedAt"`
	ClosedAt    *string        `json:"closedAt"`
}

type (
	gitHubName struct {
		Name string `json:"name"`
	}
	gitHubLogin struct {
		Login string `json:"login"`
	}
	gitHubTitle struct {
		Title string `json:"title"`
		DueOn string `json:"dueOn,omitempty"`
	}
	gitHubNumber struct {
		Number any `json:"number"`
	}
)

// writeGitHub writes a list of issues.
func writeGitHub(d *Document) (string, error) {
	_, links := d.linkColumns(byMeaning)
	due := d.releaseDate()
	issues := make([]gitHubIssue, len(d.Items))
	for i := range d.Items {
		item := &d.Items[i]
		one := gitHubIssue{
			Number: gitHubKey(item.Key), Title: item.Title, Body: item.Description, State: "OPEN", Labels: []gitHubName{}, Assignees: []gitHubLogin{},
			BlockedBy: gitHubNumbers(linkEnds(links, item.Key, Needs, false)), Blocking: gitHubNumbers(linkEnds(links, item.Key, Needs, true)),
			CreatedAt: jsonDate(dateText(item.Created)), UpdatedAt: jsonDate(dateText(item.Updated)), ClosedAt: jsonDate(dateText(item.Done)),
		}
		switch item.Category {
		case delivered:
			one.State, one.StateReason = "CLOSED", "COMPLETED"
		case givenUp:
			one.State, one.StateReason = "CLOSED", "NOT_PLANNED"
		default:
		}
		if item.Kind != "" {
			one.IssueType = &gitHubName{item.Kind}
		}
		for _, label := range item.Labels {
			one.Labels = append(one.Labels, gitHubName{label})
		}
		if item.Assignee != "" {
			one.Assignees = append(one.Assignees, gitHubLogin{item.Assignee})
		}
		if release := last(item.Releases); release != "" {
			one.Milestone = &gitHubTitle{release, due(item)}
		}
		if item.Parent != "" {
			one.Parent = &gitHubNumber{gitHubKey(item.Parent)}
		}
		if same := linkEnds(links, item.Key, Duplicates, false); len(same) > 0 {
			one.DuplicateOf = &gitHubNumber{gitHubKey(same[0])}
		}
		issues[i] = one
	}
	var out bytes.Buffer
	err := encode(&out, issues)
	return out.String(), err
}

// gitHubKey is a key as a number if it is one.
func gitHubKey(key string) any {
	if n, err := strconv.ParseInt(key, 10, 64); err == nil && strconv.FormatInt(n, 10) == key {
		return n
	}
	return key
}

func gitHubNumbers(keys []string) []gitHubNumber {
	numbers := []gitHubNumber{}
	for _, key := range keys {
		numbers = append(numbers, gitHubNumber{gitHubKey(key)})
	}
	return numbers
}

// jsonDate is an instant, or null for none.
func jsonDate(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
