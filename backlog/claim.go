package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Claim is who holds an open story, and until when: whoever works on it for the time being. At Until it has
// run out, and the story is free again.
type Claim struct {
	Story story.ID  `json:"story"`
	By    string    `json:"by"`
	Until time.Time `json:"until"`
	Token uint64    `json:"token"` // the sequence number of the event that made it: a later claim has a higher one
}

// holds reports whether a claim has not run out at an instant.
func (c Claim) holds(at time.Time) bool { return at.Before(c.Until) }

// ClaimError is returned where a story is held by another claim than the one that is meant, or by none. It is
// an [ErrClaim].
type ClaimError struct {
	Token  uint64 `json:"token,omitzero"` // that was named, if one was
	Held   Claim  `json:"held"`           // by whom the story is held instead; zero for nobody
	Reason string `json:"reason"`
}

// Error reads `backlog: claim 7 does not hold: Dana holds the story until 2027-01-11T10:00:00Z (claim 9)`.
func (e *ClaimError) Error() string {
	if e.Token == 0 {
		return fmt.Sprintf("backlog: %v: %s", ErrClaim, e.Reason)
	}
	return fmt.Sprintf("backlog: claim %d does not hold: %s", e.Token, e.Reason)
}

// Is reports whether target is [ErrClaim].
func (e *ClaimError) Is(target error) bool { return target == ErrClaim }

// heldBy returns that a story is held by somebody.
func heldBy(token uint64, held Claim) *ClaimError {
	return &ClaimError{token, held, fmt.Sprintf("%q holds the story until %s (claim %d)",
		held.By, held.Until.UTC().Format(time.RFC3339Nano), held.Token)}
}

// ClaimStory makes the actor hold an open story until an instant, so that nobody else begins it: see
// [RuleClaimed], [View.NextFor] and [DecideOptions.Claim]. The sequence number of its event is the token of the
// claim. A story is held by one at a time, by whoever claimed it even from themselves.
//
// Developers may do it. Errors: [NotFoundError]; [ErrClaim] while the story is held; [field.Error] for an
// instant that has passed; [ErrRule] once it is accepted or dropped, or by [RuleStartWaiting] and
// [RuleParentAlive] as for its beginning. O(log n).
type ClaimStory struct {
	Story story.ID  `json:"story"`
	Until time.Time `json:"until"`
}

// RenewClaim makes the actor's claim on a story hold until another instant. Its token stays.
//
// Developers may do it. Errors: [NotFoundError]; [ErrClaim] where the actor does not hold the story, or the
// claim has run out; [field.Error] for an instant that has passed.
type RenewClaim struct {
	Story story.ID  `json:"story"`
	Until time.Time `json:"until"`
}

// ReleaseClaim ends a claim before it runs out: the actor's own or, with Of, that of somebody else. It is not
// given back by taking that back.
//
// Developers may end their own, whoever may assign a story to somebody that of others. Errors:
// [NotFoundError]; [ErrClaim] where that person does not hold the story.
type ReleaseClaim struct {
	Story story.ID `json:"story"`
	Of    string   `json:"of,omitzero"`
}

// Kind returns "claim_story".
func (ClaimStory) Kind() string { return "claim_story" }

func (ClaimStory) permission(*View) Permission { return MayWorkOnStories }

func (c ClaimStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c ClaimStory) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.stories[c.Story]
	switch {
	case !ok:
		return nil
	case entry.category == story.Proposed:
		return refusals(b.wantFree(RuleStartWaiting, &entry.node, at), b.wantAlive(entry))
	default:
		return refusals(b.wantOpen(c.Story))
	}
}

func (c ClaimStory) check(b *View) error {
	_, err := b.find(c.Story)
	return err
}

func (c ClaimStory) checkBy(b *View, at time.Time, _ string) error {
	if held, ok := b.claimOf(c.Story); ok && held.holds(at) {
		return heldBy(0, held)
	}
	if !b.stories[c.Story].node.open {
		return &ClaimError{Reason: "the story is not open"}
	}
	return checkUntil(c.Until, at)
}

func (c ClaimStory) apply(b *View, _ time.Time, by string) {
	b.putClaim(Claim{c.Story, by, c.Until, b.seq})
}

// Kind returns "renew_claim".
func (RenewClaim) Kind() string { return "renew_claim" }

func (RenewClaim) permission(*View) Permission { return MayWorkOnStories }

func (c RenewClaim) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c RenewClaim) check(b *View) error {
	_, err := b.find(c.Story)
	return err
}

func (c RenewClaim) checkBy(b *View, at time.Time, by string) error {
	if err := b.checkHeld(c.Story, at, by); err != nil {
		return err
	}
	return checkUntil(c.Until, at)
}

