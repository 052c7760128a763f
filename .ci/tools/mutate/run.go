package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
	suites []suite
	board  switchboard
	work   string        // a directory for what is built
	long   bool          // run all tests, not the short ones
	more   time.Duration // processor time that a mutant gets beyond four times what the tests took
}

// suite is the tests of one package.
type suite struct {
	p      *source.Package
	binary string // with the mutants of the switchboard
	tests  []test // the fastest first
}

// test is a test, Example or fuzz target with its seeds.
type test struct {
	name    string
	took    time.Duration // processor time
	reaches map[int]bool  // mutants by number
}

// newBench builds the tests with those of the chosen mutants that compile side by side, and runs each test once without
// a fault. It must pass; what it takes and which mutants it reaches is noted.
func newBench(p *source.Package, chosen []mutant, all []*source.Package, work string, parallel int, long bool) (*bench, error) {
	b := &bench{work: work, long: long, more: 4 * time.Second}
	var err error
	if b.board, err = newSwitchboard(p, chosen, work); err != nil {
		return nil, err
	}
	for i, tested := range all {
		through := strings.Contains(p.Path, "/internal/") && imports(tested, p)
		if tested != p && !through {
			continue
		}
		s := suite{p: tested, binary: filepath.Join(work, fmt.Sprintf("sound%d.test", i))}
		if err := b.prepare(&s, parallel); errors.Is(err, errNoTests) {
			continue
		} else if err != nil {
			return nil, err
		}
		b.suites = append(b.suites, s)
	}
	if len(b.suites) == 0 {
		return nil, errNoTests
	}
	return b, nil
}

func imports(p, other *source.Package) bool {
	return slices.ContainsFunc(p.Types.Imports(), func(i *types.Package) bool { return i.Path() == other.Path })
}

var errNoTests = errors.New("no tests")

// prepare builds the tests of a package and runs each without a fault.
func (b *bench) prepare(s *suite, parallel int) error {
	if output, err := s.build(s.binary, b.board.overlay); err != nil {
		return fmt.Errorf("%s: %w\n%s", s.p.Name, err, output)
	}
	if _, err := os.Stat(s.binary); err != nil {
		return errNoTests
	}
	list := exec.Command(s.binary, "-test.list", "^(Test|Example|Fuzz)")
	list.Dir = s.p.Dir
	output, err := list.Output()
	if err != nil {
		return err
	}
	names := strings.Fields(string(output))
	s.tests = make([]test, len(names))
	faults := make([]error, len(names))
	next := make(chan int)
	var group sync.WaitGroup
	for range parallel {
		group.Go(func() {
			for i := range next {
				s.tests[i], faults[i] = b.sound(s, names[i], fmt.Sprintf("%s.%d", s.binary, i))
			}
		})
	}
	for i := range names {
		next <- i
	}
	close(next)
	group.Wait()
	slices.SortStableFunc(s.tests, func(x, y test) int { return cmp.Compare(x.took, y.took) })
	return errors.Join(faults...)
}

// sound runs one test without a fault. The numbers of the mutants that it reaches go by a file.
func (b *bench) sound(s *suite, name, file string) (test, error) {
	state, output, err := s.run(s.binary, []string{name}, !b.long, time.Hour, reachedName+"="+file)
	if err != nil {
		return test{}, fmt.Errorf("%s: %s fails without a fault: %w\n%s", s.p.Name, name, err, output)
	}
	reaches, err := readReached(file)
	return test{name, state.UserTime() + state.SystemTime(), reaches}, err
}

// try returns what becomes of a mutant.
func (b *bench) try(m mutant) (outcome, error) {
	if number, ok := b.board.numbers[m.id]; ok {
		for _, s := range b.suites {
			reaching := slices.DeleteFunc(slices.Clone(s.tests), func(t test) bool { return !t.reaches[number] })
			if result := b.judge(s, s.binary, reaching, fmt.Sprintf("%s=%d", numberName, number)); result != survived {
				return result, nil
			}
		}
		return survived, nil
	}
	return b.alone(m)
}

// alone tries a mutant with a binary of its own.
func (b *bench) alone(m mutant) (outcome, error) {
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
	for _, s := range b.suites {
		if _, err := s.build(binary, filepath.Join(dir, "overlay.json")); err != nil {
			return notViable, nil
		}
		if result := b.judge(s, binary, s.tests, numberName+"="); result != survived {
			return result, nil
		}
	}
	return survived, nil
}

// judge returns what tests make of a mutant: at first those that take no second together, then the others.
func (b *bench) judge(s suite, binary string, tests []test, setting string) outcome {
	for len(tests) > 0 {
		var names []string
		var took time.Duration
		for _, t := range tests {
			if len(names) > 0 && took < time.Second && took+t.took >= time.Second {
				break
			}
			names, took = append(names, t.name), took+t.took
		}
		tests = tests[len(names):]
		_, output, err := s.run(binary, names, !b.long, 4*took+b.more, setting)
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

// run runs tests of a binary. Its limits are of processor time, which a busy machine does not shorten, and of memory;
// a test that waits for ever is stopped where it takes no processor time for a while, or at the latest by a limit of real
// time that is far beyond both.
func (s suite) run(binary string, names []string, short bool, limit time.Duration, setting string) (*os.ProcessState, []byte, error) {
	command := exec.Command("sh", "-c", `ulimit -t "$0"; ulimit -v 8000000; exec "$@"`, fmt.Sprint(int(limit.Seconds())+1), binary,
		"-test.run=^("+strings.Join(names, "|")+")$",
		fmt.Sprintf("-test.short=%t", short), "-test.failfast", "-test.timeout", (5*time.Minute + 4*limit).String())
	command.Dir = s.p.Dir
	command.Env = append(os.Environ(), "GOMAXPROCS=1", setting)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		return nil, nil, err
	}
	done := make(chan struct{})
	go watch(command.Process, done)
	err := command.Wait()
	close(done)
	return command.ProcessState, output.Bytes(), err
}

// watch stops a process that takes no processor time for a while, where the system tells what it takes.
func watch(process *os.Process, done <-chan struct{}) {
	const patience = 20 * time.Second
	ticker := time.NewTicker(patience)
	defer ticker.Stop()
	for last := ""; ; {
		select {
		case <-done:
			return
		case <-ticker.C:
		}
		content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process.Pid))
		if err != nil {
			return
		}
		_, stat, _ := strings.Cut(string(content), ") ")
		fields := strings.Fields(stat) // from the third on, as proc_pid_stat(5) counts them
		if len(fields) < 13 {
			return
		}
		took := fields[11] + " " + fields[12] // user and system time
		if took == last {
			_ = process.Kill()
			return
		}
		last = took
	}
}
