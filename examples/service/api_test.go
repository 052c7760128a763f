package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
)

// Each route is asked once, and its answer is what the description promises, no more and no less.
func TestDescription(t *testing.T) {
	s := start(t, "", nil)
	data := s.ask("", http.MethodGet, "/api/openapi.json", nil).body
	var document struct {
		OpenAPI    string
		Paths      map[string]map[string]json.RawMessage
		Components struct{ Schemas map[string]*jsonschema.Schema }
	}
	require.NoError(t, json.Unmarshal(data, &document))
	require.Equal(t, "3.1.0", document.OpenAPI)

	id := demoStoryID("Pay by invoice").String()
	var now overviewAnswer
	s.get("demo-otto", shop, &now)
	asks := map[string]struct {
		path string
		body any
	}{
		"post /api/products":                               {"/api/products", object{"product": "another"}},
		"post /api/check":                                  {"/api/check", object{"narrative": "As a user, I want it (now)", "criteria": []string{"it is fast"}}},
		"post /api/products/{product}/changes":             {shop + "/changes", changes("add_story", newStory("One more"))},
		"post /api/products/{product}/import":              {shop + "/import?name=a.csv&dry=1", "Issue key,Summary,Issue Type,Status\nA-1,Pay,Story,To Do\n"},
		"post /api/products/{product}/check":               {shop + "/check", changes("accept_story", object{"story": id})},
		"post /api/products/{product}/events/{seq}/revert": {fmt.Sprintf("%s/events/%d/revert", shop, now.Seq), object{}},
		"get /api/products/{product}/pictures/{picture}":   {shop + "/pictures/flow", nil},
	}
	for _, route := range routes() {
		name := strings.ToLower(route.method) + " " + route.path
		t.Run(name, func(t *testing.T) {
			operation := document.Paths[route.path][strings.ToLower(route.method)]
			require.NotNil(t, operation)
			if strings.HasSuffix(route.path, "/stream") {
				return // TestStream
			}
			ask, ok := asks[name]
			if !ok {
				require.Equal(t, http.MethodGet, route.method, "the test has no request for this route")
				ask.path = strings.NewReplacer("{product}", demoProduct, "{story}", id, "{item}", id).Replace(route.path)
			}
			require.NotContains(t, ask.path, "{")
			token := "demo-otto"
			got := s.ask(token, route.method, ask.path, ask.body)
			require.Equal(t, http.StatusOK, got.code, string(got.body))
			if route.out == nil {
				require.Equal(t, route.media, got.header.Get("Content-Type"))
				return
			}
			validate(t, document.Components.Schemas[route.out.Name()], got.body)
			if route.in != nil {
				sent, err := json.Marshal(ask.body)
				require.NoError(t, err)
				validate(t, document.Components.Schemas[route.in.Name()], sent)
			}
		})
	}
	t.Run("a problem", func(t *testing.T) {
		validate(t, document.Components.Schemas["problem"], s.do("demo-stan", changes("add_story", newStory("x"))).body)
	})
	t.Run("each kind of change is described", func(t *testing.T) {
		schema := document.Components.Schemas["change"]
		validate(t, schema, []byte(`{"kind":"accept_story","change":{"story":"`+id+`"}}`))
		resolved, err := schema.Resolve(nil)
		require.NoError(t, err)
		require.Error(t, resolved.Validate(object{"kind": "accept_story", "change": object{"stori": id}}))
	})
}

func validate(t *testing.T, schema *jsonschema.Schema, data []byte) {
	t.Helper()
	require.NotNil(t, schema)
	resolved, err := schema.Resolve(nil)
	require.NoError(t, err)
	var value any
	require.NoError(t, json.Unmarshal(data, &value))
	require.NoError(t, resolved.Validate(value), string(data))
}

