package quality_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// found is a finding in short: the index of the story, field, severity and the text it is about.
type found struct {
	story    int
	field    string
	severity field.Severity
	text     string
}

func check(t *testing.T, rule quality.Rule, name string, texts ...string) []found {
	t.Helper()
	var all []found
	for _, f := range quality.Check(quality.Read(texts...), rule) {
		require.Equal(t, name, f.Rule)
		require.NotEmpty(t, f.Message)
		require.NotEmpty(t, f.Mend)
		all = append(all, found{f.Story, f.Field, f.Severity, texts[f.Story][f.Start:f.End]})
	}
	return all
}

func TestRulesOfOneStory(t *testing.T) {
	tests := map[string]struct {
		rule quality.Rule
		name string
		text string
		want []found
	}{
		"no role": {
			quality.NoRole, "well_formed.no_role", "I want to pay",
			[]found{{0, "role", field.Defect, ""}},
		},
		"a thing": {
			quality.NoRole, "well_formed.no_role", "As a follow-up to #1, we need tests",
			[]found{{0, "role", field.Defect, "follow-up to #1"}},
		},
		"a role": {quality.NoRole, "", "As a user, I want to pay", nil},
		"no goal": {
			quality.NoGoal, "well_formed.no_means", "As a user",
			[]found{{0, "goal", field.Defect, ""}},
		},
		"needed":  {quality.NoGoal, "", "As a user, I need to pay", nil},
		"liked":   {quality.NoGoal, "", "As a user, I would like to pay", nil},
		"refused": {quality.NoGoal, "", "As a user, I don't want to pay", nil},
		"no benefit": {
			quality.NoBenefit, "well_formed.no_ends",
			"As a user, I want to pay",
			[]found{{0, "benefit", field.Warning, ""}},
		},
		"NUL": {
			quality.BadText, "well_formed.text", "As a user, I want\x00to pay",
			[]found{{0, "text", field.Defect, "\x00"}},
		},
		"brackets": {
			quality.Brackets, "minimal.brackets", "As a user, I want to pay (by card [or cash]), so that {x} I can",
			[]found{{0, "goal", field.Warning, "(by card [or cash])"}, {0, "benefit", field.Warning, "{x}"}},
		},
		"angle brackets": {
			quality.Brackets, "minimal.brackets", "As a user, I want to pay ⟨soon⟩",
			[]found{{0, "goal", field.Warning, "⟨soon⟩"}},
		},
		"open bracket": {
			quality.Brackets, "minimal.brackets", "As a user, I want to pay (by card",
			[]found{{0, "goal", field.Warning, "(by card"}},
		},
		"brackets before the story": {
			quality.Brackets, "",
			"[US-1] (new) As a user, I want to pay",
			nil,
		},
		"brackets behind it": {
			quality.Brackets, "",
			"As a user, I want to pay\n\n- [ ] by card",
			nil,
		},
		"a second sentence": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to pay. By card.",
			[]found{{0, "text", field.Warning, "."}},
		},
		"a colon": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to pay: by card",
			[]found{{0, "goal", field.Warning, ":"}},
		},
		"a semicolon": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to pay; now",
			[]found{{0, "goal", field.Warning, ";"}},
		},
		"a dash": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to pay - by card",
			[]found{{0, "goal", field.Warning, "-"}},
		},
		"an em dash": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to pay—by card",
			[]found{{0, "goal", field.Warning, "—"}},
		},
		"a footnote": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to pay* by card",
			[]found{{0, "goal", field.Warning, "*"}},
		},
		"emphasis": {
			quality.Punctuation, "",
			"**As a** user, **I want** to pay by card",
			nil,
		},
		"e.g.": {
			quality.Punctuation, "",
			"As a user, I want to pay by, e.g. a card",
			nil,
		},
		"etc. within": {
			quality.Punctuation, "",
			"As a user, I want to see cards, etc. in a list",
			nil,
		},
		"etc. at the end": {
			quality.Punctuation, "minimal.punctuation",
			"As a user, I want to see cards, etc. By name.",
			[]found{{0, "text", field.Warning, "."}},
		},
		"a code": {
			quality.Punctuation, "",
			"As a user, I want to pay by 12**** and 3*****",
			nil,
		},
		"the last full stop": {
			quality.Punctuation, "",
			"As a user, I want to log-in to v1.1.",
			nil,
		},
		"so that that": {
			quality.RepeatedMarkers, "minimal.indicator_repetition",
			"As a user, I want X so that that I can Y",
			[]found{{0, "benefit", field.Warning, "so that that"}},
		},
		"two reasons": {
			quality.RepeatedMarkers, "minimal.indicator_repetition",
			"As a user, I want X so that I can Y in order to Z",
			[]found{{0, "benefit", field.Warning, "in order to"}},
		},
		"so that, spoken of": {
			quality.RepeatedMarkers, "",
			`As a user, I want to say "so that" so that it is heard`,
			nil,
		},
		"I can in a clause": {
			quality.RepeatedMarkers, "minimal.indicator_repetition",
			"As a user, I want a page where I can pay",
			[]found{{0, "goal", field.Hint, "I can"}},
		},
		"I can behind so that": {
			quality.RepeatedMarkers, "",
			"As a user, I want X so that I can Y",
			nil,
		},
		"and another action": {
			quality.Conjunctions, "atomic.conjunctions",
			"As a user, I want to see a page and rate it",
			[]found{{0, "goal", field.Hint, "and rate"}},
		},
		"two verbs": {
			quality.Conjunctions, "atomic.conjunctions",
			"As a user, I want to edit and delete ads",
			[]found{{0, "goal", field.Hint, "and delete"}},
		},
		"three verbs": {
			quality.Conjunctions, "atomic.conjunctions",
			"As a user, I want to create, edit and delete ads",
			[]found{{0, "goal", field.Hint, "create, edit"}, {0, "goal", field.Hint, "and delete"}},
		},
		"four verbs": {
			quality.Conjunctions, "atomic.conjunctions",
			"As a user, I want to create, copy, edit, and delete ads",
			[]found{{0, "goal", field.Hint, "create, copy"}, {0, "goal", field.Hint, "edit"}, {0, "goal", field.Hint, "and delete"}},
		},
		"verbs with a slash": {
			quality.Conjunctions, "atomic.conjunctions",
			"As a user, I want to copy/paste ads",
			[]found{{0, "goal", field.Hint, "copy/paste"}},
		},
		"a list of things": {
			quality.Conjunctions, "",
			"As a user, I want to see names and addresses",
			nil,
		},
		"things that are wanted": {
			quality.Conjunctions, "",
			"As a user, I want dots and the stars",
			nil,
		},
		"vague": {
			quality.Vague, "clear.vague",
			"As a user, I want an EASY way, so that all is user-friendly",
			[]found{{0, "goal", field.Hint, "EASY"}, {0, "benefit", field.Hint, "user-friendly"}},
		},
		"vague phrase": {
			quality.Vague, "clear.vague",
			"As a user, I want to pay as soon as possible",
			[]found{{0, "goal", field.Hint, "as soon as possible"}},
		},
		"it": {
			quality.Reference, "clear.reference",
			"As a user, I want it",
			[]found{{0, "goal", field.Hint, "it"}},
		},
		"see this": {
			quality.Reference, "clear.reference",
			"As a user, I want to see this",
			[]found{{0, "goal", field.Hint, "this"}},
		},
		"it, said before": {
			quality.Reference, "",
			"As a user, I want to rate a page and share it",
			nil,
		},
		"dangling and": {
			quality.Dangling, "clear.dangling",
			"As a user, I want to pay and, so that I can eat or",
			[]found{{0, "goal", field.Warning, "and"}, {0, "benefit", field.Warning, "or"}},
		},
		"builder": {
			quality.Builder, "negotiable.builder",
			"As a senior Developer, I want a build",
			[]found{{0, "role", field.Hint, "Developer"}},
		},
		"solution": {
			quality.Solution, "negotiable.solution",
			"As a user, I want a drop down of a REST API",
			[]found{{0, "goal", field.Hint, "REST API"}},
		},
		"long": {
			quality.LongerThan(7), "small.long",
			"As a user, I want to pay today",
			[]found{{0, "text", field.Hint, "As a user, I want to pay today"}},
		},
		"as long as may be": {quality.LongerThan(8), "", "As a user, I want to pay today", nil},
		"forty words are not long": {
			quality.Long, "",
			"As a user, I want " + strings.Repeat("x ", 35),
			nil,
		},
		"forty-one words are": {
			quality.Long, "small.long",
			"As a user, I want" + strings.Repeat(" x", 36),
			[]found{{0, "text", field.Hint, "As a user, I want" + strings.Repeat(" x", 36)}},
		},
		"the end of the text counts": {quality.Dangling, "", "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tt.want, check(t, tt.rule, tt.name, tt.text))
		})
	}
}

