package backlog

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/story/field"
)

// Rule is a rule of practice by its name: [RuleVisionFirst] and those after it. It is checked when a change is
// decided, never when an event is applied. Its mode in [Rules] decides what a breach does.
type Rule uint8

// The rules, in the order in which they are checked.
const (
	RuleVisionFirst      Rule = iota + 1 // a goal leads to a vision that is set
	RuleOneGoal                          // one goal is active at a time
	RuleStartWaiting                     // what waits for something is not started
	RuleFinishWaiting                    // what waits for something is not accepted
	RuleExclusive                        // of stories that exclude each other one is in a sprint or accepted
	RuleWorkInProgress                   // no limit of the work in progress is exceeded
	RuleCriteriaMet                      // every criterion of what is accepted was judged met
	RuleSprintGoal                       // a sprint that starts has a goal
	RuleSprintStories                    // a sprint that starts has a story
	RuleOneSprint                        // a team has one active sprint at a time
	RuleReason                           // what is dropped, rejected or cancelled, a feature that is split, and what changes the scope of an active sprint, comes with a reason
	RuleCriteriaPresent                  // what is accepted has an acceptance criterion
	RuleParentAlive                      // what is committed, started or accepted belongs to nothing that was dropped, and no feature comes to a goal that was
	RuleReleaseAccepted                  // a release that ships holds accepted features only
	RuleSprintLength                     // a sprint is a month long at most
	RuleSprintOverlap                    // the sprints of a team do not overlap
	RuleSprintEarly                      // a sprint does not start before its start
	RuleIncrementOverlap                 // increments do not overlap
	RuleGoalReached                      // a goal that is fulfilled has reached its target
	RuleDropNeeded                       // what is dropped is needed by nothing that is open
	RuleFeatureOpen                      // a feature that is accepted or dropped stays as it is, and gets no stories
	RuleReleasePlanned                   // a release that is shipped stays as it is, and gets no features and no stories
	RuleSprintScope                      // while its team has an active sprint, a story in progress is in the sprint
	RuleLevelSkipped                     // a feature is part of an epic through a capability
	RuleConsulted                        // who is to be consulted on a decision was asked in time, see [Responsibilities]
	RuleSprintReviewed                   // a sprint that is closed has no story that waits for acceptance
	RuleClaimed                          // what somebody holds by a claim is moved through the work by nobody else
)

// RuleMode is what a breach of a rule does to the change that would break it: [RuleRefuse], [RuleRecord] or
// [RuleOff]. The zero value is the default of the rule.
type RuleMode uint8

// The modes, strictest first.
const (
	RuleRefuse RuleMode = iota + 1 // the change is refused
	RuleRecord                     // the change is accepted; its event has a [Finding]
	RuleOff                        // nothing
)

// Rules are the modes of the rules of practice. The zero value is the default of each. A workflow,
// definitions and limits are values of their own in [Options]; rules are what is between them.
type Rules struct {
	VisionFirst      RuleMode `json:"vision_first,omitzero"`      // default: refuse
	OneGoal          RuleMode `json:"one_goal,omitzero"`          // default: refuse (Scrum Guide, 2020)
	StartWaiting     RuleMode `json:"start_waiting,omitzero"`     // default: refuse
	FinishWaiting    RuleMode `json:"finish_waiting,omitzero"`    // default: refuse
	Exclusive        RuleMode `json:"exclusive,omitzero"`         // default: refuse
	WorkInProgress   RuleMode `json:"work_in_progress,omitzero"`  // default: record
	CriteriaMet      RuleMode `json:"criteria_met,omitzero"`      // default: refuse
	SprintGoal       RuleMode `json:"sprint_goal,omitzero"`       // default: refuse (Scrum Guide, 2020)
	SprintStories    RuleMode `json:"sprint_stories,omitzero"`    // default: refuse
	OneSprint        RuleMode `json:"one_sprint,omitzero"`        // default: refuse
	Reason           RuleMode `json:"reason,omitzero"`            // default: refuse
	CriteriaPresent  RuleMode `json:"criteria_present,omitzero"`  // default: refuse
	ParentAlive      RuleMode `json:"parent_alive,omitzero"`      // default: refuse
	ReleaseAccepted  RuleMode `json:"release_accepted,omitzero"`  // default: refuse
	SprintLength     RuleMode `json:"sprint_length,omitzero"`     // default: record (Scrum Guide, 2020)
	SprintOverlap    RuleMode `json:"sprint_overlap,omitzero"`    // default: record
	SprintEarly      RuleMode `json:"sprint_early,omitzero"`      // default: record
	IncrementOverlap RuleMode `json:"increment_overlap,omitzero"` // default: record
	GoalReached      RuleMode `json:"goal_reached,omitzero"`      // default: record
	DropNeeded       RuleMode `json:"drop_needed,omitzero"`       // default: refuse
	FeatureOpen      RuleMode `json:"feature_open,omitzero"`      // default: refuse
	ReleasePlanned   RuleMode `json:"release_planned,omitzero"`   // default: refuse
	SprintScope      RuleMode `json:"sprint_scope,omitzero"`      // default: record
	LevelSkipped     RuleMode `json:"level_skipped,omitzero"`     // default: off, both levels above features are optional (SAFe)
	Consulted        RuleMode `json:"consulted,omitzero"`         // default: refuse, where a notice is asked for
	SprintReviewed   RuleMode `json:"sprint_reviewed,omitzero"`   // default: off, a review may come after the sprint
	Claimed          RuleMode `json:"claimed,omitzero"`           // default: refuse

	// Judge is asked about each breach of a rule that is not off, where it is not nil: it returns what
	// the breach does, or the zero RuleMode to leave that to the rule's own mode. It must depend on
	// nothing but the breach.
	Judge func(RefusedError) RuleMode `json:"-"`
}

