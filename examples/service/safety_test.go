package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// Who acts is whom the token belongs to, whatever else a request has to say of it.
func TestForgedActor(t *testing.T) {
	s := start(t, "", nil)
	otto := object{"name": "Otto", "roles": []object{{"role": "product_owner"}}}
	body := changes("add_story", newStory("Forged"))
	for _, forged := range []object{
		{"changes": body["changes"], "by": otto},
		{"changes": body["changes"], "actor": "Otto"},
		{"changes": []object{{"kind": "add_story", "change": newStory("Forged"), "by": otto}}},
		{"changes": []object{{"kind": "add_story", "change": object{"story": newStory("x")["story"], "by": otto}}}},
	} {
		require.Equal(t, http.StatusBadRequest, s.do("demo-stan", forged).code)
	}
	for _, header := range []string{"X-Forwarded-User", "X-Remote-User", "From", "X-Actor"} {
		require.Equal(t, http.StatusForbidden, s.do("demo-stan", body, header, "Otto").code)
	}
	require.Equal(t, http.StatusForbidden, s.do("demo-stan", changes("grant_role", object{"person": "Stan", "role": "product_owner"})).code)
	require.Equal(t, http.StatusForbidden, s.do("demo-paula", changes("grant_role", object{"person": "Paula", "role": "product_owner"})).code, "nobody grants to themselves")
}

// A product is not there for those who have no part in it, nor are its stories below another product.
func TestOtherProduct(t *testing.T) {
	s := start(t, "", nil)
	require.Equal(t, http.StatusOK, s.ask("demo-stan", http.MethodPost, "/api/products", object{"product": "secret"}).code)
	require.Equal(t, http.StatusConflict, s.ask("demo-dana", http.MethodPost, "/api/products", object{"product": "secret"}).code)
	unknown := s.ask("demo-dana", http.MethodGet, "/api/products/unknown", nil).problem(t)
	for _, route := range routes() {
		if !strings.Contains(route.path, "{product}") {
			continue
		}
		path := strings.NewReplacer("{product}", "secret", "{story}", demoStoryID("Pay by invoice").String(),
			"{item}", demoStoryID("Pay by invoice").String(), "{seq}", "1", "{picture}", "flow").Replace(route.path)
		body := any(nil)
		if route.method == http.MethodPost {
			body = object{}
			if strings.HasSuffix(path, "/changes") || strings.HasSuffix(path, "/check") {
				body = changes("set_vision", object{"vision": object{"text": "mine"}})
			}
		}
		p := s.ask("demo-dana", route.method, path, body).problem(t)
		require.Equal(t, http.StatusNotFound, p.Status, path)
		require.Equal(t, unknown.Detail, p.Detail, path)
	}
	var mine productsAnswer
	s.get("demo-dana", "/api/products", &mine)
	require.Equal(t, []string{demoProduct}, mine.Products)
	s.get("demo-stan", "/api/products", &mine)
	require.Equal(t, []string{"secret", demoProduct}, mine.Products)
	require.Equal(t, http.StatusNotFound, s.ask("demo-stan", http.MethodGet, "/api/products/secret/stories/"+demoStoryID("Pay by invoice").String(), nil).code)
}

// What another site makes a browser send is refused, though the cookie comes with it.
func TestCrossSite(t *testing.T) {
	s := start(t, "", nil)
	signIn := s.ask("", http.MethodPost, "/sign-in", "token=demo-otto", "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusSeeOther, signIn.code)
	cookie := signIn.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax"} {
		require.Contains(t, cookie, want)
	}
	session := strings.Split(cookie, ";")[0]
	body := changes("add_story", newStory("From elsewhere"))
	mine := []string{"Cookie", session}
	require.Equal(t, http.StatusOK, s.do("", body, append(mine, "Sec-Fetch-Site", "same-origin", "Origin", s.url)...).code)
	body = changes("add_story", newStory("From elsewhere"))
	require.Equal(t, http.StatusForbidden, s.do("", body, append(mine, "Sec-Fetch-Site", "cross-site")...).code)
	require.Equal(t, http.StatusForbidden, s.do("", body, append(mine, "Origin", "https://evil.example")...).code)
	form := slices.Concat(mine, []string{"Content-Type", "text/plain"}) // what a form can send without asking first
	require.Equal(t, http.StatusUnsupportedMediaType, s.do("", body, form...).code)
	require.Empty(t, s.ask("demo-otto", http.MethodGet, shop, nil, "Origin", "https://evil.example").header.Get("Access-Control-Allow-Origin"))

	require.Equal(t, http.StatusSeeOther, s.ask("", http.MethodPost, "/sign-out", nil, mine...).code)
	require.Equal(t, http.StatusUnauthorized, s.do("", body, mine...).code)
}

