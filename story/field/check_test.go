package field_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
)

// texts calls check with short texts of characters in whose places the checks differ, and with long ones
// around the limits.
func texts(check func(text string)) {
	bits := []string{
		"a", "A", "~", " ", "z", "0", "\x7f", "\x1f", "\x00", "\n", "\t", "\xff", "\xc3", "\u00a0", "\u0085", "\u200b", "é", "語", "\U000e0100",
	}
	d := rand.New(rand.NewPCG(3, 4))
	check("")
	for n := range 2_000 {
		var text strings.Builder
		common := d.IntN(6) // most of a text is one character, so that all kinds of it come up
		for range 1 + d.IntN(1+n%20) {
			if d.IntN(4) > 0 {
				text.WriteString(bits[common])
			} else {
				text.WriteString(bits[d.IntN(len(bits))])
			}
		}
		check(text.String())
	}
	for _, limit := range []int{field.MaxTitle, field.MaxText} {
		for _, most := range []string{strings.Repeat("a", limit), strings.Repeat("é", limit/2), strings.Repeat(" ", limit), "a" + strings.Repeat("\n", limit-1)} {
			check(most)
			check(most + "a")
			check(most[:limit-2] + "\xff")
			check(most[:limit-2] + "\x00")
		}
	}
}

// Each check of a text agrees with its documentation written out, without the fast ways.
func TestTextChecksAreThoseDocumented(t *testing.T) {
	refusal := func(text, want string, refused bool) string {
		if !refused {
			return "<nil>"
		}
		return fmt.Sprint(field.New("p", "f", text, want))
	}
	texts(func(text string) {
		isBlank := strings.TrimSpace(text) == ""
		isTitle := len(text) <= 500 && utf8.ValidString(text) && !isBlank && !strings.ContainsFunc(text, unicode.IsControl)
		isText := len(text) <= 100_000 && utf8.ValidString(text) && !strings.Contains(text, "\x00")
		isSeen := strings.ContainsFunc(text, func(r rune) bool {
			return !unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
		})
		title, long := "1 to 500 bytes of text on one line", "at most 100000 bytes of UTF-8 text"
		require.Equal(t, refusal(text, title, !isTitle), fmt.Sprint(field.CheckTitle("p", "f", text)), "%q", text)
		require.Equal(t, refusal(text, title, !isTitle && text != ""), fmt.Sprint(field.CheckName("p", "f", text)), "%q", text)
		require.Equal(t, refusal(text, long, !isText), fmt.Sprint(field.CheckText("p", "f", text)), "%q", text)
		require.Equal(t, refusal(text, "words", isBlank), fmt.Sprint(field.CheckGiven("p", "f", text, "words")), "%q", text)
		require.Equal(t, !isSeen, field.IsBlank(text), "%q", text)
		want := long
		if isBlank {
			want = "words"
		}
		require.Equal(t, refusal(text, want, isBlank || !isText), fmt.Sprint(field.CheckRequired("p", "f", text, "words")), "%q", text)
		if want = long; !isSeen {
			want = "a reason, it is required and kept"
		}
		require.Equal(t, refusal(text, want, !isSeen || !isText), fmt.Sprint(field.CheckReason("p", "f", text)), "%q", text)
	})
}

// What is at a limit is accepted, one beyond it is not.
func TestNumbersAtTheirLimits(t *testing.T) {
	const want = "want a number below 10^18 with at most 12 decimals"
	for text, refused := range map[string]bool{
		"0": false, "999999999999999999": false, "-999999999999999999": false, "1000000000000000000": true, "-1000000000000000000": true,
		"1e17": false, "1e18": true, "9e17": false, "0.000000000001": false, "0.0000000000001": true, "-0.0000000000001": true,
		"999999999999999999.999999999999": false, "99.9999999999999": true,
	} {
		err := field.CheckNumber("p", "f", decimal.RequireFromString(text))
		require.Equal(t, refused, err != nil, text)
		if refused {
			require.EqualError(t, err, `p: f is "`+decimal.RequireFromString(text).String()+`", `+want)
		}
	}
	nines := decimal.RequireFromString(strings.Repeat("9", 60))
	for _, readable := range []decimal.Decimal{decimal.New(7, 60), decimal.New(7, -60), nines, nines.Neg(), nines.Shift(60), nines.Shift(-60)} {
		require.True(t, field.IsReadable(readable), readable)
		require.Equal(t, readable.String(), field.NumberText(readable))
	}
	for _, giant := range []decimal.Decimal{decimal.New(7, 61), decimal.New(7, -61), nines.Mul(decimal.NewFromInt(10)).Add(decimal.NewFromInt(1))} {
		require.False(t, field.IsReadable(giant), giant)
		require.Equal(t, "a number beyond reading", field.NumberText(giant))
	}
	for n := 1; n <= 6; n++ {
		require.Equal(t, 2 <= n && n <= 5, field.CheckWhole("p", "f", n, 2, 5) == nil, n)
		require.Equal(t, n <= 4, field.CheckLen("p", "f", n, 4) == nil, n)
	}
	require.EqualError(t, field.CheckWhole("p", "f", 6, 2, 5), `p: f is "6", want 2 to 5`)
	require.EqualError(t, field.CheckLen("p", "f", 5, 4), `p: f is "5", want at most 4 of them`)
}

// Two of one id are found wherever they stand, in short lists and in long ones, and nothing else is.
func TestCheckListFindsWhatComesTwice(t *testing.T) {
	for n := range 25 {
		items := make([]named, n)
		for i := range items {
			items[i] = named("item" + strconv.Itoa(i))
		}
		check := func(limit int) error {
			return field.CheckList("p", "list", slices.All(items), limit, func(n named) named { return n })
		}
		require.NoError(t, check(n))
		if n > 0 {
			require.EqualError(t, check(n-1), fmt.Sprintf(`p: list is "%d", want at most %d of them`, n, n-1))
		}
		for i := range items {
			for j := i + 1; j < n; j++ {
				was := items[j]
				items[j] = items[i]
				require.EqualError(t, check(n), fmt.Sprintf(`p: list[%d].id is "item%d", want an id of its own`, j, i))
				items[j] = was
			}
		}
	}
}
