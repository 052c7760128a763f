package backlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/backlog/internal/increasing"
)

// side is one of two states of a backlog as far as they differ, by section: what a [Revert] records of
// the state before and after an event.
type side map[string]any

// records are those of one table that differ.
type records[K comparable, V any] struct {
	Values []V         `json:"values,omitempty"` // as they are on this side, in their order
	Places []placed[K] `json:"places,omitempty"` // of those that moved or are on this side only, ascending
}

// placed sets the index that a record has in its list.
type placed[K comparable] struct {
	ID K   `json:"id"`
	At int `json:"at"`
}

func (p placed[K]) compare(other placed[K]) int { return p.At - other.At }

// MarshalJSON writes the sections that differ, in their order.
func (s side) MarshalJSON() ([]byte, error) {
	return writeSections([]byte{'{'}, func(one section) any { return s[one.title()] })
}

// UnmarshalJSON reads what [side.MarshalJSON] wrote; s stays as it was on an error.
func (s *side) UnmarshalJSON(data []byte) error {
	read := make(side)
	err := readObject(data, func(name string, decoder *json.Decoder) error {
		one, err := findSection(name)
		if err != nil {
			return err
		}
		value, err := one.decodeSide(decoder)
		if value != nil {
			read[name] = value
		}
		return err
	})
	if err != nil {
		return err
	}
	*s = read
	return nil
}

func findSection(name string) (section, error) {
	i := slices.IndexFunc(sections, func(one section) bool { return one.title() == name })
	if i < 0 {
		return nil, fmt.Errorf("unknown field %.60q", name)
	}
	return sections[i], nil
}

// sides returns how two looks at the sections differ.
func sides(before, after []any) (was, is side) {
	was, is = make(side), make(side)
	for i, one := range sections {
		wasOnly, isOnly := one.differ(before[i], after[i])
		if wasOnly != nil {
			was[one.title()] = wasOnly
		}
		if isOnly != nil {
			is[one.title()] = isOnly
		}
	}
	return was, is
}

// look returns what was touched of each section.
func (b *View) look(t *touches) []any {
	looks := make([]any, len(sections))
	for i, one := range sections {
		looks[i] = one.look(b, t)
	}
	return looks
}

// looked is what [table.look] returns.
type looked[K comparable, V any] struct {
	values []V // in their order
	order  []K // of all, where it may be another by now
}

func (t *table[K, V, E]) look(b *View, touched *touches) any {
	var seen looked[K, V]
	rows := t.rows(b)
	if touched.orders[t.name] {
		seen.order = make([]K, 0, rows.len())
		for entry := range rows.all() {
			value := t.value(entry)
			seen.order = append(seen.order, t.key(value))
		}
	}
	var entries []*E
	for key := range touched.keys[t.name] {
		if entry := rows.get(key.(K)); entry != nil {
			entries = append(entries, entry)
		}
	}
	entries, _ = byIndex(rows, entries)
	for _, entry := range entries {
		seen.values = append(seen.values, t.value(entry))
	}
	return seen
}

func (t *table[K, V, E]) equal(x, y *V) bool {
	if t.same != nil {
		return t.same(x, y)
	}
	return sameJSON(x, y)
}

func (t *table[K, V, E]) differ(was, is any) (any, any) {
	a, b := was.(looked[K, V]), is.(looked[K, V])
	var x, y records[K, V]
	x.Values, y.Values = unlike(pair(t.keys(a.values), t.keys(b.values)), a.values, b.values, t.equal)
	x.Places, y.Places = elsewhere(pair(a.order, b.order), a.order, b.order)
	var wasOnly, isOnly any
	if len(x.Values)+len(x.Places) > 0 {
		wasOnly = x
	}
	if len(y.Values)+len(y.Places) > 0 {
		isOnly = y
	}
	return wasOnly, isOnly
}

func (t *table[K, V, E]) keys(values []V) []K {
	keys := make([]K, len(values))
	for i := range values {
		keys[i] = t.key(values[i])
	}
	return keys
}

