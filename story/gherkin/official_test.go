package gherkin_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// shared is where the official acceptance data of Gherkin lies beside a checkout. It is no part of
// the project.
const shared = "../../../shared/data/gherkin"

func sharedFiles(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared, pattern))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no official data at " + shared)
	}
	return files
}

func read(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(data)
}

func officialDialects(t testing.TB) []gherkin.Dialect {
	t.Helper()
	dialects, err := gherkin.ParseDialects([]byte(read(t, sharedFiles(t, "gherkin-languages.json")[0])))
	require.NoError(t, err)
	return dialects
}

// The official trees, as far as they are about the text.
type (
	officialLocation struct{ Line, Column int }
	officialNode     struct {
		Location                   officialLocation
		Keyword, Name, Description string
	}
	officialTag struct {
		Location officialLocation
		Name     string
	}
	officialRow struct {
		Location officialLocation
		Cells    []struct {
			Location officialLocation
			Value    string
		}
	}
	officialStep struct {
		Location                   officialLocation
		Keyword, KeywordType, Text string
		DataTable                  *struct {
			Location officialLocation
			Rows     []officialRow
		}
		DocString *struct {
			Location                      officialLocation
			Delimiter, MediaType, Content string
		}
	}
	officialBackground struct {
		officialNode
		Steps []officialStep
	}
	officialScenario struct {
		officialNode
		Tags     []officialTag
		Steps    []officialStep
		Examples []struct {
			officialNode
			Tags        []officialTag
			TableHeader *officialRow
			TableBody   []officialRow
		}
	}
	officialRule struct {
		officialNode
		Tags     []officialTag
		Children []officialChild
	}
	officialChild struct {
		Background *officialBackground
		Scenario   *officialScenario
		Rule       *officialRule
	}
	officialDocument struct {
		Comments []struct {
			Location officialLocation
			Text     string
		}
		Feature *struct {
			officialNode
			Language string
			Tags     []officialTag
			Children []officialChild
		}
	}
)

func (l officialLocation) position() gherkin.Position { return gherkin.Position(l) }

// each maps a slice; an empty one gives nil, as the parser does.
func each[A, B any](list []A, f func(A) B) (mapped []B) {
	for _, a := range list {
		mapped = append(mapped, f(a))
	}
	return mapped
}

func tag(o officialTag) gherkin.Tag {
	return gherkin.Tag{Position: o.Location.position(), Name: o.Name}
}

func row(o officialRow) gherkin.Row {
	r := gherkin.Row{Position: o.Location.position()}
	for _, c := range o.Cells {
		r.Cells = append(r.Cells, gherkin.Cell{Position: c.Location.position(), Value: c.Value})
	}
	return r
}

func step(o officialStep) gherkin.Step {
	s := gherkin.Step{Position: o.Location.position(), Keyword: o.Keyword, Text: o.Text}
	_ = s.KeywordType.UnmarshalText([]byte(o.KeywordType)) // a wrong name leaves it unset, which is not equal
	if t := o.DataTable; t != nil {
		s.DataTable = &gherkin.DataTable{Position: t.Location.position(), Rows: each(t.Rows, row)}
	}
	if d := o.DocString; d != nil {
		s.DocString = &gherkin.DocString{
			Position:  d.Location.position(),
			Delimiter: d.Delimiter, MediaType: d.MediaType, Content: d.Content,
		}
	}
	return s
}

func background(o *officialBackground) *gherkin.Background {
	return &gherkin.Background{
		Position: o.Location.position(),
		Keyword:  o.Keyword, Name: o.Name, Description: o.Description,
		Steps: each(o.Steps, step),
	}
}

func scenario(o *officialScenario, outlines []string) gherkin.Scenario {
	s := gherkin.Scenario{
		Position: o.Location.position(),
		Tags:     each(o.Tags, tag),
		Keyword:  o.Keyword, Name: o.Name, Description: o.Description,
		Steps: each(o.Steps, step),
	}
	for _, keyword := range outlines {
		s.Outline = s.Outline || keyword == o.Keyword
	}
	for _, e := range o.Examples {
		examples := gherkin.Examples{
			Position: e.Location.position(),
			Tags:     each(e.Tags, tag),
			Keyword:  e.Keyword, Name: e.Name, Description: e.Description,
			Body: each(e.TableBody, row),
		}
		if e.TableHeader != nil {
			header := row(*e.TableHeader)
			examples.Header = &header
		}
		s.Examples = append(s.Examples, examples)
	}
	return s
}

