package narrative

import "strings"

// saysWhy reports what announces a benefit in a sentence of its own: "This is so that".
func (p *parser) saysWhy(s string) bool { return p.lang.IsLead(strings.Trim(s, " .!\n\t,")) }

// quotation follows the double quotes of a text from left to right.
type quotation struct {
	at   int // what is before is counted
	open bool
	last int // where the last quote of the text stands, 0 if not known
}

// around reports whether text[from:to] stands in quotes. The places it is asked about rise.
func (q *quotation) around(text string, from, to int) bool {
	const marker = 24 // bytes of a marker in single quotes, which are apostrophes elsewhere
	if from > 0 && text[from-1] == '\'' && strings.IndexByte(text[to:min(len(text), to+marker)], '\'') >= 0 {
		return true
	}
	for ; q.at < from; q.at++ {
		if text[q.at] != '"' {
			continue
		}
		opens := (q.at == 0 || text[q.at-1] == ' ' || text[q.at-1] == '(') && q.at+1 < len(text) && text[q.at+1] != ' '
		q.open = !q.open && opens
	}
	if !q.open {
		return false
	}
	if q.last == 0 {
		q.last = strings.LastIndexByte(text, '"')
	}
	return q.last >= to
}
