package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/story"
)

type forecastAnswer struct {
	Open        int                `json:"open"`             // stories
	Weeks       []string           `json:"weeks"`            // stories accepted in each whole week of the past
	Without     string             `json:"without,omitzero"` // why there is no forecast
	Percentiles []percentileAnswer `json:"percentiles"`
	Calibration string             `json:"calibration,omitzero"`
	completion  forecast.Completion
}

type percentileAnswer struct {
	Confidence int       `json:"confidence"` // in per cent
	Weeks      int       `json:"weeks"`
	Date       time.Time `json:"date"`
}

func theForecast(s *server, v *backlog.View, c *call) (forecastAnswer, error) {
	confidence, err := c.number("confidence", 0, 99)
	if err != nil {
		return forecastAnswer{}, err
	}
	confidences := []int{50, 85, 95}
	if confidence > 0 {
		confidences = []int{confidence}
	}
	return forecastOf(v, s.now(), confidences...)
}

func forecastOf(v *backlog.View, now time.Time, confidences ...int) (forecastAnswer, error) {
	answer := forecastAnswer{Weeks: []string{}, Percentiles: []percentileAnswer{}}
	for one := range v.Stories() {
		if category, _ := v.Workflow().Category(one.Status); category.IsOpen() {
			answer.Open++
		}
	}
	weeks, err := flow.Throughput(v, flow.Weeks(time.UTC), now)
	if err != nil {
		return answer, err
	}
	for _, week := range weeks {
		answer.Weeks = append(answer.Weeks, week.String())
	}
	answer.completion, err = forecast.When(weeks, forecast.ItemScope(answer.Open))
	switch {
	case errors.Is(err, forecast.ErrNoHistory), errors.Is(err, forecast.ErrNoThroughput):
		answer.Without = "no week has ended in which a story was accepted"
		return answer, nil
	case errors.Is(err, forecast.ErrTooLarge):
		answer.Without = "the backlog is too large to forecast"
		return answer, nil
	case err != nil:
		return answer, err
	}
	answer.Calibration = answer.completion.Calibration.String()
	schedule := weekly(now)
	for _, confidence := range confidences {
		weeks, ok := answer.completion.Percentile(float64(confidence) / 100)
		if !ok {
			continue
		}
		date, err := schedule.Date(weeks)
		if err != nil {
			return answer, err
		}
		answer.Percentiles = append(answer.Percentiles, percentileAnswer{confidence, weeks, date})
	}
	return answer, nil
}

// weekly is the schedule of the weeks that begin today.
func weekly(now time.Time) forecast.Schedule {
	return forecast.Schedule{Start: now.UTC(), Days: 7, Working: flow.EveryDay}
}

type flowAnswer struct {
	Expectation flow.Expectation `json:"expectation"` // within how many days 85 % of the stories are done
	Times       []flow.StateTime `json:"times"`       // in each state
	Bottleneck  story.Status     `json:"bottleneck,omitzero"`
	Aging       []agingAnswer    `json:"aging"`
}

type agingAnswer struct {
	Story story.ID     `json:"story"`
	Title string       `json:"title"`
	State story.Status `json:"state"`
	Days  int          `json:"days"`
	Late  bool         `json:"late"` // older than 85 % were when they left the state
}

var shares = []float64{.5, .85, .95}

func theFlow(s *server, v *backlog.View, c *call) (answer flowAnswer, err error) {
	items, past, err := s.pastOf(c)
	if err != nil {
		return answer, err
	}
	now := s.now()
	if answer.Expectation, err = flow.ServiceLevel(items, .85, flow.WorkTime{}, now); err != nil {
		return answer, err
	}
	if answer.Times, err = past.TimeInState(flow.WorkTime{}, now); err != nil {
		return answer, err
	}
	slowest, _ := flow.Bottleneck(answer.Times)
	answer.Bottleneck = slowest.Name
	aging, err := past.Aging(shares, flow.WorkTime{}, now)
	if err != nil {
		return answer, err
	}
	answer.Aging = []agingAnswer{}
	for _, item := range aging.Items {
		id, err := story.ParseID(item.Key)
		if err != nil {
			return answer, err
		}
		one, _ := v.Story(id)
		answer.Aging = append(answer.Aging, agingAnswer{id, one.Title, item.State, item.Age, item.Above >= .85})
	}
	return answer, nil
}

