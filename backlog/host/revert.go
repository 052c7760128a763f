package host

import (
	"context"
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
)

// Revert takes event number seq of a product back, see [backlog.Backlog.Reverse], and returns the event of that. It
// reads the log from its beginning up to that event, since it needs the backlog as it was before.
//
// Errors: [backlog.NotFoundError] where the log has no such event; those of [backlog.Revert] and
// [Products.Execute].
func (p *Products) Revert(ctx context.Context, product string, seq uint64, by backlog.Actor, at time.Time,
	options backlog.DecideOptions,
) ([]backlog.Event, error) {
	var last backlog.Event
	b, err := backlog.New(p.options.Backlog(product))
	if err != nil {
		return nil, &loadError{fmt.Errorf("host: product %.80q: %w", product, err)}
	}
	for event, err := range p.log.Read(ctx, product, 0) {
		if err != nil {
			return nil, &loadError{fmt.Errorf("host: product %.80q: read: %w", product, err)}
		}
		if last = event; event.Seq >= seq {
			break
		}
		if err := b.Apply(event); err != nil {
			return nil, &loadError{fmt.Errorf("host: product %.80q: load: %w", product, err)}
		}
	}
	if seq == 0 || last.Seq != seq {
		missing := &backlog.NotFoundError{Entity: "event", ID: fmt.Sprint(seq)}
		return nil, fmt.Errorf("host: product %.80q: %w, the last is %d", product, missing, b.Seq())
	}
	revert, err := b.Reverse(last)
	if err != nil {
		return nil, err
	}
	return p.Execute(ctx, product, []backlog.Change{revert}, by, at, options)
}
