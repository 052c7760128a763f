// Package delay has cost of delay as a curve: what finishing an item late costs, where that is not the same every day.
//
// A [Profile] is such a curve: a fixed date ([After]), a season ([Peak]), a steady loss ([Steady]), or any corners. [CD3]
// ranks items by it, and [OrderCost] compares orders, since no score finds the best order for every curve.
//
//	audit := delay.After(decimal.NewFromInt(8), decimal.NewFromInt(50)) // nothing until day 8, then 50 a day
package delay
