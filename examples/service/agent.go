package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/google/uuid"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/form"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// agents returns the endpoint of the Model Context Protocol: the same backlog, with the same gate, as tools that an
// agent calls. An agent has a token and roles on record as everybody has.
func (s *server) agents() http.Handler {
	tools := mcp.NewServer(&mcp.Implementation{Name: "backlogkit", Version: "1"}, &mcp.ServerOptions{
		Instructions: "Product backlogs. Every change is judged by the backlog; a refusal says why and what would do. " +
			"Begin with products, then startable; read a story before you change it.",
	})
	addTool(tools, "products", "The products that you have part in.", s.toolProducts)
	addTool(tools, "startable", "The stories that can be worked on now, in the order of the backlog, and those that wait, with what they wait for.", s.toolStartable)
	addTool(tools, "story", "One story: its text, criteria, what it waits for and what it lacks to be ready.", s.toolStory)
	addTool(tools, "move", "Move a story to another state: ready, in_progress, in_review, accepted, dropped … Some moves want a reason.", s.toolMove)
	addTool(tools, "judge", "Record whether an acceptance criterion of a story is met.", s.toolJudge)
	addTool(tools, "next", "The story that you should begin next: the first that can be begun, that nobody holds, and that you may take. It is not yours before you claim it.", s.toolNext)
	addTool(tools, "claim", "Hold a story for so many minutes, so that nobody else begins it. The seq of the event is the token of the claim.", s.toolClaim)
	addTool(tools, "renew", "Hold a story that you hold for so many minutes from now on.", s.toolRenew)
	addTool(tools, "release", "Give back a story that you hold.", s.toolRelease)
	addTool(tools, "propose", "Put a story before the product owner, who takes or declines it.", s.toolPropose)
	addTool(tools, "ask", "Ask a role, or one person who has it, something about a story.", s.toolAsk)
	addTool(tools, "kinds", "Every kind of change with its fields, for the tool change.", s.toolKinds)
	addTool(tools, "change", "Make changes by their kind, all of them or none.", s.toolChange)

	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return tools }, &mcp.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: s.limits.BodyBytes, Logger: s.log,
	})
	return auth.RequireBearerToken(func(_ context.Context, _ string, r *http.Request) (*auth.TokenInfo, error) {
		person, _, err := s.caller(r)
		if errors.Is(err, errStranger) && s.strangerMay(r) {
			return nil, auth.ErrInvalidToken
		}
		return &auth.TokenInfo{UserID: person, Expiration: s.now().Add(time.Minute)}, err
	}, nil)(handler)
}

// addTool adds a tool that is called as the person whose token came with the call.
func addTool[In, Out any](tools *mcp.Server, name, about string, f func(ctx context.Context, person string, in In) (Out, error)) {
	schema, err := schemaOf(reflect.TypeFor[Out]())
	if err != nil {
		panic(fmt.Sprintf("tool %s: %v", name, err)) // a type of this program
	}
	tool := &mcp.Tool{Name: name, Description: about, OutputSchema: schema}
	mcp.AddTool(tools, tool, func(ctx context.Context, request *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		out, err := f(ctx, request.Extra.TokenInfo.UserID, in)
		if err != nil {
			err = problemOf(err) // no more than everybody is told
		}
		return nil, out, err
	})
}

type inProduct struct {
	Product string `json:"product"`
}

type inStory struct {
	Product string `json:"product"`
	Story   string `json:"story" jsonschema:"its id, or the key by which people name it"`
}

func (s *server) toolProducts(ctx context.Context, person string, _ struct{}) (productsAnswer, error) {
	return s.productsOf(ctx, person, "", s.limits.Page)
}

type startableAnswer struct {
	Startable []cardAnswer `json:"startable"`
	Waiting   []cardAnswer `json:"waiting"`
}

// mostStartable is how many stories an agent is shown of each: it takes one.
const mostStartable = 20

func (s *server) toolStartable(ctx context.Context, person string, in inProduct) (startableAnswer, error) {
	out := startableAnswer{Startable: []cardAnswer{}, Waiting: []cardAnswer{}}
	err := s.view(ctx, in.Product, person, func(v *backlog.View) error {
		for one := range v.Startable(s.now()) {
			if category, _ := v.Workflow().Category(one.Status); category == story.Proposed && len(out.Startable) < mostStartable {
				out.Startable = append(out.Startable, cardOf(v, one, s.now()))
			}
		}
		for one := range v.Waiting(s.now()) {
			if len(out.Waiting) < mostStartable {
				out.Waiting = append(out.Waiting, cardOf(v, one, s.now()))
			}
		}
		return nil
	})
	return out, err
}