// Whatever a text field holds, it is text on every page.
func TestMarkupInTexts(t *testing.T) {
	s := start(t, "", nil)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}</textarea></title>`
	id := demoStoryID("Pay by invoice")
	made := s.do("demo-otto", changes(
		"edit_story", object{
			"story": id, "title": evil, "description": evil, "key": "<b>", "labels": []string{evil},
			"narrative": object{"role": evil, "goal": evil, "benefit": evil},
		},
		"add_criterion", object{"story": id, "criterion": object{"id": demoID("evil"), "text": evil}},
		"assign_story_assignee", object{"story": id, "assignee": evil},
		"assign_story_team", object{"story": id, "team": evil},
	))
	require.Equal(t, http.StatusOK, made.code, string(made.body))
	made = s.do("demo-dana", changes("add_task", object{"story": id, "task": object{"id": demoID("evil task"), "title": evil, "assignee": evil}},
		"plan_sprint", object{"sprint": object{"id": demoID("evil sprint"), "name": evil, "goal": evil, "capacity": "5"}}))
	require.Equal(t, http.StatusOK, made.code, string(made.body))
	made = s.do("demo-paula", changes("set_vision", object{"vision": object{"text": evil, "target_group": evil}},
		"add_goal", object{"goal": object{"id": demoID("evil goal"), "title": evil}},
		"add_horizon", object{"horizon": object{"id": demoID("evil horizon"), "name": evil}},
		"add_feature", object{"feature": object{"id": demoID("evil feature"), "title": evil, "problem": evil, "horizon": demoID("evil horizon")}},
		"add_activity", object{"activity": object{"id": demoID("evil activity"), "title": evil, "steps": []object{{"id": demoID("evil step"), "title": evil}}}},
		"plan_release", object{"release": object{"id": demoID("evil release"), "name": evil, "notes": evil}},
		"assign_feature_release", object{"feature": demoID("evil feature"), "release": demoID("evil release")},
		"grant_role", object{"person": evil, "role": "developer"}))
	require.Equal(t, http.StatusOK, made.code, string(made.body))
	require.Equal(t, http.StatusOK, s.do("demo-otto", object{"note": evil, "changes": changes("add_story", newStory(evil))["changes"]}).code)

	about := []object{{"story": id}}
	made = s.do("demo-otto", changes(
		"raise_impediment", object{"impediment": object{"id": demoID("evil impediment"), "title": evil, "owner": evil, "note": evil, "about": about}},
		"add_insight", object{"insight": object{"id": demoID("evil insight"), "text": evil, "from": evil, "segment": evil, "about": about}},
		"ask_question", object{"question": object{"id": demoID("evil question"), "about": about[0], "text": evil, "to": "developer"}},
		"add_risk", object{"risk": object{"id": demoID("evil risk"), "title": evil, "owner": evil, "note": evil, "about": about}},
		"propose_story", newStory(evil),
		"assign_story_step", object{"story": id, "step": demoID("evil step")},
		"assign_story_feature", object{"story": id, "feature": demoID("evil feature")}))
	require.Equal(t, http.StatusOK, made.code, string(made.body))

	for _, path := range []string{
		"/p/shop/story-map", "/p/shop/board", "/p/shop/order", "/p/shop/stories/" + id.String(), "/p/shop/roadmap", "/p/shop/sprints",
		"/p/shop/forecast", "/p/shop/flow", "/p/shop/history", "/p/shop/report", "/p/shop/people", "/p/shop/import", "/",
	} {
		page := s.ask("demo-otto", http.MethodGet, path, nil)
		require.Equal(t, http.StatusOK, page.code, path)
		require.Contains(t, page.header.Get("Content-Type"), "text/html")
		require.NotContains(t, string(page.body), "<script>alert", path)
		require.NotContains(t, string(page.body), "<img src=x", path)
		require.NotContains(t, page.header.Get("Content-Security-Policy"), "unsafe-inline")
	}
	for _, name := range []string{"aging", "story-map", "flow", "cycle", "forecast"} {
		picture := s.ask("demo-otto", http.MethodGet, shop+"/pictures/"+name, nil)
		require.Equal(t, http.StatusOK, picture.code, name)
		require.NotContains(t, string(picture.body), "<script", name)
		require.NotContains(t, string(picture.body), "<img", name)
		require.Contains(t, picture.header.Get("Content-Security-Policy"), "default-src 'none'")
	}
}

// Names from the address reach neither files nor SQL.
func TestInjection(t *testing.T) {
	s := start(t, "", nil)
	for _, name := range []string{"..%2f..%2fetc%2fpasswd", "shop'--", `shop";DROP TABLE events;--`, "sh%00op", "shop%20", "SHOP", "%2e%2e", strings.Repeat("a", 64), "ü"} {
		require.Equal(t, http.StatusNotFound, s.ask("demo-otto", http.MethodGet, "/api/products/"+strings.ReplaceAll(name, `"`, "%22"), nil).code, name)
		require.Equal(t, http.StatusBadRequest, s.ask("demo-otto", http.MethodPost, "/api/products", object{"product": strings.ReplaceAll(name, "%00", "\x00") + "'"}).code, name)
	}
	for _, path := range []string{shop + "/stories/'%20OR%201=1", shop + "/stories?after='%3B--", shop + "/pictures/..%2f..%2fgo.mod", "/static/..%2fmain.go"} {
		require.Equal(t, http.StatusNotFound, s.ask("demo-otto", http.MethodGet, path, nil).code, path)
	}
	for _, token := range []string{"' OR '1'='1", "demo-otto' --", ""} {
		require.Equal(t, http.StatusUnauthorized, s.ask("", http.MethodGet, "/api/me", nil, "Authorization", "Bearer "+token).code, token)
	}
	evil := "'; DROP TABLE events; --"
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory(evil)), "Idempotency-Key", evil).code)
	var mine productsAnswer
	s.get("demo-otto", "/api/products?after="+url.QueryEscape(evil), &mine)
	require.Equal(t, []string{demoProduct}, mine.Products)
}

