// Package knapsack chooses nodes of greatest total value within a capacity, where a node needs
// others and some exclude each other: the precedence-constrained knapsack problem. It is the
// engine under the best release.
//
//	r := knapsack.Solve(knapsack.Problem{Value: v, Cost: c, Needs: n, Capacity: 40}, limits)
//	r.Chosen, r.Value // the best found
//	r.Bound           // none is better than this; proven where it equals r.Value
//
// How it works, in the order of the files:
//
//   - merge.go makes the problem smaller without changing what it can reach: nodes that always go
//     together become one.
//   - bound.go pays for capacity at a price per unit and so turns the capacity into part of the
//     weights; a maximum-weight closure is then an upper bound, and the best price gives the bound
//     of linear programming (Geoffrion 1974). The closures just below and just above the capacity
//     at that price are where good solutions begin.
//   - decide.go keeps what has been decided, with all that follows from it, and takes it back.
//     It also decides what the bound alone decides: a node whose choice would cost more than the
//     distance between bound and best solution is out, and the other way round.
//   - greedy.go grows the lower closure and shrinks the upper one to solutions.
//   - search.go branches on a node, depth first, on the best of a few candidates that have been
//     tried both ways (strong branching).
//
// All arithmetic that a bound depends on is exact, in integers. The effort is counted in links
// looked at, not in time; nothing recurses, nothing is random.
package knapsack
