package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// What a database exports gives the same as dates and RFC 3339.
func TestExported(t *testing.T) {
	for name, texts := range map[string][2]string{
		"a.csv": {
			"2026-01-05,3\n2026-01-06,1\n",
			"2026-01-05 00:00:00,3\n2026-01-07 01:00:00+02,1\n",
		},
		"a.jsonl": {
			`{"id":"a","status":"closed","created_at":"2026-01-05T10:00:00Z","closed_at":"2026-01-06T22:30:00Z"}`,
			`{"id":"a","status":"closed","created_at":"2026-01-05 10:00:00","closed_at":"2026-01-07 00:30:00+02:00"}`,
		},
	} {
		want := commandtest.JSON[Report](t, program, name, texts[0])
		require.Equal(t, want, commandtest.JSON[Report](t, program, name, texts[1]))
	}
}
