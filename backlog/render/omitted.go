package render

import "strings"

// kind is what is counted when it is left out.
type kind int

const (
	goals kind = iota
	horizons
	releases
	features
	stories
	tasks
	dependencies
	kinds
)

func (k kind) counted(n int) string {
	switch k {
	case goals:
		return counted(n, "goal", "goals")
	case horizons:
		return counted(n, "horizon", "horizons")
	case releases:
		return counted(n, "release", "releases")
	case features:
		return counted(n, "feature", "features")
	case stories:
		return counted(n, "story", "stories")
	case tasks:
		return counted(n, "task", "tasks")
	default:
		return counted(n, "dependency", "dependencies")
	}
}

// budget is how much may still be written, with the counts of what is left out.
type budget struct {
	room    int
	omitted [kinds]int
}

// take reports whether there is room for one more.
func (b *budget) take(k kind) bool {
	if b.room == 0 {
		b.omitted[k]++
		return false
	}
	b.room--
	return true
}

// String returns "2 features, 1 story", or "" if nothing was left out.
func (b *budget) String() string {
	var parts []string
	for k, n := range b.omitted {
		if n > 0 {
			parts = append(parts, kind(k).counted(n))
		}
	}
	return strings.Join(parts, ", ")
}
