// Package increasing finds longest increasing subsequences: of what is in another order than it was, the
// most that can stay where it is.
package increasing

import "slices"

// Longest returns for each value whether it belongs to a longest strictly increasing subsequence, one of
// them if there are several. It costs O(n log n). (Schensted, Longest increasing and decreasing
// subsequences, 1961.)
func Longest(values []int) []bool {
	tails := make([]int, 0, len(values)) // by length, the index of the smallest last value
	previous := make([]int, len(values))
	for i, value := range values {
		at, _ := slices.BinarySearchFunc(tails, value, func(index, value int) int { return values[index] - value })
		previous[i] = -1
		if at > 0 {
			previous[i] = tails[at-1]
		}
		if at == len(tails) {
			tails = append(tails, i)
		} else {
			tails[at] = i
		}
	}
	marked := make([]bool, len(values))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = previous[i] {
			marked[i] = true
		}
	}
	return marked
}
