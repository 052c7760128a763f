package prioritize_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

// kanoCounts reads counts in the order M O A I R Q.
func kanoCounts(m, o, a, i, r, q string) prioritize.KanoInput {
	return prioritize.KanoInput{Counts: prioritize.KanoCounts{
		MustBe: dec(m), OneDimensional: dec(o), Attractive: dec(a), Indifferent: dec(i), Reverse: dec(r), Questionable: dec(q),
	}}
}

func answers(functional, dysfunctional prioritize.KanoAnswer) prioritize.KanoResponse {
	return prioritize.KanoResponse{Functional: functional, Dysfunctional: dysfunctional}
}

func TestKanoTablePublished(t *testing.T) {
	// As four papers print it, among them Sauerwein and others, 1996. Like/like is Q, and not O as
	// one implementation has it.
	table := map[string]string{
		"like": "Q A A A O", "must-be": "R I I I M", "neutral": "R I I I M", "live-with": "R I I I M", "dislike": "R R R R Q",
	}
	columns := []string{"like", "must-be", "neutral", "live-with", "dislike"}
	for row, classes := range table {
		for i, letter := range strings.Fields(classes) {
			functional, err := parse[prioritize.KanoAnswer](row)
			require.NoError(t, err)
			dysfunctional, err := parse[prioritize.KanoAnswer](columns[i])
			require.NoError(t, err)
			want, err := parse[prioritize.KanoClass](letter)
			require.NoError(t, err)
			got, ok := answers(functional, dysfunctional).Class()
			require.True(t, ok)
			require.Equal(t, want, got, "%s, %s", row, columns[i])
		}
	}
	_, ok := answers(prioritize.Like, 0).Class()
	require.False(t, ok)
}

func TestKanoCoefficientsPublished(t *testing.T) {
	tests := map[string]struct {
		source        string
		in            prioritize.KanoInput
		scale         int32
		better, worse string
		class         string
	}{
		"Edge grip": {"Sauerwein 1996, fig. 11", kanoCounts("50", "33", "7", "10", "0", "0"), 2, "0.40", "-0.83", "must-be"},
		"Ease of turn": {
			"Sauerwein 1996, fig. 11, which prints -0.78 from unrounded counts",
			kanoCounts("31", "46", "11", "12", "0", "0"), 2, "0.57", "-0.77", "one-dimensional",
		},
		"Service": {
			"Sauerwein 1996, fig. 11, which prints 0.89 from unrounded counts",
			kanoCounts("3", "22", "66", "9", "0", "0"), 2, "0.88", "-0.25", "attractive",
		},
		"App-based bonus program": {
			"Brand and Rese, table 1", kanoCounts("13", "56", "216", "275", "23", "24"), 3, "0.486", "-0.123", "indifferent",
		},
		"Smart mirror": {
			"Brand and Rese, table 1", kanoCounts("5", "42", "229", "276", "33", "22"), 3, "0.491", "-0.085", "indifferent",
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := c.in.Result()
			require.NoError(t, err)
			require.Equal(t, c.better, r.Better.At(c.scale).StringFixed(c.scale), c.source)
			require.Equal(t, c.worse, r.Worse.At(c.scale).StringFixed(c.scale), c.source)
			require.Equal(t, c.class, r.Class.String())
		})
	}
}

func TestKanoStrengthPublished(t *testing.T) {
	// Percentages of agilesoftwaredevelopment.com, "Kano questionnaire survey analysis", in the
	// words of Cohn (linear, exciter); strengths computed.
	for name, c := range map[string]struct {
		in              prioritize.KanoInput
		class, strength string
		mixed           bool
	}{
		"Spellchecker":        {kanoCounts("52.7", "22.6", "8.3", "12.4", "2.5", "1.5"), "M", "30.1", false},
		"Can post to blogs":   {kanoCounts("38.2", "8.2", "33.4", "18.3", "1.1", "0.8"), "M", "4.8", true},
		"Supports many fonts": {kanoCounts("22.3", "44.6", "13.6", "17.8", "0.5", "1.2"), "L", "22.3", false},
		"exactly six points":  {kanoCounts("53", "47", "0", "0", "0", "0"), "M", "6", false},
	} {
		t.Run(name, func(t *testing.T) {
			class, err := parse[prioritize.KanoClass](c.class)
			require.NoError(t, err)
			r, err := c.in.Result()
			require.NoError(t, err)
			require.Equal(t, class, r.Class)
			require.Equal(t, c.strength, r.Strength.String())
			require.Equal(t, c.mixed, r.Mixed)
		})
	}
}

