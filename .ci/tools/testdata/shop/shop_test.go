package shop_test

import (
	"fmt"
	"testing"

	"example.test/testdata/shop"
)

func ExampleShop() {
	var s shop.Shop
	s.Add("bread")
	fmt.Println(s.Len())
	// Output: 1
}

// TestAdd notices every fault of Add but one: it never asks what a full shop answers.
func TestAdd(t *testing.T) {
	var s shop.Shop
	for range shop.Limit + 2 {
		s.Add("bread")
	}
	if !(&shop.Shop{}).Add("bread") || s.Len() != shop.Limit {
		t.Error("the shop takes more or less than it may")
	}
}
