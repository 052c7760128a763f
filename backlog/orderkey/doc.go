// Package orderkey makes order keys: short strings that sort bytewise, for hosts that keep the
// items of a backlog as rows of a database and want to move one row without renumbering the rest.
//
//	first, _ := orderkey.Between("", "")          // the only item
//	last, _ := orderkey.Between(first, "")        // "" is the open end of the list
//	middle, _ := orderkey.Between(first, last)    // first < middle < last, as strings
//	many, _ := orderkey.Spread(first, middle, 20) // twenty at once, evenly
//
// A key is made of the characters 0-9, A-Z and a-z and is at most [MaxLength] long. Compare keys
// as bytes: with < in Go, with a binary collation in a database (COLLATE "C" in PostgreSQL,
// utf8mb4_bin in MySQL); a collation that ignores case would scramble them.
//
// [Reorder] returns the fewest new keys for a list whose order is another, [FromForeign] keys in the order of
// those of another tracker.
//
// # How a key is built
//
// A key is a path of whole numbers, compared number by number, a prefix first. Numbers from -25
// to 24 take one character, larger ones begin with their length, so appending at either end of the
// list, or again and again on one side of one item, counts up or down and costs characters like
// the logarithm of the number of inserts. Neighbours are 16 apart when there is a choice, and closer where
// that keeps them as short; between two numbers next to each other the path goes one number deeper.
//
// # Growth
//
// For n inserts at one place, beyond the longer of the two keys there:
//
//   - on one side (each before, or each after, the one inserted last): at most 2 + one number of
//     the size 16n; 6 characters for n = 100,000.
//   - between the last two inserted: one character for every six inserts.
//   - in the worst order: one character for every five. No scheme of 62 characters gets beyond log2(62) =
//     5.95 in its worst order, and whole halvings of one character beyond five: six need 2^6 - 1 = 63
//     characters. Here 12 of the 62 are the lengths of numbers, which make one-sided inserts cheap; the
//     other 50 are enough for five, 2^5 - 1 = 31.
//
// After 320 inserts at the least, some 380 between the last two, [Between] returns [ErrNoRoom], and
// [Rebalance] gives new keys to the few items around; over 100,000 inserts between the last two that is about
// five rewritten keys for each.
//
// Everything here is a function of its arguments; equal arguments give equal keys. Two writers
// who insert at the same place at the same time therefore get the same key: let the database
// refuse the second by a unique index, and ask again.
package orderkey
