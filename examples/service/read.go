package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/form"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

type kindsAnswer struct {
	Kinds []form.Kind `json:"kinds"`
}

func (s *server) kinds(c *call) error {
	return c.answer(kindsAnswer{form.Kinds()})
}

type meAnswer struct {
	Person string `json:"person"`
}

func (s *server) me(c *call) error { return c.answer(meAnswer{c.person}) }

type productsAnswer struct {
	Products []string `json:"products"`
	Next     string   `json:"next,omitzero"` // what "after" has to be for more
}

func (s *server) listProducts(c *call) error {
	most, err := c.number("limit", 50, s.limits.Page)
	if err != nil {
		return err
	}
	answer, err := s.productsOf(c.Context(), c.person, c.URL.Query().Get("after"), most)
	if err != nil {
		return err
	}
	return c.answer(answer)
}

// productsOf returns the products that somebody has part in now.
func (s *server) productsOf(ctx context.Context, person, after string, most int) (productsAnswer, error) {
	answer := productsAnswer{Products: []string{}}
	names, err := s.store.ProductsOf(ctx, person, after, most)
	if err != nil {
		return answer, err
	}
	if len(names) == most && most > 0 {
		answer.Next = names[most-1]
	}
	for _, name := range names {
		err := s.view(ctx, name, person, func(*backlog.View) error { return nil })
		switch {
		case err == nil:
			answer.Products = append(answer.Products, name)
		case err != errNoSuchProduct: //nolint:errorlint // it is never wrapped
			return answer, err
		}
	}
	return answer, nil
}

type overviewAnswer struct {
	Product   string           `json:"product"`
	Seq       uint64           `json:"seq"`
	Vision    roadmap.Vision   `json:"vision"`
	Stories   int              `json:"stories"`
	Progress  backlog.Progress `json:"progress"`
	People    []backlog.Person `json:"people"`
	You       backlog.Person   `json:"you"`
	Startable []story.ID       `json:"startable"` // the first ten
}

func overview(s *server, v *backlog.View, c *call) (overviewAnswer, error) {
	answer := overviewAnswer{
		Product: c.product, Seq: v.Seq(), Stories: v.Len(), Progress: v.TotalProgress(),
		People: slices.AppendSeq([]backlog.Person{}, v.People()), Startable: []story.ID{},
	}
	answer.Vision, _ = v.Vision()
	answer.You, _ = v.Person(c.person)
	for one := range v.Startable(s.now()) {
		if answer.Startable = append(answer.Startable, one.ID); len(answer.Startable) == 10 {
			break
		}
	}
	return answer, nil
}

type eventsAnswer struct {
	Events []eventAnswer `json:"events"`
	Next   uint64        `json:"next,omitzero"` // what "after" has to be for more
}

func listEvents(s *server, v *backlog.View, c *call) (answer eventsAnswer, err error) {
	answer.Events = []eventAnswer{}
	most, err := c.number("limit", 50, s.limits.Page)
	if err != nil {
		return answer, err
	}
	after, err := c.number("after", 0, int(v.Seq()))
	if err != nil || most == 0 {
		return answer, err
	}
	for event, err := range s.store.ReadSome(c.Context(), c.product, uint64(after), most) {
		if err != nil {
			return answer, err
		}
		answer.Events = append(answer.Events, answerOf(event))
	}
	if n := len(answer.Events); n == most && answer.Events[n-1].Seq < v.Seq() {
		answer.Next = answer.Events[n-1].Seq
	}
	return answer, nil
}

type storiesAnswer struct {
	Stories []story.Story `json:"stories"`
	Next    story.ID      `json:"next,omitzero"` // what "after" has to be for more
}

func listStories(s *server, v *backlog.View, c *call) (answer storiesAnswer, err error) {
	answer.Stories = []story.Story{}
	most, err := c.number("limit", 50, s.limits.Page)
	if err != nil || most == 0 {
		return answer, err
	}
	query := c.URL.Query()
	first := 0
	if text := query.Get("after"); text != "" {
		id, err := storyID(text)
		if err != nil {
			return answer, err
		}
		index, ok := v.Index(id)
		if !ok {
			return answer, &backlog.NotFoundError{Entity: "story", ID: id.String()}
		}
		first = index + 1
	}
	for i := first; i < v.Len(); i++ {
		one, _ := v.StoryAt(i)
		if query.Has("status") && string(one.Status) != query.Get("status") || query.Has("team") && string(one.Team) != query.Get("team") {
			continue
		}
		if len(answer.Stories) == most {
			answer.Next = answer.Stories[most-1].ID
			break
		}
		answer.Stories = append(answer.Stories, one)
	}
	return answer, nil
}

