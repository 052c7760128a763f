package model_test

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// rules are those of a host: the options of a backlog, and what they mean, as the model goes by it.
type rules struct {
	options backlog.Options
	flow    flow
	table   map[backlog.Permission][]backlog.Role // who may do what
	asked   map[backlog.Permission][]backlog.Role // who is to be consulted on it
	notice  map[backlog.Permission]time.Duration  // how long before
	lasts   map[backlog.Permission]time.Duration  // for how long it counts; without one for good
	strict  bool                                  // whether there are definitions for features and releases
	others  backlog.RuleMode                      // that of every rule; none for the default of each
	lenient bool                                  // whether what Otto breaks is put on record, whatever the mode of the rule
}

// rulesOf returns the rules of a history.
func rulesOf(seed uint64) *rules {
	r := &rules{table: table}
	r.options, r.others = optionsOf(seed)
	own := rand.New(rand.NewPCG(seed, 7))
	r.flow = flows[max(0, own.IntN(len(flows)+2)-2)]
	r.flow.chances()
	if own.IntN(len(flows)) > 0 || r.flow.initial != story.Draft { // else the default, which need not be named
		r.options.Workflow = r.flow.workflow()
	}
	for i := range r.options.Limits {
		if r.options.Limits[i].State != "" {
			r.options.Limits[i].State = r.flow.review
		}
	}
	r.responsibilities(own)
	if r.strict = own.IntN(3) == 0; r.strict {
		r.options.FeatureReady = []backlog.CheckOf[roadmap.Feature]{{Name: "sized", Missing: func(f roadmap.Feature, _ *backlog.View) string {
			return unless(!f.Size.IsZero(), "a size")
		}}}
		r.options.FeatureDone = []backlog.CheckOf[roadmap.Feature]{{Name: "described", Missing: func(f roadmap.Feature, _ *backlog.View) string {
			return unless(f.Problem != "", "a problem")
		}}}
		r.options.ReleaseDone = []backlog.CheckOf[roadmap.Release]{{Name: "described", Missing: func(to roadmap.Release, _ *backlog.View) string {
			return unless(to.Notes != "", "notes")
		}}}
	}
	if r.lenient = own.IntN(4) == 0; r.lenient {
		r.options.Rules.Judge = func(breach backlog.RefusedError) backlog.RuleMode {
			if breach.Actor == "Otto" {
				return backlog.RuleRecord
			}
			return 0
		}
	}
	return r
}

func unless(ok bool, missing string) string {
	if ok {
		return ""
	}
	return missing
}

// responsibilities draws who decides and who is consulted.
func (r *rules) responsibilities(own *rand.Rand) {
	switch own.IntN(4) {
	case 0: // without a product manager
		r.table = maps.Clone(table)
		for may, roles := range table {
			if i := slices.Index(roles, backlog.ProductManager); i >= 0 {
				all := slices.DeleteFunc(slices.Clone(roles), func(role backlog.Role) bool { return role == backlog.ProductOwner })
				all[i] = backlog.ProductOwner
				r.table[may] = all
			}
		}
		r.options.Responsibilities.Responsible = r.table
	case 1: // a table of the host's own, which does not name everything
		r.table = maps.Clone(table)
		delete(r.table, backlog.MayAssessStories)
		r.table[backlog.MayOrderStories] = []backlog.Role{backlog.Stakeholder, backlog.ProductOwner}
		r.table[backlog.MayAcceptStories] = []backlog.Role{"tester", backlog.ProductManager}
		r.table[backlog.MayRunSprints] = []backlog.Role{backlog.ScrumMaster, backlog.Developer}
		r.options.Responsibilities.Responsible = r.table
	}
	if own.IntN(3) > 0 {
		return
	}
	r.asked, r.notice, r.lasts = map[backlog.Permission][]backlog.Role{}, map[backlog.Permission]time.Duration{}, map[backlog.Permission]time.Duration{}
	for _, may := range []backlog.Permission{
		backlog.MayAcceptStories, backlog.MayDefineFeatures, backlog.MayWriteStories, backlog.MayRunSprints, backlog.MaySetGoals, backlog.MayChangeRoadmap,
		backlog.MayManageTasks,
	} {
		if own.IntN(3) > 0 {
			continue
		}
		r.asked[may] = [][]backlog.Role{{backlog.Stakeholder}, {backlog.Developer, backlog.Stakeholder}}[own.IntN(2)]
		r.notice[may] = time.Duration(own.IntN(3)) * 10 * time.Second
		if own.IntN(2) == 0 {
			r.lasts[may] = r.notice[may] + time.Duration(own.IntN(6))*20*time.Second
		}
	}
	r.options.Responsibilities.Consulted, r.options.Responsibilities.Notice, r.options.Responsibilities.Lasts = r.asked, r.notice, r.lasts
}

