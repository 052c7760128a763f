package natslog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/backlogkit/backlogkit/backlog"
)

// Follow calls apply with the events of all products, message by message in the order of the stream, after
// message number after, until the context is done or apply returns an error, and returns that. It waits for
// what is to come, and goes on where it was when it has lost its server. What it hands to apply is committed:
// most of the servers have it.
func (l *Log) Follow(ctx context.Context, after uint64,
	apply func(product string, events []backlog.Event, message uint64) error,
) error {
	for {
		err := l.follow(ctx, &after, apply)
		last := final{}
		if errors.As(err, &last) {
			return last.error
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// follow is Follow up to the first error.
func (l *Log) follow(ctx context.Context, after *uint64, apply func(string, []backlog.Event, uint64) error) error {
	consumer, err := l.stream.OrderedConsumer(ctx, l.options.Name, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *after + 1,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		message, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		about, err := message.Metadata()
		if err != nil {
			return err
		}
		if about.Sequence.Stream <= *after {
			continue
		}
		product, err := l.product(message.Subject())
		if err != nil {
			return final{err}
		}
		one, err := decode(about.Sequence.Stream, message.Data())
		if err != nil {
			return final{err}
		}
		if err := apply(product, one.events, one.sequence); err != nil {
			return final{fmt.Errorf("natslog: message %d: %w", one.sequence, err)}
		}
		*after = one.sequence
	}
}
