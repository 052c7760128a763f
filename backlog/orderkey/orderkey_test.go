package orderkey_test

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/orderkey"
)

// number is how many characters a number of this size takes in a key.
func number(size int) int {
	width, limit := 1, 25
	for block := 62; size >= limit; block *= 62 {
		width++
		limit += block
	}
	return width
}

// A list that grows by random single and multiple inserts stays sorted, whatever the place, and
// each insert keeps the documented length. The dumb twin is the list itself.
func TestInsertAnywhere(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var keys []string
		for range 60 {
			at := rng.IntN(len(keys) + 1)
			a, b := around(keys, at)
			n := []int{1, 1, 1, 2, 3, 7, 40, 1000}[rng.IntN(8)]
			fresh, err := orderkey.Spread(a, b, n)
			require.NoError(t, err)
			require.Len(t, fresh, n)
			for _, key := range fresh {
				require.LessOrEqual(t, len(key), max(len(a), len(b))+1+number(16*n))
			}
			if n > 40 {
				require.NoError(t, orderkey.Check(slices.Concat(nonEmpty(a), fresh, nonEmpty(b))))
				fresh = fresh[:1]
			}
			keys = slices.Insert(keys, at, fresh...)
			require.NoError(t, orderkey.Check(keys))
		}
	}
}

// Between any two valid keys there is a key, also next to the ends of the number range.
func TestDense(t *testing.T) {
	pieces := []string{"0000000", "0000001", "0000008", "000000G", "5z", "50", "6", "U", "V", "t", "u0", "zzzzzzy", "zzzzzzz"}
	rng := rand.New(rand.NewPCG(3, 4))
	pick := func() string {
		var b strings.Builder
		for range 1 + rng.IntN(3) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		return b.String()
	}
	for range 20000 {
		a, b := pick(), pick()
		if orderkey.Validate(a) != nil || orderkey.Validate(b) != nil || a == b {
			continue
		}
		a, b = min(a, b), max(a, b)
		for _, ends := range [][2]string{{a, b}, {"", a}, {b, ""}} {
			n := 1 + rng.IntN(20)
			keys, err := orderkey.Spread(ends[0], ends[1], n)
			require.NoError(t, err, "%q %q", ends[0], ends[1])
			all := slices.Concat(nonEmpty(ends[0]), keys, nonEmpty(ends[1]))
			require.NoError(t, orderkey.Check(all), "%q %q", ends[0], ends[1])
		}
	}
}

// What does not fit between two numbers goes below the lower one, as high up as it fits.
func TestSpreadStaysShort(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	for _, test := range []struct {
		a, b string
		want []string
	}{
		{"VV", "WU", []string{"Vd", "Vl"}},
		{"U", "VV", []string{"V"}},             // the path above the higher one is less than it
		{"", "0000001V", []string{"0000001"}},  // the lowest number of all
		{"", "0000001VV", []string{"0000001"}}, // above
		{"", "0000001V", []string{"0000000V", "0000000l"}},
		{"zzzzzzj", "", []string{"zzzzzzr"}}, // evenly at the end of the range
		{"zzzzzzi", "", []string{"zzzzzzy"}}, // in steps as long as there is one
		{"V", "V6", []string{"V5k"}},         // below the numbers of one character
	} {
		keys, err := orderkey.Spread(test.a, test.b, len(test.want))
		require.NoError(t, err)
		require.Equal(t, test.want, keys, "%q %q", test.a, test.b)
	}

	// Beside a number, keys are as short as the next one if there is half a step for each, or one for one.
	for at := range len(alphabet) {
		for n := 1; n <= 8; n++ {
			for _, test := range []struct {
				a, b       string
				room, size int
			}{
				{alphabet[at : at+1], "", 55 - at, 1},
				{"", alphabet[at : at+1], at - 6, 1},
				{"u" + alphabet[at:at+1], "", 61 - at, 2},
				{"", "5" + alphabet[at:at+1], at, 2},
			} {
				if orderkey.Validate(test.a+test.b) != nil || test.room < n || n > 1 && test.room < 8*n {
					continue
				}
				keys, err := orderkey.Spread(test.a, test.b, n)
				require.NoError(t, err)
				for _, key := range keys {
					require.Len(t, key, test.size, "%q %q %d", test.a, test.b, n)
				}
			}
		}
	}
	for n := range 7 { // 50 numbers take one character
		keys, err := orderkey.Spread("", "", n)
		require.NoError(t, err)
		require.Len(t, strings.Join(keys, ""), n)
	}
}

