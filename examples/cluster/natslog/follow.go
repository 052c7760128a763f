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

// follow is Follow up to the first error. Its consumer is on one server, in memory, and is made anew when that one is
// not heard of for a second.
func (l *Log) follow(ctx context.Context, after *uint64, apply func(string, []backlog.Event, uint64) error) error {
	attempt, cancel := context.WithTimeout(ctx, l.options.Attempt)
	defer cancel()
	consumer, err := l.stream.CreateConsumer(attempt, l.options.Name, jetstream.ConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *after + 1, AckPolicy: jetstream.AckNonePolicy,
		Replicas: 1, MemoryStorage: true, InactiveThreshold: 30 * time.Second,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages(jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(500*time.Millisecond))
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
		if about.Sequence.Stream != *after+1 { // nothing is ever taken out of the stream: one was lost on the way
			return ErrGap
		}
		if err := l.deliver(&stored{Subject: message.Subject(), Seq: about.Sequence.Stream, Data: message.Data()}, apply); err != nil {
			return final{err}
		}
		*after = about.Sequence.Stream
	}
}

// Held is [Log.Follow] of what the server that answers has now, up to the end of that. The connection decides who
// answers: with one to a server that is cut off from the others it is what that one holds.
func (l *Log) Held(ctx context.Context, apply func(product string, events []backlog.Event, message uint64) error) error {
	for next := uint64(1); ; {
		var messages []*stored
		err := l.patiently(ctx, func(ctx context.Context) (err error) {
			messages, err = l.getSome(ctx, request{Seq: next, Batch: 256, MaxBytes: 4 << 20})
			return err
		})
		if err != nil || len(messages) == 0 {
			return err
		}
		for _, message := range messages {
			if err := l.deliver(message, apply); err != nil {
				return err
			}
			next = message.Seq + 1
		}
	}
}

func (l *Log) deliver(message *stored, apply func(string, []backlog.Event, uint64) error) error {
	product, err := l.product(message.Subject)
	if err != nil {
		return err
	}
	one, err := decode(message.Seq, message.Data)
	if err != nil {
		return err
	}
	if err := apply(product, one.events, message.Seq); err != nil {
		return fmt.Errorf("natslog: message %d: %w", message.Seq, err)
	}
	return nil
}
