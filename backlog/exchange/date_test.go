package exchange_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// column returns a table with one column beside the titles.
func column(header string, cells ...string) string {
	var out strings.Builder
	out.WriteString("title\t" + header + "\n")
	for i, cell := range cells {
		fmt.Fprintf(&out, "Item %d\t\"%s\"\n", i, strings.ReplaceAll(cell, `"`, `""`))
	}
	return out.String()
}

// jiraColumn is the same as an export of Jira, whose columns are what they promise.
func jiraColumn(header string, cells ...string) string {
	var out strings.Builder
	out.WriteString("Issue key\tSummary\t" + header + "\n")
	for i, cell := range cells {
		fmt.Fprintf(&out, "A-%d\tItem %d\t\"%s\"\n", i, i, strings.ReplaceAll(cell, `"`, `""`))
	}
	return out.String()
}

func TestDates(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	tests := map[string]string{
		"07/Mar/25 9:05 AM":                       "2025-03-07T09:05:00+01:00",
		"07/Mar/25 12:00 AM":                      "2025-03-07T00:00:00+01:00",
		"07/mar./25 12:30 PM":                     "2025-03-07T12:30:00+01:00",
		"7/ene/25 9:05 p. m.":                     "2025-01-07T21:05:00+01:00",
		"07/abr/2025 9:05":                        "2025-04-07T09:05:00+02:00",
		"07/ago/25 9:05 PM":                       "2025-08-07T21:05:00+02:00",
		"07/dic/25 9:05 AM":                       "2025-12-07T09:05:00+01:00",
		"07/févr./25 9:05 AM":                     "2025-02-07T09:05:00+01:00",
		"07/juil./25 9:05 AM":                     "2025-07-07T09:05:00+02:00",
		"07/sept./25 9:05 AM":                     "2025-09-07T09:05:00+02:00",
		"07/lut/25 9:05 AM":                       "2025-02-07T09:05:00+01:00",
		"07/lip/25 9:05 AM":                       "2025-07-07T09:05:00+02:00",
		"07/mai/25 9:05 AM":                       "2025-05-07T09:05:00+02:00",
		"07/out/25 9:05 AM":                       "2025-10-07T09:05:00+02:00",
		"07/paź/25 9:05":                          "2025-10-07T09:05:00+02:00",
		"07/三月/25 9:05 上午":                        "2025-03-07T09:05:00+01:00",
		"2025/03/07 9:05 午後":                      "2025-03-07T21:05:00+01:00",
		"07/марта/25 9:05":                        "2025-03-07T09:05:00+01:00",
		"07/дек/25 9:05":                          "2025-12-07T09:05:00+01:00",
		"07/Şub/25 9:05 AM":                       "2025-02-07T09:05:00+01:00",
		"07/Des/25 9:05 AM":                       "2025-12-07T09:05:00+01:00",
		"27 de marzo de 2025":                     "2025-03-27T00:00:00+01:00",
		"27. März 2025":                           "2025-03-27T00:00:00+01:00",
		"March 27, 2025":                          "2025-03-27T00:00:00+01:00",
		"Mar 27 2025, 2:05 PM":                    "2025-03-27T14:05:00+01:00",
		"Thursday, March 27, 2025":                "2025-03-27T00:00:00+01:00",
		"martes 27 abril 2021":                    "2021-04-27T00:00:00+02:00",
		"3/27/2025 14:05":                         "2025-03-27T14:05:00+01:00",
		"27/3/2025 14:05":                         "2025-03-27T14:05:00+01:00",
		"3/27/25":                                 "2025-03-27T00:00:00+01:00",
		"27-03-2025":                              "2025-03-27T00:00:00+01:00",
		"2025-03-27":                              "2025-03-27T00:00:00+01:00",
		"2025/03/27 14:05:06":                     "2025-03-27T14:05:06+01:00",
		"2025年3月27日 14:05":                        "2025-03-27T14:05:00+01:00",
		"5.6.2025 09:08:07":                       "2025-06-05T09:08:07+02:00",
		"27.3.25":                                 "2025-03-27T00:00:00+01:00",
		"Mon Feb 03 2025 14:05:06 GMT+0000 (GMT)": "2025-02-03T14:05:06Z",
		"Mon Feb 03 2025 14:05:06 GMT+0100 (Central European Time)":      "2025-02-03T14:05:06+01:00",
		"Mon Feb 03 2025 14:05:06 GMT-0330 (Newfoundland Standard Time)": "2025-02-03T14:05:06-03:30",
		"Thu Mar 27 14:05:06 UTC 2025":                                   "2025-03-27T14:05:06Z",
		"Thu, 27 Mar 2025 14:05:06 GMT":                                  "2025-03-27T14:05:06Z",
		"2025-03-27T14:05:06.123+0000":                                   "2025-03-27T14:05:06.123Z",
		"2025-03-27T14:05:06Z":                                           "2025-03-27T14:05:06Z",
		"2025-03-27T14:05:06+01:00":                                      "2025-03-27T14:05:06+01:00",
		"2025-03-27T14:05":                                               "2025-03-27T14:05:00+01:00",
		"2025-03-27 14:05:06.12":                                         "2025-03-27T14:05:06.12+01:00",
		"2025-03-27 14:05:06 UTC":                                        "2025-03-27T14:05:06Z",
		"2025-03-27 14:05:06 -0700":                                      "2025-03-27T14:05:06-07:00",
		"2025-11-24T13:58:03.677572681Z":                                 "2025-11-24T13:58:03.677572681Z",
		"20251203T100000Z":                                               "2025-12-03T10:00:00Z",
		"20251203":                                                       "2025-12-03T00:00:00+01:00",
		"2025-W49":                                                       "2025-12-01T00:00:00+01:00",
		"2025-W01-3":                                                     "2025-01-01T00:00:00+01:00",
		"1743084306":                                                     "2025-03-27T15:05:06+01:00",
		"1743084306123":                                                  "2025-03-27T15:05:06.123+01:00",
		"\u00A02025-03-27\u200B":                                         "2025-03-27T00:00:00+01:00",
		"2025-03-27\u00A014:05":                                          "2025-03-27T14:05:00+01:00",
		"07/Mar/25 9:05\u202FAM":                                         "2025-03-07T09:05:00+01:00",
	}
	for text, want := range tests {
		doc := read(t, jiraColumn("Created", text), exchange.Options{Location: berlin})
		require.Empty(t, doc.Losses, text)
		require.Equal(t, want, doc.Items[0].Created.Format(time.RFC3339Nano), text)
		require.Equal(t, exchange.DateCounts{Read: 1}, doc.Dates, text)
	}
}

