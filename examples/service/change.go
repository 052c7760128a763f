package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/examples/service/store"
)

// changeRequest is a change by its kind: {"kind": "accept_story", "change": {"story": "…"}}.
type changeRequest struct {
	Kind   string          `json:"kind"`
	Change json.RawMessage `json:"change"`
}

type changesRequest struct {
	Changes []changeRequest `json:"changes"`
	Note    string          `json:"note,omitzero"`
}

// eventAnswer is an event as the API has it. It leaves out what only a replay needs.
type eventAnswer struct {
	Seq      uint64            `json:"seq"`
	At       time.Time         `json:"at"`
	By       string            `json:"by"`
	As       string            `json:"as,omitzero"`
	Kind     string            `json:"kind"`
	Change   json.RawMessage   `json:"change"`
	Note     string            `json:"note,omitzero"`
	Findings []backlog.Finding `json:"findings,omitempty"`
	Touched  backlog.Items     `json:"touched"`
}

type changesAnswer struct {
	Seq    uint64        `json:"seq"` // the product's version afterwards
	Events []eventAnswer `json:"events"`
}

func answerOf(event backlog.Event) eventAnswer {
	kind, change, err := backlog.EncodeChange(event.Change)
	if err != nil {
		change = []byte("{}")
	}
	touched, _ := event.Touches()
	return eventAnswer{
		Seq: event.Seq, At: event.At, By: event.By.Name, As: string(event.As), Kind: kind, Change: change,
		Note: event.Note, Findings: event.Findings, Touched: touched,
	}
}

func answersOf(events []backlog.Event) changesAnswer {
	answer := changesAnswer{Events: make([]eventAnswer, len(events))}
	for i, event := range events {
		answer.Events[i], answer.Seq = answerOf(event), event.Seq
	}
	return answer
}

// decode reads the changes of a request.
func (s *server) decode(in changesRequest) ([]backlog.Change, error) {
	if n := len(in.Changes); n == 0 || n > s.limits.Changes {
		return nil, malformed(fmt.Sprintf("want 1 to %d changes", s.limits.Changes))
	}
	changes := make([]backlog.Change, len(in.Changes))
	for i, one := range in.Changes {
		change, err := backlog.DecodeChange(one.Kind, one.Change)
		if err != nil {
			p := problemOf(err)
			if p.Type == "internal" {
				p = problemOf(malformed(err.Error()))
			}
			p.Index, p.Kind = &i, one.Kind
			return nil, p
		}
		changes[i] = change
	}
	return changes, nil
}

// change makes changes. With a key it makes them once, however often it is asked: the log itself refuses a
// second time, so it holds with several servers and through a crash.
func (s *server) change(c *call, in changesRequest, body []byte) (none changesAnswer, err error) {
	changes, err := s.decode(in)
	if err != nil {
		return none, err
	}
	options := backlog.DecideOptions{Note: in.Note}
	if options.Expect, err = expected(c.Header.Get("If-Match")); err != nil {
		return none, err
	}
	key := c.Header.Get("Idempotency-Key")
	if len(key) > 255 {
		return none, malformed("an Idempotency-Key has at most 255 characters")
	}
	if key != "" {
		options.Correlation = store.Correlation(c.person, key, body)
		if err := s.view(c.Context(), c.product, c.person, func(*backlog.View) error { return nil }); err != nil {
			return none, err
		}
		if events, err := s.store.Request(c.Context(), c.product, options.Correlation); err != nil || len(events) > 0 {
			return c.made(events), err
		}
	}
	events, err := s.execute(c.Context(), c.product, c.person, changes, options)
	if err != nil && key != "" { // it may have been made meanwhile
		if made, again := s.store.Request(c.Context(), c.product, options.Correlation); again == nil && len(made) > 0 {
			return c.made(made), nil
		}
	}
	if err != nil {
		p := problemOf(err)
		if p.Reason == "" {
			return none, err
		}
		return none, errors.Join(p, s.view(c.Context(), c.product, c.person, func(v *backlog.View) error { p.name(v); return nil }))
	}
	s.metrics.events.Add(float64(len(events)))
	return c.made(events), nil
}

