package model_test

import (
	"cmp"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// model is a state with the rules by which it changes.
type model struct {
	state
	*rules
}

func (m *model) clone() *model { return &model{m.state.clone(state{}), m.rules} }

// classes are those of the errors that a change can have.
var classes = []error{
	backlog.ErrNotAllowed, backlog.ErrIllegalMove, backlog.ErrNotReady, backlog.ErrNotDone, backlog.ErrRule, backlog.ErrNotFound,
	backlog.ErrExists, backlog.ErrCycle, backlog.ErrSequence, backlog.ErrConflict, backlog.ErrClaim, field.ErrInvalid,
}

// need is a permission for teams.
type need struct {
	may   backlog.Permission
	teams []story.Team
}

// ruling is what the model has to say of a change.
type ruling struct {
	*model // as it is after the change, where nothing is bad
	at     time.Time
	by     string

	need
	also  []need
	or    backlog.Permission // that would do, too
	waive []backlog.Waiver
	asked backlog.Role // in which the actor was asked a question
	named bool         // the actor was asked by name
	only  bool         // a delegation is not enough
	bad   []error      // the classes of all that stands against the change
	found []string     // the breaches that are put on record, or waived, with the reason
	open  bool         // the model does not say what comes of it
	vague bool         // the model does not say whether it is refused by more than is bad
}

// want puts an error on the list unless something holds.
func (r *ruling) want(ok bool, class error) bool {
	if !ok && !slices.Contains(r.bad, class) {
		r.bad = append(r.bad, class)
	}
	return ok
}

// fits wants a value to be valid.
func (r *ruling) fits(value interface{ Validate() error }) bool {
	return r.want(value.Validate() == nil, field.ErrInvalid)
}

// breach judges a breach of a rule by its mode.
func (r *ruling) breach(rule backlog.Rule, is bool) { r.breachAs(rule, is, backlog.ErrRule) }

func (r *ruling) breachAs(rule backlog.Rule, is bool, class error) {
	if !is {
		return
	}
	mode := r.mode(rule)
	if mode == backlog.RuleOff || r.isWaived(rule.String(), func(w backlog.Waiver) bool { return w.Rule == rule }) {
		return
	}
	if mode == backlog.RuleRefuse {
		r.want(false, class)
	} else {
		r.note(rule.String())
	}
}

// mode returns what a breach of a rule does.
func (r *ruling) mode(rule backlog.Rule) backlog.RuleMode {
	mode := cmp.Or(r.others, modes[rule], backlog.RuleRefuse)
	if r.lenient && r.by == "Otto" && mode != backlog.RuleOff {
		return backlog.RuleRecord
	}
	return mode
}

// lacks judges that something does not meet a check of a definition.
func (r *ruling) lacks(definition, check string, is bool, class error) {
	if is && !r.isWaived(definition+": "+check, func(w backlog.Waiver) bool { return w.Check == check }) {
		r.want(false, class)
	}
}

// isWaived reports whether one of the waivers fits, and puts on record what it lets pass.
func (r *ruling) isWaived(what string, fits func(backlog.Waiver) bool) bool {
	w, _ := find(r.waive, fits)
	if w != nil {
		r.note(what + ", waived: " + w.Reason)
	}
	return w != nil
}

// note puts something on record.
func (r *ruling) note(what string) {
	if !slices.Contains(r.found, what) {
		r.found = append(r.found, what)
	}
}

// waives judges the waivers: each is for one rule or check, with a reason, and whoever may waive rules gives them.
func (r *ruling) waives(m *model, by backlog.Actor) {
	for _, w := range r.waive {
		isRule := w.Rule >= backlog.RuleVisionFirst && w.Rule <= backlog.RuleClaimed
		if isRule == (w.Check != "") || blank(w.Reason) || w.Check != "" && !slices.Contains(m.checks(), w.Check) {
			r.bad, r.vague = []error{field.ErrInvalid}, false
			return
		}
	}
	if _, may := m.authority(need{backlog.MayWaiveRules, r.teams}, by, r.at, "", false); !may && len(r.waive) > 0 {
		r.bad, r.vague = []error{backlog.ErrNotAllowed}, false
	}
}

// checks are the names of the checks of all definitions.
func (r *rules) checks() []string {
	names := []string{"tasks"}
	if len(r.options.Ready) > 0 {
		names = append(names, "criteria")
	}
	if r.strict {
		names = append(names, "sized", "described")
	}
	return names
}

// followed are the kinds of change that the model does not foretell, and why. It takes over the state that the backlog
// comes to and does not judge what they are refused for; what it knows to stand against one is judged where the
// backlog accepts it. A kind without rules is followed, too. A state that was taken over is held to the laws and the queries.
var followed = map[string]string{
	backlog.Revert{}.Kind():        "what comes back is field by field; the last event taken back is compared with the state before it",
	backlog.ImportItems{}.Kind():   "it merges by what its source last said",
	backlog.SplitFeature{}.Kind():  "what of the feature passes on to the new one fills a page",
	backlog.PlanIncrement{}.Kind(): "values and iterations of increments are not modelled; who may, and what is missing, is",
	backlog.EditIncrement{}.Kind(): "likewise",
	backlog.SetObjectives{}.Kind(): "likewise",
	backlog.RateObjective{}.Kind(): "likewise",
}

// judge returns what the model has to say of a change by somebody at an instant.
func (m *model) judge(change backlog.Change, by backlog.Actor, at time.Time, waive ...backlog.Waiver) *ruling {
	return m.judgeIn(new(model), change, by, at, waive...)
}

// judgeIn is judge in the room of a model that nobody needs.
func (m *model) judgeIn(room *model, change backlog.Change, by backlog.Actor, at time.Time, waive ...backlog.Waiver) *ruling {
	*room = model{m.state.clone(room.state), m.rules}
	r := &ruling{model: room, at: at, by: by.Name, waive: waive}
	ok := r.storyRules(change) || r.workRules(change) || r.sprintRules(change) || r.claimRules(change) || r.linkRules(change) ||
		r.featureRules(change) || r.roadmapRules(change) || r.recordRules(change) || r.peopleRules(change) || r.voiceRules(change)
	if _, is := followed[change.Kind()]; is || !ok {
		r.open, r.vague = true, true
	}
	r.limits(m)
	r.consults(m, change)
	r.Seq, r.At = m.Seq+1, at.UTC()
	r.sort()
	if ok {
		_, may := m.authority(r.need, by, at, r.asked, r.only)
		if !may && r.or != "" {
			_, may = m.authority(need{r.or, r.teams}, by, at, "", true)
		}
		refuse := func() { // the policy comes first
			if !slices.Contains(r.bad, backlog.ErrNotFound) {
				r.bad = nil // whoever could do it for all teams is told what is missing, and the rest
			}
			r.want(false, backlog.ErrNotAllowed)
		}
		if !may && !r.named {
			refuse()
		}
		for _, also := range r.also {
			if _, may := m.authority(also, by, at, "", false); !may {
				refuse()
			}
		}
		if !slices.Contains(r.bad, backlog.ErrNotAllowed) {
			r.waives(m, by)
		}
	}
	r.want(!at.Before(m.At), field.ErrInvalid)
	return r
}

// table is who may do what, by default.
var table = map[backlog.Permission][]backlog.Role{
	backlog.MaySetVision:       {backlog.ProductManager},
	backlog.MaySetGoals:        {backlog.ProductManager},
	backlog.MayChangeRoadmap:   {backlog.ProductManager},
	backlog.MayDefineFeatures:  {backlog.ProductManager},
	backlog.MayOrderFeatures:   {backlog.ProductManager},
	backlog.MayAcceptFeatures:  {backlog.ProductManager},
	backlog.MayWriteStories:    {backlog.ProductOwner},
	backlog.MayAssignStories:   {backlog.ProductOwner, backlog.Developer},
	backlog.MaySplitStories:    {backlog.ProductOwner, backlog.Developer},
	backlog.MayOrderStories:    {backlog.ProductOwner},
	backlog.MayAssessStories:   {backlog.ProductOwner},
	backlog.MayEstimateStories: {backlog.Developer},
	backlog.MayManageTasks:     {backlog.Developer},
	backlog.MayRefineStories:   {backlog.ProductOwner, backlog.Developer},
	backlog.MayWorkOnStories:   {backlog.Developer},
	backlog.MayJudgeCriteria:   {backlog.ProductOwner, backlog.Developer},
	backlog.MayAcceptStories:   {backlog.ProductOwner},
	backlog.MayRunSprints:      {backlog.ProductOwner, backlog.Developer},
	backlog.MayCancelSprints:   {backlog.ProductOwner},
	backlog.MayNoteSprints:     {backlog.ScrumMaster, backlog.ProductOwner, backlog.Developer},
	backlog.MayPlanReleases:    {backlog.ProductManager, backlog.ProductOwner},
	backlog.MayWriteObjectives: {backlog.ProductOwner, backlog.Developer},
	backlog.MayRateObjectives:  {backlog.BusinessOwner},
	backlog.MayShipReleases:    {backlog.ProductManager, backlog.Developer},
	backlog.MayImport:          {backlog.ProductManager},
	backlog.MayAssignRoles:     {backlog.ProductManager},
	backlog.MayContribute: {
		backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.ScrumMaster, backlog.BusinessOwner, backlog.Stakeholder,
	},
	backlog.MayManageImpediments: {backlog.ScrumMaster, backlog.ProductOwner, backlog.Developer},
	backlog.MayWaiveRules:        {backlog.ProductManager, backlog.ProductOwner},
	backlog.MayManageRisks:       {backlog.ProductManager, backlog.ProductOwner, backlog.ScrumMaster},
}

// authority returns the role in which somebody may do what needs a permission, and whether they may.
func (m *model) authority(n need, by backlog.Actor, at time.Time, asked backlog.Role, only bool) (backlog.Role, bool) {
	person := backlog.Person{}
	if p, _ := find(m.People, func(p backlog.Person) bool { return p.Name == by.Name }); p != nil {
		person = *p
	}
	grants := slices.Concat(slices.Collect(by.Roles()), person.Roles)
	isOfNoTeam := n.may == backlog.MayManageImpediments && len(n.teams) == 0
	for _, role := range m.table[n.may] {
		holds := func(team story.Team) bool {
			return slices.ContainsFunc(grants, func(g backlog.Grant) bool {
				return g.Role == role && (g.Team == "" || g.Team == team || n.may == backlog.MayContribute || isOfNoTeam)
			})
		}
		if all(n.teams, holds) {
			return role, true
		}
	}
	lent := func(team story.Team) bool {
		return slices.ContainsFunc(person.Mandates, func(d backlog.Mandate) bool {
			return d.Permission == n.may && (d.Team == "" || d.Team == team) && (d.Until.IsZero() || d.Until.After(at))
		})
	}
	if !only && all(n.teams, lent) && len(m.table[n.may]) > 0 {
		return m.table[n.may][0], true
	}
	isAsked := slices.ContainsFunc(grants, func(g backlog.Grant) bool {
		return g.Role == asked && (len(n.teams) == 0 || all(n.teams, func(team story.Team) bool { return g.Team == "" || g.Team == team }))
	})
	return asked, isAsked
}

// all reports whether something holds for each team, or for the one of all where none is named.
func all(teams []story.Team, holds func(story.Team) bool) bool {
	if len(teams) == 0 {
		return holds("")
	}
	return !slices.ContainsFunc(teams, func(team story.Team) bool { return !holds(team) })
}
