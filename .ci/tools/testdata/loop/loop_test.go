package loop_test

import (
	"testing"

	"example.test/loop"
)

func TestCount(t *testing.T) {
	if loop.Count(3) != 3 {
		t.Error("not 3")
	}
}
