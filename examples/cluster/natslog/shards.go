package natslog

import (
	"context"
	"hash/fnv"
	"iter"

	"github.com/backlogkit/backlogkit/backlog"
)

// Shards is a [host.Log] over several logs, each with a stream of its own, which other servers may lead or keep. A
// product belongs to one of them by its name; it moves if their number changes.
type Shards []*Log

// Of returns the log of a product.
func (s Shards) Of(product string) *Log {
	h := fnv.New32a()
	_, _ = h.Write([]byte(product))
	return s[h.Sum32()%uint32(len(s))]
}

// Append implements [host.Log].
func (s Shards) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	return s.Of(product).Append(ctx, product, after, events)
}

// Read implements [host.Log].
func (s Shards) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return s.Of(product).Read(ctx, product, after)
}
