package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"

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
	history, _, err := o.throughput(first, o.asOf.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	options, err := o.options(first)
	if err != nil {
		return err
	}
	if o.calibrated, err = forecast.Calibrate(history, options); err != nil {
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

// options returns what is known beside the counts from a day on.
func (o *outlook) options(first time.Time) (options forecast.CalibrateOptions, err error) {
	if !o.changed.IsZero() {
		before, _, err := o.throughput(first, o.changed)
		if err != nil {
			return options, err
		}
		options.Changed = len(before)
	}
	if o.seasons {
		worked := 0
		for i := range 364 { // of 52 weeks
			if o.working(first.AddDate(0, 0, i)) {
				worked++
			}
		}
		options.Year = max(1, worked/o.days)
	}
	return options, nil
}

// measure compares counts, points and cycle times, for what a tracker exports.
func (o *outlook) measure() error {
	if !o.isTracker {
		return nil
	}
	first, _ := o.firstDay(o.rhythm, forecast.MaxPeriods)
	c, err := forecast.CompareMeasures(o.items, o.periods(first), o.asOf.AddDate(0, 0, 1))
	o.report.Measures = &c
	return err
}

func (r *Report) writeMeasures(out *bytes.Buffer) {
	if r.Measures == nil {
		return
	}
	rows := [][]any{{"Measure", "Forecasts", "CRPS", "Pinball", "85 % held"}}
	for _, one := range r.Measures.Scores {
		if one.Forecasts > 0 {
			rate, _ := one.Coverage[2].Rate()
			rows = append(rows, []any{one.Measure, one.Forecasts, fmt.Sprintf("%.3f", one.CRPS), fmt.Sprintf("%.3f", one.Pinball), fmt.Sprintf("%.1f %%", 100*rate)})
		}
	}
	if len(rows) > 1 {
		command.Section(out, "By which measure the next items are forecast: "+r.Measures.String(), rows)
	}
}

func share(part, whole int) string {
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(max(1, whole)))
}

func (r *Report) writeCalibration(out *bytes.Buffer) {
	c := &r.Calibration
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
		return
	}
	command.Section(out, "Past forecasts, from period 30 on", rows)
	c.writeDistributions(out)
}

// writeDistributions writes how the whole distributions of "how many" did.
func (c *Calibration) writeDistributions(out *bytes.Buffer) {
	rows := [][]any{{"Periods", "Forecasts", "CRPS", "Simple", "Last 26", "Width of 70 %", "Simple", "Last 26", "PIT by tenths, in %"}}
	for _, one := range c.Distributions {
		if one.Forecasts == 0 {
			continue
		}
		var pit []string
		for _, share := range one.PIT {
			pit = append(pit, fmt.Sprintf("%.0f", 100*share))
		}
		row := []any{one.Horizon, one.Forecasts}
		for _, x := range []float64{one.CRPS, one.CRPSAll, one.CRPS26, one.Sharpness, one.SharpnessAll, one.Sharpness26} {
			row = append(row, fmt.Sprintf("%.3f", x))
		}
		rows = append(rows, append(row, strings.Join(pit, " ")))
	}
	command.Section(out, "Their distributions, as parts of the mean amount", rows)
}
