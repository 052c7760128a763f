package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

var program commandtest.Command = run

const (
	wsjfHeader = "title,user_business_value,time_criticality,risk_reduction,job_size\n"
	riceHeader = "title,reach,impact,confidence,effort\n"
)

func TestBadInput(t *testing.T) {
	tests := map[string]struct {
		name, text string
		flags      []string
		want       []string // lines of standard error
	}{
		"empty file":        {name: "a.csv", want: []string{`a.csv:1:1: the file is empty, want a line an item`}},
		"empty story file":  {name: "a.txt", text: "\n \n", want: []string{`a.txt:1:1: the file is empty, want a line an item`}},
		"empty issue file":  {name: "a.jsonl", text: "\uFEFF", want: []string{`a.jsonl:1:1: the file is empty, want an export of a tracker`}},
		"no tracker's file": {name: "a.md", text: "x", want: []string{`a.md:1:1: this is text that looks like no tracker's: "x", want one of `}},
		"unknown extension": {name: "a.xyz", text: "x", want: []string{`a.xyz:1:1: the name ends in ".xyz", want .csv, .txt, .feature, .jsonl, .json or .md`}},
		"invalid UTF-8": {name: "a.csv", text: wsjfHeader + "A\xff\xfe,1,1,1,1\nB,1,1,1,\xc3\n", want: []string{
			`a.csv:2:2: byte 0xff is not UTF-8, want text in UTF-8`,
			`a.csv:3:9: byte 0xc3 is not UTF-8, want text in UTF-8`,
		}},
		"empty feature file": {name: "a.feature", text: "\n", want: []string{`a.feature:1:1: the file is empty`}},
		"syntax errors": {
			name: "a.feature", text: "Feature: a\r\n  Scenario: é\r\n    Given x\r\n    | a |\r\n    | b | c |\r\n  nonsense\r\n", want: []string{
				`a.feature:5:5: number of cells is 2, want 1`, `a.feature:6:3: got "nonsense", want `,
			},
		},
		"syntax error at the end": {name: "a.feature", text: "@tag\n", want: []string{`a.feature:2:1: the text ends here, want `}},
		"language that is not there": {name: "a.feature", text: "# language: nl\n", want: []string{
			`a.feature:1:1: language "nl" is not known, want one of "de", "en", "es", "fr"`, `a.feature:`,
		}},

		"invalid UTF-8 in stories": {name: "a.txt", text: "As a user\n\xa0", want: []string{
			`a.txt:2:1: byte 0xa0 is not UTF-8, want text in UTF-8`,
		}},

		"missing header": {name: "a.csv", text: "Funky ferret,8,5,13,5\n", want: []string{
			`a.csv:1:1: this is a table without a column of titles: its headers are "Funky ferret", "8", "5", "13", "5", want`,
		}},
		"tabs and quotes": {name: "a.csv", text: "\"title\"\t\"moscow\"\n", want: []string{
			`a.csv:1:1: a sheet without an item, want at least one row below the header`,
		}},
		"header only": {name: "a.csv", text: wsjfHeader, want: []string{
			`a.csv:1:1: no rows, want an item a line below the header`,
		}},
		"unknown column": {name: "a.csv", text: "title,moscow,efort\nA,must,1\n", flags: []string{"-strict"}, want: []string{
			`a.csv:1:1: 1 column is passed over: "efort"`,
		}},
		"no title": {name: "a.csv", text: "moscow,criteria\nmust,x\n", want: []string{
			`a.csv:1:1: this is a table without a column of titles: its headers are "moscow", "criteria", want`,
		}},
		"column twice": {name: "a.csv", text: "title,moscow,Moscow\nA,must,must\n", want: []string{
			`a.csv:1:14: column moscow is there twice, want each column once`,
		}},
		"no method": {name: "a.csv", text: "title,reach,job_size\nA,1,1\n", want: []string{
			`a.csv:1:1: not enough columns to rank by, want also user_business_value, time_criticality, risk_reduction ` +
				`for wsjf; or impact, confidence, effort for rice`,
		}},
		"no column of any method": {name: "a.csv", text: "title,story\nA,x\n", want: []string{
			`a.csv:1:1: not enough columns to rank by, want also those of one of wsjf, rice, moscow, cd3, ice`,
		}},
		"other method": {name: "a.csv", text: wsjfHeader + "A,1,1,1,1\n", flags: []string{"-by", "rice"}, want: []string{
			`a.csv:1:1: not enough columns to rank by, want also reach, impact, confidence, effort for rice`,
		}},
		"wrong number of cells": {name: "a.csv", text: wsjfHeader + "A,1,1,1\nB,1,1,1,1,1\nC,1,1,1,1\n", want: []string{
			`a.csv:2:7: 4 cells, want 5 as in the header`,
			`a.csv:3:11: 6 cells, want 5 as in the header`,
		}},
		"word for number": {name: "a.csv", text: wsjfHeader + "\"A\nB\",1,1,1,big\n", want: []string{
			`a.csv:3:10: job_size is "big", want a number such as 3 or 0.5`,
		}},
		"not numbers": {name: "a.csv", text: wsjfHeader + "A,NaN,Inf,0x10,\"1,5\"\n", want: []string{
			`a.csv:2:3: user_business_value is "NaN", want a number`,
			`a.csv:2:7: time_criticality is "Inf", want a number`,
			`a.csv:2:11: risk_reduction is "0x10", want a number`,
			`a.csv:2:16: job_size is "1,5", want a number`,
		}},
		"word in a column that is not ranked by": {
			name: "a.csv", text: "title,moscow,effort\nA,must,small\n", want: []string{
				`a.csv:2:8: effort is "small", want a number`,
			},
		},
		"negative and zero size": {name: "a.csv", text: wsjfHeader + "A,1,1,1,-3\nB,1,1,1,0\n", want: []string{
			`a.csv:2:9: job_size is "-3", want > 0`,
			`a.csv:3:9: job_size is "0", want > 0`,
		}},
		"negative beside blank": {name: "a.csv", text: wsjfHeader + "A,-1,1,1,\n", want: []string{
			`a.csv:2:3: user_business_value is "-1", want >= 0`,
		}},
		"all problems at once": {name: "a.csv", text: wsjfHeader + "A,1,1,1,-3\n,1,x,1,1\nB,1\n", want: []string{
			`a.csv:2:9: job_size is "-3", want > 0`,
			`a.csv:3:1: the title is blank, want what the item is called`,
			`a.csv:3:4: time_criticality is "x", want a number`,
			`a.csv:4:3: 2 cells, want 5 as in the header`,
		}},
		"confidence above 1": {name: "a.csv", text: riceHeader + "A,1,1,80,1\n", want: []string{
			`a.csv:2:7: confidence is "80", want `,
		}},
		"huge exponents": {name: "a.csv", text: wsjfHeader + "A,1e1000000000,1,1,1\nB,1,1,1,1e-2000\nC,1e99999999999,1,1,1\n", want: []string{
			`a.csv:2:3: user_business_value is "1e1000000000", want a number`,
			`a.csv:3:9: job_size is "1e-2000", want at most 100 digits and an exponent within ±1000`,
			`a.csv:4:3: user_business_value is "1e99999999999", want a number`,
		}},
		"many digits": {name: "a.csv", text: wsjfHeader + "A,1,1,1," + strings.Repeat("9", 1_000_000) + "\n", want: []string{
			`a.csv:2:9: job_size is "` + strings.Repeat("9", 60) + `...", want a number`,
		}},
		"no category": {name: "a.csv", text: "title,moscow\nA,perhaps\n", want: []string{
			`a.csv:2:3: moscow is "perhaps", want must, should, could or wont`,
		}},
		"stray quote": {name: "a.csv", text: "title,moscow\nA,\"must\nB,must\n", want: []string{
			`a.csv:2:3: a quote that never closes, want a cell without quotes`,
		}},
		"open quote": {name: "a.csv", text: "title,moscow\n\"A,must\n", want: []string{
			`a.csv:2:1: a quote that never closes, want a cell without quotes`,
		}},
		"many problems": {name: "a.csv", text: "title,moscow\n" + strings.Repeat("A\n", 25), want: append(
			slices.Repeat([]string{"a.csv:"}, 20), `a.csv: and 5 more problems`,
		)},

		"nothing usable": {name: "a.jsonl", text: "{\"id\":\"b\",,}\n{\n[1]\nnull\n{}\n", want: []string{
			`a.jsonl:1:1: not an object in JSON: invalid character ',' looking for beginning of object key st...; 4 rows are skipped, want at least one`,
		}},
		"no issues": {name: "a.json", text: `{"x":1}`, want: []string{`a.json:1:1: this is JSON that looks like no tracker's`}},
		"strict": {
			name: "a.jsonl", flags: []string{"-strict"},
			text: `{"id":"a","title":"A","created_at":"soon","dependencies":[{"depends_on_id":"b"},{"depends_on_id":"c","type":"related"}]}` +
				"\n[1]\n" + `{"id":"a","title":"B"}`,
			want: []string{
				`a.jsonl:1:1: created_at is "soon": not a date in any form that is known`,
				`a.jsonl:1:1: "a" depends-on "b", want ids of items in this file`,
				`a.jsonl:1:1: "a" related "c", want ids of items in this file`,
				`a.jsonl:1:1: row 3 is a second row of the item of row 1; 1 cell differs`,
				`a.jsonl:2:1: JSON, but no object; the row is left out`,
				`a.jsonl:3:1: title is "B": a second row of the item of row 1`,
			},
		},
		"deep JSON": {name: "a.jsonl", text: `{"x":` + strings.Repeat("[", 1_000_000), want: []string{`a.jsonl:1:`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			program.RequireBadInput(t, test.name, test.text, test.want, test.flags...)
		})
	}
}

