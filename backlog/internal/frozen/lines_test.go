package frozen_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// lines is where the hashes go that .ci/bytes compares between each Go and each processor.
var lines = flag.String("lines", "", "write a line of hashes for each frozen history to this `file`")

// A history comes to the same twice, and with -lines elsewhere too: its events as JSON, its snapshot, what changed since the
// beginning, its pages, the results of every query, refusals, and what is read of broken bytes.
func TestLines(t *testing.T) {
	var all strings.Builder
	for _, h := range histories(t) {
		line := h.line(t)
		if h.name == "whole" {
			equal(t, line, h.line(t))
		}
		fmt.Fprintln(&all, h.name, line)
	}
	if *lines != "" {
		must(t, os.WriteFile(*lines, []byte(all.String()), 0o644))
	}
}

func (h history) line(t *testing.T) string {
	b, err := backlog.New(backlog.Options{})
	must(t, err)
	empty, nobody := b.Clone(), backlog.As("Nemo")
	events, refusals := sha256.New(), sha256.New()
	for _, event := range h.events {
		if err := b.Can(event.Change, nobody, event.At); err != nil {
			refusals.Write([]byte(err.Error()))
			refusals.Write(asJSON(t, err))
		}
		must(t, b.Apply(event))
		events.Write(asJSON(t, event))
	}
	taken := snapshot(t, b)
	restored, err := backlog.Restore(backlog.Options{}, []byte(taken))
	must(t, err)
	changes := asJSON(t, diff.Between(empty.View(), restored.View()))
	page := render.TreeMarkdown(b.View()) + render.RoadmapMarkdown(b.View()) + render.DependencyDOT(b.View()) +
		render.RoadmapGantt(b.View())
	return fmt.Sprintf("%.8x %.8x %.8x %.8x %.8x %.8x %.8x", events.Sum(nil), sha256.Sum256([]byte(taken)), sha256.Sum256(changes),
		sha256.Sum256([]byte(page)), sha256.Sum256([]byte(queries(b.View()))), refusals.Sum(nil), h.broken(t, taken))
}

// broken is a hash of what is read of events and of a snapshot that are not as they were written.
func (h history) broken(t *testing.T, taken string) []byte {
	random := rand.New(rand.NewPCG(7, uint64(len(taken))))
	hash, came := sha256.New(), map[bool]int{}
	for _, line := range h.lines[:min(len(h.lines), 200)] {
		event, err := backlog.DecodeEvent(broken(random, line), nil)
		data, unwritten := json.Marshal(event) // a change that no backlog would accept may lack what it is written with
		hash.Write(fmt.Appendln(data, err == nil, unwritten == nil))
		came[err == nil]++
	}
	if came[true] < 5 || came[false] < 5 {
		t.Fatal("too few of both, good and bad: ", came)
	}
	for range 10 {
		b, err := backlog.Restore(backlog.Options{}, broken(random, []byte(taken)))
		if err == nil {
			hash.Write([]byte(snapshot(t, b)))
		}
		hash.Write(fmt.Appendln(nil, err == nil))
	}
	return hash.Sum(nil)
}

// broken changes a byte, leaves one out or puts one in, or does to a key or the text behind it what versions of
// encoding/json see differently: a key in capitals, twice or unknown, a null, bytes that are no UTF-8.
func broken(random *rand.Rand, data []byte) []byte {
	const puts = "{}[]:,\"\\ \n\t\x00\xff0123456789.-eE+nullsqvrtAZ_\u00e9"
	odd := slices.Clone(data)
	if random.IntN(3) == 0 {
		at, put := random.IntN(len(odd)), puts[random.IntN(len(puts))]
		switch random.IntN(3) {
		case 0:
			odd[at] = put
		case 1:
			odd = slices.Delete(odd, at, at+1)
		default:
			odd = slices.Insert(odd, at, put)
		}
		return odd
	}
	places := keyed.FindAllSubmatchIndex(data, -1) // the key is [2:4], a text behind it [4:6]
	place := places[random.IntN(len(places))]
	key := data[place[2]:place[3]]
	switch n := random.IntN(8); {
	case n == 0:
		copy(odd[place[2]:], bytes.ToUpper(key))
	case n == 1:
		odd = slices.Insert(odd, place[0], slices.Concat([]byte(`"`), key, []byte(`":null,`))...)
	case n == 2:
		odd = slices.Insert(odd, place[0], []byte(`"colour":"red",`)...)
	case place[4] < 0:
		odd = append(odd, []string{" ", "{}", "\n", "]", "0"}[n-3]...)
	case n == 3:
		odd = slices.Replace(odd, place[4], place[5], []byte("null")...)
	case n == 4:
		odd = slices.Insert(odd, place[4]+1, 0xff)
	case n == 5:
		odd = slices.Insert(odd, place[4]+1, []byte(`\u2028\ud800`)...)
	case n == 6:
		odd = slices.Insert(odd, place[4]+1, []byte("<\u2028&")...)
	default:
		odd = slices.Replace(odd, place[4], place[5], []byte("7")...)
	}
	return odd
}

var keyed = regexp.MustCompile(`"([a-z_]+)":("[^"\\]*")?`)

// queries writes the results of every method of a view, as JSON where they have one, with a few arguments.
func queries(v *backlog.View) string {
	var text strings.Builder
	of := reflect.ValueOf(v)
	for i := range of.NumMethod() {
		method := of.Method(i)
		for n := range 3 {
			args, ok := arguments(method.Type(), n)
			if !ok || n > 0 && len(args) == 0 {
				break
			}
			for _, result := range method.Call(args) {
				if data, err := json.Marshal(collected(result)); err == nil {
					fmt.Fprintf(&text, "%s %s\n", of.Type().Method(i).Name, data)
				}
			}
		}
	}
	return text.String()
}

// zoe may decide everything.
var zoe = backlog.As("Zoe", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)

// arguments are the n-th ones that could be for a method, by their types; ok is false where it takes a function.
func arguments(method reflect.Type, n int) (args []reflect.Value, ok bool) {
	id := [16]byte{0: 1, 15: byte(n)} // the histories have such ids, for all kinds of record
	at := time.Date(2027, 1, 4, 9, n, 0, 0, time.UTC)
	known := []any{
		backlog.StoryItem(story.ID(id)), zoe, at, backlog.MayAcceptStories, story.Team("red"), "Uma", n, decimal.NewFromInt(int64(n)),
		backlog.Change(backlog.AcceptStory{Story: story.ID(id)}), story.Ready, roadmap.Growth,
	}
	for i := range method.NumIn() {
		in := method.In(i)
		which := slices.IndexFunc(known, func(one any) bool { return reflect.TypeOf(one).AssignableTo(in) })
		switch {
		case in.Kind() == reflect.Func:
			return nil, false
		case method.IsVariadic() && i == method.NumIn()-1:
		case which >= 0:
			args = append(args, reflect.ValueOf(known[which]))
		case in.Kind() == reflect.Array && in.Len() == len(id):
			args = append(args, reflect.ValueOf(id).Convert(in))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	return args, true
}

// collected is a result, or what it yields if it is an iterator.
func collected(result reflect.Value) any {
	if result.Kind() != reflect.Func {
		return result.Interface()
	}
	var all []any
	yield := result.Type().In(0)
	result.Call([]reflect.Value{reflect.MakeFunc(yield, func(args []reflect.Value) []reflect.Value {
		for _, arg := range args {
			all = append(all, arg.Interface())
		}
		return []reflect.Value{reflect.ValueOf(true)}
	})})
	return all
}
