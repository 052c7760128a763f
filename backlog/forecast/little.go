package forecast

import (
	"errors"

	"github.com/shopspring/decimal"
)

// LittleThroughput is how many items are done per unit of time by Little's law, rounded half up: the
// average number of items in progress is the average throughput times the average cycle time, all
// in one unit of time. (Little 1961.) [LittleCycleTime] and [LittleWIP] give the others.
//
// Errors: a [*field.Error] for each argument out of range.
func LittleThroughput(wip, cycleTime decimal.Decimal, places int32) (decimal.Decimal, error) {
	if err := errors.Join(amount("wip", wip), above("cycle_time", cycleTime)); err != nil {
		return decimal.Decimal{}, err
	}
	return quotient(wip, cycleTime, places), nil
}

// LittleCycleTime is how long an item takes, by Little's law: see [LittleThroughput].
func LittleCycleTime(wip, throughput decimal.Decimal, places int32) (decimal.Decimal, error) {
	if err := errors.Join(amount("wip", wip), above("throughput", throughput)); err != nil {
		return decimal.Decimal{}, err
	}
	return quotient(wip, throughput, places), nil
}

// LittleWIP is how many items are in progress, by Little's law, exactly: see [LittleThroughput].
func LittleWIP(throughput, cycleTime decimal.Decimal) (decimal.Decimal, error) {
	if err := errors.Join(amount("throughput", throughput), amount("cycle_time", cycleTime)); err != nil {
		return decimal.Decimal{}, err
	}
	return throughput.Mul(cycleTime), nil
}
