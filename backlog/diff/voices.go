package diff

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func (d *differ) insights() kind[roadmap.InsightID, roadmap.Insight] {
	return kind[roadmap.InsightID, roadmap.Insight]{
		subject: "insight",
		key:     func(i *roadmap.Insight) roadmap.InsightID { return i.ID },
		name:    func(i *roadmap.Insight) string { return i.Text },
		fields: func(old, now *roadmap.Insight) {
			d.field(AspectTitle, old.Text, now.Text)
			d.field(AspectSegment, old.Segment, now.Segment)
			d.field(AspectPeople, count(old.People), count(now.People))
			d.field(AspectStrength, count(old.Strength), count(now.Strength))
			d.parts(AspectAbout, d.subjectParts(old.About), d.subjectParts(now.About))
			d.parts(AspectData, dataParts(old.Data), dataParts(now.Data))
		},
	}
}

func (d *differ) proposals() kind[roadmap.ProposalID, roadmap.Proposal] {
	return kind[roadmap.ProposalID, roadmap.Proposal]{
		subject: "proposal",
		key:     func(p *roadmap.Proposal) roadmap.ProposalID { return p.ID },
		name:    func(p *roadmap.Proposal) string { return p.Title() },
		fresh: func(p *roadmap.Proposal) {
			p.Status, p.Into, p.Answer = roadmap.ProposalOpen, roadmap.Subject{}, roadmap.Answer{}
		},
		fields: func(old, now *roadmap.Proposal) {
			d.field(AspectStatus, old.Status.String(), now.Status.String())
			if now.Status == roadmap.ProposalMerged {
				d.field(AspectMerged, d.subjectTitle(old.Into), d.subjectTitle(now.Into))
			}
			d.field(AspectAnswer, answer(old.Answer), answer(now.Answer))
		},
	}
}

func (d *differ) questions() kind[backlog.QuestionID, backlog.Question] {
	return kind[backlog.QuestionID, backlog.Question]{
		subject: "question",
		key:     func(q *backlog.Question) backlog.QuestionID { return q.ID },
		name:    func(q *backlog.Question) string { return q.Text },
		fresh:   func(q *backlog.Question) { q.Answer = roadmap.Answer{} },
		fields: func(old, now *backlog.Question) {
			d.field(AspectAnswer, answer(old.Answer), answer(now.Answer))
		},
	}
}

func (d *differ) risks() kind[roadmap.RiskID, roadmap.Risk] {
	return kind[roadmap.RiskID, roadmap.Risk]{
		subject: "risk",
		key:     func(r *roadmap.Risk) roadmap.RiskID { return r.ID },
		name:    func(r *roadmap.Risk) string { return r.Title },
		fresh:   func(r *roadmap.Risk) { r.Status = roadmap.RiskOpen },
		fields: func(old, now *roadmap.Risk) {
			d.field(AspectTitle, old.Title, now.Title)
			d.field(AspectOwner, old.Owner, now.Owner)
			d.field(AspectLikelihood, count(old.Likelihood), count(now.Likelihood))
			d.field(AspectImpact, count(old.Impact), count(now.Impact))
			d.field(AspectStatus, old.Status.String(), now.Status.String())
			d.field(AspectNote, old.Note, now.Note)
			d.parts(AspectAbout, d.subjectParts(old.About), d.subjectParts(now.About))
			d.parts(AspectData, dataParts(old.Data), dataParts(now.Data))
		},
	}
}

func (d *differ) impediments() kind[roadmap.ImpedimentID, roadmap.Impediment] {
	return kind[roadmap.ImpedimentID, roadmap.Impediment]{
		subject: "impediment",
		key:     func(i *roadmap.Impediment) roadmap.ImpedimentID { return i.ID },
		name:    func(i *roadmap.Impediment) string { return i.Title },
		fresh:   func(i *roadmap.Impediment) { i.Resolution = roadmap.Answer{} },
		fields: func(old, now *roadmap.Impediment) {
			d.field(AspectTitle, old.Title, now.Title)
			d.field(AspectOwner, old.Owner, now.Owner)
			d.field(AspectNote, old.Note, now.Note)
			d.field(AspectResolution, answer(old.Resolution), answer(now.Resolution))
			d.parts(AspectAbout, d.subjectParts(old.About), d.subjectParts(now.About))
			d.parts(AspectData, dataParts(old.Data), dataParts(now.Data))
		},
	}
}

// count returns a number as text, empty for 0, which stands for not known.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// answer returns `no, too dear (Ana)`.
func answer(a roadmap.Answer) string {
	if a.IsZero() {
		return ""
	}
	text := a.Text
	if text == "" {
		text = a.At.UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("%s (%s)", text, a.By)
}

// subjectTitle returns what is talked about in words: its kind and title.
func (d *differ) subjectTitle(subject roadmap.Subject) string {
	kind, _, _ := strings.Cut(subject.String(), " ")
	switch {
	case !subject.Goal.IsZero():
		return kind + " " + named(d, subject.Goal, (*backlog.View).Goal, goalTitle)
	case !subject.Increment.IsZero():
		return kind + " " + named(d, subject.Increment, (*backlog.View).Increment, incrementName)
	case !subject.IsZero():
		return kind + " " + d.title(backlog.ItemID{Story: subject.Story, Feature: subject.Feature})
	}
	return ""
}

func (d *differ) subjectParts(about story.List[roadmap.Subject]) []part {
	all := make([]part, about.Len())
	for i, subject := range about.All() {
		all[i] = part{subject.String(), d.subjectTitle(subject), "linked"}
	}
	return all
}