// A rule about one story must not mind what else is in the set.
func TestRulesOfOneStoryIgnoreTheSet(t *testing.T) {
	texts := []string{
		"As a user, I want to edit and delete it (all), so that that works - or so", "As a developer", "",
		"Fix it", "As a user, I need a REST API and, easily", "\x00\xff",
	}
	alone := []quality.Rule{
		quality.NoRole, quality.NoGoal, quality.BadText, quality.NoBenefit, quality.Brackets, quality.Punctuation,
		quality.RepeatedMarkers, quality.Dangling, quality.Conjunctions, quality.Vague, quality.Reference,
		quality.Builder, quality.Solution, quality.Long, quality.RepeatedGoal, quality.Interface,
	}
	require.Len(t, quality.Rules(), len(alone)+4, "the others compare stories")
	var want []quality.Finding
	for i, text := range texts {
		for _, f := range quality.Check(quality.Read(text), alone...) {
			f.Story = i
			want = append(want, f)
		}
	}
	require.Equal(t, want, quality.Check(quality.Read(texts...), alone...))
}

func TestCheckOrder(t *testing.T) {
	texts := []string{"As a user, I want it (all)", "it"}
	names := func(rules ...quality.Rule) []string {
		var all []string
		for _, f := range quality.Check(quality.Read(texts...), rules...) {
			all = append(all, f.Rule)
		}
		return all
	}
	require.Equal(t, []string{"minimal.brackets", "well_formed.no_ends", "well_formed.no_ends"},
		names(quality.Brackets, quality.NoBenefit))
	require.Equal(t, []string{"well_formed.no_ends", "minimal.brackets", "well_formed.no_ends"},
		names(quality.NoBenefit, quality.Brackets))
}

