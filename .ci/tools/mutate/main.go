// Command mutate puts small faults into a package, one at a time, and counts those that its tests notice.
//
// The faults: a condition negated or never true, a comparison off by one, && for ||, + for -, a number one higher, a
// statement or a loop left out, a case emptied, break for continue, another result returned. They are drawn at random
// by a seed: the same seed, the same faults. They are compiled from an overlay, so the source is never touched: as many as
// can be into one binary, in which the environment turns one on, the others one by one. A mutant is tried with the tests
// that reach it, the fastest first.
//
// A mutant that no test can notice, since it computes the same, is named in a file with the argument why, and
// does not count. What is not viable, since it does not compile, does not count either.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/backlogkit/backlogkit-ci/source"
)

type options struct {
	root, seed, since, equivalent, files, again string
	sample, total, parallel, least              int
	budget                                      time.Duration
	long                                        bool
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "`directory` of the module")
	flag.StringVar(&o.seed, "seed", "1", "seed of the random sample")
	flag.StringVar(&o.since, "since", "", "only files that differ from this `commit`")
	flag.StringVar(&o.files, "files", "", "only files whose path below the root contains this `text`")
	flag.StringVar(&o.again, "again", "", "only those that survived in the output of an earlier run, a `file`")
	flag.StringVar(&o.equivalent, "equivalent", ".ci/equivalent.txt", "`file` of mutants argued to be equivalent, below root")
	flag.IntVar(&o.sample, "sample", 40, "mutants a package")
	flag.IntVar(&o.total, "total", 0, "mutants over all packages (0: no limit)")
	flag.IntVar(&o.parallel, "parallel", 2, "mutants tried at the same time")
	flag.IntVar(&o.least, "least", 0, "exit with 1 if so few are killed that it is no chance of the sample if `percent` of all would be")
	flag.DurationVar(&o.budget, "budget", 24*time.Hour, "time after which no further mutant is tried")
	flag.BoolVar(&o.long, "long", false, "run all tests in place of the short ones")
	flag.Parse()
	good, err := run(o, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	if !good {
		os.Exit(1)
	}
}

func run(o options, patterns []string) (bool, error) {
	began := time.Now()
	root, err := filepath.Abs(o.root)
	if err != nil {
		return false, err
	}
	want, err := wanted(root, o)
	if err != nil {
		return false, err
	}
	equivalent, err := readEquivalent(filepath.Join(root, o.equivalent))
	if err != nil {
		return false, err
	}
	packages, err := source.Load(root, patterns...)
	if err != nil {
		return false, err
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(work) }()

	drawn, err := draw(packages, root, o, want)
	if err != nil {
		return false, err
	}
	var all tally
	for _, d := range drawn {
		if time.Since(began) > o.budget {
			all.notRun += d.sample
			continue
		}
		// A few more than the sample, since not all are viable.
		chosen := d.mutants[:min(len(d.mutants), d.sample+d.sample/4+4)]
		b, err := newBench(d.p, chosen, packages, work, o.parallel, o.long)
		if errors.Is(err, errNoTests) {
			fmt.Printf("%-30s has no tests\n", d.p.Name)
			continue
		}
		if err != nil {
			return false, err
		}
		t, err := b.all(d, equivalent, o.parallel, began.Add(o.budget))
		if err != nil {
			return false, err
		}
		fmt.Printf("%-30s %s\n", d.p.Name, t)
		all.add(t)
	}
	fmt.Printf("%-30s %s in %s, seed %s\n", "all", all, time.Since(began).Round(time.Second), o.seed)
	return !all.below(o.least), nil
}

// drawing is the mutants of one package, in the order in which they are drawn, and how many to try.
type drawing struct {
	p       *source.Package
	mutants []mutant
	sample  int
}

// draw shares the total, if there is one, out over the packages by the keys of their mutants, as if they were one.
func draw(packages []*source.Package, root string, o options, want func(string) bool) ([]drawing, error) {
	again, err := readSurvivors(o.again)
	if err != nil {
		return nil, err
	}
	var drawn []drawing
	var keys []mutant
	for _, p := range packages {
		found, err := mutants(p, root, o.seed, want)
		if err != nil {
			return nil, err
		}
		if again != nil {
			found = slices.DeleteFunc(found, func(m mutant) bool { return !again[m.id] })
		}
		if len(found) > 0 {
			drawn = append(drawn, drawing{p, found, o.sample})
			keys = append(keys, found[:min(o.sample, len(found))]...)
		}
	}
	if o.total == 0 || len(keys) <= o.total {
		return drawn, nil
	}
	slices.SortFunc(keys, func(a, b mutant) int { return slices.Compare(a.key[:], b.key[:]) })
	for i := range drawn {
		drawn[i].sample = 0
		for _, m := range keys[:o.total] {
			if filepath.Dir(m.file) == drawn[i].p.Dir {
				drawn[i].sample++
			}
		}
	}
	return slices.DeleteFunc(drawn, func(d drawing) bool { return d.sample == 0 }), nil
}