// Refusals have the status of their class, and what would have been needed.
func TestRefusals(t *testing.T) {
	s := start(t, "", nil)
	invoice, peer := demoStoryID("Pay by invoice"), demoStoryID("Pay in instalments")
	tests := map[string]struct {
		token  string
		body   any
		code   int
		typ    string
		detail string
	}{
		"policy":       {"demo-dana", changes("accept_story", object{"story": invoice}), 403, "policy", "product owner"},
		"other team":   {"demo-olga", changes("drop_story", object{"story": demoStoryID("Share my basket"), "reason": "no"}), 403, "policy", `"web"`},
		"workflow":     {"demo-otto", changes("accept_story", object{"story": invoice}), 422, "workflow", "in_progress"},
		"ready":        {"demo-otto", changes("set_story_status", object{"story": demoStoryID("See what payments cost us"), "to": "ready"}), 422, "ready", "estimate"},
		"rule":         {"demo-otto", changes("drop_story", object{"story": invoice, "reason": "no"}), 422, "rule", "Pay in instalments"},
		"cycle":        {"demo-otto", changes("add_dependency", object{"item": object{"story": invoice}, "needs": object{"story": peer}}), 422, "cycle", ""},
		"missing":      {"demo-otto", changes("accept_story", object{"story": uuid.New()}), 404, "not-found", ""},
		"value":        {"demo-otto", changes("add_story", newStory("")), 422, "invalid", "title"},
		"unknown kind": {"demo-otto", changes("make_coffee", object{}), 400, "malformed", "make_coffee"},
		"field":        {"demo-otto", changes("accept_story", object{"stori": "x"}), 400, "malformed", "stori"},
		"no change":    {"demo-otto", object{"changes": []object{}}, 400, "malformed", "1 to"},
		"no JSON":      {"demo-otto", "{", 400, "malformed", ""},
		"two JSON":     {"demo-otto", "{} {}", 400, "malformed", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := s.do(test.token, test.body).problem(t)
			require.Equal(t, test.code, p.Status, p.Detail)
			require.Equal(t, "/problems/"+test.typ, p.Type)
			require.NotEmpty(t, p.Title)
			require.Contains(t, p.Detail+fmt.Sprint(p.Needs, p.Titles), test.detail)
		})
	}
	t.Run("all or nothing", func(t *testing.T) {
		before := s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag")
		p := s.do("demo-otto", changes("add_story", newStory("First"), "accept_story", object{"story": invoice})).problem(t)
		require.Equal(t, 1, *p.Index)
		require.Equal(t, "accept_story", p.Kind)
		require.Equal(t, before, s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag"))
	})
	t.Run("asked first", func(t *testing.T) {
		var check checkAnswer
		a := s.ask("demo-dana", http.MethodPost, shop+"/check", changes("accept_story", object{"story": invoice}))
		require.NoError(t, json.Unmarshal(a.body, &check))
		require.False(t, check.Allowed)
		require.Equal(t, "/problems/policy", check.Problem.Type)
		var moves movesAnswer
		s.get("demo-dana", shop+"/stories/"+invoice.String()+"/moves", &moves)
		byState := map[story.Status]moveAnswer{}
		for _, move := range moves.Moves {
			byState[move.State] = move
		}
		require.True(t, byState[story.InProgress].Allowed)
		require.False(t, byState[story.Accepted].Allowed)
		require.NotEmpty(t, byState[story.Accepted].Problem.Reason)
	})
}

func TestIfMatch(t *testing.T) {
	s := start(t, "", nil)
	read := s.ask("demo-otto", http.MethodGet, shop+"/board", nil)
	seen := read.header.Get("ETag")
	require.Equal(t, http.StatusNotModified, s.ask("demo-otto", http.MethodGet, shop+"/board", nil, "If-None-Match", seen).code)

	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory("Somebody else's")), "If-Match", seen).code)
	refused := s.do("demo-otto", changes("add_story", newStory("Mine")), "If-Match", seen)
	p := refused.problem(t)
	require.Equal(t, http.StatusPreconditionFailed, p.Status)
	require.Len(t, p.Since, 1)
	require.Equal(t, "add_story", p.Since[0].Kind)
	require.Contains(t, string(p.Since[0].Change), "Somebody else's")
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory("Mine")), "If-Match", refused.header.Get("ETag")).code)
	require.Equal(t, http.StatusBadRequest, s.do("demo-otto", changes("add_story", newStory("x")), "If-Match", `"seven"`).code)
}

