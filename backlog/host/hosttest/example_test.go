package hosttest_test

import (
	"context"
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/roadmap"
)

var (
	start = time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	otto  = backlog.As("Otto", backlog.ProductOwner)
	paula = backlog.As("Paula", backlog.ProductManager)
)

// An append that times out may have been written. The caller gets the error, and the backlog has what
// the log has.
func ExampleFaultyLog() {
	fault := hosttest.Fault(0)
	log := &hosttest.FaultyLog{Log: &host.MemoryLog{}, Next: func(isAppend bool) hosttest.Fault {
		if isAppend {
			return fault
		}
		return 0
	}}
	products := host.New(log, host.Options{})
	ctx := context.Background()

	fault = hosttest.TimesOut
	vision := backlog.SetVision{Vision: roadmap.Vision{Text: "Checkout in one step"}}
	_, err := products.Execute(ctx, "checkout", []backlog.Change{vision}, paula, start, backlog.DecideOptions{})
	fmt.Println(err)

	err = products.View(ctx, "checkout", func(v *backlog.View) error {
		vision, _ := v.Vision()
		fmt.Println(vision.Text)
		return nil
	})
	fmt.Println(err)
	// Output:
	// host: product "checkout": append: hosttest: a fault on purpose
	// Checkout in one step
	// <nil>
}
