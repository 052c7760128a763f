package backlog_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story/field"
)

// In random histories the table of the rules in the package comment has each rule that refuses a change, and the
// doc comment of the change each other class of error.
func TestCommentsNameTheRules(t *testing.T) {
	t.Parallel()

	comments := map[string]string{}
	kinds := sourceKinds(t)
	for _, file := range source(t) {
		for _, declaration := range file.Decls {
			general, ok := declaration.(*ast.GenDecl)
			if !ok || general.Tok != token.TYPE {
				continue
			}
			for _, spec := range general.Specs {
				if kind, ok := kinds[spec.(*ast.TypeSpec).Name.Name]; ok {
					comments[kind] = general.Doc.Text()
				}
			}
		}
	}
	asked := map[string]map[string]bool{}
	lacking := map[string]bool{}
	lacks := func(change backlog.Change, one, or string) {
		if text := comments[change.Kind()]; !strings.Contains(text, "["+one) && (or == "" || !strings.Contains(text, "["+or)) {
			lacking[fmt.Sprintf("%T: %s", change, one)] = true
		}
	}
	for seed := range uint64(*histories) {
		options := optionsOf(seed)
		options.Rules = backlog.Rules{}.Others(backlog.RuleRefuse)
		if seed%2 == 0 {
			options.Workflow = anyToAny()
		}
		wanderBy(t, options, seed, 100, func(_ *backlog.Backlog, change backlog.Change, err error) {
			if _, isRevert := change.(backlog.Revert); err == nil || isRevert {
				return
			}
			for _, err := range leaves(err) {
				refused := new(backlog.RefusedError)
				switch {
				case !errors.As(err, &refused):
				case refused.Rule != 0:
					rule := "Rule"
					for word := range strings.SplitSeq(refused.Rule.String(), "_") {
						rule += strings.ToUpper(word[:1]) + word[1:]
					}
					if asked[rule] == nil {
						asked[rule] = map[string]bool{}
					}
					asked[rule][strings.TrimPrefix(fmt.Sprintf("%T", change), "backlog.")] = true
				case refused.By == backlog.ByReady:
					lacks(change, "ErrNotReady", "")
				case refused.By == backlog.ByDone:
					lacks(change, "ErrNotDone", "")
				case refused.By == backlog.ByWorkflow:
					lacks(change, "ErrIllegalMove", "")
				}
				if errors.Is(err, backlog.ErrNotFound) {
					lacks(change, "NotFoundError", "ErrNotFound")
				}
				if errors.Is(err, backlog.ErrExists) {
					lacks(change, "ErrExists", "ExistsError")
				}
				if errors.Is(err, field.ErrInvalid) {
					lacks(change, "field.Error", "")
				}
				if errors.Is(err, backlog.ErrCycle) {
					lacks(change, "CycleError", "ErrCycle")
				}
			}
		})
	}
	table, rule := map[string]bool{}, ""
	for _, word := range tableUnder(t, "The rules", token.IsExported) {
		if strings.HasPrefix(word, "Rule") {
			rule = word
		}
		table[rule+" "+word] = true
	}
	for rule, changes := range asked {
		for change := range changes {
			require.True(t, table[rule+" "+change], "the table of the rules lacks %s at %s", change, rule)
		}
	}
	require.Empty(t, slices.Sorted(maps.Keys(lacking)))
	for _, file := range source(t) { // chance meets few of the limits
		for _, declaration := range file.Decls {
			if method, ok := declaration.(*ast.FuncDecl); ok && method.Name.Name == "moves" {
				name := method.Recv.List[0].Type.(*ast.Ident).Name
				require.True(t, table["RuleWorkInProgress "+name], "the table of the rules lacks %s at RuleWorkInProgress", name)
			}
		}
	}
	for key := range table { // and few of the proposals
		if rule, change, _ := strings.Cut(key, " "); change == "AddStory" || change == "AddFeature" {
			require.True(t, table[rule+" TakeProposal"], "the table of the rules lacks TakeProposal at %s", rule)
		}
	}
}

// leaves returns the errors that are joined in one.
func leaves(err error) []error {
	switch joined := err.(type) { //nolint:errorlint // the tree itself is looked at
	case interface{ Unwrap() []error }:
		var all []error
		for _, one := range joined.Unwrap() {
			all = append(all, leaves(one)...)
		}
		return all
	case *backlog.BatchError:
		return leaves(joined.Err)
	}
	return []error{err}
}