// A request with a key that is made many times at once is made once, and all get the same answer.
func TestIdempotencyKey(t *testing.T) {
	s := start(t, "", nil)
	body := changes("add_story", newStory("Once"), "add_story", newStory("And this"))
	var group sync.WaitGroup
	answers := make([]answer, 6)
	for i := range answers {
		group.Go(func() { answers[i] = s.do("demo-otto", body, "Idempotency-Key", "abc") })
	}
	group.Wait()
	for _, a := range answers {
		require.Equal(t, http.StatusOK, a.code, string(a.body))
		require.Equal(t, string(answers[0].body), string(a.body))
	}
	require.Equal(t, "/problems/repeated", s.do("demo-otto", changes("add_story", newStory("Other")), "Idempotency-Key", "abc").problem(t).Type)
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory("Other")), "Idempotency-Key", "abd").code)
}

func TestRevert(t *testing.T) {
	s := start(t, "", nil)
	id := demoStoryID("Pay by invoice")
	var made changesAnswer
	a := s.do("demo-dana", changes("estimate_story", object{"story": id, "estimate": "13"}))
	require.NoError(t, json.Unmarshal(a.body, &made))
	path := fmt.Sprintf("%s/events/%d/revert", shop, made.Seq)
	require.Equal(t, http.StatusForbidden, s.ask("demo-stan", http.MethodPost, path, object{}).code)
	require.Equal(t, http.StatusOK, s.ask("demo-dana", http.MethodPost, path, object{}).code)
	var one storyAnswer
	s.get("demo-dana", shop+"/stories/"+id.String(), &one)
	require.Equal(t, "8", one.Story.Estimate.String())
	require.Equal(t, http.StatusUnprocessableEntity, s.ask("demo-dana", http.MethodPost, path, object{}).code, "it was taken back already")
	require.Equal(t, http.StatusNotFound, s.ask("demo-dana", http.MethodPost, shop+"/events/99999/revert", object{}).code)
}

func TestPages(t *testing.T) {
	s := start(t, "", nil)
	var titles []string
	for after := ""; ; {
		var page storiesAnswer
		s.get("demo-otto", shop+"/stories?limit=10&after="+after, &page)
		for _, one := range page.Stories {
			titles = append(titles, one.Title)
		}
		if after = page.Next.String(); after == "" {
			break
		}
	}
	require.Len(t, titles, 26)
	var seqs []uint64
	for after := uint64(0); ; {
		var page eventsAnswer
		s.get("demo-otto", fmt.Sprintf("%s/events?limit=60&after=%d", shop, after), &page)
		for _, event := range page.Events {
			seqs = append(seqs, event.Seq)
		}
		if after = page.Next; after == 0 {
			break
		}
	}
	for i, seq := range seqs {
		require.Equal(t, uint64(i+1), seq)
	}
	require.Equal(t, http.StatusBadRequest, s.ask("demo-otto", http.MethodGet, shop+"/events?limit=201", nil).code)
}

// Events come to a stream as they happen: those of its own server, and those of another one.
func TestStream(t *testing.T) {
	place := t.TempDir() + "/shared.db"
	s, other := start(t, place, func(l *limits) { l.Read = 300 * time.Millisecond }), start(t, place, nil)
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+shop+"/stream", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer demo-stan")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	require.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	lines := bufio.NewScanner(response.Body)
	await := func(text string) {
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "data: ") && strings.Contains(lines.Text(), text) {
				return
			}
		}
		t.Fatalf("the stream ended before %q: %v", text, lines.Err())
	}
	require.True(t, lines.Scan())
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory("From here"))).code)
	await("From here")
	time.Sleep(500 * time.Millisecond) // longer than a request may take to be read
	require.Equal(t, http.StatusOK, other.do("demo-otto", changes("add_story", newStory("From there"))).code)
	await("From there")

	require.NoError(t, s.store.Revoke(ctx, "demo-stan"))
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory("A secret"))).code)
	for lines.Scan() {
		require.NotContains(t, lines.Text(), "A secret")
	}
}

