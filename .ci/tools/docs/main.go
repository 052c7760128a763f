// Command docs reports on the documentation of every package of the module:
//
//   - each exported name without a doc comment;
//   - each doc comment of an exported name in words that the house style does not use;
//   - the share of exported names that an Example with checked output shows, for each package, against the share
//     recorded in a file, below which it may not fall.
//
// It exits with 1 if there is anything of the kind. With -write it records the shares as they are.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

func main() {
	root := flag.String("root", ".", "`directory` of the module")
	file := flag.String("examples", ".github/examples.txt", "`file` with the shares of names shown by Examples, below root")
	write := flag.Bool("write", false, "record the shares")
	list := flag.Bool("list", false, "print the names that no Example shows")
	flag.Parse()
	problems, err := run(*root, filepath.Join(*root, *file), *write, *list)
	if err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(2)
	}
	for _, problem := range problems {
		fmt.Println(problem)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
}

func run(root, file string, write, list bool) ([]string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	packages, err := source.Load(root, "./...")
	if err != nil {
		return nil, err
	}
	recorded, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var problems []string
	var shares []share
	for _, p := range source.Public(packages) {
		if strings.HasPrefix(p.Name, "examples/") {
			continue
		}
		for _, d := range documented(p) {
			problems = append(problems, d.problems(p, root)...)
		}
		shown := show(p)
		shares = append(shares, shown.share)
		if list {
			for _, name := range shown.missing {
				fmt.Printf("%s: no Example shows %s\n", p.Name, name)
			}
		}
	}
	if write {
		return problems, os.WriteFile(file, []byte(format(shares)), 0o644)
	}
	fallen, err := compare(string(recorded), shares)
	return append(problems, fallen...), err
}
