// Command docs reports on the documentation of every package of the module:
//
//   - each exported name without a doc comment;
//   - the doc comments of exported names in words that the house style does not use, if there are more than a file
//     has on record;
//   - each package in which Examples with checked output show a smaller share of the exported names than on record.
//
// It exits with 1 if there is anything of the kind. With -write it records both as they are.
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
	file := flag.String("record", ".github/docs.txt", "`file` with what is on record, below root")
	write := flag.Bool("write", false, "record things as they are")
	list := flag.Bool("list", false, "print each comment in another tone and each name that no Example shows")
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
	var problems, off []string
	var shares []share
	for _, p := range source.Public(packages) {
		if strings.HasPrefix(p.Name, "examples/") {
			continue
		}
		bare, badTone := comments(p, root)
		problems, off = append(problems, bare...), append(off, badTone...)
		shown := show(p)
		shares = append(shares, shown.share)
		if list {
			for _, name := range shown.missing {
				fmt.Printf("%s: no Example shows %s\n", p.Name, name)
			}
		}
	}
	if list {
		fmt.Println(strings.Join(off, "\n"))
	}
	if write {
		return problems, os.WriteFile(file, []byte(format(len(off), shares)), 0o644)
	}
	worse, err := compare(string(recorded), off, shares)
	return append(problems, worse...), err
}
