package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// The program serves what a tracker exported beside the demo, and ends in order though a stream is open.
func TestRun(t *testing.T) {
	folder := t.TempDir()
	export, database := filepath.Join(folder, "Our Shop (old).csv"), filepath.Join(folder, "run.db")
	require.NoError(t, os.WriteFile(export, []byte("Issue key,Summary,Issue Type,Status\nTR-1,Print a gift card,Story,To Do\n"), 0o600))
	ctx, stop := context.WithCancel(context.Background())
	output, input := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", database, "-import", export}, input, io.Discard)
	}()
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	s := &service{t: t, url: strings.TrimSpace(line)}
	require.Equal(t, http.StatusOK, s.ask("", http.MethodGet, "/", nil).code)
	require.Equal(t, "ok\n", string(s.ask("", http.MethodGet, "/healthz", nil).body))
	var stories storiesAnswer
	s.get("demo-stan", "/api/products/our-shop--old/stories", &stories)
	require.Equal(t, "Print a gift card", stories.Stories[0].Title)

	request, err := http.NewRequest(http.MethodGet, s.url+shop+"/stream", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer demo-stan")
	stream, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer func() { _ = stream.Body.Close() }()
	stop()
	select {
	case err := <-ended:
		require.NoError(t, err)
	case <-time.After(shutdownTime):
		t.Fatal("it did not end")
	}
}

func TestArguments(t *testing.T) {
	database := filepath.Join(t.TempDir(), "run.db")
	broken := filepath.Join(t.TempDir(), "broken.json")
	require.NoError(t, os.WriteFile(broken, []byte("{"), 0o600))
	for what, wrong := range map[string]struct {
		code int
		args []string
	}{
		"an argument": {2, []string{"-db", database, "more"}}, "no flag": {2, []string{"-port", "1"}}, "no address": {1, []string{"-db", database, "-addr", "nowhere:x"}},
		"no person": {2, []string{"-db", database, "-issue", founder.Name}}, "no file": {2, []string{"-db", database, "-addr", "127.0.0.1:0", "-import", "nothing.csv"}},
		"no export":   {2, []string{"-db", database, "-addr", "127.0.0.1:0", "-import", broken}},
		"no database": {1, []string{"-db", "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"}},
	} {
		var out strings.Builder
		err := run(context.Background(), wrong.args, &out, io.Discard)
		require.Error(t, err, what)
		require.Equal(t, wrong.code, codeOf(err), "%s: %v", what, err)
		require.Empty(t, out.String(), what)
	}
	var token strings.Builder
	require.NoError(t, run(context.Background(), []string{"-db", database, "-issue", "Ana"}, &token, io.Discard))
	s := start(t, database, nil)
	require.Equal(t, http.StatusOK, s.ask(strings.TrimSpace(token.String()), http.MethodGet, "/api/me", nil).code)
	require.NoError(t, run(context.Background(), []string{"-db", database, "-revoke", "Ana"}, io.Discard, io.Discard))
	require.Equal(t, http.StatusUnauthorized, s.ask(strings.TrimSpace(token.String()), http.MethodGet, "/api/me", nil).code)
}

// The demo is a product as people would have it: nothing in it is refused, and it shows each thing that waits or is missing.
func TestDemo(t *testing.T) {
	s := start(t, "", nil)
	err := s.products.View(context.Background(), demoProduct, func(v *backlog.View) error {
		require.Equal(t, 26, v.Len())
		waiting := 0
		for range v.Waiting(s.now()) {
			waiting++
		}
		require.Positive(t, waiting)
		return nil
	})
	require.NoError(t, err)
}
