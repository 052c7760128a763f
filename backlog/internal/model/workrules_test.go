package model_test

import (
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// blank reports whether a reason is none.
func blank(reason string) bool { return strings.TrimSpace(reason) == "" }

// workRules rules on how stories are worked on.
func (r *ruling) workRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.SetStoryStatus:
		r.setStatus(c)
	case backlog.AcceptStory:
		r.accept(c.Story)
	case backlog.RejectStory:
		ok := r.ofStories(backlog.MayAcceptStories, c.Story)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if ok && r.want(r.story(c.Story).Status == r.flow.review, backlog.ErrIllegalMove) {
			r.leave(c.Story)
			r.story(c.Story).Status = r.flow.ready
		}
	case backlog.DropStory:
		ok := r.ofStories(backlog.MayWriteStories, c.Story)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		r.vague = !r.want(r.flow.gone != "", field.ErrInvalid) // the rules are asked all the same
		if s := r.story(c.Story); ok && r.flow.gone != "" && r.want(r.flow.leads(s.Status, r.flow.gone), backlog.ErrIllegalMove) {
			r.breach(backlog.RuleDropNeeded, r.flow.isOpen(s.Status) && r.neededOutside([]backlog.ItemID{backlog.StoryItem(c.Story)}))
			if r.flow.isDone(s.Status) {
				r.takesBack(*s)
			}
			r.leave(c.Story)
			r.unclaim(c.Story)
			r.story(c.Story).Status = r.flow.gone
			r.unaccept(backlog.StoryItem(c.Story))
		}
	default:
		return false
	}
	return true
}

// leave takes a story out of its open sprint.
func (m *model) leave(id story.ID) {
	if in := m.sprintOf(id); in != nil {
		in.Stories = slices.DeleteFunc(in.Stories, func(other story.ID) bool { return other == id })
		if in.Status == backlog.SprintActive {
			in.Returned = append(in.Returned, id)
		}
	}
}

func (r *ruling) setStatus(c backlog.SetStoryStatus) {
	to := r.flow.now(c.To)
	may := backlog.MayRefineStories
	if r.flow.isBegun(to) {
		may = backlog.MayWorkOnStories
	}
	ok := r.ofStories(may, c.Story)
	s := r.story(c.Story)
	if ok && !r.flow.isOpen(s.Status) {
		r.takesBack(*s)
	}
	if !r.want(slices.Contains(r.flow.states, to), field.ErrInvalid) || !ok {
		return
	}
	isRejection := s.Status == r.flow.review && to == r.flow.ready && to != r.flow.initial
	if !r.want(r.flow.isOpen(to) && r.flow.leads(s.Status, to) && !isRejection, backlog.ErrIllegalMove) {
		r.vague = true // a move to accepted or dropped may be refused as such
	}
	if to == r.flow.ready && !r.flow.isBegun(s.Status) {
		r.ready(*s)
	}
	if r.flow.isBegun(to) && !r.flow.isBegun(s.Status) {
		r.begins(*s)
		r.breach(backlog.RuleSprintScope, r.outOfScope(*s))
	}
	claim, _ := find(r.Claims, func(k backlog.Claim) bool { return k.Story == c.Story && k.Until.After(r.at) })
	r.breach(backlog.RuleClaimed, r.flow.isBegun(to) && claim != nil && claim.By != r.by)
	s.Status = to
	r.unaccept(backlog.StoryItem(c.Story))
}

// takesBack judges that a story is accepted or dropped no more: one that was accepted needs whoever may accept, and
// counts in no sprint that is over; its feature and release stay as they are.
func (r *ruling) takesBack(s story.Story) {
	if r.flow.isDone(s.Status) {
		r.also = append(r.also, need{backlog.MayAcceptStories, []story.Team{s.Team}})
		r.want(!slices.ContainsFunc(r.Sprints, func(x backlog.Sprint) bool {
			return !x.Status.IsOpen() && slices.Contains(x.Stories, s.ID)
		}), backlog.ErrRule)
	}
	if f := r.feature(s.Feature); f != nil && f.Status != roadmap.FeatureDropped {
		r.joins(s.Feature)
	}
}

// begins judges that a story is begun.
func (r *ruling) begins(s story.Story) {
	r.breach(backlog.RuleStartWaiting, !r.wait(backlog.StoryItem(s.ID), r.at).IsZero())
	r.breach(backlog.RuleParentAlive, !r.alive(s))
}

