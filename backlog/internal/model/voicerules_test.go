package model_test

import (
	"slices"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// peopleRules rules on roles and mandates.
func (r *ruling) peopleRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.GrantRole:
		r.need = need{backlog.MayAssignRoles, []story.Team{c.Team}}
		r.want(c.Person != r.by, backlog.ErrNotAllowed)
		grant := backlog.Grant{Role: c.Role, Team: c.Team}
		r.want(!blank(c.Person) && c.Role.IsValid(), field.ErrInvalid)
		p := r.person(c.Person)
		r.want(!slices.Contains(p.Roles, grant), backlog.ErrExists)
		p.Roles = append(p.Roles, grant)
	case backlog.RevokeRole:
		r.need = need{backlog.MayAssignRoles, []story.Team{c.Team}}
		p := r.person(c.Person)
		at := slices.Index(p.Roles, backlog.Grant{Role: c.Role, Team: c.Team})
		if r.want(at >= 0, backlog.ErrNotFound) {
			p.Roles = slices.Delete(p.Roles, at, at+1)
			for i := range r.People {
				r.People[i].Mandates = slices.DeleteFunc(r.People[i].Mandates, func(d backlog.Mandate) bool {
					return d.By == c.Person && (c.Team == "" || d.Team == c.Team)
				})
			}
		}
	case backlog.Delegate:
		r.need, r.only = need{c.Permission, []story.Team{c.Team}}, true
		r.want(c.Person != r.by, backlog.ErrNotAllowed)
		r.want(!blank(c.Person) && table[c.Permission] != nil && c.Permission != backlog.MayAssignRoles, field.ErrInvalid)
		r.want(c.Until.IsZero() || c.Until.After(r.At), field.ErrInvalid)
		p := r.person(c.Person)
		if at := r.mandate(p, c); at >= 0 { // delegated again with another end, it has that end
			r.want(!p.Mandates[at].Until.Equal(c.Until), backlog.ErrExists)
			p.Mandates = slices.Delete(p.Mandates, at, at+1)
		}
		p.Mandates = append(p.Mandates, backlog.Mandate{Permission: c.Permission, Team: c.Team, By: r.by, Until: c.Until.UTC()})
	case backlog.Undelegate:
		r.need, r.only = need{c.Permission, []story.Team{c.Team}}, true
		r.or = backlog.MayAssignRoles
		p := r.person(c.Person)
		at := r.mandate(p, backlog.Delegate{Permission: c.Permission, Team: c.Team})
		if r.want(at >= 0, backlog.ErrNotFound) {
			p.Mandates = slices.Delete(p.Mandates, at, at+1)
		}
	default:
		return false
	}
	r.People = slices.DeleteFunc(r.People, func(p backlog.Person) bool { return len(p.Roles)+len(p.Mandates) == 0 })
	return true
}

func (r *ruling) mandate(p *backlog.Person, c backlog.Delegate) int {
	return slices.IndexFunc(p.Mandates, func(d backlog.Mandate) bool { return d.Permission == c.Permission && d.Team == c.Team })
}

// person returns what is on record of somebody, to be changed.
func (r *ruling) person(name string) *backlog.Person {
	if p, _ := find(r.People, func(p backlog.Person) bool { return p.Name == name }); p != nil {
		return p
	}
	r.People = append(r.People, backlog.Person{Name: name})
	return &r.People[len(r.People)-1]
}

// about wants each subject to be there and named once.
func (r *ruling) about(subjects story.List[roadmap.Subject]) {
	for _, s := range subjects.All() {
		r.want(r.isSubject(s), backlog.ErrNotFound)
		r.want(s.Validate() == nil, field.ErrInvalid)
	}
}