func TestUnreadable(t *testing.T) {
	for _, extension := range []string{".csv", ".txt", ".feature", ".jsonl"} {
		program.RequireUnreadable(t, "a"+extension)
	}
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"no file":         {nil, "groom: 0 files, want one: " + synopsis},
		"two files":       {[]string{"a.csv", "b.csv"}, "groom: 2 files, want one: " + synopsis},
		"unknown format":  {[]string{"-format", "xml", "a.csv"}, `groom: -format is "xml", want table or json`},
		"unknown method":  {[]string{"-by", "mood", "a.csv"}, `groom: -by is "mood", want one of wsjf, rice, moscow`},
		"nothing to rank": {[]string{"-by", "wsjf", "a.txt"}, `groom: -by is given, want it for a .csv file only`},
		"no dialects":     {[]string{"-dialects", "x.json", "a.txt"}, `groom: -dialects is given, want it for a .feature file only`},
		"weight of none":  {[]string{"-weights", "a=1,=2", "a.csv"}, `groom: invalid value "a=1,=2" for flag -weights: "=2", want NAME=NUMBER`},
		"weight twice":    {[]string{"-weights", "a=1,A=2", "a.csv"}, `groom: invalid value "a=1,A=2" for flag -weights: "a" twice, want one`},
		"now of a story":  {[]string{"-now", "2025-01-01", "a.txt"}, `groom: -now is given, want it for a .csv file or that of a tracker only`},
		"no weight":       {[]string{"-weights", "a=b", "a.csv"}, `groom: invalid value "a=b" for flag -weights: "a=b", want a number`},
		"no budget":       {[]string{"-budget", "0", "a.csv"}, `groom: invalid value "0" for flag -budget: want > 0`},
		"no date":         {[]string{"-now", "today", "a.csv"}, `groom: invalid value "today" for flag -now: want a date such as`},
		"empty budget":    {[]string{"-budget", "", "a.csv"}, `groom: invalid value "" for flag -budget: want a number`},
		"unknown flag":    {[]string{"-x", "a.csv"}, "groom: flag provided but not defined: -x, want " + synopsis},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			program.RequireUsage(t, test.want, test.args...)
		})
	}
	require.Contains(t, program.RequireHelp(t), "rice               reach, impact, confidence, effort\n")
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	program.RequireFailure(t, commandtest.WriteFile(t, "a.txt", "As a user, I want x."))
}

