package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
)

// hub wakes those who wait for the events of a product. What this server appends it knows at once; what others
// append it sees when it next looks at the log.
type hub struct {
	heads func(ctx context.Context, products []string) (map[string]uint64, error)

	sync.Mutex
	waiting map[string]map[chan struct{}]string // by product, whose
	last    map[string]uint64                   // of the products that are waited for
}

const pollEvery = 500 * time.Millisecond

func newHub(heads func(context.Context, []string) (map[string]uint64, error)) *hub {
	return &hub{heads: heads, waiting: map[string]map[chan struct{}]string{}, last: map[string]uint64{}}
}

// run looks at the log until ctx is done.
func (h *hub) run(ctx context.Context) {
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		h.Lock()
		products := make([]string, 0, len(h.waiting))
		for product := range h.waiting {
			products = append(products, product)
		}
		h.Unlock()
		if len(products) == 0 {
			continue
		}
		heads, err := h.heads(ctx, products)
		if err != nil {
			continue // the next look may do better, and readers see it themselves
		}
		for product, seq := range heads {
			h.moved(product, seq)
		}
	}
}

// moved wakes who waits for a product that has got events up to seq.
func (h *hub) moved(product string, seq uint64) {
	h.Lock()
	defer h.Unlock()
	if len(h.waiting[product]) == 0 || h.last[product] >= seq {
		return
	}
	h.last[product] = seq
	for wake := range h.waiting[product] {
		select {
		case wake <- struct{}{}:
		default: // it is awake
		}
	}
}

// join returns a channel that is sent to when the product has moved, and how to leave; ok is false if the
// person has as many already.
func (h *hub) join(product, person string, most int) (wake chan struct{}, leave func(), ok bool) {
	h.Lock()
	defer h.Unlock()
	count := 0
	for _, waiting := range h.waiting {
		for _, whose := range waiting {
			if whose == person {
				count++
			}
		}
	}
	if count >= most {
		return nil, nil, false
	}
	wake = make(chan struct{}, 1)
	if h.waiting[product] == nil {
		h.waiting[product] = map[chan struct{}]string{}
	}
	h.waiting[product][wake] = person
	return wake, func() {
		h.Lock()
		defer h.Unlock()
		delete(h.waiting[product], wake)
		if len(h.waiting[product]) == 0 {
			delete(h.waiting, product)
			delete(h.last, product)
		}
	}, true
}

func (h *hub) size() (n int) {
	h.Lock()
	defer h.Unlock()
	for _, waiting := range h.waiting {
		n += len(waiting)
	}
	return n
}

// heartbeat is how often a stream without events shows that it lives, and asks whether its caller still may.
const heartbeat = 15 * time.Second

// stream sends the events of a product as they happen (server-sent events), from now on or after the one that
// Last-Event-ID names.
func (s *server) stream(c *call) error {
	var after uint64
	err := s.view(c.Context(), c.product, c.person, func(v *backlog.View) error { after = v.Seq(); return nil })
	if err != nil {
		return err
	}
	if seen, err := strconv.ParseUint(c.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = min(after, seen)
	}
	wake, leave, ok := s.hub.join(c.product, c.person, s.limits.Streams)
	if !ok {
		return errTooMany
	}
	defer leave()

	c.w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(c.w)
	_ = control.SetReadDeadline(time.Time{}) // it has been read, and may last
	write := func(format string, args ...any) error {
		_ = control.SetWriteDeadline(time.Now().Add(heartbeat))
		if _, err := fmt.Fprintf(c.w, format, args...); err != nil {
			return err
		}
		return control.Flush()
	}
	if write("retry: 1000\n\n") != nil {
		return nil
	}
	timer := time.NewTicker(heartbeat)
	defer timer.Stop()
	for {
		// What is sent is what the caller may see now: a token may have been revoked, a role taken back.
		if _, err := s.store.Person(c.Context(), c.token, s.now()); err != nil {
			return nil
		}
		if s.view(c.Context(), c.product, c.person, func(*backlog.View) error { return nil }) != nil {
			return nil
		}
		for event, err := range s.store.Read(c.Context(), c.product, after) {
			if err != nil {
				return nil // the browser comes back
			}
			data, err := json.Marshal(answerOf(event))
			if err != nil || write("id: %d\nevent: change\ndata: %s\n\n", event.Seq, data) != nil {
				return nil
			}
			after = event.Seq
		}
		select {
		case <-wake:
		case <-timer.C:
			if write(": here\n\n") != nil {
				return nil
			}
		case <-s.closing:
			return nil
		case <-c.Context().Done():
			return nil
		}
	}
}
