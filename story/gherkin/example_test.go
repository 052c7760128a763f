package gherkin_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

func ExampleParse() {
	doc, err := gherkin.Parse(`
Feature: Expense tracking
  Users struggle to track their daily spending.

  Scenario: Spending by category
    Given expenses in two categories
    When the user opens the overview
    Then each category shows its sum
`)
	if err != nil {
		fmt.Println(err)
	}
	for s := range doc.AllScenarios() {
		fmt.Printf("line %d: %s, %d steps\n", s.Line, s.Name, len(s.Steps))
	}
	// Output: line 5: Spending by category, 3 steps
}

func ExampleParseScenario() {
	s, err := gherkin.ParseScenario(`
		Given a cart of 27 euros
		When I pay with a voucher of 10 euros
		Then my card is charged 17 euros`)
	if err != nil {
		fmt.Println(err)
	}
	for _, step := range s.Steps {
		fmt.Printf("%-8s %s\n", step.KeywordType, step.Text)
	}
	// Output:
	// Context  a cart of 27 euros
	// Action   I pay with a voucher of 10 euros
	// Outcome  my card is charged 17 euros
}

func ExampleSyntaxErrors() {
	_, err := gherkin.Parse("Feature: Checkout\n\nScenario: Voucher\n  Given a cart:\n    | a | b |\n    | a |\n  I pay")
	var errs gherkin.SyntaxErrors
	if errors.As(err, &errs) {
		for _, e := range errs {
			fmt.Printf("line %d, column %d: %.42s...\n", e.Line, e.Column, e.Message)
		}
	}
	// Output:
	// line 6, column 5: number of cells is 1, want 2 as in the fir...
	// line 7, column 3: got "I pay", want the end of the text, a t...
}

func ExampleParser() {
	parser := gherkin.Parser{Language: "de"}
	s, err := parser.ParseScenario("Wenn ich bezahle\nDann bekomme ich einen Beleg")
	fmt.Println(s.Steps[1].KeywordType, s.Steps[1].Text, err)
	// Output: Outcome bekomme ich einen Beleg <nil>
}

func ExampleDialects() {
	for _, dialect := range gherkin.Dialects() {
		fmt.Println(dialect.Language, dialect.Scenario)
	}
	// Output:
	// de [Beispiel Szenario]
	// en [Example Scenario]
	// es [Ejemplo Escenario]
	// fr [Exemple Scénario]
}

func ExampleParseDialects() {
	dialects, err := gherkin.ParseDialects([]byte(`{"nl": {
		"name": "Dutch", "native": "Nederlands", "feature": ["Functionaliteit"], "rule": ["Rule"],
		"background": ["Achtergrond"], "scenario": ["Voorbeeld"], "scenarioOutline": ["Abstract Scenario"],
		"examples": ["Voorbeelden"], "given": ["* ", "Gegeven "], "when": ["* ", "Als "],
		"then": ["* ", "Dan "], "and": ["* ", "En "], "but": ["* ", "Maar "]}}`))
	if err != nil {
		fmt.Println(err)
	}
	s, err := gherkin.Parser{Dialects: dialects}.Parse("# language: nl\nFunctionaliteit: Betalen")
	fmt.Println(s.Feature.Name, err)
	// Output: Betalen <nil>
}

func ExampleDocument_String() {
	doc, _ := gherkin.Parse("Feature:Prices\nScenario: Sum\n* these:\n|item|price|\n|pen|1.20|\n@slow  @nightly\nScenario: Tax")
	fmt.Print(doc)
	// Output:
	// Feature: Prices
	//
	//   Scenario: Sum
	//     * these:
	//       | item | price |
	//       | pen  | 1.20  |
	//
	//   @slow @nightly
	//   Scenario: Tax
}

func ExampleScenario_Check() {
	s, _ := gherkin.ParseScenario("Scenario: Pay\n  Given a cart\n  When I pay\n  When I wait")
	for _, finding := range s.Check(gherkin.Checks(gherkin.Limits{})...) {
		fmt.Println(finding)
	}
	// Output:
	// 1:1: defect: scenario "Pay" has no Then step (missing-verification): say in a Then step what can be seen afterwards
	// 4:3: warning: scenario "Pay" has more than one When step (avoid-scripting): make a scenario of each, or continue the first with And
}

// A caller leaves checks out, makes others stricter, and adds its own.
func ExampleCheck() {
	checks := slices.DeleteFunc(gherkin.Checks(gherkin.Limits{}), func(c gherkin.Check) bool {
		return c.Name == "missing-test-action"
	})
	for i := range checks {
		if checks[i].Name == "no-unnamed-scenarios" {
			checks[i].Severity = field.Defect
		}
	}
	checks = append(checks, gherkin.Check{
		Name:     "no-passive",
		Severity: field.Hint,
		Find: func(d *gherkin.Document, report gherkin.Report) {
			for s := range d.AllScenarios() {
				for _, step := range s.Steps {
					if strings.Contains(step.Text, "is sent") {
						report(step.Position, "nobody sends it", "say who does")
					}
				}
			}
		},
	})
	doc, _ := gherkin.Parse("Feature: Pay\nScenario:\nWhen I pay\nThen a receipt is sent")
	for _, finding := range doc.Check(checks...) {
		fmt.Println(finding)
	}
	// Output:
	// 2:1: defect: the scenario has no name (no-unnamed-scenarios): name what is special about this example
	// 4:1: hint: nobody sends it (no-passive): say who does
}

