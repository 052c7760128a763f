package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
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

// bench runs the tests of one package against its mutants, and of an internal package
// those of its importers, among the packages that were asked for, too.
type bench struct {
	tests []suite
	work  string        // a directory for what is built
	long  bool          // run what survives the short tests against all
	more  time.Duration // processor time that a mutant gets beyond four times what the tests took
}

// suite is the tests of one package.
type suite struct {
	p    *source.Package
	took [2]time.Duration // short and all
}

// newBench builds and runs the tests without a fault, once, which must pass, to learn how much time they take.
func newBench(p *source.Package, all []*source.Package, work string, long bool) (*bench, error) {
	b := &bench{work: work, long: long, more: 10 * time.Second}
	for _, tested := range all {
		through := strings.Contains(p.Path, "/internal/") && imports(tested, p)
		if tested != p && !through {
			continue
		}
		s, err := b.sound(tested)
		if errors.Is(err, errNoTests) {
			continue
		}
		if err != nil {
			return nil, err
		}
		b.tests = append(b.tests, s)
	}
	if len(b.tests) == 0 {
		return nil, errNoTests
	}
	return b, nil
}

func imports(p, other *source.Package) bool {
	return slices.ContainsFunc(p.Types.Imports(), func(i *types.Package) bool { return i.Path() == other.Path })
}

var errNoTests = errors.New("no tests")

// sound runs the tests of a package without a fault.
func (b *bench) sound(p *source.Package) (suite, error) {
	s := suite{p: p}
	binary := filepath.Join(b.work, "sound.test")
	if output, err := s.build(binary, ""); err != nil {
		return s, fmt.Errorf("%s: %w\n%s", p.Name, err, output)
	}
	if _, err := os.Stat(binary); err != nil {
		return s, errNoTests
	}
	for i := range b.rounds() {
		state, output, err := s.test(binary, i == 0, time.Hour)
		if err != nil {
			return s, fmt.Errorf("%s: the tests fail without a fault: %w\n%s", p.Name, err, output)
		}
		s.took[i] = state.UserTime() + state.SystemTime()
	}
	return s, os.Remove(binary)
}

// rounds returns how often the tests run: once short, and if long is set then all.
func (b *bench) rounds() int {
	if b.long {
		return 2
	}
	return 1
}

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
	for _, tests := range b.tests {
		result := b.run(tests, dir)
		if result != survived {
			return result, nil
		}
	}
	return survived, nil
}

// run returns what the tests of one package make of the mutant in a directory.
func (b *bench) run(tests suite, dir string) outcome {
	binary := filepath.Join(dir, "mutant.test")
	if _, err := tests.build(binary, filepath.Join(dir, "overlay.json")); err != nil {
		return notViable
	}
	for i := range b.rounds() {
		_, output, err := tests.test(binary, i == 0, 4*tests.took[i]+b.more)
		switch {
		case err == nil:
			continue
		case bytes.Contains(output, []byte("--- FAIL")) || bytes.Contains(output, []byte("panic:")):
			return killed
		default:
			return outOfTime
		}
	}
	return survived
}

// build compiles the tests of the package, with the overlay in place of files if there is one.
func (s suite) build(binary, overlay string) ([]byte, error) {
	command := exec.Command("go", "test", "-c", "-p=1", "-vet=off", "-ldflags=-s -w", "-overlay="+overlay, "-o", binary, s.p.Path)
	command.Dir = s.p.Dir
	return command.CombinedOutput()
}

// test runs a test binary. Its limits are of processor time, which a busy machine does not shorten, and of memory;
// a test that waits for ever meets a limit of real time that is far beyond both.
func (s suite) test(binary string, short bool, limit time.Duration) (*os.ProcessState, []byte, error) {
	command := exec.Command("sh", "-c", `ulimit -t "$0"; ulimit -v 8000000; exec "$@"`, fmt.Sprint(int(limit.Seconds())+1), binary,
		fmt.Sprintf("-test.short=%t", short), "-test.failfast", "-test.timeout", (5*time.Minute + 4*limit).String())
	command.Dir = s.p.Dir
	command.Env = append(os.Environ(), "GOMAXPROCS=1")
	output, err := command.CombinedOutput()
	return command.ProcessState, output, err
}
