package narrative_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/narrative"
)

// sharedStories is where real stories and people's marking of them lie; they are measured against,
// not part of the project.
const sharedStories = "../../../shared/data/stories"

// marked is one story as people marked it.
type marked struct {
	ID             string   `json:"id"`
	Text           string   `json:"text"`
	Role           []string `json:"role"`
	End            []string `json:"end"`
	EndSpan        [][2]int `json:"end_span"`
	PrimaryActions []string `json:"primary_actions"`
}

// marks are what a reading got right of a marked story.
type marks struct{ role, goal, benefit bool }

func TestReadAgreesWithPeople(t *testing.T) {
	all := readMarked(t)
	strip := strings.NewReplacer(",", "", ".", "")
	for name, change := range map[string]func(string) string{
		"as written":              func(s string) string { return s },
		"no commas or full stops": strip.Replace,
	} {
		t.Run(name, func(t *testing.T) {
			var roles, whole int
			for _, m := range all {
				got := judge(m, change)
				if got.role {
					roles++
				}
				if got.role && got.goal && got.benefit {
					whole++
				} else {
					t.Logf("%s %+v: %s\n\t%+v", m.ID, got, m.Text, narrative.Read(change(m.Text)).Narrative())
				}
			}
			n := float64(len(all))
			t.Logf("role %.2f %%, all three parts %.2f %% of %d", 100*float64(roles)/n, 100*float64(whole)/n, len(all))
			require.GreaterOrEqual(t, float64(whole)/n, map[string]float64{
				"as written": 0.990, "no commas or full stops": 0.988,
			}[name])
			require.LessOrEqual(t, float64(whole)/n, 0.995, "fitted to the annotators' slips")
			if name == "as written" {
				require.GreaterOrEqual(t, float64(roles)/n, 0.992)
			}
		})
	}
}

func judge(m marked, change func(string) string) marks {
	r := narrative.Read(change(m.Text))
	norm := func(s string) string { return bare(change(s)) }
	var role, end string
	if len(m.Role) > 0 {
		role = m.Role[0]
	}
	if len(m.EndSpan) > 0 {
		lo, hi := len(m.Text), 0
		runes := []rune(m.Text)
		for _, s := range m.EndSpan {
			lo, hi = min(lo, s[0]), max(hi, s[1])
		}
		end = string(runes[min(lo, len(runes)):min(hi, len(runes))])
	}
	got := marks{role: bare(r.Role.Text) == norm(role), benefit: bare(r.Benefit.Text) == norm(end), goal: true}
	for _, a := range m.PrimaryActions {
		got.goal = got.goal && strings.Contains(squeezed(r.Goal.Marker+" "+r.Goal.Text), squeezed(change(a)))
	}
	return got
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// bare is a benefit or role without its marker and the punctuation around it.
func bare(s string) string {
	cut := func(s string) string {
		return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
	}
	s = cut(squeezed(s))
	for _, marker := range []string{"so that ", "that ", "in order to ", "to "} {
		s = cut(strings.TrimPrefix(s, marker))
	}
	return s
}

func readMarked(t *testing.T) []marked {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedStories, "truth", "*.jsonl"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no marked stories in " + sharedStories)
	}
	var all []marked
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		lines := bufio.NewScanner(bytes.NewReader(data))
		for lines.Scan() {
			var m marked
			require.NoError(t, json.Unmarshal(lines.Bytes(), &m))
			all = append(all, m)
		}
	}
	return all
}

func TestReadTellsStoriesFromOtherLines(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sharedStories, "not-always-stories.tsv"))
	if err != nil {
		t.Skip("no tracker lines in " + sharedStories)
	}
	var taken, parsed, stories int
	for line := range strings.Lines(string(data)) {
		label, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		is := narrative.Read(text).IsStory()
		switch {
		case label == "not_story" && is:
			taken++
			t.Logf("taken: %s", text)
		case label != "not_story":
			stories++
			if is {
				parsed++
			} else {
				t.Logf("missed: %s", text)
			}
		}
	}
	t.Logf("taken %d; parsed %d of %d = %.1f %%", taken, parsed, stories, 100*float64(parsed)/float64(stories))
	require.LessOrEqual(t, taken, 1)
	require.GreaterOrEqual(t, float64(parsed)/float64(stories), 0.85)
}
