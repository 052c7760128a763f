package backlog

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

type impedimentEntry struct{ impediment roadmap.Impediment }

var impedimentTable = &table[roadmap.ImpedimentID, roadmap.Impediment, impedimentEntry]{
	name: "impediments", noun: "impediment",
	rows:  func(b *View) storage[roadmap.ImpedimentID, impedimentEntry] { return &b.impediments },
	key:   func(i roadmap.Impediment) roadmap.ImpedimentID { return i.ID },
	value: func(e *impedimentEntry) roadmap.Impediment { return e.impediment },
	set:   (*View).setImpediment,
	check: func(b *View, _ *impedimentEntry, impediment roadmap.Impediment) error {
		return field.Join(impediment.Validate(), b.checkSubjects(impediment.About))
	},
	stays: func(*View, *impedimentEntry) (reason, needs string) { return "", "" },
}

// setImpediment replaces an impediment, and with it what it holds.
func (b *View) setImpediment(entry *impedimentEntry, to roadmap.Impediment) {
	old := entry.impediment
	for _, about := range old.About.All() {
		b.impeding[about] = slices.DeleteFunc(b.impeding[about], func(one *impedimentEntry) bool { return one == entry })
		if len(b.impeding[about]) == 0 {
			delete(b.impeding, about)
		}
		if old.IsOpen() {
			b.impede(about, -1)
		}
	}
	entry.impediment = to
	for _, about := range to.About.All() {
		if b.impeding == nil {
			b.impeding = make(map[roadmap.Subject][]*impedimentEntry)
		}
		b.impeding[about] = append(b.impeding[about], entry)
		if to.IsOpen() {
			b.impede(about, 1)
		}
	}
}

// impede adds change to the number of open impediments that hold a story or a feature.
func (b *View) impede(about roadmap.Subject, change int32) {
	n := b.node(ItemID{Story: about.Story, Feature: about.Feature})
	if n == nil {
		return
	}
	was := n.impeded > 0
	n.impeded += change
	switch is := n.impeded > 0; {
	case is == was:
	case n.story != nil:
		b.refresh(n.story)
	case !b.options.HoldFeaturesOnly:
		b.refreshFeature(n.feature)
	}
}

// RaiseImpediment puts on record what holds stories or features up and is no item of the backlog. While it is
// open, these cannot be started nor accepted, and the stories of the features neither (unless
// [Options.HoldFeaturesOnly]): it is part of their [Wait].
//
// The scrum master, product owners and developers may do it, of the teams whose stories it holds. Errors:
// [field.Error]; [ErrExists]; [NotFoundError] for what it is about.
type RaiseImpediment struct {
	Impediment roadmap.Impediment `json:"impediment"` // who raises it, when, and the resolution are left unset
}

// Kind returns "raise_impediment".
func (RaiseImpediment) Kind() string { return "raise_impediment" }

func (RaiseImpediment) permission(*View) Permission { return MayManageImpediments }

func (c RaiseImpediment) teams(b *View) []story.Team { return b.teamsAbout(c.Impediment.About) }

func (c RaiseImpediment) check(b *View) error {
	i := c.Impediment
	if b.impediments.byID[i.ID] != nil {
		return exists("impediment", i.ID)
	}
	if i.By != "" || !i.At.IsZero() || !i.Resolution.IsZero() {
		return fieldError("impediment", i.By, "neither who raises it, nor when, nor a resolution: resolve_impediment gives it")
	}
	i.By, i.At = placeholder, time.Unix(0, 0).UTC() // for the rest of it
	return field.Join(i.Validate(), b.checkSubjects(i.About))
}

func (c RaiseImpediment) apply(b *View, at time.Time, by string) {
	impediment := c.Impediment
	impediment.By, impediment.At = by, at
	impedimentTable.add(b, impediment)
}

