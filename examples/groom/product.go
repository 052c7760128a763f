package main

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// maxSearch bounds the work of finding cycles (cycles found, times links of the file), and that of
// counting what waits for each ready issue (links followed).
const maxSearch = 50_000_000

// product is a backlog built from issues.
type product struct {
	backlog *backlog.Backlog
	tracker backlog.Actor // has decided already: its word has the authority of every role
	issues  []*Issue      // in order
	index   map[backlog.ItemID]int
	cycles  []cycle // each issue needs the next, the last needs the first; a backlog has none
}

// The states of a tracker's issue as a workflow: whatever an issue was, it may have become closed or
// deleted in one move.
const (
	opened     story.Status = "open"
	inProgress story.Status = "in_progress"
	closed     story.Status = "closed"
	deleted    story.Status = "deleted"
)

func trackerWorkflow() story.Workflow {
	return story.Workflow{
		States: []story.State{
			{Name: opened, Category: story.Proposed},
			{Name: inProgress, Category: story.Doing},
			{Name: closed, Category: story.Completed},
			{Name: deleted, Category: story.Removed},
		},
		Transitions: []story.Transition{{From: opened, To: inProgress}, {From: opened, To: closed}, {From: opened, To: deleted}},
		Initial:     opened, Ready: opened, Review: inProgress, Accepted: closed, Dropped: deleted,
	}
}

// buildProduct builds the backlog, and blames the document if it can't. What a backlog does not take of an issue, such as a
// text that is too long, is odd. A tracker has its own notion of ready and done, so the backlog gets definitions without a check.
func buildProduct(doc, odd *command.Document, issues []*Issue) *product {
	b, err := backlog.New(backlog.Options{
		Workflow: trackerWorkflow(), Ready: []backlog.Check{}, Done: []backlog.Check{},
		Rules: backlog.Rules{}.Others(backlog.RuleOff), // the past happened as it did
	})
	if err != nil {
		doc.Blame(command.Start(), "%v", err)
		return nil
	}
	p := &product{tracker: backlog.As(byTracker, backlog.ProductManager, backlog.ProductOwner, backlog.Developer)}
	p.backlog, p.issues, p.index = b, inOrder(issues), make(map[backlog.ItemID]int, len(issues))
	for i, issue := range p.issues {
		p.index[issue.item] = i
	}
	p.addAll(odd)
	// What is in progress or closed was so before anybody asked what it needs: links come last.
	p.linkAll(doc, odd, issues)
	return p
}

// byTracker is who has decided.
const byTracker = "tracker"

// do makes a change. Since only the outcome counts, any one instant will do.
func (p *product) do(change backlog.Change) error {
	_, err := p.backlog.Execute(change, p.tracker, time.Unix(0, 0))
	return err
}

// try makes a change that the backlog can have no reason to refuse, unless the issue is at fault.
func (p *product) try(odd *command.Document, issue *Issue, change backlog.Change) {
	if err := p.do(change); err != nil {
		odd.Blame(command.Place{Line: issue.Row, Column: 1}, "%v", err)
	}
}

func (p *product) addAll(odd *command.Document) {
	for _, issue := range p.issues {
		if issue.IsEpic() {
			p.try(odd, issue, backlog.AddFeature{Feature: roadmap.Feature{ID: issue.item.Feature, Title: issue.title()}})
		}
	}
	p.addStories(odd)
	for _, issue := range p.issues {
		if issue.IsEpic() && !issue.IsOpen() {
			p.closeEpic(odd, issue)
		}
	}
}

// addStories brings the other issues in, as many at once as a change can hold.
func (p *product) addStories(odd *command.Document) {
	stories := make([]story.Story, 0, min(len(p.issues), backlog.MaxImportItems))
	for _, issue := range p.issues {
		if issue.IsEpic() {
			continue
		}
		if len(stories) == cap(stories) {
			p.importStories(odd, stories)
			stories = stories[:0]
		}
		stories = append(stories, issue.story())
	}
	if len(stories) > 0 {
		p.importStories(odd, stories)
	}
}

