// Quickstart takes a product from its vision to an accepted story and explains every decision on the
// way. It needs no arguments and no files:
//
//	go run ./examples/quickstart
//
// product.go makes the decisions, as a host program would on behalf of its users; report.go shows
// what the library has to say about them.
package main

import (
	"bytes"
	"fmt"
	"os"
)

func main() {
	report, err := run()
	if err == nil {
		_, err = os.Stdout.Write(report)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// run plays the whole story and returns the report.
func run() ([]byte, error) {
	var out bytes.Buffer
	p, err := newProduct(&out)
	if err != nil {
		return nil, err
	}
	for _, chapter := range []struct {
		title string
		tell  func() error
	}{
		{"From vision to task", p.tellTree},
		{"The roadmap", p.tellRoadmap},
		{"What is not ready, and why", p.tellReadiness},
		{"Three methods, three orders", p.tellOrders},
		{"Who may not do what", p.tellRefusals},
		{"The order that was applied", p.tellOrder},
		{"A sprint, filled from the top", p.tellSprint},
		{"Accepted and rejected", p.tellAcceptance},
		{"How far are we?", p.tellProgress},
		{"When will the rest be done?", p.tellForecast},
		{"What people said, and what leadership reads", p.tellPractice},
		{"The same backlog from its events", p.tellReplay},
	} {
		p.heading(chapter.title)
		if err := chapter.tell(); err != nil {
			return nil, fmt.Errorf("%s: %w", chapter.title, err)
		}
	}
	return out.Bytes(), nil
}
