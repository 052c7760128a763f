package main

import "github.com/backlogkit/backlogkit/backlog/forecast"

// Report is what was found out about a file, as JSON. Dates are like "2027-03-01", chances in percent.
type Report struct {
	AsOf string `json:"as_of"`
	Done int    `json:"done"` // items that the history holds

	// Open is how many items are forecast. It is null where neither the file nor -open says.
	Open    *int     `json:"open"`
	LeftOut []string `json:"left_out"` // what is not counted: "19 epics"
	Periods Periods  `json:"periods"`

	// When is within how many periods all that is open is done. It is empty where nothing is open.
	When     []When    `json:"when"`
	HowMany  []HowMany `json:"how_many"`
	Backtest Backtest  `json:"backtest"` // of the simple model
	Flow     Flow      `json:"flow"`
	Pictures []string  `json:"pictures"` // the files that were drawn

	// Calibration is how the forecasts of When and HowMany were calibrated, and how such ones did.
	Calibration Calibration `json:"calibration"`

	// Measures is which of counts, points and cycle times forecasts better; null unless FILE is what a tracker exports.
	Measures *forecast.MeasureComparison `json:"measures"`
}

// Periods is what the history was cut into, and why.
type Periods struct {
	Unit  string `json:"unit"` // "week", "day" or "14 days"
	Count int    `json:"count"`
	From  string `json:"from"`
	Rule  string `json:"rule"`
	Days  string `json:"days"` // on which work is done
	Done  []int  `json:"done"` // items in each period, oldest first
}

// When is a forecast of the date: with this chance all is done within so many periods. Periods is
// null where that takes more than 10,000 of them.
type When struct {
	Chance  int    `json:"chance"`
	Periods *int   `json:"periods"`
	Date    string `json:"date"`
}

// HowMany is a forecast of the amount: at least so many items are done in the next periods.
type HowMany struct {
	Periods int       `json:"periods"`
	Until   string    `json:"until"`
	AtLeast []AtLeast `json:"at_least"`
}

// AtLeast is a number of items that is reached with a chance.
type AtLeast struct {
	Chance int   `json:"chance"`
	Items  int64 `json:"items"`
}

// Backtest is how forecasts did that could have been made in the past.
type Backtest struct {
	Warmup  int      `json:"warmup"` // periods before the first forecast
	Amount  int      `json:"amount"` // items whose completion was forecast
	HowMany []Tested `json:"how_many"`
	When    []Tested `json:"when"`
}

// Tested says how often forecasts with one chance held. Expected is the share that should have, in
// percent; it is above the chance, since items are whole. Rate and what follows are null without
// forecasts.
type Tested struct {
	Chance    int      `json:"chance"`
	Forecasts int      `json:"forecasts"`
	Held      int      `json:"held"`
	Rate      *float64 `json:"rate"`
	Expected  *float64 `json:"expected"`
	Brier     *float64 `json:"brier"`
}

// Flow is the flow metrics; times are in days, the first and the last both counted.
type Flow struct {
	Throughput Throughput `json:"throughput"`
	LeadTime   Times      `json:"lead_time"`   // from created to done
	CycleTime  Times      `json:"cycle_time"`  // from started to done
	InProgress *int       `json:"in_progress"` // null where no issue has started_at
}

// Throughput is items a period, as decimals with two places. SD is empty for fewer than two periods.
type Throughput struct {
	Mean string `json:"mean"`
	SD   string `json:"sd"`
	Min  string `json:"min"`
	Max  string `json:"max"`
}

// Times is percentiles by the nearest rank, of so many items. They are 0 for none.
type Times struct {
	Items int `json:"items"`
	P50   int `json:"p50"`
	P85   int `json:"p85"`
	P95   int `json:"p95"`
}
