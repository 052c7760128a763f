package quality_test

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/quality"
)

// sampled is how many of the stories that a rule reports are marked at most: those with the lowest hashes.
const sampled = 100

// readMarks reads testdata/marks.tsv: rule, the hash of rule and story, and whether the rule's first finding in that
// story, read by a person, is right by what the rule's comment calls so. The stories themselves are not in it.
func readMarks(t *testing.T) map[string]map[string]bool {
	t.Helper()
	data, err := os.ReadFile("testdata/marks.tsv")
	require.NoError(t, err)
	marks := map[string]map[string]bool{}
	for line := range strings.Lines(string(data)) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, part, 3, line)
		require.Contains(t, []string{"right", "wrong"}, part[2])
		if marks[part[0]] == nil {
			marks[part[0]] = map[string]bool{}
		}
		require.NotContains(t, marks[part[0]], part[1])
		marks[part[0]][part[1]] = part[2] == "right"
	}
	return marks
}

// statedPrecisions are the figures "precision 22/23 = 96 %" in the comment of a rule, in their order.
func statedPrecisions(t *testing.T, rule string) [][3]int {
	t.Helper()
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Name.Name != rule {
				continue
			}
			var all [][3]int
			for _, m := range regexp.MustCompile(`(?i)precision (\d+)/(\d+) = (\d+) %`).
				FindAllStringSubmatch(strings.Join(strings.Fields(f.Doc.Text()), " "), -1) {
				var figures [3]int
				for i := range figures {
					figures[i], err = strconv.Atoi(m[i+1])
					require.NoError(t, err)
				}
				all = append(all, figures)
			}
			return all
		}
	}
	t.Fatalf("no rule %s", rule)
	return nil
}

// TestStatedPrecision computes the precision of each rule whose findings people have read, and compares it with what its
// comment states and its findings say; below 85 % a rule must not be more than a hint.
func TestStatedPrecision(t *testing.T) {
	type finding struct {
		severity  field.Severity
		precision int
	}
	found := map[string]map[string]finding{}
	for _, p := range readProjects(t) {
		for _, f := range quality.Check(quality.Read(p.stories...)) {
			rule := f.Rule
			if rule == "minimal.indicator_repetition" {
				rule += " " + f.Severity.String()
			}
			if found[rule] == nil {
				found[rule] = map[string]finding{}
			}
			hash := sha256.Sum256([]byte(f.Rule + "\n" + p.stories[f.Story]))
			found[rule][fmt.Sprintf("%x", hash[:4])] = finding{f.Severity, f.Precision}
		}
	}
	marks := readMarks(t)
	for rule, name := range map[string]string{
		"clear.vague": "Vague", "negotiable.builder": "Builder", "negotiable.interface": "Interface",
		"negotiable.solution": "Solution", "unique.similar": "Similar", "valuable.repeats": "RepeatedGoal",
		"valuable.everybody": "Everybody", "minimal.punctuation": "Punctuation",
		"minimal.indicator_repetition warning": "RepeatedMarkers", "minimal.indicator_repetition hint": "RepeatedMarkers",
	} {
		var hashes []string
		for hash := range found[rule] {
			hashes = append(hashes, hash)
		}
		slices.Sort(hashes)
		hashes = hashes[:min(len(hashes), sampled)]
		right := 0
		for _, hash := range hashes {
			isRight, ok := marks[rule][hash]
			if !ok {
				t.Errorf("%s: nobody marked %s", rule, hash)
			}
			if isRight {
				right++
			}
		}
		percent := int(math.Round(100 * float64(right) / float64(len(hashes))))
		require.Contains(t, statedPrecisions(t, name), [3]int{right, len(hashes), percent}, rule)
		for _, f := range found[rule] {
			require.Equal(t, percent, f.precision, rule)
			require.True(t, percent >= 85 || f.severity == field.Hint, rule)
		}
	}
}