func TestExport(t *testing.T) {
	s := start(t, "", nil)
	events := s.ask("demo-otto", http.MethodGet, shop+"/export", nil)
	require.Equal(t, events.header.Get("ETag"), fmt.Sprintf(`"%d"`, strings.Count(string(events.body), "\n")))
	require.Contains(t, string(s.ask("demo-otto", http.MethodGet, shop+"/export?format=snapshot", nil).body), "Pay by invoice")
	require.Equal(t, http.StatusBadRequest, s.ask("demo-otto", http.MethodGet, shop+"/export?format=xlsx", nil).code)
}

// The story map has each story once, in the cell of its step and of its feature's release.
func TestStoryMap(t *testing.T) {
	s := start(t, "", nil)
	var m storyMapAnswer
	s.get("demo-stan", shop+"/story-map", &m)
	require.Equal(t, "Choose", m.Activities[0].Title)
	require.Len(t, m.Columns, 4)
	require.Equal(t, []string{"1.0", "1.1", "No release"}, []string{m.Releases[0].Name, m.Releases[1].Name, m.Releases[2].Name})
	seen := map[story.ID]int{}
	for _, column := range m.Columns {
		require.Len(t, column.Cells, len(m.Releases))
		for _, cell := range column.Cells {
			for _, card := range cell {
				seen[card.ID]++
			}
		}
	}
	for _, card := range m.Unmapped {
		seen[card.ID]++
	}
	require.Len(t, seen, 26)
	for id, times := range seen {
		require.Equal(t, 1, times, id)
	}
	insight := demoStoryID("See where orders are given up")
	require.Equal(t, http.StatusForbidden, s.do("demo-dana", changes("assign_story_step", object{"story": insight, "step": demoStep("Pay")})).code)
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("assign_story_step", object{"story": insight, "step": demoStep("Pay")})).code)
	before := len(m.Unmapped)
	s.get("demo-stan", shop+"/story-map", &m)
	require.Len(t, m.Unmapped, before-1)
	require.Equal(t, insight, m.Columns[2].Cells[2][0].ID)
}

// What waits names the impediments that hold it, in the API, for agents and on the page, until they are resolved.
func TestImpediments(t *testing.T) {
	s := start(t, "", nil)
	id := demoStoryID("Choose the day of delivery").String()
	var one storyAnswer
	s.get("demo-stan", shop+"/stories/"+id, &one)
	require.Len(t, one.Impediments, 1)
	require.Equal(t, "The carrier has not answered yet", one.Impediments[0].Title)
	board := func() string { return string(s.ask("demo-stan", http.MethodGet, shop+"/board", nil).body) }
	require.Contains(t, board(), "impediment: The carrier has not answered yet")
	require.Contains(t, string(s.ask("demo-stan", http.MethodGet, "/p/shop/stories/"+id, nil).body), "held up by an impediment: The carrier has not answered yet, which Paula sees to")
	p := s.do("demo-dana", changes("set_story_status", object{"story": id, "to": "in_progress"})).problem(t)
	require.Equal(t, http.StatusUnprocessableEntity, p.Status)
	require.Contains(t, fmt.Sprint(p.Needs), "The carrier has not answered yet")
	require.Equal(t, http.StatusForbidden, s.do("demo-stan", changes("resolve_impediment", object{"impediment": one.Impediments[0].ID, "resolution": "x"})).code)
	require.Equal(t, http.StatusOK, s.do("demo-dana", changes("resolve_impediment", object{"impediment": one.Impediments[0].ID, "resolution": "They rang"})).code)
	require.NotContains(t, board(), "impediment:")
}
