package natslog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Snapshots is a [host.Snapshots] in a bucket of the servers, with a key for each product. Make one with
// [Log.Snapshots].
type Snapshots struct {
	log    *Log
	bucket jetstream.KeyValue
}

// Snapshots returns the snapshots that go with a log, and makes their bucket if it is not there. A snapshot that is
// larger than a message is not kept: that product is read from its events.
func (l *Log) Snapshots(ctx context.Context) (*Snapshots, error) {
	s := &Snapshots{log: l}
	return s, l.patiently(ctx, func(ctx context.Context) (err error) {
		s.bucket, err = l.stream.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: l.options.Name + "_SNAPSHOTS", Replicas: l.options.Replicas, Storage: jetstream.FileStorage, Compression: true,
		})
		return err
	})
}

func (s *Snapshots) key(product string) string {
	return s.log.subject(product)[len(s.log.options.Name)+1:]
}

// Save implements [host.Snapshots].
func (s *Snapshots) Save(ctx context.Context, product string, _ uint64, data []byte) error {
	attempt, cancel := context.WithTimeout(ctx, s.log.options.Attempt)
	defer cancel()
	if _, err := s.bucket.Put(attempt, s.key(product), data); err != nil {
		return fmt.Errorf("natslog: save a snapshot: %w", err)
	}
	return nil
}

// Load implements [host.Snapshots].
func (s *Snapshots) Load(ctx context.Context, product string) ([]byte, error) {
	attempt, cancel := context.WithTimeout(ctx, s.log.options.Attempt)
	defer cancel()
	entry, err := s.bucket.Get(attempt, s.key(product))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("natslog: load a snapshot: %w", err)
	}
	return entry.Value(), nil
}
