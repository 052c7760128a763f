package backlog

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
)

// A backlog is made of sections: tables of records such as the goals, single values such as the vision,
// and links between items. What can be done with all of a backlog is written once over [sections]:
// snapshot, restore, clone, and the way back of a [Revert]. What is particular to a kind of record stands in
// the file of its noun, in the declaration of its table.
//
// The values in a record are never changed in place, they are replaced: a slice that was handed to one
// record can be shared with a copy of the backlog.

// table is what is known of one kind of record: V is its value as a snapshot has it, E what the backlog
// holds of it, the value and what is derived from it.
type table[K comparable, V, E any] struct {
	name string // in JSON, of all of them: "goals"
	noun string // of one: "goal"

	rows  func(*View) storage[K, E]
	key   func(V) K
	value func(*E) V
	trail func(*View) *trail[V, E]      // what puts replaced, of what is changed most; nil for a func each
	fresh func(*View) *E                // returns an empty record; nil where new does
	set   func(b *View, entry *E, to V) // replaces the value, and with it what is derived

	// check returns what is wrong with a value: in itself, or because what it refers to is not there.
	// The entry is the record that it is to replace, nil for a new one.
	check func(b *View, entry *E, value V) error
	// stays returns why a record cannot be taken out, and what would have to happen first.
	stays func(b *View, entry *E) (reason, needs string)
	parts parts[V] // of its JSON; nil where package json does
	// same reports whether two values are equal; nil where their JSON decides.
	same func(x, y *V) bool
}

// storage holds records by key and in an order.
type storage[K comparable, E any] interface {
	get(key K) *E // nil where there is none
	len() int
	all() iter.Seq[*E]
	index(entry *E) int
	insert(key K, entry *E, at int)
	grow(n int) // makes room for so many
	remove(key K, entry *E)
	move(entry *E, index int) // the others keep their order
	// arrange puts entries at indexes, which ascend and are counted with all entries in place. The
	// others keep their order.
	arrange(entries []*E, indexes []int)
}

// store is the storage of what is not counted in ten thousands: an index takes a look through all, or O(log n) where
// entries have a rank.
type store[K comparable, E any] struct {
	byID map[K]*E
	list []*E
	rank func(*E) *int64 // which ascends along the list; nil where there is none
}

func (s *store[K, E]) get(key K) *E { return s.byID[key] }

func (s *store[K, E]) len() int { return len(s.list) }

func (s *store[K, E]) all() iter.Seq[*E] { return slices.Values(s.list) }

func (s *store[K, E]) index(entry *E) int {
	if s.rank == nil {
		return slices.Index(s.list, entry)
	}
	at, _ := slices.BinarySearchFunc(s.list, *s.rank(entry), func(e *E, rank int64) int { return cmp.Compare(*s.rank(e), rank) })
	return at
}

const (
	farRank = 1 << 61 // beyond both ends of a list
	rankGap = 1 << 32 // from one rank to the next, where there is room
)

// rankAt returns the rank at an index, from the one before the list to the one behind it.
func (s *store[K, E]) rankAt(at int) int64 {
	switch at {
	case -1:
		return -farRank
	case len(s.list):
		return farRank
	}
	return *s.rank(s.list[at])
}

// setRank gives the entry at an index a rank between those of its neighbours.
func (s *store[K, E]) setRank(at int) {
	if s.rank == nil {
		return
	}
	before, after := s.rankAt(at-1), s.rankAt(at+1)
	rank := s.rank(s.list[at])
	switch room := min((after-before)/2, rankGap); {
	case room == 0:
		s.spread(at, 2)
	case len(s.list) == 1:
		*rank = 0
	case at == 0:
		*rank = after - room
	default:
		*rank = before + room
	}
}

// spread gives the entries within reach of an index ranks as far apart as they can be, and twice as many until they lie
// well apart, so that a move takes O(log n) of it on average.
func (s *store[K, E]) spread(at, reach int) {
	for ; ; reach *= 2 {
		from, to := max(at-reach, -1), min(at+reach, len(s.list))
		low := s.rankAt(from)
		step := (s.rankAt(to) - low) / int64(to-from)
		if step < int64(2*reach) && (from >= 0 || to < len(s.list)) {
			continue
		}
		for i := from + 1; i < to; i++ {
			*s.rank(s.list[i]) = low + step*int64(i-from)
		}
		return
	}
}

