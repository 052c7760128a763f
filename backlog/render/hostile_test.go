package render_test

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// hostile are titles that would break out of some format if they were not escaped.
func hostile() []string {
	return []string{
		`"`, `"]:::done`, `\`, `\"`, `a\N\G\l`, "`", "```", "`a`", "'", ";", `a; b --> c`, `-->`, `n1 --> n2`, `%%`, `%% note`,
		`%%{init: {"theme": "dark"}}%%`, `end`, `End of month`, `subgraph x`, `graph TD`, `title x`, `section y`, `dateFormat X`,
		`2027-01-01 launch`, `excludes weekends`, `click n1 href "javascript:alert(1)"`, `a : b`, `: c`, `a :done, x, 1d`,
		`style n1 fill: #f00;`, `classDef x: #1;`, `#34;`, `#quot;`, `ﬂ°°35¶ß`, `ﬂ°lt¶ß`, `fa:fa-car`, `1. list`, `- [x] list`, `+ x`,
		`# heading #`, `> quote`, `| a | b |`, `---`, `===`, `***`, `_a_ *b* **c** ~~d~~ ==e==`, `$x^2$`, `^[note]`, `{{ x }}`, `{#id}`,
		`[a](javascript:alert(1))`, `![a](https://example.org/x.png)`, `[a]: https://example.org`, `[ ] a`, `<!-- a -->`, `<b>a</b>`,
		`<script>alert(1)</script>`, `</title></svg>`, `a <br/> b`, `&lt;b&gt;`, `&amp;amp;`, `&#60;`, `& co`, `&`, `https://example.org/a?b=c`,
		`www.example.org`, `a@example.org`, `@all`, `:smile:`, "عربى \u202e abc \u2066", "\u200f\u200eשלום", "日本語のタイトル", "🚀 launch", "e\u0301",
		"a\u2028b", "  a   b  ", "\u200b", "\ufeff", `!`, `(a)`, `a/b, "c" & 'd' -- e?`, `100 %`, `{`, `}`, `]`, `[`, `]]`, `n1@{ shape: x }`,
	}
}

// lines are texts, not titles: they may hold more than one line.
func lines() []string {
	return []string{
		"a\n# b", "a\n\nb", "a\r\n- b\r\n```\nc", "a\tb", "a\x1b[31m", "a\u0085b", "\n", strings.Repeat("long ", 1000),
		strings.Repeat("a", render.MaxWords), strings.Repeat("a", render.MaxWords+1),
	}
}

// plain is what is left to be said of a text, worked out in a simpler way.
func plain(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r):
			return utf8.RuneError
		}
		return r
	}, text)
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return string(runes)
}

const (
	harmless      = "Qqq"
	harmlessStart = "#81;qq"
)

// format is how a label is escaped in one of the formats.
type format struct {
	render func(*backlog.View) string
	safe   *regexp.Regexp      // what an escaped label consists of
	read   func(string) string // takes the escapes back
	most   int
}

var characterCode = regexp.MustCompile(`#\d+;`)

func readMermaid(label string) string {
	return characterCode.ReplaceAllStringFunc(label, func(code string) string {
		n, err := strconv.Atoi(code[1 : len(code)-1])
		if err != nil {
			return code
		}
		return string(rune(n))
	})
}

func readDOT(label string) string {
	return html.UnescapeString(strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(label))
}

var backslash = regexp.MustCompile(`\\([[:punct:]])`)

func readMarkdown(label string) string {
	return html.UnescapeString(backslash.ReplaceAllString(label, "$1"))
}

