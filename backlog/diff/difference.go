package diff

import "fmt"

// Difference is one way in which a later state of a backlog differs from an earlier one.
type Difference struct {
	// Subject is the kind of what differs: "vision", "horizon", "goal", "stage", "release", "increment",
	// "feature", "story", "sprint", "person", "insight", "proposal", "question", "risk" or
	// "impediment".
	Subject string `json:"subject"`
	ID      string `json:"id,omitzero"`    // of the subject; a person's name; empty for vision and stage
	Title   string `json:"title,omitzero"` // of the subject in the later state, or the earlier if it is gone
	Aspect  Aspect `json:"aspect"`         // in which respect it differs
	Part    string `json:"part,omitzero"`  // the criterion, task or the like that differs, if it is one
	From    string `json:"from,omitzero"`  // the earlier value, empty if there was none
	To      string `json:"to,omitzero"`    // the later value, empty if there is none
}

// Aspect is the respect in which something differs.
type Aspect string

// The aspects. Those of parts, such as a criterion, come with a Part.
const (
	AspectAdded       Aspect = "added"
	AspectGone        Aspect = "gone" // its adding was taken back
	AspectMoved       Aspect = "moved"
	AspectAccepted    Aspect = "accepted"
	AspectDropped     Aspect = "dropped"
	AspectText        Aspect = "text"
	AspectTitle       Aspect = "title"
	AspectNarrative   Aspect = "narrative"
	AspectProblem     Aspect = "problem"
	AspectHypothesis  Aspect = "hypothesis"
	AspectMeasure     Aspect = "measure"
	AspectMetric      Aspect = "metric"
	AspectActual      Aspect = "actual" // the measured value of a goal's metric
	AspectPeriod      Aspect = "period"
	AspectHorizon     Aspect = "horizon"
	AspectGoal        Aspect = "goal"
	AspectFeature     Aspect = "feature"
	AspectParent      Aspect = "parent" // the story or feature that was split into it
	AspectTeam        Aspect = "team"
	AspectStatus      Aspect = "status"
	AspectEstimate    Aspect = "estimate"
	AspectAssessment  Aspect = "assessment"
	AspectCapacity    Aspect = "capacity"
	AspectVelocity    Aspect = "velocity"
	AspectCriterion   Aspect = "criterion"
	AspectTask        Aspect = "task"
	AspectNeed        Aspect = "need"
	AspectRelation    Aspect = "relation"
	AspectClaim       Aspect = "claim"
	AspectStory       Aspect = "story"
	AspectRole        Aspect = "role"
	AspectDelegation  Aspect = "delegation"
	AspectRelease     Aspect = "release"
	AspectIncrement   Aspect = "increment"
	AspectObjective   Aspect = "objective"
	AspectVotes       Aspect = "votes of confidence"
	AspectSize        Aspect = "size"
	AspectBudget      Aspect = "budget"
	AspectSpent       Aspect = "spent"
	AspectKey         Aspect = "key"
	AspectKind        Aspect = "kind"
	AspectLabel       Aspect = "label"
	AspectDescription Aspect = "description"
	AspectAssignee    Aspect = "assignee"
	AspectNotBefore   Aspect = "not before"
	AspectDue         Aspect = "due"
	AspectData        Aspect = "data"
	AspectPast        Aspect = "past"
	AspectSegment     Aspect = "segment"
	AspectPeople      Aspect = "people" // that an insight speaks for
	AspectStrength    Aspect = "strength"
	AspectAbout       Aspect = "about"
	AspectMerged      Aspect = "merged" // a proposal, into a story or feature
	AspectAnswer      Aspect = "answer"
	AspectOwner       Aspect = "owner"
	AspectLikelihood  Aspect = "likelihood"
	AspectImpact      Aspect = "impact"
	AspectNote        Aspect = "note"
	AspectResolution  Aspect = "resolution" // of an impediment
	AspectKeyResult   Aspect = "key result"
	AspectVerdict     Aspect = "verdict" // on a hypothesis
	AspectRequester   Aspect = "requester"
	AspectClass       Aspect = "class"
	AspectStep        Aspect = "step" // of the story map
	AspectEpic        Aspect = "epic" // or capability
	AspectTheme       Aspect = "theme"
	AspectShare       Aspect = "share" // of the budget
	AspectMoney       Aspect = "money" // by period
	AspectAllocation  Aspect = "allocation"
	AspectDetails     Aspect = "details" // something that none of the others names
)

// String returns a line such as `story "Pay": moved 7 -> 2`, `story "Pay": estimate 3 -> 5`,
// `story "Pay": accepted by Ana` or `story "Pay": criterion "shows the sum" added`.
func (d Difference) String() string {
	subject := d.Subject
	if d.Title != "" {
		subject += fmt.Sprintf(" %q", d.Title)
	}
	none := func(text string) string {
		if text == "" {
			return "none"
		}
		return text
	}
	switch {
	case d.Aspect == AspectAccepted && d.To != "":
		return fmt.Sprintf("%s: accepted by %s", subject, d.To)
	case d.From == "" && d.To == "":
		return fmt.Sprintf("%s: %s", subject, d.Aspect)
	case d.Part == "":
		return fmt.Sprintf("%s: %s %s -> %s", subject, d.Aspect, none(d.From), none(d.To))
	case d.From == "":
		return fmt.Sprintf("%s: %s %q added", subject, d.Aspect, d.Part)
	case d.To == "":
		return fmt.Sprintf("%s: %s %q removed", subject, d.Aspect, d.Part)
	default:
		return fmt.Sprintf("%s: %s %q %s -> %s", subject, d.Aspect, d.Part, d.From, d.To)
	}
}
