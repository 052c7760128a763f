package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

var convertCommand = commandtest.Every(time.Hour, run)

const export = "Issue key,Summary,Issue Type,Status,Created,Due date,Parent,Custom field (Colour)\n" +
	"A-1,First,Story,Done,2025-03-27,soon,,red\n" +
	",,,In QA,,,,\n" +
	"A-2,=Second,Bug,In QA,2025-03-28,,A-1,\n"

func TestReport(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", export)
	status, stdout, stderr := convertCommand.Run("-format", "json", file)
	require.Equal(t, command.Success, status, stderr)
	require.Empty(t, stderr)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	var want map[string]any
	require.NoError(t, json.Unmarshal([]byte(`{
		"format": "jira-csv", "certainty": "certain", "rows": 3, "items": 2, "links": 1, "cells": 14, "carried": 11, "custom": 1,
		"losses": [
			{"row": 2, "column": "Due date", "value": "soon", "reason": "not a date in any form that is known"},
			{"row": 3, "column": "Status", "value": "In QA", "reason": "neither a key nor a title"}
		],
		"skipped_rows": [{"row": 3, "reason": "neither a key nor a title"}],
		"statuses": [{"name": "Done", "category": "completed", "count": 1}, {"name": "In QA", "category": "in_progress", "count": 1}],
		"kinds": [{"name": "Story", "level": "story", "count": 1}, {"name": "Bug", "level": "story", "count": 1}],
		"dates": {"read": 2, "unread": 1, "ambiguous": 0}, "warnings": []
	}`), &want))
	imported := got["import"].(map[string]any)
	delete(got, "import")
	require.Equal(t, want, got)
	require.EqualValues(t, 2, imported["new"])
	require.Equal(t, "jira-csv", imported["source"])

	_, behind, _ := convertCommand.Run(file, "-format", "json") // flags may stand behind the file
	require.Equal(t, stdout, behind)
	status, table, _ := convertCommand.Run(file)
	require.Equal(t, command.Success, status)
	for _, text := range []string{"jira-csv (certain): 2 items in 3 rows, 1 link", "14 filled cells: 11 in fields, 1 as custom values, 2 lost", "soon"} {
		require.Contains(t, table, text)
	}
}

func TestStrict(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", strings.Replace(export, "A-2,=", "A-2,\"=", 1))
	status, stdout, stderr := convertCommand.Run("-strict", file)
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, `a.csv:2:1: Due date is "soon"`)
	require.Contains(t, stderr, "a.csv:3:1: neither a key nor a title; the row is left out")

	file = commandtest.WriteFile(t, "b.csv", "Issue key,Summary,Parent,Created\nA-1,First,B-9,3/4/2025\n")
	status, stdout, stderr = convertCommand.Run("-strict", file)
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, `"A-1" parent "B-9", want ids of items in this file`)
	require.Contains(t, stderr, "1 date is ambiguous")
	status, _, _ = convertCommand.Run(file, "-dates", "day")
	require.Equal(t, command.Success, status)

	file = commandtest.WriteFile(t, "c.csv", "id,title,depends on\nA,a,B\nB,b,A\n")
	status, stdout, stderr = convertCommand.Run("-strict", file)
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, `"B depends on A" would be dropped: it closes a circle`)
}

func TestTo(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", export)
	status, stdout, stderr := convertCommand.Run("-to", "linear", file)
	require.Equal(t, command.Success, status)
	require.True(t, strings.HasPrefix(stdout, "ID,Team,Title,Status,"), stdout)
	require.Contains(t, stdout, "'=Second")
	require.Contains(t, stderr, `a.csv:2:1: Colour is "red": linear-csv has no place for it`)
	status, stdout, _ = convertCommand.Run("-strict", "-to", "linear", file)
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
}