func (c RenewClaim) apply(b *View, _ time.Time, _ string) {
	claim, _ := b.claimOf(c.Story)
	claim.Until = c.Until
	b.putClaim(claim)
}

// Kind returns "release_claim".
func (ReleaseClaim) Kind() string { return "release_claim" }

func (c ReleaseClaim) permission(*View) Permission {
	if c.Of != "" {
		return MayAssignStories
	}
	return MayWorkOnStories
}

func (c ReleaseClaim) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c ReleaseClaim) check(b *View) error {
	_, err := b.find(c.Story)
	return field.Join(err, field.CheckName("backlog", "of", c.Of))
}

func (c ReleaseClaim) checkBy(b *View, at time.Time, by string) error {
	return b.checkHeld(c.Story, at, cmp.Or(c.Of, by))
}

func (c ReleaseClaim) apply(b *View, _ time.Time, _ string) { b.endClaim(c.Story) }

// checkHeld wants a story to be held by somebody at an instant.
func (b *View) checkHeld(id story.ID, at time.Time, by string) error {
	held, ok := b.claimOf(id)
	switch {
	case !ok:
		return &ClaimError{Reason: "nobody holds the story"}
	case held.By != by:
		return heldBy(0, held)
	case !held.holds(at):
		return &ClaimError{held.Token, Claim{}, "it ran out at " + held.Until.UTC().Format(time.RFC3339Nano)}
	}
	return nil
}

// checkUntil wants a claim to hold for a while.
func checkUntil(until, at time.Time) error {
	if err := field.CheckInstant("backlog", "until", until); err != nil || until.After(at) {
		return err
	}
	return fieldError("until", until.Format(time.RFC3339Nano), "an instant after "+at.Format(time.RFC3339Nano))
}

// wantToken returns a [ClaimError] unless an actor holds, at an instant, the claim of a token.
func (b *View) wantToken(token uint64, change Change, by string, at time.Time) error {
	if token == 0 {
		return nil
	}
	id, known := b.claims.byToken[token]
	held, _ := b.claimOf(id)
	switch {
	case !known:
		if other, ok := b.heldOf(change, at); ok && other.Token > token {
			return heldBy(token, other)
		}
		return &ClaimError{token, Claim{}, "no such claim is left: it was given up, another came after it, or the story is no longer open"}
	case held.By != by:
		return heldBy(token, held)
	case !held.holds(at):
		return &ClaimError{token, Claim{}, "it ran out at " + held.Until.UTC().Format(time.RFC3339Nano)}
	case !b.stories[id].node.open:
		return &ClaimError{token, Claim{}, "the story is not open"}
	}
	return nil
}

// heldOf returns the claim that holds, at an instant, a story that a change names.
func (b *View) heldOf(change Change, at time.Time) (Claim, bool) {
	var items Items
	if named, ok := change.(namer); ok {
		items = named.names()
	} else if reach, ok := reaches[kindOf(change)]; ok {
		items = reach(b, change)
	}
	for _, id := range items.Stories {
		if held, ok := b.claimOf(id); ok && held.holds(at) {
			return held, true
		}
	}
	return Claim{}, false
}

// wantUnclaimed refuses, by the rule, to work on a story that somebody else holds.
func (b *View) wantUnclaimed(entry *storyEntry, at time.Time, by string) *RefusedError {
	held, ok := b.claimOf(entry.story.ID)
	if !ok || held.By == by || !held.holds(at) {
		return nil
	}
	refused := breach(RuleClaimed, ByRule, fmt.Sprintf("%q holds the story", held.By),
		"that claim released, or an instant not before "+held.Until.UTC().Format(time.RFC3339Nano))
	refused.ID = entry.story.ID.String()
	return refused
}

// claims are the claims by story, those that have run out too: time passes without an event.
type claims struct {
	byStory map[story.ID]*claimEntry
	byToken map[uint64]story.ID
}

type claimEntry struct{ claim Claim }

func (c *claims) get(id story.ID) *claimEntry { return c.byStory[id] }

func (c *claims) len() int { return len(c.byStory) }

func (c *claims) all() iter.Seq[*claimEntry] {
	return func(yield func(*claimEntry) bool) {
		for _, id := range slices.SortedFunc(maps.Keys(c.byStory), story.ID.Compare) {
			if !yield(c.byStory[id]) {
				return
			}
		}
	}
}

func (c *claims) index(*claimEntry) int { return 0 }

func (c *claims) insert(id story.ID, entry *claimEntry, _ int) {
	if c.byStory == nil {
		c.byStory, c.byToken = make(map[story.ID]*claimEntry), make(map[uint64]story.ID)
	}
	c.byStory[id] = entry
}

func (c *claims) grow(int) {}

func (c *claims) remove(id story.ID, _ *claimEntry) { delete(c.byStory, id) }

