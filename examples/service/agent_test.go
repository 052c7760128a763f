package main

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
)

// agent is a client of the Model Context Protocol with a token.
type agent struct {
	t       *testing.T
	session *mcp.ClientSession
}

type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

func connect(t *testing.T, s *service, token string) agent {
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(context.Background(), &mcp.StreamableClientTransport{
		Endpoint: s.url + "/mcp", HTTPClient: &http.Client{Transport: bearer(token)}, DisableStandaloneSSE: true,
	}, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = session.Close() })
	return agent{t, session}
}

// call calls a tool and reads its answer, or returns why it was refused.
func (a agent) call(name string, in object, out any) (refused string) {
	a.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	result, err := a.session.CallTool(ctx, &mcp.CallToolParams{Name: name, Arguments: in})
	require.NoError(a.t, err)
	text := result.Content[0].(*mcp.TextContent).Text
	if result.IsError {
		return text
	}
	require.NoError(a.t, json.Unmarshal([]byte(text), out))
	return ""
}

// An agent with the role of a developer finds work, is refused what it may not do, and does what it may.
func TestAgent(t *testing.T) {
	s := start(t, "", nil)
	token, err := s.store.Issue(context.Background(), "bot-7", s.now(), time.Hour)
	require.NoError(t, err)
	bot := connect(t, s, token)
	tools, err := bot.session.ListTools(context.Background(), nil)
	require.NoError(t, err)
	require.Len(t, tools.Tools, 13)

	in := func(pairs ...any) object {
		out := object{"product": demoProduct}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i].(string)] = pairs[i+1]
		}
		return out
	}
	var startable startableAnswer
	require.Contains(t, bot.call("startable", in(), &startable), "no such product", "it has no role yet")
	require.Equal(t, http.StatusOK, s.do("demo-paula", changes("grant_role", object{"person": "bot-7", "role": "developer"})).code)

	var mine productsAnswer
	require.Empty(t, bot.call("products", object{}, &mine))
	require.Equal(t, []string{demoProduct}, mine.Products)
	require.Empty(t, bot.call("startable", in(), &startable))
	require.NotEmpty(t, startable.Startable)
	require.Equal(t, []string{"Pay by invoice"}, startable.Waiting[0].WaitsFor)

	var made changesAnswer
	require.Contains(t, bot.call("move", in("story", "SHOP-12", "state", "accepted"), &made), "that needs product owner")
	require.Empty(t, bot.call("move", in("story", "SHOP-12", "state", "in_progress"), &made))
	require.Equal(t, "bot-7", made.Events[0].By)
	var one storyAnswer
	require.Empty(t, bot.call("story", in("story", "SHOP-12"), &one))
	for _, criterion := range one.Story.Criteria.All() {
		require.Empty(t, bot.call("judge", in("story", "SHOP-12", "criterion", criterion.ID.String(), "met", true, "note", "seen in the tests"), &made))
	}
	require.Empty(t, bot.call("change", in("changes", []object{{"kind": "estimate_story", "change": object{"story": one.Story.ID, "estimate": "5"}}}), &made))
	require.Empty(t, bot.call("move", in("story", "SHOP-12", "state", "in_review"), &made))
	require.Empty(t, bot.call("story", in("story", "SHOP-12"), &one))
	require.Equal(t, story.InReview, one.Story.Status)
	require.Equal(t, "5", one.Story.Estimate.String())
	require.Contains(t, bot.call("change", in("changes", []object{{"kind": "make_coffee", "change": object{}}}), &made), "make_coffee")
	require.Contains(t, bot.call("story", in("story", "SHOP-999"), &one), "no story")

	// It takes the next story, holds it against another agent, gives it back; proposes, and asks.
	second, err := s.store.Issue(context.Background(), "bot-8", s.now(), time.Hour)
	require.NoError(t, err)
	other := connect(t, s, second)
	require.Equal(t, http.StatusOK, s.do("demo-paula", changes("grant_role", object{"person": "bot-8", "role": "developer"})).code)
	var next nextAnswer
	require.Empty(t, bot.call("next", in(), &next))
	require.NotNil(t, next.Story)
	id := next.Story.Story.ID
	require.Contains(t, bot.call("claim", in("story", id, "minutes", 0), &made), "1 to 1440")
	require.Empty(t, bot.call("claim", in("story", id, "minutes", 30), &made))
	require.Contains(t, other.call("claim", in("story", id, "minutes", 30), &made), "bot-7")
	require.Contains(t, other.call("renew", in("story", id, "minutes", 30), &made), "bot-7")
	require.Contains(t, other.call("release", in("story", id), &made), "bot-7")
	var others nextAnswer
	require.Empty(t, other.call("next", in(), &others))
	if others.Story != nil {
		require.NotEqual(t, id, others.Story.Story.ID)
	}
	others = nextAnswer{}
	require.Empty(t, other.call("next", in("labels", []string{"no story has it"}), &others))
	require.Nil(t, others.Story)
	require.Empty(t, bot.call("renew", in("story", id, "minutes", 60), &made))
	require.Empty(t, bot.call("release", in("story", id), &made))
	require.Empty(t, other.call("claim", in("story", id, "minutes", 30), &made))
	require.Empty(t, bot.call("story", in("story", id), &one))
	require.Empty(t, bot.call("propose", in("title", "Pay by card at the door", "description", "three customers asked"), &made))
	require.Equal(t, "propose_story", made.Events[0].Kind)
	require.NotEmpty(t, bot.call("propose", in("title", ""), &made), "a title is needed")
	require.Empty(t, bot.call("ask", in("story", "SHOP-12", "text", "Which currencies?", "to", "product_owner"), &made))
	require.Equal(t, "ask_question", made.Events[0].Kind)
	require.NotEmpty(t, bot.call("ask", in("story", "SHOP-999", "text", "Which?", "to", "product_owner"), &made))

	require.NoError(t, s.store.Revoke(context.Background(), token))
	_, err = bot.session.CallTool(context.Background(), &mcp.CallToolParams{Name: "products", Arguments: object{}})
	require.Error(t, err)
}
