package backlog_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// tangle is a backlog of a few stories with random estimates, states and dependencies, and the same
// as plain numbers.
type tangle struct {
	*log
	points [7]int64
	open   [7]bool
	needs  [7][7]bool
}

func newTangle(t *testing.T, seed uint64) tangle {
	d := newDice(seed)
	g := tangle{log: newLog(t, backlog.Options{Rules: backlog.Rules{DropNeeded: backlog.RuleOff}})}
	for i := range g.points {
		g.do(po, backlog.AddStory{Story: newStory(i)})
		g.open[i] = true
		if d.IntN(4) > 0 {
			g.points[i] = int64(1 + d.IntN(5))
			g.do(dev, backlog.EstimateStory{Story: storyID(i), Estimate: story.Points(g.points[i])})
		}
	}
	for range d.IntN(14) {
		x, y := d.IntN(7), d.IntN(7)
		_, err := g.Execute(backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(x)), Needs: backlog.StoryItem(storyID(y)),
		}}, po, g.At())
		g.needs[x][y] = g.needs[x][y] || err == nil
	}
	for i := range g.points {
		if d.IntN(5) == 0 {
			g.open[i] = false
			g.Execute(backlog.DropStory{Story: storyID(i), Reason: "no"}, po, g.At()) //nolint:errcheck // a draft can be dropped
		}
	}
	return g
}

// longestTo is the longest chain of open stories that ends with story i, by trying them all.
func (g tangle) longestTo(i int, points [7]int64) int64 {
	var longest int64
	for j := range points {
		if g.needs[i][j] && g.open[j] {
			longest = max(longest, g.longestTo(j, points))
		}
	}
	return longest + points[i]
}

func (g tangle) longest(points [7]int64) int64 {
	var longest int64
	for i := range points {
		if g.open[i] {
			longest = max(longest, g.longestTo(i, points))
		}
	}
	return longest
}

// reaches reports whether open story i waits for open story j.
func (g tangle) reaches(i, j int) bool {
	for k := range g.points {
		if g.needs[i][k] && g.open[k] && (k == j || g.reaches(k, j)) {
			return true
		}
	}
	return false
}

func TestCriticalPathEqualsTwin(t *testing.T) {
	for seed := range cases(2_000) {
		g := newTangle(t, seed)
		path := g.CriticalPath()
		require.Equal(t, g.longest(g.points), path.Points.IntPart())
		sum := decimal.Zero
		for i, item := range path.Items {
			s, _ := g.Story(item.Story)
			points, _ := s.Estimate.Points()
			sum = sum.Add(points)
			if i > 0 {
				require.Contains(t, g.OpenNeeds(item), path.Items[i-1])
			}
		}
		require.True(t, sum.Equal(path.Points))
		for i := range g.points {
			slack, ok := path.Slack(backlog.StoryItem(storyID(i)))
			require.Equal(t, g.open[i], ok)
			if !ok {
				continue
			}
			slipped := g.points
			slipped[i] += slack.IntPart()
			require.Equal(t, path.Points.IntPart(), g.longest(slipped), "it can slip by its slack")
			slipped[i]++
			require.Equal(t, path.Points.IntPart()+1, g.longest(slipped), "and no further")
		}
	}
}

func TestUnblocksEqualsTwin(t *testing.T) {
	for seed := range cases(500) {
		g := newTangle(t, seed)
		for j := range g.points {
			want := 0
			for i := range g.points {
				if g.open[i] && g.open[j] && i != j && g.reaches(i, j) {
					want++
				}
			}
			item := backlog.StoryItem(storyID(j))
			require.Equal(t, want, g.Unblocks(item))
			for _, freed := range g.Frees(item, g.At()) {
				require.Equal(t, []backlog.ItemID{item}, g.OpenNeeds(freed))
			}
		}
	}
}

// In the new order everything comes after what it needs, it is a permutation, and putting the
// shifted stories where the shifts say turns the old order into the new.
func TestUntangle(t *testing.T) {
	moved := 0
	for seed := range cases(2_000) {
		g := newTangle(t, seed)
		var old []story.ID
		for s := range g.Stories() {
			old = append(old, s.ID)
		}
		order, shifts := g.Untangle()
		require.ElementsMatch(t, old, order)
		for x := range g.points {
			for y := range g.points {
				if g.needs[x][y] && g.open[x] && g.open[y] {
					require.Less(t, slices.Index(order, storyID(y)), slices.Index(order, storyID(x)))
				}
			}
		}
		rest := slices.DeleteFunc(slices.Clone(old), func(id story.ID) bool {
			return slices.ContainsFunc(shifts, func(shift backlog.MovedStory) bool { return shift.Story == id })
		})
		for _, shift := range shifts {
			require.Equal(t, shift.Story, old[shift.From])
			rest = slices.Insert(rest, shift.To, shift.Story)
			moved++
		}
		require.Equal(t, order, rest)
		g.do(po, backlog.OrderStories{Stories: order, Method: "prerequisites first"})
		_, again := g.Untangle()
		require.Empty(t, again, "an order without knots stays as it is")
	}
	require.Positive(t, moved)
}

// One story that needs ten moves once, not ten times; ten that need one move it once.
func TestUntangleMovesFew(t *testing.T) {
	for name, links := range map[string]func(i int) (item, needs int){
		"one needs ten": func(i int) (int, int) { return 0, i },
		"ten need one":  func(i int) (int, int) { return i - 1, 10 },
	} {
		l := newLog(t, backlog.Options{})
		for i := range 11 {
			l.do(po, backlog.AddStory{Story: newStory(i)})
		}
		for i := 1; i <= 10; i++ {
			item, needs := links(i)
			l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(storyID(item)), Needs: backlog.StoryItem(storyID(needs)),
			}})
		}
		_, shifts := l.Untangle()
		require.Len(t, shifts, 1, name)
	}
}

// A chain as long as the backlog needs no recursion.
func TestLongChain(t *testing.T) {
	l := newLog(t, backlog.Options{})
	const n = 20_000
	for i := range n {
		l.do(po, backlog.AddStory{Story: newStory(i)})
	}
	for i := range n - 1 {
		_, err := l.Execute(backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(i)), Needs: backlog.StoryItem(storyID(i + 1)),
		}}, po, l.At())
		require.NoError(t, err)
	}
	require.Equal(t, n-1, l.Unblocks(backlog.StoryItem(storyID(n-1))))
	require.Len(t, l.CriticalPath().Items, n)
	order, _ := l.Untangle()
	require.Equal(t, storyID(n-1), order[0])
	_, err := l.Execute(backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(n - 1)), Needs: backlog.StoryItem(storyID(0)),
	}}, po, l.At())
	var cycle *backlog.CycleError
	require.ErrorAs(t, err, &cycle)
	require.Len(t, cycle.Items, n)
}
