package model_test

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ofStories needs a permission for the teams of stories, and the stories to be there.
func (r *ruling) ofStories(may backlog.Permission, ids ...story.ID) bool {
	r.may = may
	ok := true
	for _, id := range ids {
		if s := r.story(id); s != nil {
			r.teams = append(r.teams, s.Team)
		} else {
			ok = r.want(false, backlog.ErrNotFound)
		}
	}
	return ok
}

// whileOpen is ofStories for a change that a story takes only while it is neither accepted nor dropped.
func (r *ruling) whileOpen(may backlog.Permission, id story.ID) (*story.Story, bool) {
	if !r.ofStories(may, id) {
		return nil, false
	}
	s := r.story(id)
	return s, r.want(r.flow.isOpen(s.Status), backlog.ErrRule)
}

// isTaken reports whether another item has a key.
func (m *model) isTaken(key string, but backlog.ItemID) bool {
	if key == "" {
		return false
	}
	return slices.ContainsFunc(m.Stories, func(s story.Story) bool { return s.Key() == key && s.ID != but.Story }) ||
		slices.ContainsFunc(m.Features, func(f roadmap.Feature) bool { return f.Key() == key && f.ID != but.Feature })
}

// isBlankStory reports whether a new story brings nothing that others decide.
func isBlankStory(s story.Story) bool {
	return s.Status == "" && s.Estimate.IsZero() && s.Tasks.IsZero() && s.Parent.IsZero() && s.Details.Value().Past.IsZero() && unjudged(s.Criteria)
}

func unjudged(criteria story.List[story.Criterion]) bool {
	return !slices.ContainsFunc(criteria.Slice(), func(c story.Criterion) bool { return c.Verdict != story.Unjudged || c.Note != "" })
}

// newStory wants what AddStory wants.
func (r *ruling) newStory(s story.Story) bool {
	ok := r.want(isBlankStory(s), field.ErrInvalid)
	ok = r.comes(s.Details.Value().NotBefore) && ok
	s.Status = r.flow.initial
	ok = r.fits(s) && ok
	ok = r.want(r.story(s.ID) == nil, backlog.ErrExists) && ok
	ok = r.want(!r.isTaken(s.Key(), backlog.ItemID{}), backlog.ErrExists) && ok
	if !s.Feature.IsZero() {
		ok = r.want(r.feature(s.Feature) != nil, backlog.ErrNotFound) && ok
		r.joins(s.Feature)
	}
	return ok
}

// comes wants the instant until which something is held to be none, or not before the last event's.
func (r *ruling) comes(notBefore time.Time) bool {
	return r.want(notBefore.IsZero() || !notBefore.Before(r.At), field.ErrInvalid)
}

// joins judges that a feature gets a story.
func (r *ruling) joins(id roadmap.FeatureID) {
	f := r.feature(id)
	if f == nil {
		return
	}
	r.breach(backlog.RuleFeatureOpen, f.Status != roadmap.FeatureOpen)
	to := r.release(f.Release)
	r.breach(backlog.RuleReleasePlanned, to != nil && to.Status == roadmap.ReleaseShipped)
}

// letsGo judges that a story leaves its feature: one that was accepted stays as it is, and what was shipped.
func (r *ruling) letsGo(s story.Story) {
	f := r.feature(s.Feature)
	if f == nil {
		return
	}
	r.breach(backlog.RuleFeatureOpen, f.Status == roadmap.FeatureAccepted)
	r.breach(backlog.RuleReleasePlanned, f.Status != roadmap.FeatureAccepted && r.flow.isDone(s.Status) && r.isShipped(f.Release))
}

// edits wants an edit to change something: one of its fields is given.
func (r *ruling) edits(fields ...any) {
	r.want(slices.ContainsFunc(fields, func(f any) bool { return !reflect.ValueOf(f).IsNil() }), field.ErrInvalid)
}

// details changes the details of a story or a feature.
func details(d *story.Const[story.Details], change func(*story.Details)) {
	value := d.Value()
	change(&value)
	*d = story.ConstOf(value)
}

