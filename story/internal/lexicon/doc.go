// Package lexicon is what the packages of story share about the languages of user stories: the words of each
// ([Language]), what a word may do in the sentence ([Term], [Class]), the words that announce a benefit
// ([ReasonMarker]) and a condition ([ClauseMarker]), the sentence in its canonical form ([Language.Sentence]), and
// which language a text is in ([Detect]).
//
// A language is one table in one file: a word that shall announce a part, or shall not, is added there.
package lexicon
