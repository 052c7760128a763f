package field_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
)

// An error about a large value is small, and says so.
func TestNewKeepsErrorsSmall(t *testing.T) {
	large := strings.Repeat("ä", 26_000_000)
	bad := field.New("pkg", large, large, large)
	require.Less(t, len(bad.Error()), 1000)
	require.Equal(t, strings.Repeat("ä", 30)+"...", bad.Value)
	require.Equal(t, strings.Repeat("x", 59)+"...", field.New("", "", strings.Repeat("x", 59)+"ä", "").Value)
	require.Equal(t, strings.Repeat("x", 60), field.New("", "", strings.Repeat("x", 60), "").Value)
	require.Less(t, len(field.New("", "", strings.Repeat("\x80", 100), "").Value), 64)

	within := field.Within(large, bad)
	require.Less(t, len(within.Error()), 1000)
}

// A text at its bound is quoted whole, and one beyond it is cut.
func TestNewCutsWhatIsBeyondABound(t *testing.T) {
	at := func(n int) *field.Error {
		text := strings.Repeat("x", n)
		return field.New(text, text, text, text)
	}
	for limit, quoted := range map[int]func(*field.Error) string{
		60: func(e *field.Error) string { return e.Value }, 500: func(e *field.Error) string { return e.Want },
		200: func(e *field.Error) string { require.Equal(t, e.Package, e.Field); return e.Field },
	} {
		require.Equal(t, strings.Repeat("x", limit), quoted(at(limit)))
		require.Equal(t, strings.Repeat("x", limit)+"...", quoted(at(limit+1)))
	}
	// Between two characters, whatever their length; what is no character is cut within its last four bytes.
	for before := range 5 {
		for _, character := range []string{"é", "語", "\U0001f600"} {
			whole := strings.Repeat("x", 60-before)
			want := whole + "..."
			if before >= len(character) {
				want = whole + character + strings.Repeat("x", before-len(character)) + "..."
			}
			require.Equal(t, want, field.New("", "", whole+character+strings.Repeat("x", 10), "").Value)
		}
	}
	require.Equal(t, strings.Repeat("\x80", 56)+"...", field.New("", "", strings.Repeat("\x80", 100), "").Value)
}

func TestErrorJSON(t *testing.T) {
	bad := field.New("story", "title", "", "a title")
	text, err := json.Marshal([]*field.Error{bad})
	require.NoError(t, err)
	require.JSONEq(t, `[{"package":"story","field":"title","value":"","want":"a title"}]`, string(text))
	var back []*field.Error
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, []*field.Error{bad}, back)
}

func TestAll(t *testing.T) {
	a, b, c := field.New("p", "a", "", "x"), field.New("p", "b", "", "x"), field.New("p", "c", "", "x")
	other := errors.New("something else")
	tests := map[string]struct {
		err  error
		want []*field.Error
	}{
		"no error":        {nil, nil},
		"another error":   {other, nil},
		"one":             {a, []*field.Error{a}},
		"joined":          {errors.Join(a, other, b), []*field.Error{a, b}},
		"wrapped":         {fmt.Errorf("item 3: %w", a), []*field.Error{a}},
		"wrapped and two": {fmt.Errorf("%w and %w: %w", a, other, errors.Join(b, fmt.Errorf("c: %w", c))), []*field.Error{a, b, c}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, slices.Collect(field.All(test.err)))
			require.Equal(t, test.want, slices.Collect(field.All(test.err)), "a second time")
			for problem := range field.All(test.err) {
				require.Same(t, test.want[0], problem)
				break
			}
			require.Equal(t, len(test.want) > 0, errors.Is(test.err, field.ErrInvalid))
		})
	}
}

// endless is an error that wraps itself.
type endless struct{}

func (endless) Error() string   { return "endless" }
func (e endless) Unwrap() error { return e }

// wrapper wraps an error and, unlike fmt's, makes no text before it is asked.
type wrapper struct{ error }

func (w wrapper) Unwrap() error { return w.error }

