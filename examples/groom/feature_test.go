package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

type featureJSON struct {
	Scenarios []scenario     `json:"scenarios"`
	Findings  []gherkin.Flaw `json:"findings"`
	Errors    []syntaxError  `json:"errors"`
}

const cart = `Feature: Cart
  Scenario: Pay
    Given a cart
    When I pay
    Then I get a receipt

  Scenario: Pay
    Given a cart
    * something
`

func TestFeature(t *testing.T) {
	want := featureJSON{
		Scenarios: []scenario{
			{"Pay", 2, []string{"Given a cart", "When I pay", "Then I get a receipt"}},
			{"Pay", 7, []string{"Given a cart", "* something"}},
		},
		Errors: []syntaxError{},
	}
	for _, text := range []string{cart, "\uFEFF" + cart, strings.ReplaceAll(cart, "\n", "\r\n")} {
		got := commandtest.JSON[featureJSON](t, program, "a.FEATURE", text)
		require.Len(t, got.Findings, 1)
		require.Equal(t, "no-dupe-scenario-names", got.Findings[0].Rule)
		require.Equal(t, gherkin.Position{Line: 7, Column: 3}, got.Findings[0].Position)
		got.Findings = nil
		require.Equal(t, want, got)
	}
}

// A file of comments is a feature file, if one without a feature.
func TestFeatureWithoutFeature(t *testing.T) {
	got := commandtest.JSON[featureJSON](t, program, "a.feature", "# nothing yet\n")
	require.Empty(t, got.Scenarios)
	require.Empty(t, got.Errors)
	require.Len(t, got.Findings, 1)
	require.Equal(t, "no-empty-file", got.Findings[0].Rule)
}

func TestFeatureInPart(t *testing.T) {
	text := "Feature: Cart\n  Scenario: Pay\n    Given é | x\n  nonsense\n    Then I get a receipt\n  @open"
	got := commandtest.JSON[featureJSON](t, program, "a.feature", text, "-partial")
	require.Equal(t, []scenario{{"Pay", 2, []string{"Given é | x", "Then I get a receipt"}}}, got.Scenarios)
	require.Len(t, got.Errors, 2)
	require.Equal(t, []int{4, 3}, []int{got.Errors[0].Line, got.Errors[0].Column})
	require.Equal(t, []int{7, 1}, []int{got.Errors[1].Line, got.Errors[1].Column})

	status, stdout, stderr := program.Text(t, "a.feature", text, "-partial")
	require.Equal(t, command.Success, status, stderr)
	require.True(t, strings.HasPrefix(stdout, "Cart: 1 scenario, 1 finding, 2 syntax errors\n"+
		"\n2: Pay\n  Given é | x\n  Then I get a receipt\n\nFindings, by line\n  2  "), stdout)
	require.Contains(t, stdout, "\nSyntax errors\n  4:3  got \"nonsense\", want ")
}

func TestDialects(t *testing.T) {
	write := func(name, text string) string { return commandtest.WriteFile(t, name, text) }
	const titles = `"feature":["Aspect"],"rule":["Rule"],"background":["Before"],"scenario":["Case"],` +
		`"scenarioOutline":["Cases"],"examples":["Examples"],`
	const steps = `"given":["* ","Be "],"when":["* ","Do "],"then":["* ","See "],"and":["* ","And "],"but":["* ","But "]`
	good := write("good.json", `{"plain":{"name":"Plain","native":"Plain",`+titles+steps+`}}`)
	text := "# language: plain\nAspect: A\n  Case: B\n    Be there\n    Do x\n    See y\n"
	got := commandtest.JSON[featureJSON](t, program, "a.feature", text, "-dialects", good)
	require.Equal(t, []scenario{{"B", 3, []string{"Be there", "Do x", "See y"}}}, got.Scenarios)
	require.Empty(t, got.Findings)

	for name, file := range map[string]string{
		"broken":   write("broken.json", `{"plain":`),
		"no lists": write("lists.json", `{"plain":{}}`),
		"empty":    write("empty.json", ``),
		"no file":  filepath.Join(t.TempDir(), "missing.json"),
	} {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr := program.Text(t, "a.feature", text, "-dialects", file)
			require.Equal(t, command.BadInput, status)
			require.Empty(t, stdout)
			for line := range strings.Lines(stderr) {
				require.True(t, strings.HasPrefix(line, file+":1:1: ") && strings.Contains(line, ", want "), line)
			}
			require.NotEmpty(t, stderr)
		})
	}
}

func TestSharedFeatures(t *testing.T) {
	shared := commandtest.Shared(t, "gherkin")
	good, err := filepath.Glob(filepath.Join(shared, "good", "*.feature"))
	require.NoError(t, err)
	require.NotEmpty(t, good)
	bad, err := filepath.Glob(filepath.Join(shared, "bad", "*.feature"))
	require.NoError(t, err)
	require.NotEmpty(t, bad)
	for _, file := range good {
		status, stdout, stderr := program.Run("-dialects", filepath.Join(shared, "gherkin-languages.json"), "-format", "json", file)
		if filepath.Base(file) == "empty.feature" {
			require.Equal(t, command.BadInput, status, "an empty file is bad input, of whatever kind")
			continue
		}
		require.Equal(t, command.Success, status, stderr)
		require.Contains(t, stdout, `"errors": []`)
	}
	for _, file := range bad {
		status, stdout, stderr := program.Run("-format", "json", file)
		require.Equal(t, command.BadInput, status, file)
		require.Empty(t, stdout)
		require.Regexp(t, `^[^:]+:[1-9][0-9]*:[1-9][0-9]*: .*, want .`, stderr)
	}
}

// A file in another encoding that it states is read, and places count characters.
func TestFeatureInAnotherEncoding(t *testing.T) {
	got := commandtest.JSON[featureJSON](t, program, "a.feature",
		"# encoding: iso-8859-1\nFeature: caf\xe9\n  Scenario: th\xe9\n    When I pay\n    Then I see it\n")
	require.Equal(t, "thé", got.Scenarios[0].Name)
	status, _, stderr := program.Text(t, "a.feature", "# encoding: klingon\nFeature: a\n")
	require.Equal(t, command.BadInput, status)
	require.Contains(t, stderr, `encoding "klingon" is not known`)
}
