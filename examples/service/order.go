package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story"
)

// rankMethod is a method that stories can be ordered by, from what was assessed of them.
type rankMethod struct {
	Name, Title string
	method      prioritize.Method[prioritize.Assessment]
}

func rankMethods() []rankMethod {
	return []rankMethod{
		{"wsjf", "WSJF", prioritize.On("wsjf", prioritize.WSJF{}, func(a prioritize.Assessment) *prioritize.WSJFInput { return a.WSJF })},
		{"rice", "RICE", prioritize.On("rice", prioritize.RICE{}, func(a prioritize.Assessment) *prioritize.RICEInput { return a.RICE })},
		{"moscow", "MoSCoW", prioritize.On("moscow", prioritize.MoSCoW{}, func(a prioritize.Assessment) *prioritize.MoSCoWInput { return a.MoSCoW })},
		{"cd3", "CD3", prioritize.On("cd3", prioritize.CD3{}, func(a prioritize.Assessment) *prioritize.CD3Input { return a.CD3 })},
		{"ice", "ICE", prioritize.On("ice", prioritize.ICE{}, func(a prioritize.Assessment) *prioritize.ICEInput { return a.ICE })},
		{"value_effort", "Value / effort", prioritize.On("value_effort", prioritize.ValueEffort{},
			func(a prioritize.Assessment) *prioritize.ValueEffortInput { return a.ValueEffort })},
	}
}

func methodOf(name string) (rankMethod, error) {
	for _, m := range rankMethods() {
		if m.Name == name {
			return m, nil
		}
	}
	return rankMethod{}, malformed("there is no such method; want wsjf, rice, moscow, cd3, ice or value_effort")
}

type orderAnswer struct {
	Method   string           `json:"method"`
	With     string           `json:"with"`
	Stories  []rankedAnswer   `json:"stories"`  // in the order of the method, those without a score last
	TauB     *float64         `json:"tau_b"`    // how far the methods agree, from -1 to 1
	Compared int              `json:"compared"` // stories that both could score
	Disagree []disagreeAnswer `json:"disagree"` // the largest first
	Moves    []shiftAnswer    `json:"moves"`    // that would bring each story behind what it waits for
}

// rankedAnswer is a story's place in an order, and why it is there.
type rankedAnswer struct {
	Story    cardAnswer `json:"story"`
	Index    int        `json:"index"`             // in the backlog as it is, from 0
	Position int        `json:"position,omitzero"` // by the method, from 1; none without a score
	Tied     bool       `json:"tied,omitzero"`     // with another
	Other    int        `json:"other,omitzero"`    // its position by the other method
	Reason   string     `json:"reason"`            // "(8 + 5 + 13) / 5 = 5.2", or why there is no score
	Score    string     `json:"score,omitzero"`    // to two places
}

type disagreeAnswer struct {
	Story  story.ID `json:"story"`
	Title  string   `json:"title"`
	First  int      `json:"first"`  // its position by the method
	Second int      `json:"second"` // and by the other
	Why    string   `json:"why"`
}

type shiftAnswer struct {
	Story story.ID `json:"story"`
	Title string   `json:"title"`
	From  int      `json:"from"`
	To    int      `json:"to"`
	For   string   `json:"for"` // the title of the story that pulls it forward, or that it waits for
}

func order(s *server, v *backlog.View, c *call) (orderAnswer, error) {
	query := c.URL.Query()
	return orderOf(v, cmp.Or(query.Get("method"), "wsjf"), cmp.Or(query.Get("with"), "rice"), s.now())
}

func orderOf(v *backlog.View, method, with string, at time.Time) (orderAnswer, error) {
	answer := orderAnswer{Method: method, With: with, Stories: []rankedAnswer{}, Disagree: []disagreeAnswer{}, Moves: []shiftAnswer{}}
	one, err := methodOf(method)
	if err != nil {
		return answer, err
	}
	other, err := methodOf(with)
	if err != nil {
		return answer, err
	}
	var candidates []prioritize.Candidate[story.ID, prioritize.Assessment]
	for s := range v.Stories() {
		if category, _ := v.Workflow().Category(s.Status); category.IsOpen() {
			assessment, _ := v.Assessment(s.ID)
			candidates = append(candidates, prioritize.Candidate[story.ID, prioritize.Assessment]{Key: s.ID, Input: assessment})
		}
	}
	first, err := prioritize.Rank(one.method, candidates)
	if err != nil {
		return answer, err
	}
	second, err := prioritize.Rank(other.method, candidates)
	if err != nil {
		return answer, err
	}
	place := func(id story.ID) rankedAnswer {
		s, _ := v.Story(id)
		index, _ := v.Index(id)
		row, _ := second.Lookup(id)
		return rankedAnswer{Story: cardOf(v, s, at), Index: index, Other: row.Position}
	}
	for row := range first.All() {
		out := place(row.Key)
		out.Position, out.Tied, out.Reason = row.Position, row.Tied, first.Sentence(row.Key, 2)
		out.Score = row.Score.At(2).String()
		answer.Stories = append(answer.Stories, out)
	}
	for _, row := range first.Unscored() {
		out := place(row.Key)
		out.Reason = row.Reason
		answer.Stories = append(answer.Stories, out)
	}
	comparison, err := prioritize.Compare(first, second)
	if err != nil {
		return answer, err
	}
	answer.Compared = comparison.Len()
	if tau, ok := comparison.TauB(); ok {
		answer.TauB = &tau
	}
	for _, d := range comparison.Disagreements(5) {
		if d.Displacement.IsZero() {
			break
		}
		s, _ := v.Story(d.Key)
		answer.Disagree = append(answer.Disagree, disagreeAnswer{
			d.Key, s.Title, d.A.Position, d.B.Position, first.Sentence(d.Key, 2) + " against " + second.Sentence(d.Key, 2),
		})
	}
	_, shifts := v.Untangle()
	for _, shift := range shifts[:min(len(shifts), 20)] {
		moved, _ := v.Story(shift.Story)
		cause, _ := v.Story(shift.For)
		answer.Moves = append(answer.Moves, shiftAnswer{shift.Story, moved.Title, shift.From, shift.To, cause.Title})
	}
	return answer, nil
}

// inBacklog returns the ranked stories in the order of the backlog as it is.
func (a orderAnswer) inBacklog() []rankedAnswer {
	stories := slices.Clone(a.Stories)
	slices.SortFunc(stories, func(x, y rankedAnswer) int { return cmp.Compare(x.Index, y.Index) })
	return stories
}
