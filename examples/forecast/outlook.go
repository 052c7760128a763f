package main

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// chances are the confidences of all forecasts, in percent.
func chances() []int { return []int{50, 70, 85, 95} }

func levels() []float64 {
	var all []float64
	for _, chance := range chances() {
		all = append(all, float64(chance)/100)
	}
	return all
}

// outlook is a forecast in the making.
type outlook struct {
	*work
	rhythm
	first      time.Time // of the history
	history    forecast.History
	schedule   forecast.Schedule
	calibrated *forecast.Calibrated
	record     forecast.Record
	completion forecast.Completion
	report     *Report
}

// forecast forecasts what is open, and blames the document if there is nothing to forecast from.
func (w *work) forecast(doc *command.Document) (*Report, []picture) {
	o := &outlook{work: w}
	err := o.cut()
	for _, step := range []func() error{o.calibrate, o.measure, o.when, o.howMany, o.backtest, o.flow} {
		if err == nil {
			err = step()
		}
	}
	var pictures []picture
	if err == nil {
		pictures, err = o.pictures()
	}
	switch {
	case w.asOf.IsZero():
		doc.Blame(command.Start(), "nothing has a date, want at least an item with one on which it was done")
	case errors.Is(err, forecast.ErrNoHistory), errors.Is(err, forecast.ErrNoThroughput):
		doc.Blame(command.Start(), "%s", o.nothing())
	case err != nil:
		for _, one := range command.Problems(err) {
			doc.Blame(command.Start(), "%v, want an amount that can be forecast", one)
		}
	}
	return o.report, pictures
}

// nothing says why there is nothing to forecast from.
func (o *outlook) nothing() string {
	text := "nothing was done"
	switch done := slices.ContainsFunc(o.items, func(item flow.Item) bool { return !item.Done.IsZero() }); {
	case done && len(o.history) == 0:
		text = "no period is recorded as a whole"
	case done:
		text += " in the last " + command.Counted(len(o.history), "period", "periods")
	}
	if !o.isUndated {
		text += " up to " + day(o.asOf)
	}
	if o.isTracker {
		return text + ", want an item with a date on which it was done"
	}
	return text + ", want a count above 0"
}

