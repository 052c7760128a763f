package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

const header = "id,size,cost_of_delay,needs\n"

// quiet is the command, which never says that it goes on.
var quiet = commandtest.Every(time.Hour, run)

// orderJSON is the contract.
type orderJSON struct {
	Cost           json.Number `json:"cost"`
	LowerBound     json.Number `json:"lower_bound"`
	Proven         *bool       `json:"proven"`
	ReadyQueueCost json.Number `json:"ready_queue_cost"`
	Order          []string    `json:"order"`
}

func decode(t *testing.T, text string) (o orderJSON) {
	t.Helper()
	o = commandtest.Decode[orderJSON](t, text)
	require.NotNil(t, o.Proven)
	return o
}

// small is a cheap item that something urgent needs, and one that is better on its own than it.
const small = header + "tidy,2,3,\nspike,4,1,\nlaunch,1,20,spike\n"

func TestTable(t *testing.T) {
	status, stdout, stderr := quiet.Text(t, "a.csv", small)
	require.Equal(t, command.Success, status, stderr)
	require.Empty(t, stderr)
	require.Equal(t, `3 items in an order that is proven: no order costs less

  Cost                125
  Lower bound         125
  Ready queue's cost  152

Order, with the score that the needs leave each item
  #  Id      Size  Cost of delay  Done at  Score  Why
  1  spike   4     1              4        4.20   rank 3 -> 1 because "launch", alone rank 1, needs it
  2  launch  1     20             5        4.20   rank 1 -> 2 because it needs "spike", alone rank 3
  3  tidy    2     3              7        1.50   rank 2 -> 3 because others moved
`, stdout)
}

// An item that has not moved needs no reason; one without size has no ratio.
func TestTableReasons(t *testing.T) {
	_, stdout, _ := quiet.Text(t, "a.csv", header+"a,1,1,\nb,1,2,a\nc,1,3,b\nd,0,0,\n")
	require.Contains(t, stdout, `
  1  d   0     0              0        -
  2  a   1     1              1        2.00   rank 4 -> 2 because "c", alone rank 2, needs it
  3  b   1     2              2        2.00
  4  c   1     3              3        2.00   rank 2 -> 4 because it needs "a", alone rank 4
`)
}