func formats() map[string]format {
	mermaid := regexp.MustCompile(`^(?:[\pL\pM\p{Nd} ]|#\d+;)*$`)
	markdown := regexp.MustCompile("^(?:[^\\\\`*_{}\\[\\]<>&#|~$^=%!@:\\p{Cc}]|�|\\\\[[:punct:]]|&(?:amp|lt|gt);)*$")
	return map[string]format{
		"roadmap":   {render.RoadmapMarkdown, markdown, readMarkdown, render.MaxWords},
		"report":    {reportOf(render.Report), markdown, readMarkdown, render.MaxWords},
		"team":      {reportOf(render.TeamReport), markdown, readMarkdown, render.MaxWords},
		"risks":     {render.RiskMarkdown, markdown, readMarkdown, render.MaxWords},
		"story map": {render.StoryMapMarkdown, markdown, readMarkdown, render.MaxWords},
		"tree":      {render.TreeMarkdown, markdown, readMarkdown, render.MaxWords},
		"timeline":  {render.RoadmapTimeline, mermaid, readMermaid, render.MaxLabel},
		"gantt":     {render.RoadmapGantt, mermaid, readMermaid, render.MaxLabel},
		"flowchart": {render.DependencyFlowchart, mermaid, readMermaid, render.MaxLabel},
		"dot":       {render.DependencyDOT, regexp.MustCompile(`^(?:[^"\\&\p{Cc}]|\\\\|\\"|&amp;)*$`), readDOT, render.MaxLabel},
	}
}

// reportOf is a report in which nothing changed: what changed quotes titles as Go does.
func reportOf(report func(since, now *backlog.View, options render.ReportOptions) string) func(*backlog.View) string {
	return func(now *backlog.View) string { return report(now, now, render.ReportOptions{}) }
}

// called is the product, with every name replaced by a title.
func called(t testing.TB, title string) *backlog.View {
	t.Helper()
	return product(t, func(string) string { return title }).View()
}

// requireContained holds that a title changes nothing of a text but the places where it stands, and
// that what stands there is the title, escaped. The lines are those of [format.around]; the view is of the product with the title.
func requireContained(t *testing.T, f format, lines [][]string, titled *backlog.View, title string) {
	t.Helper()
	got := strings.Split(f.render(titled), "\n")
	if len(got) != len(lines) {
		require.Len(t, got, len(lines), title)
	}
	want, seen := plain(title, f.most), make(map[string]bool) // most labels are alike
	for i, around := range lines {
		labels := between(got[i], around)
		if labels == nil {
			require.Fail(t, title, "%s\nwant like %s", got[i], strings.Join(around, harmless))
		}
		for _, label := range labels {
			if seen[label] {
				continue
			}
			seen[label] = true
			require.Regexp(t, f.safe, label, title)
			requireLabel(t, want, f.read(label))
		}
	}
}

// around returns, for each line of a text, what stands around the names in it.
func (f format) around(t testing.TB) [][]string {
	t.Helper()
	var lines [][]string
	for _, line := range strings.Split(f.render(called(t, harmless)), "\n") {
		lines = append(lines, strings.Split(strings.ReplaceAll(line, harmlessStart, harmless), harmless))
	}
	return lines
}

// between returns what stands in a line between the texts around it, or nil where these do not. Where
// there are several labels they are the same title, so all equally long is tried first: a title may
// itself hold what stands between two.
func between(line string, around []string) []string {
	count := len(around) - 1
	if count == 0 {
		if line == around[0] {
			return []string{}
		}
		return nil
	}
	var labels []string
	length, rest := (len(line)-len(strings.Join(around, "")))/count, line
	for _, part := range around {
		if !strings.HasPrefix(rest, part) {
			break
		}
		rest = rest[len(part):]
		if len(labels) == count {
			if rest == "" {
				return labels
			}
			break
		}
		if length < 0 || length > len(rest) {
			break
		}
		labels, rest = append(labels, rest[:length]), rest[length:]
	}
	pattern := make([]string, len(around))
	for i, part := range around {
		pattern[i] = regexp.QuoteMeta(part)
	}
	match := regexp.MustCompile("^" + strings.Join(pattern, "(.*)") + "$").FindStringSubmatch(line)
	if match == nil {
		return nil
	}
	return match[1:]
}

// requireLabel allows for labels that are cut since their escapes take too much room.
func requireLabel(t *testing.T, want, got string) {
	t.Helper()
	if got != want {
		start, short := strings.CutSuffix(got, "…")
		require.True(t, short && strings.HasPrefix(want, start) && len(start) >= 15, "%q, want %q", got, want)
	}
}

func TestTitlesStayText(t *testing.T) {
	for name, f := range formats() {
		t.Run(name, func(t *testing.T) {
			around := f.around(t)
			for _, title := range append(hostile(), strings.Repeat(`"`, 80), strings.Repeat("ab ", 80),
				strings.Repeat("a", render.MaxLabel), strings.Repeat("a", render.MaxLabel+1)) {
				requireContained(t, f, around, called(t, title), title)
			}
		})
	}
}