// put replaces what is not nil.
func put[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// storyRules rules on what stories are.
func (r *ruling) storyRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.AddStory:
		r.need = need{backlog.MayWriteStories, []story.Team{c.Story.Team}}
		if r.newStory(c.Story) {
			c.Story.Status = r.flow.initial
			r.Stories = append(r.Stories, c.Story)
		}
	case backlog.EditStory:
		s, ok := r.whileOpen(backlog.MayWriteStories, c.Story)
		if !ok {
			s = &story.Story{ID: c.Story, Title: "any", Status: r.flow.initial}
		}
		put(&s.Title, c.Title)
		put(&s.Narrative, c.Narrative)
		details(&s.Details, func(d *story.Details) {
			put(&d.Key, c.Key)
			put(&d.Kind, c.ItemKind)
			put(&d.Labels, c.Labels)
			put(&d.Description, c.Description)
			put(&d.Requester, c.Requester)
			put(&d.Segment, c.Segment)
			put(&d.Class, c.Class)
			put(&d.Due, c.Due)
			put(&d.Data, c.Data)
		})
		r.fits(*s)
		r.edits(c.Title, c.Narrative, c.Key, c.ItemKind, c.Labels, c.Description, c.Requester, c.Segment, c.Class, c.Due, c.Data)
		r.want(!r.isTaken(s.Key(), backlog.StoryItem(c.Story)), backlog.ErrExists)
	case backlog.ScheduleStory:
		s, ok := r.whileOpen(backlog.MayWriteStories, c.Story)
		r.comes(c.NotBefore)
		if ok {
			details(&s.Details, func(d *story.Details) { d.NotBefore = c.NotBefore })
		}
	case backlog.AssignStoryFeature:
		ok := r.ofStories(backlog.MayWriteStories, c.Story)
		if !c.Feature.IsZero() {
			ok = r.want(r.feature(c.Feature) != nil, backlog.ErrNotFound) && ok
		}
		if ok {
			s := r.story(c.Story)
			if s.Feature != c.Feature {
				r.letsGo(*s)
				r.joins(c.Feature)
			}
			s.Feature = c.Feature
			r.want(!r.isCircular(), backlog.ErrCycle)
		}
	case backlog.AssignStoryTeam:
		if r.ofStories(backlog.MayWriteStories, c.Story) {
			in := r.sprintOf(c.Story)
			r.want(in == nil || in.Team == "" || in.Team == c.Team, backlog.ErrRule)
			r.story(c.Story).Team = c.Team
		}
		r.teams = append(r.teams, c.Team)
	case backlog.AssignStoryAssignee:
		s, ok := r.whileOpen(backlog.MayAssignStories, c.Story)
		if ok {
			details(&s.Details, func(d *story.Details) { d.Assignee = c.Assignee })
			r.fits(*s)
		}
	case backlog.EstimateStory:
		s, ok := r.whileOpen(backlog.MayEstimateStories, c.Story)
		if ok {
			s.Estimate = c.Estimate
			r.fits(*s)
		}
	case backlog.AssessStory:
		ok := r.ofStories(backlog.MayAssessStories, c.Story)
		r.assess(backlog.StoryItem(c.Story), ok, c.Insights, assessed{As: c.Assessment})
	case backlog.SplitStory:
		r.split(c)
	default:
		return r.partRules(change)
	}
	return true
}

// assess records what an item is worth, for insights that are there.
func (r *ruling) assess(item backlog.ItemID, ok bool, insights story.List[roadmap.InsightID], as assessed) {
	ok = r.insights(insights) && ok
	ok = r.fits(as.As) && ok
	if !ok {
		return
	}
	r.Assessed = slices.DeleteFunc(r.Assessed, func(a assessed) bool { return a.Item == item })
	as.Item = item
	r.Assessed = append(r.Assessed, as)
}

// insights wants each to be there and named once.
func (r *ruling) insights(ids story.List[roadmap.InsightID]) bool {
	ok := true
	for _, id := range ids.All() {
		one, _ := find(r.Insights, func(i roadmap.Insight) bool { return i.ID == id })
		ok = r.want(one != nil, backlog.ErrNotFound) && ok
		if id.IsZero() {
			r.want(false, field.ErrInvalid)
		}
	}
	return ok
}

