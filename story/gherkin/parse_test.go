package gherkin_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

// ticket is 20 lines as they stand in a ticket.
const ticket = `@checkout @payment
Scenario: A customer pays with a voucher
  Given a customer with these items in the cart
    | item    | price | amount |
    | pen     | 1.20  | 10     |
    | folder  | 3.50  | 2      |
    | stapler | 8.00  | 1      |
  And a voucher of 10 euros that is valid until 2030-12-31
  And the customer is signed in
  When the customer pays with the voucher and the rest by card
  Then the card is charged 17.00 euros
  And the voucher is used up
  And the receipt says
    """text
    Total    27.00
    Voucher -10.00
    Card     17.00
    """
  But no points are collected
  And the stock goes down
`

func TestParseScenario(t *testing.T) {
	tests := map[string]struct {
		text string
		want string // canonical
	}{
		"as it is":              {text: ticket, want: ticket},
		"steps only":            {text: "Given a\n When b\n\nThen c", want: "Given a\nWhen b\nThen c\n"},
		"title only":            {text: "Scenario: later", want: "Scenario: later\n"},
		"comment first":         {text: "\n# c\n Given a", want: "# c\nGiven a\n"},
		"header":                {text: "# language: en\nGiven a", want: "Given a\n"},
		"header as a comment":   {text: "#language:en\n# language: fr\nGiven a", want: "# language: en\n# language: fr\nGiven a\n"},
		"outline":               {text: "Given <a>\nExamples:\n|a|\n|1|", want: "Given <a>\n\nExamples:\n  | a |\n  | 1 |\n"},
		"tagged examples":       {text: "Given <a>\n@x\nExamples:", want: "Given <a>\n\n@x\nExamples:\n"},
		"byte order mark":       {text: "\ufeffGiven a", want: "Given a\n"},
		"description":           {text: "Scenario:\nwhy\nGiven a", want: "Scenario:\nwhy\n  Given a\n"},
		"space of any kind":     {text: "\u00a0\u2003Given \u00a0a\u00a0\r\n\u3000\r\n", want: "Given a\n"},
		"table that says no":    {text: "* x\n|", want: "* x\n  |\n"},
		"doc string of a space": {text: "* x\n\"\"\"\n \n\n\"\"\"", want: "* x\n  \"\"\"\n   \n\n  \"\"\"\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := gherkin.ParseScenario(tt.text)
			require.NoError(t, err)
			require.Equal(t, tt.want, s.String())
			require.True(t, requireScenarioSettled(t, gherkin.Parser{}, tt.text))
		})
	}
}

func TestSyntaxErrors(t *testing.T) {
	const (
		start = `want the end of the text, "# language: ...", a tag (@...), "Feature:"`
		step  = "a step (Given, When, Then, And, But, *)"
	)
	tests := map[string]struct {
		text string
		want []string
	}{
		"prose": {
			text: "As a user\nI want",
			want: []string{
				`1:1: got "As a user", ` + start,
				`2:1: got "I want", ` + start,
			},
		},
		"tags of nothing": {
			text: "Feature: a\n@b",
			want: []string{`3:0: the text ends here, want a tag (@...), "Rule:"`},
		},
		"space in a tag": {
			text: "é @a\n  @é @a b @c\nFeature:",
			want: []string{
				`1:1: got "é @a", ` + start,
				`2:6: got tag "@a b", want tags without space, such as "@slow @nightly"`,
			},
		},
		"short row": {
			text: "Feature:\nScenario:\n* x\n|a|b|\n|a\n|a|b|c|\n* y\n|a|\n||\n| |b|",
			want: []string{
				`5:1: number of cells is 0, want 2 as in the first row, each with "|" on both sides`,
				`10:1: number of cells is 2, want 1 as in the first row, each with "|" on both sides`,
			},
		},
		"open doc string": {
			text: "Feature:\nScenario:\n* x\n```\n\"\"\"\nScenario:\n",
			want: []string{"7:0: the text ends here, want ``` to close the doc string of line 4"},
		},
		"unknown language": {
			text: "\n # language: xx\nFeature:",
			want: []string{`2:2: language "xx" is not known, want one of "de", "en", "es", "fr"`},
		},
		"NUL and binary": {
			text: "Feature: a\x00\nScenario: é\xff\xfe\n\xff\xd8\xff\xe0",
			want: []string{
				"1:11: NUL byte, want text",
				"2:12: invalid UTF-8, want text in UTF-8",
				"3:1: invalid UTF-8, want text in UTF-8",
			},
		},
		"one table and one doc string": {
			text: "Feature:\nScenario:\n* x\n|a|\n```\n```\n|b|\n* y\n```\n```\n|a|\n```",
			want: []string{
				`7:1: got "|b|", want the end of the text, a tag (@...), "Rule:", "Scenario:", "Examples:", ` + step,
				"12:1: got \"```\", want the end of the text, a tag (@...), \"Rule:\", \"Scenario:\", \"Examples:\", " +
					step + ", a table row (| ... |)",
			},
		},
		"indented by wide space": {
			text: "\u3000\u3000x",
			want: []string{`1:3: got "x", ` + start},
		},
		"right-to-left mark": {
			text: "\u200fFeature: a",
			want: []string{`1:1: got "\u200fFeature: a", ` + start},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := gherkin.Parse(tt.text)
			require.EqualError(t, err, "gherkin: "+strings.Join(tt.want, "\ngherkin: "))
			require.ErrorIs(t, err, gherkin.ErrSyntax)
		})
	}
}

