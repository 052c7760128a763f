package exchange_test

import (
	"fmt"
	"io"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// An odd line costs that line. Links are read whatever the tracker calls them.
func ExampleRead_lines() {
	doc, err := exchange.Read(strings.NewReader(`{"id":"app-7","title":"Checkout","issue_type":"epic","status":"open"}
{"id":"app-7.1","title":"Pay by card","status":"deferred","dependencies":[{"issue_id":"app-7.1","depends_on_id":"app-9","type":"blocks"}]}
{"id":"app-8",
`), exchange.Options{Name: "issues.jsonl"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, link := range doc.Links {
		fmt.Println(link.From, link.Meaning, link.To)
	}
	fmt.Println(doc.Items[1].Held, doc.Skipped)
	// Output:
	// app-7.1 part_of app-7
	// app-7.1 needs app-9
	// true [{3 not an object in JSON: unexpected end of JSON input}]
}

// Many files of one format are read as one, where that can hold many.
func ExampleRead_files() {
	doc, err := exchange.Read(io.MultiReader(
		strings.NewReader("---\nid: task-1\ntitle: Card\nstatus: Done\n---\n"),
		strings.NewReader("---\nid: task-2\ntitle: Bill\nstatus: To Do\ndependencies: [task-1]\n---\n"),
	), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range doc.Items {
		fmt.Println(item.Key, item.Title, item.Category)
	}
	// Output:
	// task-1 Card completed
	// task-2 Bill proposed
}
