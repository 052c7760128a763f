package main

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the report to testdata/report.txt")

func TestReport(t *testing.T) {
	first, err := run()
	require.NoError(t, err)
	second, err := run()
	require.NoError(t, err)
	require.Equal(t, string(first), string(second), "every run says the same")

	const golden = "testdata/report.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, first, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(first))
}
