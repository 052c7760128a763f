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

var kanoAnswers = words{"like", "must-be", "neutral", "live-with", "dislike"}

// String returns "like", "must-be", "neutral", "live-with" or "dislike".
func (a KanoAnswer) String() string { return kanoAnswers.of("KanoAnswer", uint8(a)) }

// ParseKanoAnswer reads the text form of an answer. Letter case does not matter, nor whether words
// are joined by "-", "_" or a space; "expect" is the same as "must-be", and "tolerate" as
// "live-with". Anything else is a [*FieldError].
func ParseKanoAnswer(s string) (KanoAnswer, error) {
	switch plainWord(s) {
	case "expect":
		return Expect, nil
	case "tolerate":
		return LiveWith, nil
	}
	answer, err := kanoAnswers.parse("answer", s)
	return KanoAnswer(answer), err
}

// MarshalText writes the text form; an invalid answer is a [*FieldError].
func (a KanoAnswer) MarshalText() ([]byte, error) {
	return kanoAnswers.marshal("answer", "KanoAnswer", uint8(a))
}

// UnmarshalText reads what [ParseKanoAnswer] reads.
func (a *KanoAnswer) UnmarshalText(text []byte) error {
	parsed, err := ParseKanoAnswer(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}

func (a KanoAnswer) isValid() bool { return a >= Like && a <= Dislike }

func (a KanoAnswer) check(field string) *FieldError {
	return kanoAnswers.check(field, "KanoAnswer", uint8(a))
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

var kanoClasses = words{
	"must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable",
}

// String returns "must-be", "one-dimensional", "attractive", "indifferent", "reverse" or
// "questionable".
func (c KanoClass) String() string { return kanoClasses.of("KanoClass", uint8(c)) }

// ParseKanoClass reads the text form of a class, its letter (M, O, A, I, R or Q), or one of the
// names in use for one-dimensional (performance, linear, L) and attractive (exciter, delighter, E).
// Letter case does not matter. Anything else is a [*FieldError].
func ParseKanoClass(s string) (KanoClass, error) {
	switch plainWord(s) {
	case "m":
		return KanoMustBe, nil
	case "performance", "linear", "o", "l":
		return KanoOneDimensional, nil
	case "exciter", "delighter", "a", "e":
		return KanoAttractive, nil
	case "i":
		return KanoIndifferent, nil
	case "r":
		return KanoReverse, nil
	case "q":
		return KanoQuestionable, nil
	}
	class, err := kanoClasses.parse("class", s)
	return KanoClass(class), err
}

// MarshalText writes the text form; an invalid class is a [*FieldError].
func (c KanoClass) MarshalText() ([]byte, error) {
	return kanoClasses.marshal("class", "KanoClass", uint8(c))
}

// UnmarshalText reads what [ParseKanoClass] reads.
func (c *KanoClass) UnmarshalText(text []byte) error {
	parsed, err := ParseKanoClass(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
