package narrative_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/narrative"
)

// Sentences as people type them, in four languages, are read into the parts that a person gave them before they were read:
// text, role, condition, goal and benefit, "\n" for a new line. Without role and goal, it must be no story. The first reading got 9 of
// 289 wrong.
func TestReadsEverydaySentences(t *testing.T) {
	data, err := os.ReadFile("testdata/everyday.tsv")
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, part, 5, line)
		r := narrative.Read(strings.ReplaceAll(part[0], `\n`, "\n"))
		n := r.Narrative()
		got := []string{n.Role, strings.Join(n.Conditions.Slice(), "; "), n.Goal, n.Benefit}
		isNone := part[1] == "" && part[3] == ""
		if isNone && r.IsStory() || !isNone && strings.Join(got, "\t") != strings.Join(part[1:], "\t") {
			t.Errorf("%s\n\tgot  %q\n\twant %q", part[0], got, part[1:])
		}
	}
}
