package diff_test

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

var (
	everybody = backlog.As("Otto", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	start     = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
)

// number makes the n-th id of a kind.
func number(n int) uuid.UUID {
	id := uuid.UUID{1}
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

func storyID(n int) story.ID { return story.ID(number(n)) }

func do(t testing.TB, b *backlog.Backlog, changes ...backlog.Change) {
	t.Helper()
	for _, change := range changes {
		_, err := b.Execute(change, everybody, start)
		require.NoError(t, err)
	}
}

// product is a small product with eight stories, of which story 1 has a task and story 4 is ready.
func product(t testing.TB) *backlog.Backlog {
	t.Helper()
	b, err := backlog.New(backlog.Options{Ready: []backlog.Check{}, Done: []backlog.Check{}})
	require.NoError(t, err)
	do(t, b,
		backlog.SetVision{Vision: roadmap.Vision{Text: "Everybody knows what they spend."}},
		backlog.AddGoal{Goal: roadmap.Goal{ID: roadmap.GoalID(number(1)), Title: "Reduce checkout time", Metric: roadmap.Metric{
			Name: "time", Unit: "s", Baseline: decimal.NewFromInt(100), Target: roadmap.Relative(decimal.NewFromInt(-20)),
		}}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: roadmap.HorizonID(number(1)), Name: "now"}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID(number(1)), Title: "expense tracking"}})
	for n := 1; n <= 8; n++ {
		do(t, b, backlog.AddStory{Story: story.Story{
			ID: storyID(n), Title: fmt.Sprint("Story ", n),
			Criteria: story.ListOf(story.Criterion{ID: story.CriterionID(number(n)), Text: fmt.Sprint("shows ", n)}),
		}})
	}
	do(t, b,
		backlog.AddTask{Story: storyID(1), Task: story.Task{ID: story.TaskID(number(1)), Title: "Connect the screen"}},
		backlog.EstimateStory{Story: storyID(4), Estimate: story.Points(3)},
		backlog.SetStoryStatus{Story: storyID(4), To: story.Ready},
		assess(3, prioritize.Must))
	return b
}

func assess(n int, category prioritize.MoSCoWCategory) backlog.Change {
	return backlog.AssessStory{Story: storyID(n), Assessment: prioritize.Assessment{
		MoSCoW: &prioritize.MoSCoWInput{Category: category},
	}}
}

func lines(found []diff.Difference) []string {
	all := make([]string, len(found))
	for i, one := range found {
		all[i] = one.String()
	}
	return all
}

// What happened between two states, in words.
func TestBetween(t *testing.T) {
	b := product(t)
	before := b.Clone()
	require.Empty(t, diff.Between(before.View(), b.View()))

	do(t, b,
		backlog.SetVision{Vision: roadmap.Vision{Text: "Everybody saves."}},
		backlog.AssignFeatureHorizon{Feature: roadmap.FeatureID(number(1)), Horizon: roadmap.HorizonID(number(1))},
		backlog.PursueGoal{Goal: roadmap.GoalID(number(1))},
		backlog.AddGoal{Goal: roadmap.Goal{ID: roadmap.GoalID(number(2)), Title: "Grow"}},
		backlog.GrantRole{Person: "Rita", Role: backlog.ProductOwner, Team: "red"},
		backlog.MoveStories{Stories: []story.ID{storyID(8)}, To: backlog.At(2)},
		backlog.AddStory{Story: story.Story{ID: storyID(9), Title: "Story 9"}},
		backlog.DropStory{Story: storyID(5), Reason: "no"},
		backlog.AddCriterion{Story: storyID(7), Criterion: story.Criterion{ID: story.CriterionID(number(77)), Text: "is fast"}},
		backlog.RemoveCriterion{Story: storyID(7), Criterion: story.CriterionID(number(7))},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(storyID(7)), Needs: backlog.StoryItem(storyID(6))}},
		backlog.RelateStories{Relation: backlog.Relation{Story: storyID(7), How: backlog.Duplicates, Other: storyID(9)}},
		assess(2, prioritize.Must), assess(3, prioritize.Could),
		backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories},
		backlog.FinishTask{Task: story.TaskID(number(1))},
		backlog.EstimateStory{Story: storyID(9), Estimate: story.Points(5)},
		backlog.EstimateStory{Story: storyID(4), Estimate: story.Points(5)},
		backlog.SetStoryStatus{Story: storyID(4), To: story.InProgress},
		backlog.SetStoryStatus{Story: storyID(4), To: story.InReview},
		backlog.JudgeCriterion{Story: storyID(4), Criterion: story.CriterionID(number(4)), Verdict: story.Met},
		backlog.AcceptStory{Story: storyID(4)})
	found := diff.Between(before.View(), b.View())
	require.Equal(t, []string{
		"vision: text Everybody knows what they spend. -> Everybody saves.",
		`goal "Reduce checkout time": status planned -> active`,
		`goal "Grow": added`,
		`feature "expense tracking": horizon none -> now`,
		`story "Story 1": task "Connect the screen" open -> done`,
		`story "Story 2": assessment "moscow" added`,
		`story "Story 8": moved 7 -> 2`,
		`story "Story 3": assessment "moscow" {"moscow":"must"} -> {"moscow":"could"}`,
		`story "Story 4": criterion "shows 4" unjudged -> met by Otto`,
		`story "Story 4": estimate 3 -> 5`,
		`story "Story 4": accepted by Otto`,
		`story "Story 5": dropped`,
		`story "Story 7": criterion "is fast" added`,
		`story "Story 7": criterion "shows 7" removed`,
		`story "Story 7": need "Story 6" added`,
		`story "Story 7": relation "duplicates Story 9" added`,
		`story "Story 9": added`,
		`story "Story 9": estimate none -> 5`,
		`person "Dana": delegation "order stories" added`,
		`person "Rita": role "product owner of \"red\"" added`,
	}, lines(found))
	data, err := json.Marshal(found[6])
	require.NoError(t, err)
	require.JSONEq(t, fmt.Sprintf(
		`{"subject":"story","id":%q,"title":"Story 8","aspect":"moved","from":"7","to":"2"}`, storyID(8)), string(data))
	require.Contains(t, lines(diff.Between(b.View(), before.View())), `story "Story 9": gone`)
}

