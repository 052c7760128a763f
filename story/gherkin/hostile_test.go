package gherkin_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// hostile are texts nobody should have to read, of about n bytes each.
var hostile = []struct {
	name string
	text func(n int) string
}{
	{"one-line", func(n int) string { return strings.Repeat("x", n) }},
	{"one-name", func(n int) string { return "Feature: " + strings.Repeat("é ", n/3) }},
	{"binary", func(n int) string {
		r := rand.New(rand.NewPCG(1, 1))
		data := make([]byte, n)
		for i := range data {
			data[i] = byte(r.IntN(256))
		}
		return string(data)
	}},
	{"invalid-utf8", func(n int) string { return "Feature: " + strings.Repeat("\xff", n) }},
	{"nul", func(n int) string { return "Feature: a\n" + strings.Repeat("\x00", n) }},
	{"marks", func(n int) string { return "Feature: " + strings.Repeat("\u200f", n/3) }},
	{"scenarios", func(n int) string { return "Feature: a\n" + strings.Repeat("Scenario: b\n Given c\n", n/21) }},
	{"columns", func(n int) string {
		return "Feature: a\nScenario: b\n Given c\n" + strings.Repeat("| x ", n/8) + "|\n" + strings.Repeat("|", n/8+1)
	}},
	{"outline", func(n int) string {
		return "Feature: a\nScenario: b\n" + strings.Repeat("Given <c> <d>\n", n/30) +
			"Examples:\n| d |\n" + strings.Repeat("| e |\n", n/12)
	}},
	{"examples", func(n int) string {
		return "Feature: a\nScenario: <b>\n" + strings.Repeat("Examples:\n|c|\n", n/14)
	}},
	{"escapes", func(n int) string { return "Feature: a\nScenario: b\n Given c\n" + strings.Repeat(`|\|`, n/3) }},
	{"tags", func(n int) string { return strings.Repeat("@a #\n@", n/6) }},
	{"hashes", func(n int) string { return "@" + strings.Repeat("#", n) }},
	{"comments", func(n int) string { return "Feature: a\n" + strings.Repeat("# b\n", n/4) }},
	{"open-brackets", func(n int) string {
		return "Feature: a\nScenario: b\nGiven " + strings.Repeat("<", n/2) + strings.Repeat("<>", n/4) +
			"\nExamples:\n|c|"
	}},
	{"steps-same", func(n int) string { return "Feature: a\nScenario: b\n" + strings.Repeat("Given it is c\n", n/14) }},
	{"steps-differ", func(n int) string {
		var b strings.Builder
		b.WriteString("Feature: a\nScenario: b\n")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "Given c%c%c%c, %c\n", 'a'+i%26, 'a'+i/26%26, 'a'+i/26/26%26, 'a'+i/26/26/26%26) // of one signature
		}
		return b.String()
	}},
	{"step-of-marks", func(n int) string { return twoSteps(strings.Repeat(" - , . ", n/14)) }},
	{"step-of-words", func(n int) string { return twoSteps(strings.Repeat("don't ", n/12)) }},
	{"step-of-brackets", func(n int) string { return twoSteps(strings.Repeat("<", n/2)) }},
	{"step-of-quotes", func(n int) string { return twoSteps(strings.Repeat(" 'a", n/6)) }},
	{"step-of-open-quotes", func(n int) string { return twoSteps(strings.Repeat("„“«‘", n/22)) }},
	{"steps-of-quotes", func(n int) string {
		return "Feature: a\nScenario: b\n" + strings.Repeat("Given '\"<`“\xff c\n", n/18)
	}},
	{"doc-string", func(n int) string {
		return "Feature: a\nScenario: b\n Given c\n  \"\"\"\n" + strings.Repeat("   \\\"\\\"\\\" d\n", n/12)
	}},
	{"description", func(n int) string { return "Feature: a\n b\n" + strings.Repeat(" \n", n/2) + "c" }},
}

// twoSteps is a feature of two steps that begin alike.
func twoSteps(text string) string {
	return "Feature: a\nScenario: b\nGiven " + text + "\nAnd " + text + " c"
}

// judged returns the first place at which reading or checking finds a flaw.
func judged(text string) (at gherkin.Position, ok bool) {
	doc, err := gherkin.Parse(text)
	findings := doc.Check(gherkin.Checks(gherkin.Limits{})...)
	_ = doc.String()
	var errs gherkin.SyntaxErrors
	if errors.As(err, &errs) {
		return errs[0].Position, true
	}
	if len(findings) > 0 {
		return findings[0].Position, true
	}
	return gherkin.Position{}, false
}

// Every hostile text, 100,000 scenarios and 100,000 columns among them, is answered by a place.
func TestHostile(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			n := 2_100_000
			if testing.Short() {
				n = 21_000
			}
			at, ok := judged(h.text(n))
			require.True(t, ok)
			require.Positive(t, at.Line)
		})
	}
}

// BenchmarkHostile reads, checks and writes texts of doubling size. x-half is the time against that
// of a text half as long, measured in the same run: 2 is linear.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		for _, megabytes := range []int{2, 10} {
			b.Run(fmt.Sprintf("%s/%dMB", h.name, megabytes), func(b *testing.B) {
				half, whole := h.text(megabytes<<19), h.text(megabytes<<20)
				b.SetBytes(int64(len(whole)))
				b.ReportAllocs()
				best := func(text string, before time.Duration) time.Duration {
					start := time.Now()
					_, _ = judged(text)
					if took := time.Since(start); before == 0 || took < before {
						return took
					}
					return before
				}
				var tookHalf, tookWhole time.Duration
				for b.Loop() {
					tookHalf = best(half, tookHalf)
					tookWhole = best(whole, tookWhole)
				}
				b.ReportMetric(float64(tookWhole)/float64(tookHalf), "x-half")
			})
		}
	}
}

// BenchmarkParseScenario reads the 20 lines of a ticket. x-fields is the time against
// strings.Fields on the same text.
func BenchmarkParseScenario(b *testing.B) {
	require.Equal(b, 20, strings.Count(ticket, "\n"))
	measureFields := func() float64 {
		const rounds = 2_000
		start := time.Now()
		for range rounds {
			_ = strings.Fields(ticket)
		}
		return float64(time.Since(start)) / rounds
	}
	b.ReportAllocs()
	fields := measureFields()
	for b.Loop() {
		if _, err := gherkin.ParseScenario(ticket); err != nil {
			b.Fatal(err)
		}
	}
	fields = min(fields, measureFields())
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/fields, "x-fields")
}

// BenchmarkParse reads and writes a feature of 1,000 scenarios.
func BenchmarkParse(b *testing.B) {
	text := "Feature: many\n" + strings.Repeat(ticket, 1_000)
	doc, err := gherkin.Parse(text)
	require.NoError(b, err)
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			_, _ = gherkin.Parse(text)
		}
	})
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			_ = doc.String()
		}
	})
	b.Run("check", func(b *testing.B) {
		checks := gherkin.Checks(gherkin.Limits{})
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			_ = doc.Check(checks...)
		}
	})
}
