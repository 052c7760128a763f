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
	errBusy          = &problem{Type: "too-many-requests", Status: http.StatusTooManyRequests, Detail: "another file is being brought in; wait until it is done"}
	errNoSuchPlace   = &problem{Type: "not-found", Status: http.StatusNotFound, Detail: "there is nothing at this address, or not with this method; see /api/openapi.json"}
	errNoSuchPage    = &problem{Type: "not-found", Status: http.StatusNotFound, Detail: "there is no page at this address"}
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

// problemTitles are those of the problems that are the service's own.
var problemTitles = map[string]string{
	"not-signed-in":     "Nobody is signed in",
	"too-many-requests": "Too many requests",
	"not-found":         "Not found",
	"not-json":          "Not JSON",
	"repeated":          "The idempotency key was used for something else",
	"too-large":         "Too large",
	"malformed":         "The request cannot be read",
	"internal":          "Something went wrong here",
}

// problemOf returns the problem that an error is. What is no refusal is an internal error, of which the
// caller learns nothing else.
func problemOf(err error) *problem {
	p := &problem{Type: "internal", Status: http.StatusInternalServerError, Detail: "see the log of the service"}
	is := func(typ string, status int) { p.Type, p.Status, p.Detail = typ, status, err.Error() }
	var (
		own      *problem
		tooLarge *http.MaxBytesError
	)
	switch {
	case errors.As(err, &own):
		*p = *own
	case errors.As(err, &tooLarge):
		is("too-large", http.StatusRequestEntityTooLarge)
	case errors.Is(err, store.ErrRepeated):
		is("repeated", http.StatusUnprocessableEntity)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		p.Type, p.Status, p.Detail = "unavailable", http.StatusServiceUnavailable, "the request was given up"
		p.Title = "The answer took too long"
	default:
		return p.of(host.ProblemOf(err))
	}
	if p.Title == "" {
		p.Title = problemTitles[p.Type]
	}
	return p
}

// of takes over what the library says, internal errors aside.
func (p *problem) of(known host.Problem) *problem {
	if known.Status == http.StatusInternalServerError {
		p.Title = known.Title
		return p
	}
	since := []eventAnswer(nil)
	for _, event := range known.Since {
		since = append(since, answerOf(event))
	}
	*p = problem{
		Type: known.Type, Title: known.Title, Status: known.Status, Detail: known.Detail, Index: known.Index, Kind: known.Kind,
		Rule: known.Rule, Reason: known.Reason, Needs: known.Needs, Item: known.Item, Values: known.Values, Cycle: known.Cycle,
		Seq: known.Seq, Since: since, MoreSince: known.MoreSince,
	}
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
