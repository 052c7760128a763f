package narrative_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// Where the same words could be read in two ways, what stands around them decides.
func TestReadDecides(t *testing.T) {
	in := func(l story.Language, n story.Narrative) story.Narrative {
		n.Language = l
		return n
	}
	german, french, spanish := story.German, story.French, story.Spanish
	for text, want := range map[string]story.Narrative{
		// where the goal begins
		"As a user, I want to\n\nlog in":                         nar("user", "to log in", ""),
		"As a user I need help, I want rest":                     nar("user", "help, I want rest", ""),
		"I as a user, I see my games":                            nar("user", "to see my games", ""),
		"As a user, I'd be glad, to pay":                         nar("user", "to be glad, to pay", ""),
		"As a user, I'd be glad to pay":                          nar("user", "to pay", ""),
		"As a user when it rains I need to not get wet":          nar("user", "to not get wet", "", "when it rains"),
		"In order to pay as a user I want to act as a clerk":     nar("user", "to act as a clerk", "I can pay"),
		"In order to pay, as a user I need to log in as a clerk": nar("user", "to log in as a clerk", "I can pay"),

		// whose wish it is
		"As a user, if the page I need to log in is down I want a map":              nar("user", "a map", "", "if the page I need to log in is down"),
		"As a user, if the page I need to stay in is down I want a map":             nar("user", "a map", "", "if the page I need to stay in is down"),
		"As a user, when the page I need, because it is new, I want a map":          nar("user", "a map", "", "when the page I need", "because it is new"),
		"As a user, when the page I need, since it is new, I want a map":            nar("user", "a map", "", "when the page I need", "since it is new"),
		"As a user, once the guests would like to pay, because it rains, I want it": nar("user", "it", "", "once the guests would like to pay", "because it rains"),
		"As a user, when I log in and I can pay the clerk, who is new, I want it":   nar("user", "it", "", "when I log in and I can pay the clerk, who is new"),
		"As a user, once the guests would like to pay, who are new, I can print":    nar("user", "to be able to print", "", "once the guests would like to pay, who are new"),
		"As a guest, when I pay and I can leave, because I am new, I want help":     nar("guest", "help", "", "when I pay and I can leave", "because I am new"),

		// what a clause belongs to
		"As a user, I want to be as fast on my phone as I am at home": nar("user", "to be as fast on my phone as I am at home", ""),
		"As a user, I want stars (where I may)":                       nar("user", "stars (where I may)", ""),
		"As a guest, I want to get mail, having the flu":              nar("guest", "to get mail, having the flu", ""),
		"As a guest, I want to get mail, having paid":                 nar("guest", "to get mail", "", "having paid"),
		"As a guest, I want all I owe when it rains":                  nar("guest", "all I owe when it rains", ""),
		"As a guest, I want stars I like when it rains":               nar("guest", "stars I like when it rains", ""),
		"As a guest, I want to know how when I pay it works":          nar("guest", "to know how when I pay it works", ""),
		"As a guest, I want when I drive to rest and sleep, in bed":   nar("guest", "to rest and sleep, in bed", "", "when I drive"),
		"As a guest, I want when I buy pens and ink, to pay":          nar("guest", "to pay", "", "when I buy pens and ink"),
		"Como usuario, quiero guardar, si no hay red, y sincronizar más tarde": in(spanish,
			nar("usuario", "guardar, si no hay red, y sincronizar más tarde", "")),
		"En tant que client, je veux sauver, si je suis hors ligne, et synchroniser plus tard": in(french,
			nar("client", "sauver, si je suis hors ligne, et synchroniser plus tard", "")),

		// circumstances
		"As a user, not working late, I want stars":                   nar("user", "stars", "", "not working late"),
		"As a user, if it rains, not working late, I want stars":      nar("user", "stars", "", "if it rains", "not working late"),
		"As a user, not two days later, I want stars":                 nar("user", "stars", "", "not two days later"),
		"As a user, not a friend, I want stars":                       nar("user, not a friend", "stars", ""),
		"When I know, what it costs, as a guest, I want to pay":       nar("guest", "to pay", "", "when I know, what it costs"),
		"When the clerk, who is new, waits as a guest, I want to pay": nar("guest", "to pay", "", "when the clerk, who is new, waits"),
		"Wenn der Tag kommt, an dem ich frei habe, möchte ich als Gast Tee trinken": in(german,
			nar("Gast", "Tee trinken", "", "wenn der Tag kommt, an dem ich frei habe")),
		"Als Gast möchte ich Tee trinken, wenn der Tag kommt, an dem ich frei habe": in(german,
			nar("Gast", "Tee trinken", "", "wenn der Tag kommt, an dem ich frei habe")),
		"Als Gast möchte ich, wenn die Tür, an der ich stehe, zu ist, Tee trinken": in(german,
			nar("Gast", "Tee trinken", "", "wenn die Tür, an der ich stehe, zu ist")),

		// quotes and marks
		"As a user, I want to type `` or `so that` so that I can pay": nar("user", "to type `` or \"so that\"", "I can pay"),
		"S'il pleut, quand j'ai 'faim', en tant que client, je veux dormir": in(french,
			nar("client", "dormir", "", "s'il pleut", "quand j'ai 'faim'")),
	} {
		got := narrative.Read(text).Narrative()
		require.Equal(t, show(want), show(got), text)
		require.Equal(t, want, got, text)
		requireLaws(t, text)
		again, err := narrative.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, again, text)
	}
}

