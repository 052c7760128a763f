package backlog_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/delay"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The duties of a product manager (m) and a product owner (o), one test each, through the public API alone.

// last returns the last event of a shop.
func (s *shop) last() backlog.Event { return s.events[len(s.events)-1] }

// m01: what users need is found, shared, and named where the roadmap rests on it.
func TestDutyM01(t *testing.T) {
	s := newShop(backlog.Options{})
	now, insight := roadmap.HorizonID{1}, roadmap.InsightID{1}
	s.do(s.paula,
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: now, Name: "now"}},
		backlog.AddInsight{Insight: roadmap.Insight{
			ID: insight, Text: "they give up at the card form", Source: roadmap.SourceAnalytics, People: 4000,
			About: story.ListOf(roadmap.AboutFeature(shopCheckout), roadmap.AboutGoal(shopGoal)),
		}},
		backlog.AssignFeatureHorizon{Feature: shopCheckout, Horizon: now, Insights: story.ListOf(insight)})
	require.Equal(t, 4000, s.Voices(roadmap.AboutFeature(shopCheckout)).Reach)
	require.Contains(t, asJSON(t, s.last()), insight.String())
}

// m02: the vision, the stage of the product and the themes of its strategy are on record.
func TestDutyM02(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.paula, backlog.SetStage{Stage: roadmap.Growth}, backlog.SetVision{Vision: roadmap.Vision{
		Text: "Nobody waits at the checkout.", TargetGroup: "shops", Needs: "to be paid at once", Product: "a till", BusinessGoals: "fees",
		Statement: roadmap.Statement{For: "shops", Who: "want to be paid at once", Product: "Till", Category: "service", Benefit: "pays at once", Unlike: "cash", Differentiation: "needs no coins"},
	}})
	vision, _ := s.Vision()
	stage, _ := s.Stage()
	require.Equal(t, "Nobody waits at the checkout.", vision.Text)
	require.Equal(t, "to be paid at once", vision.Needs)
	require.Contains(t, render.RoadmapMarkdown(s.View()), "want to be paid at once")
	require.Equal(t, roadmap.Growth, stage)
	s.do(s.paula, backlog.AddTheme{Theme: roadmap.Theme{ID: roadmap.ThemeID{1}, Title: "Trust", Share: decimal.NewFromInt(30)}},
		backlog.AssignFeatureTheme{Feature: shopCheckout, Theme: roadmap.ThemeID{1}})
	feature, _ := s.Feature(shopCheckout)
	theme, _ := s.Theme(feature.Theme)
	require.Equal(t, "Trust", theme.Title)
}

// m03: a place on the roadmap comes with its reason, which stays.
func TestDutyM03(t *testing.T) {
	s := newShop(backlog.Options{})
	later := roadmap.HorizonID{2}
	s.do(s.paula, backlog.AddHorizon{Horizon: roadmap.Horizon{ID: later, Name: "later"}},
		backlog.AssignFeatureHorizon{Feature: shopCheckout, Horizon: later, Reason: "the audit comes first"})
	require.Equal(t, "the audit comes first", s.last().Change.(backlog.AssignFeatureHorizon).Reason)
	require.Contains(t, render.RoadmapMarkdown(s.View()), "One-click checkout")
}

// m04: features are ranked by a method, and the order is applied in one step that names it.
func TestDutyM04(t *testing.T) {
	s := newShop(backlog.Options{})
	clubs := roadmap.FeatureID{2}
	s.do(s.paula, backlog.AddFeature{Feature: roadmap.Feature{ID: clubs, Title: "Club accounts", Goal: shopGoal}})
	n := decimal.NewFromInt
	ranking, err := prioritize.Rank(prioritize.CD3{}, []prioritize.Candidate[roadmap.FeatureID, prioritize.CD3Input]{
		{Key: shopCheckout, Input: prioritize.CD3Input{CostOfDelay: n(10), Duration: n(5)}},
		{Key: clubs, Input: prioritize.CD3Input{CostOfDelay: n(9), Duration: n(2)}},
	})
	require.NoError(t, err)
	s.do(s.paula, backlog.OrderFeatures{Features: ranking.Keys(), Method: "CD3"})
	for first := range s.Features() {
		require.Equal(t, clubs, first.ID)
		break
	}
}

