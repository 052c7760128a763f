package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

// switchboard is a package with many mutants in it, one of which is on where the environment names it.
type switchboard struct {
	overlay string         // file for go build
	numbers map[string]int // of a mutant's id
}

// The names in the environment: the number of the mutant that is on, and a file for the numbers of those that are reached.
const (
	numberName  = "MUTANT"
	reachedName = "MUTANT_REACHED"
)

// isOn is compiled into the package. It is small enough for the compiler to put it where it is asked.
const isOn = `package %s

import (
	"os"
	"strconv"
)

var mutantNumber, mutantReached, mutantFile = mutantSetUp()

func mutantSetUp() (int, []bool, *os.File) {
	if name := os.Getenv("` + reachedName + `"); name != "" {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			panic(err)
		}
		return -1, make([]bool, %d), file
	}
	number, err := strconv.Atoi(os.Getenv("` + numberName + `"))
	if err != nil {
		return -1, nil, nil
	}
	return number, nil, nil
}

func mutantIsOn(number int) bool { return number == mutantNumber || mutantReached != nil && mutantReach(number) }

func mutantReach(number int) bool {
	if !mutantReached[number] {
		mutantReached[number] = true
		mutantFile.WriteString(strconv.Itoa(number) + "\n")
	}
	return false
}
`

// newSwitchboard writes a package with the mutants that compile side by side. Those that do not are left for a
// binary of their own.
func newSwitchboard(p *source.Package, chosen []mutant, work string) (switchboard, error) {
	dir, err := os.MkdirTemp(work, "switch")
	if err != nil {
		return switchboard{}, err
	}
	s := switchboard{filepath.Join(dir, "overlay.json"), map[string]int{}}
	left := slices.DeleteFunc(slices.Clone(chosen), func(m mutant) bool { return m.on.before == "" })
	for len(left) > 0 {
		files, err := s.write(p, left, dir)
		if err != nil {
			return s, err
		}
		bad, err := s.faults(p, files)
		if err != nil {
			return s, err
		}
		if len(bad) == 0 {
			break
		}
		left = slices.DeleteFunc(left, func(m mutant) bool { return bad[s.numbers[m.id]] })
	}
	if len(left) == 0 {
		s.overlay, s.numbers = "", nil
	}
	return s, nil
}

// write writes the files of the package with the mutants and returns their contents by base name.
func (s *switchboard) write(p *source.Package, left []mutant, dir string) (map[string][]byte, error) {
	clear(s.numbers)
	byFile := map[string][]mutant{}
	for i, m := range left {
		s.numbers[m.id] = i
		byFile[m.file] = append(byFile[m.file], m)
	}
	replace := map[string]string{filepath.Join(p.Dir, "mutant_is_on.go"): filepath.Join(dir, "mutant_is_on.go")}
	files := map[string][]byte{"mutant_is_on.go": fmt.Appendf(nil, isOn, p.Types.Name(), len(left))}
	for file, list := range byFile {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		files[filepath.Base(file)] = s.render(content, list)
		replace[file] = filepath.Join(dir, filepath.Base(file))
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return nil, err
		}
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return nil, err
	}
	return files, os.WriteFile(s.overlay, overlay, 0o600)
}

// render returns a file with toggles in it, each between comments with its number.
func (s *switchboard) render(content []byte, list []mutant) []byte {
	// Outer ones come before inner ones, and what is inserted before what begins there.
	slices.SortStableFunc(list, func(a, b mutant) int {
		insertion := func(m mutant) int {
			if m.on.start == m.on.end {
				return 0
			}
			return 1
		}
		if c := a.on.start - b.on.start; c != 0 {
			return c
		}
		if c := insertion(a) - insertion(b); c != 0 {
			return c
		}
		return b.on.end - a.on.end
	})
	var out bytes.Buffer
	var within func(from, to int, list []mutant)
	within = func(from, to int, list []mutant) {
		for len(list) > 0 {
			m := list[0]
			inner := 1
			for inner < len(list) && list[inner].on.start < m.on.end {
				inner++
			}
			out.Write(content[from:m.on.start])
			number := s.numbers[m.id]
			fmt.Fprintf(&out, "/*<%d*/", number)
			fmt.Fprintf(&out, m.on.before, fmt.Sprintf("mutantIsOn(%d)", number))
			within(m.on.start, m.on.end, list[1:inner])
			fmt.Fprintf(&out, "%s/*%d>*/", m.on.after, number)
			from, list = m.on.end, list[inner:]
		}
		out.Write(content[from:to])
	}
	within(0, len(content), list)
	return out.Bytes()
}

var fault = regexp.MustCompile(`(?m)([^/\s:]+\.go):(\d+):(\d+): `)

// faults compiles the package and returns the numbers of the mutants at which the compiler finds fault.
func (s *switchboard) faults(p *source.Package, files map[string][]byte) (map[int]bool, error) {
	command := exec.Command("go", "build", "-gcflags=-e", "-overlay="+s.overlay, p.Path)
	command.Dir = p.Dir
	output, err := command.CombinedOutput()
	if err == nil {
		return nil, nil
	}
	bad := map[int]bool{}
	for _, found := range fault.FindAllSubmatch(output, -1) {
		content, ok := files[string(found[1])]
		line, err := strconv.Atoi(string(found[2]))
		column, err2 := strconv.Atoi(string(found[3]))
		if !ok || err != nil || err2 != nil {
			continue
		}
		offset := 0
		for range line - 1 {
			offset += bytes.IndexByte(content[offset:], '\n') + 1
		}
		maps.Copy(bad, blamed(content, min(offset+column-1, len(content))))
	}
	if len(bad) == 0 {
		return nil, errors.Join(fmt.Errorf("%s with mutants does not compile", p.Name), errors.New(string(output)))
	}
	return bad, nil
}

var mark = regexp.MustCompile(`/\*(<?)(\d+)>?\*/`)

// blamed returns the innermost mutant around an offset, or else all those of its function.
func blamed(content []byte, offset int) map[int]bool {
	var open []int
	for _, m := range mark.FindAllSubmatch(content[:offset], -1) {
		number, _ := strconv.Atoi(string(m[2]))
		if len(m[1]) > 0 {
			open = append(open, number)
		} else {
			open = open[:len(open)-1]
		}
	}
	bad := map[int]bool{}
	if len(open) > 0 {
		bad[open[len(open)-1]] = true
		return bad
	}
	from := max(0, bytes.LastIndex(content[:offset], []byte("\nfunc ")))
	to := len(content)
	if end := bytes.Index(content[from+1:], []byte("\nfunc ")); end >= 0 {
		to = from + 1 + end
	}
	for _, m := range mark.FindAllSubmatch(content[from:to], -1) {
		number, _ := strconv.Atoi(string(m[2]))
		bad[number] = true
	}
	return bad
}

// readReached returns the numbers in a file, which need not exist.
func readReached(file string) (map[int]bool, error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	numbers := map[int]bool{}
	for _, line := range strings.Fields(string(content)) {
		number, bad := strconv.Atoi(line)
		err = errors.Join(err, bad)
		numbers[number] = true
	}
	return numbers, err
}