// Two states differ in words if and only if they differ, and the moves are as few as can be, whatever
// Key results and outcomes are compared by what they came to.
func TestBetweenOutcomes(t *testing.T) {
	b := product(t)
	goal, feature, audit := roadmap.GoalID(number(1)), roadmap.FeatureID(number(1)), roadmap.KeyResultID(number(1))
	results := story.ListOf(roadmap.KeyResult{ID: audit, Title: "audit passed", Target: decimal.NewFromInt(1)})
	metric := roadmap.Metric{Name: "time", Unit: "s", Baseline: decimal.NewFromInt(9), Target: roadmap.Absolute(decimal.NewFromInt(6))}
	do(t, b, backlog.AssignFeatureGoal{Feature: feature, Goal: goal})
	before := b.Clone()
	do(t, b,
		backlog.SetKeyResults{Goal: goal, KeyResults: results},
		backlog.AssignFeatureKeyResult{Feature: feature, KeyResult: audit},
		backlog.SetFeatureMeasure{Feature: feature, Metric: metric, To: start},
		backlog.MeasureFeature{Feature: feature, Value: decimal.NewFromInt(7)},
		backlog.JudgeHypothesis{Feature: feature, Verdict: roadmap.Refuted})
	require.Equal(t, []string{
		`goal "Reduce checkout time": key result "audit passed" added`,
		`feature "expense tracking": key result none -> audit passed`,
		`feature "expense tracking": metric none -> time from 9 to 6 s`,
		`feature "expense tracking": period none ->  to ` + start.Format(time.RFC3339),
		`feature "expense tracking": actual none -> 7 (1 measurements)`,
		`feature "expense tracking": verdict none -> refuted`,
	}, lines(diff.Between(before.View(), b.View())))
	before = b.Clone()
	do(t, b, backlog.MeasureKeyResult{Goal: goal, KeyResult: audit, Value: decimal.NewFromInt(1)})
	require.Equal(t, []string{`goal "Reduce checkout time": key result "audit passed" 0 of 1 -> 1 of 1`},
		lines(diff.Between(before.View(), b.View())))
}