// What is missing is named, each once, and what is there is read all the same.
func TestReadNamesWhatIsMissing(t *testing.T) {
	type problems []narrative.ProblemKind
	for text, tt := range map[string]struct {
		want story.Narrative
		problems
	}{
		"the":                                                {nar("", "", ""), problems{narrative.NoRole, narrative.NoGoal, narrative.NoBenefit}},
		"As a user":                                          {nar("user", "", ""), problems{narrative.NoGoal, narrative.NoBenefit}},
		"So that I can pay, I want to log in":                {nar("", "to log in", "I can pay"), problems{narrative.NoRole}},
		"In order to pay, I want to log in":                  {nar("", "to log in", "I can pay"), problems{narrative.NoRole}},
		"In order to pay, as a user":                         {nar("user", "", "I can pay"), problems{narrative.NoGoal}},
		"As a user, it would help, to pay":                   {nar("user", "", ""), problems{narrative.NoGoal, narrative.NoBenefit}},
		"As a user, it would be like home to pay":            {nar("user", "", ""), problems{narrative.NoGoal, narrative.NoBenefit}},
		"As a user, when the app I use starts! I want a map": {nar("user", "", ""), problems{narrative.NoGoal, narrative.NoBenefit}},
		"When I, as a guest, pay. I want to log in": {
			nar("", "to log in", "", "when I, as a guest, pay"), problems{narrative.NoRole, narrative.NoBenefit},
		},
		"Every time as a guest I see a card. I need to pay.": {
			nar("", "to pay", "", "every time as a guest I see a card"), problems{narrative.NoRole, narrative.NoBenefit},
		},
		"Wenn es regnet, möchte ich als Nutzer Tee trinken": {
			story.Narrative{Language: story.German, Role: "Nutzer", Goal: "Tee trinken", Conditions: story.ConditionsOf("wenn es regnet")},
			problems{narrative.NoBenefit},
		},
		"Wenn es regnet, möchte ich als Folge Tee trinken": {
			story.Narrative{Language: story.German, Role: "Folge", Goal: "Tee trinken", Conditions: story.ConditionsOf("wenn es regnet")},
			problems{narrative.NotARole, narrative.NoBenefit},
		},
	} {
		r := narrative.Read(text)
		require.Equal(t, show(tt.want), show(r.Narrative()), text)
		require.Equal(t, tt.want, r.Narrative(), text)
		var kinds problems
		for _, p := range r.Problems {
			kinds = append(kinds, p.Kind)
		}
		require.Equal(t, tt.problems, kinds, text)
		requireLaws(t, text)
	}
}

