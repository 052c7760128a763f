package prioritize_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// The dashboard is the most urgent item, but it needs a login, which alone would come last.
func ExampleSequence() {
	item := func(key string, size, costOfDelay int64, needs ...string) prioritize.SequenceItem[string] {
		return prioritize.SequenceItem[string]{
			Key: key, Size: decimal.NewFromInt(size), CostOfDelay: decimal.NewFromInt(costOfDelay),
			Needs: needs,
		}
	}
	schedule, err := prioritize.Sequence([]prioritize.SequenceItem[string]{
		item("dashboard", 2, 20, "login", "export"),
		item("login", 3, 1),
		item("export", 1, 4),
		item("search", 2, 6),
		item("dark mode", 1, 2, "login"),
	}, prioritize.SequenceOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, it := range schedule.Items {
		score, _ := schedule.Blocks[it.Block].Ratio(2)
		fmt.Printf("%d. %-9s done at %s, score %-4s %s\n",
			it.Rank, it.Key, it.Completion, score, schedule.Reason(it.Rank))
	}
	fmt.Printf("cost %s, proven %t, ready queue %s\n",
		schedule.Cost, schedule.Proven, schedule.ReadyQueueCost)
	// Output:
	// 1. export    done at 1, score 4.17 rank 2 -> 1 because "dashboard", alone rank 1, needs it
	// 2. login     done at 4, score 4.17 rank 5 -> 2 because "dashboard", alone rank 1, needs it
	// 3. dashboard done at 6, score 4.17 rank 1 -> 3 because it needs "login", alone rank 5
	// 4. search    done at 8, score 3    rank 3 -> 4 because others moved
	// 5. dark mode done at 9, score 2    rank 4 -> 5 because others moved
	// cost 194, proven true, ready queue 206
}

func ExampleSequence_cycle() {
	_, err := prioritize.Sequence([]prioritize.SequenceItem[string]{
		{Key: "login", Needs: []string{"users"}},
		{Key: "users", Needs: []string{"admin"}},
		{Key: "admin", Needs: []string{"login"}},
		{Key: "report", Needs: []string{"users", "charts"}},
	}, prioritize.SequenceOptions{})
	fmt.Println(err)
	var cycle *prioritize.CycleError
	fmt.Println(errors.As(err, &cycle), errors.Is(err, prioritize.ErrUnknown))
	// Output:
	// prioritize: item 3 ("report"): unknown item: needs "charts"
	// prioritize: cycle: "login" needs "users" needs "admin" needs "login"
	// true true
}
