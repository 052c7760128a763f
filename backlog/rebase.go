package backlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/backlogkit/backlogkit/story"
)

// How a [Revert] is made to a backlog that has changed since the event: field by field.

// onto returns the Revert as it is to be made to b. On one side is what it changes as that is now, on the
// other what is to come: the same, but for the fields that the event changed, which are as they were before
// it. What was changed since in one of these fields is not taken back; nor is what the event added, if anything
// of it was.
func (c Revert) onto(b *View) (trial, error) {
	was, is := make(side, len(c.was)), make(side, len(c.is)) // they may be nil
	maps.Copy(was, c.was)
	maps.Copy(is, c.is)
	for _, one := range sections {
		if err := one.rebase(c, b, was, is); err != nil {
			return nil, err
		}
	}
	c.was, c.is = was, is
	for now, back := range c.edits() {
		if c.Seq != b.seq && b.isAccepted(now) && b.isAccepted(back) && !now.Criteria.EqualFunc(back.Criteria, story.Criterion.Equal) {
			return nil, fieldError("story", now.ID.String(), "a story that is not accepted")
		}
	}
	return c, nil
}

func (b *View) isAccepted(record storyRecord) bool {
	category, _ := b.options.Workflow.Category(record.Status)
	return category == story.Completed
}

// edits returns an iterator over the stories that were there before the event and are there now: as they are
// and as they are to come, where c was rebased.
func (c Revert) edits() iter.Seq2[storyRecord, storyRecord] {
	return func(yield func(storyRecord, storyRecord) bool) {
		for back, now := range changedRecords(storyTable, c) {
			if !back.ID.IsZero() && !now.ID.IsZero() && !yield(now, back) {
				return
			}
		}
	}
}

// wantOpenStories refuses to take back what a story was when it was accepted or dropped: that stays on record.
func (c Revert) wantOpenStories(b *View) (against []*RefusedError) {
	for now, back := range c.edits() {
		if category, _ := b.options.Workflow.Category(back.Status); category.IsOpen() || now.Status != back.Status {
			continue
		}
		if now.Title != back.Title || now.Narrative != back.Narrative || !now.Estimate.Equal(back.Estimate) ||
			!now.Details.EqualFunc(back.Details, story.Details.Equal) {
			against = append(against, b.wantOpen(now.ID))
		}
	}
	return against
}

func (t *table[K, V, E]) rebase(c Revert, b *View, wasSide, isSide side) error {
	was, is, rows := t.of(c.was), t.of(c.is), t.rows(b)
	was.Values, is.Values = slices.Clone(was.Values), slices.Clone(is.Values)
	now := func(id any) any {
		entry := rows.get(id.(K))
		if entry == nil {
			return nil
		}
		value := t.value(entry)
		return &value
	}
	if err := c.rebase(t.noun, untypedOf(t.keys(was.Values), was.Values), untypedOf(t.keys(is.Values), is.Values), now); err != nil {
		return err
	}
	if len(was.Values) > 0 {
		wasSide[t.name] = was
	}
	if len(is.Values) > 0 {
		isSide[t.name] = is
	}
	return nil
}

// untyped is the records of one kind on one side, without their types, so that what is done with them is compiled once.
type untyped struct {
	ids    []any
	values []any // pointers to them
}

func untypedOf(ids, values any) untyped {
	of, in := reflect.ValueOf(ids), reflect.ValueOf(values)
	u := untyped{make([]any, in.Len()), make([]any, in.Len())}
	for i := range u.ids {
		u.ids[i], u.values[i] = of.Index(i).Interface(), in.Index(i).Addr().Interface()
	}
	return u
}

// rebase sets the records of one kind to what c is to change now. Now returns a pointer to what a record is, or nil.
func (c Revert) rebase(noun string, was, is untyped, now func(id any) any) error {
	before := make(map[any]int, len(was.ids)) // their indexes
	for i, id := range was.ids {
		before[id] = i
	}
	left := make(map[any]bool, len(is.ids))
	for i, id := range is.ids {
		if left[id] {
			return fieldError(noun, fmt.Sprint(id), "each record once")
		}
		left[id] = true
		now := now(id)
		if now == nil {
			return c.changedSince(noun, id, "")
		}
		if sameJSON(now, is.values[i]) {
			continue
		}
		at, isEdit := before[id]
		if !isEdit {
			return c.changedSince(noun, id, "")
		}
		back, changed, err := takenBack(was.values[at], is.values[i], now)
		if err != nil {
			return err
		}
		if changed != "" {
			return c.changedSince(noun, id, changed)
		}
		reflect.ValueOf(was.values[at]).Elem().Set(reflect.ValueOf(back).Elem())
		reflect.ValueOf(is.values[i]).Elem().Set(reflect.ValueOf(now).Elem())
	}
	for id := range before {
		if !left[id] && now(id) != nil {
			return c.changedSince(noun, id, "")
		}
	}
	return nil
}

// takenBack returns a record as it is now, with those fields as they were before an event that the event
// changed; or the name of such a field that was changed since. All are pointers to records of one kind.
func takenBack(was, is, now any) (back any, changed string, err error) {
	var all [3]map[string]json.RawMessage
	for i, value := range []any{was, is, now} {
		if all[i], err = fieldsByName(value); err != nil {
			return nil, "", err
		}
	}
	merged, changed, err := mergeFields(all[0], all[1], all[2])
	if changed != "" || err != nil {
		return nil, changed, err
	}
	data, err := json.Marshal(merged)
	if err != nil {
		return nil, "", err
	}
	back = reflect.New(reflect.TypeOf(now).Elem()).Interface()
	return back, "", decodeStrict(data, back)
}

// mergeFields is takenBack of the fields of an object. Those of the details are looked at one by one, all
// others as a whole.
func mergeFields(was, is, now map[string]json.RawMessage) (merged map[string]json.RawMessage, changed string, err error) {
	merged = maps.Clone(now)
	names := slices.Sorted(maps.Keys(was))
	for name := range is {
		if _, both := was[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		switch {
		case bytes.Equal(was[name], is[name]):
			continue
		case name == "details":
			details, changed, err := mergeDetails(was[name], is[name], now[name])
			if changed != "" || err != nil {
				return nil, changed, err
			}
			setField(merged, name, details)
		case !bytes.Equal(is[name], now[name]):
			return nil, name, nil
		default:
			setField(merged, name, was[name])
		}
	}
	return merged, "", nil
}

func mergeDetails(was, is, now json.RawMessage) (merged json.RawMessage, changed string, err error) {
	var all [3]map[string]json.RawMessage
	for i, data := range []json.RawMessage{was, is, now} {
		all[i] = make(map[string]json.RawMessage)
		if len(data) > 0 {
			if err := json.Unmarshal(data, &all[i]); err != nil {
				return nil, "", err
			}
		}
	}
	fields, changed, err := mergeFields(all[0], all[1], all[2])
	if changed != "" || err != nil || len(fields) == 0 {
		return nil, changed, err
	}
	merged, err = json.Marshal(fields)
	return merged, "", err
}

// setField sets a field of an object, nil taking it out.
func setField(object map[string]json.RawMessage, name string, value json.RawMessage) {
	if value == nil {
		delete(object, name)
		return
	}
	object[name] = value
}

func fieldsByName(value any) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	return fields, json.Unmarshal(data, &fields)
}
