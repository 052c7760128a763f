package main

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// Every published instance is solved at the best known cost or below, and nearly all with a proof. With
// -short, only those of up to 60 items.
func TestData(t *testing.T) {
	folder := commandtest.Shared(t, "precedence")
	rows := commandtest.ReadRows(t, filepath.Join(folder, "optima.csv"))
	require.Equal(t, []string{"instance", "items", "dependencies", "best_cost", "proven", "ready_queue_cost"}, rows[0])
	unproven := 0
	for _, row := range rows[1:] {
		items, err := strconv.Atoi(row[1])
		require.NoError(t, err)
		if testing.Short() && items > 60 {
			continue
		}
		path := filepath.Join(folder, row[0]+".csv")
		status, stdout, stderr := quiet.Run("-format", "json", path)
		require.Equal(t, command.Success, status, stderr)
		got := decode(t, stdout)
		requireOrder(t, path, got)
		cost, best := decimal.RequireFromString(got.Cost.String()), decimal.RequireFromString(row[3])
		require.Falsef(t, cost.GreaterThan(best), "%s costs %s, best known %s", row[0], cost, best)
		require.Equal(t, row[5], got.ReadyQueueCost.String(), row[0])
		require.Equal(t, *got.Proven, got.Cost == got.LowerBound, row[0])
		if row[4] == "true" {
			require.Equal(t, best.String(), cost.String(), row[0])
		}
		if !*got.Proven {
			unproven++
		}
	}
	require.LessOrEqual(t, unproven, 2)
}
