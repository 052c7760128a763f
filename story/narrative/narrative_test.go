package narrative_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// nar is a narrative in short.
func nar(role, goal, benefit string, conditions ...string) story.Narrative {
	return story.Narrative{Role: role, Goal: goal, Benefit: benefit, Conditions: story.ConditionsOf(conditions...)}
}

func TestParse(t *testing.T) {
	login := nar("user", "to log in", "I can pay")
	tests := map[string]struct {
		text string
		want story.Narrative
	}{
		"the sentence":            {"As a user, I want to log in, so that I can pay.", login},
		"no commas":               {"As a user I want to log in so that I can pay", login},
		"any case":                {"AS A user, i WANT TO log in, SO THAT I can pay", login},
		"three lines":             {"As a user\nI want to log in\nSo that I can pay", login},
		"labels":                  {"As a: user\nI want to: log in\nSo that: I can pay", login},
		"a template filled in":    {"As a <user>, I want to <log in>, so that <I can pay>", login},
		"emphasis":                {"**As a** user, **I want to** log in **so that** I can pay", login},
		"emphasised parts":        {"As a **user**, I want to *log in*, so that _I can pay_", login},
		"a template with its to":  {"As a <user>, I want <to log in>, so that [I can pay]", login},
		"in quotes":               {"\"As a user, I want to log in so that I can pay.\"", login},
		"in single quotes":        {"'As a user, I want to log in so that I can pay.'", login},
		"in curly quotes":         {"“As a user, I want to log in so that I can pay.”", login},
		"in single curly quotes":  {"‘As a user, I want to log in so that I can pay’", login},
		"in guillemets":           {"«As a user, I want to log in so that I can pay»", login},
		"no space after commas":   {"As a user,I want to log in,so that I can pay", login},
		"nor after semicolons":    {"As a user;I want to log in;so that I can pay", login},
		"dashes":                  {"As a user — I want to log in — so that I can pay", login},
		"so that that":            {"As a user, I want to log in, so that that I can pay", login},
		"so that so that":         {"As a user, I want to log in, so that so that I can pay", login},
		"so":                      {"As a user, I want to log in so I can pay", login},
		"so with a comma":         {"As a user, I want to log in, so I can pay", login},
		"in order to":             {"As a user, I want to log in in order to pay", login},
		"so as to":                {"As a user, I want to log in so as to pay", login},
		"a full stop before":      {"As a user, I want to log in. So that I can pay.", login},
		"benefit first":           {"In order to pay, as a user, I want to log in", login},
		"benefit first, no comma": {"In order to pay as a user I want to log in", login},
		"so that first":           {"So that I can pay, as a user I want to log in", login},
		"benefit in the middle":   {"As a user, in order to pay, I want to log in", login},
		"so in the middle":        {"As a user, so I can pay, I want to log in", login},
		"in brackets":             {"(As a user), I want to log in so that I can pay", login},
		"a(n)":                    {"As a(n) user, I want to log in so that I can pay", login},
		"bullet and id":           {"- [ ] US-12: As a user, I want to log in so that I can pay", login},
		"group tag":               {"#G02# As a user, I want to log in so that I can pay", login},
		"number":                  {"12) As a user, I want to log in so that I can pay", login},
		"quoted line":             {"> As a user, I want to log in so that I can pay", login},
		"title":                   {"User login: As a user, I want to log in so that I can pay", login},
		"a list after it":         {"As a user, I want to log in so that I can pay\n\n- with a card", login},
		"a second sentence":       {"As a user, I want to log in so that I can pay. See the mock-up.", login},
		"marks inside": {
			"As a **registered** user, I want to `log in` to [the site], so that _I_ can pay by {card} or <cash>",
			nar("registered user", "to log in to the site", "I can pay by card or cash"),
		},
		"marks that are none": {
			"As a user, I want 2 * 3 * 4, a_b_c, a[0] and [a link](to)", nar("user", "2 * 3 * 4, a_b_c, a[0] and [a link](to)", ""),
		},
		"a quoted marker":        {`As a user, I want to say "so that" so that I can pay`, nar("user", `to say "so that"`, "I can pay")},
		"a marker in a quote":    {`As a user, I want to type "so that I can", so that I can pay`, nar("user", `to type "so that I can"`, "I can pay")},
		"a marker in single":     {`As a user, I want 'so that' so that I can pay`, nar("user", `'so that'`, "I can pay")},
		"inches before a marker": {`As a user, I want 5" so that I can pay "it"`, nar("user", `5"`, `I can pay "it"`)},
		"a sentence that is why": {"As a user, I want to log in. This is so that I can pay.", login},
		"a sentence of so":       {"As a user, I want to log in. So I can pay.", login},
		"of in order to":         {"As a user, I want to log in. In order to pay.", login},
		"of because":             {"As a user, I want to log in. Because I pay.", nar("user", "to log in", "because I pay")},
		"a benefit in the goal":  {"As a user, I want, so that I can pay, to log in", login},
		"braces":                 {"As a {{user}}, I want {{to log in}}, so that {{I can pay}}", login},
		"single quotes around":   {"As a 'user', I want 'to log in', so that 'I can pay'", login},
		"guillemets around":      {"As a «user», I want «to log in» so that «I can pay»", login},
		"round brackets around":  {"As a (user), I want (to log in) so that (I can pay)", login},
		"struck through":         {"As a ~~user~~ buyer, I want a key", nar("user buyer", "a key", "")},
		"backticks":              {"`As a user, I want to log in so that I can pay`", login},
		"a marker in curly":      {"As a user, I want to say “so that” so that I can pay", nar("user", "to say “so that”", "I can pay")},
		"a marker in backticks":  {"As a user, I want to say `so that` so that I can pay", nar("user", `to say "so that"`, "I can pay")},
		"a semicolon before":     {"As a user, I want to log in; so that I can pay.", login},
		"a dash before":          {"As a user, I want to log in – so that I can pay.", login},
		"an abbreviation before": {"As a user, I want to see Dr. So that I can pay", nar("user", "to see Dr", "I can pay")},
		"a row of a table":       {"US-1,As a user,I want to log in,so that I can pay", login},
		"a quoted row":           {`"1","As a user, I want to log in, so that I can pay"`, login},
		"because":                {"As a user, I want to log in because I pay", nar("user", "to log in", "because I pay")},
		"since":                  {"As a user, I want to log in since I pay", nar("user", "to log in", "since I pay")},
		"since a year":           {"As a user, I want all data since 2007", nar("user", "all data since 2007", "")},
		"in order for": {
			"As a user, I want a page in order for guests to pay",
			nar("user", "a page", "in order for guests to pay"),
		},
		"several so that": {
			"As a user, I want X, so that I can Y, so that I can Z",
			nar("user", "X", "I can Y, so that I can Z"),
		},
		"so of two kinds": {
			"As an admin, I want a form so parents can write, so that I can learn",
			nar("admin", "a form so parents can write", "I can learn"),
		},
		"a quote in it":  {`As a user, I want "this" and "that"`, nar("user", `"this" and "that"`, "")},
		"inches":         {`As a user, I want a screen of 5"`, nar("user", `a screen of 5"`, "")},
		"a possessive":   {"As a user, I want my friends'", nar("user", "my friends'", "")},
		"an arrow":       {"As a user, I want a->", nar("user", "a->", "")},
		"a number in it": {"As a user, I want 1,000 of a,b and c", nar("user", "1,000 of a,b and c", "")},
		"such that":      {"As a user, I want it such that it works", nar("user", "it such that it works", "")},
		"do so":          {"As a user, I want to do so my way", nar("user", "to do so my way", "")},
		"so on":          {"As a user, I want stars, dots and so on", nar("user", "stars, dots and so on", "")},
		"so that-less":   {"As a user, I want it to be so fast that I smile", nar("user", "it to be so fast that I smile", "")},
		"an":             {"As an owner, I want a key", nar("owner", "a key", "")},
		"the":            {"As the owner, I want a key", nar("owner", "a key", "")},
		"no article":     {"As admin, I want a key", nar("admin", "a key", "")},
		"plural":         {"As users, we want a key", nar("users", "a key", "")},
		"need":           {"As a user, I need a key", nar("user", "a key", "")},
		"need to":        {"As a user, I need to be told", nar("user", "to be told", "")},
		"would like":     {"As a user, I would like a key", nar("user", "a key", "")},
		"'d like":        {"As a user, I'd like to see", nar("user", "to see", "")},
		"’d like":        {"As a user, I’d like to see", nar("user", "to see", "")},
		"no subject":     {"As a user, would like a key", nar("user", "a key", "")},
		"can":            {"As a user, I can pay", nar("user", "to be able to pay", "")},
		"am able to":     {"As a user, I am able to pay", nar("user", "to be able to pay", "")},
		"'m able to":     {"As a user, I'm able to pay", nar("user", "to be able to pay", "")},
		"must be able":   {"As a user, I must be able to pay", nar("user", "to be able to pay", "")},
		"want to be able to": {
			"As a user, I want to be able to pay",
			nar("user", "to be able to pay", ""),
		},
		"should":          {"As a user, I should be told", nar("user", "to be told", "")},
		"cannot":          {"As a user, I cannot pay twice", nar("user", "not to be able to pay twice", "")},
		"only want":       {"As a user, I only want dots", nar("user", "only dots", "")},
		"don't want":      {"As a user, I don't want ads", nar("user", "not ads", "")},
		"do not want":     {"As a user, I do not want to see ads", nar("user", "not to see ads", "")},
		"never want":      {"As a user, I never want to see ads", nar("user", "never to see ads", "")},
		"no verb form":    {"As a user, I want validate my data", nar("user", "validate my data", "")},
		"statement":       {"As a user, I see only my own games", nar("user", "to see only my own games", "")},
		"passive":         {"As a user, I am notified of sales", nar("user", "to be notified of sales", "")},
		"passive, adverb": {"As a user, I am always notified of sales", nar("user", "to be always notified of sales", "")},
		"am not able":     {"As a user, I am not able to pay", nar("user", "not to be able to pay", "")},
		"need not":        {"As a user, I do not want to see and not to hear", nar("user", "not to see and not to hear", "")},
		"really like":     {"As a user, I would really like to pay", nar("user", "really to pay", "")},
		"have to":         {"As a user, I have to pay", nar("user", "to pay", "")},
		"have":            {"As a user, I have a key", nar("user", "to have a key", "")},
		"love":            {"As a user, I'd love to pay", nar("user", "to pay", "")},
		"bodies":          {"As an organization, we want stars", nar("organization", "stars", "")},
		"a head":          {"As a head of management, I want stars", nar("head of management", "stars", "")},
		"condition": {
			"As a user, when I pay, I want to see a receipt, so that I know",
			nar("user", "to see a receipt", "I know", "when I pay"),
		},
		"condition without commas": {
			"As a user when I want to pay I want to see a receipt so that I know",
			nar("user", "to see a receipt", "I know", "when I want to pay"),
		},
		"condition with a question": {
			`As a user, when I ask "when can I pay?", I want stars`,
			nar("user", "stars", "", `when I ask "when can I pay?"`),
		},
		"condition with a reason of its own": {
			"As a user, when I am late so I can't pay, I want to see a reminder",
			nar("user", "to see a reminder", "", "when I am late so I can't pay"),
		},
		"participle":    {"As a user, working at night, I want stars", nar("user", "stars", "", "working at night")},
		"who":           {"As a user who can pay, I want stars", nar("user who can pay", "stars", "")},
		"list of roles": {"As an editor, writer or admin, I want to log in", nar("editor, writer or admin", "to log in", "")},
		"brackets": {
			"As a user (admin, owner), I want to log in",
			nar("user (admin, owner)", "to log in", ""),
		},
		"point of a name":    {"As a user, I want .NET support", nar("user", ".NET support", "")},
		"abbreviation":       {"As a user, I want stars, e.g. Mars", nar("user", "stars, e.g. Mars", "")},
		"a sentence behind":  {"As a user, I want to see the list. Please show names.", nar("user", "to see the list", "")},
		"sentence in a goal": {"As a user, I want A. I want B so that C", nar("user", "A. I want B", "C")},
		"any script":         {"As a 顧客, I want to 支払う, so that 速い", nar("顧客", "to 支払う", "速い")},
		"no-break spaces":    {"As a\u00a0user,\u00a0I want to log in,\u2003so that I can pay", login},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := narrative.Parse(tt.text)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
			requireLaws(t, tt.text)
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]struct {
		text string
		want []narrative.ProblemKind
	}{
		"nothing":             {"", []narrative.ProblemKind{narrative.NoRole, narrative.NoGoal}},
		"blank":               {" \t\n", []narrative.ProblemKind{narrative.NoRole, narrative.NoGoal}},
		"binary":              {"\x00\xff\xfe", []narrative.ProblemKind{narrative.NoRole, narrative.NoGoal}},
		"a task":              {"Fix the login page", []narrative.ProblemKind{narrative.NoRole, narrative.NoGoal}},
		"only a role":         {"As a consumer", []narrative.ProblemKind{narrative.NoGoal}},
		"only the frame":      {"As a", []narrative.ProblemKind{narrative.NoRole, narrative.NoGoal}},
		"no goal":             {"As a user, I want to", []narrative.ProblemKind{narrative.NoGoal}},
		"an empty goal":       {"As a user, I can ...", []narrative.ProblemKind{narrative.NoGoal}},
		"only a benefit":      {"As a user, I want so that I can pay", []narrative.ProblemKind{narrative.NoGoal}},
		"no role":             {"I want to log in so that I can pay", []narrative.ProblemKind{narrative.NoRole}},
		"follow-up":           {"As a follow-up to #5492, we need a review", []narrative.ProblemKind{narrative.NotARole}},
		"follow up":           {"As a follow up to the IA we need redirects", []narrative.ProblemKind{narrative.NotARole}},
		"next step":           {"As a next step towards X, we want tests", []narrative.ProblemKind{narrative.NotARole}},
		"result":              {"As a result of this, we need new docs", []narrative.ProblemKind{narrative.NotARole}},
		"nice to have":        {"As a nice-to-have, I would like tabs", []narrative.ProblemKind{narrative.NotARole}},
		"precaution":          {"As a precaution, I want to log this", []narrative.ProblemKind{narrative.NotARole}},
		"discussed":           {"As discussed, we need new docs", []narrative.ProblemKind{narrative.NoRole}},
		"part of":             {"As part of the move I want new docs", []narrative.ProblemKind{narrative.NoRole}},
		"an opinion":          {"As a user, I think this is wrong", []narrative.ProblemKind{narrative.NoGoal}},
		"a report":            {"As a user, I noticed that it is slow", []narrative.ProblemKind{narrative.NoGoal}},
		"a report of nothing": {"As a user, I didn't get any mail", []narrative.ProblemKind{narrative.NoGoal}},
		"what we don't see":   {"As a unit, we don't see the logs", []narrative.ProblemKind{narrative.NoGoal}},
		"somebody else":       {"As a user, the button is blue", []narrative.ProblemKind{narrative.NoGoal}},
		"an error occurs":     {"As an error occurs no data will be there", []narrative.ProblemKind{narrative.NoGoal}},
		"a third person":      {"As a unit, the team manages its assets", []narrative.ProblemKind{narrative.NoGoal}},
		"a condition, no I":   {"As a user, when I pay, the page is blank", []narrative.ProblemKind{narrative.NoGoal}},
		"only the front part": {"In order to pay", []narrative.ProblemKind{narrative.NoRole, narrative.NoGoal}},
		"two sentences in one": {
			"As the if since I I want I want ", []narrative.ProblemKind{narrative.Ambiguous},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			n, err := narrative.Parse(tt.text)
			require.Zero(t, n)
			require.ErrorIs(t, err, narrative.ErrNarrative)
			var details *narrative.Error
			require.ErrorAs(t, err, &details)
			var kinds []narrative.ProblemKind
			for _, p := range details.Problems {
				kinds = append(kinds, p.Kind)
			}
			require.Equal(t, tt.want, kinds)
			requireLaws(t, tt.text)
		})
	}
	_, err := narrative.Parse("As a user")
	require.EqualError(t, err, `narrative: "As a user" is not a narrative: no goal at 9; `+
		`want "As a <role>, I want <goal>, so that <benefit>"`)
}

