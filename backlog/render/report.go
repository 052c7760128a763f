package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// ReportOptions are what a report goes by beside the backlog.
type ReportOptions struct {
	At time.Time // the instant of the report; the zero time means that of the last event

	// Forecasts are the forecasts that were given and what became of them, see [forecast.Outcomes].
	Forecasts []forecast.Outcome

	// Ranges are forecasts of when the work on goals is done, such as that of [forecast.Throughput]. When puts so many
	// periods into words, a date say; nil means "4 periods".
	Ranges map[roadmap.GoalID]forecast.Completion
	When   func(periods int) string

	// Events are those since the earlier state, or more: the reasons that they give are part of what changed.
	Events []backlog.Event

	// Team narrows [TeamReport] to what concerns one team; unset means all.
	Team story.Team
}

// Report returns a page for leadership: the goals with how far they are, whether they are on track and when they are
// to be reached, the benefits that were hoped for and came, what is overdue, what changed since an earlier state and
// why, promises, risks, money, and the decisions that are owed. Every figure is one that a query returns: [roadmap.Goal.Progress],
// [roadmap.Goal.Track], [roadmap.Goal.Score], [forecast.Completion.Percentile], [backlog.View.GoalProgress], [backlog.View.OutcomesDue],
// [backlog.View.Budgets], [backlog.View.MoneyOf], [backlog.View.ThemeBudgets], [backlog.View.Overdue], [diff.Between], [forecast.KeptPromises], or a count of what an iterator yields.
func Report(since, now *backlog.View, options ReportOptions) string {
	p, at := newReport("Report", since, now, options)
	p.section(2, "Goals")
	for goal := range now.Goals() {
		if goal.Status.IsOpen() {
			p.line(goals, goal.Title, append(reportGoal(now, goal, at), options.ranges(goal.ID)...)...)
		}
	}
	p.benefits(now, at)
	p.overdue(now, at, func(item backlog.ItemID) bool { return item.Story.IsZero() })
	p.changes(since, now, func(d diff.Difference) bool {
		return d.Subject != "story" && d.Subject != "person" && d.Subject != "sprint"
	})
	p.reasons(since, now, options.Events, func(items backlog.Items) bool {
		return len(items.Stories) == 0 || len(items.Features)+len(items.Goals)+len(items.Releases)+len(items.Increments) > 0
	})
	p.section(2, "Promises")
	for _, c := range forecast.KeptPromises(options.Forecasts, at) {
		p.paragraph(fmt.Sprintf("Of %s given with %s %%, kept: %d.", counted(c.Forecasts, promises), plain(100*c.Level), c.Held))
	}
	for _, o := range options.Forecasts {
		title := cmp.Or(o.Promise.Key, "at least "+o.Promise.Amount.String()) + " by " + day(o.Promise.Until)
		p.entry(promises, 0, o.Fate == forecast.PromiseKept, title, promiseFacts(o)...)
	}
	p.risks(now)
	p.section(2, "Money")
	for goal := range now.Goals() {
		for _, budget := range now.Budgets(goal.ID) {
			p.line(goals, goal.Title, "planned "+inMarkdown(budget.Planned.String()), "spent "+inMarkdown(budget.Spent.String()))
		}
		for _, one := range now.MoneyOf(roadmap.AboutGoal(goal.ID)) {
			currency := " " + inMarkdown(one.Currency)
			p.line(goals, goal.Title, "from "+day(one.From)+" to before "+day(one.To),
				"planned profit "+one.Planned.Profit().String()+currency, "actual profit "+one.Actual.Profit().String()+currency)
		}
	}
	for _, budget := range now.ThemeBudgets() {
		theme, _ := now.Theme(budget.Theme)
		facts := []string{"planned " + inMarkdown(budget.Planned.String()), "share " + inMarkdown(budget.Share.String())}
		if budget.IsOver() {
			facts = append(facts, "over")
		}
		p.line(themes, theme.Title, facts...)
	}
	p.section(2, "Decisions owed")
	for proposal := range now.Proposals() {
		if proposal.Status == roadmap.ProposalOpen && !proposal.IsStory() {
			p.line(proposals, proposal.Title(), "proposed by "+inMarkdown(proposal.By), "on "+day(proposal.At))
		}
	}
	for _, id := range now.OutcomesDue(at) {
		feature, _ := now.Feature(id)
		p.line(features, feature.Title, "its benefit waits for a verdict")
	}
	p.questions(now, at, func(q backlog.Question) bool {
		return q.To != backlog.Developer && q.To != backlog.ProductOwner && q.To != backlog.ScrumMaster
	})
	return p.end()
}

