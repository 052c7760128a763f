package story_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// BenchmarkReadNarrative compares reading a story with splitting the same text into words.
func BenchmarkReadNarrative(b *testing.B) {
	texts := []string{
		"As a Data Publishing User, I want to be able to import data in Excel, so that I do not have to convert formats.",
		"As a site member who has read a teaser, I want to read the entire article so that I can finish what appeals to me.",
		"As a user, when I press Save, I'd like to see a message in order to know that my work is safe.",
		"As a broker team member, I want to add the PPoPCode cases to the derivation logic.",
	}
	fields := func() {
		for _, text := range texts {
			_ = strings.Fields(text)
		}
	}
	read := func() {
		for _, text := range texts {
			_ = story.ReadNarrative(text)
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

// BenchmarkReadNarrativeGrowth shows that twice the text costs twice the time: ns/KB stays level.
func BenchmarkReadNarrativeGrowth(b *testing.B) {
	for name, piece := range map[string]string{
		"one sentence": "and the page ", "so that": "so that it ", "brackets": "( ", "as a": "as a ", "I can": "when I can ", "paragraphs": "A.\n\n- ",
	} {
		for _, kb := range []int{1, 100, 10_000} {
			text := "As a user, I want it " + strings.Repeat(piece, kb*1000/len(piece))
			b.Run(fmt.Sprintf("%s/%dKB", name, kb), func(b *testing.B) {
				for b.Loop() {
					_ = story.ReadNarrative(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(kb), "ns/KB")
			})
		}
	}
}
