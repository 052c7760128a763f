package backlog_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

// setTime sets the time that comes as number n in a value, counted from 0, and returns how many it met.
func setTime(v reflect.Value, n int, at time.Time) (met int) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		if n == 0 {
			v.Set(reflect.ValueOf(at))
		}
		return 1
	case v.Type() == reflect.TypeFor[*time.Time]():
		if n == 0 {
			v.Set(reflect.ValueOf(&at))
		}
		return 1
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				met += setTime(v.Field(i), n-met, at)
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			met += setTime(v.Index(i), n-met, at)
		}
	}
	return met
}

// A time that JSON can't hold is refused in every field of every change, decided or applied; what is
// accepted can be written, read back and restored.
func TestInstantsThatJSONCannotHold(t *testing.T) {
	day := start.AddDate(1, 0, 0)
	bad := []time.Time{
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Unix(day.UnixMilli(), 0), time.Unix(math.MaxInt64, 0), day.In(time.FixedZone("", 24*3600)),
		day.In(time.FixedZone("", -24*3600)), day.In(time.FixedZone("LMT", 53*60+28)),
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -2*3600)),
	}
	good := []time.Time{day, day.In(time.FixedZone("", 14*3600)), time.Date(1, 1, 2, 0, 0, 0, 1, time.UTC)}
	changes := func() []backlog.Change {
		all := []backlog.Change{
			backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(9), Name: "S"}},
			backlog.AddGoal{Goal: roadmap.Goal{
				ID: goalID(9), Title: "G", Metric: roadmap.Metric{Name: "m", Target: roadmap.Absolute(decimal.NewFromInt(5))},
				Measurements: []roadmap.Measurement{{}},
			}},
			backlog.AddStory{Story: newStory(30)},
			backlog.EditIncrement{Increment: incrementID(1), Iterations: &[]roadmap.Iteration{{Name: "1", From: start, To: day}}},
		}
		for _, test := range decisions() {
			all = append(all, test.change)
		}
		return all
	}
	actor := backlog.As("Zoe", roleOf(zoe), backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)
	fields, accepted := 0, 0
	for i, change := range changes() {
		times := setTime(reflect.New(reflect.TypeOf(change)).Elem(), -1, day)
		with := func(n int, at time.Time) backlog.Change {
			one := reflect.New(reflect.TypeOf(change)).Elem()
			one.Set(reflect.ValueOf(changes()[i]))
			times = setTime(one, n, at)
			return one.Interface().(backlog.Change)
		}
		with(-1, day)
		for n := range times {
			fields++
			for _, at := range bad {
				l := product(t, lenient())
				one := with(n, at)
				_, err := l.Execute(one, actor, l.At())
				require.ErrorIs(t, err, field.ErrInvalid, "%T %d %v", one, n, at)
				event := backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: actor, As: backlog.ProductOwner, Change: one}
				require.Error(t, l.Apply(event), "%T %d %v", one, n, at)
			}
			for _, at := range good {
				l := product(t, lenient())
				event, err := l.Execute(with(n, at), actor, l.At())
				if err != nil {
					continue
				}
				accepted++
				data, err := json.Marshal(event)
				require.NoError(t, err)
				var back backlog.Event
				require.NoError(t, json.Unmarshal(data, &back))
				again, err := backlog.Restore(lenient(), []byte(snapshot(t, l.Backlog)))
				require.NoError(t, err)
				require.Equal(t, snapshot(t, l.Backlog), snapshot(t, again))
			}
		}
	}
	require.Greater(t, fields, 12, "fields that hold a time")
	require.Greater(t, accepted, 12)
}
