package backlog

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// EncodeChange returns the kind and the JSON of a change, which [DecodeChange] reads.
func EncodeChange(change Change) (kind string, data []byte, err error) {
	if err := checkChange(change); err != nil {
		return "", nil, err
	}
	if data, err = json.Marshal(change); err != nil {
		return "", nil, fmt.Errorf("backlog: %s: %w", change.Kind(), bare(err))
	}
	return change.Kind(), data, nil
}

// DecodeChange reads a change of a kind from its JSON: what a form or a request has, for [Backlog.Decide].
// [Kinds] lists the kinds and their fields. The gate refuses a [Revert] that was read: [Reverse] makes them.
//
// Errors: [ErrUnknownKind]; an error that names what is wrong with JSON that is no object, or has a field twice,
// one that the kind does not have, or a value that does not fit its field.
func DecodeChange(kind string, data []byte) (Change, error) {
	read, known := kinds[kind]
	if !known {
		return nil, fmt.Errorf("backlog: %w of change %.60q, want one of Kinds", ErrUnknownKind, kind)
	}
	if start := bytes.TrimLeft(data, " \t\r\n"); len(start) == 0 || start[0] != '{' {
		return nil, fmt.Errorf("backlog: %s: %w", kind, bare(fieldError("change", fmt.Sprintf("%.20s", data), "an object")))
	}
	change, err := read(data) // which wants JSON, as checkKeys does not
	if err == nil {
		if err = checkKeys(data); err != nil {
			return nil, fmt.Errorf("backlog: %s: %w", kind, bare(err))
		}
	}
	return change, err
}

// ChangeKind is what there is to know of a kind of change to make a form of it.
type ChangeKind struct {
	Kind   string        `json:"kind"`   // "accept_story"
	Fields []ChangeField `json:"fields"` // as its JSON has them, in their order; none for a [Revert]
}

// ChangeField is a field of the JSON of a change, or of an object in it.
type ChangeField struct {
	Name     string    `json:"name"`
	Type     FieldType `json:"type"`
	Of       string    `json:"of,omitzero"` // whose id, "story"; otherwise the Go type, if it has a name
	IsList   bool      `json:"is_list"`     // a list of the type
	Required bool      `json:"required"`    // JSON always has it: it has no default, though its zero value may be valid

	Values []string      `json:"values,omitempty"` // the texts of a closed set
	Fields []ChangeField `json:"fields,omitempty"` // of an object
}

// FieldType is what the JSON of a field holds.
type FieldType string

// The types of fields.
const (
	FieldText    FieldType = "text"
	FieldID      FieldType = "id"      // a text, see [story.Identity]
	FieldInstant FieldType = "instant" // a text, see [time.Time]
	FieldDecimal FieldType = "decimal" // a number or the text of one, see [decimal.Decimal]
	FieldInteger FieldType = "integer"
	FieldBool    FieldType = "bool"
	FieldObject  FieldType = "object" // see ChangeField.Fields
	FieldJSON    FieldType = "json"   // as the documentation of the type describes
)

// Kinds returns every kind of change, by name.
func Kinds() []ChangeKind {
	var all []ChangeKind
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		change, err := kinds[kind]([]byte("{}"))
		if err != nil {
			continue // an object without fields is the zero value of each
		}
		one := ChangeKind{Kind: kind, Fields: []ChangeField{}}
		if t := reflect.TypeOf(change); typeOf(t) == FieldObject {
			one.Fields = append(one.Fields, fieldsOf(t, nil)...)
		}
		all = append(all, one)
	}
	return all
}

// fieldsOf returns the fields that encoding/json writes of a struct. Types that it is within are not
// entered again.
func fieldsOf(t reflect.Type, within []reflect.Type) []ChangeField {
	var fields []ChangeField
	within = append(within, t)
	for i := range t.NumField() {
		one := t.Field(i)
		name, options, _ := strings.Cut(one.Tag.Get("json"), ",")
		switch {
		case one.Anonymous && name == "":
			fields = append(fields, fieldsOf(one.Type, within)...)
			continue
		case !one.IsExported() || name == "-":
			continue
		case name == "":
			name = one.Name
		}
		field := fieldOf(one.Type, within)
		field.Name = name
		field.Required = one.Type.Kind() != reflect.Pointer && !strings.Contains(options, "omit")
		fields = append(fields, field)
	}
	return fields
}

// fieldOf returns the type of a field, and what follows from it.
func fieldOf(t reflect.Type, within []reflect.Type) ChangeField {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if element, ok := elementOf(t); ok {
		field := fieldOf(element, within)
		if field.IsList {
			field = ChangeField{Type: FieldJSON, Of: element.String()}
		}
		field.IsList = true
		return field
	}
	field := ChangeField{Type: typeOf(t)}
	switch {
	case field.Type == FieldID:
		field.Of = entityOf(t)
	case field.Type == FieldObject && slices.Contains(within, t):
		field.Type, field.Of = FieldJSON, t.String()
	case field.Type == FieldObject:
		field.Of, field.Fields = t.String(), fieldsOf(t, within)
	case t.PkgPath() != "" && field.Type != FieldInstant && field.Type != FieldDecimal:
		field.Of, field.Values = t.String(), valuesOf(t)
	}
	return field
}

// elementOf returns what a slice or a [story.List] is a list of.
func elementOf(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() == reflect.Slice {
		return t.Elem(), true
	}
	if slice, ok := t.MethodByName("Slice"); ok && t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[story.ID]().PkgPath() {
		return slice.Type.Out(0).Elem(), true
	}
	return nil, false
}

func typeOf(t reflect.Type) FieldType {
	switch t {
	case reflect.TypeFor[time.Time]():
		return FieldInstant
	case reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[decimal.NullDecimal]():
		return FieldDecimal
	}
	switch {
	case t.Kind() == reflect.Array && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return FieldID
	case t.Implements(reflect.TypeFor[json.Marshaler]()):
		return FieldJSON
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return FieldText
	}
	switch t.Kind() {
	case reflect.String:
		return FieldText
	case reflect.Bool:
		return FieldBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return FieldInteger
	case reflect.Struct:
		return FieldObject
	default:
		return FieldJSON
	}
}

// entityOf returns "story" for the type Identity[….Story].
func entityOf(t reflect.Type) string {
	name := strings.TrimSuffix(t.Name(), "]")
	return strings.ToLower(name[strings.LastIndexAny(name, ".[")+1:])
}

// valuesOf returns the texts of an enumeration, see field.Enum.
func valuesOf(t reflect.Type) []string {
	if t.Kind() != reflect.Uint8 {
		return nil
	}
	var texts []string
	value := reflect.New(t).Elem()
	for n := uint64(1); n <= 255; n++ {
		value.SetUint(n)
		one, ok := value.Interface().(interface {
			IsValid() bool
			String() string
		})
		if !ok || !one.IsValid() {
			break
		}
		texts = append(texts, one.String())
	}
	return texts
}