// m05: a feature has a problem, a hypothesis with its measure, and criteria.
func TestDutyM05(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.paula,
		backlog.EditFeature{Feature: shopCheckout, Problem: backlog.Set("half give up"), Hypothesis: backlog.Set("one in ten more pays")},
		backlog.SetFeatureMeasure{Feature: shopCheckout, Metric: newMetric(), To: s.at.AddDate(0, 3, 0)},
		backlog.SetFeatureCriteria{Feature: shopCheckout, Criteria: shows(1, 1)})
	require.ErrorIs(t, s.Can(backlog.AcceptFeature{Feature: shopCheckout}, s.paula, s.at), backlog.ErrNotDone)

	sized := backlog.CheckOf[roadmap.Feature]{Name: "sized", Missing: func(f roadmap.Feature, _ *backlog.View) string {
		if f.Size.IsZero() {
			return "a size"
		}
		return ""
	}}
	s = newShop(backlog.Options{FeatureReady: []backlog.CheckOf[roadmap.Feature]{sized}})
	spring := roadmap.IncrementID{1}
	s.do(s.paula, backlog.PlanIncrement{Increment: roadmap.Increment{ID: spring, Name: "spring"}})
	plan := backlog.AssignFeatureIncrement{Feature: shopCheckout, Increment: spring}
	split := backlog.SplitFeature{Feature: shopCheckout, Later: roadmap.Feature{ID: roadmap.FeatureID{7}, Title: "later", Increment: spring}, Reason: "simpler first"}
	for _, change := range []backlog.Change{plan, split, backlog.AddFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID{8}, Title: "at once", Increment: spring}}} {
		require.ErrorIs(t, s.Can(change, s.paula, s.at), backlog.ErrNotReady)
		require.ErrorContains(t, s.Can(change, s.paula, s.at), "needs a size")
	}
	results, _ := s.FeatureReadiness(shopCheckout)
	require.False(t, results[0].IsMet())
	s.do(s.dana, backlog.SizeFeature{Feature: shopCheckout, Size: story.Points(8)})
	s.do(s.paula, plan)
}

// m06: a goal has a measured target and key results, and is on track or behind at an instant.
func TestDutyM06(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.paula,
		backlog.EditGoal{Goal: shopGoal, Start: backlog.Set(s.at), Due: backlog.Set(s.at.AddDate(0, 0, 90))},
		backlog.SetKeyResults{Goal: shopGoal, KeyResults: keyResults(0)},
		backlog.MeasureKeyResult{Goal: shopGoal, KeyResult: keyResultID(1), Value: decimal.NewFromInt(1)},
		backlog.MeasureGoal{Goal: shopGoal, Value: decimal.NewFromInt(45)})
	goal, _ := s.Goal(shopGoal)
	early, _ := goal.Track(s.at.AddDate(0, 0, 30))
	late, _ := goal.Track(s.at.AddDate(0, 0, 60))
	require.True(t, early.IsOnTrack())
	require.False(t, late.IsOnTrack())
	score, ok := goal.Score(1)
	require.True(t, ok)
	require.Equal(t, "0.5", score.String())
}

// m07: what is first, what can wait and what is urgent: dates, and what lateness costs as a curve.
func TestDutyM07(t *testing.T) {
	s := newShop(backlog.Options{})
	due := s.at.AddDate(0, 1, 0)
	s.do(s.otto, backlog.EditStory{Story: shopPay, Due: &due})
	pay, _ := s.Story(shopPay)
	require.True(t, due.Equal(pay.Details.Value().Due))
	require.Equal(t, []backlog.ItemID{backlog.StoryItem(shopPay)}, s.Overdue(due.AddDate(0, 0, 1)))
	s.do(s.otto, backlog.EditStory{Story: shopPay, Class: backlog.Set(story.FixedDate)}, backlog.EditStory{Story: shopSave, Class: backlog.Set(story.Expedite)})
	require.Equal(t, shopSave, s.Board(backlog.BoardOptions{Class: story.Expedite}).Columns[0].Stories[0].ID)
	later := roadmap.GoalID{9}
	s.do(s.paula, backlog.AddGoal{Goal: roadmap.Goal{ID: later, Title: "An audit that passes"}}, backlog.MoveGoal{Goal: later, To: 0})
	for first := range s.Goals() {
		require.Equal(t, later, first.ID)
		break
	}
	n := decimal.NewFromInt
	audit, steady := delay.Input{Profile: delay.After(n(30), n(500)), Duration: n(10)},
		delay.Input{Profile: delay.Steady(n(20)), Duration: n(25)}
	auditFirst, err := delay.OrderCost([]delay.Input{audit, steady})
	require.NoError(t, err)
	auditLast, err := delay.OrderCost([]delay.Input{steady, audit})
	require.NoError(t, err)
	require.Negative(t, auditFirst.Compare(auditLast), "its date would be missed")
}

