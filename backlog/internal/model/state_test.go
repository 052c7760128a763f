// Package model_test compares a backlog with a model of it that is deliberately dumb: slices in their order, no
// index, nothing kept that could be counted, each rule a plain predicate. It is written from the documentation of the
// changes. Random histories of several actors are tried on both, see TestHistories.
package model_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// state is all that a backlog holds. Every list is in its order.
type state struct {
	Seq        uint64
	At         time.Time
	Vision     roadmap.Vision
	Stage      roadmap.Stage
	Goals      []roadmap.Goal
	Horizons   []roadmap.Horizon
	Releases   []roadmap.Release
	Increments []roadmap.Increment
	Features   []roadmap.Feature
	Stories    []story.Story
	Sprints    []backlog.Sprint
	Insights   []roadmap.Insight
	Proposals  []roadmap.Proposal
	Questions  []backlog.Question
	Risks      []roadmap.Risk
	People     []backlog.Person
	Claims     []backlog.Claim // those that have run out, too
	Needs      []backlog.Dependency
	Relations  []backlog.Relation
	Accepted   []accepted
	Assessed   []assessed

	Themes      []roadmap.Theme
	Epics       []roadmap.Epic
	Activities  []roadmap.Activity
	Impediments []roadmap.Impediment
}

type accepted struct {
	Item backlog.ItemID
	By   backlog.Acceptance
}

type assessed struct {
	Item backlog.ItemID
	As   prioritize.Assessment
}

// read asks a backlog for all that it holds.
func read(v *backlog.View) state {
	s := state{Seq: v.Seq(), At: v.At()}
	s.Vision, _ = v.Vision()
	s.Stage, _ = v.Stage()
	s.Goals = slices.Collect(v.Goals())
	s.Horizons = slices.Collect(v.Horizons())
	s.Releases = slices.Collect(v.Releases())
	s.Increments = slices.Collect(v.Increments())
	s.Features = slices.Collect(v.Features())
	s.Stories = slices.Collect(v.Stories())
	s.Sprints = slices.Collect(v.Sprints())
	s.Insights = slices.Collect(v.Insights())
	s.Proposals = slices.Collect(v.Proposals())
	s.Questions = slices.Collect(v.Questions())
	s.Risks = slices.Collect(v.Risks())
	s.People = slices.Collect(v.People())
	s.Claims = slices.Collect(v.Claims(time.Time{}))
	s.Needs = slices.Collect(v.Dependencies())
	s.Relations = slices.Collect(v.Relations())
	s.Themes = slices.Collect(v.Themes())
	s.Epics = slices.Collect(v.Epics())
	s.Activities = slices.Collect(v.Activities())
	s.Impediments = slices.Collect(v.Impediments())
	for _, f := range s.Features {
		if by, ok := v.FeatureAcceptance(f.ID); ok {
			s.Accepted = append(s.Accepted, accepted{backlog.FeatureItem(f.ID), by})
		}
		if as, ok := v.FeatureAssessment(f.ID); ok {
			s.Assessed = append(s.Assessed, assessed{backlog.FeatureItem(f.ID), as})
		}
	}
	for _, one := range s.Stories {
		if by, ok := v.Acceptance(one.ID); ok {
			s.Accepted = append(s.Accepted, accepted{backlog.StoryItem(one.ID), by})
		}
		if as, ok := v.Assessment(one.ID); ok {
			s.Assessed = append(s.Assessed, assessed{backlog.StoryItem(one.ID), as})
		}
	}
	s.sort()
	return s
}

// sort puts the lists whose order means nothing into one.
func (s *state) sort() {
	slices.SortFunc(s.Needs, func(x, y backlog.Dependency) int {
		return 2*x.Item.Compare(y.Item) + x.Needs.Compare(y.Needs)
	})
	for i, r := range s.Relations { // a relation holds both ways; of duplicates the first is the one that came again
		if r.How != backlog.Duplicates && r.Story.Compare(r.Other) > 0 {
			s.Relations[i].Story, s.Relations[i].Other = r.Other, r.Story
		}
	}
	slices.SortFunc(s.Relations, func(x, y backlog.Relation) int {
		return cmp.Or(x.Story.Compare(y.Story), x.Other.Compare(y.Other), cmp.Compare(x.How, y.How))
	})
	slices.SortFunc(s.Accepted, func(x, y accepted) int { return x.Item.Compare(y.Item) })
	slices.SortFunc(s.Assessed, func(x, y assessed) int { return x.Item.Compare(y.Item) })
	slices.SortFunc(s.People, func(x, y backlog.Person) int { return strings.Compare(x.Name, y.Name) })
	for i := range s.People {
		slices.SortFunc(s.People[i].Roles, func(x, y backlog.Grant) int {
			return 2*strings.Compare(string(x.Role), string(y.Role)) + strings.Compare(string(x.Team), string(y.Team))
		})
		slices.SortFunc(s.People[i].Mandates, func(x, y backlog.Mandate) int {
			return 2*strings.Compare(string(x.Permission), string(y.Permission)) + strings.Compare(string(x.Team), string(y.Team))
		})
	}
}

// clone returns a copy that shares nothing that the model changes in place, in the room of a state that nobody needs.
func (s state) clone(room state) state {
	s.Goals = append(room.Goals[:0], s.Goals...)
	s.Horizons = append(room.Horizons[:0], s.Horizons...)
	s.Releases = append(room.Releases[:0], s.Releases...)
	s.Increments = append(room.Increments[:0], s.Increments...)
	s.Features = append(room.Features[:0], s.Features...)
	s.Stories = append(room.Stories[:0], s.Stories...)
	s.Sprints = append(room.Sprints[:0], s.Sprints...)
	s.Insights = append(room.Insights[:0], s.Insights...)
	s.Proposals = append(room.Proposals[:0], s.Proposals...)
	s.Questions = append(room.Questions[:0], s.Questions...)
	s.Risks = append(room.Risks[:0], s.Risks...)
	s.People = append(room.People[:0], s.People...)
	s.Claims = append(room.Claims[:0], s.Claims...)
	s.Needs = append(room.Needs[:0], s.Needs...)
	s.Relations = append(room.Relations[:0], s.Relations...)
	s.Accepted = append(room.Accepted[:0], s.Accepted...)
	s.Assessed = append(room.Assessed[:0], s.Assessed...)
	s.Themes = append(room.Themes[:0], s.Themes...)
	s.Epics = append(room.Epics[:0], s.Epics...)
	s.Activities = append(room.Activities[:0], s.Activities...)
	s.Impediments = append(room.Impediments[:0], s.Impediments...)
	for i := range s.Goals {
		s.Goals[i] = s.Goals[i].Clone()
	}
	for i := range s.Sprints {
		s.Sprints[i] = s.Sprints[i].Clone()
	}
	for i := range s.People {
		s.People[i] = s.People[i].Clone()
	}
	for i := range s.Increments {
		s.Increments[i] = s.Increments[i].Clone()
	}
	return s
}

// differs returns the first field in which two states differ, and how; "" if none does.
func (s state) differs(other state) string {
	v, w := reflect.ValueOf(s), reflect.ValueOf(other)
	for i := range v.NumField() {
		x, y := v.Field(i), w.Field(i)
		if x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 || reflect.DeepEqual(x.Interface(), y.Interface()) {
			continue
		}
		one, two := asJSON(x.Interface()), asJSON(y.Interface())
		if !bytes.Equal(one, two) {
			return fmt.Sprintf("%s:\n  backlog %s\n  model   %s", v.Type().Field(i).Name, one, two)
		}
	}
	return ""
}

func asJSON(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return data
}
