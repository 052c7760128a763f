package gherkin_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

var marked = flag.String("features", "../../../shared/data/gherkin/marked", "the `folder` of the feature files whose flaws are marked")

// sampled is how many flaws of a check are marked at most: those with the lowest hashes.
const sampled = 120

// readMarks reads testdata/marks.tsv: check, the hash of check and flawed text, and whether the flaw, read by a person, is right:
// whether a careful reader of scenarios would ask for a change there. The texts themselves are not in it.
func readMarks(t *testing.T) map[string]map[string]bool {
	t.Helper()
	marks := map[string]map[string]bool{}
	for line := range strings.Lines(read(t, "testdata/marks.tsv")) {
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

// stated are the figures "avoid-scripting 51/53 = 96 %" in the comment of Checks.
func stated(t *testing.T) map[string][3]int {
	t.Helper()
	figures := map[string][3]int{}
	for _, m := range regexp.MustCompile(`([a-z-]+) (\d+)/(\d+) = (\d+) %`).FindAllStringSubmatch(read(t, "checks.go"), -1) {
		var f [3]int
		for i := range f {
			var err error
			f[i], err = strconv.Atoi(m[i+2])
			require.NoError(t, err)
		}
		figures[m[1]] = f
	}
	return figures
}

// TestStatedPrecision compares what the comment of Checks states, and what flaws say, with the marks; below 85 % a check must not be
// more than a hint.
func TestStatedPrecision(t *testing.T) {
	marks, stated := readMarks(t), stated(t)
	require.Len(t, stated, len(marks))
	for _, c := range gherkin.Checks(gherkin.Limits{}) {
		right := 0
		for _, isRight := range marks[c.Name] {
			if isRight {
				right++
			}
		}
		if n := len(marks[c.Name]); n > 0 {
			percent := int(math.Round(100 * float64(right) / float64(n)))
			require.Equal(t, [3]int{right, n, percent}, stated[c.Name], c.Name)
			require.Equal(t, percent, c.Precision, c.Name)
		} else {
			require.Zero(t, c.Precision, c.Name)
		}
	}
}

// The marked flaws are those of the files kept-*.feature, from public repositories, that were found by searches for scenarios of 20
// kinds of product, and not looked at while the checks were mended on the files tune-*.feature. Files found by a search for words of the
// interface (".ui.") or of waiting (".dup.") are left out for the check of that. Each text counts once; of more than 120, those with the
// lowest hashes. The test is run with -args -features <folder>.
func TestMarksAreOfTheFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(*marked, "kept-*.feature"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no marked feature files in " + *marked)
	}
	marks := readMarks(t)
	found := map[string][]string{}
	for _, file := range files {
		text := read(t, file)
		d, err := gherkin.Parser{Dialects: officialDialects(t)}.Parse(text)
		require.NoError(t, err, file)
		for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
			leftOut := map[string]string{"no-interface-steps": ".ui.", "no-duplicate-steps": ".dup.", "avoid-scripting": "-"}[f.Rule]
			if leftOut == "" || leftOut != "-" && strings.Contains(file, leftOut) {
				continue
			}
			flawed := flawedText(strings.Split(text, "\n"), f)
			hash := fmt.Sprintf("%x", sha256.Sum256([]byte(f.Rule+"\n"+flawed)))[:8]
			if !slices.Contains(found[f.Rule], hash) {
				found[f.Rule] = append(found[f.Rule], hash)
				if _, ok := marks[f.Rule][hash]; !ok {
					t.Logf("%s\t%s\t%s", f.Rule, hash, strings.ReplaceAll(flawed, "\n", " /"))
				}
			}
		}
	}
	for check, hashes := range found {
		slices.Sort(hashes)
		hashes = hashes[:min(len(hashes), sampled)]
		require.Len(t, marks[check], len(hashes), check)
		for _, hash := range hashes {
			require.Contains(t, marks[check], hash, check)
		}
	}
}

// flawedText is the step without its keyword that a flaw is about, or all the steps of its scenario.
func flawedText(lines []string, f gherkin.Flaw) string {
	from, to := f.Line-1, f.Line
	if f.Rule == "no-interface-steps" {
		_, text, _ := strings.Cut(strings.TrimSpace(lines[from]), " ")
		return text
	}
	const indent = "    "
	for strings.HasPrefix(lines[from-1], indent) {
		from--
	}
	for to < len(lines) && strings.HasPrefix(lines[to], indent) {
		to++
	}
	return strings.Join(lines[from:to], "\n")
}
