package backlog

import (
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story"
)

// storyEntry is what the backlog holds of a story, and of a million of them as often: its size counts.
type storyEntry struct {
	story    keptStory
	feature  *featureEntry
	sprint   *sprintEntry
	chunk    *chunk         // of the order
	lane     *laneChunk     // what NextFor finds it in, nil for nothing
	place    int32          // in feature.stories
	put      uint16         // where in its chunk it was put; it is near there
	lanePut  uint16         // likewise in lane
	category story.Category // of its status
	number   storyNumber    // for good
	node     node
}

// keptStory is a story without its feature, which the entry has: what stories share, and what few of them
// have, is kept apart.
type keptStory struct {
	ID    story.ID
	Title string
	*keptStanding
	*extras
	role, goal, benefit string // of the narrative
	Criteria            story.List[story.Criterion]
	Estimate            story.Estimate
}

// standing is what many stories are alike in.
type standing struct {
	Team   story.Team
	Status story.Status
}

// keptStanding is a standing, kept once for all stories that have it. It stays as it is.
type keptStanding struct {
	standing
	teams    []story.Team   // its one, as a list
	category story.Category // of the status
	begins   bool           // whether work begins from the status, see beginnings
}

// extras are what few stories have.
type extras struct {
	Parent     story.ID
	Tasks      story.List[story.Task]
	Details    story.Const[story.Details]
	conditions story.Conditions // of the narrative, as is language
	language   story.Language
	assessment *prioritize.Assessment
	acceptance *Acceptance // while it is accepted
	relations  []Relation  // in no order; each is in the record of both stories
}

// noStanding and noExtras are those of stories without any. They stay as they are.
var (
	noStanding = &keptStanding{teams: []story.Team{""}}
	noExtras   extras
)

func (e *extras) isZero() bool {
	return e.Parent.IsZero() && e.Tasks.IsZero() && e.Details.IsZero() && e.conditions.IsZero() && e.language == "" &&
		e.assessment == nil && e.acceptance == nil && len(e.relations) == 0
}

// keep replaces what is kept of a story, but for its relations.
func (b *View) keep(kept *keptStory, to *storyRecord) {
	kept.ID, kept.Title, kept.Criteria, kept.Estimate = to.ID, to.Title, to.Criteria, to.Estimate
	kept.role, kept.goal, kept.benefit = to.Narrative.Role, to.Narrative.Goal, to.Narrative.Benefit
	if kept.Team != to.Team || kept.Status != to.Status {
		kept.keptStanding = b.standingOf(standing{to.Team, to.Status})
	}
	kept.setExtras(extras{
		to.Parent, to.Tasks, to.Details, to.Narrative.Conditions, to.Narrative.Language, to.Assessment, to.Acceptance,
		kept.relations,
	})
}

// standingOf returns where a standing is kept.
func (b *View) standingOf(one standing) *keptStanding {
	if one == noStanding.standing {
		return noStanding
	}
	kept := b.standings[one]
	if kept == nil {
		if b.standings == nil {
			b.standings = make(map[standing]*keptStanding)
		}
		kept = &keptStanding{standing: one, teams: []story.Team{one.Team}}
		kept.category, _ = b.options.Workflow.Category(one.Status)
		_, kept.begins = b.begins[one.Status]
		b.standings[one] = kept
	}
	return kept
}

func (s *keptStory) setExtras(to extras) {
	switch {
	case to.isZero():
		s.extras = &noExtras
	case s.extras == &noExtras:
		own := to // so that only what is kept is on the heap
		s.extras = &own
	default:
		*s.extras = to
	}
}

// setRelations replaces the relations of a story.
func (s *keptStory) setRelations(to []Relation) {
	all := *s.extras
	all.relations = to
	s.setExtras(all)
}

// value returns the story.
func (e *storyEntry) value() (s story.Story) {
	e.copyTo(&s)
	return s
}

// copyTo makes s the story, every field of it.
func (e *storyEntry) copyTo(s *story.Story) {
	kept, extras := &e.story, e.story.extras
	s.ID, s.Title, s.Team, s.Status = kept.ID, kept.Title, kept.Team, kept.Status
	s.Narrative.Role, s.Narrative.Goal, s.Narrative.Benefit = kept.role, kept.goal, kept.benefit
	s.Narrative.Conditions, s.Narrative.Language = extras.conditions, extras.language
	s.Criteria, s.Estimate = kept.Criteria, kept.Estimate
	s.Parent, s.Tasks, s.Details = extras.Parent, extras.Tasks, extras.Details
	s.Feature = e.featureID()
}

// featureID returns the id of the feature that the story is part of, if any.
func (e *storyEntry) featureID() story.FeatureID {
	if e.feature == nil {
		return story.FeatureID{}
	}
	return e.feature.feature.ID
}

// storyRecord is a story as a snapshot has it.
type storyRecord struct {
	story.Story
	Assessment *prioritize.Assessment `json:"assessment,omitzero"`
	Acceptance *Acceptance            `json:"acceptance,omitzero"`
}

func (e *storyEntry) record() storyRecord {
	return storyRecord{e.value(), e.story.assessment, e.story.acceptance}
}

// newStoryEntry returns an empty record. Records come out of slabs, so that stories added one after the
// other lie side by side: a walk in that order is several times as fast.
func (b *View) newStoryEntry() *storyEntry {
	var entry *storyEntry
	if last := len(b.free) - 1; last >= 0 {
		entry, b.free = b.free[last], b.free[:last]
	} else {
		if len(b.spare) == 0 {
			const least = 4
			b.spare = make([]storyEntry, max(least, min(len(b.stories), slabSize)))
			b.order.slabs = append(b.order.slabs, b.spare)
		}
		entry = &b.spare[0]
		slab := len(b.order.slabs) - 1
		entry.number = storyNumber(slab*slabSize + len(b.order.slabs[slab]) - len(b.spare))
		b.spare = b.spare[1:]
	}
	entry.story.keptStanding, entry.story.extras = noStanding, &noExtras
	entry.node.story = entry
	return entry
}

// freeStoryEntry keeps a record that was taken out for the next one that is asked for, unless that is taken back.
func (b *View) freeStoryEntry(entry *storyEntry) {
	if b.recording {
		b.gone = append(b.gone, entry)
		return
	}
	*entry = storyEntry{number: entry.number}
	b.free = append(b.free, entry)
}

// freeGone frees the records that were taken out while recording, and not put back or freed since.
func (b *View) freeGone() {
	for _, entry := range b.gone {
		if entry.chunk == nil && entry.node.story != nil {
			b.freeStoryEntry(entry)
		}
	}
	b.gone = emptied(b.gone)
}
