package forecast_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// golden holds figures of published sources, or computed where a row says so, by case.
var golden = map[string]func(*testing.T){
	// dvwl.github.io, Three-point estimation guide.
	"pert-001": func(t *testing.T) {
		tasks := pert(t, "3", "5", "10")
		low, high := tasks.Range(1, 2)
		require.Equal(t, "5.5000 1.1667 4.33 6.67", say(tasks.Mean(4), tasks.SD(4), low, high, 4, 4, 2, 2))
		low, high = tasks.Range(2, 2) // published from the rounded sd: 3.16 to 7.84
		require.Equal(t, "3.17 7.83", say(low, high, 2, 2))
		triangular, err := forecast.PERT{Optimistic: d("3"), Likely: d("5"), Pessimistic: d("10")}.Triangular(4)
		require.NoError(t, err)
		require.Equal(t, "6.0000", triangular.StringFixed(4))
	},
	"pert-002": func(t *testing.T) {
		tasks := pert(t, "8", "16", "40")
		require.Equal(t, "18.6667 5.3333", say(tasks.Mean(4), tasks.SD(4), 4, 4))
	},
	// dev.to, Scientific schedule estimation.
	"pert-003": func(t *testing.T) {
		tasks := pert(t, "4", "8", "16")
		low, high := tasks.Range(2, 1)
		require.Equal(t, "8.6667 2.0000 4.7 12.7", say(tasks.Mean(4), tasks.SD(4), low, high, 4, 4, 1, 1))
	},
	// gyansangrah.com, 3 point and PERT estimation; it prints 18, rounded.
	"pert-004": func(t *testing.T) {
		tasks := pert(t, "12", "16", "30")
		require.Equal(t, "17.6667 3.0000", say(tasks.Mean(4), tasks.SD(4), 4, 4))
	},
	// Policy: O <= M <= P, none negative; three equal numbers are a certainty.
	"pert-006": func(t *testing.T) {
		_, err := forecast.EstimateTasks(
			forecast.PERT{Optimistic: d("5"), Likely: d("3"), Pessimistic: d("10")},
			forecast.PERT{Optimistic: d("-1"), Likely: d("3"), Pessimistic: d("10")},
		)
		require.EqualError(t, err, `forecast: tasks[0].optimistic is "5", want <= likely, which is 3`+"\n"+
			`forecast: tasks[1].optimistic is "-1", want >= 0`)
		tasks := pert(t, "3", "3", "3")
		require.Equal(t, "3 0", say(tasks.Mean(0), tasks.SD(0), 0, 0))
	},
	// learnovativeagileacademy.com, Velocity and focus factor: no partial credit.
	"vel-001": func(t *testing.T) {
		done := func(points string) forecast.SprintItem { return forecast.SprintItem{Points: d(points), Done: true} }
		left := func(points string) forecast.SprintItem { return forecast.SprintItem{Points: d(points)} }
		first, err := forecast.Velocity([]forecast.SprintItem{done("5"), done("3"), done("8"), done("5")})
		require.NoError(t, err)
		second, err := forecast.Velocity([]forecast.SprintItem{
			done("2"), done("1"), left("3"), done("3"), done("5"), left("3"), done("8"),
		})
		require.NoError(t, err)
		require.Equal(t, "21 19", say(first, second, 0, 0))
	},
	// fatskills.com, Velocity, burndown/burn-up charts and forecasting.
	"vel-002": func(t *testing.T) {
		stats, err := forecast.Items(30, 35, 28, 32, 31).Statistics()
		require.NoError(t, err)
		require.Equal(t, "31.2", stats.Mean(1).StringFixed(1))
		requireSprints(t, 2, "50", "31")
	},
	// studyraid.com, Projecting release timelines using a velocity range.
	"vel-003": func(t *testing.T) {
		stats, err := forecast.Items(18, 22, 20).Statistics()
		require.NoError(t, err)
		requireSprints(t, 7, "150", stats.Max.String())
		requireSprints(t, 9, "150", stats.Min.String())
	},
	// dearjunior.blogspot.com 2009, Why release planning works: 33 +- 4 over 5 sprints.
	"vel-005": func(t *testing.T) { requirePoints(t, 5, "29", "37", "145 185") },
	// xebia.com, On averages, history and predicting.
	"vel-006": func(t *testing.T) {
		requirePoints(t, 13, "6", "6", "78 78")
		requirePoints(t, 4, "6", "6", "24 24")
	},
	// brokenbuild.atlassian.net, Burn-up: it prints 7, for 7.4375 sprints.
	"vel-007": func(t *testing.T) { requireSprints(t, 8, d("148").Sub(d("29")).String(), "16") },
	// flipbuilder.com, SAFe: the product owner does not count.
	"cap-001": func(t *testing.T) {
		team := []forecast.Member{
			member(forecast.MemberDeveloper, "1", "0"), member(forecast.MemberDeveloper, "1", "0"),
			member(forecast.MemberDeveloper, "1", "0"), member(forecast.MemberTester, "1", "0"),
			member(forecast.MemberTester, "1", "0"), member(forecast.MemberProductOwner, "1", "0"),
		}
		capacity, err := forecast.StartCapacity(team, d("8"))
		require.NoError(t, err)
		require.Equal(t, "40", capacity.String())
	},
	// Computed, by the rule of wibas.com: four full-time, one half-time, three days off.
	"cap-002": func(t *testing.T) {
		team := []forecast.Member{
			member(forecast.MemberDeveloper, "1", "3"), member(forecast.MemberDeveloper, "1", "0"),
			member(forecast.MemberDeveloper, "1", "0"), member(forecast.MemberTester, "1", "0"),
			member(forecast.MemberDeveloper, "0.5", "0"),
		}
		capacity, err := forecast.StartCapacity(team, d("8"))
		require.NoError(t, err)
		require.Equal(t, "33", capacity.String())
	},
	// Kniberg, Scrum and XP from the Trenches.
	"cap-003": func(t *testing.T) { requireDays(t, 105, 7, 3*5, 0) },
	// Computed from the 80 person-days and 60 points of the same book.
	"cap-004": func(t *testing.T) {
		factor, err := forecast.FocusFactor(d("60"), d("80"), 2)
		require.NoError(t, err)
		require.Equal(t, "0.75", factor.String())
	},
	// softwareengineering.stackexchange.com 82761; it prints 19, rounded down.
	"cap-005": func(t *testing.T) {
		planned, err := forecast.EstimatedVelocity(d("28"), d("0.70"))
		require.NoError(t, err)
		factor, err := forecast.FocusFactor(d("9.8"), d("28"), 2)
		require.NoError(t, err)
		require.Equal(t, "19.6 0.35", say(planned, factor, 1, 2))
	},
	// projectcooks.com; it prints 70, but a holiday costs each member a day.
	"cap-006": func(t *testing.T) {
		requireDays(t, 80, 8, 10, 0)
		requireDays(t, 72, 8, 10, 1)
	},
	// Computed: five people, ten days of eight hours, ten hours each for other things.
	"cap-007": func(t *testing.T) {
		requireDays(t, 50, 5, 10, 0)
		hours, err := forecast.EstimatedVelocity(d("50"), d("8"))
		require.NoError(t, err)
		require.Equal(t, "400 350", say(hours, hours.Sub(d("50")), 0, 0))
	},
	// Azure Boards documentation, Forecast your product backlog; the item sizes are computed.
	"fc-001": fillAzure,
	"fc-002": fillAzure,
	"fc-004": func(t *testing.T) {
		plan, err := forecast.SpanSprints(d("15"), []decimal.Decimal{d("35")})
		require.NoError(t, err)
		require.Len(t, plan.Sprints, 3)
		require.Equal(t, "20 5", say(plan.Sprints[0].Open, plan.Sprints[1].Open, 0, 0))
		require.Equal(t, []int{0}, plan.Oversized)
	},
	// improvingflow.com 2024, Monte Carlo: draw a week, then use its throughput.
	"mc-001": func(t *testing.T) {
		left, err := forecast.TrialRemaining(weeks, d("105"), []int{8 - 1, 4 - 1})
		require.NoError(t, err)
		require.Equal(t, "100 97", say(left[0], left[1], 0, 0))
	},
	// Computed from the same weeks: more confidence, fewer items.
	"mc-003": func(t *testing.T) {
		out, err := forecast.HowManySimple(weeks, 10)
		require.NoError(t, err)
		for confidence, want := range map[float64]string{.5: "38", .85: "30", .95: "25"} {
			least, ok := out.Percentile(confidence)
			require.True(t, ok)
			require.Equal(t, want, least.String())
		}
	},
	// Policy: nothing to draw from is an error, nothing to do is not.
	"mc-004": func(t *testing.T) {
		_, err := forecast.WhenSimple(nil, forecast.ItemScope(5))
		require.ErrorIs(t, err, forecast.ErrNoHistory)
		_, err = forecast.WhenSimple(forecast.Items(0, 0, 0), forecast.ItemScope(5))
		require.ErrorIs(t, err, forecast.ErrNoThroughput)
		c, err := forecast.WhenSimple(forecast.Items(2, 3), forecast.ItemScope(0))
		require.NoError(t, err)
		k, ok := c.Percentile(1)
		require.True(t, ok)
		require.Zero(t, k)
	},
}