// flow is a workflow, as the model goes by it.
type flow struct {
	states  []story.Status
	kinds   map[story.Status]story.Category
	moves   map[story.Status][]story.Status
	initial story.Status
	ready   story.Status
	review  story.Status
	done    story.Status                  // where accepting takes a story
	gone    story.Status                  // where dropping does; none where nothing is dropped
	once    map[story.Status]story.Status // the names that states had, and have now
	likely  []story.Status                // to choose from
}

// flows are the default, one with more states and ways, and one in which any state follows any.
var flows = []flow{
	{
		states: []story.Status{"draft", "ready", "in_progress", "in_review", "accepted", "dropped"},
		kinds: map[story.Status]story.Category{
			"draft": story.Proposed, "ready": story.Proposed, "in_progress": story.Doing, "in_review": story.Doing,
			"accepted": story.Completed, "dropped": story.Removed,
		},
		moves: map[story.Status][]story.Status{
			"draft": {"ready", "dropped"}, "ready": {"draft", "in_progress", "dropped"}, "in_progress": {"ready", "in_review", "dropped"},
			"in_review": {"in_progress", "accepted", "ready", "dropped"}, "dropped": {"draft"},
		},
		initial: "draft", ready: "ready", review: "in_review", done: "accepted", gone: "dropped",
	},
	{
		states: []story.Status{"idea", "refined", "ready", "building", "testing", "checked", "done", "live", "parked", "gone"},
		kinds: map[story.Status]story.Category{
			"idea": story.Proposed, "refined": story.Proposed, "ready": story.Proposed, "building": story.Doing, "testing": story.Doing,
			"checked": story.Doing, "done": story.Completed, "live": story.Completed, "parked": story.Removed, "gone": story.Removed,
		},
		moves: map[story.Status][]story.Status{
			"idea": {"refined", "gone"}, "refined": {"ready", "idea"}, "ready": {"building", "idea", "gone"},
			"building": {"testing", "done", "ready", "gone"}, "testing": {"building", "checked"},
			"checked": {"building", "ready", "done", "gone"}, "done": {"building", "ready", "gone"}, "live": {"done", "testing"},
			"parked": {"idea", "gone"}, "gone": {"idea", "building", "done"},
		},
		initial: "idea", ready: "ready", review: "checked", done: "done", gone: "gone",
	},
	{
		states: []story.Status{"to do", "doing", "checking", "done"},
		kinds: map[story.Status]story.Category{
			"to do": story.Proposed, "doing": story.Doing, "checking": story.Doing, "done": story.Completed,
		},
		moves: map[story.Status][]story.Status{
			"to do": {"doing", "checking", "done"}, "doing": {"to do", "checking", "done"}, "checking": {"to do", "doing", "done"},
			"done": {"to do", "doing", "checking"},
		},
		initial: "to do", ready: "to do", review: "checking", done: "done",
	},
}

// chances sets what states are chosen from: those of work in progress more often.
func (f *flow) chances() {
	f.likely = []story.Status{"unheard of"}
	for _, s := range f.states {
		f.likely = append(f.likely, s)
		if f.kinds[s] == story.Doing {
			f.likely = append(f.likely, s, s)
		}
	}
	f.likely = append(f.likely, slices.Sorted(maps.Keys(f.once))...)
}

