package gherkin_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// Of pairs of steps as people write them, those in testdata/same.txt say the same by the comment of Checks, in other words or again;
// those in testdata/different.txt do not.
func TestPairsOfSteps(t *testing.T) {
	of := map[string]gherkin.Dialect{}
	for _, d := range gherkin.Dialects() {
		of[d.Language] = d
	}
	for file, want := range map[string]int{"same": 1, "different": 0} {
		for line := range strings.Lines(read(t, "testdata/"+file+".txt")) {
			part := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
			if len(part) != 4 || line[0] == '#' {
				require.Regexp(t, "^(#.*)?\n$", line)
				continue
			}
			// In either order, in a scenario each; what comes again in one.
			for range 2 {
				part[2], part[3] = part[3], part[2]
				scenario := "\n" + of[part[0]].Scenario[0] + ": s\n"
				text := "# language: " + part[0] + "\n" + of[part[0]].Feature[0] + ": f" + scenario + part[1] + " " + part[2] + "\n"
				if part[2] != part[3] {
					text += scenario
				}
				text += part[1] + " " + part[3]
				d, err := gherkin.Parse(text)
				require.NoError(t, err, line)
				found := 0
				for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
					if f.Rule == "no-duplicate-steps" {
						found++
					}
				}
				require.Equal(t, want, found, line)
			}
		}
	}
}
