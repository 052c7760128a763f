package exchange_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// Whether text is JSON is found out in a way of our own, and is what package json finds.
func TestJSONAgreesWithPackageJSON(t *testing.T) {
	pieces := []string{
		`{`, `}`, `[`, `]`, `,`, `:`, `"a"`, `"\n"`, `"\x"`, `"\u00e9"`, `"\u00g9"`, `"`, `\`, "\n", "\t", "\x00", "\v", " ",
		`1`, `0`, `01`, `-`, `-1`, `1.5`, `1.`, `.5`, `1e5`, `1e`, `1E+5`, `e`, `true`, `false`, `null`, `nul`, `é`, "\xff", "\"\x01\"", "\"\xff\"",
	}
	values := []string{
		`{"a":[1,{"b":null}],"c":"\\\""}`, `[]`, `{}`, `[{},[]]`, `"a\u12"`, `{"a":1,}`, `[1,]`, `{"a"}`, `{,}`, `[,]`, `{1:2}`, `1 2`, ``, ` `, `-0`, `-01`, `0.0e-7`,
		strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
		strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000), strings.Repeat(`{"a":`, 10_000) + "{}" + strings.Repeat("}", 10_000),
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		text := values[random.IntN(15)]
		for range random.IntN(4) {
			at, to := random.IntN(len(text)+1), random.IntN(len(text)+1)
			text = text[:min(at, to)] + pieces[random.IntN(len(pieces))] + text[max(at, to):]
		}
		values = append(values, text)
	}
	valid := 0
	for _, text := range values {
		want := json.Valid([]byte(text))
		require.Equal(t, want, exchange.IsJSON(text), "%.200q", text)
		if want {
			valid++
		}
	}
	require.Greater(t, valid, 1000)
}