func TestTooLarge(t *testing.T) {
	s := start(t, "", func(l *limits) { l.BodyBytes, l.Changes = 64<<10, 10 })
	require.Equal(t, http.StatusRequestEntityTooLarge, s.do("demo-otto", changes("add_story", newStory(strings.Repeat("x", 65<<10)))).code)
	var many []any
	for range 11 {
		many = append(many, "add_story", newStory("one of many"))
	}
	require.Equal(t, http.StatusBadRequest, s.do("demo-otto", changes(many...)).code)
	deep := `{"changes":[{"kind":"add_story","change":` + strings.Repeat(`{"story":`, 5000) + `1` + strings.Repeat(`}`, 5000) + `}]}`
	require.Equal(t, http.StatusBadRequest, s.do("demo-otto", deep).code)
}

// A body that trickles in is given up, and others are answered meanwhile.
func TestSlowBody(t *testing.T) {
	s := start(t, "", func(l *limits) { l.Read = 500 * time.Millisecond })
	address := strings.TrimPrefix(s.url, "http://")
	for range 20 {
		connection, err := net.Dial("tcp", address)
		require.NoError(t, err)
		defer func() { _ = connection.Close() }()
		_, err = fmt.Fprintf(connection, "POST %s/changes HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer demo-otto\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", shop, address)
		require.NoError(t, err)
		require.NoError(t, connection.SetReadDeadline(time.Now().Add(5*time.Second)))
		defer func() {
			answer, err := io.ReadAll(connection) // the server ends it
			require.NoError(t, err)
			require.NotContains(t, string(answer), " 200 ")
		}()
	}
	begun := time.Now()
	require.Equal(t, http.StatusOK, s.ask("demo-otto", http.MethodGet, shop, nil).code)
	require.Less(t, time.Since(begun), 5*time.Second)
}

