package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// embeddedWords is how many words may stand before "möchte ich als Käufer".
const embeddedWords = 40

// embedded reads a role behind the marker of the goal: "Um zu zahlen, möchte ich als Käufer meine Karte
// speichern". What stands before is a condition or a benefit. The goal goes on behind the role.
func (p *parser) embedded() (goal wanted, ok bool) {
	s := p.scan(0)
	prev := lexicon.Word{}
	for n := range embeddedWords {
		w, more := s.Next()
		if !more {
			break
		}
		opens := n == 0 || lexicon.EndsPrefix(p.text, prev, w)
		if _, isRole := roleMarker(s, w, opens); isRole && opens {
			break
		}
		if g := goalMarker(s, w, opens); g.kind >= lexicon.Ability {
			role := p.scan(g.End)
			first, _ := role.Next()
			if m, isRole := p.lang.RoleAt(&role, first); isRole {
				return p.embeddedRole(g, m)
			}
		}
		prev = w
	}
	return wanted{}, false
}

func (p *parser) embeddedRole(goal wanted, m lexicon.Marker) (wanted, bool) {
	s := p.scan(m.End)
	if first, _ := s.Peek(); first.Term == lexicon.Article {
		_, _ = s.Next()
		m.Extend(first)
	}
	end := p.nounEnd(s)
	if end == 0 {
		return wanted{}, false
	}
	p.r.Role = p.part(m.End, end, m)
	if p.r.Role.IsZero() {
		return wanted{}, false
	}
	if isThing(p.lang, p.r.Role.Text) {
		p.problem(NotARole, p.r.Role.Start, p.r.Role.End)
	}
	p.readFront(goal.Start)
	goal.End = end
	return goal, true
}

// nounEnd is where a role without a comma behind it ends, 0 if that does not show: behind a noun where nouns have a
// capital, before an infinitive where verbs show.
func (p *parser) nounEnd(s lexicon.Scanner) int {
	const most = 6 // words
	prev := lexicon.Word{}
	for n := range most {
		w, ok := s.Next()
		switch {
		case !ok:
			return 0
		case n > 0 && lexicon.Breaks(p.text, prev, w):
			return prev.End
		case n > 0 && !p.lang.Capitals && p.lang.IsInfinitive(p.text[w.From:w.To]):
			return w.Start
		}
		prev = w
		if r, _ := utf8.DecodeRuneInString(p.text[w.From:]); !p.lang.Capitals || !unicode.IsUpper(r) {
			continue
		}
		next, _ := s.Peek()
		if next.Term != lexicon.List && !strings.EqualFold(p.text[next.From:next.To], "des") {
			return w.End
		}
		_, _ = s.Next()
	}
	return 0
}

// readFront reads what stands before the goal, from where a sentence may begin: a benefit or conditions.
func (p *parser) readFront(end int) {
	s := p.scanTo(0, end)
	prev := lexicon.Word{}
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return
		}
		if n == 0 || lexicon.EndsPrefix(p.text, prev, w) {
			if r := lexicon.ReasonMarker(s, prev, w); r.Opens() {
				p.front = p.part(r.End, end, r.Marker)
				return
			}
			if (lexicon.ClauseMarker(s, w).Kind > 0 || isLoose(s, w, true)) && !strings.ContainsAny(p.text[prev.To:w.From], ".!?") {
				p.addConditions(w.Start, end)
				return
			}
		}
		prev = w
	}
}
