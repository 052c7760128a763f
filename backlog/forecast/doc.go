// Package forecast computes when work will be done and how much will be, from what was done before.
//
// A [History] holds what was done in each period of the past, oldest first: items, or points. From it
// comes a distribution of the amount done in any number of periods to come, which has learnt from
// its own past forecasts how far they hold ([Calibrated]):
//
//	h := forecast.Items(weeks...)                      // done in each week of the past
//	c, err := forecast.When(h, forecast.ItemScope(40)) // 40 items are open
//	weeks, ok := c.Percentile(.85)                     // done within so many weeks, with 85 %
//	out, err := forecast.HowMany(h, 6)                 // the next six weeks
//	items, ok := out.Percentile(.85)                   // at least so many, with 85 %
//	fmt.Println(c.Calibration)                         // 85 % held 86 % of 104 forecasts
//
// More confidence means more periods, and fewer items.
//
// # Questions
//
//   - [When], [HowMany]: how many periods for this scope, how much in so many periods.
//     A [Scope] may be uncertain: low, likely, high. [Calibrate] once to ask often.
//   - [Calibrated.Record]: how often would such forecasts have held in the past, and how close were they?
//     [Outcomes], [KeptPromises]: what became of forecasts that were given and kept?
//   - [CompareMeasures]: do counts, points or cycle times forecast better here, or is there no difference to be seen?
//   - [CalibrateOptions], [History.Resized]: what of a change of the way of working, the seasons of the year, a team that
//     grew or shrank?
//   - [WhenSimple], [HowManySimple]: the same under the simple model, in which each period to come does as
//     much as one drawn from the past. [WhenGrowing]: for a scope that grows while it is worked on.
//   - [Plan]: when is each of several features done by several teams that work on some of them at once, if features
//     need one another? What if a team is cut, a feature is dropped or moved: [ComparePlans]. What must leave
//     so that a date holds: [Plan.Cuts]. Where teams wait for each other: [Plan.Simulate].
//   - [Together], [Pool]: what do teams do that share one backlog? [ScopeLike]: how large is a feature that is not
//     broken down to its end?
//   - [Schedule]: which dates are these periods, by a [flow.Calendar] of working days, and how many are there up to one?
//   - [Simulate]: seeded Monte Carlo, for models that cannot be convolved.
//   - [History.Backtest]: how often would forecasts of the simple model have held in the past?
//   - [Velocity], [History.Statistics], [FillSprints], [StartCapacity], [FocusFactor]: the arithmetic of
//     sprints.
//   - [EstimateTasks]: three-point estimates.
//
// # Exactness
//
// Points and items are decimals, and what is added, averaged or filled is exact until it is rounded
// once, half up, at the places the caller names. Probabilities are floating-point numbers, rounded to
// four decimal places where they are calibrated. Those of the simple model come from convolution, without
// sampling: they are rounded to 10 places, with an error before that of less than 2e-12, so that a
// probability compares equal to the confidence that it is (17 of 20 periods is 85 %). Products are
// never fused with sums, so every platform gives the same.
//
// # Cost
//
// A calibrated forecast of 1,000 items and its record, in processor time of one core of an AMD EPYC, by
// go test ./backlog/forecast -run '^$' -bench Calibrate:
//
//	periods of history     75   150   300   600   1200
//	milliseconds          1.8   5.2    12    25     51
//	microseconds a period  24    35    39    41     42
//
// The first 30 periods have no record. Where the cost of a call grows faster than its input, its comment states how.
//
// # What it rests on
//
// A forecast is as good as its assumption that the past goes on. The simple model takes it to go on
// period by period and without memory; work that comes in bursts or drifts breaks that, and it
// promises too much. Package flow counts the items of a backlog, or of a tracker, into a history.
package forecast
