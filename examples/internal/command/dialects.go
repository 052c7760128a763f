package command

import "github.com/backlogkit/backlogkit/story/gherkin"

// LoadDialects reads the languages, as in gherkin-languages.json, that features can be in beside those that are built in. No
// name is no languages.
func LoadDialects(name string) ([]gherkin.Dialect, error) {
	if name == "" {
		return nil, nil
	}
	doc := Load(name, "keywords of languages")
	if !doc.OK() {
		return nil, doc.Err()
	}
	dialects, err := gherkin.ParseDialects([]byte(doc.Text))
	for _, err := range Problems(err) {
		doc.Blame(Start(), "%v, want the keywords of languages as in gherkin-languages.json", err)
	}
	return dialects, doc.Err()
}
