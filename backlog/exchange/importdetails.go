package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// estimate returns the points of an item, if they can be an estimate.
func (im *importer) estimate(item *Item, keep *keeper) story.Estimate {
	points := item.Points
	if im.Points != "" {
		points = im.pointsOf(item)
		keep.addAll("points", Number, present(decimalText(item.Points)))
	}
	if !points.Valid {
		return story.Estimate{}
	}
	estimate := story.DecimalPoints(points.Decimal)
	if estimate.Validate() != nil {
		if im.Points == "" {
			keep.addAll("points", Number, present(decimalText(item.Points)))
		}
		im.lose(im.index[item.Key], "points", decimalText(points), "an estimate is 0 to 1,000,000 points with three decimals", true)
		return story.Estimate{}
	}
	im.report.Estimated++
	im.report.Points = im.report.Points.Add(points.Decimal)
	return estimate
}

// pointsOf returns the value that the mapping names as points.
func (im *importer) pointsOf(item *Item) decimal.NullDecimal {
	name := fold(im.Points)
	for _, factor := range item.Scores {
		if fold(factor.Name) == name {
			return decimal.NewNullDecimal(factor.Value)
		}
	}
	for _, value := range item.Custom {
		if number, ok := value.Number(); ok && fold(value.Name) == name {
			return decimal.NewNullDecimal(number)
		}
	}
	return decimal.NullDecimal{}
}

// criteria returns the acceptance criteria of an item.
func (im *importer) criteria(i int) story.List[story.Criterion] {
	item := &im.doc.Items[i]
	var all []story.Criterion
	met := make(map[string]int)
	for _, text := range item.Criteria {
		clean, fits := cleanText(text)
		switch {
		case trim(clean) == "":
		case !fits || len(all) == story.MaxCriteria:
			im.lose(i, "criterion", text, "longer than a criterion can be, or one too many", false)
		default:
			met[clean]++
			id := im.id("criterion", item.Key+"\x00"+clean+strings.Repeat("\x00", met[clean]))
			all = append(all, story.Criterion{ID: story.CriterionID(id), Text: clean})
		}
	}
	return story.ListOf(all...)
}

// taskList returns the tasks of a story, and keeps what they cannot hold.
func (im *importer) taskList(i int, keep *keeper) story.List[story.Task] {
	var tasks []story.Task
	for _, at := range im.tasks[i] {
		item := im.doc.Items[at]
		task := story.Task{
			ID:    story.TaskID(im.id("task", im.doc.Items[i].Key+"\x00"+item.Key)),
			Title: titleOf(&item), Assignee: cleanName(item.Assignee), Done: !item.Category.IsOpen(),
		}
		tasks = append(tasks, task)
		item.Row = 0
		if text, err := json.Marshal(item); err == nil {
			keep.add(dataTask, task.ID.String(), string(text))
		}
	}
	return story.ListOf(tasks...)
}

// details returns what a story or a feature has besides, and keeps everything else.
func (im *importer) details(i int, keep *keeper) story.Details {
	item, p := &im.doc.Items[i], &im.places[i]
	d := story.Details{
		Kind: im.kind(item), Assignee: cleanName(item.Assignee), Due: cleanInstant(item.Due), NotBefore: cleanInstant(item.DeferredUntil),
		Past: story.Past{Created: cleanInstant(item.Created), Started: cleanInstant(item.Started), Done: cleanInstant(item.Done)},
	}
	if key := ownKey(item); key != "" {
		if holder, taken := im.byKey(key); !taken || holder == p.item {
			d.Key = key
		}
	}
	var labels []string
	known := make(map[string]bool, len(item.Labels))
	for _, label := range item.Labels {
		if clean := cleanTitle(label); clean != "" && len(labels) < story.MaxLabels && !known[clean] {
			known[clean] = true
			labels = append(labels, clean)
		}
	}
	d.Labels = story.ListOf(labels...)
	description, fits := cleanText(item.Description)
	if fits {
		d.Description = description
	} else {
		im.lose(i, "description", description, "longer than a text can be", false)
	}
	im.keep(i, keep)
	d.Data = story.ListOf(keep.data...)
	return d
}

// keep keeps what has no field.
func (im *importer) keep(i int, keep *keeper) {
	item, p := &im.doc.Items[i], &im.places[i]
	for _, field := range keptFields {
		switch field.name {
		case "key":
			if item.Key == item.Title || ownKey(item) != "" {
				continue
			}
		case "title":
			if item.Title == titleOf(item) {
				continue
			}
		case "kind":
			if string(im.kind(item)) == item.Kind {
				continue
			}
		case "category":
			if p.level != LevelFeature || !item.Category.IsOpen() {
				continue
			}
		case "parent":
			if how, _, _ := im.parthood(i); how != asData {
				continue
			}
		case "points":
			continue // see estimate
		}
		keep.addAll(field.name, field.kind, field.list(item))
	}
	for _, factor := range item.Scores {
		name := cleanTitle(factor.Name)
		if name == "" || strings.HasPrefix(name, dataPrefix) {
			name = cleanTitle(dataCustom + name)
		}
		keep.add(name, typeFactor, factor.Value.String())
	}
	for _, value := range item.Custom {
		keep.custom(value)
	}
	for _, one := range im.keptLinks[i] {
		if one.isInward {
			keep.link(dataInward, one.Link, one.From)
		} else {
			keep.link(dataLink, one.Link, one.To)
		}
	}
}

// addAll keeps the values of a field of [Item].
func (k *keeper) addAll(name string, kind ValueType, values []string) {
	for _, value := range values {
		k.add(dataPrefix+name, kind.String(), value)
	}
}

// release returns the release of a feature: the last that it names.
func (im *importer) release(item *Item) roadmap.ReleaseID {
	for _, name := range slices.Backward(item.Releases) {
		as := named(im.releases, name)
		if as == "" {
			continue
		}
		id, known := im.releasesByName[as]
		if !known {
			id = roadmap.ReleaseID(im.id("release", as))
			im.releasesByName[as] = id
			im.newReleases = append(im.newReleases, roadmap.Release{ID: id, Name: as, Status: roadmap.ReleasePlanned})
		}
		return id
	}
	return roadmap.ReleaseID{}
}
