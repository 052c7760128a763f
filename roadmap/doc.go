// Package roadmap holds where a product goes: the [Vision], the [Goal]s that lead to it, the [Feature]s
// that serve a goal, and when they come: [Horizon]s of the roadmap, [Release]s, and [Increment]s that
// several teams plan together. An [Objective] has key results and a score.
//
//	Vision 1 ─► n Goal 1 ─► n Feature ─► n story.Story
//
// Everything here is a plain value with a Validate method, which returns everything that is wrong at
// once; each problem is a field.Error. Nothing changes by itself: a backlog.Backlog holds these values
// and changes them for somebody who may.
//
// A goal has a [Metric] with a baseline and a [Target], absolute or relative ("reduce by 20 %"), and
// measurements over time. [Goal.Progress] is exact, a fraction that is rounded once, when it is shown;
// [Goal.Track] compares it with a steady pace, [Goal.Trend] with the measurement before.
//
// Amounts of [Money] in different currencies are never added. Enumerations such as [GoalStatus] have
// text forms, and the text is the contract in JSON and databases; the numbers are not.
package roadmap

import "github.com/backlogkit/backlogkit/story/field"

// fieldError returns a [field.Error] of this package.
func fieldError(path, value, want string) error { return field.New("roadmap", path, value, want) }
