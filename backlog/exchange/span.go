package exchange

import (
	"strings"

	"github.com/shopspring/decimal"
)

// secondsIn are the units of times that have one length everywhere. A day of work has none.
var secondsIn = words[int64]{}.
	add(1, "s sec secs second seconds").
	add(60, "m min mins minute minutes").
	add(3600, "h hr hrs hour hours std stunde stunden heure heures hora horas")

// seconds returns a time in seconds: a number with its unit, or with that of its column.
func seconds(value decimal.Decimal, unit, columnUnit string) (decimal.Decimal, string) {
	if unit == "" {
		unit = columnUnit
	}
	if unit == "" {
		return value, ""
	}
	length, known := secondsIn[unit]
	if !known {
		return value, "a time in a unit of unknown length"
	}
	return value.Mul(decimal.NewFromInt(length)), ""
}

// parseSpan reads a time of several parts, such as 2h 30m or 01:30:00, and returns it in seconds.
func parseSpan(text string) (decimal.Decimal, bool) {
	text = trim(text)
	if len(text) > maxNumber {
		return decimal.Decimal{}, false
	}
	total := decimal.Decimal{}
	if hours, rest, ok := strings.Cut(text, ":"); ok {
		minutes, second, _ := strings.Cut(rest, ":")
		for i, part := range []string{hours, minutes, second} {
			if part == "" && i == 2 {
				continue
			}
			value, err := decimal.NewFromString(part)
			if err != nil || value.IsNegative() || strings.ContainsAny(part, "eE+") {
				return total, false
			}
			total = total.Add(value.Mul(decimal.NewFromInt([]int64{3600, 60, 1}[i])))
		}
		return total, true
	}
	for text != "" {
		end := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if end <= 0 {
			return total, false
		}
		value, err := decimal.NewFromString(text[:end])
		text = strings.TrimLeft(text[end:], " ")
		word := strings.IndexFunc(text, func(r rune) bool { return r < 'A' || r > 'z' })
		if word < 0 {
			word = len(text)
		}
		length := secondsIn[fold(text[:word])]
		if err != nil || length == 0 {
			return total, false
		}
		total = total.Add(value.Mul(decimal.NewFromInt(length)))
		text = strings.TrimLeft(text[word:], " ,")
	}
	return total, true
}
