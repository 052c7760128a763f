package roadmap_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What the errors say of the bounds of texts, instants and numbers.
const (
	aTitle   = "1 to 500 bytes of text on one line"
	aText    = "at most 100000 bytes of UTF-8 text"
	anID     = "a UUID made by the caller"
	anyTime  = "an instant in the years 1 to 9999, in a zone of whole minutes below 24 hours from UTC"
	aNumber  = "a number below 10^18 with at most 12 decimals"
	lines    = "a\nb"  // no title
	nul      = "a\x00" // no text
	theID    = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
	lateText = "10000-01-01T00:00:00Z"
)

var (
	late = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) // no instant
	huge = dec("1e18")                                  // no number
)

// refusal is a value with something wrong, as value and as `field is "value", want what`: "" if nothing is wrong.
type refusal struct {
	value interface{ Validate() error }
	want  string
}

func testRefusals(t *testing.T, tests map[string]refusal) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.value.Validate()
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, field.ErrInvalid)
		})
	}
}

// wrong is the text of an error.
func wrong(path, value, want string) string {
	return field.New("roadmap", path, value, want).Error()
}

// after returns a copy of value that was changed.
func after[E any](value E, change func(*E)) E {
	change(&value)
	return value
}

// numbered returns n values, each made of its place.
func numbered[E any](n int, one func(i int) E) []E {
	all := make([]E, n)
	for i := range all {
		all[i] = one(i)
	}
	return all
}

func subjects(n int) story.List[roadmap.Subject] {
	return story.ListOf(numbered(n, func(i int) roadmap.Subject { return roadmap.AboutStory(story.ID{1, byte(i), byte(i >> 8)}) })...)
}

func data(n int) story.List[story.DataValue] {
	return story.ListOf(slices.Repeat([]story.DataValue{{Name: "severity"}}, n)...)
}

func TestEpicRefusals(t *testing.T) {
	epic := roadmap.Epic{ID: roadmap.EpicID(someID), Title: "Paying", Level: roadmap.LevelEpic, Hypothesis: "more pay"}
	with := func(change func(*roadmap.Epic)) roadmap.Epic { return after(epic, change) }
	testRefusals(t, map[string]refusal{
		"an epic":      {epic, ""},
		"a capability": {with(func(e *roadmap.Epic) { e.Level, e.Parent = roadmap.LevelCapability, e.ID }), ""},
		"one of none":  {with(func(e *roadmap.Epic) { e.Level = roadmap.LevelCapability }), ""},
		"id":           {with(func(e *roadmap.Epic) { e.ID = roadmap.EpicID{} }), wrong("epic.id", "", anID)},
		"title":        {with(func(e *roadmap.Epic) { e.Title = lines }), wrong("epic.title", lines, aTitle)},
		"hypothesis":   {with(func(e *roadmap.Epic) { e.Hypothesis = nul }), wrong("epic.hypothesis", nul, aText)},
		"no level":     {with(func(e *roadmap.Epic) { e.Level = 0 }), wrong("epic.level", "", "capability or epic")},
		"level":        {with(func(e *roadmap.Epic) { e.Level = 9 }), wrong("epic.level", "Level(9)", "capability or epic")},
		"parent": {
			with(func(e *roadmap.Epic) { e.Parent = e.ID }),
			wrong("epic.parent", theID, "none: a capability can be part of an epic, nothing else"),
		},
	})
}

func TestFeatureRefusals(t *testing.T) {
	feature := roadmap.Feature{
		ID: roadmap.FeatureID(someID), Title: "Pay by card", Budget: roadmap.Money{Amount: dec("5"), Currency: "EUR"},
		Spent: roadmap.Money{Amount: dec("9"), Currency: "EUR"}, Status: roadmap.FeatureOpen,
	}
	with := func(change func(*roadmap.Feature)) roadmap.Feature { return after(feature, change) }
	criteria := func(n int) story.List[story.Criterion] {
		return story.ListOf(numbered(n, func(i int) story.Criterion {
			return story.Criterion{ID: story.CriterionID{1, byte(i), byte(i >> 8)}, Text: "it works"}
		})...)
	}
	testRefusals(t, map[string]refusal{
		"a feature":         {feature, ""},
		"id":                {with(func(f *roadmap.Feature) { f.ID = roadmap.FeatureID{} }), wrong("feature.id", "", anID)},
		"title":             {with(func(f *roadmap.Feature) { f.Title = lines }), wrong("feature.title", lines, aTitle)},
		"problem":           {with(func(f *roadmap.Feature) { f.Problem = nul }), wrong("feature.problem", nul, aText)},
		"hypothesis":        {with(func(f *roadmap.Feature) { f.Hypothesis = nul }), wrong("feature.hypothesis", nul, aText)},
		"measure":           {with(func(f *roadmap.Feature) { f.Measure = nul }), wrong("feature.measure", nul, aText)},
		"most criteria":     {with(func(f *roadmap.Feature) { f.Criteria = criteria(story.MaxCriteria) }), ""},
		"too many criteria": {with(func(f *roadmap.Feature) { f.Criteria = criteria(story.MaxCriteria + 1) }), wrong("feature.criteria", "1001", "at most 1000 of them")},
		"criterion twice": {
			with(func(f *roadmap.Feature) {
				f.Criteria = story.ListOf(append(criteria(1).Slice(), criteria(1).Slice()...)...)
			}),
			wrong("feature.criteria[1].id", "01000000-0000-0000-0000-000000000000", "an id of its own"),
		},
		"size": {
			with(func(f *roadmap.Feature) { f.Size = story.Points(-1) }),
			`story: feature.size.estimate is "-1", want 0 to 1000000 points with at most 3 decimals`,
		},
		"budget":         {with(func(f *roadmap.Feature) { f.Budget.Amount = huge }), wrong("feature.budget.amount", huge.String(), aNumber)},
		"spent":          {with(func(f *roadmap.Feature) { f.Spent.Amount = huge }), wrong("feature.spent.amount", huge.String(), aNumber)},
		"no budget":      {with(func(f *roadmap.Feature) { f.Budget = roadmap.Money{} }), ""},
		"nothing spent":  {with(func(f *roadmap.Feature) { f.Spent = roadmap.Money{} }), ""},
		"two currencies": {with(func(f *roadmap.Feature) { f.Spent.Currency = "USD" }), wrong("feature.spent.currency", "USD", "that of the budget, EUR")},
		"money":          {with(func(f *roadmap.Feature) { f.Money = periods(1, "") }), wrong("feature.money[0].currency", "", aTitle)},
		"outcome": {with(func(f *roadmap.Feature) {
			f.Outcome = story.ConstOf(after(outcome(), func(o *roadmap.Outcome) { o.Note = nul }))
		}), wrong("feature.outcome.note", nul, aText)},
		"a whole outcome": {with(func(f *roadmap.Feature) { f.Outcome = story.ConstOf(outcome()) }), ""},
		"status":          {with(func(f *roadmap.Feature) { f.Status = 9 }), wrong("feature.status", "FeatureStatus(9)", "one of open, accepted, dropped")},
		"details": {
			with(func(f *roadmap.Feature) { f.Details = story.ConstOf(story.Details{Kind: lines}) }),
			`story: feature.details.kind is "a\nb", want ` + aTitle,
		},
	})
	require.Equal(t, "SHOP-1", with(func(f *roadmap.Feature) { f.Details = story.ConstOf(story.Details{Key: "SHOP-1"}) }).Key())
}

