package quality_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/backlogkit/backlogkit/story/quality"
)

// BenchmarkCheck shows that time grows with the size of the set and no faster, whatever stands in
// it: ns/story stays level from 1,000 to 100,000 stories.
func BenchmarkCheck(b *testing.B) {
	sets := map[string]func(i int) string{
		"uniform": func(i int) string {
			return fmt.Sprintf("As a user%d, I want to see page %d of book %d, so that I can read on%d", i, i*7, i*31, i*13)
		},
		"identical": func(int) string { return "As a user, I want to see the page, so that I can read on" },
		"similar": func(i int) string {
			return fmt.Sprintf("As a user, I want to see page %d of the great book, so that I can read on", i)
		},
	}
	for _, name := range []string{"uniform", "identical", "similar"} {
		for _, n := range []int{1_000, 10_000, 100_000} {
			texts := make([]string, n)
			for i := range texts {
				texts[i] = sets[name](i)
			}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_ = quality.Check(quality.Read(texts...))
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/story")
			})
		}
	}
}

// BenchmarkCheckLongText shows the same for the length of one story.
func BenchmarkCheckLongText(b *testing.B) {
	for _, kb := range []int{10, 100, 1_000, 10_000} {
		text := "As a user, I want to " + strings.Repeat("see (it) and a ", kb*1000/15)
		b.Run(fmt.Sprintf("%dKB", kb), func(b *testing.B) {
			for b.Loop() {
				_ = quality.Check(quality.Read(text))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(kb), "ns/KB")
		})
	}
}
