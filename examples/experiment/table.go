package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"
)

// section writes a heading and the rows below it, in aligned columns.
func section(out *bytes.Buffer, heading string, rows [][]string) {
	fmt.Fprintf(out, "\n%s\n", heading)
	tabs := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		line := strings.Join(row, "\t")
		_, _ = fmt.Fprintln(tabs, "  "+strings.TrimRight(line, "\t"))
	}
	_ = tabs.Flush()
}

// onLine reduces white space to single spaces, and makes question marks of characters that a terminal
// might obey.
func onLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '?'
		}
		return r
	}, text)
}

// quote writes a value for a message.
func quote(s string) string { return fmt.Sprintf("%q", shorten(s)) }

// shorten cuts what is too long for a message or a table.
func shorten(s string) string { return shortenTo(s, 60) }

func shortenTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}

// counted is a number with its noun: "1 item", "2 items".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
