package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const want = `pkg shop, const Bread Kind
pkg shop, const Fruit Kind
pkg shop, const Limit = 3
pkg shop, const Owner Role = "owner"
pkg shop, method (*Shop) Add(string) bool
pkg shop, method (View) Len() int
pkg shop, type Kind uint8
pkg shop, type Lister[T any] interface { List }
pkg shop, type Lister[T any] interface, List(T, ...T) ([]T, error)
pkg shop, type Role string
pkg shop, type Shop struct
pkg shop, type Shop struct, Opened time.Time ` + "`json:\"opened\"`" + `
pkg shop, type Shop struct, embedded View
pkg shop, type View struct
`

func TestRun(t *testing.T) {
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "gone.txt"), []byte("pkg gone, func Gone()\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	differences, err := run("../testdata", out, true)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(differences, "\n"), "- pkg gone, func Gone()\n+ "+
		strings.ReplaceAll(strings.TrimSpace(want), "\n", "\n+ "); got != want {
		t.Errorf("got differences\n%s\nwant\n%s", got, want)
	}
	if _, err := run("../testdata", out, false); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(out, "shop.txt")); err != nil || string(got) != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
	}
	if differences, err = run("../testdata", out, true); err != nil || len(differences) > 0 {
		t.Errorf("after writing: %v %v", differences, err)
	}
}
