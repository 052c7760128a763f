package exchange

import (
	"strings"
	"unicode"
)

// storyListFormat is a list of user stories, one a line, with or without bullets.
func storyListFormat() format {
	return format{
		name: StoryList,
		detect: func(f *file) Certainty {
			found, all := f.share(isStoryLine)
			switch {
			case found > 0 && found*2 >= all && f.isPlainTable():
				return Possible
			case found > 0 && found*2 >= all:
				return Likely
			case f.hasSuffix(".txt") && f.isWorded() && len(f.peek().records) > 0 && len(filled(f.peek().records[0].cells)) == 1 &&
				strings.IndexByte(f.head, 0) < 0 && !strings.HasPrefix(strings.TrimSpace(f.head), "{"):
				return Possible
			}
			return 0
		},
		read: readStoryList,
	}
}

// isWorded reports whether half of the lines at least have a letter: lines of numbers are no list of anything to do.
func (f *file) isWorded() bool {
	found, all := f.share(func(line string) bool { return strings.ContainsFunc(line, unicode.IsLetter) })
	return found > 0 && found*2 >= all
}

// isPlainTable reports whether the first record is the header of a table, beyond much doubt.
func (f *file) isPlainTable() bool {
	all := builtin()
	index, certainty := f.peek().header(all[len(all)-1])
	return index == 0 && certainty >= Likely
}

// storyStarts are the words that a user story begins with.
var storyStarts = []string{
	"as a ", "as an ", "as the ", "as ", "in order to ", "als ", "en tant que ", "en tant qu'", "como ", "come ", "jako ",
}

func isStoryLine(line string) bool {
	if _, _, hasBox := cutBox(line); hasBox { // ticked or not: a list of Markdown has it
		return false
	}
	line, _ = listEntry(line[:min(len(line), 200)])
	line = strings.ToLower(strings.TrimLeft(line, "\"'“„*_ "))
	for _, start := range storyStarts {
		if strings.HasPrefix(line, start) && strings.Contains(line, " ") && !strings.Contains(line, ";") {
			return true
		}
	}
	return false
}

func readStoryList(f *file, s *source) error {
	title := s.column("story", Column{Field: FieldTitle})
	number := 0
	for line := range strings.Lines(f.text) {
		number++
		s.row(number)
		if entry, _ := listEntry(trim(line)); entry != "" {
			s.add(title, entry)
		}
		if s.err != nil {
			return s.err
		}
	}
	return nil
}