// EditImpediment changes what is known of an impediment: who sees to it, what it holds.
//
// The scrum master, product owners and developers may do it, of the teams whose stories it holds or is to hold.
// Errors: [NotFoundError], also for what it is about; [field.Error].
type EditImpediment struct {
	Impediment roadmap.ImpedimentID         `json:"impediment"`
	Title      *string                      `json:"title,omitempty"`
	Owner      *string                      `json:"owner,omitempty"`
	Note       *string                      `json:"note,omitempty"`
	About      *story.List[roadmap.Subject] `json:"about,omitempty"`
	Data       *story.List[story.DataValue] `json:"data,omitempty"`
}

// Kind returns "edit_impediment".
func (EditImpediment) Kind() string { return "edit_impediment" }

func (c EditImpediment) own() Change {
	c.Title, c.Owner, c.Note = copied(c.Title), copied(c.Owner), copied(c.Note)
	c.About, c.Data = copied(c.About), copied(c.Data)
	return c
}

func (EditImpediment) permission(*View) Permission { return MayManageImpediments }

func (c EditImpediment) teams(b *View) []story.Team {
	var all []roadmap.Subject
	if entry := b.impediments.byID[c.Impediment]; entry != nil {
		all = entry.impediment.About.Slice()
	}
	if c.About != nil {
		all = append(all, c.About.Slice()...)
	}
	return b.teamsAbout(story.ListOf(all...))
}

func (c EditImpediment) edited(impediment roadmap.Impediment) roadmap.Impediment {
	edit(&impediment.Title, c.Title)
	edit(&impediment.Owner, c.Owner)
	edit(&impediment.Note, c.Note)
	edit(&impediment.About, c.About)
	edit(&impediment.Data, c.Data)
	return impediment
}

func (c EditImpediment) check(b *View) error {
	entry := b.impediments.byID[c.Impediment]
	if entry == nil {
		return notFound("impediment", c.Impediment)
	}
	edited := c.edited(entry.impediment)
	return field.Join(checkEdit(c.Title, c.Owner, c.Note, c.About, c.Data), edited.Validate(), b.checkSubjects(edited.About))
}

func (c EditImpediment) apply(b *View, _ time.Time, _ string) {
	entry := b.impediments.byID[c.Impediment]
	impedimentTable.put(b, entry, c.edited(entry.impediment))
}

// ResolveImpediment ends an impediment, and notes how: what it held can be worked on again, unless it waits
// for something else.
//
// The scrum master, product owners and developers may do it, of the teams whose stories it holds. Errors:
// [NotFoundError]; [field.Error], also for one that is resolved.
type ResolveImpediment struct {
	Impediment roadmap.ImpedimentID `json:"impediment"`
	Resolution string               `json:"resolution"`
}

// Kind returns "resolve_impediment".
func (ResolveImpediment) Kind() string { return "resolve_impediment" }

func (ResolveImpediment) permission(*View) Permission { return MayManageImpediments }

func (c ResolveImpediment) teams(b *View) []story.Team {
	entry := b.impediments.byID[c.Impediment]
	if entry == nil {
		return nil
	}
	return b.teamsAbout(entry.impediment.About)
}

func (c ResolveImpediment) check(b *View) error {
	entry := b.impediments.byID[c.Impediment]
	if entry == nil {
		return notFound("impediment", c.Impediment)
	}
	if !entry.impediment.IsOpen() {
		return fieldError("impediment", c.Impediment.String(), "an open impediment; this one was resolved at "+
			entry.impediment.Resolution.At.Format(time.RFC3339Nano))
	}
	return field.Join(
		field.CheckRequired("backlog", "resolution", c.Resolution, "how it was resolved"),
		field.CheckText("backlog", "resolution", c.Resolution),
	)
}

func (c ResolveImpediment) apply(b *View, at time.Time, by string) {
	entry := b.impediments.byID[c.Impediment]
	impediment := entry.impediment
	impediment.Resolution = roadmap.Answer{Text: c.Resolution, By: by, At: at}
	impedimentTable.put(b, entry, impediment)
}

