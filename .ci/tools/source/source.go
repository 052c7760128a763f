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
	ImportPath, Dir, Export, Name string
	GoFiles, XTestGoFiles         []string
	DepOnly                       bool
	Module                        *struct{ Path string }
}

// Load returns the packages that the patterns name in the module at root, in the order of go list.
func Load(root string, patterns ...string) ([]*Package, error) {
	all, err := list(root, patterns)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, l := range all {
		exports[l.ImportPath] = l.Export
	}
	fset := token.NewFileSet()
	var packages []*Package
	for _, l := range all {
		if l.DepOnly {
			continue
		}
		p := &Package{
			Path: l.ImportPath, Dir: l.Dir, Fset: fset,
			Name: strings.TrimPrefix(strings.TrimPrefix(l.ImportPath, l.Module.Path), "/"),
			Info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}},
		}
		if p.Files, p.Types, err = p.check(l.ImportPath, l.GoFiles, exports, nil); err != nil {
			return nil, err
		}
		// What only tests import is not built for this: that its types are not known does no harm.
		p.Tests, _, err = p.check(l.ImportPath+"_test", l.XTestGoFiles, exports, func(error) {})
		if p.Tests == nil && err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
	return packages, nil
}

func list(root string, patterns []string) ([]listed, error) {
	command := exec.Command("go", append([]string{
		"list", "-export", "-deps",
		"-json=ImportPath,Dir,Export,Name,GoFiles,XTestGoFiles,DepOnly,Module", "--",
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

// check parses and type-checks files. What is wrong with types goes to faults, unless that is nil.
func (p *Package) check(
	path string, names []string, exports map[string]string, faults func(error),
) ([]*ast.File, *types.Package, error) {
	var files []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(p.Fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file)
	}
	imports := importer.ForCompiler(p.Fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	checked, err := (&types.Config{Importer: imports, Error: faults}).Check(path, p.Fset, files, p.Info)
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
