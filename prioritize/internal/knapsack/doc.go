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
//     at that price are where good solutions begin. Between two prices only what the closures at them leave open is
//     solved (Gallo, Grigoriadis, Tarjan 1989), and every bound begins with the flow and the closures of the one before.
//   - decide.go keeps what has been decided, with all that follows from it, and takes it back. It
//     also decides what the bound alone decides: a node whose choice would cost more than the
//     distance between bound and best solution is out, and the other way round; and a node that no
//     longer fits beside what is in is out.
//   - penalty.go has the nodes of a group pay a penalty, so that it does not pay to choose two.
//   - greedy.go grows the lower closure and shrinks the upper one to solutions; improve.go puts in a
//     node at the expense of others, again and again.
//   - branch.go tries a few nodes both ways and branches on the one that lowers the bound most (strong
//     branching); what waits to be tried is a heap.
//   - search.go puts it together: the root, then depth first as long as that is promising, then
//     wherever the bound is highest. If the root decides most of the nodes, the rest is a
//     problem of its own.
//
// All arithmetic that a bound depends on is exact, in integers. The effort is counted in links
// looked at, not in time. Nothing is random, and recursion leads only to problems of half the size.
package knapsack
