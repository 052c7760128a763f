package main

import (
	"io"
	"time"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

const synopsis = "sequence [-format table|json] [-steps N] FILE"

// run is the command: its arguments, where it writes, how often it says that it goes on, and its exit
// status.
func run(args []string, stdout, stderr io.Writer, every time.Duration) int {
	return command.Run("sequence", stdout, stderr, func() (command.Report, command.Flags, error) {
		flags, err := command.ParseFlags(args, synopsis, nil)
		if err != nil {
			return nil, flags, err
		}
		report, err := sequence(flags, stderr, every)
		return report, flags, err
	})
}

func sequence(
	flags command.Flags, stderr io.Writer, every time.Duration,
) (report order, err error) {
	var doc *command.Document
	var s *sheet
	command.Watch(stderr, every, "reading "+flags.File, func() {
		if doc = command.Load(flags.File, "a header, and an item a line"); doc.OK() {
			s = readSheet(doc)
		}
	})
	if s == nil {
		return order{}, doc.Err()
	}
	options := prioritize.SequenceOptions{Steps: flags.Steps}
	if !doc.OK() {
		options.Steps = -1 // it is only asked for what else is wrong
	}
	doing := "ordering " + command.Counted(len(s.items), "item", "items")
	command.Watch(stderr, every, doing, func() {
		report.result, err = prioritize.Sequence(s.items, options)
	})
	if err != nil {
		s.blame(doc, err)
	}
	report.items = s.items
	return report, doc.Err()
}
