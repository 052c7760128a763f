package main

import (
	"fmt"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// earlierVelocities is what the team's sprints came to before the story of this program began.
var earlierVelocities = forecast.History{number("8"), number("12"), number("5"), number("10")}

// tellForecast says when what is open may be done: exactly, for a history of velocities, and with the
// confidence that each answer has.
func (p *product) tellForecast() error {
	total := p.TotalProgress()
	open := total.Points.Total.Sub(total.Points.Done).Add(total.NotBrokenDown)
	p.say("%s points are open; %d story has no estimate and is not in it.", open, total.Unestimated)
	p.say("Velocities so far: %v.\n", []any{
		earlierVelocities[0], earlierVelocities[1], earlierVelocities[2], earlierVelocities[3],
	})
	completion, err := forecast.When(earlierVelocities, forecast.Exactly(open))
	if err != nil {
		return err
	}
	schedule := forecast.Schedule{Start: p.now.AddDate(0, 0, 1), Days: 10, Working: flow.Weekdays()}
	for _, confidence := range []float64{0.5, 0.85, 0.95} {
		sprints, ok := completion.Percentile(confidence)
		if !ok {
			return fmt.Errorf("no forecast at %v", confidence)
		}
		date, err := schedule.Date(sprints)
		if err != nil {
			return err
		}
		p.say("%2.0f %% sure: within %d sprints, by %s", confidence*100, sprints, date.Format("2 January 2006"))
	}
	output, err := forecast.HowMany(earlierVelocities, 2)
	if err != nil {
		return err
	}
	if points, ok := output.Percentile(0.85); ok {
		p.say("85 %% sure: at least %s points in the next 2 sprints", points)
	}
	return nil
}
