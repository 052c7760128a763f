package form_test

import (
	"fmt"

	"github.com/backlogkit/backlogkit/backlog/form"
)

// A form asks for the fields of a kind.
func ExampleKinds() {
	for _, kind := range form.Kinds() {
		if kind.Kind != "relate_stories" {
			continue
		}
		for _, field := range kind.Fields {
			fmt.Println(field.Name, field.Type, field.Of, field.Values, field.Required)
		}
	}
	// Output:
	// story id story [] true
	// how text backlog.RelationKind [relates_to duplicates excludes] true
	// other id story [] true
	// reason text  [] false
}