func TestPrintable(t *testing.T) {
	const h = commandtest.Hostile
	for name, text := range map[string]string{
		"a.csv":     "title,moscow,story,criteria\nA" + h + ",must," + h + "," + h + "\nB" + h + ",must,,\nC" + h + ",,,\n",
		"a.txt":     "As a " + h + "user, I want " + h + "x, so that " + h + "y\n" + h,
		"a.feature": "Feature: " + h + "\n  Scenario: " + h + "\n    Given " + h + "\n      | " + h + " |\n",
		"a.jsonl": `{"id":"a` + h + `","title":"A` + h + `","status":"` + h + `"}` + "\n" +
			`{"id":"b` + h + `","title":"B` + h + `","dependencies":[{"depends_on_id":"a` + h + `"}]}`,
	} {
		t.Run(name, func(t *testing.T) { program.RequirePrintable(t, name, text) })
	}
	// What is wrong is shown in the same way.
	program.RequireBadInput(t, "a.csv", "title,\"votes.a\u202e\nb\"\nA,x\n", []string{`a.csv:3:3: votes.a? b is "x", want`})
	program.RequireBadInput(t, "a.json", "[\"\u202e\"]", []string{`a.json:1:1: this is JSON that looks like no tracker's: "[\"\u202e\"]", want`})
}

// FuzzRun holds that no file makes the command panic; that it either succeeds with valid JSON, or says
// what is wrong, and where, and writes nothing.
func FuzzRun(f *testing.F) {
	for _, text := range []string{
		wsjfHeader + "A,8,5,13,5\nB,,1,1,1\n", riceHeader + "A,5000,2,0.8,2\n", "title,moscow,story\n\"A\nB\",must,x\n",
		"As a user, I want to see x, so that y.\n\nnonsense\n",
		`{"id":"a","title":"A","priority":1,"dependencies":[{"issue_id":"a","depends_on_id":"a","type":"blocks"}]}`,
		`{"id":"a.1","title":"A","status":"closed","issue_type":"epic"}`, "", "\xff", "\uFEFF{}",
		"Feature: x\n  Scenario Outline: y\n    When <a>\n    Examples:\n      | a |\n      | 1 |\n", "As",
		"title,ratings.x,votes.y,offers.y,price,important,urgent\nA,1,,2,3,yes,0\n",
	} {
		for _, kind := range []uint8{0, 1, 2, 3, 4 * 10, 4 * 13, 4 * 16, 255} {
			f.Add(kind, text)
		}
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, kind uint8, text string) {
		if len(text) > commandtest.MostFuzzed {
			return
		}
		name := []string{"a.csv", "a.txt", "a.jsonl", "a.feature"}[kind%4]
		var flags []string
		if names := methodNames(); kind%4 == 0 && int(kind/4) < len(names) {
			flags = []string{"-by", names[kind/4]}
		}
		program.RequireOutcome(t, filepath.Join(folder, name), text, flags...)
	})
}
