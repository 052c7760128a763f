package quality

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// prepared is what the rules share of a set, so that each need not make it.
type prepared struct {
	lists    map[story.Language]*lists // of its own words
	once     sync.Once
	contents []content
}

// prepared is the set with what rules share, and without what lies outside of the texts of its stories.
func (s Set) prepared() Set {
	if s.own != nil {
		return s
	}
	s.own = &prepared{lists: make(map[story.Language]*lists, len(s.Words))}
	for language, words := range s.Words {
		s.own.lists[language] = newLists(words)
	}
	isCopy := false
	for i := range s.Stories {
		if isSound(&s.Stories[i]) {
			continue
		}
		if !isCopy {
			s.Stories, isCopy = slices.Clone(s.Stories), true
		}
		s.Stories[i] = sound(s.Stories[i])
	}
	return s
}

// lists returns the lists for the language of a story.
func (s Set) lists(r narrative.Reading) *lists {
	if l, ok := s.own.lists[r.Language]; ok {
		return l
	}
	if l, ok := builtIn()[r.Language]; ok {
		return l
	}
	return builtIn()[story.English]
}

// contents returns the words of each story.
func (s Set) contents() []content {
	s.own.once.Do(func() {
		s.own.contents = make([]content, len(s.Stories))
		var words []byte
		for i := range s.Stories {
			s.own.contents[i], words = contentOf(&s.Stories[i], words)
		}
	})
	return s.own.contents
}

// content is the words of a story without articles and markers, in lower case and with a space before each; two for each way in
// which the marker of the goal says less than a wish, so that striking one word does not make it one. Those from:to are of the
// benefit.
type content struct {
	words    string
	from, to int
}

// contentOf reads a story; room is memory to use.
func contentOf(r *narrative.Reading, room []byte) (content, []byte) {
	l := lexicon.Of(string(r.Language))
	words := room[:0]
	add := func(p *narrative.Part) {
		s := lexicon.Scanner{Text: r.Text[:p.End], Lang: l, Pos: p.Start}
		for w, ok := s.Next(); ok; w, ok = s.Next() {
			if w.Term != lexicon.Article {
				words = append(words, ' ')
				words = append(words, lexicon.Fold(r.Text[w.From:w.To])...)
			}
		}
	}
	add(&r.Role)
	add(&r.RoleClause)
	add(&r.Goal)
	words = appendPolarity(words, l, r.Text[r.Goal.MarkerStart:r.Goal.MarkerEnd])
	c := content{from: len(words)}
	add(&r.Benefit)
	c.to = len(words)
	for i := range r.Conditions {
		add(&r.Conditions[i])
	}
	c.words = string(words)
	return c, words
}

// appendPolarity adds what sets the marker of a goal apart from a wish: "don't want", "can't", "only want".
func appendPolarity(words []byte, l *lexicon.Language, marker string) []byte {
	refused, narrowed := false, false
	s := lexicon.Scanner{Text: marker, Lang: l}
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		switch w.Term {
		case lexicon.Not, lexicon.Dont, lexicon.Cannot:
			refused = true
		default:
			narrowed = narrowed || l.Has(w, lexicon.Narrows)
		}
	}
	if refused {
		words = append(words, " !not !no"...)
	}
	if narrowed {
		words = append(words, " !only !just"...)
	}
	return words
}

// withoutBenefit returns the words of the other parts.
func (c content) withoutBenefit() string {
	if c.to == len(c.words) {
		return c.words[:c.from]
	}
	return c.words[:c.from] + c.words[c.to:]
}

// stems iterates over the stems of the words of a story.
func (c content) stems(r narrative.Reading) iter.Seq[string] {
	l := lexicon.Of(string(r.Language))
	return func(yield func(string) bool) {
		for rest := c.words; rest != ""; {
			word := rest[1:]
			if i := strings.IndexByte(word, ' '); i >= 0 {
				word = word[:i]
			}
			rest = rest[1+len(word):]
			if !yield(l.Stem(word)) {
				return
			}
		}
	}
}

// sound is a reading without what lies outside of its text.
func sound(r narrative.Reading) narrative.Reading {
	outside := func(p narrative.Part) bool { return isOutside(&r, &p) }
	for _, p := range []*narrative.Part{&r.Role, &r.RoleClause, &r.Goal, &r.Benefit, &r.Rest} {
		if outside(*p) {
			*p = narrative.Part{}
		}
	}
	if slices.ContainsFunc(r.Conditions, outside) {
		r.Conditions = slices.DeleteFunc(slices.Clone(r.Conditions), outside)
	}
	lost := func(p narrative.Problem) bool { return !isWithin(&r, p.Start, p.End) }
	if slices.ContainsFunc(r.Problems, lost) {
		r.Problems = slices.DeleteFunc(slices.Clone(r.Problems), lost)
	}
	if r.Rest.Start < max(r.Role.End, r.Goal.End, r.Benefit.End) {
		r.Rest = narrative.Part{}
	}
	return r
}

// isSound reports whether all of a reading lies within its text.
func isSound(r *narrative.Reading) bool {
	for _, p := range [...]*narrative.Part{&r.Role, &r.RoleClause, &r.Goal, &r.Benefit, &r.Rest} {
		if isOutside(r, p) {
			return false
		}
	}
	for i := range r.Conditions {
		if isOutside(r, &r.Conditions[i]) {
			return false
		}
	}
	for i := range r.Problems {
		if !isWithin(r, r.Problems[i].Start, r.Problems[i].End) {
			return false
		}
	}
	return r.Rest.IsZero() || r.Rest.Start >= max(r.Role.End, r.Goal.End, r.Benefit.End)
}

func isOutside(r *narrative.Reading, p *narrative.Part) bool {
	return !isWithin(r, p.Start, p.End) || !isWithin(r, p.MarkerStart, p.MarkerEnd)
}

func isWithin(r *narrative.Reading, start, end int) bool {
	return 0 <= start && start <= end && end <= len(r.Text)
}