// How far is looked: at the limit a role or goal is found, a word beyond it is not.
func TestReadLimits(t *testing.T) {
	words := func(n int) string { return strings.Repeat(" abc", n) }
	for name, limit := range map[string]struct {
		text func(n int) string
		most int
	}{
		"a condition before a role": {func(n int) string { return "When we" + words(n) + ", as a user, I want stars" }, 38},
		"without a comma":           {func(n int) string { return "When we" + words(n) + " as a user I want stars" }, 38},
		"a role in a condition":     {func(n int) string { return "When, as a" + words(n) + ", I pay, I want stars" }, 16},
		"behind its subject":        {func(n int) string { return "When I, as a" + words(n) + ", pay, I want stars" }, 16},
		"a wish behind another":     {func(n int) string { return "As a user, when the page I need" + words(n) + ", I want stars" }, 23},
	} {
		for n := 1; n < 60; n++ {
			r := narrative.Read(limit.text(n))
			require.Equal(t, n <= limit.most, !r.Role.IsZero() && r.Goal.Text == "stars", "%s: %d", name, n)
		}
	}
}

// A reading made by hand is judged by what it holds.
func TestReadingMadeByHand(t *testing.T) {
	part := func(text string, start int) narrative.Part {
		return narrative.Part{Text: text, Start: start, End: start + len(text)}
	}
	role, goal := part("user", 0), part("pay", 20)
	require.True(t, narrative.Reading{Role: role, Goal: goal}.IsStory())
	require.False(t, narrative.Reading{Role: role}.IsStory())
	require.False(t, narrative.Reading{Goal: goal}.IsStory())
	for kind := narrative.NoRole; kind <= narrative.Ambiguous; kind++ {
		stops := kind <= narrative.NoGoal || kind == narrative.Ambiguous
		r := narrative.Reading{Role: role, Goal: goal, Problems: []narrative.Problem{{Kind: narrative.NoBenefit}, {Kind: kind}}}
		require.Equal(t, !stops, r.IsStory(), kind)
	}

	for text, want := range map[string]string{"user who pays": "user who pays", "user who pay": "user"} { // the clause is cut off
		r := narrative.Reading{Text: text, Role: role, RoleClause: part("who pays", 5)}
		require.Equal(t, want, r.Narrative().Role)
	}
}

// A condition that began the sentence begins with a small letter, unless that is of another word.
func TestConditionBeginsSmall(t *testing.T) {
	for text, want := range map[string]string{
		"When I pay": "when I pay", "A friend pays": "a friend pays", "S'il pleut": "s'il pleut", "S’il pleut": "s’il pleut", "Étant ici": "étant ici",
		"I pay": "I pay", "I'm late": "I'm late", "I’m late": "I’m late", "SMS fail": "SMS fail", "OK": "OK", "L’": "L’", "when": "when", "A": "A",
		"S": "S", "A/B": "A/B", "S-Bahn": "S-Bahn", "4 days later": "4 days later",
	} {
		r := narrative.Reading{Conditions: []narrative.Part{{Text: text, End: len(text)}}}
		require.Equal(t, []string{want}, r.Narrative().Conditions.Slice())
	}
}

// Marks are taken off around words only, and only in pairs.
func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"a *b* c": "a b c", "**a b** c": "a b c", "a ``  `b`": "a `` b", "`` a": "`` a", "** a": "** a", "a * b *": "a * b *", "*a": "*a",
		"{{a}} {b} [c] <d> ~~e~~ _f_ __g__": "a b c d e f g", "[a](b)": "[a](b)", "a_b_c": "a_b_c", "*a*b": "*a*b", "(*a*)": "(a)", " a\n b ": "a b",
		"***a***": "a", "[]": "[]", "<>": "<>", "": "",
	} {
		require.Equal(t, want, narrative.Part{Text: text}.Plain(), text)
	}
}
