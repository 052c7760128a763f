package render

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// PromisesMarkdown returns a page about forecasts that were given and what became of them by an instant: how many
// were kept at each confidence, and a list of them in their order, ticked when they are kept.
func PromisesMarkdown(outcomes []forecast.Outcome, at time.Time) string {
	p := &page{budget: budget{room: MaxEntries}}
	fmt.Fprintf(&p.text, "# Promises, as of %s\n", day(at))
	for _, c := range forecast.KeptPromises(outcomes, at) {
		verb := "were"
		if c.Held == 1 {
			verb = "was"
		}
		p.paragraph(fmt.Sprintf("Of %s given with %s %%, %d %s kept.",
			counted(c.Forecasts, promises), plain(100*c.Level), c.Held, verb))
	}
	for _, o := range outcomes {
		one := o.Promise
		title := fmt.Sprintf("at least %s by %s", one.Amount, day(one.Until))
		if one.Key != "" {
			title = one.Key + ": " + title
		}
		p.entry(promises, 0, o.Fate == forecast.PromiseKept, title, promiseFacts(o)...)
	}
	if len(outcomes) == 0 {
		p.paragraph("No promises.")
	}
	return p.end()
}

func promiseFacts(o forecast.Outcome) []string {
	facts := []string{fmt.Sprintf("%s %%, given on %s", plain(100*o.Promise.Level), day(o.Promise.Made))}
	switch o.Fate {
	case forecast.PromiseKept:
		return append(facts, "kept on "+day(o.Reached))
	case forecast.PromiseBroken:
		facts = append(facts, fmt.Sprintf("broken: %s came", o.Came))
		if !o.Reached.IsZero() {
			facts = append(facts, "reached on "+day(o.Reached))
		}
		return facts
	default:
		return append(facts, fmt.Sprintf("open: %s so far", o.Came))
	}
}
