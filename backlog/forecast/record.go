package forecast

import (
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/story/field"
)

// RecordOptions selects the past forecasts of a [Record]. The zero value is the default.
type RecordOptions struct {
	Horizons []int     // numbers of periods, ascending, 1 to 1000 each, 20 at most; nil for 4, 8, 12
	Levels   []float64 // confidences, ascending, from .5 to below 1, 20 at most; nil for .5 .7 .85 .95
	// Full asks for the same scores of the simple model, from all of the past and from the last 26
	// periods, and for the scores of whole distributions. It takes a convolution for each past period.
	Full bool
}

// A Record holds how past forecasts did: what [Calibrate] would have returned after each period, from the
// 30th on, in the units of the whole history, compared with what came. Only those periods count up to which the
// last 13 hold an amount of 13 or more, so that something was going on.
//
// "How many" is asked for each horizon up to the end of the history. "When" is asked for as much as the
// horizon takes at the mean of the last 13 periods, to a whole number, 3 at least, up to 26 periods before the end;
// where the unit of the history is no whole number, units are meant for these amounts;
// what is not done by the end counts as not held if the periods stated have passed by then, and is left
// out if not. Forecasts of neighbouring periods overlap, so there is less evidence in them than their
// number suggests.
type Record struct {
	Model string      `json:"model"`
	Rows  []RecordRow `json:"rows"` // by question, horizon and confidence
	// Distributions has the scores of whole distributions, for "how many" by horizon; empty unless Full.
	Distributions []DistributionScore `json:"distributions"`
}

// RecordRow holds how the answers to one question with one confidence did.
type RecordRow struct {
	Question   Question `json:"question"`
	Horizon    int      `json:"horizon"`
	Confidence float64  `json:"confidence"`
	Forecasts  int      `json:"forecasts"`
	Held       int      `json:"held"`
	// Expected is the mean of the probabilities of what was stated. It is above the confidence, since
	// amounts and periods are whole.
	Expected float64 `json:"expected"`
	// Pinball is the mean pinball loss of what was stated (Koenker and Bassett 1978), as a part of the
	// mean amount, or for "when" of the horizon. It is least for the true quantile. What was not done by
	// the end is taken for done one period later.
	Pinball float64 `json:"pinball"`
	// PinballAll and Pinball26 are those of the simple model for the same forecasts, from all of the
	// past and from the last 26 periods. They are 0 unless Full.
	PinballAll float64 `json:"pinball_all"`
	Pinball26  float64 `json:"pinball_26"`
	// HeldAll and Held26 are how many forecasts of the simple model held, of as many. One that can not have
	// been broken by the end counts as held.
	HeldAll int `json:"held_all"`
	Held26  int `json:"held_26"`
}

// Rate returns the share of forecasts that held. The bool is false if there are none.
func (r RecordRow) Rate() (float64, bool) {
	return Coverage{Forecasts: r.Forecasts, Held: r.Held}.Rate()
}

// Record returns how past forecasts did. It costs some ten microseconds for each period, or with Full some
// milliseconds.
//
// Errors: a [*field.Error] for each option out of range; with Full, [ErrTooLarge] if more than 2^20 units
// were possible in the longest horizon.
func (c *Calibrated) Record(o RecordOptions) (Record, error) {
	o = o.withDefaults()
	if err := o.validate(); err != nil {
		return Record{}, err
	}
	t := newTest(c, o)
	l := newLearner(c.year)
	for now, d := range c.history {
		if now == c.changed {
			l.forget(changeKept)
		}
		if l.isTested(c.each()) {
			if err := t.at(now, l.family()); err != nil {
				return Record{}, err
			}
		}
		l.observe(scaled(d) / c.unit)
	}
	return t.record(), nil
}

func (o RecordOptions) withDefaults() RecordOptions {
	if o.Horizons == nil {
		o.Horizons = []int{4, 8, 12}
	}
	if o.Levels == nil {
		o.Levels = []float64{.5, .7, .85, .95}
	}
	o.Horizons, o.Levels = slices.Clone(o.Horizons), slices.Clone(o.Levels)
	return o
}

func (o RecordOptions) validate() error {
	problems := []error{
		whole("horizons", len(o.Horizons), 1, 20),
		whole("levels", len(o.Levels), 1, 20),
	}
	for i, k := range o.Horizons[:min(len(o.Horizons), 20)] {
		problems = append(problems, whole(fmt.Sprintf("horizons[%d]", i), k, 1, 1000))
		if i > 0 && k <= o.Horizons[i-1] {
			problems = append(problems, fieldError(fmt.Sprintf("horizons[%d]", i), fmt.Sprint(k), "more than the one before"))
		}
	}
	for i, level := range o.Levels[:min(len(o.Levels), 20)] {
		if !(level >= .5 && level < 1) || i > 0 && level <= o.Levels[i-1] {
			problems = append(problems, fieldError(fmt.Sprintf("levels[%d]", i), fmt.Sprint(level),
				".5 to below 1, more than the one before"))
		}
	}
	return field.Join(problems...)
}
