package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/knapsack"
)

// OmitReason is why [Select] left a request out. The zero value is none.
type OmitReason uint8

// The reasons, the first that holds.
const (
	// DoesNotFit: beside the musts, the items of the request alone cost more than the capacity.
	DoesNotFit OmitReason = iota + 1
	// Excluded: a request is in that excludes it.
	Excluded
	// Displaced: it is worth less than what would have to make room for it, or nothing better
	// has been found where the selection is not proven the best.
	Displaced
)

// String returns "does_not_fit", "excluded" or "displaced", the text in JSON too.
func (r OmitReason) String() string {
	switch r {
	case DoesNotFit:
		return "does_not_fit"
	case Excluded:
		return "excluded"
	case Displaced:
		return "displaced"
	default:
		return fmt.Sprintf("OmitReason(%d)", uint8(r))
	}
}

// MarshalText returns the text of r. A reason that is none is an [prioritize.ErrInvalid].
func (r OmitReason) MarshalText() ([]byte, error) {
	if r < DoesNotFit || r > Displaced {
		return nil, &prioritize.FieldError{Field: "reason", Value: r.String(), Want: omitReasons}
	}
	return []byte(r.String()), nil
}

const omitReasons = "does_not_fit, excluded or displaced"

// UnmarshalText takes what MarshalText returns; anything else is an [prioritize.ErrInvalid].
func (r *OmitReason) UnmarshalText(text []byte) error {
	for known := DoesNotFit; known <= Displaced; known++ {
		if known.String() == string(text) {
			*r = known
			return nil
		}
	}
	return &prioritize.FieldError{Field: "reason", Value: string(text), Want: omitReasons}
}

// OmittedRequest is a request that is not in a [Selection], and why.
type OmittedRequest[R comparable] struct {
	Request R               `json:"request"`
	Reason  OmitReason      `json:"reason"`
	Value   decimal.Decimal `json:"value"` // of the request
	// Cost is what its items would cost that are not in already; where it does not fit, what they
	// cost beside the musts. Where very much is needed by many it may be less than that.
	Cost decimal.Decimal `json:"cost"`
	// Room is the capacity that is left for that: beside the selection, or beside the musts.
	Room decimal.Decimal `json:"room"`
	// ExcludedBy is who is in of those that exclude it, in the order of the input.
	ExcludedBy []R `json:"excluded_by,omitzero"`
}

// String returns it in words: `"Export" is worth 5 and needs 12 more, only 3 left: less than what it would
// displace`.
func (l OmittedRequest[R]) String() string {
	key := fmt.Sprint(l.Request)
	switch l.Reason {
	case DoesNotFit:
		return fmt.Sprintf("%q needs %s, only %s available: it does not fit", key, l.Cost, l.Room)
	case Excluded:
		by := make([]string, len(l.ExcludedBy))
		for i, other := range l.ExcludedBy {
			by[i] = fmt.Sprintf("%q", fmt.Sprint(other))
		}
		return fmt.Sprintf("%q is excluded by %s", key, strings.Join(by, ", "))
	case Displaced:
		return fmt.Sprintf("%q is worth %s and needs %s more, only %s left: less than what it"+
			" would displace", key, l.Value, l.Cost, l.Room)
	default:
		return fmt.Sprintf("%q: %s", key, l.Reason)
	}
}

// leftOuts holds what is needed to explain why requests are left out.
type leftOuts[R, K comparable] struct {
	in       *selectInput
	requests []Request[R, K]
	chosen   []bool
	alone    []int64 // by node: what it costs beside the musts
	more     []int64 // by node: what it costs beside the selection
	most     int64   // of the capacity, that the musts leave
	room     int64   // that the selection leaves
	rivals   map[int32][]int32
}

func newLeftOuts[R, K comparable](
	in *selectInput, requests []Request[R, K], result knapsack.Result,
) *leftOuts[R, K] {
	p := &in.problem
	musts, cost := p.Close(p.Forced)
	l := &leftOuts[R, K]{
		in: in, requests: requests, chosen: result.Chosen,
		alone: p.Beyond(musts), more: p.Beyond(result.Chosen),
		most: p.Capacity - cost, room: p.Capacity - result.Cost,
		rivals: map[int32][]int32{},
	}
	for _, group := range p.Groups {
		for _, v := range group {
			for _, u := range group {
				if !result.Chosen[v] && result.Chosen[u] {
					l.rivals[v] = append(l.rivals[v], u)
				}
			}
		}
	}
	return l
}

// of returns why request i is left out.
func (l *leftOuts[R, K]) of(i int) OmittedRequest[R] {
	v := int32(l.in.items + i)
	out := OmittedRequest[R]{
		Request: l.requests[i].Key, Value: l.requests[i].Value, Reason: Displaced,
		Cost: l.in.cost(l.more[v]), Room: l.in.cost(l.room),
	}
	if l.alone[v] > l.most {
		out.Reason = DoesNotFit
		out.Cost, out.Room = l.in.cost(l.alone[v]), l.in.cost(l.most)
	} else if rivals := l.rivals[v]; len(rivals) > 0 {
		out.Reason = Excluded
		slices.Sort(rivals)
		for _, u := range slices.Compact(rivals) {
			out.ExcludedBy = append(out.ExcludedBy, l.requests[int(u)-l.in.items].Key)
		}
	}
	return out
}
