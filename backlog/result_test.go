package backlog_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
	"github.com/backlogkit/backlogkit/roadmap"
)

// What a query returns can be sent as it is: each field has a name in JSON, in snake_case. A new result is found by the
// methods that return it.
func TestResultsHaveNamesInJSON(t *testing.T) {
	seen := make(map[reflect.Type]bool)
	for _, of := range []reflect.Type{
		reflect.TypeFor[*backlog.View](), reflect.TypeFor[*prioritize.Ranking[string]](), reflect.TypeFor[*prioritize.Comparison[string]](),
		reflect.TypeFor[plan.Timebox[string]](), reflect.TypeFor[*prioritize.Margin[string]](), reflect.TypeFor[forecast.Completion](),
		reflect.TypeFor[flow.Past](), reflect.TypeFor[diff.Difference](),
	} {
		require.Empty(t, unnamed(of, seen))
		for i := range of.NumMethod() {
			method := of.Method(i).Type
			for out := range method.NumOut() {
				require.Empty(t, unnamed(method.Out(out), seen), "a result of %s.%s", of, of.Method(i).Name)
			}
		}
	}
	require.Greater(t, len(seen), 60)
}

var snake = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// unnamed returns the fields of a type, and of what it is made of, that have no name in JSON.
func unnamed(t reflect.Type, seen map[reflect.Type]bool) (found []string) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return unnamed(t.Elem(), seen)
	case reflect.Func: // an iterator: what it yields
		if t.NumIn() != 1 || t.In(0).Kind() != reflect.Func {
			return nil
		}
		for i := range t.In(0).NumIn() {
			found = append(found, unnamed(t.In(0).In(i), seen)...)
		}
		return found
	default:
	}
	writesItself := reflect.PointerTo(t).Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[error]())
	if t.Kind() != reflect.Struct || seen[t] || writesItself || !strings.Contains(t.PkgPath(), "backlogkit") || isNoResult(t) {
		return nil
	}
	seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && !f.Anonymous && name != "-" && !snake.MatchString(name) {
			found = append(found, t.Name()+"."+f.Name)
		}
		if f.IsExported() {
			found = append(found, unnamed(f.Type, seen)...)
		}
	}
	return found
}

// isNoResult reports whether a type is returned for what it does: values of a host, with functions in them.
func isNoResult(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[backlog.Backlog](), reflect.TypeFor[backlog.View](), reflect.TypeFor[backlog.Event](), reflect.TypeFor[backlog.Options](),
		reflect.TypeFor[backlog.PolicyRequest](): // what a policy is asked, with the view
		return true
	}
	return false
}

// An empty list in a result is a list, and what reads it needs no second case.
func TestResultsHaveLists(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "Sprint 1", Capacity: decimal.NewFromInt(7)}})
	increment := newIncrement(1)
	increment.Objectives = nil
	l.do(pm, backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(1), Name: "1.0"}}, backlog.PlanIncrement{Increment: increment})
	review, _ := l.SprintReview(sprintID(1))
	load, _ := l.SprintLoad(sprintID(1))
	readiness, _ := l.ReleaseReadiness(releaseID(1))
	overview, _ := l.IncrementOverview(incrementID(1))
	for _, result := range []any{
		review, load, readiness, overview, l.CriticalPath(), l.StoryMap(), l.SprintFill("", decimal.Zero, start),
		l.Board(backlog.BoardOptions{}),
	} {
		data, err := json.Marshal(result)
		require.NoError(t, err)
		require.NotContains(t, string(data), "null", "%T", result)
	}
}