// What was said, and what came of it, is compared as everything else.
func TestBetweenVoices(t *testing.T) {
	b := product(t)
	before := b.Clone()
	insight, question, risk := roadmap.InsightID(number(1)), backlog.QuestionID(number(1)), roadmap.RiskID(number(1))
	impediment := roadmap.ImpedimentID(number(1))
	about := story.ListOf(roadmap.AboutStory(storyID(1)))
	do(t, b,
		backlog.AddInsight{Insight: roadmap.Insight{ID: insight, Text: "they look for the sum", People: 3, About: about}},
		backlog.ProposeStory{Story: story.Story{ID: storyID(90), Title: "Receipts"}},
		backlog.AskQuestion{Question: backlog.Question{ID: question, About: roadmap.AboutStory(storyID(1)), Text: "Which sum?", To: backlog.ProductOwner}},
		backlog.AddRisk{Risk: roadmap.Risk{ID: risk, Title: "The bank is late"}},
		backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impediment, Title: "The lawyers have to agree"}})
	require.Equal(t, []string{
		`insight "they look for the sum": added`, `proposal "Receipts": added`, `question "Which sum?": added`, `risk "The bank is late": added`,
		`impediment "The lawyers have to agree": added`,
	}, lines(diff.Between(before.View(), b.View())))
	before = b.Clone()
	do(t, b,
		backlog.EditInsight{Insight: insight, Strength: backlog.Set(8), About: &story.List[roadmap.Subject]{}},
		backlog.MergeProposal{Proposal: roadmap.ProposalID(number(90)), Into: backlog.StoryItem(storyID(1)), Answer: "the same"},
		backlog.AnswerQuestion{Question: question, Answer: "That of the month."},
		backlog.EditRisk{Risk: risk, Owner: backlog.Set("Ana"), Status: backlog.Set(roadmap.RiskOwned), Impact: backlog.Set(2)},
		backlog.EditImpediment{Impediment: impediment, Owner: backlog.Set("Otto")},
		backlog.ResolveImpediment{Impediment: impediment, Resolution: "They agreed."})
	one, _ := b.Story(storyID(1))
	require.Equal(t, []string{
		`insight "they look for the sum": strength none -> 8`,
		fmt.Sprintf(`insight "they look for the sum": about "story %s" removed`, one.Title),
		`proposal "Receipts": status open -> merged`,
		fmt.Sprintf(`proposal "Receipts": merged none -> story %s`, one.Title),
		`proposal "Receipts": answer none -> the same (Otto)`,
		`question "Which sum?": answer none -> That of the month. (Otto)`,
		`risk "The bank is late": owner none -> Ana`,
		`risk "The bank is late": impact none -> 2`,
		`risk "The bank is late": status open -> owned`,
		`impediment "The lawyers have to agree": owner none -> Otto`,
		`impediment "The lawyers have to agree": resolution none -> They agreed. (Otto)`,
	}, lines(diff.Between(before.View(), b.View())))
}

// A claim is part of the state, from when it is made until it is given up or its story is done.
func TestBetweenClaims(t *testing.T) {
	options := backlog.Options{
		Ready: []backlog.Check{}, Done: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleOff),
		Workflow: story.FreeWorkflow("To do", "Doing", "Done"),
	}
	b, err := backlog.New(options)
	require.NoError(t, err)
	one := story.Story{ID: story.ID{1}, Title: "Pay"}
	do(t, b, backlog.AddStory{Story: one})
	steps := []struct {
		change backlog.Change
		want   []string
	}{
		{backlog.ClaimStory{Story: one.ID, Until: start.Add(time.Hour)}, []string{`story "Pay": claim none -> Otto until 2027-01-04T10:00:00Z (claim 2)`}},
		{backlog.RenewClaim{Story: one.ID, Until: start.Add(2 * time.Hour).In(time.FixedZone("abroad", 3600))}, []string{`story "Pay": claim Otto until 2027-01-04T10:00:00Z (claim 2) -> Otto until 2027-01-04T11:00:00Z (claim 2)`}},
		{backlog.ReleaseClaim{Story: one.ID}, []string{`story "Pay": claim Otto until 2027-01-04T11:00:00Z (claim 2) -> none`}},
		{backlog.ClaimStory{Story: one.ID, Until: start.Add(time.Hour)}, []string{`story "Pay": claim none -> Otto until 2027-01-04T10:00:00Z (claim 5)`}},
		{backlog.SetStoryStatus{Story: one.ID, To: "Doing"}, []string{`story "Pay": status To do -> Doing`}},
		{backlog.AcceptStory{Story: one.ID}, []string{`story "Pay": accepted by Otto`, `story "Pay": claim Otto until 2027-01-04T10:00:00Z (claim 5) -> none`}},
	}
	for _, step := range steps {
		before := b.Clone()
		do(t, b, step.change)
		require.Equal(t, step.want, lines(diff.Between(before.View(), b.View())))
		full, err := b.Snapshot()
		require.NoError(t, err)
		restored, err := backlog.Restore(options, full)
		require.NoError(t, err)
		require.Empty(t, diff.Between(b.View(), restored.View()))
	}
}

// Two states differ where their snapshots do and nowhere else, and the moves are the fewest, whatever
// happened between them.
func TestBetweenIsComplete(t *testing.T) {
	names, err := filepath.Glob("../testdata/golden/random-*.events.jsonl.gz")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	if testing.Short() {
		names = names[:3]
	}
	for _, name := range names {
		states := replayed(t, name, 60)
		for i, a := range states {
			for _, b := range states[max(0, i-2):min(len(states), i+3)] {
				found := diff.Between(a.View(), b.View())
				require.Equal(t, snapshot(t, a) == snapshot(t, b), len(found) == 0, lines(found))
				moved := 0
				for _, one := range found {
					if one.Subject == "story" && one.Aspect == diff.AspectMoved {
						moved++
					}
				}
				require.Equal(t, fewestMoves(a.View(), b.View()), moved)
			}
		}
	}
}

