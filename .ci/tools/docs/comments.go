package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

// tone matches words that doc comments of the standard library do without.
var tone = regexp.MustCompile(`(?i)\b(says|tells|walks|knows|is told|are told|(is|are) to be had)\b`)

// documentedName is an exported name and its comment.
type documentedName struct {
	name string
	pos  token.Pos
	doc  string
}

// comments returns the exported names of a package without a comment, and those whose comment is in another tone.
func comments(p *source.Package, root string) (bare, off []string) {
	for _, d := range documented(p) {
		at := p.Position(root, d.pos)
		if strings.TrimSpace(d.doc) == "" {
			bare = append(bare, fmt.Sprintf("%s: %s has no doc comment", at, d.name))
		}
		if word := tone.FindString(strings.Join(strings.Fields(d.doc), " ")); word != "" {
			off = append(off, fmt.Sprintf("%s: the doc comment of %s reads %q", at, d.name, word))
		}
	}
	return bare, off
}

// documented returns the package, its exported types, functions, methods, constants and variables.
func documented(p *source.Package) []documentedName {
	about := documentedName{name: "package " + p.Types.Name(), pos: p.Files[0].Package}
	var names []documentedName
	for _, file := range p.Files {
		if file.Doc != nil {
			about.pos = file.Doc.Pos()
			about.doc += file.Doc.Text()
		}
		for _, declaration := range file.Decls {
			switch declaration := declaration.(type) {
			case *ast.FuncDecl:
				if name, exported := function(declaration); exported {
					names = append(names, documentedName{name, declaration.Pos(), declaration.Doc.Text()})
				}
			case *ast.GenDecl:
				names = append(names, general(declaration)...)
			}
		}
	}
	return append([]documentedName{about}, names...)
}

// function returns the name of a function or method, and whether both it and its receiver are exported.
func function(f *ast.FuncDecl) (string, bool) {
	if f.Recv == nil {
		return f.Name.Name, f.Name.IsExported()
	}
	receiver := f.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.IndexExpr:
			receiver = t.X
		case *ast.IndexListExpr:
			receiver = t.X
		case *ast.Ident:
			return t.Name + "." + f.Name.Name, t.IsExported() && f.Name.IsExported()
		}
	}
}

// general returns the exported names of a const, var or type declaration. The comment of a group covers its
// constants and variables, not its types.
func general(d *ast.GenDecl) []documentedName {
	var names []documentedName
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			doc := spec.Doc.Text()
			if !d.Lparen.IsValid() {
				doc += d.Doc.Text()
			}
			if spec.Name.IsExported() {
				names = append(names, documentedName{spec.Name.Name, spec.Pos(), doc})
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() {
					names = append(names, documentedName{name.Name, name.Pos(), spec.Doc.Text() + spec.Comment.Text() + d.Doc.Text()})
				}
			}
		}
	}
	return names
}
