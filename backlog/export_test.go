package backlog

import "reflect"

// StoryEntrySize is what a backlog holds of each story in place, in bytes.
var StoryEntrySize = reflect.TypeFor[storyEntry]().Size()

// The two readers of events, for the law that they agree.
var (
	ScanEvent = scanEvent
	ReadEvent = readEvent
)
