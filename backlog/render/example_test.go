package render_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
)

func ExampleRoadmapMarkdown() {
	fmt.Print(render.RoadmapMarkdown(product(new(testing.T), asIs).View()))
	// Output:
	// # Roadmap
	//
	// Vision: Everybody knows where the money goes
	//
	// Statement: product Purse (missing for, who, category, benefit, unlike, differentiation)
	//
	// Stage: growth
	//
	// ## Goals
	//
	// - [ ] Check out fast (planned; due 2027-06-30; median time from 100 to 80 s, now 90 (50 %); improving; 1 of 4 stories (25 %), 5 of 16 points (31 %), 1 not estimated)
	//
	// ## Now
	//
	// - [ ] Pay by card (open; for Check out fast; in v1; 1 of 2 stories (50 %), 5 of 8 points (63 %))
	//
	// ## Next
	//
	// - [ ] Search (open; in v2; no stories)
	//
	// ## Spring
	//
	// From 2027-03-01 to before 2027-06-01.
	//
	// - [ ] Receipts (open; for Check out fast; in v1; 0 of 2 stories (0 %), 0 of 8 points (0 %), 1 not estimated)
	//
	// ## In no horizon
	//
	// - [ ] Export (open; no stories)
	//
	// ## Releases
	//
	// - [ ] v1 (planned; 2027-03-15; 2 features; 1 of 4 stories (25 %), 5 of 16 points (31 %), 1 not estimated)
	// - [ ] v2 (planned; 1 feature; no stories; waits for 1 item outside)
}

func ExampleTreeMarkdown() {
	fmt.Print(render.TreeMarkdown(product(new(testing.T), asIs).View()))
	// Output:
	// # Backlog
	//
	// Vision: Everybody knows where the money goes
	//
	// Statement: product Purse (missing for, who, category, benefit, unlike, differentiation)
	//
	// Stage: growth
	//
	// Progress: 1 of 5 stories (20 %), 5 of 17 points (29 %), 1 not estimated.
	//
	// ## Check out fast
	//
	// Planned; due 2027-06-30; median time from 100 to 80 s, now 90 (50 %); improving; 1 of 4 stories (25 %), 5 of 16 points (31 %), 1 not estimated.
	//
	// ### Pay by card
	//
	// Open; 1 of 2 stories (50 %), 5 of 8 points (63 %).
	//
	// - [x] Enter a card (accepted; 5 points)
	//   - [x] do it (Dana)
	// - [ ] Keep a card (draft; 3 points)
	//   - [ ] do it (Dana)
	//
	// ### Receipts
	//
	// Open; 0 of 2 stories (0 %), 0 of 8 points (0 %), 1 not estimated.
	//
	// - [ ] Show a receipt (draft; 8 points)
	//   - [ ] do it (Dana)
	// - [ ] Send a receipt (draft; not estimated)
	//   - [ ] do it (Dana)
	// - [ ] Fax a receipt (dropped; 1 point)
	//   - [ ] do it (Dana)
	//
	// ## Features without a goal
	//
	// ### Search
	//
	// Open; no stories.
	//
	// ### Export
	//
	// Open; no stories.
	//
	// ## Stories without a feature
	//
	// - [ ] Sort by date (draft; 1 point)
	//   - [ ] do it (Dana)
}

func ExampleRoadmapTimeline() {
	fmt.Print(render.RoadmapTimeline(product(new(testing.T), asIs).View()))
	// Output:
	// timeline
	//     title Roadmap without 1 feature
	//     section Now
	//         1 feature
	//             : Pay by card
	//     section Next
	//         1 feature
	//             : Search
	//     section Spring
	//         1 feature, from 2027-03-01 to before 2027-06-01
	//             : Receipts
}

func ExampleRoadmapGantt() {
	fmt.Print(render.RoadmapGantt(product(new(testing.T), asIs).View()))
	// Output:
	// gantt
	//     title Roadmap without 2 horizons, 1 release, 3 features
	//     dateFormat YYYY-MM-DD
	//     section Spring
	//         #82;eceipts : n1, 2027-03-01, 2027-06-01
	//     section Releases
	//         #118;1 : milestone, n2, 2027-03-15, 0d
}

