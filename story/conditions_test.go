package story_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
)

func TestConditions(t *testing.T) {
	for _, texts := range [][]string{
		nil, {""}, {"after I log in"}, {"a", "", "b"}, {"a\x00b", strings.Repeat("x", 300), "\n"},
	} {
		c := story.ConditionsOf(texts...)
		require.Equal(t, texts, c.Slice())
		require.Equal(t, len(texts), c.Len())
		require.Equal(t, texts == nil, c.IsZero())
		require.True(t, c == story.ConditionsOf(texts...), "compared by what it holds")
		require.False(t, c == story.ConditionsOf(append(texts, "more")...))

		data, err := json.Marshal(c)
		require.NoError(t, err)
		want, err := json.Marshal(append([]string{}, texts...))
		require.NoError(t, err)
		require.Equal(t, string(want), string(data))
		var back story.Conditions
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, c, back)
	}
	require.True(t, story.ConditionsOf([]string{}...) == story.Conditions{}, "the zero value is none")
	c := story.ConditionsOf("when it rains", "if I pay")
	require.Equal(t, "when it rains, if I pay", c.String())
	require.Error(t, json.Unmarshal([]byte(`["a", 1]`), &c))
	require.Equal(t, 2, c.Len(), "unchanged")
	for i, text := range c.All() {
		require.Zero(t, i)
		require.Equal(t, "when it rains", text)
		break
	}
}

func TestNarrativeOfNothing(t *testing.T) {
	require.Empty(t, story.Narrative{}.String())
}

func TestNarrativeWithConditions(t *testing.T) {
	n := story.Narrative{Role: "user", Goal: "to pay", Benefit: "I am done", Conditions: story.ConditionsOf("when I shop", "if I can")}
	require.Equal(t, "As a user, when I shop, if I can, I want to pay, so that I am done", n.String())
	data, err := json.Marshal(n)
	require.NoError(t, err)
	require.JSONEq(t, `{"role":"user","conditions":["when I shop","if I can"],"goal":"to pay","benefit":"I am done"}`, string(data))

	s := story.Story{ID: story.ID{1}, Title: "Pay", Narrative: n}
	require.NoError(t, s.Validate())
	s.Narrative.Conditions = story.ConditionsOf("when I shop", " ")
	require.ErrorContains(t, s.Validate(), "narrative.conditions[1]")
	s.Narrative.Conditions = story.ConditionsOf(strings.Split(strings.Repeat("if, ", story.MaxConditions), ", ")...)
	require.ErrorContains(t, s.Validate(), "narrative.conditions")
}
