// Package commandtest runs the example commands in tests, and holds that they keep the contract of
// package command: what they write where, and how they exit.
//
//	var count commandtest.Command = run
//
//	func TestBadInput(t *testing.T) {
//		count.RequireBadInput(t, "a.txt", "\n", []string{`a.txt:1:1: the file is empty, want a line`})
//	}
package commandtest

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// Command is what a command does with its arguments: it writes, and returns its exit status.
type Command func(args []string, stdout, stderr io.Writer) int

// Every makes a command of one that says how it goes on, every so often.
func Every(
	interval time.Duration,
	run func(args []string, stdout, stderr io.Writer, every time.Duration) int,
) Command {
	return func(args []string, stdout, stderr io.Writer) int {
		return run(args, stdout, stderr, interval)
	}
}

// Run runs the command.
func (run Command) Run(args ...string) (status int, stdout, stderr string) {
	var out, complaints strings.Builder
	status = run(args, &out, &complaints)
	return status, out.String(), complaints.String()
}

// Text runs the command on a file of that text. In stderr the file is called by its name alone.
func (run Command) Text(t testing.TB, name, text string, flags ...string) (status int, stdout, stderr string) {
	t.Helper()
	file := WriteFile(t, name, text)
	status, stdout, stderr = run.Run(append(flags, file)...)
	return status, stdout, strings.ReplaceAll(stderr, file, name)
}

// JSON runs the command on a file of that text, which it must understand, and decodes what it writes.
func JSON[T any](t testing.TB, run Command, name, text string, flags ...string) T {
	t.Helper()
	status, stdout, stderr := run.Text(t, name, text, append(flags, "-format", "json")...)
	require.Equal(t, command.Success, status, stderr)
	RequireOdd(t, name, stderr)
	return Decode[T](t, stdout)
}

// Decode decodes JSON that must have no other fields than T.
func Decode[T any](t testing.TB, text string) (value T) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(&value))
	return value
}

// WriteFile writes a file into a folder of its own, and returns its path.
func WriteFile(t testing.TB, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// Full is a disk without space.
type Full struct{}

// Write fails.
func (Full) Write([]byte) (int, error) { return 0, errors.New("no space left") }
