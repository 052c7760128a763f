package exchange

import "strings"

// has reports whether the head of the file is JSON in which each path leads somewhere: "[].number", "master.tasks[]". Each
// can have alternatives: "state|url". The paths of objects that stand behind each other count as those of one.
func (f *file) has(paths ...string) bool {
	if f.outline == nil {
		f.outline = outline(f.head)
	}
	for _, path := range paths {
		found := false
		for one := range strings.SplitSeq(path, "|") {
			found = found || f.outline[one]
		}
		if !found {
			return false
		}
	}
	return true
}

// The bounds of an outline.
const (
	outlineDepth = 6
	outlinePaths = 2000
)

// outline returns the paths to names in JSON that may be cut anywhere or be broken, without the index of a list
// around it all. What is too deep, and what comes after too many, is left out.
func outline(head string) map[string]bool {
	all := make(map[string]bool)
	start := strings.TrimLeft(head, " \t\r\n")
	if start == "" || start[0] != '{' && start[0] != '[' {
		return all
	}
	var open []container
	var path []byte
	isName := false
	for at := 0; at < len(start) && len(all) < outlinePaths; at++ {
		switch c := start[at]; c {
		case '{', '[':
			open = append(open, container{c == '[', len(path)})
			if isName = c == '{'; !isName && len(open) > 1 && len(open) <= outlineDepth {
				path = append(path, "[]"...)
			}
		case '}', ']':
			if isName = false; len(open) > 0 {
				path = path[:open[len(open)-1].path]
				open = open[:len(open)-1]
			}
		case ',':
			isName = len(open) > 0 && !open[len(open)-1].isList
		case '"':
			end := stringEnd(start, at)
			if isName && len(open) <= outlineDepth {
				if path = path[:open[len(open)-1].path]; len(path) > 0 {
					path = append(path, '.')
				}
				path = append(path, start[at+1:max(min(end-1, at+200), at+1)]...)
				all[string(path)] = true
			}
			isName = false
			at = end - 1
		}
	}
	return all
}