func (s *store[K, E]) insert(key K, entry *E, at int) {
	if s.byID == nil {
		s.byID = make(map[K]*E)
	}
	s.byID[key] = entry
	s.list = slices.Insert(s.list, at, entry)
	s.setRank(at)
}

func (s *store[K, E]) grow(n int) { s.list = slices.Grow(s.list, n) }

func (s *store[K, E]) remove(key K, entry *E) {
	at := s.index(entry)
	delete(s.byID, key)
	s.list = slices.Delete(s.list, at, at+1)
}

func (s *store[K, E]) move(entry *E, index int) {
	if at := s.index(entry); at < index {
		copy(s.list[at:], s.list[at+1:index+1])
	} else {
		copy(s.list[index+1:], s.list[index:at])
	}
	s.list[index] = entry
	s.setRank(index)
}

func (s *store[K, E]) arrange(entries []*E, indexes []int) {
	moved := make(map[*E]bool, len(entries))
	for _, entry := range entries {
		moved[entry] = true
	}
	rest := s.list
	s.list = make([]*E, 0, len(rest))
	next := 0 // of entries
	for _, entry := range rest {
		if moved[entry] {
			continue
		}
		for next < len(entries) && indexes[next] == len(s.list) {
			s.list = append(s.list, entries[next])
			next++
		}
		s.list = append(s.list, entry)
	}
	s.list = append(s.list, entries[next:]...)
	if s.rank != nil {
		s.spread(0, len(s.list))
	}
}

// every iterates over the values in their order. It is for values that nobody can change by a copy.
func (t *table[K, V, E]) every(b *View) iter.Seq[V] {
	return func(yield func(V) bool) {
		for entry := range t.rows(b).all() {
			if !yield(t.value(entry)) {
				return
			}
		}
	}
}

// find returns the value of a key, and whether there is one.
func (t *table[K, V, E]) find(b *View, key K) (value V, ok bool) {
	if entry := t.rows(b).get(key); entry != nil {
		return t.value(entry), true
	}
	return value, false
}

// add makes a record at the end.
func (t *table[K, V, E]) add(b *View, value V) { t.addAt(b, value, t.rows(b).len()) }

// addAt makes a record at an index of the order.
func (t *table[K, V, E]) addAt(b *View, value V, at int) {
	var entry *E
	if t.fresh == nil {
		entry = new(E)
	} else {
		entry = t.fresh(b)
	}
	t.insert(b, entry, value, at)
}

func (t *table[K, V, E]) insert(b *View, entry *E, value V, at int) {
	key := t.key(value)
	if b.recording {
		b.onUndo(func() { t.remove(b, entry) })
		if b.touched != nil {
			b.touch(t.name, key, true)
		}
	}
	t.rows(b).insert(key, entry, at)
	t.set(b, entry, value)
}

// remove takes a record out that nothing refers to.
func (t *table[K, V, E]) remove(b *View, entry *E) {
	value, rows := t.value(entry), t.rows(b)
	key := t.key(value)
	if b.recording {
		t.keepRemoved(b, entry)
		if b.touched != nil {
			b.touch(t.name, key, true)
		}
	}
	var none V
	t.set(b, entry, none)
	rows.remove(key, entry)
}

// keepRemoved keeps a record for the case that its removal is taken back.
func (t *table[K, V, E]) keepRemoved(b *View, entry *E) {
	value, at := t.value(entry), t.rows(b).index(entry)
	b.onUndo(func() { t.insert(b, entry, value, at) })
}

// put replaces the value of a record.
func (t *table[K, V, E]) put(b *View, entry *E, value V) {
	if b.recording {
		t.keepOld(b, entry)
		if b.touched != nil {
			old := t.value(entry)
			b.touch(t.name, t.key(old), false)
		}
	}
	t.set(b, entry, value)
}

