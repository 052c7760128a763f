package backlog

// The two readers of events, for the law that they agree.
var (
	ScanEvent = scanEvent
	ReadEvent = readEvent
)
