package quality_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
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
			if testing.Verbose() && !theirs[r] && strings.HasPrefix(r.kind, os.Getenv("KIND")) && os.Getenv("KIND") != "" {
				t.Logf("+ %s %d %s: %s", p.name, r.line, r.kind, p.stories[r.line-1])
			}
		}
		for r := range theirs {
			at(r.kind).theirs++
			if ours[r] {
				at(r.kind).both++
			} else if r.kind != "uniform.uniform" || os.Getenv("KIND") == "uniform" {
				t.Logf("- %s %d %s: %s", p.name, r.line, r.kind, p.stories[r.line-1])
			}
		}
	}
	for kind, a := range got {
		t.Logf("%-30s AQUSA %3d, ours %3d, both %3d", kind, a.theirs, a.ours, a.both)
	}
	for _, kind := range []string{"minimal.brackets", "minimal.punctuation", "well_formed.no_role"} {
		require.Equal(t, at(kind).theirs, at(kind).both, kind)
	}
	require.GreaterOrEqual(t, float64(at("minimal.indicator_repetition").both),
		0.95*float64(at("minimal.indicator_repetition").theirs))
	require.Zero(t, at("well_formed.no_means").both, "AQUSA is wrong about each of these")
}

func TestConjunctionsAgreesWithPeople(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedStories, "truth", "*.jsonl"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no marked stories in " + sharedStories)
	}
	var found, several, both int
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		lines := bufio.NewScanner(bytes.NewReader(data))
		for lines.Scan() {
			var m struct {
				Text    string   `json:"text"`
				Actions []string `json:"primary_actions"`
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &m))
			is := len(quality.Check(quality.Read(m.Text), quality.Conjunctions)) > 0
			if is {
				found++
			}
			if len(m.Actions) > 1 {
				several++
			}
			if is && len(m.Actions) > 1 {
				both++
			}
			if is != (len(m.Actions) > 1) {
				t.Logf("%v %v %s", is, m.Actions, m.Text)
			}
		}
	}
	t.Logf("precision %d/%d = %.0f %%, recall %d/%d = %.0f %%", both, found, 100*float64(both)/float64(found),
		both, several, 100*float64(both)/float64(several))
}