func TestKanoFongTestPublished(t *testing.T) {
	// Fong's formula on the counts of Brand and Rese, computed: 59 against about 28.215.
	counts := kanoCounts("13", "56", "216", "275", "23", "24").Counts
	significant, threshold := counts.Significant(3)
	require.True(t, significant)
	require.Equal(t, "28.215", threshold.String())
	significant, _ = kanoCounts("50", "49", "0", "0", "0", "0").Counts.Significant(3)
	require.False(t, significant)
	significant, threshold = prioritize.KanoCounts{}.Significant(3)
	require.False(t, significant)
	require.True(t, threshold.IsZero())
}

func TestKanoTiesPublished(t *testing.T) {
	// M > O > A > I of Sauerwein 1996, p. 9; R and Q last is an extension.
	for want, in := range map[string]prioritize.KanoInput{
		"must-be":    kanoCounts("5", "5", "1", "0", "0", "0"),
		"attractive": kanoCounts("0", "3", "4", "4", "0", "0"),
	} {
		r, err := in.Result()
		require.NoError(t, err)
		require.Equal(t, want, r.Class.String())
	}
	r, err := kanoCounts("0", "0", "2", "0", "2", "2").Result()
	require.NoError(t, err)
	require.Equal(t, prioritize.KanoAttractive, r.Class)
}

func TestKanoContinuousPublished(t *testing.T) {
	// the.datastory.guide, "Continuous Scale Analysis of the Kano Model": three distributions, one
	// mean.
	neutral := func(functional ...prioritize.KanoAnswer) prioritize.KanoInput {
		var in prioritize.KanoInput
		for _, f := range functional {
			in.Responses = append(in.Responses, answers(f, prioritize.Neutral))
		}
		return in
	}
	for _, in := range []prioritize.KanoInput{
		neutral(prioritize.Expect),
		neutral(prioritize.Like, prioritize.Neutral),
		neutral(prioritize.Like, prioritize.Dislike, prioritize.Like),
	} {
		r, err := in.Result()
		require.NoError(t, err)
		require.Equal(t, "2", r.Functional.String())
		require.Equal(t, "0", r.Dysfunctional.String())
	}
	for answer, want := range map[prioritize.KanoAnswer][2]string{
		prioritize.Like: {"4", "-2"}, prioritize.Expect: {"2", "-1"}, prioritize.Neutral: {"0", "0"},
		prioritize.LiveWith: {"-1", "2"}, prioritize.Dislike: {"-2", "4"},
	} {
		r, err := prioritize.KanoInput{Responses: []prioritize.KanoResponse{answers(answer, answer)}}.Result()
		require.NoError(t, err)
		require.Equal(t, want, [2]string{r.Functional.String(), r.Dysfunctional.String()})
	}
}

func TestKanoUndefined(t *testing.T) {
	// Only reverse and questionable answers: one implementation returns 0, which nobody could tell
	// from 0.
	r, err := kanoCounts("0", "0", "0", "0", "3", "2").Result()
	require.NoError(t, err)
	require.Equal(t, prioritize.KanoReverse, r.Class)
	require.False(t, r.Better.IsScored())
	require.False(t, r.Worse.IsScored())
	require.Equal(t, "every response is reverse or questionable", r.Better.Reason())
	require.False(t, r.Functional.IsScored(), "counts have no continuous means")

	_, err = prioritize.KanoInput{}.Result()
	requireProblems(t, err, `prioritize: responses is "none", want at least one`)
	ranking, err := prioritize.Rank(prioritize.Kano{}, candidates[prioritize.KanoInput]{{Key: "nobody asked"}})
	require.NoError(t, err)
	require.Equal(t, "responses are missing", ranking.Unscored()[0].Reason)
}