func TestDatesThatAreNone(t *testing.T) {
	for _, text := range []string{
		"soon", "Q3 2025", "31/Feb/25", "2025-02-30", "2025-13-01", "13/13/2025", "1.2.3", "25:00", "12:30", "2025",
		"9999-12-31", "07/Foo/25", "2025-03-27T25:00", "2025-03-27 10:99", "07/Mar/25 13:05 PM", "2025-W54", "2025-03-27 trailing words",
		"12345678901234567890", "2025-03-27-04", "2025-03-27T14:05:06+99:00", "March 2025 27 12", strings.Repeat("1/", 60),
	} {
		doc := read(t, jiraColumn("Created", text), exchange.Options{})
		require.Len(t, doc.Losses, 1, text)
		require.Equal(t, exchange.DateCounts{Unread: 1}, doc.Dates, text)
		require.Equal(t, "Created", doc.Losses[0].Column)
		require.Equal(t, text, doc.Losses[0].Value)
		require.Equal(t, 2, doc.Losses[0].Row)
	}
}

// The file as a whole tells which number is the month; where nothing tells, that is said.
func TestDateOrder(t *testing.T) {
	const first, second = "3/4/2025", "5/6/2025"
	tests := map[string]struct {
		cells     []string
		options   exchange.Options
		month     time.Month
		ambiguous int
		warnings  int
	}{
		"day first":      {cells: []string{first, "27/3/2025"}, month: time.April},
		"month first":    {cells: []string{first, "3/27/2025"}, month: time.March},
		"nothing tells":  {cells: []string{first, second}, month: time.March, ambiguous: 2, warnings: 1},
		"equal numbers":  {cells: []string{"3/3/2025"}, month: time.March},
		"both":           {cells: []string{first, "27/3/2025", "28/3/2025", "3/27/2025"}, month: time.April, ambiguous: 1, warnings: 1},
		"chosen":         {cells: []string{first, second}, options: exchange.Options{DateOrder: exchange.DayFirst}, month: time.April},
		"chosen month":   {cells: []string{first}, options: exchange.Options{DateOrder: exchange.MonthFirst}, month: time.March},
		"dots have days": {cells: []string{"3.4.2025", "3/27/2025"}, month: time.April},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc := read(t, jiraColumn("Created", test.cells...), test.options)
			require.Empty(t, doc.Losses)
			require.Equal(t, test.month, doc.Items[0].Created.Month())
			require.Equal(t, len(test.cells), doc.Dates.Read)
			require.Equal(t, test.ambiguous, doc.Dates.Ambiguous)
			require.Len(t, doc.Warnings, test.warnings)
			for _, warning := range doc.Warnings {
				require.Contains(t, warning, "Options.DateOrder")
				require.Contains(t, warning, "read ")
			}
		})
	}
}