// Others returns r with mode for every rule that r leaves at its default. Rules{}.Others(RuleOff) suits a past
// that happened as it did, Rules{}.Others(RuleRecord) shows what would be refused.
func (r Rules) Others(mode RuleMode) Rules {
	for _, info := range ruleTable {
		if now := info.set(&r); *now == 0 {
			*now = mode
		}
	}
	return r
}

// ruleInfo is what is known of a rule, once.
type ruleInfo struct {
	rule Rule
	name string
	mode RuleMode // the default
	set  func(*Rules) *RuleMode
}

// ruleTable lists the rules in their order.
var ruleTable = []ruleInfo{
	{RuleVisionFirst, "vision_first", RuleRefuse, func(r *Rules) *RuleMode { return &r.VisionFirst }},
	{RuleOneGoal, "one_goal", RuleRefuse, func(r *Rules) *RuleMode { return &r.OneGoal }},
	{RuleStartWaiting, "start_waiting", RuleRefuse, func(r *Rules) *RuleMode { return &r.StartWaiting }},
	{RuleFinishWaiting, "finish_waiting", RuleRefuse, func(r *Rules) *RuleMode { return &r.FinishWaiting }},
	{RuleExclusive, "exclusive", RuleRefuse, func(r *Rules) *RuleMode { return &r.Exclusive }},
	{RuleWorkInProgress, "work_in_progress", RuleRecord, func(r *Rules) *RuleMode { return &r.WorkInProgress }},
	{RuleCriteriaMet, "criteria_met", RuleRefuse, func(r *Rules) *RuleMode { return &r.CriteriaMet }},
	{RuleSprintGoal, "sprint_goal", RuleRefuse, func(r *Rules) *RuleMode { return &r.SprintGoal }},
	{RuleSprintStories, "sprint_stories", RuleRefuse, func(r *Rules) *RuleMode { return &r.SprintStories }},
	{RuleOneSprint, "one_sprint", RuleRefuse, func(r *Rules) *RuleMode { return &r.OneSprint }},
	{RuleReason, "reason", RuleRefuse, func(r *Rules) *RuleMode { return &r.Reason }},
	{RuleCriteriaPresent, "criteria_present", RuleRefuse, func(r *Rules) *RuleMode { return &r.CriteriaPresent }},
	{RuleParentAlive, "parent_alive", RuleRefuse, func(r *Rules) *RuleMode { return &r.ParentAlive }},
	{RuleReleaseAccepted, "release_accepted", RuleRefuse, func(r *Rules) *RuleMode { return &r.ReleaseAccepted }},
	{RuleSprintLength, "sprint_length", RuleRecord, func(r *Rules) *RuleMode { return &r.SprintLength }},
	{RuleSprintOverlap, "sprint_overlap", RuleRecord, func(r *Rules) *RuleMode { return &r.SprintOverlap }},
	{RuleSprintEarly, "sprint_early", RuleRecord, func(r *Rules) *RuleMode { return &r.SprintEarly }},
	{RuleIncrementOverlap, "increment_overlap", RuleRecord, func(r *Rules) *RuleMode { return &r.IncrementOverlap }},
	{RuleGoalReached, "goal_reached", RuleRecord, func(r *Rules) *RuleMode { return &r.GoalReached }},
	{RuleDropNeeded, "drop_needed", RuleRefuse, func(r *Rules) *RuleMode { return &r.DropNeeded }},
	{RuleFeatureOpen, "feature_open", RuleRefuse, func(r *Rules) *RuleMode { return &r.FeatureOpen }},
	{RuleReleasePlanned, "release_planned", RuleRefuse, func(r *Rules) *RuleMode { return &r.ReleasePlanned }},
	{RuleSprintScope, "sprint_scope", RuleRecord, func(r *Rules) *RuleMode { return &r.SprintScope }},
	{RuleLevelSkipped, "level_skipped", RuleOff, func(r *Rules) *RuleMode { return &r.LevelSkipped }},
	{RuleConsulted, "consulted", RuleRefuse, func(r *Rules) *RuleMode { return &r.Consulted }},
	{RuleSprintReviewed, "sprint_reviewed", RuleOff, func(r *Rules) *RuleMode { return &r.SprintReviewed }},
	{RuleClaimed, "claimed", RuleRefuse, func(r *Rules) *RuleMode { return &r.Claimed }},
}

