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
	"github.com/chromedp/chromedp/kb"
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
	"tracker.csv":      {"backlog", "sequence", "needs", "forecast", "flow", "roadmap", "storymap"},
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
			script[any](b, `new Promise((done) => {
				const look = () => state.name === %[1]q && !busy && $("view-%[2]s") ? done($("view-%[2]s").click()) : setTimeout(look, 20);
				look();
			})`, sample, view)
			b.colours("light")
			b.settle()
			require.Equal(t, view, script[string](b, `answer.view`))
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

// The program in the page answers with the same bytes as a native one: here in Chromium.
func TestSameInChromium(t *testing.T) {
	b := openBrowser(t)
	b.open("")
	b.see("#summary", "First")
	all := requests(t)
	asked, err := json.Marshal(all)
	require.NoError(t, err)
	got := script[[]string](b, `new Promise((done, fail) => {
		const worker = new Worker("worker.js"), requests = %s, responses = [];
		const next = () => worker.postMessage({ id: 1, request: requests[responses.length] });
		worker.onmessage = ({ data }) => {
			if (data.failed) fail(data.failed);
			responses.push(data.response);
			if (responses.length < requests.length) next();
			else done(responses);
		};
		next();
	})`, asked)
	for i, want := range native(all) {
		require.Equal(t, want, got[i], "%.300s", all[i])
	}
}

// drop drops a file on the page.
func (b *browser) drop(name, content string) {
	b.t.Helper()
	script[any](b, `(() => {
		const data = new DataTransfer();
		data.items.add(new File([%s], %s));
		document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`, quoted(content), quoted(name))
}

// paste pastes a text outside of any field.
func (b *browser) paste(content string) {
	b.t.Helper()
	script[any](b, `(() => {
		const data = new DataTransfer();
		data.setData("text/plain", %s);
		document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	})()`, quoted(content))
}

// A newcomer's tour: a result at once, numbers that turn the order, files of each kind, what is wrong beside the text,
// downloads, and a link that brings all of it back.
func TestTour(t *testing.T) {
	b := openBrowser(t)
	b.open("")
	b.see("#summary", "14 items by WSJF. First: Remind before a loan is due.")
	t.Logf("first result %.0f ms after the page was opened", script[float64](b, `Number(document.body.dataset.first)`))
	b.shoot("first")

	// The keyboard alone moves a number, and the order turns.
	require.Equal(t, "Scan a card at the door", b.column("Ranking", 1)[1])
	b.run(chromedp.Focus("#move-job_size"), chromedp.KeyEvent(kb.Home)) // the least
	b.see("#blocks", "With the number that you moved")
	require.Equal(t, "Scan a card at the door", b.column("Ranking", 1)[0])
	require.Equal(t, "1 (was 2)", b.column("Ranking", 0)[0])
	require.Equal(t, "move-job_size", script[string](b, `document.activeElement.id`), "the slider stays in hand")
	b.shoot("moved")

	// A link holds the text, the view and the moved number.
	link := script[string](b, `linkOf(state)`)
	b.open(link)
	b.see("#blocks", "With the number that you moved")
	require.Equal(t, "Scan a card at the door", b.column("Ranking", 1)[0])
	b.click(`//button[text()="Put all back"]`)
	b.see("#blocks", "1 tie")
	b.settle()
	require.Equal(t, "Remind before a loan is due", b.column("Ranking", 1)[0])
	for _, link := range script[[]string](b, `(async () => {
		const pack = async (text) => {
			const bytes = new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
			let binary = "";
			for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
			return "#1" + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
		};
		return Promise.all(["#1broken", "#1" + btoa("x".repeat(5000)), "#1%%00%%ff<script>alert(1)</script>", pack("null"), pack("[]"), pack("{"), pack('{"text":1}'),
			pack('{"moves":[null]}'), pack('{"moves":[{"row":1}]}'), pack('{"moves":{}}'), pack('{"item":1.5}'), pack('{"rows":1e300}'),
			pack('{"text":"' + "x".repeat(1e8) + '"}')]);
	})()`) {
		b.open(link)
		b.see("#why", "The link cannot be read")
		b.see("#summary", "14 items by WSJF")
	}
	b.open("#1" + script[string](b, `linkOf({...state, view: "<img src=x onerror=alert(1)>", name: "<b>", text: "title,value,effort\n<img src=x onerror=alert(1)>,1,2\n", method: "constructor", rows: 1e9, moves: []})`)[2:])
	b.see("#blocks", "<img src=x onerror=alert(1)>")
	require.Zero(t, script[int](b, `document.querySelectorAll("img[src=x]").length`))
	b.open("")
	b.see("#summary", "First")

	// Another method, and views by the arrow keys.
	b.settle()
	b.choose("method", "rice")
	b.see("#summary", "13 items by RICE, 1 unscored")
	require.Equal(t, []string{"confidence is missing"}, b.column("Not scored", 1))
	b.run(chromedp.Focus("#view-rank"), chromedp.KeyEvent(kb.ArrowRight))
	b.see("#summary", "5 methods, the same 14 items")
	require.Equal(t, "view-compare", script[string](b, `document.activeElement.id`))
	require.NotZero(t, script[float64](b, `document.querySelector("#blocks img").naturalWidth`))

	b.downloads()
	b.kinds()

	// Nothing leaves the tab.
	require.Equal(t, "connect-src", script[string](b, `new Promise((done) => {
		document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
		fetch("https://example.com/").then(() => done("sent"), () => {});
	})`))
}

// saved returns what was downloaded of a type.
func (b *browser) saved(kind string) string {
	b.t.Helper()
	return script[string](b, `new Promise((done) => { const look = () => saved[%[1]q] === undefined ? setTimeout(look, 20) : done(saved[%[1]q]); look(); })`, kind)
}

