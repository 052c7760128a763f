package render_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
)

func somePromises() []forecast.Outcome {
	day := func(n int) time.Time { return time.Date(2027, 3, n, 0, 0, 0, 0, time.UTC) }
	give := func(key string, amount int64, until int) forecast.Promise {
		return forecast.Promise{
			Key: key, Question: forecast.AskWhen, Made: day(1), Level: .85,
			Amount: decimal.NewFromInt(amount), Until: day(until),
		}
	}
	done := []forecast.Done{{At: day(3), Amount: decimal.NewFromInt(4)}, {At: day(9), Amount: decimal.NewFromInt(2)}}
	outcomes, err := forecast.Outcomes([]forecast.Promise{
		give("Checkout", 3, 7), give("Search", 6, 8), give("", 20, 30),
	}, done, day(12))
	if err != nil {
		panic(err)
	}
	return outcomes
}

func ExamplePromisesMarkdown() {
	fmt.Print(render.PromisesMarkdown(somePromises(), time.Date(2027, 3, 12, 0, 0, 0, 0, time.UTC)))
	// Output:
	// # Promises, as of 2027-03-12
	//
	// Of 2 promises given with 85 %, 1 was kept.
	//
	// - [x] Checkout\: at least 3 by 2027-03-07 (85 %, given on 2027-03-01; kept on 2027-03-03)
	// - [ ] Search\: at least 6 by 2027-03-08 (85 %, given on 2027-03-01; broken: 4 came; reached on 2027-03-09)
	// - [ ] at least 20 by 2027-03-30 (85 %, given on 2027-03-01; open: 6 so far)
}

func TestPromisesMarkdown(t *testing.T) {
	at := time.Date(2027, 3, 12, 0, 0, 0, 0, time.UTC)
	require.Equal(t, "# Promises, as of 2027-03-12\n\nNo promises.\n", render.PromisesMarkdown(nil, at))
	hostile := somePromises()
	hostile[0].Promise.Key = "# x\n- [ ] <b>y</b>"
	page := render.PromisesMarkdown(hostile, at)
	require.Equal(t, 3, strings.Count(page, "\n- ["), page)
	require.NotContains(t, page, "<b>")
	many := make([]forecast.Outcome, render.MaxEntries+3)
	require.Contains(t, render.PromisesMarkdown(many, at), "Left out, since this page ends after 5000 entries: 3 promises.")
}