// voiceRules rules on insights, proposals, questions and risks.
func (r *ruling) voiceRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.AddInsight:
		r.may = backlog.MayContribute
		one := c.Insight
		if one.At.IsZero() {
			one.At = r.at.UTC()
		}
		r.fits(one)
		old, _ := find(r.Insights, func(x roadmap.Insight) bool { return x.ID == one.ID })
		r.want(old == nil, backlog.ErrExists)
		r.about(one.About)
		r.Insights = append(r.Insights, one)
	case backlog.EditInsight:
		r.may = backlog.MayContribute
		one, _ := find(r.Insights, func(x roadmap.Insight) bool { return x.ID == c.Insight })
		if !r.want(one != nil, backlog.ErrNotFound) {
			r.vague = true
			return true
		}
		r.edits(c.Text, c.Segment, c.People, c.Strength, c.About, c.Data)
		put(&one.Text, c.Text)
		put(&one.Segment, c.Segment)
		put(&one.People, c.People)
		put(&one.Strength, c.Strength)
		put(&one.About, c.About)
		put(&one.Data, c.Data)
		r.fits(*one)
		if c.About != nil {
			r.about(*c.About)
		}
	case backlog.AddRisk:
		r.may = backlog.MayContribute
		one := c.Risk
		r.want(one.Status == 0, field.ErrInvalid)
		one.Status = roadmap.RiskOpen
		r.fits(one)
		r.want(one.Likelihood <= 5 && one.Impact <= 5, field.ErrInvalid)
		old, _ := find(r.Risks, func(x roadmap.Risk) bool { return x.ID == one.ID })
		r.want(old == nil, backlog.ErrExists)
		r.about(one.About)
		r.Risks = append(r.Risks, one)
	case backlog.EditRisk:
		r.may = backlog.MayManageRisks
		one, _ := find(r.Risks, func(x roadmap.Risk) bool { return x.ID == c.Risk })
		if !r.want(one != nil, backlog.ErrNotFound) {
			r.vague = true
			return true
		}
		r.edits(c.Title, c.Owner, c.Likelihood, c.Impact, c.Status, c.Note, c.About, c.Data)
		put(&one.Title, c.Title)
		put(&one.Owner, c.Owner)
		r.want(c.Status == nil || c.Status.IsValid(), field.ErrInvalid)
		put(&one.Likelihood, c.Likelihood)
		put(&one.Impact, c.Impact)
		put(&one.Status, c.Status)
		put(&one.Note, c.Note)
		put(&one.About, c.About)
		put(&one.Data, c.Data)
		r.fits(*one)
		r.want(one.Likelihood <= 5 && one.Impact <= 5, field.ErrInvalid)
		if c.About != nil {
			r.about(*c.About)
		}
	default:
		return r.proposalRules(change) || r.questionRules(change)
	}
	return true
}

func (r *ruling) proposal(id roadmap.ProposalID) *roadmap.Proposal {
	p, _ := find(r.Proposals, func(p roadmap.Proposal) bool { return p.ID == id })
	return p
}

// propose puts a proposal on record.
func (r *ruling) propose(p roadmap.Proposal) {
	r.want(r.proposal(p.ID) == nil, backlog.ErrExists)
	r.insights(p.Insights)
	p.By, p.At, p.Status = r.by, r.at.UTC(), roadmap.ProposalOpen
	r.Proposals = append(r.Proposals, p)
}

// decides needs who may take a proposal, which is open.
func (r *ruling) decides(id roadmap.ProposalID) *roadmap.Proposal {
	r.may = backlog.MayWriteStories
	p := r.proposal(id)
	if !r.want(p != nil, backlog.ErrNotFound) {
		return nil
	}
	r.teams = []story.Team{p.Story.Team}
	if !p.Feature.ID.IsZero() {
		r.need = need{may: backlog.MayDefineFeatures}
	}
	r.want(p.Status == roadmap.ProposalOpen, backlog.ErrRule)
	return p
}