// outOfScope reports whether the team of a story has an active sprint that the story is not in.
func (m *model) outOfScope(s story.Story) bool {
	in := m.sprintOf(s.ID)
	if in != nil && in.Status == backlog.SprintActive {
		return false
	}
	return slices.ContainsFunc(m.Sprints, func(x backlog.Sprint) bool {
		return x.Status == backlog.SprintActive && (x.Team == "" || x.Team == s.Team) // that of no team is everybody's
	})
}

// ready judges the definition of ready of the options, which asks for a criterion.
func (r *ruling) ready(s story.Story) {
	r.lacks("ready", "criteria", s.Criteria.IsZero() && len(r.options.Ready) > 0, backlog.ErrNotReady)
}

func (r *ruling) accept(id story.ID) {
	if !r.ofStories(backlog.MayAcceptStories, id) {
		return
	}
	s := r.story(id)
	r.want(r.flow.leads(s.Status, r.flow.done), backlog.ErrIllegalMove)
	if r.flow.isGone(s.Status) {
		r.takesBack(*s)
	}
	_, unmet, open := s.Judged()
	r.breachAs(backlog.RuleCriteriaMet, unmet+open > 0, backlog.ErrNotDone)
	r.breachAs(backlog.RuleCriteriaPresent, s.Criteria.IsZero(), backlog.ErrNotDone)
	r.lacks("done", "tasks", slices.ContainsFunc(s.Tasks.Slice(), func(t story.Task) bool { return !t.Done }), backlog.ErrNotDone)
	r.breach(backlog.RuleFinishWaiting, !r.wait(backlog.StoryItem(id), r.at).IsZero())
	r.breach(backlog.RuleExclusive, r.excluded(id))
	r.breach(backlog.RuleParentAlive, !r.alive(*s))
	s.Status = r.flow.done
	r.unclaim(id)
	r.acceptItem(backlog.StoryItem(id))
}

func (r *ruling) acceptItem(item backlog.ItemID) {
	r.unaccept(item)
	r.Accepted = append(r.Accepted, accepted{item, backlog.Acceptance{By: r.by, At: r.at.UTC()}})
}

func (m *model) unaccept(item backlog.ItemID) {
	m.Accepted = slices.DeleteFunc(m.Accepted, func(a accepted) bool { return a.Item == item })
}

// unclaim gives up the claim on a story.
func (m *model) unclaim(id story.ID) {
	m.Claims = slices.DeleteFunc(m.Claims, func(k backlog.Claim) bool { return k.Story == id })
}

// claimRules rules on claims.
func (r *ruling) claimRules(change backlog.Change) bool {
	held := func(id story.ID) (*backlog.Claim, bool) {
		k, _ := find(r.Claims, func(k backlog.Claim) bool { return k.Story == id })
		return k, k != nil && k.Until.After(r.at)
	}
	switch c := change.(type) {
	case backlog.ClaimStory:
		s, ok := r.whileOpen(backlog.MayWorkOnStories, c.Story)
		r.want(c.Until.After(r.at), field.ErrInvalid)
		if s != nil {
			_, is := held(c.Story)
			r.want(!is, backlog.ErrClaim)
		}
		if ok {
			if !r.flow.isBegun(s.Status) {
				r.begins(*s)
			}
			r.unclaim(c.Story)
			r.Claims = append(r.Claims, backlog.Claim{Story: c.Story, By: r.by, Until: c.Until.UTC(), Token: r.Seq + 1})
		}
	case backlog.RenewClaim:
		ok := r.ofStories(backlog.MayWorkOnStories, c.Story)
		r.want(c.Until.After(r.at), field.ErrInvalid)
		if ok {
			k, is := held(c.Story)
			if r.want(is && k.By == r.by, backlog.ErrClaim) {
				k.Until = c.Until.UTC()
			}
		}
	case backlog.ReleaseClaim:
		may, whose := backlog.MayWorkOnStories, r.by
		if c.Of != "" {
			may, whose = backlog.MayAssignStories, c.Of
		}
		if r.ofStories(may, c.Story) {
			k, is := held(c.Story)
			r.want(is && k.By == whose, backlog.ErrClaim)
			r.unclaim(c.Story)
		}
	default:
		return false
	}
	return true
}

