// Package natslog keeps the events of products in a JetStream stream: it is the log of a [host.Products] and
// what a [host.Replica] follows. The stream is replicated, each product has a subject of its own, and an
// append is one message, so that a batch of events is there whole or not at all.
package natslog

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
)

// ErrTooLarge is returned by [Log.Append] for events that do not fit one message. Nothing was written.
var ErrTooLarge = errors.New("natslog: the events of one decision do not fit one message")

// Options are what a log can be told. The zero value is the default.
type Options struct {
	// Name is that of the stream, and the first part of its subjects; "BACKLOG" if it is empty.
	Name string
	// Replicas is how many servers keep the stream; 3 if it is 0.
	Replicas int
	// Patience is how long an append or a read is tried again while no server answers it, 15 s if it is 0:
	// longer than the servers take to elect another leader.
	Patience time.Duration
	// Attempt is how long one try waits for an answer; 2 s if it is 0.
	Attempt time.Duration
}

// Log is a [host.Log]. Make one with [Open] or [New].
//
// An append names the sequence number of the last message of the product's subject, and the leader of the
// stream takes it under the condition that it still is. It has a message id of its own as well. When no
// answer comes, the same message is sent again: a leader that has it answers with the first one's number, or
// refuses it, since the subject has moved, and then the message that took the place is read back and its id
// compared. So an append that was tried several times is there once, and whoever waits long enough learns how
// it ended.
//
// Reads ask the leader. One that was cut off from the others goes on answering until it notices, some ten
// seconds, with what it had: what is read is never wrong, but may be old, and nothing can be decided on it,
// since the append is refused.
type Log struct {
	conn      *nats.Conn
	stream    jetstream.JetStream
	options   Options
	unchecked bool // for the tests: appends without their condition

	mutex sync.Mutex
	heads map[string]head // where products were last seen
}

// head is the last message of a product.
type head struct {
	event   uint64 // the number of its last event
	message uint64 // its sequence number in the stream, 0 for none
}

const mostHeads = 100_000

// New returns the log on a connection. It asks no server yet.
func New(conn *nats.Conn, options Options) (*Log, error) {
	if options.Name == "" {
		options.Name = "BACKLOG"
	}
	if options.Replicas == 0 {
		options.Replicas = 3
	}
	if options.Patience == 0 {
		options.Patience = 15 * time.Second
	}
	if options.Attempt == 0 {
		options.Attempt = 2 * time.Second
	}
	stream, err := jetstream.New(conn)
	if err != nil {
		return nil, fmt.Errorf("natslog: %w", err)
	}
	return &Log{conn: conn, stream: stream, options: options, heads: map[string]head{}}, nil
}

// Open is [New], and makes the stream if it is not there.
func Open(ctx context.Context, conn *nats.Conn, options Options) (*Log, error) {
	l, err := New(conn, options)
	if err != nil {
		return nil, err
	}
	return l, l.patiently(ctx, func(ctx context.Context) error {
		_, err := l.stream.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
			Name: l.options.Name, Subjects: []string{l.options.Name + ".*"}, Replicas: l.options.Replicas,
			Storage: jetstream.FileStorage, Duplicates: 2 * time.Minute,
			AllowDirect: true, DenyDelete: true, DenyPurge: true,
		})
		return err
	})
}

// Append implements [host.Log].
func (l *Log) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	if err := ctx.Err(); err != nil || len(events) == 0 {
		return err
	}
	data, err := json.Marshal(events)
	if err != nil {
		return err
	}
	if int64(len(data)) > l.conn.MaxPayload()-1024 {
		return fmt.Errorf("%w: %d bytes of at most %d; import in several pieces, or raise max_payload of the servers",
			ErrTooLarge, len(data), l.conn.MaxPayload()-1024)
	}
	last, err := l.last(ctx, product, after)
	if err != nil {
		return err
	}
	if last.event != after {
		return fmt.Errorf("natslog: %w: the last event is %d, not %d", host.ErrMoved, last.event, after)
	}
	message := nats.NewMsg(l.subject(product))
	message.Data = data
	message.Header.Set(jetstream.MsgIDHeader, rand.Text())
	if !l.unchecked {
		message.Header.Set(jetstream.ExpectedLastSubjSeqHeader, strconv.FormatUint(last.message, 10))
	}
	sequence, err := l.publish(ctx, message, last.message)
	if err != nil {
		l.forget(product)
		return err
	}
	l.remember(product, head{events[len(events)-1].Seq, sequence})
	return nil
}

