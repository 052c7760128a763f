package forecast

// horizons are the numbers of periods for which forecasts are compared with what came. What is
// learnt for one of them serves up to the next.
var horizons = [...]int{1, 2, 3, 4, 6, 8, 12, 16, 24, 32}

const (
	// cells is how finely probabilities are counted.
	cells = 50
	// poolPrior is what the map of all horizons counts for "as stated", in forecasts.
	poolPrior = 10
	// horizonPrior is what the map of one horizon counts for that of all, in forecasts a period of the
	// horizon: of forecasts over k periods about one in k is new.
	horizonPrior = 4
)

// A histogram counts the probabilities that past forecasts gave to what came, or more: their PIT
// (Dawid 1984). Counts halve in 104 periods.
type histogram struct {
	count [cells]float64
	total float64
}

func (h *histogram) fade(by float64) {
	for i := range h.count {
		h.count[i] = float64(h.count[i] * by)
	}
	h.total = float64(h.total * by)
}

// add spreads a weight of 1 evenly from low to high, 0 <= low <= high <= 1: amounts are whole, so
// what came has a range of probabilities.
func (h *histogram) add(low, high float64) {
	h.total++
	low, high = float64(low*cells), float64(high*cells)
	width := high - low
	if width < 1e-9 {
		h.count[min(cells-1, int(high))]++
		return
	}
	for i := int(low); i < cells && float64(i) < high; i++ {
		h.count[i] += (min(high, float64(i+1)) - max(low, float64(i))) / width
	}
}

// A remap takes a probability as it was stated to how often it came true: at[i] for i/cells,
// straight in between. It ascends from 0 to 1.
type remap struct{ at [cells + 1]float64 }

// learn returns the shares of counts up to each probability, mixed with a prior that counts for so many.
func (h *histogram) learn(prior *remap, weight float64) (m remap) {
	sum, scale := 0.0, 1/(weight+h.total)
	for i := range m.at {
		m.at[i] = (float64(weight*prior.at[i]) + sum) * scale
		if i < cells {
			sum += h.count[i]
		}
	}
	m.at[cells] = 1
	return m
}

func asStated() (m remap) {
	for i := range m.at {
		m.at[i] = float64(i) / cells
	}
	return m
}

func (m *remap) of(p float64) float64 {
	x := float64(p * cells)
	i := min(cells-1, int(x))
	return m.at[i] + float64((x-float64(i))*(m.at[i+1]-m.at[i]))
}