func ExampleDependencyFlowchart() {
	fmt.Print(render.DependencyFlowchart(product(new(testing.T), asIs).View()))
	// Output:
	// flowchart LR
	//     n1["Keep a card<br/>3 points"]:::critical
	//     n2["Show a receipt<br/>8 points"]:::critical
	//     n3["Send a receipt<br/>not estimated"]:::critical
	//     n4[["Receipts<br/>feature"]]:::critical
	//     n5[["Search<br/>feature"]]:::open
	//     n6["Enter a card<br/>5 points"]:::done
	//     n7["Fax a receipt<br/>1 point"]:::dropped
	//     n1 --> n2
	//     n2 --> n3
	//     n3 -.-> n4
	//     n6 --> n1
	//     n7 --> n3
	//     n1 --> n5
	//     classDef open fill:#ffffff,stroke:#333333
	//     classDef critical fill:#ffffff,stroke:#b3412e,stroke-width:3px
	//     classDef done fill:#dddddd,stroke:#999999
	//     classDef dropped fill:#ffffff,stroke:#999999,stroke-dasharray:4
	//     classDef note fill:#ffffff,stroke:#ffffff
	//     linkStyle 0,1,2 stroke:#b3412e,stroke-width:3px
}

func ExampleDependencyDOT() {
	fmt.Print(render.DependencyDOT(product(new(testing.T), asIs).View()))
	// Output:
	// digraph dependencies {
	//     rankdir=LR
	//     node [shape=box, style=filled, fillcolor="#ffffff", color="#333333", fontname="sans-serif"]
	//     n1 [label="Keep a card\n3 points", color="#b3412e", penwidth=3]
	//     n2 [label="Show a receipt\n8 points", color="#b3412e", penwidth=3]
	//     n3 [label="Send a receipt\nnot estimated", color="#b3412e", penwidth=3]
	//     n4 [shape=folder, label="Receipts\nfeature", color="#b3412e", penwidth=3]
	//     n5 [shape=folder, label="Search\nfeature"]
	//     n6 [label="Enter a card\n5 points", fillcolor="#dddddd", color="#999999"]
	//     n7 [label="Fax a receipt\n1 point", style="filled,dashed", color="#999999"]
	//     n1 -> n2 [color="#b3412e", penwidth=3]
	//     n2 -> n3 [color="#b3412e", penwidth=3]
	//     n3 -> n4 [color="#b3412e", penwidth=3, style=dashed]
	//     n6 -> n1
	//     n7 -> n3
	//     n1 -> n5
	// }
}

func ExampleCompletionSVG() {
	c, err := forecast.WhenSimple(forecast.Items(1, 3, 5, 3, 7, 8, 0, 5), forecast.ItemScope(40))
	if err != nil {
		fmt.Println(err)
		return
	}
	svg := render.CompletionSVG("Expense <tracking>", c, []float64{.5, .85}, nil)
	fmt.Println(svg[strings.Index(svg, "<title>"):strings.Index(svg, "</title>")])
	// Output: <title>Expense &lt;tracking&gt;
}

func ExampleBurnUpSVG() {
	n := decimal.NewFromInt
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	svg := render.BurnUpSVG("Sprint 1", []flow.BurnDay{
		{Day: monday, Scope: n(8), Done: n(0)}, {Day: monday.AddDate(0, 0, 1), Scope: n(8), Done: n(3)},
	})
	fmt.Println(strings.Count(svg, "<path"), "lines")
	// Output: 2 lines
}

func ExampleFlowSVG() {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	svg := render.FlowSVG("Flow", []flow.Day{
		{Day: monday, Created: 5, Started: 2, Done: 1}, {Day: monday.AddDate(0, 0, 1), Created: 6, Started: 4, Done: 2},
	})
	fmt.Println(strings.Count(svg, "<path"), "bands")
	// Output: 3 bands
}
