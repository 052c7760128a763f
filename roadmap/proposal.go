package roadmap

import (
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ProposalID is the id of a [Proposal]: that of the story or feature that is proposed.
type ProposalID = story.Identity[Proposal]

// Proposal is a story or a feature that somebody wants and nobody has decided on yet, or what was decided.
// It has no place in any order before it is taken in. It is a plain value: a copy shares nothing that
// could change.
type Proposal struct {
	ID       ProposalID            `json:"id"`
	Story    story.Story           `json:"story,omitzero"`    // what is proposed, this
	Feature  Feature               `json:"feature,omitzero"`  // or this
	Insights story.List[InsightID] `json:"insights,omitzero"` // on which it rests
	By       string                `json:"by"`                // who proposed it
	At       time.Time             `json:"at"`                // when
	Status   ProposalStatus        `json:"status"`
	Into     Subject               `json:"into,omitzero"`   // the story or feature that it became or was merged into
	Answer   Answer                `json:"answer,omitzero"` // what the proposer was told, once it is decided
}

// MaxInsights is how many insights a proposal, or a change that names them, may rest on.
const MaxInsights = 100

// Answer is what somebody answered, and when.
type Answer struct {
	Text string    `json:"text,omitzero"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// IsZero reports whether there is no answer.
func (a Answer) IsZero() bool { return a.Text == "" && a.By == "" && a.At.IsZero() }

// Validate reports everything that is wrong with an answer that was given.
func (a Answer) Validate() error {
	return field.Join(
		field.CheckText("roadmap", "text", a.Text),
		field.CheckTitle("roadmap", "by", a.By),
		checkGivenInstant("at", a.At),
	)
}

// checkGivenInstant wants an instant that JSON can hold.
func checkGivenInstant(path string, at time.Time) error {
	if at.IsZero() {
		return fieldError(path, "", "an instant")
	}
	return field.CheckInstant("roadmap", path, at)
}

// IsStory reports whether a story is proposed, and not a feature.
func (p Proposal) IsStory() bool { return !p.Story.ID.IsZero() }

// Title returns the title of what is proposed.
func (p Proposal) Title() string {
	if p.IsStory() {
		return p.Story.Title
	}
	return p.Feature.Title
}

// Validate reports everything that is wrong with p in itself, in field order.
func (p Proposal) Validate() error {
	var what error
	switch isStory := p.IsStory(); {
	case isStory == !p.Feature.ID.IsZero():
		what = fieldError("proposal", "", "a story or a feature, one of the two")
	case isStory:
		what = field.Within("proposal.story", p.Story.Validate())
	default:
		what = field.Within("proposal", p.Feature.Validate())
	}
	errs := []error{field.CheckID("roadmap", "proposal.id", p.ID), what}
	if what == nil && p.ID != ProposalID(p.Story.ID) && p.ID != ProposalID(p.Feature.ID) {
		errs = append(errs, fieldError("proposal.id", p.ID.String(), "that of what is proposed"))
	}
	errs = append(errs,
		checkInsights("proposal.insights", p.Insights),
		field.CheckTitle("roadmap", "proposal.by", p.By),
		checkGivenInstant("proposal.at", p.At),
		proposalStatuses.CheckSet("proposal.status", p.Status),
	)
	isInto := p.Status == ProposalTaken || p.Status == ProposalMerged
	switch {
	case !isInto && !p.Into.IsZero():
		errs = append(errs, fieldError("proposal.into", p.Into.String(), "nothing, unless it is taken or merged"))
	case isInto && p.Into.Story.IsZero() && p.Into.Feature.IsZero():
		errs = append(errs, fieldError("proposal.into", p.Into.String(), "a story or a feature"))
	case isInto:
		errs = append(errs, field.Within("proposal.into", p.Into.Validate()))
	}
	if p.Status == ProposalOpen && !p.Answer.IsZero() {
		errs = append(errs, fieldError("proposal.answer", p.Answer.Text, "none while it is open"))
	} else if p.Status != ProposalOpen {
		errs = append(errs, field.Within("proposal.answer", p.Answer.Validate()))
	}
	return field.Join(errs...)
}

// checkInsights returns a [*field.Error] for each id of the list that is none or comes twice, and for a
// list that is too long.
func checkInsights(path string, ids story.List[InsightID]) error {
	if err := field.CheckLen("roadmap", path, ids.Len(), MaxInsights); err != nil {
		return err
	}
	var errs []error
	met := make(map[InsightID]bool, ids.Len())
	for i, id := range ids.All() {
		if id.IsZero() || met[id] {
			errs = append(errs, fieldError(field.Index(path, i), id.String(), "an insight, each once"))
		}
		met[id] = true
	}
	return field.Join(errs...)
}

// ProposalStatus is what came of a [Proposal]. The zero value is unset; the backlog sets it.
type ProposalStatus uint8

// The states of a proposal.
const (
	ProposalOpen     ProposalStatus = iota + 1 // nobody has decided yet
	ProposalTaken                              // it became a story or feature of the backlog
	ProposalMerged                             // another story or feature stands for it
	ProposalDeclined                           // it will not be done, for the reason in the answer
)

var proposalStatuses = field.EnumOf[ProposalStatus]("roadmap", "ProposalStatus", "open", "taken", "merged", "declined")

// IsValid reports whether s is one of the four states. Unset is not.
func (s ProposalStatus) IsValid() bool { return proposalStatuses.IsValid(s) }

// String returns the text form.
func (s ProposalStatus) String() string { return proposalStatuses.String(s) }

// MarshalText returns the text form.
func (s ProposalStatus) MarshalText() ([]byte, error) { return proposalStatuses.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *ProposalStatus) UnmarshalText(text []byte) error {
	return proposalStatuses.UnmarshalText(s, text)
}
