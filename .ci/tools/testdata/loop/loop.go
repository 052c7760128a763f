// Package loop has a function that a fault keeps from ending.
package loop

// Count returns n, one at a time.
func Count(n int) int {
	i := 0
	for i < n {
		i++
	}
	return i
}
