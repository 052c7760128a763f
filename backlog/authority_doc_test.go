package backlog_test

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// The table in the comment of DefaultAuthority is the one that the func returns, in the order in which the
// permissions are declared.
func TestSourceAuthorityIsInItsComment(t *testing.T) {
	table := backlog.DefaultAuthority()
	var permissions []backlog.Permission
	var doc string
	for _, file := range source(t) {
		for _, declaration := range file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Name.Name == "DefaultAuthority" {
				doc = f.Doc.Text()
			}
			if list, ok := declaration.(*ast.GenDecl); ok {
				permissions = append(permissions, declaredPermissions(t, list)...)
			}
		}
	}
	require.Len(t, permissions, len(table))
	widest := 0
	for _, permission := range permissions {
		widest = max(widest, len(permission))
	}
	var want strings.Builder
	for _, permission := range permissions {
		var roles []string
		for _, role := range table[permission] {
			roles = append(roles, role.String())
		}
		fmt.Fprintf(&want, "%-*s   %s\n", widest, permission, strings.Join(roles, ", "))
	}
	var parse comment.Parser
	blocks := parse.Parse(doc).Content
	at := slices.IndexFunc(blocks, func(block comment.Block) bool { _, ok := block.(*comment.Code); return ok })
	require.GreaterOrEqual(t, at, 0, "the comment has to hold this table:\n%s", want.String())
	require.Equal(t, want.String(), blocks[at].(*comment.Code).Text)
}

// declaredPermissions returns the constants of type Permission of a declaration.
func declaredPermissions(t *testing.T, list *ast.GenDecl) (found []backlog.Permission) {
	for _, spec := range list.Specs {
		value, ok := spec.(*ast.ValueSpec)
		if !ok || value.Type == nil || !isNamed(value.Type, "Permission") || len(value.Values) == 0 {
			continue
		}
		text, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
		require.NoError(t, err)
		found = append(found, backlog.Permission(text))
	}
	return found
}