func TestGolden(t *testing.T) {
	for id, test := range golden {
		t.Run(id, test)
	}
}

// No case of the shared collection is left out.
func TestGoldenComplete(t *testing.T) {
	data, err := os.ReadFile("../../../shared/golden/golden.json")
	if err != nil {
		t.Skip("the shared golden cases are not here: ", err)
	}
	var cases []struct{ ID string }
	require.NoError(t, json.Unmarshal(data, &cases))
	mine := []string{"pert", "vel", "cap", "fc", "mc"}
	for _, c := range cases {
		if kind, _, _ := strings.Cut(c.ID, "-"); slices.Contains(mine, kind) {
			require.Contains(t, golden, c.ID)
		}
	}
}

// weeks are the weekly throughputs of improvingflow.com 2024.
var weeks = forecast.Items(1, 3, 5, 3, 7, 8, 0, 5, 3, 1, 8, 2)

func fillAzure(t *testing.T) {
	var items []decimal.Decimal
	for _, points := range []int64{5, 8, 8, 8, 8, 7, 7, 7, 4, 4, 4, 4, 8, 5, 5, 5} {
		items = append(items, decimal.NewFromInt(points))
	}
	plan, err := forecast.FillSprints(d("20"), items)
	require.NoError(t, err)
	var counts []int
	var points, unused []string
	for _, s := range plan.Sprints {
		counts = append(counts, len(s.Items))
		points = append(points, s.Points.String())
		unused = append(unused, s.Unused.String())
	}
	require.Equal(t, []int{2, 3, 3, 4, 4}, counts)
	require.Equal(t, []string{"13", "24", "21", "16", "23"}, points)
	require.Equal(t, []string{"7", "3", "2", "6", "3"}, unused)
	require.Empty(t, plan.Oversized)
}

func pert(t *testing.T, o, m, p string) forecast.DurationEstimate {
	tasks, err := forecast.EstimateTasks(forecast.PERT{Optimistic: d(o), Likely: d(m), Pessimistic: d(p)})
	require.NoError(t, err)
	return tasks
}

func member(role forecast.MemberRole, share, off string) forecast.Member {
	return forecast.Member{Role: role, Share: d(share), DaysOff: d(off)}
}

func requireSprints(t *testing.T, want int64, remaining, velocity string) {
	got, err := forecast.SprintsFor(d(remaining), d(velocity))
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func requirePoints(t *testing.T, sprints int, low, high, want string) {
	least, most, err := forecast.PointsIn(sprints, d(low), d(high))
	require.NoError(t, err)
	require.Equal(t, want, say(least, most, 0, 0))
}

func requireDays(t *testing.T, want, people, days, holidays int) {
	got, err := forecast.PersonDays(people, days, holidays)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func d(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// say prints decimals with the places that follow them.
func say(args ...any) string {
	n := len(args) / 2
	texts := make([]string, n)
	for i := range texts {
		texts[i] = args[i].(decimal.Decimal).StringFixed(int32(args[n+i].(int)))
	}
	return strings.Join(texts, " ")
}
