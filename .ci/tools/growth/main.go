// Command growth runs each case of TestGrowth of a package, by default backlog, at one size and at four times it and compares how many
// statements were executed, as coverage counts them: near linear is about four times as many, quadratic sixteen.
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
	counted = module + "/...,slices,sort,maps,math/big"
)

func main() {
	root := flag.String("root", ".", "`directory` of the module")
	size := flag.Int("size", 400, "the smaller size")
	in := flag.String("package", "./backlog", "`directory` of the package, below root")
	only := flag.String("run", "", "only cases that match this `pattern`")
	flag.Parse()
	if err := run(*root, *in, *size, *only); err != nil {
		fmt.Fprintln(os.Stderr, "growth:", err)
		os.Exit(1)
	}
}

func run(root, in string, size int, only string) error {
	work, err := os.MkdirTemp("", "growth")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	binary := filepath.Join(work, "backlog.test")
	build := command(root, "go", "test", "-c", "-covermode=count", "-coverpkg="+counted, "-o", binary, in)
	if _, err := build.Output(); err != nil {
		return fmt.Errorf("build: %w: %s", err, stderr(err))
	}
	names, err := cases(filepath.Join(root, in), binary, only)
	if err != nil {
		return err
	}
	var failed []string
	fmt.Printf("%-40s %14d %14d %6s\n", "statements executed for", size, factor*size, "ratio")
	for _, name := range names {
		var steps [2]float64
		var most []string
		for i, n := range []int{size, factor * size} {
			if steps[i], most, err = count(root, in, binary, filepath.Join(work, fmt.Sprint(len(failed), i, name)), name, n); err != nil {
				return fmt.Errorf("%s of %d: %w", name, n, err)
			}
		}
		ratio := steps[1] / steps[0]
		fmt.Printf("%-40s %14.0f %14.0f %6.2f\n", strings.ReplaceAll(name, "_", " "), steps[0], steps[1], ratio)
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
func count(root, in, binary, dir, name string, n int) (steps float64, most []string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, nil, err
	}
	test := command(filepath.Join(root, in), binary, "-test.run", "^TestGrowth$/^"+regexp.QuoteMeta(name)+"$",
		"-growth", strconv.Itoa(n), "-test.gocoverdir", dir)
	if out, err := test.Output(); err != nil {
		return 0, nil, fmt.Errorf("%w: %s%s", err, out, stderr(err))
	}
	profile := filepath.Join(dir, "profile")
	convert := command(root, "go", "tool", "covdata", "textfmt", "-i", dir, "-o", profile)
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