// pastOf reads the log once more for what flow measures.
func (s *server) pastOf(c *call) ([]flow.Item, flow.Past, error) {
	items, err := flow.FromEvents(backlog.Options{}, s.store.Read(c.Context(), c.product, 0))
	if err != nil {
		return nil, flow.Past{}, err
	}
	past, err := flow.PastFromEvents(backlog.Options{}, s.store.Read(c.Context(), c.product, 0))
	return items, past, err
}

// picture draws what flow and forecast found. An SVG is shown as an image, so nothing in it runs.
func (s *server) picture(c *call) error {
	now := s.now()
	var drawing string
	err := s.view(c.Context(), c.product, c.person, func(v *backlog.View) (err error) {
		c.w.Header().Set("ETag", etag(v.Seq()))
		drawing, err = s.draw(c, v, now)
		return err
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "image/svg+xml")
	c.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_, _ = c.w.Write([]byte(drawing))
	return nil
}

func (s *server) draw(c *call, v *backlog.View, now time.Time) (string, error) {
	name := c.PathValue("picture")
	if name == "story-map" {
		return render.StoryMapSVG("Story map of "+c.product, v), nil
	}
	if name == "forecast" {
		answer, err := forecastOf(v, now, 50, 85, 95)
		if err != nil || answer.Without != "" {
			return "", cmp.Or(err, error(&problem{Type: "not-found", Status: http.StatusNotFound, Detail: answer.Without}))
		}
		schedule := weekly(now)
		return render.CompletionSVG("When the open stories are done", answer.completion, shares, func(weeks int) string {
			date, err := schedule.Date(weeks)
			if err != nil {
				return fmt.Sprint(weeks)
			}
			return date.Format("2 Jan 2006")
		}), nil
	}
	items, past, err := s.pastOf(c)
	if err != nil {
		return "", err
	}
	first := now
	for _, item := range items {
		if item.Created.Before(first) && !item.Created.IsZero() {
			first = item.Created
		}
	}
	switch name {
	case "flow":
		picture, err := past.StateFlow(flow.WorkTime{}, first, now)
		return render.StateFlowSVG("Stories by state", picture), err
	case "cycle":
		times, err := flow.CycleTimes(items, flow.WorkTime{}, now)
		return render.CycleTimeSVG("How long stories took", times, shares), err
	case "aging":
		aging, err := past.Aging(shares, flow.WorkTime{}, now)
		for i, item := range aging.Items {
			if id, err := story.ParseID(item.Key); err == nil {
				one, _ := v.Story(id)
				aging.Items[i].Key = cmp.Or(one.Key(), one.Title)
			}
		}
		return render.AgingSVG("How old the work in progress is", aging), err
	}
	return "", errNoSuchPlace
}

// report answers with the product as a page of Markdown.
func (s *server) report(c *call) error {
	var text string
	err := s.view(c.Context(), c.product, c.person, func(v *backlog.View) error {
		c.w.Header().Set("ETag", etag(v.Seq()))
		text = reportOf(v)
		return nil
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	_, _ = c.w.Write([]byte(text))
	return nil
}

// reportOf is the product as Markdown; the story map is in it if there is one.
func reportOf(v *backlog.View) string {
	text := render.RoadmapMarkdown(v) + "\n" + render.TreeMarkdown(v)
	for range v.Activities() {
		return text + "\n" + render.StoryMapMarkdown(v)
	}
	return text
}