// What stands between the neighbours of a key on a list in even steps is the key, however many characters it has.
func TestBetweenFindsTheMiddle(t *testing.T) {
	keys, err := orderkey.Spread("", "", 50_001)
	require.NoError(t, err)
	for i := 1; i < len(keys)-1; i++ {
		middle, err := orderkey.Between(keys[i-1], keys[i+1])
		require.NoError(t, err)
		require.Equal(t, keys[i], middle)
	}
	key, err := orderkey.Between("V", "")
	require.NoError(t, err)
	require.Equal(t, "l", key)
	key, err = orderkey.Between("V", "U")
	require.ErrorIs(t, err, orderkey.ErrOrder)
	require.Empty(t, key)
}

// One-sided inserts cost characters like the logarithm of their number, wherever they start.
func TestGrowthOneSided(t *testing.T) {
	const inserts = 100_000
	tests := map[string]struct {
		a, b string
		side func(a, b, fresh string) (string, string)
	}{
		"append":              {side: func(_, b, fresh string) (string, string) { return fresh, b }},
		"prepend":             {side: func(a, _, fresh string) (string, string) { return a, fresh }},
		"after, far apart":    {a: "V", b: "d", side: func(_, b, fresh string) (string, string) { return fresh, b }},
		"before, far apart":   {a: "V", b: "d", side: func(a, _, fresh string) (string, string) { return a, fresh }},
		"after, neighbours":   {a: "V", b: "W", side: func(_, b, fresh string) (string, string) { return fresh, b }},
		"before, neighbours":  {a: "V", b: "W", side: func(a, _, fresh string) (string, string) { return a, fresh }},
		"before a longer key": {a: "V", b: "VV", side: func(a, _, fresh string) (string, string) { return a, fresh }},
		"after a longer key":  {a: "VV", b: "W", side: func(_, b, fresh string) (string, string) { return fresh, b }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b, longest := test.a, test.b, ""
			for range inserts {
				fresh, err := orderkey.Between(a, b)
				require.NoError(t, err)
				if len(fresh) > len(longest) {
					longest = fresh
				}
				a, b = test.side(a, b, fresh)
			}
			t.Logf("%d inserts: longest key %q, %d characters", inserts, longest, len(longest))
			limit := max(len(test.a), len(test.b)) + 2 + number(16*inserts)
			require.LessOrEqual(t, len(longest), limit)
		})
	}
}

// Between the last two inserted: never more than one character for six inserts, and with Rebalance
// 100,000 of them fit, for a few rewritten keys each.
func TestGrowthAlternating(t *testing.T) {
	const inserts = 100_000
	keys := []string{"V", "d"}
	at, longest, rewritten, calls, sinceRoom := 1, 0, 0, 0, 0
	for i := range inserts {
		a, b := around(keys, at)
		fresh, err := orderkey.Between(a, b)
		if err != nil {
			require.ErrorIs(t, err, orderkey.ErrNoRoom)
			require.Greater(t, sinceRoom, 6*(orderkey.Slack-1))
			run, err := orderkey.Rebalance("", "", keys, at)
			require.NoError(t, err)
			copy(keys[run.From:], run.Keys)
			rewritten, calls, sinceRoom = rewritten+len(run.Keys), calls+1, 0
			a, b = around(keys, at)
			fresh, err = orderkey.Between(a, b)
			require.NoError(t, err)
		}
		if calls == 0 {
			require.LessOrEqual(t, len(fresh), 2+i/6)
		}
		longest = max(longest, len(fresh))
		sinceRoom++
		keys = slices.Insert(keys, at, fresh)
		at += i % 2
	}
	require.NoError(t, orderkey.Check(keys))
	t.Logf("%d inserts: longest key %d characters, %d rebalanced, %d keys rewritten: %.2f for each insert",
		inserts, longest, calls, rewritten, float64(rewritten)/inserts)
	require.LessOrEqual(t, longest, orderkey.MaxLength)
	require.LessOrEqual(t, rewritten, 8*inserts)
}

