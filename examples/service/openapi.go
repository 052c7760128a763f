package main

import (
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/form"
)

// describe answers with the OpenAPI description, which is made of the routes and of the types that they read
// and answer with.
func (s *server) describe(c *call) error {
	data, err := s.description()
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "application/json")
	_, _ = c.w.Write(data)
	return nil
}

type object = map[string]any

// describeRoutes returns the OpenAPI document of some routes.
func describeRoutes(routes []route) ([]byte, error) {
	paths := map[string]object{}
	schemas := map[string]any{"problem": nil, "change": changeSchema()}
	if err := addSchema(schemas, reflect.TypeFor[problem]()); err != nil {
		return nil, err
	}
	for _, route := range routes {
		operation := object{"summary": route.summary, "operationId": operationID(route), "parameters": parametersOf(route)}
		success := object{"description": "done"}
		media := route.media
		if route.out != nil {
			media = "application/json"
			if err := addSchema(schemas, route.out); err != nil {
				return nil, err
			}
			success["content"] = object{media: object{"schema": reference(route.out)}}
		} else {
			success["content"] = object{media: object{}}
		}
		if route.out != nil && route.media != "" {
			operation["requestBody"] = object{"required": true, "content": object{route.media: object{}}}
		}
		if route.in != nil {
			if err := addSchema(schemas, route.in); err != nil {
				return nil, err
			}
			operation["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": reference(route.in)}}}
		}
		operation["responses"] = object{
			"200": success,
			"default": object{
				"description": "a problem (RFC 9457)",
				"content":     object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/problem"}}},
			},
		}
		if route.isOpen {
			operation["security"] = []any{}
		}
		path := paths[route.path]
		if path == nil {
			path = object{}
			paths[route.path] = path
		}
		path[strings.ToLower(route.method)] = operation
	}
	return json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info":    object{"title": "backlogkit service", "version": "1", "description": "Product backlogs over HTTP. Every change goes through the gate of package backlog; a refusal has its reason and what would be needed."},
		"paths":   paths,
		"components": object{
			"schemas":         schemas,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}, "session": object{"type": "apiKey", "in": "cookie", "name": cookieName}},
		},
		"security": []any{object{"token": []any{}}, object{"session": []any{}}},
	}, "", " ")
}

// operationID is a name such as "post-products-changes".
func operationID(route route) string {
	words := []string{strings.ToLower(route.method)}
	for word := range strings.SplitSeq(strings.TrimPrefix(route.path, "/api/"), "/") {
		words = append(words, strings.Trim(word, "{}"))
	}
	return strings.Join(words, "-")
}

func parametersOf(route route) []object {
	parameters := []object{}
	for word := range strings.SplitSeq(route.path, "/") {
		if name, ok := strings.CutPrefix(word, "{"); ok {
			parameters = append(parameters, object{"name": strings.TrimSuffix(name, "}"), "in": "path", "required": true, "schema": object{"type": "string"}})
		}
	}
	for place, list := range map[string][]parameter{"query": route.query, "header": route.header} {
		for _, p := range list {
			parameters = append(parameters, object{"name": p.name, "in": place, "description": p.about, "schema": object{"type": "string"}})
		}
	}
	slices.SortFunc(parameters, func(x, y object) int {
		return strings.Compare(x["in"].(string)+x["name"].(string), y["in"].(string)+y["name"].(string))
	})
	return parameters
}

func reference(t reflect.Type) object { return object{"$ref": "#/components/schemas/" + t.Name()} }

func addSchema(schemas map[string]any, t reflect.Type) error {
	if schemas[t.Name()] != nil {
		return nil
	}
	schema, err := schemaOf(t)
	schemas[t.Name()] = schema
	return err
}

// schemaOf returns the JSON schema of a type, with those of the library that have a JSON form of their own.
func schemaOf(t reflect.Type) (*jsonschema.Schema, error) {
	known := map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[decimal.Decimal](): {Type: "string"},
		reflect.TypeFor[json.RawMessage](): {Types: []string{"object", "string", "number", "boolean", "array"}},
		reflect.TypeFor[form.Field]():      {Type: "object"},
	}
	learn(t, known, map[reflect.Type]bool{})
	return jsonschema.ForType(t, &jsonschema.ForOptions{TypeSchemas: known})
}

// learn finds the types below t that write their own JSON: texts, and lists that cannot be changed.
func learn(t reflect.Type, known map[reflect.Type]*jsonschema.Schema, seen map[reflect.Type]bool) {
	if seen[t] || known[t] != nil {
		return
	}
	seen[t] = true
	switch {
	case t.PkgPath() == "time" || t.Kind() == reflect.Interface:
		return
	case t.Kind() == reflect.Pointer: // has the methods of what it points to, whose schema it is
		learn(t.Elem(), known, seen)
		return
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		known[t] = &jsonschema.Schema{Type: "string"}
		return
	case t.Kind() == reflect.Struct && t.Implements(reflect.TypeFor[json.Marshaler]()):
		for _, name := range []string{"Slice", "Value"} {
			method, ok := t.MethodByName(name)
			if !ok {
				continue
			}
			if inner, err := schemaOf(method.Type.Out(0)); err == nil {
				known[t] = inner
				return
			}
		}
		known[t] = &jsonschema.Schema{}
		return
	}
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			learn(t.Field(i).Type, known, seen)
		}
	} else if slices.Contains([]reflect.Kind{reflect.Slice, reflect.Array, reflect.Map}, t.Kind()) {
		learn(t.Elem(), known, seen)
	}
}

// changeSchema describes each kind of change.
func changeSchema() object {
	var kinds []any
	for _, kind := range form.Kinds() {
		kinds = append(kinds, object{
			"type": "object", "title": kind.Kind, "required": []string{"kind", "change"},
			"properties": object{"kind": object{"const": kind.Kind}, "change": objectSchema(kind.Fields)},
		})
	}
	return object{"oneOf": kinds}
}

func objectSchema(fields []form.Field) object {
	properties, required := object{}, []string{}
	for _, field := range fields {
		properties[field.Name] = fieldSchema(field)
		if field.Required {
			required = append(required, field.Name)
		}
	}
	return object{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
}

func fieldSchema(field form.Field) object {
	schema := map[form.Type]object{
		form.Text: {"type": "string"}, form.ID: {"type": "string", "format": "uuid"},
		form.Instant: {"type": "string", "format": "date-time"}, form.Decimal: {"type": []string{"string", "number"}},
		form.Integer: {"type": "integer"}, form.Bool: {"type": "boolean"}, form.JSON: {},
	}[field.Type]
	if field.Type == form.Object {
		schema = objectSchema(field.Fields)
	}
	schema = maps.Clone(schema)
	if len(field.Values) > 0 {
		schema["enum"] = field.Values
	}
	if field.Of != "" {
		schema["description"] = field.Of
	}
	if field.IsList {
		return object{"type": "array", "items": schema}
	}
	return schema
}
