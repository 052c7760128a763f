// Package form describes the JSON of every kind of change, so that a host makes a form or a schema from it
// and names no change by hand:
//
//	for _, kind := range form.Kinds() {
//		for _, field := range kind.Fields { // a label, an input of the type
//
// What was filled in goes back through [backlog.DecodeChange]. The fields are those of the JSON, with those that a
// later change gives, such as the status of a new story: the comment of the change names what it wants unset, and
// the gate refuses it with the path of the field.
package form

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// Kind is what there is to know of a kind of change to make a form of it.
type Kind struct {
	Kind   string  `json:"kind"`   // "accept_story"
	Fields []Field `json:"fields"` // as its JSON has them, in their order; none for a [backlog.Revert]
}

// Field is a field of the JSON of a change, or of an object in it.
type Field struct {
	Name     string `json:"name"`
	Type     Type   `json:"type"`
	Of       string `json:"of,omitzero"` // whose id, "story"; otherwise the Go type, if it has a name
	IsList   bool   `json:"is_list"`     // a list of the type
	Required bool   `json:"required"`    // JSON always writes it; read without it, it is the zero value, which the change judges

	Values []string `json:"values,omitempty"` // the texts of a closed set
	Fields []Field  `json:"fields,omitempty"` // of an object
}

// Type is what the JSON of a field holds.
type Type string

// The types of fields.
const (
	Text    Type = "text"
	ID      Type = "id"      // a text, see [story.Identity]
	Instant Type = "instant" // a text, see [time.Time]
	Decimal Type = "decimal" // a number or the text of one, see [decimal.Decimal]
	Integer Type = "integer"
	Bool    Type = "bool"
	Object  Type = "object" // see Field.Fields
	JSON    Type = "json"   // as the documentation of the type describes
)

// Kinds returns every kind of change, by name.
func Kinds() []Kind {
	changes := backlog.Changes()
	all := make([]Kind, len(changes))
	for i, change := range changes {
		all[i] = Kind{Kind: change.Kind(), Fields: []Field{}}
		if t := reflect.TypeOf(change); typeOf(t) == Object {
			all[i].Fields = append(all[i].Fields, fieldsOf(t)...)
		}
	}
	return all
}

// fieldsOf returns the fields that encoding/json writes of a struct. No change holds a struct within itself.
func fieldsOf(t reflect.Type) []Field {
	var fields []Field
	for i := range t.NumField() {
		one := t.Field(i)
		name, options, _ := strings.Cut(one.Tag.Get("json"), ",")
		if name == "" { // embedded, every other field has one
			fields = append(fields, fieldsOf(one.Type)...)
		} else {
			field := fieldOf(one.Type)
			field.Name = name
			field.Required = one.Type.Kind() != reflect.Pointer && !strings.Contains(options, "omit")
			fields = append(fields, field)
		}
	}
	return fields
}

// fieldOf returns the type of a field, and what follows from it.
func fieldOf(t reflect.Type) Field {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if value, ok := resultOf(t, "Value"); ok { // of a [story.Const]
		t = value
	}
	if list, ok := resultOf(t, "Slice"); ok { // of a [story.List]
		t = list
	}
	if t.Kind() == reflect.Slice {
		field := fieldOf(t.Elem())
		field.IsList = true
		return field
	}
	field := Field{Type: typeOf(t)}
	switch {
	case field.Type == ID:
		field.Of = entityOf(t)
	case field.Type == Object:
		field.Of, field.Fields = t.String(), fieldsOf(t)
	case t.PkgPath() != "" && field.Type != Instant && field.Type != Decimal:
		field.Of, field.Values = t.String(), valuesOf(t)
	}
	return field
}

// resultOf returns what a method of a struct of package story returns.
func resultOf(t reflect.Type, name string) (reflect.Type, bool) {
	method, ok := t.MethodByName(name)
	if !ok || t.Kind() != reflect.Struct || t.PkgPath() != reflect.TypeFor[story.ID]().PkgPath() {
		return nil, false
	}
	return method.Type.Out(0), true
}

func typeOf(t reflect.Type) Type {
	switch t {
	case reflect.TypeFor[time.Time]():
		return Instant
	case reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[decimal.NullDecimal]():
		return Decimal
	}
	switch {
	case t.Kind() == reflect.Array && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return ID
	case t.Implements(reflect.TypeFor[json.Marshaler]()):
		return JSON
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return Text
	}
	switch t.Kind() {
	case reflect.String:
		return Text
	case reflect.Bool:
		return Bool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return Integer
	case reflect.Struct:
		return Object
	default:
		return JSON
	}
}

// entityOf returns "story" for the type Identity[….Story].
func entityOf(t reflect.Type) string {
	name := strings.TrimSuffix(t.Name(), "]")
	return strings.ToLower(name[strings.LastIndexAny(name, ".[")+1:])
}

// valuesOf returns the texts of an enumeration: a value other than those has no text.
func valuesOf(t reflect.Type) []string {
	if t.Kind() != reflect.Uint8 {
		return nil
	}
	var texts []string
	value := reflect.New(t).Elem()
	for n := uint64(1); ; n++ {
		value.SetUint(n) // 0 once more after 255
		text, err := value.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return texts
		}
		texts = append(texts, string(text))
	}
}
