package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
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
		"1 doc comments are in another tone than the standard library's, more than the 0 on record:",
		`shop/shop.go:30: the doc comment of View.Len reads "walks"`,
		"shop: the share of names shown by Examples is not on record",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if _, err := run("../testdata", file, true, false); err != nil {
		t.Fatal(err)
	}
	if got, err = run("../testdata", file, false, false); err != nil || !slices.Equal(got, want[:1]) {
		t.Errorf("after writing: %q %v", got, err)
	}
	// Shop, its Add and the Len of View are used; View has its methods in use by Shop; Lister is not shown.
	if content, err := os.ReadFile(file); err != nil || !strings.Contains(string(content), "tone 1\n") ||
		!strings.Contains(string(content), "shop 60% 3/5\n") {
		t.Errorf("wrote %s %v", content, err)
	}
}

func TestCompare(t *testing.T) {
	now := []share{{"shop", 4, 5}, {"bank", 1, 2}}
	for recorded, want := range map[string]int{
		"# comment\ntone 0\nshop 80% 4/5\nbank 50% 1/2": 0,
		"shop 80% 4/5":                1,
		"shop 81% 4/5\nbank 60% 6/10": 2,
	} {
		if got, err := compare(recorded, nil, now); err != nil || len(got) != want {
			t.Errorf("%q: got %q %v", recorded, got, err)
		}
	}
	if _, err := compare("shop", nil, now); err == nil {
		t.Error("a line without a number is read")
	}
}
