package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit-ci/source"
)

// mutant is one small fault put into one file.
type mutant struct {
	id         string // stable while the function keeps its text: file, function, old and new text, which of equal ones
	file       string // absolute
	at         string // file and line, for people
	start, end int    // the bytes of the file that text replaces
	text       string
	function   string
	on         toggle
	key        [sha256.Size]byte // by which the mutants of a package are drawn
}

// apply returns the file with the fault in it.
func (m mutant) apply() ([]byte, error) {
	content, err := os.ReadFile(m.file)
	if err != nil {
		return nil, err
	}
	return slices.Concat(content[:m.start], []byte(m.text), content[m.end:]), nil
}

// mutants returns every mutant of the package's files that want names, drawn into an order by seed. Nothing but
// the seed and the mutant's id decides on its place, so that a change elsewhere leaves the sample as it is.
func mutants(p *source.Package, root, seed string, want func(file string) bool) ([]mutant, error) {
	var all []mutant
	for _, file := range p.Files {
		path := p.Fset.Position(file.Pos()).Filename
		name, err := filepath.Rel(root, path)
		if err != nil {
			return nil, err
		}
		if name = filepath.ToSlash(name); !want(name) {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		f := &finder{p: p, file: file, content: content}
		f.find()
		count := map[string]int{}
		for _, m := range f.found {
			id := fmt.Sprintf("%s %s: %s -> %s", name, m.function, snippet(content[m.start:m.end]), snippet([]byte(m.text)))
			if m.what != "" {
				id = fmt.Sprintf("%s %s: %s %s", name, m.function, m.what, snippet(content[m.shown:m.shownEnd]))
			}
			count[id]++
			if n := count[id]; n > 1 {
				id = fmt.Sprintf("%s #%d", id, n)
			}
			all = append(all, mutant{
				id: id, file: path, at: p.Position(root, file.FileStart+tokenPos(m.start)),
				start: m.start, end: m.end, text: m.text, function: m.function, on: m.on, key: sha256.Sum256([]byte(seed + "\n" + id)),
			})
		}
	}
	slices.SortFunc(all, func(a, b mutant) int {
		return cmp.Or(bytes.Compare(a.key[:], b.key[:]), strings.Compare(a.id, b.id))
	})
	return all, nil
}

// snippet returns text on one line, cut in the middle where it is long.
func snippet(text []byte) string {
	runes := []rune(strings.Join(strings.Fields(string(text)), " "))
	if len(runes) > 70 {
		runes = slices.Concat(runes[:45], []rune(" … "), runes[len(runes)-20:])
	}
	return "`" + string(runes) + "`"
}