// TeamReport returns a page for a team: what changed for it since an earlier state, what is overdue, what waits for what, the
// impediments and how long they are open, what waits for whom and how long, and how long answers take. Every figure is one that a query returns:
// [backlog.View.Waiting], [roadmap.Impediment.Lasted], [backlog.View.AnswerTimes], [backlog.View.WorkInProgress], [diff.Between], or a
// count of what an iterator yields.
func TeamReport(since, now *backlog.View, options ReportOptions) string {
	p, at := newReport("Team report", since, now, options)
	mine := func(id string) bool {
		parsed, err := story.ParseID(id)
		s, ok := now.Story(parsed)
		return err == nil && ok && (options.Team == "" || s.Team == options.Team)
	}
	p.changes(since, now, func(d diff.Difference) bool { return d.Subject == "story" && mine(d.ID) })
	p.reasons(since, now, options.Events, func(items backlog.Items) bool {
		return slices.ContainsFunc(items.Stories, func(id story.ID) bool { return mine(id.String()) })
	})
	p.section(2, "Work in progress")
	for _, load := range now.WorkInProgress() {
		if options.Team == "" || load.Team == "" || load.Team == options.Team {
			p.line(stories, string(load.State), fmt.Sprintf("%d of at most %d", load.Count, load.Most))
		}
	}
	p.overdue(now, at, func(item backlog.ItemID) bool { return !item.Story.IsZero() && mine(item.Story.String()) })
	p.section(2, "Waiting for other work")
	for s, wait := range now.Waiting(at) {
		if options.Team != "" && s.Team != options.Team {
			continue
		}
		var facts []string
		if len(wait.Items) > 0 {
			facts = append(facts, "waits for "+counted(len(wait.Items), items))
		}
		for _, id := range wait.Impediments {
			impediment, _ := now.Impediment(id)
			facts = append(facts, "held by "+inMarkdown(impediment.Title))
		}
		if !wait.Until.IsZero() {
			facts = append(facts, "held until "+day(wait.Until))
		}
		p.line(stories, s.Title, facts...)
	}
	p.impediments(now, at)
	p.section(2, "Waiting for acceptance")
	for s := range now.StoriesIn(now.Workflow().Review) {
		if options.Team == "" || s.Team == options.Team {
			p.line(stories, s.Title)
		}
	}
	p.section(2, "Waiting for answers")
	p.questions(now, at, func(q backlog.Question) bool { return q.About.Story.IsZero() || mine(q.About.Story.String()) })
	for _, one := range now.AnswerTimes(at) {
		text := fmt.Sprintf("The %v: %d open for %v altogether, %d answered", one.Role, one.Open, one.Waiting, one.Answered)
		if one.Answered > 0 {
			text += fmt.Sprintf(", half of them within %v", one.Median)
		}
		p.paragraph(text + ".")
	}
	return p.end()
}

func newReport(title string, since, now *backlog.View, options ReportOptions) (*page, time.Time) {
	at := options.At
	if at.IsZero() {
		at = now.At()
	}
	p := &page{budget: budget{room: MaxEntries}}
	fmt.Fprintf(&p.text, "# %s of %s\n", title, day(at))
	p.paragraph(fmt.Sprintf("Since %s.", day(since.At())))
	return p, at
}

// line writes an entry of a list without a box.
func (p *page) line(k kind, title string, facts ...string) {
	if !p.take(k) {
		return
	}
	if !p.listing {
		p.text.WriteByte('\n')
		p.listing = true
	}
	p.text.WriteString("- " + inMarkdown(title))
	if said := joined(facts); said != "" {
		fmt.Fprintf(&p.text, " (%s)", said)
	}
	p.text.WriteByte('\n')
}

