package orderkey

import (
	"errors"
	"fmt"
	"strings"
)

// Errors that a caller can branch on with [errors.Is].
var (
	// ErrInvalid is the class of [KeyError]: a string that is no key.
	ErrInvalid = errors.New("orderkey: invalid key")
	// ErrOrder is the class of [OrderError]: two keys that do not ascend.
	ErrOrder = errors.New("orderkey: keys out of order")
	// ErrNoRoom is returned when a new key would be longer than [MaxLength]: see [Rebalance].
	ErrNoRoom = errors.New("orderkey: no room")
	// ErrRange is returned for a count or a position outside its range.
	ErrRange = errors.New("orderkey: out of range")
)

// KeyError is the error for a string that is no key. It is an [ErrInvalid].
type KeyError struct {
	Key  string
	Want string // what would have been right
}

// Error returns a message such as `orderkey: key "a-b": want only 0-9, A-Z, a-z`. A long key is cut.
func (e *KeyError) Error() string {
	return fmt.Sprintf("orderkey: key %q: want %s", cut(e.Key), e.Want)
}

// Is reports whether target is [ErrInvalid].
func (e *KeyError) Is(target error) bool { return target == ErrInvalid }

// OrderError is the error for two keys of which the first is not less than the second.
// It is an [ErrOrder].
type OrderError struct {
	Before, After string
}

// Error returns a message such as `orderkey: key "V" is not less than "N"`.
func (e *OrderError) Error() string {
	return fmt.Sprintf("orderkey: key %q is not less than %q", cut(e.Before), cut(e.After))
}

// Is reports whether target is [ErrOrder].
func (e *OrderError) Is(target error) bool { return target == ErrOrder }

// IndexError is an error about one key of a list. It unwraps to a [*KeyError] or an [*OrderError].
type IndexError struct {
	Index int // position in the list, from 0
	Err   error
}

// Error returns a message such as `orderkey: at 3: key "V" is not less than "N"`.
func (e *IndexError) Error() string {
	return fmt.Sprintf("orderkey: at %d: %s", e.Index, strings.TrimPrefix(e.Err.Error(), "orderkey: "))
}

// Unwrap returns the error of the key.
func (e *IndexError) Unwrap() error { return e.Err }

// cut keeps a message readable when somebody passes a megabyte as a key.
func cut(key string) string {
	if len(key) > MaxLength {
		return key[:MaxLength] + "..."
	}
	return key
}
