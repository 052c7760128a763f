package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// reader takes a document apart into lines of words.
type reader struct {
	doc  *command.Document
	rest string
	end  command.Place // of the lines so far
}

// word is what stands between spaces.
type word struct {
	text string
	at   command.Place
}

func newReader(doc *command.Document) *reader {
	return &reader{doc: doc, rest: doc.Text, end: command.Place{Line: 0, Column: 1}}
}

// next returns the next line that is not blank, or false at the end of the file.
func (r *reader) next() ([]word, bool) {
	for r.rest != "" {
		var line string
		line, r.rest, _ = strings.Cut(r.rest, "\n")
		r.end.Line++
		if words := split(line, r.end.Line); len(words) > 0 {
			last := words[len(words)-1]
			r.end.Column = last.at.Column + len(last.text)
			return words, true
		}
		r.end.Column = 1
	}
	return nil, false
}

func split(line string, number int) (words []word) {
	for at := 0; ; {
		rest := strings.TrimLeftFunc(line[at:], unicode.IsSpace)
		if rest == "" {
			return words
		}
		at = len(line) - len(rest)
		length := strings.IndexFunc(rest, unicode.IsSpace)
		if length < 0 {
			length = len(rest)
		}
		words = append(words, word{rest[:length], command.Place{Line: number, Column: at + 1}})
		at += length
	}
}

// line returns the next line. It blames the document if there is none, and returns false.
func (r *reader) line(format string, args ...any) ([]word, bool) {
	words, ok := r.next()
	if !ok {
		r.doc.Blame(r.end, "the file ends here, want %s", fmt.Sprintf(format, args...))
	}
	return words, ok
}

// count reads a line that says how many lines or numbers follow, and returns false where it does not.
func (r *reader) count(format string, args ...any) (int, bool) {
	words, ok := r.line(format, args...)
	if !ok {
		return 0, false
	}
	what := fmt.Sprintf(format, args...)
	if len(words) > 1 {
		r.doc.Blame(words[1].at, "%d words on the line, want %s alone", len(words), what)
		return 0, false
	}
	return r.whole(words[0], what)
}

// whole reads a whole number from 0.
func (r *reader) whole(w word, what string) (int, bool) {
	n, err := strconv.ParseUint(w.text, 10, 31)
	if err != nil {
		r.doc.Blame(w.at, "%s is %s, want a whole number from 0 to %d",
			what, command.Quote(w.text), math.MaxInt32)
	}
	return int(n), err == nil
}

// amount reads a number; one that cannot be read counts as 0.
func (r *reader) amount(w word, what string) decimal.Decimal {
	d, err := command.ParseAmount(w.text)
	if err != nil {
		r.doc.Blame(w.at, "%s is %s, want %v", what, command.Quote(w.text), err)
	}
	return d
}

// checkLength reports whether as many words, each a what, follow the first few of a line as were announced.
func (r *reader) checkLength(words []word, first, announced int, what string) bool {
	have := len(words) - first
	if have == announced {
		return true
	}
	r.doc.Blame(words[min(len(words)-1, first+announced)].at, "%s, want %d as announced",
		command.Counted(have, what, what+"s"), announced)
	return false
}
