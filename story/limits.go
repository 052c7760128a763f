package story

// The bounds of what a story may hold. Larger input is an error, never a cut.
const (
	MaxCriteria = 1_000 // criteria of one story or feature
	MaxTasks    = 1_000 // tasks of one story
)
