package backlog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/field"
)

// checkPerson wants the name of a person or program that no other name looks like: no spaces around it
// or side by side, no characters that cannot be seen, no letters that are drawn as other letters, and
// each word in letters of one script. Authority hangs on names, and people compare them by eye.
func checkPerson(path, name string) error {
	if err := field.CheckTitle("backlog", path, name); err != nil {
		return err
	}
	if isPlainName(name) {
		return nil
	}
	if odd := oddity(name); odd != "" {
		return fieldError(path, name, "a name without "+odd)
	}
	return nil
}

// isPlainName reports whether name is made of ASCII, with single spaces between its words: there is
// nothing odd about it.
func isPlainName(name string) bool {
	const space = ' '
	last := byte(space)
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf || name[i] == space && last == space {
			return false
		}
		last = name[i]
	}
	return last != space
}

// oddity returns what makes a name look like another one, or nothing.
func oddity(name string) string {
	if strings.TrimSpace(name) != name || strings.Contains(name, "  ") {
		return "spaces around it or side by side"
	}
	var base rune                  // the last letter
	var script *unicode.RangeTable // of the word's letters, if it is one of the look-alike ones
	for _, r := range name {
		switch {
		case r == ' ':
			base, script = 0, nil
			continue
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
			unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			return "characters that cannot be seen"
		case isStyled(r):
			return "letters of a style, such as full width or mathematical ones"
		case unicode.Is(unicode.Mn, r) && scriptOf(base) != nil:
			return "accents apart from their letters (it takes the composed form, NFC)"
		}
		if own := scriptOf(r); own != nil {
			if script != nil && own != script {
				return "letters of several scripts in one word"
			}
			script = own
		}
		if unicode.IsLetter(r) {
			base = r
		}
	}
	return ""
}

// scriptOf returns the script of a letter, of those whose letters look like each other's.
func scriptOf(r rune) *unicode.RangeTable {
	for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek} {
		if unicode.Is(script, r) && unicode.IsLetter(r) {
			return script
		}
	}
	return nil
}

// isStyled reports whether r is drawn as another character: full width and half width forms, letters
// in circles, mathematical alphabets.
func isStyled(r rune) bool {
	return r >= 0xFF01 && r <= 0xFFEE || r >= 0x2460 && r <= 0x24FF || r >= 0x1D400 && r <= 0x1D7FF ||
		r >= 0x1F100 && r <= 0x1F1E5 || r >= 0x2100 && r <= 0x214F || r >= 0xFB00 && r <= 0xFB06
}
