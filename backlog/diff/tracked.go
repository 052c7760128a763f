package diff

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// tracked compares what trackers record of an item.
func (d *differ) tracked(old, now story.Details) {
	instant := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.UTC().Format(time.RFC3339Nano)
	}
	d.field(AspectKey, old.Key, now.Key)
	d.field(AspectKind, string(old.Kind), string(now.Kind))
	d.parts(AspectLabel, labelParts(old.Labels), labelParts(now.Labels))
	d.field(AspectDescription, old.Description, now.Description)
	d.field(AspectAssignee, old.Assignee, now.Assignee)
	d.field(AspectRequester, old.Requester, now.Requester)
	d.field(AspectSegment, old.Segment, now.Segment)
	d.field(AspectClass, string(old.Class), string(now.Class))
	d.field(AspectStep, d.stepTitle(old.Step), d.stepTitle(now.Step))
	d.field(AspectNotBefore, instant(old.NotBefore), instant(now.NotBefore))
	d.field(AspectDue, instant(old.Due), instant(now.Due))
	d.parts(AspectData, dataParts(old.Data), dataParts(now.Data))
	d.parts(AspectPast, pastParts(old.Past, instant), pastParts(now.Past, instant))
}

// stepTitle returns the title of a step of the story map in the later state, or in the earlier one if it is gone.
func (d *differ) stepTitle(id story.StepID) string {
	if id.IsZero() {
		return ""
	}
	for _, v := range []*backlog.View{d.b, d.a} {
		for activity := range v.Activities() {
			for _, step := range activity.Steps.All() {
				if step.ID == id {
					return step.Title
				}
			}
		}
	}
	return id.String()
}

func labelParts(labels story.List[string]) []part {
	all := make([]part, labels.Len())
	for i, label := range labels.All() {
		all[i] = part{label, label, "set"}
	}
	return all
}

// dataParts takes the values of one name in their order.
func dataParts(data story.List[story.DataValue]) []part {
	all := make([]part, data.Len())
	count := make(map[string]int)
	for i, one := range data.All() {
		all[i] = part{fmt.Sprint(one.Name, " ", count[one.Name]), one.Name, one.Value + " (" + one.Type + ")"}
		count[one.Name]++
	}
	return all
}

func pastParts(past story.Past, text func(time.Time) string) (all []part) {
	for _, one := range []part{
		{"created", "created", text(past.Created)}, {"started", "started", text(past.Started)}, {"done", "done", text(past.Done)},
	} {
		if one.state != "" {
			all = append(all, one)
		}
	}
	return all
}
