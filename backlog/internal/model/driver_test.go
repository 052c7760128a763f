package model_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// how is what a step does with its changes.
type how string

const (
	execute  how = "Execute"  // one change
	decide   how = "Decide"   // several, appended to the log and applied
	crash    how = "Crash"    // decided and appended, then the process ends and the log is replayed
	lose     how = "Lose"     // decided, then the process ends before they are appended
	conflict how = "Conflict" // two decide at once: the second is told
	restore  how = "Restore"  // from a snapshot
	clone    how = "Clone"    // and go on with the clone
	forge    how = "Forge"    // a log that is not true
	stray    how = "Stray"    // an event that nobody judged, on a copy
	panics   how = "Panic"    // the policy does, at some change of several
	revert   how = "Revert"   // an event is taken back
	rename   how = "Rename"   // the states of the workflow have other names from now on
)

// step is one of a history. Nothing in it refers to what came before by number, so that steps can be left out.
type step struct {
	How     how
	By      backlog.Actor
	After   time.Duration // the last event; negative is too early
	Changes []backlog.Change
	Back    int      // which event from the end, or in which way
	Claim   story.ID // under whose claim it is decided
	Waive   []backlog.Waiver
}

// String writes a step much as Go source.
func (s step) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s(", s.How)
	for i, change := range s.Changes {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(goText(reflect.ValueOf(change)))
	}
	if s.How == revert || s.How == forge || s.How == panics {
		fmt.Fprintf(&b, " back: %d", s.Back)
	}
	if s.How != restore && s.How != clone && s.How != rename {
		fmt.Fprintf(&b, " by %s", s.By.Name)
		for grant := range s.By.Roles() {
			fmt.Fprintf(&b, ", %s", grant)
		}
		fmt.Fprintf(&b, " after %v", s.After)
	}
	if !s.Claim.IsZero() {
		fmt.Fprintf(&b, " claim of %s", goText(reflect.ValueOf(s.Claim)))
	}
	if len(s.Waive) > 0 {
		fmt.Fprintf(&b, " waive %s", goText(reflect.ValueOf(s.Waive)))
	}
	return b.String() + ")"
}

// world is a backlog, its log, and the model that both are compared with.
type world struct {
	*backlog.Backlog
	options backlog.Options
	log     []backlog.Event
	m       *model
	kept    []kept
	panicIn int // how many more times the policy is asked before it panics; 0 for never
	seen    map[string]int
}

// kept is a backlog that nobody changes any more, and its snapshot.
type kept struct {
	b    *backlog.Backlog
	data string
}

// optionsOf returns the options of a history but for those of [rulesOf], and the mode of every rule.
func optionsOf(seed uint64) (options backlog.Options, others backlog.RuleMode) {
	options = backlog.Options{Ready: []backlog.Check{}}
	if seed%2 == 0 {
		options.Ready = []backlog.Check{backlog.CriterionCheck()}
	}
	options.HoldFeaturesOnly = seed%4 == 3
	if seed%3 == 1 {
		options.Limits = []backlog.Limit{{Most: 1, Team: "red"}, {Most: 1, State: story.InReview}, {Most: 1, Each: backlog.EachPerson}}
	}
	if others = []backlog.RuleMode{0, backlog.RuleRefuse, backlog.RuleOff, backlog.RuleRecord, 0}[seed%5]; others != 0 {
		options.Rules = backlog.Rules{}.Others(others)
	}
	return options, others
}

func newWorld(seed uint64) *world {
	r := rulesOf(seed)
	w := &world{options: r.options, seen: map[string]int{}}
	if seed%7 > 0 { // else that of the table of responsibilities, which this is, too
		policy := backlog.Authority(r.table).Policy()
		w.options.Policy = func(request backlog.PolicyRequest) (backlog.Role, error) {
			if w.panicIn--; w.panicIn == 0 {
				panic("the policy")
			}
			return policy(request)
		}
	}
	b, err := backlog.New(w.options)
	if err != nil {
		panic(err)
	}
	w.Backlog, w.m = b, &model{rules: r}
	return w
}