func TestRevoked(t *testing.T) {
	s := start(t, "", nil)
	ctx := context.Background()
	token, err := s.store.Issue(ctx, "Dana", s.now(), time.Hour)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, s.ask(token, http.MethodGet, "/api/me", nil).code)
	require.NoError(t, s.store.Revoke(ctx, token))
	require.Equal(t, http.StatusUnauthorized, s.ask(token, http.MethodGet, "/api/me", nil).code)

	// A role that is taken back is gone with the next request.
	require.Equal(t, http.StatusOK, s.do("demo-dana", changes("estimate_story", object{"story": demoStoryID("Share my basket"), "estimate": "3"})).code)
	require.Equal(t, http.StatusOK, s.do("demo-paula", changes("revoke_role", object{"person": "Dana", "role": "developer"})).code)
	require.Equal(t, http.StatusNotFound, s.do("demo-dana", changes("estimate_story", object{"story": demoStoryID("Share my basket"), "estimate": "5"})).code)
}

func TestTooOften(t *testing.T) {
	s := start(t, "", func(l *limits) { l.CallsPerSecond, l.StrangersPerSecond = 1, 1 })
	codes := map[int]int{}
	for range 10 {
		codes[s.ask("demo-otto", http.MethodGet, "/api/me", nil).code]++
	}
	require.GreaterOrEqual(t, codes[http.StatusOK], 4)
	require.GreaterOrEqual(t, codes[http.StatusTooManyRequests], 3)
	require.Equal(t, http.StatusOK, s.ask("demo-dana", http.MethodGet, "/api/me", nil).code, "others are not held up")
	guesses := map[int]int{}
	for i := range 10 {
		guesses[s.ask(fmt.Sprint("guess", i), http.MethodGet, "/api/me", nil).code]++
	}
	require.GreaterOrEqual(t, guesses[http.StatusTooManyRequests], 3)
}

// The first page needs no token and names who can sign in; health needs none either.
func TestStrangers(t *testing.T) {
	s := start(t, "", nil)
	page := s.ask("", http.MethodGet, "/", nil)
	require.Equal(t, http.StatusOK, page.code)
	for _, person := range demoPeople() {
		require.Contains(t, string(page.body), person.Name)
	}
	require.Equal(t, http.StatusOK, s.ask("", http.MethodGet, "/healthz", nil).code)
	require.Equal(t, http.StatusOK, s.ask("", http.MethodGet, "/metrics", nil).code)
	require.Equal(t, http.StatusSeeOther, s.ask("", http.MethodGet, "/p/shop/board", nil).code)
	for _, route := range routes() {
		if !route.isOpen {
			path := strings.NewReplacer("{product}", demoProduct, "{story}", "x", "{item}", "x", "{seq}", "1", "{picture}", "flow").Replace(route.path)
			require.Equal(t, http.StatusUnauthorized, s.ask("", route.method, path, nil).code, path)
		}
	}
}

// No request makes the log hold another actor than the one whose token it was.
func TestActorsOnRecord(t *testing.T) {
	s := start(t, "", nil)
	require.Equal(t, http.StatusOK, s.do("demo-otto", changes("add_story", newStory("Mine"))).code)
	var last backlog.Event
	for line := range strings.Lines(string(s.ask("demo-otto", http.MethodGet, shop+"/export", nil).body)) {
		require.NoError(t, json.Unmarshal([]byte(line), &last))
	}
	require.Equal(t, "Otto", last.By.Name)
	require.Empty(t, slices.Collect(last.By.Roles()), "roles are those on record, none is handed in")
	require.Equal(t, backlog.ProductOwner, last.As)
}

