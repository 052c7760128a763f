package quality_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/quality"
)

// sharedStories is where real stories, people's marking of them and AQUSA's reports lie.
const sharedStories = "../../../shared/data/stories"

// project is the stories of one project and what AQUSA reports: line number and kind.
type project struct {
	name    string
	stories []string
	reports []report
}

type report struct {
	line int
	kind string
}

func readProjects(t testing.TB) []project {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedStories, "aqusa", "*.tsv"))
	require.NoError(t, err)
	var all []project
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".tsv")
		text, err := os.ReadFile(filepath.Join(sharedStories, "text", name+".txt"))
		if err != nil {
			continue // reports on stories that are not here
		}
		p := project{name: name, stories: strings.Split(strings.TrimRight(string(text), "\n"), "\n")}
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			number, kind, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if !ok {
				continue
			}
			n, err := strconv.Atoi(number)
			require.NoError(t, err)
			p.reports = append(p.reports, report{n, kind})
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		t.Skip("no stories with AQUSA's reports in " + sharedStories)
	}
	return all
}

// agreement counts the stories that AQUSA, we, and both report for a kind.
type agreement struct{ theirs, ours, both int }

func TestAgreesWithAQUSA(t *testing.T) {
	got := map[string]*agreement{}
	at := func(kind string) *agreement {
		if got[kind] == nil {
			got[kind] = &agreement{}
		}
		return got[kind]
	}
	for _, p := range readProjects(t) {
		ours := map[report]bool{}
		for _, f := range quality.Check(quality.Read(p.stories...)) {
			ours[report{f.Story + 1, f.Rule}] = true
		}
		theirs := map[report]bool{}
		for _, r := range p.reports {
			theirs[r] = true
		}
		for r := range ours {
			at(r.kind).ours++
		}
		for r := range theirs {
			at(r.kind).theirs++
			if ours[r] {
				at(r.kind).both++
			} else if r.kind == "minimal.indicator_repetition" {
				t.Logf("AQUSA alone: %s %d %s: %s", p.name, r.line, r.kind, p.stories[r.line-1])
			}
		}
	}
	for kind, a := range got {
		t.Logf("%-30s AQUSA %3d, ours %3d, both %3d", kind, a.theirs, a.ours, a.both)
	}
	// What the comments of the rules state.
	for kind, want := range map[string]agreement{
		"minimal.brackets": {2, 2, 2}, "minimal.punctuation": {5, 3, 3}, "minimal.indicator_repetition": {49, 74, 48},
		"uniform.uniform": {68, 65, 62}, "unique.identical": {8, 5, 5},
	} {
		require.Equal(t, want, *at(kind), kind)
	}
	for _, kind := range []string{"minimal.brackets", "well_formed.no_role"} {
		require.Equal(t, at(kind).theirs, at(kind).both, kind)
	}
	require.GreaterOrEqual(t, float64(at("minimal.indicator_repetition").both),
		0.95*float64(at("minimal.indicator_repetition").theirs))
	require.Zero(t, at("well_formed.no_means").both, "AQUSA is wrong about each of these")
}