// at is the instant of a step.
func (w *world) at(s step) time.Time {
	if w.m.Seq == 0 {
		return start
	}
	return w.m.At.Add(s.After)
}

// do makes a step and returns what is wrong, "" for nothing.
func (w *world) do(s step) (wrong string) {
	defer func() {
		if caught := recover(); caught != nil {
			wrong = fmt.Sprintf("panic: %v", caught)
		}
	}()
	switch s.How {
	case execute:
		wrong = w.execute(s.Changes[0], s)
	case decide, crash, lose, panics:
		wrong = w.decide(s)
	case conflict:
		wrong = w.conflict(s)
	case restore:
		wrong = w.restore()
	case clone:
		w.kept = append(w.kept, kept{w.Backlog, w.snapshot()})
		w.Backlog = w.Clone()
	case forge:
		wrong = w.forge(s)
	case stray:
		wrong = w.stray(s)
	case revert:
		wrong = w.revert(s)
	case rename:
		wrong = w.rename()
	}
	if wrong == "" {
		wrong = w.compare()
	}
	return wrong
}

func (w *world) snapshot() string {
	data, err := w.Snapshot()
	if err != nil {
		panic(err)
	}
	return string(data)
}

// compare compares all that the backlog answers with the model.
func (w *world) compare() string {
	if diff := read(w.View()).differs(w.m.state); diff != "" {
		return "state, " + diff
	}
	if w.m.isCircular() {
		return "items wait for each other in a circle"
	}
	return w.compareQueries()
}

func (w *world) compareQueries() string {
	at := w.m.At.Add(7 * time.Second)
	var got []story.ID
	for s := range w.Startable(at) {
		got = append(got, s.ID)
	}
	if want := w.m.startable(at); !slices.Equal(got, want) {
		return fmt.Sprintf("Startable %s, the model %s", goText(reflect.ValueOf(got)), goText(reflect.ValueOf(want)))
	}
	var items []backlog.ItemID
	for _, s := range w.m.Stories {
		items = append(items, backlog.StoryItem(s.ID))
	}
	for _, f := range w.m.Features {
		items = append(items, backlog.FeatureItem(f.ID))
	}
	for _, item := range items {
		if !w.m.open(item) {
			continue
		}
		got, want := w.WaitOf(item, at), w.m.wait(item, at)
		if !slices.Equal(got.Items, want.Items) || !slices.Equal(got.Impediments, want.Impediments) || !got.Until.Equal(want.Until) {
			return fmt.Sprintf("WaitOf %v: %v, the model %v", item, got, want)
		}
	}
	for _, f := range w.m.Features {
		got, _ := w.FeatureProgress(f.ID)
		if text := w.m.progress(func(s story.Story) bool { return s.Feature == f.ID }); progressText(got) != text {
			return fmt.Sprintf("FeatureProgress %s, the model %s", progressText(got), text)
		}
	}
	for _, g := range w.m.Goals {
		got, _ := w.GoalProgress(g.ID)
		text := w.m.progress(func(s story.Story) bool {
			f := w.m.feature(s.Feature)
			return f != nil && f.Goal == g.ID
		})
		if progressText(got) != text {
			return fmt.Sprintf("GoalProgress %s, the model %s", progressText(got), text)
		}
	}
	if got, text := w.TotalProgress(), w.m.progress(func(story.Story) bool { return true }); progressText(got) != text {
		return fmt.Sprintf("TotalProgress %s, the model %s", progressText(got), text)
	}
	for _, s := range w.m.Stories {
		in, ok := w.SprintOf(s.ID)
		if want := w.m.sprintOf(s.ID); ok != (want != nil) || ok && want.ID != in.ID {
			return fmt.Sprintf("SprintOf %v", s.ID)
		}
		claim, ok := w.ClaimOf(s.ID, at)
		want, _ := find(w.m.Claims, func(k backlog.Claim) bool { return k.Story == s.ID && k.Until.After(at) })
		if ok != (want != nil) || ok && *want != claim {
			return fmt.Sprintf("ClaimOf %v: %v", s.ID, claim)
		}
	}
	for _, to := range w.m.Releases {
		ready, _ := w.ReleaseReadiness(to.ID)
		if want := w.m.releaseReady(to.ID); ready.IsReady() != want {
			return fmt.Sprintf("ReleaseReadiness of %v: %t, the model %t", to.ID, ready.IsReady(), want)
		}
	}
	return ""
}

