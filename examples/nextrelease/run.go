package main

import (
	"errors"
	"flag"
	"io"
	"time"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

const synopsis = "nextrelease (-ratio R | -budget N) [-format table|json] [-steps N] FILE"

// run is the command: its arguments, where it writes, how often it says that it goes on, and its exit
// status.
func run(args []string, stdout, stderr io.Writer, every time.Duration) int {
	return command.Run("nextrelease", stdout, stderr, func() (command.Report, command.Flags, error) {
		var limit budget
		var steps int64
		flags, err := command.ParseFile(args, synopsis, func(set *flag.FlagSet) {
			set.Func("ratio", "", limit.setRatio)
			set.Func("budget", "", limit.setAmount)
			command.AddSteps(set, &steps)
		})
		if err == nil && limit.ratio.Valid == limit.amount.Valid {
			err = errors.New("want either -ratio or -budget: " + synopsis)
		}
		if err != nil {
			return nil, flags, err
		}
		report, err := nextRelease(flags.File, limit, steps, stderr, every)
		return report, flags, err
	})
}

func nextRelease(
	file string, limit budget, steps int64, stderr io.Writer, every time.Duration,
) (command.Report, error) {
	var doc *command.Document
	var in *instance
	command.Watch(stderr, every, "reading "+file, func() {
		if doc = command.Load(file, "the number of levels of items first"); doc.OK() {
			in = readInstance(doc)
		}
	})
	if in == nil {
		return nil, doc.Err()
	}
	options := plan.SelectOptions[int]{Steps: steps}
	if !doc.OK() {
		options.Steps = -1 // it is only asked for what else is wrong
	}
	doing := "choosing from " + command.Counted(len(in.requests), "request", "requests")
	var selection *plan.Selection[int, int]
	var err error
	command.Watch(stderr, every, doing, func() {
		selection, err = plan.Select(in.items, in.requests, limit.of(in.items), options)
	})
	if err != nil {
		in.blame(doc, err)
	}
	if !doc.OK() {
		return nil, doc.Err()
	}
	return newRelease(in, selection), nil
}
