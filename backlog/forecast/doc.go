// Package forecast computes when work will be done and how much will be, from what was done before.
//
// A [History] holds what was done in each period of the past: items, or points. The model is the one
// of throughput forecasting: each coming period does as much as one drawn from the history. Other
// tools draw ten thousand times and count (Monte Carlo). Here the history is convolved with
// itself, so the answer is the distribution that those draws approach, without sampling error,
// and in less time than they take:
//
//	h := forecast.Items(1, 3, 5, 3, 7, 8, 0, 5)        // done in each of the last eight weeks
//	c, err := forecast.When(h, forecast.ItemScope(40)) // 40 items are open
//	weeks, ok := c.Percentile(.85)                     // done within so many weeks, with 85 %
//	out, err := forecast.HowMany(h, 6)                 // the next six weeks
//	items, ok := out.Percentile(.85)                   // at least so many, with 85 %
//
// More confidence means more periods, and fewer items.
//
// # Questions
//
//   - [When], [HowMany]: how many periods for this scope, how much in so many periods.
//     A [Scope] may be uncertain: low, likely, high.
//   - [WhenGrowing]: how many periods for a scope that grows while it is worked on?
//   - [Plan]: when is each of several features done by several teams? What if a team is cut, a feature
//     is dropped or moved: [ComparePlans]. Teams that share one backlog: [Pool].
//   - [Schedule]: which dates are these periods, by a [flow.Calendar] of working days?
//   - [Simulate]: seeded Monte Carlo, for models that cannot be convolved.
//   - [History.Backtest]: how often would such forecasts have held in the past?
//   - [Velocity], [History.Statistics], [FillSprints], [StartCapacity], [FocusFactor]: the arithmetic of
//     sprints.
//   - [EstimateTasks]: three-point estimates.
//
// # Exactness
//
// Points and items are decimals, and what is added, averaged or filled is exact until it is rounded
// once, half up, at the places the caller names. Probabilities are floating-point numbers rounded
// to 10 decimal places, with an error before that of less than 2e-12; products are never fused
// with sums, so every platform gives the same. A probability compares equal to the confidence that it
// is: 17 of 20 periods is 85 %.
//
// A forecast is as good as its assumption that the past goes on, period by period and without memory.
// Work that comes in bursts breaks it; a backtest shows by how much. Package flow counts the items of a
// backlog, or of a tracker, into a history.
package forecast
