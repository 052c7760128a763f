package backlog

import (
	"encoding/json"
	"fmt"
)

// section is a part of a backlog's state: a [table], a [single] or [links].
type section interface {
	title() string // in JSON

	collect(b *View) any                             // all there is of it, as JSON has it; nil for nothing
	encode(data []byte, all any) ([]byte, error)     // adds the JSON of what collect or differ returned
	scan(s *scanner) any                             // what collect returned, from its JSON if that is as encode writes it
	decode(decoder *json.Decoder) (any, error)       // likewise, from whatever it is
	load(b *View, all any, checked bool) error       // what collect returned, into a backlog without it
	look(b *View, t *touches) any                    // what was touched of it, all where t is nil
	differ(was, is any) (wasOnly, isOnly any)        // how two looks differ, nil where they do not
	decodeSide(decoder *json.Decoder) (any, error)   // what differ returned, from its JSON
	rebase(c Revert, b *View, was, is side) error    // puts into the sides what c is to change now, see Revert.onto
	revert(c Revert, b *View, step revertStep) error // does its part of a step
}

// sections are in the order in which each refers to earlier ones only, which is that of a snapshot.
var sections = []section{
	visionValue, goalTable, horizonTable, stageValue, releaseTable, themeTable, epicTable, activityTable, incrementTable,
	featureTable, storyTable,
	dependencyLinks, relationLinks, sprintTable, claimTable, personTable,
	insightTable, proposalTable, questionTable, riskTable, impedimentTable,
}

// touches is what an attempt wrote to: the keys by section, and the sections whose order may be another.
type touches struct {
	keys   map[string]map[any]bool
	orders map[string]bool
}

// touch notes for [Reverse] that a record is written to; order, that its section may have another
// order afterwards. A nil key is none.
func (b *View) touch(name string, key any, order bool) {
	if b.touched == nil {
		return
	}
	if key != nil {
		if b.touched.keys[name] == nil {
			b.touched.keys[name] = make(map[any]bool)
		}
		b.touched.keys[name][key] = true
	}
	if order {
		b.touched.orders[name] = true
	}
}

// single is a section of one value; the zero value stands for none.
type single[V any] struct {
	name  string
	at    func(*View) *V
	none  func(V) bool
	check func(V) error
}

func (s *single[V]) title() string { return s.name }

func (s *single[V]) put(b *View, value V) {
	at := s.at(b)
	if b.recording {
		old := *at
		b.onUndo(func() { s.put(b, old) })
		b.touch(s.name, s.name, false)
	}
	*at = value
}

func (s *single[V]) collect(b *View) any {
	if value := *s.at(b); !s.none(value) {
		return value
	}
	return nil
}

func (s *single[V]) encode(data []byte, all any) ([]byte, error) { return encodeJSON(data, all) }

func (s *single[V]) scan(from *scanner) any { return scanJSON[V](from) }

func (s *single[V]) decode(decoder *json.Decoder) (any, error) {
	var value V
	err := decoder.Decode(&value)
	return value, err
}

func (s *single[V]) load(b *View, all any, checked bool) error {
	value := all.(V)
	if checked && !s.none(value) {
		if err := s.check(value); err != nil {
			return err
		}
	}
	s.put(b, value)
	return nil
}

func (s *single[V]) look(b *View, t *touches) any {
	if t.keys[s.name] == nil {
		return nil
	}
	value := *s.at(b)
	return &value
}

func (s *single[V]) differ(was, is any) (any, any) {
	if was == nil || sameJSON(was.(*V), is.(*V)) {
		return nil, nil
	}
	return was, is
}

func (s *single[V]) decodeSide(decoder *json.Decoder) (any, error) {
	var value *V
	if err := decoder.Decode(&value); err != nil || value == nil {
		return nil, err
	}
	return value, nil
}

// of returns the value on one side of a [Revert], nil where it is the same on both.
func (s *single[V]) of(one side) *V {
	value, _ := one[s.name].(*V)
	return value
}

func (s *single[V]) rebase(c Revert, b *View, _, _ side) error {
	if is := s.of(c.is); is != nil && !sameJSON(is, s.at(b)) {
		return c.refuse("the "+s.name+" was changed since", "what came later taken back first")
	}
	return nil
}

func (s *single[V]) revert(c Revert, b *View, step revertStep) error {
	if was := s.of(c.was); step == putBack && was != nil {
		return s.load(b, *was, true)
	}
	return nil
}

// links is a section of links between items, each there once.
type links[L comparable] struct {
	name    string
	all     func(*View) []L // in the order of compare
	has     func(*View, L) bool
	compare func(x, y L) int
	parts   parts[L]             // of its JSON; nil where package json does
	check   func(*View, L) error // returns why it cannot be added
	add     func(*View, L)
	remove  func(*View, L) error // returns why it cannot be removed, or removes it
}

func (l *links[L]) title() string { return l.name }

func (l *links[L]) collect(b *View) any {
	if all := l.all(b); len(all) > 0 {
		return all
	}
	return nil
}

func (l *links[L]) encode(data []byte, all any) ([]byte, error) {
	return encodeList(l.parts, data, all)
}

func (l *links[L]) scan(s *scanner) any { return scanList(l.parts, s) }

func (l *links[L]) decode(decoder *json.Decoder) (any, error) {
	return readList[L](decoder)
}

func (l *links[L]) load(b *View, all any, checked bool) error {
	for i, link := range all.([]L) {
		if checked {
			if err := l.check(b, link); err != nil {
				return fmt.Errorf("%s[%d]: %w", l.name, i, bare(err))
			}
		}
		l.add(b, link)
	}
	return nil
}

func (l *links[L]) look(b *View, t *touches) any {
	var all []L
	for key := range t.keys[l.name] {
		if link := key.(L); l.has(b, link) {
			all = append(all, link)
		}
	}
	return sortedBy(all, l.compare)
}

func (l *links[L]) differ(was, is any) (any, any) {
	some := func(links []L) any {
		if len(links) == 0 {
			return nil
		}
		return links
	}
	return some(onlyIn(was.([]L), is.([]L))), some(onlyIn(is.([]L), was.([]L)))
}

func (l *links[L]) decodeSide(decoder *json.Decoder) (any, error) { return l.decode(decoder) }

// of returns the links that are on one side of a [Revert] only.
func (l *links[L]) of(one side) []L {
	all, _ := one[l.name].([]L)
	return all
}

func (l *links[L]) rebase(Revert, *View, side, side) error { return nil } // links have no values

func (l *links[L]) revert(c Revert, b *View, step revertStep) error {
	switch step {
	case cutLinks:
		for _, link := range l.of(c.is) {
			if err := l.remove(b, link); err != nil {
				return err
			}
		}
	case putBack:
		return l.load(b, l.of(c.was), true)
	default: // links have no order
	}
	return nil
}
