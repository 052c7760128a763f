package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/service/store/storetest"
)

var screens = flag.String("screens", "", "write screenshots of the pages into this `FOLDER`")

// browser is a Chromium with one person in front of it.
type browser struct {
	t   testing.TB
	ctx context.Context //nolint:containedctx // in which chromedp keeps the browser
	url string
}

// openBrowser starts a Chromium with a profile of its own.
func openBrowser(t testing.TB, url string) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		storetest.Missing(t, "needs Chromium (Debian: apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	require.NoError(t, chromedp.Do(ctx)) // starts it
	t.Cleanup(func() { stop(); stopAllocator() })
	return &browser{t, ctx, url}
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
	for tries := 0; err != nil && tries < 5 && strings.Contains(err.Error(), "Could not find node"); tries++ {
		time.Sleep(200 * time.Millisecond) // the page was drawn anew between finding and acting, since somebody else changed something
		found, err = chromedp.Run(ctx, action)
	}
	if err != nil {
		text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.pathname + "\n" + document.body.innerText`))
		b.t.Fatalf("%v, on %.2000s", err, text)
	}
	return found
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.url+path), chromedp.WaitVisible("main h1"))
}

func (b *browser) signIn(name string) {
	b.t.Helper()
	b.open("/")
	b.run(chromedp.Click(`//button[text()="Sign in as `+name+`"]`), chromedp.WaitVisible(".who"))
}

func (b *browser) click(xpath string) {
	b.t.Helper()
	b.run(chromedp.ScrollIntoView(xpath), chromedp.Click(xpath))
}

// see waits until the page shows a text.
func (b *browser) see(selector, text string) {
	b.t.Helper()
	quoted, err := json.Marshal(text)
	require.NoError(b.t, err)
	script := fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%s))`, selector, quoted)
	for range 100 {
		if value(b, chromedp.Evaluate[bool](script)) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.t.Fatalf("%s does not show %q, but %.2000s", selector, text, value(b, chromedp.Evaluate[string](`document.body.innerText`)))
}

// titles returns the titles of the cards below a place, in their order.
func (b *browser) titles(selector string) []string {
	b.t.Helper()
	return value(b, chromedp.Evaluate[[]string](fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.innerText)`, selector+" .card .title")))
}

// drag takes one element with the mouse to another; while it is over it, seen is called.
func (b *browser) drag(from, to string, seen func()) {
	b.t.Helper()
	b.run(chromedp.ScrollIntoView(from))
	type point struct{ X, Y float64 }
	at := func(selector string) point {
		return value(b, chromedp.Evaluate[point](fmt.Sprintf(
			`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return {X: r.x + r.width / 2, Y: r.y + 6} })()`, selector)))
	}
	start, end := at(from), at(to)
	press := chromedp.MouseEvent(chromedp.MousePressed, start.X, start.Y, chromedp.ButtonLeft, once)
	moves := []chromedp.Action[chromedp.Void]{press}
	for i := range 6 {
		moves = append(moves, chromedp.MouseEvent(chromedp.MouseMoved, start.X+float64(4*i), start.Y+float64(2*i), chromedp.ButtonLeft, held))
	}
	command(b, input.SetInterceptDrags, input.SetInterceptDragsParams{Enabled: true})
	taken := value(b, chromedp.WaitEvent(input.DragIntercepted, func(input.EventDragIntercepted) bool { return true }, chromedp.Steps(moves...)))
	event := func(typ input.DispatchDragEventType) {
		b.t.Helper()
		command(b, input.DispatchDragEvent, input.DispatchDragEventParams{Type: typ, X: end.X, Y: end.Y, Data: taken.Data})
	}
	event(input.DispatchDragEventTypeDragEnter)
	event(input.DispatchDragEventTypeDragOver)
	if seen != nil {
		seen()
	}
	end = at(to) // a reason that shows may have moved it
	event(input.DispatchDragEventTypeDragOver)
	event(input.DispatchDragEventTypeDrop)
	b.run(chromedp.MouseEvent(chromedp.MouseReleased, end.X, end.Y, chromedp.ButtonLeft, once))
	command(b, input.SetInterceptDrags, input.SetInterceptDragsParams{})
}

func once(p *input.DispatchMouseEventParams) { p.ClickCount, p.Buttons = 1, 1 }
func held(p *input.DispatchMouseEventParams) { p.Buttons = 1 }

// command sends one of the browser's own commands.
func command[P, R any](b *browser, c cdp.Command[P, R], params P) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, c, params)
	require.NoError(b.t, err)
}

