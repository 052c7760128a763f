// Package closure finds maximum-weight closures: among sets of items that contain everything
// their members need, one of greatest total weight (Picard 1976). It is the engine under the
// best order with prerequisites and the best choice within a capacity.
//
//	g := closure.New(3, []closure.Arc{{From: 2, To: 0}, {From: 2, To: 1}})
//	g.Load(nodes, weights) // all nodes or some, cold
//	g.Solve()
//	g.Value()              // the greatest weight
//	g.InMinimal(2)         // in every best closure?
//	g.InMaximal(2)         // in at least one?
//	g.SetWeight(2, w)      // warm: keeps the flow
//	g.Solve()
//
// Weights are exact integers of 128 bits; magnitudes may add up to 2^126. Nothing recurses, nothing
// is random, and equal calls give equal answers.
package closure
