// Package precedence orders jobs on one machine so that the sum of weight x completion time is
// least, when some jobs need others: 1|prec|sum wC in the notation of scheduling. The problem is
// NP-hard (Lawler 1978); what makes it tractable is that most of it falls apart.
//
//  1. decompose.go cuts the jobs into blocks by falling ratio of weight to size (Sidney 1975),
//     each cut one maximum closure. Trees are blocks in their best order at once (forest.go,
//     Horn 1972).
//  2. leaf.go divides a block wherever everything on one side needs everything on the other, and
//     each side is a problem of its own again: that solves series-parallel needs (Lawler 1978).
//  3. search.go finds the best order of what remains by dynamic programming over the sets that
//     can be done first, with a bound from multipliers (multiplier.go), in passes of growing
//     width.
//  4. improve.go takes leaves that are too large for that, and orders one window after the other
//     anew.
//
// What is left at the end is known to be the best, or its distance from the best is bounded.
// Everything is counted in steps, nothing depends on a clock, and sums are exact. Floats appear in
// bounds only, rounded the safe way.
package precedence
