package plan_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

func item(key string, size, costOfDelay int64, needs ...string) plan.Item[string] {
	return plan.Item[string]{
		Key: key, Size: decimal.NewFromInt(size), CostOfDelay: decimal.NewFromInt(costOfDelay),
		Needs: needs,
	}
}

// The dashboard is the most urgent item, but it needs a login, which alone would come last.
func ExampleSequence() {
	result, err := plan.Sequence([]plan.Item[string]{
		item("dashboard", 2, 20, "login", "export"),
		item("login", 3, 1),
		item("export", 1, 4),
		item("search", 2, 6),
		item("dark mode", 1, 2, "login"),
	}, plan.SequenceOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, it := range result.Items {
		score, _ := result.Blocks[it.Block].Ratio(2)
		fmt.Printf("%d. %-9s done at %s, score %-4s %s\n",
			it.Rank, it.Key, it.Completion, score, result.Reason(it.Rank))
	}
	fmt.Printf("cost %s, proven %t, ready queue %s\n",
		result.Cost, result.Proven, result.ReadyQueueCost)
	// Output:
	// 1. export    done at 1, score 4.17 rank 2 -> 1 because "dashboard", alone rank 1, needs it
	// 2. login     done at 4, score 4.17 rank 5 -> 2 because "dashboard", alone rank 1, needs it
	// 3. dashboard done at 6, score 4.17 rank 1 -> 3 because it needs "login", alone rank 5
	// 4. search    done at 8, score 3    rank 3 -> 4 because others moved
	// 5. dark mode done at 9, score 2    rank 4 -> 5 because others moved
	// cost 194, proven true, ready queue 206
}

// Without a search the order may not be the best, but it is known how far from that it can be.
func ExampleSequenceOptions() {
	items := []plan.Item[string]{
		item("accounts", 3, 1), item("storage", 2, 1), item("search index", 4, 2),
		item("invoices", 2, 9, "accounts", "storage"),
		item("suggestions", 1, 5, "storage", "search index"),
		item("audit", 2, 8, "accounts", "search index"),
	}
	for _, steps := range []int64{-1, 0} { // none, the default
		result, err := plan.Sequence(items, plan.SequenceOptions{Steps: steps})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("cost %s, at least %s, gap %s, proven %t\n",
			result.Cost, result.LowerBound, result.Gap(3), result.Proven)
	}
	// Output:
	// cost 279, at least 240, gap 0.14, proven false
	// cost 264, at least 264, gap 0, proven true
}

// A block is worth more than its first items alone.
func ExampleBlock_Ratio() {
	result, err := plan.Sequence([]plan.Item[string]{
		item("login", 3, 1), item("dashboard", 2, 20, "login"), item("search", 2, 6),
	}, plan.SequenceOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, block := range result.Blocks {
		ratio, _ := block.Ratio(1)
		fmt.Println(result.Keys()[block.First-1:block.Last], ratio)
	}
	// Output:
	// [login dashboard] 4.2
	// [search] 3
}

func ExampleSequence_cycle() {
	_, err := plan.Sequence([]plan.Item[string]{
		{Key: "login", Needs: []string{"users"}},
		{Key: "users", Needs: []string{"admin"}},
		{Key: "admin", Needs: []string{"login"}},
		{Key: "report", Needs: []string{"users", "charts"}},
	}, plan.SequenceOptions{})
	fmt.Println(err)
	var cycle *plan.CycleError
	fmt.Println(errors.As(err, &cycle), errors.Is(err, prioritize.ErrUnknown))
	// Output:
	// prioritize: item 3 ("report"): unknown item: needs "charts"
	// prioritize: cycle: "login" needs "users" needs "admin" needs "login"
	// true true
}
