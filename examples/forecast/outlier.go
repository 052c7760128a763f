package main

import (
	"slices"
	"time"
)

// farDates returns from which day to which the dates of a file are, without those that are parted from 99
// in 100 of them, or from all but three, by a gap that is longer than a year and longer than a quarter of
// the time in which those are: three, since one item has as many. Of fewer than 20 dates none is far. (What
// is evenly spaced has no such date, however long it is.)
func farDates(dates []time.Time) (first, last time.Time) {
	if len(dates) == 0 {
		return first, last
	}
	dates = slices.Clone(dates)
	slices.SortFunc(dates, time.Time.Compare)
	low, high := 0, len(dates)-1
	if len(dates) >= 20 {
		few := max(3, len(dates)/100)
		low, high = few, len(dates)-1-few
		gap := max(366, daysApart(dates[low], dates[high])/4)
		for low > 0 && daysApart(dates[low-1], dates[low]) <= gap {
			low--
		}
		for high < len(dates)-1 && daysApart(dates[high], dates[high+1]) <= gap {
			high++
		}
	}
	return dates[low], dates[high]
}

// daysApart is how many days one is before another. (A time.Duration has no more than 292 years.)
func daysApart(one, other time.Time) float64 {
	return float64(other.Unix()-one.Unix()) / dayLength.Seconds()
}