func TestScenarioSyntaxErrors(t *testing.T) {
	const start = `want "# language: ...", a tag (@...), "Scenario:", a step (Given, When, Then, And, But, *)`
	tests := map[string]struct {
		text string
		want string
	}{
		"empty":    {"", `1:0: the text ends here, ` + start},
		"blank":    {" \n", `2:0: the text ends here, ` + start},
		"prose":    {"The total is shown", `1:1: got "The total is shown", ` + start},
		"feature":  {"Feature: a\nGiven b", `1:1: got "Feature: a", ` + start},
		"tag only": {"@a\nGiven b", `2:1: got "Given b", want a tag (@...), "Scenario:"`},
		"two": {
			"Given a\nScenario: b",
			`2:1: got "Scenario: b", want the end of the text, a tag (@...), "Examples:", ` +
				`a step (Given, When, Then, And, But, *), a table row (| ... |), a doc string (""" or ` + "```)",
		},
		"tagged": {"Given a\n@b\nScenario: c", `3:1: got "Scenario: c", want a tag (@...), "Examples:"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := gherkin.ParseScenario(tt.text)
			var errs gherkin.SyntaxErrors
			require.ErrorAs(t, err, &errs)
			require.EqualError(t, errs[0], "gherkin: "+tt.want)
		})
	}
}

// What could be read is returned beside the errors.
func TestParseReturnsWhatItRead(t *testing.T) {
	doc, err := gherkin.Parse("Feature: a\nScenario: b\n* x\ngarbage\n* y\nScenario: c\n* z\n\"\"\"\nopen")
	require.Error(t, err)
	require.Len(t, doc.Feature.Scenarios, 2)
	require.Len(t, doc.Feature.Scenarios[0].Steps, 2)
	require.Equal(t, "open", doc.Feature.Scenarios[1].Steps[0].DocString.Content)
}

// The number of errors is bounded; the last one tells how many are left out.
func TestErrorsAreBounded(t *testing.T) {
	_, err := gherkin.Parse(strings.Repeat("\xffno\n", 5_000))
	var errs gherkin.SyntaxErrors
	require.ErrorAs(t, err, &errs)
	require.Len(t, errs, 1000)
	require.Equal(t, "invalid UTF-8, want text in UTF-8 (and 4000 more lines are wrong)", errs[999].Message)
}

func TestParserLanguages(t *testing.T) {
	german := gherkin.Dialect{
		Language: "de", Name: "German", Native: "Deutsch",
		Feature: []string{"Funktion"}, Rule: []string{"Regel"}, Background: []string{"Hintergrund"},
		Scenario: []string{"Szenario"}, ScenarioOutline: []string{"Szenarien"}, Examples: []string{"Beispiele"},
		Given: []string{"* ", "Gegeben sei "}, When: []string{"* ", "Wenn "}, Then: []string{"* ", "Dann "},
		And: []string{"* ", "Und "}, But: []string{"* ", "Aber "},
	}
	require.NoError(t, german.Validate())
	parser := gherkin.Parser{Dialects: []gherkin.Dialect{german}}

	doc, err := parser.Parse("#language:de\nFunktion: Warenkorb\nSzenario: a\nGegeben sei x")
	require.NoError(t, err)
	require.Equal(t, "# language: de\nFunktion: Warenkorb\n\n  Szenario: a\n    Gegeben sei x\n", doc.String())
	_, err = parser.Parse("Feature: English stays")
	require.NoError(t, err)

	parser.Language = "de"
	s, err := parser.ParseScenario("Wenn x\nDann y")
	require.NoError(t, err)
	require.Equal(t, gherkin.Action, s.Steps[0].KeywordType)
	require.Equal(t, "# language: de\nWenn x\nDann y\n", s.String())

	parser.Language = "nl"
	_, err = parser.ParseScenario("Wenn x")
	require.ErrorContains(t, err, `gherkin: 1:1: language "nl" is not known, want one of "de", "en", "es", "fr"`)
}

func TestParseDialectsRefuses(t *testing.T) {
	tests := map[string]struct {
		json string
		want string
	}{
		"no JSON":   {`{`, "want a JSON object of code to keywords"},
		"a list":    {`[]`, "want a JSON object of code to keywords"},
		"no lists":  {`{"xx": {}}`, `gherkin: xx.then is "", want at least one keyword`},
		"bad code":  {`{"x x": {}}`, `gherkin: x x.language is "x x", want letters, "-" and "_" only`},
		"blank":     {`{"xx": {"given": [" "]}}`, `xx.given[0] is " ", want one line of UTF-8 that begins neither with space`},
		"two lines": {`{"xx": {"given": ["a\nb"]}}`, `xx.given[0] is "a\nb", want one line of UTF-8 that begins neither with space`},
		"indented":  {`{"xx": {"given": [" a"]}}`, `xx.given[0] is " a", want one line of UTF-8 that begins neither with space`},
		"comment":   {`{"xx": {"rule": ["#"]}}`, `xx.rule[0] is "#", want one line of UTF-8 that begins neither with space`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := gherkin.ParseDialects([]byte(tt.json))
			require.ErrorIs(t, err, field.ErrInvalid)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// A dialect that was never validated can't do harm: blank keywords are passed over.
func TestBlankKeywordsMatchNothing(t *testing.T) {
	parser := gherkin.Parser{Language: "xx", Dialects: []gherkin.Dialect{{
		Language: "xx", Feature: []string{"", "F"}, Scenario: []string{""}, Given: []string{"", "* "},
	}}}
	doc, err := parser.Parse("F: a\n: b\n")
	require.NoError(t, err)
	require.Equal(t, ": b", doc.Feature.Description)

	parser.Dialects[0].Scenario = []string{"S"}
	doc, err = parser.Parse("F: a\nS: b\n* c\n")
	require.NoError(t, err)
	require.Equal(t, []gherkin.Step{{Position: gherkin.Position{Line: 3, Column: 1}, Keyword: "* ", KeywordType: gherkin.Context, Text: "c"}},
		doc.Feature.Scenarios[0].Steps)
}

// A keyword that stands for several types says nothing about the type; the longest keyword wins.
func TestStepKeywords(t *testing.T) {
	english := gherkin.English()
	english.And = append(english.And, "Given also ")
	english.When = append(english.When, "Then ")
	parser := gherkin.Parser{Dialects: []gherkin.Dialect{english}}
	s, err := parser.ParseScenario("Given also x\nGiven x\nThen x\n* x\nBut x")
	require.NoError(t, err)
	var types []gherkin.KeywordType
	for _, step := range s.Steps {
		types = append(types, step.KeywordType)
	}
	require.Equal(t, []gherkin.KeywordType{
		gherkin.Conjunction, gherkin.Context, gherkin.Unknown, gherkin.Unknown, gherkin.Conjunction,
	}, types)
}

// Space after a keyword is not kept, so it must not tell a keyword from a longer one.
func TestStepKeywordsApart(t *testing.T) {
	english := gherkin.English()
	english.When = append(english.When, "Given that ", "Given that then ")
	parser := gherkin.Parser{Dialects: []gherkin.Dialect{english}}
	for text, want := range map[string]string{
		"Given  that x":          "Given that x\n",
		"Given \t that  then  x": "Given that then x\n",
		"Given  that":            "Given that\n",
	} {
		s, err := parser.ParseScenario(text)
		require.NoError(t, err)
		require.Equal(t, want, s.String())
		require.True(t, requireScenarioSettled(t, parser, text))
	}
}

func TestTextForms(t *testing.T) {
	doc, err := gherkin.Parse(everything)
	require.NoError(t, err)
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	var back gherkin.Document
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, doc, back)

	_, err = gherkin.Parse("x")
	var errs, errsBack gherkin.SyntaxErrors
	require.True(t, errors.As(err, &errs))
	data, err = json.Marshal(errs)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &errsBack))
	require.Equal(t, errs, errsBack)

	var kind gherkin.LineKind
	require.Error(t, kind.UnmarshalText([]byte("Nothing")))
	_, err = gherkin.LineKind(99).MarshalText()
	require.ErrorIs(t, err, field.ErrInvalid)
	var typ gherkin.KeywordType
	require.Error(t, typ.UnmarshalText([]byte("given")))
	require.NoError(t, typ.UnmarshalText(nil))
	require.Zero(t, typ.String())
	require.Equal(t, "KeywordType(7) LineKind(99)", fmt.Sprint(gherkin.KeywordType(7), gherkin.LineKind(99)))
	_, err = gherkin.KeywordType(99).MarshalText()
	require.Error(t, err)
}