func storyID(text string) (story.ID, error) {
	id, err := story.ParseID(text)
	if err != nil || id.IsZero() {
		return id, &backlog.NotFoundError{Entity: "story", ID: fmt.Sprintf("%.40s", text)}
	}
	return id, nil
}

// storyOf returns the story that the path names.
func storyOf(v *backlog.View, c *call) (story.Story, error) {
	id, err := storyID(c.PathValue("story"))
	if err != nil {
		return story.Story{}, err
	}
	one, ok := v.Story(id)
	if !ok {
		return one, &backlog.NotFoundError{Entity: "story", ID: id.String()}
	}
	return one, nil
}

type storyAnswer struct {
	Story    story.Story  `json:"story"`
	Index    int          `json:"index"` // in the order, from 0
	WaitsFor []itemAnswer `json:"waits_for"`
	// Impediments are the open ones that hold it, and Until when what else holds it is over.
	Impediments []impedimentAnswer `json:"impediments"`
	Until       time.Time          `json:"until,omitzero"`
	NeededBy    []itemAnswer       `json:"needed_by"`
	Missing     []missingAnswer    `json:"missing"` // of the definition of ready
	Findings    []findingAnswer    `json:"findings"`
	Sprint      *backlog.SprintID  `json:"sprint,omitempty"`
}

type itemAnswer struct {
	ID     backlog.ItemID `json:"id"`
	Title  string         `json:"title"`
	Reason string         `json:"reason,omitzero"`
}

type impedimentAnswer struct {
	ID    roadmap.ImpedimentID `json:"id"`
	Title string               `json:"title"`
	Owner string               `json:"owner,omitzero"`
	Days  int                  `json:"days"` // since it was raised
}

func impedimentsOf(v *backlog.View, ids []roadmap.ImpedimentID, at time.Time) []impedimentAnswer {
	answer := []impedimentAnswer{}
	for _, id := range ids {
		one, _ := v.Impediment(id)
		answer = append(answer, impedimentAnswer{id, one.Title, one.Owner, int(one.Lasted(at).Hours() / 24)})
	}
	return answer
}

type missingAnswer struct {
	Check   string `json:"check"`
	Missing string `json:"missing"`
}

func oneStory(s *server, v *backlog.View, c *call) (answer storyAnswer, err error) {
	one, err := storyOf(v, c)
	if err != nil {
		return answer, err
	}
	return storyAnswerOf(v, one, s.now()), nil
}

func storyAnswerOf(v *backlog.View, one story.Story, at time.Time) storyAnswer {
	answer := storyAnswer{Story: one}
	item := backlog.StoryItem(answer.Story.ID)
	answer.Index, _ = v.Index(answer.Story.ID)
	answer.WaitsFor, answer.NeededBy, answer.Missing = []itemAnswer{}, []itemAnswer{}, []missingAnswer{}
	wait := v.WaitOf(item, at)
	answer.Impediments, answer.Until = impedimentsOf(v, wait.Impediments, at), wait.Until
	for _, need := range wait.Items {
		answer.WaitsFor = append(answer.WaitsFor, itemAnswer{ID: need, Title: titleOf(v, need)})
	}
	for dependency := range v.NeededBy(item) {
		answer.NeededBy = append(answer.NeededBy, itemAnswer{dependency.Item, titleOf(v, dependency.Item), dependency.Reason})
	}
	results, _ := v.Readiness(answer.Story.ID)
	for _, result := range results {
		if !result.IsMet() {
			answer.Missing = append(answer.Missing, missingAnswer{result.Name, result.Missing})
		}
	}
	answer.Findings = findingsIn(answer.Story.Narrative.String())
	if sprint, ok := v.SprintOf(answer.Story.ID); ok {
		answer.Sprint = &sprint.ID
	}
	return answer
}

func titleOf(v *backlog.View, item backlog.ItemID) string {
	if one, ok := v.Story(item.Story); ok {
		return one.Title
	}
	feature, _ := v.Feature(item.Feature)
	return feature.Title
}

type movesAnswer struct {
	Moves []moveAnswer `json:"moves"`
}

// moveAnswer is whether a story may go into a state, and by which change it does.
type moveAnswer struct {
	State  story.Status   `json:"state"`
	Change *changeRequest `json:"change,omitempty"` // nil for the state that it is in
	checkAnswer
}

