// Package prioritizetest checks that a method of prioritisation keeps the laws that package prioritize
// relies on, for the methods built in and for those of others:
//
//	func TestMyMethod(t *testing.T) {
//		prioritizetest.TestMethod(t, MyMethod{}, func(rng *rand.Rand) MyInput {
//			return MyInput{Gain: decimal.NewFromInt(rng.Int64N(100)), Days: decimal.NewFromInt(1 + rng.Int64N(20))}
//		})
//	}
//
// The laws, for random sets of inputs:
//
//   - There is one score for each input, and none is left unset: what cannot be scored has a reason.
//   - The same inputs get the same scores again, and are not changed.
//   - The order of the inputs does not matter: a permutation of them gets a permutation of the scores.
//   - Equal inputs tie.
//   - Scoring one input, where the method offers it, agrees with scoring the set.
//   - [prioritize.Rank] ranks them, each exactly once.
//   - Terms make the score: the sum of those that add, times those that multiply, divided by the sum of those
//     that divide; contributions add up to it.
//
// And for each factor that the method names, being a [prioritize.Factored]:
//
//   - What is put in is what is read again, and nothing else is changed.
//   - An input that leaves it out is not scored as if it were 0.
//   - With a Direction, moving it that way never costs the item its place before another.
//   - With Scales, measuring all items in another unit leaves the order.
//   - With LinearFractional, the score is such a function of it.
//
// Approximate, if the method has it, has to be near the exact score, too.
//
// The sets are the same on every run.
package prioritizetest