// m08: everybody reads what changed since they looked.
func TestDutyM08(t *testing.T) {
	s := newShop(backlog.Options{})
	seen := s.Clone()
	s.do(s.paula, backlog.EditGoal{Goal: shopGoal, Title: backlog.Set("Checkout in 20 seconds")})
	changed := diff.Between(seen.View(), s.View())
	require.Len(t, changed, 1)
	require.Contains(t, render.Report(seen.View(), s.View(), render.ReportOptions{}), "Checkout in 20 seconds")
	spring := newIncrement(1)
	spring.Objectives = nil
	s.do(s.paula, backlog.PlanIncrement{Increment: spring}, backlog.AssignFeatureIncrement{Feature: shopCheckout, Increment: spring.ID})
	overview, ok := s.IncrementOverview(spring.ID)
	require.True(t, ok)
	require.Len(t, overview.Unplaced, 2, "stories that no iteration has yet")
}

// m09: a report for leadership always has the same sections, promises among them.
func TestDutyM09(t *testing.T) {
	s := newShop(backlog.Options{})
	report := render.Report(s.View(), s.View(), render.ReportOptions{At: s.at})
	for _, section := range []string{"## Goals", "## What changed", "## Promises", "## Risks", "## Money", "## Decisions owed"} {
		require.Contains(t, report, section)
	}
}

// m10: what was planned to be spent, and what was.
func TestDutyM10(t *testing.T) {
	s := newShop(backlog.Options{})
	euro := func(n int64) roadmap.Money { return roadmap.Money{Amount: decimal.NewFromInt(n), Currency: "EUR"} }
	s.do(s.paula, backlog.SetBudget{Feature: shopCheckout, Budget: euro(9000)}, backlog.RecordCost{Feature: shopCheckout, Cost: euro(3000)})
	budgets := s.Budgets(shopGoal)
	require.Len(t, budgets, 1)
	require.Equal(t, "3000 of 9000 (33 %)", budgets[0].Burn().String())
	s.do(s.paula, setMoney(roadmap.AboutFeature(shopCheckout), 2))
	money := s.MoneyOf(roadmap.AboutGoal(shopGoal))
	require.Equal(t, "2", money[0].Planned.Profit().String())
	require.Contains(t, render.Report(s.View(), s.View(), render.ReportOptions{At: s.at}), "planned profit 2 EUR")
}

// m11: "why five points and not two?" is a question to an estimate, and its answer is kept.
func TestDutyM11(t *testing.T) {
	s := newShop(backlog.Options{})
	why := backlog.QuestionID{1}
	s.do(s.paula, backlog.AskQuestion{Question: backlog.Question{
		ID: why, About: roadmap.AboutStory(shopPay), Text: "Why five and not two?", Estimate: story.Points(5), To: backlog.Developer,
	}})
	s.do(s.dana, backlog.AnswerQuestion{Question: why, Answer: "The bank wants a second factor."})
	q, _ := s.Question(why)
	require.Equal(t, "5", q.Estimate.String())
	require.Equal(t, "Dana", q.Answer.By)
	round, err := story.Reveal(story.Fibonacci(), []story.PokerVote{{Person: "Dana", Card: "2"}, {Person: "Dirk", Card: "8"}})
	require.NoError(t, err)
	require.Equal(t, []string{"2", "8"}, []string{round.Low.String(), round.High.String()})
	s.do(s.dana, backlog.EstimateStory{Story: shopPay, Estimate: story.Points(3)})
	histories, err := flow.EstimateHistories(backlog.Options{}, backlog.Recorded(s.events), flow.WorkTime{})
	require.NoError(t, err)
	for _, one := range histories {
		if one.Story == shopPay {
			require.Len(t, one.Estimates, 2)
			require.Equal(t, "5", one.Estimates[0].Estimate.String())
		}
	}
	simpler := backlog.SplitFeature{Feature: shopCheckout, Later: roadmap.Feature{ID: roadmap.FeatureID{8}, Title: "Second factor"}, Stories: []story.ID{shopPay}, Reason: "simpler first"}
	s.do(s.paula, simpler)
	progress, _ := s.FeatureProgress(shopCheckout)
	require.Equal(t, "3", progress.Points.Total.String(), "what the simpler version costs")
}