// ofSprint needs a permission for the team of a sprint, and the sprint to be there.
func (r *ruling) ofSprint(may backlog.Permission, id backlog.SprintID) *backlog.Sprint {
	r.may = may
	s := r.sprint(id)
	if r.want(s != nil, backlog.ErrNotFound) {
		r.teams = []story.Team{s.Team}
	}
	return s
}

// sprintRules rules on sprints.
func (r *ruling) sprintRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.PlanSprint:
		r.need = need{backlog.MayRunSprints, []story.Team{c.Sprint.Team}}
		s := c.Sprint
		r.want(s.Status == 0 && len(s.Stories) == 0 && len(s.Returned) == 0 && len(s.Notes) == 0 && s.Velocity.IsZero(), field.ErrInvalid)
		s.Status = backlog.SprintPlanned
		r.fits(s)
		r.want(r.sprint(s.ID) == nil, backlog.ErrExists)
		r.Sprints = append(r.Sprints, s)
		r.sprintTimes(s)
	case backlog.EditSprint:
		s := r.ofSprint(backlog.MayRunSprints, c.Sprint)
		if s == nil {
			r.vague = true
			return true
		}
		r.want(s.Status.IsOpen(), backlog.ErrRule)
		r.edits(c.Name, c.Goal, c.Start, c.End, c.Capacity)
		put(&s.Name, c.Name)
		put(&s.Goal, c.Goal)
		put(&s.Start, c.Start)
		put(&s.End, c.End)
		put(&s.Capacity, c.Capacity)
		r.fits(*s)
		if c.Start != nil || c.End != nil {
			r.sprintTimes(*s)
		}
		if s.Status == backlog.SprintActive {
			r.breach(backlog.RuleSprintGoal, c.Goal != nil && blank(s.Goal))
			r.breach(backlog.RuleSprintEarly, c.Start != nil && s.Start.After(r.at))
		}
	case backlog.NoteSprint:
		s := r.ofSprint(backlog.MayNoteSprints, c.Sprint)
		r.want(!blank(c.Note), field.ErrInvalid)
		if s != nil {
			s.Notes = append(s.Notes, c.Note)
		}
	case backlog.CommitStories:
		r.commit(c)
	case backlog.WithdrawStories:
		r.withdraw(c)
	case backlog.StartSprint:
		if s := r.ofSprint(backlog.MayRunSprints, c.Sprint); s != nil && r.want(s.Status == backlog.SprintPlanned, backlog.ErrRule) {
			r.breach(backlog.RuleSprintGoal, blank(s.Goal))
			r.breach(backlog.RuleSprintStories, len(s.Stories) == 0)
			r.breach(backlog.RuleSprintEarly, s.Start.After(r.at))
			r.breach(backlog.RuleOneSprint, slices.ContainsFunc(r.Sprints, func(x backlog.Sprint) bool {
				return x.Status == backlog.SprintActive && x.Team == s.Team
			}))
			s.Status = backlog.SprintActive
		}
	case backlog.CloseSprint:
		if s := r.ofSprint(backlog.MayRunSprints, c.Sprint); s != nil {
			r.want(s.Status == backlog.SprintActive, backlog.ErrRule)
			r.breach(backlog.RuleSprintReviewed, slices.ContainsFunc(s.Stories, func(id story.ID) bool { return r.story(id).Status == r.flow.review }))
			r.end(s, backlog.SprintClosed, c.KeepReview)
		}
	case backlog.CancelSprint:
		s := r.ofSprint(backlog.MayCancelSprints, c.Sprint)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if s != nil {
			r.want(s.Status.IsOpen(), backlog.ErrRule)
			r.end(s, backlog.SprintCancelled, c.KeepReview)
		}
	default:
		return false
	}
	return true
}

// sprintTimes judges the dates of a sprint.
func (r *ruling) sprintTimes(s backlog.Sprint) {
	if s.Start.IsZero() || s.End.IsZero() {
		return
	}
	r.breach(backlog.RuleSprintLength, s.End.Sub(s.Start) > 31*24*time.Hour)
	r.breach(backlog.RuleSprintOverlap, slices.ContainsFunc(r.Sprints, func(x backlog.Sprint) bool {
		return x.ID != s.ID && x.Team == s.Team && x.Status.IsOpen() && !x.Start.IsZero() && !x.End.IsZero() &&
			x.Start.Before(s.End) && s.Start.Before(x.End)
	}))
}

