package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/service/store"
	"github.com/backlogkit/backlogkit/examples/service/store/storetest"
	"github.com/backlogkit/backlogkit/story"
)

func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }

// service is a running service with the demo in it.
type service struct {
	t testing.TB
	*server
	url string
}

// start runs a service over the database at a place, or over a new file.
func start(t testing.TB, place string, change func(*limits)) *service {
	t.Helper()
	if place == "" {
		place = filepath.Join(t.TempDir(), "test.db")
	}
	db, err := store.Open(context.Background(), place)
	require.NoError(t, err)
	limits := defaultLimits()
	limits.CallsPerSecond, limits.StrangersPerSecond = 10_000, 10_000
	if change != nil {
		change(&limits)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := newServer(ctx, db, slog.New(slog.NewTextHandler(io.Discard, nil)), limits)
	require.NoError(t, s.makeDemo(ctx))
	web := httptest.NewUnstartedServer(s.handler())
	web.Config.ReadTimeout = limits.Read
	web.Start()
	go s.hub.run(ctx)
	t.Cleanup(func() {
		stop()
		web.Close()
		_ = db.Close()
	})
	return &service{t, s, web.URL}
}

// answer is what came back.
type answer struct {
	code   int
	header http.Header
	body   []byte
}

func (a answer) problem(t testing.TB) problem {
	t.Helper()
	require.Equal(t, "application/problem+json", a.header.Get("Content-Type"), string(a.body))
	var p problem
	require.NoError(t, json.Unmarshal(a.body, &p))
	require.Equal(t, a.code, p.Status)
	return p
}

// ask makes a request as the owner of a token. The body is sent as JSON; headers are pairs.
func (s *service) ask(token, method, path string, body any, headers ...string) answer {
	s.t.Helper()
	var reader io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(body)
	default:
		data, err := json.Marshal(body)
		require.NoError(s.t, err)
		reader = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, s.url+path, reader)
	require.NoError(s.t, err)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if reader != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	require.NoError(s.t, err)
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	require.NoError(s.t, err)
	return answer{response.StatusCode, response.Header, data}
}

// get reads JSON.
func (s *service) get(token, path string, into any) answer {
	s.t.Helper()
	a := s.ask(token, http.MethodGet, path, nil)
	require.Equal(s.t, http.StatusOK, a.code, string(a.body))
	require.NoError(s.t, json.Unmarshal(a.body, into))
	return a
}

const shop = "/api/products/" + demoProduct

func changes(pairs ...any) object {
	var list []object
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, object{"kind": pairs[i], "change": pairs[i+1]})
	}
	return object{"changes": list}
}

// do makes changes of the demo's product.
func (s *service) do(token string, body any, headers ...string) answer {
	s.t.Helper()
	return s.ask(token, http.MethodPost, shop+"/changes", body, headers...)
}

func newStory(title string) object {
	return object{"story": object{"id": uuid.NewString(), "title": title}}
}

// demoStoryID returns a story of the demo by its title.
func demoStoryID(title string) story.ID { return story.ID(demoID(title)) }
