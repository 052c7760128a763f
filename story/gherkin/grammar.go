package gherkin

import (
	"fmt"
	"strings"
)

// state is where in the grammar the reading stands. Together with the flags of the builder it is
// the state machine of the reference parsers, whose 54 states repeat the same few once for each
// place a step can be in.
type state uint8

const (
	atStart         state = iota // of a document
	inFeatureHeader              // after the language or the tags of the feature
	inFeature                    // after the title of a feature or rule
	inBackground                 // after a title each
	inScenario
	inExamples
	inExamplesTable
	inStep
	inDocString
	inTags          // of what follows: examples, a scenario or a rule
	inRuleTags      // of what can only be a rule
	atScenarioStart // of a scenario alone
	inScenarioHeader
	inScenarioTags
)

// between is what can follow any complete part of a feature.
const between = 1<<EOF | 1<<TagLine | 1<<ScenarioLine | 1<<RuleLine | 1<<CommentLine | 1<<Empty

var accepted = [...]kindSet{
	atStart:          kinds(EOF, Language, TagLine, FeatureLine, CommentLine, Empty),
	inFeatureHeader:  kinds(TagLine, FeatureLine, CommentLine, Empty),
	inFeature:        between | kinds(BackgroundLine, Other),
	inBackground:     between | kinds(StepLine, Other),
	inScenario:       between | kinds(StepLine, ExamplesLine, Other),
	inExamples:       between | kinds(TableRow, ExamplesLine, Other),
	inExamplesTable:  between | kinds(TableRow, ExamplesLine),
	inStep:           between | kinds(StepLine, ExamplesLine),
	inDocString:      kinds(DocStringSeparator, Other),
	inTags:           kinds(TagLine, ExamplesLine, ScenarioLine, RuleLine, CommentLine, Empty),
	inRuleTags:       kinds(TagLine, RuleLine, CommentLine, Empty),
	atScenarioStart:  kinds(Language, TagLine, ScenarioLine, StepLine, CommentLine, Empty),
	inScenarioHeader: kinds(TagLine, ScenarioLine, StepLine, CommentLine, Empty),
	inScenarioTags:   kinds(TagLine, ScenarioLine, CommentLine, Empty),
}

// accepts returns the kinds of lines that can come next.
func (b *builder) accepts() kindSet {
	set := accepted[b.state]
	if b.described && set.has(Other) {
		set &^= kinds(Empty)
	}
	if b.state == inStep {
		set |= b.arguments
	}
	if b.scenario == nil {
		set &^= kinds(ExamplesLine)
	} else if b.alone {
		set &^= kinds(ScenarioLine, RuleLine)
	}
	return set
}

// classify returns what the line is to a state that accepts these kinds; 0 when it is nothing the
// state accepts.
func (b *builder) classify(l *line, accept kindSet) (kind LineKind, keyword string) {
	if b.state == inDocString {
		if strings.HasPrefix(l.text, b.docString.Delimiter) {
			return DocStringSeparator, ""
		}
		return Other, ""
	}
	if l.text == "" {
		if accept.has(Empty) {
			return Empty, ""
		}
		return Other, ""
	}
	switch l.text[0] {
	case '#':
		if _, ok := languageHeader(l.text); ok && accept.has(Language) {
			return Language, ""
		}
		return CommentLine, ""
	case '@':
		return TagLine, ""
	case '|':
		if accept.has(TableRow) {
			return TableRow, ""
		}
	case '"', '`':
		separates := strings.HasPrefix(l.text, quotes) || strings.HasPrefix(l.text, ticks)
		if separates && accept.has(DocStringSeparator) {
			return DocStringSeparator, ""
		}
	}
	return b.keywordLine(l.text, accept)
}

// keywordLine looks for the keywords of the kinds that are accepted.
func (b *builder) keywordLine(text string, accept kindSet) (kind LineKind, keyword string) {
	if accept.has(StepLine) {
		if keyword, _ := b.dialect.step(text); keyword != "" {
			return StepLine, keyword
		}
	}
	if strings.IndexByte(text, ':') > 0 {
		d := b.dialect
		titles := [...]struct {
			kind     LineKind
			keywords []string
		}{
			{FeatureLine, d.Feature},
			{BackgroundLine, d.Background},
			{ExamplesLine, d.Examples},
			{ScenarioLine, d.Scenario},
			{ScenarioLine, d.ScenarioOutline},
			{RuleLine, d.Rule},
		}
		for _, t := range titles {
			if !accept.has(t.kind) {
				continue
			}
			if keyword, ok := title(text, t.keywords); ok {
				return t.kind, keyword
			}
		}
	}
	if accept.has(Other) {
		return Other, ""
	}
	return 0, ""
}

// settleTags decides what tags belong to when nothing that can have them follows: as the reference
// parsers do, a rule.
func (b *builder) settleTags() {
	if b.state == inTags && !b.alone {
		b.state = inRuleTags
	}
}

// tagLine keeps the tags for the title that follows.
func (b *builder) tagLine(l *line) {
	b.close()
	switch b.state {
	case atStart, inFeatureHeader:
		b.state = inFeatureHeader
	case atScenarioStart, inScenarioHeader, inScenarioTags:
		b.state = inScenarioTags
	case inRuleTags:
	default:
		b.state = inTags
	}
	var bad Tag
	if b.tags, bad = l.tags(b.tags); bad.Name != "" {
		b.fail(SyntaxError{
			Position: bad.Position,
			Message: fmt.Sprintf(`got tag %q, want tags without space, such as "@slow @nightly"`,
				shortened(bad.Name)),
		})
	}
}