// periods returns the money of n months, one after the other.
func periods(n int, currency string) story.List[roadmap.MoneyPeriod] {
	return story.ListOf(numbered(n, func(i int) roadmap.MoneyPeriod {
		return roadmap.MoneyPeriod{From: day.AddDate(0, i, 0), To: day.AddDate(0, i+1, 0), Currency: currency}
	})...)
}

func TestMoneyRefusals(t *testing.T) {
	money := func(amount, currency string) roadmap.Money {
		return roadmap.Money{Amount: dec(amount), Currency: currency}
	}
	period := roadmap.MoneyPeriod{
		From: day, To: day.AddDate(0, 1, 0), Currency: "EUR",
		Planned: roadmap.Cashflow{Revenue: dec("7"), Cost: dec("5")}, Actual: roadmap.Cashflow{Revenue: dec("7"), Cost: dec("5")},
	}
	with := func(change func(*roadmap.MoneyPeriod)) roadmap.MoneyPeriod { return after(period, change) }
	const order = "the order of currencies and periods, and no overlap"
	in := func(all ...roadmap.MoneyPeriod) roadmap.Goal {
		return roadmap.Goal{ID: roadmap.GoalID(someID), Title: "Earn", Money: story.ListOf(all...)}
	}
	next := with(func(m *roadmap.MoneyPeriod) { m.From, m.To = m.To, m.To.AddDate(0, 1, 0) })
	dollars := with(func(m *roadmap.MoneyPeriod) { m.Currency = "USD" })
	longer := with(func(m *roadmap.MoneyPeriod) { m.To = next.To })
	testRefusals(t, map[string]refusal{
		"none":                     {roadmap.Money{}, ""},
		"zero of a currency":       {money("0", "EUR"), ""},
		"an amount":                {money("0.01", "EUR"), ""},
		"no currency":              {money("1", ""), wrong("currency", "", aTitle)},
		"blank before":             {money("1", " EUR"), wrong("currency", " EUR", "no blanks around it")},
		"blank behind":             {money("1", "EUR "), wrong("currency", "EUR ", "no blanks around it")},
		"two lines and blank":      {money("1", lines+" "), wrong("currency", lines+" ", aTitle)},
		"negative":                 {money("-0.01", "EUR"), wrong("amount", "-0.01", "0 or more")},
		"huge":                     {money("-1e18", "EUR"), wrong("amount", "-1000000000000000000", aNumber)},
		"a period":                 {period, ""},
		"from":                     {with(func(m *roadmap.MoneyPeriod) { m.From = late.AddDate(-20000, 0, 0) }), wrong("from", "-10000-01-01T00:00:00Z", anyTime)},
		"to":                       {with(func(m *roadmap.MoneyPeriod) { m.To = late }), wrong("to", lateText, anyTime)},
		"no begin":                 {with(func(m *roadmap.MoneyPeriod) { m.From = time.Time{} }), wrong("to", "2027-02-01T00:00:00Z", "a period with a begin, and an end after it")},
		"no length":                {with(func(m *roadmap.MoneyPeriod) { m.To = m.From }), wrong("to", "2027-01-01T00:00:00Z", "a period with a begin, and an end after it")},
		"currency of a period":     {with(func(m *roadmap.MoneyPeriod) { m.Currency = "EUR " }), wrong("currency", "EUR ", "no blanks around it")},
		"no currency of a period":  {with(func(m *roadmap.MoneyPeriod) { m.Currency = "" }), wrong("currency", "", aTitle)},
		"negative planned revenue": {with(func(m *roadmap.MoneyPeriod) { m.Planned.Revenue = dec("-1") }), wrong("planned.revenue", "-1", "0 or more")},
		"negative planned cost":    {with(func(m *roadmap.MoneyPeriod) { m.Planned.Cost = dec("-1") }), wrong("planned.cost", "-1", "0 or more")},
		"negative actual revenue":  {with(func(m *roadmap.MoneyPeriod) { m.Actual.Revenue = dec("-1") }), wrong("actual.revenue", "-1", "0 or more")},
		"negative actual cost":     {with(func(m *roadmap.MoneyPeriod) { m.Actual.Cost = dec("-1") }), wrong("actual.cost", "-1", "0 or more")},
		"huge planned revenue":     {with(func(m *roadmap.MoneyPeriod) { m.Planned.Revenue = huge.Neg() }), wrong("planned.revenue", huge.Neg().String(), aNumber)},
		"one after the other":      {in(period, next, dollars), ""},
		"a currency too early":     {in(dollars, period), wrong("goal.money[1].from", "2027-01-01T00:00:00Z", order)},
		"a month too early":        {in(next, period), wrong("goal.money[1].from", "2027-01-01T00:00:00Z", order)},
		"the same twice":           {in(period, period), wrong("goal.money[1].from", "2027-01-01T00:00:00Z", order)},
		"no length, twice": {
			in(with(func(m *roadmap.MoneyPeriod) { m.To = m.From }), with(func(m *roadmap.MoneyPeriod) { m.To = m.From })),
			wrong("goal.money[0].to", "2027-01-01T00:00:00Z", "a period with a begin, and an end after it") + "\n" +
				wrong("goal.money[1].to", "2027-01-01T00:00:00Z", "a period with a begin, and an end after it") + "\n" +
				wrong("goal.money[1].from", "2027-01-01T00:00:00Z", order),
		},
		"overlap":          {in(longer, next), wrong("goal.money[1].from", "2027-02-01T00:00:00Z", order)},
		"overlap of two":   {in(longer, dollars), ""},
		"a wrong one":      {in(period, with(func(m *roadmap.MoneyPeriod) { m.Currency = lines })), wrong("goal.money[1].currency", lines, aTitle)},
		"most periods":     {in(periods(roadmap.MaxMoneyPeriods, "EUR").Slice()...), ""},
		"too many periods": {in(periods(roadmap.MaxMoneyPeriods+1, "EUR").Slice()...), wrong("goal.money", "1001", "at most 1000 of them")},
	})
}

