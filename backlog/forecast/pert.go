package forecast

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
)

// PERT is a three-point estimate of a task, in any unit: if all goes well, as it mostly does, and if all goes
// wrong. (Malcolm, Roseboom, Clark, Fazar, Application of a Technique for Research and Development Program
// Evaluation, 1959.)
type PERT struct {
	Optimistic  decimal.Decimal `json:"optimistic"`
	Likely      decimal.Decimal `json:"likely"`
	Pessimistic decimal.Decimal `json:"pessimistic"`
}

// Validate returns a [*field.Error] for each violation of 0 <= Optimistic <= Likely <= Pessimistic.
func (p PERT) Validate() error { return p.validate("") }

func (p PERT) validate(prefix string) error {
	return threePoints(prefix, [3]string{"optimistic", "likely", "pessimistic"},
		[3]decimal.Decimal{p.Optimistic, p.Likely, p.Pessimistic})
}

// DurationEstimate is the sum of independent three-point estimates, by mean and standard deviation.
type DurationEstimate struct {
	sixMean     decimal.Decimal // six times the mean
	sixVariance decimal.Decimal // 36 times the variance
}

// EstimateTasks returns the sum of three-point estimates, with means (O+4M+P)/6 and variances ((P-O)/6)^2.
// Without tasks it is 0. Errors: those of [PERT.Validate] for all tasks.
func EstimateTasks(tasks ...PERT) (DurationEstimate, error) {
	var (
		sum   DurationEstimate
		wrong problems
	)
	for i, p := range tasks {
		if err := p.validate(at("tasks", i)); err != nil {
			wrong.add(err)
			continue
		}
		width := p.Pessimistic.Sub(p.Optimistic)
		sum.sixMean = sum.sixMean.Add(p.Optimistic).Add(p.Likely.Mul(decimal.NewFromInt(4))).Add(p.Pessimistic)
		sum.sixVariance = sum.sixVariance.Add(width.Mul(width))
	}
	if err := wrong.err(); err != nil {
		return DurationEstimate{}, err
	}
	return sum, nil
}

// Mean returns the mean, rounded half up to places.
func (d DurationEstimate) Mean(places int32) decimal.Decimal {
	return exact.Quotient(d.sixMean, decimal.NewFromInt(6), places)
}

// SD returns the standard deviation, rounded half up to places.
func (d DurationEstimate) SD(places int32) decimal.Decimal {
	return exact.Root(d.sixVariance, decimal.NewFromInt(36), places)
}

// Range returns the mean less and plus so many standard deviations, each rounded half up to places. One
// is the 68 % range of a normal distribution, two the 95 % range.
func (d DurationEstimate) Range(deviations int, places int32) (low, high decimal.Decimal) {
	const guard = 12 // enough places that rounding twice can't be seen
	n := decimal.NewFromInt(int64(deviations))
	mean, reach := d.Mean(places+guard), d.SD(places+guard).Mul(n)
	return mean.Sub(reach).Round(places), mean.Add(reach).Round(places)
}

// Triangular returns the mean (O+M+P)/3 of a triangular distribution, rounded half up to places.
// Errors: those of [PERT.Validate].
func (p PERT) Triangular(places int32) (decimal.Decimal, error) {
	if err := p.Validate(); err != nil {
		return decimal.Decimal{}, err
	}
	sum := p.Optimistic.Add(p.Likely).Add(p.Pessimistic)
	return exact.Quotient(sum, decimal.NewFromInt(3), places), nil
}