// downloads checks that files have the bytes of the library.
func (b *browser) downloads() {
	b.t.Helper()
	script[any](b, `(() => {
		window.saved = {};
		const address = URL.createObjectURL;
		URL.createObjectURL = (blob) => { blob.text().then((text) => { saved[blob.type] = text; }); return address(blob); };
	})()`)
	state := script[string](b, `JSON.stringify(state)`)
	for as, kind := range map[string]string{"csv": "text/csv", "json": "application/json", "markdown": "text/markdown"} {
		title := map[string]string{"csv": "CSV", "json": "JSON", "markdown": "Markdown"}[as]
		b.settle()
		b.run(chromedp.Click("#downloads summary"))
		b.click(`//div[@class="row tools"]//button[text()="` + title + `"]`)
		b.see("#summary", "is downloaded")
		b.settle()
		var response struct{ File struct{ Text string } }
		require.NoError(b.t, json.Unmarshal([]byte(native([]string{state[:len(state)-1] + `,"as":"` + as + `"}`})[0]), &response))
		require.Equal(b.t, response.File.Text, b.saved(kind))
	}
	b.click(`//button[text()="Download ranks.svg"]`)
	require.Contains(b.t, b.saved("image/svg+xml"), "<title>The rank of each item</title>")
}

// kinds brings a text of each kind in, and makes a mistake in it.
func (b *browser) kinds() {
	b.t.Helper()
	b.drop("shop.feature", "Feature: Pay\n  Scenario: By card\n    When I pay\n")
	b.see("#summary", "1 scenario, 1 finding")
	b.see("#marks", "has no Then step")
	b.drop("shop.feature", "Feature: Pay\n  Scenario: By card\n    When I pay\n    Whenever\n    Then it is paid\n")
	b.see("#marks .error", "4:5")
	b.see(".behind mark.error", "Whenever")

	b.paste("As a visitor, I want to pay (or not)\n")
	b.see("#summary", "1 user story in 1 line")
	b.see(".behind mark", "(or not)")
	b.run(chromedp.Evaluate[chromedp.Void](`text.setSelectionRange(1e6, 1e6)`), chromedp.SendKeys("#text", "As a visitor, I want it to be fast"))
	b.see("#summary", "2 user stories in 2 lines")

	b.paste("Initiative;Reach;Impact;Confidence;Effort (weeks)\nNew cart;1200;2;80%;3\nOld cart;soon;1;50%;1\n")
	b.see("#summary", "1 item by RICE, 1 unscored")
	b.see("#marks", "3:1")
	b.paste("title,value,effort\na,1,2\nb,x,0\n")
	b.see("#marks .error", `value is "x"`)
	b.see(".behind mark.error", "x")
	script[any](b, `document.querySelector("#marks button").click()`)
	require.Equal(b.t, "x", script[string](b, `text.value.slice(text.selectionStart, text.selectionEnd)`), "the list leads to the place")

	b.drop("export.csv", "Issue key,Summary,Issue Type,Status,Inward issue link (Blocks)\nTR-1,Print a gift card,Story,To Do,\nTR-2,Sell it,Story,To Do,TR-1\n")
	b.see("#summary", "2 items of 2 rows in jira-csv")
	b.see("#blocks", "waits for TR-1 Print a gift card")
	b.drop("empty.csv", "")
	b.see("#summary", "There is nothing yet")
	b.drop("x.json", "{")
	b.see("#marks", "error")
	b.paste("id,title,size,cost_of_delay,needs\na,A,1,1,b\nb,B,1,1,a\n")
	b.see("#summary", "in a circle")
}

// A sheet of 10,000 rows is ranked without freezing the page.
func TestLarge(t *testing.T) {
	b := openBrowser(t)
	b.open("")
	b.see("#summary", "First")
	b.settle()
	type figures struct {
		Took, Ranked, Longest float64
		Ticks                 int
		Put, Showed           float64 // what the page itself did: taking the text, and showing the answer
	}
	found := script[figures](b, `new Promise((done) => {
		let sheet = "title,reach,impact,confidence,effort\n";
		for (let i = 1; i <= 10000; i++) sheet += "item " + i + "," + (i * 7919) %% 10007 + ",2,0.8," + (i %% 13 + 1) + "\n";
		let ticks = 0, longest = 0, last = performance.now();
		const begun = last, timer = setInterval(() => {
			const now = performance.now();
			ticks++;
			longest = Math.max(longest, now - last);
			last = now;
			if (!answer.summary?.startsWith("10000 items by RICE") || busy) return;
			clearInterval(timer);
			done({ Took: now - begun, Ranked: Number(document.body.dataset.took), Longest: longest, Ticks: ticks, Put: took, Showed: showed });
		}, 10);
		let showed = 0;
		const original = showBlocks;
		showBlocks = (blocks) => { const at = performance.now(); original(blocks); document.body.offsetHeight; showed = performance.now() - at; };
		const at = performance.now();
		put("large.csv", sheet);
		document.body.offsetHeight;
		const took = performance.now() - at;
	})`)
	t.Logf("10,000 rows: shown after %.0f ms, of which the library took %.0f; the page was never busy longer than %.0f ms; putting it there took %.0f, showing %.0f",
		found.Took, found.Ranked, found.Longest, found.Put, found.Showed)
	require.Greater(t, found.Ticks, 5, "the page lives on meanwhile")
	require.Less(t, found.Longest, found.Took/2, "were it ranked in the page itself, the page would stand still all the time")
	require.Len(t, b.column("Ranking", 1), 100)
	b.click(`//button[contains(text(), "Show more")]`)
	b.settle()
	require.Len(t, b.column("Ranking", 1), 200)
}
