package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

func tokenPos(offset int) token.Pos { return token.Pos(offset) }

// site is a place for a mutant: the bytes from start to end become text. Where what is given, people are shown
// that and the bytes from shown to shownEnd.
type site struct {
	function        string
	start, end      int
	text, what      string
	shown, shownEnd int
}

// finder collects the sites of one file.
type finder struct {
	p        *source.Package
	file     *ast.File
	content  []byte
	function string
	results  []*ast.FuncType // of the functions around the node, the innermost last
	found    []site
}

func (f *finder) find() {
	for _, declaration := range f.file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			f.function = d.Name.Name
			if d.Recv != nil {
				f.function = strings.TrimLeft(f.source(d.Recv.List[0].Type), "*") + "." + f.function
			}
			if d.Body != nil {
				f.body(d.Type, d.Body)
			}
		case *ast.GenDecl:
			f.function = d.Tok.String()
			if d.Tok == token.CONST || d.Tok == token.VAR {
				ast.Inspect(d, f.node)
			}
		}
	}
}

func (f *finder) body(of *ast.FuncType, body *ast.BlockStmt) {
	f.results = append(f.results, of)
	ast.Inspect(body, f.node)
	f.results = f.results[:len(f.results)-1]
}

func (f *finder) offset(pos token.Pos) int { return f.p.Fset.Position(pos).Offset }

func (f *finder) source(n ast.Node) string {
	return string(f.content[f.offset(n.Pos()):f.offset(n.End())])
}

// replace notes the mutant that has text in place of the node.
func (f *finder) replace(n ast.Node, text string) { f.span(n.Pos(), n.End(), text) }

func (f *finder) span(from, to token.Pos, text string) {
	f.found = append(f.found, site{function: f.function, start: f.offset(from), end: f.offset(to), text: text})
}

// insert notes the mutant that has text before a node, shown to people as what and the node.
func (f *finder) insert(at token.Pos, text, what string, n ast.Node) {
	f.found = append(f.found, site{
		function: f.function, start: f.offset(at), end: f.offset(at), text: text,
		what: what, shown: f.offset(n.Pos()), shownEnd: f.offset(n.End()),
	})
}

// wrap notes the mutant that leaves a statement out. The compiler still sees it, so that what it uses is used.
func (f *finder) wrap(n ast.Stmt) {
	f.found = append(f.found, site{
		function: f.function, start: f.offset(n.Pos()), end: f.offset(n.End()), text: "if false { " + f.source(n) + " }",
		what: "drop", shown: f.offset(n.Pos()), shownEnd: f.offset(n.End()),
	})
}

func (f *finder) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncLit:
		f.body(n.Type, n.Body)
		return false
	case *ast.ArrayType, *ast.StructType:
		return false
	case *ast.BinaryExpr:
		f.operator(n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			f.replace(n, f.source(n.X))
		}
	case *ast.BasicLit:
		if n.Kind == token.INT {
			f.replace(n, "("+n.Value+" + 1)")
		}
	case *ast.IfStmt:
		f.replace(n.Cond, "!("+f.source(n.Cond)+")")
		f.replace(n.Cond, "("+f.source(n.Cond)+") && false")
		if n.Else != nil {
			f.replace(n.Cond, "("+f.source(n.Cond)+") || true")
		}
	case *ast.RangeStmt:
		f.loop(n, n.Body)
	case *ast.ForStmt:
		f.loop(n, n.Body)
	case *ast.CaseClause:
		if n.List != nil && len(n.Body) > 0 {
			f.insert(n.Body[0].Pos(), "if true { break }; ", "empty", n)
		}
	case ast.Stmt:
		f.statement(n)
	}
	return true
}

func (f *finder) loop(loop ast.Node, body *ast.BlockStmt) {
	if len(body.List) > 0 {
		f.insert(body.List[0].Pos(), "if true { break }; ", "never run", loop)
	}
}

