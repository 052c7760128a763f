package roadmap

import (
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// InsightID is the id of an [Insight].
type InsightID = story.Identity[Insight]

// Insight is what somebody learned of users, customers or the market, and what it bears on.
// It is a plain value: a copy shares nothing that could change.
type Insight struct {
	ID       InsightID                   `json:"id"`
	Text     string                      `json:"text"` // what was learned, in a line
	Source   InsightSource               `json:"source,omitzero"`
	From     string                      `json:"from,omitzero"`     // who it was learned from, as the host names people
	Segment  string                      `json:"segment,omitzero"`  // of users: "households"
	At       time.Time                   `json:"at,omitzero"`       // when it was learned
	People   int                         `json:"people,omitzero"`   // how many it speaks for, 0 for not known
	Strength int                         `json:"strength,omitzero"` // how much it matters to them, 1 to 10, 0 for not known
	About    story.List[Subject]         `json:"about,omitzero"`    // what it bears on
	Data     story.List[story.DataValue] `json:"data,omitzero"`     // of a host's own
}

// The bounds of what an [Insight] counts.
const (
	MaxPeople   = 1_000_000_000
	MaxStrength = 10
)

// InsightSource is where an insight was learned: one of the constants, or a name of the host's own. The
// zero value is no source.
type InsightSource string

// The sources that product managers have in common.
const (
	SourceInterview InsightSource = "interview"
	SourceAnalytics InsightSource = "analytics"
	SourceSupport   InsightSource = "support"
	SourceSales     InsightSource = "sales"
	SourceMarket    InsightSource = "market"
	SourceReview    InsightSource = "review" // of a sprint or an increment
)

// Validate reports everything that is wrong with i in itself, in field order.
func (i Insight) Validate() error {
	return field.Join(
		field.CheckID("roadmap", "insight.id", i.ID),
		field.CheckTitle("roadmap", "insight.text", i.Text),
		field.CheckName("roadmap", "insight.source", string(i.Source)),
		field.CheckName("roadmap", "insight.from", i.From),
		field.CheckName("roadmap", "insight.segment", i.Segment),
		field.CheckInstant("roadmap", "insight.at", i.At),
		field.CheckWhole("roadmap", "insight.people", i.People, 0, MaxPeople),
		field.CheckWhole("roadmap", "insight.strength", i.Strength, 0, MaxStrength),
		checkSubjects("insight.about", i.About),
		checkData("insight.data", i.Data),
	)
}
