//go:build race

package hosttest_test

const underRace = true // the detector would find what is broken on purpose
