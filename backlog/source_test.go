package backlog_test

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// source is the syntax of the package without its tests, by file.
func source(t testing.TB) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	files := map[string]*ast.File{}
	for _, name := range names {
		if !strings.HasSuffix(name, "_test.go") {
			files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			require.NoError(t, err)
		}
	}
	return files
}

// sourceKinds returns the kind of each type of change, by the name of the type: what its method Kind returns.
func sourceKinds(t testing.TB) map[string]string {
	t.Helper()
	kinds := map[string]string{}
	for _, file := range source(t) {
		for _, declaration := range file.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil || method.Name.Name != "Kind" {
				continue
			}
			name := method.Recv.List[0].Type.(*ast.Ident).Name
			result := method.Body.List[0].(*ast.ReturnStmt).Results[0].(*ast.BasicLit)
			kind, err := strconv.Unquote(result.Value)
			require.NoError(t, err)
			kinds[name] = kind
		}
	}
	return kinds
}

// requireAllKinds wants every kind of change of the source to be in a list, and no other.
func requireAllKinds[V any](t testing.TB, listed map[string]V) {
	t.Helper()
	require.ElementsMatch(t, slices.Collect(maps.Values(sourceKinds(t))), slices.Collect(maps.Keys(listed)))
}

// A new type of change is in the registry, under its own kind.
func TestEveryChangeIsRegistered(t *testing.T) {
	var registered []string
	for _, file := range source(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			value, ok := n.(*ast.ValueSpec)
			if !ok || value.Names[0].Name != "kinds" {
				return true
			}
			for _, element := range value.Values[0].(*ast.CompositeLit).Elts {
				pair := element.(*ast.KeyValueExpr)
				key := pair.Key.(*ast.CallExpr).Fun.(*ast.SelectorExpr).X.(*ast.CompositeLit).Type.(*ast.Ident).Name
				read := pair.Value.(*ast.CompositeLit).Type.(*ast.Ident).Name
				require.Equal(t, key, read, "the kind of one change is read as another")
				registered = append(registered, key)
			}
			return false
		})
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(sourceKinds(t))), registered)
}

// A new type of change is in the table of the package comment.
func TestEveryChangeIsInThePackageComment(t *testing.T) {
	kinds := sourceKinds(t)
	require.ElementsMatch(t, slices.Collect(maps.Keys(kinds)), tableUnder(t, "The changes", func(word string) bool {
		_, isChange := kinds[word]
		return isChange
	}), "each once")
}

// A new query is in the table of the package comment, and what is no query is not.
func TestEveryQueryIsInThePackageComment(t *testing.T) {
	var queries []string
	for _, file := range source(t) {
		for _, declaration := range file.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil || !method.Name.IsExported() {
				continue
			}
			if pointer, ok := method.Recv.List[0].Type.(*ast.StarExpr); ok && isNamed(pointer.X, "View") {
				queries = append(queries, method.Name.Name)
			}
		}
	}
	require.NotEmpty(t, queries)
	require.ElementsMatch(t, queries, tableUnder(t, "The queries", token.IsExported), "each once")
}

// isNamed reports whether an expression is this name.
func isNamed(e ast.Expr, name string) bool {
	identifier, ok := e.(*ast.Ident)
	return ok && identifier.Name == name
}

// tableUnder returns the words of the tables under a heading of the package comment that are wanted.
func tableUnder(t testing.TB, heading string, wanted func(string) bool) []string {
	t.Helper()
	var words []string
	isUnder := false
	var parse comment.Parser
	for _, block := range parse.Parse(source(t)["doc.go"].Doc.Text()).Content {
		switch block := block.(type) {
		case *comment.Heading:
			isUnder = block.Text[0] == comment.Plain(heading)
		case *comment.Code:
			for word := range strings.FieldsSeq(strings.ReplaceAll(block.Text, ",", " ")) {
				if isUnder && wanted(word) {
					words = append(words, word)
				}
			}
		}
	}
	return words
}

// A new table is in the list that snapshots are written by.
func TestEverySectionIsListed(t *testing.T) {
	var declared, listed []string
	for _, file := range source(t) {
		for _, declaration := range file.Decls {
			values, ok := declaration.(*ast.GenDecl)
			if !ok || values.Tok != token.VAR {
				continue
			}
			for _, spec := range values.Specs {
				value := spec.(*ast.ValueSpec)
				if len(value.Values) == 0 {
					continue
				}
				if value.Names[0].Name == "sections" {
					for _, element := range value.Values[0].(*ast.CompositeLit).Elts {
						listed = append(listed, element.(*ast.Ident).Name)
					}
				}
				if isSection(value.Values[0]) {
					declared = append(declared, value.Names[0].Name)
				}
			}
		}
	}
	require.NotEmpty(t, declared)
	require.ElementsMatch(t, declared, listed)
}

// isSection reports whether a value is &table[...]{...}, &single[...]{...} or &links[...]{...}.
func isSection(value ast.Expr) bool {
	address, ok := value.(*ast.UnaryExpr)
	if !ok {
		return false
	}
	literal, ok := address.X.(*ast.CompositeLit)
	if !ok {
		return false
	}
	var generic ast.Expr
	switch made := literal.Type.(type) {
	case *ast.IndexExpr:
		generic = made.X
	case *ast.IndexListExpr:
		generic = made.X
	}
	name, ok := generic.(*ast.Ident)
	return ok && slices.Contains([]string{"table", "single", "links"}, name.Name)
}

// joiners are the two funcs that may call [errors.Join]: they hand a lone error on as it is, so that its
// type is the one that a doc comment names.
var joiners = map[string]bool{"../story/field/error.go": true, "../prioritize/internal/fault/join.go": true}

func TestSourceJoinsNoLoneError(t *testing.T) {
	for _, names := range sources(t) {
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			require.NoError(t, err)
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.SelectorExpr); ok && call.Sel.Name == "Join" && !joiners[filepath.ToSlash(name)] {
					from, _ := call.X.(*ast.Ident)
					require.False(t, from != nil && from.Name == "errors", "%s: field.Join, or fault.Join below prioritize, keeps the type of a lone error", name)
				}
				return true
			})
		}
	}
}
