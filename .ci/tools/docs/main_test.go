package main

import (
	"path/filepath"
	"slices"
	"testing"
)

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "examples.txt")
	got, err := run("../testdata", file, false, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"shop/shop.go:21: Owner has no doc comment",
		`shop/shop.go:30: the doc comment of View.Len reads "walks": see the standard library for its tone`,
		"shop: the share of names shown by Examples is not on record",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if _, err := run("../testdata", file, true, false); err != nil {
		t.Fatal(err)
	}
	if got, err = run("../testdata", file, false, false); err != nil || !slices.Equal(got, want[:2]) {
		t.Errorf("after writing: %q %v", got, err)
	}
}

// The Example uses Shop, its Add and its Len, which View has; Lister is not shown.
func TestCompare(t *testing.T) {
	fallen, err := compare("# comment\nshop 80% 4/5\n", []share{{"shop", 4, 5}, {"bank", 1, 2}})
	if err != nil || len(fallen) != 1 {
		t.Errorf("got %q %v", fallen, err)
	}
	if fallen, err = compare("shop 81% 4/5\n", []share{{"shop", 4, 5}}); err != nil || len(fallen) != 1 {
		t.Errorf("got %q %v", fallen, err)
	}
}
