// Package flow is what the past of a backlog looks like as a flow of items: when each came, was begun
// and was done, in which states it was, and what follows from that.
//
// An [Item] holds the three instants, a [StateHistory] the states and when an item was in each. They come
// from the events of a backlog, or from the dates that another tracker keeps:
//
//	items, err := flow.FromEvents(options, events)
//	past, err := flow.PastFromEvents(options, events)
//
//	berlin := flow.WorkTime{Location: loc, Working: flow.Weekdays(holidays...)} // what counts as time
//	times, err := past.TimeInState(berlin, now)                   // where work waits
//	service, err := flow.ServiceLevel(items, .85, berlin, now)    // 85 % within so many days, and how often that held
//	weeks, err := flow.Throughput(v, flow.Weeks(loc), now)        // done in each whole week that ended by now
//	c, err := forecast.When(weeks, scope)                         // when the rest will be done
//
// The questions:
//
//   - [Item.CycleTime], [Item.LeadTime], [CycleTimes], [PercentileOf]: how long do things take?
//   - [ServiceLevel]: what can be expected of the next one, and how often did that hold?
//   - [Past.TimeInState], [Bottleneck], [Past.FlowEfficiency]: where does the time go, and how much of it is
//     waiting?
//   - [Blocks], [Past.BlockedTime]: how long was work held up, and by what?
//   - [Past.Queue]: what waits in a state, such as for the product owner's acceptance, and since when?
//   - [Past.Aging], [Item.Age]: what is in progress for longer than it should be?
//   - [CumulativeFlow], [Past.StateFlow], [StateFlow.Load]: how much waits, is in progress, is done?
//   - [Throughput], [Velocities]: how much is done in a period, or a sprint?
//   - [Rates]: does more come than goes?
//   - [BurnUp], [BurnDay.Left]: how did a sprint go?
//   - [LittleThroughput], [LittleCycleTime], [LittleWIP], [CheckLittle]: how do these hang together, and do
//     they here?
//
// Everything is exact: whole seconds where time is added up, whole days where it is compared. Only the
// working days of a [WorkTime] count, in its time zone.
package flow
