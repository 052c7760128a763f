package exchange

import (
	"cmp"
	"slices"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// batches are the changes of an import, each within the bounds of one.
type batches struct {
	source  string
	changes []backlog.Change
	last    backlog.ImportItems
	items   int
	links   int
}

// room returns the change that has room for some more items and links.
func (b *batches) room(items, links int) *backlog.ImportItems {
	if b.items+items > backlog.MaxImportItems || b.links+links > backlog.MaxImportLinks {
		b.flush()
	}
	b.items, b.links = b.items+items, b.links+links
	return &b.last
}

func (b *batches) flush() {
	if b.items+b.links > 0 {
		b.last.Source = b.source
		b.changes = append(b.changes, b.last)
		b.last, b.items, b.links = backlog.ImportItems{}, 0, 0
	}
}

// changes returns what is to be changed. Within one change, what goes comes first, and sprints come last.
func (im *importer) changes() []backlog.Change {
	b := &batches{source: im.Source}
	for _, one := range im.gone.dependencies {
		c := b.room(0, 1)
		c.GoneDependencies = append(c.GoneDependencies, one)
	}
	for _, one := range im.gone.relations {
		c := b.room(0, 1)
		c.GoneRelations = append(c.GoneRelations, one)
	}
	for _, goal := range im.newGoals {
		c := b.room(1, 0)
		c.Goals = append(c.Goals, goal)
	}
	for _, release := range slices.Concat(im.dateReleases(), im.newReleases) {
		c := b.room(1, 0)
		c.Releases = append(c.Releases, release)
	}
	var assessments []backlog.ItemAssessment
	for _, p := range im.features {
		assessments = im.putOff(p, assessments)
		if im.finish(p, &p.feature.details) {
			p.feature.Details = story.ConstOf(p.feature.details)
			c := b.room(1, 0)
			c.Features = append(c.Features, p.feature.Feature)
		}
	}
	for _, p := range im.stories {
		assessments = im.putOff(p, assessments)
		if im.finish(p, &p.story.details) {
			p.story.Details = story.ConstOf(p.story.details)
			c := b.room(1, 0)
			c.Stories = append(c.Stories, p.story.Story)
		}
	}
	for _, one := range im.come.dependencies {
		c := b.room(0, 1)
		c.Dependencies = append(c.Dependencies, one)
	}
	for _, one := range im.come.relations {
		c := b.room(0, 1)
		c.Relations = append(c.Relations, one)
	}
	for _, one := range assessments {
		c := b.room(0, 1)
		c.Assessments = append(c.Assessments, one)
	}
	im.addSprints(b)
	b.flush()
	return b.changes
}

// addSprints adds the sprints, all to one change if they fit: a story that goes from one to another needs both.
func (im *importer) addSprints(b *batches) {
	records := im.sprintRecords()
	members := 0
	for i := range records {
		sprint := &records[i]
		if most := backlog.MaxImportLinks; len(sprint.Stories)+len(sprint.Returned) > most {
			im.report.Losses = append(im.report.Losses, ImportLoss{
				What: "sprint", Value: sprint.Name, Reason: counted(len(sprint.Stories)+len(sprint.Returned), "story", "stories") + ", too many", Kept: true,
			})
			sprint.Stories = sprint.Stories[:min(len(sprint.Stories), most)]
			sprint.Returned = sprint.Returned[:min(len(sprint.Returned), most-len(sprint.Stories))]
		}
		members += len(sprint.Stories) + len(sprint.Returned)
	}
	if len(records) <= backlog.MaxImportItems && members <= backlog.MaxImportLinks {
		c := b.room(len(records), members)
		c.Sprints = records
		return
	}
	for _, sprint := range records { // first what each loses
		if here, ok := im.view.Sprint(sprint.ID); ok {
			here.Stories = slices.DeleteFunc(here.Stories, func(id story.ID) bool { return !slices.Contains(sprint.Stories, id) })
			c := b.room(1, len(here.Stories)+len(here.Returned))
			c.Sprints = append(c.Sprints, here)
		}
	}
	b.flush()
	for _, sprint := range records {
		c := b.room(1, len(sprint.Stories)+len(sprint.Returned))
		c.Sprints = append(c.Sprints, sprint)
	}
}

// putOff adds what an item comes to be prioritised by.
func (im *importer) putOff(p *pending, all []backlog.ItemAssessment) []backlog.ItemAssessment {
	if one, ok := im.assessment(p); ok {
		return append(all, one)
	}
	return all
}

// finish notes in the report what becomes of an item, and reports whether it is part of a change.
func (im *importer) finish(p *pending, details *story.Details) bool {
	m, r := &p.merger, &im.report
	key := im.doc.Items[p.index].Key
	for _, one := range m.both {
		one.Key = key
		r.Both = append(r.Both, one)
	}
	isChanged := m.finish(details)
	switch {
	case m.isNew:
		r.New++
	case len(m.changed) > 0:
		r.Changed++
		r.Changes = append(r.Changes, ItemChange{key, m.changed})
	default:
		r.Unchanged++
	}
	return isChanged
}

// finishReport adds what follows from all items.
func (im *importer) finishReport() {
	r, items := &im.report, im.doc.Items
	statuses, kinds := make(map[statusID]int), make(map[KindReport]int)
	guessed := make(map[statusID]bool)
	for _, one := range im.doc.Statuses {
		guessed[statusID{one.Name, one.Category}] = one.Guessed
	}
	for i := range items {
		item, p := &items[i], &im.places[i]
		kind := KindReport{Name: item.Kind, Level: "none"}
		if p.level.IsValid() {
			kind.Level = p.level.String()
		} else {
			r.LeftOut++
		}
		if p.level == LevelStory || p.level == LevelFeature {
			kind.Kind = im.kind(item)
		}
		if listed := im.kinds[item.Kind]; listed.Level == p.level {
			kind.Why = listed.Why
		}
		count(&r.Kinds, kinds, kind, kind, func(one *KindReport) { one.Count++ })
		if p.level == LevelStory && item.Status != "" {
			id := statusID{item.Status, item.Category}
			count(&r.Statuses, statuses, id, StatusMapping{Name: item.Status, Category: item.Category, Status: p.status, Guessed: guessed[id]},
				func(one *StatusMapping) { one.Count++ })
		}
	}
	r.Releases = append(r.Releases, im.releaseReport()...)
	members := make(map[string]int)
	for i := range items {
		if one := im.lastSprint(&items[i]); one != nil && im.places[i].level == LevelStory {
			members[one.sprint.Name]++
		}
	}
	for _, name := range im.sprintOrder {
		one := im.sprintsByName[name]
		r.Sprints = append(r.Sprints, SprintReport{
			Name: name, Status: one.sprint.Status, Stories: members[one.sprint.Name], IsNew: !one.isHere,
			Start: one.sprint.Start, End: one.sprint.End,
		})
	}
	r.SecondRows = append(r.SecondRows, im.doc.Repeated...)
}

// count counts a value in the entry of a list that has its id.
func count[K comparable, V any](list *[]V, places map[K]int, id K, value V, add func(*V)) {
	at, known := places[id]
	if !known {
		at = len(*list)
		places[id] = at
		*list = append(*list, value)
	}
	add(&(*list)[at])
}

// releaseReport returns the releases that features come into.
func (im *importer) releaseReport() []NameMapping {
	var all []NameMapping
	places := make(map[string]int)
	for _, p := range im.features {
		if p.feature.Release == (roadmap.ReleaseID{}) {
			continue
		}
		for _, name := range slices.Backward(im.doc.Items[p.index].Releases) {
			if as := named(im.releases, name); as != "" {
				count(&all, places, name, NameMapping{Name: name, As: as}, func(one *NameMapping) { one.Count++ })
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b NameMapping) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
