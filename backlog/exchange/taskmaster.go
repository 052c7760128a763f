package exchange

import "strings"

// taskMasterFormat is that of task-master's tasks.json: {"master":{"tasks":[…]}}, or {"tasks":[…]} as it once was.
func taskMasterFormat() format {
	return format{name: TaskMaster, detect: detectTaskMaster, read: readTaskMaster}
}

func detectTaskMaster(f *file) (certainty Certainty) {
	f.has() // makes the outline
	for path := range f.outline {
		before, rest, ok := strings.Cut(path, "tasks[].")
		if !ok || before != "" && (strings.Count(before, ".") != 1 || !strings.HasSuffix(before, ".")) {
			continue
		}
		switch rest {
		case "testStrategy", "subtasks", "details", "dependencies":
			return Certain
		case "title":
			certainty = Likely
		}
	}
	return certainty
}

// taskMasterNames are the paths of a task and of a subtask.
var taskMasterNames = map[string]Column{
	"title":             {Field: FieldTitle},
	"description":       {Field: FieldDescription},
	"status":            {Field: FieldStatus},
	"priority":          {Field: FieldPriority},
	"assignee":          {Field: FieldAssignee},
	"createdAt|created": {Field: FieldCreated},
	"updatedAt|updated": {Field: FieldUpdated},
	"startedAt":         {Field: FieldStarted},
	"completedAt":       {Field: FieldDone},
	"dueDate":           {Field: FieldDue},
	"acceptanceCriteria|acceptanceCriteria[]": {Field: FieldCriteria},
	"tags[]|labels[]":                         {Field: FieldLabels},
	"parentTaskId|parentId":                   {Field: FieldImplied},
}

// defaultTag is the tag whose tasks have no tag in their key.
const defaultTag = "master"

// taskMasterReader reads the tasks of one tag after the other.
type taskMasterReader struct {
	tree           *tree
	id, dependency int             // columns
	prefix         string          // of the keys of the tag: "web/"
	tasks          map[string]bool // ids of the tag
	number         int             // of the row
}

func readTaskMaster(f *file, s *source) error {
	text, err := f.object(TaskMaster)
	if err != nil {
		return err
	}
	s.dottedKeys = true
	r := &taskMasterReader{tree: newTree(s, taskMasterNames)}
	r.id = s.column("id", Column{Field: FieldKey})
	r.dependency = s.column("dependencies[]", Column{Field: FieldLink, Meaning: Needs, Word: "dependencies"})
	if strings.HasPrefix(member(text, "tasks"), "[") {
		return r.tag(text, "")
	}
	for tag, raw := range members(text) {
		if !strings.HasPrefix(raw, "{") {
			s.whole()
			if err := r.tree.addMember(tag, raw); err != nil {
				return err
			}
			continue
		}
		if err := r.tag(raw, tag); err != nil {
			return err
		}
	}
	return nil
}

// tag reads the tasks of a tag. Ids repeat across tags: those of all but the default one stand before the ids.
func (r *taskMasterReader) tag(text, tag string) error {
	r.prefix, r.tasks = "", make(map[string]bool)
	path := tag
	if tag != "" {
		path += "."
		if tag != defaultTag {
			r.prefix = tag + "/"
		}
	}
	for task := range objects(text, "tasks") {
		r.tasks[scalar(member(task, "id"))] = true
	}
	for name, raw := range members(text) {
		if name != "tasks" || !strings.HasPrefix(raw, "[") {
			r.tree.source.whole()
			if err := r.tree.addMember(path+name, raw); err != nil {
				return err
			}
			continue
		}
		for task := range elements(raw) {
			if err := r.task(task, "", r.tasks); err != nil {
				return err
			}
		}
	}
	return nil
}

// task reads a task, or a subtask of the task of an id, and then its subtasks. The names are the ids beside it.
func (r *taskMasterReader) task(text, above string, beside map[string]bool) error {
	r.number++
	one := entry{number: r.number, text: text}
	if !strings.HasPrefix(text, "{") {
		one.problem = "JSON, but no object"
	}
	s := r.tree.source
	own := scalar(member(text, "id"))
	key := own
	if above != "" && own != "" && !strings.HasPrefix(own, above+".") {
		key = above + "." + own
	}
	err := r.tree.addEntry(one, func(l leaf) bool {
		switch {
		case l.path == "id":
			s.add(r.id, r.prefix+r.sub(strings.TrimSpace(l.value), above))
		case l.path == "dependencies[]":
			id := strings.TrimSpace(l.value)
			if !strings.Contains(id, ".") && above != "" && (beside[id] || !r.tasks[id]) {
				id = r.sub(id, above)
			}
			s.add(r.dependency, r.prefix+id)
		case above == "" && strings.HasPrefix(l.path, "subtasks[]."): // a row of its own
		default:
			return false
		}
		return true
	})
	if err != nil || one.problem != "" {
		return err
	}
	if above != "" {
		s.level(LevelTask)
		return nil
	}
	subtasks := make(map[string]bool)
	for subtask := range objects(text, "subtasks") {
		subtasks[scalar(member(subtask, "id"))] = true
	}
	for subtask := range objects(text, "subtasks") {
		if err := r.task(subtask, key, subtasks); err != nil {
			return err
		}
	}
	return nil
}

// sub returns the id of a subtask with that of its task before it.
func (r *taskMasterReader) sub(id, above string) string {
	if above == "" || strings.HasPrefix(id, above+".") {
		return id
	}
	return above + "." + id
}
