package exchange

import "strings"

// textFormats are the formats that are text without columns. A part of a line that means something is a cell, and so
// is a section.
func textFormats() []format {
	return []format{backlogMDFormat(), featureFormat(), todoFormat(), storyListFormat(), markdownFormat()}
}

// peekLines is how many lines are looked at to find the format of a text.
const peekLines = 200

// share counts the first lines that are not blank, and those of them that are so.
func (f *file) share(is func(line string) bool) (found, all int) {
	for line := range strings.Lines(f.head) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if all++; is(line) {
			found++
		}
		if all == peekLines {
			break
		}
	}
	return found, all
}

// boxes are the marks before an entry of a list, and whether they are ticked.
var boxes = map[string]bool{"[ ]": false, "[]": false, "[x]": true, "[X]": true}

// cutBox cuts "- [x] " off an entry of a list, and reports whether it was there and ticked.
func cutBox(line string) (text string, isTicked, ok bool) {
	text = strings.TrimLeft(line, " \t")
	if text == "" || strings.IndexByte("-*+", text[0]) < 0 {
		if rest := cutNumber(text); rest == text {
			return line, false, false
		}
	}
	text = strings.TrimLeft(strings.TrimLeft(cutNumber(text), "-*+"), " \t")
	end := strings.IndexByte(text[:min(len(text), 4)], ']')
	if end < 0 {
		return line, false, false
	}
	isTicked, ok = boxes[text[:end+1]]
	if !ok {
		return line, false, false
	}
	return strings.TrimSpace(text[end+1:]), isTicked, true
}