// partRules rules on the criteria and tasks of stories.
func (r *ruling) partRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.AddCriterion:
		s, ok := r.whileOpen(backlog.MayWriteStories, c.Story)
		r.want(unjudged(story.ListOf(c.Criterion)), field.ErrInvalid)
		r.fits(c.Criterion)
		if ok {
			list := s.Criteria.Slice()
			has, _ := find(list, func(x story.Criterion) bool { return x.ID == c.Criterion.ID })
			r.want(has == nil, backlog.ErrExists)
			s.Criteria = story.ListOf(append(list, c.Criterion)...)
		}
	case backlog.EditCriterion:
		s, ok := r.whileOpen(backlog.MayWriteStories, c.Story)
		r.edits(c.Text)
		if one := r.criterion(s, c.Criterion); one != nil && c.Text != nil {
			*one = story.Criterion{ID: one.ID, Text: *c.Text}
			r.fits(*one)
			if ok {
				r.setCriterion(s, *one)
			}
		}
	case backlog.RemoveCriterion:
		s, _ := r.whileOpen(backlog.MayWriteStories, c.Story)
		if r.criterion(s, c.Criterion) != nil {
			s.Criteria = story.ListOf(slices.DeleteFunc(s.Criteria.Slice(), func(x story.Criterion) bool { return x.ID == c.Criterion })...)
		}
	case backlog.JudgeCriterion:
		s, _ := r.whileOpen(backlog.MayJudgeCriteria, c.Story)
		r.want(c.Verdict == story.Unjudged || c.Verdict.IsValid(), field.ErrInvalid)
		if one := r.criterion(s, c.Criterion); one != nil {
			r.setCriterion(s, judged(*one, c.Verdict, c.Note, r.by, r.at))
		}
	case backlog.AddTask:
		s, ok := r.whileOpen(backlog.MayManageTasks, c.Story)
		r.fits(c.Task)
		_, has := r.task(c.Task.ID)
		r.want(has < 0, backlog.ErrExists)
		if ok {
			s.Tasks = story.ListOf(append(s.Tasks.Slice(), c.Task)...)
		}
	case backlog.EditTask:
		r.edits(c.Title, c.Assignee)
		r.onTask(c.Task, func(t *story.Task) bool {
			put(&t.Title, c.Title)
			put(&t.Assignee, c.Assignee)
			return true
		})
	case backlog.FinishTask:
		r.onTask(c.Task, func(t *story.Task) bool { t.Done = true; return true })
	case backlog.ReopenTask:
		r.onTask(c.Task, func(t *story.Task) bool { t.Done = false; return true })
	case backlog.RemoveTask:
		r.onTask(c.Task, func(*story.Task) bool { return false })
	default:
		return false
	}
	return true
}

func judged(c story.Criterion, verdict story.Verdict, note, by string, at time.Time) story.Criterion {
	to := story.Criterion{ID: c.ID, Text: c.Text, Verdict: verdict, Note: note, By: by, At: at.UTC()}
	if verdict == story.Unjudged {
		to.By, to.At, to.Note = "", time.Time{}, ""
	}
	return to
}

// criterion returns a copy of a criterion of a story that is there.
func (r *ruling) criterion(s *story.Story, id story.CriterionID) *story.Criterion {
	if s == nil {
		return nil
	}
	one, _ := find(s.Criteria.Slice(), func(x story.Criterion) bool { return x.ID == id })
	r.want(one != nil, backlog.ErrNotFound)
	return one
}

func (r *ruling) setCriterion(s *story.Story, to story.Criterion) {
	list := s.Criteria.Slice()
	one, _ := find(list, func(x story.Criterion) bool { return x.ID == to.ID })
	*one = to
	s.Criteria = story.ListOf(list...)
}

// task returns the story that has a task, and the index of the task.
func (m *model) task(id story.TaskID) (*story.Story, int) {
	for i := range m.Stories {
		if _, at := find(m.Stories[i].Tasks.Slice(), func(t story.Task) bool { return t.ID == id }); at >= 0 {
			return &m.Stories[i], at
		}
	}
	return nil, -1
}

// onTask changes a task; it goes where keep returns false.
func (r *ruling) onTask(id story.TaskID, keep func(*story.Task) bool) {
	r.may = backlog.MayManageTasks
	s, at := r.task(id)
	if !r.want(s != nil, backlog.ErrNotFound) {
		return
	}
	r.teams = []story.Team{s.Team}
	r.want(r.flow.isOpen(s.Status), backlog.ErrRule)
	list := s.Tasks.Slice()
	if !keep(&list[at]) {
		list = slices.Delete(list, at, at+1)
	} else {
		r.fits(list[at])
	}
	s.Tasks = story.ListOf(list...)
}

