package main

import (
	"errors"
	"strconv"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// instance is a next release problem: the items and requests of a file, and where they are.
type instance struct {
	items      []plan.SelectItem[int]
	requests   []plan.Request[int, int]
	costAt     []command.Place
	valueAt    []command.Place
	dependency map[[2]int]command.Place // by who needs and what: where that is said first
	doubtful   bool                     // a level has other items than announced: no number is sure
}

// readInstance reads all items and requests, and blames the document for all that can be seen to be wrong
// line by line. It returns nil where the items and requests are not known.
func readInstance(doc *command.Document) *instance {
	in := &instance{dependency: map[[2]int]command.Place{}}
	r := newReader(doc)
	if !in.readLevels(r) || !in.readDependencies(r) || !in.readRequests(r) {
		return nil
	}
	if extra, ok := r.next(); ok {
		doc.Blame(extra[0].at, "%s after the last request, want the end of the file",
			command.Quote(extra[0].text))
	}
	return in
}

func (in *instance) readLevels(r *reader) bool {
	levels, ok := r.count("the number of levels")
	for level := 0; ok && level < levels; level++ {
		var n int
		if n, ok = r.count("the number of items on level %d", level+1); !ok || n == 0 {
			continue
		}
		var costs []word
		if costs, ok = r.line("the costs of level %d", level+1); !ok {
			break
		}
		in.doubtful = !r.checkLength(costs, 0, n, "cost") || in.doubtful
		for _, w := range costs {
			item := plan.SelectItem[int]{Key: len(in.items) + 1, Cost: r.amount(w, "cost")}
			in.items = append(in.items, item)
			in.costAt = append(in.costAt, w.at)
		}
	}
	return ok
}

// item reads the number of an item.
func (in *instance) item(r *reader, w word) (int, bool) {
	n, err := strconv.Atoi(w.text)
	if in.doubtful && err == nil && n > 0 {
		return n, false
	}
	if err != nil || n < 1 || n > len(in.items) {
		r.doc.Blame(w.at, "item %s, want a number from 1 to %d", command.Quote(w.text), len(in.items))
		return n, false
	}
	return n, true
}

func (in *instance) readDependencies(r *reader) bool {
	n, ok := r.count("the number of dependencies")
	for i := 0; ok && i < n; i++ {
		var pair []word
		if pair, ok = r.line("dependency %d of %d", i+1, n); !ok {
			break
		}
		if len(pair) != 2 {
			r.doc.Blame(pair[min(2, len(pair)-1)].at,
				"%s, want two: an item, and one that needs it", command.Counted(len(pair), "word", "words"))
			continue
		}
		needed, known := in.item(r, pair[0])
		needs, alsoKnown := in.item(r, pair[1])
		switch {
		case !known || !alsoKnown:
		case needed == needs:
			r.doc.Blame(pair[1].at, "item %d needs itself, want another item", needs)
		default:
			if _, twice := in.dependency[[2]int{needs, needed}]; !twice {
				in.dependency[[2]int{needs, needed}] = pair[0].at
				in.items[needs-1].Needs = append(in.items[needs-1].Needs, needed)
			}
		}
	}
	return ok
}

func (in *instance) readRequests(r *reader) bool {
	n, ok := r.count("the number of requests")
	for i := 0; ok && i < n; i++ {
		var words []word
		if words, ok = r.line("request %d of %d", i+1, n); !ok {
			break
		}
		request := plan.Request[int, int]{Key: i + 1, Value: r.amount(words[0], "value")}
		if len(words) < 2 {
			r.doc.Blame(words[0].at, "a value only, want a value, a number of items, and the items")
			continue
		}
		if count, ok := r.whole(words[1], "the number of items"); ok {
			r.checkLength(words, 2, count, "item")
		}
		for _, w := range words[2:] {
			if item, ok := in.item(r, w); ok {
				request.Items = append(request.Items, item)
			}
		}
		in.requests = append(in.requests, request)
		in.valueAt = append(in.valueAt, words[0].at)
	}
	return ok
}

// blame blames the document for what [plan.Select] finds wrong.
func (in *instance) blame(doc *command.Document, err error) {
	for _, err := range command.Problems(err) {
		var item *prioritize.ItemError
		var request *plan.RequestError
		var field *prioritize.FieldError
		var cycle *plan.CycleError
		at := command.Start()
		switch {
		case errors.As(err, &item):
			at = in.costAt[item.Index]
		case errors.As(err, &request):
			at = in.valueAt[request.Index]
		}
		switch {
		case errors.As(err, &cycle):
			doc.Blame(in.cycleAt(cycle), "%s, want no item to need itself, also by way of others",
				command.CycleText(cycle))
		case errors.As(err, &field):
			doc.Blame(at, "%s is %s, want %s", field.Field, command.Quote(field.Value), field.Want)
		default:
			doc.Blame(at, "%v, want items and requests that can be chosen from", err)
		}
	}
}

// cycleAt returns where the first dependency of a cycle is.
func (in *instance) cycleAt(cycle *plan.CycleError) command.Place {
	needs, _ := strconv.Atoi(cycle.Keys[0])
	needed, _ := strconv.Atoi(cycle.Keys[1])
	return in.dependency[[2]int{needs, needed}]
}
