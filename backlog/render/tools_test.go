package render_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/render"
)

// hostileProducts renders a product for each hostile title.
func hostileProducts(t *testing.T, kind string) (titles, texts []string) {
	for _, title := range append(hostile(), harmless) {
		titles = append(titles, title)
		texts = append(texts, formats()[kind].render(product(t, func(string) string { return title }).View()))
	}
	return titles, texts
}

// TestGraphviz has the DOT read by Graphviz and looks at the words that it draws.
func TestGraphviz(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz is not installed:", err)
	}
	titles, texts := hostileProducts(t, "dot")
	cmd := exec.Command(dot, "-Tsvg")
	cmd.Stdin = strings.NewReader(strings.Join(texts, "\n"))
	svg, err := cmd.Output()
	require.NoError(t, err)
	var drawn [][]string // for each graph the words
	decoder := xml.NewDecoder(strings.NewReader(string(svg)))
	decoder.Strict = true
	inText := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			require.NotContains(t, []string{"a", "image", "script"}, token.Name.Local)
			inText = token.Name.Local == "text"
			if token.Name.Local == "svg" {
				drawn = append(drawn, nil)
			}
			if inText {
				drawn[len(drawn)-1] = append(drawn[len(drawn)-1], "")
			}
		case xml.EndElement:
			inText = false
		case xml.CharData:
			if inText {
				last := drawn[len(drawn)-1]
				last[len(last)-1] += string(token)
			}
		}
	}
	require.Len(t, drawn, len(titles))
	for i, title := range titles {
		require.Len(t, drawn[i], 12, "%q: six nodes with two lines each", title)
		for k := 0; k < 12; k += 2 {
			require.Equal(t, plain(title, render.MaxLabel), strings.ReplaceAll(drawn[i][k], "\u00a0", " "))
		}
	}
}

// runNode runs a script in the folder that RENDER_NODE names, in which somebody has installed what is
// to be tried: npm install mermaid jsdom.
func runNode(t *testing.T, script string, input, output any) {
	t.Helper()
	folder := os.Getenv("RENDER_NODE")
	if folder == "" {
		t.Skip("RENDER_NODE names no folder with mermaid and jsdom")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Node.js is not installed:", err)
	}
	data, err := json.Marshal(input)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "input.json")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	cmd := exec.Command(node, "--input-type=module", "-", file)
	cmd.Dir = folder
	cmd.Stdin = strings.NewReader(script)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	answer, err := cmd.Output()
	require.NoError(t, err, complaints.String())
	require.NoError(t, json.Unmarshal(answer, output))
}

const mermaidScript = `
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
const dom = new JSDOM('<!DOCTYPE html><body></body>');
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import('mermaid');
const answer = [];
for (const text of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const found = { title: db.getDiagramTitle?.() ?? '', sections: [...(db.getSections?.() ?? [])], labels: [], edges: 0 };
  if (db.getVertices) {
    for (const v of db.getVertices().values()) found.labels.push(v.text.split('<br')[0]);
    found.edges = db.getEdges().length;
  } else {
    for (const task of db.getTasks()) found.labels.push(...(task.events ?? [task.task]));
  }
  answer.push(found);
}
process.stdout.write(JSON.stringify(answer));
`

type mermaidFound struct {
	Title    string
	Sections []string
	Labels   []string
	Edges    int
}

// Mermaid writes the character code #40; as this between reading a diagram and showing it.
var mermaidCode = regexp.MustCompile(`ﬂ°°(\d+)¶ß`)

func readMermaidCodes(label string) string {
	return strings.TrimSpace(mermaidCode.ReplaceAllStringFunc(label, func(code string) string {
		n, _ := strconv.Atoi(mermaidCode.FindStringSubmatch(code)[1])
		return string(rune(n))
	}))
}

// TestMermaid has the diagrams read by Mermaid and looks at what it understood.
func TestMermaid(t *testing.T) {
	tests := map[string]struct{ sections, labels, edges int }{
		"timeline":  {sections: 3, labels: 3},
		"gantt":     {sections: 2, labels: 2},
		"flowchart": {labels: 6, edges: 5},
	}
	for kind, want := range tests {
		t.Run(kind, func(t *testing.T) {
			titles, texts := hostileProducts(t, kind)
			var found []mermaidFound
			runNode(t, mermaidScript, texts, &found)
			require.Len(t, found, len(titles))
			for i, title := range titles {
				require.Len(t, found[i].Sections, want.sections, title)
				require.Len(t, found[i].Labels, want.labels, title)
				require.Equal(t, want.edges, found[i].Edges, title)
				labels := found[i].Labels
				for _, section := range found[i].Sections {
					if section != "Releases" {
						labels = append(labels, section)
					}
				}
				for _, label := range labels {
					requireLabel(t, plain(title, render.MaxLabel), readMermaidCodes(label))
				}
			}
		})
	}
}

const markedScript = `
import { readFileSync } from 'node:fs';
import { marked } from 'marked';
const answer = [];
for (const text of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const kinds = {};
  const tokens = marked.lexer(text, { gfm: true });
  marked.walkTokens(tokens, (token) => { kinds[token.type] = (kinds[token.type] ?? 0) + 1; });
  answer.push({ kinds, page: marked.parse(text, { gfm: true }) });
}
process.stdout.write(JSON.stringify(answer));
`

// TestMarkdown has the pages read by a Markdown parser (marked, which comes with Mermaid): a title
// adds no heading, list, link, code or markup.
func TestMarkdown(t *testing.T) {
	for _, kind := range []string{"roadmap", "tree"} {
		t.Run(kind, func(t *testing.T) {
			titles, texts := hostileProducts(t, kind)
			var found []struct {
				Kinds map[string]int
				Page  string
			}
			runNode(t, markedScript, texts, &found)
			want := found[len(found)-1].Kinds
			for i, title := range titles {
				for name, n := range found[i].Kinds {
					if name != "text" && name != "escape" {
						require.Equal(t, want[name], n, "%q: %s", title, name)
					}
				}
			}
		})
	}
}
