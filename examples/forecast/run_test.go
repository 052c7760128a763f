package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

var program commandtest.Command = run

func TestBadInput(t *testing.T) {
	const good = `{"id":"a","status":"closed","created_at":"2027-03-01T09:00:00Z","closed_at":"2027-03-02T09:00:00Z"}` + "\n"
	tests := map[string]struct {
		name, text string
		flags      []string
		want       []string // lines of standard error
	}{
		"empty":             {name: "a.csv", want: []string{`a.csv:1:1: the file is empty, want a line`}},
		"blank":             {name: "a.jsonl", text: "\uFEFF\n \n", want: []string{`a.jsonl:1:1: the file is empty, want an export of a tracker`}},
		"unknown extension": {name: "a.xml", text: "x", want: []string{`a.xml:1:1: the name ends in ".xml", want .csv, .txt, .jsonl, .json or .md`}},
		"invalid UTF-8":     {name: "a.csv", text: "date,count\n2027-03-01,\xff\n", want: []string{`a.csv:2:12: count is "ÿ", want`}},

		"header only": {name: "a.csv", text: "date,count\n", want: []string{`a.csv:1:1: no rows, want lines of date,count`}},
		"no columns": {name: "a.csv", text: "day,items\nMonday,4\n", want: []string{
			`a.csv:1:1: date is "day", want a date such as 2027-03-01`,
			`a.csv:1:5: count is "items", want a whole number from 0 to 1000000`, `a.csv:2:1: date is "Monday", want a date such as 2027-03-01`,
		}},
		"cells": {name: "a.csv", text: "2027-03-01\n2027-03-02,1,2\n", want: []string{
			`a.csv:1:1: 1 cell, want date,count`, `a.csv:2:14: 3 cells, want date,count`,
		}},
		"spaces": {name: "a.csv", text: "2027-03-01 4\n", want: []string{`a.csv:1:1: 1 cell, want date,count`}},
		"no dates": {name: "a.csv", text: "2027-02-30,1\n41.13.2027,1\n0000-01-01,1\n", want: []string{
			`a.csv:1:1: date is "2027-02-30", want a date`, `a.csv:2:1: date is "41.13.2027", want a date`, `a.csv:3:1: date is "0000-01-01", want a date`,
		}},
		"zero time": {name: "a.csv", text: "0001-01-01,3\n2027-03-01,2\n", flags: []string{"-strict"}, want: []string{
			`a.csv:1:1: date is "0001-01-01", want a date such as 2027-03-01`,
		}},
		"no counts": {name: "a.csv", text: "2027-03-01,-1\n2027-03-02,1.5\n2027-03-03,\n2027-03-04,1e3\n2027-03-05,99999999999999999999\n", want: []string{
			`a.csv:1:12: count is "-1", want`, `a.csv:2:12: count is "1.5", want`, `a.csv:3:12: count is "", want`,
			`a.csv:4:12: count is "1e3", want`, `a.csv:5:12: count is "99999999999999999999", want`,
		}},
		"date twice": {name: "a.csv", flags: []string{"-strict"}, text: "2027-03-02,1\n2027-03-01,1\n2027-03-02 10:00:00,1\n", want: []string{
			`a.csv:3:1: date 2027-03-02 is there twice with the same count, want each date once`,
		}},
		"stray quote": {name: "a.csv", text: "2027-03-02,1\n2027-03-01,\"1\n", want: []string{`a.csv:2:12: a quote that never closes`}},
		"all zero":    {name: "a.csv", text: "2027-03-02,0\n", want: []string{`a.csv:1:1: nothing was done up to 2027-03-02, want`}},
		"too many":    {name: "a.csv", text: "2027-03-02,600000\n2027-03-03,600000\n", want: []string{`a.csv:2:1: more than 1000000 items in all, want`}},
		"too large to forecast": {name: "a.csv", text: "2027-03-02,499999\n2027-03-03,500000\n", want: []string{
			`a.csv:1:1: forecast: too large`,
		}},
		"nothing done by then": {name: "a.csv", text: "2027-03-02,4\n", flags: []string{"-asof", "2027-03-01"}, want: []string{
			`a.csv:1:1: nothing was done up to 2027-03-01, want`,
		}},
		"many problems": {name: "a.csv", text: strings.Repeat("x\n", 25), want: append(
			slices.Repeat([]string{"a.csv:"}, 20), `a.csv: and 5 more problems`,
		)},

		"nothing usable": {name: "a.jsonl", text: "{\"id\":\"b\",,}\n{\n", want: []string{`a.jsonl:1:1: not an object in JSON: `}},
		"strict": {
			name: "a.jsonl", flags: []string{"-strict"},
			text: good + "{\n" + `{"id":"b","status":"done","created_at":"2027-03-04","closed_at":"2027-03-02"}` + "\n" +
				`{"id":"c","status":"done","created_at":"yesterday","closed_at":"2027-02-30T00:00:00Z"}`,
			want: []string{
				`a.jsonl:2:1: not an object in JSON: unexpected end of JSON input; the row is left out`,
				`a.jsonl:3:1: created on 2027-03-04 is after done on 2027-03-02; left out of what needs both`,
				`a.jsonl:4:1: created_at is "yesterday": not a date in any form that is known`,
				`a.jsonl:4:1: closed_at is "2027-02-30T00:00:00Z": no such day in the calendar`,
			},
		},
		"nothing closed": {name: "a.jsonl", text: `{"id":"a","created_at":"2027-03-02"}`, want: []string{`a.jsonl:1:1: nothing was done up to 2027-03-02, want`}},
		"no date at all": {name: "a.jsonl", text: `{"id":"a"}`, want: []string{`a.jsonl:1:1: nothing has a date, want`}},
		"only epics":     {name: "a.jsonl", text: strings.Replace(good, `{`, `{"issue_type":"epic",`, 1), want: []string{`a.jsonl:1:1: nothing was done up to`}},
		"deep JSON":      {name: "a.jsonl", text: `{"x":` + strings.Repeat("[", 1_000_000), want: []string{`a.jsonl:1:`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "out")
			program.RequireBadInput(t, test.name, test.text, test.want, append(test.flags, "-out", folder)...)
			require.NoDirExists(t, folder)
		})
	}
}