func listMoves(s *server, v *backlog.View, c *call) (answer movesAnswer, err error) {
	one, err := storyOf(v, c)
	if err != nil {
		return answer, err
	}
	answer.Moves = []moveAnswer{}
	for _, state := range v.Workflow().States {
		move := moveAnswer{State: state.Name, checkAnswer: checkAnswer{Allowed: true}}
		if state.Name != one.Status {
			change := moveTo(v.Workflow(), one, state.Name, noReason)
			kind, data, err := backlog.EncodeChange(change)
			if err != nil {
				return answer, err
			}
			move.Change, move.checkAnswer = &changeRequest{kind, data}, checked(v, v.Can(change, backlog.Actor{Name: c.person}, s.now()))
		}
		answer.Moves = append(answer.Moves, move)
	}
	return answer, nil
}

// noReason stands for a reason that a person has to give.
const noReason = "…"

// moveTo returns the change that brings a story into a state: on a board all of them are one movement.
func moveTo(w story.Workflow, one story.Story, to story.Status, reason string) backlog.Change {
	switch {
	case to == w.Accepted:
		return backlog.AcceptStory{Story: one.ID}
	case to == w.Dropped:
		return backlog.DropStory{Story: one.ID, Reason: reason}
	case one.Status == w.Review && to == w.Ready:
		return backlog.RejectStory{Story: one.ID, Reason: reason}
	}
	return backlog.SetStoryStatus{Story: one.ID, To: to}
}

type allowedAnswer struct {
	Changes []changeRequest `json:"changes"` // with the item's own values, and placeholders where it has none
}

func listAllowed(s *server, v *backlog.View, c *call) (answer allowedAnswer, err error) {
	answer.Changes = []changeRequest{}
	id, err := storyID(c.PathValue("item"))
	if err != nil {
		return answer, err
	}
	item := backlog.StoryItem(id)
	if _, ok := v.Story(id); !ok {
		item = backlog.FeatureItem(roadmap.FeatureID(id))
		if _, ok := v.Feature(item.Feature); !ok {
			return answer, &backlog.NotFoundError{Entity: "item", ID: id.String()}
		}
	}
	for _, change := range v.Allowed(item, backlog.Actor{Name: c.person}, s.now()) {
		kind, data, err := backlog.EncodeChange(change)
		if err != nil {
			return answer, err
		}
		answer.Changes = append(answer.Changes, changeRequest{kind, data})
	}
	return answer, nil
}

type boardAnswer struct {
	Columns []columnAnswer `json:"columns"`
}

type columnAnswer struct {
	State    story.Status    `json:"state"`
	Category story.Category  `json:"category"`
	Count    int             `json:"count"`
	Points   decimal.Decimal `json:"points"`
	Limits   []limitAnswer   `json:"limits"`
	Stories  []cardAnswer    `json:"stories"`
}

type limitAnswer struct {
	Team  story.Team `json:"team,omitzero"`
	Most  int        `json:"most"`
	Count int        `json:"count"`
}

type cardAnswer struct {
	ID       story.ID       `json:"id"`
	Key      string         `json:"key,omitzero"`
	Title    string         `json:"title"`
	Team     story.Team     `json:"team,omitzero"`
	Estimate story.Estimate `json:"estimate,omitzero"`
	Assignee string         `json:"assignee,omitzero"`
	Status   story.Status   `json:"status,omitzero"`
	WaitsFor []string       `json:"waits_for,omitempty"` // titles of items and of impediments, and a date
	Met      int            `json:"met"`
	Criteria int            `json:"criteria"`
}

func board(s *server, v *backlog.View, c *call) (answer boardAnswer, err error) {
	most, err := c.number("most", s.limits.Page, 1000)
	if err != nil {
		return answer, err
	}
	options := backlog.BoardOptions{Most: most}
	query := c.URL.Query()
	if query.Has("team") {
		options.Teams = []story.Team{story.Team(query.Get("team"))}
	}
	if text := query.Get("sprint"); text != "" {
		if options.Sprint, err = story.ParseIdentity[backlog.Sprint](text); err != nil {
			return answer, malformed(err.Error())
		}
	}
	answer.Columns = []columnAnswer{}
	for _, column := range v.Board(options).Columns {
		out := columnAnswer{column.State, column.Category, column.Count, column.Points, []limitAnswer{}, []cardAnswer{}}
		for _, limit := range column.Limits {
			out.Limits = append(out.Limits, limitAnswer{limit.Team, limit.Most, limit.Count})
		}
		for _, one := range column.Stories {
			out.Stories = append(out.Stories, cardOf(v, one, s.now()))
		}
		answer.Columns = append(answer.Columns, out)
	}
	return answer, nil
}

