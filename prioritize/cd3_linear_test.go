package prioritize_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// Golden case wsjf-009: what brings 100,000 a month and comes three months late costs 300,000.
// Source: v46.scaledagileframework.com/wsjf.
func TestLinearDelay(t *testing.T) {
	cost, err := prioritize.TotalDelayCost([]prioritize.CD3Input{
		{CostOfDelay: decimal.Zero, Duration: decimal.NewFromInt(3)}, // what it waits for
		{CostOfDelay: decimal.NewFromInt(100_000), Duration: decimal.NewFromInt(1)},
	})
	require.NoError(t, err)
	require.Equal(t, "300000", cost.FromStart.String())
}

func ExampleTotalDelayCost_linear() {
	late := prioritize.CD3Input{CostOfDelay: decimal.NewFromInt(100_000), Duration: decimal.NewFromInt(3)}
	cost, err := prioritize.TotalDelayCost([]prioritize.CD3Input{late})
	fmt.Println(cost.ToCompletion, err)
	// Output: 300000 <nil>
}