// teamsAbout returns the teams of the stories among subjects.
func (b *View) teamsAbout(about story.List[roadmap.Subject]) []story.Team {
	var ids []story.ID
	for _, subject := range about.All() {
		if !subject.Story.IsZero() {
			ids = append(ids, subject.Story)
		}
	}
	return b.teamsOf(ids...)
}

// impedimentsOf returns the impediments that hold or held an item, by itself or through its feature, in the order in
// which they were raised.
func (b *View) impedimentsOf(n *node, isOpen bool) []*impedimentEntry {
	var all []*impedimentEntry
	for _, one := range []*node{n, b.above(n)} {
		if one == nil || isOpen && one.impeded == 0 {
			continue
		}
		for _, entry := range b.impeding[one.subject()] {
			if entry.impediment.IsOpen() || !isOpen {
				all = append(all, entry)
			}
		}
	}
	slices.SortFunc(all, func(x, y *impedimentEntry) int {
		if by := x.impediment.At.Compare(y.impediment.At); by != 0 {
			return by
		}
		return x.impediment.ID.Compare(y.impediment.ID)
	})
	return slices.Compact(all)
}

// subject returns an item as what an impediment is about.
func (n *node) subject() roadmap.Subject {
	item := n.item()
	return roadmap.Subject{Story: item.Story, Feature: item.Feature}
}

// Impediments returns an iterator over the impediments in the order in which they were raised, resolved ones too.
func (b *View) Impediments() iter.Seq[roadmap.Impediment] { return impedimentTable.every(b) }

// Impediment returns an impediment by its id.
func (b *View) Impediment(id roadmap.ImpedimentID) (roadmap.Impediment, bool) {
	return impedimentTable.find(b, id)
}

// ImpedimentsOf returns the impediments that hold an item or held it, resolved ones too, by when they were
// raised, then by id. Those of the feature of a story are among them (unless [Options.HoldFeaturesOnly]).
// [roadmap.Impediment.Lasted] is for how long; package flow adds up how long work was blocked.
// O(k log k) in their number.
func (b *View) ImpedimentsOf(item ItemID) []roadmap.Impediment {
	n := b.node(item)
	if n == nil {
		return []roadmap.Impediment{}
	}
	return impedimentsIn(b.impedimentsOf(n, false))
}

func impedimentsIn(entries []*impedimentEntry) []roadmap.Impediment {
	all := make([]roadmap.Impediment, 0, len(entries))
	for _, entry := range entries {
		all = append(all, entry.impediment)
	}
	return all
}

// impedimentTitle returns an impediment in words: `impediment "The lawyers have to agree"`.
func (b *View) impedimentTitle(id roadmap.ImpedimentID) string {
	return fmt.Sprintf("impediment %q", b.impediments.byID[id].impediment.Title)
}

// checkPassImpediments wants room in the impediments about something for so many more that they are to be about.
func (b *View) checkPassImpediments(about roadmap.Subject, more int) error {
	for _, entry := range b.impeding[about] {
		if i := &entry.impediment; i.IsOpen() && i.About.Len()+more > roadmap.MaxSubjects {
			return fieldError("into", fmt.Sprint(more), fmt.Sprintf("no more than impediment %q has room for: it is about %d of at most %d",
				i.Title, i.About.Len(), roadmap.MaxSubjects))
		}
	}
	return nil
}

// passImpediments makes the open impediments about something hold what comes of it, too, or instead.
func (b *View) passImpediments(about roadmap.Subject, keep bool, heirs ...roadmap.Subject) {
	for _, entry := range slices.Clone(b.impeding[about]) {
		if !entry.impediment.IsOpen() {
			continue
		}
		var all []roadmap.Subject
		for _, one := range entry.impediment.About.All() {
			if keep || one != about {
				all = append(all, one)
			}
		}
		passed := entry.impediment
		passed.About = story.ListOf(append(all, heirs...)...)
		impedimentTable.put(b, entry, passed)
	}
}
