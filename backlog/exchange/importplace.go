package exchange

import (
	"slices"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// place is where an item of the document goes.
type place struct {
	level  Level          // 0: nowhere
	item   backlog.ItemID // a story or a feature
	goal   roadmap.GoalID
	isHere bool           // it is in the backlog already
	status story.Status   // of a story
	parent int            // the index of the item that it is part of; -1 for none in the document
	above  backlog.ItemID // the item that it is part of, where that is in the backlog only
	owner  int            // of a task: the index of its story

	feature roadmap.FeatureID // the nearest above
	over    roadmap.GoalID    // the nearest goal above

	pending *pending
}

// ownKey returns the key by which people name an item: none if it was made of the title.
func ownKey(item *Item) string {
	if item.Key == item.Title || cleanTitle(item.Key) != item.Key {
		return ""
	}
	return item.Key
}

// place settles what each item becomes. What is in the backlog keeps its level.
func (im *importer) place() {
	items := im.doc.Items
	im.index = make(map[string]int, len(items))
	im.places = make([]place, len(items))
	im.targets = make(map[backlog.ItemID]int, len(items))
	im.digests = make(map[backlog.ItemID]string)
	for i := range items {
		item, p := &items[i], &im.places[i]
		im.index[item.Key] = i
		p.parent, p.owner, p.level = -1, -1, im.level(item)
		if found, ok := im.find(item); ok {
			p.item, p.isHere, p.level = found, true, LevelStory
			if !found.Feature.IsZero() {
				p.level = LevelFeature
			}
		}
		if p.level != LevelTask {
			im.settle(i)
		}
	}
}

// find returns the item of the backlog that an item of the document is.
func (im *importer) find(item *Item) (backlog.ItemID, bool) {
	asStory, asFeature := story.ID(im.id("story", item.Key)), roadmap.FeatureID(im.id("feature", item.Key))
	var found backlog.ItemID
	if _, ok := im.view.Story(asStory); ok {
		found = backlog.StoryItem(asStory)
	} else if _, ok := im.view.Feature(asFeature); ok {
		found = backlog.FeatureItem(asFeature)
	} else if found, ok = im.byKey(ownKey(item)); !ok {
		return found, false
	}
	_, taken := im.targets[found]
	return found, !taken
}

// byKey returns the item of the backlog with a key.
func (im *importer) byKey(key string) (backlog.ItemID, bool) {
	if key == "" {
		return backlog.ItemID{}, false
	}
	if s, ok := im.view.StoryByKey(key); ok {
		return backlog.StoryItem(s.ID), true
	}
	f, ok := im.view.FeatureByKey(key)
	return backlog.FeatureItem(f.ID), ok
}

// settle gives an item that is no task its id, and a story its state.
func (im *importer) settle(i int) {
	item, p := &im.doc.Items[i], &im.places[i]
	switch p.level {
	case LevelGoal:
		p.goal = roadmap.GoalID(im.id("goal", item.Key))
		return
	case LevelFeature:
		if !p.isHere {
			p.item = backlog.FeatureItem(roadmap.FeatureID(im.id("feature", item.Key)))
		}
	default:
		p.level = LevelStory
		var ok bool
		if p.status, ok = im.status(item); !ok {
			*p = place{parent: p.parent, above: p.above, owner: -1}
			im.lose(i, "item", item.Status, "the workflow has no state for what is "+item.Category.String(), false)
			return
		}
		if !p.isHere {
			p.item = backlog.StoryItem(story.ID(im.id("story", item.Key)))
		}
	}
	im.targets[p.item] = i
}

// settleParents finds the item that each is part of, and opens circles.
func (im *importer) settleParents() {
	for i := range im.places {
		parent := im.doc.Items[i].Parent
		if at, ok := im.index[parent]; ok && parent != "" {
			im.places[i].parent = at
		} else {
			im.places[i].above, _ = im.byKey(parent)
		}
	}
	met := make([]int, len(im.places)) // by which walk; 0 for none yet
	for i := range im.places {
		at := i
		for at >= 0 && met[at] == 0 {
			met[at] = i + 1
			at = im.places[at].parent
		}
		if at >= 0 && met[at] == i+1 {
			im.openParents(at)
		}
	}
}

// openParents takes the parent from the item of a circle that stands last in the document.
func (im *importer) openParents(first int) {
	var keys []string
	last := first
	for at := first; ; {
		keys = append(keys, im.doc.Items[at].Key)
		last = max(last, at)
		if at = im.places[at].parent; at == first {
			break
		}
	}
	item := &im.doc.Items[last]
	im.report.Circles = append(im.report.Circles, Circle{
		Items: firstKeys(keys), Dropped: item.Key + " part of " + item.Parent, Reason: "of the items of the circle, " + item.Key + " stands last in the document",
	})
	im.places[last].parent = -1
}

// firstKeys returns some of many keys.
func firstKeys(keys []string) []string {
	const most = 20
	if len(keys) <= most {
		return keys
	}
	return append(slices.Clone(keys[:most]), counted(len(keys)-most, "more", "more"))
}

// settleTasks finds the story of each task. A task without one is a story itself.
func (im *importer) settleTasks() {
	im.tasks = make(map[int][]int)
	for i := range im.places {
		if im.places[i].level != LevelTask {
			continue
		}
		path := []int{i}
		at := im.places[i].parent
		for at >= 0 && im.places[at].level == LevelTask && im.places[at].owner < 0 {
			path = append(path, at)
			at = im.places[at].parent
		}
		owner := at
		if at >= 0 && im.places[at].level == LevelTask {
			owner = im.places[at].owner
		}
		for _, one := range path {
			if owner < 0 || im.places[owner].level != LevelStory || len(im.tasks[owner]) == story.MaxTasks {
				im.places[one].level = LevelStory
				im.settle(one)
				continue
			}
			im.places[one].owner = owner
			im.tasks[owner] = append(im.tasks[owner], one)
		}
	}
	for _, list := range im.tasks {
		slices.Sort(list)
	}
}

// settleAbove finds the feature and the goal above each item.
func (im *importer) settleAbove() {
	done := make([]bool, len(im.places))
	for i := range im.places {
		var path []int
		for at := i; at >= 0 && !done[at]; at = im.places[at].parent {
			path = append(path, at)
		}
		for _, one := range slices.Backward(path) {
			p := &im.places[one]
			done[one] = true
			switch {
			case p.parent >= 0:
				up := &im.places[p.parent]
				p.feature, p.over = up.feature, up.over
				if up.level == LevelFeature {
					p.feature = up.item.Feature
				}
				if up.level == LevelGoal {
					p.feature, p.over = roadmap.FeatureID{}, up.goal
				}
			case !p.above.Feature.IsZero():
				p.feature = p.above.Feature
			case !p.above.Story.IsZero():
				s, _ := im.view.Story(p.above.Story)
				p.feature = s.Feature
			}
		}
	}
}
