package exchange_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"3.0": "3", "0.0": "0", "5,2": "5.2", "0.200": "0.2", "1,200.5": "1200.5", "1.200,5": "1200.5", "1.234.567": "1234567", "1,234,567": "1234567",
		"$12,000.00": "12000", "12 000 €": "12000", "12k": "12000", "~1.5K": "1500", "1.5M": "1500000", "2 SP": "2", "3 pts": "3", "+4": "4", "-4": "-4",
		"−4": "-4", "1e3": "1000", "1.5E-2": "0.015", "1'200": "1200", "1\u00A0200": "1200", "1\u202F200,5": "1200.5", " 8 ": "8",
		"\u00A08\u200B": "8", "80%": "80", "80 %": "80", "80\u00A0%": "80", "00012": "12", "€5": "5", ".5": "0.5",
	} {
		doc := read(t, jiraColumn("Custom field (Story Points)", text), exchange.Options{})
		require.Empty(t, doc.Losses, text)
		require.Empty(t, doc.Warnings, text)
		got := doc.Items[0].Points
		require.True(t, got.Valid, text)
		require.True(t, decimal.RequireFromString(want).Equal(got.Decimal), "%s: %s", text, got.Decimal)
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	for text, reason := range map[string]string{
		"20-30": "a range", "20 – 30": "a range", "many": "no number", "3 or 5": "no number", "1,2,3": "points and commas", "1.2.3": "points and commas",
		"TBD": "no number", "?": "no number", "$": "no number", "1,23,456": "points and commas", "M": "no number", "5/8": "no number",
		strings.Repeat("9", 200): "no number", "1e99": "no number", "0x10": "no number", "3 (was 5)": "no number",
	} {
		doc := read(t, jiraColumn("Custom field (Story Points)", text), exchange.Options{})
		require.Len(t, doc.Losses, 1, text)
		require.Contains(t, doc.Losses[0].Reason, reason, text)
		require.Equal(t, text, doc.Losses[0].Value)
	}
}

// A dash and "n/a" state that there is no number.
func TestNoNumber(t *testing.T) {
	for _, text := range []string{"-", "–", "n/a", "N/A", "none", "null"} {
		doc := read(t, jiraColumn("Custom field (Story Points)", text), exchange.Options{})
		require.Empty(t, doc.Losses, text)
		require.False(t, doc.Items[0].Points.Valid, text)
	}
}

// The file as a whole tells what a mark means; where nothing tells, that is said.
func TestDecimalMark(t *testing.T) {
	tests := map[string]struct {
		cells    []string
		options  exchange.Options
		want     string // of the first
		warnings int
	}{
		"comma elsewhere":      {cells: []string{"1.200", "5,2"}, want: "1200"},
		"point elsewhere":      {cells: []string{"1.200", "5.2"}, want: "1.2"},
		"point, thousands":     {cells: []string{"1,200", "5.2"}, want: "1200"},
		"comma, decimals":      {cells: []string{"1,200", "5,2"}, want: "1.2"},
		"nothing tells":        {cells: []string{"1.200"}, want: "1.2", warnings: 1},
		"nothing tells, comma": {cells: []string{"1,200"}, want: "1200", warnings: 1},
		"chosen":               {cells: []string{"1.200"}, options: exchange.Options{DecimalMark: exchange.DecimalComma}, want: "1200"},
		"both, and no doubt":   {cells: []string{"5.2", "5,2"}, want: "5.2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc := read(t, jiraColumn("Custom field (Story Points)", test.cells...), test.options)
			require.Empty(t, doc.Losses)
			require.True(t, decimal.RequireFromString(test.want).Equal(doc.Items[0].Points.Decimal))
			require.Len(t, doc.Warnings, test.warnings)
			for _, warning := range doc.Warnings {
				require.Contains(t, warning, "Options.DecimalMark")
			}
		})
	}
}

func TestTimes(t *testing.T) {
	for text, want := range map[string]int64{
		"3600": 3600, "1h": 3600, "2h 30m": 9000, "90 min": 5400, "01:30": 5400, "01:30:15": 5415, "15 hours": 54000, "1.5h": 5400, "0": 0,
	} {
		doc := read(t, jiraColumn("Original estimate", text), exchange.Options{})
		require.Empty(t, doc.Losses, text)
		require.True(t, decimal.NewFromInt(want).Equal(doc.Items[0].Estimated.Decimal), text)
	}
	for _, text := range []string{"3d", "1w 2d", "soon", "1:2:3:4", "h"} {
		doc := read(t, jiraColumn("Original estimate", text), exchange.Options{})
		require.Len(t, doc.Losses, 1, text)
	}
	// Hours in a column of points are a time.
	doc := read(t, jiraColumn("Story Points", "15 hours"), exchange.Options{})
	require.False(t, doc.Items[0].Points.Valid)
	require.Equal(t, "54000", doc.Items[0].Estimated.Decimal.String())
}

// All values of a custom column are of one type, and are the same when they are written in another form.
func TestTypesOfValues(t *testing.T) {
	tests := map[string]struct {
		cells []string
		want  exchange.ValueType
		text  string
	}{
		"numbers":           {cells: []string{"5,0", "1200"}, want: exchange.Number, text: "5.0"},
		"trailing zeros":    {cells: []string{"1.10", "1.1"}, want: exchange.Number, text: "1.10"},
		"identifiers":       {cells: []string{"007", "008"}, want: exchange.Text, text: "007"},
		"one is no number":  {cells: []string{"5", "five"}, want: exchange.Text, text: "5"},
		"units":             {cells: []string{"5 km"}, want: exchange.Text, text: "5 km"},
		"percent":           {cells: []string{"80%"}, want: exchange.Text, text: "80%"},
		"dates":             {cells: []string{"27/Mar/25 9:05 AM"}, want: exchange.Instant, text: "2025-03-27T09:05:00Z"},
		"versions":          {cells: []string{"1.2.10", "1.3.11"}, want: exchange.Text, text: "1.2.10"},
		"seconds are none":  {cells: []string{"1743084306"}, want: exchange.Number, text: "1743084306"},
		"many digits":       {cells: []string{"12345678901234567890"}, want: exchange.Text, text: "12345678901234567890"},
		"yes and no":        {cells: []string{"TRUE", "false"}, want: exchange.Flag, text: "true"},
		"text":              {cells: []string{" a text ", "5"}, want: exchange.Text, text: "a text"},
		"one is no weekday": {cells: []string{"2025-03-27", "Thursday"}, want: exchange.Text, text: "2025-03-27"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc := read(t, jiraColumn("Custom field (Odd)", test.cells...), exchange.Options{})
			require.Empty(t, doc.Losses)
			require.Equal(t, exchange.Value{Name: "Odd", Type: test.want, Text: test.text}, doc.Items[0].Custom[0])
			number, ok := doc.Items[0].Custom[0].Number()
			require.Equal(t, test.want == exchange.Number, ok)
			if ok {
				require.True(t, decimal.RequireFromString(test.text).Equal(number))
			}
		})
	}
}
