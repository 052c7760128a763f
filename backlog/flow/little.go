package flow

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// LittleThroughput returns wip / cycleTime, rounded half up to places: how many items are done per unit
// of time by Little's law, which is that the average number of items in progress is the average
// throughput times the average cycle time, all in one unit of time. (Little, A Proof for the Queuing
// Formula L = λW, 1961.) [LittleCycleTime] and [LittleWIP] return the others.
//
// Errors: a [*field.Error] unless wip >= 0 and cycleTime > 0.
func LittleThroughput(wip, cycleTime decimal.Decimal, places int32) (decimal.Decimal, error) {
	if err := field.Join(exact.CheckAmount("flow", "wip", wip), exact.CheckPositive("flow", "cycle_time", cycleTime)); err != nil {
		return decimal.Decimal{}, err
	}
	return exact.Quotient(wip, cycleTime, places), nil
}

// LittleCycleTime returns wip / throughput, rounded half up to places: how long an item takes by Little's
// law, see [LittleThroughput]. Errors: a [*field.Error] unless wip >= 0 and throughput > 0.
func LittleCycleTime(wip, throughput decimal.Decimal, places int32) (decimal.Decimal, error) {
	if err := field.Join(exact.CheckAmount("flow", "wip", wip), exact.CheckPositive("flow", "throughput", throughput)); err != nil {
		return decimal.Decimal{}, err
	}
	return exact.Quotient(wip, throughput, places), nil
}

// LittleWIP returns throughput * cycleTime, exactly: how many items are in progress by Little's law, see
// [LittleThroughput]. Errors: a [*field.Error] for each argument below 0.
func LittleWIP(throughput, cycleTime decimal.Decimal) (decimal.Decimal, error) {
	if err := field.Join(exact.CheckAmount("flow", "throughput", throughput), exact.CheckAmount("flow", "cycle_time", cycleTime)); err != nil {
		return decimal.Decimal{}, err
	}
	return throughput.Mul(cycleTime), nil
}