// Between the last two inserted, as many fit below one character as 62 characters allow: 2^6 - 1 numbers
// between two would take 63. Any other order of inserts at one place costs one character for five.
func TestGrowthWorst(t *testing.T) {
	for _, ends := range [][2]string{{"", ""}, {"V", "W"}, {"V", "l"}, {"", "V"}, {"V", ""}} {
		a, b := ends[0], ends[1]
		inserts := 0
		for ; ; inserts++ {
			fresh, err := orderkey.Between(a, b)
			if err != nil {
				require.ErrorIs(t, err, orderkey.ErrNoRoom)
				break
			}
			if inserts%2 == 0 {
				a = fresh
			} else {
				b = fresh
			}
		}
		require.GreaterOrEqual(t, inserts, 6*(orderkey.MaxLength-1), ends)
	}

	// Every order of inserts, each beside the last; where there are too many, those with the longest keys.
	const most = 5000
	places := map[[2]string]bool{{"", ""}: true}
	for inserts := 1; inserts <= 40; inserts++ {
		next := map[[2]string]bool{}
		byLength := map[int][][2]string{}
		for place := range places {
			fresh, err := orderkey.Between(place[0], place[1])
			require.NoError(t, err)
			require.LessOrEqual(t, len(fresh), 1+(inserts-1)/5, place)
			for _, one := range [][2]string{{place[0], fresh}, {fresh, place[1]}} {
				if length := len(one[0]) + len(one[1]); !next[one] {
					next[one] = true
					byLength[length] = append(byLength[length], one)
				}
			}
		}
		places = map[[2]string]bool{}
		for length := 2 * orderkey.MaxLength; length >= 0; length-- {
			for _, one := range byLength[length] {
				if len(places) < most {
					places[one] = true
				}
			}
		}
	}
}

// Rebalance against trying every run, smallest first: the first whose neighbours are so short
// that the length law of Spread leaves the slack for a run of that length.
func TestRebalanceTouchesFewest(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	refused := 0
	for range 1000 {
		var keys []string
		a, b := "", ""
		for range 1 + rng.IntN(6) { // nested runs of any depth
			fresh, err := orderkey.Spread(a, b, 1+rng.IntN(4))
			require.NoError(t, err)
			at, _ := slices.BinarySearch(keys, fresh[0])
			keys = slices.Insert(keys, at, fresh...)
			at += rng.IntN(len(fresh) + 1)
			for range rng.IntN(60) {
				a, b = around(keys, at)
				key, err := orderkey.Between(a, b)
				if err != nil {
					break
				}
				keys = slices.Insert(keys, at, key)
				at += rng.IntN(2)
			}
			if a, b = around(keys, at); len(a) > 58 || len(b) > 58 {
				break
			}
		}
		at, from, to := rng.IntN(len(keys)+1), 0, len(keys)
		if rng.IntN(4) == 0 { // a part of the list around a place without room
			for {
				a, b = around(keys, at)
				key, err := orderkey.Between(a, b)
				if err != nil {
					break
				}
				keys = slices.Insert(keys, at, key)
				at += rng.IntN(2)
			}
			from, to = max(at-rng.IntN(9), 0), min(at+rng.IntN(9), len(keys))
			if rng.IntN(2) == 0 {
				at = from + rng.IntN(to-from+1)
			}
		}
		a, _ = around(keys, from)
		_, b = around(keys, to)
		run, err := orderkey.Rebalance(a, b, keys[from:to], at-from)
		least := fewest(keys, at, from, to)
		if least < 0 {
			require.ErrorIs(t, err, orderkey.ErrNoRoom)
			refused++
			continue
		}
		require.NoError(t, err)
		require.Len(t, run.Keys, least, "%q from %d to %d at %d", keys, from, to, at)

		after := slices.Clone(keys)
		copy(after[from+run.From:], run.Keys)
		require.NoError(t, orderkey.Check(after))
		a, b = around(after, at)
		key, err := orderkey.Between(a, b)
		require.NoError(t, err)
		require.LessOrEqual(t, len(key), orderkey.MaxLength-orderkey.Slack+2)
	}
	require.Greater(t, refused, 20)
}

