package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
)

// route is one request of the API: where it is answered, and what the description of the API has of it.
type route struct {
	method, path string
	summary      string
	query        []parameter
	header       []parameter
	in, out      reflect.Type // of the JSON of the request and of the answer; nil for none
	media        string       // of what is no JSON: the answer or, where that is JSON, the request
	isOpen       bool         // to those who are not signed in
	serve        func(*server, *call) error
}

// parameter is one that a query or a header may have.
type parameter struct{ name, about string }

// call is a request of somebody who is signed in, unless the route is open.
type call struct {
	*http.Request
	w             http.ResponseWriter
	person, token string
	product       string // from the path
}

func (s *server) serveRoute(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{Request: r, w: w, product: r.PathValue("product")}
		var err error
		if c.person, c.token, err = s.caller(r); errors.Is(err, errStranger) {
			switch {
			case !s.strangerMay(r):
				err = errTooMany
			case route.isOpen:
				err = nil
			}
		}
		if err == nil && c.product != "" && !isProductName(c.product) {
			err = errNoSuchProduct
		}
		if _, bad := url.ParseQuery(r.URL.RawQuery); err == nil && bad != nil {
			err = malformed("the query cannot be read: " + bad.Error())
		}
		if err == nil {
			err = route.serve(s, c)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// isProductName reports whether a text can be the name of a product: 1 to 63 small letters, digits and hyphens.
func isProductName(text string) bool {
	return text != "" && len(text) <= 63 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && text[0] != '-'
}

// answer writes a value as JSON.
func (c *call) answer(value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "application/json")
	_, _ = c.w.Write(append(data, '\n'))
	return nil
}

// read reads the JSON of a request, all of it and nothing besides.
func (c *call) read(value any) ([]byte, error) {
	if media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, errNotJSON
	}
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		return nil, malformed(fmt.Sprintf("the body cannot be read: %.200s", err))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, malformed("the body has more behind its JSON")
	}
	return body, nil
}

// number returns a parameter of the query that is a whole number from 0 to most, or what it is without one.
func (c *call) number(name string, without, most int) (int, error) {
	text := c.URL.Query().Get(name)
	if text == "" {
		return without, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0, malformed(fmt.Sprintf("the parameter %s has to be a number from 0 to %d", name, most))
	}
	return n, nil
}

// get is a route that answers with what f returns of a product. The answer has the product's version as its
// ETag, and a caller who has that version already gets no more than that.
func get[Out any](path, summary string, query []parameter, f func(*server, *backlog.View, *call) (Out, error)) route {
	serve := func(s *server, c *call) error {
		var out Out
		var fresh bool
		err := s.view(c.Context(), c.product, c.person, func(v *backlog.View) (err error) {
			tag := etag(v.Seq())
			c.w.Header().Set("ETag", tag)
			if fresh = c.Header.Get("If-None-Match") == tag; !fresh {
				out, err = f(s, v, c)
			}
			return err
		})
		switch {
		case err != nil:
			c.w.Header().Del("ETag")
			return err
		case fresh:
			c.w.WriteHeader(http.StatusNotModified)
			return nil
		}
		return c.answer(out)
	}
	return route{
		method: http.MethodGet, path: "/api/products/{product}" + path, summary: summary, query: query,
		out: reflect.TypeFor[Out](), serve: serve,
	}
}

// post is a route that reads an In and answers with an Out.
func post[In, Out any](path, summary string, f func(s *server, c *call, in In, body []byte) (Out, error)) route {
	serve := func(s *server, c *call) error {
		var in In
		body, err := c.read(&in)
		if err != nil {
			return err
		}
		out, err := f(s, c, in, body)
		if err != nil {
			return err
		}
		return c.answer(out)
	}
	return route{
		method: http.MethodPost, path: path, summary: summary,
		in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](), serve: serve,
	}
}

