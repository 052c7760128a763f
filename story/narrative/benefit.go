package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// reasonInFront reads a benefit between the marker of the goal and the goal, in commas: "I want, in order
// to pay, to log in". The goal begins behind it then.
func (p *parser) reasonInFront(r lexicon.Reason, goal *wanted) bool {
	const near = 8 // bytes: a comma and marks
	if r.Grade < lexicon.Likely || r.Kind == lexicon.ByReason || r.From > goal.To+near {
		return false
	}
	if first, _ := p.scan(goal.End).Peek(); first.From != r.From || !strings.Contains(p.text[goal.To:r.From], ",") {
		return false
	}
	s := p.scan(r.End)
	prev := r.Word()
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok || p.lang.SentenceBreak(p.text, prev, w) {
			return false
		}
		if n > 0 && lexicon.Breaks(p.text, prev, w) && w.Term != lexicon.List && !listGoesOn(s) {
			p.front = p.part(r.End, w.Start, r.Marker)
			goal.End = w.Start
			return true
		}
		prev = w
	}
}

// findReason finds where the benefit of the goal that begins at from is announced, and where the
// sentence of the goal ends. A sure marker goes before a "so" that may mean something else. In a
// later sentence only "so that" counts: "In order to" begins a sentence with a matter of its own. A
// later paragraph must begin with it.
// With clauses, the goal may have conditions.
func (p *parser) findReason(from int) (found lexicon.Reason, stop int, clauses bool) {
	s, text := p.scan(from), p.text
	stop = len(text)
	quotes := quotation{at: from}
	prev := lexicon.Word{Start: from, From: from, To: from, End: from}
	for n := 0; ; n++ {
		prev, n = skipUnmarked(&s, prev, n)
		w, ok := s.Next()
		if !ok {
			return found, stop, clauses
		}
		if n > 0 && s.IsPlain(w) && lexicon.IsOneSpace(text, prev.To, w.From) {
			prev = w
			continue
		}
		clauses = clauses || p.lang.Has(w, lexicon.Opens) && p.mayOpen(s, prev, w)
		r := lexicon.Reason{}
		if p.lang.Has(w, lexicon.BeginsReason) {
			r = lexicon.ReasonMarker(s, prev, w)
		}
		if r.Grade > 0 && quotes.around(text, w.From, r.To) {
			s.Pos, w = r.End, r.Word()
			r = lexicon.Reason{}
		}
		switch {
		case n == 0 || lexicon.IsOneSpace(text, prev.To, w.From):
		case lexicon.ParagraphBreak(text, prev, w):
			if r.Grade < lexicon.Likely || !r.Later {
				return found, min(stop, prev.End), clauses
			}
			return r, min(stop, prev.End), clauses
		case stop == len(text) && p.lang.SentenceBreak(text, prev, w) && !wishesOn(s, w):
			stop = prev.End
		}
		before := prev
		prev = w
		if r.Grade == 0 {
			continue
		}
		s.Pos, prev = r.End, r.Word()
		if _, more := s.Peek(); !more {
			return found, min(stop, r.Start), clauses
		}
		first := stop == len(text)
		if !first && stop == before.End && p.isWholeReason(r) {
			return r, stop, clauses
		}
		switch {
		case r.Grade == lexicon.Surely && (first || r.Later), r.Grade == lexicon.Likely && first:
			return r, stop, clauses
		case found.Grade == 0 && first:
			found = r
		}
	}
}

// skipUnmarked moves over words that announce nothing, unless a full stop or comma stands before them. prev is the word before
// the next, and n how many were read.
func skipUnmarked(s *lexicon.Scanner, prev lexicon.Word, n int) (lexicon.Word, int) {
	if prev.To != s.Pos {
		return prev, n
	}
	if before, ok := s.SkipUnmarked(); ok {
		return before, n + 1
	}
	return prev, n
}

// mayOpen reports whether w, the rarest word of a phrase that opens a condition, is not just a word: "the second I pay", not
// "a second book"; "if I pay", not "a list where I pay".
func (p *parser) mayOpen(s lexicon.Scanner, prev, w lexicon.Word) bool {
	switch {
	case p.lang.Has(w, lexicon.Within):
		return true
	case p.lang.Has(w, lexicon.Spans):
		before, _ := p.scan(prev.Start).Peek()
		if lexicon.ClauseMarker(p.scan(prev.End), before).Kind > 0 {
			return true
		}
	}
	c := lexicon.ClauseMarker(s, w)
	return c.Kind > 0 && c.Kind != lexicon.Cause && (c.Kind != lexicon.Place || lexicon.Breaks(p.text, prev, w))
}

// isWholeReason reports whether the sentence that r begins is a benefit and nothing else: "So I can pay.",
// "In order to pay.", not "In order to pay, we need".
func (p *parser) isWholeReason(r lexicon.Reason) bool {
	end := p.lang.SentenceEnd(p.text, r.End)
	s := p.scanTo(r.End, end)
	prev, _ := s.Next()
	sure := r.Grade == lexicon.Surely || r.Kind == lexicon.ByInfinitive
	for n := 1; ; n++ {
		w, ok := s.Next()
		switch {
		case !ok:
			return sure
		case lexicon.Breaks(p.text, prev, w), w.Term == lexicon.Remark, r.Kind == lexicon.ByInfinitive && w.Term == lexicon.Subject:
			return false
		case n == 1 && prev.Term == lexicon.Subject:
			sure = sure || w.Term == lexicon.Can || w.Term == lexicon.Cannot || w.Term == lexicon.Dont
		}
		prev = w
	}
}

// wishesOn reports whether a sentence that begins with w goes on wishing: "I want A. I want B".
func wishesOn(s lexicon.Scanner, w lexicon.Word) bool {
	return goalMarker(s, w, true).kind == lexicon.Wish
}
