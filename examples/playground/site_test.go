package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestServe(t *testing.T) {
	pages := site{"index.html": []byte("<h1>"), "app.js": []byte("1"), program: []byte("x")}
	tests := map[string]struct {
		method, path string
		status       int
		kind         string
	}{
		"page":         {http.MethodGet, "/", http.StatusOK, "text/html; charset=utf-8"},
		"script":       {http.MethodGet, "/app.js", http.StatusOK, "text/javascript; charset=utf-8"},
		"program":      {http.MethodHead, "/program.gz", http.StatusOK, "application/gzip"},
		"not there":    {http.MethodGet, "/../site.go", http.StatusNotFound, "text/plain; charset=utf-8"},
		"not a reader": {http.MethodPost, "/", http.StatusMethodNotAllowed, "text/html; charset=utf-8"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := httptest.NewRecorder()
			pages.ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, nil))
			require.Equal(t, tt.status, w.Code)
			require.Equal(t, tt.kind, w.Header().Get("Content-Type"))
			if tt.status == http.StatusOK {
				require.Contains(t, w.Header().Get("Content-Security-Policy"), "connect-src 'self'")
			}
		})
	}
}

func TestArguments(t *testing.T) {
	for _, args := range [][]string{{"-nothing"}, {"site"}, {"-addr", "nowhere"}} {
		out := new(bytes.Buffer)
		require.Error(t, run(context.Background(), args, out, new(bytes.Buffer)), args)
		require.Empty(t, out.String())
	}
}

// The page and the server state one policy, and what is no program is not packed.
func TestPage(t *testing.T) {
	page, err := static.ReadFile("static/index.html")
	require.NoError(t, err)
	require.Contains(t, string(page), `content="`+policy+`"`)
	_, err = pack([]byte("\x00asm\x01\x00\x00\x00\x0b\xff"))
	require.ErrorIs(t, err, errProgram)
}
