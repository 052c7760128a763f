package backlog

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// RiskScale names the levels of likelihood and of impact of a risk, the lowest first: level 1 is the
// first. It is one of the rules in [Options].
type RiskScale struct {
	Likelihood []string `json:"likelihood"` // 1 to 10 names
	Impact     []string `json:"impact"`     // 1 to 10 names
}

func defaultRiskScale() RiskScale {
	return RiskScale{
		Likelihood: []string{"rare", "unlikely", "possible", "likely", "almost certain"},
		Impact:     []string{"negligible", "minor", "moderate", "major", "severe"},
	}
}

// Clone returns a copy that shares nothing with s.
func (s RiskScale) Clone() RiskScale {
	return RiskScale{slices.Clone(s.Likelihood), slices.Clone(s.Impact)}
}

// Validate reports everything that is wrong with s.
func (s RiskScale) Validate() error {
	check := func(path string, names []string) error {
		if n := len(names); n == 0 || n > roadmap.MaxRiskLevel {
			return field.CheckWhole("backlog", path, n, 1, roadmap.MaxRiskLevel)
		}
		var errs []error
		for i, name := range names {
			errs = append(errs, field.CheckTitle("backlog", field.Index(path, i), name))
		}
		return field.Join(errs...)
	}
	return field.Join(check("risk_scale.likelihood", s.Likelihood), check("risk_scale.impact", s.Impact))
}

type riskEntry struct{ risk roadmap.Risk }

var riskTable = &table[roadmap.RiskID, roadmap.Risk, riskEntry]{
	name: "risks", noun: "risk",
	rows:  func(b *View) storage[roadmap.RiskID, riskEntry] { return &b.risks },
	key:   func(r roadmap.Risk) roadmap.RiskID { return r.ID },
	value: func(e *riskEntry) roadmap.Risk { return e.risk },
	set:   func(_ *View, e *riskEntry, to roadmap.Risk) { e.risk = to },
	check: func(b *View, _ *riskEntry, risk roadmap.Risk) error {
		return field.Join(b.checkRisk(risk), checkStatus(risk.Status))
	},
	stays: func(*View, *riskEntry) (reason, needs string) { return "", "" },
}

// AddRisk puts a risk on record, open for the time being: [EditRisk] records what is decided.
//
// Everybody with a role may do it. Errors: [field.Error], also for a level that is not on the scale;
// [ErrExists]; [NotFoundError] for what it is about.
type AddRisk struct {
	Risk roadmap.Risk `json:"risk"` // its status is left unset: edit_risk gives it
}

// Kind returns "add_risk".
func (AddRisk) Kind() string { return "add_risk" }

func (AddRisk) permission(*View) Permission { return MayContribute }

func (c AddRisk) check(b *View) error {
	if b.risks.byID[c.Risk.ID] != nil {
		return exists("risk", c.Risk.ID)
	}
	if c.Risk.Status != 0 {
		return fieldError("risk.status", c.Risk.Status.String(), "none: a new risk is open")
	}
	return b.checkRisk(c.Risk)
}

func (c AddRisk) apply(b *View, _ time.Time, _ string) {
	risk := c.Risk
	risk.Status = roadmap.RiskOpen
	riskTable.add(b, risk)
}

// EditRisk changes what is known of a risk, and what was decided about it: resolved, owned, accepted or
// mitigated. Whoever accepts one puts the reason into the note.
//
// The product manager, product owners and the scrum master may do it. Errors: [NotFoundError], also for
// what it is about; [field.Error], also for a level that is not on the scale.
type EditRisk struct {
	Risk       roadmap.RiskID               `json:"risk"`
	Title      *string                      `json:"title,omitempty"`
	Owner      *string                      `json:"owner,omitempty"`
	Likelihood *int                         `json:"likelihood,omitempty"`
	Impact     *int                         `json:"impact,omitempty"`
	Status     *roadmap.RiskStatus          `json:"status,omitempty"`
	Note       *string                      `json:"note,omitempty"`
	About      *story.List[roadmap.Subject] `json:"about,omitempty"`
	Data       *story.List[story.DataValue] `json:"data,omitempty"`
}

// Kind returns "edit_risk".
func (EditRisk) Kind() string { return "edit_risk" }

func (c EditRisk) own() Change {
	c.Title, c.Owner, c.Likelihood, c.Impact = copied(c.Title), copied(c.Owner), copied(c.Likelihood), copied(c.Impact)
	c.Status, c.Note, c.About, c.Data = copied(c.Status), copied(c.Note), copied(c.About), copied(c.Data)
	return c
}

func (EditRisk) permission(*View) Permission { return MayManageRisks }

func (c EditRisk) edited(risk roadmap.Risk) roadmap.Risk {
	edit(&risk.Title, c.Title)
	edit(&risk.Owner, c.Owner)
	edit(&risk.Likelihood, c.Likelihood)
	edit(&risk.Impact, c.Impact)
	edit(&risk.Status, c.Status)
	edit(&risk.Note, c.Note)
	edit(&risk.About, c.About)
	edit(&risk.Data, c.Data)
	return risk
}

func (c EditRisk) check(b *View) error {
	entry := b.risks.byID[c.Risk]
	if entry == nil {
		return notFound("risk", c.Risk)
	}
	edited := c.edited(entry.risk)
	return field.Join(checkEdit(c.Title, c.Owner, c.Likelihood, c.Impact, c.Status, c.Note, c.About, c.Data),
		b.checkRisk(edited), checkStatus(edited.Status))
}

func (c EditRisk) apply(b *View, _ time.Time, _ string) {
	entry := b.risks.byID[c.Risk]
	riskTable.put(b, entry, c.edited(entry.risk))
}

// checkRisk wants a risk that is valid, about what is there, and rated on the scale.
func (b *View) checkRisk(risk roadmap.Risk) error {
	scale := b.options.RiskScale
	errs := []error{risk.Validate(), b.checkSubjects(risk.About)}
	for _, one := range []struct {
		path  string
		level int
		names []string
	}{{"risk.likelihood", risk.Likelihood, scale.Likelihood}, {"risk.impact", risk.Impact, scale.Impact}} {
		if one.level > len(one.names) {
			errs = append(errs, fieldError(one.path, fmt.Sprint(one.level), fmt.Sprintf("0 to %d, a level of the scale", len(one.names))))
		}
	}
	return field.Join(errs...)
}

// RiskScale returns a copy of the scale that risks are rated on.
func (b *View) RiskScale() RiskScale { return b.options.RiskScale.Clone() }

// Risks returns an iterator over the risks in the order in which they were added, resolved ones too.
func (b *View) Risks() iter.Seq[roadmap.Risk] { return riskTable.every(b) }

// Risk returns a risk by its id.
func (b *View) Risk(id roadmap.RiskID) (roadmap.Risk, bool) { return riskTable.find(b, id) }
