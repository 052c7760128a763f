package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// enoughForecasts is how many a backtest needs to say something about a chance.
const enoughForecasts = 30

// WriteTable writes the report for people.
func (r *Report) WriteTable(out *bytes.Buffer) {
	open := ""
	if r.Open != nil {
		open = command.Counted(*r.Open, "item is open", "items are open") + ", "
	}
	if r.AsOf == "" {
		fmt.Fprintf(out, "%s%d done. The file has no dates: give its end as -asof DATE.\n", open, r.Done)
	} else {
		fmt.Fprintf(out, "As of %s, %s%d done from %s on.\n", r.AsOf, open, r.Done, r.Periods.From)
	}
	if len(r.LeftOut) > 0 {
		fmt.Fprintf(out, "Left out: %s.\n", strings.Join(r.LeftOut, ", "))
	}
	fmt.Fprintf(out, "The history is %s of a %s each, as %s.\nWork is done on %s.\n",
		command.Counted(r.Periods.Count, "period", "periods"), r.Periods.Unit, r.Periods.Rule, r.Periods.Days)

	r.writeWhen(out)
	r.writeHowMany(out)
	r.writeCalibration(out)
	r.writeMeasures(out)
	r.writeBacktest(out)
	r.writeFlow(out)
	var rows [][]any
	for _, name := range r.Pictures {
		rows = append(rows, []any{name})
	}
	if len(rows) > 0 {
		command.Section(out, "Pictures", rows)
	}
}

func (r *Report) writeWhen(out *bytes.Buffer) {
	if r.Open == nil {
		fmt.Fprintf(out, "\nThe file does not say what is open: -open N forecasts when N items are done.\n")
		return
	}
	rows := [][]any{{"Chance", "Periods", "Date"}}
	for _, one := range r.When {
		periods, date := any("more than 10,000"), any("-")
		if one.Periods != nil {
			periods, date = *one.Periods, cmp.Or(one.Date, "-")
		}
		rows = append(rows, []any{percent(one.Chance), periods, date})
	}
	if len(r.When) > 0 {
		command.Section(out, "When all that is open is done", rows)
	}
}

func (r *Report) writeHowMany(out *bytes.Buffer) {
	head := []any{"Periods", "Until"}
	for _, chance := range chances() {
		head = append(head, percent(chance))
	}
	rows := [][]any{head}
	for _, one := range r.HowMany {
		row := []any{one.Periods, cmp.Or(one.Until, "-")}
		for _, least := range one.AtLeast {
			row = append(row, least.Items)
		}
		rows = append(rows, row)
	}
	command.Section(out, "At least so many items in the next periods", rows)
}

func (r *Report) writeBacktest(out *bytes.Buffer) {
	b := r.Backtest
	fewest := b.HowMany[0].Forecasts
	for _, test := range []struct {
		heading string
		rows    []Tested
	}{
		{fmt.Sprintf("Backtest of the simple model: how many in the next period, from period %d on", b.Warmup+1), b.HowMany},
		{fmt.Sprintf("Backtest of the simple model: when %s done", command.Counted(b.Amount, "item is", "items are")), b.When},
	} {
		rows := [][]any{{"Chance", "Forecasts", "Held", "Rate", "Expected", "Brier"}}
		for _, one := range test.rows {
			row := []any{percent(one.Chance), one.Forecasts, one.Held, "-", "-", "-"}
			if one.Rate != nil {
				row = append(row[:3], fmt.Sprintf("%.1f %%", *one.Rate), fmt.Sprintf("%.1f %%", *one.Expected), fmt.Sprintf("%.3f", *one.Brier))
			}
			fewest = min(fewest, one.Forecasts)
			rows = append(rows, row)
		}
		command.Section(out, test.heading, rows)
	}
	if fewest < enoughForecasts {
		fmt.Fprintf(out, "  With fewer than %d forecasts a rate means little.\n", enoughForecasts)
	}
}

func (r *Report) writeFlow(out *bytes.Buffer) {
	t := r.Flow.Throughput
	throughput := fmt.Sprintf("mean %s a period, from %s to %s", t.Mean, t.Min, t.Max)
	if t.SD != "" {
		throughput += ", sd " + t.SD
	}
	inProgress := "not known: nothing has started_at"
	if r.Flow.InProgress != nil {
		inProgress = command.Counted(*r.Flow.InProgress, "item", "items")
	}
	command.Section(out, "Flow", [][]any{
		{"Throughput", throughput},
		{"Lead time", r.Flow.LeadTime.text("created_at")},
		{"Cycle time", r.Flow.CycleTime.text("started_at")},
		{"In progress", inProgress},
	})
}

func (t Times) text(field string) string {
	if t.Items == 0 {
		return "not known: nothing done has " + field
	}
	return fmt.Sprintf("50 %% within %s, 85 %% within %d, 95 %% within %d, of %s",
		command.Counted(t.P50, "day", "days"), t.P85, t.P95, command.Counted(t.Items, "item", "items"))
}

func percent(chance int) string { return fmt.Sprintf("%d %%", chance) }
