package orderkey_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/orderkey"
)

// rewritten returns the keys with those of the runs in place, and how many those are.
func rewritten(t *testing.T, keys []string, runs []orderkey.Run) (after []string, count int) {
	t.Helper()
	after = slices.Clone(keys)
	end := -1
	for _, run := range runs {
		require.Greater(t, run.From, end, "runs are in order, with an item between them")
		require.NotEmpty(t, run.Keys)
		copy(after[run.From:], run.Keys)
		end = run.From + len(run.Keys)
		count += len(run.Keys)
	}
	return after, count
}

// mostThatStay tries every subset of the keys.
func mostThatStay(keys []string) int {
	most := 0
	for subset := range uint(1) << len(keys) {
		last, ascends := "", true
		for i, key := range keys {
			if subset>>i&1 == 1 {
				ascends = ascends && key > last
				last = key
			}
		}
		if ascends {
			most = max(most, bits.OnesCount(subset))
		}
	}
	return most
}

// Reorder leaves a list that ascends and, where there is room, rewrites as few keys as any way would.
func TestReorder(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		keys, err := orderkey.Spread("", "", 1+rng.IntN(9))
		require.NoError(t, err)
		for range rng.IntN(4) {
			i, j := rng.IntN(len(keys)), rng.IntN(len(keys))
			keys[i], keys[j] = keys[j], keys[i]
		}
		for range rng.IntN(3) {
			keys[rng.IntN(len(keys))] = "" // a new item
		}
		for range rng.IntN(2) {
			keys[rng.IntN(len(keys))] = keys[rng.IntN(len(keys))] // a key twice
		}
		before := slices.Clone(keys)
		runs, err := orderkey.Reorder(keys)
		require.NoError(t, err)
		require.Equal(t, before, keys)
		after, count := rewritten(t, keys, runs)
		require.NoError(t, orderkey.Check(after), "%q", keys)
		require.Equal(t, len(keys)-mostThatStay(keys), count, "%q", keys)
		again, err := orderkey.Reorder(after)
		require.NoError(t, err)
		require.Empty(t, again)
	}
}

// Where keys are so long that there is no room, more of them are rewritten, and the list ascends.
func TestReorderWithoutRoom(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 500 {
		keys, at := []string{"V"}, 0
		for range rng.IntN(500) { // crowded at one place
			a, b := around(keys, at)
			fresh, err := orderkey.Between(a, b)
			if err != nil {
				break
			}
			keys = slices.Insert(keys, at, fresh)
			at += rng.IntN(2)
		}
		for range 1 + rng.IntN(5) {
			i := rng.IntN(len(keys))
			key := keys[i]
			keys = slices.Delete(keys, i, i+1)
			keys = slices.Insert(keys, rng.IntN(len(keys)+1), key)
		}
		keys = slices.Insert(keys, min(at, len(keys)), "", "", "")
		runs, err := orderkey.Reorder(keys)
		require.NoError(t, err)
		after, _ := rewritten(t, keys, runs)
		require.NoError(t, orderkey.Check(after))
	}
}

// The cost is near linear, also of a list in which nothing has room.
func TestReorderIsBounded(t *testing.T) {
	n := 200_000
	if testing.Short() {
		n = 20_000
	}
	keys, err := orderkey.Spread(strings.Repeat("V", 59), strings.Repeat("V", 58)+"W", n)
	require.NoError(t, err)
	for i := 1; i < n; i += 2 {
		keys[i] = keys[i-1] // every other one has to go, and there is no room for it
	}
	runs, err := orderkey.Reorder(keys)
	require.NoError(t, err)
	after, _ := rewritten(t, keys, runs)
	require.NoError(t, orderkey.Check(after))

	slices.Reverse(keys)
	runs, err = orderkey.Reorder(keys)
	require.NoError(t, err)
	after, count := rewritten(t, keys, runs)
	require.NoError(t, orderkey.Check(after))
	require.GreaterOrEqual(t, count, n-1)
}

