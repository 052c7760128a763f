// Package field is the one vocabulary for what is wrong with a value.
//
// A value that no rule allows is an [*Error]: the package that found it, the path to the field, what
// it holds, and what would be right. Every Error is an [ErrInvalid], whichever package made it.
//
//	err := s.Validate()                     // story: title is "", want 1 to 500 bytes of text on one line
//	errors.Is(err, field.ErrInvalid)        // true
//	for problem := range field.All(err) {   // each of them, however they are joined or wrapped
//		fmt.Println(problem.Field, problem.Want)
//	}
//
// An Error has a JSON form, and so has a slice of them: {"package":"story","field":"title", ...}.
//
// To report bad values of your own, make an Error with [New], or use one of the checks: [CheckTitle],
// [CheckText], [CheckReason], [CheckNumber], [CheckID] and [CheckList]. [Within] puts the path of an
// outer value before the paths of the errors of an inner one, and [Join] makes one error of several. New keeps what it quotes short, so an
// error about a large value is not large.
//
// [Severity] grades what is allowed but could be better, and [Enum] is the text form that all
// enumerations of this module share.
package field
