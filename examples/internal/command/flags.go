package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
)

// Flags are the arguments that the commands share.
type Flags struct {
	File   string
	Format string // "table" or "json"
	Steps  int64  // as the library counts them: 0 for the default, below 0 for no search

	synopsis string
}

const (
	tableFormat = "table"
	jsonFormat  = "json"
)

// ParseFlags reads -format, -steps and the name of one file, and the flags that own adds.
// [flag.ErrHelp] says that only the synopsis is asked for.
func ParseFlags(args []string, synopsis string, own func(*flag.FlagSet)) (Flags, error) {
	f := Flags{synopsis: synopsis}
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.Format, "format", tableFormat, "")
	set.Func("steps", "", f.setSteps)
	if own != nil {
		own(set)
	}
	if err := set.Parse(args); err != nil {
		return f, fmt.Errorf("%w, want %s", err, synopsis)
	}
	switch {
	case set.NArg() != 1:
		return f, fmt.Errorf("%d files, want one: %s", set.NArg(), synopsis)
	case f.Format != tableFormat && f.Format != jsonFormat:
		return f, fmt.Errorf("-format is %s, want table or json", Quote(f.Format))
	}
	f.File = set.Arg(0)
	return f, nil
}

// setSteps takes a number of steps from 0, which is no search.
func (f *Flags) setSteps(text string) error {
	steps, err := strconv.ParseInt(text, 10, 64)
	if err != nil || steps < 0 {
		return errors.New("want a whole number from 0, which is no search")
	}
	if f.Steps = steps; steps == 0 {
		f.Steps = -1
	}
	return nil
}
