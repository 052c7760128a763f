package exchange_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/story"
)

// shopExport is what a tracker hands out.
const shopExport = `Issue key,Summary,Issue Type,Status,Status Category,Created,Resolved,Custom field (Story Points),Outward issue link (Blocks),Parent
SHOP-1,Paying,Epic,In Progress,In Progress,01/Mar/25 9:05 AM,,,,
SHOP-2,Pay by card,Story,Done,Done,01/Mar/25 9:05 AM,07/Mar/25 4:30 PM,3,SHOP-3,SHOP-1
SHOP-3,Pay by invoice,Story,In QA lab,In Progress,02/Mar/25 9:05 AM,,5,,SHOP-1
`

func ExampleDocument_Import() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	bring := func(file string) {
		doc, err := exchange.Read(strings.NewReader(file), exchange.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		changes, report, err := doc.Import(b.View(), doc.Mapping())
		if err != nil {
			fmt.Println(err)
			return
		}
		paula := backlog.As("Paula", backlog.ProductManager)
		events, err := b.Decide(changes, paula, time.Date(2025, 4, 1, 9, 0, 0, 0, time.UTC), backlog.DecideOptions{Note: "export.csv"})
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := b.Apply(events...); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(len(events), "events,", report.New, "new,", report.Changes)
	}
	bring(shopExport)
	bring(shopExport)
	bring(strings.Replace(shopExport, "Pay by invoice", "Pay by bill", 1))
	s, _ := b.StoryByKey("SHOP-3")
	fmt.Println(s.Title, "is", s.Status, "and was created", s.Details.Value().Past.Created.Format(time.DateOnly))
	// Output:
	// 1 events, 3 new, []
	// 0 events, 0 new, []
	// 1 events, 0 new, [{SHOP-3 [title]}]
	// Pay by bill is in_review and was created 2025-03-02
}

func ExampleReport() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := exchange.Read(strings.NewReader(shopExport), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, report, err := doc.Import(b.View(), exchange.Mapping{Source: "jira"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(report)
	// Output:
	// import from jira: 3 items, 3 new, 0 changed, 0 as before, 0 left out
	// kinds:
	//   Epic -> feature, Epic (1)
	//   Story -> story, user_story (2)
	// statuses:
	//   Done, completed -> accepted (1)
	//   In QA lab, in_progress -> in_review (1)
	// points: 8 in 2 items
	// against rules of practice:
	//   criteria_present (1): the story has no acceptance criterion; the rule wants at least one criterion, judged met
}

// A mapping is proposed by the document, edited, and kept for the next export.
func ExampleDocument_Mapping() {
	const sheet = "id,title,status\n1,Pay,Erledigt\n2,Return,Am Schirm\n3,Look,Am Schirm\n"
	doc, err := exchange.Read(strings.NewReader(sheet), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	mapping := doc.Mapping()
	for i, one := range mapping.Statuses {
		if one.Guessed {
			fmt.Printf("%s (%d) is unknown, taken for %v\n", one.Name, one.Count, one.Category)
			mapping.Statuses[i].Status = story.InReview
		}
	}
	text, err := json.Marshal(mapping.Statuses)
	fmt.Println(string(text), err)
	// Output:
	// Am Schirm (2) is unknown, taken for proposed
	// [{"name":"Erledigt","category":"completed","count":1},{"name":"Am Schirm","category":"proposed","status":"in_review","count":2,"guessed":true}] <nil>
}

// A mapping can be written by hand: what is not in it is taken as the document has it.
func ExampleMapping() {
	const sheet = "id,title,type,status,sprint,depends on\n1,Pay,Big thing,done,S1,\n2,Card,,open,S2,3\n3,Bill,,open,S2,2\n4,Look,,open,S2,9\n"
	doc, err := exchange.Read(strings.NewReader(sheet), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, report, err := doc.Import(b.View(), exchange.Mapping{
		Source:  "the sheet on the wall",
		Kinds:   []exchange.KindMapping{{Name: "Big thing", Level: exchange.LevelFeature}},
		Sprints: []exchange.NameMapping{{Name: "S2", As: "Sprint 2"}, {Name: "S1"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, one := range []exchange.KindReport(report.Kinds) {
		fmt.Printf("%q: %s\n", one.Name, one.Level)
	}
	for _, one := range []exchange.SprintReport(report.Sprints) {
		fmt.Println(one.Name, one.Status, one.Stories)
	}
	for _, one := range []exchange.Circle(report.Circles) {
		fmt.Println(one.Items, "dropped:", one.Dropped)
	}
	for _, one := range []exchange.ImportLoss(report.Losses) {
		fmt.Println("row", one.Row, one.What, one.Reason, one.Kept)
	}
	fmt.Println(len([]exchange.Conflict(report.Both)), "changed on both sides")
	// Output:
	// "Big thing": feature
	// "": story
	// Sprint 2 planned 3
	// [2 3] dropped: 3 depends on 2
	// row 5 link "9" is neither in the document nor in the backlog true
	// 0 changed on both sides
}

func ExampleWrite() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	paula := backlog.As("Paula", backlog.ProductManager, backlog.ProductOwner)
	at := time.Date(2025, 4, 1, 9, 0, 0, 0, time.UTC)
	for n, title := range []string{"Pay by card", "=HYPERLINK(\"http://example.com\")"} {
		details := story.ConstOf(story.Details{Key: fmt.Sprint("SHOP-", n+1), Labels: story.ListOf("pay", "web")})
		add := backlog.AddStory{Story: story.Story{ID: story.ID{byte(n + 1)}, Title: title, Details: details}}
		if _, err := b.Execute(add, paula, at); err != nil {
			fmt.Println(err)
			return
		}
	}
	var file strings.Builder
	losses, err := exchange.Write(&file, b.View(), exchange.LinearCSV)
	fmt.Print(strings.ReplaceAll(file.String(), "\r\n", "\n"))
	fmt.Println(len(losses), "losses", err)
	// Output:
	// ID,Team,Title,Status,Labels,Cycle Name
	// SHOP-1,,Pay by card,Draft,"pay, web",
	// SHOP-2,,"'=HYPERLINK(""http://example.com"")",Draft,"pay, web",
	// 0 losses <nil>
}

func ExampleDocumentOf() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc := exchange.DocumentOf(b.View())
	fmt.Println(doc.Format, len(doc.Items), "items")
	// Output: backlog 0 items
}
