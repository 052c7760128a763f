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
