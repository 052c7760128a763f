package backlog_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../"

// examplesOf returns the names of the Examples of a package of the module and the lines of their files.
func examplesOf(t *testing.T, folder string) (names, lines map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files, folder)
	names, lines = map[string]bool{}, map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(text)) {
			lines[strings.TrimSpace(line)] = true
		}
		for _, match := range regexp.MustCompile(`(?m)^func (Example\w*)\(\)`).FindAllStringSubmatch(string(text), -1) {
			names[match[1]] = true
		}
	}
	return names, lines
}

// What the README points to is there, and the code in it is that of Examples, which run.
func TestReadme(t *testing.T) {
	t.Parallel()

	data, err := os.ReadFile(root + "README.md")
	require.NoError(t, err)
	readme := string(data)

	index := regexp.MustCompile("`([a-z/]+)\\.(Example\\w*)`").FindAllStringSubmatch(readme, -1)
	require.NotEmpty(t, index)
	for _, entry := range index {
		names, _ := examplesOf(t, entry[1])
		require.True(t, names[entry[2]], "%s has no %s", entry[1], entry[2])
	}

	_, known := examplesOf(t, "backlog/host")
	_, ranking := examplesOf(t, "prioritize")
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(readme, -1)
	require.Len(t, blocks, 5)
	_, service := examplesOf(t, "examples/service/store")
	_, cluster := examplesOf(t, "examples/cluster/natslog")
	page, err := os.ReadFile(root + "examples/playground/wasm/main.go")
	require.NoError(t, err)
	for _, block := range blocks {
		for line := range strings.Lines(block[1]) {
			line = strings.TrimSpace(line)
			require.True(t, known[line] || ranking[line] || service[line] || cluster[line] || strings.Contains(string(page), line+"\n"), "no Example has the line %s", line)
		}
	}

	printed, err := os.ReadFile(root + "examples/experiment/testdata/sample.txt")
	require.NoError(t, err)
	quoted := regexp.MustCompile("(?s)```\n(Items that move.*?)```").FindStringSubmatch(readme)
	require.NotNil(t, quoted)
	require.Contains(t, string(printed), quoted[1])

	for _, match := range regexp.MustCompile(`\]\(([^)#: ]+)\)`).FindAllStringSubmatch(readme, -1) {
		require.FileExists(t, root+match[1])
	}
}
