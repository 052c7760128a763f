package backlog_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/backlogkit/backlogkit/"

// lower lists the top-level packages that each may import; its rooms may import their rooms, too.
var lower = map[string][]string{
	"story":      {},
	"prioritize": {},
	"roadmap":    {"story"},
	"backlog":    {"story", "prioritize", "roadmap"},
}

// declared lists the arrows that the rules of mayImport do not give: those between rooms beside each
// other, and those from a top-level package to a room.
var declared = map[string][]string{
	"backlog":          {"story/quality", "story/gherkin", "prioritize/plan"},
	"backlog/exchange": {"backlog/flow"},
	"backlog/forecast": {"backlog/flow"},
	"backlog/render":   {"backlog/diff", "backlog/flow", "backlog/forecast"},
	"prioritize/plan":  {"prioritize/delay"},
	"story/quality":    {"story/narrative", "story/gherkin"},
}

// vocabulary is what every package but those of prioritize may import, and imports nothing of ours.
const vocabulary = "story/field"

// mayImport reports whether a package of the module may import another. A room may import the packages
// above it, what its top-level package may import, and the rooms of those; a top-level package imports no
// room. What is internal belongs to the package that holds it, and the compiler keeps others out.
func mayImport(from, to string) bool {
	from, _, _ = strings.Cut(from, "/internal")
	to, _, _ = strings.Cut(to, "/internal")
	top, _, isRoom := strings.Cut(from, "/")
	toTop, _, toRoom := strings.Cut(to, "/")
	switch {
	case from == to, slices.Contains(declared[from], to):
		return true
	case from == vocabulary:
		return false
	case to == vocabulary:
		return top != "prioritize"
	case top == toTop:
		return strings.HasPrefix(from, to+"/")
	default:
		return slices.Contains(lower[top], toTop) && (isRoom || !toRoom)
	}
}

// sources returns the files of the four packages and below that are no tests, by package.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	files := make(map[string][]string)
	for top := range lower {
		err := filepath.WalkDir(filepath.Join("..", top), func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
				room := strings.TrimPrefix(path.Dir(filepath.ToSlash(name)), "../")
				files[room] = append(files[room], name)
			}
			return err
		})
		require.NoError(t, err)
	}
	require.Greater(t, len(files), 10, "the walk must have met the packages")
	return files
}

// TestArrows holds the arrows between all packages of the module: none points up, and those between
// rooms beside each other are declared. The examples may import everything.
func TestArrows(t *testing.T) {
	for room, names := range sources(t) {
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			require.NoError(t, err)
			for _, one := range file.Imports {
				imported, err := strconv.Unquote(one.Path.Value)
				require.NoError(t, err)
				if to, ours := strings.CutPrefix(imported, module); ours && !mayImport(room, to) {
					t.Errorf("%s: package %s must not import %s", name, room, to)
				}
			}
		}
	}
}

// The rules of TestArrows, by example.
func TestMayImport(t *testing.T) {
	for arrow, want := range map[[2]string]bool{
		{"backlog", "roadmap"}:                                   true,
		{"backlog/exchange", "story/narrative"}:                  true,
		{"backlog/host/hosttest", "backlog/host"}:                true,
		{"backlog/host/hosttest", "backlog"}:                     true,
		{"backlog/forecast", "backlog/internal/exact"}:           true,
		{"prioritize/plan", "prioritize/internal/closure"}:       true,
		{"prioritize/internal/closure", "prioritize/internal/x"}: true,
		{"roadmap", "story/field"}:                               true,
		{"prioritize", "story/field"}:                            false,
		{"prioritize/plan", "story"}:                             false,
		{"story", "roadmap"}:                                     false,
		{"story", "story/narrative"}:                             false,
		{"story/field", "story"}:                                 false,
		{"story/gherkin", "story/quality"}:                       false,
		{"roadmap", "story/quality"}:                             false,
		{"backlog", "backlog/flow"}:                              false,
		{"backlog/flow", "backlog/forecast"}:                     false,
		{"backlog/host", "backlog/host/hosttest"}:                false,
		{"backlog", "examples/groom"}:                            false,
	} {
		require.Equal(t, want, mayImport(arrow[0], arrow[1]), arrow)
	}
}
