package roadmap_test

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/roadmap"
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
		day, decimal.New(1, 0), roadmap.Absolute(decimal.New(1, 0)), story.Points(0),
		roadmap.Money{Currency: "EUR"},
		roadmap.Metric{Name: "time"},
		roadmap.Cashflow{Cost: decimal.New(1, 0)},
		roadmap.Statement{Unlike: "cash"},
		story.ListOf(story.Criterion{}), story.ListOf(roadmap.MoneyPeriod{}), story.ListOf(roadmap.Measurement{}),
		story.ConstOf(story.Details{Key: "SHOP-1"}), story.ConstOf(roadmap.Outcome{Note: "seen"}),
	} {
		if v.Type() == reflect.TypeOf(sample) {
			v.Set(reflect.ValueOf(sample))
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
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
	testEqual[roadmap.Feature](t)
	testEqual[roadmap.Metric](t)
	testEqual[roadmap.Money](t)
	testEqual[roadmap.MoneyPeriod](t)
	testEqual[roadmap.Outcome](t)
	for name, one := range eachField[roadmap.MoneyPeriod](t) {
		require.False(t, roadmap.Feature{Money: story.ListOf(one)}.Equal(roadmap.Feature{Money: story.ListOf(roadmap.MoneyPeriod{})}), name)
	}
	for name, one := range eachField[roadmap.Cashflow](t) {
		require.False(t, roadmap.MoneyPeriod{Planned: one}.Equal(roadmap.MoneyPeriod{}), name)
		require.False(t, roadmap.MoneyPeriod{Actual: one}.Equal(roadmap.MoneyPeriod{}), name)
	}
	for name, one := range eachField[roadmap.Measurement](t) {
		bare := roadmap.Outcome{Measurements: story.ListOf(roadmap.Measurement{})}
		require.False(t, bare.Equal(roadmap.Outcome{Measurements: story.ListOf(one)}), name)
	}
	relative, absolute := roadmap.Metric{Target: roadmap.Relative(dec("0"))}, roadmap.Metric{Target: roadmap.Absolute(dec("0"))}
	require.False(t, relative.Equal(absolute), "0 % is not 0")
}

// An instant is the same in another zone, and a number however it is written.
func TestEqualLooksAtWhatIsMeant(t *testing.T) {
	whole := func(at time.Time, number string) roadmap.Feature {
		n := dec(number)
		flow := roadmap.Cashflow{Revenue: n, Cost: n}
		return roadmap.Feature{
			Size: story.DecimalPoints(n), Budget: roadmap.Money{Amount: n}, Spent: roadmap.Money{Amount: n},
			Criteria: story.ListOf(story.Criterion{At: at}),
			Money:    story.ListOf(roadmap.MoneyPeriod{From: at, To: at, Planned: flow, Actual: flow}),
			Outcome: story.ConstOf(roadmap.Outcome{
				Metric: roadmap.Metric{Baseline: n, Target: roadmap.Absolute(n)}, From: at, To: at, At: at,
				Measurements: story.ListOf(roadmap.Measurement{At: at, Value: n}),
			}),
			Details: story.ConstOf(story.Details{Due: at}),
		}
	}
	require.True(t, whole(day, "3").Equal(whole(day.In(time.FixedZone("", 3600)), "3.0")))
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
	testIsZero[roadmap.Metric](t)
	testIsZero[roadmap.Money](t)
	testIsZero[roadmap.Cashflow](t)
	testIsZero[roadmap.Answer](t)
	testIsZero[roadmap.Subject](t)
	testIsZero[roadmap.Statement](t)
	testIsZero[roadmap.Vision](t)
	testIsZero[roadmap.Outcome](t)
	for target, want := range map[roadmap.Target]bool{
		{}: true, roadmap.Absolute(dec("1")): false, roadmap.Relative(dec("0")): false, roadmap.Relative(dec("1")): false,
	} {
		require.Equal(t, want, target.IsZero(), target)
	}
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
	testEnum[roadmap.Level](t, "Level", "capability", "epic")
	testEnum[roadmap.FeatureStatus](t, "FeatureStatus", "open", "accepted", "dropped")
	testEnum[roadmap.GoalStatus](t, "GoalStatus", "planned", "active", "fulfilled", "dropped")
	testEnum[roadmap.HypothesisVerdict](t, "HypothesisVerdict", "validated", "refuted", "inconclusive")
	testEnum[roadmap.ProposalStatus](t, "ProposalStatus", "open", "taken", "merged", "declined")
	testEnum[roadmap.ReleaseStatus](t, "ReleaseStatus", "planned", "shipped")
	testEnum[roadmap.RiskStatus](t, "RiskStatus", "open", "owned", "mitigated", "accepted", "resolved")
	testEnum[roadmap.ScoreBand](t, "ScoreBand", "red", "yellow", "green")
	testEnum[roadmap.Stage](t, "Stage", "introduction", "growth", "maturity", "decline")
	testEnum[roadmap.Trend](t, "Trend", "worsening", "steady", "improving")
	for status := range roadmap.GoalDropped + 1 {
		require.Equal(t, status == roadmap.GoalPlanned || status == roadmap.GoalActive, status.IsOpen(), status)
	}
}
