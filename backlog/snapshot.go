package backlog

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// snapshotHead is what a snapshot begins with. The sections follow: all of a backlog's state that is not
// derived, in a canonical order: stories and features in theirs, goals and sprints as they were added,
// dependencies by id, people by name.
type snapshotHead struct {
	Version int       `json:"version"`
	Seq     uint64    `json:"seq"`
	At      time.Time `json:"at,omitzero"`
}

// Snapshot returns the whole state as JSON. Equal states give equal bytes. The rules are no part of
// it: whoever restores hands in the options again. O(n log n).
func (b *View) Snapshot() ([]byte, error) {
	head, err := json.Marshal(snapshotHead{SnapshotVersion, b.seq, b.at})
	if err != nil {
		return nil, fmt.Errorf("backlog: snapshot: %w", bare(err))
	}
	return writeSections(head[:len(head)-1], func(one section) any { return one.collect(b) })
}

// writeSections adds sections to the beginning of a JSON object, those that of returns something for, and
// ends it.
func writeSections(begin []byte, of func(section) any) ([]byte, error) {
	data := begin
	for _, one := range sections {
		value := of(one)
		if value == nil {
			continue
		}
		if len(data) > 1 {
			data = append(data, ',')
		}
		data = append(strconv.AppendQuote(data, one.title()), ':')
		var err error
		if data, err = one.encode(data, value); err != nil {
			return nil, fmt.Errorf("backlog: %s: %w", one.title(), bare(err))
		}
	}
	return append(data, '}'), nil
}

// Restore makes a backlog from a snapshot and checks every invariant on the way: ids are there and
// unique, values are valid, nothing waits for itself, open sprints share no story. A version that
// this package does not know is an [ErrVersion] that names it, anything that does not fit is an
// [ErrInconsistent] that names the record.
//
// The events after the snapshot are those after [View.Seq]:
//
//	b, err := backlog.Restore(options, data)
//	for event, err := range log.After(b.Seq()) { // the host's own
//		if err == nil {
//			err = b.Apply(event)
//		}
//		if err != nil {
//			return err
//		}
//	}
//
// A snapshot is read as [Options.Upgrade] has brought it up to date; its error comes back as it is.
func Restore(options Options, data []byte) (*Backlog, error) {
	b, err := New(options)
	if err != nil {
		return nil, err
	}
	version, err := snapshotVersion(data)
	if upgrade := options.Upgrade; err == nil && upgrade != nil {
		if data, err = upgrade(version, "snapshot", data); err == nil {
			version, err = snapshotVersion(data)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("backlog: snapshot: %w", bare(err))
	}
	if version != SnapshotVersion {
		return nil, fmt.Errorf("backlog: snapshot: %w %d, want %d", ErrVersion, version, SnapshotVersion)
	}
	head, all, ok := scanSnapshot(data)
	if !ok {
		if head, all, err = readSnapshot(data); err != nil {
			return nil, fmt.Errorf("backlog: snapshot: %w", bare(err))
		}
	}
	for i, one := range sections {
		if all[i] == nil {
			continue
		}
		if err := one.load(&b.view, b.currentRows(all[i]), true); err != nil {
			return nil, fmt.Errorf("backlog: snapshot is %w: %w", ErrInconsistent, bare(err))
		}
	}
	if err := b.checkEpicParents(); err != nil {
		return nil, fmt.Errorf("backlog: snapshot is %w: %w", ErrInconsistent, bare(err))
	}
	if err := b.checkSplits(b.order.all(), b.features.all()); err != nil {
		return nil, fmt.Errorf("backlog: snapshot is %w: splits: %w", ErrInconsistent, bare(err))
	}
	if err := checkCycles(b.needing()); err != nil {
		return nil, fmt.Errorf("backlog: snapshot is %w: %s: %w", ErrInconsistent, dependencySection, bare(err))
	}
	if err := b.checkTokens(head.Seq); err != nil {
		return nil, fmt.Errorf("backlog: snapshot is %w: %s: %w", ErrInconsistent, claimTable.name, err)
	}
	b.seq, b.at = head.Seq, head.At
	return b, nil
}

// errFound ends the reading of an object where what was looked for is found.
var errFound = errors.New("found")

// snapshotVersion reads the version, which comes first where nobody moved it.
func snapshotVersion(data []byte) (version int, err error) {
	err = readObject(data, func(name string, decoder *json.Decoder) error {
		if name != "version" {
			var skipped json.RawMessage
			return decoder.Decode(&skipped)
		}
		if err := decoder.Decode(&version); err != nil {
			return err
		}
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return version, err
}

// scanSnapshot reads a snapshot as [View.Snapshot] writes it, likewise to scanEvent.
func scanSnapshot(data []byte) (head snapshotHead, all []any, ok bool) {
	s := scanner{data: data, ok: true}
	all = make([]any, len(sections))
	var hasVersion, hasSeq, hasAt bool
	once := func(has *bool) {
		s.ok = s.ok && !*has
		*has = true
	}
	s.object(func(key []byte) {
		switch string(key) {
		case "version":
			once(&hasVersion)
			head.Version = int(s.number())
		case "seq":
			once(&hasSeq)
			head.Seq = s.number()
		case "at":
			once(&hasAt)
			head.At = s.instant()
		default:
			i := slices.IndexFunc(sections, func(one section) bool { return one.title() == string(key) })
			if s.ok = s.ok && i >= 0 && all[i] == nil; s.ok {
				all[i] = sections[i].scan(&s)
			}
		}
	})
	s.space()
	return head, all, s.ok && s.at == len(data)
}

// readSnapshot reads what scanSnapshot does not, and finds what is wrong with it.
func readSnapshot(data []byte) (head snapshotHead, all []any, err error) {
	if err := checkKeys(data); err != nil {
		return head, nil, err
	}
	all = make([]any, len(sections))
	err = readObject(data, func(name string, decoder *json.Decoder) error {
		switch name {
		case "version":
			return decoder.Decode(&head.Version)
		case "seq":
			return decoder.Decode(&head.Seq)
		case "at":
			return decoder.Decode(&head.At)
		}
		for i, one := range sections {
			if one.title() == name {
				all[i], err = one.decode(decoder)
				return err
			}
		}
		return fmt.Errorf("unknown field %.60q", name)
	})
	return head, all, err
}

// Clone returns an independent copy: for a reader that takes long, or to try changes on. For a preview,
// execute them on the clone and compare it with b by diff.Between. O(n log n).
func (b *View) Clone() *Backlog {
	if b.isZero() {
		return &Backlog{}
	}
	clone := &Backlog{view{
		options: b.options, isOwn: b.isOwn, begins: b.begins, seq: b.seq, at: b.at, recent: b.recent.clone(), features: newFeatures(),
		stories: make(map[story.ID]*storyEntry, len(b.stories)),
		tasks:   make(map[story.TaskID]*storyEntry, len(b.tasks)),
		loads:   newLoads(b.options.Limits),
	}}
	for _, one := range sections {
		if all := one.collect(b); all != nil {
			_ = one.load(&clone.view, all, false) // what is not checked does not fail
		}
	}
	return clone
}
