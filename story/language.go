package story

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// Language is the language of a story, a tag of BCP 47 in lower case. The zero value is English where a
// sentence is printed.
type Language string

// The languages whose stories package narrative reads and prints.
const (
	English Language = "en"
	German  Language = "de"
	French  Language = "fr"
	Spanish Language = "es"
)

// Languages returns all of them, English first.
func Languages() []Language {
	var all []Language
	for _, l := range lexicon.All() {
		all = append(all, Language(l.Tag))
	}
	return all
}

// check reports a language that is not one of [Languages]; the zero value is one.
func (l Language) check(name string) error {
	if l == "" {
		return nil
	}
	var tags []string
	for _, one := range Languages() {
		if l == one {
			return nil
		}
		tags = append(tags, string(one))
	}
	return field.New("story", name, string(l), "one of "+strings.Join(tags, ", "))
}