func (t *table[K, V, E]) decodeSide(decoder *json.Decoder) (any, error) {
	var read records[K, V]
	err := decoder.Decode(&read)
	return read, err
}

// of returns the records of one side.
func (t *table[K, V, E]) of(one side) records[K, V] {
	found, _ := one[t.name].(records[K, V])
	return found
}

// pairs is which records of two lists are the same.
type pairs struct {
	begin int   // below it each is at the same index in both
	from  []int // by index in the second list, from begin on: the index in the first, or -1
	gone  []int // indexes in the first list of what is not in the second
}

func pair[K comparable](a, b []K) pairs {
	p := pairs{}
	for p.begin < len(a) && p.begin < len(b) && a[p.begin] == b[p.begin] {
		p.begin++
	}
	indexes := make(map[K]int, len(a)-p.begin)
	for i := p.begin; i < len(a); i++ {
		indexes[a[i]] = i
	}
	p.from = make([]int, len(b)-p.begin)
	met := make([]bool, len(a)-p.begin)
	for i := range p.from {
		at, ok := indexes[b[p.begin+i]]
		if !ok {
			p.from[i] = -1
			continue
		}
		p.from[i], met[at-p.begin] = at, true
	}
	for i, there := range met {
		if !there {
			p.gone = append(p.gone, p.begin+i)
		}
	}
	return p
}

// unlike returns the values that are not the same in both lists, each list's in its order.
func unlike[V any](p pairs, a, b []V, same func(x, y *V) bool) (was, is []V) {
	changed := slices.Clone(p.gone) // indexes in a
	for i := range b {
		at := i
		if i >= p.begin {
			at = p.from[i-p.begin]
		}
		if at >= 0 && same(&a[at], &b[i]) {
			continue
		}
		is = append(is, b[i])
		if at >= 0 {
			changed = append(changed, at)
		}
	}
	slices.Sort(changed)
	for _, i := range changed {
		was = append(was, a[i])
	}
	return was, is
}

// elsewhere returns where in each list the keys are that are not in the other, and the fewest that
// moved: those outside a longest run that keeps its order. O(n log n) in what follows the first that moved.
func elsewhere[K comparable](p pairs, a, b []K) (was, is []placed[K]) {
	var common, from []int // indexes in b and a of what is in both
	for i, at := range p.from {
		if at < 0 {
			is = append(is, placed[K]{b[p.begin+i], p.begin + i})
		} else {
			common, from = append(common, p.begin+i), append(from, at)
		}
	}
	for _, at := range p.gone {
		was = append(was, placed[K]{a[at], at})
	}
	for i, stays := range increasing.Longest(from) {
		if !stays {
			is = append(is, placed[K]{b[common[i]], common[i]})
			was = append(was, placed[K]{a[from[i]], from[i]})
		}
	}
	return sortedBy(was, placed[K].compare), sortedBy(is, placed[K].compare)
}

// sameStory compares stories without writing them out, which few of many need.
func sameStory(x, y *storyRecord) bool {
	return x.Equal(y.Story) &&
		(x.Assessment == y.Assessment || sameJSON(x.Assessment, y.Assessment)) &&
		(x.Acceptance == y.Acceptance || sameJSON(x.Acceptance, y.Acceptance))
}

// sameJSON compares values, given by pointers, by what a snapshot holds of them.
func sameJSON(x, y any) bool {
	one, err := json.Marshal(x)
	other, otherErr := json.Marshal(y)
	return err == nil && otherErr == nil && bytes.Equal(one, other)
}

// onlyIn returns the links in a that are not in b.
func onlyIn[E comparable](a, b []E) []E {
	begin := 0
	for begin < len(a) && begin < len(b) && a[begin] == b[begin] {
		begin++
	}
	if begin == len(a) {
		return nil
	}
	known := make(map[E]bool, len(b)-begin)
	for _, one := range b[begin:] {
		known[one] = true
	}
	var only []E
	for _, one := range a[begin:] {
		if !known[one] {
			only = append(only, one)
		}
	}
	return only
}
