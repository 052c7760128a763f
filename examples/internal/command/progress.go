package command

import (
	"fmt"
	"io"
	"time"
)

// Watch does the work and, for as long as it takes, says every interval on stderr that it goes on:
// "ordering 3000 items: 2s so far". Work that takes less than the interval is not mentioned. The work
// does not notice, so that its result does not depend on the clock.
func Watch(stderr io.Writer, every time.Duration, doing string, work func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	begin := time.Now() // before the first tick, or that would be a time before the beginning
	go func() {
		defer close(ended)
		ticks := time.NewTicker(every)
		defer ticks.Stop()
		for {
			select {
			case <-done:
				return
			case now := <-ticks.C:
				_, _ = fmt.Fprintf(stderr, "%s: %s so far\n", doing, now.Sub(begin).Round(every))
			}
		}
	}()
	defer func() {
		close(done)
		<-ended
	}()
	work()
}
