package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

//go:embed pages/*.html static
var files embed.FS

// page is what every template is given. Data is the page's own.
type page struct {
	Title, Page   string
	Product       string
	Seq           uint64
	Person, Roles string
	Nav           []navEntry
	Data          any
}

type navEntry struct{ Path, Title string }

// productPages are the pages of a product: what each shows, and where.
func productPages() []productPage {
	return []productPage{
		{"board", "Board", "board", boardPage},
		{"order", "Order", "order", orderPage},
		{"roadmap", "Roadmap", "roadmap", func(s *server, v *backlog.View, c *call) (any, error) { return theRoadmap(s, v, c) }},
		{"story-map", "Story map", "story-map", storyMapPage},
		{"sprints", "Sprints", "sprints", sprintsPage},
		{"forecast", "Forecast", "forecast", func(s *server, v *backlog.View, c *call) (any, error) { return theForecast(s, v, c) }},
		{"flow", "Flow", "flow", func(s *server, v *backlog.View, c *call) (any, error) { return theFlow(s, v, c) }},
		{"history", "History", "history", historyPage},
		{"report", "Report", "report", reportPage},
		{"people", "People", "people", peoplePage},
		{"import", "Import", "import", func(*server, *backlog.View, *call) (any, error) { return struct{}{}, nil }},
	}
}

type productPage struct {
	path, title, template string
	data                  func(*server, *backlog.View, *call) (any, error)
}

func (s *server) addPages(mux *http.ServeMux) {
	static, err := fs.Sub(files, "static")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	mux.HandleFunc("GET /{$}", s.index)
	mux.HandleFunc("POST /sign-in", s.signIn)
	mux.HandleFunc("POST /sign-out", s.signOut)
	for _, p := range productPages() {
		mux.HandleFunc("GET /p/{product}/"+p.path, s.servePage(p))
	}
	mux.HandleFunc("GET /p/{product}/stories/{story}", s.servePage(productPage{"", "", "story", storyPage}))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		person, _, err := s.caller(r)
		if err == nil || errors.Is(err, errStranger) {
			err = errNoSuchPage
		}
		s.failPage(w, r, err, person)
	})
	mux.HandleFunc("GET /p/{product}/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/p/"+r.PathValue("product")+"/board", http.StatusSeeOther)
	})
}

// servePage answers with a page of a product.
func (s *server) servePage(p productPage) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &call{Request: r, w: w, product: r.PathValue("product")}
		var err error
		if c.person, c.token, err = s.caller(r); errors.Is(err, errStranger) {
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		out := page{Title: p.title, Page: p.path, Product: c.product, Person: c.person}
		if err == nil && !isProductName(c.product) {
			err = errNoSuchProduct
		}
		if err == nil {
			err = s.view(r.Context(), c.product, c.person, func(v *backlog.View) (err error) {
				out.Seq = v.Seq()
				you, _ := v.Person(c.person)
				for _, grant := range you.Roles {
					out.Roles = strings.Trim(out.Roles+", "+grant.String(), ", ")
				}
				if out.Data, err = p.data(s, v, c); err != nil {
					return err
				}
				if one, ok := out.Data.(storyData); ok {
					out.Title = one.One.Story.Title
				}
				return nil
			})
		}
		if err == nil {
			err = s.write(w, http.StatusOK, p.template, out)
		}
		if err != nil {
			s.failPage(w, r, err, c.person)
		}
	}
}

// failPage answers with a page that has the problem.
func (s *server) failPage(w http.ResponseWriter, r *http.Request, err error, person string) {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.log.Error("failed", "id", r.Context().Value(requestID), "path", r.URL.Path, "error", err)
	}
	w.Header().Del("ETag")
	if err := s.write(w, p.Status, "problem", page{Title: p.Title, Person: person, Data: p}); err != nil {
		s.log.Error("failed", "path", r.URL.Path, "error", err)
	}
}

var templates = template.Must(template.New("").Funcs(functions).ParseFS(files, "pages/*.html"))

var functions = template.FuncMap{
	"words": func(text any) string { return strings.ReplaceAll(fmt.Sprint(text), "_", " ") },
	"date":  func(at time.Time) string { return at.Format("2 January 2006") },
	"inc":   func(n int) int { return n + 1 },
	"sub":   func(a, b int) int { return a - b },
	"span":  spanOf,
	"card": func(product string, card cardAnswer) any {
		return struct {
			Product string
			Card    cardAnswer
		}{product, card}
	},
	"percent": func(p roadmap.Progress) string {
		if percent, ok := p.Percent(0); ok {
			return percent.String() + " %"
		}
		return ""
	},
	"json": func(value any) (string, error) { data, err := json.Marshal(value); return string(data), err },
	"revoked": func(person string, grant backlog.Grant) backlog.RevokeRole {
		return backlog.RevokeRole{Person: person, Role: grant.Role, Team: grant.Team}
	},
}

