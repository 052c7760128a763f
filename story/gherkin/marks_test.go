package gherkin_test

import (
	"bytes"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// testdata/marked.txt holds feature files of public repositories, kept back while the checks were made, without their words: each word
// stands there as five letters that are a hash of it. The test writes the words back that the checks know, the others stay as they
// are, so that the checks find what they find in the files themselves. testdata/marks.tsv says of each flaw, by file and line, whether
// who read the files found it right: whether a careful reader of scenarios would ask for a change there.
//
// The files kept-* are for all checks; but what no-duplicate-steps finds in them is marked as "known" and does not count, since it was
// mended on them. For it are the files again-*: those with such flaws among 836 that were looked at afterwards.

// readMarks reads testdata/marks.tsv, by check and then by "file:line".
func readMarks(t *testing.T) map[string]map[string]string {
	t.Helper()
	marks := map[string]map[string]string{}
	for line := range strings.Lines(read(t, "testdata/marks.tsv")) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, part, 3, line)
		require.Contains(t, []string{"right", "wrong", "known"}, part[2])
		if marks[part[0]] == nil {
			marks[part[0]] = map[string]string{}
		}
		require.NotContains(t, marks[part[0]], part[1])
		marks[part[0]][part[1]] = part[2]
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

// TestStatedPrecision runs the checks on the marked files and compares what they find, what the comment of Checks states, and what
// flaws say, with the marks.
func TestStatedPrecision(t *testing.T) {
	marks, stated := readMarks(t), stated(t)
	require.Len(t, stated, len(marks))
	found, count := map[string]map[string]string{}, map[string]map[string]int{}
	for _, c := range gherkin.Checks(gherkin.Limits{}) {
		count[c.Name] = map[string]int{}
		if marks[c.Name] != nil {
			found[c.Name] = map[string]string{}
		}
	}
	for name, text := range markedFiles(t) {
		d, err := gherkin.Parse(text)
		require.NoError(t, err, name)
		for check, lines := range flawedLines(name, d, text) {
			for _, line := range lines {
				at := fmt.Sprintf("%s:%d", name, line)
				mark, known := marks[check][at]
				require.True(t, known, "%s finds a flaw in %s that is not marked", check, at)
				found[check][at] = mark
				count[check][mark]++
			}
		}
	}
	for check, at := range marks {
		for line := range at {
			require.Contains(t, found[check], line, "%s finds no flaw there", check)
		}
	}
	for _, c := range gherkin.Checks(gherkin.Limits{}) {
		right := count[c.Name]["right"]
		if n := right + count[c.Name]["wrong"]; n > 0 {
			percent := int(math.Round(100 * float64(right) / float64(n)))
			require.Equal(t, [3]int{right, n, percent}, stated[c.Name], c.Name)
			require.Equal(t, percent, c.Precision, c.Name)
		} else {
			require.Zero(t, c.Precision, c.Name)
		}
	}
}

// flawedLines are the lines with flaws of the marked checks, by check; of the same words in a file the first.
func flawedLines(file string, d gherkin.Document, text string) map[string][]int {
	lines := strings.Split(text, "\n")
	found, said := map[string][]int{}, map[string]bool{}
	for _, f := range d.Check(gherkin.Checks(gherkin.Limits{})...) {
		if strings.HasPrefix(file, "again-") && f.Rule != "no-duplicate-steps" {
			continue
		}
		switch f.Rule {
		case "no-interface-steps":
			_, words, _ := strings.Cut(strings.TrimSpace(lines[f.Line-1]), " ")
			if said[words] {
				continue
			}
			said[words] = true
		case "avoid-scripting", "no-duplicate-steps":
		default:
			continue
		}
		found[f.Rule] = append(found[f.Rule], f.Line)
	}
	return found
}

// markedFiles are the files of testdata/marked.txt by name, with the words that the checks know written back.
func markedFiles(t *testing.T) map[string]string {
	t.Helper()
	words := map[string]string{}
	for _, word := range gherkin.KnownWords() {
		words[hashed(word)] = word
	}
	files := map[string]string{}
	for file := range strings.SplitSeq(read(t, "testdata/marked.txt"), "#### ") {
		if name, text, ok := strings.Cut(file, "\n"); ok {
			files[name] = letters.ReplaceAllStringFunc(text, func(code string) string {
				word, known := words[strings.ToLower(code)]
				if !known {
					return code
				}
				return inCaseOf(code, word)
			})
		}
	}
	return files
}

var (
	letters = regexp.MustCompile(`\pL+`)
	joined  = regexp.MustCompile(`\pL+(?:['’-]\pL+)*|\d+`)
	keyword = regexp.MustCompile(`^\s*(?:"""|` + "```" + `|(?:Feature|Background|Rule|Scenarios?|Scenario Outline|Scenario Template|Examples?):|(?:Given|When|Then|And|But|\*) )`)
	rowOf   = regexp.MustCompile(`^\s*\|`)
)

// inCaseOf is a word of small letters with a capital if the other one begins with one, in capitals if it has more or is one letter.
func inCaseOf(other, word string) string {
	switch first, size := utf8.DecodeRuneInString(other); {
	case strings.ToLower(other[size:]) != other[size:], len(other) == size && unicode.IsUpper(first):
		return strings.ToUpper(word)
	case unicode.IsUpper(first):
		return strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}

// hidden is a line of a feature file without what it says: words as five letters, numbers as others, no tables, texts or comments.
func hidden(line string, known []string) string {
	if rowOf.MatchString(line) {
		return rowOf.FindString(line) + " |"
	}
	head := keyword.FindString(line)
	if head == "" {
		return ""
	}
	return strings.TrimRight(head+joined.ReplaceAllStringFunc(line[len(head):], func(word string) string {
		if slices.Contains(known, strings.ToLower(strings.ReplaceAll(word, "’", "'"))) {
			return inCaseOf(word, hashed(word))
		}
		if word[0] <= '9' {
			return strconv.Itoa(int(hashed(word)[0]))
		}
		return letters.ReplaceAllStringFunc(word, func(word string) string { return inCaseOf(word, hashed(word)) })
	}), " ")
}

// hashed is a word in small letters as five letters.
func hashed(word string) string {
	word = strings.ToLower(word)
	h := fnv.New64a()
	h.Write([]byte(strings.ReplaceAll(word, "’", "'")))
	sum := h.Sum64()
	code := make([]byte, 5)
	for i := range code {
		code[i] = byte('a' + sum%26)
		sum /= 26
	}
	return string(code)
}

var mark = flag.String("features", "", "the `folder` of feature files to write testdata/marked.txt from")

// TestMark, run with -args -features FOLDER, writes testdata/marked.txt from the English ones of the files *.feature in the folder and prints each flaw
// of the marked checks with its text, to be marked in testdata/marks.tsv.
func TestMark(t *testing.T) {
	if *mark == "" {
		t.Skip("no -features")
	}
	files, err := filepath.Glob(filepath.Join(*mark, "*.feature"))
	require.NoError(t, err)
	files = slices.DeleteFunc(files, func(file string) bool {
		_, err := gherkin.Parse(read(t, file))
		return err != nil || strings.HasPrefix(filepath.Base(file), "tune-") || strings.Contains(read(t, file), "language:")
	})
	known := gherkin.KnownWords()
	var out bytes.Buffer
	for _, file := range files {
		text := read(t, file)
		d, err := gherkin.Parse(text)
		require.NoError(t, err, file)
		name := strings.TrimSuffix(filepath.Base(file), ".feature")
		fmt.Fprintf(&out, "#### %s\n", name)
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for _, line := range lines {
			fmt.Fprintln(&out, hidden(line, known))
		}
		for check, found := range flawedLines(name, d, text) {
			for _, line := range found {
				fmt.Printf("%s\t%s:%d\t%s\n", check, name, line, strings.TrimSpace(lines[line-1]))
			}
		}
	}
	require.NoError(t, os.WriteFile("testdata/marked.txt", out.Bytes(), 0o600))
	markedLikeFiles(t, files)
}

// markedLikeFiles fails if the checks find something else in testdata/marked.txt than in the files.
func markedLikeFiles(t *testing.T, files []string) {
	t.Helper()
	marked := markedFiles(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".feature")
		text, of := read(t, file), marked[name]
		d, err := gherkin.Parse(text)
		require.NoError(t, err, file)
		other, err := gherkin.Parse(of)
		require.NoError(t, err, file)
		require.Equal(t, flawedLines(name, d, text), flawedLines(name, other, of), file)
	}
}
