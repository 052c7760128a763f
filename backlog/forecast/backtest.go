package forecast

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// BacktestOptions are the forecasts to try on the past. The zero value forecasts the next period from all
// periods before it, from the eleventh on, with confidences of 50, 70, 85 and 95 %.
type BacktestOptions struct {
	Levels  []float64       // confidences, each above 0 and at most 1; nil for .5 .7 .85 .95
	Warmup  int             // periods before the first forecast; 0 for 10
	Window  int             // how many periods before it a forecast sees; 0 for all
	Horizon int             // forecast the amount done in so many periods; 0 for 1
	Amount  decimal.Decimal // forecast how long this amount takes; 0 for no such forecasts
}

// Backtest holds how forecasts did that could have been made in the past: see [History.Backtest].
type Backtest struct {
	HowMany []Coverage `json:"how_many"` // "at least so much in the horizon", by level
	When    []Coverage `json:"when"`     // "the amount within so many periods", by level
	Skipped int        `json:"skipped"`  // points in time with nothing done before: no forecast
}

// Coverage is how often forecasts with one confidence held. If the confidence is right, the share that held
// is about Expected. That is above the level, since amounts are whole: a forecast states the first of them
// that reaches it. Forecasts with a horizon above 1 overlap, so
// there is less evidence in them than their number suggests.
type Coverage struct {
	Level     float64 `json:"level"`
	Forecasts int     `json:"forecasts"`
	Held      int     `json:"held"`
	// Expected is the mean of the probabilities that the forecasts stated.
	Expected float64 `json:"expected"`
	// Brier is the mean of (probability - outcome)^2, where an outcome is 1 if the forecast held and 0 if
	// not; a coin gets .25, a perfect forecast 0. (Brier, Verification of Forecasts, 1950.)
	Brier float64 `json:"brier"`
}

// Rate returns the share of forecasts that held. The bool is false if there were none.
func (c Coverage) Rate() (float64, bool) {
	if c.Forecasts == 0 {
		return 0, false
	}
	return float64(c.Held) / float64(c.Forecasts), true
}

// String returns "85 % held 86 % of 104 forecasts".
func (c Coverage) String() string {
	level := strconv.FormatFloat(roundChance(c.Level*100), 'f', -1, 64)
	rate, ok := c.Rate()
	if !ok {
		return "no forecast at " + level + " % is old enough to check"
	}
	return fmt.Sprintf("%s %% held %.0f %% of %d forecasts", level, math.Floor(100*rate+.5), c.Forecasts)
}

func (c *Coverage) add(probability float64, held bool) {
	outcome := 0.0
	if held {
		outcome = 1
		c.Held++
	}
	c.Forecasts++
	c.Expected += probability
	c.Brier += float64((probability - outcome) * (probability - outcome))
}

func (c *Coverage) finish() {
	if c.Forecasts > 0 {
		c.Expected = round(c.Expected / float64(c.Forecasts))
		c.Brier = round(c.Brier / float64(c.Forecasts))
	}
}

// Backtest makes a forecast at each point of the history, which is in order of time here, from what came
// before it, and compares it with what came after. A forecast of the kind "when" counts if the history is
// long enough to decide it; that depends on the forecast alone, not on how it ended. It costs one
// forecast of each kind for each period, by the amounts that differ.
//
// Errors: those of [History.Validate]; a [*field.Error] for each option out of range; those of
// [WhenSimple] and [HowManySimple].
func (h History) Backtest(o BacktestOptions) (Backtest, error) {
	o = o.withDefaults()
	if err := o.validate(h); err != nil {
		return Backtest{}, err
	}
	out := Backtest{HowMany: []Coverage{}, When: []Coverage{}}
	for _, level := range o.Levels {
		out.HowMany = append(out.HowMany, Coverage{Level: level})
		if o.Amount.IsPositive() {
			out.When = append(out.When, Coverage{Level: level})
		}
	}
	sums := make([]int64, 1, len(h)+1) // done in the first so many periods
	for _, d := range h {
		sums = append(sums, sums[len(sums)-1]+scaled(d))
	}
	past := h[:min(o.Warmup, len(h))].counts()
	first := 0 // that past sees
	for now := o.Warmup; now < len(h); now++ {
		for ; o.Window > 0 && now-first > o.Window; first++ {
			past.add(sums[first+1]-sums[first], -1)
		}
		if past.zero() {
			out.Skipped++
		} else if err := field.Join(
			tryHowMany(out.HowMany, past, sums[now:], o.Horizon),
			tryWhen(out.When, past, sums[now:], o.Amount),
		); err != nil {
			return Backtest{}, err
		}
		past.add(sums[now+1]-sums[now], 1)
	}
	for i := range out.HowMany {
		out.HowMany[i].finish()
	}
	for i := range out.When {
		out.When[i].finish()
	}
	return out, nil
}

// tryHowMany compares a forecast with what came: sums has what was done until now, and from then on.
func tryHowMany(levels []Coverage, past counts, sums []int64, horizon int) error {
	if len(sums)-1 < horizon {
		return nil
	}
	forecast, err := howMany(past, horizon)
	if err != nil {
		return err
	}
	actual := unscaled(sums[horizon] - sums[0])
	for i := range levels {
		if least, ok := forecast.Percentile(levels[i].Level); ok {
			levels[i].add(forecast.Probability(least), actual.GreaterThanOrEqual(least))
		}
	}
	return nil
}

func tryWhen(levels []Coverage, past counts, sums []int64, scope decimal.Decimal) error {
	if len(levels) == 0 {
		return nil
	}
	d, err := Exactly(scope).distribution()
	if err != nil {
		return err
	}
	forecast, err := when(past, d)
	if err != nil {
		return err
	}
	actual, _ := slices.BinarySearch(sums, sums[0]+scaled(scope)) // len(sums) if later
	for i := range levels {
		if k, ok := forecast.Percentile(levels[i].Level); ok && k < len(sums) {
			levels[i].add(forecast.Within(k), actual <= k)
		}
	}
	return nil
}

func (o BacktestOptions) withDefaults() BacktestOptions {
	if o.Levels == nil {
		o.Levels = []float64{.5, .7, .85, .95}
	}
	if o.Warmup == 0 {
		o.Warmup = 10
	}
	if o.Horizon == 0 {
		o.Horizon = 1
	}
	o.Levels = slices.Clone(o.Levels)
	return o
}

func (o BacktestOptions) validate(h History) error {
	var wrong problems
	wrong.add(
		h.Validate(),
		whole("periods of history", len(h), 0, MaxPeriods),
		whole("warmup", o.Warmup, 1, MaxPeriods),
		whole("window", o.Window, 0, MaxPeriods),
		whole("horizon", o.Horizon, 1, MaxPeriods),
		amount("amount", o.Amount),
	)
	for i, level := range o.Levels {
		if !(level > 0 && level <= 1) {
			wrong.add(fieldError(field.Index("levels", i), fmt.Sprint(level), "above 0, at most 1"))
		}
	}
	return wrong.err()
}