// m12: a launch is prepared with marketing and sales: a checklist with owners and dates, which are no stories.
func TestDutyM12(t *testing.T) {
	s := newShop(backlog.Options{})
	release := roadmap.ReleaseID{1}
	tell := roadmap.ReleaseTask{Title: "Tell the partners", Owner: "Mia of marketing", Due: s.at.AddDate(0, 1, 0)}
	train := roadmap.ReleaseTask{Title: "Train the sales team", Owner: "Sam of sales"}
	s.do(s.paula,
		backlog.PlanRelease{Release: roadmap.Release{ID: release, Name: "2.0", Checklist: story.ListOf(tell, train)}},
		backlog.AssignFeatureRelease{Feature: shopCheckout, Release: release})
	readiness, _ := s.ReleaseReadiness(release)
	require.Equal(t, []roadmap.ReleaseTask{tell, train}, readiness.Tasks)
	before := s.Clone()
	tell.Done = true
	s.do(s.paula, backlog.EditRelease{Release: release, Checklist: backlog.Set(story.ListOf(tell, train))})
	readiness, _ = s.ReleaseReadiness(release)
	require.Equal(t, []roadmap.ReleaseTask{train}, readiness.Tasks)
	require.False(t, readiness.IsReady())
	require.Contains(t, diff.Between(before.View(), s.View())[0].String(), `task "Tell the partners" open, Mia of marketing`)
	twice := backlog.EditRelease{Release: release, Checklist: backlog.Set(story.ListOf(tell, tell))}
	require.Error(t, s.Can(twice, s.paula, s.at))
}

// m13: stakeholders and parties outside are on record with what they want, and so is the work that waits for them.
func TestDutyM13(t *testing.T) {
	s := newShop(backlog.Options{})
	bank := backlog.As("The bank", backlog.Stakeholder)
	s.do(s.paula, backlog.GrantRole{Person: bank.Name, Role: backlog.Stakeholder})
	s.do(bank, backlog.ProposeFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID{7}, Title: "Direct debit"}})
	s.do(s.otto, backlog.EditStory{Story: shopSave, Requester: backlog.Set(bank.Name), Segment: backlog.Set("card holders")},
		backlog.RaiseImpediment{Impediment: roadmap.Impediment{
			ID: roadmap.ImpedimentID{1}, Title: "The bank has to open its interface", Owner: bank.Name,
			About: story.ListOf(roadmap.AboutStory(shopSave)),
		}})
	board := s.Board(backlog.BoardOptions{Requester: bank.Name})
	require.Equal(t, shopSave, board.Columns[0].Stories[0].ID)
	require.Len(t, s.WaitOf(backlog.StoryItem(shopSave), s.at).Impediments, 1, "the work waits for a party outside")
	person, _ := s.Person(bank.Name)
	require.Equal(t, backlog.Stakeholder, person.Roles[0].Role)
}

// m14: whether the benefit came is judged by what was measured.
func TestDutyM14(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.paula, backlog.SetFeatureMeasure{Feature: shopCheckout, Metric: newMetric(), To: s.at})
	require.Equal(t, []roadmap.FeatureID{shopCheckout}, s.OutcomesDue(s.at))
	s.do(s.paula, backlog.MeasureFeature{Feature: shopCheckout, Value: decimal.NewFromInt(79)},
		backlog.JudgeHypothesis{Feature: shopCheckout, Verdict: roadmap.Validated})
	feature, _ := s.Feature(shopCheckout)
	require.True(t, feature.Outcome.Value().Progress().IsComplete())
}

