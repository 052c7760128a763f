package story_test

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story"
)

// Any state to any state: the first is where a story starts, the last where accepting takes it.
func ExampleFreeWorkflow() {
	workflow := story.FreeWorkflow("To Do", "Doing", "Done")
	for _, state := range workflow.States {
		fmt.Println(state.Name, "is", state.Category, "and goes to", workflow.Next(state.Name))
	}
	fmt.Println(workflow.Validate())
	// Output:
	// To Do is proposed and goes to [Doing Done]
	// Doing is in_progress and goes to [To Do Done]
	// Done is completed and goes to [To Do Doing]
	// <nil>
}

// A log from before a state was renamed is read with the new name.
func ExampleWorkflow_Current() {
	w := story.FreeWorkflow("to do", "in testing", "done")
	w.Renamed = map[story.Status]story.Status{"in review": "in testing"}
	fmt.Println(w.Validate(), w.Current("in review"), w.Current("done"))
	// Output: <nil> in testing done
}
