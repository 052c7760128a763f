//go:build unix

package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// processorTime is what the process has used so far: other programs do not disturb it.
func processorTime() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkCalibrate is the growth table: a calibrated forecast of 1,000 items and its record, for
// histories of n periods; the least processor time, and that per period. 20 ms are wanted for 300.
func BenchmarkCalibrate(b *testing.B) {
	for _, n := range []int{75, 150, 300, 600, 1200} {
		h := forecast.Items(randomHistory(rand.New(rand.NewPCG(2, 2)), n, 50)...)
		b.Run(fmt.Sprintf("periods=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			best := time.Hour
			for b.Loop() {
				start := processorTime()
				c, err := forecast.Calibrate(h, forecast.CalibrateOptions{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := c.When(forecast.ItemScope(1000)); err != nil {
					b.Fatal(err)
				}
				if _, err := c.Record(forecast.RecordOptions{}); err != nil {
					b.Fatal(err)
				}
				best = min(best, processorTime()-start)
			}
			b.ReportMetric(float64(best.Microseconds()), "best-µs")
			b.ReportMetric(float64(best.Microseconds())/float64(n), "best-µs/period")
		})
	}
}