func reportGoal(now *backlog.View, goal roadmap.Goal, at time.Time) []string {
	facts := goalFacts(now, goal)
	if score, ok := goal.Score(1); ok {
		facts = append(facts, "score "+score.String())
	}
	track, ok := goal.Track(at)
	switch {
	case !ok:
	case track.IsOnTrack():
		facts = append(facts, "on track")
	default:
		facts = append(facts, "behind")
	}
	return facts
}

// ranges returns by when a goal is to be reached, and how sure that is.
func (o ReportOptions) ranges(goal roadmap.GoalID) []string {
	completion, ok := o.Ranges[goal]
	if !ok {
		return nil
	}
	var facts []string
	for _, level := range []float64{.5, .85, .95} {
		text := "is not foreseen"
		if n, ok := completion.Percentile(level); ok && o.When == nil {
			text = fmt.Sprintf("within %d periods", n)
		} else if ok {
			text = "by " + inMarkdown(o.When(n))
		}
		facts = append(facts, percentOf(level)+" % "+text)
	}
	return facts
}

// reasons writes why something changed: what the events between two states give for it.
func (p *page) reasons(since, now *backlog.View, events []backlog.Event, wanted func(backlog.Items) bool) {
	for _, event := range events {
		items, _ := event.Touches()
		reason := event.Reason()
		if event.Seq <= since.Seq() || event.Seq > now.Seq() || event.Change == nil || reason == "" || !wanted(items) {
			continue
		}
		facts := []string{inMarkdown(strings.ReplaceAll(event.Change.Kind(), "_", " "))}
		for _, title := range titlesOf(now, items) {
			facts = append(facts, inMarkdown(title))
		}
		p.line(changes, "Why: "+reason, append(facts, "by "+inMarkdown(event.By.Name), "on "+day(event.At))...)
	}
}

// titlesOf returns what the first items that are there are called.
func titlesOf(v *backlog.View, items backlog.Items) (titles []string) {
	const most = 3
	add := func(title string, ok bool) {
		if ok && len(titles) < most {
			titles = append(titles, title)
		}
	}
	for _, id := range items.Goals {
		goal, ok := v.Goal(id)
		add(goal.Title, ok)
	}
	for _, id := range items.Features {
		feature, ok := v.Feature(id)
		add(feature.Title, ok)
	}
	for _, id := range items.Stories {
		s, ok := v.Story(id)
		add(s.Title, ok)
	}
	return titles
}

// overdue writes what is open after it was due, with whom to talk to.
func (p *page) overdue(now *backlog.View, at time.Time, wanted func(backlog.ItemID) bool) {
	p.section(2, "Overdue")
	for _, item := range now.Overdue(at) {
		if !wanted(item) {
			continue
		}
		feature, ok := now.Feature(item.Feature)
		title, details, k := feature.Title, feature.Details.Value(), features
		if !ok {
			s, _ := now.Story(item.Story)
			title, details, k = s.Title, s.Details.Value(), stories
		}
		facts := []string{"due " + day(details.Due)}
		for _, one := range [][2]string{{"for ", details.Requester}, {"segment ", details.Segment}, {"assigned to ", details.Assignee}} {
			if one[1] != "" {
				facts = append(facts, one[0]+inMarkdown(one[1]))
			}
		}
		p.line(k, title, facts...)
	}
}

// benefits writes what came of the hypotheses of features.
func (p *page) benefits(now *backlog.View, at time.Time) {
	p.section(2, "Benefits")
	for feature := range now.Features() {
		outcome := feature.Outcome.Value()
		if outcome.IsZero() {
			continue
		}
		verdict := outcome.Verdict.String()
		if outcome.Verdict == 0 {
			verdict = "no verdict yet, due " + day(outcome.To)
			if !outcome.To.After(at) {
				verdict = "a verdict was due on " + day(outcome.To)
			}
		}
		goal := roadmap.Goal{Metric: outcome.Metric, Measurements: outcome.Measurements.Slice()}
		p.entry(features, 0, outcome.Verdict == roadmap.Validated, feature.Title, metricText(goal), verdict)
	}
}