func TestGoalRefusals(t *testing.T) {
	with := func(change func(*roadmap.Goal)) roadmap.Goal { return after(checkout("85", "80"), change) }
	measured := func(n int) roadmap.Goal {
		return with(func(g *roadmap.Goal) { g.Measurements = slices.Repeat(g.Measurements[:1], n) })
	}
	results := func(n int) roadmap.Goal {
		return with(func(g *roadmap.Goal) {
			g.KeyResults = story.ListOf(numbered(n, func(i int) roadmap.KeyResult {
				return roadmap.KeyResult{ID: roadmap.KeyResultID{1, byte(i)}, Title: "faster", Target: dec("1")}
			})...)
		})
	}
	result := func(change func(*roadmap.KeyResult)) roadmap.Goal {
		return with(func(g *roadmap.Goal) {
			all := results(2).KeyResults.Slice()
			change(&all[1])
			g.KeyResults = story.ListOf(all...)
		})
	}
	const order = "an instant not before the previous measurement's"
	testRefusals(t, map[string]refusal{
		"a goal":           {with(func(*roadmap.Goal) {}), ""},
		"id":               {with(func(g *roadmap.Goal) { g.ID = roadmap.GoalID{} }), wrong("goal.id", "", anID)},
		"title":            {with(func(g *roadmap.Goal) { g.Title = lines }), wrong("goal.title", lines, aTitle)},
		"start":            {with(func(g *roadmap.Goal) { g.Start, g.Due = late, time.Time{} }), wrong("goal.start", lateText, anyTime)},
		"due":              {with(func(g *roadmap.Goal) { g.Due = late }), wrong("goal.due", lateText, anyTime)},
		"no start":         {with(func(g *roadmap.Goal) { g.Start = time.Time{} }), ""},
		"no due":           {with(func(g *roadmap.Goal) { g.Due = time.Time{} }), ""},
		"due at the start": {with(func(g *roadmap.Goal) { g.Due = day }), wrong("goal.due", "2027-01-01T00:00:00Z", "an instant after its start, 2027-01-01T00:00:00Z")},
		"status":           {with(func(g *roadmap.Goal) { g.Status = 9 }), wrong("goal.status", "GoalStatus(9)", "one of planned, active, fulfilled, dropped")},
		"metric's name":    {with(func(g *roadmap.Goal) { g.Metric.Name = lines }), wrong("goal.metric.name", lines, aTitle)},
		"metric's unit":    {with(func(g *roadmap.Goal) { g.Metric.Unit = nul }), wrong("goal.metric.unit", nul, aText)},
		"baseline":         {with(func(g *roadmap.Goal) { g.Metric.Baseline = huge }), wrong("goal.metric.baseline", huge.String(), aNumber)},
		"target":           {with(func(g *roadmap.Goal) { g.Metric.Target = roadmap.Absolute(huge) }), wrong("goal.metric.target", huge.String(), aNumber)},
		"giant baseline":   {with(func(g *roadmap.Goal) { g.Metric.Baseline = decimal.New(1, 1_000_000_000) }), wrong("goal.metric.baseline", "a number beyond reading", aNumber)},
		"no change":        {with(func(g *roadmap.Goal) { g.Metric.Target = roadmap.Absolute(dec("100.0")) }), wrong("goal.metric.target", "100", "another value than the baseline, 100")},
		"no metric":        {with(func(g *roadmap.Goal) { g.Metric, g.Measurements = roadmap.Metric{}, nil }), ""},
		"measured by none": {with(func(g *roadmap.Goal) { g.Metric = roadmap.Metric{} }), wrong("goal.measurements", "2", "none while there is no metric")},
		"most measured":    {measured(roadmap.MaxMeasurements), ""},
		"measured too often": {
			measured(roadmap.MaxMeasurements + 1), wrong("goal.measurements", "10001", "at most 10000 of them"),
		},
		"measured too early": {with(func(g *roadmap.Goal) { g.Measurements[1].At = day.Add(-1) }), wrong("goal.measurements[1].at", "2026-12-31T23:59:59Z", order)},
		"measured at once":   {with(func(g *roadmap.Goal) { g.Measurements[1].At = day }), ""},
		"measured never":     {with(func(g *roadmap.Goal) { g.Measurements[0].At = time.Time{} }), wrong("goal.measurements[0].at", "0001-01-01T00:00:00Z", order)},
		"measured too late":  {with(func(g *roadmap.Goal) { g.Measurements[1].At = late }), wrong("goal.measurements[1].at", lateText, anyTime)},
		"measured a giant":   {with(func(g *roadmap.Goal) { g.Measurements[1].Value = huge }), wrong("goal.measurements[1].value", huge.String(), aNumber)},
		"most results":       {results(roadmap.MaxKeyResults), ""},
		"too many results":   {results(roadmap.MaxKeyResults + 1), wrong("goal.key_results", "101", "at most 100 of them")},
		"result without id":  {result(func(k *roadmap.KeyResult) { k.ID = roadmap.KeyResultID{} }), wrong("goal.key_results[1].id", "", anID)},
		"result twice":       {result(func(k *roadmap.KeyResult) { k.ID = roadmap.KeyResultID{1} }), wrong("goal.key_results[1].id", roadmap.KeyResultID{1}.String(), "an id of its own")},
		"result's title":     {result(func(k *roadmap.KeyResult) { k.Title = lines }), wrong("goal.key_results[1].title", lines, aTitle)},
		"result's baseline":  {result(func(k *roadmap.KeyResult) { k.Baseline = huge }), wrong("goal.key_results[1].baseline", huge.String(), aNumber)},
		"result's target":    {result(func(k *roadmap.KeyResult) { k.Target = huge }), wrong("goal.key_results[1].target", huge.String(), aNumber)},
		"result's value":     {result(func(k *roadmap.KeyResult) { k.Value = huge }), wrong("goal.key_results[1].value", huge.String(), aNumber)},
		"result's weight":    {result(func(k *roadmap.KeyResult) { k.Weight = huge }), wrong("goal.key_results[1].weight", huge.String(), aNumber)},
		"negative weight":    {result(func(k *roadmap.KeyResult) { k.Weight = dec("-1") }), wrong("goal.key_results[1].weight", "-1", "0 or more")},
		"result of nothing":  {result(func(k *roadmap.KeyResult) { k.Baseline = dec("1.0") }), wrong("goal.key_results[1].target", "1", "another value than the baseline, 1")},
		"objective":          {objective(results(roadmap.MaxKeyResults).KeyResults.Slice()...), ""},
		"objective's id":     {after(objective(results(1).KeyResults.Slice()...), func(o *roadmap.Objective) { o.ID = roadmap.ObjectiveID{} }), wrong("objective.id", "", anID)},
		"objective's title":  {after(objective(results(1).KeyResults.Slice()...), func(o *roadmap.Objective) { o.Title = "" }), wrong("objective.title", "", aTitle)},
		"objective's result": {objective(roadmap.KeyResult{Title: lines, Target: dec("1")}), wrong("objective.key_results[0].title", lines, aTitle)},
		"objective of none":  {objective(), wrong("objective.key_results", "0", "1 to 100")},
		"objective of many":  {objective(results(roadmap.MaxKeyResults + 1).KeyResults.Slice()...), wrong("objective.key_results", "101", "1 to 100")},
	})
}

