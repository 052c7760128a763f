package prioritize_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func TestMoSCoWText(t *testing.T) {
	for _, c := range []prioritize.MoSCoWCategory{prioritize.Must, prioritize.Should, prioritize.Could, prioritize.Wont} {
		text, err := c.MarshalText()
		require.NoError(t, err)
		var again prioritize.MoSCoWCategory
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, c, again)
	}
	for text, want := range map[string]prioritize.MoSCoWCategory{
		"Must": prioritize.Must, " MUST HAVE ": prioritize.Must, "should": prioritize.Should, "Could have": prioritize.Could,
		"Won't": prioritize.Wont, "won’t have": prioritize.Wont, "m": prioritize.Must, "Nice To Have": prioritize.Could, "must-have": prioritize.Must,
		"Won't have this time": prioritize.Wont, "Won't (this time)": prioritize.Wont,
	} {
		c, err := parse[prioritize.MoSCoWCategory](text)
		require.NoError(t, err, text)
		require.Equal(t, want, c, text)
	}
	for _, text := range []string{"", "maybe", "mustn't", "NaN", "1"} {
		_, err := parse[prioritize.MoSCoWCategory](text)
		require.EqualError(t, err, fmt.Sprintf("prioritize: moscow is %q, want must, should, could or wont", text))
	}
	for _, c := range []prioritize.MoSCoWCategory{0, 5, 255} {
		_, err := c.MarshalText()
		require.ErrorIs(t, err, prioritize.ErrInvalid)
	}
	kept := prioritize.Could
	require.Error(t, kept.UnmarshalText([]byte("perhaps")))
	require.Equal(t, prioritize.Could, kept, "an error changes nothing")
}

func TestMoSCoWUnscoredAndUnknown(t *testing.T) {
	inputs := []prioritize.MoSCoWInput{{}, {Category: prioritize.Wont}}
	ranking, err := prioritize.Rank(prioritize.MoSCoW{}, numbered(inputs))
	require.NoError(t, err)
	require.Equal(t, []prioritize.UnscoredItem[int]{{Key: 0, Reason: "moscow is missing"}}, ranking.Unscored())
	_, err = prioritize.Rank(prioritize.MoSCoW{}, numbered([]prioritize.MoSCoWInput{{Category: 7}, {Category: 9}}))
	require.EqualError(t, err, `prioritize: item 0 ("0"): moscow is "MoSCoWCategory(7)", want must, should, could or wont
prioritize: item 1 ("1"): moscow is "MoSCoWCategory(9)", want must, should, could or wont`)
}

func TestMoSCoWInputJSON(t *testing.T) {
	for _, text := range []string{`{}`, `{"moscow":"must"}`} {
		var in prioritize.MoSCoWInput
		require.NoError(t, json.Unmarshal([]byte(text), &in))
		again, err := json.Marshal(in)
		require.NoError(t, err)
		require.JSONEq(t, text, string(again))
	}
}

func FuzzParseMoSCoW(f *testing.F) {
	for _, text := range []string{"must", "Won't have (this time)", "", "could have have"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parse[prioritize.MoSCoWCategory](text)
		if err != nil {
			require.Zero(t, c)
			return
		}
		again, err := parse[prioritize.MoSCoWCategory](c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}

func ExampleMoSCoW() {
	ranking, err := prioritize.Rank(prioritize.MoSCoW{}, []prioritize.Candidate[string, prioritize.MoSCoWInput]{
		{Key: "themes", Input: prioritize.MoSCoWInput{Category: prioritize.Could}},
		{Key: "login", Input: prioritize.MoSCoWInput{Category: prioritize.Must}},
		{Key: "plugins", Input: prioritize.MoSCoWInput{Category: prioritize.Wont}},
		{Key: "payment", Input: prioritize.MoSCoWInput{Category: prioritize.Must}},
	})
	fmt.Println(ranking.Keys(), ranking.Ties(), ranking.Sentence("login", 0), err)
	// Output: [login payment themes plugins] [[login payment]] must <nil>
}
