package gherkin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Parser reads texts of the languages it is given. The zero value reads those that are built in.
type Parser struct {
	Dialects []Dialect // beside those that are built in; the first of a language counts, even one for English
	Language string    // code of the dialect of texts without a language header; empty means English
}

// Parse reads a feature file: [Parser.Parse] of the zero [Parser].
func Parse(text string) (Document, error) { return Parser{}.Parse(text) }

// ParseScenario reads a scenario alone: [Parser.ParseScenario] of the zero [Parser].
func ParseScenario(text string) (Scenario, error) { return Parser{}.ParseScenario(text) }

// Parse reads a feature file. A text of nothing but comments and space is a document without a
// feature.
//
// Everything that is wrong with the text is in the error, which is [SyntaxErrors];
// the document then holds what could be read. The strings of the document share memory with the text.
// Parse takes time and memory in proportion to the text.
func (p Parser) Parse(text string) (Document, error) {
	b := builder{parser: p, state: atStart}
	b.read(text)
	return b.doc, b.err()
}

// ParseScenario reads a scenario alone, as it stands in a ticket: tags, the "Scenario:" line and a
// language header may all be left out, so that the text may begin with its first step. Without a
// "Scenario:" line the Keyword of the scenario is empty and its position that of its first step.
// Examples may follow; a second scenario is an error. For errors and cost see [Parser.Parse].
func (p Parser) ParseScenario(text string) (Scenario, error) {
	var found []Scenario
	b := builder{parser: p, state: atScenarioStart, alone: true, scenarios: &found}
	b.read(text)
	var scenario Scenario
	if len(found) > 0 {
		scenario = found[0]
	}
	scenario.Language = b.dialect.Language
	scenario.Comments = b.doc.Comments
	return scenario, b.err()
}

// dialect finds the keywords of a language; nil when the parser has none.
func (p Parser) dialect(language string) *Dialect {
	language = cmp.Or(language, english.Language)
	for _, dialects := range [][]Dialect{p.Dialects, builtIn} {
		for i := range dialects {
			if dialects[i].Language == language {
				return &dialects[i]
			}
		}
	}
	return nil
}

// builder makes the tree, line by line.
//
// The pointers are into the last elements of the slices above them: an element is complete before
// another is appended to its slice.
type builder struct {
	parser  Parser
	dialect *Dialect
	doc     Document
	errs    SyntaxErrors
	failed  int // line of the last error
	omitted int // errors beyond maxErrors

	state state
	alone bool // a scenario alone, not a document

	tags        []Tag        // read, and not yet part of a value
	background  **Background // where a background belongs
	scenarios   *[]Scenario  // where a scenario belongs
	scenario    *Scenario    // nil within a background
	steps       *[]Step      // where a step belongs
	table       *DataTable   // of the step, or nil
	arguments   kindSet      // what may still hang below the step
	description *string      // of the last title
	described   bool         // the description of the last title has begun: empty lines are part of it
	badTable    bool         // the number of cells was wrong in the last table
	pending     []string     // lines of the description or doc string

	docString *DocString // open in state inDocString
	indent    int        // of its delimiter
}

// read takes all lines of the text.
func (b *builder) read(text string) {
	text = strings.TrimPrefix(text, "\ufeff")
	clean := utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
	b.setLanguage(b.parser.Language, Position{1, 1})
	number := 1
	for ; text != ""; number++ {
		var l line
		l, text = nextLine(text, number)
		if !clean {
			if column, reason := l.flaw(); reason != "" {
				b.fail(SyntaxError{Position: Position{number, column}, Message: reason})
			}
		}
		b.take(&l)
	}
	b.end(number)
}

func (b *builder) setLanguage(code string, at Position) {
	if b.dialect = b.parser.dialect(code); b.dialect == nil {
		b.dialect = english
		b.fail(SyntaxError{
			Position: at,
			Message: fmt.Sprintf("language %q is not known, want one of %s",
				shortened(code), b.parser.codes()),
		})
	}
}

// codes lists the languages for a message, the first few of many.
func (p Parser) codes() string {
	const most = 8
	var codes []string
	for _, dialects := range [][]Dialect{builtIn, p.Dialects} {
		for i := range dialects {
			code := fmt.Sprintf("%q", dialects[i].Language)
			if slices.Contains(codes, code) {
				continue
			}
			if len(codes) == most {
				return strings.Join(codes, ", ") + ", ..."
			}
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, ", ")
}

// take lets one line change the tree and the state.
func (b *builder) take(l *line) {
	accept := b.accepts()
	kind, keyword := b.classify(l, accept)
	if !accept.has(kind) {
		b.unexpected(l)
		return
	}
	switch kind {
	case Empty:
	case Other:
		b.text(l)
	case CommentLine:
		b.doc.Comments = append(b.doc.Comments, Comment{Position{l.number, 1}, l.raw})
		b.described = true
	case Language:
		code, _ := languageHeader(l.text)
		b.setLanguage(code, l.start())
		b.state = inFeatureHeader
		if b.alone {
			b.state = inScenarioHeader
		}
	case TagLine:
		b.tagLine(l)
	case StepLine:
		b.step(l)
	case TableRow:
		b.row(l)
	case DocStringSeparator:
		b.delimiter(l)
	default:
		b.title(l, kind, keyword)
	}
}

// end takes the end of the text, as line number.
func (b *builder) end(number int) {
	if !b.accepts().has(EOF) {
		b.settleTags()
		expected := b.accepts()
		message := "the text ends here, want " + expected.words()
		if d := b.docString; b.state == inDocString {
			message = fmt.Sprintf("the text ends here, want %s to close the doc string of line %d",
				d.Delimiter, d.Line)
		}
		b.fail(SyntaxError{
			Position: Position{Line: number},
			Message:  message,
			Expected: expected.list(),
		})
	}
	b.close()
}

// unexpected reports a line that the state has no use for. The state stays as it is.
func (b *builder) unexpected(l *line) {
	b.settleTags()
	expected := b.accepts()
	b.fail(SyntaxError{
		Position: l.start(),
		Message:  fmt.Sprintf("got %q, want %s", shortened(l.text), expected.words()),
		Expected: expected.list(),
	})
}

// shortened keeps a message readable whatever the length of the line.
func shortened(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	end := most
	for end > most-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}

// fail records an error, the first of each line.
func (b *builder) fail(e SyntaxError) {
	if e.Line == b.failed {
		return
	}
	b.failed = e.Line
	if len(b.errs) < maxErrors {
		b.errs = append(b.errs, &e)
	} else {
		b.omitted++
	}
}

func (b *builder) err() error {
	if len(b.errs) == 0 {
		return nil
	}
	if b.omitted > 0 {
		last := b.errs[len(b.errs)-1]
		last.Message = fmt.Sprintf("%s (and %d more lines are wrong)", last.Message, b.omitted)
	}
	return b.errs
}