// find returns a story by its id or its key.
func find(v *backlog.View, name string) (story.Story, error) {
	if one, ok := v.StoryByKey(name); ok {
		return one, nil
	}
	id, err := storyID(name)
	if err != nil {
		return story.Story{}, err
	}
	one, ok := v.Story(id)
	if !ok {
		return one, &backlog.NotFoundError{Entity: "story", ID: id.String()}
	}
	return one, nil
}

func (s *server) toolStory(ctx context.Context, person string, in inStory) (out storyAnswer, err error) {
	err = s.view(ctx, in.Product, person, func(v *backlog.View) error {
		one, err := find(v, in.Story)
		out = storyAnswerOf(v, one, s.now())
		return err
	})
	return out, err
}

type inMove struct {
	Product string `json:"product"`
	Story   string `json:"story" jsonschema:"its id, or the key by which people name it"`
	State   string `json:"state"`
	Reason  string `json:"reason,omitempty" jsonschema:"for what is rejected or dropped"`
}

func (s *server) toolMove(ctx context.Context, person string, in inMove) (changesAnswer, error) {
	return s.choose(ctx, in.Product, person, func(v *backlog.View) (backlog.Change, error) {
		one, err := find(v, in.Story)
		if err != nil {
			return nil, err
		}
		return moveTo(v.Workflow(), one, story.Status(in.State), in.Reason), nil
	})
}

type inJudge struct {
	Product   string `json:"product"`
	Story     string `json:"story" jsonschema:"its id, or the key by which people name it"`
	Criterion string `json:"criterion" jsonschema:"its id"`
	Met       bool   `json:"met"`
	Note      string `json:"note,omitempty" jsonschema:"what was seen"`
}

func (s *server) toolJudge(ctx context.Context, person string, in inJudge) (changesAnswer, error) {
	return s.choose(ctx, in.Product, person, func(v *backlog.View) (backlog.Change, error) {
		one, err := find(v, in.Story)
		if err != nil {
			return nil, err
		}
		criterion, err := story.ParseIdentity[story.Criterion](in.Criterion)
		if err != nil {
			return nil, malformed(err.Error())
		}
		verdict := story.Unmet
		if in.Met {
			verdict = story.Met
		}
		return backlog.JudgeCriterion{Story: one.ID, Criterion: criterion, Verdict: verdict, Note: in.Note}, nil
	})
}

type inNext struct {
	Product string   `json:"product"`
	Teams   []string `json:"teams,omitempty" jsonschema:"whose stories; everybody's if there are none"`
	Labels  []string `json:"labels,omitempty" jsonschema:"one of them has to be on the story"`
	Skills  []string `json:"skills,omitempty" jsonschema:"what you can do; anything if there are none"`
}

type nextAnswer struct {
	Story *storyAnswer `json:"story,omitempty"` // none: there is nothing to begin
}

func (s *server) toolNext(ctx context.Context, person string, in inNext) (out nextAnswer, err error) {
	options := backlog.NextOptions{Labels: in.Labels, Skills: in.Skills}
	for _, team := range in.Teams {
		options.Teams = append(options.Teams, story.Team(team))
	}
	err = s.view(ctx, in.Product, person, func(v *backlog.View) error {
		if one, ok := v.NextFor(backlog.Actor{Name: person}, options, s.now()); ok {
			answer := storyAnswerOf(v, one, s.now())
			out.Story = &answer
		}
		return nil
	})
	return out, err
}

type inClaim struct {
	Product string `json:"product"`
	Story   string `json:"story" jsonschema:"its id, or the key by which people name it"`
	Minutes int    `json:"minutes" jsonschema:"1 to 1440"`
}

// until returns when a claim runs out.
func (s *server) until(in inClaim) (time.Time, error) {
	if in.Minutes < 1 || in.Minutes > 1440 {
		return time.Time{}, malformed(fmt.Sprintf("minutes is %d; 1 to 1440 are possible", in.Minutes))
	}
	return s.now().Add(time.Duration(in.Minutes) * time.Minute), nil
}

