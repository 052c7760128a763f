package narrative_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/story/narrative"
)

// BenchmarkRead compares reading a story with splitting the same text into words.
func BenchmarkRead(b *testing.B) {
	texts := []string{
		"As a regular guest of the hotel, I want to be able to book my usual room, so that I do not have to ask for it.",
		"As a member who has paid the fee, I want to borrow a second book so that I can read on over the holidays.",
		"As a clerk, when I press Save, I'd like to see a message in order to know that my work is safe.",
		"As a treasurer of the club, I want to add the fees of new members to the yearly report.",
	}
	fields := func() {
		for _, text := range texts {
			_ = strings.Fields(text)
		}
	}
	read := func() {
		for _, text := range texts {
			_ = narrative.Read(text)
		}
	}
	fastest := func(f func()) time.Duration {
		best := time.Hour
		for range 200 {
			start := time.Now()
			for range 20 {
				f()
			}
			best = min(best, time.Since(start)/20)
		}
		return best
	}
	baseline, each := fastest(fields), fastest(read)
	b.ReportAllocs()
	for b.Loop() {
		read()
	}
	b.ReportMetric(float64(each)/float64(baseline), "x-fields")
	b.ReportMetric(float64(each.Nanoseconds())/float64(len(texts)), "ns/story")
}

// BenchmarkReadGrowth shows that time grows with the text and no faster, whatever it is
// made of: x-fields, against splitting the same text into words, stays level from 1 KB to 10 MB.
func BenchmarkReadGrowth(b *testing.B) {
	for _, piece := range []string{"and the page ", "so it ", "( ", "as a ", "when I can ", "if it, ", "A. ", "not ", "“"} {
		for _, kb := range []int{1, 100, 10_000} {
			text := "As a user, I want it " + strings.Repeat(piece, kb*1000/len(piece))
			b.Run(fmt.Sprintf("%q/%dKB", piece, kb), func(b *testing.B) {
				var fields, read time.Duration
				for b.Loop() {
					start := time.Now()
					_ = strings.Fields(text)
					middle := time.Now()
					_ = narrative.Read(text)
					fields += middle.Sub(start)
					read += time.Since(middle)
				}
				b.ReportMetric(float64(read)/float64(fields), "x-fields")
			})
		}
	}
}