func (f *flow) isOpen(s story.Status) bool {
	kind := f.kinds[s]
	return kind == story.Proposed || kind == story.Doing
}

func (f *flow) isBegun(s story.Status) bool { return f.kinds[s] == story.Doing }

func (f *flow) isDone(s story.Status) bool { return f.kinds[s] == story.Completed }

func (f *flow) isGone(s story.Status) bool { return f.kinds[s] == story.Removed }

func (f *flow) leads(from, to story.Status) bool { return slices.Contains(f.moves[from], to) }

// now returns the name that a state has now.
func (f *flow) now(s story.Status) story.Status {
	if to, was := f.once[s]; was {
		return to
	}
	return s
}

// workflow returns what a host would hand over.
func (f *flow) workflow() story.Workflow {
	w := story.Workflow{Initial: f.initial, Ready: f.ready, Review: f.review, Accepted: f.done, Dropped: f.gone, Renamed: f.once}
	for _, s := range f.states {
		w.States = append(w.States, story.State{Name: s, Category: f.kinds[s]})
		for _, to := range f.moves[s] {
			w.Transitions = append(w.Transitions, story.Transition{From: s, To: to})
		}
	}
	return w
}

// renamed returns the flow with another name for each state.
func (f *flow) renamed() flow {
	to := func(s story.Status) story.Status {
		if s == "" {
			return ""
		}
		return s + "!"
	}
	g := flow{
		kinds: map[story.Status]story.Category{}, moves: map[story.Status][]story.Status{}, once: map[story.Status]story.Status{},
		initial: to(f.initial), ready: to(f.ready), review: to(f.review), done: to(f.done), gone: to(f.gone),
	}
	for _, s := range f.states {
		g.states, g.kinds[to(s)], g.once[s] = append(g.states, to(s)), f.kinds[s], to(s)
		for _, next := range f.moves[s] {
			g.moves[to(s)] = append(g.moves[to(s)], to(next))
		}
	}
	for old, s := range f.once {
		g.once[old] = to(s)
	}
	g.chances()
	return g
}

// renamed returns the rules under the new names of the states.
func (r *rules) renamed() *rules {
	to := *r
	to.flow = r.flow.renamed()
	to.options.Workflow = to.flow.workflow()
	to.options.Limits = slices.Clone(r.options.Limits)
	for i := range to.options.Limits {
		if to.options.Limits[i].State != "" {
			to.options.Limits[i].State = to.flow.review
		}
	}
	return &to
}

// modes are those that rules have by default where that is not to refuse.
var modes = map[backlog.Rule]backlog.RuleMode{
	backlog.RuleWorkInProgress: backlog.RuleRecord, backlog.RuleSprintLength: backlog.RuleRecord, backlog.RuleSprintOverlap: backlog.RuleRecord,
	backlog.RuleSprintEarly: backlog.RuleRecord, backlog.RuleIncrementOverlap: backlog.RuleRecord, backlog.RuleGoalReached: backlog.RuleRecord,
	backlog.RuleSprintScope: backlog.RuleRecord, backlog.RuleLevelSkipped: backlog.RuleOff, backlog.RuleSprintReviewed: backlog.RuleOff,
}

// consults judges that those who are to be consulted on what a change decides were. What is only passed on is decided
// by others, an answer decides nothing, and an import is of the past.
func (r *ruling) consults(before *model, change backlog.Change) {
	switch change.(type) {
	case backlog.ImportItems, backlog.AnswerQuestion, backlog.Delegate, backlog.Undelegate:
		return
	}
	for _, one := range append([]need{r.need}, r.also...) {
		for _, role := range r.rules.asked[one.may] {
			for _, about := range before.about(change) {
				r.breach(backlog.RuleConsulted, !before.heard(role, one.may, about, r.by, r.at))
			}
		}
	}
}