func TestHorizonRefusals(t *testing.T) {
	horizon := roadmap.Horizon{ID: roadmap.HorizonID(someID), Name: "2027 Q1", From: day, To: day.AddDate(0, 3, 0)}
	with := func(change func(*roadmap.Horizon)) roadmap.Horizon { return after(horizon, change) }
	testRefusals(t, map[string]refusal{
		"a horizon": {horizon, ""},
		"id":        {with(func(h *roadmap.Horizon) { h.ID = roadmap.HorizonID{} }), wrong("horizon.id", "", anID)},
		"name":      {with(func(h *roadmap.Horizon) { h.Name = lines }), wrong("horizon.name", lines, aTitle)},
		"from":      {with(func(h *roadmap.Horizon) { h.From = late.AddDate(-20000, 0, 0) }), wrong("horizon.from", "-10000-01-01T00:00:00Z", anyTime)},
		"to":        {with(func(h *roadmap.Horizon) { h.To = late }), wrong("horizon.to", lateText, anyTime)},
		"no from":   {with(func(h *roadmap.Horizon) { h.From = time.Time{} }), wrong("horizon.to", "2027-04-01T00:00:00Z", "an instant after its from, 0001-01-01T00:00:00Z")},
		"no to":     {with(func(h *roadmap.Horizon) { h.To = time.Time{} }), wrong("horizon.to", "0001-01-01T00:00:00Z", "an instant after its from, 2027-01-01T00:00:00Z")},
		"no length": {with(func(h *roadmap.Horizon) { h.To = day }), wrong("horizon.to", "2027-01-01T00:00:00Z", "an instant after its from, 2027-01-01T00:00:00Z")},
	})
}

func TestImpedimentRefusals(t *testing.T) {
	impediment := roadmap.Impediment{
		ID: roadmap.ImpedimentID(someID), Title: "The test server is down", Owner: "Otto", Note: "since noon",
		About: subjects(1), Data: data(1), By: "Dana", At: day, Resolution: roadmap.Answer{Text: "It is up", By: "Otto", At: day},
	}
	with := func(change func(*roadmap.Impediment)) roadmap.Impediment { return after(impediment, change) }
	testRefusals(t, map[string]refusal{
		"an impediment": {impediment, ""},
		"an open one":   {with(func(i *roadmap.Impediment) { i.Resolution = roadmap.Answer{} }), ""},
		"id":            {with(func(i *roadmap.Impediment) { i.ID = roadmap.ImpedimentID{} }), wrong("impediment.id", "", anID)},
		"title":         {with(func(i *roadmap.Impediment) { i.Title = lines }), wrong("impediment.title", lines, aTitle)},
		"owner":         {with(func(i *roadmap.Impediment) { i.Owner = lines }), wrong("impediment.owner", lines, aTitle)},
		"note":          {with(func(i *roadmap.Impediment) { i.Note = nul }), wrong("impediment.note", nul, aText)},
		"about nothing": {with(func(i *roadmap.Impediment) { i.About = story.ListOf(roadmap.Subject{}) }), wrong("impediment.about[0].about", "nothing", "one goal, increment, feature or story")},
		"about two": {with(func(i *roadmap.Impediment) {
			i.About = story.ListOf(roadmap.Subject{Goal: roadmap.GoalID(someID), Story: story.ID(someID)})
		}), wrong("impediment.about[0].about", `goal "`+theID+`"`, "one goal, increment, feature or story")},
		"about one twice": {with(func(i *roadmap.Impediment) {
			i.About = story.ListOf(roadmap.AboutStory(story.ID(someID)), roadmap.AboutStory(story.ID(someID)))
		}), wrong("impediment.about[1]", `story "`+theID+`"`, "each subject once")},
		"about the most":    {with(func(i *roadmap.Impediment) { i.About = subjects(roadmap.MaxSubjects) }), ""},
		"about too many":    {with(func(i *roadmap.Impediment) { i.About = subjects(roadmap.MaxSubjects + 1) }), wrong("impediment.about", "101", "at most 100 of them")},
		"data":              {with(func(i *roadmap.Impediment) { i.Data = story.ListOf(story.DataValue{Name: "a"}, story.DataValue{}) }), `story: impediment.data[1].name is "", want ` + aTitle},
		"most data":         {with(func(i *roadmap.Impediment) { i.Data = data(story.MaxData) }), ""},
		"too much data":     {with(func(i *roadmap.Impediment) { i.Data = data(story.MaxData + 1) }), wrong("impediment.data", "1001", "at most 1000 of them")},
		"by":                {with(func(i *roadmap.Impediment) { i.By = "" }), wrong("impediment.by", "", aTitle)},
		"at":                {with(func(i *roadmap.Impediment) { i.At = time.Time{} }), wrong("impediment.at", "", "an instant")},
		"at no instant":     {with(func(i *roadmap.Impediment) { i.At, i.Resolution = late, roadmap.Answer{} }), wrong("impediment.at", lateText, anyTime)},
		"resolved by none":  {with(func(i *roadmap.Impediment) { i.Resolution.By = "" }), wrong("impediment.resolution.by", "", aTitle)},
		"resolved somehow":  {with(func(i *roadmap.Impediment) { i.Resolution.Text = "" }), wrong("impediment.resolution.text", "", "how it was resolved")},
		"resolved late":     {with(func(i *roadmap.Impediment) { i.Resolution.At = late }), wrong("impediment.resolution.at", lateText, anyTime)},
		"resolved before":   {with(func(i *roadmap.Impediment) { i.Resolution.At = day.Add(-1) }), wrong("impediment.resolution.at", "2026-12-31T23:59:59.999999999Z", "an instant not before it was raised")},
		"an answer":         {impediment.Resolution, ""},
		"an answer no text": {after(impediment.Resolution, func(a *roadmap.Answer) { a.Text = nul }), wrong("text", nul, aText)},
		"an answer never":   {after(impediment.Resolution, func(a *roadmap.Answer) { a.At = time.Time{} }), wrong("at", "", "an instant")},
	})
}