// A bracket that never closes hides the end of the role, until the sentence is printed without it.
func TestParseSaysWhatItsSentenceSays(t *testing.T) {
	const text = "As (0! At I b"
	require.Equal(t, "As a 0! At, I want to b", narrative.Read(text).Narrative().String())
	n, err := narrative.Parse(text)
	require.NoError(t, err)
	require.Equal(t, nar("0!", "to b", "", "at"), n)
	requireLaws(t, text)
}

func TestReadFindsPlaces(t *testing.T) {
	text := "US-1: As a user, when I pay, I only want to see stars, so that that I know. And more."
	r := narrative.Read(text)
	part := func(s, marker string) narrative.Part {
		at := strings.Index(text, s)
		p := narrative.Part{Text: s, Start: at, End: at + len(s), Marker: marker}
		p.MarkerStart = strings.Index(text, marker)
		p.MarkerEnd = p.MarkerStart + len(marker)
		return p
	}
	require.Equal(t, part("user", "As a"), r.Role)
	require.Equal(t, part("see stars", "I only want to"), r.Goal)
	require.Equal(t, part("I know", "so that that"), r.Benefit)
	require.Equal(t, "when I pay", r.Conditions[0].Text)
	require.Equal(t, "And more", r.Rest.Text)
	require.Equal(t, []narrative.Problem{{Kind: narrative.ExtraText, Start: r.Rest.Start, End: r.Rest.End}}, r.Problems)
	require.True(t, r.IsStory())
}