func (m *model) releaseReady(id roadmap.ReleaseID) bool {
	scope := 0
	for _, f := range m.Features {
		if f.Release == id && f.Status != roadmap.FeatureDropped {
			scope++
			if len(m.parts(f.ID)) > 1 {
				return false
			}
		}
	}
	to := m.release(id)
	return scope > 0 && (!m.strict || to.Notes != "")
}

func progressText(p backlog.Progress) string {
	return fmt.Sprintf("%s/%s stories, %s/%s points, %d unestimated", p.Stories.Done, p.Stories.Total, p.Points.Done, p.Points.Total, p.Unestimated)
}

// progress counts the stories that fit.
func (m *model) progress(fits func(story.Story) bool) string {
	var p backlog.Progress
	stories, done := 0, 0
	for _, s := range m.Stories {
		if !fits(s) || m.flow.isGone(s.Status) {
			continue
		}
		points, ok := s.Estimate.Points()
		stories++
		p.Points.Total = p.Points.Total.Add(points)
		if !ok {
			p.Unestimated++
		}
		if m.flow.isDone(s.Status) {
			done++
			p.Points.Done = p.Points.Done.Add(points)
		}
	}
	return fmt.Sprintf("%d/%d stories, %s/%s points, %d unestimated", done, stories, p.Points.Done, p.Points.Total, p.Unestimated)
}