func TestIncrementRefusals(t *testing.T) {
	goal := roadmap.IncrementObjective{Title: "Pay by card", Team: "red", Committed: true, Proposed: 10, Planned: 10, Actual: roadmap.Rated(10)}
	increment := func(change func(*roadmap.Increment)) roadmap.Increment {
		whole := increment(goal)
		whole.Iterations = []roadmap.Iteration{{Name: "1", From: day, To: day.AddDate(0, 0, 14)}, {Name: "2", From: day.AddDate(0, 0, 14), To: day.AddDate(0, 0, 28)}}
		whole.Votes = []int{1, 5}
		whole.Allocations = []roadmap.Allocation{{Kind: story.Chore, Percent: dec("20")}, {Theme: roadmap.ThemeID(someID), Percent: dec("80")}}
		return after(whole, change)
	}
	objective := func(change func(*roadmap.IncrementObjective)) roadmap.Increment {
		return increment(func(i *roadmap.Increment) { change(&i.Objectives[0]) })
	}
	allocations := func(all ...roadmap.Allocation) roadmap.Increment {
		return increment(func(i *roadmap.Increment) { i.Allocations = all })
	}
	many := func(n int) []roadmap.Allocation {
		return numbered(n, func(i int) roadmap.Allocation {
			return roadmap.Allocation{Theme: roadmap.ThemeID{1, byte(i)}, Percent: dec("1")}
		})
	}
	iterations := func(n int) []roadmap.Iteration {
		return numbered(n, func(i int) roadmap.Iteration {
			return roadmap.Iteration{Name: "one", From: day.AddDate(0, 0, i), To: day.AddDate(0, 0, i+1)}
		})
	}
	testRefusals(t, map[string]refusal{
		"an increment":     {increment(func(*roadmap.Increment) {}), ""},
		"id":               {increment(func(i *roadmap.Increment) { i.ID = roadmap.IncrementID{} }), wrong("increment.id", "", anID)},
		"name":             {increment(func(i *roadmap.Increment) { i.Name = lines }), wrong("increment.name", lines, aTitle)},
		"most iterations":  {increment(func(i *roadmap.Increment) { i.Iterations = iterations(roadmap.MaxIterations) }), ""},
		"many iterations":  {increment(func(i *roadmap.Increment) { i.Iterations = iterations(roadmap.MaxIterations + 1) }), wrong("increment.iterations", "101", "at most 100 of them")},
		"most objectives":  {increment(func(i *roadmap.Increment) { i.Objectives = slices.Repeat(i.Objectives, roadmap.MaxObjectives) }), ""},
		"many objectives":  {increment(func(i *roadmap.Increment) { i.Objectives = slices.Repeat(i.Objectives, roadmap.MaxObjectives+1) }), wrong("increment.objectives", "1001", "at most 1000 of them")},
		"most votes":       {increment(func(i *roadmap.Increment) { i.Votes = slices.Repeat([]int{3}, roadmap.MaxVotes) }), ""},
		"many votes":       {increment(func(i *roadmap.Increment) { i.Votes = slices.Repeat([]int{3}, roadmap.MaxVotes+1) }), wrong("increment.votes", "10001", "at most 10000 of them")},
		"many bad votes":   {increment(func(i *roadmap.Increment) { i.Votes = make([]int, roadmap.MaxVotes+1) }), wrong("increment.votes", "10001", "at most 10000 of them")},
		"vote of nothing":  {increment(func(i *roadmap.Increment) { i.Votes[1] = 0 }), wrong("increment.votes[1]", "0", "1 to 5")},
		"vote of too much": {increment(func(i *roadmap.Increment) { i.Votes[1] = 6 }), wrong("increment.votes[1]", "6", "1 to 5")},
		"iteration's name": {increment(func(i *roadmap.Increment) { i.Iterations[1].Name = "" }), wrong("increment.iterations[1].name", "", aTitle)},
		"iteration's from": {increment(func(i *roadmap.Increment) { i.Iterations[0].From = late.AddDate(-20000, 0, 0) }), wrong("increment.iterations[0].from", "-10000-01-01T00:00:00Z", anyTime)},
		"iteration's to":   {increment(func(i *roadmap.Increment) { i.Iterations[1].To = late }), wrong("increment.iterations[1].to", lateText, anyTime)},
		"no begin":         {increment(func(i *roadmap.Increment) { i.Iterations[0].From = time.Time{} }), wrong("increment.iterations[0].to", "2027-01-15T00:00:00Z", "an instant after its from")},
		"no length":        {increment(func(i *roadmap.Increment) { i.Iterations[1].To = i.Iterations[1].From }), wrong("increment.iterations[1].to", "2027-01-15T00:00:00Z", "an instant after its from")},
		"overlap":          {increment(func(i *roadmap.Increment) { i.Iterations[1].From = day.AddDate(0, 0, 13) }), wrong("increment.iterations[1].from", "2027-01-14T00:00:00Z", "an instant not before the end of the iteration before")},
		"objective":        {objective(func(o *roadmap.IncrementObjective) { o.Title = lines }), wrong("increment.objectives[0].title", lines, aTitle)},
		"team":             {objective(func(o *roadmap.IncrementObjective) { o.Team = "" }), wrong("increment.objectives[0].team", "", aTitle)},
		"nothing proposed": {objective(func(o *roadmap.IncrementObjective) { o.Proposed = 0 }), ""},
		"proposed too low": {objective(func(o *roadmap.IncrementObjective) { o.Proposed = -1 }), wrong("increment.objectives[0].proposed", "-1", "0 to 10")},
		"proposed too much": {
			objective(func(o *roadmap.IncrementObjective) { o.Proposed = 11 }), wrong("increment.objectives[0].proposed", "11", "0 to 10"),
		},
		"planned too low":    {objective(func(o *roadmap.IncrementObjective) { o.Planned = -1 }), wrong("increment.objectives[0].planned", "-1", "0 to 10")},
		"planned too much":   {objective(func(o *roadmap.IncrementObjective) { o.Planned = 11 }), wrong("increment.objectives[0].planned", "11", "0 to 10")},
		"nothing came":       {objective(func(o *roadmap.IncrementObjective) { o.Actual = roadmap.Rated(0) }), ""},
		"not rated":          {objective(func(o *roadmap.IncrementObjective) { o.Actual = roadmap.BusinessValue{} }), ""},
		"rated too low":      {objective(func(o *roadmap.IncrementObjective) { o.Actual = roadmap.Rated(-1) }), wrong("increment.objectives[0].actual", "-1", "0 to 10")},
		"rated too much":     {objective(func(o *roadmap.IncrementObjective) { o.Actual = roadmap.Rated(11) }), wrong("increment.objectives[0].actual", "11", "0 to 10")},
		"rated, not planned": {objective(func(o *roadmap.IncrementObjective) { o.Planned = 0 }), wrong("increment.objectives[0].planned", "", "a planned value before the actual one")},
		"no allocations":     {allocations(), ""},
		"most allocations":   {allocations(many(100)...), ""},
		"many allocations":   {allocations(many(101)...), wrong("increment.allocations", "101", "at most 100 of them")},
		"kind": {
			allocations(roadmap.Allocation{Kind: lines, Percent: dec("1")}), `story: increment.allocations[0].kind is "a\nb", want ` + aTitle,
		},
		"kind and theme": {
			allocations(roadmap.Allocation{Kind: story.Chore, Theme: roadmap.ThemeID(someID), Percent: dec("1")}),
			wrong("increment.allocations[0].theme", theID, "a kind or a theme, not both"),
		},
		"kind twice": {
			allocations(roadmap.Allocation{Kind: story.Chore, Percent: dec("1")}, roadmap.Allocation{Kind: story.Chore, Percent: dec("2")}),
			wrong("increment.allocations[1]", "chore", "each kind and each theme once"),
		},
		"theme twice": {
			allocations(roadmap.Allocation{Theme: roadmap.ThemeID(someID), Percent: dec("1")}, roadmap.Allocation{Theme: roadmap.ThemeID(someID), Percent: dec("2")}),
			wrong("increment.allocations[1]", theID, "each kind and each theme once"),
		},
		"nothing kept":   {allocations(roadmap.Allocation{Kind: story.Chore}), wrong("increment.allocations[0].percent", "0", "more than 0")},
		"less kept":      {allocations(roadmap.Allocation{Kind: story.Chore, Percent: dec("-1")}), wrong("increment.allocations[0].percent", "-1", "more than 0")},
		"giant part":     {allocations(roadmap.Allocation{Kind: story.Chore, Percent: decimal.New(1, 1_000_000)}), wrong("increment.allocations[0].percent", "a number beyond reading", aNumber)},
		"negative giant": {allocations(roadmap.Allocation{Kind: story.Chore, Percent: huge.Neg()}), wrong("increment.allocations[0].percent", huge.Neg().String(), aNumber)},
		"all of it":      {allocations(roadmap.Allocation{Kind: story.Chore, Percent: dec("100")}), ""},
		"more than all": {
			allocations(roadmap.Allocation{Kind: story.Chore, Percent: dec("60")}, roadmap.Allocation{Kind: story.Spike, Percent: dec("40.1")}),
			wrong("increment.allocations", "100.1 %", "at most 100 % together"),
		},
	})
}

