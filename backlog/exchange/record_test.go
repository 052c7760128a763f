package exchange_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

func ExampleReadTable() {
	records, err := exchange.ReadTable(strings.NewReader("sep=;\nname;note\n\nPay;\"on\ntwo lines\"\n"), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, one := range records {
		fmt.Printf("%d %q %v\n", one.Number, one.Cells, one.At)
	}
	// Output:
	// 2 ["name" "note"] [{2 1} {2 6}]
	// 4 ["Pay" "on\ntwo lines"] [{4 1} {4 5}]
}

func ExampleOptions_Dates() {
	days, note := exchange.Options{}.Dates([]string{"3/4/2025", "27/3/2025", "2025-W49", "soon"})
	for _, day := range days {
		fmt.Println(day.Format(time.DateOnly), day.IsZero())
	}
	fmt.Printf("%q\n", note)
	_, note = exchange.Options{}.Dates([]string{"3/4/2025"})
	fmt.Println(note)
	// Output:
	// 2025-04-03 false
	// 2025-03-27 false
	// 2025-12-01 false
	// 0001-01-01 true
	// ""
	// 1 date could be day first or month first, such as "3/4/2025", and nothing in the file decides it; read month first
}

// A table is the same records in every dialect, and a cell begins where it stands.
func TestReadTable(t *testing.T) {
	for format, columns := range tables {
		want, err := exchange.ReadTable(strings.NewReader(spelled(columns, ",", "\n", false)), exchange.Options{})
		require.NoError(t, err)
		require.Len(t, want, 3)
		for name, text := range map[string]string{
			"quoted, semicolons": "\uFEFF" + spelled(columns, ";", "\r\n", true), "tabs": spelled(columns, "\t", "\n", false),
			"UTF-16": utf16LE(spelled(columns, ",", "\r\n", false)), "blank rows": strings.ReplaceAll(spelled(columns, ",", "\n", false), "\n", "\n,,\n\n"),
		} {
			got, err := exchange.ReadTable(strings.NewReader(text), exchange.Options{})
			require.NoError(t, err)
			require.Len(t, got, 3, name)
			for i := range got {
				require.Equal(t, want[i].Cells, got[i].Cells, "%s, %s", format, name)
				require.False(t, got[i].Unclosed)
			}
		}
		lines := strings.Split(spelled(columns, ",", "\n", false), "\n")
		for _, one := range want {
			for i, at := range one.At {
				require.True(t, strings.HasPrefix(lines[at.Line-1][at.Column-1:], one.Cells[i]), "%s: %v", format, at)
			}
		}
	}
	records, err := exchange.ReadTable(strings.NewReader("a,b\n\"c,d\n"), exchange.Options{})
	require.NoError(t, err)
	require.Equal(t, []bool{false, true}, []bool{records[0].Unclosed, records[1].Unclosed})
	records, err = exchange.ReadTable(strings.NewReader(" \n"), exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, records)
	for _, options := range []exchange.Options{{MaxBytes: 2}, {MaxColumns: 1}, {MaxItems: 1}, {MaxCells: 3}} {
		_, err = exchange.ReadTable(strings.NewReader("a,b\nc,d\n"), options)
		require.ErrorIs(t, err, exchange.ErrTooLarge)
	}
	_, err = exchange.ReadTable(strings.NewReader("a"), exchange.Options{MaxCells: -1})
	require.ErrorIs(t, err, exchange.ErrInvalid)
}

// Few years have a week 53.
func TestWeeks(t *testing.T) {
	for text, want := range map[string]string{
		"2026-W53": "2026-12-28", "2026W53": "2026-12-28", "2025-W01": "2024-12-30", "2025-W52-7": "2025-12-28", "2025-W53": "", "2025-W00": "", "2025-W4": "",
	} {
		days, note := exchange.Options{}.Dates([]string{text})
		require.Empty(t, note)
		require.Equal(t, want == "", days[0].IsZero(), text)
		if want != "" {
			require.Equal(t, want, days[0].Format(time.DateOnly), text)
		}
	}
}
