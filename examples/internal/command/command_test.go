package command_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// number is a report.
type number struct {
	N int `json:"<n>"`
}

func (n number) WriteTable(out *bytes.Buffer) { command.Table(out, [][]any{{"n", n.N}}) }

func TestRun(t *testing.T) {
	document := &command.Document{Name: "f"}
	document.Blame(command.Place{Line: 2, Column: 1}, "b, want c")
	document.Blame(command.Start(), "a, want c")
	tests := map[string]struct {
		args           []string
		err            error
		status         int
		stdout, stderr string
	}{
		"table": {args: []string{"f"}, stdout: "  n  7\n"},
		"JSON":  {args: []string{"-format", "json", "f"}, stdout: "{\n  \"<n>\": 7\n}\n"},
		"help":  {args: []string{"-help"}, stderr: "usage: x FILE\n\nFILE is a file.\n"},
		"usage": {status: command.BadInput, stderr: "x: 0 files, want one: x FILE\n"},
		"late flag": {
			args: []string{"f", "-format", "json"}, status: command.BadInput,
			stderr: `x: "-format" stands behind the file, want flags before it: x FILE` + "\n",
		},
		"problems":   {args: []string{"f"}, err: document.Err(), status: command.BadInput, stderr: "f:1:1: a, want c\nf:2:1: b, want c\n"},
		"other":      {args: []string{"f"}, err: errors.New("no"), status: command.BadInput, stderr: "x: no\n"},
		"two others": {args: []string{"f"}, err: errors.Join(errors.New("no"), errors.New("nor\nthis")), status: command.BadInput, stderr: "x: no\nx: nor this\n"},
		"no pictures": {
			args: []string{"f"}, err: &command.WriteError{Err: errors.Join(io.ErrShortWrite, io.ErrClosedPipe)},
			status: command.Failure, stderr: "x: short write\nx: io: read/write on closed pipe\n",
		},
		"no picture": {args: []string{"f"}, err: &command.WriteError{Err: io.ErrShortWrite}, status: command.Failure, stderr: "x: short write\n"},
		"own flag":   {args: []string{"-own", "f"}, stdout: "  n  7\n"},
		"other flag": {args: []string{"-own=2", "f"}, status: command.BadInput, stderr: "x: invalid boolean value \"2\" for -own: parse error, want x FILE\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			status := command.Run("x", &stdout, &stderr, func() (command.Report, command.Flags, error) {
				flags, err := command.ParseFile(test.args, "x FILE", func(set *flag.FlagSet) {
					set.Bool("own", false, "")
				})
				flags.Help = "FILE is a file.\n"
				return number{7}, flags, errors.Join(err, test.err)
			})
			require.Equal(t, test.status, status)
			require.Equal(t, test.stdout, stdout.String())
			require.Equal(t, test.stderr, stderr.String())
		})
	}
}

func TestHelpWithoutMore(t *testing.T) {
	var stdout, stderr strings.Builder
	status := command.Run("x", &stdout, &stderr, func() (command.Report, command.Flags, error) {
		flags, err := command.ParseFile([]string{"-h"}, "x FILE", nil)
		return nil, flags, err
	})
	require.Equal(t, command.Success, status)
	require.Equal(t, "usage: x FILE\n", stderr.String())
	require.Empty(t, stdout.String())
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, format := range []string{"table", "json"} {
		var stderr strings.Builder
		status := command.Run("x", commandtest.Full{}, &stderr, func() (command.Report, command.Flags, error) {
			return number{7}, command.Flags{Format: format}, nil
		})
		require.Equal(t, command.Failure, status)
		require.Equal(t, "x: no space left\n", stderr.String())
	}
}