func (r *ruling) commit(c backlog.CommitStories) {
	s := r.ofSprint(backlog.MayRunSprints, c.Sprint)
	r.want(len(c.Stories) > 0, field.ErrInvalid)
	seen := map[story.ID]bool{}
	for _, id := range c.Stories {
		r.want(!seen[id], field.ErrInvalid)
		seen[id] = true
		r.want(r.story(id) != nil, backlog.ErrNotFound)
	}
	if s == nil {
		r.vague = true // what stands against the stories may be said, too
		return
	}
	r.want(s.Status.IsOpen(), backlog.ErrRule)
	if s.Status == backlog.SprintActive {
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
	}
	for _, id := range c.Stories {
		one := r.story(id)
		if one == nil {
			continue
		}
		r.want(r.sprintOf(id) == nil, field.ErrInvalid)
		r.want(s.Team == "" || one.Team == s.Team, field.ErrInvalid)
		r.want(r.flow.isOpen(one.Status), backlog.ErrRule)
		r.ready(*one)
		r.breach(backlog.RuleParentAlive, !r.alive(*one))
	}
	in := append(slices.Clone(s.Stories), c.Stories...)
	if len(r.bad) == 0 {
		s.Stories = in
	}
	for _, id := range c.Stories { // of two that come together, one excludes the other
		r.breach(backlog.RuleExclusive, r.excluded(id, c.Stories...))
	}
}

func (r *ruling) withdraw(c backlog.WithdrawStories) {
	s := r.ofSprint(backlog.MayRunSprints, c.Sprint)
	r.want(len(c.Stories) > 0, field.ErrInvalid)
	seen := map[story.ID]bool{}
	for _, id := range c.Stories {
		r.want(!seen[id], field.ErrInvalid)
		seen[id] = true
		if s != nil {
			r.want(slices.Contains(s.Stories, id), field.ErrInvalid)
		}
	}
	if s == nil || slices.ContainsFunc(c.Stories, func(id story.ID) bool { return r.story(id) == nil }) {
		r.want(false, backlog.ErrNotFound)
		r.vague = true // what stands against the sprint and the others may be said, too
		return
	}
	r.want(s.Status.IsOpen(), backlog.ErrRule)
	if s.Status == backlog.SprintActive {
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
	}
	for _, id := range s.Stories {
		r.breach(backlog.RuleSprintScope, s.Status == backlog.SprintActive && seen[id] && r.flow.isBegun(r.story(id).Status))
	}
	s.Stories = slices.DeleteFunc(s.Stories, func(id story.ID) bool { return seen[id] })
}

// end closes or cancels a sprint.
func (r *ruling) end(s *backlog.Sprint, status backlog.SprintStatus, keepReview bool) {
	var done, back []story.ID
	for _, id := range s.Stories {
		one := r.story(id)
		if r.flow.isDone(one.Status) {
			done = append(done, id)
			points, _ := one.Estimate.Points()
			s.Velocity = s.Velocity.Add(points)
			continue
		}
		back = append(back, id)
		if r.flow.isBegun(one.Status) && (!keepReview || one.Status != r.flow.review) {
			one.Status = r.flow.ready
		}
	}
	s.Status, s.Stories, s.Returned = status, done, append(s.Returned, back...)
}

