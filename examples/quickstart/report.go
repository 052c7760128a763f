package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func (p *product) say(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

func (p *product) heading(title string) {
	p.say("\n%s\n%s\n", strings.ToUpper(title), strings.Repeat("-", len(title)))
}

// titled returns the title of a story.
func (p *product) titled(id story.ID) string {
	s, _ := p.Story(id)
	return s.Title
}

func (p *product) tellTree() error {
	vision, _ := p.Vision()
	p.say("vision   %s", vision.Text)
	for goal := range p.Goals() {
		p.say("goal     %s (%s)", goal.Title, goal.Status)
		p.say("         %s: from %s to %s %s", goal.Metric.Name, goal.Metric.Baseline,
			goal.Metric.Target.Of(goal.Metric.Baseline), goal.Metric.Unit)
		for feature := range p.FeaturesOf(goal.ID) {
			p.say("  feature  %s [%s]", feature.Title, p.horizonName(feature.Horizon))
			if feature.Problem != "" {
				p.say("           %s: %s", feature.Problem, feature.Hypothesis)
			}
			for s := range p.StoriesOf(feature.ID) {
				p.say("    story    %s", s.Title)
				p.say("             %s", s.Narrative)
				for _, task := range s.Tasks.All() {
					p.say("      task     %s", task.Title)
				}
			}
		}
	}
	tasks, _ := p.Story(storyID("View spending by category"))
	trace, _ := p.Trace(tasks.Tasks.Slice()[1].ID)
	p.say("\nWhy %q? For the story %q,\nof the feature %q, for the goal %q.",
		trace.Task.Title, trace.Story.Title, trace.Feature.Title, trace.Goal.Title)
	return nil
}

// tellRoadmap shows what is planned when, and where the active goal should be by now.
func (p *product) tellRoadmap() error {
	for horizon := range p.Horizons() {
		p.say("%s", horizon.Name)
		for feature := range p.Features() {
			if feature.Horizon == horizon.ID {
				goal, _ := p.Goal(feature.Goal)
				p.say("  %s, for %q", feature.Title, goal.Title)
			}
		}
	}
	for goal := range p.Goals() {
		if track, ok := goal.Track(p.now); ok {
			expected, _ := track.Expected.Percent(0)
			p.say("\n%s: %s %% of the time is over, due %s.", goal.Title, expected, goal.Due.Format("2 January 2006"))
		}
	}
	return nil
}

func (p *product) horizonName(id roadmap.HorizonID) string {
	if horizon, ok := p.Horizon(id); ok {
		return horizon.Name
	}
	return "unplanned"
}

func (p *product) tellReadiness() error {
	for s := range p.Stories() {
		var missing []string
		results, _ := p.Readiness(s.ID)
		for _, result := range results {
			if !result.IsMet() {
				missing = append(missing, p.readable(result.Missing))
			}
		}
		if len(missing) == 0 {
			p.say("ready      %s", s.Title)
		} else {
			p.say("not ready  %s\n           it needs %s", s.Title, strings.Join(missing, ", "))
		}
	}
	p.say("\nA look over the whole tree:")
	for _, finding := range p.Findings() {
		p.say("  %s", finding.Message)
	}
	return nil
}

// readable puts titles in place of the ids of stories and sprints.
func (p *product) readable(text string) string {
	for s := range p.Stories() {
		text = strings.ReplaceAll(text, s.ID.String(), s.Title)
	}
	return text
}

// rankings asks three methods about the same stories. What a method was not told about a story
// leaves it unscored.
func (p *product) rankings() (wsjf, rice, moscow *prioritize.Ranking[story.ID], err error) {
	var forWSJF []prioritize.Candidate[story.ID, prioritize.WSJFInput]
	var forRICE []prioritize.Candidate[story.ID, prioritize.RICEInput]
	var forMoSCoW []prioritize.Candidate[story.ID, prioritize.MoSCoWInput]
	for s := range p.Stories() {
		known, _ := p.Assessment(s.ID)
		forWSJF = append(forWSJF, candidate(s.ID, known.WSJF))
		forRICE = append(forRICE, candidate(s.ID, known.RICE))
		forMoSCoW = append(forMoSCoW, candidate(s.ID, known.MoSCoW))
	}
	wsjf, errWSJF := prioritize.Rank(prioritize.WSJF{}, forWSJF)
	rice, errRICE := prioritize.Rank(prioritize.RICE{}, forRICE)
	moscow, errMoSCoW := prioritize.Rank(prioritize.MoSCoW{}, forMoSCoW)
	return wsjf, rice, moscow, errors.Join(errWSJF, errRICE, errMoSCoW)
}

func candidate[A any](id story.ID, input *A) prioritize.Candidate[story.ID, A] {
	if input == nil {
		return prioritize.Candidate[story.ID, A]{Key: id, Unscored: "not assessed"}
	}
	return prioritize.Candidate[story.ID, A]{Key: id, Input: *input}
}

func (p *product) tellOrders() error {
	wsjf, rice, moscow, err := p.rankings()
	if err != nil {
		return err
	}
	all := []*prioritize.Ranking[story.ID]{wsjf, rice, moscow}
	names := []string{"WSJF", "RICE", "MoSCoW"}

	lines := "\t" + strings.Join(names, "\t") + "\n"
	for place := range p.Len() {
		lines += fmt.Sprint(place + 1)
		for _, ranking := range all {
			lines += "\t" + p.cell(ranking, place)
		}
		lines += "\n"
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(table, lines); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for i, ranking := range all {
		p.say("\nwhy, by %s", names[i])
		for row := range ranking.All() {
			p.say("  %s: %s", p.titled(row.Key), ranking.Sentence(row.Key, 2))
		}
		for _, tie := range ranking.Ties() {
			p.say("  tied; input order kept: %s", p.titles(tie))
		}
		for _, missing := range ranking.Unscored() {
			p.say("  %s: unscored, %s", p.titled(missing.Key), missing.Reason)
		}
	}
	p.tellDisagreements(names, all)
	return nil
}

// cell is what a ranking has at a place: its title and score, or one of the unscored.
func (p *product) cell(ranking *prioritize.Ranking[story.ID], place int) string {
	row, ranked := ranking.Row(place + 1)
	switch {
	case !ranked:
		return "(" + p.titled(ranking.KeysWithUnscored()[place]) + ")"
	case row.Score.Class() > 0:
		return p.titled(row.Key)
	default:
		return fmt.Sprintf("%s %s", p.titled(row.Key), row.Score.At(2))
	}
}

func (p *product) titles(ids []story.ID) string {
	var titles []string
	for _, id := range ids {
		titles = append(titles, p.titled(id))
	}
	return strings.Join(titles, ", ")
}

// tellDisagreements lists the stories whose places differ by two or more.
func (p *product) tellDisagreements(names []string, all []*prioritize.Ranking[story.ID]) {
	p.say("\nwhere they disagree")
	for s := range p.Stories() {
		var places []int
		var words []string
		for i, ranking := range all {
			if row, ok := ranking.Lookup(s.ID); ok {
				places = append(places, row.Position)
				words = append(words, fmt.Sprintf("%s %d", names[i], row.Position))
			}
		}
		if slices.Max(places)-slices.Min(places) >= 2 {
			p.say("  %s: %s", s.Title, strings.Join(words, ", "))
		}
	}
}

// tellRefusals tries what must not be, and shows the reasons.
func (p *product) tellRefusals() error {
	before, err := p.Snapshot()
	if err != nil {
		return err
	}
	for _, attempt := range []struct {
		who    backlog.Actor
		change backlog.Change
	}{
		{stan, backlog.MoveStories{Stories: []story.ID{storyID("Export expenses")}, To: backlog.First()}},
		{otto, backlog.AssignFeatureHorizon{Feature: featureID("expense tracking"), Horizon: horizonID("now"), Reason: "I want it now"}},
		{otto, backlog.EstimateStory{Story: storyID("Export expenses"), Estimate: story.Points(1)}},
		{dana, backlog.AcceptStory{Story: storyID("View spending by category")}},
		{otto, backlog.AcceptStory{Story: storyID("View spending by category")}},
	} {
		err := p.Can(attempt.change, attempt.who, p.At())
		if err == nil {
			return fmt.Errorf("%s was let through", attempt.change.Kind())
		}
		p.say("%s", err)
	}
	after, err := p.Snapshot()
	if err != nil {
		return err
	}
	p.say("\nNothing changed: %t.", string(before) == string(after))
	return nil
}

func (p *product) tellOrder() error {
	wsjf, _, _, err := p.rankings()
	if err != nil {
		return err
	}
	order := backlog.OrderStories{Stories: wsjf.Keys(), Method: "WSJF"}
	if err := p.do(otto, order); err != nil {
		return err
	}
	p.say("Otto, product owner, applied the WSJF order; the event records who, when and why.\n")
	for s := range p.Stories() {
		index, _ := p.Index(s.ID)
		p.say("%d  %s", index+1, s.Title)
	}
	return nil
}

func (p *product) tellSprint() error {
	for s := range p.Stories() {
		change := backlog.SetStoryStatus{Story: s.ID, To: story.Ready}
		if p.Can(change, otto, p.At()) == nil {
			if err := p.do(otto, change); err != nil {
				return err
			}
		}
	}
	sprint := backlog.Sprint{
		ID: sprintID("1"), Name: "Sprint 1", Goal: "Pay and see what it costs", Team: "wallet", Capacity: number("12"),
	}
	plan := p.SprintFill(sprint.Team, sprint.Capacity, p.At())
	err := p.do(otto, backlog.PlanSprint{Sprint: sprint},
		backlog.CommitStories{Sprint: sprint.ID, Stories: plan.Stories}, backlog.StartSprint{Sprint: sprint.ID})
	if err != nil {
		return err
	}
	p.say("%s: %q, %s of %s points", sprint.Name, sprint.Goal, plan.Points, sprint.Capacity)
	for _, id := range plan.Stories {
		s, _ := p.Story(id)
		p.say("  in       %s (%s)", s.Title, s.Estimate)
	}
	for _, skip := range plan.Skipped {
		p.say("  skipped  %s: %s", p.titled(skip.Story), p.readable(skip.Reason))
	}
	return nil
}

func (p *product) tellAcceptance() error {
	spending, _ := p.Story(storyID("View spending by category"))
	card, _ := p.Story(storyID("Pay with a saved card"))
	for _, s := range []story.Story{spending, card} {
		err := p.do(dana, backlog.SetStoryStatus{Story: s.ID, To: story.InProgress}, backlog.SetStoryStatus{Story: s.ID, To: story.InReview})
		if err != nil {
			return err
		}
	}
	against := p.Can(backlog.AcceptStory{Story: spending.ID}, otto, p.At()) // one line for each rule
	p.say("Otto tries to accept %q at once:\n  %s\n", spending.Title, strings.ReplaceAll(against.Error(), "\n", "\n  "))
	for _, task := range spending.Tasks.All() {
		if err := p.do(dana, backlog.FinishTask{Task: task.ID}); err != nil {
			return err
		}
	}
	for _, criterion := range spending.Criteria.All() {
		if err := p.do(otto, backlog.JudgeCriterion{Story: spending.ID, Criterion: criterion.ID, Verdict: story.Met}); err != nil {
			return err
		}
	}
	reason := "the card number shows in full on small screens"
	err := p.do(otto, backlog.AcceptStory{Story: spending.ID},
		backlog.JudgeCriterion{Story: card.ID, Criterion: card.Criteria.Slice()[0].ID, Verdict: story.Met},
		backlog.JudgeCriterion{Story: card.ID, Criterion: card.Criteria.Slice()[1].ID, Verdict: story.Unmet, Note: reason},
		backlog.RejectStory{Story: card.ID, Reason: reason})
	if err != nil {
		return err
	}
	for _, id := range []story.ID{spending.ID, card.ID} {
		s, _ := p.Story(id)
		p.say("%s is %s", s.Title, s.Status)
		for _, criterion := range s.Criteria.All() {
			p.say("  %-5s  %s", criterion.Verdict, criterion.Text)
		}
	}
	last := p.events[len(p.events)-1]
	p.say("\n%s by %s as %s: %s", last.Change.Kind(), last.By.Name, last.As, reason)
	return nil
}

func (p *product) tellProgress() error {
	err := p.do(paula, backlog.MeasureGoal{Goal: goalID(checkoutGoal), Value: number("85")})
	if err != nil {
		return err
	}
	for goal := range p.Goals() {
		goal = goal.AsOf(p.now)
		work, _ := p.GoalProgress(goal.ID)
		actual, measured := goal.Actual()
		p.say("goal     %s", goal.Title)
		if measured {
			percent, _ := goal.Progress().Percent(0)
			track, _ := goal.Track(p.now)
			p.say("         %s now %s %s: %s %% of the way, on track: %t", goal.Metric.Name, actual, goal.Metric.Unit, percent, track.IsOnTrack())
		} else {
			p.say("         %s not measured yet", goal.Metric.Name)
		}
		p.say("         stories accepted %s, points %s", work.Stories, work.Points)
		for feature := range p.FeaturesOf(goal.ID) {
			work, _ := p.FeatureProgress(feature.ID)
			p.say("  feature  %s: stories accepted %s, points %s, not estimated %d",
				feature.Title, work.Stories, work.Points, work.Unestimated)
		}
	}
	return nil
}

// tellReplay rebuilds the backlog from its events, through JSON, as a host program would after a
// restart.
func (p *product) tellReplay() error {
	stored, err := json.Marshal(p.events)
	if err != nil {
		return err
	}
	var read []backlog.Event
	if err := json.Unmarshal(stored, &read); err != nil {
		return err
	}
	again, err := backlog.Replay(backlog.Options{}, backlog.Recorded(read))
	if err != nil {
		return err
	}
	live, err := p.Snapshot()
	if err != nil {
		return err
	}
	rebuilt, err := again.Snapshot()
	if err != nil {
		return err
	}
	if string(live) != string(rebuilt) {
		return errors.New("the rebuilt backlog differs")
	}
	p.say("%d events, %d stories: the rebuilt snapshot equals the live one, byte for byte.", len(read), again.Len())
	return nil
}
