package forecast

// A season holds how much is done in each period of the year, beside the mean. It is learnt at the end of each
// year, from all years so far. The nil season is a year without seasons.
type season struct {
	year int
	done []float64 // in each period of the year, added up over the years
	mean []float64 // the mean period of each of those years, added up
	upTo []float64 // what the first 0, 1, 2 ... periods of a year do, in mean periods; empty for none
}

// seasonPrior is what a period of the year counts for as a mean one, in bursts of the history.
const seasonPrior = 20

// leastSeason is the least that a period does, beside the mean.
const leastSeason = .1

// learn returns the season after another year, of which sums has the ends of the periods. A period of the year is
// taken together with the two before and the two after it, whose weights fall by equal steps.
func (s *season) learn(sums []int64, bursts float64) *season {
	next := &season{year: s.year, done: make([]float64, s.year), mean: make([]float64, s.year), upTo: make([]float64, s.year+1)}
	copy(next.done, s.done)
	copy(next.mean, s.mean)
	first := len(sums) - 1 - s.year
	mean := float64(sums[len(sums)-1]-sums[first]) / float64(s.year)
	for i := range next.done {
		next.done[i] += float64(sums[first+i+1] - sums[first+i])
		next.mean[i] += mean
	}
	index, total := make([]float64, s.year), 0.0
	prior := float64(seasonPrior * bursts)
	for i := range index {
		done, expected := prior, prior
		for d := -2; d <= 2; d++ {
			at, weight := (i+d+2*s.year)%s.year, float64(3-max(d, -d))/3
			done += float64(weight * next.done[at])
			expected += float64(weight * next.mean[at])
		}
		index[i] = max(leastSeason, done/expected)
		total += index[i]
	}
	for i := range index {
		next.upTo[i+1] = next.upTo[i] + float64(index[i]*float64(s.year))/total
	}
	return next
}

// periods returns how many mean periods the next k are, after so many.
func (s *season) periods(after, k int) float64 {
	if s == nil || len(s.upTo) == 0 {
		return float64(k)
	}
	from := after % s.year
	return float64((from+k)/s.year*s.year) + s.upTo[(from+k)%s.year] - s.upTo[from]
}