// spanOf writes a number of seconds in the unit that fits it.
func spanOf(seconds int64) string {
	switch {
	case seconds >= 2*24*3600:
		return fmt.Sprintf("%d days", seconds/(24*3600))
	case seconds >= 2*3600:
		return fmt.Sprintf("%d hours", seconds/3600)
	}
	return fmt.Sprintf("%d minutes", seconds/60)
}

func (s *server) write(w http.ResponseWriter, code int, name string, p page) error {
	if p.Product != "" {
		for _, one := range productPages() {
			p.Nav = append(p.Nav, navEntry{one.path, one.title})
		}
	}
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name+".html", p); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	_, _ = w.Write(out.Bytes())
	return nil
}

type boardData struct {
	Board   boardAnswer
	Sprints []backlog.Sprint
	Sprint  string
}

func boardPage(s *server, v *backlog.View, c *call) (any, error) {
	shown, err := board(s, v, c)
	data := boardData{Board: shown, Sprint: c.URL.Query().Get("sprint")}
	for sprint := range v.Sprints() {
		if sprint.Status.IsOpen() {
			data.Sprints = append(data.Sprints, sprint)
		}
	}
	return data, err
}

type orderData struct {
	Order   orderAnswer
	Backlog []rankedAnswer
	Methods []rankMethod
	Lines   []rankLine
	Height  int
	Tau     string // how far the methods agree
	Apply   string // the JSON of the change that makes the order of the method that of the backlog
}

// rankLine is an item of the rank picture: its place by one method and by another.
type rankLine struct {
	Title         string
	First, Second int // the height of each end
	Far           bool
}

// maxLines is how many items the picture shows: the first by the method.
const maxLines = 15

func orderPage(s *server, v *backlog.View, c *call) (any, error) {
	found, err := order(s, v, c)
	if err != nil {
		return nil, err
	}
	data := orderData{Order: found, Backlog: found.inBacklog(), Methods: rankMethods()}
	apply := backlog.OrderStories{Method: found.Method}
	var second []int
	for _, one := range found.Stories {
		if one.Position > 0 {
			apply.Stories, apply.Scores = append(apply.Stories, one.Story.ID), append(apply.Scores, one.Score)
		}
		if one.Position > 0 && one.Other > 0 && len(data.Lines) < maxLines {
			data.Lines = append(data.Lines, rankLine{Title: shortened(one.Story.Title)})
			second = append(second, one.Other)
		}
	}
	places := slices.Sorted(slices.Values(second))
	for i := range data.Lines {
		place, _ := slices.BinarySearch(places, second[i])
		line := &data.Lines[i]
		line.First, line.Second = 16+22*i, 16+22*place
		line.Far = line.First-line.Second > 66 || line.Second-line.First > 66
	}
	data.Height = 22*len(data.Lines) + 8
	if found.TauB != nil {
		data.Tau = fmt.Sprintf("%.2f", *found.TauB)
	}
	applied, err := json.Marshal(apply)
	data.Apply = string(applied)
	return data, err
}

