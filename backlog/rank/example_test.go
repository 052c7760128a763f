package rank_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/rank"
)

func ExampleBetween() {
	first, _ := rank.Between("", "")
	last, _ := rank.Between(first, "")
	middle, _ := rank.Between(first, last)
	fmt.Println(first, middle, last, first < middle && middle < last)
	// Output: V Z d true
}

func ExampleSpread() {
	keys, _ := rank.Spread("V", "W", 5)
	fmt.Println(keys)
	// Output: [VF VN VV Vd Vl]
}

func ExampleRebalance() {
	crowded := "V" + strings.Repeat("0001", 15) // what many inserts at one place come to
	keys := []string{"N", crowded + "VVV", crowded + "VVW", "d"}
	_, err := rank.Between(keys[1], keys[2])
	fmt.Println(errors.Is(err, rank.ErrNoRoom))

	run, _ := rank.Rebalance("", "", keys, 2) // room before the third item
	fmt.Println("from position", run.From, "on:", run.Keys)
	// Output:
	// true
	// from position 1 on: [S X]
}

func ExampleCheck() {
	fmt.Println(rank.Check([]string{"V", "a-b"}))
	// Output: rank: at 1: key "a-b": want only 0-9, A-Z, a-z
}