func TestInsightRefusals(t *testing.T) {
	insight := roadmap.Insight{
		ID: roadmap.InsightID(someID), Text: "they pay late", Source: roadmap.SourceSales, From: "Otto", Segment: "households",
		At: day, People: roadmap.MaxPeople, Strength: roadmap.MaxStrength, About: subjects(roadmap.MaxSubjects), Data: data(story.MaxData),
	}
	with := func(change func(*roadmap.Insight)) roadmap.Insight { return after(insight, change) }
	testRefusals(t, map[string]refusal{
		"an insight":     {insight, ""},
		"a bare one":     {roadmap.Insight{ID: insight.ID, Text: "x"}, ""},
		"id":             {with(func(i *roadmap.Insight) { i.ID = roadmap.InsightID{} }), wrong("insight.id", "", anID)},
		"text":           {with(func(i *roadmap.Insight) { i.Text = lines }), wrong("insight.text", lines, aTitle)},
		"source":         {with(func(i *roadmap.Insight) { i.Source = lines }), wrong("insight.source", lines, aTitle)},
		"from":           {with(func(i *roadmap.Insight) { i.From = lines }), wrong("insight.from", lines, aTitle)},
		"segment":        {with(func(i *roadmap.Insight) { i.Segment = lines }), wrong("insight.segment", lines, aTitle)},
		"at":             {with(func(i *roadmap.Insight) { i.At = late }), wrong("insight.at", lateText, anyTime)},
		"less than none": {with(func(i *roadmap.Insight) { i.People = -1 }), wrong("insight.people", "-1", "0 to 1000000000")},
		"too many":       {with(func(i *roadmap.Insight) { i.People++ }), wrong("insight.people", "1000000001", "0 to 1000000000")},
		"too weak":       {with(func(i *roadmap.Insight) { i.Strength = -1 }), wrong("insight.strength", "-1", "0 to 10")},
		"too strong":     {with(func(i *roadmap.Insight) { i.Strength++ }), wrong("insight.strength", "11", "0 to 10")},
		"about":          {with(func(i *roadmap.Insight) { i.About = subjects(roadmap.MaxSubjects + 1) }), wrong("insight.about", "101", "at most 100 of them")},
		"data":           {with(func(i *roadmap.Insight) { i.Data = data(story.MaxData + 1) }), wrong("insight.data", "1001", "at most 1000 of them")},
	})
}

func outcome() roadmap.Outcome {
	return roadmap.Outcome{
		Metric: checkout().Metric, From: day, To: day.AddDate(0, 1, 0), Note: "seen", By: "Otto", At: day, Verdict: roadmap.Validated,
		Measurements: story.ListOf(roadmap.Measurement{At: day, Value: dec("85")}),
	}
}

func TestOutcomeRefusals(t *testing.T) {
	with := func(change func(*roadmap.Outcome)) roadmap.Outcome { return after(outcome(), change) }
	none := story.List[roadmap.Measurement]{}
	const both = "a verdict with who gave it and when, or neither"
	testRefusals(t, map[string]refusal{
		"an outcome":         {outcome(), ""},
		"no verdict yet":     {with(func(o *roadmap.Outcome) { o.Verdict, o.By, o.At = 0, "", time.Time{} }), ""},
		"no metric":          {with(func(o *roadmap.Outcome) { o.Metric.Name = "" }), wrong("metric.name", "", aTitle)},
		"from":               {with(func(o *roadmap.Outcome) { o.From = late.AddDate(-20000, 0, 0) }), wrong("from", "-10000-01-01T00:00:00Z", anyTime)},
		"no from":            {with(func(o *roadmap.Outcome) { o.From = time.Time{} }), ""},
		"no end":             {with(func(o *roadmap.Outcome) { o.From, o.To = time.Time{}, time.Time{} }), wrong("to", "", "an instant")},
		"end":                {with(func(o *roadmap.Outcome) { o.To = late }), wrong("to", lateText, anyTime)},
		"no length":          {with(func(o *roadmap.Outcome) { o.To = day }), wrong("to", "2027-01-01T00:00:00Z", "an instant after its from, 2027-01-01T00:00:00Z")},
		"measurement":        {with(func(o *roadmap.Outcome) { o.Measurements = story.ListOf(roadmap.Measurement{At: day, Value: huge}) }), wrong("measurements[0].value", huge.String(), aNumber)},
		"unknown verdict":    {with(func(o *roadmap.Outcome) { o.Verdict = 9 }), wrong("verdict", "HypothesisVerdict(9)", "one of validated, refuted, inconclusive")},
		"note":               {with(func(o *roadmap.Outcome) { o.Note = nul }), wrong("note", nul, aText)},
		"by":                 {with(func(o *roadmap.Outcome) { o.By = lines }), wrong("by", lines, aTitle)},
		"at":                 {with(func(o *roadmap.Outcome) { o.At = late }), wrong("at", lateText, anyTime)},
		"unseen, validated":  {with(func(o *roadmap.Outcome) { o.Measurements = none }), wrong("measurements", "", "one at least, for a hypothesis that is validated")},
		"unseen, refuted":    {with(func(o *roadmap.Outcome) { o.Measurements, o.Verdict = none, roadmap.Refuted }), wrong("measurements", "", "one at least, for a hypothesis that is refuted")},
		"unseen and unclear": {with(func(o *roadmap.Outcome) { o.Measurements, o.Verdict = none, roadmap.Inconclusive }), ""},
		"by, without one":    {with(func(o *roadmap.Outcome) { o.Verdict, o.At = 0, time.Time{} }), wrong("verdict", "", both)},
		"at, without one":    {with(func(o *roadmap.Outcome) { o.Verdict, o.By = 0, "" }), wrong("verdict", "", both)},
		"by nobody, never":   {with(func(o *roadmap.Outcome) { o.By, o.At = "", time.Time{} }), wrong("verdict", "validated", both)},
	})
}