// weigh compares what became of a change with what the model says of it.
func (w *world) weigh(r *ruling, event backlog.Event, err error) string {
	if err == nil {
		if len(r.bad) > 0 {
			return fmt.Sprintf("accepted, the model says: %v", r.bad)
		}
		if r.open {
			return ""
		}
		var found []string
		for _, finding := range event.Findings {
			text := finding.Rule
			if finding.Waived != "" {
				text += ", waived: " + finding.Waived
			}
			if !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
		want := r.found
		slices.Sort(found)
		slices.Sort(want)
		if !slices.Equal(found, want) {
			return fmt.Sprintf("findings %v, the model says: %v", found, want)
		}
		return ""
	}
	if r.vague {
		return ""
	}
	if len(r.bad) == 0 {
		return fmt.Sprintf("refused, the model does not: %v", err)
	}
	for _, class := range classes {
		if errors.Is(err, class) && !slices.Contains(r.bad, class) {
			return fmt.Sprintf("refused as %q, but the model says %v: %v", class, r.bad, err)
		}
	}
	return ""
}

// take makes the model what it says a change comes to.
func (w *world) take(r *ruling, b *backlog.View) {
	if r.open {
		r.state = read(b)
	}
	w.m = r.model
}

func (w *world) execute(change backlog.Change, s step) string {
	at := w.at(s)
	can := w.Can(change, s.By, at)
	r := w.m.judge(change, s.By, at)
	event, err := w.Execute(change, s.By, at)
	if (can == nil) != (err == nil) && !at.Before(w.m.At) {
		return fmt.Sprintf("Can says %v, Execute %v", can, err)
	}
	if wrong := w.weigh(r, event, err); wrong != "" {
		return wrong
	}
	w.note(change, err)
	if err == nil {
		if role, may := w.m.authority(r.need, s.By, at, r.asked, r.only); !r.open && may && event.As != role {
			return fmt.Sprintf("as %q, the model says %q", event.As, role)
		}
		w.log = append(w.log, event)
		w.take(r, w.View())
	}
	return ""
}

// note counts what was tried and what came of it.
func (w *world) note(change backlog.Change, err error) {
	if err == nil {
		w.seen[change.Kind()]++
	} else {
		w.seen[change.Kind()+" refused"]++
	}
	if refused := (*backlog.RefusedError)(nil); errors.As(err, &refused) && refused.Rule == backlog.RuleConsulted {
		w.seen["refusal of who was not consulted"]++
	}
}

// decide makes several changes at once, and may not come to the end.
func (w *world) decide(s step) string {
	at := w.at(s)
	options := backlog.DecideOptions{Waive: s.Waive}
	before := w.snapshot()
	m := w.m
	bad, index := []error(nil), 0
	var rulings []*ruling
	if !s.Claim.IsZero() {
		claim, _ := find(m.Claims, func(k backlog.Claim) bool { return k.Story == s.Claim && k.Until.After(at) && k.By == s.By.Name })
		options.Claim = 1 << 40 // of nobody
		if any, _ := find(m.Claims, func(k backlog.Claim) bool { return k.Story == s.Claim }); any != nil {
			options.Claim = any.Token
		}
		if claim == nil {
			bad = []error{backlog.ErrClaim}
		}
	}
	for i, change := range s.Changes {
		r := m.judge(change, s.By, at, s.Waive...)
		if r.open || r.vague { // what follows cannot be foreseen
			return w.execute(s.Changes[0], s)
		}
		rulings = append(rulings, r)
		if index = i; len(r.bad) > 0 || bad != nil {
			bad = append(bad, r.bad...)
			break
		}
		m = r.model
	}
	if s.How == panics {
		return w.panics(s, at, before)
	}
	events, err := w.Decide(s.Changes, s.By, at, options)
	if after := w.snapshot(); after != before {
		return "Decide changed the backlog"
	}
	if err != nil {
		batch := (*backlog.BatchError)(nil)
		if len(s.Changes) > 1 && (!errors.As(err, &batch) || batch.Index != index) && bad != nil {
			return fmt.Sprintf("change %d is refused, not %d: %v", batch.Index, index, err)
		}
		return w.weigh(&ruling{bad: bad}, backlog.Event{}, err)
	}
	if bad != nil {
		return fmt.Sprintf("accepted, the model says: %v of change %d", bad, index)
	}
	for i, event := range events {
		if wrong := w.weigh(rulings[i], event, nil); wrong != "" {
			return wrong
		}
		if slices.ContainsFunc(event.Findings, func(f backlog.Finding) bool { return f.Waived != "" }) {
			w.seen["waiver"]++
		}
	}
	if s.How == lose {
		return w.reload()
	}
	w.log = append(w.log, events...)
	w.m = m
	if s.How == crash {
		return w.reload()
	}
	if err := w.Apply(events...); err != nil {
		return fmt.Sprintf("Apply of what was decided: %v", err)
	}
	return ""
}

// panics lets the policy panic at a change: the backlog is as it was.
func (w *world) panics(s step, at time.Time, before string) (wrong string) {
	w.panicIn = 1 + s.Back%3
	func() {
		defer func() { _ = recover() }()
		_, _ = w.Decide(s.Changes, s.By, at, backlog.DecideOptions{})
	}()
	w.panicIn = 0
	if after := w.snapshot(); after != before {
		return "a policy that panicked left the backlog changed"
	}
	return ""
}

// reload makes the backlog from the JSON of its log.
func (w *world) reload() string {
	data, err := json.Marshal(w.log)
	if err != nil {
		return fmt.Sprintf("log to JSON: %v", err)
	}
	var events []backlog.Event
	if err := json.Unmarshal(data, &events); err != nil {
		return fmt.Sprintf("log from JSON: %v", err)
	}
	b, err := backlog.Replay(w.options, backlog.Recorded(events))
	if err != nil {
		return fmt.Sprintf("replay: %v", err)
	}
	w.Backlog = b
	return ""
}

// restore makes the backlog from its snapshot.
func (w *world) restore() string {
	data := w.snapshot()
	b, err := backlog.Restore(w.options, []byte(data))
	if err != nil {
		return fmt.Sprintf("restore: %v", err)
	}
	w.Backlog = b
	if again := w.snapshot(); again != data {
		return "restored to another snapshot"
	}
	return ""
}

// rename gives the states of the workflow other names: a log and a snapshot from before are read as if they had them.
func (w *world) rename() string {
	before := w.snapshot()
	was := w.m
	w.m = was.clone()
	w.m.rules = was.renamed()
	for i := range w.m.Stories {
		w.m.Stories[i].Status = w.m.flow.now(was.Stories[i].Status)
	}
	w.options.Workflow, w.options.Limits = w.m.options.Workflow, w.m.options.Limits
	w.seen["rename of the states"]++
	restored, err := backlog.Restore(w.options, []byte(before))
	if err != nil {
		return fmt.Sprintf("restore under other names: %v", err)
	}
	if wrong := w.reload(); wrong != "" {
		return wrong
	}
	if data, err := restored.Snapshot(); err != nil || string(data) != w.snapshot() {
		return "the log and the snapshot come to other states under other names"
	}
	return ""
}

// conflict lets two decide at the same version. The second meets what the first appended.
func (w *world) conflict(s step) string {
	at, seen := w.at(s), w.Seq()
	other := w.Clone()
	stale, staleErr := other.Decide(s.Changes[:1], s.By, at, backlog.DecideOptions{Expect: &seen})
	if wrong := w.execute(s.Changes[1], s); wrong != "" {
		return wrong
	}
	if w.Seq() == seen {
		return "" // the first was refused, so nothing happened
	}
	before := w.snapshot()
	if _, err := w.Decide(s.Changes[:1], s.By, at, backlog.DecideOptions{Expect: &seen}); !errors.Is(err, backlog.ErrConflict) {
		return fmt.Sprintf("a conflict that is none: %v", err)
	}
	if staleErr == nil {
		if err := w.Apply(stale...); !errors.Is(err, backlog.ErrSequence) {
			return fmt.Sprintf("a stale event: %v", err)
		}
	}
	if w.snapshot() != before {
		return "a conflict changed the backlog"
	}
	if err := other.Apply(w.log[len(w.log)-1]); err != nil {
		return fmt.Sprintf("the other decider does not follow: %v", err)
	}
	if data, err := other.Snapshot(); err != nil || string(data) != before {
		return "the other decider comes to another state"
	}
	return w.execute(s.Changes[0], s)
}

// forge hands in events that cannot follow: none changes anything.
func (w *world) forge(s step) string {
	if len(w.log) < 2 {
		return ""
	}
	before := w.snapshot()
	last, first := w.log[len(w.log)-1], w.log[len(w.log)-2]
	gap, early := last, last
	gap.Seq += 2
	early.Seq, early.At = last.Seq+1, last.At.Add(-time.Nanosecond)
	for name, events := range map[string][]backlog.Event{
		"twice": {last}, "gap": {gap}, "early": {early}, "again from before": {first, last}, "reordered": {last, first},
	} {
		if err := w.Apply(events...); err == nil {
			return name + ": a forged log is accepted"
		}
		if w.snapshot() != before {
			return name + ": a forged log changed the backlog"
		}
	}
	log := slices.Clone(w.log)
	i := s.Back % (len(log) - 1)
	log[i], log[i+1] = log[i+1], log[i]
	if _, err := backlog.Replay(w.options, backlog.Recorded(log)); !errors.Is(err, backlog.ErrSequence) {
		return fmt.Sprintf("a reordered log: %v", err)
	}
	return ""
}

// stray applies what nobody judged to a copy: it fits the structure or changes nothing.
func (w *world) stray(s step) string {
	at := w.at(s)
	b := w.Clone()
	event := backlog.Event{Seq: w.Seq() + 1, At: at, By: s.By, As: backlog.Stakeholder, Change: s.Changes[0]}
	r := w.m.judge(s.Changes[0], backlog.As("God", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.ScrumMaster, backlog.BusinessOwner), at)
	before := w.snapshot()
	err := b.Apply(event)
	data, snapErr := b.Snapshot()
	if snapErr != nil {
		return fmt.Sprintf("snapshot: %v", snapErr)
	}
	if err != nil {
		if string(data) != before {
			return "an event that was refused changed the backlog"
		}
		return ""
	}
	for _, class := range []error{backlog.ErrNotFound, backlog.ErrExists, backlog.ErrCycle, backlog.ErrSequence} {
		if slices.Contains(r.bad, class) {
			return fmt.Sprintf("an event is applied, the model says: %v", r.bad)
		}
	}
	again, err := backlog.Restore(w.options, data)
	if err != nil {
		return fmt.Sprintf("what was applied cannot be restored: %v", err)
	}
	if twice, err := again.Snapshot(); err != nil || string(twice) != string(data) {
		return "what was applied is restored as another"
	}
	m := &model{read(b.View()), w.m.rules}
	if m.isCircular() {
		return "an event made items wait for each other"
	}
	one := &world{Backlog: b, options: w.options, m: m}
	return one.compareQueries()
}

// revert takes an event back.
func (w *world) revert(s step) string {
	if len(w.log) == 0 {
		return ""
	}
	event := w.log[max(0, len(w.log)-1-s.Back)]
	before, err := backlog.ReplayTo(w.options, backlog.Recorded(w.log), event.Seq-1)
	if err != nil {
		return fmt.Sprintf("replay: %v", err)
	}
	change, err := before.Reverse(event)
	if err != nil {
		return fmt.Sprintf("reverse: %v", err)
	}
	at := w.at(s)
	isLast, holdsAll := event.Seq == w.Seq(), len(slices.Collect(s.By.Roles())) > 4 && !at.Before(w.m.At)
	r := &ruling{model: w.m.clone(), open: true, vague: true}
	r.want(len(slices.Collect(s.By.Roles())) > 0 || slices.ContainsFunc(w.m.People, func(p backlog.Person) bool { return p.Name == s.By.Name }), backlog.ErrNotAllowed)
	r.want(!at.Before(w.m.At), backlog.ErrSequence)
	done, err := w.Execute(change, s.By, at)
	if wrong := w.weigh(r, done, err); wrong != "" {
		return wrong
	}
	w.note(change, err)
	if err != nil {
		mustBeAsked := len(w.m.notice) > 0 && errors.Is(err, backlog.ErrRule)
		if isLast && holdsAll && event.By.Name != s.By.Name && !mustBeAsked {
			kind := event.Change.Kind()
			if kind != (backlog.GrantRole{}).Kind() && kind != (backlog.ReleaseClaim{}).Kind() { // what the documentation excepts
				return fmt.Sprintf("the last event cannot be taken back: %v", err)
			}
		}
		return ""
	}
	w.log = append(w.log, done)
	was := w.m
	w.take(r, w.View())
	if isLast {
		want := read(before.View())
		want.Seq, want.At = w.m.Seq, w.m.At
		want.Claims = slices.DeleteFunc(want.Claims, func(k backlog.Claim) bool { // one that came to an end is not given back
			return !slices.ContainsFunc(was.Claims, func(other backlog.Claim) bool { return other.Story == k.Story })
		})
		if diff := w.m.differs(want); diff != "" {
			return fmt.Sprintf("%s taken back, but not as it was before: %s", event.Change.Kind(), diff)
		}
	}
	return ""
}

// finish looks once more at all that nobody was to change, and at the log.
func (w *world) finish() string {
	for _, one := range w.kept {
		if data, err := one.b.Snapshot(); err != nil || string(data) != one.data {
			return "a backlog changed with its clone"
		}
	}
	want := w.snapshot()
	if wrong := w.reload(); wrong != "" {
		return wrong
	}
	if w.snapshot() != want {
		return "the log comes to another state"
	}
	return ""
}