func TestReadProblems(t *testing.T) {
	tests := map[string]struct {
		text string
		want []narrative.Problem
	}{
		"no benefit": {"As a user, I want X.", []narrative.Problem{{Kind: narrative.NoBenefit, Start: 19, End: 19}}},
		"benefit left blank": {
			"As a user, I want X, so that.",
			[]narrative.Problem{
				{Kind: narrative.NoBenefit, Start: 19, End: 19},
				{Kind: narrative.ExtraText, Start: 21, End: 28},
			},
		},
		"two benefits": {
			"In order to A, as a user, I want X, so that B",
			[]narrative.Problem{{Kind: narrative.SecondReason, Start: 0, End: 13}},
		},
		"notes": {
			"As a user, I want X so that B\n\n- by card",
			[]narrative.Problem{{Kind: narrative.ExtraText, Start: 33, End: 40}},
		},
		"invalid UTF-8": {
			"As a us\xffer, I want X so that B",
			[]narrative.Problem{{Kind: narrative.BadText, Start: 7, End: 8}},
		},
		"NUL": {"As a user, I want\x00X so that B", []narrative.Problem{{Kind: narrative.BadText, Start: 17, End: 18}}},
		"right-to-left mark": {
			"As a user, I want \u202eX so that B",
			[]narrative.Problem{{Kind: narrative.BadText, Start: 18, End: 21}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tt.want, narrative.Read(tt.text).Problems)
		})
	}
}