// document turns an official tree into ours.
func document(o officialDocument, dialects []gherkin.Dialect) (d gherkin.Document) {
	for _, c := range o.Comments {
		d.Comments = append(d.Comments, gherkin.Comment{Position: c.Location.position(), Text: c.Text})
	}
	if o.Feature == nil {
		return d
	}
	var outlines []string
	for _, dialect := range dialects {
		if dialect.Language == o.Feature.Language {
			outlines = dialect.ScenarioOutline
		}
	}
	f := o.Feature
	d.Feature = &gherkin.Feature{
		Position: f.Location.position(),
		Language: f.Language,
		Tags:     each(f.Tags, tag),
		Keyword:  f.Keyword, Name: f.Name, Description: f.Description,
	}
	for _, c := range f.Children {
		switch {
		case c.Background != nil:
			d.Feature.Background = background(c.Background)
		case c.Scenario != nil:
			d.Feature.Scenarios = append(d.Feature.Scenarios, scenario(c.Scenario, outlines))
		default:
			r := gherkin.Rule{
				Position: c.Rule.Location.position(),
				Tags:     each(c.Rule.Tags, tag),
				Keyword:  c.Rule.Keyword, Name: c.Rule.Name, Description: c.Rule.Description,
			}
			for _, child := range c.Rule.Children {
				if child.Background != nil {
					r.Background = background(child.Background)
				} else {
					r.Scenarios = append(r.Scenarios, scenario(child.Scenario, outlines))
				}
			}
			d.Feature.Rules = append(d.Feature.Rules, r)
		}
	}
	return d
}

// Source: cucumber/gherkin, testdata/good: each feature file with its tree.
func TestOfficialTrees(t *testing.T) {
	parser := gherkin.Parser{Dialects: officialDialects(t)}
	for _, file := range sharedFiles(t, "good/*.feature") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var want struct{ GherkinDocument officialDocument }
			require.NoError(t, json.Unmarshal([]byte(read(t, file+".ast.ndjson")), &want))
			got, err := parser.Parse(read(t, file))
			require.NoError(t, err)
			require.Equal(t, document(want.GherkinDocument, parser.Dialects), got)
		})
	}
}

// Source: cucumber/gherkin, testdata/bad: each feature file with its errors. The words of the
// messages are ours, what they say is expected is the same.
func TestOfficialErrors(t *testing.T) {
	type officialError struct {
		ParseError struct {
			Message string
			Source  struct{ Location officialLocation }
		}
	}
	parser := gherkin.Parser{Dialects: officialDialects(t)}
	for _, file := range sharedFiles(t, "bad/*.feature") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := parser.Parse(read(t, file))
			require.ErrorIs(t, err, gherkin.ErrSyntax)
			var got gherkin.SyntaxErrors
			require.ErrorAs(t, err, &got)

			lines := bufio.NewScanner(bytes.NewReader([]byte(read(t, file+".errors.ndjson"))))
			n := 0
			for ; lines.Scan(); n++ {
				var want officialError
				require.NoError(t, json.Unmarshal(lines.Bytes(), &want))
				require.Greater(t, len(got), n, "errors found")
				require.Equal(t, want.ParseError.Source.Location.position(), got[n].Position)
				require.ElementsMatch(t,
					officialExpected(want.ParseError.Message),
					each(got[n].Expected, gherkin.LineKind.String))
			}
			require.Len(t, got, n)
		})
	}
}

// officialExpected takes the kinds of lines from a message: "expected: #EOF, #TagLine, got 'x'".
func officialExpected(message string) []string {
	_, list, ok := strings.Cut(message, "expected: ")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, ", got ")
	return each(strings.Split(list, ", "), func(name string) string { return strings.TrimPrefix(name, "#") })
}

func TestOfficialDialects(t *testing.T) {
	dialects := officialDialects(t)
	require.Len(t, dialects, 80)
	require.IsIncreasing(t, each(dialects, func(d gherkin.Dialect) string { return d.Language }))
	for _, d := range gherkin.Dialects() {
		require.Contains(t, dialects, d)
	}
}

// Every language reads the words it is made of: a feature with each of its keywords, and back.
func TestOfficialDialectsReadTheirKeywords(t *testing.T) {
	dialects := officialDialects(t)
	for _, d := range dialects {
		t.Run(d.Language, func(t *testing.T) {
			var text strings.Builder
			steps := 0
			text.WriteString(d.Feature[0] + ":\n" + d.Background[0] + ":\n")
			for _, keyword := range append(d.Scenario, d.ScenarioOutline...) {
				text.WriteString(keyword + ": named\n")
				steps = 0
				for _, list := range [][]string{d.Given, d.When, d.Then, d.And, d.But} {
					for _, keyword := range list {
						text.WriteString(keyword + "x\n")
						steps++
					}
				}
				text.WriteString(d.Examples[0] + ":\n")
			}
			text.WriteString(d.Rule[0] + ":\n")

			parser := gherkin.Parser{Dialects: dialects, Language: d.Language}
			doc, err := parser.Parse(text.String())
			require.NoError(t, err)
			require.Equal(t, d.Language, doc.Feature.Language)
			require.Len(t, doc.Feature.Scenarios, len(d.Scenario)+len(d.ScenarioOutline))
			require.NotNil(t, doc.Feature.Background)
			require.Len(t, doc.Feature.Rules, 1)
			for _, s := range doc.Feature.Scenarios {
				require.Len(t, s.Steps, steps)
				require.Len(t, s.Examples, 1)
				for _, step := range s.Steps {
					if step.Keyword == "* " {
						require.Equal(t, gherkin.Unknown, step.KeywordType)
					}
				}
			}
		})
	}
}
