package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/form"
)

// menuEntry is a form for a change that somebody may make. It is made of what the backlog allows and of what it
// has to say of the kind, so a new kind of change is in the menu without a line here.
type menuEntry struct {
	ID, Kind, About string
	Fixed           string // the JSON of what the user does not choose
	Fields          []menuField
}

type menuField struct {
	Name, Label string
	Type        string
	Value       string
	Values      []string
	Required    bool
}

// shownElsewhere are the kinds for which the page of a story has forms of its own.
var shownElsewhere = []string{"edit_story", "edit_criterion"}

func menuOf(v *backlog.View, item backlog.ItemID, person string, at time.Time) ([]menuEntry, error) {
	kinds := form.Kinds()
	var menu []menuEntry
	for _, change := range v.Allowed(item, backlog.Actor{Name: person}, at) {
		if slices.Contains(shownElsewhere, change.Kind()) {
			continue
		}
		i := slices.IndexFunc(kinds, func(kind form.Kind) bool { return kind.Kind == change.Kind() })
		_, data, err := backlog.EncodeChange(change)
		if err != nil {
			return nil, err
		}
		var values object
		if err := json.Unmarshal(data, &values); err != nil {
			return nil, err
		}
		entry := menuEntry{ID: fmt.Sprintf("menu-%d", len(menu)), Kind: change.Kind(), About: aboutOf(v, change)}
		fixed := object{}
		entry.add(fixed, values, kinds[i].Fields, "")
		data, err = json.Marshal(fixed)
		if err != nil {
			return nil, err
		}
		entry.Fixed = string(data)
		menu = append(menu, entry)
	}
	return menu, nil
}

// aboutOf tells changes of one kind apart.
func aboutOf(v *backlog.View, change backlog.Change) string {
	sprint := func(id backlog.SprintID) string { s, _ := v.Sprint(id); return s.Name }
	switch c := change.(type) {
	case backlog.SetStoryStatus:
		return strings.ReplaceAll(string(c.To), "_", " ")
	case backlog.CommitStories:
		return sprint(c.Sprint)
	case backlog.WithdrawStories:
		return sprint(c.Sprint)
	}
	return ""
}

// maxFields is how many numbers of an object get fields of their own; a larger one is edited as JSON.
const maxFields = 12

// add adds the fields of a form below a path, and to fixed what has a value that is not chosen: ids, lists of them,
// and the state that an entry of the menu is about.
func (m *menuEntry) add(fixed, values object, fields []form.Field, path string) {
	for _, field := range fields {
		value := values[field.Name]
		inner, isObject := value.(object)
		name := path + field.Name
		switch {
		case field.Type == form.ID && field.Of != "feature", field.Name == "to" && m.About != "":
			if value != nil {
				fixed[field.Name] = value
			}
		case field.Type == form.Object && !field.IsList && len(field.Fields) <= maxFields:
			if !isObject {
				inner = object{}
			}
			below := object{}
			m.add(below, inner, field.Fields, name+".")
			if len(below) > 0 {
				fixed[field.Name] = below
			}
		default:
			m.Fields = append(m.Fields, menuFieldOf(field, name, value))
		}
	}
}

func menuFieldOf(field form.Field, name string, value any) menuField {
	out := menuField{Name: name, Label: strings.ReplaceAll(name, ".", " "), Type: string(field.Type), Values: field.Values, Required: field.Required}
	text, isText := value.(string)
	switch {
	case value == nil:
	case isText && text == "...": // a placeholder for what the user has to write
	case isText:
		out.Value = text
	default:
		data, err := json.Marshal(value)
		if err == nil {
			out.Value = string(data)
		}
	}
	if field.IsList || field.Type == form.Object {
		out.Type = "json"
	}
	return out
}
