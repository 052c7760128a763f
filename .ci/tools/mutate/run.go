package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/backlogkit/backlogkit-ci/source"
)

// outcome is what became of a mutant.
type outcome int

const (
	notRun outcome = iota
	notViable
	killed
	outOfTime // killed, since the tests did not end
	survived
)

// bench runs the tests of one package against its mutants.
type bench struct {
	p    *source.Package
	work string // a directory for what is built
	long bool   // run what survives the short tests against all
	took [2]time.Duration
	more time.Duration // processor time that a mutant gets beyond four times what the tests took
}

// newBench builds and runs the tests without a fault, once, which must pass, to learn how much time they take.
func newBench(p *source.Package, work string, long bool) (*bench, error) {
	b := &bench{p: p, work: work, long: long, more: 10 * time.Second}
	binary := filepath.Join(work, "sound.test")
	if output, err := b.build(binary, ""); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", p.Name, err, output)
	}
	if _, err := os.Stat(binary); err != nil {
		return nil, errNoTests
	}
	for i, short := range []bool{true, false} {
		if !short && !long {
			break
		}
		state, output, err := b.test(binary, short, time.Hour)
		if err != nil {
			return nil, fmt.Errorf("%s: the tests fail without a fault: %w\n%s", p.Name, err, output)
		}
		b.took[i] = state.UserTime() + state.SystemTime()
	}
	return b, os.Remove(binary)
}

var errNoTests = errors.New("no tests")

// try returns what becomes of a mutant.
func (b *bench) try(m mutant) (outcome, error) {
	dir, err := os.MkdirTemp(b.work, "mutant")
	if err != nil {
		return notRun, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	content, err := m.apply()
	if err != nil {
		return notRun, err
	}
	file := filepath.Join(dir, "mutant.go")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {m.file: file}})
	if err != nil {
		return notRun, err
	}
	if err := errors.Join(
		os.WriteFile(file, content, 0o600),
		os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600),
	); err != nil {
		return notRun, err
	}
	binary := filepath.Join(dir, "mutant.test")
	if _, err := b.build(binary, filepath.Join(dir, "overlay.json")); err != nil {
		return notViable, nil
	}
	for i, short := range []bool{true, false} {
		if !short && !b.long {
			break
		}
		_, output, err := b.test(binary, short, 4*b.took[i]+b.more)
		switch {
		case err == nil:
			continue
		case bytes.Contains(output, []byte("--- FAIL")) || bytes.Contains(output, []byte("panic:")):
			return killed, nil
		default:
			return outOfTime, nil
		}
	}
	return survived, nil
}

// build compiles the tests of the package, with the overlay in place of files if there is one.
func (b *bench) build(binary, overlay string) ([]byte, error) {
	command := exec.Command("go", "test", "-c", "-p=1", "-vet=off", "-ldflags=-s -w", "-overlay="+overlay, "-o", binary, b.p.Path)
	command.Dir = b.p.Dir
	return command.CombinedOutput()
}

// test runs a test binary. Its limits are of processor time, which a busy machine does not shorten, and of memory;
// a test that waits for ever meets a limit of real time that is far beyond both.
func (b *bench) test(binary string, short bool, limit time.Duration) (*os.ProcessState, []byte, error) {
	command := exec.Command("sh", "-c", `ulimit -t "$0"; ulimit -v 8000000; exec "$@"`, fmt.Sprint(int(limit.Seconds())+1), binary,
		fmt.Sprintf("-test.short=%t", short), "-test.failfast", "-test.timeout", (5*time.Minute + 4*limit).String())
	command.Dir = b.p.Dir
	command.Env = append(os.Environ(), "GOMAXPROCS=1")
	output, err := command.CombinedOutput()
	return command.ProcessState, output, err
}
