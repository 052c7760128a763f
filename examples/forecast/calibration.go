package main

import (
	"bytes"
	"fmt"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// Calibration is how the forecasts did that could have been made after each period of the whole file,
// from the 30th on: see [forecast.Record].
type Calibration struct {
	Model         string                       `json:"model"`
	Periods       int                          `json:"periods"` // that the forecast learnt from
	Learned       int                          `json:"learned"` // past forecasts that it was compared with
	Rows          []forecast.RecordRow         `json:"rows"`
	Distributions []forecast.DistributionScore `json:"distributions"`
}

// calibrate learns from all periods of the file, also those that are not looked at otherwise.
func (o *outlook) calibrate() error {
	first, _ := o.firstDay(o.rhythm, forecast.MaxPeriods)
	counts, err := flow.ThroughputOf(o.items, o.periods(first), o.asOf.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	if o.calibrated, err = forecast.Calibrate(forecast.History(counts), forecast.CalibrateOptions{}); err != nil {
		return err
	}
	if o.record, err = o.calibrated.Record(forecast.RecordOptions{Full: true}); err != nil {
		return err
	}
	made := o.calibrated.Calibration()
	o.report.Calibration = Calibration{
		Model: made.Model, Periods: made.Periods, Learned: made.Learned,
		Rows: o.record.Rows, Distributions: o.record.Distributions,
	}
	return nil
}

func share(part, whole int) string {
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(max(1, whole)))
}

func (r *Report) writeCalibration(out *bytes.Buffer) {
	c := r.Calibration
	fmt.Fprintf(out, "\nForecasts are %s, on %s of %s.\n", c.Model,
		command.Counted(c.Learned, "past forecast", "past forecasts"), command.Counted(c.Periods, "period", "periods"))
	rows := [][]any{{"Question", "Periods", "Chance", "Forecasts", "Held", "Expected", "Pinball", "Simple: held", "Pinball", "Last 26: held", "Pinball"}}
	for _, one := range c.Rows {
		rate, ok := one.Rate()
		if !ok {
			continue
		}
		rows = append(rows, []any{
			one.Question, one.Horizon, fmt.Sprintf("%.0f %%", 100*one.Confidence), one.Forecasts,
			fmt.Sprintf("%.1f %%", 100*rate), fmt.Sprintf("%.1f %%", 100*one.Expected),
			fmt.Sprintf("%.3f", one.Pinball),
			share(one.HeldAll, one.Forecasts), fmt.Sprintf("%.3f", one.PinballAll),
			share(one.Held26, one.Forecasts), fmt.Sprintf("%.3f", one.Pinball26),
		})
	}
	if len(rows) == 1 {
		fmt.Fprintf(out, "The file is too short, or too quiet, to tell how often such forecasts held.\n")
	} else {
		command.Section(out, "Past forecasts, from period 30 on", rows)
	}
}
