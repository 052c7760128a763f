// Command nextrelease chooses the requests that a release should fulfil: those of greatest total value
// whose items, and all that those need, fit the budget.
//
//	nextrelease (-ratio R | -budget N) [-format table|json] [-steps N] FILE
//
// The budget is N, a number >= 0, or R, a number from 0 to 1, times what all items cost together, exactly,
// rounded down to a whole number. See [plan.Select] for how the requests are chosen, and for the
// bound that says how much value there can be at all.
//
// FILE holds numbers with spaces between, as in the instances of the next release problem by Xuan, Jiang,
// Ren and Luo (2012). Blank lines are skipped. The lines are, in this order:
//
//	L           how many levels of items there are; then for each level
//	  N           how many items it has, and, unless 0,
//	  C C C ...   the cost of each, >= 0, on one line
//	D           how many dependencies there are; then for each
//	  A B         item A has to be there for item B
//	M           how many requests there are, each of a customer; then for each
//	  V N I I ... its value, >= 0, how many items it is for, and these items
//
// Items are numbered through all levels, from 1, and so are the requests, in the order of the file. Costs
// and values may have decimals, all others are whole numbers.
//
// With -steps the search, where there is need of one, takes N steps at most, some tens of thousands of them
// a second: 0 is no search, and 200,000 the default. What is chosen without search is valid, and its
// bound holds.
//
// # Output
//
// The table is for people. The JSON is a contract:
//
//	{"value": 1204, "upper_bound": 1204, "proven": true, "cost": 257, "budget": 257,
//	 "requests": [1, 5, 6]}
//
// where the numbers have all their digits, no choice has a value above upper_bound, proven means that it is
// equal to value, and requests holds the numbers of those chosen.
//
// # Progress and errors
//
// Work that takes more than a second is mentioned on standard error every second. The exit status is 0 on
// success, 1 when the output cannot be written, and 2 on bad input or usage. Then nothing is on standard
// output, and on standard error there is a line for each problem,
//
//	FILE:LINE:COLUMN: what is wrong, want what was expected
//
// Lines and columns count from 1, columns in bytes; a byte order mark is not counted. What concerns the
// file as a whole is reported at 1:1. Where a line that says how many lines follow cannot be understood,
// nothing after it can; where a level does not have as many items as announced, the numbers of items are in
// doubt and not checked.
package main

import (
	"os"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, time.Second)) }
