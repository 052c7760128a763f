package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

func TestParseMoment(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-05":                       "2026-01-05T00:00:00Z",
		"2026-01-05T10:00:00Z":             "2026-01-05T10:00:00Z",
		"2026-01-05T10:00:00.25+02:00":     "2026-01-05T08:00:00.25Z",
		"2026-01-05T10:00:00":              "2026-01-05T10:00:00Z",
		"2026-01-05 10:00:00":              "2026-01-05T10:00:00Z",
		"2026-01-05 10:00:00Z":             "2026-01-05T10:00:00Z",
		"2026-01-05 10:00:00.123456":       "2026-01-05T10:00:00.123456Z",
		"2026-01-05 00:30:00+02:00":        "2026-01-04T22:30:00Z",
		"2026-01-05 10:00:00.123456789-03": "2026-01-05T13:00:00.123456789Z",
		"0001-01-01":                       "0001-01-01T00:00:00Z",
		"9999-12-31 23:59:59":              "9999-12-31T23:59:59Z",
	} {
		got, ok := parseMoment(text)
		require.True(t, ok, text)
		require.Equal(t, want, got.Format(time.RFC3339Nano), text)
		require.Equal(t, len(text) == len(time.DateOnly), got.isDate, text)
	}
	for _, text := range []string{
		"", "2026-01-05 ", "2026-01-05T", "2026-01-05  10:00:00", "2026-01-05 10:00", "2026-01-05_10:00:00",
		"2026-02-30 10:00:00", "2026-01-05 24:00:00", "2026-01-05 10:00:00 x", "0000-12-31",
		"0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00", "10:00:00",
	} {
		got, ok := parseMoment(text)
		require.False(t, ok, text)
		require.Zero(t, got, text)
	}
}

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