func ExampleFeature() {
	doc, _ := gherkin.Parse(`
@shop
Feature: Checkout
  Background:
    Given a customer

  Rule: Vouchers are used once
    Scenario: Second use
      When the customer uses a voucher again
      Then it is refused`)
	f := doc.Feature
	fmt.Println(f.Tags[0].Name, f.Name, f.Background.Steps[0].Text)
	rule := f.Rules[0]
	fmt.Println(rule.Name, rule.Position, rule.Scenarios[0].Position)
	// Output:
	// @shop Checkout a customer
	// Vouchers are used once {7 3} {8 5}
}

func ExampleExamples() {
	s, _ := gherkin.ParseScenario(`
Scenario Outline: Rebate
  When the order is <sum> euros
  Then the rebate is <rebate> euros

  Examples:
    | sum | rebate |
    |  99 | 0      |
    | 100 | 5      |`)
	e := s.Examples[0]
	for _, row := range e.Body {
		fmt.Printf("%s=%s %s=%s\n", e.Header.Cells[0].Value, row.Cells[0].Value, e.Header.Cells[1].Value, row.Cells[1].Value)
	}
	// Output:
	// sum=99 rebate=0
	// sum=100 rebate=5
}

func ExampleStep() {
	s, _ := gherkin.ParseScenario(`
Given the rates:
  | tax | 19 % |
And the letter
  """markdown
  # Dear customer
  """`)
	table, letter := s.Steps[0].DataTable, s.Steps[1].DocString
	fmt.Println(table.Rows[0].Cells[1].Value, table.Rows[0].Cells[1].Position)
	fmt.Println(letter.MediaType, letter.Content)
	// Output:
	// 19 % {3 11}
	// markdown # Dear customer
}

// A scenario made by a program needs neither keywords nor positions.
func ExampleScenario_String() {
	s := gherkin.Scenario{
		Name: "Empty cart",
		Steps: []gherkin.Step{
			{KeywordType: gherkin.Action, Text: "the customer pays"},
			{KeywordType: gherkin.Outcome, Text: "the shop asks for an item"},
		},
	}
	fmt.Print(s)
	// Output:
	// Scenario: Empty cart
	//   When the customer pays
	//   Then the shop asks for an item
}

func ExampleDocument_Equal() {
	a, _ := gherkin.Parse("Feature: a\nScenario: b")
	b, _ := gherkin.Parse("Feature:   a\n\n\n  Scenario:   b\n")
	fmt.Println(a.Equal(b))
	// Output: true
}

func ExampleLimits() {
	s, _ := gherkin.ParseScenario("When a\nThen b\nAnd c\nAnd d")
	for _, finding := range s.Check(gherkin.Checks(gherkin.Limits{Steps: 3})...) {
		fmt.Println(finding.Rule, finding.Message)
	}
	// Output: scenario-size there are 4 steps, more than 3
}

func ExampleDialect_Validate() {
	dialect := gherkin.English()
	dialect.When = []string{"* ", " When"}
	fmt.Println(dialect.Validate())
	// Output: gherkin: en.when[1] is " When", want one line of UTF-8 that begins neither with space nor as a comment, tag, table or doc string
}

// A file says its own encoding; what Decode returns is what Parse reads.
func ExampleDecode() {
	text, err := gherkin.Decode([]byte("# encoding: iso-8859-1\nFeature: Caf\xe9\n"))
	if err != nil {
		panic(err)
	}
	doc, err := gherkin.Parse(text)
	fmt.Println(doc.Feature.Name, err)
	_, err = gherkin.Decode([]byte("# encoding: rot13\nFeature: x\n"))
	fmt.Println(err)
	// Output:
	// Café <nil>
	// gherkin: 1:1: encoding "rot13" is not known, want utf-8, us-ascii, iso-8859-1, iso-8859-15 or windows-1252
}

func ExampleComment() {
	doc, err := gherkin.Parse("Feature: Pay\n  # agreed in March\n")
	for _, c := range doc.Comments {
		fmt.Printf("%d:%d %q\n", c.Line, c.Column, c.Text)
	}
	fmt.Println(err)
	// Output:
	// 2:1 "  # agreed in March"
	// <nil>
}

// A text may be in a language of the parser without saying so.
func ExampleParser_Parse() {
	german := gherkin.Dialect{
		Language: "de", Feature: []string{"Funktionalität"}, Rule: []string{"Regel"}, Background: []string{"Grundlage"},
		Scenario: []string{"Szenario"}, ScenarioOutline: []string{"Szenariogrundriss"}, Examples: []string{"Beispiele"},
		Given: []string{"Angenommen "}, When: []string{"Wenn "}, Then: []string{"Dann "}, And: []string{"Und "}, But: []string{"Aber "},
	}
	p := gherkin.Parser{Dialects: []gherkin.Dialect{german}, Language: "de"}
	doc, err := p.Parse("Funktionalität: Zahlen\n  Szenario: Karte\n    Wenn ich zahle\n")
	if err != nil {
		panic(err)
	}
	fmt.Println(doc.Feature.Keyword, doc.Feature.Name)
	// Output: Funktionalität Zahlen
}
