package lexicon

// Lists of the terms that callers look for as phrases. A phrase is words in lower case with single
// spaces. Each is understood by [TermOf] and the readers of markers too: a test compares them.

// Articles returns the words that stand before a thing.
func Articles() []string { return []string{"a", "an", "the"} }

// Conjunctions returns the words that go on with a list.
func Conjunctions() []string { return []string{"and", "or", "and/or", "&"} }

// Wants returns phrases that announce a goal.
func Wants() []string {
	return []string{
		"i want", "i can", "i need", "i would like", "i'd like", "i am able to", "i'm able to",
		"i wish", "i could", "i must be able to", "i should be able to",
	}
}

// Reasons returns phrases that announce a benefit.
func Reasons() []string {
	return []string{
		"so that", "in order to", "so as to", "so i", "so we", "so you", "so he", "so she", "so it", "so they",
		"so the", "so my", "so our", "so their", "so users", "so people",
	}
}
