package backlog

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// StoryEntrySize is what a backlog holds of each story in place, in bytes.
var StoryEntrySize = reflect.TypeFor[storyEntry]().Size()

// The two readers of events, for the law that they agree.
var (
	ScanEvent = scanEvent
	ReadEvent = readEvent
)

// Kept returns a story as an entry keeps it.
func Kept(s story.Story) story.Story {
	var b View
	entry := b.newStoryEntry()
	b.keep(&entry.story, &storyRecord{Story: s})
	entry.feature = &featureEntry{feature: roadmap.Feature{ID: s.Feature}}
	return entry.value()
}

// The two readers of snapshots, for the law that they agree.
var (
	ScanSnapshot = scanSnapshot
	ReadSnapshot = readSnapshot
)

// SnapshotByJSON is Snapshot as package json writes it.
func SnapshotByJSON(b *Backlog) ([]byte, error) {
	data, err := json.Marshal(snapshotHead{SnapshotVersion, b.seq, b.at})
	for _, one := range sections {
		all := one.collect(&b.view)
		if all == nil || err != nil {
			continue
		}
		var value []byte
		value, err = json.Marshal(all)
		data = append(append(data[:len(data)-1], `,"`+one.title()+`":`...), append(value, '}')...)
	}
	return data, err
}

// TrimSame is how two lists of stories are compared.
var TrimSame = trimSame

// AppendText is how a table of parts writes a text.
var AppendText = appendText

// PartTables are the tables of parts: their names, and those that the types have.
var PartTables = map[string][2][]string{
	"story record": tableOf(storyRecordParts), "narrative": tableOf(narrativeParts), "criterion": tableOf(criterionParts),
	"task": tableOf(taskParts), "dependency": tableOf(dependencyParts), "item": tableOf(itemParts),
	"add story": tableOf(addStoryParts), "estimate story": tableOf(estimateStoryParts),
	"set story status": tableOf(setStoryStatusParts), "add dependency": tableOf(addDependencyParts),
}

func tableOf[T any](of parts[T]) (names [2][]string) {
	for _, p := range of {
		name := p.name
		if p.omit != nil {
			name += ",omitzero"
		}
		names[0] = append(names[0], name)
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if tag := field.Tag.Get("json"); tag != "" {
			names[1] = append(names[1], strings.Replace(tag, "omitempty", "omitzero", 1))
		}
	}
	return names
}
