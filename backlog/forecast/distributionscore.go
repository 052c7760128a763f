package forecast

// DistributionScore holds how the distributions of the amount in so many periods did.
type DistributionScore struct {
	Horizon   int `json:"horizon"`
	Forecasts int `json:"forecasts"`
	// CRPS is the mean continuous ranked probability score (Matheson and Winkler 1976; Gneiting and
	// Raftery 2007) as a part of the mean amount: twice the mean pinball loss over the levels .05, .1 ...
	// .95. It is the mean error of a forecast without width. As a part of the mean amount it compares
	// histories in different units: where that of counts is less than that of points, counts forecast better.
	CRPS    float64 `json:"crps"`
	CRPSAll float64 `json:"crps_all"` // of the simple model, from all of the past
	CRPS26  float64 `json:"crps_26"`  // from the last 26 periods
	// Sharpness is the mean width of the range that holds 70 %, as a part of the mean amount. Of two
	// forecasts that hold as often as they state, the sharper is better.
	Sharpness    float64 `json:"sharpness"`
	SharpnessAll float64 `json:"sharpness_all"`
	Sharpness26  float64 `json:"sharpness_26"`
	// PIT holds the share of forecasts in which what came, or less, had a probability of 0 to .1, .1 to .2
	// ... It is flat if forecasts hold, high at the ends if they are too narrow, and in the middle if they
	// are too wide.
	PIT []float64 `json:"pit"`
}

// wholeTally adds up the scores of distributions.
type wholeTally struct {
	forecasts int
	amount    float64
	loss      [3]float64 // calibrated, simple from all, simple from the last periods
	width     [3]float64
	pit       histogram
}

// scoredLevels is the number of levels at which a distribution is scored: .05, .1 ... .95.
const scoredLevels = 19

func (t *wholeTally) add(f *family, s *stretch, periods int, done int64, all, last cumulative) {
	t.forecasts++
	t.amount += float64(done)
	t.pit.add(f.atLeast(s, periods, newUnits(done+1)), f.atLeast(s, periods, newUnits(done)))
	start := int64(0)
	for i := scoredLevels; i > 0; i-- {
		level := float64(i) / (scoredLevels + 1)
		start = f.least(s, periods, level, start)
		for j, stated := range [3]int64{start, all.least(level), last.least(level)} {
			t.loss[j] += pinball(1-level, stated, done)
			switch i {
			case 17: // at least so many with 85 %
				t.width[j] -= float64(stated)
			case 3: // with 15 %
				t.width[j] += float64(stated)
			}
		}
	}
}

func (t *wholeTally) score(horizon int) DistributionScore {
	out := DistributionScore{Horizon: horizon, Forecasts: t.forecasts, PIT: make([]float64, 10)}
	if t.forecasts == 0 {
		return out
	}
	for i, n := range t.pit.count { // counted by the probability of that or more
		out.PIT[9-i*10/cells] += n / float64(t.forecasts)
	}
	for i := range out.PIT {
		out.PIT[i] = roundChance(out.PIT[i])
	}
	if t.amount == 0 {
		return out
	}
	crps := func(i int) float64 { return round(2 * t.loss[i] / scoredLevels / t.amount) }
	width := func(i int) float64 { return round(t.width[i] / t.amount) }
	out.CRPS, out.CRPSAll, out.CRPS26 = crps(0), crps(1), crps(2)
	out.Sharpness, out.SharpnessAll, out.Sharpness26 = width(0), width(1), width(2)
	return out
}
