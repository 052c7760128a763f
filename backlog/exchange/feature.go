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
			for line := range strings.Lines(f.head) {
				line = strings.TrimSpace(line)
				if line == "" || line[0] == '@' || line[0] == '#' && !strings.HasPrefix(line, "##") {
					continue
				}
				if f.hasSuffix(".feature") || strings.HasPrefix(line, "Feature:") {
					return Certain
				}
				return 0
			}
			return 0
		},
		read: readFeatures,
	}
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
	starts := featureStarts(lines)
	for i, start := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		readFeature(s, lines[start:end], start)
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// featureStarts returns the indices of the lines that features begin with: their tags, comments, or themselves.
func featureStarts(lines []string) []int {
	starts := []int{0}
	before, inText, isFirst := 0, false, true // before is the first of the tags and comments above a line
	for i, line := range lines {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, `"""`) || strings.HasPrefix(line, "```"):
			inText = !inText
			before = i + 1
		case inText:
			before = i + 1
		case strings.HasPrefix(line, "Feature:"):
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
func readFeature(s *source, lines []string, before int) {
	doc, err := gherkin.Parse(strings.Join(lines, "\n"))
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
