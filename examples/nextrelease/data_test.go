package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// Every published optimum is reproduced and proven. With -short, only those of the smallest instance.
func TestData(t *testing.T) {
	folder := commandtest.Shared(t, "nrp")
	rows := commandtest.ReadRows(t, filepath.Join(folder, "optima.csv"))
	require.Equal(t, []string{"instance", "requirements", "customers", "total_cost", "ratio", "budget", "optimum"}, rows[0][:7])
	for _, row := range rows[1:] {
		name := row[0][:strings.LastIndex(row[0], "-")]
		if testing.Short() && name != "nrp1" {
			continue
		}
		path := filepath.Join(folder, name+".txt")
		status, stdout, stderr := quiet.Run("-ratio", row[4], "-format", "json", path)
		require.Equal(t, command.Success, status, stderr)
		got := decode(t, stdout)
		requireRelease(t, path, got)
		require.Equal(t, json.Number(row[5]), got.Budget, row[0])
		require.Equal(t, json.Number(row[6]), got.Value, row[0])
		require.True(t, *got.Proven, row[0])
	}
}
