package commandtest

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// RequireBadInput holds that a text is bad input in both formats, for reasons that begin as wanted.
func (run Command) RequireBadInput(t testing.TB, name, text string, want []string, flags ...string) {
	t.Helper()
	for _, format := range []string{"table", "json"} {
		status, stdout, stderr := run.Text(t, name, text, append(flags, "-format", format)...)
		require.Equal(t, command.BadInput, status, stdout)
		require.Empty(t, stdout)
		RequireLines(t, want, stderr)
	}
}

// RequireLines holds that there are as many lines as wanted, and that each begins as wanted.
func RequireLines(t testing.TB, want []string, stderr string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(stderr, "\n"), "\n")
	require.Len(t, lines, len(want), stderr)
	for i := range want {
		require.True(t, strings.HasPrefix(lines[i], want[i]), "%s\nwant %s", lines[i], want[i])
	}
}

// RequireUnreadable holds that a file that is not there, and a folder of that name, are bad input.
func (run Command) RequireUnreadable(t testing.TB, name string, flags ...string) {
	t.Helper()
	missing, folder := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), name)
	require.NoError(t, os.Mkdir(folder, 0o700))
	for _, file := range []string{missing, folder} {
		status, stdout, stderr := run.Run(append(flags, file)...)
		require.Equal(t, command.BadInput, status)
		require.Empty(t, stdout)
		RequireLines(t, []string{file + ":1:1: cannot be read: "}, stderr)
	}
}

// RequireUsage holds that the arguments are refused, with a line that begins as wanted.
func (run Command) RequireUsage(t testing.TB, want string, args ...string) {
	t.Helper()
	status, stdout, stderr := run.Run(args...)
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	RequireLines(t, []string{want}, stderr)
}

// RequireHelp holds that -h is no error, and returns what it says.
func (run Command) RequireHelp(t testing.TB) string {
	t.Helper()
	status, stdout, stderr := run.Run("-h")
	require.Equal(t, command.Success, status)
	require.Empty(t, stdout)
	return stderr
}

// RequireFailure holds that the command fails when the disk is full.
func (run Command) RequireFailure(t testing.TB, args ...string) {
	t.Helper()
	require.Equal(t, command.Failure, run(args, Full{}, io.Discard))
}

// MostFuzzed is how many bytes of text fuzz targets try: the time goes with the bytes, and what reads well after so
// many does after more.
const MostFuzzed = 4096

// RequireOutcome writes any text to a file and holds that the command either succeeds, with valid JSON and
// with a table, or says what is wrong, and where, and writes nothing. What is odd, but no bad input, is told in the same way.
// It returns the JSON, if any.
func (run Command) RequireOutcome(t testing.TB, file, text string, flags ...string) string {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	status, stdout, stderr := run.Run(append(flags, "-format", "json", file)...)
	if status != command.Success {
		RequireProblem(t, file, status, stdout, stderr)
		return ""
	}
	require.True(t, json.Valid([]byte(stdout)))
	RequireOdd(t, file, stderr)
	status, table, _ := run.Run(append(flags, file)...)
	require.Equal(t, command.Success, status)
	require.NotEmpty(t, table)
	return stdout
}

// RequireOdd holds that each line of standard error, if there are any, names the file.
func RequireOdd(t testing.TB, file, stderr string) {
	t.Helper()
	for line := range strings.Lines(stderr) {
		require.True(t, strings.HasPrefix(line, file+":"), line)
	}
}

// Hostile is text that a terminal would obey if it were shown as it is.
const Hostile = "\u202eh\u200bi\u2066"

// RequirePrintable holds that a table of a text shows [Hostile], which is in it, as question marks, while
// the JSON has it as it is.
func (run Command) RequirePrintable(t testing.TB, name, text string, flags ...string) {
	t.Helper()
	status, table, stderr := run.Text(t, name, text, flags...)
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, command.Printable(table), strings.ReplaceAll(table, "\n", "?"))
	require.Contains(t, table, command.Printable(Hostile))
	status, out, stderr := run.Text(t, name, text, append(flags, "-format", "json")...)
	require.Equal(t, command.Success, status, stderr)
	require.Contains(t, out, Hostile)
}

// firstPlace is how a problem that says what was wanted goes on after the file, and place how each does.
var (
	firstPlace = regexp.MustCompile(`^:[1-9][0-9]*:[1-9][0-9]*: .*, want .`)
	place      = regexp.MustCompile(`^:([1-9][0-9]*:[1-9][0-9]*:| and \d+ more problems?\n)`)
)

// RequireProblem holds that a command that did not succeed was given bad input, says what is wrong with a
// file, and where, on every line, and wrote nothing.
func RequireProblem(t testing.TB, file string, status int, stdout, stderr string) {
	t.Helper()
	require.Equal(t, command.BadInput, status, stderr)
	require.Empty(t, stdout)
	first, _, _ := strings.Cut(stderr, "\n")
	rest, named := strings.CutPrefix(first, file)
	require.True(t, named, first)
	require.Regexp(t, firstPlace, rest)
	for line := range strings.Lines(stderr) {
		rest, named = strings.CutPrefix(line, file)
		require.True(t, named, line)
		require.Regexp(t, place, rest)
	}
}
