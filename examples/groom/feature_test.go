package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

type featureJSON struct {
	Scenarios []scenario        `json:"scenarios"`
	Findings  []gherkin.Finding `json:"findings"`
	Errors    []syntaxError     `json:"errors"`
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
		got := groomJSON[featureJSON](t, "a.FEATURE", text)
		require.Len(t, got.Findings, 1)
		require.Equal(t, "no-dupe-scenario-names", got.Findings[0].Rule)
		require.Equal(t, gherkin.Position{Line: 7, Column: 3}, got.Findings[0].Position)
		got.Findings = nil
		require.Equal(t, want, got)
	}
}

// A file of comments is a feature file, if one without a feature.
func TestFeatureWithoutFeature(t *testing.T) {
	got := groomJSON[featureJSON](t, "a.feature", "# nothing yet\n")
	require.Empty(t, got.Scenarios)
	require.Empty(t, got.Errors)
	require.Len(t, got.Findings, 1)
	require.Equal(t, "no-empty-file", got.Findings[0].Rule)
}

func TestFeatureInPart(t *testing.T) {
	text := "Feature: Cart\n  Scenario: Pay\n    Given é | x\n  nonsense\n    Then I get a receipt\n  @open"
	got := groomJSON[featureJSON](t, "a.feature", text, "-partial")
	require.Equal(t, []scenario{{"Pay", 2, []string{"Given é | x", "Then I get a receipt"}}}, got.Scenarios)
	require.Len(t, got.Errors, 2)
	require.Equal(t, []int{4, 3}, []int{got.Errors[0].Line, got.Errors[0].Column})
	require.Equal(t, []int{7, 1}, []int{got.Errors[1].Line, got.Errors[1].Column})

	status, stdout, stderr := groomText(t, "a.feature", text, "-partial")
	require.Equal(t, success, status, stderr)
	require.True(t, strings.HasPrefix(stdout, "Cart: 1 scenario, 1 finding, 2 syntax errors\n"+
		"\n2: Pay\n  Given é | x\n  Then I get a receipt\n\nFindings, by line\n  2  "), stdout)
	require.Contains(t, stdout, "\nSyntax errors\n  4:3  got \"nonsense\", want ")
}

func TestDialects(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	const titles = `"feature":["Aspect"],"rule":["Rule"],"background":["Before"],"scenario":["Case"],` +
		`"scenarioOutline":["Cases"],"examples":["Examples"],`
	const steps = `"given":["* ","Be "],"when":["* ","Do "],"then":["* ","See "],"and":["* ","And "],"but":["* ","But "]`
	good := write("good.json", `{"plain":{"name":"Plain","native":"Plain",`+titles+steps+`}}`)
	text := "# language: plain\nAspect: A\n  Case: B\n    Be there\n    Do x\n    See y\n"
	got := groomJSON[featureJSON](t, "a.feature", text, "-dialects", good)
	require.Equal(t, []scenario{{"B", 3, []string{"Be there", "Do x", "See y"}}}, got.Scenarios)
	require.Empty(t, got.Findings)

	for name, file := range map[string]string{
		"broken":   write("broken.json", `{"plain":`),
		"no lists": write("lists.json", `{"plain":{}}`),
		"empty":    write("empty.json", ``),
		"no file":  filepath.Join(folder, "missing.json"),
	} {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr := groomText(t, "a.feature", text, "-dialects", file)
			require.Equal(t, badInput, status)
			require.Empty(t, stdout)
			for line := range strings.Lines(stderr) {
				require.True(t, strings.HasPrefix(line, file+":1:1: ") && strings.Contains(line, ", want "), line)
			}
			require.NotEmpty(t, stderr)
		})
	}
}

func TestSharedFeatures(t *testing.T) {
	const shared = "../../../shared/data/gherkin/"
	good, err := filepath.Glob(shared + "good/*.feature")
	require.NoError(t, err)
	bad, err := filepath.Glob(shared + "bad/*.feature")
	require.NoError(t, err)
	if len(good) == 0 || len(bad) == 0 {
		t.Skip("the shared data is not there")
	}
	for _, file := range good {
		status, stdout, stderr := groomFile(file, "-dialects", shared+"gherkin-languages.json", "-format", "json")
		if filepath.Base(file) == "empty.feature" {
			require.Equal(t, badInput, status, "an empty file is bad input, of whatever kind")
			continue
		}
		require.Equal(t, success, status, stderr)
		require.Contains(t, stdout, `"errors": []`)
	}
	for _, file := range bad {
		status, stdout, stderr := groomFile(file, "-format", "json")
		require.Equal(t, badInput, status, file)
		require.Empty(t, stdout)
		require.Regexp(t, `^[^:]+:[1-9][0-9]*:[1-9][0-9]*: .*, want .`, stderr)
	}
}