// A command may take any number of arguments, and have no formats.
func TestParseFlags(t *testing.T) {
	by := ""
	own := func(set *flag.FlagSet) {
		set.StringVar(&by, "by", "", "")
		set.Bool("twice", false, "")
	}
	flags, err := command.ParseFlags([]string{"-by", "", "f", "g"}, "x [FILE]", own)
	require.NoError(t, err)
	require.Equal(t, []string{"f", "g"}, flags.Args)
	require.Equal(t, "f", flags.File)
	require.Empty(t, flags.Format)
	require.True(t, flags.Given("by"))
	require.False(t, flags.Given("twice"))

	flags, err = command.ParseFlags(nil, "x [FILE]", own)
	require.NoError(t, err)
	require.Empty(t, flags.Args)
	require.Empty(t, flags.File)

	_, err = command.ParseFlags([]string{"-format", "json"}, "x [FILE]", own)
	require.EqualError(t, err, "flag provided but not defined: -format, want x [FILE]")
}

// The library takes 0 for its default; on the command line 0 is no search.
func TestSteps(t *testing.T) {
	for _, test := range []struct {
		args []string
		want int64
	}{
		{[]string{"f"}, 0}, {[]string{"-steps", "0", "f"}, -1}, {[]string{"-steps", "5", "f"}, 5},
	} {
		var steps int64
		_, err := command.ParseFile(test.args, "", func(set *flag.FlagSet) { command.AddSteps(set, &steps) })
		require.NoError(t, err)
		require.Equal(t, test.want, steps)
	}
}

// The problems are told in the order of the document, up to a number of them.
func TestDocumentErr(t *testing.T) {
	d := &command.Document{Name: "f"}
	require.True(t, d.OK())
	require.NoError(t, d.Err())
	for i := range 22 {
		d.Blame(command.Place{Line: 30 - i, Column: 1}, "p%d", i)
	}
	require.False(t, d.OK())
	lines := strings.Split(d.Err().Error(), "\n")
	require.Len(t, lines, 21)
	require.Equal(t, "f:11:1: p19", lines[0])
	require.Equal(t, "f:30:1: p0", lines[19])
	require.Equal(t, "f: and 2 more problems", lines[20])
}

// Each line has its place, also where what is told are errors that were joined.
func TestBlameJoined(t *testing.T) {
	d := &command.Document{Name: "f"}
	d.Blame(command.Place{Line: 2, Column: 3}, "%v, want c", errors.Join(errors.New("a"), errors.New("b")))
	d.Blame(command.Start(), "d")
	require.EqualError(t, d.Err(), "f:1:1: d\nf:2:3: a\nf:2:3: b, want c")

	d = &command.Document{Name: "f"}
	d.Blame(command.Start(), "%s", strings.Repeat("\n", 20))
	require.True(t, strings.HasSuffix(d.Err().Error(), "f: and 1 more problem"))
}

func TestLoad(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(name, []byte("\uFEFFa\r\n\ufffd"), 0o600))
	d := command.Load(name, "x")
	require.NoError(t, d.Err())
	require.Equal(t, "a\r\n\ufffd", d.Text)

	require.NoError(t, os.WriteFile(name, []byte("\uFEFFa\xff\xff\n\xc3("), 0o600))
	require.EqualError(t, command.Load(name, "x").Err(), name+":1:2: byte 0xff is not UTF-8, want text in UTF-8\n"+
		name+":2:1: byte 0xc3 is not UTF-8, want text in UTF-8")
}

func TestLoadUpTo(t *testing.T) {
	name := commandtest.WriteFile(t, "f", "abcd")
	require.NoError(t, command.LoadUpTo(4, name, "x").Err())
	require.EqualError(t, command.LoadUpTo(3, name, "x").Err(), name+":1:1: more than 3 bytes, want a smaller file")
}

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "+4": "4", ".5": "0.5", "1e3": "1000", "1e1000": "1" + strings.Repeat("0", 1000),
		strings.Repeat("9", 200): strings.Repeat("9", 200),
	} {
		d, err := command.ParseAmount(text)
		require.NoError(t, err, text)
		require.Equal(t, want, command.Number(d).String())
		require.True(t, json.Valid([]byte(command.Number(d))))
	}
	for _, text := range []string{
		"", " ", "-1", "x", "NaN", "Inf", "0x1", "1_0", "1,5", "1e1001", "1e-1001", "1e999999999999",
		strings.Repeat("9", 201),
	} {
		_, err := command.ParseAmount(text)
		require.EqualError(t, err, "a number >= 0 such as 3 or 0.5, its exponent within ±1000", text)
	}
}