// Nothing is changed before it was created: where that tells the order, it is known.
func TestDateOrderOfTime(t *testing.T) {
	const header = "Issue key\tSummary\tCreated\tUpdated\n"
	for row, month := range map[string]time.Month{"3/4/2025\t2/5/2025": time.April, "3/4/2025\t4/2/2025": time.March} {
		doc := read(t, header+"A-1\tFirst\t"+row+"\n", exchange.Options{})
		require.Equal(t, month, doc.Items[0].Created.Month(), row)
		require.Zero(t, doc.Dates.Ambiguous)
		require.Empty(t, doc.Warnings)
	}
	doc := read(t, header+"A-1\tFirst\t3/4/2025\t5/6/2025\nA-2\tSecond\t3/4/2025\t2/5/2025\nA-3\tThird\t3/4/2025\t4/2/2025\n", exchange.Options{})
	require.Equal(t, 6, doc.Dates.Ambiguous) // it tells both
}

// Another column decides as well, also a custom one.
func TestDateOrderOfFile(t *testing.T) {
	doc := read(t, "Issue key\tCreated\tCustom field (Start date)\nA-1\t3/4/2025\t27/3/2025\n", exchange.Options{})
	require.Equal(t, time.April, doc.Items[0].Created.Month())
	require.Equal(t, []exchange.Value{{Name: "Start date", Type: exchange.Instant, Text: "2025-03-27T00:00:00Z"}}, doc.Items[0].Custom)
	at, ok := doc.Items[0].Custom[0].Time()
	require.True(t, ok)
	require.Equal(t, time.March, at.Month())
}

// Any instant, printed in the forms that Go knows, is read back.
func TestDatesRoundTrip(t *testing.T) {
	forms := []string{
		time.RFC3339Nano, time.RFC1123Z, time.UnixDate, time.RubyDate, time.RFC850, time.DateTime, "02/Jan/06 3:04 PM",
		"02 Jan 2006 15:04:05", "2006-01-02T15:04:05.000-0700", "2.1.2006 15:04:05", "20060102T150405Z", "January 2, 2006 3:04:05 PM",
	}
	for day := range 400 {
		at := time.Date(2024, 1, 1+day, day%24, day%60, day*7%60, 0, time.UTC)
		for _, form := range forms {
			text := at.Format(form)
			doc := read(t, jiraColumn("Created", text), exchange.Options{})
			require.Empty(t, doc.Losses, text)
			want := at
			if !strings.Contains(form, "05") {
				want = at.Truncate(time.Minute)
			}
			require.True(t, want.Equal(doc.Items[0].Created), "%s: %s, want %s", text, doc.Items[0].Created, want)
		}
	}
}

// The form of most dates in JSON is read in a way of its own, and as the others are.
func TestInstantsAreReadAsDates(t *testing.T) {
	starts := []string{
		"2025-03-27T14:05:06", "2025-03-27T14:05:06.1", "2025-12-31T23:59:60.123456789", "0001-01-01T00:00:00", "2025-02-31T24:00:00",
		"2025-13-01T00:60:00", "2025-03-27T14:05:06.1234567890", "2025-03-27 14:05:06", "2025-03-27T14:05",
	}
	ends := []string{"", "Z", "z", "+01:00", "-05:30", "+14:00", "+14:59", "+15:00", "+00:60", "+0100", " UTC", ".", "+1:00", "Z[UTC]"}
	random := rand.New(rand.NewPCG(3, 4))
	read := 0
	for _, start := range starts {
		for _, end := range ends {
			for range 200 {
				text := []byte(start + end)
				for range random.IntN(3) {
					text[random.IntN(len(text))] = "0123456789TZ:+-. "[random.IntN(17)]
				}
				if ok, isSame := exchange.InstantDate(string(text)); ok {
					require.True(t, isSame, "%s", text)
					read++
				}
			}
		}
	}
	require.Greater(t, read, 1000)
}
