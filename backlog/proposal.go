package backlog

import (
	"fmt"
	"iter"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

type proposalEntry struct{ proposal roadmap.Proposal }

var proposalTable = &table[roadmap.ProposalID, roadmap.Proposal, proposalEntry]{
	name: "proposals", noun: "proposal",
	rows:  func(b *View) storage[roadmap.ProposalID, proposalEntry] { return &b.proposals },
	key:   func(p roadmap.Proposal) roadmap.ProposalID { return p.ID },
	value: func(e *proposalEntry) roadmap.Proposal { return e.proposal },
	set:   func(_ *View, e *proposalEntry, to roadmap.Proposal) { e.proposal = to },
	check: func(b *View, _ *proposalEntry, proposal roadmap.Proposal) error {
		return field.Join(proposal.Validate(), checkDraft(proposal), b.checkInsights(proposal.Insights), b.checkSubject(proposal.Into))
	},
	stays: func(*View, *proposalEntry) (reason, needs string) { return "", "" },
}

// ProposeStory puts a story before the product owner: it is on record with whom it came from and waits
// for a decision, [TakeProposal], [MergeProposal] or [DeclineProposal]. It comes into no order until it is
// taken. The id of the proposal is that of the story.
//
// Everybody with a role may do it. Errors: [field.Error]; [ErrExists] where a proposal has the id;
// [NotFoundError] for an insight.
type ProposeStory struct {
	Story    story.Story                   `json:"story"` // as for AddStory
	Insights story.List[roadmap.InsightID] `json:"insights,omitzero"`
}

// Kind returns "propose_story".
func (ProposeStory) Kind() string { return "propose_story" }

func (ProposeStory) permission(*View) Permission { return MayContribute }

func (c ProposeStory) proposal() roadmap.Proposal {
	return roadmap.Proposal{ID: roadmap.ProposalID(c.Story.ID), Story: c.Story, Insights: c.Insights}
}

func (c ProposeStory) check(b *View) error { return b.checkProposal(c.proposal()) }

func (c ProposeStory) apply(b *View, at time.Time, by string) { b.propose(c.proposal(), at, by) }

// ProposeFeature is [ProposeStory] for a feature, which the product manager decides on.
//
// Everybody with a role may do it. Errors: [field.Error]; [ErrExists] where a proposal has the id;
// [NotFoundError] for an insight.
type ProposeFeature struct {
	Feature  roadmap.Feature               `json:"feature"` // as for AddFeature
	Insights story.List[roadmap.InsightID] `json:"insights,omitzero"`
}

// Kind returns "propose_feature".
func (ProposeFeature) Kind() string { return "propose_feature" }

func (ProposeFeature) permission(*View) Permission { return MayContribute }

func (c ProposeFeature) proposal() roadmap.Proposal {
	return roadmap.Proposal{ID: roadmap.ProposalID(c.Feature.ID), Feature: c.Feature, Insights: c.Insights}
}

func (c ProposeFeature) check(b *View) error { return b.checkProposal(c.proposal()) }

func (c ProposeFeature) apply(b *View, at time.Time, by string) { b.propose(c.proposal(), at, by) }

// checkProposal wants a proposal that is new, and would be valid once somebody proposed it.
func (b *View) checkProposal(p roadmap.Proposal) error {
	if b.proposals.byID[p.ID] != nil {
		return exists("proposal", p.ID)
	}
	var value error
	if p.IsStory() {
		value = p.Story.Validate()
	} else {
		value = p.Feature.Validate()
	}
	return field.Join(value, checkDraft(p), b.checkInsights(p.Insights))
}

// checkDraft wants nothing in a proposal that needs an authority of its own.
func checkDraft(p roadmap.Proposal) error {
	details, err := p.Story.Details.Value(), checkStoryDraft(&p.Story)
	if !p.IsStory() {
		details, err = p.Feature.Details.Value(), checkFeatureDraft(p.Feature)
	}
	if !details.NotBefore.IsZero() {
		err = field.Join(err, fieldError("details.not_before", details.NotBefore.Format(time.RFC3339), "none: it is scheduled once it is taken"))
	}
	return field.Join(err, checkNoPast(details))
}

func (b *View) propose(p roadmap.Proposal, at time.Time, by string) {
	p.By, p.At, p.Status = by, at, roadmap.ProposalOpen
	proposalTable.add(b, p)
}

// TakeProposal makes a proposal part of the backlog, as [AddStory] or [AddFeature] would: at the end of
// the order, with the id that it was proposed with.
//
// Whoever may write stories may do it for a story, whoever may define features for a feature. Errors:
// [NotFoundError]; [ErrRule] once it is decided; those of AddStory or AddFeature, [ErrExists] among them.
type TakeProposal struct {
	Proposal roadmap.ProposalID `json:"proposal"`
	Answer   string             `json:"answer,omitzero"` // for the proposer to read
}

// Kind returns "take_proposal".
func (TakeProposal) Kind() string { return "take_proposal" }

func (c TakeProposal) permission(b *View) Permission { return b.decidesProposal(c.Proposal) }

func (c TakeProposal) teams(b *View) []story.Team { return b.teamsOfProposal(c.Proposal) }

func (c TakeProposal) gate(b *View) []*RefusedError {
	against := refusals(b.wantProposed(c.Proposal))
	if add, ok := b.adding(c.Proposal).(gated); ok {
		against = append(against, add.gate(b)...)
	}
	return against
}

func (c TakeProposal) moves(b *View) []storyMove {
	if add, ok := b.adding(c.Proposal).(moving); ok {
		return add.moves(b)
	}
	return nil
}

func (c TakeProposal) check(b *View) error {
	add := b.adding(c.Proposal)
	if add == nil {
		return notFound("proposal", c.Proposal)
	}
	return field.Join(add.check(b), field.CheckText("backlog", "answer", c.Answer))
}

func (c TakeProposal) apply(b *View, at time.Time, by string) {
	b.adding(c.Proposal).apply(b, at, by)
	into := roadmap.AboutFeature(roadmap.FeatureID(c.Proposal))
	if b.proposals.byID[c.Proposal].proposal.IsStory() {
		into = roadmap.AboutStory(story.ID(c.Proposal))
	}
	b.decideProposal(c.Proposal, roadmap.ProposalTaken, into, roadmap.Answer{Text: c.Answer, By: by, At: at})
}

// adding returns the change that adds what is proposed, nil if there is no such proposal.
func (b *View) adding(id roadmap.ProposalID) Change {
	entry := b.proposals.byID[id]
	switch {
	case entry == nil:
		return nil
	case entry.proposal.IsStory():
		return AddStory{entry.proposal.Story}
	default:
		return AddFeature{entry.proposal.Feature}
	}
}

// MergeProposal records that a story or feature of the backlog stands for a proposal: another one asked for
// the same.
//
// Whoever may take the proposal may do it. Errors: [NotFoundError], also for what it is merged into;
// [field.Error]; [ErrRule] once it is decided.
type MergeProposal struct {
	Proposal roadmap.ProposalID `json:"proposal"`
	Into     ItemID             `json:"into"`
	Answer   string             `json:"answer,omitzero"` // for the proposer to read
}

// Kind returns "merge_proposal".
func (MergeProposal) Kind() string { return "merge_proposal" }

func (c MergeProposal) permission(b *View) Permission { return b.decidesProposal(c.Proposal) }

func (c MergeProposal) teams(b *View) []story.Team { return b.teamsOfProposal(c.Proposal) }

func (c MergeProposal) gate(b *View) []*RefusedError {
	return refusals(b.wantProposed(c.Proposal))
}

func (c MergeProposal) check(b *View) error {
	if b.proposals.byID[c.Proposal] == nil {
		return notFound("proposal", c.Proposal)
	}
	into := subjectOf(c.Into)
	return field.Join(field.Within("into", into.Validate()), b.checkSubject(into), field.CheckText("backlog", "answer", c.Answer))
}

func (c MergeProposal) apply(b *View, at time.Time, by string) {
	b.decideProposal(c.Proposal, roadmap.ProposalMerged, subjectOf(c.Into), roadmap.Answer{Text: c.Answer, By: by, At: at})
}

// subjectOf is an item as something to talk about.
func subjectOf(item ItemID) roadmap.Subject {
	return roadmap.Subject{Story: item.Story, Feature: item.Feature}
}

// DeclineProposal turns a proposal down. It stays on record, with the reason for the proposer to read.
//
// Whoever may take the proposal may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] once it is
// decided, or by [RuleReason].
type DeclineProposal struct {
	Proposal roadmap.ProposalID `json:"proposal"`
	Reason   string             `json:"reason"`
}

// Kind returns "decline_proposal".
func (DeclineProposal) Kind() string { return "decline_proposal" }

func (c DeclineProposal) permission(b *View) Permission { return b.decidesProposal(c.Proposal) }

func (c DeclineProposal) teams(b *View) []story.Team { return b.teamsOfProposal(c.Proposal) }

func (c DeclineProposal) gate(b *View) []*RefusedError {
	return refusals(b.wantProposed(c.Proposal), wantReason(c.Reason))
}

func (c DeclineProposal) check(b *View) error {
	if b.proposals.byID[c.Proposal] == nil {
		return notFound("proposal", c.Proposal)
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c DeclineProposal) apply(b *View, at time.Time, by string) {
	b.decideProposal(c.Proposal, roadmap.ProposalDeclined, roadmap.Subject{}, roadmap.Answer{Text: c.Reason, By: by, At: at})
}

func (b *View) decideProposal(id roadmap.ProposalID, status roadmap.ProposalStatus, into roadmap.Subject, answer roadmap.Answer) {
	entry := b.proposals.byID[id]
	proposal := entry.proposal
	proposal.Status, proposal.Into, proposal.Answer = status, into, answer
	proposalTable.put(b, entry, proposal)
}

// decidesProposal returns what deciding on a proposal needs.
func (b *View) decidesProposal(id roadmap.ProposalID) Permission {
	if entry := b.proposals.byID[id]; entry != nil && !entry.proposal.IsStory() {
		return MayDefineFeatures
	}
	return MayWriteStories
}

// teamsOfProposal returns the team of the story that is proposed.
func (b *View) teamsOfProposal(id roadmap.ProposalID) []story.Team {
	if entry := b.proposals.byID[id]; entry != nil && entry.proposal.IsStory() {
		return []story.Team{entry.proposal.Story.Team}
	}
	return nil
}

// wantProposed refuses what was decided already.
func (b *View) wantProposed(id roadmap.ProposalID) *RefusedError {
	entry := b.proposals.byID[id]
	if entry == nil || entry.proposal.Status == roadmap.ProposalOpen {
		return nil
	}
	return &RefusedError{
		By: ByRule, Reason: fmt.Sprintf("the proposal is %v", entry.proposal.Status), Needs: []string{"a proposal that is open"},
	}
}

// Proposals returns an iterator over the proposals in the order in which they were made, those that were
// decided too.
func (b *View) Proposals() iter.Seq[roadmap.Proposal] { return proposalTable.every(b) }

// Proposal returns a proposal by its id, that of the story or feature that was proposed.
func (b *View) Proposal(id roadmap.ProposalID) (roadmap.Proposal, bool) {
	return proposalTable.find(b, id)
}
