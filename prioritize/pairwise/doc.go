// Package pairwise scores items by comparisons of two at a time.
//
//   - How many times as good is one as the other, by the judgement of experts? [AHP] weighs criteria and
//     alternatives, and reports how consistent the judgements are.
//   - Which of two won, in contests in any order? [BradleyTerry] returns the most likely strengths.
//   - Which of two won, in contests one after the other? [Elo] returns ratings that follow a change of form.
//
// All three are methods of package prioritize with names as inputs: the data is about pairs of items, and is
// kept in the method. [PairCount] returns how many comparisons a full round takes.
//
// Weights, strengths and expected scores come from iterations in floats, are rounded once to a stated
// precision, and are exact decimals from there on.
package pairwise
