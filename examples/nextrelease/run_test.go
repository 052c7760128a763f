package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// quiet is the command, which never says that it goes on.
var quiet = commandtest.Every(time.Hour, run)

// releaseJSON is the contract.
type releaseJSON struct {
	Value      json.Number `json:"value"`
	UpperBound json.Number `json:"upper_bound"`
	Proven     *bool       `json:"proven"`
	Cost       json.Number `json:"cost"`
	Budget     json.Number `json:"budget"`
	Requests   []int       `json:"requests"`
}

func decode(t *testing.T, text string) (r releaseJSON) {
	t.Helper()
	r = commandtest.Decode[releaseJSON](t, text)
	require.NotNil(t, r.Proven)
	require.NotNil(t, r.Requests)
	return r
}

// small has items of cost 3, 4, 2 and 1, the second of which needs the first, and four requests. The second
// request is worth most but takes 7; for 6 the three others fit, of which two share an item.
const small = `2
2
3 4
2
2 1
1
1 2
4
10 1 1
15 1 2
9 2 1 3
3 1 4
`

func TestTable(t *testing.T) {
	status, stdout, stderr := quiet.Text(t, "a.txt", small, "-budget", "6")
	require.Equal(t, command.Success, status, stderr)
	require.Empty(t, stderr)
	require.Equal(t, `3 of 4 requests and 3 of 4 items, proven: no choice has more value

  Value                   22
  Upper bound             22
  Gap                     0.0000 %
  Cost                    6
  Budget                  6
  Worth of one more unit  3.75

Chosen
  Request  Value  Items
  1        10     1
  3        9      2
  4        3      1

Left out
  "2" needs 7, only 6 available: it does not fit
`, stdout)
}

