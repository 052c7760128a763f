package main

import (
	"fmt"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

// features returns one line for each exported thing of a package, sorted.
func features(p *source.Package) []string {
	w := &writer{prefix: "pkg " + p.Name + ", ", of: p.Types}
	for _, name := range p.Types.Scope().Names() {
		if object := p.Types.Scope().Lookup(name); object.Exported() {
			w.object(object)
		}
	}
	slices.Sort(w.lines)
	return slices.Compact(w.lines)
}

// writer collects the lines of one package.
type writer struct {
	prefix string
	of     *types.Package
	lines  []string
}

func (w *writer) add(format string, args ...any) {
	w.lines = append(w.lines, w.prefix+fmt.Sprintf(format, args...))
}

// text returns a type with the names of other packages before theirs, and without its own package's.
func (w *writer) text(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == w.of {
			return ""
		}
		return p.Name()
	})
}

func (w *writer) object(object types.Object) {
	switch object := object.(type) {
	case *types.Const:
		w.constant(object)
	case *types.Var:
		w.add("var %s %s", object.Name(), w.text(object.Type()))
	case *types.Func:
		signature := object.Signature()
		w.add("func %s%s%s", object.Name(), w.parameters(signature.TypeParams()), w.signature(signature))
	case *types.TypeName:
		w.typeName(object)
	}
}

// constant writes the value where it is a contract: texts, and numbers that are no enum's.
func (w *writer) constant(c *types.Const) {
	_, named := c.Type().(*types.Named)
	if named && c.Val().Kind() != constant.String {
		w.add("const %s %s", c.Name(), w.text(c.Type()))
		return
	}
	kind := ""
	if basic, ok := c.Type().(*types.Basic); !ok || basic.Info()&types.IsUntyped == 0 {
		kind = " " + w.text(c.Type())
	}
	w.add("const %s%s = %s", c.Name(), kind, c.Val().ExactString())
}

func (w *writer) typeName(name *types.TypeName) {
	if alias, ok := name.Type().(*types.Alias); ok {
		w.add("type %s%s = %s", name.Name(), w.parameters(alias.TypeParams()), w.text(alias.Rhs()))
		return
	}
	named := name.Type().(*types.Named)
	head := "type " + name.Name() + w.parameters(named.TypeParams())
	switch under := named.Underlying().(type) {
	case *types.Struct:
		w.add("%s struct", head)
		w.fields(head, under)
	case *types.Interface:
		w.interfaceType(head, under)
		return // its methods are there already
	default:
		w.add("%s %s", head, w.text(under))
	}
	w.methods(named)
}

func (w *writer) fields(head string, s *types.Struct) {
	for i := range s.NumFields() {
		field := s.Field(i)
		tag := ""
		if s.Tag(i) != "" {
			tag = " `" + s.Tag(i) + "`"
		}
		switch {
		case field.Embedded() && (field.Exported() || exportedAlias(field.Type())):
			w.add("%s struct, embedded %s%s", head, w.text(types.Unalias(field.Type())), tag)
		case field.Exported():
			w.add("%s struct, %s %s%s", head, field.Name(), w.text(field.Type()), tag)
		}
	}
}

// exportedAlias reports whether t is an unexported name for an exported type.
func exportedAlias(t types.Type) bool {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	_, alias := t.(*types.Alias)
	named, ok := types.Unalias(t).(*types.Named)
	return alias && ok && named.Obj().Exported()
}

func (w *writer) interfaceType(head string, i *types.Interface) {
	var names []string
	for method := range i.Methods() {
		if !method.Exported() {
			names = append(names, "unexported methods")
			break
		}
	}
	for method := range i.Methods() {
		if method.Exported() {
			names = append(names, method.Name())
			w.add("%s interface, %s%s", head, method.Name(), w.signature(method.Signature()))
		}
	}
	for embedded := range i.EmbeddedTypes() {
		if !types.IsInterface(embedded) {
			names = append(names, w.text(embedded))
		}
	}
	slices.Sort(names)
	w.add("%s interface { %s }", head, strings.Join(names, ", "))
}

// methods writes the methods of T and *T, those of an unexported embedded type with them, and leaves out what
// an exported one promotes: that stands at its own type.
func (w *writer) methods(named *types.Named) {
	values := types.NewMethodSet(named)
	for selection := range types.NewMethodSet(types.NewPointer(named)).Methods() {
		method := selection.Obj().(*types.Func)
		if !method.Exported() || promoted(named, selection.Index()) {
			continue
		}
		receiver := named.Obj().Name()
		if values.Lookup(method.Pkg(), method.Name()) == nil {
			receiver = "*" + receiver
		}
		w.add("method (%s%s) %s%s", receiver, w.names(named.TypeParams()), method.Name(), w.signature(selection.Type().(*types.Signature)))
	}
}

// promoted reports whether the path of a selection leads through an embedded field that is exported.
func promoted(named *types.Named, index []int) bool {
	var t types.Type = named
	for _, i := range index[:len(index)-1] {
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		field := t.Underlying().(*types.Struct).Field(i)
		if field.Exported() || exportedAlias(field.Type()) {
			return true
		}
		t = field.Type()
	}
	return false
}

// signature returns parameters and results without their names, which are no part of the contract.
func (w *writer) signature(s *types.Signature) string {
	bare := types.NewSignatureType(nil, nil, nil, unnamed(s.Params()), unnamed(s.Results()), s.Variadic())
	return strings.TrimPrefix(w.text(bare), "func")
}

func unnamed(tuple *types.Tuple) *types.Tuple {
	var all []*types.Var
	for v := range tuple.Variables() {
		all = append(all, types.NewParam(v.Pos(), v.Pkg(), "", v.Type()))
	}
	return types.NewTuple(all...)
}

func (w *writer) parameters(list *types.TypeParamList) string {
	return w.brackets(list, func(p *types.TypeParam) string { return p.Obj().Name() + " " + w.text(p.Constraint()) })
}

func (w *writer) names(list *types.TypeParamList) string {
	return w.brackets(list, func(p *types.TypeParam) string { return p.Obj().Name() })
}

func (w *writer) brackets(list *types.TypeParamList, text func(*types.TypeParam) string) string {
	if list.Len() == 0 {
		return ""
	}
	var all []string
	for p := range list.TypeParams() {
		all = append(all, text(p))
	}
	return "[" + strings.Join(all, ", ") + "]"
}
