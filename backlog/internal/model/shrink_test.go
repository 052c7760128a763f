package model_test

import (
	"reflect"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
)

// shrink returns as small a history as it finds that still fails: it leaves out steps, by halves and then one by
// one, and makes what is left of them plainer.
func shrink(made []step, fails func([]step) bool) []step {
	for size := len(made); size > 0; {
		smaller := false
		for from := 0; from+size <= len(made); {
			if fewer := slices.Delete(slices.Clone(made), from, from+size); fails(fewer) {
				made, smaller = fewer, true
				continue
			}
			from += size
		}
		if size == 1 && smaller {
			continue
		}
		size /= 2
	}
	for changed := true; changed; {
		changed = false
		for i := range made {
			for _, plainer := range made[i].plainer() {
				fewer := slices.Clone(made)
				fewer[i] = plainer
				if fails(fewer) {
					made, changed = fewer, true
					break
				}
			}
		}
	}
	return made
}

// plainer returns steps that are a little plainer than s.
func (s step) plainer() (all []step) {
	add := func(change func(*step)) {
		one := s
		one.Changes = slices.Clone(s.Changes)
		change(&one)
		all = append(all, one)
	}
	if len(s.Changes) > 1 {
		for i := range s.Changes {
			if s.How != conflict {
				add(func(one *step) { one.Changes = slices.Delete(one.Changes, i, i+1) })
			}
			add(func(one *step) { one.How, one.Changes = execute, one.Changes[i:i+1] })
		}
	} else if s.How == decide || s.How == crash {
		add(func(one *step) { one.How = execute })
	}
	if s.After != 0 {
		add(func(one *step) { one.After = 0 })
		if s.After > time.Second {
			add(func(one *step) { one.After = time.Second })
		}
	}
	if s.Back != 0 {
		add(func(one *step) { one.Back = 0 })
	}
	if !s.Claim.IsZero() {
		add(func(one *step) { one.Claim = [16]byte{} })
	}
	if len(s.Waive) > 0 {
		add(func(one *step) { one.Waive = nil })
	}
	if len(slices.Collect(s.By.Roles())) < 3 {
		add(func(one *step) {
			one.By = backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
		})
	}
	for i, change := range s.Changes {
		for _, value := range plainer(reflect.ValueOf(change)) {
			add(func(one *step) { one.Changes[i] = value.Interface().(backlog.Change) })
		}
	}
	return all
}

// plainer returns values that differ from v in one place, where they are plainer.
func plainer(v reflect.Value) (all []reflect.Value) {
	own := func() reflect.Value {
		one := reflect.New(v.Type()).Elem()
		one.Set(v)
		return one
	}
	if v.IsZero() {
		return nil
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			for _, value := range append([]reflect.Value{reflect.Zero(v.Field(i).Type())}, plainer(v.Field(i))...) {
				if !v.Field(i).IsZero() {
					one := own()
					one.Field(i).Set(value)
					all = append(all, one)
				}
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, reflect.AppendSlice(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v.Slice(0, i)), v.Slice(i+1, v.Len())))
			for _, value := range plainer(v.Index(i)) {
				one := reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v)
				one.Index(i).Set(value)
				all = append(all, one)
			}
		}
	default: // as plain as it gets, but for zero
	}
	return all
}