// snapshot returns all of a state but how many events it took.
func snapshot(t *testing.T, b *backlog.Backlog) string {
	t.Helper()
	data, err := b.Snapshot()
	require.NoError(t, err)
	var state map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(data, &state))
	delete(state, "seq")
	delete(state, "at")
	data, err = json.Marshal(state)
	require.NoError(t, err)
	return string(data)
}

// replayed returns the states of a frozen history after every so many events.
func replayed(t *testing.T, name string, every int) []*backlog.Backlog {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	unzip, err := gzip.NewReader(file)
	require.NoError(t, err)
	b, err := backlog.New(backlog.Options{Rules: backlog.Rules{OneGoal: backlog.RuleOff}})
	require.NoError(t, err)
	var states []*backlog.Backlog
	events := bufio.NewScanner(unzip)
	events.Buffer(nil, 1<<20)
	for events.Scan() {
		event, err := backlog.DecodeEvent(events.Bytes(), nil)
		require.NoError(t, err)
		require.NoError(t, b.Apply(event))
		if b.Seq()%uint64(every) == 0 {
			states = append(states, b.Clone())
		}
	}
	require.NoError(t, events.Err())
	return states
}

// fewestMoves is the dumb twin: of all subsets of the stories that both have, the largest that keeps
// its order stays.
func fewestMoves(a, b *backlog.View) int {
	var at []int
	for s := range b.Stories() {
		if index, ok := a.Index(s.ID); ok {
			at = append(at, index)
		}
	}
	best := make([]int, len(at)) // by the last that stays, how many stay
	most := 0
	for i := range at {
		for j := range i {
			if at[j] < at[i] {
				best[i] = max(best[i], best[j])
			}
		}
		best[i]++
		most = max(most, best[i])
	}
	return len(at) - most
}

func ExampleBetween() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		panic(err)
	}
	execute := func(changes ...backlog.Change) {
		for _, change := range changes {
			if _, err := b.Execute(change, everybody, start); err != nil {
				panic(err)
			}
		}
	}
	card, invoice := story.ID{1}, story.ID{2}
	execute(backlog.AddStory{Story: story.Story{ID: card, Title: "Pay with a saved card"}},
		backlog.AddStory{Story: story.Story{ID: invoice, Title: "Pay by invoice"}})
	before := b.Clone()
	execute(backlog.MoveStories{Stories: []story.ID{invoice}, To: backlog.First()},
		backlog.EstimateStory{Story: invoice, Estimate: story.Points(3)})
	for _, difference := range diff.Between(before.View(), b.View()) {
		fmt.Println(difference)
	}
	// Output:
	// story "Pay by invoice": moved 1 -> 0
	// story "Pay by invoice": estimate none -> 3
}

// A preview: the changes are executed on a clone, and b stays as it is.
func ExampleBetween_preview() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		panic(err)
	}
	card := story.ID{1}
	if _, err := b.Execute(backlog.AddStory{Story: story.Story{ID: card, Title: "Pay with a saved card"}}, everybody, start); err != nil {
		panic(err)
	}
	preview := b.Clone()
	for _, change := range []backlog.Change{
		backlog.EstimateStory{Story: card, Estimate: story.Points(3)},
		backlog.AcceptStory{Story: card},
	} {
		if _, err := preview.Execute(change, everybody, start); err != nil {
			fmt.Println("would be refused:", errors.Is(err, backlog.ErrIllegalMove))
		}
	}
	for _, difference := range diff.Between(b.View(), preview.View()) {
		fmt.Println("would be:", difference)
	}
	// Output:
	// would be refused: true
	// would be: story "Pay with a saved card": estimate none -> 3
}

// The cost is that of looking at every story once.
func BenchmarkBetween(b *testing.B) {
	const stories = 10_000
	product, err := backlog.New(backlog.Options{})
	require.NoError(b, err)
	for n := range stories {
		do(b, product, backlog.AddStory{Story: story.Story{ID: storyID(n), Title: fmt.Sprint("Story ", n)}})
	}
	before := product.Clone()
	for n := range 20 {
		do(b, product, backlog.MoveStories{Stories: []story.ID{storyID(97 * n)}, To: backlog.At(31 * n)},
			backlog.EstimateStory{Story: storyID(89 * n), Estimate: story.Points(5)})
	}
	b.ReportAllocs()
	for b.Loop() {
		require.NotEmpty(b, diff.Between(before.View(), product.View()))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/stories, "ns/story")
}