// keepOld keeps the value of a record for the case that a put is taken back.
func (t *table[K, V, E]) keepOld(b *View, entry *E) {
	if t.trail == nil {
		old := t.value(entry)
		b.onUndo(func() { t.set(b, entry, old) })
		return
	}
	trail := t.trail(b)
	if trail.back == nil {
		trail.back = func() {
			last := len(trail.list) - 1
			t.set(b, trail.list[last].entry, trail.list[last].value)
			trail.list[last] = replaced[V, E]{}
			trail.list = trail.list[:last]
		}
	}
	trail.list = append(trail.list, replaced[V, E]{entry, t.value(entry)})
	b.onUndo(trail.back)
}

// trail holds what puts have replaced since recording began, in a list that is used again.
type trail[V, E any] struct {
	list []replaced[V, E]
	back func() // takes the last put back
}

type replaced[V, E any] struct {
	entry *E
	value V
}

// emptied returns a list without elements for later use, or nil where it has grown beyond what is kept for that.
func emptied[E any](list []E) []E {
	const most = 256
	if cap(list) > most {
		return nil
	}
	clear(list)
	return list[:0]
}

// move puts a record at an index of the order.
func (t *table[K, V, E]) move(b *View, entry *E, index int) {
	rows := t.rows(b)
	if b.recording {
		old := rows.index(entry)
		b.onUndo(func() { rows.move(entry, old) })
		b.touch(t.name, nil, true)
	}
	rows.move(entry, index)
}

// arrange puts records at indexes of the order, see [storage].
func (t *table[K, V, E]) arrange(b *View, entries []*E, indexes []int) {
	if len(entries) == 1 {
		t.move(b, entries[0], indexes[0])
		return
	}
	rows := t.rows(b)
	if b.recording {
		sorted, old := byIndex(rows, entries)
		b.onUndo(func() { t.arrange(b, sorted, old) })
		b.touch(t.name, nil, true)
	}
	rows.arrange(entries, indexes)
}

// byIndex returns entries sorted by where they are, as a slice of its own, and their indexes.
func byIndex[K comparable, E any](rows storage[K, E], entries []*E) (sorted []*E, indexes []int) {
	sorted, indexes = slices.Clone(entries), make([]int, len(entries))
	places := make([]int, len(entries))
	for i, entry := range entries {
		places[i] = rows.index(entry)
	}
	for i, from := range orderOf(places) {
		sorted[i], indexes[i] = entries[from], places[from]
	}
	return sorted, indexes
}

// orderOf returns the order in which different numbers, none negative, ascend.
func orderOf(numbers []int) []int {
	keys := make([]uint64, len(numbers)) // a number and where it stands
	for i, n := range numbers {
		keys[i] = uint64(n)<<32 | uint64(i)
	}
	slices.Sort(keys)
	order := make([]int, len(numbers))
	for i, key := range keys {
		order[i] = int(uint32(key))
	}
	return order
}

func (t *table[K, V, E]) title() string { return t.name }

func (t *table[K, V, E]) collect(b *View) any {
	rows := t.rows(b)
	if rows.len() == 0 {
		return nil
	}
	all := make([]V, 0, rows.len())
	for entry := range rows.all() {
		all = append(all, t.value(entry))
	}
	return all
}

func (t *table[K, V, E]) encode(data []byte, all any) ([]byte, error) {
	return encodeList(t.parts, data, all)
}

func (t *table[K, V, E]) scan(s *scanner) any { return scanList(t.parts, s) }

func (t *table[K, V, E]) decode(decoder *json.Decoder) (any, error) {
	return readList[V](decoder)
}

func (t *table[K, V, E]) load(b *View, all any, checked bool) error {
	rows := t.rows(b)
	rows.grow(len(all.([]V)))
	for i, value := range all.([]V) {
		if checked {
			key := t.key(value)
			if rows.get(key) != nil {
				return t.fault(i, key, ErrExists)
			}
			if err := t.check(b, nil, value); err != nil {
				return t.fault(i, key, err)
			}
		}
		t.addAt(b, value, i)
	}
	return nil
}

// fault returns an error that names a record: `stories[7] "6ba7b810-...": ...`.
func (t *table[K, V, E]) fault(index int, key K, err error) error {
	return fmt.Errorf("%s[%d] %q: %w", t.name, index, fmt.Sprint(key), bare(err))
}