func TestWords(t *testing.T) {
	require.Equal(t, "12.35 %", command.Percent(decimal.RequireFromString("0.12345"), 2))
	require.Equal(t, `"`+strings.Repeat("é", 30)+`..."`, command.Quote(strings.Repeat("é", 31)))
	require.Equal(t, `"a\n"`, command.Quote("a\n"))
	require.Equal(t, "ab", command.Shorten("ab", 2))
	require.Equal(t, "a...", command.Shorten("aéb", 2))
	require.Equal(t, "...", command.Shorten("\x80\x80", 1))
	require.Equal(t, `cycle: "a" needs "b" needs "a"`, command.CycleText(&plan.CycleError{Keys: []string{"a", "b"}}))
	long := command.CycleText(&plan.CycleError{Keys: strings.Split("z"+strings.Repeat("a", 99), "")})
	require.True(t, strings.HasSuffix(long, `"a" needs ... needs "z"`), long)
	require.Less(t, len(long), 300)

	first, second := errors.New("a"), errors.New("b")
	require.Equal(t, []error{first, second}, command.Problems(errors.Join(first, second)))
	require.Equal(t, []error{first}, command.Problems(first))
	require.Equal(t, []error{first, second, first}, command.Problems(errors.Join(errors.Join(first, second), first)))
	require.Empty(t, command.Problems(nil))
}

// Columns stay aligned below a row whose last cells are blank, and no line ends in spaces.
func TestTable(t *testing.T) {
	var out bytes.Buffer
	command.Section(&out, "Heading", [][]any{
		{"#", "Title", "Why"}, {1, "a\x1b\n b", ""}, {10, "", ""}, {2, "b", "so"},
	})
	require.Equal(t, `
Heading
  #   Title  Why
  1   a? b
  10
  2   b      so
`, out.String())
}

// What a terminal might obey, or nobody would see, is shown; what people write stays.
func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"a\x1b[31m\u009b\t":               "a?[31m??",
		"\u202eevil\u2066\u2069\u061c":    "?evil???",
		"a\u200bb\u00adc\ufeff\U000e0041": "a?b?c??",
		"\u200e\u200f\u2060\ufff9":        "????",
		"é 日本 שלום a\u0301 می\u200cخواهم 👩\u200d💻 \u0600١": "é 日本 שלום a\u0301 می\u200cخواهم 👩\u200d💻 \u0600١",
	} {
		require.Equal(t, want, command.Printable(text))
		require.Equal(t, want, command.Printable(want))
	}
	require.Equal(t, "a b?", command.OnLine(" a\n\u2028 b\u202e"))

	doc := &command.Document{Name: "f"}
	doc.Blame(command.Start(), "[\u202e]")
	require.ErrorContains(t, doc.Err(), "f:1:")
	require.NotContains(t, doc.Err().Error(), "\u202e")
}

func TestTableVerbatim(t *testing.T) {
	var out bytes.Buffer
	command.Table(&out, [][]any{{"a", command.Verbatim(" 0.5"), "c"}, {"b", command.Verbatim("10.5"), "  c  d "}})
	require.Equal(t, "  a   0.5  c\n  b  10.5  c d\n", out.String())
}

// written passes on what is written to it.
type written chan string

func (w written) Write(text []byte) (int, error) {
	w <- string(text)
	return len(text), nil
}

// Work that takes long is mentioned again and again; when Watch returns, no more is written.
func TestWatch(t *testing.T) {
	stderr := make(written)
	command.Watch(stderr, time.Millisecond, "waiting", func() {
		for range 3 {
			require.Regexp(t, `^waiting: [0-9.]+m?s so far\n$`, <-stderr)
		}
		go func() { // the line that may be on its way
			for range stderr {
			}
		}()
	})
	close(stderr)
}

func TestWatchIsSilentAboutQuickWork(t *testing.T) {
	var stderr strings.Builder
	worked := false
	command.Watch(&stderr, time.Hour, "working", func() { worked = true })
	require.True(t, worked)
	require.Empty(t, stderr.String())
}