// m15: the roadmap is the product manager's, what can be acted on the product owner's; one may be both, and
// the record has the role that acted.
func TestDutyM15(t *testing.T) {
	s := newShop(backlog.Options{})
	require.ErrorIs(t, s.Can(backlog.SetStage{Stage: roadmap.Growth}, s.otto, s.at), backlog.ErrNotAllowed)
	require.ErrorIs(t, s.Can(backlog.AddStory{Story: newStory(9)}, s.paula, s.at), backlog.ErrNotAllowed)
	both := backlog.As("Bo", backlog.ProductManager, backlog.ProductOwner)
	s.do(both, backlog.AddStory{Story: newStory(9)})
	require.Equal(t, backlog.ProductOwner, s.last().As)
	s.do(s.otto, backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories})
	require.NoError(t, s.Can(backlog.MoveStories{Stories: []story.ID{shopPay}, To: backlog.First()}, s.dana, s.at))
	require.Contains(t, s.Responsibilities().Consulted[backlog.MayChangeRoadmap], backlog.ProductOwner, "together where they meet")
}

// o01: from a task one finds the vision, and back.
func TestDutyO01(t *testing.T) {
	s := newShop(backlog.Options{})
	trace, ok := s.Trace(shopForm)
	require.True(t, ok)
	require.Equal(t, shopSave, trace.Story.ID)
	require.Equal(t, shopCheckout, trace.Story.Feature)
	task := trace.Story.OpenTasks()[0]
	require.Equal(t, "Dana", task.Assignee)
}

// o02: a story has who, what and why, or what its kind asks for instead.
func TestDutyO02(t *testing.T) {
	s := newShop(backlog.Options{})
	save, _ := s.Story(shopSave)
	require.Equal(t, "customer", save.Narrative.Role)
	results, _ := s.Readiness(shopInvoice)
	require.False(t, results[0].IsMet(), "a user story without a narrative is not ready")
	s.do(s.otto, backlog.EditStory{Story: shopInvoice, ItemKind: backlog.Set(story.Chore)})
	results, _ = s.Readiness(shopInvoice)
	require.True(t, results[0].IsMet())
}

// o03: criteria are judged one by one; work that does not meet them is rejected with a reason.
func TestDutyO03(t *testing.T) {
	s := newShop(backlog.Options{})
	s.review()
	require.NoError(t, s.Can(backlog.AcceptStory{Story: shopSave}, s.otto, s.at))
	require.ErrorIs(t, s.Can(backlog.RejectStory{Story: shopSave}, s.otto, s.at), backlog.ErrRule)
	s.do(s.otto, backlog.RejectStory{Story: shopSave, Reason: "the form forgets the date"})
	save, _ := s.Story(shopSave)
	require.Equal(t, story.Ready, save.Status)
}

// o04: the product owner orders the backlog, and the team takes what is highest.
func TestDutyO04(t *testing.T) {
	s := newShop(backlog.Options{Ready: []backlog.Check{}})
	s.do(s.otto, backlog.OrderStories{Stories: []story.ID{shopInvoice, shopSave, shopPay}, Method: "by hand"},
		backlog.SetStoryStatus{Story: shopInvoice, To: story.Ready}, backlog.SetStoryStatus{Story: shopSave, To: story.Ready})
	for first := range s.Startable(s.at) {
		require.Equal(t, shopInvoice, first.ID)
		break
	}
	past := func() (found []string) {
		for _, one := range s.Findings() {
			if one.Rule == "started past" {
				found = append(found, one.Message)
			}
		}
		return found
	}
	require.Empty(t, past())
	s.do(s.dana, backlog.SetStoryStatus{Story: shopSave, To: story.InProgress})
	require.Equal(t, []string{`story "Save a card" was started past "Pay by invoice", which comes first and could be`}, past())
	s.do(s.dana, backlog.SetStoryStatus{Story: shopInvoice, To: story.InProgress})
	require.Empty(t, past())
}

