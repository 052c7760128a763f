// Command sequence puts items that need each other into the order in which the least value is lost.
//
//	sequence [-format table|json] [-steps N] [-strict] FILE
//
// The cost of an order is the sum of cost of delay x completion time over all items; see
// [plan.Sequence] for how it is kept low, and for the bound that says how low it can be at all.
//
// FILE is comma-separated. Its first line names the columns, in any order and letter case:
//
//	id             of the item: a word of its own, without spaces
//	size           how long the item takes, a number >= 0
//	cost_of_delay  for each unit of time until the item is done, a number >= 0
//	needs          the ids of the items that have to be done before, with spaces between; or blank
//
// Other names that people give these columns will do, such as "Job size" and "Depends on". Columns that are none
// of them are passed over, and so are needs of what is not in the file, with a line for each on standard
// error; with -strict that is bad input.
//
// With -steps the search, where there is need of one, looks at N sets of items at most: 0 is no search,
// and 1,000,000 the default. The order without search is valid, and its bound holds.
//
// # Output
//
// The table is for people. It says of each item that is not where its own ratio of cost of delay to size
// would put it why that is so. The JSON is a contract:
//
//	{"cost": 19403, "lower_bound": 19403, "proven": true, "ready_queue_cost": 20222,
//	 "order": ["7", "1", "3"]}
//
// where the numbers have all their digits, no order costs less than lower_bound, proven means that it is
// equal to cost, ready_queue_cost is what it would cost to always take, of what is ready, the item of
// highest ratio, and order holds the ids.
//
// # Progress and errors
//
// Work that takes more than a second is mentioned on standard error every second. The exit status is 0 on
// success, 1 when the output cannot be written, and 2 on bad input or usage. Then nothing is on standard
// output, and on standard error there is a line for each problem,
//
//	FILE:LINE:COLUMN: what is wrong, want what was expected
//
// Lines and columns count from 1, columns in bytes; a byte order mark is not counted. The column is where
// the cell starts. What concerns the file as a whole is reported at 1:1.
package main

import (
	"os"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, time.Second)) }