func (f *finder) statement(n ast.Stmt) {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		opposite := map[token.Token]string{token.INC: "--", token.DEC: "++"}
		f.span(n.TokPos, n.TokPos+2, opposite[n.Tok])
	case *ast.AssignStmt:
		if other, ok := swapped[n.Tok]; ok && f.isNumber(n.Lhs[0]) {
			f.span(n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), other)
		}
		if blank, ok := n.Lhs[0].(*ast.Ident); n.Tok != token.DEFINE && (!ok || blank.Name != "_") {
			f.wrap(n)
		}
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); !ok || f.source(call.Fun) != "panic" {
			f.wrap(n)
		}
	case *ast.DeferStmt:
		f.wrap(n)
	case *ast.BranchStmt:
		switch {
		case n.Tok == token.CONTINUE && n.Label == nil:
			f.replace(n, "break")
		case n.Tok == token.BREAK && n.Label == nil:
			f.replace(n, "continue")
		}
	case *ast.ReturnStmt:
		f.returned(n)
	}
}

// swapped holds what stands for an operator in a mutant.
var swapped = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&",
	token.ADD: "-", token.SUB: "+", token.MUL: "/", token.QUO: "*", token.REM: "*",
	token.ADD_ASSIGN: "-=", token.SUB_ASSIGN: "+=", token.MUL_ASSIGN: "/=", token.QUO_ASSIGN: "*=",
}

func (f *finder) operator(n *ast.BinaryExpr) {
	other, ok := swapped[n.Op]
	arithmetic := n.Op == token.ADD || n.Op == token.SUB || n.Op == token.MUL || n.Op == token.QUO || n.Op == token.REM
	if ok && (!arithmetic || f.isNumber(n)) {
		f.replace(n, f.source(n.X)+" "+other+" "+f.source(n.Y))
	}
}

// isNumber reports whether an expression is a number that is no constant.
func (f *finder) isNumber(e ast.Expr) bool {
	t := f.p.Info.Types[e]
	if t.Type == nil {
		return false
	}
	basic, ok := t.Type.Underlying().(*types.Basic)
	return ok && t.Value == nil && basic.Info()&types.IsNumeric != 0
}

// returned notes a mutant for each result of a return that can be another one: not of a truth value, the zero
// value of another. The old return stays behind it, so that what it uses is used.
func (f *finder) returned(n *ast.ReturnStmt) {
	kinds := f.kinds()
	if len(kinds) == 0 || len(n.Results) == 0 {
		return
	}
	if len(n.Results) != len(kinds) { // return f()
		zeros := make([]string, len(kinds))
		for i, kind := range kinds {
			zeros[i] = "*new(" + kind + ")"
		}
		f.insert(n.Pos(), "if true { return "+strings.Join(zeros, ", ")+" }; ", "return zeros for", n)
		return
	}
	for i, result := range n.Results {
		other := f.other(result, kinds[i])
		if other == "" {
			continue
		}
		texts := make([]string, len(n.Results))
		for j, r := range n.Results {
			texts[j] = f.source(r)
		}
		texts[i] = other
		text := "return " + strings.Join(texts, ", ")
		f.insert(n.Pos(), "if true { "+text+" }; ", snippet([]byte(text))+" for", n)
	}
}

// kinds returns the type of each result of the function around, as its source has it.
func (f *finder) kinds() []string {
	if len(f.results) == 0 {
		return nil
	}
	fields := f.results[len(f.results)-1].Results
	if fields == nil {
		return nil
	}
	var kinds []string
	for _, field := range fields.List {
		for range max(1, len(field.Names)) {
			kinds = append(kinds, f.source(field.Type))
		}
	}
	return kinds
}

// other returns what a mutant returns in place of a result, or "" if it has nothing else to return.
func (f *finder) other(result ast.Expr, kind string) string {
	switch text := f.source(result); {
	case text == "false":
		return "true"
	case text == "true":
		return "false"
	case text == "0":
		return "1"
	case text == `""`:
		return `"mutant"`
	case text == "nil", strings.HasSuffix(text, "{}"):
		return ""
	case kind == "bool":
		return "!(" + text + ")"
	default:
		return "*new(" + kind + ")"
	}
}
