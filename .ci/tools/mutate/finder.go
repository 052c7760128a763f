package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
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
	on              toggle
}

// finder collects the sites of one file.
type finder struct {
	p        *source.Package
	file     *ast.File
	content  []byte
	function string
	results  []*ast.FuncType // of the functions around the node, the innermost last
	around   []ast.Node      // the nodes around the node, the innermost last
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
				f.inspect(d)
			}
		}
	}
}

func (f *finder) body(of *ast.FuncType, body *ast.BlockStmt) {
	f.results = append(f.results, of)
	f.inspect(body)
	f.results = f.results[:len(f.results)-1]
}

func (f *finder) inspect(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil {
			f.around = f.around[:len(f.around)-1]
			return true
		}
		if !f.node(n) {
			return false
		}
		f.around = append(f.around, n)
		return true
	})
}

func (f *finder) offset(pos token.Pos) int { return f.p.Fset.Position(pos).Offset }

func (f *finder) source(n ast.Node) string {
	return string(f.content[f.offset(n.Pos()):f.offset(n.End())])
}

// replace notes the mutant that has text in place of an expression.
func (f *finder) replace(e ast.Expr, text string) {
	start, end := f.offset(e.Pos()), f.offset(e.End())
	f.found = append(f.found, site{function: f.function, start: start, end: end, text: text, on: f.expression(e, text)})
}

// span notes the mutant of a statement that has text in place of a part of it.
func (f *finder) span(n ast.Stmt, from, to token.Pos, text string) {
	start, end := f.offset(from), f.offset(to)
	whole := string(f.content[f.offset(n.Pos()):start]) + text + string(f.content[end:f.offset(n.End())])
	f.found = append(f.found, site{
		function: f.function, start: start, end: end, text: text,
		on: f.stands(n, "if %s { "+escape(whole)+" } else { ", " }"),
	})
}

// insert notes the mutant that has text before a node, shown to people as what and the node.
func (f *finder) insert(at token.Pos, text, what string, n ast.Node) {
	f.found = append(f.found, site{
		function: f.function, start: f.offset(at), end: f.offset(at), text: text,
		what: what, shown: f.offset(n.Pos()), shownEnd: f.offset(n.End()),
		on: toggle{f.offset(at), f.offset(at), strings.Replace(escape(text), "true", "%s", 1), ""},
	})
}

// wrap notes the mutant that leaves a statement out. The compiler still sees it, so that what it uses is used.
func (f *finder) wrap(n ast.Stmt) {
	f.found = append(f.found, site{
		function: f.function, start: f.offset(n.Pos()), end: f.offset(n.End()), text: "if false { " + f.source(n) + " }",
		what: "drop", shown: f.offset(n.Pos()), shownEnd: f.offset(n.End()), on: f.stands(n, "if !%s { ", " }"),
	})
}

func (f *finder) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncLit:
		f.around = append(f.around, n)
		f.body(n.Type, n.Body)
		f.around = f.around[:len(f.around)-1]
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
		f.span(n, n.TokPos, n.TokPos+2, opposite[n.Tok])
	case *ast.AssignStmt:
		if other, ok := swapped[n.Tok]; ok && f.isNumber(n.Lhs[0]) {
			f.span(n, n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), other)
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
			f.span(n, n.Pos(), n.End(), "break")
		case n.Tok == token.BREAK && n.Label == nil:
			f.span(n, n.Pos(), n.End(), "continue")
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

// toggle says how a mutant is compiled beside the source, so that one binary has many of them: before and after stand
// around the bytes from start to end, and %s in before is whether the mutant is on. Without before there is no way.
type toggle struct {
	start, end    int
	before, after string
}

func escape(text string) string { return strings.ReplaceAll(text, "%", "%%") }

// stands returns the toggle of a statement with before and after around it, where a statement more can stand.
func (f *finder) stands(n ast.Stmt, before, after string) toggle {
	if len(f.around) > 0 {
		switch parent := f.around[len(f.around)-1].(type) {
		case *ast.BlockStmt, *ast.CaseClause:
			return toggle{f.offset(n.Pos()), f.offset(n.End()), before, after}
		case *ast.ForStmt:
			if step, ok := n.(*ast.IncDecStmt); ok && parent.Post == n && !strings.Contains(before, "if !") {
				return f.step(step)
			}
		}
	}
	return toggle{}
}

// step returns the toggle of i++ or i-- at the end of the line of a for.
func (f *finder) step(n *ast.IncDecStmt) toggle {
	kind := f.kind(n.X)
	if kind == "" {
		return toggle{}
	}
	sign := map[token.Token]string{token.INC: " += ", token.DEC: " -= "}[n.Tok]
	return toggle{f.offset(n.X.End()), f.offset(n.End()), sign + "func() (d " + kind + ") { if %s { d--; return d }; return 1 }() /*", "*/"}
}

// expression returns the toggle of an expression that has text in its place. A part of a constant is toggled with
// the whole of it, for a constant it is no longer.
func (f *finder) expression(e ast.Expr, text string) toggle {
	whole := e
	for i := len(f.around) - 1; i >= 0; i-- {
		parent, ok := f.around[i].(ast.Expr)
		if !ok || f.p.Info.Types[parent].Value == nil {
			if f.constant(f.around[i], whole) {
				return toggle{}
			}
			break
		}
		whole = parent
	}
	for _, n := range f.around {
		if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
			return toggle{}
		}
	}
	start, end := f.offset(whole.Pos()), f.offset(whole.End())
	text = escape(string(f.content[start:f.offset(e.Pos())]) + text + string(f.content[f.offset(e.End()):end]))
	switch kind := f.kind(whole); kind {
	case "":
		return toggle{}
	case "bool":
		return toggle{start, end, "(%[1]s && (" + text + ") || !%[1]s && (", "))"}
	default:
		return toggle{start, end, "func() " + kind + " { if %s { return " + text + " }; return ", " }()"}
	}
}

// constant reports whether an expression has to be a constant where it stands: the index of an element of a literal.
func (f *finder) constant(parent ast.Node, e ast.Expr) bool {
	pair, ok := parent.(*ast.KeyValueExpr)
	if !ok || pair.Key != e {
		return false
	}
	literal, ok := f.around[len(f.around)-2].(*ast.CompositeLit)
	if !ok {
		return true
	}
	_, mapped := f.p.Info.Types[literal].Type.Underlying().(*types.Map)
	return !mapped
}

// kind returns the type of an expression as the file can write it, or "".
func (f *finder) kind(e ast.Expr) string {
	t := f.p.Info.Types[e].Type
	if t == nil {
		return ""
	}
	known := true
	text := types.TypeString(types.Default(t), func(p *types.Package) string {
		if p.Path() == f.p.Path {
			return ""
		}
		at := slices.IndexFunc(f.file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == fmt.Sprintf("%q", p.Path()) })
		if at < 0 {
			known = false
			return ""
		}
		if name := f.file.Imports[at].Name; name != nil {
			return name.Name
		}
		return p.Name()
	})
	if !known {
		return ""
	}
	return text
}
