package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// order is what was found. As JSON it is what the package comment promises.
type order struct {
	items  []plan.Item[string] // as in the file
	result *plan.Order[string]

	Cost           json.Number `json:"cost"`
	LowerBound     json.Number `json:"lower_bound"`
	Proven         bool        `json:"proven"`
	ReadyQueueCost json.Number `json:"ready_queue_cost"`
	Order          []string    `json:"order"`
}

func newOrder(
	items []plan.Item[string], result *plan.Order[string],
) *order {
	return &order{
		items: items, result: result,
		Cost: command.Number(result.Cost), LowerBound: command.Number(result.LowerBound),
		Proven: result.Proven, ReadyQueueCost: command.Number(result.ReadyQueueCost),
		Order: result.Keys(),
	}
}

// WriteTable writes the figures and the order.
func (o *order) WriteTable(out *bytes.Buffer) {
	s := o.result
	proof := "proven: no order costs less"
	if !s.Proven {
		proof = fmt.Sprintf("not proven: another order may cost up to %s less", command.Percent(s.Gap(6), 4))
	}
	fmt.Fprintf(out, "%s in an order that is %s\n\n", command.Counted(len(s.Items), "item", "items"), proof)
	command.Table(out, [][]any{
		{"Cost", s.Cost},
		{"Lower bound", s.LowerBound},
		{"Ready queue's cost", s.ReadyQueueCost},
	})
	rows := [][]any{{"#", "Id", "Size", "Cost of delay", "Done at", "Score", "Why"}}
	for _, placed := range s.Items {
		score := "-"
		if ratio, ok := s.Blocks[placed.Block].Ratio(2); ok {
			score = ratio.StringFixed(2)
		}
		why := ""
		if placed.OwnRank != placed.Rank {
			why = s.Reason(placed.Rank)
		}
		item := o.items[placed.Index]
		rows = append(rows,
			[]any{placed.Rank, item.Key, item.Size, item.CostOfDelay, placed.Completion, score, why})
	}
	command.Section(out, "Order, with the score that the needs leave each item", rows)
}
