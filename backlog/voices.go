package backlog

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Voices is what was said about a goal, an increment, a feature or a story, and about what is part of it:
// the ids, each list in its order, and what the insights come to. It moves nothing; it is what a method
// that wants reach or importance can be told, with the trail.
type Voices struct {
	Insights  []roadmap.InsightID  `json:"insights"`
	Proposals []roadmap.ProposalID `json:"proposals"` // that it came of, or that were merged into it
	Questions []QuestionID         `json:"questions"` // the answered ones too
	Risks     []roadmap.RiskID     `json:"risks"`     // the resolved ones too

	Impediments []roadmap.ImpedimentID `json:"impediments"` // the resolved ones too

	// Reach is how many people the insights speak for. Two of them may speak for the same people.
	Reach int `json:"reach"`
	// Strength is the sum of the strengths of the insights, of their number: its ratio is the mean, from 1
	// to 10. Insights without a strength are left out.
	Strength roadmap.Progress `json:"strength"`
	Segments []string         `json:"segments"` // of the insights, ascending
}

// Voices returns what was said about something: about a feature with its stories, about a goal and an
// increment with their features too. Each is counted once, whatever it is about. What is not there has
// no voices. O(all that was said).
func (b *View) Voices(about roadmap.Subject) Voices {
	v := Voices{
		Insights: []roadmap.InsightID{}, Proposals: []roadmap.ProposalID{}, Questions: []QuestionID{}, Risks: []roadmap.RiskID{},
		Segments: []string{}, Impediments: []roadmap.ImpedimentID{},
	}
	covers := func(subjects story.List[roadmap.Subject]) bool {
		for _, subject := range subjects.All() {
			if b.isWithin(subject, about) {
				return true
			}
		}
		return false
	}
	for _, entry := range b.insights.list {
		insight := &entry.insight
		if !covers(insight.About) {
			continue
		}
		v.Insights = append(v.Insights, insight.ID)
		v.Reach += insight.People
		if insight.Strength > 0 {
			v.Strength.Done = v.Strength.Done.Add(decimal.NewFromInt(int64(insight.Strength)))
			v.Strength.Total = v.Strength.Total.Add(decimal.NewFromInt(1))
		}
		if insight.Segment != "" && !slices.Contains(v.Segments, insight.Segment) {
			v.Segments = append(v.Segments, insight.Segment)
		}
	}
	for _, entry := range b.proposals.list {
		if b.isWithin(entry.proposal.Into, about) {
			v.Proposals = append(v.Proposals, entry.proposal.ID)
		}
	}
	for _, entry := range b.questions.list {
		if b.isWithin(entry.question.About, about) {
			v.Questions = append(v.Questions, entry.question.ID)
		}
	}
	for _, entry := range b.risks.list {
		if covers(entry.risk.About) {
			v.Risks = append(v.Risks, entry.risk.ID)
		}
	}
	for _, entry := range b.impediments.list {
		if covers(entry.impediment.About) {
			v.Impediments = append(v.Impediments, entry.impediment.ID)
		}
	}
	slices.Sort(v.Segments)
	return v
}

// titleOf returns what is talked about in words: `story "Pay by card"`.
func (b *View) titleOf(about roadmap.Subject) string {
	switch {
	case b.goals.byID[about.Goal] != nil:
		return fmt.Sprintf("goal %q", b.goals.byID[about.Goal].goal.Title)
	case b.increments.byID[about.Increment] != nil:
		return fmt.Sprintf("increment %q", b.increments.byID[about.Increment].increment.Name)
	case b.features.byID[about.Feature] != nil:
		return fmt.Sprintf("feature %q", b.features.byID[about.Feature].feature.Title)
	case b.stories[about.Story] != nil:
		return fmt.Sprintf("story %q", b.stories[about.Story].story.Title)
	}
	return about.String()
}

// isWithin reports whether something is what is asked about, or part of it.
func (b *View) isWithin(subject, about roadmap.Subject) bool {
	if about.IsZero() || subject.IsZero() {
		return false
	}
	if subject == about {
		return true
	}
	feature := subject.Feature
	if entry, ok := b.stories[subject.Story]; ok {
		feature = entry.featureID()
	}
	entry := b.features.byID[feature]
	switch {
	case entry == nil:
		return false
	case !about.Feature.IsZero():
		return feature == about.Feature
	case !about.Goal.IsZero():
		return entry.feature.Goal == about.Goal
	default:
		return !about.Increment.IsZero() && entry.feature.Increment == about.Increment
	}
}

// isTalkedAbout returns why something cannot be taken out: an insight, a proposal, a question, a risk or an
// impediment is about it.
func (b *View) isTalkedAbout(about roadmap.Subject) (reason, needs string) {
	is := func(subjects story.List[roadmap.Subject]) bool {
		return slices.Contains(subjects.Slice(), about)
	}
	const back = "these taken back first"
	for _, entry := range b.insights.list {
		if is(entry.insight.About) {
			return "an insight is about it", back
		}
	}
	for _, entry := range b.proposals.list {
		if entry.proposal.Into == about {
			return "a proposal was taken or merged into it", back
		}
	}
	for _, entry := range b.questions.list {
		if entry.question.About == about {
			return "a question is about it", back
		}
	}
	for _, entry := range b.risks.list {
		if is(entry.risk.About) {
			return "a risk is about it", back
		}
	}
	if len(b.impeding[about]) > 0 {
		return "an impediment is about it", back
	}
	return "", ""
}
