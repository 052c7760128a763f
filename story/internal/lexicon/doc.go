// Package lexicon is what the packages of story share about the English of a user story: its words
// ([Scanner]), what each may do in the sentence ([Term]), the words that announce a benefit
// ([ReasonMarker]), and the sentence in its canonical form ([Sentence]).
//
// The terms of a word stand in one table, [TermOf]: a word that shall announce a part, or shall not,
// is added there.
package lexicon
