package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// QuestionID is the id of a [Question].
type QuestionID = story.Identity[Question]

// Question is what somebody wants to know about a goal, an increment, a feature or a story, whom it was put
// to, and the answer. It is a plain value: a copy shares nothing that could change.
type Question struct {
	ID       QuestionID      `json:"id"`
	About    roadmap.Subject `json:"about"`
	Text     string          `json:"text"`
	Estimate story.Estimate  `json:"estimate,omitzero"` // of the story, or the size of the feature, where that is in question
	Decision Permission      `json:"decision,omitzero"` // on which the role is consulted before it is made, see [RuleConsulted]
	To       Role            `json:"to"`                // which role is to answer
	Person   string          `json:"person,omitzero"`   // who of that role; unset means whoever holds it
	By       string          `json:"by"`                // who asked
	At       time.Time       `json:"at"`                // when
	Answer   roadmap.Answer  `json:"answer,omitzero"`
}

// IsOpen reports whether the question is not answered.
func (q Question) IsOpen() bool { return q.Answer.IsZero() }

// Validate reports everything that is wrong with q in itself, in field order.
func (q Question) Validate() error {
	errs := []error{
		q.checkAsked(),
		field.CheckTitle("backlog", "question.by", q.By),
		q.checkInstants(),
	}
	if !q.IsOpen() {
		errs = append(errs, field.Within("question.answer", q.Answer.Validate()),
			field.CheckRequired("backlog", "question.answer.text", q.Answer.Text, "an answer"))
	}
	return field.Join(errs...)
}

// checkAsked reports what is wrong with what whoever asks gives.
func (q Question) checkAsked() error {
	errs := []error{
		field.CheckID("backlog", "question.id", q.ID),
		field.Within("question", q.About.Validate()),
		field.CheckRequired("backlog", "question.text", q.Text, "a question"),
		field.Within("question", q.Estimate.Validate()),
		checkDecision("question.decision", q.Decision),
		q.To.check("question.to"),
		field.CheckName("backlog", "question.person", q.Person),
	}
	if !q.Estimate.IsZero() && q.About.Story.IsZero() && q.About.Feature.IsZero() {
		errs = append(errs, fieldError("question.estimate", q.Estimate.String(), "none, or a story or feature that it is of"))
	}
	return field.Join(errs...)
}

// checkDecision wants a permission of the table, or none.
func checkDecision(path string, permission Permission) error {
	if _, known := DefaultAuthority()[permission]; !known && permission != "" {
		return fieldError(path, string(permission), fmt.Sprintf("a permission such as %q, or none", MayOrderStories))
	}
	return nil
}

func (q Question) checkInstants() error {
	if q.At.IsZero() {
		return fieldError("question.at", "", "an instant")
	}
	err := field.CheckInstant("backlog", "question.at", q.At)
	if !q.IsOpen() && q.Answer.At.Before(q.At) {
		err = field.Join(err, fieldError("question.answer.at", q.Answer.At.Format(time.RFC3339), "an instant not before it was asked"))
	}
	return err
}

type questionEntry struct{ question Question }

var questionTable = &table[QuestionID, Question, questionEntry]{
	name: "questions", noun: "question",
	rows:  func(b *View) storage[QuestionID, questionEntry] { return &b.questions },
	key:   func(q Question) QuestionID { return q.ID },
	value: func(e *questionEntry) Question { return e.question },
	set:   (*View).setQuestion,
	check: func(b *View, _ *questionEntry, question Question) error {
		return field.Join(question.Validate(), b.checkSubject(question.About))
	},
	stays: func(*View, *questionEntry) (reason, needs string) { return "", "" },
}

// setQuestion replaces a question and keeps count of what is open about each subject.
func (b *View) setQuestion(entry *questionEntry, to Question) {
	b.countQuestion(entry.question, -1)
	entry.question = to
	b.countQuestion(to, 1)
}

func (b *View) countQuestion(q Question, times int) {
	if q.About.IsZero() || !q.IsOpen() {
		return
	}
	if b.asked == nil {
		b.asked = make(map[roadmap.Subject]int)
	}
	if b.asked[q.About] += times; b.asked[q.About] == 0 {
		delete(b.asked, q.About)
	}
}

// AskQuestion puts a question about something to a role, or to one person who holds it. While it is
// open it is a finding; with [AnsweredCheck] in a definition of ready it keeps a story from being ready.
//
// Everybody with a role may do it. Errors: [field.Error]; [ErrExists]; [NotFoundError] for what it is about.
type AskQuestion struct {
	Question Question `json:"question"` // who asks, when, and the answer are left unset
}

// Kind returns "ask_question".
func (AskQuestion) Kind() string { return "ask_question" }

func (AskQuestion) permission(*View) Permission { return MayContribute }

func (c AskQuestion) check(b *View) error {
	q := c.Question
	if b.questions.byID[q.ID] != nil {
		return exists("question", q.ID)
	}
	if q.By != "" || !q.At.IsZero() || !q.Answer.IsZero() {
		return fieldError("question", q.By, "neither who asks, nor when, nor an answer: answer_question gives it")
	}
	return field.Join(q.checkAsked(), b.checkSubject(q.About))
}

