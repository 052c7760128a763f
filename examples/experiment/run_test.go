package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

var update = flag.Bool("update", false, "write what came of the sample to testdata")

var program commandtest.Command = run

// try runs the command on a sheet. The picture is empty when there is none.
func try(t *testing.T, text string, flags ...string) (status int, stdout, stderr, picture string) {
	t.Helper()
	file := commandtest.WriteFile(t, "a.csv", text)
	status, stdout, stderr, picture = tryFile(t, filepath.Dir(file), append(flags, file)...)
	return status, stdout, strings.ReplaceAll(stderr, file, "a.csv"), picture
}

func tryFile(t *testing.T, folder string, args ...string) (status int, stdout, stderr, picture string) {
	t.Helper()
	status, stdout, stderr = program.Run(append([]string{"-out", filepath.Join(folder, "out")}, args...)...)
	name := filepath.Join(folder, "out", "ranks.svg")
	drawn, err := os.ReadFile(name)
	if !errors.Is(err, os.ErrNotExist) {
		require.NoError(t, err)
	}
	return status, strings.ReplaceAll(stdout, name, "ranks.svg"), stderr, string(drawn)
}

// What the command prints and draws without a file is in testdata and in the README, for people to look at. Every
// run gives the same.
func TestSample(t *testing.T) {
	for range 2 {
		status, stdout, stderr, picture := tryFile(t, t.TempDir())
		require.Equal(t, command.Success, status, stderr)
		require.Empty(t, stderr)
		for name, got := range map[string]string{"testdata/sample.txt": stdout, "../../.github/ranks.svg": picture} {
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		}
	}
}

// The sample is a file like any other.
func TestSampleAsFile(t *testing.T) {
	_, want, _, drawn := tryFile(t, t.TempDir())
	_, got, _, redrawn := try(t, "\uFEFF"+strings.ReplaceAll(sample, "\n", "\r\n"))
	require.Equal(t, want, got)
	require.Equal(t, drawn, redrawn)
}

func TestNoPicture(t *testing.T) {
	t.Chdir(t.TempDir())
	status, stdout, stderr := program.Run("-out", "")
	require.Equal(t, command.Success, status, stderr)
	require.NotContains(t, stdout, "picture")
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	require.Empty(t, files)
}

const wsjfHeader = "title,user_business_value,time_criticality,risk_reduction,job_size\n"