// heard reports whether a role was consulted about something before somebody decides: by a question that somebody else than
// who asked or decides has answered, or that was asked a notice before.
func (m *model) heard(role backlog.Role, may backlog.Permission, about roadmap.Subject, by string, at time.Time) bool {
	return slices.ContainsFunc(m.Questions, func(q backlog.Question) bool {
		if q.To != role || q.Decision != may || about != (roadmap.Subject{}) && !slices.Contains(m.around(about), q.About) {
			return false
		}
		from := q.At
		if who := q.Answer.By; who != "" && who != q.By && who != by {
			from = q.Answer.At
		} else if at.Before(q.At.Add(m.notice[may])) {
			return false
		}
		lasts, ends := m.lasts[may]
		return !ends || !at.After(from.Add(lasts))
	})
}

// around returns something with all that it is part of.
func (m *model) around(about roadmap.Subject) []roadmap.Subject {
	all := []roadmap.Subject{about}
	id := about.Feature
	if s := m.story(about.Story); s != nil {
		id = s.Feature
	}
	if f := m.feature(id); f != nil {
		all = append(all, roadmap.AboutFeature(id), roadmap.AboutGoal(f.Goal), roadmap.AboutIncrement(f.Increment))
	}
	return all
}

// about returns what is there of what a change is about, the zero value for nothing: what it names first, of a new story the
// feature and of a new feature the goal.
func (m *model) about(change backlog.Change) []roadmap.Subject {
	var all []roadmap.Subject
	switch c := change.(type) {
	case backlog.AddStory:
		all = append(all, roadmap.AboutFeature(c.Story.Feature))
	case backlog.AddFeature:
		all = append(all, roadmap.AboutGoal(c.Feature.Goal))
	case backlog.TakeProposal:
		if p, _ := find(m.Proposals, func(p roadmap.Proposal) bool { return p.ID == c.Proposal }); p != nil {
			all = append(all, roadmap.AboutFeature(p.Story.Feature), roadmap.AboutGoal(p.Feature.Goal))
		}
	case backlog.AddDependency:
		all = append(all, subjectOf(c.Item), subjectOf(c.Needs))
	case backlog.RemoveDependency:
		all = append(all, subjectOf(c.Item), subjectOf(c.Needs))
	case backlog.RelateStories:
		all = append(all, roadmap.AboutStory(c.Story), roadmap.AboutStory(c.Other))
	case backlog.UnrelateStories:
		all = append(all, roadmap.AboutStory(c.Story), roadmap.AboutStory(c.Other))
	case backlog.SetMoney:
		all = append(all, c.About)
	default:
		all = m.first(reflect.ValueOf(change))
	}
	all = slices.DeleteFunc(all, func(s roadmap.Subject) bool { return !m.isSubject(s) })
	if len(all) == 0 {
		return []roadmap.Subject{{}}
	}
	return all
}

func subjectOf(item backlog.ItemID) roadmap.Subject {
	return roadmap.Subject{Story: item.Story, Feature: item.Feature}
}

// first returns the stories, the feature, the features, the goal or the increment that a change names first.
func (m *model) first(change reflect.Value) (all []roadmap.Subject) {
	for i := range change.NumField() {
		switch named := change.Field(i).Interface().(type) {
		case story.ID:
			return append(all, roadmap.AboutStory(named))
		case []story.ID:
			for _, id := range named {
				all = append(all, roadmap.AboutStory(id))
			}
			return all
		case story.TaskID:
			if s, _ := m.task(named); s != nil {
				all = append(all, roadmap.AboutStory(s.ID))
			}
			return all
		case roadmap.FeatureID:
			return append(all, roadmap.AboutFeature(named))
		case []roadmap.FeatureID:
			for _, id := range named {
				all = append(all, roadmap.AboutFeature(id))
			}
			return all
		case roadmap.GoalID:
			return append(all, roadmap.AboutGoal(named))
		case roadmap.IncrementID:
			return append(all, roadmap.AboutIncrement(named))
		}
	}
	return nil
}