func TestProposalRefusals(t *testing.T) {
	aStory := story.Story{ID: story.ID(someID), Title: "Pay by card"}
	aFeature := roadmap.Feature{ID: roadmap.FeatureID(someID), Title: "Paying"}
	insights := func(n int) story.List[roadmap.InsightID] {
		return story.ListOf(numbered(n, func(i int) roadmap.InsightID { return roadmap.InsightID{1, byte(i)} })...)
	}
	open := roadmap.Proposal{ID: roadmap.ProposalID(someID), Story: aStory, By: "Dana", At: day, Status: roadmap.ProposalOpen, Insights: insights(roadmap.MaxInsights)}
	answer := roadmap.Answer{By: "Otto", At: day}
	taken := after(open, func(p *roadmap.Proposal) {
		p.Status, p.Into, p.Answer = roadmap.ProposalTaken, roadmap.AboutStory(aStory.ID), answer
	})
	with := func(change func(*roadmap.Proposal)) roadmap.Proposal { return after(open, change) }
	decided := func(change func(*roadmap.Proposal)) roadmap.Proposal { return after(taken, change) }
	const one = "a story or a feature, one of the two"
	testRefusals(t, map[string]refusal{
		"of a story":         {open, ""},
		"of a feature":       {with(func(p *roadmap.Proposal) { p.Story, p.Feature = story.Story{}, aFeature }), ""},
		"of both":            {with(func(p *roadmap.Proposal) { p.Feature = aFeature }), wrong("proposal", "", one)},
		"of nothing":         {with(func(p *roadmap.Proposal) { p.Story = story.Story{} }), wrong("proposal", "", one)},
		"id":                 {with(func(p *roadmap.Proposal) { p.ID = roadmap.ProposalID{1} }), wrong("proposal.id", roadmap.ProposalID{1}.String(), "that of what is proposed")},
		"id of a feature":    {with(func(p *roadmap.Proposal) { p.ID, p.Story, p.Feature = roadmap.ProposalID{1}, story.Story{}, aFeature }), wrong("proposal.id", roadmap.ProposalID{1}.String(), "that of what is proposed")},
		"no title":           {with(func(p *roadmap.Proposal) { p.Story.Title = "" }), `story: proposal.story.title is "", want ` + aTitle},
		"no feature's title": {with(func(p *roadmap.Proposal) { p.Story, p.Feature.ID = story.Story{}, aFeature.ID }), wrong("proposal.feature.title", "", aTitle)},
		"too many insights":  {with(func(p *roadmap.Proposal) { p.Insights = insights(roadmap.MaxInsights + 1) }), wrong("proposal.insights", "101", "at most 100 of them")},
		"insight twice":      {with(func(p *roadmap.Proposal) { p.Insights = story.ListOf(roadmap.InsightID{1}, roadmap.InsightID{1}) }), wrong("proposal.insights[1]", roadmap.InsightID{1}.String(), "an insight, each once")},
		"no insight":         {with(func(p *roadmap.Proposal) { p.Insights = story.ListOf(roadmap.InsightID{}) }), wrong("proposal.insights[0]", "", "an insight, each once")},
		"by":                 {with(func(p *roadmap.Proposal) { p.By = "" }), wrong("proposal.by", "", aTitle)},
		"at":                 {with(func(p *roadmap.Proposal) { p.At = time.Time{} }), wrong("proposal.at", "", "an instant")},
		"no status":          {with(func(p *roadmap.Proposal) { p.Status, p.Answer = 0, answer }), wrong("proposal.status", "", "one of open, taken, merged, declined")},
		"open, into":         {with(func(p *roadmap.Proposal) { p.Into = taken.Into }), wrong("proposal.into", taken.Into.String(), "nothing, unless it is taken or merged")},
		"open, answered":     {with(func(p *roadmap.Proposal) { p.Answer = roadmap.Answer{Text: "Soon", By: "Otto", At: day} }), wrong("proposal.answer", "Soon", "none while it is open")},
		"taken":              {taken, ""},
		"taken as a feature": {decided(func(p *roadmap.Proposal) { p.Into = roadmap.AboutFeature(aFeature.ID) }), ""},
		"merged":             {decided(func(p *roadmap.Proposal) { p.Status = roadmap.ProposalMerged }), ""},
		"declined":           {decided(func(p *roadmap.Proposal) { p.Status, p.Into = roadmap.ProposalDeclined, roadmap.Subject{} }), ""},
		"declined, into":     {decided(func(p *roadmap.Proposal) { p.Status = roadmap.ProposalDeclined }), wrong("proposal.into", taken.Into.String(), "nothing, unless it is taken or merged")},
		"into nothing":       {decided(func(p *roadmap.Proposal) { p.Into = roadmap.Subject{} }), wrong("proposal.into", "nothing", "a story or a feature")},
		"into a goal":        {decided(func(p *roadmap.Proposal) { p.Into = roadmap.AboutGoal(roadmap.GoalID(someID)) }), wrong("proposal.into", `goal "`+theID+`"`, "a story or a feature")},
		"into both": {
			decided(func(p *roadmap.Proposal) { p.Into.Feature = aFeature.ID }),
			wrong("proposal.into.about", `feature "`+theID+`"`, "one goal, increment, feature or story"),
		},
		"taken, unanswered": {decided(func(p *roadmap.Proposal) { p.Answer.By = "" }), wrong("proposal.answer.by", "", aTitle)},
	})
	require.Equal(t, "Pay by card", open.Title())
	require.Equal(t, "Paying", roadmap.Proposal{Feature: aFeature}.Title())
}

func TestReleaseRefusals(t *testing.T) {
	tasks := func(n int) story.List[roadmap.ReleaseTask] {
		return story.ListOf(numbered(n, func(i int) roadmap.ReleaseTask {
			return roadmap.ReleaseTask{Title: "Tell partner " + strings.Repeat("I", i%400) + strings.Repeat("V", i/400), Owner: "Otto", Due: day}
		})...)
	}
	release := roadmap.Release{ID: roadmap.ReleaseID(someID), Name: "1.0", Notes: "two\nlines", Date: day, Status: roadmap.ReleaseShipped, Checklist: tasks(2)}
	with := func(change func(*roadmap.Release)) roadmap.Release { return after(release, change) }
	task := func(change func(*roadmap.ReleaseTask)) roadmap.Release {
		return with(func(r *roadmap.Release) {
			all := r.Checklist.Slice()
			change(&all[1])
			r.Checklist = story.ListOf(all...)
		})
	}
	testRefusals(t, map[string]refusal{
		"a release":      {release, ""},
		"id":             {with(func(r *roadmap.Release) { r.ID = roadmap.ReleaseID{} }), wrong("release.id", "", anID)},
		"name":           {with(func(r *roadmap.Release) { r.Name = lines }), wrong("release.name", lines, aTitle)},
		"notes":          {with(func(r *roadmap.Release) { r.Notes = nul }), wrong("release.notes", nul, aText)},
		"date":           {with(func(r *roadmap.Release) { r.Date = late }), wrong("release.date", lateText, anyTime)},
		"status":         {with(func(r *roadmap.Release) { r.Status = 9 }), wrong("release.status", "ReleaseStatus(9)", "one of planned, shipped")},
		"most tasks":     {with(func(r *roadmap.Release) { r.Checklist = tasks(roadmap.MaxReleaseTasks) }), ""},
		"too many tasks": {with(func(r *roadmap.Release) { r.Checklist = tasks(roadmap.MaxReleaseTasks + 1) }), wrong("release.checklist", "1001", "at most 1000 of them")},
		"task's title":   {task(func(r *roadmap.ReleaseTask) { r.Title = lines }), wrong("release.checklist[1].title", lines, aTitle)},
		"task twice":     {task(func(r *roadmap.ReleaseTask) { r.Title = "Tell partner " }), wrong("release.checklist[1].title", "Tell partner ", "a title of its own")},
		"task's owner":   {task(func(r *roadmap.ReleaseTask) { r.Owner = lines }), wrong("release.checklist[1].owner", lines, aTitle)},
		"task's due":     {task(func(r *roadmap.ReleaseTask) { r.Due = late }), wrong("release.checklist[1].due", lateText, anyTime)},
	})
}

