// Package plan makes plans of scores: what to do in which order, and what to take into a sprint, a release or a
// timebox of limited capacity.
//
//   - In which order is the least value lost, where items need each other? [Sequence].
//   - Which requests are worth most within a capacity, where requests share items? [Select].
//   - What does each of several sprints hold? [Split] cuts an order; promises stay unless they may move.
//   - What does each of several releases hold? [SelectReleases].
//   - What fits into a timebox by MoSCoW category, and what is dropped first? [FillTimebox].
//
// Sequence and Select return the best plan they find and a bound on how much better a plan can be; for most
// inputs the two are equal, and the plan is proven the best. Searches are bounded by a count of steps, never by
// a clock, so that the same input gives the same plan everywhere. Amounts are exact decimals.
//
// An error names everything that is wrong with the input: bad values are [prioritize.FieldError] values, in
// a [prioritize.ItemError] or a [RequestError] where they belong to one.
package plan