// o05: the backlog is visible to all.
func TestDutyO05(t *testing.T) {
	tree := render.TreeMarkdown(newShop(backlog.Options{}).View())
	for _, title := range []string{"Checkout in 30 seconds", "One-click checkout", "Save a card", "Build the form"} {
		require.Contains(t, tree, title)
	}
}

// o06: what a stakeholder proposes is taken in, or declined with a reason that they can read.
func TestDutyO06(t *testing.T) {
	s := newShop(backlog.Options{})
	fax := story.ID{13}
	s.do(backlog.As("Stan", backlog.Stakeholder), backlog.ProposeStory{Story: story.Story{ID: fax, Title: "Order by fax"}})
	s.do(s.otto, backlog.DeclineProposal{Proposal: roadmap.ProposalID(fax), Reason: "one order in a year came by fax"})
	p, _ := s.Proposal(roadmap.ProposalID(fax))
	require.Equal(t, "Stan", p.By)
	require.Equal(t, "one order in a year came by fax", p.Answer.Text)
}

// o07 and o13: questions are answered, and how long the team waits for whom is a figure.
func TestDutyO07(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.dana, backlog.AskQuestion{Question: backlog.Question{
		ID: backlog.QuestionID{1}, About: roadmap.AboutStory(shopSave), Text: "Which banks?", To: backlog.ProductOwner,
	}})
	s.at = s.at.Add(5 * time.Hour)
	s.do(s.otto, backlog.AnswerQuestion{Question: backlog.QuestionID{1}, Answer: "All."})
	require.Equal(t, 5*time.Hour, s.AnswerTimes(s.at)[0].Median)
}

// o08: what a next sprint could take, and what each other story still needs.
func TestDutyO08(t *testing.T) {
	s := newShop(backlog.Options{})
	fill := s.SprintFill("blue", decimal.NewFromInt(8), s.at.AddDate(0, 0, 14))
	require.Equal(t, []story.ID{shopSave}, fill.Stories)
	require.Contains(t, fill.Skipped[0].Reason, "not ready")
	require.Equal(t, "0", readyPoints(s).String())
	s.do(s.otto, backlog.SetStoryStatus{Story: shopSave, To: story.Ready})
	require.Equal(t, "3", readyPoints(s).String(), "of a velocity of 6 half a sprint")
}

// readyPoints are those of the stories that a next sprint can take.
func readyPoints(s *shop) (sum decimal.Decimal) {
	for one := range s.StoriesIn(story.Ready) {
		points, _ := one.Estimate.Points()
		sum = sum.Add(points)
	}
	return sum
}

// o09: a sprint is planned, reviewed, and looked back at; feedback from the review is an insight.
func TestDutyO09(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.otto,
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: shopSprint, Name: "1", Goal: "cards", Team: "blue", Capacity: decimal.NewFromInt(8)}},
		backlog.CommitStories{Sprint: shopSprint, Stories: []story.ID{shopSave}}, backlog.StartSprint{Sprint: shopSprint})
	s.review()
	review, _ := s.SprintReview(shopSprint)
	require.Equal(t, []story.ID{shopSave}, review.Show)
	s.do(backlog.As("Stan", backlog.Stakeholder), backlog.AddInsight{Insight: roadmap.Insight{
		ID: roadmap.InsightID{1}, Text: "the form is too long", Source: roadmap.SourceReview, About: story.ListOf(roadmap.AboutStory(shopSave)),
	}})
	s.do(s.dana, backlog.NoteSprint{Sprint: shopSprint, Note: "smaller stories"})
	require.Len(t, s.Voices(roadmap.AboutStory(shopSave)).Insights, 1)
}