func (s *server) toolClaim(ctx context.Context, person string, in inClaim) (changesAnswer, error) {
	return s.claim(ctx, person, in, func(id story.ID, until time.Time) backlog.Change { return backlog.ClaimStory{Story: id, Until: until} })
}

func (s *server) toolRenew(ctx context.Context, person string, in inClaim) (changesAnswer, error) {
	return s.claim(ctx, person, in, func(id story.ID, until time.Time) backlog.Change { return backlog.RenewClaim{Story: id, Until: until} })
}

func (s *server) claim(ctx context.Context, person string, in inClaim, change func(story.ID, time.Time) backlog.Change) (changesAnswer, error) {
	return s.choose(ctx, in.Product, person, func(v *backlog.View) (backlog.Change, error) {
		one, err := find(v, in.Story)
		if err != nil {
			return nil, err
		}
		until, err := s.until(in)
		return change(one.ID, until), err
	})
}

func (s *server) toolRelease(ctx context.Context, person string, in inStory) (changesAnswer, error) {
	return s.choose(ctx, in.Product, person, func(v *backlog.View) (backlog.Change, error) {
		one, err := find(v, in.Story)
		return backlog.ReleaseClaim{Story: one.ID}, err
	})
}

type inPropose struct {
	Product     string `json:"product"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty" jsonschema:"why, and what was seen"`
}

func (s *server) toolPropose(ctx context.Context, person string, in inPropose) (changesAnswer, error) {
	return s.choose(ctx, in.Product, person, func(*backlog.View) (backlog.Change, error) {
		one := story.Story{ID: story.ID(uuid.New()), Title: in.Title}
		if in.Description != "" {
			one.Details = story.ConstOf(story.Details{Description: in.Description})
		}
		return backlog.ProposeStory{Story: one}, nil
	})
}

type inAsk struct {
	Product string `json:"product"`
	Story   string `json:"story" jsonschema:"its id, or the key by which people name it"`
	Text    string `json:"text"`
	To      string `json:"to" jsonschema:"a role, such as product_owner"`
	Person  string `json:"person,omitempty" jsonschema:"who of that role; anybody if nobody is named"`
}

func (s *server) toolAsk(ctx context.Context, person string, in inAsk) (changesAnswer, error) {
	return s.choose(ctx, in.Product, person, func(v *backlog.View) (backlog.Change, error) {
		one, err := find(v, in.Story)
		return backlog.AskQuestion{Question: backlog.Question{
			ID: backlog.QuestionID(uuid.New()), About: roadmap.AboutStory(one.ID), Text: in.Text, To: backlog.Role(in.To), Person: in.Person,
		}}, err
	})
}

func (s *server) toolKinds(context.Context, string, struct{}) (kindsAnswer, error) {
	return kindsAnswer{form.Kinds()}, nil
}

type inChange struct {
	Product string `json:"product"`
	Changes []struct {
		Kind   string         `json:"kind"`
		Change map[string]any `json:"change"`
	} `json:"changes"`
	Note string `json:"note,omitempty"`
}

func (s *server) toolChange(ctx context.Context, person string, in inChange) (none changesAnswer, err error) {
	if err := s.view(ctx, in.Product, person, func(*backlog.View) error { return nil }); err != nil {
		return none, err
	}
	request := changesRequest{Note: in.Note}
	for _, one := range in.Changes {
		data, err := json.Marshal(one.Change)
		if err != nil {
			return none, err
		}
		request.Changes = append(request.Changes, changeRequest{one.Kind, data})
	}
	changes, err := s.decode(request)
	if err != nil {
		return none, err
	}
	events, err := s.execute(ctx, in.Product, person, changes, backlog.DecideOptions{Note: in.Note})
	return answersOf(events), err
}

// choose makes the change that is chosen for the product as it is.
func (s *server) choose(ctx context.Context, product, person string, change func(*backlog.View) (backlog.Change, error)) (changesAnswer, error) {
	events, err := s.products.Update(ctx, product, backlog.Actor{Name: person}, s.now(), backlog.DecideOptions{}, func(v *backlog.View) ([]backlog.Change, error) {
		if !isMember(v, person) {
			return nil, errNoSuchProduct
		}
		chosen, err := change(v)
		return []backlog.Change{chosen}, err
	})
	return answersOf(events), err
}
