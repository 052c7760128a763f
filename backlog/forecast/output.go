package forecast

import (
	"fmt"
	"math/bits"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// Output is the distribution of the amount done in a number of periods. Probabilities are rounded
// to 10 decimal places, and right to that.
type Output struct {
	// Unit is the amount of which every possible amount is a multiple.
	Unit decimal.Decimal `json:"unit"`
	// AtLeast holds the probability that at least 0, 1, 2 ... units are done. It descends from 1.
	AtLeast []float64 `json:"at_least"`
	// Calibration is zero for the simple model.
	Calibration Calibration `json:"calibration,omitzero"`
}

// maxOutput is the most units that can be done in the periods of one forecast.
const maxOutput = 1 << 20

// HowManySimple returns the amount that is done in so many periods, under the model of [WhenSimple]. It costs
// O(m log m) for m units, the most that can be done in these periods.
//
// Errors: those of [History.Validate], a [*field.Error] unless 0 <= periods <= [MaxPeriods], all of
// them; [ErrTooLarge] if more than 2^20 units could be done.
func HowManySimple(h History, periods int) (Output, error) {
	if err := field.Join(h.Validate(), whole("periods", periods, 0, MaxPeriods)); err != nil {
		return Output{}, err
	}
	return howMany(h.counts(), periods)
}

func howMany(past counts, periods int) (Output, error) {
	unit := past.unit()
	out := Output{Unit: unscaled(unit), AtLeast: []float64{1}}
	if periods == 0 {
		return out, nil
	}
	p := past.weights(unit, maxOutput+1)
	best := len(p) - 1
	if best > maxOutput/periods {
		return Output{}, fmt.Errorf("%w: up to %d times %s in each of %d periods, want at most %d times in all",
			ErrTooLarge, best, out.Unit, periods, maxOutput)
	}
	best *= periods
	n := 1 << bits.Len(uint(best))
	period, _ := transform(p, nil, n)
	period.power(periods)
	sums := period.inverse(n)
	out.AtLeast = make([]float64, best+1)
	total := 0.0
	for s := best; s >= 0; s-- {
		total += sums[s]
		out.AtLeast[s] = max(0, min(1, round(total)))
	}
	for s := best - 1; s >= 0; s-- { // rounding noise must not make it rise
		out.AtLeast[s] = max(out.AtLeast[s], out.AtLeast[s+1])
	}
	return out, nil
}

// Probability returns the probability that at least this amount is done.
func (o Output) Probability(amount decimal.Decimal) float64 {
	if !amount.IsPositive() {
		return 1
	}
	if !o.Unit.IsPositive() || amount.GreaterThan(o.Unit.Mul(decimal.NewFromInt(int64(len(o.AtLeast))))) {
		return 0
	}
	units := amount.Div(o.Unit).Ceil().IntPart()
	if units >= int64(len(o.AtLeast)) {
		return 0
	}
	return o.AtLeast[units]
}

// Percentile returns the largest amount that is reached with at least this probability. A confidence is
// above 0 and at most 1; a higher one gives less. The bool is false for another confidence.
func (o Output) Percentile(confidence float64) (decimal.Decimal, bool) {
	if !(confidence > 0 && confidence <= 1) {
		return decimal.Decimal{}, false
	}
	units := 0
	for i, p := range o.AtLeast {
		if reaches(p, confidence) {
			units = i
		}
	}
	return o.Unit.Mul(decimal.NewFromInt(int64(units))), true
}