// o10: estimates are made together, and a difference is talked about before one is recorded.
func TestDutyO10(t *testing.T) {
	s := newShop(backlog.Options{})
	round, err := story.Reveal(story.Fibonacci(), []story.PokerVote{{Person: "Dana", Card: "3"}, {Person: "Dirk", Card: "8"}})
	require.NoError(t, err)
	require.False(t, round.IsAgreed())
	require.Equal(t, []string{"Dirk"}, round.Highest)
	round, err = story.Reveal(story.Fibonacci(), []story.PokerVote{{Person: "Dana", Card: "5"}, {Person: "Dirk", Card: "5"}})
	require.NoError(t, err)
	s.do(s.dana, backlog.EstimateStory{Story: shopInvoice, Estimate: round.Consensus})
	require.Zero(t, s.TotalProgress().Unestimated)
}

// o11: what a release holds, and what it waits for.
func TestDutyO11(t *testing.T) {
	s := newShop(backlog.Options{})
	release := roadmap.ReleaseID{1}
	s.do(s.paula, backlog.PlanRelease{Release: roadmap.Release{ID: release, Name: "2.0"}},
		backlog.AssignFeatureRelease{Feature: shopCheckout, Release: release})
	readiness, _ := s.ReleaseReadiness(release)
	require.False(t, readiness.IsReady())
	require.Len(t, readiness.Open, 2)
}

// o12: the value that is delivered, and the value that waits.
func TestDutyO12(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.AssessStory{Story: shopSave, Assessment: prioritize.Assessment{
		ValueEffort: &prioritize.ValueEffortInput{Value: decimal.NewFromInt(8), Effort: decimal.NewFromInt(3)},
	}})
	s.review()
	require.Equal(t, "0 of 8 (0 %)", s.TotalProgress().Value.String())
	s.do(s.otto, backlog.AcceptStory{Story: shopSave})
	require.Equal(t, "8 of 8 (100 %)", s.TotalProgress().Value.String())
}

// o13: what the team waits for, for whom and how long, is a figure for each role, and a page.
func TestDutyO13(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.dana, backlog.AskQuestion{Question: backlog.Question{
		ID: backlog.QuestionID{1}, About: roadmap.AboutStory(shopSave), Text: "Which banks?", To: backlog.ProductOwner,
	}})
	at := s.at.Add(48 * time.Hour)
	require.Equal(t, 48*time.Hour, s.AnswerTimes(at)[0].Waiting)
	require.Contains(t, render.TeamReport(s.View(), s.View(), render.ReportOptions{At: at, Team: "blue"}), "Which banks?")
}

// o14: of two stories that exclude each other only one is taken, and the decision has a reason.
func TestDutyO14(t *testing.T) {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.RelateStories{Relation: backlog.Relation{
		Story: shopPay, How: backlog.Excludes, Other: shopInvoice, Reason: "one way to pay in this release",
	}})
	for relation := range s.RelationsOf(shopInvoice) {
		require.Equal(t, "one way to pay in this release", relation.Reason)
	}
}

// o15: technical work has its share of a sprint, and what it displaced is named.
func TestDutyO15(t *testing.T) {
	s := newShop(backlog.Options{Ready: []backlog.Check{}})
	fill, err := s.AllocatedFill("blue", decimal.NewFromInt(3), []roadmap.Allocation{{Kind: story.Enabler, Percent: decimal.NewFromInt(20)}}, s.at)
	require.NoError(t, err)
	require.Equal(t, "0.6", fill.Used[0].Kept.String())
	require.Contains(t, fill.Displaced, shopSave)
}

// j01: a project manager plans dates and money, and decides nothing of the product's content.
func TestDutyJ01(t *testing.T) {
	const projectManager backlog.Role = "project_manager"
	authority := backlog.DefaultAuthority()
	authority[backlog.MayPlanReleases] = append(authority[backlog.MayPlanReleases], projectManager)
	s := newShop(backlog.Options{Policy: authority.Policy()})
	pete := backlog.As("Pete", projectManager)
	s.do(pete, backlog.PlanRelease{Release: roadmap.Release{ID: roadmap.ReleaseID{1}, Name: "2.0", Date: s.at.AddDate(0, 2, 0)}})
	require.ErrorIs(t, s.Can(backlog.AddFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID{7}, Title: "mine"}}, pete, s.at), backlog.ErrNotAllowed)
	require.ErrorIs(t, s.Can(backlog.DropStory{Story: shopPay, Reason: "no"}, pete, s.at), backlog.ErrNotAllowed)
}
