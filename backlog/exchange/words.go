package exchange

import "strings"

// words maps folded words to what they mean.
type words[T any] map[string]T

// add adds words that are separated by spaces; a hyphen stands for a space within one. What a word meant before
// stays.
func (w words[T]) add(meaning T, list string) words[T] {
	for word := range strings.FieldsSeq(list) {
		word = fold(word)
		if _, taken := w[word]; !taken {
			w[word] = meaning
		}
	}
	return w
}
