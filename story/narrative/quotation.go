package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// saysWhy reports what announces a benefit in a sentence of its own: "This is so that".
func (p *parser) saysWhy(s string) bool {
	s = strings.Trim(s, " .!\n\t,")
	return s != "" && p.lang.IsLead(s)
}

// quotation follows the quotes of a text from left to right.
type quotation struct {
	at   int    // what is before is counted
	shut string // what closes the one that is open
	last [4]int // where the last of each kind stands, 0 if not known
	end  int    // of the last one in single quotes or in guillemets that point inward
	none bool   // there is none in the text, which is asked first
	read bool   // it was asked
}

// closing is what closes a quote, by its place in last. A „ is closed by what opens others.
var closing = [4]string{`"`, "”", "»", "“"}

// around reports whether text[from:to] stands in quotes. The places it is asked about rise.
func (q *quotation) around(text string, from, to int) bool {
	const marker = 24 // bytes of a marker in single quotes or backticks, which are other marks elsewhere
	if from > 0 && (text[from-1] == '\'' || text[from-1] == '`') && strings.IndexByte(text[to:min(len(text), to+marker)], text[from-1]) >= 0 {
		return true
	}
	if !q.read {
		opens := strings.HasPrefix(text, "'") || strings.Contains(text, " '") || strings.Contains(text, "('") // see single
		q.read, q.none = true, !opens && strings.IndexByte(text, '"') < 0 && lexicon.IsASCII(text)
	}
	if q.none {
		return false
	}
	for q.at < from {
		at := q.at
		q.at++
		switch c := text[at]; c {
		case '"':
			q.toggle(text, at)
		case '\'':
			q.single(text, at, "'", "'")
		case 0xc2, 0xe2:
			q.mark(text[at:])
			for _, pair := range singles {
				q.single(text, at, pair[0], pair[1])
			}
		}
	}
	if q.end >= to {
		return true
	}
	for i, shut := range closing {
		if shut != q.shut {
			continue
		}
		if q.last[i] == 0 {
			q.last[i] = strings.LastIndex(text, shut)
		}
		return q.last[i] >= to
	}
	return false
}

// singles are pairs of which the second may be an apostrophe, or open a quote elsewhere.
var singles = [...][2]string{{"‘", "’"}, {"‚", "‘"}, {"‹", "›"}, {"›", "‹"}, {"»", "«"}}

// single follows a quote that opens before a word, behind no other, and has its end soon. What closes it stands before no letter, as
// an apostrophe may.
func (q *quotation) single(text string, at int, open, shut string) {
	const longest = 200 // bytes
	from := at + len(open)
	if q.shut != "" || at < q.end || !strings.HasPrefix(text[at:], open) || at > 0 && text[at-1] != ' ' && text[at-1] != '(' || !startsWord(text[from:]) {
		return
	}
	for i := from; i < min(len(text), from+longest); i++ {
		if strings.HasPrefix(text[i:], shut) && text[i-1] != ' ' && !startsWord(text[i+len(shut):]) {
			q.end = i
			return
		}
	}
}

// startsWord reports whether a text begins with a letter or a number.
func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// toggle follows a straight quote, which opens before a word and closes else.
func (q *quotation) toggle(text string, at int) {
	opens := (at == 0 || text[at-1] == ' ' || text[at-1] == '(') && at+1 < len(text) && text[at+1] != ' '
	switch {
	case q.shut == "" && opens:
		q.shut = closing[0]
	case q.shut == closing[0]:
		q.shut = ""
	}
}

// mark follows a curly or angled quote that s begins with.
func (q *quotation) mark(s string) {
	switch {
	case q.shut != "" && strings.HasPrefix(s, q.shut):
		q.shut = ""
	case q.shut != "":
	case strings.HasPrefix(s, "“"):
		q.shut = closing[1]
	case strings.HasPrefix(s, "«"):
		q.shut = closing[2]
	case strings.HasPrefix(s, "„"):
		q.shut = closing[3]
	}
}