func cardOf(v *backlog.View, one story.Story, at time.Time) cardAnswer {
	card := cardAnswer{
		ID: one.ID, Key: one.Key(), Title: one.Title, Team: one.Team, Estimate: one.Estimate, Status: one.Status, Criteria: one.Criteria.Len(),
	}
	if !one.Details.IsZero() {
		card.Assignee = one.Details.Value().Assignee
	}
	card.Met, _, _ = one.Judged()
	wait := v.WaitOf(backlog.StoryItem(one.ID), at)
	for _, need := range wait.Items {
		card.WaitsFor = append(card.WaitsFor, titleOf(v, need))
	}
	for _, id := range wait.Impediments {
		one, _ := v.Impediment(id)
		card.WaitsFor = append(card.WaitsFor, "impediment: "+one.Title)
	}
	if !wait.Until.IsZero() {
		card.WaitsFor = append(card.WaitsFor, wait.Until.Format("2 January 2006"))
	}
	return card
}

type roadmapAnswer struct {
	Vision   roadmap.Vision    `json:"vision"`
	Goals    []goalAnswer      `json:"goals"`
	Horizons []horizonAnswer   `json:"horizons"`
	Later    []featureAnswer   `json:"later"` // in no horizon
	Releases []roadmap.Release `json:"releases"`
}

type goalAnswer struct {
	ID       roadmap.GoalID     `json:"id"`
	Title    string             `json:"title"`
	Status   roadmap.GoalStatus `json:"status"`
	Progress roadmap.Progress   `json:"progress"` // of its metric
}

type horizonAnswer struct {
	ID       roadmap.HorizonID `json:"id"`
	Name     string            `json:"name"`
	Features []featureAnswer   `json:"features"`
}

type featureAnswer struct {
	ID       roadmap.FeatureID     `json:"id"`
	Title    string                `json:"title"`
	Goal     string                `json:"goal,omitzero"`
	Status   roadmap.FeatureStatus `json:"status"`
	Progress backlog.Progress      `json:"progress"`
}

func theRoadmap(_ *server, v *backlog.View, _ *call) (roadmapAnswer, error) {
	answer := roadmapAnswer{Goals: []goalAnswer{}, Horizons: []horizonAnswer{}, Later: []featureAnswer{}}
	answer.Vision, _ = v.Vision()
	answer.Releases = slices.AppendSeq([]roadmap.Release{}, v.Releases())
	for goal := range v.Goals() {
		answer.Goals = append(answer.Goals, goalAnswer{goal.ID, goal.Title, goal.Status, goal.Progress()})
	}
	place := map[roadmap.HorizonID]int{}
	for horizon := range v.Horizons() {
		place[horizon.ID] = len(answer.Horizons)
		answer.Horizons = append(answer.Horizons, horizonAnswer{horizon.ID, horizon.Name, []featureAnswer{}})
	}
	for feature := range v.Features() {
		out := featureAnswer{ID: feature.ID, Title: feature.Title, Status: feature.Status}
		out.Progress, _ = v.FeatureProgress(feature.ID)
		goal, _ := v.Goal(feature.Goal)
		out.Goal = goal.Title
		if i, ok := place[feature.Horizon]; ok {
			answer.Horizons[i].Features = append(answer.Horizons[i].Features, out)
		} else {
			answer.Later = append(answer.Later, out)
		}
	}
	return answer, nil
}

type sprintsAnswer struct {
	Sprints []sprintAnswer `json:"sprints"`
}

type sprintAnswer struct {
	Sprint backlog.Sprint  `json:"sprint"`
	Points decimal.Decimal `json:"points"`
	IsOver bool            `json:"is_over"` // it takes on more than its capacity
}

func listSprints(_ *server, v *backlog.View, _ *call) (sprintsAnswer, error) {
	answer := sprintsAnswer{Sprints: []sprintAnswer{}}
	for sprint := range v.Sprints() {
		load, _ := v.SprintLoad(sprint.ID)
		answer.Sprints = append(answer.Sprints, sprintAnswer{sprint, load.Points, load.IsOver()})
	}
	return answer, nil
}

type fillAnswer struct {
	Stories []cardAnswer    `json:"stories"`
	Points  decimal.Decimal `json:"points"`
	Skipped []skippedAnswer `json:"skipped"`
}

type skippedAnswer struct {
	Story  story.ID `json:"story"`
	Title  string   `json:"title"`
	Reason string   `json:"reason"`
}

