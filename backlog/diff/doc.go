// Package diff is how two states of a backlog differ, in the words of the domain: what was added, moved,
// accepted or dropped, and what holds something else than before.
//
//	before := b.Clone()
//	// ... changes ...
//	for _, difference := range diff.Between(before.View(), b.View()) {
//		fmt.Println(difference) // story "Pay by invoice": estimate 3 -> 5
//	}
//
// A [Difference] is data, with a JSON form, and prints as a line. [Between] finds everything: two states
// without a difference have the same snapshot.
package diff
