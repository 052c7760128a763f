package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/service/store"
)

// What a service does for a request: it reads the change by its kind, makes it as who is signed in, and answers with why not.
func Example() {
	folder, _ := os.MkdirTemp("", "store")
	defer func() { _ = os.RemoveAll(folder) }()
	place := filepath.Join(folder, "backlog.db")
	kind, data := "add_story", []byte(`{"story": {"id": "5f9c2d3e-0b7a-4c55-9c1e-1d2f3a4b5c6d", "title": "Pay with a card"}}`)
	person := backlog.As("Otto", backlog.ProductOwner)

	ctx := context.Background()
	db, err := store.Open(ctx, place) // a file of SQLite, or postgres://…
	if err != nil {
		panic(err)
	}
	defer func() { _ = db.Close() }()
	products := host.New(db, host.Options{Snapshots: db})
	change, err := backlog.DecodeChange(kind, data)
	if err == nil {
		_, err = products.Execute(ctx, "shop", []backlog.Change{change}, person, time.Now(), backlog.DecideOptions{})
	}
	fmt.Println(err)
	_, err = products.Execute(ctx, "shop", []backlog.Change{change}, backlog.As("Stan", backlog.Stakeholder), time.Now(), backlog.DecideOptions{})
	problem := host.ProblemOf(err) // 403 by the policy, 404, 409, 412 with what happened since, 422 by a rule, and why
	fmt.Println(problem.Status, problem.Reason, problem.Needs)
	err = products.View(ctx, "shop", func(v *backlog.View) error {
		fmt.Println(v.Board(backlog.BoardOptions{}).Columns[0].Stories[0].Title)
		return nil
	})
	fmt.Println(err)
	// Output:
	// <nil>
	// 403 may not add, edit or drop a story [product owner]
	// Pay with a card
	// <nil>
}
