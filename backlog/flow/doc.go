// Package flow is what the past of a backlog looks like as a flow of items: when each came, was begun
// and was done, and what follows from that.
//
// An [Item] holds the three instants. They come from the events of a backlog, or from the dates that
// another tracker keeps:
//
//	items, err := flow.FromEvents(options, events)
//	days, ok := items[0].CycleTime()                              // from begun to done
//	picture, err := flow.CumulativeFlow(items, first, last)       // waiting, in progress, done, day by day
//	weeks, err := flow.Throughput(v, flow.Weeks(berlin), now)     // done in each whole week that ended by now
//	c, err := forecast.When(weeks, scope)                         // when the rest will be done
//
// The questions:
//
//   - [Item.CycleTime], [Item.LeadTime], [Item.Age], [PercentileOf]: how long do things take?
//   - [CumulativeFlow]: how much waits, is in progress, is done?
//   - [Throughput], [Velocities]: how much is done in a period, or a sprint?
//   - [Rates]: does more come than goes?
//   - [BurnUp], [BurnDay.Left]: how did a sprint go?
//   - [LittleThroughput], [LittleCycleTime], [LittleWIP]: how do these hang together?
//
// Everything is counted in whole days, by a [Calendar] where only working days count, and exact.
package flow