// Where there is no room, the longer of the two keys beside it goes too, and none besides.
func TestReorderGivesUpTheLongerKey(t *testing.T) {
	head := strings.Repeat("V", 62)
	before, err := orderkey.Spread("", "V", 100)
	require.NoError(t, err)
	for name, test := range map[string]struct {
		beside    [2]string
		from, new int
	}{
		"room for the new one alone": {[2]string{head, head + "W"}, 101, 1},
		"the first is longer":        {[2]string{head + "Vt", head + "W"}, 100, 2},
		"the last is longer":         {[2]string{head + "V", head + "V6"}, 101, 2},
		"both are as long":           {[2]string{head + "VV", head + "VW"}, 100, 2},
	} {
		keys := slices.Concat(before, []string{test.beside[0], "", test.beside[1]})
		runs, err := orderkey.Reorder(keys)
		require.NoError(t, err, name)
		require.Len(t, runs, 1, name)
		require.Equal(t, test.from, runs[0].From, name)
		require.Len(t, runs[0].Keys, test.new, name)
		after, _ := rewritten(t, keys, runs)
		require.NoError(t, orderkey.Check(after), name)
	}
}

func TestReorderRefused(t *testing.T) {
	runs, err := orderkey.Reorder(nil)
	require.NoError(t, err)
	require.Empty(t, runs)
	_, err = orderkey.Reorder([]string{"V", "a-b", "", "?"})
	require.ErrorIs(t, err, orderkey.ErrInvalid)
	require.ErrorContains(t, err, "at 1")
	require.ErrorContains(t, err, "at 3")
	_, err = orderkey.Reorder(make([]string, orderkey.MaxKeys+1))
	require.ErrorIs(t, err, orderkey.ErrRange)
}

// Keys of other trackers keep their order; the dumb twin sorts them.
func TestFromForeign(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	text := func(n int, characters string) string {
		var b strings.Builder
		for range n {
			b.WriteByte(characters[rng.IntN(len(characters))])
		}
		return b.String()
	}
	jira := func() string { return text(1, "012") + "|" + text(6, "0iz") + ":" + text(rng.IntN(3), digits) }
	fractional := func() string {
		n := 1 + rng.IntN(3)
		head := string(rune('a' + n - 1))
		if rng.IntN(2) == 0 {
			head = string(rune('Z' - n + 1))
		}
		return head + text(n, digits+"ABZ") + strings.TrimRight(text(rng.IntN(3), digits+"AZ"), "0")
	}
	for name, make := range map[string]func() string{"Jira": jira, "fractional": fractional} {
		t.Run(name, func(t *testing.T) {
			for range 300 {
				foreign := []string{}
				for range rng.IntN(30) {
					foreign = append(foreign, make())
				}
				keys, err := orderkey.FromForeign(foreign)
				require.NoError(t, err)
				for i := range foreign {
					for j := range foreign[:i] {
						require.Equal(t, foreign[j] <= foreign[i], keys[j] < keys[i], "%q %q", foreign[j], foreign[i])
					}
				}
			}
		})
	}
	// What counts up there counts up here.
	keys, err := orderkey.FromForeign([]string{"a0", "a1", "a0V", "Zz", "b00", "az", "Zy", "A00000000000000000000000000"})
	require.NoError(t, err)
	order := []int{0, 1, 2, 3, 4, 5, 6, 7}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(keys[x], keys[y]) })
	require.Equal(t, []int{7, 6, 3, 0, 2, 1, 5, 4}, order)
}

