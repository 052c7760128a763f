package backlog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pure is every import from outside the module that the four packages may have; sync for what is
// made once and read by many.
var pure = map[string]bool{
	"bytes": true, "cmp": true, "container/heap": true, "crypto/sha256": true, "encoding": true, "encoding/base64": true, "encoding/binary": true, "encoding/json": true, "encoding/xml": true,
	"errors": true, "fmt": true, "hash/maphash": true, "io": true, "iter": true, "maps": true, "math": true, "math/big": true,
	"math/bits": true, "math/rand/v2": true, "reflect": true, "slices": true, "sort": true, "strconv": true,
	"strings": true, "sync": true, "time": true, "unicode": true, "unicode/utf16": true, "unicode/utf8": true,
	"unique":                        true, // interning: equal values are the same, whoever made them
	"database/sql/driver":           true,
	"github.com/google/uuid":        true,
	"github.com/shopspring/decimal": true,
}

// hostOnly is what the loop of a host may import beside: contexts that it hands on, and the list of a cache.
var hostOnly = map[string]bool{"context": true, "container/list": true}

// testingOnly is what the laws for people who write a method or a log of their own may import beside.
var testingOnly = map[string]bool{"testing": true}

// impure names, by import, what reads a clock or global randomness, or waits.
var impure = map[string]func(name string) bool{
	"time": func(name string) bool {
		switch name {
		case "Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Local", "LoadLocation":
			return true
		}
		return false
	},
	"github.com/google/uuid": func(name string) bool {
		return strings.HasPrefix(name, "New") && name != "NewSHA1" || strings.HasPrefix(name, "Set") || strings.HasPrefix(name, "Enable")
	},
	"math/rand/v2": func(name string) bool {
		switch name {
		case "New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf":
			return false
		}
		return true
	},
	// Only what merely formats: printing is I/O.
	"fmt": func(name string) bool { return strings.HasPrefix(name, "Print") || strings.Contains(name, "can") },
	// Readers and writers that are handed in are the caller's; a pipe is a goroutine's.
	"io": func(name string) bool { return strings.HasPrefix(name, "Pipe") },
	// A context is handed on, and may be done beforehand; a deadline is a clock.
	"context": func(name string) bool { return strings.Contains(name, "Deadline") || strings.Contains(name, "Timeout") },
	// What changes behaviour from afar, and what depends on it.
	"github.com/shopspring/decimal": func(name string) bool {
		switch name {
		case "DivisionPrecision", "MarshalJSONWithoutQuotes", "PowPrecisionNegativeExponent", "ExpMaxIterations", "Avg":
			return true
		}
		return false
	},
}

// TestPurity holds the first guarantee: no file, network, environment, clock, global randomness,
// goroutine or logging in the four packages and below.
func TestPurity(t *testing.T) {
	for _, names := range sources(t) {
		for _, name := range names {
			for _, flaw := range flaws(t, name) {
				t.Errorf("%s: %s", name, flaw)
			}
		}
	}
}

// flaws lists what is not pure about one file.
func flaws(t *testing.T, path string) []string {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	require.NoError(t, err)
	var found []string
	names := map[string]string{} // of imports, as the file calls them
	for _, one := range file.Imports {
		imported, err := strconv.Unquote(one.Path.Value)
		require.NoError(t, err)
		name := strings.TrimSuffix(imported, "/v2")
		name = name[strings.LastIndex(name, "/")+1:]
		if one.Name != nil {
			name = one.Name.Name
		}
		names[name] = imported
		if !isPure(path, imported) {
			found = append(found, "imports "+imported)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, "starts a goroutine")
		case *ast.SelectStmt, *ast.ChanType:
			found = append(found, "uses a channel")
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			if !ok || pkg.Obj != nil {
				return true
			}
			if bad := impure[names[pkg.Name]]; bad != nil && bad(n.Sel.Name) {
				found = append(found, "uses "+pkg.Name+"."+n.Sel.Name)
			}
		case *ast.CallExpr:
			if builtin, ok := n.Fun.(*ast.Ident); ok && (builtin.Name == "print" || builtin.Name == "println") {
				found = append(found, "calls "+builtin.Name)
			}
		}
		return true
	})
	return append(found, reassigned(file)...)
}

// isPure reports whether a file may import a package from outside the module, or one of the module.
func isPure(path, imported string) bool {
	path = filepath.ToSlash(path)
	forTests := (strings.Contains(path, "/prioritizetest/") || strings.Contains(path, "/hosttest/")) && testingOnly[imported]
	forHosts := strings.Contains(path, "backlog/host/") && hostOnly[imported]
	return pure[imported] || forTests || forHosts || strings.HasPrefix(imported, module)
}

// reassigned lists package variables that a func of the same file assigns to: nothing global may
// change behaviour.
func reassigned(file *ast.File) []string {
	globals := map[*ast.Object]bool{} //nolint:staticcheck // what a name means within one file is enough here
	for _, object := range file.Scope.Objects {
		if object.Kind == ast.Var {
			globals[object] = true
		}
	}
	var found []string
	check := func(target ast.Expr) {
		for {
			switch inner := target.(type) {
			case *ast.IndexExpr:
				target = inner.X
				continue
			case *ast.SelectorExpr:
				target = inner.X
				continue
			case *ast.Ident:
				if globals[inner.Obj] {
					found = append(found, "assigns to the package variable "+inner.Name)
				}
			}
			return
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, target := range n.Lhs {
				check(target)
			}
		case *ast.IncDecStmt:
			check(n.X)
		}
		return true
	})
	return found
}