// The JSON is compared as text: field order and digits are part of the contract.
func TestJSON(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"whole numbers": {
			small,
			`{"cost":125,"lower_bound":125,"proven":true,"ready_queue_cost":152,"order":["spike","launch","tidy"]}`,
		},
		"exact decimals": {
			header + "a,0.1,0.3,\nb,1e-9,0,a\n",
			`{"cost":0.03,"lower_bound":0.03,"proven":true,"ready_queue_cost":0.03,"order":["a","b"]}`,
		},
		"no digit is lost": {
			header + "a,1000000000000000001,1000000000000000001,\n",
			`{"cost":1000000000000000002000000000000000001,"lower_bound":1000000000000000002000000000000000001,` +
				`"proven":true,"ready_queue_cost":1000000000000000002000000000000000001,"order":["a"]}`,
		},
		"ids are text": {
			header + "007,1,1,\n\"<é>\",1,2,\n",
			`{"cost":4,"lower_bound":4,"proven":true,"ready_queue_cost":4,"order":["<é>","007"]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr := quiet.Text(t, "a.csv", test.text, "-format", "json")
			require.Equal(t, command.Success, status, stderr)
			require.Empty(t, stderr)
			require.Equal(t, test.want, strings.Join(strings.Fields(stdout), ""))
		})
	}
}

// How a file is written must not matter: byte order mark, line ends, letter case, spaces, quotes, the
// order of the columns, blank lines.
func TestForms(t *testing.T) {
	_, want, _ := quiet.Text(t, "a.csv", header+"a,1,0.5,\nb,4,2,\nc,1,9,b a\n", "-format", "json")
	for _, text := range []string{
		"\uFEFF" + header + "a,1,0.5,\nb,4,2,\nc,1,9,b a",
		"id,size,cost_of_delay,needs\r\na,1,0.5,\r\nb,4,2,\r\nc,1,9,b a\r\n",
		"Id, SIZE ,Cost_of_Delay,needs\n\n a , 1,0.50 ,\nb,4,2, \nc,1,9,  b   a b \n",
		"id;size;cost_of_delay;needs\na;1;0.5;\nb;4;2;\nc;1;9;b a\n",
		"\xff\xfe" + strings.Join(strings.Split("id\tsize\tcost_of_delay\tneeds\na\t1\t0.5\nb\t4\t2\nc\t1\t9\tb a\n", ""), "\x00") + "\x00",
		"needs,cost_of_delay,size,id\n,.5,1e0,a\n\"\",2,+4,\"b\"\n\"b\ta\",9,1,c\n",
	} {
		status, got, stderr := quiet.Text(t, "a.csv", text, "-format", "json")
		require.Equal(t, command.Success, status, stderr)
		require.Equal(t, want, got, text)
	}
}

// Without search the order is valid and the bound holds.
func TestSteps(t *testing.T) {
	for _, steps := range []string{"0", "1", "1000000000"} {
		status, stdout, stderr := quiet.Text(t, "a.csv", small, "-format", "json", "-steps", steps)
		require.Equal(t, command.Success, status, stderr)
		require.Equal(t, json.Number("125"), decode(t, stdout).Cost)
	}
}

// To say that it goes on does not change what it finds.
func TestProgress(t *testing.T) {
	_, want, _ := quiet.Text(t, "a.csv", small, "-format", "json")
	status, got, _ := commandtest.Every(time.Nanosecond, run).Text(t, "a.csv", small, "-format", "json")
	require.Equal(t, command.Success, status)
	require.Equal(t, want, got)
}

func TestBadInput(t *testing.T) {
	const number = `want a number >= 0 such as 3 or 0.5, its exponent within ±1000`
	tests := map[string]struct {
		text string
		want []string // lines of standard error
	}{
		"empty file":  {"", []string{`a.csv:1:1: the file is empty, want a header, and an item a line`}},
		"blank file":  {"\uFEFF\n \n", []string{`a.csv:1:1: the file is empty, want a header, and an item a line`}},
		"header only": {header, []string{`a.csv:1:1: no rows, want an item a line below the header`}},
		"semicolons": {"id;size;cost_of_delay;needs\n", []string{
			`a.csv:1:1: no rows, want an item a line below the header`,
		}},
		"no header": {"1,2,3,\n", []string{
			`a.csv:1:1: no header, want a first line that names the columns: id, size, cost_of_delay and needs`,
		}},
		"unknown column": {"id,size,cost_of_delay,needs,sise\n1,x,3,,4\n", []string{
			`a.csv:1:29: unknown column "sise", want id, size, cost_of_delay and needs`,
			`a.csv:2:3: size is "x", ` + number,
		}},
		"columns missing": {"id,sise,needs\n1,2,\n", []string{
			`a.csv:1:1: no column size, want id, size, cost_of_delay and needs`,
			`a.csv:1:1: no column cost_of_delay, want id, size, cost_of_delay and needs`,
			`a.csv:1:4: unknown column "sise", want id, size, cost_of_delay and needs`,
		}},
		"column twice": {"id,size,cost_of_delay,needs,ID\n1,2,3,,1\n", []string{
			`a.csv:1:29: column id is there twice, want each column once`,
		}},
		"wrong number of cells": {header + "1,2,3\n2,1,1,1,4\n3,1,1,2 1\n1,2\n", []string{
			`a.csv:2:5: 3 cells, want 4 as in the header`,
			`a.csv:3:9: 5 cells, want 4 as in the header`,
			`a.csv:5:3: 2 cells, want 4 as in the header`,
		}},
		"not numbers": {header + "1,big,,\n2,NaN,Inf,\n3,0x1,\"1,5\",\n", []string{
			`a.csv:2:3: size is "big", ` + number, `a.csv:2:7: cost_of_delay is "", ` + number,
			`a.csv:3:3: size is "NaN", ` + number, `a.csv:3:7: cost_of_delay is "Inf", ` + number,
			`a.csv:4:3: size is "0x1", ` + number, `a.csv:4:7: cost_of_delay is "1,5", ` + number,
		}},
		"below zero": {header + "1,-2,-0.1,\n2,-0,0,\n", []string{
			`a.csv:2:3: size is "-2", ` + number, `a.csv:2:6: cost_of_delay is "-0.1", ` + number,
		}},
		"huge exponents": {header + "1,1e1001,1e-1001,\n2,1e999999999,1e99999999999,\n", []string{
			`a.csv:2:3: size is "1e1001", ` + number, `a.csv:2:10: cost_of_delay is "1e-1001", ` + number,
			`a.csv:3:3: size is "1e999999999", ` + number,
			`a.csv:3:15: cost_of_delay is "1e99999999999", ` + number,
		}},
		"too many digits": {header + "1,1234567890123456789012,1,\n", []string{
			`a.csv:2:3: size is "1234567890123456789012", want at most 18 significant digits`,
		}},
		"too far apart": {header + "1,1e9,1,\n2,1e-12,1,\n", []string{
			`a.csv:1:1: total of size is "too large", want at most 4611686018427387903 x 10^-12`,
		}},
		"duplicate id": {header + "a,1,1,\n\nb,1,1,\na,1,1,\n", []string{
			`a.csv:5:1: id "a" is taken by line 2, want an id of its own`,
		}},
		"no word for an id": {header + ",1,1,\na b,1,1,\n", []string{
			`a.csv:2:1: id is "", want one word`, `a.csv:3:1: id is "a b", want one word`,
		}},
		"unknown needs": {header + "a,1,1,b a;b c\nb,1,1,d\n", []string{
			`a.csv:2:7: needs "a;b", want ids of other rows, with spaces between`,
			`a.csv:2:7: needs "c", want ids of other rows, with spaces between`,
			`a.csv:3:7: needs "d", want ids of other rows, with spaces between`,
		}},
		"self-needs": {header + "a,1,1,\nb,1,1,a b\n", []string{
			`a.csv:3:7: "b" needs itself, want ids of other rows`,
		}},
		"cycle, with other problems": {header + "a,1,1,\nb,-1,1,c\nc,1,1,d x\nd,1,1,a b\n", []string{
			`a.csv:3:3: size is "-1", ` + number,
			`a.csv:3:8: cycle: "b" needs "c" needs "d" needs "b", want no item to need itself, also by way of others`,
			`a.csv:4:7: needs "x", want ids of other rows, with spaces between`,
		}},
		"invalid UTF-8": {header + "A\xff\xfe,1,1,\nB,1,\xc3,\n", []string{
			`a.csv:2:2: byte 0xff is not UTF-8, want text in UTF-8`,
			`a.csv:3:5: byte 0xc3 is not UTF-8, want text in UTF-8`,
		}},
		"stray quote": {header + "a,\"1,1,\nb,1,1,\n", []string{`a.csv:`}},
		"long values": {header + strings.Repeat("é", 300) + "," + strings.Repeat("9", 300) + ",1,\n", []string{
			`a.csv:2:602: size is "` + strings.Repeat("9", 60) + `...", ` + number,
		}},
		"too many to tell": {header + strings.Repeat("a,x,1,\n", 11), append(
			strings.Split(strings.TrimSuffix(strings.Repeat("a.csv:,", 20), ","), ","),
			`a.csv: and 1 more problem`)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			quiet.RequireBadInput(t, "a.csv", test.text, test.want, "-strict")
		})
	}
}

func TestUnreadable(t *testing.T) {
	quiet.RequireUnreadable(t, "a.csv")
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"no file":        {nil, "sequence: 0 files, want one: " + synopsis},
		"two files":      {[]string{"a.csv", "b.csv"}, "sequence: 2 files, want one: " + synopsis},
		"unknown format": {[]string{"-format", "xml", "a.csv"}, `sequence: -format is "xml", want table or json`},
		"steps below 0":  {[]string{"-steps", "-1", "a.csv"}, `sequence: invalid value "-1" for flag -steps: want a whole`},
		"steps":          {[]string{"-steps", "1e3", "a.csv"}, `sequence: invalid value "1e3" for flag -steps: want a whole`},
		"many steps":     {[]string{"-steps", "9223372036854775808", "a.csv"}, `sequence: invalid value "9223372036854775808"`},
		"unknown flag":   {[]string{"-x", "a.csv"}, "sequence: flag provided but not defined: -x, want " + synopsis},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			quiet.RequireUsage(t, test.want, test.args...)
		})
	}
	require.Equal(t, "usage: "+synopsis+"\n", quiet.RequireHelp(t))
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	quiet.RequireFailure(t, commandtest.WriteFile(t, "a.csv", small))
}

func TestPrintable(t *testing.T) {
	const h = commandtest.Hostile
	quiet.RequirePrintable(t, "a.csv", "id,size,cost_of_delay,needs\na"+h+",9,1,\nb"+h+",1,9,a"+h+"\n")
}

// FuzzRun holds that no file makes the command panic; that it either succeeds with JSON as promised, each
// item once and after what it needs, or says what is wrong, and where, and writes nothing.
func FuzzRun(f *testing.F) {
	for _, text := range []string{
		"", "\xff", "\uFEFF" + header, small, header + "a,1,1,b\nb,1,1,a\n", header + "a,-1,x,a\na,1\n",
		"needs,id,cost_of_delay,size\n,a,1e-9,0\n\"a\n\",b,0,1e9\n", header + "a,1,\"1\n", "id\n1\n",
	} {
		f.Add(text)
	}
	file := filepath.Join(f.TempDir(), "a.csv")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > commandtest.MostFuzzed {
			return
		}
		if found := quiet.RequireOutcome(t, file, text, "-steps", "1000"); found != "" {
			requireOrder(t, file, decode(t, found))
		}
	})
}

func requireOrder(t *testing.T, file string, got orderJSON) {
	t.Helper()
	s := readSheet(command.Load(file, ""), new(command.Document))
	if s == nil { // headers in the words of others: what is read of them is another test's
		return
	}
	require.Len(t, got.Order, len(s.items))
	rank := make(map[string]int)
	for i, id := range got.Order {
		rank[id] = i + 1
	}
	for _, item := range s.items {
		require.Positive(t, rank[item.Key])
		for _, need := range item.Needs {
			require.Less(t, rank[need], rank[item.Key])
		}
	}
}

// Columns have other names with other people. What is passed over is named, and so is a need of what is not in the file.
func TestForeignSheet(t *testing.T) {
	_, want, _ := quiet.Text(t, "a.csv", small, "-format", "json")
	text := "Key;Title;Job Size;Cost of Delay;Depends on\ntidy;T;2;3;\nspike;S;4;1;\nlaunch;L;1;20;spike\n"
	status, got, stderr := quiet.Text(t, "a.csv", text, "-format", "json", "-strict")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, want, got)

	text = strings.NewReplacer("Depends on", "Depends on;Owner", ";spike\n", ";spike, gone;ann\n").Replace(text)
	status, got, stderr = quiet.Text(t, "a.csv", text, "-format", "json")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, want, got)
	commandtest.RequireLines(t, []string{`a.csv:1:1: 1 column is passed over: "Owner"`, `a.csv:4:1: needs "gone", want ids of other rows`}, stderr)
	status, got, _ = quiet.Text(t, "a.csv", text, "-strict")
	require.Equal(t, command.BadInput, status)
	require.Empty(t, got)
}