// title opens the value that a keyword and a colon introduce.
func (b *builder) title(l *line, kind LineKind, keyword string) {
	b.close()
	at, name := l.start(), strings.TrimSpace(l.text[len(keyword)+1:])
	tags := b.tags
	b.tags, b.described = nil, false
	switch kind {
	case FeatureLine:
		f := &Feature{Position: at, Language: b.dialect.Language, Tags: tags, Keyword: keyword, Name: name}
		b.doc.Feature = f
		b.state, b.description = inFeature, &f.Description
		b.background, b.scenarios = &f.Background, &f.Scenarios
	case RuleLine:
		f := b.doc.Feature
		f.Rules = append(f.Rules, Rule{Position: at, Tags: tags, Keyword: keyword, Name: name})
		r := &f.Rules[len(f.Rules)-1]
		b.state, b.description = inFeature, &r.Description
		b.background, b.scenarios, b.scenario = &r.Background, &r.Scenarios, nil
	case BackgroundLine:
		g := &Background{Position: at, Keyword: keyword, Name: name}
		*b.background = g
		b.state, b.description, b.steps, b.scenario = inBackground, &g.Description, &g.Steps, nil
	case ScenarioLine:
		_, plain := title(l.text, b.dialect.Scenario)
		b.openScenario(Scenario{Position: at, Tags: tags, Keyword: keyword, Outline: !plain, Name: name})
	default: // ExamplesLine
		s := b.scenario
		s.Examples = append(s.Examples, Examples{Position: at, Tags: tags, Keyword: keyword, Name: name})
		b.state, b.description = inExamples, &s.Examples[len(s.Examples)-1].Description
	}
}

func (b *builder) openScenario(s Scenario) {
	*b.scenarios = append(*b.scenarios, s)
	b.scenario = &(*b.scenarios)[len(*b.scenarios)-1]
	b.state, b.description, b.steps = inScenario, &b.scenario.Description, &b.scenario.Steps
}

// step adds a step to the open background or scenario. In a scenario alone it may open the scenario.
func (b *builder) step(l *line) {
	b.close()
	if b.state == atScenarioStart || b.state == inScenarioHeader {
		b.openScenario(Scenario{Position: l.start()})
	}
	keyword, typ, text := b.dialect.splitStep(l.text)
	if *b.steps == nil {
		*b.steps = make([]Step, 0, 4) // few scenarios have fewer
	}
	*b.steps = append(*b.steps, Step{
		Position:    l.start(),
		Keyword:     keyword,
		KeywordType: typ,
		Text:        text,
	})
	b.state, b.table, b.arguments = inStep, nil, kinds(TableRow, DocStringSeparator)
}

// row adds a row to the table of the last step or examples.
func (b *builder) row(l *line) {
	b.close()
	row := l.row()
	if b.state != inStep {
		examples := &b.scenario.Examples[len(b.scenario.Examples)-1]
		if b.state == inExamples {
			header := row // only the header is kept by pointer
			examples.Header, b.state, b.badTable = &header, inExamplesTable, false
			return
		}
		examples.Body = append(examples.Body, row)
		b.checkCells(&row, examples.Header)
		return
	}
	if b.table == nil {
		b.table, b.badTable = &DataTable{Position: row.Position}, false
		(*b.steps)[len(*b.steps)-1].DataTable = b.table
	}
	b.table.Rows = append(b.table.Rows, row)
	b.checkCells(&row, &b.table.Rows[0])
}

// checkCells reports the first row of a table with another number of cells than the first.
func (b *builder) checkCells(row, first *Row) {
	if b.badTable || len(row.Cells) == len(first.Cells) {
		return
	}
	b.badTable = true
	b.fail(SyntaxError{
		Position: row.Position,
		Message: fmt.Sprintf(
			`number of cells is %d, want %d as in the first row, each with "|" on both sides`,
			len(row.Cells), len(first.Cells)),
	})
}

// delimiter opens or closes a doc string.
func (b *builder) delimiter(l *line) {
	if b.state == inDocString {
		b.close()
		b.state = inStep
		return
	}
	d := &DocString{Position: l.start(), Delimiter: l.text[:len(quotes)]}
	d.MediaType = strings.TrimSpace(l.text[len(quotes):])
	(*b.steps)[len(*b.steps)-1].DocString = d
	b.docString, b.indent, b.state = d, l.indent(), inDocString
	b.arguments &^= kinds(DocStringSeparator)
	if b.table != nil {
		b.arguments = 0
	}
}

// text keeps a line of a description or doc string.
func (b *builder) text(l *line) {
	b.described = true
	if b.state == inDocString {
		b.pending = append(b.pending, l.docStringLine(b.indent, b.docString.Delimiter))
		return
	}
	b.pending = append(b.pending, l.raw)
}

// close puts the kept lines where they belong. Empty lines at the end of a description are no part
// of it.
func (b *builder) close() {
	lines := b.pending
	b.pending = b.pending[:0]
	if b.state == inDocString {
		b.docString.Content = strings.Join(lines, "\n")
		return
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) > 0 {
		*b.description = strings.Join(lines, "\n")
	}
}
