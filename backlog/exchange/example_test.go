package exchange_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

func ExampleRead() {
	const export = `Issue key,Summary,Status,Status Category,Story Points,Created,Inward issue link (Blocks)
SHOP-1,Pay by card,In QA,In Progress,"2,5",27/03/2025 14:05,SHOP-2
SHOP-2,Pay by invoice,Done,Done,5,04/03/2025 14:05,
`
	doc, err := exchange.Read(strings.NewReader(export), exchange.Options{Location: time.UTC})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Format, doc.Certainty)
	for _, item := range doc.Items {
		fmt.Println(item.Key, item.Category, item.Points.Decimal, item.Created.Format(time.DateOnly))
	}
	for _, link := range doc.Links {
		fmt.Println(link.From, link.Meaning, link.To)
	}
	// Output:
	// jira-csv certain
	// SHOP-1 in_progress 2.5 2025-03-27
	// SHOP-2 completed 5 2025-03-04
	// SHOP-1 needs SHOP-2
}

// What cannot be read is named, with the reason.
func ExampleRead_losses() {
	const export = "Issue key,Summary,Due date\nSHOP-1,Pay by card,soon\nSHOP-2,Pay by invoice,4/3/2025\n"
	doc, err := exchange.Read(strings.NewReader(export), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, loss := range doc.Losses {
		fmt.Printf("row %d, %s: %q: %s\n", loss.Row, loss.Column, loss.Value, loss.Reason)
	}
	fmt.Println(doc.Warnings[0])
	// Output:
	// row 2, Due date: "soon": not a date in any form that is known
	// 1 date could be day first or month first, such as "4/3/2025", and nothing in the file decides it; read month first, Options.DateOrder chooses the other
}

func ExampleDetect() {
	fmt.Println(exchange.Detect([]byte("ID,Work Item Type,Title,State\n"), "query.csv"))
	// Output: azure-csv certain
}

// A format of one's own is a table of headers.
func ExampleColumns() {
	own := exchange.Columns{
		Format:    "wishes",
		Signature: []string{"Wish", "Asked by"},
		Names: map[string]exchange.Column{
			"Wish":  {Field: exchange.FieldTitle},
			"Hours": {Field: exchange.FieldEstimated, Unit: "h"},
			"After": {Field: exchange.FieldLink, Meaning: exchange.Needs, Split: "+"},
		},
	}
	doc, err := exchange.Read(strings.NewReader("Wish;Asked by;Hours;After\nPay by card;Ana;8;Log in+Cart\n"), exchange.Options{
		Columns: []exchange.Columns{own},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	item := doc.Items[0]
	fmt.Println(doc.Format, item.Title, item.Estimated.Decimal, item.Custom)
	fmt.Println(len(doc.Links), "links")
	// Output:
	// wishes Pay by card 28800 [{Asked by text Ana}]
	// 2 links
}

// A document is written for another tracker; what that one has no place for is listed.
func ExampleDocument_Write() {
	const export = "Issue key,Summary,Status,Labels,Custom field (Colour)\nSHOP-1,=Pay by card,In Progress,web,red\n"
	doc, err := exchange.Read(strings.NewReader(export), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	losses, err := doc.Write(&out, exchange.LinearCSV)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.ReplaceAll(strings.TrimSpace(out.String()), "\r", ""))
	for _, loss := range losses {
		fmt.Println(loss.Column, loss.Value, "-", loss.Reason)
	}
	// Output:
	// ID,Team,Title,Status,Labels,Cycle Name
	// SHOP-1,,"'=Pay by card",In Progress,web,
	// Colour red - linear-csv has no place for it
}

func ExampleCheckSheet() {
	sheet, err := exchange.ReadSheet(strings.NewReader("id,title,bv,tc,rr,js,wsjf\n1,Pay by card,8,5,3,4,4.1\n"), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	check := exchange.CheckSheet(sheet)
	fmt.Println(check.Fits[0].Method, check.Changes)
	// Output: wsjf [{2 wsjf 4.1 4.0}]
}

// Statuses, kinds and dates are counted, with what each was taken for.
func ExampleDocument() {
	const export = `Issue key,Summary,Issue Type,Status,Due date,Custom field (Weight),Custom field (Asked on)
SHOP-1,Pay by card,Story,In Progress,27/03/2025,"2,5",01/03/2025
SHOP-2,Payment,Epic,Won't do,,,
`
	doc, err := exchange.Read(strings.NewReader(export), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, status := range doc.Statuses {
		fmt.Println(status.Name, "is", status.Category, status.Count)
	}
	for _, kind := range doc.Kinds {
		fmt.Println(kind.Name, "is a", kind.Level, kind.Count)
	}
	if doc.Dates != (exchange.DateCounts{Read: 2}) {
		fmt.Println("not all dates are read:", doc.Dates)
	}
	for _, value := range doc.Items[0].Custom {
		if number, ok := value.Number(); ok {
			fmt.Println(value.Name, number)
		}
		if at, ok := value.Time(); ok {
			fmt.Println(value.Name, at.Format(time.DateOnly))
		}
	}
	// Output:
	// In Progress is in_progress 1
	// Won't do is removed 1
	// Story is a story 1
	// Epic is a feature 1
	// Weight 2.5
	// Asked on 2025-03-01
}

func ExampleTargets() {
	fmt.Println(len(exchange.Formats()), "formats are read; these are written:")
	fmt.Println(exchange.Targets())
	// Output:
	// 19 formats are read; these are written:
	// [jira-csv linear-csv csv github-json beads-jsonl backlog-md markdown]
}

// Numbers to prioritise by are factors, in tables of any kind.
func ExampleFactor() {
	doc, err := exchange.Read(strings.NewReader("title,reach,confidence\nPay by card,12k,80%\n"), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, factor := range doc.Items[0].Scores {
		fmt.Println(factor.Name, factor.Value)
	}
	// Output:
	// reach 12000
	// confidence 0.8
}