// move and arrange do nothing: the ids of the stories are the order.
func (c *claims) move(*claimEntry, int)        {}
func (c *claims) arrange([]*claimEntry, []int) {}

var claimTable = &table[story.ID, Claim, claimEntry]{
	name: "claims", noun: "claim",
	rows:  func(b *View) storage[story.ID, claimEntry] { return &b.claims },
	key:   func(c Claim) story.ID { return c.Story },
	value: func(e *claimEntry) Claim { return e.claim },
	set:   (*View).setClaim,
	check: (*View).checkClaimRecord,
	stays: func(*View, *claimEntry) (reason, needs string) { return "", "" },
}

// setClaim replaces a claim, and with it when the story comes next.
func (b *View) setClaim(entry *claimEntry, claim Claim) {
	delete(b.claims.byToken, entry.claim.Token)
	id := cmp.Or(claim.Story, entry.claim.Story)
	if entry.claim = claim; claim.Token != 0 {
		b.claims.byToken[claim.Token] = claim.Story
	}
	b.refresh(b.stories[id])
}

func (b *View) checkClaimRecord(_ *claimEntry, claim Claim) error {
	entry, err := b.find(claim.Story)
	if err == nil && !entry.category.IsOpen() {
		err = fieldError("story", claim.Story.String(), "a story that is open")
	}
	errs := []error{err, field.CheckTitle("backlog", "by", claim.By), field.CheckInstant("backlog", "until", claim.Until)}
	if claim.Until.IsZero() {
		errs = append(errs, fieldError("until", "", "an instant"))
	}
	if other, taken := b.claims.byToken[claim.Token]; claim.Token == 0 || taken && other != claim.Story {
		errs = append(errs, fieldError("token", fmt.Sprint(claim.Token), "the number of the event that made the claim"))
	}
	return field.Join(errs...)
}

// checkTokens wants no claim that an event made which is to come.
func (b *View) checkTokens(seq uint64) error {
	for entry := range b.claims.all() {
		if entry.claim.Token > seq {
			return fmt.Errorf("claim of story %q: %w", entry.claim.Story,
				fieldError("token", fmt.Sprint(entry.claim.Token), fmt.Sprintf("at most %d, the last event", seq)))
		}
	}
	return nil
}

// claimOf returns the claim on a story, be it run out or not.
func (b *View) claimOf(id story.ID) (Claim, bool) {
	entry, ok := b.claims.byStory[id]
	if !ok {
		return Claim{}, false
	}
	return entry.claim, true
}

func (b *View) putClaim(claim Claim) {
	if entry := b.claims.byStory[claim.Story]; entry != nil {
		claimTable.put(b, entry, claim)
	} else {
		claimTable.add(b, claim)
	}
}

// endClaim takes the claim on a story out, if there is one.
func (b *View) endClaim(id story.ID) {
	if entry := b.claims.byStory[id]; entry != nil {
		claimTable.remove(b, entry)
	}
}

// checkClaims refuses a Revert that would give back a claim which came to an end: an act that came after it
// may have named a higher token.
func (c Revert) checkClaims() error {
	after := claimTable.of(c.is).Values
	for _, claim := range claimTable.of(c.was).Values {
		if !slices.ContainsFunc(after, func(other Claim) bool { return other.Story == claim.Story }) {
			return fieldError("was.claims", claim.Story.String(), "no claim that came to an end")
		}
	}
	return nil
}

// withoutEnded returns a side of a Revert without the claims that the other side does not have.
func withoutEnded(was, is side) side {
	after, before := claimTable.of(is).Values, claimTable.of(was)
	before.Values = slices.DeleteFunc(slices.Clone(before.Values), func(claim Claim) bool {
		return !slices.ContainsFunc(after, func(other Claim) bool { return other.Story == claim.Story })
	})
	before.Places = nil
	if delete(was, claimTable.name); len(before.Values) > 0 {
		was[claimTable.name] = before
	}
	return was
}

// ClaimOf returns who holds an open story at an instant. The bool is false if nobody does.
func (b *View) ClaimOf(id story.ID, at time.Time) (Claim, bool) {
	held, ok := b.claimOf(id)
	if !ok || !held.holds(at) || !b.stories[id].node.open {
		return Claim{}, false
	}
	return held, true
}

// Claims returns an iterator over the claims that hold at an instant, in the order in which they were made. At
// the zero time these are all that were not given up since. O(n log n) in the claims.
func (b *View) Claims(at time.Time) iter.Seq[Claim] {
	return func(yield func(Claim) bool) {
		for _, token := range slices.Sorted(maps.Keys(b.claims.byToken)) {
			if claim, ok := b.ClaimOf(b.claims.byToken[token], at); ok && !yield(claim) {
				return
			}
		}
	}
}