func (r *ruling) proposalRules(change backlog.Change) bool {
	answer := func(text string) roadmap.Answer { return roadmap.Answer{Text: text, By: r.by, At: r.at.UTC()} }
	switch c := change.(type) {
	case backlog.ProposeStory:
		r.may = backlog.MayContribute
		r.want(isBlankStory(c.Story) && c.Story.Details.Value().NotBefore.IsZero(), field.ErrInvalid)
		s := c.Story
		s.Status = r.flow.initial
		r.fits(s)
		r.propose(roadmap.Proposal{ID: roadmap.ProposalID(c.Story.ID), Story: c.Story, Insights: c.Insights})
	case backlog.ProposeFeature:
		r.may = backlog.MayContribute
		f := c.Feature
		r.want(f.Status == 0 && f.Size.IsZero() && f.Spent.IsZero() && f.Outcome.IsZero() && unjudged(f.Criteria), field.ErrInvalid)
		f.Status = roadmap.FeatureOpen
		r.fits(f)
		r.propose(roadmap.Proposal{ID: roadmap.ProposalID(f.ID), Feature: c.Feature, Insights: c.Insights})
	case backlog.TakeProposal:
		p := r.decides(c.Proposal)
		if p == nil {
			return true
		}
		into := roadmap.AboutStory(p.Story.ID)
		if !p.Feature.ID.IsZero() {
			into = roadmap.AboutFeature(p.Feature.ID)
			r.newFeature(p.Feature)
			f := p.Feature
			f.Status = roadmap.FeatureOpen
			r.Features = append(r.Features, f)
		} else {
			r.newStory(p.Story)
			s := p.Story
			s.Status = r.flow.initial
			r.Stories = append(r.Stories, s)
		}
		p.Status, p.Into, p.Answer = roadmap.ProposalTaken, into, answer(c.Answer)
	case backlog.MergeProposal:
		p := r.decides(c.Proposal)
		r.want(r.there(c.Into), backlog.ErrNotFound)
		if c.Into == (backlog.ItemID{}) {
			r.want(false, field.ErrInvalid)
		}
		if p != nil {
			p.Status, p.Into, p.Answer = roadmap.ProposalMerged, roadmap.AboutStory(c.Into.Story), answer(c.Answer)
			if !c.Into.Feature.IsZero() {
				p.Into = roadmap.AboutFeature(c.Into.Feature)
			}
		}
	case backlog.DeclineProposal:
		p := r.decides(c.Proposal)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if p != nil {
			p.Status, p.Answer = roadmap.ProposalDeclined, answer(c.Reason)
		}
	default:
		return false
	}
	return true
}

func (r *ruling) questionRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.AskQuestion:
		r.may = backlog.MayContribute
		q := c.Question
		r.want(q.By == "" && q.At.IsZero() && q.Answer == roadmap.Answer{}, field.ErrInvalid)
		q.By, q.At = r.by, r.at.UTC()
		r.fits(q)
		old, _ := find(r.Questions, func(x backlog.Question) bool { return x.ID == q.ID })
		r.want(old == nil, backlog.ErrExists)
		r.about(story.ListOf(q.About))
		r.Questions = append(r.Questions, q)
	case backlog.AnswerQuestion:
		q, _ := find(r.Questions, func(x backlog.Question) bool { return x.ID == c.Question })
		r.may = backlog.MayWriteStories
		r.want(!blank(c.Answer), field.ErrInvalid)
		if !r.want(q != nil, backlog.ErrNotFound) {
			return true
		}
		switch about := q.About; {
		case !about.Goal.IsZero():
			r.may = backlog.MaySetGoals
		case !about.Increment.IsZero():
			r.may = backlog.MayChangeRoadmap
		case !about.Feature.IsZero():
			r.may = backlog.MayDefineFeatures
		default:
			r.teams = []story.Team{r.story(about.Story).Team}
		}
		if q.Person == "" || q.Person == r.by {
			r.asked, r.named = q.To, q.Person != "" // whoever it was put to: by name, or by a role that is held
		}
		q.Answer = roadmap.Answer{Text: c.Answer, By: r.by, At: r.at.UTC()}
	default:
		return false
	}
	return true
}