// Neighbours of 54 characters leave the slack for a key between them; of longer ones, those that can get a new key do.
func TestRebalanceSlack(t *testing.T) {
	short, long := strings.Repeat("V", 53), strings.Repeat("V", 54)
	for _, test := range []struct {
		a, b  string
		keys  []string
		at    int
		fresh int // -1 for no room
	}{
		{keys: []string{short + "V", short + "X"}, at: 1},
		{keys: []string{short + "V", long + "X"}, at: 1, fresh: 2},
		{keys: []string{long + "V", long + "X"}, at: 1, fresh: 2},
		{a: short + "V", b: short + "X"},
		{a: long + "V", b: short + "X", fresh: -1},
		{a: short + "V", b: long + "X", fresh: -1},
		{a: short + "V", b: long + "X", keys: []string{short + "W"}},
		{a: long + "V", b: short + "X", keys: []string{short + "W"}, at: 1},
		{a: "V", b: long + "X", keys: []string{long + "W", "V" + long[:53] + "WV"}, at: 1, fresh: -1},
		{a: "V", b: "W", keys: []string{long + "V", long + "X"}, at: 1, fresh: 2},
	} {
		run, err := orderkey.Rebalance(test.a, test.b, test.keys, test.at)
		if test.fresh < 0 {
			require.ErrorIs(t, err, orderkey.ErrNoRoom, "%+v", test)
			continue
		}
		require.NoError(t, err, "%+v", test)
		require.Len(t, run.Keys, test.fresh, "%+v", test)
	}
}

// fewest returns the length of the smallest run around a position, between two others, that makes room, or -1.
func fewest(keys []string, at, first, end int) int {
	for n := range end - first + 1 {
		for from := max(first, at-n); from <= at && from+n <= end; from++ {
			left, right := "", ""
			if from > 0 {
				left = keys[from-1]
			}
			if from+n < len(keys) {
				right = keys[from+n]
			}
			if max(len(left), len(right))+1+number(16*(n+1))+orderkey.Slack+bits.Len(uint(n)) <= orderkey.MaxLength {
				return n
			}
		}
	}
	return -1
}