func TestFromForeignRefused(t *testing.T) {
	for name, foreign := range map[string][]string{
		"none of them":       {"V?"},
		"empty":              {""},
		"two kinds":          {"a0", "0|hzzzzz:"},
		"two kinds reversed": {"0|hzzzzz:", "a0"},
		"no colon":           {"0|hzzzzz"},
		"short":              {"0|hzz:"},
		"bucket":             {"3|hzzzzz:"},
		"capitals":           {"0|HZZZZZ:"},
		"after the colon":    {"0|hzzzzz:-"},
		"digits missing":     {"b0"},
		"ends in 0":          {"a00"},
		"no head":            {"00"},
		"foreign characters": {"a0é"},
	} {
		_, err := orderkey.FromForeign(foreign)
		require.ErrorIs(t, err, orderkey.ErrInvalid, name)
		require.ErrorContains(t, err, "orderkey: at ", name)
	}
	_, err := orderkey.FromForeign(make([]string, orderkey.MaxKeys+1))
	require.ErrorIs(t, err, orderkey.ErrRange)
	keys, err := orderkey.FromForeign(nil)
	require.NoError(t, err)
	require.Empty(t, keys)
}

// A rank of Jira is refused for one wrong character anywhere, and a fractional index for one digit too few.
func TestFromForeignCharacters(t *testing.T) {
	const rank = "0|hz09az:i9"
	is := func(key string) bool {
		_, err := orderkey.FromForeign([]string{key})
		return err == nil
	}
	within := func(c byte, from, to byte) bool { return from <= c && c <= to }
	for at := range len(rank) {
		for c := range 128 {
			key := rank[:at] + string(rune(c)) + rank[at+1:]
			want := within(byte(c), '0', '9') || within(byte(c), 'a', 'z')
			switch rank[at] {
			case '|', ':':
				want = byte(c) == rank[at]
			default:
				if at == 0 {
					want = within(byte(c), '0', '2')
				}
			}
			require.Equal(t, want, is(key), key)
		}
	}
	for c := range 256 {
		head := string([]byte{byte(c)})
		for n := range 300 {
			want := within(byte(c), 'a', 'z') && n > c-'a' || within(byte(c), 'A', 'Z') && n > 'Z'-c
			require.Equal(t, want, is(head+strings.Repeat("1", n)), "%q and %d digits", head, n)
		}
	}
}

// Whatever the keys are, the result ascends or the keys are refused.
func FuzzReorder(f *testing.F) {
	f.Add("V d N")
	f.Add("V V  Vl W")
	f.Fuzz(func(t *testing.T, text string) {
		keys := strings.Split(text, " ")
		runs, err := orderkey.Reorder(keys)
		if err != nil {
			require.ErrorIs(t, err, orderkey.ErrInvalid)
			return
		}
		after, _ := rewritten(t, keys, runs)
		require.NoError(t, orderkey.Check(after))
	})
}

// Whatever the keys are, theirs and ours are in one order or they are refused.
func FuzzFromForeign(f *testing.F) {
	f.Add("a0 Zz a1V b00")
	f.Add("0|hzzzzz: 0|hzzzzz:i 1|000000:")
	f.Fuzz(func(t *testing.T, text string) {
		foreign := strings.Split(text, " ")
		keys, err := orderkey.FromForeign(foreign)
		if err != nil {
			require.ErrorIs(t, err, orderkey.ErrInvalid)
			return
		}
		for i := 1; i < len(keys); i++ {
			require.Equal(t, foreign[i-1] <= foreign[i], keys[i-1] < keys[i])
		}
		require.NoError(t, orderkey.Check(slices.Sorted(slices.Values(keys))))
	})
}

// The items were dragged about and one is new: two of five rows are written.
func ExampleReorder() {
	keys := []string{"N", "d", "V", "l", ""} // d and V changed places, the last one is new
	runs, err := orderkey.Reorder(keys)
	if err != nil {
		panic(err)
	}
	for _, run := range runs {
		fmt.Println("from position", run.From, "on:", run.Keys)
	}
	// Output:
	// from position 1 on: [R]
	// from position 4 on: [p]
}

// The order of issues that come from Jira, without their ranks.
func ExampleFromForeign() {
	keys, err := orderkey.FromForeign([]string{"0|i0000f:", "0|hzzzzz:", "0|hzzzzz:i"})
	fmt.Println(keys, err)
	// Output:
	// [l F V] <nil>
}