// No bar of a gantt chart begins with a word that Mermaid knows: its first character is a code.
func TestGanttStarts(t *testing.T) {
	bar := regexp.MustCompile(`^ {8}#\d+;`)
	for _, title := range hostile() {
		for line := range strings.Lines(render.RoadmapGantt(called(t, title))) {
			if strings.HasPrefix(line, "     ") {
				require.Regexp(t, bar, line)
			}
		}
	}
}

// No title begins a list within its entry, also for readers that take the box away first.
func TestNoListWithinAnEntry(t *testing.T) {
	marker := regexp.MustCompile(`(?m)^ *- \[.\] ([-+*]|\d+[.)])`)
	for _, title := range append(hostile(), "- a", "12) a", "+", "3.", "0. a", "9) a") {
		titled := called(t, title)
		require.NotRegexp(t, marker, render.RoadmapMarkdown(titled), title)
		require.NotRegexp(t, marker, render.TreeMarkdown(titled), title)
	}
}

// A statement of the vision and the vision itself may have several lines.
func TestTextsStayOnTheirLine(t *testing.T) {
	for _, text := range append(lines(), hostile()...) {
		b, err := backlog.New(backlog.Options{Rules: backlog.Rules{}.Others(backlog.RuleRecord)})
		require.NoError(t, err)
		if strings.TrimSpace(text) == "" {
			continue
		}
		do(t, b, backlog.SetVision{Vision: roadmap.Vision{Text: text}})
		for heading, page := range map[string]string{"Roadmap": render.RoadmapMarkdown(b.View()), "Backlog": render.TreeMarkdown(b.View())} {
			label, ok := strings.CutPrefix(page, "# "+heading+"\n\nVision: ")
			require.True(t, ok, page)
			label = strings.TrimSuffix(label, "\n")
			require.Regexp(t, formats()["tree"].safe, label)
			require.Equal(t, plain(text, render.MaxWords), readMarkdown(label))
		}
	}
}

func FuzzTitles(f *testing.F) {
	for _, title := range append(hostile(), lines()...) {
		f.Add(title)
	}
	all := formats()
	around := make(map[string][][]string, len(all))
	for name, one := range all {
		around[name] = one.around(f)
	}
	elements := countElements(harmless)
	f.Fuzz(func(t *testing.T, title string) {
		if len(title) > 200 || field.CheckTitle("render", "title", title) != nil {
			t.Skip()
		}
		titled := called(t, title)
		for name, f := range all {
			requireContained(t, f, around[name], titled, title)
		}
		requirePictures(t, elements, title)
	})
}

// pictures draws a title wherever it can stand in a picture of flow.
func pictures(title string) []string {
	state := story.Status(title)
	return []string{
		render.CycleTimeSVG(title, []flow.CycleTime{{Key: title, Days: 3}}, []float64{.5}),
		render.StateFlowSVG(title, flow.StateFlow{
			States: []flow.State{{Name: state, Category: story.Doing}}, Days: []flow.StateDay{{Counts: []int{3}}},
		}),
		render.AgingSVG(title, flow.Aging{
			Shares: []float64{.5}, States: []flow.AgingState{{Name: state, Percentiles: []int{2}}},
			Items: []flow.AgingItem{{Key: title, State: state, Age: 3, Above: .5}},
		}),
	}
}

// countElements returns how many elements each of the pictures of a title has, beginnings and ends.
func countElements(title string) (counts []int) {
	for _, svg := range pictures(title) {
		counts = append(counts, strings.Count(svg, "<"))
	}
	return counts
}

// requirePictures holds that a title adds no element to a picture of flow.
func requirePictures(t *testing.T, want []int, title string) {
	t.Helper()
	for i, svg := range pictures(title) {
		requireSVG(t, svg)
		if strings.Count(svg, "<") != want[i] {
			require.Equal(t, want[i], strings.Count(svg, "<"), title)
		}
		require.NotContains(t, svg, "\u202e")
	}
}

func TestTitlesOfPictures(t *testing.T) {
	want := countElements(harmless)
	for _, title := range append(hostile(), lines()...) {
		requirePictures(t, want, title)
	}
}
