package exchange_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

var update = flag.Bool("update", false, "write the texts of testdata anew")

// What is read of a file of each format, what an import of it reports, and how it is written in each format.
func TestSamples(t *testing.T) {
	var text strings.Builder
	put := func(heading string, value any) {
		content, err := json.MarshalIndent(value, "", " ")
		require.NoError(t, err)
		fmt.Fprintf(&text, "=== %s ===\n%s\n", heading, content)
	}
	files := samples(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.Contains(name, ".") {
			continue // of a folder that is not everywhere
		}
		doc := read(t, files[name], exchange.Options{})
		put(name, doc)
		put(name+": mapping", doc.Mapping())
		_, report, err := doc.Import(newBacklog(t).View(), doc.Mapping())
		require.NoError(t, err)
		put(name+": import", report)
		fmt.Fprintf(&text, "%s\n", report)
		for _, format := range exchange.Targets() {
			var out strings.Builder
			losses, err := doc.Write(&out, format)
			require.NoError(t, err)
			put(fmt.Sprintf("%s: lost in %s", name, format), losses)
			text.WriteString(out.String())
		}
	}
	const file = "testdata/samples.txt"
	got := strings.ReplaceAll(text.String(), "\r\n", "\n")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
	}
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	want := strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n")
	lines, heading := strings.Split(got, "\n"), ""
	for i, line := range lines {
		if strings.HasPrefix(line, "=== ") {
			heading = line
		}
		require.Equal(t, want[min(i, len(want)-1)], line, "%s line %d", heading, i+1)
	}
	require.Len(t, lines, len(want))
}
