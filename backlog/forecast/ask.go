package forecast

import "github.com/backlogkit/backlogkit/story/field"

// When returns how many periods it takes to do what the scope holds, by the calibrated forecast that follows
// a history: see [Calibrated]. From fewer than [MinCalibrated] periods it is the wider of that
// and [WhenSimple]. To ask more than once, [Calibrate] once.
//
// Errors: those of [History.Validate] and [Calibrated.When].
func When(h History, s Scope) (Completion, error) {
	c, err := Calibrate(h, CalibrateOptions{})
	if err != nil {
		return Completion{}, field.Join(err, s.Validate())
	}
	return c.When(s)
}

// HowMany returns the amount that is done in so many periods, by the calibrated forecast that follows a
// history: see [When].
//
// Errors: those of [History.Validate] and [Calibrated.HowMany].
func HowMany(h History, periods int) (Output, error) {
	c, err := Calibrate(h, CalibrateOptions{})
	if err != nil {
		return Output{}, field.Join(err, whole("periods", periods, 0, MaxPeriods))
	}
	return c.HowMany(periods)
}