func TestRiskRefusals(t *testing.T) {
	risk := roadmap.Risk{
		ID: roadmap.RiskID(someID), Title: "The bank says no", Owner: "Otto", Likelihood: roadmap.MaxRiskLevel, Impact: roadmap.MaxRiskLevel,
		Status: roadmap.RiskOwned, Note: "we ask early", About: subjects(roadmap.MaxSubjects), Data: data(story.MaxData),
	}
	with := func(change func(*roadmap.Risk)) roadmap.Risk { return after(risk, change) }
	tests := map[string]refusal{
		"a risk":              {risk, ""},
		"id":                  {with(func(r *roadmap.Risk) { r.ID = roadmap.RiskID{} }), wrong("risk.id", "", anID)},
		"title":               {with(func(r *roadmap.Risk) { r.Title = lines }), wrong("risk.title", lines, aTitle)},
		"owner":               {with(func(r *roadmap.Risk) { r.Owner = lines }), wrong("risk.owner", lines, aTitle)},
		"likelihood too low":  {with(func(r *roadmap.Risk) { r.Likelihood = -1 }), wrong("risk.likelihood", "-1", "0 to 10")},
		"likelihood too high": {with(func(r *roadmap.Risk) { r.Likelihood++ }), wrong("risk.likelihood", "11", "0 to 10")},
		"impact too low":      {with(func(r *roadmap.Risk) { r.Impact = -1 }), wrong("risk.impact", "-1", "0 to 10")},
		"impact too high":     {with(func(r *roadmap.Risk) { r.Impact++ }), wrong("risk.impact", "11", "0 to 10")},
		"status":              {with(func(r *roadmap.Risk) { r.Status = 9 }), wrong("risk.status", "RiskStatus(9)", "one of open, owned, mitigated, accepted, resolved")},
		"note":                {with(func(r *roadmap.Risk) { r.Note = nul }), wrong("risk.note", nul, aText)},
		"about":               {with(func(r *roadmap.Risk) { r.About = subjects(roadmap.MaxSubjects + 1) }), wrong("risk.about", "101", "at most 100 of them")},
		"data":                {with(func(r *roadmap.Risk) { r.Data = data(story.MaxData + 1) }), wrong("risk.data", "1001", "at most 1000 of them")},
	}
	for status := range roadmap.RiskResolved + 1 {
		want := ""
		if status == roadmap.RiskOwned || status == roadmap.RiskAccepted || status == roadmap.RiskMitigated {
			want = wrong("risk.owner", "", "who sees to a risk that is "+status.String())
		}
		tests["nobody's, "+status.String()] = refusal{with(func(r *roadmap.Risk) { r.Owner, r.Status = "", status }), want}
	}
	testRefusals(t, tests)
}

func TestStrategyRefusals(t *testing.T) {
	activity := func(n int) roadmap.Activity {
		return roadmap.Activity{ID: roadmap.ActivityID(someID), Title: "Manage the cards", Steps: story.ListOf(numbered(n, func(i int) roadmap.Step {
			return roadmap.Step{ID: roadmap.StepID{1, byte(i)}, Title: "Save a card"}
		})...)}
	}
	steps := func(steps ...roadmap.Step) roadmap.Activity {
		return after(activity(0), func(a *roadmap.Activity) { a.Steps = story.ListOf(steps...) })
	}
	share := func(text string) roadmap.Theme {
		return roadmap.Theme{ID: roadmap.ThemeID(someID), Title: "Trust", Share: dec(text)}
	}
	vision := roadmap.Vision{Text: "Everybody knows what they spend."}
	with := func(change func(*roadmap.Vision)) roadmap.Vision { return after(vision, change) }
	testRefusals(t, map[string]refusal{
		"an activity":      {activity(roadmap.MaxSteps), ""},
		"activity's id":    {after(activity(1), func(a *roadmap.Activity) { a.ID = roadmap.ActivityID{} }), wrong("activity.id", "", anID)},
		"activity's title": {after(activity(1), func(a *roadmap.Activity) { a.Title = lines }), wrong("activity.title", lines, aTitle)},
		"too many steps":   {activity(roadmap.MaxSteps + 1), wrong("activity.steps", "101", "at most 100 of them")},
		"step's title":     {steps(roadmap.Step{ID: roadmap.StepID{1}, Title: lines}), wrong("activity.steps[0].title", lines, aTitle)},
		"step's id":        {steps(roadmap.Step{Title: "Save a card"}), wrong("activity.steps[0].id", "", anID)},
		"step twice":       {steps(roadmap.Step{roadmap.StepID{1}, "a"}, roadmap.Step{roadmap.StepID{1}, "b"}), wrong("activity.steps[1].id", roadmap.StepID{1}.String(), "an id of its own")},
		"a theme":          {share("0"), ""},
		"the one theme":    {share("100"), ""},
		"negative share":   {share("-0.1"), wrong("theme.share", "-0.1", "0 to 100 percent")},
		"share of more":    {share("100.1"), wrong("theme.share", "100.1", "0 to 100 percent")},
		"share of a giant": {after(share("0"), func(s *roadmap.Theme) { s.Share = decimal.New(1, 1_000_000) }), wrong("theme.share", "a number beyond reading", aNumber)},
		"theme's id":       {after(share("0"), func(s *roadmap.Theme) { s.ID = roadmap.ThemeID{} }), wrong("theme.id", "", anID)},
		"theme's title":    {after(share("0"), func(s *roadmap.Theme) { s.Title = lines }), wrong("theme.title", lines, aTitle)},
		"a vision":         {vision, ""},
		"vision's text":    {with(func(v *roadmap.Vision) { v.Text = " " }), wrong("vision.text", " ", "a sentence")},
		"target group":     {with(func(v *roadmap.Vision) { v.TargetGroup = nul }), wrong("vision.target_group", nul, aText)},
		"needs":            {with(func(v *roadmap.Vision) { v.Needs = nul }), wrong("vision.needs", nul, aText)},
		"product":          {with(func(v *roadmap.Vision) { v.Product = nul }), wrong("vision.product", nul, aText)},
		"business goals":   {with(func(v *roadmap.Vision) { v.BusinessGoals = nul }), wrong("vision.business_goals", nul, aText)},
		"for":              {with(func(v *roadmap.Vision) { v.Statement.For = nul }), wrong("vision.statement.for", nul, aText)},
		"who":              {with(func(v *roadmap.Vision) { v.Statement.Who = nul }), wrong("vision.statement.who", nul, aText)},
		"named product":    {with(func(v *roadmap.Vision) { v.Statement.Product = nul }), wrong("vision.statement.product", nul, aText)},
		"category":         {with(func(v *roadmap.Vision) { v.Statement.Category = nul }), wrong("vision.statement.category", nul, aText)},
		"benefit":          {with(func(v *roadmap.Vision) { v.Statement.Benefit = nul }), wrong("vision.statement.benefit", nul, aText)},
		"unlike":           {with(func(v *roadmap.Vision) { v.Statement.Unlike = nul }), wrong("vision.statement.unlike", nul, aText)},
		"differentiation":  {with(func(v *roadmap.Vision) { v.Statement.Differentiation = nul }), wrong("vision.statement.differentiation", nul, aText)},
	})
}
