// Package source loads the packages of a module, parsed and type-checked, with nothing but the standard library
// and the go command.
package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Package is one package of the module under test.
type Package struct {
	Path  string // import path
	Name  string // path below the module: "backlog/flow"; "" for the module's root
	Dir   string
	Fset  *token.FileSet
	Files []*ast.File // without tests
	Tests []*ast.File // those of its _test package
	Types *types.Package
	Info  *types.Info // of Files and Tests
}

// Position returns where pos is, its file relative to root.
func (p *Package) Position(root string, pos token.Pos) string {
	at := p.Fset.Position(pos)
	if name, err := filepath.Rel(root, at.Filename); err == nil {
		at.Filename = filepath.ToSlash(name)
	}
	return fmt.Sprintf("%s:%d", at.Filename, at.Line)
}

// listed is what Load reads of the output of go list.
type listed struct {
	ImportPath, Dir, Export, Name, ForTest string
	GoFiles                                []string
	ImportMap                              map[string]string
	DepOnly                                bool
	Module                                 *struct{ Path string }
}

// Load returns the packages that the patterns name in the module at root, in the order of go list. Tests are
// loaded if so asked, which builds them too.
func Load(root string, tests bool, patterns ...string) ([]*Package, error) {
	all, err := list(root, tests, patterns)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, l := range all {
		exports[l.ImportPath] = l.Export
	}
	fset := token.NewFileSet()
	var packages []*Package
	byPath := map[string]*Package{}
	for _, l := range all {
		if l.DepOnly || l.ForTest != "" || strings.HasSuffix(l.ImportPath, ".test") {
			continue
		}
		p := &Package{
			Path: l.ImportPath, Dir: l.Dir, Fset: fset,
			Name: strings.TrimPrefix(strings.TrimPrefix(l.ImportPath, l.Module.Path), "/"),
			Info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}},
		}
		if p.Files, p.Types, err = p.check(l, exports); err != nil {
			return nil, err
		}
		packages = append(packages, p)
		byPath[l.ImportPath] = p
	}
	for _, l := range all {
		if p := byPath[l.ForTest]; p != nil && strings.HasSuffix(l.Name, "_test") {
			if p.Tests, _, err = p.check(l, exports); err != nil {
				return nil, err
			}
		}
	}
	return packages, nil
}

func list(root string, tests bool, patterns []string) ([]listed, error) {
	command := exec.Command("go", append([]string{
		"list", fmt.Sprintf("-test=%t", tests), "-export", "-deps",
		"-json=ImportPath,Dir,Export,Name,ForTest,GoFiles,ImportMap,DepOnly,Module", "--",
	}, patterns...)...)
	command.Dir = root
	var problems bytes.Buffer
	command.Stderr = &problems
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, problems.Bytes())
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var l listed
		if err := decoder.Decode(&l); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
}

// check parses and type-checks the files of l. Imports are read from what the compiler wrote for l's own build:
// a test may import another make of a package than the rest of the module.
func (p *Package) check(l listed, exports map[string]string) ([]*ast.File, *types.Package, error) {
	var files []*ast.File
	for _, name := range l.GoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(l.Dir, name)
		}
		file, err := parser.ParseFile(p.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file)
	}
	imports := importer.ForCompiler(p.Fset, "gc", func(path string) (io.ReadCloser, error) {
		if other, ok := l.ImportMap[path]; ok {
			path = other
		}
		return os.Open(exports[path])
	})
	checked, err := (&types.Config{Importer: imports}).Check(l.ImportPath, p.Fset, files, p.Info)
	return files, checked, err
}

// Public returns the packages that a program outside the module can import: no command, nothing internal.
func Public(packages []*Package) []*Package {
	var public []*Package
	for _, p := range packages {
		if p.Types.Name() != "main" && !strings.Contains("/"+p.Name+"/", "/internal/") {
			public = append(public, p)
		}
	}
	return public
}
