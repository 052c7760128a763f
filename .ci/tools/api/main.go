// Command api writes the exported API of every package of the module as text, one file a package and one line a
// thing, in the manner of the files in Go's own api directory. With -check it writes nothing, prints how the files
// differ from the source, and exits with 1 if they do.
//
// A line ends with the tag of a field, since JSON names are a contract, and with the value of a constant where
// the value is one.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

func main() {
	root := flag.String("root", ".", "`directory` of the module")
	out := flag.String("out", ".github/api", "`directory` of the files, below root")
	check := flag.Bool("check", false, "compare and write nothing")
	flag.Parse()
	differences, err := run(*root, filepath.Join(*root, *out), *check)
	if err != nil {
		fmt.Fprintln(os.Stderr, "api:", err)
		os.Exit(2)
	}
	if *check && len(differences) > 0 {
		fmt.Println(strings.Join(differences, "\n"))
		os.Exit(1)
	}
}

// run returns how the files in out differ from the source, and unless check is set makes them equal.
func run(root, out string, check bool) ([]string, error) {
	packages, err := source.Load(root, "./...")
	if err != nil {
		return nil, err
	}
	was, err := read(out)
	if err != nil {
		return nil, err
	}
	is := map[string][]string{}
	for _, p := range source.Public(packages) {
		if !strings.HasPrefix(p.Name, "examples/") {
			is[filepath.FromSlash(p.Name)+".txt"] = features(p)
		}
	}
	differences := compare(was, is)
	if check {
		return differences, nil
	}
	return differences, write(out, was, is)
}

// compare returns the lines that came and went, as "+ line" and "- line" in the order of the lines.
func compare(was, is map[string][]string) []string {
	flat := func(files map[string][]string) []string {
		var lines []string
		for _, file := range files {
			lines = append(lines, file...)
		}
		slices.Sort(lines)
		return lines
	}
	old, now := flat(was), flat(is)
	var differences []string
	for len(old)+len(now) > 0 {
		switch {
		case len(now) == 0 || len(old) > 0 && old[0] < now[0]:
			differences, old = append(differences, "- "+old[0]), old[1:]
		case len(old) == 0 || now[0] < old[0]:
			differences, now = append(differences, "+ "+now[0]), now[1:]
		default:
			old, now = old[1:], now[1:]
		}
	}
	return differences
}

func read(out string) (map[string][]string, error) {
	files := map[string][]string{}
	err := filepath.WalkDir(out, func(path string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(out, path)
		files[name] = strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
		return err
	})
	return files, err
}

func write(out string, was, is map[string][]string) error {
	for name := range was {
		if _, ok := is[name]; !ok {
			if err := os.Remove(filepath.Join(out, name)); err != nil {
				return err
			}
		}
	}
	for name, lines := range is {
		path := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			return err
		}
	}
	return nil
}
