package exchange

import (
	"slices"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// importedSprint is a sprint that the document names.
type importedSprint struct {
	sprint  backlog.Sprint
	isHere  bool
	isDated bool // it is here, and gets dates
}

// openSprints makes the sprints of the document, and finds those that are in the backlog by their id or name. A sprint is open
// if an open story was in it last.
func (im *importer) openSprints() {
	im.sprintsByName = make(map[string]*importedSprint)
	byName := make(map[string]backlog.Sprint)
	for sprint := range im.view.Sprints() {
		if known, ok := byName[sprint.Name]; !ok || sprint.Status.IsOpen() || !known.Status.IsOpen() {
			byName[sprint.Name] = sprint
		}
	}
	periods := im.sprintPeriods()
	for i := range im.places {
		if im.places[i].level != LevelStory {
			continue
		}
		item := &im.doc.Items[i]
		last := ""
		for _, name := range item.Sprints {
			as := named(im.sprints, name)
			if as == "" {
				continue
			}
			last = as
			if im.sprintsByName[as] == nil {
				one := &importedSprint{sprint: backlog.Sprint{
					ID: backlog.SprintID(im.id("sprint", as)), Name: as, Team: im.Team, Status: backlog.SprintClosed,
				}}
				if known, ok := im.view.Sprint(one.sprint.ID); ok {
					one.sprint, one.isHere = known, true
				} else if known, ok := byName[as]; ok {
					one.sprint, one.isHere = known, true
				}
				one.isDated = dateSprint(&one.sprint, periods[as]) && one.isHere
				im.sprintsByName[as] = one
				im.sprintOrder = append(im.sprintOrder, as)
			}
		}
		if one := im.sprintsByName[last]; one != nil && !one.isHere && item.Category.IsOpen() {
			one.sprint.Status = backlog.SprintPlanned
		}
	}
	im.activate(periods)
}

// activate makes the new sprint active that is by the document, the first that holds open stories, unless the team has an active
// one.
func (im *importer) activate(periods map[string]Period) {
	for sprint := range im.view.Sprints() {
		if sprint.Status == backlog.SprintActive && sprint.Team == im.Team {
			return
		}
	}
	for _, name := range im.sprintOrder {
		if one := im.sprintsByName[name]; !one.isHere && one.sprint.Status.IsOpen() && periods[name].Active {
			one.sprint.Status = backlog.SprintActive
			return
		}
	}
}

// lastSprint returns the sprint that an item was in last, or nil.
func (im *importer) lastSprint(item *Item) *importedSprint {
	for _, name := range slices.Backward(item.Sprints) {
		if as := named(im.sprints, name); as != "" {
			return im.sprintsByName[as]
		}
	}
	return nil
}

// openSprintOf returns the open sprint that an item is in by the document.
func (im *importer) openSprintOf(item *Item) backlog.SprintID {
	one := im.lastSprint(item)
	if one == nil || !one.sprint.Status.IsOpen() || item.Category == givenUp {
		return backlog.SprintID{}
	}
	return one.sprint.ID
}

// sprintRecords returns the sprints that are new, and those whose stories are others now.
func (im *importer) sprintRecords() []backlog.Sprint {
	wanted := make(map[backlog.SprintID][]story.ID)
	moved := make(map[story.ID]backlog.SprintID) // where stories of the document are to be
	for _, p := range im.stories {
		moved[p.story.ID] = p.story.sprint
		if id := p.story.sprint; !id.IsZero() {
			wanted[id] = append(wanted[id], p.story.ID)
		}
	}
	var records []backlog.Sprint
	for sprint := range im.view.Sprints() {
		one := im.sprintsByName[sprint.Name]
		isDated := one != nil && one.isDated && one.sprint.ID == sprint.ID
		if isDated {
			sprint.Start, sprint.End = one.sprint.Start, one.sprint.End
		}
		if !sprint.Status.IsOpen() {
			if isDated {
				records = append(records, sprint)
			}
			continue
		}
		was := len(sprint.Stories)
		sprint.Stories = slices.DeleteFunc(sprint.Stories, func(id story.ID) bool {
			to, isMoved := moved[id]
			return isMoved && to != sprint.ID
		})
		isChanged := isDated || len(sprint.Stories) != was
		for _, id := range wanted[sprint.ID] {
			if !slices.Contains(sprint.Stories, id) && im.fitsTeam(&sprint, id) {
				sprint.Stories, isChanged = append(sprint.Stories, id), true
			}
		}
		if isChanged {
			records = append(records, sprint)
		}
	}
	for _, name := range im.sprintOrder {
		if one := im.sprintsByName[name]; !one.isHere {
			im.fill(one, wanted[one.sprint.ID])
			records = append(records, one.sprint)
		}
	}
	return records
}

// fitsTeam reports whether a story can be in a sprint.
func (im *importer) fitsTeam(sprint *backlog.Sprint, id story.ID) bool {
	i := im.targets[backlog.StoryItem(id)]
	if sprint.Team == "" || im.places[i].pending.story.Team == sprint.Team {
		return true
	}
	im.lose(i, "sprint", sprint.Name, "it is of another team", true)
	return false
}

// fill puts stories into a new sprint: those that it holds while it is open, and those that were accepted in it or
// went on to another when it is closed.
func (im *importer) fill(one *importedSprint, open []story.ID) {
	sprint := &one.sprint
	if sprint.Status.IsOpen() {
		for _, id := range open {
			if im.places[im.targets[backlog.StoryItem(id)]].pending.story.Team != sprint.Team {
				sprint.Team = ""
			}
		}
		sprint.Stories = open
		return
	}
	for _, p := range im.stories {
		item := &im.doc.Items[p.index]
		isIn := slices.ContainsFunc(item.Sprints, func(name string) bool { return named(im.sprints, name) == sprint.Name })
		category, _ := im.workflow.Category(p.story.Status)
		switch {
		case !isIn:
		case im.lastSprint(item) == one && category == delivered:
			sprint.Stories = append(sprint.Stories, p.story.ID)
			points, _ := p.story.Estimate.Points()
			sprint.Velocity = sprint.Velocity.Add(points)
		default:
			sprint.Returned = append(sprint.Returned, p.story.ID)
		}
	}
}
