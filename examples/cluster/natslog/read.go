package natslog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/backlogkit/backlogkit/backlog"
)

// ErrGap is returned for a subject whose messages do not follow on each other: somebody else wrote to it, or
// messages were taken out of it.
var ErrGap = errors.New("natslog: events are missing or there twice")

// request is that of a message, as the servers understand it.
type request struct {
	Seq      uint64 `json:"seq,omitempty"`
	LastFor  string `json:"last_by_subj,omitempty"`
	NextFor  string `json:"next_by_subj,omitempty"`
	Batch    int    `json:"batch,omitempty"`
	MaxBytes int    `json:"max_bytes,omitempty"`
}

// stored is a message of the stream.
type stored struct {
	Subject string `json:"subject"`
	Seq     uint64 `json:"seq"`
	Header  []byte `json:"hdrs"`
	Data    []byte `json:"data"`

	id string
}

// batch is the events of a message.
type batch struct {
	sequence uint64 // of the message
	events   []backlog.Event
}

func (b batch) head() head {
	if len(b.events) == 0 {
		return head{}
	}
	return head{b.events[len(b.events)-1].Seq, b.sequence}
}

func decode(sequence uint64, data []byte) (batch, error) {
	var texts []json.RawMessage
	if err := json.Unmarshal(data, &texts); err != nil {
		return batch{}, fmt.Errorf("natslog: message %d: %w", sequence, err)
	}
	events := make([]backlog.Event, len(texts))
	for i, text := range texts {
		event, err := backlog.DecodeEvent(text, nil)
		if err != nil {
			return batch{}, fmt.Errorf("natslog: message %d: %w", sequence, err)
		}
		events[i] = event
	}
	return batch{sequence, events}, nil
}

// Read implements [host.Log]. It asks the leader for the last message of the product, and any server for
// those before it. A product of which this Log has seen nothing is read from its beginning.
func (l *Log) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		for batch, err := range l.batches(ctx, product, after) {
			if err != nil {
				yield(backlog.Event{}, err)
				return
			}
			for _, event := range batch.events {
				if event.Seq > after && !yield(event, nil) {
					return
				}
			}
		}
	}
}

// batches returns those of a product that have events after a number, and perhaps some before.
func (l *Log) batches(ctx context.Context, product string, after uint64) iter.Seq2[batch, error] {
	return func(yield func(batch, error) bool) {
		last, err := l.lastBatch(ctx, product)
		if err != nil {
			yield(batch{}, err)
			return
		}
		end := last.head()
		if end.event <= after {
			return
		}
		if last.events[0].Seq <= after+1 {
			l.remember(product, end)
			yield(last, nil)
			return
		}
		at := l.known(product)
		if at.event > after {
			at = head{}
		}
		for at.message < end.message {
			some, err := l.some(ctx, product, at)
			if err != nil {
				yield(batch{}, err)
				return
			}
			for _, one := range some {
				if at = one.head(); !yield(one, nil) {
					return
				}
			}
		}
		l.remember(product, at)
	}
}

// some returns the batches that follow on a place, at least one.
func (l *Log) some(ctx context.Context, product string, at head) (some []batch, err error) {
	subject := l.subject(product)
	err = l.patiently(ctx, func(ctx context.Context) error {
		messages, err := l.getSome(ctx, request{NextFor: subject, Seq: at.message + 1, Batch: 256, MaxBytes: 4 << 20})
		if err == nil && len(messages) == 0 { // a server that is behind: the leader is not
			var next *stored
			if next, err = l.get(ctx, request{NextFor: subject, Seq: at.message + 1}); next != nil {
				messages = []*stored{next}
			}
		}
		if err == nil && len(messages) == 0 {
			err = errBehind
		}
		if err != nil {
			return err
		}
		some = nil
		for _, m := range messages {
			one, err := decode(m.Seq, m.Data)
			if err != nil {
				return final{err}
			}
			if len(one.events) == 0 || one.events[0].Seq != at.event+1 {
				return final{fmt.Errorf("natslog: product %.80q: message %d does not go on after event %d: %w", product, m.Seq, at.event, ErrGap)}
			}
			some, at = append(some, one), one.head()
		}
		return nil
	})
	return some, err
}

var errBehind = errors.New("natslog: the server is behind what was acknowledged")

// lastBatch returns the last one of a product, the zero value if there is none, as the leader has it.
func (l *Log) lastBatch(ctx context.Context, product string) (last batch, err error) {
	err = l.patiently(ctx, func(ctx context.Context) error {
		message, err := l.get(ctx, request{LastFor: l.subject(product)})
		if err != nil || message == nil {
			return err
		}
		if last, err = decode(message.Seq, message.Data); err != nil {
			return final{err}
		}
		return nil
	})
	return last, err
}

// get returns a message, nil if there is none, as the leader has it.
func (l *Log) get(ctx context.Context, wanted request) (*stored, error) {
	body, err := json.Marshal(wanted)
	if err != nil {
		return nil, err
	}
	reply, err := l.conn.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+l.options.Name, body)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Error   *jetstream.APIError `json:"error"`
		Message *stored             `json:"message"`
	}
	if err := json.Unmarshal(reply.Data, &answer); err != nil {
		return nil, err
	}
	switch {
	case answer.Error != nil && answer.Error.ErrorCode == jetstream.JSErrCodeMessageNotFound:
		return nil, nil
	case answer.Error != nil:
		return nil, answer.Error
	case answer.Message == nil:
		return nil, errors.New("natslog: an answer without a message")
	}
	if len(answer.Message.Header) > 0 {
		header, err := nats.DecodeHeadersMsg(answer.Message.Header)
		if err != nil {
			return nil, err
		}
		answer.Message.id = header.Get(jetstream.MsgIDHeader)
	}
	return answer.Message, nil
}

// getSome returns messages in their order, as any one server has them.
func (l *Log) getSome(ctx context.Context, wanted request) ([]*stored, error) {
	body, err := json.Marshal(wanted)
	if err != nil {
		return nil, err
	}
	inbox := l.conn.NewInbox()
	answers, err := l.conn.SubscribeSync(inbox)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answers.Unsubscribe() }()
	if err := l.conn.PublishRequest("$JS.API.DIRECT.GET."+l.options.Name, inbox, body); err != nil {
		return nil, err
	}
	var messages []*stored
	for {
		answer, err := answers.NextMsgWithContext(ctx)
		if err != nil {
			return nil, err
		}
		switch status := answer.Header.Get("Status"); status {
		case "":
		case "204", "404": // the end, or none
			return messages, nil
		default:
			return nil, fmt.Errorf("natslog: read of messages: %s %s", status, answer.Header.Get("Description"))
		}
		sequence, err := strconv.ParseUint(answer.Header.Get(jetstream.SequenceHeader), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("natslog: read of messages: %w", err)
		}
		messages = append(messages, &stored{
			Subject: answer.Header.Get(jetstream.SubjectHeader), Seq: sequence, Data: answer.Data, id: answer.Header.Get(jetstream.MsgIDHeader),
		})
	}
}

// known returns where a product was last seen.
func (l *Log) known(product string) head {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.heads[product]
}
