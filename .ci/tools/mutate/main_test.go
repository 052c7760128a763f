package main

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit-ci/source"
)

// load returns the package in a directory of testdata, and its mutants.
func load(t *testing.T, dir string) (*source.Package, []mutant) {
	t.Helper()
	root, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	packages, err := source.Load(root, "./...")
	if err != nil {
		t.Fatal(err)
	}
	all, err := mutants(packages[0], root, "1", func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return packages[0], all
}

func TestMutants(t *testing.T) {
	_, all := load(t, "../testdata")
	var got []string
	for _, m := range all {
		got = append(got, m.id)
	}
	slices.Sort(got)
	want := []string{
		"shop/shop.go Shop.Add: `len(s.names) >= Limit` -> `!(len(s.names) >= Limit)`",
		"shop/shop.go Shop.Add: `len(s.names) >= Limit` -> `(len(s.names) >= Limit) && false`",
		"shop/shop.go Shop.Add: `len(s.names) >= Limit` -> `len(s.names) > Limit`",
		"shop/shop.go Shop.Add: `return false` for `return true`",
		"shop/shop.go Shop.Add: `return true` for `return false`",
		"shop/shop.go Shop.Add: drop `s.names = append(s.names, name)`",
		"shop/shop.go View.Len: `return *new(int)` for `return len(v.names)`",
		"shop/shop.go const: `1` -> `(1 + 1)`",
		"shop/shop.go const: `3` -> `(3 + 1)`",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// Two faults survive the tests of testdata: what a full shop answers, and the numbers of an enum. A limit that is
// the limit of the test, too, is a third.
func TestBench(t *testing.T) {
	p, all := load(t, "../testdata")
	b, err := newBench(p, all, []*source.Package{p}, t.TempDir(), 2, false)
	if err != nil {
		t.Fatal(err)
	}
	equivalent := map[string]bool{"shop/shop.go const: `1` -> `(1 + 1)`": true}
	got, err := b.all(drawing{p, all, len(all)}, equivalent, 2, time.Now().Add(time.Hour))
	if want := (tally{killed: 6, survived: 2, equivalent: 1}); err != nil || got != want {
		t.Errorf("got %+v %v, want %+v", got, err, want)
	}
}

// A loop that does not end is stopped by the processor time that it takes.
func TestOutOfTime(t *testing.T) {
	p, all := load(t, "../testdata/loop")
	b, err := newBench(p, all, []*source.Package{p}, t.TempDir(), 2, false)
	if err != nil {
		t.Fatal(err)
	}
	b.more = time.Second
	found := 0
	for _, m := range all {
		if m.text != "--" {
			continue
		}
		found++
		if got, err := b.try(m); err != nil || got != outOfTime {
			t.Errorf("%s: got %v %v", m.id, got, err)
		}
	}
	if found == 0 {
		t.Error("there is no such mutant")
	}
}

func TestBelow(t *testing.T) {
	for _, test := range []struct {
		killed, survived int
		want             bool
	}{{0, 0, false}, {0, 2, false}, {9, 15, false}, {8, 16, true}, {54, 46, false}, {48, 52, true}} {
		if got := (tally{killed: test.killed, survived: test.survived}).below(60); got != test.want {
			t.Errorf("%d of %d: got %t", test.killed, test.killed+test.survived, got)
		}
	}
}

// A mutant that is one of many in a binary ends as it does in a binary of its own.
func TestSwitchboard(t *testing.T) {
	p, all := load(t, "../testdata")
	b, err := newBench(p, all, []*source.Package{p}, t.TempDir(), 2, false)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(b.board.numbers); got != len(all)-2 {
		t.Errorf("%d of %d mutants side by side: only numbers of constants are not", got, len(all))
	}
	for _, m := range all {
		together, err := b.try(m)
		if err != nil {
			t.Fatal(err)
		}
		if alone, err := b.alone(m); err != nil || alone != together {
			t.Errorf("%s: %v together, %v alone, %v", m.id, together, alone, err)
		}
	}
}
