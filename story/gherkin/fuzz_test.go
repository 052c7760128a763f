package gherkin_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

func FuzzParse(f *testing.F) {
	checks := gherkin.Checks(gherkin.Limits{})
	f.Add(everything)
	f.Fuzz(func(t *testing.T, text string) {
		requireSettled(t, gherkin.Parser{}, text)
		doc, err := gherkin.Parse(text)
		requireRisingLines(t, err)
		doc.Check(checks...)
	})
}

func FuzzParseScenario(f *testing.F) {
	checks := gherkin.Checks(gherkin.Limits{})
	f.Add(ticket)
	f.Fuzz(func(t *testing.T, text string) {
		requireScenarioSettled(t, gherkin.Parser{}, text)
		scenario, err := gherkin.ParseScenario(text)
		requireRisingLines(t, err)
		scenario.Check(checks...)
	})
}

func FuzzParseDialects(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		dialects, err := gherkin.ParseDialects(data)
		if err != nil {
			require.ErrorIs(t, err, field.ErrInvalid)
			return
		}
		for _, d := range dialects {
			require.NoError(t, d.Validate())
			parser := gherkin.Parser{Dialects: dialects, Language: d.Language}
			text := d.Feature[0] + ":\n" + d.Scenario[0] + ":\n" + d.Given[0] + "x"
			requireSettled(t, parser, text)
		}
	})
}

// requireRisingLines holds that errors come in the order of the text, one a line.
func requireRisingLines(t *testing.T, err error) {
	t.Helper()
	var errs gherkin.SyntaxErrors
	if !errors.As(err, &errs) {
		require.NoError(t, err)
		return
	}
	for i := range errs[1:] {
		require.Less(t, errs[i].Line, errs[i+1].Line)
	}
}
