package exchange

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// featureFormat is that of feature files: an item is a feature, its criteria are the scenarios. A file can hold several
// features, one behind the other.
func featureFormat() format {
	return format{
		name: FeatureFile,
		detect: func(f *file) Certainty {
			words := f.options.featureWords()
			for line := range strings.Lines(f.head) {
				line = strings.TrimSpace(line)
				if line == "" || line[0] == '@' || line[0] == '#' && !strings.HasPrefix(line, "##") {
					continue
				}
				switch {
				case f.hasSuffix(".feature"), begun(line, words[:1]) != "":
					return Certain
				case begun(line, words) != "": // it may begin another text
					return Likely
				}
				return 0
			}
			return 0
		},
		read: readFeatures,
	}
}

// featureWord is what a feature begins with in a language.
type featureWord struct {
	text     string // "Feature:"
	language string // its code
}

// featureWords returns the words of all languages, the English one that is in use first.
func (o *Options) featureWords() (words []featureWord) {
	for _, dialects := range [][]gherkin.Dialect{{gherkin.English()}, o.Dialects, gherkin.Dialects()} {
		for i := range dialects {
			for _, keyword := range dialects[i].Feature {
				words = append(words, featureWord{keyword + ":", dialects[i].Language})
			}
		}
	}
	return words
}

// begun returns the code of the language in which a line begins a feature, "" if it begins none.
func begun(line string, words []featureWord) string {
	for _, word := range words {
		if strings.HasPrefix(line, word.text) {
			return word.language
		}
	}
	return ""
}

func readFeatures(f *file, s *source) error {
	lines := splitLines(f.text)
	if most := s.options.MaxItems; len(lines) > most {
		return &Error{
			Problem: fmt.Sprintf("more than %d lines", most), Want: "a smaller file, or Options.MaxItems raised", class: ErrTooLarge,
		}
	}
	if most := s.options.MaxCells; strings.Count(f.text, "|") > most {
		return &Error{
			Problem: fmt.Sprintf("more than %d cells of tables", most), Want: "a smaller file, or Options.MaxCells raised", class: ErrTooLarge,
		}
	}
	words := s.options.featureWords()
	starts := featureStarts(lines, words)
	for i, start := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		readFeature(s, lines[start:end], start, words)
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// featureStarts returns the indices of the lines that features begin with: their tags, comments, or themselves.
// An English description may have a line such as "Business Need: ...", which is not a second feature.
func featureStarts(lines []string, words []featureWord) []int {
	starts := []int{0}
	before, inText, isFirst := 0, false, true // before is the first of the tags and comments above a line
	for i, line := range lines {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, `"""`) || strings.HasPrefix(line, "```"):
			inText = !inText
			before = i + 1
		case inText:
			before = i + 1
		case begun(line, words[:1]) != "", begun(line, words) != "" && (isFirst || begun(line, words) != "en"):
			if !isFirst {
				starts = append(starts, before)
			}
			isFirst, before = false, i+1
		case line != "" && line[0] != '@' && line[0] != '#':
			before = i + 1
		}
	}
	return starts
}

// readFeature adds one feature, and rows for the lines that are no Gherkin.
func readFeature(s *source, lines []string, before int, words []featureWord) {
	parser := gherkin.Parser{Dialects: s.options.Dialects}
	for _, line := range lines { // where no header says it
		if parser.Language = begun(strings.TrimSpace(line), words); parser.Language != "" {
			break
		}
	}
	doc, err := parser.Parse(strings.Join(lines, "\n"))
	var wrong gherkin.SyntaxErrors
	errors.As(err, &wrong)
	if feature := doc.Feature; feature != nil {
		s.row(before + feature.Line)
		s.level(LevelFeature)
		s.derive(s.column("keyword", Column{Field: FieldKind}), "Feature")
		for _, tag := range feature.Tags {
			s.add(s.column("tag", Column{Field: FieldLabels}), strings.TrimPrefix(tag.Name, "@"))
		}
		s.add(s.column("name", Column{Field: FieldTitle}), feature.Name)
		if name := s.options.Name; feature.Name == "" && name != "" {
			name = name[strings.LastIndexAny(name, `/\`)+1:]
			s.derive(s.column("file", Column{Field: FieldTitle}), name)
			s.warn("row %d: the feature has no name, that of the file is its title", before+feature.Line)
		}
		s.add(s.column("description", Column{Field: FieldDescription}), dedent(feature.Description))
		addBackground(s, feature.Background)
		addScenarios(s, feature.Scenarios)
		for _, rule := range feature.Rules {
			s.add(s.column("rule", Column{}), rule.Name)
			s.add(s.column("rule description", Column{}), dedent(rule.Description))
			addBackground(s, rule.Background)
			addScenarios(s, rule.Scenarios)
		}
	}
	for _, one := range wrong {
		s.row(before + one.Line)
		if one.Line >= 1 && one.Line <= len(lines) {
			s.add(s.column("line", Column{}), lines[one.Line-1])
		}
		s.skip(shorten(one.Message))
	}
}

func addBackground(s *source, background *gherkin.Background) {
	if background == nil {
		return
	}
	var steps []string
	for _, step := range background.Steps {
		steps = append(steps, strings.TrimSpace(step.Keyword)+" "+step.Text)
	}
	s.add(s.column("background", Column{}), strings.Join(steps, "\n"))
}

func addScenarios(s *source, scenarios []gherkin.Scenario) {
	column := s.column("scenario", Column{Field: FieldCriteria, isWhole: true})
	for _, scenario := range scenarios {
		s.add(column, scenario.String())
	}
}

// dedent returns text without the white space around its lines.
func dedent(text string) string {
	lines := splitLines(text)
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}