// TestAgreesWithPeople prints the precision and recall that the comments of the rules name.
func TestAgreesWithPeople(t *testing.T) {
	type marked struct {
		Text    string   `json:"text"`
		Role    []string `json:"role"`
		Actions []string `json:"primary_actions"`
		End     []string `json:"end"`
	}
	files, err := filepath.Glob(filepath.Join(sharedStories, "truth", "*.jsonl"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no marked stories in " + sharedStories)
	}
	var stories []marked
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range bytes.Lines(data) {
			var m marked
			require.NoError(t, json.Unmarshal(line, &m))
			stories = append(stories, m)
		}
	}
	comments := map[string]string{"no benefit": "NoBenefit", "conjunctions": "Conjunctions"}
	for name, tt := range map[string]struct {
		rule              quality.Rule
		flawed            func(marked) bool
		precision, recall float64    // at least
		want              [3]float64 // found, flawed, both: as the comment of the rule states
	}{
		"no role":      {quality.NoRole, func(m marked) bool { return len(m.Role) == 0 }, 1, 1, [3]float64{}},
		"no goal":      {quality.NoGoal, func(m marked) bool { return len(m.Actions) == 0 }, 1, 1, [3]float64{}},
		"no benefit":   {quality.NoBenefit, func(m marked) bool { return len(m.End) == 0 }, 0.95, 0.95, [3]float64{87, 84, 84}},
		"conjunctions": {quality.Conjunctions, func(m marked) bool { return len(m.Actions) > 1 }, 0.85, 0.65, [3]float64{23, 32, 22}},
	} {
		var found, flawed, both float64
		var said int // by the findings
		for _, m := range stories {
			findings := quality.Check(quality.Read(m.Text), tt.rule)
			is := len(findings) > 0
			if is {
				said = findings[0].Precision
				found++
			}
			if tt.flawed(m) {
				flawed++
				if is {
					both++
				}
			}
		}
		require.Equal(t, tt.want, [3]float64{found, flawed, both}, name)
		precision, recall := both/max(found, 1), both/max(flawed, 1)
		if found > 0 {
			percent := int(math.Round(100 * precision))
			require.Contains(t, statedPrecisions(t, comments[name]), [3]int{int(both), int(found), percent})
			require.Equal(t, percent, said, name)
		}
		t.Logf("%-12s precision %v/%v = %.1f %%, recall %v/%v = %.1f %%",
			name, both, found, 100*precision, both, flawed, 100*recall)
		if found > 0 {
			require.GreaterOrEqual(t, precision, tt.precision, name)
		}
		if flawed > 0 {
			require.GreaterOrEqual(t, recall, tt.recall, name)
		}
	}
}

// TestRates prints how often each rule speaks: the comments of the rules that nobody's marking
// judges name it.
func TestRates(t *testing.T) {
	rates, n := map[string]int{}, 0
	for _, p := range readProjects(t) {
		n += len(p.stories)
		last := map[string]int{}
		for _, f := range quality.Check(quality.Read(p.stories...)) {
			if at, ok := last[f.Rule]; !ok || at != f.Story {
				rates[f.Rule]++
			}
			last[f.Rule] = f.Story
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(rates)) {
		t.Logf("%-30s %3d of %d stories", rule, rates[rule], n)
	}
	require.Equal(t, 671, n)
	for rule, want := range map[string]int{ // as the comments of the rules state
		"clear.vague": 124, "clear.reference": 0, "clear.dangling": 0, "negotiable.builder": 88, "negotiable.interface": 10,
		"negotiable.solution": 47, "small.long": 13, "unique.similar": 21, "valuable.everybody": 5, "valuable.repeats": 2,
		"well_formed.no_role": 0, "well_formed.no_means": 0, "well_formed.text": 0,
	} {
		require.Equal(t, want, rates[rule], rule)
	}
}

// TestTellsStoriesFromOtherLines reproduces what the comments of NoRole and NoGoal state.
func TestTellsStoriesFromOtherLines(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sharedStories, "not-always-stories.tsv"))
	if err != nil {
		t.Skip("no tracker lines in " + sharedStories)
	}
	var lines, others, noRole, noGoal, wrong int
	for line := range strings.Lines(string(data)) {
		label, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		lines++
		role := len(quality.Check(quality.Read(text), quality.NoRole)) > 0
		goal := len(quality.Check(quality.Read(text), quality.NoGoal)) > 0
		switch {
		case label != "not_story" && role:
			wrong++
		case label == "not_story":
			others++
			if role {
				noRole++
			} else if goal {
				noGoal++
			}
		}
	}
	require.Equal(t, []int{104, 13, 11, 2, 0}, []int{lines, others, noRole, noGoal, wrong})
}