func TestKanoInvalid(t *testing.T) {
	both := kanoCounts("1", "-2", "0", "0", "0", "0")
	both.Responses = []prioritize.KanoResponse{answers(prioritize.Like, 0), answers(9, prioritize.Dislike)}
	_, err := prioritize.Kano{}.Score([]prioritize.KanoInput{both})
	requireProblems(t, err,
		`prioritize: item 0: responses[0].dysfunctional is "KanoAnswer(0)", want like, must-be, neutral, live-with or dislike`,
		`prioritize: item 0: responses[1].functional is "KanoAnswer(9)", want like, must-be, neutral, live-with or dislike`,
		`prioritize: item 0: counts.one_dimensional is "-2", want >= 0`,
		`prioritize: item 0: counts is "given", want none beside responses`)
	_, err = parse[prioritize.KanoAnswer]("NaN")
	requireProblems(t, err, `prioritize: answer is "NaN", want like, must-be, neutral, live-with or dislike`)
	_, err = parse[prioritize.KanoClass]("X")
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = prioritize.KanoClass(7).MarshalText()
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = prioritize.KanoAnswer(0).MarshalText()
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

func randomKano(rng *rand.Rand) prioritize.KanoInput {
	in := prioritize.KanoInput{Responses: make([]prioritize.KanoResponse, rng.IntN(8))}
	for i := range in.Responses {
		in.Responses[i] = answers(prioritize.KanoAnswer(1+rng.IntN(5)), prioritize.KanoAnswer(1+rng.IntN(5)))
	}
	return in
}

// The twin counts letters.
func TestKanoAgreesWithLetters(t *testing.T) {
	grid := []string{"QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		in := randomKano(rng)
		if len(in.Responses) == 0 {
			continue
		}
		letters := ""
		for _, r := range in.Responses {
			letters += string(grid[r.Functional-1][r.Dysfunctional-1])
		}
		order := strings.Split("MOAIRQ", "")
		slices.SortStableFunc(order, func(a, b string) int { return strings.Count(letters, b) - strings.Count(letters, a) })
		want, err := parse[prioritize.KanoClass](order[0])
		require.NoError(t, err)
		r, err := in.Result()
		require.NoError(t, err)
		require.Equal(t, want, r.Class, letters)

		count := func(of string) int64 {
			n := int64(0)
			for _, l := range of {
				n += int64(strings.Count(letters, string(l)))
			}
			return n
		}
		ahead := count(order[0]) - count(order[1])
		requireRat(t, big.NewRat(100*ahead, int64(len(letters))), r.Strength)
		if all := count("AOMI"); all > 0 {
			requireRat(t, big.NewRat(count("AO"), all), r.Better)
			requireRat(t, big.NewRat(-count("OM"), all), r.Worse)
		}
		_, threshold := r.Counts.Significant(6)
		a, b, n := float64(count(order[0])), float64(count(order[1])), float64(len(letters))
		square, _ := threshold.Mul(threshold).Float64()
		require.InDelta(t, 1.65*1.65*(a+b)*(2*n-a-b)/(2*n), square, 1e-4)
	}
}

func TestKanoLaws(t *testing.T) {
	prioritizetest.TestMethod(t, prioritize.Kano{}, randomKano)
	requireRoundTrip(t, prioritize.KanoInput{Responses: []prioritize.KanoResponse{answers(prioritize.Like, prioritize.LiveWith)}})
	requireRoundTrip(t, kanoCounts("1", "2", "3", "4", "5", "6.5"))
	for class := prioritize.KanoMustBe; class <= prioritize.KanoQuestionable; class++ {
		requireRoundTrip(t, class)
	}
}

func FuzzParseKano(f *testing.F) {
	for _, seed := range []string{"like", "Must be", "live_with", "Q", "one-dimensional", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if a, err := parse[prioritize.KanoAnswer](s); err == nil {
			again, err := parse[prioritize.KanoAnswer](a.String())
			require.NoError(t, err)
			require.Equal(t, a, again)
		}
		if c, err := parse[prioritize.KanoClass](s); err == nil {
			again, err := parse[prioritize.KanoClass](c.String())
			require.NoError(t, err)
			require.Equal(t, c, again)
		}
	})
}

func ExampleKanoInput_Result() {
	// Brand and Rese, table 1, "App-based bonus program".
	in := prioritize.KanoInput{Counts: prioritize.KanoCounts{
		MustBe: dec("13"), OneDimensional: dec("56"), Attractive: dec("216"),
		Indifferent: dec("275"), Reverse: dec("23"), Questionable: dec("24"),
	}}
	r, err := in.Result()
	fmt.Println(r.Class, r.Strength.At(1), r.Mixed, r.Better.At(3), r.Worse.At(3), err)
	// Output: indifferent 9.7 false 0.486 -0.123 <nil>
}

func ExampleKano() {
	asked := func(functional, dysfunctional prioritize.KanoAnswer) prioritize.KanoInput {
		return prioritize.KanoInput{Responses: []prioritize.KanoResponse{
			{Functional: functional, Dysfunctional: dysfunctional},
		}}
	}
	ranking, err := prioritize.Rank(prioritize.Kano{}, []prioritize.Candidate[string, prioritize.KanoInput]{
		{Key: "Dark mode", Input: asked(prioritize.Like, prioritize.LiveWith)},
		{Key: "Log in", Input: asked(prioritize.Expect, prioritize.Dislike)},
	})
	fmt.Println(ranking.Keys(), ranking.Sentence("Dark mode", 0), err)
	// Output: [Log in Dark mode] attractive <nil>
}

func ExampleKanoCounts_Significant() {
	counts := prioritize.KanoCounts{
		MustBe: dec("13"), OneDimensional: dec("56"), Attractive: dec("216"),
		Indifferent: dec("275"), Reverse: dec("23"), Questionable: dec("24"),
	}
	significant, threshold := counts.Significant(3)
	fmt.Println(significant, threshold)
	// Output: true 28.215
}

func ExampleKanoClass() {
	var class prioritize.KanoClass
	err := class.UnmarshalText([]byte("Exciter"))
	fmt.Println(class, err)
	// Output: attractive <nil>
}