func ruleNames() []string {
	names := make([]string, len(ruleTable))
	for i, info := range ruleTable {
		names[i] = info.name
	}
	return names
}

var (
	ruleTexts = field.EnumOf[Rule]("backlog", "rule", ruleNames()...)
	modeTexts = field.EnumOf[RuleMode]("backlog", "rule mode", "refuse", "record", "off")
)

// String returns the name of the rule: "finish_waiting".
func (r Rule) String() string { return ruleTexts.String(r) }

// MarshalText returns the name of the rule.
func (r Rule) MarshalText() ([]byte, error) { return ruleTexts.MarshalText(r) }

// UnmarshalText reads the name of a rule; r stays as it was on an error.
func (r *Rule) UnmarshalText(text []byte) error { return ruleTexts.UnmarshalText(r, text) }

// String returns "refuse", "record" or "off".
func (m RuleMode) String() string { return modeTexts.String(m) }

// MarshalText returns the text form.
func (m RuleMode) MarshalText() ([]byte, error) { return modeTexts.MarshalText(m) }

// UnmarshalText reads the text form; m stays as it was on an error.
func (m *RuleMode) UnmarshalText(text []byte) error { return modeTexts.UnmarshalText(m, text) }

// Mode returns what a breach of the rule does, its default resolved and Judge not asked. It is the
// zero RuleMode for what is no rule.
func (r Rules) Mode(rule Rule) RuleMode {
	i := int(rule) - 1
	if i < 0 || i >= len(ruleTable) {
		return 0
	}
	if own := *ruleTable[i].set(&r); own != 0 {
		return own
	}
	return ruleTable[i].mode
}

// Validate reports every mode that is none.
func (r Rules) Validate() error {
	bad := slices.IndexFunc(ruleTable, func(info ruleInfo) bool { return *info.set(&r) > RuleOff })
	if bad < 0 {
		return nil
	}
	info := ruleTable[bad]
	return fieldError("rules."+info.name, info.set(&r).String(), "refuse, record or off")
}

// breach returns the refusal of a rule, for a gate.
func breach(rule Rule, by Refuser, reason string, needs ...string) *RefusedError {
	return &RefusedError{By: by, Rule: rule, Reason: reason, Needs: needs}
}

// refusals returns those that are not nil.
func refusals(all ...*RefusedError) (refused []*RefusedError) {
	for _, one := range all {
		if one != nil {
			refused = append(refused, one)
		}
	}
	return refused
}

// rule splits what stands against the change of an event into what refuses it, joined if there are
// several, and the findings of the event.
func (b *View) rule(against []*RefusedError, event *Event) error {
	var refused []error
	for _, one := range against {
		one.Actor, one.Change = event.By.Name, event.Change
		_, isPast := event.Change.(ImportItems)
		mode := RuleRefuse
		if one.Rule != 0 {
			mode = b.options.Rules.Mode(one.Rule)
			if judge := b.options.Rules.Judge; judge != nil && mode != RuleOff {
				mode = cmp.Or(judge(one.own()), mode)
			}
		}
		if isPast && mode == RuleRefuse { // what happened, happened
			mode = RuleRecord
		}
		if mode != RuleOff {
			var waived []Finding
			one, waived = b.waived(one)
			event.Findings = append(event.Findings, waived...)
		}
		switch {
		case one == nil || mode == RuleOff:
		case mode == RuleRefuse:
			refused = append(refused, one)
		default:
			event.Findings = append(event.Findings, one.finding())
		}
	}
	if len(refused) == 1 {
		return refused[0]
	}
	return field.Join(refused...)
}

// own returns a copy that shares nothing with e, for a func of the host's.
func (e *RefusedError) own() RefusedError {
	copied := *e
	copied.Needs, copied.Change, copied.Items = slices.Clone(e.Needs), ownChange(e.Change), e.Items.own()
	return copied
}

// finding returns a breach as it is put on record.
func (e *RefusedError) finding() Finding {
	message, who := e.Reason, "rule"
	if e.Rule == 0 {
		who = e.By.words()
	}
	if len(e.Needs) > 0 {
		message = fmt.Sprintf("%s; the %s wants %s", message, who, e.needs())
	}
	return Finding{Rule: cmp.Or(e.Rule.String(), e.By.String()), ID: e.ID, Message: message}
}

// wantReason refuses, by the rule, what comes without a reason.
func wantReason(reason string) *RefusedError {
	if !field.IsBlank(reason) {
		return nil
	}
	return breach(RuleReason, ByRule, "no reason is given", "a reason")
}