func TestBadInput(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "a:1:1: the file is empty, want an export of a tracker",
		"Dear all\n":             "a:1:1: this is text that looks like no tracker's",
		"Issue key,Summary\n,\n": "a:1:1: jira-csv without an item, want at least one",
	} {
		file := commandtest.WriteFile(t, "a", text)
		status, stdout, stderr := convertCommand.Run(file)
		require.Equal(t, command.BadInput, status)
		require.Empty(t, stdout)
		require.Contains(t, stderr, want)
	}
	file := commandtest.WriteFile(t, "a", export)
	for _, args := range [][]string{
		{"-zone", "Nowhere", file},
		{"-dates", "year", file},
		{"-decimal", "dot", file},
		{"-to", "excel", file},
		{"-from", "excel", file},
		{"-x", file},
		{},
		{file + "x"},
		{t.TempDir()},
	} {
		status, stdout, stderr := convertCommand.Run(args...)
		require.Equal(t, command.BadInput, status, args)
		require.Empty(t, stdout)
		require.NotEmpty(t, stderr)
	}
	var stderr strings.Builder
	require.Equal(t, command.Failure, run([]string{file}, commandtest.Full{}, &stderr, time.Hour))
}

func TestZone(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", "Issue key,Summary,Created,Story Points\nA-1,First,27/Mar/25 9:05 AM,1.200\n")
	status, stdout, stderr := convertCommand.Run(file, "-zone", "Europe/Berlin", "-decimal", "comma", "-to", "csv", "-from", "jira-csv")
	require.Equal(t, command.Success, status, stderr)
	require.Contains(t, stdout, "2025-03-27T09:05:00+01:00")
	require.Contains(t, stdout, ",1200,")
}

// What is in doubt names the flag that settles it, not the option of the library.
func TestDoubt(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", "Issue key,Summary,Created,Story Points\nA-1,First,3/4/2025,1.200\n")
	status, table, stderr := convertCommand.Run(file)
	require.Equal(t, command.Success, status, stderr)
	require.Contains(t, table, "read month first, -dates chooses the other")
	require.Contains(t, table, "-decimal chooses the other")
	status, _, stderr = convertCommand.Run(file, "-strict")
	require.Equal(t, command.BadInput, status)
	require.NotContains(t, stderr, "Options")
}

// A sheet with nothing to score by is told so; one whose scores are wrong, too.
func TestSheets(t *testing.T) {
	for text, want := range map[string]string{
		"title,owner\nFirst,ana\n":                                    "nothing to score by: no column is a factor of a method",
		"title,reach,impact,confidence\nFirst,1,2,80%\n":              "nothing to score by yet: rice needs effort",
		"title,bv,tc,rr,js,wsjf\nFirst,1,2,3,2,4\nSecond,1,1,1,1,3\n": "row 2: wsjf is 4, but 3 by the factors of the row",
	} {
		status, stdout, stderr := convertCommand.Run(commandtest.WriteFile(t, "a.csv", text))
		require.Equal(t, command.Success, status, stderr)
		require.Contains(t, stdout, want)
	}
}

// A long file is imported only if that is asked for.
func TestRehearsal(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", "title,effort\n"+strings.Repeat("A thing,1\n", mostRehearsed+1))
	status, stdout, stderr := convertCommand.Run("-format", "json", file)
	require.Equal(t, command.Success, status, stderr)
	require.NotContains(t, stdout, `"import"`)
	file = commandtest.WriteFile(t, "b.csv", "title,effort\nA thing,1\n")
	_, stdout, _ = convertCommand.Run("-format", "json", "-import", file)
	require.Contains(t, stdout, `"source": "csv"`)
}

func TestDialects(t *testing.T) {
	const text = "# language: nl\nFunctionaliteit: Betalen\n  Voorbeeld: kaart\n    Als ik betaal\n"
	status, stdout, stderr := convertCommand.Text(t, "a.feature", text)
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, `language "nl" is not known, want one of "de", "en"`)

	keywords := filepath.Join(t.TempDir(), "languages.json")
	require.NoError(t, os.WriteFile(keywords, []byte(`{"nl": {"feature": ["Functionaliteit"], "rule": ["Rule"],
		"background": ["Achtergrond"], "scenario": ["Voorbeeld"], "scenarioOutline": ["Abstract Scenario"], "examples": ["Voorbeelden"],
		"given": ["Gegeven "], "when": ["Als "], "then": ["Dan "], "and": ["En "], "but": ["Maar "]}}`), 0o600))
	status, stdout, stderr = convertCommand.Text(t, "a.feature", text, "-dialects", keywords)
	require.Zero(t, status, stderr)
	require.Contains(t, stdout, "1 item in 1 row")
	status, stdout, _ = convertCommand.Text(t, "a.feature", text, "-dialects", filepath.Join(t.TempDir(), "none.json"))
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
}
