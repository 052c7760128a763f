package plan_test

import (
	"encoding/csv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

const precedenceData = "../../../shared/data/precedence"

// instance is a published problem and the best that is known of it.
type instance struct {
	name       string
	items      []sequenceItem
	best       decimal.Decimal
	readyQueue decimal.Decimal
}

func readCSV(t testing.TB, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join(precedenceData, name))
	if os.IsNotExist(err) {
		t.Skip("needs the data of ../shared")
	}
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	return rows[1:]
}

func instances(t testing.TB) []instance {
	t.Helper()
	var all []instance
	for _, row := range readCSV(t, "optima.csv") {
		in := instance{
			name: row[0], best: decimal.RequireFromString(row[3]),
			readyQueue: decimal.RequireFromString(row[5]),
		}
		for _, item := range readCSV(t, row[0]+".csv") {
			in.items = append(in.items, task(strings.Join(item, " ")))
		}
		all = append(all, in)
	}
	return all
}

func TestSequenceData(t *testing.T) {
	proven := 0
	for _, in := range instances(t) {
		s := sequence(t, in.items)
		requireSequence(t, in.items, s)
		require.Falsef(t, s.Cost.GreaterThan(in.best),
			"%s costs %s, best known %s", in.name, s.Cost, in.best)
		require.Truef(t, s.ReadyQueueCost.Equal(in.readyQueue), "%s", in.name)
		if s.Proven {
			proven++
		}
	}
	require.GreaterOrEqual(t, proven, 76)
}

// BenchmarkSequenceData prints the table of all instances and, as metrics, how many are proven and
// the mean time of the instances of 30 and 60 items.
func BenchmarkSequenceData(b *testing.B) {
	all := instances(b)
	b.ReportAllocs()
	for b.Loop() {
		proven, small := 0, 0
		var spent time.Duration
		for _, in := range all {
			begin := time.Now()
			s := sequence(b, in.items)
			took := time.Since(begin)
			if s.Proven {
				proven++
			}
			if n := len(in.items); n == 30 || n == 60 {
				small++
				spent += took
			}
			b.Logf("%-16s %4d items  cost %8s  best known %8s  bound %8s  ready queue %8s  %8s",
				in.name, len(in.items), s.Cost, in.best, s.LowerBound, s.ReadyQueueCost,
				took.Round(10*time.Microsecond))
		}
		b.ReportMetric(float64(proven), "proven")
		b.ReportMetric(float64(spent.Microseconds())/1000/float64(max(small, 1)), "ms/small")
	}
}

// linkedTasks draws n items of sizes 1 to 10 and costs of delay 1 to 20, and links between any two.
func linkedTasks(n, links int) []plan.Item[int] {
	r := rand.New(rand.NewPCG(9, 9))
	items := make([]plan.Item[int], n)
	for i := range items {
		items[i] = plan.Item[int]{
			Key: i, Size: decimal.NewFromInt(1 + r.Int64N(10)),
			CostOfDelay: decimal.NewFromInt(1 + r.Int64N(20)),
		}
	}
	for range links {
		if i, j := r.IntN(n), r.IntN(n); i != j {
			items[max(i, j)].Needs = append(items[max(i, j)].Needs, min(i, j))
		}
	}
	return items
}

// clusteredTasks draws n items in clusters of up to 15 with links inside, some of them larger.
func clusteredTasks(n int) []plan.Item[int] {
	r := rand.New(rand.NewPCG(8, 8))
	items := linkedTasks(n, 0)
	for from := 0; from < n; {
		size := 1 + r.IntN(15)
		if r.IntN(40) == 0 {
			size = 40
		}
		to := min(n, from+size)
		for i := from + 1; i < to; i++ {
			for range 1 + r.IntN(2) {
				items[i].Needs = append(items[i].Needs, from+r.IntN(i-from))
			}
		}
		from = to
	}
	return items
}

func BenchmarkSequence(b *testing.B) {
	tests := []struct {
		name  string
		items []plan.Item[int]
		steps int64
	}{
		{"clusters=10000", clusteredTasks(10_000), 0},
		{"items=100000/links=200000/steps=0", linkedTasks(100_000, 200_000), -1},
		{"items=1000000/links=600000", linkedTasks(1_000_000, 600_000), 0},
	}
	for _, test := range tests {
		b.Run(test.name, func(b *testing.B) {
			b.ReportAllocs()
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var s *plan.Order[int]
			for b.Loop() {
				var err error
				s, err = plan.Sequence(test.items, plan.SequenceOptions{Steps: test.steps})
				require.NoError(b, err)
			}
			runtime.ReadMemStats(&after)
			gap := s.Gap(6).Mul(decimal.New(100, 0)).InexactFloat64()
			b.ReportMetric(gap, "%gap")
			b.ReportMetric(float64(after.Sys)/(1<<20), "MB-from-OS")
			b.Logf("cost %s, bound %s, ready queue %s, %d blocks",
				s.Cost, s.LowerBound, s.ReadyQueueCost, len(s.Blocks))
		})
	}
}
