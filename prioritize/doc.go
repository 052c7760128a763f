// Package prioritize says what comes first, exactly and with reasons.
//
// A [Method] turns what is known about items into scores; [Rank] turns scores into an order:
//
//	ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
//
// A method of one's own is a Go function: see [Formula].
package prioritize
