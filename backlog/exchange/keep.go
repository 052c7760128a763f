package exchange

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// What an item of a tracker has and a story or a feature has no field for is kept in its Data, so that it goes out again
// as it came: custom values under their own names, factors as values of type "factor", and fields of [Item] under
// names with this prefix, "exchange.priority".
const dataPrefix = "exchange."

// The names of values in Data that stand for more than a field.
const (
	dataTask   = dataPrefix + "task"   // an item that became a task, in JSON; the type is the id of the task
	dataLink   = dataPrefix + "link"   // a link that has no place: the other key and the tracker's word on two lines; the type is the meaning
	dataInward = dataPrefix + "inward" // such a link from the other item to this one
	dataCustom = dataPrefix + "custom."

	typeFactor = "factor"
)

// keptField is a field of [Item] that is kept as it is.
type keptField struct {
	name string
	kind ValueType
	list func(*Item) []string
	add  func(*Item, string)
}

// keptFields are those fields, but for what a story or a feature holds itself: see [importer.data].
var keptFields = []keptField{
	keptText("key", func(i *Item) *string { return &i.Key }),
	keptText("id", func(i *Item) *string { return &i.ID }),
	keptText("title", func(i *Item) *string { return &i.Title }),
	keptText("kind", func(i *Item) *string { return &i.Kind }),
	keptText("status", func(i *Item) *string { return &i.Status }),
	{
		"category", Text, // of a feature, which is open or not
		func(i *Item) []string { return []string{i.Category.String()} },
		func(i *Item, text string) { _ = i.Category.UnmarshalText([]byte(text)) },
	},
	keptText("resolution", func(i *Item) *string { return &i.Resolution }),
	keptText("priority", func(i *Item) *string { return &i.Priority }),
	keptText("parent", func(i *Item) *string { return &i.Parent }),
	{
		"urgency", Number,
		func(i *Item) []string {
			if i.Urgency == urgencyOf(i.Priority, 1) {
				return nil // it follows from the priority
			}
			return []string{strconv.Itoa(i.Urgency)}
		},
		func(i *Item, text string) { i.Urgency, _ = strconv.Atoi(text) },
	},
	keptNumber("points", func(i *Item) *decimal.NullDecimal { return &i.Points }),
	keptNumber("estimated", func(i *Item) *decimal.NullDecimal { return &i.Estimated }),
	keptNumber("remaining", func(i *Item) *decimal.NullDecimal { return &i.Remaining }),
	keptNumber("spent", func(i *Item) *decimal.NullDecimal { return &i.Spent }),
	keptInstant("updated", func(i *Item) *time.Time { return &i.Updated }),
	keptList("sprint", func(i *Item) *[]string { return &i.Sprints }),
	keptList("release", func(i *Item) *[]string { return &i.Releases }),
}

func keptText(name string, at func(*Item) *string) keptField {
	return keptField{name, Text, func(i *Item) []string { return present(*at(i)) }, func(i *Item, text string) { *at(i) = text }}
}

func keptNumber(name string, at func(*Item) *decimal.NullDecimal) keptField {
	return keptField{
		name, Number,
		func(i *Item) []string { return present(decimalText(*at(i))) },
		func(i *Item, text string) {
			if value, ok := (Value{Type: Number, Text: text}).Number(); ok && len(text) <= maxNumber {
				*at(i) = decimal.NewNullDecimal(value)
			}
		},
	}
}

func keptInstant(name string, at func(*Item) *time.Time) keptField {
	return keptField{
		name, Instant,
		func(i *Item) []string { return present(dateText(cleanInstant(*at(i)))) },
		func(i *Item, text string) { *at(i), _ = (Value{Type: Instant, Text: text}).Time() },
	}
}

func keptList(name string, at func(*Item) *[]string) keptField {
	return keptField{name, Text, func(i *Item) []string { return *at(i) }, func(i *Item, text string) { *at(i) = append(*at(i), text) }}
}

// keeper collects the Data of an item.
type keeper struct {
	data []story.DataValue
	lose func(what, value, reason string)
}

// maxKept leaves room for the base, and for values of a host's own.
const maxKept = story.MaxData - 100

func (k *keeper) add(name, kind, text string) {
	text, fits := cleanText(text)
	switch {
	case !fits:
		k.lose(name, text, "longer than a value can be")
	case len(k.data) >= maxKept:
		k.lose(name, text, "more values than an item can hold")
	default:
		k.data = append(k.data, story.DataValue{Name: name, Type: kind, Value: text})
	}
}

// custom adds a value of a column that no field holds.
func (k *keeper) custom(value Value) {
	name := cleanTitle(value.Name)
	if name == "" {
		name = "value"
	}
	if strings.HasPrefix(name, dataPrefix) {
		name = cleanTitle(dataCustom + name)
	}
	k.add(name, value.Type.String(), value.Text)
}

// link adds a link that has no place in the backlog.
func (k *keeper) link(name string, link Link, other string) {
	k.add(name, link.Meaning.String(), other+"\n"+link.Word)
}

// unkeep puts a value of Data back where it came from in an item. The bool is false for one that is a custom value.
func unkeep(item *Item, value story.DataValue) bool {
	name, isKept := strings.CutPrefix(value.Name, dataPrefix)
	switch {
	case value.Type == typeFactor && !isKept:
		number, ok := (Value{Type: Number, Text: value.Value}).Number()
		if ok && len(value.Value) <= maxNumber {
			item.Scores = append(item.Scores, Factor{value.Name, number})
		}
		return ok
	case !isKept:
		return false
	}
	for _, field := range keptFields {
		if field.name == name {
			field.add(item, value.Value)
			return true
		}
	}
	return false
}

// taskItem is an item that became a task, as it is kept.
func taskItem(value story.DataValue) (Item, bool) {
	var item Item
	if value.Name != dataTask || json.Unmarshal([]byte(value.Value), &item) != nil {
		return Item{}, false
	}
	return item, true
}
