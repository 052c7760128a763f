// Package host is the loop of a program that keeps backlogs in a log of its own: read, decide, append,
// apply, and decide again when somebody else was faster.
//
// A host implements [Log], two methods over whatever stores its events, and has the rest from
// [Products]:
//
//	products := host.New(eventLog{db}, host.Options{
//		Backlog: func(product string) backlog.Options { return rules },
//	})
//	_, err := products.Execute(ctx, "checkout", []backlog.Change{backlog.AcceptStory{Story: id}}, otto,
//		time.Now(), backlog.DecideOptions{})
//	err = products.View(ctx, "checkout", func(v *backlog.View) error { … })
//
// Each product has a backlog and a log. [Products.Execute] makes changes that are known beforehand,
// [Products.Update] has a func choose them from what the backlog is now, [Products.View] reads. What
// they return from the backlog, such as [backlog.ErrNotAllowed], is handed on as it is; errors of the
// log are wrapped.
//
// # Several processes
//
// Any number of processes may use one log. A decision holds for the state it was made on, so Append
// refuses it with [ErrMoved] if the log has got another event since; Products then reads what is new and
// decides again, a stated number of times and without waiting. A change that no longer fits is refused
// as if it had come later, which it did. A caller who wants none of that states in
// [backlog.DecideOptions] what it saw, and gets a [backlog.ErrConflict].
//
// Each call begins with a look at the log for what is new. [Options.SingleWriter] leaves it out.
//
// # What is kept in memory
//
// A backlog is loaded when it is first asked for, from the last snapshot if there are [Snapshots] and
// from the log, and kept until [Options.Cache] others were asked for later. Of one product, one
// goroutine writes at a time and any number read; products do not wait for each other.
//
// # Tests
//
// Package hosttest has the laws of a log, to run on one's own, and a log that fails on purpose.
// [MemoryLog] is a log for tests and first steps.
//
// The package starts no goroutine and reads no clock; it hands contexts on to the log.
package host
