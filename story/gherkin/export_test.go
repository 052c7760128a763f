package gherkin

// Short ways of looking at a text, for their tests.
var (
	Printable      = printable
	FirstInvisible = firstInvisible
	InterfaceWord  = interfaceWord
	InterfaceWords = interfaceWords
	IsInvisible    = isInvisible
)