// last returns the last message of a product: what is known, if that is the one wanted, or the leader's.
func (l *Log) last(ctx context.Context, product string, after uint64) (head, error) {
	if known := l.known(product); known.message > 0 && known.event == after {
		return known, nil
	}
	batch, err := l.lastBatch(ctx, product)
	if err != nil {
		return head{}, err
	}
	return batch.head(), nil
}

// publish sends a message until it is known to be in the stream, and returns its number, or that another one
// took its place. After any other error nobody knows.
func (l *Log) publish(ctx context.Context, message *nats.Msg, expected uint64) (sequence uint64, err error) {
	err = l.patiently(ctx, func(ctx context.Context) error {
		ack, err := l.stream.PublishMsg(ctx, message, jetstream.WithRetryAttempts(0))
		refusal := new(jetstream.APIError)
		switch {
		case err == nil:
			sequence = ack.Sequence
			return nil
		case !errors.As(err, &refusal) || refusal.ErrorCode != jetstream.JSErrCodeStreamWrongLastSequence:
			// No answer; or no leader; or a message of the same subject, be it this one, is on its way, and its end
			// soon known.
			return err
		}
		next, readErr := l.get(ctx, request{NextFor: message.Subject, Seq: expected + 1})
		switch {
		case readErr != nil || next == nil: // a leader that is behind what was acknowledged
			return errors.Join(err, readErr)
		case next.id == message.Header.Get(jetstream.MsgIDHeader): // an earlier attempt of this one
			sequence = next.Seq
			return nil
		}
		return final{fmt.Errorf("natslog: %w: %w", host.ErrMoved, err)}
	})
	return sequence, err
}

// final is an error that is not tried again.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// patiently calls try until it succeeds, returns a final error, or patience ends.
func (l *Log) patiently(ctx context.Context, try func(context.Context) error) error {
	whole, cancel := context.WithTimeout(ctx, l.options.Patience)
	defer cancel()
	for wait := 2 * time.Millisecond; ; wait = min(2*wait, 250*time.Millisecond) {
		attempt, stop := context.WithTimeout(whole, l.options.Attempt)
		err := try(attempt)
		stop()
		last := final{}
		switch {
		case err == nil:
			return nil
		case errors.As(err, &last):
			return last.error
		}
		if refusal := new(jetstream.APIError); errors.As(err, &refusal) && refusal.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant {
			wait = 4 * time.Millisecond // another message is on its way
		}
		select {
		case <-whole.Done():
			if ctx.Err() != nil {
				return fmt.Errorf("natslog: %w: %w", ctx.Err(), err)
			}
			return fmt.Errorf("natslog: no answer for %v: %w", l.options.Patience, err)
		case <-time.After(wait):
		}
	}
}

// subject returns that of a product. Letters, digits, - and _ stay; any other byte is = and two digits.
func (l *Log) subject(product string) string {
	var b strings.Builder
	b.WriteString(l.options.Name + ".p")
	for _, c := range []byte(product) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "=%02x", c)
		}
	}
	return b.String()
}

// product returns the product of a subject.
func (l *Log) product(subject string) (string, error) {
	text, ok := strings.CutPrefix(subject, l.options.Name+".p")
	var b strings.Builder
	for i := 0; ok && i < len(text); i++ {
		if text[i] != '=' {
			b.WriteByte(text[i])
			continue
		}
		c, err := strconv.ParseUint(text[i+1:min(i+3, len(text))], 16, 8)
		ok = err == nil
		b.WriteByte(byte(c))
		i += 2
	}
	if !ok {
		return "", fmt.Errorf("natslog: %q is not the subject of a product", subject)
	}
	return b.String(), nil
}

func (l *Log) remember(product string, h head) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if known := l.heads[product]; known.message > h.message {
		return
	}
	if len(l.heads) >= mostHeads {
		clear(l.heads)
	}
	l.heads[product] = h
}

func (l *Log) forget(product string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	delete(l.heads, product)
}