// The JSON is compared as text: field order and digits are part of the contract.
func TestJSON(t *testing.T) {
	tests := map[string]struct {
		text  string
		flags []string
		want  string
	}{
		"budget": {
			small,
			[]string{"-budget", "6.5"},
			`{"value":22,"upper_bound":22,"proven":true,"cost":6,"budget":6.5,"requests":[1,3,4]}`,
		},
		"ratio, rounded down": { // of 10
			small,
			[]string{"-ratio", "0.69"},
			`{"value":22,"upper_bound":22,"proven":true,"cost":6,"budget":6,"requests":[1,3,4]}`,
		},
		"everything": {
			small,
			[]string{"-ratio", "1"},
			`{"value":37,"upper_bound":37,"proven":true,"cost":10,"budget":10,"requests":[1,2,3,4]}`,
		},
		"nothing": {
			small,
			[]string{"-ratio", "0"},
			`{"value":0,"upper_bound":0,"proven":true,"cost":0,"budget":0,"requests":[]}`,
		},
		"without search": {
			small,
			[]string{"-ratio", "0", "-steps", "0"},
			`{"value":0,"upper_bound":0,"proven":true,"cost":0,"budget":0,"requests":[]}`,
		},
		"exact decimals": { // 0.29 x 100 is 28.999... as a float
			"1\n2\n28.75 71.25\n0\n1\n0.10 1 1\n",
			[]string{"-ratio", "0.29"},
			`{"value":0.1,"upper_bound":0.1,"proven":true,"cost":28.75,"budget":29,"requests":[1]}`,
		},
		"no levels, no requests": {
			"0\n0\n0\n",
			[]string{"-ratio", "0.5"},
			`{"value":0,"upper_bound":0,"proven":true,"cost":0,"budget":0,"requests":[]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, stdout, stderr := quiet.Text(t, "a.txt", test.text, append(test.flags, "-format", "json")...)
			require.Equal(t, command.Success, status, stderr)
			require.Empty(t, stderr)
			require.Equal(t, test.want, strings.Join(strings.Fields(stdout), ""))
		})
	}
}

// How a file is written must not matter: byte order mark, line ends, spaces, blank lines, empty levels.
func TestForms(t *testing.T) {
	_, want, _ := quiet.Text(t, "a.txt", small, "-budget", "6", "-format", "json")
	for _, text := range []string{
		"\uFEFF" + strings.TrimSuffix(small, "\n"),
		strings.ReplaceAll(small, "\n", " \r\n"),
		strings.ReplaceAll(strings.ReplaceAll(small, "\n", "\n\n"), " ", "\t "),
		strings.Replace(small, "2\n2\n", "3\n0\n\n2\n", 1),
		strings.Replace(small, "1\n1 2\n", "2\n1 2\n1 2\n", 1),
		strings.Replace(small, "9 2 1 3", "9.0 3 1 3 1", 1),
	} {
		status, got, stderr := quiet.Text(t, "a.txt", text, "-budget", "6", "-format", "json")
		require.Equal(t, command.Success, status, stderr)
		require.Equal(t, want, got, text)
	}
}

// To say that it goes on does not change what it finds.
func TestProgress(t *testing.T) {
	_, want, _ := quiet.Text(t, "a.txt", small, "-budget", "6", "-format", "json")
	status, got, _ := commandtest.Every(time.Nanosecond, run).Text(t, "a.txt", small, "-budget", "6", "-format", "json")
	require.Equal(t, command.Success, status)
	require.Equal(t, want, got)
}

func TestBadInput(t *testing.T) {
	const number = `want a number >= 0 such as 3 or 0.5, its exponent within ±1000`
	const whole = `want a whole number from 0 to 2147483647`
	tests := map[string]struct {
		text string
		want []string // lines of standard error
	}{
		"empty file": {"\n", []string{`a.txt:1:1: the file is empty, want the number of levels of items first`}},
		"invalid UTF-8": {"1\n1\n\xff\n", []string{
			`a.txt:3:1: byte 0xff is not UTF-8, want text in UTF-8`,
		}},
		"not of this kind": {"id,size\n1,2\n", []string{`a.txt:1:1: the number of levels is "id,size", ` + whole}},
		"below no count":   {"-1\n", []string{`a.txt:1:1: the number of levels is "-1", ` + whole}},
		"huge count":       {"99999999999\n", []string{`a.txt:1:1: the number of levels is "99999999999", ` + whole}},
		"many levels":      {"2147483647\n", []string{`a.txt:1:11: the file ends here, want the number of items on level 1`}},
		"count not alone":  {"1\n2 3\n", []string{`a.txt:2:3: 2 words on the line, want the number of items on level 1 alone`}},

		"ends before costs":        {"1\n3\n", []string{`a.txt:2:2: the file ends here, want the costs of level 1`}},
		"ends before level":        {"2\n1\n1\n\n", []string{`a.txt:4:1: the file ends here, want the number of items on level 2`}},
		"ends before dependencies": {"1\n1\n1", []string{`a.txt:3:2: the file ends here, want the number of dependencies`}},
		"ends in dependencies": {"1\n3\n1 1 1\n2\n1 2\n", []string{
			`a.txt:5:4: the file ends here, want dependency 2 of 2`,
		}},
		"ends before requests": {"1\n1\n1\n0\n", []string{`a.txt:4:2: the file ends here, want the number of requests`}},
		"ends in requests": {"1\n1\nx\n0\n2\n-1 1 1 \n", []string{
			`a.txt:3:1: cost is "x", ` + number, `a.txt:6:1: value is "-1", ` + number,
			`a.txt:6:7: the file ends here, want request 2 of 2`,
		}},
		"goes on": {small + "7 1\n8\n", []string{`a.txt:13:1: "7" after the last request, want the end of the file`}},

		"too few costs": {"1\n3\n1 1\n1\n1 3\n1\n9 1 7\n", []string{
			`a.txt:3:3: 2 costs, want 3 as announced`,
		}},
		"too many costs": {"1\n1\n1 1\n1\n1 x\n1\n9 1 7\n", []string{
			`a.txt:3:3: 2 costs, want 1 as announced`, `a.txt:5:3: item "x", want a number from 1 to 2`,
		}},
		"dependencies": {"1\n2\n1 1\n4\n1\n1 2 1\n1 3\n0 -1\n1\n9 1 1\n", []string{
			`a.txt:5:1: 1 word, want two: an item, and one that needs it`,
			`a.txt:6:5: 3 words, want two: an item, and one that needs it`,
			`a.txt:7:3: item "3", want a number from 1 to 2`,
			`a.txt:8:1: item "0", want a number from 1 to 2`,
			`a.txt:8:3: item "-1", want a number from 1 to 2`,
		}},
		"fewer dependencies than announced": {"1\n2\n1 1\n2\n1 2\n1\n9 1 1\n", []string{
			`a.txt:6:1: 1 word, want two`, `a.txt:7:3: 3 words on the line, want the number of requests alone`,
		}},
		"more dependencies than announced": {"1\n2\n1 1\n0\n1 2\n1\n9 1 1\n", []string{
			`a.txt:5:3: 2 words on the line, want the number of requests alone`,
		}},
		"requests": {"1\n2\n1 1\n0\n6\n5\n5 x 1\n5 1\n5 2 1\n5 1 1 2\n5 1 1.0\n", []string{
			`a.txt:6:1: a value only, want a value, a number of items, and the items`,
			`a.txt:7:3: the number of items is "x", ` + whole,
			`a.txt:8:3: 0 items, want 1 as announced`,
			`a.txt:9:5: 1 item, want 2 as announced`,
			`a.txt:10:7: 2 items, want 1 as announced`,
			`a.txt:11:5: item "1.0", want a number from 1 to 2`,
		}},
		"numbers": {"1\n4\n-1 1e2000 big 1234567890123456789012\n0\n2\nNaN 1 1\n1e-1001 1 1\n", []string{
			`a.txt:3:1: cost is "-1", ` + number, `a.txt:3:4: cost is "1e2000", ` + number,
			`a.txt:3:11: cost is "big", ` + number,
			`a.txt:3:15: cost is "1234567890123456789012", want at most 18 significant digits`,
			`a.txt:6:1: value is "NaN", ` + number, `a.txt:7:1: value is "1e-1001", ` + number,
		}},
		"too far apart": {"1\n2\n1e10 1e-10\n0\n0\n", []string{
			`a.txt:1:1: total of cost is "too large", want at most 4611686018427387903 x 10^-10`,
		}},
		"needs itself": {"1\n2\n1 1\n1\n2 2\n0\n", []string{`a.txt:5:3: item 2 needs itself, want another item`}},
		"cycle, with other problems": {"1\n4\n1 1 1 x\n4\n1 4\n4 3\n3 1\n2 9\n0\n", []string{
			`a.txt:3:7: cost is "x", ` + number,
			`a.txt:7:1: cycle: "1" needs "3" needs "4" needs "1", want no item to need itself, also by way of others`,
			`a.txt:8:3: item "9", want a number from 1 to 4`,
		}},
		"long values": {strings.Repeat("9", 300), []string{
			`a.txt:1:1: the number of levels is "` + strings.Repeat("9", 60) + `...", ` + whole,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			quiet.RequireBadInput(t, "a.txt", test.text, test.want, "-ratio", "0.5")
		})
	}
}

func TestUnreadable(t *testing.T) {
	quiet.RequireUnreadable(t, "a.txt", "-budget", "1")
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args string
		want string
	}{
		"no file":         {"-budget 1", "0 files, want one: " + synopsis},
		"two files":       {"-budget 1 a.txt b.txt", "2 files, want one: " + synopsis},
		"no budget":       {"a.txt", "want either -ratio or -budget: " + synopsis},
		"two budgets":     {"-budget 1 -ratio 1 a.txt", "want either -ratio or -budget: " + synopsis},
		"unknown format":  {"-budget 1 -format xml a.txt", `-format is "xml", want table or json`},
		"steps below 0":   {"-budget 1 -steps -1 a.txt", `invalid value "-1" for flag -steps: want a whole number`},
		"ratio":           {"-ratio half a.txt", `invalid value "half" for flag -ratio: want a number from 0 to 1`},
		"ratio below 0":   {"-ratio -0.1 a.txt", `invalid value "-0.1" for flag -ratio: want a number from 0 to 1`},
		"ratio above 1":   {"-ratio 30 a.txt", `invalid value "30" for flag -ratio: want a number from 0 to 1`},
		"huge ratio":      {"-ratio 1e-99999999 a.txt", `invalid value "1e-99999999" for flag -ratio: want a number`},
		"budget":          {"-budget much a.txt", `invalid value "much" for flag -budget: want a number >= 0`},
		"budget below 0":  {"-budget -1 a.txt", `invalid value "-1" for flag -budget: want a number >= 0`},
		"huge budget":     {"-budget 1e9999 a.txt", `invalid value "1e9999" for flag -budget: want a number >= 0`},
		"infinite budget": {"-budget Inf a.txt", `invalid value "Inf" for flag -budget: want a number >= 0`},
		"unknown flag":    {"-x a.txt", "flag provided but not defined: -x, want " + synopsis},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			quiet.RequireUsage(t, "nextrelease: "+test.want, strings.Fields(test.args)...)
		})
	}
	require.Equal(t, "usage: "+synopsis+"\n", quiet.RequireHelp(t))
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	quiet.RequireFailure(t, "-ratio", "0.3", commandtest.WriteFile(t, "a.txt", small))
}

// FuzzRun holds that no file makes the command panic; that it either succeeds with JSON as promised, of
// which the figures hold, or says what is wrong, and where, and writes nothing.
func FuzzRun(f *testing.F) {
	for _, text := range []string{
		"", "\xff", "0\n0\n0\n", small, strings.ReplaceAll(small, "\n", " \r\n"),
		"1\n2\n1 1\n2\n1 2\n2 1\n0\n", "1\n1\n1 1\n", "1\n1\n0.5\n0\n2\n1e-9 0\n0 1 1\n7", "1\n1\n1e9\n1\n1 1\n1\n-1 3 1\n",
	} {
		f.Add(text, uint8(128))
	}
	file := filepath.Join(f.TempDir(), "a.txt")
	f.Fuzz(func(t *testing.T, text string, share uint8) {
		if len(text) > commandtest.MostFuzzed {
			return
		}
		ratio := decimal.New(int64(share), 0).DivRound(decimal.New(255, 0), 4).String()
		if found := quiet.RequireOutcome(t, file, text, "-ratio", ratio, "-steps", "100"); found != "" {
			requireRelease(t, file, decode(t, found))
		}
	})
}

// requireRelease adds up what the requests are worth and, with all they need, cost.
func requireRelease(t *testing.T, file string, got releaseJSON) {
	t.Helper()
	in := readInstance(command.Load(file, ""))
	var value, cost decimal.Decimal
	var open []int
	for _, key := range got.Requests {
		value = value.Add(in.requests[key-1].Value)
		open = append(open, in.requests[key-1].Items...)
	}
	paid := map[int]bool{}
	for len(open) > 0 {
		item := in.items[open[0]-1]
		open = open[1:]
		if !paid[item.Key] {
			paid[item.Key] = true
			cost = cost.Add(item.Cost)
			open = append(open, item.Needs...)
		}
	}
	require.Equal(t, value.String(), got.Value.String())
	require.Equal(t, cost.String(), got.Cost.String())
	number := func(n json.Number) decimal.Decimal { return decimal.RequireFromString(n.String()) }
	require.False(t, cost.GreaterThan(number(got.Budget)))
	require.False(t, value.GreaterThan(number(got.UpperBound)))
	require.Equal(t, value.Equal(number(got.UpperBound)), *got.Proven)
}