// A tree of errors as deep as it is large is read without recursion; one without an end is left.
func TestAllIsBounded(t *testing.T) {
	deep := error(field.New("p", "f", "", "x"))
	for range 400_000 {
		deep = errors.Join(wrapper{deep})
	}
	require.Len(t, slices.Collect(field.All(deep)), 1)
	require.Empty(t, slices.Collect(field.All(endless{})))
	// What joins them is one of the first million.
	wide := slices.Repeat([]error{field.New("p", "f", "", "x")}, 1_000_001)
	require.Len(t, slices.Collect(field.All(errors.Join(wide...))), 999_999)
}

func TestWithin(t *testing.T) {
	other := errors.New("something else")
	require.NoError(t, field.Within("outer", nil))
	require.Same(t, other, field.Within("outer", other))
	err := field.Within("criteria[2]", errors.Join(
		field.New("story", "text", "", "words"), other, errors.Join(field.New("story", "id", "", "a UUID")),
	))
	require.EqualError(t, err, `story: criteria[2].text is "", want words
something else
story: criteria[2].id is "", want a UUID`)
	require.ErrorIs(t, err, other)
	require.EqualError(t, field.Within("a", fmt.Errorf("said: %w", field.New("p", "b", "1", "2"))), `p: a.b is "1", want 2`)
}

func TestChecks(t *testing.T) {
	tests := map[string]struct {
		err  error
		want string // "" is none
	}{
		"a title":              {field.CheckTitle("p", "f", "View expenses"), ""},
		"no title":             {field.CheckTitle("p", "f", " "), `p: f is " ", want 1 to 500 bytes of text on one line`},
		"a title of two lines": {field.CheckTitle("p", "f", "a\nb"), `p: f is "a\nb", want 1 to 500 bytes of text on one line`},
		"a longest title":      {field.CheckTitle("p", "f", strings.Repeat("x", field.MaxTitle)), ""},
		"a title too long": {
			field.CheckTitle("p", "f", strings.Repeat("x", field.MaxTitle+1)),
			`p: f is "` + strings.Repeat("x", 60) + `...", want 1 to 500 bytes of text on one line`,
		},
		"no name":            {field.CheckName("p", "f", ""), ""},
		"a name":             {field.CheckName("p", "f", "Dana"), ""},
		"a bad name":         {field.CheckName("p", "f", "\x00"), `p: f is "\x00", want 1 to 500 bytes of text on one line`},
		"no text":            {field.CheckText("p", "f", ""), ""},
		"a text":             {field.CheckText("p", "f", "two\nlines"), ""},
		"not UTF-8":          {field.CheckText("p", "f", "\xff"), `p: f is "\xff", want at most 100000 bytes of UTF-8 text`},
		"NUL":                {field.CheckText("p", "f", "a\x00"), `p: f is "a\x00", want at most 100000 bytes of UTF-8 text`},
		"a reason":           {field.CheckReason("p", "f", "too small"), ""},
		"no reason":          {field.CheckReason("p", "f", "\n"), `p: f is "\n", want a reason, it is required and kept`},
		"nothing to be seen": {field.CheckReason("p", "f", " \u200b\u00a0"), `p: f is " \u200b\u00a0", want a reason, it is required and kept`},
		"a bad one":          {field.CheckReason("p", "f", "\xff"), `p: f is "\xff", want at most 100000 bytes of UTF-8 text`},
		"a number":           {field.CheckNumber("p", "f", decimal.RequireFromString("-1.5")), ""},
		"too large":          {field.CheckNumber("p", "f", decimal.New(1, 18)), `p: f is "1000000000000000000", want a number below 10^18 with at most 12 decimals`},
		"too fine":           {field.CheckNumber("p", "f", decimal.New(1, -13)), `p: f is "0.0000000000001", want a number below 10^18 with at most 12 decimals`},
		"a huge one":         {field.CheckNumber("p", "f", decimal.New(1, 999_999_999)), `p: f is "a number beyond reading", want a number below 10^18 with at most 12 decimals`},
		"an identity":        {field.CheckID("p", "f", named("1")), ""},
		"none":               {field.CheckID("p", "f", named("")), `p: f is "", want a UUID made by the caller`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.want == "" {
				require.NoError(t, test.err)
				return
			}
			require.EqualError(t, test.err, test.want)
			require.ErrorIs(t, test.err, field.ErrInvalid)
		})
	}
}

// named is an item of a list that is known by its text.
type named string

