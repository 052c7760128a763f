package host

import (
	"errors"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story/field"
)

// Problem is what an HTTP API answers with where an error stands against a request: the problem details of
// RFC 9457, as application/problem+json, with what the backlog has to say of it. A host that has more to say
// embeds it.
type Problem struct {
	Type   string `json:"type"`   // one of those that [ProblemOf] lists; a host puts an address before it
	Title  string `json:"title"`  // the same for all problems of a type
	Status int    `json:"status"` // of HTTP
	Detail string `json:"detail"` // the text of the error

	Index  *int           `json:"index,omitempty"`  // of the change that is refused, in a batch, from 0
	Kind   string         `json:"kind,omitzero"`    // of the change
	Rule   string         `json:"rule,omitzero"`    // that refused it
	Reason string         `json:"reason,omitzero"`  // what stands against it
	Needs  []string       `json:"needs,omitempty"`  // what would do: roles, states, checks to be met
	Item   string         `json:"item,omitzero"`    // the id of what it is about
	Values []*field.Error `json:"values,omitempty"` // each value that no rule allows
	Cycle  []string       `json:"cycle,omitempty"`  // items that would wait for each other
	Seq    uint64         `json:"seq,omitzero"`     // the version of the product, where another was expected

	Since     []backlog.Event `json:"since,omitempty"`     // what happened since the version that was expected
	MoreSince bool            `json:"more_since,omitzero"` // and more, before these
}

// ProblemOf returns the problem that an error of [Products], of a decision or of reading a change is:
//
//	policy       403  the actor may not do it
//	not-found    404  what it is about is not there
//	exists       409  it is there already
//	claimed      409  the story is held by another claim
//	moved        409  others were faster, each time it was tried
//	changed      412  something happened since the version that was expected
//	workflow     422  the workflow has no such step
//	ready, done  422  a definition is not met
//	rule         422  another rule stands against it
//	cycle        422  items would wait for each other
//	invalid      422  a value is not possible
//	malformed    400  a kind of change that is not known, or JSON that does not fit it
//	unavailable  503  an [AppendError]: the changes may have been made
//	internal     500  anything else; a host asks for its own errors, and those of contexts, first
//
// Where an error is several of these, what the gate said comes first. The Detail of an internal problem is
// empty: its text is for the log of the host and not for the caller. No error is the zero Problem.
func ProblemOf(err error) Problem {
	var p Problem
	if err == nil {
		return p
	}
	is := func(kind string, status int) {
		p.Type, p.Title, p.Status, p.Detail = kind, problemTitles[kind], status, err.Error()
	}
	var (
		refused  *backlog.RefusedError
		missing  *backlog.NotFoundError
		there    *backlog.ExistsError
		conflict *backlog.ConflictError
		cycle    *backlog.CycleError
		claim    *backlog.ClaimError
		unknown  *AppendError
	)
	switch {
	case errors.As(err, new(*loadError)): // the log or the options are at fault, and not the request
		is("internal", 500)
		p.Detail = ""
	case errors.As(err, &conflict):
		is("changed", 412)
		p.Seq, p.Since = conflict.Seq, conflict.Since
		p.MoreSince = uint64(len(conflict.Since)) < conflict.Seq-min(conflict.Seq, conflict.Expected)
	case errors.As(err, &refused):
		is(refused.By.String(), 422)
		if refused.By == backlog.ByPolicy {
			p.Status = 403
		}
		p.ofRefusal(refused)
	case errors.As(err, &missing):
		is("not-found", 404)
		p.Item = missing.ID
	case errors.As(err, &cycle):
		is("cycle", 422)
		for _, item := range cycle.Items {
			p.Cycle = append(p.Cycle, item.String())
		}
	case errors.As(err, &there):
		is("exists", 409)
		p.Item = there.ID
	case errors.As(err, &claim):
		is("claimed", 409)
	case errors.Is(err, backlog.ErrUnknownKind), errors.Is(err, backlog.ErrMalformed):
		is("malformed", 400)
	case errors.Is(err, field.ErrInvalid):
		is("invalid", 422)
		for value := range field.All(err) {
			p.Values = append(p.Values, value)
		}
	case errors.Is(err, backlog.ErrRule):
		is("rule", 422)
	case errors.Is(err, ErrMoved):
		is("moved", 409)
	case errors.As(err, &unknown):
		is("unavailable", 503)
		p.Detail = "the log gave no answer: the changes may have been made or not"
	default:
		is("internal", 500)
		p.Detail = ""
	}
	if batch := new(backlog.BatchError); errors.As(err, &batch) {
		p.Index, p.Kind = &batch.Index, batch.Kind
	}
	return p
}

func (p *Problem) ofRefusal(refused *backlog.RefusedError) {
	if refused.Rule != 0 {
		p.Rule = refused.Rule.String()
	}
	p.Reason, p.Needs, p.Item = refused.Reason, refused.Needs, refused.ID
	if refused.Change != nil {
		p.Kind = refused.Change.Kind()
	}
}

var problemTitles = map[string]string{
	"policy":      "You may not do this",
	"not-found":   "Not found",
	"exists":      "It exists already",
	"claimed":     "Somebody else holds it",
	"moved":       "Others were faster",
	"changed":     "Something happened since",
	"workflow":    "The workflow has no such step",
	"ready":       "The definition of ready is not met",
	"done":        "The definition of done is not met",
	"rule":        "A rule stands against it",
	"cycle":       "Items would wait for each other",
	"invalid":     "A value is not possible",
	"malformed":   "The request cannot be read",
	"unavailable": "The answer took too long",
	"internal":    "Something went wrong here",
}
