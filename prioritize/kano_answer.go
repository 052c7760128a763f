package prioritize

// KanoAnswer is one of the five answers to "how do you feel if the product has it?", the functional
// question, and to "... if it does not have it?", the dysfunctional one.
type KanoAnswer uint8

// The answers. The zero value is "not answered" and invalid.
const (
	Like KanoAnswer = iota + 1
	Expect
	Neutral
	LiveWith
	Dislike
)

var kanoAnswers = &enum[KanoAnswer]{
	kind: "KanoAnswer", field: "answer", texts: []string{"like", "must-be", "neutral", "live-with", "dislike"},
	also: map[string]KanoAnswer{"expect": Expect, "tolerate": LiveWith},
}

// String returns "like", "must-be", "neutral", "live-with" or "dislike".
func (a KanoAnswer) String() string { return kanoAnswers.text(a) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (a KanoAnswer) MarshalText() ([]byte, error) { return kanoAnswers.marshal(a) }

// UnmarshalText reads the text form, "expect" for "must-be" or "tolerate" for "live-with", in any
// letter case, with words joined by "-", "_" or a space. Anything else is a [*FieldError].
func (a *KanoAnswer) UnmarshalText(text []byte) error { return kanoAnswers.unmarshal(text, a) }

func (a KanoAnswer) isValid() bool { return a >= Like && a <= Dislike }

func (a KanoAnswer) check(field string) *FieldError {
	return kanoAnswers.check(field, a)
}

// KanoResponse is what one person answered about one feature.
type KanoResponse struct {
	Functional    KanoAnswer `json:"functional"`    // if the product has it
	Dysfunctional KanoAnswer `json:"dysfunctional"` // if it does not have it
}

// kanoTable classifies a response: the row is the functional answer, the column the dysfunctional.
var kanoTable = [...][5]KanoClass{
	{KanoQuestionable, KanoAttractive, KanoAttractive, KanoAttractive, KanoOneDimensional},
	{KanoReverse, KanoIndifferent, KanoIndifferent, KanoIndifferent, KanoMustBe},
	{KanoReverse, KanoIndifferent, KanoIndifferent, KanoIndifferent, KanoMustBe},
	{KanoReverse, KanoIndifferent, KanoIndifferent, KanoIndifferent, KanoMustBe},
	{KanoReverse, KanoReverse, KanoReverse, KanoReverse, KanoQuestionable},
}

// Class returns how the evaluation table classifies the response, or false when an answer is
// missing.
func (r KanoResponse) Class() (KanoClass, bool) {
	if !r.Functional.isValid() || !r.Dysfunctional.isValid() {
		return 0, false
	}
	return kanoTable[r.Functional-Like][r.Dysfunctional-Like], true
}

// KanoClass is what a feature is to the people who were asked.
type KanoClass uint8

// The classes, in the order that decides ties.
const (
	KanoMustBe         KanoClass = iota + 1 // its absence annoys, its presence is taken for granted
	KanoOneDimensional                      // the more the better; also "performance" or "linear"
	KanoAttractive                          // its presence delights, nobody misses it; "exciter"
	KanoIndifferent                         // nobody minds
	KanoReverse                             // people would rather not have it
	KanoQuestionable                        // the answers contradict each other
)

var kanoClasses = &enum[KanoClass]{
	kind: "KanoClass", field: "class", texts: []string{
		"must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable",
	},
	also: map[string]KanoClass{
		"m": KanoMustBe, "o": KanoOneDimensional, "a": KanoAttractive,
		"i": KanoIndifferent, "r": KanoReverse, "q": KanoQuestionable,
		"performance": KanoOneDimensional, "linear": KanoOneDimensional, "l": KanoOneDimensional,
		"exciter": KanoAttractive, "delighter": KanoAttractive, "e": KanoAttractive,
	},
}

// String returns "must-be", "one-dimensional", "attractive", "indifferent", "reverse" or
// "questionable".
func (c KanoClass) String() string { return kanoClasses.text(c) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (c KanoClass) MarshalText() ([]byte, error) { return kanoClasses.marshal(c) }

// UnmarshalText reads the text form of a class, its letter (M, O, A, I, R or Q), or one of the names in use for
// one-dimensional (performance, linear, L) and attractive (exciter, delighter, E), in any letter case.
// Anything else is a [*FieldError].
func (c *KanoClass) UnmarshalText(text []byte) error { return kanoClasses.unmarshal(text, c) }