func TestNoWordsNoFindings(t *testing.T) {
	set := quality.Read("As a developer, I want to edit and delete it easily with SQL or, so that that we can and I can")
	set.Words = map[story.Language]quality.Words{story.English: {}}
	for _, rule := range []quality.Rule{
		quality.Conjunctions, quality.Vague, quality.Reference, quality.Dangling, quality.Builder, quality.Solution,
	} {
		require.Empty(t, quality.Check(set, rule))
	}
}

func TestFindingJSON(t *testing.T) {
	want := quality.Check(quality.Read("As a user, I want it (all)"))
	data, err := json.Marshal(want)
	require.NoError(t, err)
	require.Contains(t, string(data), `"severity":"warning"`)
	var got []quality.Finding
	require.NoError(t, json.Unmarshal(data, &got))
	require.Equal(t, want, got)

	require.Error(t, json.Unmarshal([]byte(`[{"severity":"awful"}]`), &got))
	_, err = json.Marshal(quality.Finding{Severity: 9})
	require.Error(t, err)
}

func TestEnglishIsACopy(t *testing.T) {
	words := quality.WordsOf(story.English)
	words.Vague[0] = "changed"
	require.NotEqual(t, "changed", quality.WordsOf(story.English).Vague[0])
}

// What a host does with a rule of its own.
func TestEach(t *testing.T) {
	rule := quality.Each(func(r narrative.Reading, _ quality.Words) []quality.Finding {
		if r.Role.Text != "user" {
			return nil
		}
		return []quality.Finding{{
			Rule: "ours.user", Severity: field.Hint, Field: "role", Start: r.Role.Start, End: r.Role.End,
			Message: "who is that?", Mend: "name the group",
		}}
	})
	require.Equal(t, []found{{1, "role", field.Hint, "user"}},
		check(t, rule, "ours.user", "As an owner, I want X", "As a user, I want Y"))
}