func TestUnreadable(t *testing.T) {
	program.RequireUnreadable(t, "a.csv")
	program.RequireUnreadable(t, "a.jsonl")
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"no file":        {nil, "forecast: 0 files, want one: " + synopsis},
		"two files":      {[]string{"a.csv", "b.csv"}, "forecast: 2 files, want one: " + synopsis},
		"unknown format": {[]string{"-format", "xml", "a.csv"}, `forecast: -format is "xml", want table or json`},
		"no date":        {[]string{"-asof", "today", "a.csv"}, `forecast: -asof is "today", want a date such as 2027-03-01`},
		"zero date":      {[]string{"-asof", "0001-01-01", "a.csv"}, `forecast: -asof is "0001-01-01", want a date such as 2027-03-01`},
		"negative":       {[]string{"-open", "-4", "a.csv"}, `forecast: -open is -4, want 0 to 100000`},
		"no number":      {[]string{"-open", "many", "a.csv"}, `forecast: invalid value "many" for flag -open`},
		"no folder":      {[]string{"-out", "", "a.csv"}, `forecast: -out is "", want a folder`},
		"unknown flag":   {[]string{"-x", "a.csv"}, "forecast: flag provided but not defined: -x, want " + synopsis},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			program.RequireUsage(t, test.want, test.args...)
		})
	}
	require.Contains(t, program.RequireHelp(t), synopsis)
}

const someWeeks = "date,count\n2027-01-04,3\n2027-01-11,5\n2027-01-25,2\n2027-02-01,4\n"

func TestPictures(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "b")
	report := commandtest.JSON[Report](t, program, "a.csv", someWeeks, "-open", "9", "-out", folder)
	require.Equal(t, []string{filepath.Join(folder, "burnup.svg"), filepath.Join(folder, "forecast.svg")}, report.Pictures)
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 2, "no drafts are left")
	for _, name := range report.Pictures {
		svg, err := os.ReadFile(name)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(svg), "<svg "))
		require.True(t, strings.HasSuffix(string(svg), "</svg>\n"))
	}
	status, stdout, _ := program.Text(t, "a.csv", someWeeks, "-out", folder)
	require.Equal(t, command.Success, status)
	require.Contains(t, stdout, "\nPictures\n  "+filepath.Join(folder, "burnup.svg")+"\n")
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	file := commandtest.WriteFile(t, "a.csv", someWeeks)
	program.RequireFailure(t, file)

	status, stdout, stderr := program.Run("-out", filepath.Join(file, "below a file"), file)
	require.Equal(t, command.Failure, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, "forecast: ")

	folder := t.TempDir() // in which a picture can't be put into its place
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "burnup.svg", "x"), 0o700))
	status, stdout, _ = program.Run("-out", folder, file)
	require.Equal(t, command.Failure, status)
	require.Empty(t, stdout)
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1, "no drafts are left")
}

// FuzzRun holds that no file makes the command panic; that it either succeeds with valid JSON, or says
// what is wrong, and where, and writes nothing.
// tried are texts of which some are read, as a table or as what a tracker exports.
func tried() []string {
	return []string{
		someWeeks, "2027-03-01,4\n2027-03-02,0\n", "0001-01-01,1\n9999-12-31,1\n", "2027-03-01,99999\n2027-03-04,1\n", "", "\xff", "\uFEFF{}",
		`{"id":"a","status":"closed","created_at":"2027-03-01T09:00:00Z","started_at":"2027-03-02","closed_at":"2027-03-02T09:00:00+02:00"}`,
		"{\"id\":\"a\",\"status\":\"closed\",\"closed_at\":\"2027-03-02\"}\n{\"id\":\"b\"}\n{\"id\":\"c\",\"issue_type\":\"epic\"}",
	}
}

func TestTried(t *testing.T) {
	folder := t.TempDir()
	for _, text := range tried() {
		for _, name := range []string{"a.csv", "a.jsonl"} {
			program.RequireOutcome(t, filepath.Join(folder, name), text)
		}
	}
}

// large is a number that is no year of our days, nor a day without hyphens: the time goes with how much was done, and over
// how long.
var large = regexp.MustCompile(`\b(?:[013-9]\d|2[1-9])\d\d|\b20\d{3,5}\b|\d{9}`)

func FuzzRun(f *testing.F) {
	for _, text := range tried() {
		f.Add(false, text)
		f.Add(true, text)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, isTracker bool, text string) {
		if len(text) > commandtest.MostFuzzed || large.MatchString(text) {
			return // TestTried has some of them
		}
		name := map[bool]string{false: "a.csv", true: "a.jsonl"}[isTracker]
		program.RequireOutcome(t, filepath.Join(folder, name), text)
	})
}
