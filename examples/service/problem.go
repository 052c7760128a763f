package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/service/store"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// The refusals of the service itself. Those of the backlog come as they are.
var (
	errStranger      = &problem{Type: "not-signed-in", Status: http.StatusUnauthorized, Detail: "sign in, or send a valid token: Authorization: Bearer …"}
	errTooMany       = &problem{Type: "too-many-requests", Status: http.StatusTooManyRequests, Detail: "more requests than one caller may make; wait a second"}
	errNoSuchPlace   = &problem{Type: "not-found", Status: http.StatusNotFound, Detail: "there is nothing at this address, or not with this method; see /api/openapi.json"}
	errNoSuchProduct = &problem{Type: "not-found", Status: http.StatusNotFound, Detail: "there is no such product, or you have no part in it"}
	errNotJSON       = &problem{Type: "not-json", Status: http.StatusUnsupportedMediaType, Detail: "the body has to be JSON, with Content-Type: application/json"}
)

// problem is the answer to a request that is refused, as RFC 9457 describes it, with what the backlog has to
// say of it. It is an error too.
type problem struct {
	Type    string   `json:"type"` // "/problems/policy"
	Title   string   `json:"title"`
	Status  int      `json:"status"`
	Detail  string   `json:"detail"`
	Request string   `json:"request,omitzero"` // its id, for the log
	Index   *int     `json:"index,omitempty"`  // of the change that is refused, in a batch
	Kind    string   `json:"kind,omitzero"`    // of the change
	Rule    string   `json:"rule,omitzero"`    // that refused it
	Reason  string   `json:"reason,omitzero"`  // what stands against it
	Needs   []string `json:"needs,omitempty"`  // what would do: roles, states, checks to be met
	Item    string   `json:"item,omitzero"`    // that stands against it
	// Titles are those of the items that the texts name by their ids.
	Titles    map[string]string `json:"titles,omitempty"`
	Values    []*field.Error    `json:"values,omitempty"`    // each value that no rule allows
	Cycle     []string          `json:"cycle,omitempty"`     // items that would wait for each other
	Seq       uint64            `json:"seq,omitzero"`        // what the product's version is
	Since     []eventAnswer     `json:"since,omitempty"`     // what happened since the version that was expected
	MoreSince bool              `json:"more_since,omitzero"` // and more, before these
}

// Error returns the detail.
func (p *problem) Error() string { return p.Detail }

var problemTitles = map[string]string{
	"not-signed-in":     "Nobody is signed in",
	"too-many-requests": "Too many requests",
	"not-found":         "Not found",
	"not-json":          "Not JSON",
	"policy":            "You may not do this",
	"workflow":          "The workflow has no such step",
	"ready":             "The definition of ready is not met",
	"done":              "The definition of done is not met",
	"rule":              "A rule stands against it",
	"cycle":             "Items would wait for each other",
	"exists":            "It exists already",
	"moved":             "Others were faster",
	"changed":           "Something happened since",
	"repeated":          "The idempotency key was used for something else",
	"too-large":         "Too large",
	"invalid":           "A value is not possible",
	"malformed":         "The request cannot be read",
	"unavailable":       "The answer took too long",
	"internal":          "Something went wrong here",
}

