// Package render returns a backlog, and what is counted or forecast of it, as text that other programs
// show: Markdown, Mermaid, DOT and SVG.
//
//	RoadmapMarkdown       vision, goals, horizons with their features, releases
//	RoadmapTimeline       Mermaid timeline: a section for each horizon
//	RoadmapGantt          Mermaid gantt: the horizons that have dates, and the releases
//	TreeMarkdown          vision, goals, features, stories, tasks, and how far each is
//	StoryMapMarkdown      what users do, step by step, and the stories below each by release
//	StoryMapSVG           the same as a picture
//	DependencyFlowchart   Mermaid flowchart: what needs what
//	DependencyDOT         the same for Graphviz
//	BurnUpSVG             scope and what is done, day by day
//	FlowSVG               cumulative flow: waiting, in progress, done
//	StateFlowSVG          cumulative flow by the states of the board
//	CycleTimeSVG          how long each item took, with lines of percentiles
//	RatesSVG              arrivals and departures, and what is in progress
//	StateTimeSVG          how long items are in each state
//	AgingSVG              how old the work in progress is, beside what is usual in its state
//	CompletionSVG         the distribution of a forecast, with the confidences asked for
//	RecordSVG             how often past forecasts held, beside what they expected
//	Report                for leadership: goals, benefits, what changed, promises, risks, money, decisions
//	TeamReport            for a team: what changed, what waits for what and for whom, how long answers take
//	RiskMarkdown          the matrix of risks, and those that nobody rated or owns
//	PromisesMarkdown      forecasts that were given, and what became of them
//
// Every function only reads its arguments, and equal arguments give the same text. In drawings of
// dependencies, what needs an item is to the right of it. An SVG is self-contained: no script, nothing to
// load. It has a title, and a description with its figures for those who cannot see it; its one style turns
// the colours to dark ones where the reader prefers those.
//
// # Titles
//
// Titles and names stay text: a title cannot end its line, quote or node, begin a heading, a link or a
// comment, or bring markup of its own. White space, line breaks among it, becomes single spaces. Control
// characters, and those that turn the direction of the text around them, become U+FFFD. What is longer
// than [MaxLabel] characters in a diagram, or [MaxWords] in Markdown, is cut and ends in "…". Mermaid
// labels keep letters and digits and write everything else as a character code, "#40;", which the viewer
// shows as the character.
//
// # Bounds
//
// A diagram draws at most [MaxNodes] nodes and [MaxEdges] arrows, which is about what Mermaid accepts by
// default. A Markdown page has at most [MaxEntries] entries. What is left out is counted in the text
// itself. Dates are those of the instants' own locations.
package render

// The bounds of a text.
const (
	MaxNodes   = 200   // of a diagram: items, horizons, releases
	MaxEdges   = 500   // of a diagram
	MaxEntries = 5_000 // headings and list entries of a Markdown page
	MaxLabel   = 60    // characters of a label in a diagram
	MaxWords   = 500   // characters of a text in Markdown
)
