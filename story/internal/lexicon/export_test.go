package lexicon

// NextOfAny is [Scanner.Next] without the short way for words of letters.
func (s *Scanner) NextOfAny() (Word, bool) { return s.next() }
