package backlog

import "time"

// Breaches returns the findings that changes would bring, were they made one after the other at an instant: what
// they break of the rules that record, see [Options]. It changes nothing, and asks no policy: it is for who prepares an
// [ImportItems] and wants to see what comes of it. The errors are those of [Backlog.Decide]. It takes a clone.
func (b *View) Breaches(changes []Change, at time.Time) ([]Finding, error) {
	if b.isZero() {
		return nil, errZero
	}
	trial, nobody := &b.Clone().view, Actor{Name: "nobody"}
	_ = trial.admit(&nobody)
	var found []Finding
	for i, change := range changes {
		change = trial.current(change)
		err := checkChange(change)
		if err == nil {
			err = trial.checkInstant(at)
		}
		event := Event{Seq: trial.seq + 1, At: at.UTC().Round(0), By: nobody, Change: change}
		if err == nil {
			event = event.own()
			err = trial.fit(&event, true, true)
		}
		if err != nil && len(changes) > 1 {
			return nil, &BatchError{Index: i, Kind: kindOf(change), Err: err}
		} else if err != nil {
			return nil, err
		}
		found = append(found, event.Findings...)
	}
	return found, nil
}