// wcag are the rules of WCAG 2.2 AA, as axe names them.
const wcag = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`

// axe runs rules over the page.
func (b *browser) axe(what, rules string) {
	b.t.Helper()
	library := os.Getenv("AXE_CORE")
	if library == "" {
		library = filepath.Join("node_modules", "axe-core", "axe.min.js")
	}
	script, err := os.ReadFile(library)
	if err != nil {
		storetest.Missing(b.t, "needs axe-core (npm install --no-save axe-core@4.14.1, or AXE_CORE=FILE): %v", err)
	}
	b.run(chromedp.Evaluate[chromedp.Void](string(script) + "; 1"))
	found := value(b, chromedp.Evaluate[[]string](`axe.run(document, {runOnly: `+rules+`}).then((r) =>
		r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 150) + " – " + n.failureSummary.slice(0, 300))))`,
		chromedp.EvalAwaitPromise))
	require.Empty(b.t, found, what)
}

// shoot writes a picture of the page if that is asked for.
func (b *browser) shoot(name string) {
	b.t.Helper()
	if *screens == "" {
		return
	}
	picture := value(b, chromedp.CaptureScreenshot())
	require.NoError(b.t, os.WriteFile(filepath.Join(*screens, name+".png"), picture, 0o644))
}

// Every page is legible and can be used by whoever uses a keyboard, a screen reader, a phone, or dark colours.
func TestAccessible(t *testing.T) {
	s := start(t, "", nil)
	b := openBrowser(t, s.url)
	b.open("/")
	b.axe("sign-in", wcag)
	b.shoot("sign-in")
	b.signIn("Otto")
	b.axe("products", wcag)
	paths := map[string]string{"story": "stories/" + demoStoryID("Pay by invoice").String()}
	for _, p := range productPages() {
		paths[p.path] = p.path
	}
	for name, path := range paths {
		t.Run(name, func(t *testing.T) {
			b := *b
			b.t = t
			b.looksRight(name, path)
		})
	}
}

func (b *browser) looksRight(name, path string) {
	b.t.Helper()
	for scheme, rules := range map[string]string{"light": wcag, "dark": `["color-contrast"]`} {
		command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		b.open("/p/shop/" + path)
		b.run(chromedp.Sleep(200 * time.Millisecond))
		b.axe(name+", "+scheme, rules)
		b.shoot(name + "-" + scheme)
	}
	b.run(chromedp.EmulateViewport(375, 800))
	b.open("/p/shop/" + path)
	wide := value(b, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`))
	require.False(b.t, wide, "%s is wider than a phone", name)
	b.axe(name+", phone", `["target-size", "scrollable-region-focusable"]`)
	b.shoot(name + "-phone")
	b.run(chromedp.EmulateViewport(1280, 900))
}