func (n named) IsZero() bool    { return n == "" }
func (n named) String() string  { return string(n) }
func (n named) Validate() error { return field.CheckTitle("p", "name", string(n)) }

func TestCheckList(t *testing.T) {
	check := func(limit int, items ...named) error {
		return field.CheckList("p", "list", slices.All(items), limit, func(n named) named { return n })
	}
	require.NoError(t, check(0))
	require.NoError(t, check(2, "a", "b"))
	require.EqualError(t, check(3, "a", "", "a"), `p: list[1].name is "", want 1 to 500 bytes of text on one line
p: list[2].id is "a", want an id of its own`)
	require.EqualError(t, check(1, "a", "", "a"), `p: list is "3", want at most 1 of them`)
}

// colour is an enumeration made as the package comment shows.
type colour uint8

const (
	red colour = iota + 1
	green
)

var colours = field.EnumOf[colour]("paint", "WallColour", "red", "green")

func TestEnum(t *testing.T) {
	texts := map[colour]string{0: "", red: "red", green: "green"}
	for value, text := range texts {
		require.Equal(t, text, colours.String(value))
		got, err := colours.MarshalText(value)
		require.NoError(t, err)
		require.Equal(t, text, string(got))
		back := colour(9)
		require.NoError(t, colours.UnmarshalText(&back, got))
		require.Equal(t, value, back)
		require.Equal(t, value != 0, colours.IsValid(value))
		require.NoError(t, colours.Check("wall", value))
		require.Equal(t, value != 0, colours.CheckSet("wall", value) == nil)
	}
	require.ElementsMatch(t, []string{"", "red", "green"}, slices.Collect(maps.Values(texts)))

	require.Equal(t, "WallColour(3)", colours.String(3))
	require.False(t, colours.IsValid(3))
	_, err := colours.MarshalText(3)
	require.EqualError(t, err, `paint: wall_colour is "WallColour(3)", want one of red, green`)
	require.EqualError(t, colours.Check("wall", 3), `paint: wall is "WallColour(3)", want one of red, green`)
	require.EqualError(t, colours.CheckSet("wall", 0), `paint: wall is "", want one of red, green`)
	value := green
	require.EqualError(t, colours.UnmarshalText(&value, []byte("Red")), `paint: wall_colour is "Red", want one of red, green`)
	require.Equal(t, green, value)
	require.Less(t, len(colours.UnmarshalText(&value, make([]byte, 1_000_000)).Error()), 400)
}

// An enumeration has these texts and no others.
func TestSeverity(t *testing.T) {
	texts := []string{"", "hint", "warning", "defect"}
	for n := range 256 {
		severity := field.Severity(n)
		require.Equal(t, 0 < n && n < 4, severity.IsValid())
		text, err := severity.MarshalText()
		if n > 3 {
			require.ErrorIs(t, err, field.ErrInvalid)
			require.Equal(t, fmt.Sprintf("Severity(%d)", n), severity.String())
			continue
		}
		require.NoError(t, err)
		require.Equal(t, texts[n], string(text))
		require.Equal(t, texts[n], severity.String())
		var read field.Severity
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, severity, read)
	}
	severity := field.Hint
	require.EqualError(t, severity.UnmarshalText([]byte("Hint")), `field: severity is "Hint", want one of hint, warning, defect`)
	require.Equal(t, field.Hint, severity)
}

// A lone error stays what it is, several are joined, and none is nil.
func TestJoin(t *testing.T) {
	one, two := field.New("story", "title", "", "a title"), errors.New("two")
	require.NoError(t, field.Join())
	require.NoError(t, field.Join(nil, nil))
	require.Same(t, one, field.Join(nil, one, nil))
	require.Equal(t, errors.Join(one, two), field.Join(nil, one, nil, two))
}

// A byte that has no place on a line is found wherever it stands.
func TestCheckTitleBytes(t *testing.T) {
	for length := 1; length <= 20; length++ {
		for at := range length {
			for c := range 256 {
				text := []byte(strings.Repeat("A", length))
				text[at] = byte(c)
				isFine := ' ' < c && c <= '~' || c == ' ' && length > 1
				require.Equal(t, isFine, field.CheckTitle("p", "f", string(text)) == nil, "%q", text)
			}
		}
	}
}