// made returns the answer to changes that were made.
func (c *call) made(events []backlog.Event) changesAnswer {
	answer := answersOf(events)
	c.w.Header().Set("ETag", etag(answer.Seq))
	return answer
}

// expected reads the version in an If-Match; none, or "*", is any.
func expected(header string) (*uint64, error) {
	if header == "" || header == "*" {
		return nil, nil
	}
	seq, err := strconv.ParseUint(strings.Trim(strings.TrimPrefix(header, "W/"), `"`), 10, 64)
	if err != nil {
		return nil, malformed(`If-Match has to be a version, as an ETag has it: "17"`)
	}
	return &seq, nil
}

type checkAnswer struct {
	Allowed bool     `json:"allowed"`
	Problem *problem `json:"problem,omitempty"`
}

// check answers whether changes could be made by the caller now. It makes none.
func (s *server) check(c *call, in changesRequest, _ []byte) (answer checkAnswer, err error) {
	changes, err := s.decode(in)
	if err != nil {
		return answer, err
	}
	err = s.view(c.Context(), c.product, c.person, func(v *backlog.View) error {
		by := backlog.Actor{Name: c.person}
		if len(changes) == 1 {
			answer = checked(v, v.Can(changes[0], by, s.now()))
			return nil
		}
		at := s.now()
		if at.Before(v.At()) {
			at = v.At()
		}
		_, refused := v.Clone().Decide(changes, by, at, backlog.DecideOptions{})
		answer = checked(v, refused)
		return nil
	})
	return answer, err
}

// checked is the answer to a question that the backlog answered with an error, or with none.
func checked(v *backlog.View, refused error) checkAnswer {
	if refused == nil {
		return checkAnswer{Allowed: true}
	}
	p := problemOf(refused)
	p.Type = "/problems/" + p.Type
	p.name(v)
	return checkAnswer{Problem: p}
}

type revertRequest struct {
	Note string `json:"note,omitzero"`
}

// revert takes an event back.
func (s *server) revert(c *call, in revertRequest, _ []byte) (none changesAnswer, err error) {
	seq, err := strconv.ParseUint(c.PathValue("seq"), 10, 64)
	if err != nil || seq == 0 {
		return none, errNoSuchPlace
	}
	err = s.view(c.Context(), c.product, c.person, func(v *backlog.View) error {
		if seq > v.Seq() {
			return errNoSuchPlace
		}
		return nil
	})
	if err != nil {
		return none, err
	}
	id, _ := c.Context().Value(requestID).(string)
	events, err := s.products.Revert(c.Context(), c.product, seq, backlog.Actor{Name: c.person}, s.now(),
		backlog.DecideOptions{Note: in.Note, Correlation: id})
	if err != nil {
		return none, err
	}
	return c.made(events), nil
}

type beginRequest struct {
	Product string `json:"product"`
}

// founder acts for the service: it gives a new product its first product manager, and does nothing else.
var founder = backlog.As("service", backlog.ProductManager)

// begin makes a product, with the caller as its product manager.
func (s *server) begin(c *call, in beginRequest, _ []byte) (none changesAnswer, err error) {
	if !isProductName(in.Product) {
		return none, malformed("the name of a product is 1 to 63 small letters, digits and hyphens, and begins with no hyphen")
	}
	var nothing uint64
	events, err := s.products.Execute(c.Context(), in.Product, []backlog.Change{
		backlog.GrantRole{Person: c.person, Role: backlog.ProductManager},
		backlog.GrantRole{Person: c.person, Role: backlog.ProductOwner},
	}, founder, s.now(), backlog.DecideOptions{Expect: &nothing})
	if p := problemOf(err); err != nil && p.Status == http.StatusPreconditionFailed {
		return none, &problem{Type: "exists", Status: http.StatusConflict, Detail: "there is a product of this name"}
	}
	if err != nil {
		return none, err
	}
	return c.made(events), nil
}
