package story_test

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// eachField returns copies of E by the name of a field: only that field is not zero.
func eachField[E any](t *testing.T) map[string]E {
	all := map[string]E{}
	whole := reflect.TypeFor[E]()
	for i := range whole.NumField() {
		var one E
		fill(t, reflect.ValueOf(&one).Elem().Field(i))
		all[whole.Name()+"."+whole.Field(i).Name] = one
	}
	return all
}

// fill sets a field to a value that is not zero.
func fill(t *testing.T, v reflect.Value) {
	for _, sample := range []any{
		time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC), story.Points(0), story.ConditionsOf("when I pay"),
		story.Narrative{Role: "user"},
		story.Past{Done: time.Unix(0, 0)},
		story.ConstOf(story.Details{Key: "SHOP-1"}),
		story.ListOf("web"), story.ListOf(story.DataValue{}), story.ListOf(story.Criterion{}), story.ListOf(story.Task{}),
	} {
		if v.Type() == reflect.TypeOf(sample) {
			v.Set(reflect.ValueOf(sample))
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Array:
		v.Index(0).SetUint(1)
	default:
		require.Fail(t, "no sample of "+v.Type().String())
	}
}

// A value is equal to itself, and not to one that differs in a field, whichever.
func testEqual[E interface{ Equal(other E) bool }](t *testing.T) {
	var zero, none E
	require.True(t, zero.Equal(none))
	for name, one := range eachField[E](t) {
		same := one
		require.True(t, one.Equal(same), name)
		require.False(t, one.Equal(zero), name)
		require.False(t, zero.Equal(one), name)
	}
}

func TestEqualLooksAtEachField(t *testing.T) {
	testEqual[story.Story](t)
	testEqual[story.Criterion](t)
	testEqual[story.Details](t)
	testEqual[story.Past](t)
	bare := story.Story{Criteria: story.ListOf(story.Criterion{}), Tasks: story.ListOf(story.Task{})}
	for name, one := range eachField[story.Criterion](t) {
		require.False(t, bare.Equal(story.Story{Criteria: story.ListOf(one), Tasks: bare.Tasks}), name)
	}
	for name, one := range eachField[story.Task](t) {
		require.False(t, bare.Equal(story.Story{Criteria: bare.Criteria, Tasks: story.ListOf(one)}), name)
	}
	for name, one := range eachField[story.Details](t) {
		require.False(t, story.Story{}.Equal(story.Story{Details: story.ConstOf(one)}), name)
	}
	for name, one := range eachField[story.DataValue](t) {
		require.False(t, story.Details{Data: story.ListOf(one)}.Equal(story.Details{Data: story.ListOf(story.DataValue{})}), name)
	}
	require.False(t, story.Details{Labels: story.ListOf("web")}.Equal(story.Details{Labels: story.ListOf("Web")}))
}

// An instant is the same in another zone, and a number however it is written.
func TestEqualLooksAtWhatIsMeant(t *testing.T) {
	utc := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	there := utc.In(time.FixedZone("", 3600))
	details := func(at time.Time) story.Details {
		return story.Details{NotBefore: at, Due: at, Past: story.Past{Created: at, Started: at, Done: at}}
	}
	require.True(t, details(utc).Equal(details(there)))
	whole := func(at time.Time, points string) story.Story {
		return story.Story{
			Criteria: story.ListOf(story.Criterion{At: at}),
			Estimate: story.DecimalPoints(decimal.RequireFromString(points)),
			Details:  story.ConstOf(details(at)),
		}
	}
	require.True(t, whole(utc, "3").Equal(whole(there, "3.0")))
}

// What holds anything is not zero: it would be left out of JSON.
func testIsZero[E interface{ IsZero() bool }](t *testing.T) {
	var zero E
	require.True(t, zero.IsZero())
	for name, one := range eachField[E](t) {
		require.False(t, one.IsZero(), name)
	}
}

func TestIsZeroLooksAtEachField(t *testing.T) {
	testIsZero[story.Details](t)
	testIsZero[story.Past](t)
	testIsZero[story.Narrative](t)
}

// An enumeration has these texts and no others, and each value is written and read as itself.
func testEnum[E interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
	IsValid() bool
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, kind string, texts ...string) {
	for n := range 256 {
		v := E(n)
		require.Equal(t, 0 < n && n <= len(texts), v.IsValid(), n)
		text, err := v.MarshalText()
		if n > len(texts) {
			require.ErrorIs(t, err, field.ErrInvalid, n)
			require.Nil(t, text)
			require.Equal(t, fmt.Sprintf("%s(%d)", kind, n), v.String())
			continue
		}
		require.NoError(t, err)
		require.Equal(t, append([]string{""}, texts...)[n], string(text))
		require.Equal(t, string(text), v.String())
		back := E(255)
		require.NoError(t, P(&back).UnmarshalText(text))
		require.Equal(t, v, back)
	}
	for _, text := range append(texts, "other") {
		v := E(1)
		err := P(&v).UnmarshalText([]byte(strings.ToUpper(text)))
		require.ErrorIs(t, err, field.ErrInvalid)
		require.ErrorContains(t, err, "one of "+strings.Join(texts, ", "))
		require.Equal(t, E(1), v)
	}
}

func TestEnums(t *testing.T) {
	testEnum[story.Verdict](t, "Verdict", "met", "unmet")
	testEnum[story.Category](t, "Category", "proposed", "in_progress", "completed", "removed")
}

// refusal is a value with something wrong, and the text that says so: "" if nothing is.
type refusal struct {
	value interface{ Validate() error }
	want  string
}

func testRefusals(t *testing.T, tests map[string]refusal) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.value.Validate()
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, field.ErrInvalid)
		})
	}
}

// after returns a copy of value that was changed.
func after[E any](value E, change func(*E)) E {
	change(&value)
	return value
}
