//go:build !race

package hosttest_test

const underRace = false