// linkRules rules on dependencies, relations and the order.
func (r *ruling) linkRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.AddDependency:
		ok := r.ofItem(c.Item)
		ok = r.want(r.there(c.Needs), backlog.ErrNotFound) && ok
		r.want(c.Lag >= 0 && c.Lag <= backlog.MaxLag, field.ErrInvalid)
		if ok {
			_, at := find(r.Needs, func(n backlog.Dependency) bool { return n.Item == c.Item && n.Needs == c.Needs })
			if r.want(at < 0, backlog.ErrExists) {
				r.Needs = append(r.Needs, c.Dependency)
				r.want(!r.isCircular(), backlog.ErrCycle)
			}
		}
	case backlog.RemoveDependency:
		r.ofItem(c.Item)
		_, at := find(r.Needs, func(n backlog.Dependency) bool { return n.Item == c.Item && n.Needs == c.Needs })
		if r.want(at >= 0, backlog.ErrNotFound) {
			r.Needs = slices.Delete(r.Needs, at, at+1)
		}
	case backlog.RelateStories:
		r.ofStories(backlog.MayWriteStories, c.Story, c.Other)
		r.want(c.How.IsValid() && c.Story != c.Other, field.ErrInvalid)
		r.want(r.relation(c.Story, c.How, c.Other) < 0, backlog.ErrExists)
		for _, x := range r.Stories {
			for _, y := range r.Stories {
				isPair := r.comesOf(x.ID, c.Story) && r.comesOf(y.ID, c.Other) && x.ID != y.ID
				r.breach(backlog.RuleExclusive, c.How == backlog.Excludes && isPair && r.taken(x.ID) && r.taken(y.ID))
			}
		}
		r.Relations = append(r.Relations, c.Relation)
	case backlog.UnrelateStories:
		r.ofStories(backlog.MayWriteStories, c.Story, c.Other)
		r.want(c.How.IsValid() && c.Story != c.Other, field.ErrInvalid)
		if at := r.relation(c.Story, c.How, c.Other); r.want(at >= 0, backlog.ErrNotFound) {
			r.Relations = slices.Delete(r.Relations, at, at+1)
		}
	case backlog.MoveStories:
		r.move(c)
	case backlog.OrderStories:
		r.ofStories(backlog.MayOrderStories, c.Stories...)
		r.want(len(c.Stories) > 0, field.ErrInvalid)
		r.want(len(c.Scores) == 0 || len(c.Scores) == len(c.Stories), field.ErrInvalid)
		r.once(c.Stories)
		if len(r.bad) == 0 {
			next := 0
			was := slices.Clone(r.Stories)
			for i, s := range was {
				if slices.Contains(c.Stories, s.ID) {
					one, _ := find(was, func(x story.Story) bool { return x.ID == c.Stories[next] })
					r.Stories[i] = *one
					next++
				}
			}
		}
	default:
		return false
	}
	return true
}

// once wants each story to be named once.
func (r *ruling) once(ids []story.ID) {
	for i, id := range ids {
		r.want(!slices.Contains(ids[:i], id), field.ErrInvalid)
	}
}

// ofItem needs the permission to write a story or to define a feature.
func (r *ruling) ofItem(item backlog.ItemID) bool {
	if item.Feature.IsZero() {
		return r.ofStories(backlog.MayWriteStories, item.Story)
	}
	r.may = backlog.MayDefineFeatures
	return r.want(r.feature(item.Feature) != nil, backlog.ErrNotFound)
}

// relation returns the index of a relation, named either way round.
func (m *model) relation(x story.ID, how backlog.RelationKind, y story.ID) int {
	_, at := find(m.Relations, func(r backlog.Relation) bool {
		return r.How == how && (r.Story == x && r.Other == y || r.Story == y && r.Other == x)
	})
	return at
}

func (r *ruling) move(c backlog.MoveStories) {
	r.ofStories(backlog.MayOrderStories, c.Stories...)
	r.want(len(c.Stories) > 0, field.ErrInvalid)
	r.once(c.Stories)
	var moved, rest []story.Story
	for _, s := range r.Stories {
		if slices.Contains(c.Stories, s.ID) {
			moved = append(moved, s)
		} else {
			rest = append(rest, s)
		}
	}
	word, arg, _ := strings.Cut(c.To.String(), " ")
	at := 0
	switch word {
	case "last":
		at = len(rest)
	case "at":
		for n, digit := range arg {
			if n == 0 && digit == '-' {
				at = -1
				break
			}
			at = at*10 + int(digit-'0')
		}
	case "before", "after":
		id, _ := story.ParseID(arg)
		var place int
		_, place = find(rest, func(s story.Story) bool { return s.ID == id })
		if place < 0 {
			r.want(slices.Contains(c.Stories, id), backlog.ErrNotFound)
			r.want(r.story(id) == nil && !slices.Contains(c.Stories, id), field.ErrInvalid)
			return
		}
		at = place
		if word == "after" {
			at++
		}
	}
	if !r.want(at >= 0 && at <= len(rest), field.ErrInvalid) || len(r.bad) > 0 {
		return
	}
	r.Stories = slices.Insert(rest, at, moved...)
}