func TestNarrativeOfReadingMadeByHand(t *testing.T) {
	r := narrative.Reading{
		Role: narrative.Part{Text: "Kunde"}, Goal: narrative.Part{Text: "zahlen"},
		RoleClause: narrative.Part{Text: "mit Eile", Start: -1, End: 9},
	}
	require.Equal(t, nar("Kunde", "zahlen", ""), r.Narrative())
	require.Equal(t, story.Narrative{}, narrative.Reading{}.Narrative())
}

func TestNarrativeString(t *testing.T) {
	tests := map[string]story.Narrative{
		"": {},
		// golden case story-001, the template of agility.ac
		"As a buyer, I want save my card, so that I can pay faster": nar("buyer", "save my card", "I can pay faster"),
		"As an owner, I want a key":                                 nar("owner", "a key", ""),
		"As an SRE, I want a key":                                   nar("SRE", "a key", ""),
		"As a FABS user, I want a key":                              nar("FABS user", "a key", ""),
		"As an API user, I want a key":                              nar("API user", "a key", ""),
		"As a UX designer, I want a key":                            nar("UX designer", "a key", ""),
		"As an HR manager, I want a key":                            nar("HR manager", "a key", ""),
		"As a user, I want a key":                                   nar("user", "a key", ""),
		"As an unregistered user, I want a key":                     nar("unregistered user", "a key", ""),
		"As a university, I want a key":                             nar("university", "a key", ""),
		"As an hourly worker, I want a key":                         nar("hourly worker", "a key", ""),
		"As a one-time user, I want a key":                          nar("one-time user", "a key", ""),
		"As users, I want a key":                                    nar("users", "a key", ""),
		"As a user of maps, I want a key":                           nar("user of maps", "a key", ""),
		"As a boss, I want a key":                                   nar("boss", "a key", ""),
		"As someone in a hurry, I want a key":                       nar("someone in a hurry", "a key", ""),
		"As a user, I want a key, because I forget":                 nar("user", "a key", "because I forget"),
	}
	for want, n := range tests {
		t.Run(want, func(t *testing.T) {
			require.Equal(t, want, n.String())
			if !n.IsZero() {
				again, err := narrative.Parse(n.String())
				require.NoError(t, err)
				require.Equal(t, n, again)
			}
		})
	}
}

func TestNarrativeValidate(t *testing.T) {
	require.NoError(t, nar("user", "a key", "").Validate())
	err := nar(" ", "", "why").Validate()
	require.ErrorIs(t, err, field.ErrInvalid)
	require.EqualError(t, err, `story: narrative.role is " ", want who wants it`+"\n"+
		`story: narrative.goal is "", want what is wanted`)
}

func TestProblemKindText(t *testing.T) {
	seen := map[string]bool{}
	for kind := narrative.NoRole; kind <= narrative.Ambiguous; kind++ {
		text, err := kind.MarshalText()
		require.NoError(t, err)
		require.Equal(t, kind.String(), string(text))
		require.False(t, seen[kind.String()])
		var back narrative.ProblemKind
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, kind, back)
		seen[kind.String()] = true
	}
	_, err := narrative.ProblemKind(9).MarshalText()
	require.ErrorIs(t, err, field.ErrInvalid)
}

func TestNarrativeJSON(t *testing.T) {
	data, err := json.Marshal(nar("user", "a key", ""))
	require.NoError(t, err)
	require.JSONEq(t, `{"role":"user","goal":"a key"}`, string(data))
}