// problemOf returns the problem that an error is. What is no refusal is an internal error, of which the
// caller learns nothing else.
func problemOf(err error) *problem {
	p := &problem{Type: "internal", Status: http.StatusInternalServerError, Detail: "see the log of the service", Reason: ""}
	is := func(typ string, status int) { p.Type, p.Status, p.Detail = typ, status, err.Error() }
	var (
		own      *problem
		refused  *backlog.RefusedError
		missing  *backlog.NotFoundError
		conflict *backlog.ConflictError
		cycle    *backlog.CycleError
		tooLarge *http.MaxBytesError
		batch    *backlog.BatchError
	)
	switch {
	case errors.As(err, &own):
		*p = *own
	case errors.As(err, &conflict):
		is("changed", http.StatusPreconditionFailed)
		p.Seq = conflict.Seq
		p.MoreSince = uint64(len(conflict.Since)) < conflict.Seq-min(conflict.Seq, conflict.Expected)
		for _, event := range conflict.Since {
			p.Since = append(p.Since, answerOf(event))
		}
	case errors.As(err, &refused):
		kinds := map[backlog.Refuser]string{
			backlog.ByPolicy: "policy", backlog.ByWorkflow: "workflow", backlog.ByReady: "ready", backlog.ByDone: "done", backlog.ByRule: "rule",
		}
		is(kinds[refused.By], http.StatusUnprocessableEntity)
		if refused.By == backlog.ByPolicy {
			p.Status = http.StatusForbidden
		}
		if refused.Rule != 0 {
			p.Rule = refused.Rule.String()
		}
		p.Reason, p.Needs, p.Item, p.Kind = refused.Reason, refused.Needs, refused.ID, refused.Change.Kind()
	case errors.As(err, &missing):
		is("not-found", http.StatusNotFound)
		p.Item = missing.ID
	case errors.As(err, &cycle):
		is("cycle", http.StatusUnprocessableEntity)
		for _, item := range cycle.Items {
			p.Cycle = append(p.Cycle, item.String())
		}
	case errors.As(err, &tooLarge):
		is("too-large", http.StatusRequestEntityTooLarge)
	case errors.Is(err, backlog.ErrExists):
		is("exists", http.StatusConflict)
	case errors.Is(err, host.ErrMoved):
		is("moved", http.StatusConflict)
	case errors.Is(err, store.ErrRepeated):
		is("repeated", http.StatusUnprocessableEntity)
	case errors.Is(err, field.ErrInvalid):
		is("invalid", http.StatusUnprocessableEntity)
		for value := range field.All(err) {
			p.Values = append(p.Values, value)
		}
	case errors.Is(err, backlog.ErrUnknownKind):
		is("malformed", http.StatusBadRequest)
	case errors.Is(err, backlog.ErrRule), errors.Is(err, backlog.ErrIllegalMove), errors.Is(err, backlog.ErrNotReady), errors.Is(err, backlog.ErrNotDone):
		is("rule", http.StatusUnprocessableEntity)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		p.Type, p.Status, p.Detail = "unavailable", http.StatusServiceUnavailable, "the request was given up"
	}
	if errors.As(err, &batch) {
		p.Index, p.Kind = &batch.Index, batch.Kind
	}
	p.Title = problemTitles[p.Type]
	return p
}

var anID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// name adds the titles of what the problem names by ids.
func (p *problem) name(v *backlog.View) {
	for _, text := range append([]string{p.Reason}, p.Needs...) {
		for _, found := range anID.FindAllString(text, 20) {
			id, err := story.ParseID(found)
			if err != nil {
				continue
			}
			title := titleOf(v, backlog.StoryItem(id))
			if title == "" {
				title = titleOf(v, backlog.FeatureItem(roadmap.FeatureID(id)))
			}
			if title == "" {
				continue
			}
			if p.Titles == nil {
				p.Titles = map[string]string{}
			}
			p.Titles[found] = title
		}
	}
}

// malformed is a request that cannot be read.
func malformed(detail string) error {
	return &problem{Type: "malformed", Status: http.StatusBadRequest, Detail: detail}
}

// fail answers with the problem that an error is.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	p.Request, _ = r.Context().Value(requestID).(string)
	if p.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.log.Error("failed", "id", p.Request, "path", r.URL.Path, "error", err)
	}
	s.metrics.refusals.WithLabelValues(p.Type).Inc()
	p.Type = "/problems/" + p.Type
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "1")
	case http.StatusPreconditionFailed:
		w.Header().Set("ETag", etag(p.Seq))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// etag is the version of a product in a header.
func etag(seq uint64) string { return strconv.Quote(strconv.FormatUint(seq, 10)) }
