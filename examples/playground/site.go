package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/playground/internal/playground"
)

//go:embed static
var static embed.FS

// site is the files of the page by their paths, such as "samples/library.csv".
type site map[string][]byte

// program is the library in the page, packed: the page unpacks it, so that no server has to.
const program = "program.gz"

// build compiles the program and puts it beside the files that are not built.
func build(ctx context.Context) (site, error) {
	s := make(site)
	err := fs.WalkDir(static, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		s[strings.TrimPrefix(name, "static/")], err = static.ReadFile(name)
		return err
	})
	if err != nil {
		return nil, err
	}
	root, err := goCommand(ctx, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	if s["wasm_exec.js"], err = os.ReadFile(filepath.Join(strings.TrimSpace(root), "lib", "wasm", "wasm_exec.js")); err != nil {
		return nil, fmt.Errorf("the Go toolchain has no WebAssembly support file: %w", err)
	}
	folder, err := os.MkdirTemp("", "playground")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	compiled, err := compile(ctx, folder)
	if err != nil {
		return nil, err
	}
	if s[program], err = pack(compiled); err != nil {
		return nil, err
	}
	s["first.json"], err = firstAnswer(s["samples/library.csv"])
	return s, err
}

// firstAnswer is what the page shows while the program loads.
func firstAnswer(sample []byte) ([]byte, error) {
	request, err := json.Marshal(playground.Request{Name: "library.csv", Text: string(sample)})
	return new(playground.Session).Answer(request), err
}

// source is where the program is, in the module that the command is run in or under test.
const source = "github.com/backlogkit/backlogkit/examples/playground/wasm"

// compile returns the program, small enough for the page to stay within 3.0 MB: without inlining it is an eighth smaller
// once compressed, without the checks of bounds a thirtieth. The same code runs with these checks in its own tests and
// fuzz targets, and the tests of the page compare the two byte for byte; a bug that would stop the native program shows
// as another answer here.
func compile(ctx context.Context, folder string) ([]byte, error) {
	file := filepath.Join(folder, "playground.wasm")
	environment := append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	_, err := goCommand(ctx, environment, "build", "-trimpath", "-ldflags=-s -w", "-gcflags=all=-l -B", "-o", file, source)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

func goCommand(ctx context.Context, environment []string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "go", args...)
	command.Env = environment
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, said.Bytes())
	}
	return string(out), nil
}

// policy lets the page load and ask for nothing but its own files.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; " +
	"img-src 'self' blob:; base-uri 'none'; form-action 'none'"

// ServeHTTP serves the files.
func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" || name == "." {
		name = "index.html"
	}
	file, ok := s[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Type", contentType(name))
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	_, _ = w.Write(file)
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".svg":
		return "image/svg+xml"
	case ".gz":
		return "application/gzip"
	}
	return "text/plain; charset=utf-8"
}

// write writes the files into a folder, and prints how large they are when they are sent compressed.
func (s site) write(folder string, stdout io.Writer) error {
	total := 0
	for _, name := range slices.Sorted(maps.Keys(s)) {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, s[name], 0o644); err != nil { //nolint:gosec // anybody may read the page
			return err
		}
		n := s.sent(name)
		total += n
		_, _ = fmt.Fprintf(stdout, "%9d  %s\n", n, filepath.Join(folder, name))
	}
	_, err := fmt.Fprintf(stdout, "%9d  bytes in all, compressed\n", total)
	return err
}

// sent returns the size of a file when it is compressed.
func (s site) sent(name string) int {
	if path.Ext(name) == ".gz" {
		return len(s[name])
	}
	return len(compressed(s[name]))
}
