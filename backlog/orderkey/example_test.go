package orderkey_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/orderkey"
)

func ExampleBetween() {
	first, _ := orderkey.Between("", "")
	last, _ := orderkey.Between(first, "")
	middle, _ := orderkey.Between(first, last)
	fmt.Println(first, middle, last, first < middle && middle < last)
	// Output: V d l true
}

func ExampleSpread() {
	keys, _ := orderkey.Spread("V", "W", 5)
	fmt.Println(keys)
	// Output: [VD VM VU Vd Vl]
}

func ExampleRebalance() {
	crowded := "V" + strings.Repeat("0001", 15) // what many inserts at one place come to
	keys := []string{"N", crowded + "VVV", crowded + "VVW", "d"}
	_, err := orderkey.Between(keys[1], keys[2])
	fmt.Println(errors.Is(err, orderkey.ErrNoRoom))

	run, _ := orderkey.Rebalance("", "", keys, 2) // room before the third item
	fmt.Println("from position", run.From, "on:", run.Keys)
	// Output:
	// true
	// from position 1 on: [S X]
}

func ExampleCheck() {
	fmt.Println(orderkey.Check([]string{"V", "a-b"}))
	// Output: orderkey: at 1: key "a-b": want only 0-9, A-Z, a-z
}