func TestBadInput(t *testing.T) {
	tests := map[string]struct {
		text  string
		flags []string
		want  []string // how the lines of standard error begin
	}{
		"empty file":              {text: " \n", want: []string{`a.csv:1:1: the file is empty, want an item a line below a header`}},
		"invalid UTF-8":           {text: "title,moscow\nA\xff,must\n", want: []string{`a.csv:2:2: byte 0xff is not UTF-8, want text in UTF-8`}},
		"no header":               {text: "Funky ferret,8,5\n", want: []string{`a.csv:1:1: this is a table without a column of titles: its headers are "Funky ferret", "8", "5", want`}},
		"header only":             {text: wsjfHeader, want: []string{`a.csv:1:1: no rows, want an item a line below the header`}},
		"unknown column":          {text: "title,moscow,efort\nA,must,1\n", flags: []string{"-strict"}, want: []string{`a.csv:1:1: 1 column is passed over: "efort"`}},
		"no title":                {text: "moscow\nmust\n", want: []string{`a.csv:1:1: this is text that looks like no tracker's: "moscow\nmust", want`}},
		"blank title":             {text: "title,moscow\n ,must\n", want: []string{`a.csv:2:1: the title is blank, want what the item is called`}},
		"column twice":            {text: "title,moscow,Moscow\nA,must,must\n", want: []string{`a.csv:1:14: column "moscow" is there twice, want each`}},
		"a family without a name": {text: "title,moscow,votes.\nA,must,1\n", flags: []string{"-strict"}, want: []string{`a.csv:1:1: 1 column is passed over: "votes."`}},
		"no method": {text: "title\nA\n", want: []string{
			`a.csv:1:1: not enough columns to rank by, want all those of a method: -h lists them`,
		}},
		"half a method": {text: "title,reach,impact\nA,1,1\n", want: []string{
			`a.csv:1:1: not enough columns to rank by, want all those of a method, as confidence, effort for rice; or `,
		}},
		"another method": {text: "title,moscow\nA,must\n", flags: []string{"-by", "cd3"}, want: []string{
			`a.csv:1:1: not enough columns for cd3, want also cost_of_delay, duration`,
		}},
		"wrong number of cells": {text: "title,moscow\nA\nB,must,1\n", want: []string{
			`a.csv:2:1: 1 cells, want 2 as in the header`, `a.csv:3:8: 3 cells, want 2 as in the header`,
		}},
		"open quote": {text: "title,moscow\n\"A,must\n", want: []string{`a.csv:2:1: a quote that never closes, want`}},
		"not numbers": {text: wsjfHeader + "A,NaN,Inf,0x10,1e9999999999\n", want: []string{
			`a.csv:2:3: user_business_value is "NaN", want a number`, `a.csv:2:7: time_criticality is "Inf", want a number`,
			`a.csv:2:11: risk_reduction is "0x10", want a number`, `a.csv:2:16: job_size is "1e9999999999", want a number`,
		}},
		"impossible beside blank": {text: wsjfHeader + "A,-1,1,1,\nB,1,1,1,0\n", want: []string{
			`a.csv:2:3: user_business_value is "-1", want >= 0`, `a.csv:3:9: job_size is "0", want > 0`,
		}},
		"by several methods, each cell once": {text: "title,impact,confidence,ease,reach,effort\nA,x,80,1,-1,1\n", want: []string{
			`a.csv:2:3: impact is "x", want a number`, `a.csv:2:5: confidence is "80", want a fraction in (0, 1]`, `a.csv:2:10: reach is "-1", want >= 0`,
		}},
		"a field of a field": {text: "title,must_be,one_dimensional,attractive,indifferent\nA,1,-1,1,1\n", want: []string{
			`a.csv:2:5: one_dimensional is "-1", want >= 0`,
		}},
		"in a family":      {text: "title,votes.ana\nA,-1\n", want: []string{`a.csv:2:3: votes.ana is "-1", want >= 0`}},
		"of all together":  {text: "title,votes.ana\nA,60\nB,50\n", want: []string{`a.csv:1:1: points spent by "ana" is "110", want at most 100`}},
		"of the whole row": {text: "title,benefit,penalty,cost,risk\nA,1,1,0,0\nB,1,1,1,1\n", want: []string{`a.csv:2:1: weighted cost`}},
		"words": {text: "title,moscow,urgent,important,respondents,satisfied,marks.a\nA,perhaps,maybe,yes,1.5,x,++\n", want: []string{
			`a.csv:2:3: moscow is "perhaps", want must, should, could or wont`,
			`a.csv:2:11: urgent is "maybe", want yes or no`,
			`a.csv:2:17: important is "yes", want a whole number`,
			`a.csv:2:21: respondents is "1.5", want a whole number`,
			`a.csv:2:25: satisfied is "x", want a whole number`,
			`a.csv:2:27: marks.a is "++", want +, 0 or -`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr, picture := try(t, test.text, test.flags...)
			require.Equal(t, command.BadInput, status, stderr)
			require.Empty(t, stdout)
			require.Empty(t, picture)
			commandtest.RequireLines(t, test.want, stderr)
		})
	}
	t.Run("many problems", func(t *testing.T) {
		_, _, stderr, _ := try(t, "title,moscow\n"+strings.Repeat("A\n", 25))
		require.True(t, strings.HasSuffix(stderr, "\na.csv: and 5 more problems\n"), stderr)
	})
	t.Run("unreadable", func(t *testing.T) {
		program.RequireUnreadable(t, "a.csv", "-out", "")
	})
	t.Run("too large", func(t *testing.T) {
		_, _, stderr, _ := try(t, strings.Repeat("a", maxBytes+1))
		require.Equal(t, "a.csv:1:1: more than 16777216 bytes, want a smaller file\n", stderr)
	})
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"two files":      {[]string{"a.csv", "b.csv"}, "experiment: 2 files, want at most one: " + synopsis},
		"other file":     {[]string{"a.txt"}, `experiment: the file is "a.txt", want a name that ends in .csv`},
		"unknown method": {[]string{"-by", "mood"}, `experiment: -by is "mood", want one of wsjf, rice, `},
		"unknown flag":   {[]string{"-x"}, "experiment: flag provided but not defined: -x, want " + synopsis},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr, picture := tryFile(t, t.TempDir(), test.args...)
			require.Equal(t, command.BadInput, status)
			require.Empty(t, stdout+picture)
			commandtest.RequireLines(t, []string{test.want}, stderr)
		})
	}
	status, stdout, stderr, picture := tryFile(t, t.TempDir(), "-h")
	require.Equal(t, command.Success, status)
	require.Empty(t, stdout+picture)
	require.Contains(t, stderr, "cd3                 cost_of_delay, duration\n")
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	program.RequireFailure(t, "-out", "")

	file := commandtest.WriteFile(t, "out", "")
	status, stdout, stderr := program.Run("-out", file)
	require.Equal(t, command.Failure, status)
	require.Empty(t, stdout)
	commandtest.RequireLines(t, []string{"experiment: "}, stderr)

	// A picture that cannot be put in its place leaves no part of it behind.
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "ranks.svg", "x"), 0o700))
	status, stdout, _ = program.Run("-out", folder)
	require.Equal(t, command.Failure, status)
	require.Empty(t, stdout)
	require.NoFileExists(t, filepath.Join(folder, "ranks.svg.part"))
}

