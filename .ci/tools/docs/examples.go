package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/doc"
	"go/types"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

// share is how many of a package's names an Example shows.
type share struct {
	name       string
	shown, all int
}

// percent is rounded down, so that one name more or less in a large package is no fall.
func (s share) percent() int {
	if s.all == 0 {
		return 100
	}
	return 100 * s.shown / s.all
}

// showing is what Examples show of one package.
type showing struct {
	share
	missing []string
}

// show counts the types, functions and methods of a package that an Example with checked output is attached to or
// uses. Left out are enums, errors, and methods whose name is a convention.
func show(p *source.Package) showing {
	names := countable(p)
	seen := map[string]bool{}
	for _, example := range doc.Examples(p.Tests...) {
		if example.Output == "" && !example.EmptyOutput {
			continue
		}
		parts := strings.Split(example.Name, "_")
		seen[parts[0]] = true
		if len(parts) > 1 {
			seen[parts[0]+"."+parts[1]] = true
		}
		used(p, example.Code, seen)
	}
	result := showing{share: share{name: p.Name, all: len(names)}}
	for _, name := range names {
		if seen[name] {
			result.shown++
		} else {
			result.missing = append(result.missing, name)
		}
	}
	return result
}

var conventional = []string{
	"String", "Error", "Is", "Unwrap", "MarshalText", "UnmarshalText", "MarshalJSON", "UnmarshalJSON",
	"Kind", "Validate", "Clone", "Equal", "Compare", "IsZero", "IsValid",
}

func countable(p *source.Package) []string {
	var names []string
	for _, name := range p.Types.Scope().Names() {
		object := p.Types.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Func:
			names = append(names, name)
		case *types.TypeName:
			named, ok := object.Type().(*types.Named)
			if !ok || excepted(named) {
				continue
			}
			names = append(names, name)
			for method := range named.Methods() {
				if method.Exported() && !slices.Contains(conventional, method.Name()) {
					names = append(names, name+"."+method.Name())
				}
			}
		}
	}
	return names
}

// excepted reports whether a type is an error or has a basic type below it, as enums have.
func excepted(named *types.Named) bool {
	_, basic := named.Underlying().(*types.Basic)
	failure := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return basic || types.Implements(types.NewPointer(named), failure) && !types.IsInterface(named)
}

// used adds the names of p that code uses, and the types of p that its expressions have.
func used(p *source.Package, code ast.Node, seen map[string]bool) {
	ast.Inspect(code, func(n ast.Node) bool {
		if identifier, ok := n.(*ast.Ident); ok {
			if object := p.Info.Uses[identifier]; object != nil && object.Pkg() != nil && object.Pkg().Path() == p.Path {
				seen[qualified(object)] = true
			}
		}
		if expression, ok := n.(ast.Expr); ok {
			typed(p, p.Info.Types[expression].Type, seen, 0)
		}
		return true
	})
}

func qualified(object types.Object) string {
	if f, ok := object.(*types.Func); ok && f.Signature().Recv() != nil {
		receiver := f.Signature().Recv().Type()
		if pointer, ok := receiver.(*types.Pointer); ok {
			receiver = pointer.Elem()
		}
		if named, ok := receiver.(*types.Named); ok {
			return named.Obj().Name() + "." + f.Name()
		}
	}
	return object.Name()
}

// typed adds the type t and those that it is made of, as far as an Example that holds a value of it shows them.
func typed(p *source.Package, t types.Type, seen map[string]bool, depth int) {
	if t == nil || depth > 3 {
		return
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == p.Path {
			seen[t.Obj().Name()] = true
		}
		for argument := range t.TypeArgs().Types() {
			typed(p, argument, seen, depth+1)
		}
	case *types.Pointer:
		typed(p, t.Elem(), seen, depth+1)
	case *types.Slice:
		typed(p, t.Elem(), seen, depth+1)
	case *types.Map:
		typed(p, t.Elem(), seen, depth+1)
	case *types.Tuple:
		for v := range t.Variables() {
			typed(p, v.Type(), seen, depth+1)
		}
	}
}

// format returns the file of what is on record.
func format(off int, shares []share) string {
	var b strings.Builder
	b.WriteString("# What may not get worse; bash .ci/docs -write records it.\n")
	b.WriteString("# Doc comments in words that the standard library does without; -list prints them.\n")
	fmt.Fprintf(&b, "tone %d\n", off)
	b.WriteString("# Exported types, functions and methods that an Example shows, in percent.\n")
	for _, s := range shares {
		fmt.Fprintf(&b, "%s %d%% %d/%d\n", s.name, s.percent(), s.shown, s.all)
	}
	return b.String()
}

// compare returns the comments in another tone if there are more than on record, and the packages whose share is
// lower than on record, or not on it.
func compare(recorded string, off []string, shares []share) ([]string, error) {
	record := map[string]int{}
	for lines := bufio.NewScanner(strings.NewReader(recorded)); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		var name string
		var number int
		if _, err := fmt.Sscanf(lines.Text(), "%s %d", &name, &number); err != nil {
			return nil, fmt.Errorf("line %q: %w", lines.Text(), err)
		}
		record[name] = number
	}
	var worse []string
	if len(off) > record["tone"] {
		worse = append(worse, fmt.Sprintf("%d doc comments are in another tone than the standard library's, more than the %d on record:",
			len(off), record["tone"]))
		worse = append(worse, off...)
	}
	for _, s := range shares {
		want, ok := record[s.name]
		switch {
		case !ok:
			worse = append(worse, fmt.Sprintf("%s: the share of names shown by Examples is not on record", s.name))
		case s.percent() < want:
			worse = append(worse, fmt.Sprintf("%s: Examples show %d of %d names, %d%%, fewer than the %d%% on record",
				s.name, s.shown, s.all, s.percent(), want))
		}
	}
	return worse, nil
}
