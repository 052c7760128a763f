// Package fault joins errors.
package fault

import "errors"

// Join returns errs as one error: nil if all of them are nil, an error that is the only one as it is, and
// several joined by [errors.Join]. So the dynamic type of a lone error is its own.
func Join(errs ...error) error {
	var only error
	for _, err := range errs {
		switch {
		case err == nil:
		case only != nil:
			return errors.Join(errs...)
		default:
			only = err
		}
	}
	return only
}
