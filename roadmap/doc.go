// Package roadmap holds the product manager's half of a product: the [Vision], the [Goal]s that
// lead to it, the [Feature]s that serve a goal, and the [Horizon]s the features are planned for.
//
// Everything here is a plain value with a Validate method. Nothing changes by itself: a
// backlog.Backlog holds these values and changes them on the word of somebody who may.
//
//	Vision 1 ─► n Goal 1 ─► n Feature ─► n story.Story
//
// A goal has a [Metric] with a baseline and a target, absolute or relative ("reduce by 20 %"), and
// measurements over time. [Goal.Progress] is exact: a fraction, rounded once, when it is shown.
package roadmap