// shortened cuts a title to what fits beside the picture.
func shortened(title string) string {
	const most = 28
	if runes := []rune(title); len(runes) > most {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return title
}

type storyData struct {
	One  storyAnswer
	Menu []menuEntry
}

func storyPage(s *server, v *backlog.View, c *call) (any, error) {
	one, err := oneStory(s, v, c)
	if err != nil {
		return nil, err
	}
	menu, err := menuOf(v, backlog.StoryItem(one.Story.ID), c.person, s.now())
	return storyData{one, menu}, err
}

type sprintsData struct {
	sprintsAnswer
	Fill     fillAnswer
	Capacity int
	Planned  []plannedSprint
	Titles   map[story.ID]string
}

// plannedSprint is a sprint that could take what fits.
type plannedSprint struct{ Name, JSON string }

func sprintsPage(s *server, v *backlog.View, c *call) (any, error) {
	sprints, err := listSprints(s, v, c)
	if err != nil {
		return nil, err
	}
	slices.Reverse(sprints.Sprints) // the latest first
	data := sprintsData{sprintsAnswer: sprints, Titles: map[story.ID]string{}}
	for _, one := range sprints.Sprints {
		for _, id := range one.Sprint.Stories {
			found, _ := v.Story(id)
			data.Titles[id] = found.Title
		}
	}
	if data.Capacity, err = c.number("capacity", 12, 1_000_000); err != nil {
		return nil, err
	}
	data.Fill = fillOf(v, story.Team(c.URL.Query().Get("team")), decimal.NewFromInt(int64(data.Capacity)), s.now())
	var stories []story.ID
	for _, one := range data.Fill.Stories {
		stories = append(stories, one.ID)
	}
	for _, one := range sprints.Sprints {
		if one.Sprint.Status == backlog.SprintPlanned && len(stories) > 0 {
			commit, err := json.Marshal(backlog.CommitStories{Sprint: one.Sprint.ID, Stories: stories})
			if err != nil {
				return nil, err
			}
			data.Planned = append(data.Planned, plannedSprint{one.Sprint.Name, string(commit)})
		}
	}
	return data, nil
}

type historyData struct {
	Entries []historyEntry // the latest first
	Before  uint64         // for the page before this one
}

type historyEntry struct {
	Seq          uint64
	Time         string
	By, As, Kind string
	Note         string
	Differences  []string
	Findings     []backlog.Finding
}

const historyPageSize = 25

// historyPage replays the log up to the events that it shows, and describes each by what differs after it.
func historyPage(s *server, v *backlog.View, c *call) (any, error) {
	last := v.Seq()
	if text := c.URL.Query().Get("before"); text != "" {
		before, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return nil, malformed("before has to be the number of an event")
		}
		last = min(last, before-min(before, 1))
	}
	first := last - min(last, historyPageSize)
	data := historyData{Entries: []historyEntry{}}
	if first > 0 {
		data.Before = first + 1
	}
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		return nil, err
	}
	for event, err := range s.store.Read(c.Context(), c.product, 0) {
		if err != nil {
			return nil, err
		}
		if event.Seq > last {
			break
		}
		var before *backlog.Backlog
		if event.Seq > first {
			before = b.Clone()
		}
		if err := b.Apply(event); err != nil {
			return nil, err
		}
		if before == nil {
			continue
		}
		entry := historyEntry{
			Seq: event.Seq, Time: event.At.Format("2006-01-02 15:04"), By: event.By.Name, As: string(event.As),
			Kind: event.Change.Kind(), Note: event.Note, Findings: event.Findings,
		}
		for _, difference := range diff.Between(before.View(), b.View()) {
			entry.Differences = append(entry.Differences, difference.String())
		}
		data.Entries = append(data.Entries, entry)
	}
	slices.Reverse(data.Entries)
	return data, nil
}

type reportData struct {
	Text     string
	Findings []backlog.Finding
}

func reportPage(_ *server, v *backlog.View, _ *call) (any, error) {
	return reportData{reportOf(v), v.Findings()}, nil
}

type peopleData struct {
	People []backlog.Person
	Roles  []backlog.Role
}

func peoplePage(_ *server, v *backlog.View, _ *call) (any, error) {
	return peopleData{
		slices.Collect(v.People()),
		[]backlog.Role{backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.Stakeholder, backlog.BusinessOwner},
	}, nil
}

// signInData is what the first page shows to strangers.
type signInData struct {
	Error string
	Demo  []demoPerson
}

// index is the first page: the products of who is signed in, or the way in.
func (s *server) index(w http.ResponseWriter, r *http.Request) {
	person, _, err := s.caller(r)
	switch {
	case errors.Is(err, errStranger):
		s.showSignIn(w, r, http.StatusOK, "")
		return
	case err == nil:
		var found productsAnswer
		if found, err = s.productsOf(r.Context(), person, r.URL.Query().Get("after"), s.limits.Page); err == nil {
			err = s.write(w, http.StatusOK, "products", page{Title: "Products", Person: person, Data: found})
		}
	}
	if err != nil {
		s.failPage(w, r, err, person)
	}
}

func (s *server) showSignIn(w http.ResponseWriter, r *http.Request, code int, problem string) {
	data := signInData{Error: problem}
	for _, person := range demoPeople() {
		if name, err := s.store.Person(r.Context(), person.Token, s.now()); err == nil && name == person.Name {
			data.Demo = append(data.Demo, person)
		}
	}
	if err := s.write(w, code, "sign-in", page{Title: "Sign in", Data: data}); err != nil {
		s.failPage(w, r, err, "")
	}
}

const sessionLife = 12 * time.Hour

// signIn takes a token and gives a session for it, which ends with the token.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	if !s.strangerMay(r) {
		s.failPage(w, r, errTooMany, "")
		return
	}
	session, err := s.store.Derive(r.Context(), r.PostFormValue("token"), s.now(), sessionLife)
	if err != nil {
		s.showSignIn(w, r, http.StatusUnauthorized, "This token is not known, or no longer valid.")
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: session, Path: "/", MaxAge: int(sessionLife.Seconds()), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(cookieName); err == nil {
		if err := s.store.Revoke(r.Context(), cookie.Value); err != nil {
			s.failPage(w, r, err, "")
			return
		}
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