// cut cuts the history into periods.
func (o *outlook) cut() error {
	done := 0
	for _, item := range o.items {
		if !item.Done.IsZero() {
			done++
		}
	}
	if done == 0 {
		return forecast.ErrNoHistory
	}
	o.rhythm = o.chooseRhythm()
	first, cut := o.firstDay(o.rhythm, maxPeriods)
	if o.first = first; cut {
		o.rule += ", and earlier ones are not looked at"
	}
	history, missing, err := o.throughput(o.first, o.asOf.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	o.leave(missing, "period that is not recorded", "periods that are not recorded")
	o.history = history
	if err = history.Validate(); err != nil {
		return err
	}
	o.schedule = forecast.Schedule{Start: o.asOf.AddDate(0, 0, 1), Days: o.days, Working: o.working}
	o.report = &Report{
		AsOf: o.day(o.asOf), LeftOut: append([]string{}, o.leftOut...), When: []When{}, Pictures: []string{},
		Periods: Periods{Unit: o.unit, Count: len(history), From: o.day(o.first), Rule: o.rule, Days: o.week},
	}
	if o.knowsOpen {
		o.report.Open = &o.open
	}
	for _, d := range history {
		o.report.Periods.Done = append(o.report.Periods.Done, int(d.IntPart()))
		o.report.Done += int(d.IntPart())
	}
	return nil
}

// throughput returns what was done in each period from a day on up to now, without those that are not recorded, and how
// many those are.
func (o *outlook) throughput(first, now time.Time) (history forecast.History, missing int, err error) {
	rates, err := flow.Rates(o.items, o.periods(first), now)
	if err != nil {
		return nil, 0, err
	}
	for _, rate := range rates {
		i, _ := slices.BinarySearchFunc(o.unrecorded, rate.From, time.Time.Compare)
		if i < len(o.unrecorded) && o.unrecorded[i].Before(rate.To) {
			missing++
			continue
		}
		history = append(history, decimal.NewFromInt(int64(rate.Done)))
	}
	return history, missing, nil
}

// periods are those of the history from a day on.
func (o *outlook) periods(first time.Time) flow.Periods {
	return flow.Periods{WorkTime: flow.WorkTime{Location: first.Location(), Working: o.working}, Days: o.days, Start: first}
}

func (o *outlook) when() (err error) {
	if o.open == 0 {
		return nil
	}
	if o.completion, err = o.calibrated.When(forecast.ItemScope(o.open)); err != nil {
		return err
	}
	for i, level := range levels() {
		one := When{Chance: chances()[i]}
		if k, ok := o.completion.Percentile(level); ok {
			date, err := o.schedule.Date(k)
			if err != nil {
				return err
			}
			one.Periods, one.Date = &k, o.day(date)
		}
		o.report.When = append(o.report.When, one)
	}
	return nil
}

func (o *outlook) howMany() error {
	for _, k := range []int{1, 2, 4, 8, 12} {
		output, err := o.calibrated.HowMany(k)
		if err != nil {
			return err
		}
		until, err := o.schedule.Date(k)
		if err != nil {
			return err
		}
		one := HowMany{Periods: k, Until: o.day(until)}
		for i, level := range levels() {
			least, _ := output.Percentile(level)
			one.AtLeast = append(one.AtLeast, AtLeast{chances()[i], least.IntPart()})
		}
		o.report.HowMany = append(o.report.HowMany, one)
	}
	return nil
}

func (o *outlook) backtest() error {
	warmup := 10
	if n := len(o.history); n < 2*warmup {
		warmup = max(1, n/2)
	}
	amount := max(1, o.report.Done/4)
	if o.open > 0 {
		amount = min(amount, o.open)
	}
	result, err := o.history.Backtest(forecast.BacktestOptions{
		Levels: levels(), Warmup: warmup, Amount: decimal.NewFromInt(int64(amount)),
	})
	o.report.Backtest = Backtest{Warmup: warmup, Amount: amount, HowMany: tested(result.HowMany), When: tested(result.When)}
	return err
}

func tested(all []forecast.Coverage) []Tested {
	var out []Tested
	for i, c := range all {
		one := Tested{Chance: chances()[i], Forecasts: c.Forecasts, Held: c.Held}
		if rate, ok := c.Rate(); ok {
			percent, expected, brier := rounded(100*rate, 1), rounded(100*c.Expected, 1), rounded(c.Brier, 3)
			one.Rate, one.Expected, one.Brier = &percent, &expected, &brier
		}
		out = append(out, one)
	}
	return out
}

func rounded(x float64, places int) float64 {
	scale := math.Pow10(places)
	return math.Round(x*scale) / scale
}

func (o *outlook) flow() error {
	numbers, err := o.history.Statistics()
	if err != nil {
		return err
	}
	f := &o.report.Flow
	f.Throughput = Throughput{
		Mean: numbers.Mean(2).StringFixed(2), Min: numbers.Min.StringFixed(2), Max: numbers.Max.StringFixed(2),
	}
	if sd, ok := numbers.SD(2); ok {
		f.Throughput.SD = sd.StringFixed(2)
	}
	var lead, cycle []int
	inProgress, isKnown := 0, false
	for _, item := range o.items {
		if n, ok := item.LeadTime(flow.WorkTime{}); ok && !item.Created.IsZero() {
			lead = append(lead, n)
		}
		switch n, ok := item.CycleTime(flow.WorkTime{}); {
		case item.Started.IsZero():
		case ok:
			cycle = append(cycle, n)
		default:
			inProgress++
		}
		isKnown = isKnown || !item.Started.IsZero()
	}
	if isKnown {
		f.InProgress = &inProgress
	}
	f.LeadTime, f.CycleTime = timesOf(lead), timesOf(cycle)
	return nil
}

func timesOf(days []int) Times {
	at := func(share float64) int {
		n, _ := flow.PercentileOf(days, share)
		return n
	}
	return Times{Items: len(days), P50: at(.5), P85: at(.85), P95: at(.95)}
}

// day writes a date, or nothing where dates are made up.
func (w *work) day(t time.Time) string {
	if w.isUndated {
		return ""
	}
	return day(t)
}

func day(t time.Time) string { return t.Format(time.DateOnly) }
