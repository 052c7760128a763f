package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// release is what was chosen. As JSON it is what the package comment promises.
type release struct {
	instance  *instance
	selection *plan.Selection[int, int]

	Value      json.Number `json:"value"`
	UpperBound json.Number `json:"upper_bound"`
	Proven     bool        `json:"proven"`
	Cost       json.Number `json:"cost"`
	Budget     json.Number `json:"budget"`
	Requests   []int       `json:"requests"`
}

func newRelease(in *instance, s *plan.Selection[int, int]) *release {
	return &release{
		instance: in, selection: s,
		Value: command.Number(s.Value), UpperBound: command.Number(s.UpperBound), Proven: s.Proven,
		Cost: command.Number(s.Cost), Budget: command.Number(s.Capacity), Requests: s.Requests,
	}
}

// WriteTable writes the figures, the requests, and why others are left out.
func (r *release) WriteTable(out *bytes.Buffer) {
	s := r.selection
	proof := "proven: no choice has more value"
	if !s.Proven {
		proof = "not proven: no choice has more than the upper bound"
	}
	fmt.Fprintf(out, "%d of %s and %d of %s, %s\n\n",
		len(s.Requests), command.Counted(len(r.instance.requests), "request", "requests"),
		len(s.Items), command.Counted(len(r.instance.items), "item", "items"), proof)
	command.Table(out, [][]any{
		{"Value", s.Value},
		{"Upper bound", s.UpperBound},
		{"Gap", command.Percent(s.Gap(6), 4)},
		{"Cost", s.Cost},
		{"Budget", s.Capacity},
		{"Worth of one more unit", s.Worth(2).StringFixed(2)},
	})
	rows := [][]any{{"Request", "Value", "Items"}}
	for _, key := range s.Requests {
		request := r.instance.requests[key-1]
		rows = append(rows, []any{key, request.Value, len(request.Items)})
	}
	command.Section(out, "Chosen", rows)
	if len(s.LeftOut) == 0 {
		return
	}
	rows = nil
	for _, left := range s.LeftOut {
		rows = append(rows, []any{left})
	}
	command.Section(out, "Left out", rows)
}
