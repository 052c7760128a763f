// Command growth runs each case of TestGrowth of some packages at three sizes, each four times the one before, and compares how
// many statements more were executed with each, as coverage counts them: near linear is about four times as many, quadratic
// sixteen.
//
// Counted are the statements of the module and of the packages of the standard library that search, sort and copy
// for it. What one statement costs (copying a slice, an entry of a map) is not seen.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	factor  = 4
	allowed = 5.5 // times as many steps: n log n is about 4.7
	module  = "github.com/backlogkit/backlogkit"
	counted = module + "/...,slices,sort,maps,math/big,strings,unicode/utf8"
)

func main() {
	root := flag.String("root", ".", "`directory` of the module")
	size := flag.Int("size", 400, "the smaller size")
	only := flag.String("run", "", "only cases that match this `pattern`")
	flag.Parse()
	packages := flag.Args()
	if len(packages) == 0 {
		packages = []string{"backlog", "story/narrative", "story/quality"}
	}
	var errs []error
	for _, pkg := range packages {
		errs = append(errs, run(*root, pkg, *size, *only))
	}
	if err := errors.Join(errs...); err != nil {
		fmt.Fprintln(os.Stderr, "growth:", err)
		os.Exit(1)
	}
}

func run(root, pkg string, size int, only string) error {
	work, err := os.MkdirTemp("", "growth")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	binary := filepath.Join(work, "growth.test")
	build := command(root, "go", "test", "-c", "-covermode=count", "-coverpkg="+counted, "-o", binary, "./"+pkg)
	if _, err := build.Output(); err != nil {
		return fmt.Errorf("build: %w: %s", err, stderr(err))
	}
	names, err := cases(filepath.Join(root, pkg), binary, only)
	if err != nil {
		return err
	}
	var failed []string
	fmt.Printf("%-40s %14s %14s %6s\n", "statements executed in "+pkg+" for", fmt.Sprintf("%d to %d", size/factor, size),
		fmt.Sprintf("%d to %d", size, factor*size), "ratio")
	for place, name := range names {
		var steps [3]float64
		var most []string
		for i, n := range []int{size / factor, size, factor * size} {
			dir := filepath.Join(work, fmt.Sprint(place), fmt.Sprint(n))
			if steps[i], most, err = count(filepath.Join(root, pkg), binary, dir, name, n); err != nil {
				return fmt.Errorf("%s of %d: %w", name, n, err)
			}
		}
		less, more := steps[1]-steps[0], steps[2]-steps[1] // without what is done once
		ratio := more / less
		fmt.Printf("%-40s %14.0f %14.0f %6.2f\n", strings.ReplaceAll(name, "_", " "), less, more, ratio)
		if ratio > allowed {
			failed = append(failed, name)
			fmt.Println("  most in", strings.Join(most, "\n          "))
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("grow faster than n log n (%.1f times the steps for %d times the size): %s",
			allowed, factor, strings.Join(failed, ", "))
	}
	return nil
}

// cases returns the names of the cases, by running them at a small size.
func cases(dir, binary, only string) ([]string, error) {
	out, err := command(dir, binary, "-test.run", "^TestGrowth$/"+only,
		"-test.v", "-growth", "10", "-test.gocoverdir", os.TempDir()).Output()
	if err != nil {
		return nil, fmt.Errorf("cases: %w: %s%s", err, out, stderr(err))
	}
	var names []string
	for _, m := range regexp.MustCompile(`--- PASS: TestGrowth/(\S+)`).FindAllStringSubmatch(string(out), -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	if len(names) == 0 {
		return nil, errors.New("no such case")
	}
	return names, nil
}

// count returns how many statements a case of size n executes, and the places that execute the most.
func count(pkg, binary, dir, name string, n int) (steps float64, most []string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, nil, err
	}
	test := command(pkg, binary, "-test.run", "^TestGrowth$/^"+regexp.QuoteMeta(name)+"$",
		"-growth", strconv.Itoa(n), "-test.gocoverdir", dir)
	if out, err := test.Output(); err != nil {
		return 0, nil, fmt.Errorf("%w: %s%s", err, out, stderr(err))
	}
	profile := filepath.Join(dir, "profile")
	convert := command(pkg, "go", "tool", "covdata", "textfmt", "-i", dir, "-o", profile)
	if _, err := convert.Output(); err != nil {
		return 0, nil, fmt.Errorf("%w: %s", err, stderr(err))
	}
	text, err := os.ReadFile(profile)
	if err != nil {
		return 0, nil, err
	}
	return total(text)
}

// total adds up a profile, whose lines are file:place statements times.
func total(profile []byte) (steps float64, most []string, err error) {
	type block struct {
		place string
		steps float64
	}
	var blocks []block
	for line := range strings.Lines(string(profile)) {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			continue // the mode
		}
		statements, err1 := strconv.ParseFloat(fields[1], 64)
		times, err2 := strconv.ParseFloat(fields[2], 64)
		if err := errors.Join(err1, err2); err != nil {
			return 0, nil, err
		}
		steps += statements * times
		blocks = append(blocks, block{strings.TrimPrefix(fields[0], module+"/"), statements * times})
	}
	slices.SortFunc(blocks, func(a, b block) int { return cmp.Compare(b.steps, a.steps) })
	for _, b := range blocks[:min(5, len(blocks))] {
		most = append(most, fmt.Sprintf("%s: %.0f", b.place, b.steps))
	}
	return steps, most, nil
}

func command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	return cmd
}

func stderr(err error) string {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return string(exit.Stderr)
	}
	return ""
}
