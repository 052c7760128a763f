package main

import (
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

const synopsis = "sequence [-format table|json] [-steps N] [-strict] FILE"

// run is the command: its arguments, where it writes, how often it says that it goes on, and its exit
// status.
func run(args []string, stdout, stderr io.Writer, every time.Duration) int {
	return command.Run("sequence", stdout, stderr, func() (command.Report, command.Flags, error) {
		var steps int64
		var strict bool
		flags, err := command.ParseFile(args, synopsis, func(set *flag.FlagSet) {
			command.AddSteps(set, &steps)
			set.BoolVar(&strict, "strict", false, "")
		})
		if err != nil {
			return nil, flags, err
		}
		report, err := sequence(flags.File, steps, strict, stderr, every)
		return report, flags, err
	})
}

func sequence(file string, steps int64, strict bool, stderr io.Writer, every time.Duration) (command.Report, error) {
	var doc, odd *command.Document
	var s *sheet
	command.Watch(stderr, every, "reading "+file, func() {
		if doc, odd = load(file, strict); doc.OK() {
			if strict {
				doc.Add(odd)
				odd = doc
			}
			s = readSheet(doc, odd)
		}
	})
	if s == nil {
		return nil, doc.Err()
	}
	options := plan.SequenceOptions{Steps: steps}
	if !doc.OK() {
		options.Steps = -1 // it is only asked for what else is wrong
	}
	doing := "ordering " + command.Counted(len(s.items), "item", "items")
	var result *plan.Order[string]
	var err error
	command.Watch(stderr, every, doing, func() {
		result, err = plan.Sequence(s.items, options)
	})
	if err != nil {
		s.blame(doc, err)
	}
	if !doc.OK() {
		return nil, doc.Err()
	}
	if err := odd.Err(); err != nil {
		_, _ = fmt.Fprintln(stderr, err)
	}
	return newOrder(s.items, result), nil
}
