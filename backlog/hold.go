package backlog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ScheduleStory holds a story until an instant: before it, the story cannot be started. The zero instant
// lets it go. The instant is kept in the story's [story.Details].
//
// The product owner may do it. Errors: [NotFoundError]; [field.Error] for an instant before the last
// event's; [ErrRule] once the story is accepted or dropped.
type ScheduleStory struct {
	Story     story.ID  `json:"story"`
	NotBefore time.Time `json:"not_before,omitzero"`
}

// Kind returns "schedule_story".
func (ScheduleStory) Kind() string { return "schedule_story" }

func (ScheduleStory) permission(*View) Permission { return MayWriteStories }

func (c ScheduleStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c ScheduleStory) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c ScheduleStory) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return b.checkNotBefore("not_before", c.NotBefore)
}

func (c ScheduleStory) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) { s.Details = scheduled(s.Details, c.NotBefore) })
}

// ScheduleFeature holds a feature until an instant, and with it its stories (unless
// [Options.HoldFeaturesOnly]): before it, they cannot be started. The zero instant lets them go.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] for an instant before the last
// event's; [ErrRule] by [RuleFeatureOpen].
type ScheduleFeature struct {
	Feature   roadmap.FeatureID `json:"feature"`
	NotBefore time.Time         `json:"not_before,omitzero"`
}

// Kind returns "schedule_feature".
func (ScheduleFeature) Kind() string { return "schedule_feature" }

func (ScheduleFeature) permission(*View) Permission { return MayDefineFeatures }

func (c ScheduleFeature) gate(b *View) []*RefusedError { return refusals(b.wantFeatureOpen(c.Feature)) }

func (c ScheduleFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	return b.checkNotBefore("not_before", c.NotBefore)
}

func (c ScheduleFeature) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Details = scheduled(feature.Details, c.NotBefore)
		return feature
	})
}

// scheduled returns details with an instant before which nothing is started.
func scheduled(details story.Const[story.Details], notBefore time.Time) story.Const[story.Details] {
	changed := details.Value()
	changed.NotBefore = notBefore
	return story.ConstOf(changed)
}

// checkNotBefore refuses to hold something until an instant that has passed.
func (b *View) checkNotBefore(path string, at time.Time) error {
	if err := field.CheckInstant("backlog", path, at); err != nil {
		return err
	}
	if !at.IsZero() && at.Before(b.at) {
		return fieldError(path, at.Format(time.RFC3339Nano), "none, or an instant not before the last event's, "+b.at.Format(time.RFC3339Nano))
	}
	return nil
}

// Lag is how long after the acceptance of what is needed an item can be started. Its text form is that of
// [time.Duration]: "72h0m0s".
type Lag time.Duration

// String returns the text form.
func (l Lag) String() string { return time.Duration(l).String() }

// MarshalText returns the text form.
func (l Lag) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form; l stays as it was on an error.
func (l *Lag) UnmarshalText(text []byte) error {
	const most = 64
	duration, err := time.ParseDuration(string(text[:min(len(text), most)]))
	if err != nil || len(text) > most {
		return fieldError("lag", fmt.Sprintf("%.40s", text), "a duration such as 72h")
	}
	*l = Lag(duration)
	return nil
}

func (l Lag) check(path string) error {
	if l >= 0 && l <= MaxLag {
		return nil
	}
	return fieldError(path, l.String(), "0 to "+MaxLag.String())
}

// Wait is what an item waits for at an instant before it can be started. The zero value is nothing.
type Wait struct {
	Items []ItemID  `json:"items"`          // open items that it needs or, for a story, its feature does, by id
	Until time.Time `json:"until,omitzero"` // the instant until which it is held, as far as that is known; zero for none

	Impediments []roadmap.ImpedimentID `json:"impediments"` // open ones that hold it or, for a story, its feature, as they were raised
}

// IsZero reports whether the item can be started.
func (w Wait) IsZero() bool { return len(w.Items) == 0 && len(w.Impediments) == 0 && w.Until.IsZero() }

// String returns `waits for story "6ba7b810-..." and 2 more items, and for impediment 6ba7b811-..., and until
// 2027-03-01T00:00:00Z`, the parts that there are of it, or "waits for nothing".
func (w Wait) String() string {
	var parts []string
	if len(w.Items) > 0 {
		parts = append(parts, "for "+counted(w.Items, "item"))
	}
	if len(w.Impediments) > 0 {
		parts = append(parts, "for impediment "+counted(w.Impediments, "impediment"))
	}
	if !w.Until.IsZero() {
		parts = append(parts, "until "+w.Until.UTC().Format(time.RFC3339Nano))
	}
	if len(parts) == 0 {
		return "waits for nothing"
	}
	return "waits " + strings.Join(parts, ", and ")
}

// counted returns the first of a list and how many more there are.
func counted[E fmt.Stringer](list []E, noun string) string {
	switch more := len(list) - 1; more {
	case 0:
		return list[0].String()
	case 1:
		return fmt.Sprintf("%v and 1 more %s", list[0], noun)
	default:
		return fmt.Sprintf("%v and %d more %ss", list[0], more, noun)
	}
}

