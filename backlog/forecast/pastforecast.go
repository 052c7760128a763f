package forecast

import "slices"

// pastTest collects how forecasts of the past did.
type pastTest struct {
	RecordOptions
	each    int64   // how much there is in a unit
	sums    []int64 // what was done in the first 0, 1, 2 ... periods
	howMany [][]tally
	when    [][]tally // by horizon and level
	whole   []wholeTally
}

// tally adds up the forecasts of one row.
type tally struct {
	forecasts, held   int
	heldAll, heldLast int // by the simple model
	expected, loss    float64
	lossAll, lossLast float64
	amount            float64
}

// lastPeriods is the shorter window of the simple model, and whenMargin how far before the end "when" is
// asked for the last time.
const (
	lastPeriods = 26
	whenMargin  = 26
	leastScope  = 3
)

func newTest(c *Calibrated, o RecordOptions) *pastTest {
	t := &pastTest{RecordOptions: o, each: c.each(), sums: make([]int64, 1, len(c.history)+1), whole: make([]wholeTally, len(o.Horizons))}
	for i, d := range c.history {
		t.sums = append(t.sums, t.sums[i]+scaled(d)/c.unit)
	}
	for range o.Horizons {
		t.howMany = append(t.howMany, make([]tally, len(o.Levels)))
		t.when = append(t.when, make([]tally, len(o.Levels)))
	}
	return t
}

func (t *pastTest) periods() int { return len(t.sums) - 1 }

// at tests the forecasts made after so many periods.
func (t *pastTest) at(now int, f *family) error {
	scopes := t.scopes(now)
	var all, last simpleAnswers
	if t.Full {
		var err error
		if all, err = t.simple(0, now, scopes); err != nil {
			return err
		}
		if last, err = t.simple(max(0, now-lastPeriods), now, scopes); err != nil {
			return err
		}
	}
	for i, k := range t.Horizons {
		if now+k > t.periods() {
			break
		}
		s, done := f.pool.stretch(k), t.sums[now+k]-t.sums[now]
		start := int64(0)
		for j, level := range slices.Backward(t.Levels) {
			least := f.least(&s, k, level, start)
			start = least
			row := &t.howMany[i][j]
			row.add(f.atLeast(&s, k, newUnits(least)), done >= least)
			row.amount += float64(done)
			row.loss += pinball(1-level, least, done)
			if t.Full {
				row.lossAll += pinball(1-level, all.least[i][j], done)
				row.lossLast += pinball(1-level, last.least[i][j], done)
				row.addSimple(done >= all.least[i][j], done >= last.least[i][j])
			}
		}
		if t.Full {
			t.whole[i].add(f, &s, k, done, all.distribution[i], last.distribution[i])
		}
	}
	if now+whenMargin <= t.periods() {
		t.askWhen(now, f, scopes, all, last)
	}
	return nil
}

// scopes returns how much the horizons take at the mean of the last quarter, in units: a part of one counts as one.
func (t *pastTest) scopes(now int) []int64 {
	out := make([]int64, len(t.Horizons))
	recent := (t.sums[now] - t.sums[now-quarter]) * t.each
	for i, k := range t.Horizons {
		amount := max(leastScope, (2*int64(k)*recent+quarter)/(2*quarter))
		out[i] = (amount + t.each - 1) / t.each
	}
	return out
}

// askWhen tests within how many periods the scopes are done.
func (t *pastTest) askWhen(now int, f *family, scopes []int64, all, last simpleAnswers) {
	left := t.periods() - now
	waits, next, open := make([]wait, len(scopes)), make([]int, len(scopes)), len(scopes)
	want := make([]units, len(scopes))
	for i, scope := range scopes {
		want[i] = newUnits(scope)
	}
	for k := 1; k <= MaxPeriods && open > 0; k++ {
		s := f.pool.stretch(k)
		for i, scope := range scopes {
			if next[i] == len(t.Levels) {
				continue
			}
			p := waits[i].within(f, &s, k, want[i])
			for ; next[i] < len(t.Levels) && p >= t.Levels[next[i]]; next[i]++ {
				level, row := t.Levels[next[i]], &t.when[i][next[i]]
				took := t.took(now, scope)
				if took > left && k > left {
					continue
				}
				row.add(p, took <= k)
				row.amount += float64(t.Horizons[i])
				row.loss += pinball(level, int64(k), int64(took))
				if t.Full {
					a, b := all.within[i][next[i]], last.within[i][next[i]]
					row.lossAll += pinball(level, int64(a), int64(took))
					row.lossLast += pinball(level, int64(b), int64(took))
					row.addSimple(took <= a, took <= b)
				}
			}
			if next[i] == len(t.Levels) {
				open--
			}
		}
	}
}

// took returns how many periods an amount took, or one more than there are left.
func (t *pastTest) took(now int, scope int64) int {
	i, _ := slices.BinarySearch(t.sums[now+1:], t.sums[now]+scope)
	return i + 1
}

func (t *tally) add(p float64, held bool) {
	t.forecasts++
	t.expected += p
	if held {
		t.held++
	}
}

func (t *tally) addSimple(all, last bool) {
	if all {
		t.heldAll++
	}
	if last {
		t.heldLast++
	}
}

// pinball is the loss of stating a quantile (Koenker and Bassett 1978): level for each unit too low,
// 1-level for each too high. Its expectation is least for the true one.
func pinball(level float64, stated, came int64) float64 {
	if stated <= came {
		return float64(level * float64(came-stated))
	}
	return float64((1 - level) * float64(stated-came))
}

// record returns the rows.
func (t *pastTest) record() Record {
	out := Record{Model: modelCalibrated, Rows: []RecordRow{}, Distributions: []DistributionScore{}}
	for q, table := range [][][]tally{t.howMany, t.when} {
		for i, k := range t.Horizons {
			for j, level := range t.Levels {
				one := table[i][j]
				row := RecordRow{
					Question: Question(q + 1), Horizon: k, Confidence: level,
					Forecasts: one.forecasts, Held: one.held, HeldAll: one.heldAll, Held26: one.heldLast,
				}
				if one.forecasts > 0 {
					row.Expected = round(one.expected / float64(one.forecasts))
				}
				if one.amount > 0 {
					row.Pinball = round(one.loss / one.amount)
					row.PinballAll = round(one.lossAll / one.amount)
					row.Pinball26 = round(one.lossLast / one.amount)
				}
				out.Rows = append(out.Rows, row)
			}
		}
	}
	if t.Full {
		for i, k := range t.Horizons {
			out.Distributions = append(out.Distributions, t.whole[i].score(k))
		}
	}
	return out
}