// A version that cannot be one is refused, and one that is not the product's is a 412; none of them changes anything.
func TestHostileVersions(t *testing.T) {
	s := start(t, "", nil)
	before := s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag")
	for version, code := range map[string]int{
		`"1"`: 412, `W/"1"`: 412, `"99999"`: 412, `"18446744073709551615"`: 412, `"18446744073709551616"`: 400, `"-1"`: 400, `"1", "2"`: 400, `""`: 400,
		`"0x1"`: 400, `"1e3"`: 400, strings.Repeat("9", 20_000): 400, `" 1"`: 400,
	} {
		got := s.do("demo-otto", changes("add_story", newStory("x")), "If-Match", version)
		require.Equal(t, code, got.code, "%.40s: %s", version, got.body)
		require.Less(t, len(got.body), 300_000)
	}
	require.Equal(t, before, s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag"))
	for _, after := range []string{"-1", "x", "99999999999999999999", "1e3"} {
		require.Equal(t, http.StatusBadRequest, s.ask("demo-otto", http.MethodGet, shop+"/events?after="+after, nil).code, after)
	}
	for _, query := range []string{"/p/shop/history?before=-1", "/p/shop/history?before=x", "/p/shop/sprints?capacity=-1", "/p/shop/sprints?capacity=1e9", "/p/shop/board?sprint=x", "/p/shop/order?method=%3Cscript%3E"} {
		require.Equal(t, http.StatusBadRequest, s.ask("demo-otto", http.MethodGet, query, nil).code, query)
	}
}

// One key is for one request of one person: another body, or another product, is no second answer.
func TestHostileKeys(t *testing.T) {
	s := start(t, "", nil)
	key := []string{"Idempotency-Key", `k"; DROP TABLE events --`}
	first := changes("add_story", newStory("Mine"))
	require.Equal(t, http.StatusOK, s.do("demo-otto", first, key...).code)
	require.Equal(t, http.StatusUnprocessableEntity, s.do("demo-otto", changes("add_story", newStory("Other")), key...).code)
	require.Equal(t, http.StatusUnprocessableEntity, s.do("demo-otto", object{"changes": first["changes"], "note": "x"}, key...).code)
	require.Equal(t, http.StatusForbidden, s.do("demo-stan", changes("add_story", newStory("Stan's")), key...).code, "the key of another person opens nothing")
	require.Equal(t, http.StatusOK, s.ask("demo-otto", http.MethodPost, "/api/products", object{"product": "second"}).code)
	require.Equal(t, http.StatusOK, s.ask("demo-otto", http.MethodPost, "/api/products/second/changes", changes("add_story", newStory("There")), key...).code)
	require.Equal(t, http.StatusBadRequest, s.do("demo-otto", changes("add_story", newStory("x")), "Idempotency-Key", strings.Repeat("k", 256)).code)

	// Who lost every role since does not even get the old answer.
	require.Equal(t, http.StatusOK, s.do("demo-paula", changes("revoke_role", object{"person": "Otto", "role": "product_owner"})).code)
	require.Equal(t, http.StatusNotFound, s.do("demo-otto", first, key...).code)
}

// Streams begin anywhere, are few for one person, and end nowhere else; an import is one at a time for one person.
func TestHostileStreams(t *testing.T) {
	s := start(t, "", func(l *limits) { l.Streams, l.Imports = 2, 1 })
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	open := func(last string) int {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+shop+"/stream", nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer demo-stan")
		request.Header.Set("Last-Event-ID", last)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		t.Cleanup(func() { _ = response.Body.Close() })
		return response.StatusCode
	}
	require.Equal(t, http.StatusOK, open("-1"))
	require.Equal(t, http.StatusOK, open("99999999999999999999999"))
	require.Equal(t, http.StatusTooManyRequests, open("1"))

	free, ok := s.imports.take("Otto")
	require.True(t, ok)
	file := "Issue key,Summary,Issue Type,Status\nA-1,Pay,Story,To Do\n"
	require.Equal(t, http.StatusTooManyRequests, s.ask("demo-otto", http.MethodPost, shop+"/import?dry=1", file).code)
	require.Equal(t, http.StatusTooManyRequests, s.ask("demo-paula", http.MethodPost, shop+"/import?dry=1", file).code)
	free()
	require.Equal(t, http.StatusOK, s.ask("demo-paula", http.MethodPost, shop+"/import?dry=1", file).code)
	require.Equal(t, http.StatusBadRequest, s.ask("demo-paula", http.MethodPost, shop+"/import?name=..%2f..%2fx.json", "{").code)
	require.Equal(t, http.StatusForbidden, s.ask("demo-stan", http.MethodPost, shop+"/import", file).code)
}

// Methods that no route has, and origins that are none, reach nothing.
func TestHostileMethods(t *testing.T) {
	s := start(t, "", nil)
	before := s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag")
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, "TRACE", "PROPFIND"} {
		for _, path := range []string{shop, shop + "/changes", shop + "/import", "/sign-in", "/mcp", "/p/shop/board", "/healthz"} {
			require.GreaterOrEqual(t, s.ask("demo-otto", method, path, nil).code, 400, method+" "+path)
		}
	}
	for _, path := range []string{"/nothing", "/p/shop/nothing", "/p/shop/..%2f..%2fgo.mod", "/p/nothing/board", "/p/%00/board", "/p/shop/stories/x"} {
		page := s.ask("demo-otto", http.MethodGet, path, nil)
		require.Equal(t, http.StatusNotFound, page.code, path)
		require.Contains(t, string(page.body), "To the products", path)
	}
	session := strings.Split(s.ask("", http.MethodPost, "/sign-in", "token=demo-otto", "Content-Type", "application/x-www-form-urlencoded").header.Get("Set-Cookie"), ";")[0]
	for _, origin := range []string{"null", "https://evil.example", "http://127.0.0.1:1", s.url + ".evil.example"} {
		for _, path := range []string{shop + "/changes", shop + "/import", shop + "/events/1/revert", "/api/products", "/sign-out", "/sign-in", "/mcp"} {
			code := s.ask("", http.MethodPost, path, changes("add_story", newStory("x")), "Cookie", session, "Origin", origin).code
			require.Equal(t, http.StatusForbidden, code, origin+" "+path)
		}
	}
	require.Equal(t, http.StatusUnauthorized, s.ask("", http.MethodPost, "/mcp", object{}, "Cookie", session).code, "agents have tokens, a session is for pages")
	require.Equal(t, before, s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag"))
}

// What an agent says of who it is does not count, and tools are bound to the product of the caller.
func TestHostileAgents(t *testing.T) {
	s := start(t, "", nil)
	stan := connect(t, s, "demo-stan")
	require.Equal(t, http.StatusOK, s.ask("demo-dana", http.MethodPost, "/api/products", object{"product": "secret"}).code)
	before := s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag")
	tools, err := stan.session.ListTools(context.Background(), nil)
	require.NoError(t, err)
	values := object{"state": "accepted", "met": true, "minutes": 30, "to": "product_owner", "title": "", "changes": []object{}}
	for _, tool := range tools.Tools {
		var schema struct{ Properties map[string]any }
		data, err := json.Marshal(tool.InputSchema)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(data, &schema))
		for _, product := range []string{"secret", "nothing", "../shop", demoProduct} {
			for _, value := range []string{"SHOP-12", "'; DROP TABLE events --", "\x00", strings.Repeat("x", 100_000)} {
				if tool.Name == "ask" && product == demoProduct {
					continue // which Stan may do
				}
				in := object{}
				for name := range schema.Properties {
					if in[name] = values[name]; in[name] == nil && name != "teams" && name != "labels" && name != "skills" {
						in[name] = value
					}
				}
				if _, ok := in["product"]; ok {
					in["product"] = product
				}
				result, err := stan.session.CallTool(context.Background(), &mcp.CallToolParams{Name: tool.Name, Arguments: in})
				require.NoError(t, err)
				text := result.Content[0].(*mcp.TextContent).Text
				if product != demoProduct && tool.Name != "products" && tool.Name != "kinds" {
					require.True(t, result.IsError, "%s %s: %.200s", tool.Name, product, text)
					require.Contains(t, text, "there is no such product", tool.Name)
				}
				in["by"] = "Otto"
				result, err = stan.session.CallTool(context.Background(), &mcp.CallToolParams{Name: tool.Name, Arguments: in})
				require.True(t, err != nil || result.IsError, tool.Name)
			}
		}
	}
	require.Equal(t, before, s.ask("demo-otto", http.MethodGet, shop, nil).header.Get("ETag"))
	require.NotEmpty(t, stan.call("change", object{"product": demoProduct, "changes": []object{{"kind": "accept_story", "change": object{"story": demoStoryID("Refund an order"), "by": "Otto"}}}}, nil))
	require.NotEmpty(t, stan.call("change", object{"product": demoProduct, "changes": []object{{"kind": "grant_role", "change": object{"person": "Stan", "role": "product_owner"}}}}, nil))
}