func TestErrors(t *testing.T) {
	long := strings.Repeat("V", orderkey.MaxLength)
	tests := map[string]struct {
		call func() error
		want []error
		text string
	}{
		"foreign characters": {
			func() error { return orderkey.Validate("a-b") },
			[]error{orderkey.ErrInvalid},
			`orderkey: key "a-b": want only 0-9, A-Z, a-z`,
		},
		"foreign first character": {func() error { return orderkey.Validate("é") }, []error{orderkey.ErrInvalid}, ""},
		"foreign digit":           {func() error { return orderkey.Validate("u-") }, []error{orderkey.ErrInvalid}, ""},
		"empty":                   {func() error { return orderkey.Validate("") }, []error{orderkey.ErrInvalid}, ""},
		"digits missing":          {func() error { return orderkey.Validate("Vz123") }, []error{orderkey.ErrInvalid}, ""},
		"nothing fits before it":  {func() error { return orderkey.Validate("V0000000") }, []error{orderkey.ErrInvalid}, ""},
		"a megabyte": {
			func() error { return orderkey.Validate(strings.Repeat("V", 1<<20)) },
			[]error{orderkey.ErrInvalid},
			`orderkey: key "` + long + `...": want at most 64 characters`,
		},
		"list": {
			func() error { return orderkey.Check([]string{"V", "N", "?", "N"}) },
			[]error{orderkey.ErrOrder, orderkey.ErrInvalid},
			"orderkey: at 1: key \"V\" is not less than \"N\"\n" +
				"orderkey: at 2: key \"?\": want only 0-9, A-Z, a-z",
		},
		"both ends": {
			func() error { _, err := orderkey.Spread("?", "!", -1); return err },
			[]error{orderkey.ErrInvalid, orderkey.ErrOrder, orderkey.ErrRange},
			"",
		},
		"equal ends": {func() error { _, err := orderkey.Between("V", "V"); return err }, []error{orderkey.ErrOrder}, ""},
		"too many":   {func() error { _, err := orderkey.Spread("", "", orderkey.MaxKeys+1); return err }, []error{orderkey.ErrRange}, ""},
		"no room":    {func() error { _, err := orderkey.Between(long, long[:63]+"W"); return err }, []error{orderkey.ErrNoRoom}, ""},
		"position": {
			func() error { _, err := orderkey.Rebalance("", "", []string{"V"}, 2); return err },
			[]error{orderkey.ErrRange},
			"orderkey: out of range: position 2, want 0 to 1",
		},
		"run that does not ascend": {
			func() error {
				_, err := orderkey.Rebalance("", "", []string{"N", long, "A" + long[1:], "d"}, 2)
				return err
			},
			[]error{orderkey.ErrOrder},
			"orderkey: at 2: key \"" + long + "\" is not less than \"A" + long[1:] + "\"",
		},
		"run outside its ends": {
			func() error { _, err := orderkey.Rebalance("W", "X", []string{"V"}, 0); return err },
			[]error{orderkey.ErrOrder},
			`orderkey: key "W" is not less than "V"`,
		},
		"equal keys": {
			func() error { return orderkey.Check([]string{"N", "V", "V"}) },
			[]error{orderkey.ErrOrder},
			`orderkey: at 2: key "V" is not less than "V"`,
		},
		"run that begins before its start": {
			func() error { _, err := orderkey.Rebalance("W", "X", []string{long}, 0); return err },
			[]error{orderkey.ErrOrder},
			`orderkey: key "W" is not less than "` + long + `"`,
		},
		"run that ends after its end": {
			func() error { _, err := orderkey.Rebalance("T", "U", []string{long}, 1); return err },
			[]error{orderkey.ErrOrder},
			`orderkey: key "` + long + `" is not less than "U"`,
		},
		"run that begins with its start": {
			func() error { _, err := orderkey.Rebalance(long, "", []string{long}, 1); return err },
			[]error{orderkey.ErrOrder, orderkey.ErrNoRoom},
			"",
		},
		"ends too long": {
			func() error { _, err := orderkey.Rebalance(long[:60], long, nil, 0); return err },
			[]error{orderkey.ErrNoRoom},
			"",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.call()
			for _, want := range test.want {
				require.ErrorIs(t, err, want)
			}
			if test.text != "" {
				require.EqualError(t, err, test.text)
			}
		})
	}
	keys, err := orderkey.Spread("", "", 0)
	require.NoError(t, err)
	require.Empty(t, keys)
}

// Whatever comes from outside is refused, or is a key with keys before, after and between.
func FuzzBetween(f *testing.F) {
	f.Fuzz(func(t *testing.T, a, b string) {
		keys, err := orderkey.Spread(a, b, 3)
		if err != nil {
			return
		}
		require.NoError(t, orderkey.Check(slices.Concat(nonEmpty(a), keys, nonEmpty(b))))
	})
}

func around(keys []string, at int) (a, b string) {
	if at > 0 {
		a = keys[at-1]
	}
	if at < len(keys) {
		b = keys[at]
	}
	return a, b
}

func nonEmpty(key string) []string {
	if key == "" {
		return nil
	}
	return []string{key}
}

func BenchmarkBetween(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := orderkey.Between("VVVVVVVV", "VVVVVVVW"); err != nil {
			b.Fatal(err)
		}
	}
}
