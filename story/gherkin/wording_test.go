package gherkin_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

func TestWordingOfSteps(t *testing.T) {
	const text = `Feature: pay
  Scenario: by card
    Given a card
    And a  Card
    And a cart
      | a |
    And a cart
      | b |
    When I click the "Pay" button
    Then I see it
    When I clicked on
    Then I see it
    And I see it
    And the buttonhole is red
`
	d, err := gherkin.Parse(text)
	require.NoError(t, err)
	var got []string
	for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
		if f.Rule == "no-duplicate-steps" || f.Rule == "no-interface-steps" {
			got = append(got, fmt.Sprintf("%d %v %s: %s", f.Line, f.Severity, f.Rule, f.Message))
		}
	}
	require.Equal(t, []string{
		`4 warning no-duplicate-steps: "a  Card" stands in line 3 too`,
		`9 hint no-interface-steps: "click" is of the user interface`,
		`11 hint no-interface-steps: "clicked" is of the user interface`,
		`13 warning no-duplicate-steps: "I see it" stands in line 12 too`,
	}, got)
}
