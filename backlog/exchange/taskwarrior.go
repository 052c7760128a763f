package exchange

// taskwarriorFormat is what "task export" writes: a list, or an object a line.
func taskwarriorFormat() format {
	return format{
		name: Taskwarrior,
		detect: func(f *file) Certainty {
			switch {
			case f.has("uuid", "description", "entry|urgency|status"):
				return Certain
			case f.has("description", "entry", "status"):
				return Likely
			}
			return 0
		},
		read: readTaskwarrior,
	}
}

// taskwarriorNames are the paths of a task. Its number changes with each garbage collection; its uuid is its key.
var taskwarriorNames = map[string]Column{
	"uuid":              {Field: FieldKey},
	"description":       {Field: FieldTitle},
	"status":            {Field: FieldStatus},
	"priority":          {Field: FieldPriority},
	"tags[]|tags":       {Field: FieldLabels, Split: ","},
	"depends[]|depends": {Field: FieldLink, Meaning: Needs, Word: "depends", Split: ","},
	"parent":            {Field: FieldLink, Meaning: Relates, Word: "recurs from"},
	"entry":             {Field: FieldCreated},
	"modified":          {Field: FieldUpdated},
	"start":             {Field: FieldStarted},
	"end":               {Field: FieldDone},
	"due":               {Field: FieldDue},
	"wait":              {Field: FieldDeferred},
}

// taskwarriorStates are its statuses: "waiting" is for a date, not for people.
var taskwarriorStates = words[state]{}.
	add(state{proposed, false}, "pending").
	add(state{proposed, true}, "waiting recurring").
	add(state{delivered, false}, "completed").
	add(state{givenUp, false}, "deleted")

var taskwarriorUrgencies = words[int]{}.add(2, "h").add(3, "m").add(4, "l")

func readTaskwarrior(f *file, s *source) error {
	s.states, s.urgencies = taskwarriorStates, taskwarriorUrgencies
	t := newTree(s, taskwarriorNames)
	for one := range f.entries() {
		hasTitle := one.problem != ""
		err := t.addEntry(one, func(l leaf) bool {
			hasTitle = hasTitle || l.path == "description"
			return false
		})
		if err != nil {
			return err
		}
		if !hasTitle {
			s.skip("no description: not a task")
		}
	}
	return nil
}