// A picture from before stays when there is no new one.
func TestBadInputLeavesThePicture(t *testing.T) {
	folder := t.TempDir()
	_, _, _, before := tryFile(t, folder)
	file := filepath.Join(folder, "a.csv")
	require.NoError(t, os.WriteFile(file, []byte("title,moscow\nA,perhaps\n"), 0o600))
	status, _, _, after := tryFile(t, folder, file)
	require.Equal(t, command.BadInput, status)
	require.Equal(t, before, after)
}

// FuzzRun holds that no sheet makes the command panic; that it either succeeds with a well-formed picture,
// or says what is wrong, and where, and writes nothing.
func FuzzRun(f *testing.F) {
	f.Add(sample)
	folder := f.TempDir()
	file, drawn := filepath.Join(folder, "a.csv"), filepath.Join(folder, "out", "ranks.svg")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > commandtest.MostFuzzed {
			return
		}
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		require.NoError(t, os.RemoveAll(drawn)) // of the text before
		status, stdout, stderr, picture := tryFile(t, folder, file)
		stderr = strings.ReplaceAll(stderr, file, "a.csv")
		if status != command.Success {
			commandtest.RequireProblem(t, "a.csv", status, stdout+picture, stderr)
			return
		}
		require.NotEmpty(t, stdout)
		for line := range strings.Lines(stderr) { // what is passed over, by name
			require.True(t, strings.HasPrefix(line, "a.csv:"), line)
		}
		checkPicture(t, picture)
	})
}

// A sheet in the words of others is ranked as one in ours is; what cannot be read is left blank, and what nothing reads is passed over.
func TestForeignSheet(t *testing.T) {
	status, want, stderr, drawn := try(t, "title,reach,impact,confidence,effort\nA,1000,2,0.8,2\nB,5000,1,0.5,1\nC,10,1,0.5,1\n")
	require.Equal(t, command.Success, status, stderr)
	text := "Feature;Reach;Impact;Confidence (%);Effort (weeks);RICE\nA;1,000;high;80;2;\nB;5,000;Medium;50;1;\nC;10;1;50;1;\n"
	status, got, stderr, redrawn := try(t, text)
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, want, got)
	require.Equal(t, drawn, redrawn)
	require.Equal(t, "a.csv:1:1: 2 numbers such as \"1,000\" could have decimals or thousands, and the file does not tell; "+
		"read with a decimal point\na.csv:1:1: 1 column is passed over: \"RICE\"\n", stderr)
	status, got, _, _ = try(t, text, "-strict")
	require.Equal(t, command.BadInput, status)
	require.Empty(t, got)
}