// reason returns what kind of thing is waited for, for a refusal.
func (w Wait) reason() string {
	var parts []string
	if len(w.Items) > 0 {
		parts = append(parts, "for other items")
	}
	if len(w.Impediments) > 0 {
		parts = append(parts, "for an impediment")
	}
	if !w.Until.IsZero() {
		parts = append(parts, "for its time")
	}
	return strings.Join(parts, " and ")
}

// needsOf returns what would have to happen, for a refusal.
func (b *View) needsOf(w Wait) []string {
	const shown = 10
	var needs []string
	for i, item := range w.Items {
		if i == shown {
			needs = append(needs, fmt.Sprintf("%d more finished", len(w.Items)-shown))
			break
		}
		needs = append(needs, b.titled(item)+" finished")
	}
	for i, id := range w.Impediments {
		if i == shown {
			needs = append(needs, fmt.Sprintf("%d more impediments resolved", len(w.Impediments)-shown))
			break
		}
		needs = append(needs, b.impedimentTitle(id)+" resolved")
	}
	if !w.Until.IsZero() {
		needs = append(needs, "an instant not before "+w.Until.UTC().Format(time.RFC3339Nano))
	}
	return needs
}

// waitOf returns what an item waits for at an instant.
func (b *View) waitOf(n *node, at time.Time) Wait {
	wait := Wait{Items: itemsOf(b.openNeeds(n))}
	for _, entry := range b.impedimentsOf(n, true) {
		wait.Impediments = append(wait.Impediments, entry.impediment.ID)
	}
	if until := b.heldUntil(n); until.After(at) {
		wait.Until = until
	}
	return wait
}

// heldUntil returns the instant until which an item is held, the zero time if it is not: the latest of those
// that are known.
func (b *View) heldUntil(n *node) time.Time {
	until := n.heldUntil()
	above := b.above(n)
	if above == nil {
		return until
	}
	other := above.feature.until
	if above.waiting > 0 { // it is kept up to date for what can be started only
		other = above.heldUntil()
	}
	if other.After(until) {
		return other
	}
	return until
}

// heldUntil returns the instant until which n is held itself.
func (n *node) heldUntil() time.Time {
	var until time.Time
	if n.isDated {
		until = n.details().NotBefore
	}
	if !n.hasLags {
		return until
	}
	for _, one := range n.needs {
		if one.lag > 0 && !one.node.open && !n.owns(one.node) {
			if end := one.node.acceptance().end(one.lag); end.After(until) {
				until = end
			}
		}
	}
	return until
}

func (n *node) details() story.Details {
	if n.story != nil {
		return n.story.story.Details.Value()
	}
	return n.feature.feature.Details.Value()
}

func (n *node) acceptance() *Acceptance {
	if n.story != nil {
		return n.story.story.acceptance
	}
	return n.feature.acceptance
}

// end returns the instant so long after the acceptance, the zero time where there is none.
func (a *Acceptance) end(lag Lag) time.Time {
	if a == nil {
		return time.Time{}
	}
	return a.At.Add(time.Duration(lag))
}

// redate updates what holds an item until an instant, and what is derived from it.
func (b *View) redate(n *node) {
	if n.story != nil {
		b.refresh(n.story)
		return
	}
	if until := n.heldUntil(); !until.Equal(n.feature.until) && !b.options.HoldFeaturesOnly {
		n.feature.until = until
		b.refreshFeature(n.feature)
	}
}

// setDetails notes what is derived from the details of an item.
func (b *View) setDetails(n *node, item ItemID, old, now story.Const[story.Details]) {
	if old == now {
		return
	}
	b.indexKey(item, old, now)
	n.isDated = !now.Value().NotBefore.IsZero()
}

// setAcceptance notes for what needs an item, with a lag, that its acceptance is another.
func (b *View) setAcceptance(n *node, old, now *Acceptance) {
	if old == now || !n.hasLagged {
		return
	}
	for _, other := range n.frees {
		if other.hasLags && other.waiting == 0 { // what waits is seen to when it no longer does
			b.redate(other)
		}
	}
}

// setLags notes that a need with a lag came or went.
func (b *View) setLags(n, needed *node) {
	n.hasLags = slices.ContainsFunc(n.needs, func(one need) bool { return one.lag > 0 })
	needed.hasLagged = needed.hasLagged || n.hasLags
	b.redate(n)
}

// passSchedule makes a child of a split be held as long as its parent.
func passSchedule(parent, child story.Const[story.Details]) story.Const[story.Details] {
	until := parent.Value().NotBefore
	if !until.After(child.Value().NotBefore) {
		return child
	}
	return scheduled(child, until)
}

// later returns the later of two instants.
func later(x, y time.Time) time.Time {
	if x.Before(y) {
		return y
	}
	return x
}