// readSurvivors returns the ids of those that survived in the output of a run, or nil without one.
func readSurvivors(file string) (map[string]bool, error) {
	if file == "" {
		return nil, nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for line := range strings.Lines(string(content)) {
		if _, id, ok := strings.Cut(strings.TrimSpace(line), ": survived: "); ok {
			ids[id] = true
		}
	}
	return ids, nil
}

// wanted returns which files, by their path below root, are asked for.
func wanted(root string, o options) (func(string) bool, error) {
	var changed []string
	if o.since != "" {
		command := exec.Command("git", "diff", "--name-only", "--diff-filter=d", o.since, "--", "*.go")
		command.Dir = root
		output, err := command.Output()
		if err != nil {
			return nil, fmt.Errorf("git diff %s: %w", o.since, err)
		}
		changed = strings.Fields(string(output))
	}
	return func(name string) bool {
		return strings.Contains(name, o.files) && (o.since == "" || slices.Contains(changed, name))
	}, nil
}

// tally counts outcomes.
type tally struct{ killed, outOfTime, survived, equivalent, notViable, notRun int }

func (t *tally) add(other tally) {
	t.killed += other.killed
	t.outOfTime += other.outOfTime
	t.survived += other.survived
	t.equivalent += other.equivalent
	t.notViable += other.notViable
	t.notRun += other.notRun
}

// percent returns the share of viable mutants that were killed, those argued to be equivalent left out.
func (t tally) percent() int {
	if t.killed+t.survived == 0 {
		return 100
	}
	return 100 * t.killed / (t.killed + t.survived)
}

// below reports whether so few were killed that tests which kill least percent of all mutants would show it in fewer
// than one of a hundred samples of this size.
func (t tally) below(least int) bool {
	n, p := float64(t.killed+t.survived), float64(least)/100
	return float64(t.killed) < n*p-2.33*math.Sqrt(n*p*(1-p))
}

func (t tally) String() string {
	return fmt.Sprintf("%3d%% killed: %d of %d (%d ran out of time; %d equivalent, %d not viable, %d not run)",
		t.percent(), t.killed, t.killed+t.survived, t.outOfTime, t.equivalent, t.notViable, t.notRun)
}

// all tries mutants in their order until enough were viable, and prints those that survive.
func (b *bench) all(d drawing, equivalent map[string]bool, parallel int, deadline time.Time) (tally, error) {
	var (
		lock     sync.Mutex
		group    sync.WaitGroup
		t        tally
		next     int
		underway int
		failure  error
	)
	wake := sync.NewCond(&lock)
	take := func() (mutant, bool) { // with the lock held
		for {
			viable := t.killed + t.survived
			if failure != nil || viable >= d.sample || next >= len(d.mutants) || time.Now().After(deadline) {
				return mutant{}, false
			}
			if viable+underway < d.sample {
				next++
				if m := d.mutants[next-1]; !equivalent[m.id] {
					underway++
					return m, true
				}
				t.equivalent++
				continue
			}
			wake.Wait()
		}
	}
	for range parallel {
		group.Go(func() {
			lock.Lock()
			defer lock.Unlock()
			for {
				m, ok := take()
				if !ok {
					wake.Broadcast()
					return
				}
				lock.Unlock()
				result, err := b.try(m)
				lock.Lock()
				underway--
				failure = errors.Join(failure, err)
				t.count(result)
				if result == survived {
					fmt.Printf("%s: survived: %s\n", m.at, m.id)
				}
				wake.Broadcast()
			}
		})
	}
	group.Wait()
	t.notRun = min(d.sample, len(d.mutants)-t.notViable-t.equivalent) - t.killed - t.survived
	return t, failure
}

func (t *tally) count(result outcome) {
	switch result {
	case notRun:
		t.notRun++
	case notViable:
		t.notViable++
	case killed:
		t.killed++
	case outOfTime:
		t.killed++
		t.outOfTime++
	case survived:
		t.survived++
	}
}

// readEquivalent returns the ids in a file. A line that begins with a space is the argument for the id above it,
// and each id needs one; a line that begins with # is a comment.
func readEquivalent(file string) (map[string]bool, error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	ids := map[string]bool{}
	last := ""
	for i, line := range strings.Split(string(content), "\n") {
		switch {
		case strings.HasPrefix(line, "#"), line == "":
		case strings.HasPrefix(line, " "):
			ids[last], last = true, ""
		case last != "":
			return nil, fmt.Errorf("%s:%d: %s is not argued", file, i, last)
		default:
			last = line
		}
	}
	if last != "" {
		return nil, fmt.Errorf("%s: %s is not argued", file, last)
	}
	return ids, err
}