// importStories brings stories in. Of those that a backlog does not take, each is tried alone, and without its criteria.
func (p *product) importStories(odd *command.Document, stories []story.Story) {
	err := p.do(backlog.ImportItems{Source: byTracker, Stories: stories})
	switch half := len(stories) / 2; {
	case err == nil:
	case half > 0:
		p.importStories(odd, stories[:half])
		p.importStories(odd, stories[half:])
	default:
		one := stories[0]
		issue := p.issues[p.index[backlog.StoryItem(one.ID)]]
		if one.Criteria.Len() > 0 {
			odd.Blame(command.Place{Line: issue.Row, Column: 1}, "%v; its criteria are left out", err)
			one.Criteria = story.List[story.Criterion]{}
			err = p.do(backlog.ImportItems{Source: byTracker, Stories: []story.Story{one}})
		}
		if err != nil {
			odd.Blame(command.Place{Line: issue.Row, Column: 1}, "%v", err)
		}
	}
}

// story returns the story that the issue becomes.
func (i *Issue) story() story.Story {
	s := story.Story{ID: i.item.Story, Title: i.title(), Criteria: i.criteria(), Status: opened}
	// What is open although its epic is closed is still to be done, but in no epic.
	if above := i.epic(); above != nil && (above.IsOpen() || !i.IsOpen()) {
		s.Feature = above.item.Feature
	}
	switch i.Category {
	case story.Doing:
		s.Status = inProgress
	case story.Completed:
		s.Status = closed
	case story.Removed:
		s.Status = deleted
	default:
	}
	return s
}

// closeEpic accepts an epic. One that a backlog cannot accept, since nothing in it was finished, is
// dropped: neither keeps anybody waiting.
func (p *product) closeEpic(odd *command.Document, issue *Issue) {
	id := issue.item.Feature
	if issue.Category == story.Completed {
		err := p.do(backlog.AcceptFeature{Feature: id})
		if err == nil {
			return
		}
		if !errors.Is(err, backlog.ErrNotDone) {
			odd.Blame(command.Place{Line: issue.Row, Column: 1}, "%v", err)
			return
		}
	}
	p.try(odd, issue, backlog.DropFeature{Feature: id, Reason: cmp.Or(command.Shorten(issue.Status, command.MaxValue), "given up")})
}

func (p *product) linkAll(doc, odd *command.Document, issues []*Issue) {
	links := 0
	for _, issue := range issues {
		links += len(issue.needs)
	}
	for _, issue := range issues {
		for _, needed := range issue.needs {
			err := p.do(backlog.AddDependency{Dependency: backlog.Dependency{Item: issue.item, Needs: needed.item}})
			var found *backlog.CycleError
			switch {
			case errors.As(err, &found) && (len(p.cycles)+1)*links > maxSearch:
				doc.Blame(command.Place{Line: issue.Row, Column: 1}, "closes a cycle, as %d others do, want at most as many", len(p.cycles))
				return
			case errors.As(err, &found):
				p.cycles = append(p.cycles, p.fromFirst(found))
			case err != nil:
				odd.Blame(command.Place{Line: issue.Row, Column: 1}, "%v", err)
			}
		}
	}
}

// fromFirst turns a cycle so that it begins with the issue that comes first.
func (p *product) fromFirst(found *backlog.CycleError) cycle {
	all := make([]int, len(found.Items))
	first := 0
	for i, one := range found.Items {
		all[i] = p.index[one]
		if all[i] < all[first] {
			first = i
		}
	}
	return cycle{
		slices.Concat(all[first:], all[:first]), slices.Concat(found.Links[first:], found.Links[:first]),
	}
}

// cycle is issues that wait for each other: each for the next, the last for the first.
type cycle struct {
	issues []int
	links  []backlog.CycleLink
}

// text writes out a cycle: "e needs a, which is part of e".
func (p *product) text(c cycle) string {
	words := map[backlog.CycleLink]string{backlog.LinkPartOf: "is part of", backlog.LinkHasPart: "has the part"}
	text := p.issues[c.issues[0]].Key
	for i, link := range c.links {
		next := p.issues[c.issues[(i+1)%len(c.issues)]].Key
		text += " " + cmp.Or(words[link], "needs") + " " + next
	}
	return text
}

// links returns how many links there are, and the most of them that need the same issue.
func (p *product) links() (all, most int) {
	needed := make(map[*Issue]int)
	for _, issue := range p.issues {
		for _, one := range issue.needs {
			needed[one]++
			most = max(most, needed[one])
			all++
		}
	}
	return all, most
}