// A newcomer's tour, with the mouse and with the keyboard, and a second person who looks on.
func TestTour(t *testing.T) {
	s := start(t, "", nil)
	otto, stan := openBrowser(t, s.url), openBrowser(t, s.url)
	otto.signIn("Otto")
	stan.signIn("Stan")
	stan.open("/p/shop/board")

	// Order: by the mouse, then by the keyboard alone.
	otto.open("/p/shop/order")
	before := otto.titles(".order")
	otto.drag(".order .card:nth-child(3)", ".order .card:nth-child(1)", nil)
	otto.see("#notice", "Done: move stories")
	require.Equal(t, []string{before[2], before[0], before[1]}, otto.titles(".order")[:3])
	otto.run(chromedp.Focus(".order .card:nth-child(1) .later"), chromedp.KeyEvent("\r"))
	otto.see(".order .card:nth-child(1) .title", before[0])
	focused := value(otto, chromedp.Evaluate[string](`document.activeElement.getAttribute("aria-label")`))
	require.Equal(t, "Later: “"+before[2]+"”", focused, "the focus stays with the story that was moved")

	// An export of a tracker comes in, and is seen by whoever looks.
	export := filepath.Join(t.TempDir(), "export.csv")
	require.NoError(t, os.WriteFile(export, []byte("Issue key,Summary,Issue Type,Status\nTR-1,Print a gift card,Story,To Do\n"), 0o600))
	paula := openBrowser(t, s.url)
	paula.signIn("Paula")
	paula.open("/p/shop/import")
	paula.run(chromedp.SetUploadFiles("#file", []string{export}))
	paula.click(`//button[text()="Look first"]`)
	paula.see("#import-report", "1 new")
	stan.see(".board", "Pay by invoice")
	paula.click(`//button[text()="Import"]`)
	paula.see("#notice", "Imported.")
	stan.see(".board", "Print a gift card")

	// The board: what is refused says why before the drop and after it.
	otto.open("/p/shop/board")
	invoice := "#story-" + demoStoryID("Pay by invoice").String()
	accepted := `.column[data-state="accepted"]`
	otto.drag(invoice, accepted+" h2", func() { otto.see(accepted+" .why", "no move from ready to accepted") })
	otto.see("#alert", "The workflow has no such step")
	otto.see("#alert", "no move from ready to accepted")
	otto.shoot("refused")
	otto.drag(invoice, `.column[data-state="draft"] h2`, nil)
	otto.see("#notice", "Done: set story status")
	stan.see(`.column[data-state="draft"]`, "Pay by invoice") // live

	// The same with the keyboard, and the refusal is read where it is.
	otto.run(chromedp.Focus(invoice+" .move"), chromedp.KeyEvent("\r"), chromedp.WaitVisible("#moves[open]"))
	otto.see("#moves li", "may not move a story through the work; that needs developer")
	otto.shoot("moves")
	otto.click(`//dialog[@id="moves"]//button[text()="to ready"]`)
	otto.see(`.column[data-state="ready"]`, "Pay by invoice")

	// Stan looks on: he may do nothing, and learns who may.
	stan.see(`.column[data-state="ready"]`, "Pay by invoice")
	stan.run(chromedp.Focus(invoice+" .move"), chromedp.KeyEvent("\r"), chromedp.WaitVisible("#moves[open]"))
	stan.see("#moves li", "that needs product owner")

	// Dana reports what holds a story up, and it is resolved where it shows.
	dana := openBrowser(t, s.url)
	dana.signIn("Dana")
	dana.open("/p/shop/stories/" + demoStoryID("Pay by invoice").String())
	dana.click(`//summary[text()="Report an impediment"]`)
	dana.run(chromedp.SendKeys("#impediment", "No contract with the bank"))
	dana.click(`//button[text()="Report it"]`)
	dana.see("main", "held up by an impediment: No contract with the bank")
	dana.shoot("impediment")
	otto.open("/p/shop/board")
	otto.see(invoice, "impediment: No contract with the bank")
	dana.run(chromedp.SendKeys(`//input[starts-with(@id, "resolve-")]`, "Signed"))
	dana.click(`//button[text()="It is resolved"]`)
	dana.see("#notice", "Done: resolve impediment")

	// The story map grows by a step, and a story is put below it.
	paula.open("/p/shop/story-map")
	paula.run(chromedp.SendKeys("#step-1", "Give it away"))
	paula.click(`(//button[text()="Add the step"])[2]`)
	paula.see(".map thead", "Give it away")
	otto.open("/p/shop/story-map")
	otto.run(chromedp.Evaluate[chromedp.Void](`document.getElementById("map-story").value = [...document.querySelectorAll("#map-story option")].find((o) => o.text === "Print a gift card").value;
		document.getElementById("map-step").value = [...document.querySelectorAll("#map-step option")].find((o) => o.text === "Give it away").value; 1`))
	otto.click(`//button[text()="Put it there"]`)
	otto.see(".map tbody", "Print a gift card")
	otto.open("/p/shop/story-map")
	otto.shoot("story-map")

	// The editor underlines while one writes.
	otto.open("/p/shop/stories/" + demoStoryID("Pay by invoice").String())
	otto.run(chromedp.Evaluate[chromedp.Void](`narrative.setSelectionRange(1e6, 1e6)`), chromedp.SendKeys("#narrative", " (soon)"))
	otto.see("#narrative-findings li", "bracket")
	otto.see(".behind mark", "(soon)")
	otto.shoot("editor")

	// A sprint is planned with what fits, is refused while another one runs, and runs then.
	otto.open("/p/shop/sprints?capacity=12")
	otto.run(chromedp.SetValue("#name", "Sprint 8"), chromedp.SetValue("#goal", "Invoices"))
	otto.click(`//button[text()="Plan"]`)
	otto.see("#notice", "Done: plan sprint")
	otto.see("main details", "too large")
	otto.click(`//button[text()="Take them into Sprint 8"]`)
	otto.see("#notice", "Done: commit stories")
	otto.click(`//button[text()="Start Sprint 8"]`)
	otto.see("#alert", "A rule stands against it")
	otto.click(`//button[text()="Close Sprint 7"]`)
	otto.see("#notice", "Done: close sprint")
	otto.click(`//button[text()="Start Sprint 8"]`)
	otto.see("#notice", "Done: start sprint")

	// Dana works, Otto accepts, and the forecast has one less to count.
	dana.open("/p/shop/board")
	otto.open("/p/shop/forecast")
	otto.see("main", "15 stories are open")
	card := "#story-" + demoStoryID("Refund an order").String()
	dana.drag(card, `.column[data-state="in_progress"] h2`, nil)
	dana.see("#notice", "Done: set story status")
	dana.drag(card, `.column[data-state="in_review"] h2`, nil)
	dana.see(`.column[data-state="in_review"]`, "Refund an order")
	board := openBrowser(t, s.url)
	board.signIn("Otto")
	board.open("/p/shop/board")
	board.drag(card, accepted+" h2", nil)
	board.see("#notice", "Done: accept story")
	otto.see("main", "14 stories are open") // live, too

	// History: the acceptance is taken back.
	board.open("/p/shop/history")
	board.see(".history li:first-child", "accepted by Otto")
	board.click(`(//button[text()="Take back"])[1]`)
	board.see(".history li:first-child", "revert")
	otto.see("main", "15 stories are open")
	if *screens != "" {
		board.shoot("history")
	}
}