func fill(s *server, v *backlog.View, c *call) (answer fillAnswer, err error) {
	capacity, err := c.number("capacity", 20, 1_000_000)
	if err != nil {
		return answer, err
	}
	return fillOf(v, story.Team(c.URL.Query().Get("team")), decimal.NewFromInt(int64(capacity)), s.now()), nil
}

func fillOf(v *backlog.View, team story.Team, capacity decimal.Decimal, at time.Time) fillAnswer {
	found := v.SprintFill(team, capacity, at)
	answer := fillAnswer{Stories: []cardAnswer{}, Points: found.Points, Skipped: []skippedAnswer{}}
	for _, id := range found.Stories {
		one, _ := v.Story(id)
		answer.Stories = append(answer.Stories, cardOf(v, one, at))
	}
	for _, skipped := range found.Skipped {
		one, _ := v.Story(skipped.Story)
		answer.Skipped = append(answer.Skipped, skippedAnswer{skipped.Story, one.Title, skipped.Reason})
	}
	return answer
}

type findingsAnswer struct {
	Findings []backlog.Finding `json:"findings"`
}

func findings(_ *server, v *backlog.View, _ *call) (findingsAnswer, error) {
	return findingsAnswer{append([]backlog.Finding{}, v.Findings()...)}, nil
}

type textRequest struct {
	Narrative string   `json:"narrative"`
	Criteria  []string `json:"criteria,omitempty"`
}

type textAnswer struct {
	Narrative story.Narrative   `json:"narrative"` // as it was understood
	Findings  []findingAnswer   `json:"findings"`
	Criteria  [][]findingAnswer `json:"criteria"` // of each criterion
	Suggest   string            `json:"suggest,omitzero"`
}

// findingAnswer is a flaw of a text, with its place in characters as a browser counts them (UTF-16).
type findingAnswer struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Message  string `json:"message"`
	Mend     string `json:"mend,omitzero"`
}

const maxCriteriaChecked = 100

// checkText looks at a story while somebody writes it.
func (s *server) checkText(_ *call, in textRequest, _ []byte) (answer textAnswer, err error) {
	if len(in.Criteria) > maxCriteriaChecked {
		return answer, malformed(fmt.Sprintf("at most %d criteria are checked at once", maxCriteriaChecked))
	}
	reading := narrative.Read(in.Narrative)
	answer.Narrative, _ = narrative.Parse(in.Narrative)
	answer.Findings, answer.Criteria = findingsIn(in.Narrative), make([][]findingAnswer, len(in.Criteria))
	answer.Suggest, _ = quality.Suggest(reading)
	for i, criterion := range in.Criteria {
		answer.Criteria[i] = placed(criterion, quality.CheckCriteria(criterion, quality.Words{}))
	}
	return answer, nil
}

func findingsIn(text string) []findingAnswer {
	if text == "" {
		return []findingAnswer{}
	}
	return placed(text, quality.Check(quality.Read(text)))
}

// placed turns places in bytes into places in UTF-16.
func placed(text string, found []quality.Finding) []findingAnswer {
	units := func(bytes int) (n int) {
		for _, r := range text[:min(bytes, len(text))] {
			if n++; r > 0xffff {
				n++
			}
		}
		return n
	}
	answer := make([]findingAnswer, len(found))
	for i, f := range found {
		answer[i] = findingAnswer{f.Rule, f.Severity.String(), units(f.Start), units(f.End), f.Message, f.Mend}
	}
	return answer
}

// export writes everything that the product is: its events, which another service can replay, or its state.
func (s *server) export(c *call) error {
	format := cmp.Or(c.URL.Query().Get("format"), "events")
	if format != "events" && format != "snapshot" {
		return malformed("the format has to be events or snapshot")
	}
	var snapshot []byte
	var last uint64
	err := s.view(c.Context(), c.product, c.person, func(v *backlog.View) (err error) {
		if last = v.Seq(); format == "snapshot" {
			snapshot, err = v.Snapshot()
		}
		return err
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("ETag", etag(last))
	c.w.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(c.product+"-"+format+".json"))
	if format == "snapshot" {
		c.w.Header().Set("Content-Type", "application/json")
		_, _ = c.w.Write(snapshot)
		return nil
	}
	c.w.Header().Set("Content-Type", "application/x-ndjson")
	out := json.NewEncoder(c.w)
	err = s.eachEvent(c.Context(), c.product, 0, func(event backlog.Event) error {
		if event.Seq > last {
			return nil
		}
		return out.Encode(event)
	})
	if err != nil {
		s.log.Warn("export", "product", c.product, "error", err) // the answer has begun
	}
	return nil
}