// raw is a route that writes its answer itself, of a media type.
func raw(path, summary, media string, query []parameter, serve func(*server, *call) error) route {
	return route{method: http.MethodGet, path: path, summary: summary, media: media, query: query, serve: serve}
}

var (
	paging = []parameter{
		{"after", "what the last entry that was seen is called"},
		{"limit", "how many entries, 200 at most"},
	}
	onStory = []parameter{{"Last-Event-ID", "the last event that was seen"}}
)

// routes returns the API.
func routes() []route {
	changes := post("/api/products/{product}/changes", "make changes, all of them or none", (*server).change)
	changes.header = []parameter{
		{"If-Match", "the version that the caller saw, from an ETag: what happened since is a 412"},
		{"Idempotency-Key", "a text of up to 255 characters: the same request with the same key is made once"},
	}
	revert := post("/api/products/{product}/events/{seq}/revert", "take an event back", (*server).revert)
	stream := raw("/api/products/{product}/stream", "events as they happen", "text/event-stream", paging[:1], (*server).stream)
	stream.header = onStory
	description := raw("/api/openapi.json", "this description", "application/json", nil, (*server).describe)
	description.isOpen = true
	return []route{
		description,
		{method: http.MethodGet, path: "/api/kinds", summary: "the kinds of change, with the fields of each", out: reflect.TypeFor[kindsAnswer](), isOpen: true, serve: (*server).kinds},
		{method: http.MethodGet, path: "/api/me", summary: "who is signed in", out: reflect.TypeFor[meAnswer](), serve: (*server).me},
		{method: http.MethodGet, path: "/api/products", summary: "the products that the caller has part in", query: paging, out: reflect.TypeFor[productsAnswer](), serve: (*server).listProducts},
		post("/api/products", "begin a product, as its product manager", (*server).begin),
		post("/api/check", "findings in a story that is being written", (*server).checkText),
		get("", "what the product is, and how far", nil, overview),
		changes,
		post("/api/products/{product}/check", "whether changes could be made, and if not, why", (*server).check),
		revert,
		importRoute(),
		get("/events", "what happened", paging, listEvents),
		stream,
		get("/stories", "stories in their order", append([]parameter{{"status", "only of this state"}, {"team", "only of this team"}}, paging...), listStories),
		get("/stories/{story}", "one story, with what it waits for and lacks", nil, oneStory),
		get("/stories/{story}/moves", "for each state, whether the story may go there, and if not, why", nil, listMoves),
		get("/items/{item}/allowed", "what the caller could do to a story or a feature", nil, listAllowed),
		get("/board", "stories by state", []parameter{{"sprint", "only of this sprint"}, {"team", "only of this team"}, {"most", "stories of a column"}}, board),
		get("/order", "the order by a method, with the reasons, beside another method's", []parameter{{"method", "wsjf, rice, …"}, {"with", "the other method"}}, order),
		get("/roadmap", "vision, goals, horizons and features", nil, theRoadmap),
		get("/story-map", "the story map: activities and steps, and below them stories by release", nil, theStoryMap),
		get("/sprints", "sprints with their load", nil, listSprints),
		get("/fill", "what a sprint could take, and what was passed over, and why", []parameter{{"team", "whose stories"}, {"capacity", "in points"}}, fill),
		get("/forecast", "when the open stories are done", []parameter{{"confidence", "in per cent, 1 to 99"}}, theForecast),
		get("/flow", "how work has flowed", nil, theFlow),
		get("/findings", "what looks wrong", nil, findings),
		raw("/api/products/{product}/report", "the product as a page of Markdown", "text/markdown; charset=utf-8", nil, (*server).report),
		raw("/api/products/{product}/pictures/{picture}", "a picture: flow, cycle, aging, forecast or story-map, as SVG", "image/svg+xml", nil, (*server).picture),
		raw("/api/products/{product}/export", "everything: the events as lines of JSON, or a snapshot", "application/x-ndjson", []parameter{{"format", "events or snapshot"}}, (*server).export),
	}
}