// split puts children in the place of a story.
func (r *ruling) split(c backlog.SplitStory) {
	s, ok := r.whileOpen(backlog.MaySplitStories, c.Story)
	r.want(len(c.Into) >= 2 && r.flow.gone != "", field.ErrInvalid)
	var texts []string
	ids := map[story.ID]bool{}
	for _, child := range c.Into {
		r.want(isBlankStory(child), field.ErrInvalid)
		r.comes(child.Details.Value().NotBefore)
		child.Status = r.flow.initial
		r.fits(child)
		r.want(r.story(child.ID) == nil, backlog.ErrExists)
		r.want(!ids[child.ID], field.ErrInvalid)
		r.want(child.Feature.IsZero() || r.feature(child.Feature) != nil, backlog.ErrNotFound)
		if ok {
			r.want(child.Feature.IsZero() || child.Feature == s.Feature, field.ErrInvalid)
			r.want(child.Team == "" || child.Team == s.Team, field.ErrInvalid)
		}
		r.want(!r.isTaken(child.Key(), backlog.ItemID{}), backlog.ErrExists)
		ids[child.ID] = true
		for _, criterion := range child.Criteria.All() {
			texts = append(texts, criterion.Text)
		}
	}
	keys := map[string]bool{}
	for _, child := range c.Into {
		r.want(child.Key() == "" || !keys[child.Key()], field.ErrInvalid)
		keys[child.Key()] = true
	}
	without := map[story.CriterionID]bool{}
	for _, gone := range c.Without {
		r.want(!blank(gone.Reason), field.ErrInvalid)
		without[gone.Criterion] = true
	}
	if !ok {
		r.vague = true // Without names criteria of a story that is not there, or that cannot be split
		return
	}
	for _, criterion := range s.Criteria.All() {
		r.want(slices.Contains(texts, criterion.Text) || without[criterion.ID], field.ErrInvalid)
		delete(without, criterion.ID)
	}
	r.want(len(without) == 0, field.ErrInvalid)
	r.joins(s.Feature)
	if len(r.bad) == 0 {
		r.replace(*s, c.Into)
	}
}

func (r *ruling) replace(parent story.Story, into []story.Story) {
	item := backlog.StoryItem(parent.ID)
	var ids []story.ID
	for i := range into {
		child := into[i]
		child.Status, child.Parent, child.Feature, child.Team = r.flow.initial, parent.ID, parent.Feature, parent.Team
		details(&child.Details, func(d *story.Details) {
			if until := parent.Details.Value().NotBefore; until.After(d.NotBefore) {
				d.NotBefore = until
			}
			from := parent.Details.Value()
			d.Class, d.Step = cmp.Or(d.Class, from.Class), cmp.Or(d.Step, from.Step)
			d.Requester, d.Segment = cmp.Or(d.Requester, from.Requester), cmp.Or(d.Segment, from.Segment)
		})
		_, place := find(r.Stories, func(s story.Story) bool { return s.ID == parent.ID })
		r.Stories = slices.Insert(r.Stories, place, child)
		ids = append(ids, child.ID)
	}
	r.story(parent.ID).Status = r.flow.gone
	if one, at := find(r.Stories, func(s story.Story) bool { return s.ID == parent.ID }); at >= 0 { // it goes to the end
		last := *one
		r.Stories = append(slices.Delete(r.Stories, at, at+1), last)
	}
	needs := r.Needs
	r.Needs = nil
	for _, need := range needs {
		for _, id := range ids {
			one := need
			switch {
			case need.Item == item:
				one.Item = backlog.StoryItem(id)
			case need.Needs == item:
				one.Needs = backlog.StoryItem(id)
			default:
				if id != ids[0] {
					continue
				}
			}
			r.Needs = append(r.Needs, one)
		}
	}
	if in := r.sprintOf(parent.ID); in != nil {
		at := slices.Index(in.Stories, parent.ID)
		in.Stories = slices.Replace(in.Stories, at, at+1, ids...)
	}
	r.unclaim(parent.ID)
	r.pass(parent.ID, ids)
}
