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
	issues  []*Issue // in order
	index   map[backlog.ItemID]int
	byID    map[string]int

	// A backlog has no cycles, so the links that would close one are kept beside it.
	refused map[int][]int // issue to what it needs, by index
	cycles  [][]int       // each issue needs the next, the last needs the first
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

// buildProduct builds the backlog, and blames the document for issues that it does not take. A tracker
// has its own notion of ready and done, so the backlog gets definitions without a check.
func buildProduct(doc *command.Document, issues []*Issue) *product {
	b, err := backlog.New(backlog.Options{
		Workflow: trackerWorkflow(), Ready: []backlog.Check{}, Done: []backlog.Check{},
	})
	if err != nil {
		doc.Blame(command.Start(), "%v", err)
		return nil
	}
	p := &product{
		backlog: b, issues: inOrder(issues),
		index: make(map[backlog.ItemID]int), byID: make(map[string]int), refused: make(map[int][]int),
	}
	for i, issue := range p.issues {
		p.index[issue.item] = i
		p.byID[issue.ID] = i
	}
	p.addAll(parents(issues))
	// What is in progress or closed was so before anybody asked what it needs: links come last.
	p.linkAll(issues)
	return p
}

// do makes a change. The tracker has decided already, so its word has the authority of every role;
// and since only the outcome counts, any one instant will do.
func (p *product) do(change backlog.Change) error {
	tracker := backlog.As("tracker", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	_, err := p.backlog.Execute(change, tracker, time.Unix(0, 0))
	return err
}

// must makes a change that the backlog can have no reason to refuse, unless the issue is at fault.
func (p *product) must(issue *Issue, change backlog.Change) {
	if err := p.do(change); err != nil {
		issue.at.Blame(nil, "%v", err)
	}
}

func (p *product) addAll(parent map[*Issue]*Issue) {
	for _, issue := range p.issues {
		if issue.IsEpic() {
			p.must(issue, backlog.AddFeature{Feature: roadmap.Feature{ID: issue.item.Feature, Title: issue.Title}})
		}
	}
	for _, issue := range p.issues {
		if issue.IsEpic() {
			continue
		}
		s := story.Story{ID: issue.item.Story, Title: issue.Title, Criteria: issue.criteria()}
		// What is open although its epic is closed is still to be done, but in no epic.
		if above := parent[issue]; above != nil && (above.IsOpen() || !issue.IsOpen()) {
			s.Feature = above.item.Feature
		}
		p.must(issue, backlog.AddStory{Story: s})
		switch issue.state {
		case story.Proposed: // as it is now
		case story.Doing:
			p.must(issue, backlog.SetStoryStatus{Story: s.ID, To: inProgress})
		case story.Completed:
			for _, criterion := range s.Criteria.All() {
				p.must(issue, backlog.JudgeCriterion{Story: s.ID, Criterion: criterion.ID, Verdict: story.Met})
			}
			p.must(issue, backlog.AcceptStory{Story: s.ID})
		case story.Removed:
			p.must(issue, backlog.DropStory{Story: s.ID, Reason: issue.Status})
		}
	}
	for _, issue := range p.issues {
		if issue.IsEpic() && !issue.IsOpen() {
			p.closeEpic(issue)
		}
	}
}

// closeEpic accepts an epic. One that a backlog cannot accept, since nothing in it was finished, is
// dropped: neither keeps anybody waiting.
func (p *product) closeEpic(issue *Issue) {
	id := issue.item.Feature
	if issue.state == story.Completed {
		err := p.do(backlog.AcceptFeature{Feature: id})
		if !errors.Is(err, backlog.ErrNotDone) {
			if err != nil {
				issue.at.Blame(nil, "%v", err)
			}
			return
		}
	}
	p.must(issue, backlog.DropFeature{Feature: id, Reason: issue.Status})
}

func (p *product) linkAll(issues []*Issue) {
	links := 0
	for _, issue := range issues {
		links += len(issue.Links)
	}
	type pair struct{ issue, needs int }
	seen := make(map[pair]bool, links)
	for _, issue := range issues {
		for k, link := range issue.Links {
			one := pair{p.byID[link.Issue], p.byID[link.Needs]}
			if link.Kind != blocks || seen[one] {
				continue
			}
			seen[one] = true
			err := p.do(backlog.AddDependency{Dependency: backlog.Dependency{
				Item: p.issues[one.issue].item, Needs: p.issues[one.needs].item,
			}})
			var cycle *backlog.CycleError
			switch {
			case errors.As(err, &cycle) && (len(p.cycles)+1)*links > maxSearch:
				issue.at.Blame(path{"dependencies", k}, "closes a cycle, as %d others do, want at most as many", len(p.cycles))
				return
			case errors.As(err, &cycle):
				p.refused[one.issue] = append(p.refused[one.issue], one.needs)
				p.cycles = append(p.cycles, p.fromFirst(cycle.Items))
			case err != nil:
				issue.at.Blame(path{"dependencies", k}, "%v", err)
			}
		}
	}
}

// fromFirst turns a cycle so that it begins with the issue that comes first.
func (p *product) fromFirst(items []backlog.ItemID) []int {
	cycle := make([]int, len(items))
	first := 0
	for i, one := range items {
		cycle[i] = p.index[one]
		if cycle[i] < cycle[first] {
			first = i
		}
	}
	return slices.Concat(cycle[first:], cycle[:first])
}

// blockers returns the open issues that an issue needs, in order.
func (p *product) blockers(issue int) []int {
	var open []int
	for _, one := range p.backlog.OpenNeeds(p.issues[issue].item) {
		open = append(open, p.index[one])
	}
	for _, needed := range p.refused[issue] {
		if p.issues[needed].IsOpen() {
			open = append(open, needed)
		}
	}
	slices.SortFunc(open, cmp.Compare)
	return open
}

// freedBy returns the open issues that wait for this one and for nothing else, in order.
func (p *product) freedBy(issue int) []int {
	var freed []int
	for _, item := range p.backlog.Frees(p.issues[issue].item) {
		if one := p.index[item]; len(p.blockers(one)) == 1 {
			freed = append(freed, one)
		}
	}
	slices.SortFunc(freed, cmp.Compare)
	return freed
}

// links returns how many links there are, and the most of them that need the same issue.
func (p *product) links() (all, most int) {
	needed := make(map[string]int)
	for _, issue := range p.issues {
		for _, link := range issue.Links {
			needed[link.Needs]++
			most = max(most, needed[link.Needs])
			all++
		}
	}
	return all, most
}