// changes writes how two states differ.
func (p *page) changes(since, now *backlog.View, wanted func(diff.Difference) bool) {
	p.section(2, "What changed")
	for _, one := range diff.Between(since, now) {
		if wanted(one) {
			p.line(changes, one.String())
		}
	}
}

// impediments writes the impediments that are open, and how long each has been.
func (p *page) impediments(now *backlog.View, at time.Time) {
	p.section(2, "Impediments")
	for one := range now.Impediments() {
		if !one.IsOpen() {
			continue
		}
		owner := "nobody sees to it"
		if one.Owner != "" {
			owner = "seen to by " + inMarkdown(one.Owner)
		}
		p.line(impediments, one.Title, fmt.Sprintf("open for %v", one.Lasted(at)), owner)
	}
}

// risks writes the risks that are not resolved, the worst first.
func (p *page) risks(now *backlog.View) {
	p.section(2, "Risks")
	scale := now.RiskScale()
	for _, risk := range openRisks(now) {
		owner := "nobody sees to it"
		if risk.Owner != "" {
			owner = "seen to by " + inMarkdown(risk.Owner)
		}
		p.line(risks, risk.Title, levelText(scale.Likelihood, risk.Likelihood), levelText(scale.Impact, risk.Impact),
			risk.Status.String(), owner)
	}
}

// openRisks returns the risks that are not resolved, by likelihood x impact, the highest first, then in their
// order.
func openRisks(v *backlog.View) []roadmap.Risk {
	var open []roadmap.Risk
	for risk := range v.Risks() {
		if risk.Status != roadmap.RiskResolved {
			open = append(open, risk)
		}
	}
	slices.SortStableFunc(open, func(x, y roadmap.Risk) int {
		return cmp.Compare(y.Likelihood*y.Impact, x.Likelihood*x.Impact)
	})
	return open
}

// levelText returns the name of a level, empty for a risk that is not rated.
func levelText(names []string, level int) string {
	if level < 1 || level > len(names) {
		return ""
	}
	return inMarkdown(names[level-1])
}

// questions writes the questions that are open and how long they wait.
func (p *page) questions(now *backlog.View, at time.Time, wanted func(backlog.Question) bool) {
	for q := range now.Questions() {
		if q.IsOpen() && !q.At.After(at) && wanted(q) {
			p.line(questions, q.Text, "asked by "+inMarkdown(q.By), "waits for the "+q.To.String(), fmt.Sprintf("for %v", at.Sub(q.At)))
		}
	}
}

// RiskMarkdown returns the matrix of the risks that are not resolved, impact to the right and likelihood
// upwards, with the number of risks in each cell, and lists of those that are not rated and those that nobody
// owns.
func RiskMarkdown(v *backlog.View) string {
	p := &page{budget: budget{room: MaxEntries}}
	p.text.WriteString("# Risks\n\n")
	scale, open := v.RiskScale(), openRisks(v)
	p.text.WriteString("| |")
	for _, name := range scale.Impact {
		fmt.Fprintf(&p.text, " %s |", inMarkdown(name))
	}
	p.text.WriteString("\n|---|")
	for range scale.Impact {
		p.text.WriteString("---|")
	}
	p.text.WriteByte('\n')
	for i := len(scale.Likelihood); i > 0; i-- {
		fmt.Fprintf(&p.text, "| %s |", inMarkdown(scale.Likelihood[i-1]))
		for j := range scale.Impact {
			count := 0
			for _, risk := range open {
				if risk.Likelihood == i && risk.Impact == j+1 {
					count++
				}
			}
			if count == 0 {
				p.text.WriteString(" |")
			} else {
				fmt.Fprintf(&p.text, " %d |", count)
			}
		}
		p.text.WriteByte('\n')
	}
	list := func(heading string, is func(roadmap.Risk) bool) {
		p.section(2, heading)
		for _, risk := range open {
			if is(risk) {
				p.line(risks, risk.Title, risk.Status.String())
			}
		}
	}
	list("Not rated", func(r roadmap.Risk) bool { return r.Likelihood == 0 || r.Impact == 0 })
	list("Without an owner", func(r roadmap.Risk) bool { return r.Owner == "" })
	return p.end()
}
