// Package story holds the smallest things a product owner decides about: the [Story], who wants what
// and why ([Narrative]), when it is good enough ([Criterion]), how large it is ([Estimate]), where it
// is in its life ([Status], [Workflow]), and the [Task]s it is done by.
//
// Everything here is a plain value with a Validate method that reports all that is wrong at once:
//
//	s := story.Story{
//		ID:        story.ID(uuid.New()),
//		Title:     "View expenses by category",
//		Narrative: story.Narrative{Role: "spender", Goal: "to see where my money goes"},
//		Estimate:  story.Points(3),
//	}
//	err := s.Validate()
//
// Nothing changes by itself: a backlog.Backlog holds stories and changes them on the word of somebody
// who may. Each entity has an id type of its own, made from a UUID of github.com/google/uuid by the caller; see [Identity]. Points and other numbers are decimals of
// github.com/shopspring/decimal.
//
// What no rule allows is a field.Error, see package field. Enumerations have text forms, and the text
// is the contract in JSON and databases; the numbers are not.
//
// Below story, package narrative reads the sentences that people write, package gherkin reads, prints
// and checks Given/When/Then, and package quality finds weak spots in stories and criteria.
package story
