package backlog

import "time"

// Versions, words, defaults and bounds that a host meets.
const (
	// The versions of JSON that this package writes and reads.
	EventVersion    = 1 // of an [Event]
	SnapshotVersion = 1 // of what [View.Snapshot] writes and [Restore] reads

	// SkillLabel begins a label that names a skill which work on the story takes: "skill:go".
	SkillLabel = "skill:"
	// DefaultLimit is the size, in points, up to which [DefaultReady] takes a story to fit one sprint.
	DefaultLimit = 13

	// The bounds that are not those of a field. What is larger is refused by name.
	MaxImportItems = 1_000  // stories, features, goals, releases and sprints of one [ImportItems]; more come in several
	MaxImportLinks = 10_000 // dependencies, relations, assessments and stories in sprints of one [ImportItems]
	MaxPassedOn    = 20_000 // dependencies that a split makes: those of the parent, once for each child
	MaxNotes       = 1_000  // notes of the retrospective of a sprint

	MaxLag = Lag(10 * 366 * 24 * time.Hour) // ten years
)
