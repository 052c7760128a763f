package host_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// A host over a log in memory. With a log of its own it differs in the first line.
func Example() {
	products := host.New(&host.MemoryLog{}, host.Options{})
	ctx := context.Background()
	owner, dana := backlog.As("Otto", backlog.ProductOwner), backlog.As("Dana", backlog.Developer)
	now := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)

	pay := story.Story{ID: story.ID(uuid.New()), Title: "Pay with a saved card"}
	_, err := products.Execute(ctx, "checkout", []backlog.Change{backlog.AddStory{Story: pay}}, owner, now, backlog.DecideOptions{})
	fmt.Println("added:", err)

	_, err = products.Execute(ctx, "checkout", []backlog.Change{backlog.DropStory{Story: pay.ID, Reason: "no"}}, dana, now,
		backlog.DecideOptions{})
	switch {
	case errors.Is(err, backlog.ErrNotAllowed):
		fmt.Println("403:", err)
	case errors.Is(err, backlog.ErrNotFound):
		fmt.Println("404:", err)
	}

	err = products.View(ctx, "checkout", func(v *backlog.View) error {
		for s := range v.Stories() {
			fmt.Println(s.Title)
		}
		return nil
	})
	fmt.Println("read:", err)
	// Output:
	// added: <nil>
	// 403: backlog: drop_story by "Dana" refused by the policy: may not add, edit or drop a story; that needs product owner
	// Pay with a saved card
	// read: <nil>
}

// Two hosts over one log: the func of the first runs again, since the second was faster.
func ExampleProducts_Update() {
	log := &host.MemoryLog{}
	one, two := host.New(log, host.Options{}), host.New(log, host.Options{})
	ctx, now := context.Background(), time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)

	tries := 0
	events, err := one.Update(ctx, "checkout", otto, now, backlog.DecideOptions{}, func(v *backlog.View) ([]backlog.Change, error) {
		if tries++; tries == 1 {
			if _, err := two.Execute(ctx, "checkout", add(1), otto, now, backlog.DecideOptions{}); err != nil {
				return nil, err
			}
		}
		title := fmt.Sprintf("The one after %d others", v.Len())
		return []backlog.Change{backlog.AddStory{Story: story.Story{ID: story.ID(uuid.New()), Title: title}}}, nil
	})
	if err != nil {
		panic(err)
	}
	added := events[0].Change.(backlog.AddStory)
	fmt.Printf("try %d, event %d: %s\n", tries, events[0].Seq, added.Story.Title)
	// Output:
	// try 2, event 2: The one after 1 others
}

// After an append that timed out, the Correlation tells whether the events are in the log.
func ExampleAppendError() {
	memory := &host.MemoryLog{}
	log := &hosttest.FaultyLog{Log: memory, Next: func(isAppend bool) hosttest.Fault {
		if isAppend {
			return hosttest.TimesOut
		}
		return 0
	}}
	products := host.New(log, host.Options{})
	ctx, now := context.Background(), time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)

	_, err := products.Execute(ctx, "checkout", add(1), otto, now, backlog.DecideOptions{Correlation: "request 7"})
	fmt.Println(err)
	if failed := new(host.AppendError); errors.As(err, &failed) {
		for event, err := range memory.Read(ctx, failed.Product, failed.Events[0].Seq-1) {
			if err == nil && event.Correlation == "request 7" {
				fmt.Println("it is there:", event.Change.Kind())
			}
		}
	}
	// Output:
	// host: product "checkout": append: hosttest: a fault on purpose
	// it is there: add_story
}

// byProduct keeps the latest snapshot of each product in a map; a host has a table or a folder.
type byProduct map[string][]byte

func (s byProduct) Save(_ context.Context, product string, _ uint64, data []byte) error {
	s[product] = data
	return nil
}

func (s byProduct) Load(_ context.Context, product string) ([]byte, error) { return s[product], nil }

// A snapshot after every hundred events: whoever loads the product reads the rest only.
func ExampleSnapshots() {
	log, kept := &host.MemoryLog{}, byProduct{}
	options := host.Options{Snapshots: kept, SnapshotEvery: 100}
	ctx, now := context.Background(), time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	paula := backlog.As("Paula", backlog.ProductManager)

	products := host.New(log, options)
	for n := range 250 {
		vision := backlog.SetVision{Vision: roadmap.Vision{Text: fmt.Sprintf("Vision %d", n)}}
		if _, err := products.Execute(ctx, "checkout", []backlog.Change{vision}, paula, now, backlog.DecideOptions{}); err != nil {
			panic(err)
		}
	}
	saved, err := backlog.Restore(backlog.Options{}, kept["checkout"])
	if err != nil {
		panic(err)
	}
	fmt.Println("saved at event", saved.Seq())

	err = host.New(log, options).View(ctx, "checkout", func(v *backlog.View) error {
		vision, _ := v.Vision()
		fmt.Println("loaded at event", v.Seq(), "with", vision.Text)
		return nil
	})
	fmt.Println(err)
	// Output:
	// saved at event 200
	// loaded at event 250 with Vision 249
	// <nil>
}

// weekdays lets nobody change the order of the stories on a weekend.
func weekdays(inner backlog.Policy) backlog.Policy {
	return func(r backlog.PolicyRequest) (backlog.Role, error) {
		today := r.At.Weekday()
		if r.Permission == backlog.MayOrderStories && (today == time.Saturday || today == time.Sunday) {
			return "", r.Refuse("nothing is ordered on a weekend")
		}
		return inner(r)
	}
}

// A policy is a func and is tested like one, without a host or a log.
func TestWeekdays(t *testing.T) {
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	move := backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.First()}
	policy := weekdays(backlog.DefaultAuthority().Policy())
	for day, allowed := range map[int]bool{15: true, 16: false, 17: false, 18: true} { // January 15, 2027, is a Friday
		role, err := policy(b.PolicyRequest(move, otto, time.Date(2027, 1, day, 12, 0, 0, 0, time.UTC)))
		if allowed {
			require.NoError(t, err)
			require.Equal(t, backlog.ProductOwner, role)
		} else {
			require.ErrorContains(t, err, "weekend")
		}
	}
}