func (c AskQuestion) apply(b *View, at time.Time, by string) {
	question := c.Question
	question.By, question.At = by, at
	questionTable.add(b, question)
}

// AnswerQuestion answers a question; an answer that was given before is replaced.
//
// Whoever it was put to may do it, and whoever is accountable for what it is about: whoever may write the
// story, define the feature, set the goal, or change the roadmap. Errors: [NotFoundError]; [field.Error].
type AnswerQuestion struct {
	Question QuestionID `json:"question"`
	Answer   string     `json:"answer"`
}

// Kind returns "answer_question".
func (AnswerQuestion) Kind() string { return "answer_question" }

func (c AnswerQuestion) permission(b *View) Permission {
	var about roadmap.Subject
	if entry := b.questions.byID[c.Question]; entry != nil {
		about = entry.question.About
	}
	switch {
	case !about.Goal.IsZero():
		return MaySetGoals
	case !about.Increment.IsZero():
		return MayChangeRoadmap
	case !about.Feature.IsZero():
		return MayDefineFeatures
	default:
		return MayWriteStories
	}
}

func (c AnswerQuestion) teams(b *View) []story.Team {
	if entry := b.questions.byID[c.Question]; entry != nil && !entry.question.About.Story.IsZero() {
		return b.teamsOf(entry.question.About.Story)
	}
	return nil
}

func (c AnswerQuestion) check(b *View) error {
	if b.questions.byID[c.Question] == nil {
		return notFound("question", c.Question)
	}
	return field.CheckRequired("backlog", "answer", c.Answer, "an answer")
}

func (c AnswerQuestion) apply(b *View, at time.Time, by string) {
	entry := b.questions.byID[c.Question]
	question := entry.question
	question.Answer = roadmap.Answer{Text: c.Answer, By: by, At: at}
	questionTable.put(b, entry, question)
}

// asked returns the role in which an actor was asked a question, empty for other actors, and whom it was put to
// in words.
func (r *PolicyRequest) asked(id QuestionID) (as Role, whom string) {
	entry := r.view.questions.byID[id]
	if entry == nil {
		return "", ""
	}
	q := entry.question
	switch {
	case q.Person != "" && q.Person == r.Actor.Name:
		return q.To, q.Person
	case q.Person != "":
		return "", q.Person
	case r.Actor.Holds(q.To, r.Teams) || len(r.Teams) == 0 && r.Actor.ofAllTeams().Holds(q.To, nil):
		return q.To, q.To.String()
	}
	return "", r.need(q.To)
}

// AnsweredCheck is met by a story about which no question is open.
func AnsweredCheck() Check {
	return Check{"answered", func(s CheckedStory) string {
		if s.Questions == 0 {
			return ""
		}
		return fmt.Sprintf("its questions answered (%d open)", s.Questions)
	}}
}

// Questions returns an iterator over the questions in the order in which they were asked, answered ones
// too.
func (b *View) Questions() iter.Seq[Question] { return questionTable.every(b) }

// Question returns a question by its id.
func (b *View) Question(id QuestionID) (Question, bool) { return questionTable.find(b, id) }

// AnswerTime is how long the questions that are put to a role wait for an answer.
type AnswerTime struct {
	Role     Role          `json:"role"`
	Open     int           `json:"open"`     // questions without an answer
	Answered int           `json:"answered"` // questions with one
	Waiting  time.Duration `json:"waiting"`  // of the open questions, all together, in nanoseconds
	Longest  time.Duration `json:"longest"`  // that one of the open questions waits
	Median   time.Duration `json:"median"`   // of the answered questions, by nearest rank: the lower of two
	Slowest  time.Duration `json:"slowest"`  // of the answered questions
}

// AnswerTimes returns, for each role that questions were put to, how long they waited until an instant, by
// role. What was asked later does not count, what was answered later is open. O(n log n).
func (b *View) AnswerTimes(at time.Time) []AnswerTime {
	took := make(map[Role][]time.Duration)
	times := make(map[Role]*AnswerTime)
	for _, entry := range b.questions.list {
		q := entry.question
		if q.At.After(at) {
			continue
		}
		if times[q.To] == nil {
			times[q.To] = &AnswerTime{Role: q.To}
		}
		one := times[q.To]
		if q.IsOpen() || q.Answer.At.After(at) {
			waits := at.Sub(q.At)
			one.Open++
			one.Waiting += waits
			one.Longest = max(one.Longest, waits)
		} else {
			one.Answered++
			took[q.To] = append(took[q.To], q.Answer.At.Sub(q.At))
		}
	}
	all := make([]AnswerTime, 0, len(times))
	for role, one := range times {
		if answered := took[role]; len(answered) > 0 {
			slices.Sort(answered)
			one.Median, one.Slowest = answered[(len(answered)-1)/2], answered[len(answered)-1]
		}
		all = append(all, *one)
	}
	slices.SortStableFunc(all, func(x, y AnswerTime) int { return cmp.Compare(x.Role, y.Role) })
	return all
}
