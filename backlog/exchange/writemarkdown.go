package exchange

import (
	"cmp"
	"strings"
)

// writeMarkdown writes a list with boxes to tick, under a heading for each status; what is part of an item stands below
// it.
func writeMarkdown(d *Document) (string, error) {
	children := make(map[string][]*Item)
	known := make(map[string]bool, len(d.Items))
	for i := range d.Items {
		known[d.Items[i].Key] = true
	}
	var order []string
	tops := make(map[string][]*Item)
	for i := range d.Items {
		item := &d.Items[i]
		if item.Parent != "" && known[item.Parent] && item.Parent != item.Key {
			children[item.Parent] = append(children[item.Parent], item)
			continue
		}
		if tops[item.Status] == nil {
			order = append(order, item.Status)
		}
		tops[item.Status] = append(tops[item.Status], item)
	}
	w := markdownWriter{children: children, written: make(map[string]bool, len(d.Items))}
	for _, status := range order {
		if status != "" || len(order) > 1 {
			w.out.WriteString("## " + cmp.Or(oneLine(status), "—") + "\n\n")
		}
		for _, item := range tops[status] {
			w.item(item)
		}
		w.out.WriteString("\n")
	}
	for i := range d.Items { // what is part of itself, in a circle
		w.item(&d.Items[i])
	}
	return w.out.String(), nil
}

// markdownWriter writes items and what is part of them.
type markdownWriter struct {
	out      strings.Builder
	children map[string][]*Item
	written  map[string]bool
}

// item writes an item that was not written yet, and what is below it; the stack does not grow with the depth.
func (w *markdownWriter) item(top *Item) {
	type entry struct {
		item  *Item
		depth int
	}
	const deepest = 50 // levels that are indented
	for todo := []entry{{top, 0}}; len(todo) > 0; {
		one := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if w.written[one.item.Key] {
			continue
		}
		w.written[one.item.Key] = true
		box := "[ ]"
		if !one.item.Category.IsOpen() {
			box = "[x]"
		}
		w.out.WriteString(strings.Repeat("  ", min(one.depth, deepest)) + "- " + box + " " + cmp.Or(one.item.Title, one.item.Key) + "\n")
		below := w.children[one.item.Key]
		for i := len(below) - 1; i >= 0; i-- {
			todo = append(todo, entry{below[i], one.depth + 1})
		}
	}
}
