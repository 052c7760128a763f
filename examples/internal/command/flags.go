package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Flags are the arguments that the commands share.
type Flags struct {
	Help   string   // what -help says below the synopsis; for the command to fill in
	Args   []string // what follows the flags
	File   string   // the first of them, if any
	Format string   // "table" or "json"; empty for a command that has but the one

	synopsis string
	given    map[string]bool
}

const (
	tableFormat = "table"
	jsonFormat  = "json"
)

// Given reports whether a flag is among the arguments, be it with its default.
func (f Flags) Given(name string) bool { return f.given[name] }

// ParseFlags reads the flags that own adds. [flag.ErrHelp] says that only the usage is asked for.
func ParseFlags(args []string, synopsis string, own func(*flag.FlagSet)) (Flags, error) {
	f := Flags{synopsis: synopsis, given: make(map[string]bool)}
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	own(set)
	if err := set.Parse(args); err != nil {
		return f, fmt.Errorf("%w, want %s", err, synopsis)
	}
	set.Visit(func(one *flag.Flag) { f.given[one.Name] = true })
	f.Args, f.File = set.Args(), set.Arg(0)
	return f, nil
}

// ParseFile reads -format and the name of one file, and the flags that own adds, if any.
func ParseFile(args []string, synopsis string, own func(*flag.FlagSet)) (Flags, error) {
	format := tableFormat
	f, err := ParseFlags(args, synopsis, func(set *flag.FlagSet) {
		set.StringVar(&format, "format", format, "")
		if own != nil {
			own(set)
		}
	})
	f.Format = format
	switch {
	case err != nil:
		return f, err
	case len(f.Args) > 1 && strings.HasPrefix(f.Args[1], "-"):
		return f, fmt.Errorf("%s stands behind the file, want flags before it: %s", Quote(f.Args[1]), synopsis)
	case len(f.Args) != 1:
		return f, fmt.Errorf("%d files, want one: %s", len(f.Args), synopsis)
	case format != tableFormat && format != jsonFormat:
		return f, fmt.Errorf("-format is %s, want table or json", Quote(format))
	}
	return f, nil
}

// AddSteps adds the flag -steps, a whole number from 0, which is no search. In steps it is as the library
// counts: 0 for the default, below 0 for no search.
func AddSteps(set *flag.FlagSet, steps *int64) {
	set.Func("steps", "", func(text string) error {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return errors.New("want a whole number from 0, which is no search")
		}
		if *steps = n; n == 0 {
			*steps = -1
		}
		return nil
	})
}

func (f Flags) writeUsage(out io.Writer) {
	_, _ = fmt.Fprintln(out, "usage:", f.synopsis)
	if f.Help != "" {
		_, _ = fmt.Fprintf(out, "\n%s", f.Help)
	}
}

// AddZone adds -zone, the name of a time zone.
func AddZone(set *flag.FlagSet, zone **time.Location) {
	set.Func("zone", "", func(text string) error {
		found, err := time.LoadLocation(text)
		if err != nil {
			return errors.New("want the name of a zone such as Europe/Berlin")
		}
		*zone = found
		return nil
	})
}
