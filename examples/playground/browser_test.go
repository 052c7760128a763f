package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

var screens = flag.String("screens", "", "write screenshots of the page into this `FOLDER`")

// missing skips a test that lacks something, or fails it where SERVICE_REQUIRE or PLAYGROUND_REQUIRE is set.
func missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("SERVICE_REQUIRE") != "" || os.Getenv("PLAYGROUND_REQUIRE") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// built is the page, built once for all tests.
var built = sync.OnceValues(func() (site, error) { return build(context.Background()) })

// browser is a Chromium with the page in it.
type browser struct {
	t   testing.TB
	ctx context.Context //nolint:containedctx // in which chromedp keeps the browser
	url string
}

func openBrowser(t testing.TB) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		missing(t, "needs Chromium (Debian: apt-get install chromium)")
	}
	pages, err := built()
	require.NoError(t, err)
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1360, 900))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	require.NoError(t, chromedp.Do(ctx)) // starts it
	t.Cleanup(func() { stop(); stopAllocator() })
	return &browser{t, ctx, server.URL}
}

func (b *browser) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	value(b, chromedp.Steps(actions...))
}

// value runs an action and returns what it found.
func value[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	found, err := chromedp.Run(ctx, action)
	if err != nil {
		text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body.innerText`))
		b.t.Fatalf("%v, on %.2000s", err, text)
	}
	return found
}

// script runs JavaScript in the page, and waits for what it promises.
func script[T any](b *browser, format string, args ...any) T {
	b.t.Helper()
	return value(b, chromedp.Evaluate[T](fmt.Sprintf(format, args...), chromedp.EvalAwaitPromise))
}

func quoted(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}

func (b *browser) open(fragment string) {
	b.t.Helper()
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(b.url+"/"+fragment))
}

// see waits until the page shows a text.
func (b *browser) see(selector, text string) {
	b.t.Helper()
	for range 200 {
		if script[bool](b, `[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%s))`, selector, quoted(text)) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s does not show %q, but %.3000s", selector, text, script[string](b, `document.body.innerText`))
}

func (b *browser) click(xpath string) {
	b.t.Helper()
	b.run(chromedp.ScrollIntoView(xpath), chromedp.Click(xpath))
}

// settle waits until everything that was asked for is shown.
func (b *browser) settle() {
	b.t.Helper()
	for range 400 {
		if script[bool](b, `document.getElementById("panel").getAttribute("aria-busy") === "false" && busy === null`) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.t.Fatal("the page is busy for ten seconds")
}

// choose chooses an option as a person does.
func (b *browser) choose(id, option string) {
	b.t.Helper()
	script[any](b, `(() => { const s = document.getElementById(%q); s.value = %q; s.dispatchEvent(new Event("change", {bubbles: true})) })()`, id, option)
}

// column returns the cells of a column of the table with a title.
func (b *browser) column(title string, number int) []string {
	b.t.Helper()
	return script[[]string](b, `[...document.querySelectorAll("#blocks section")].filter((s) => s.querySelector("h3").innerText === %s)
		.flatMap((s) => [...s.querySelectorAll("tbody tr")].map((r) => r.children[%d].innerText))`, quoted(title), number)
}

// command sends one of the browser's own commands.
func command[P, R any](b *browser, c cdp.Command[P, R], params P) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, c, params)
	require.NoError(b.t, err)
}

func (b *browser) colours(scheme string) {
	b.t.Helper()
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// shoot writes a picture of the page if that is asked for.
func (b *browser) shoot(name string) {
	b.t.Helper()
	if *screens == "" {
		return
	}
	picture := value(b, chromedp.CaptureScreenshot())
	require.NoError(b.t, os.WriteFile(filepath.Join(*screens, name+".png"), picture, 0o600))
}

// views are the views of each sample.
var views = map[string][]string{
	"library.csv":      {"rank", "compare", "sure", "sequence"},
	"jobs.csv":         {"sequence", "needs"},
	"stories.txt":      {"stories"},
	"checkout.feature": {"feature"},
	"tracker.csv":      {"backlog", "sequence", "needs", "forecast", "flow", "roadmap"},
}

// Every view is legible and can be used by whoever uses a keyboard, a screen reader, a phone, or dark colours.
func TestAccessible(t *testing.T) {
	library := os.Getenv("AXE_CORE")
	if library == "" {
		library = filepath.Join("node_modules", "axe-core", "axe.min.js")
	}
	axe, err := os.ReadFile(library)
	if err != nil {
		missing(t, "needs axe-core (npm install --no-save axe-core@4.14.1, or AXE_CORE=FILE): %v", err)
	}
	b := openBrowser(t)
	const wcag = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	check := func(what, rules string) {
		t.Helper()
		b.run(chromedp.Evaluate[chromedp.Void](`globalThis.axe ? 1 : (() => {` + string(axe) + `})(); 1`))
		require.Empty(t, script[[]string](b, `axe.run(document, {runOnly: %s}).then((r) =>
			r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 150) + " – " + n.failureSummary.slice(0, 300))))`, rules), what)
	}
	b.open("")
	b.see("#summary", "First")
	for sample, names := range views {
		b.choose("sample", sample)
		for _, view := range names {
			b.run(chromedp.WaitVisible("#view-"+view), chromedp.Click("#view-"+view), chromedp.WaitVisible("#view-"+view+"[aria-selected=true]"))
			b.settle()
			check(sample+" "+view, wcag)
			b.shoot(view + "-" + sample + "-light")
			b.colours("dark")
			check(sample+" "+view+", dark", `["color-contrast"]`)
			b.shoot(view + "-" + sample + "-dark")
			b.run(chromedp.EmulateViewport(375, 800))
			require.False(t, script[bool](b, `document.documentElement.scrollWidth > innerWidth`), "%s %s is wider than a phone", sample, view)
			b.colours("light")
			b.shoot(view + "-" + sample + "-phone")
			b.run(chromedp.EmulateViewport(1360, 900))
		}
	}
}
