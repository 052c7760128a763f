package exchange

import "strings"

// reference is a cell that names another item, before it is known which of the keys of the file that is.
type reference struct {
	item   int // index of the item whose row it stands in
	column int
	text   string
}

// names finds items by what a cell may call them.
type names struct {
	keys   map[string]bool
	byID   map[string]string
	titles map[string]string // "" if two items have it
}

func (b *builder) names() names {
	n := names{b.keys, make(map[string]string), make(map[string]string)}
	for i := range b.doc.Items {
		item := &b.doc.Items[i]
		if item.ID != "" {
			n.byID[item.ID] = item.Key
		}
		if item.Title != "" && item.Title != item.Key {
			if _, twice := n.titles[item.Title]; twice {
				n.titles[item.Title] = ""
			} else {
				n.titles[item.Title] = item.Key
			}
		}
	}
	return n
}

// find returns the key of the item that the text names: by key, by id, or by a title that one item has.
func (n names) find(text string) (key string, ok bool) {
	if n.keys[text] {
		return text, true
	}
	if key, ok := n.byID[text]; ok {
		return key, true
	}
	key = n.titles[text]
	return key, key != ""
}

// resolveParents sets the parent of each item, and adds it to the links.
func (b *builder) resolveParents(n names) {
	for first := 0; first < len(b.parents); {
		end := first + 1
		for end < len(b.parents) && b.parents[end].item == b.parents[first].item {
			end++
		}
		b.setParent(b.parents[first:end], n)
		first = end
	}
}

// setParent settles on one of the parents that an item names in several columns: the first that is in the file,
// else the first that is no bare number, else the first. The others are custom values, unless they name the same.
func (b *builder) setParent(parents []reference, n names) {
	item := &b.doc.Items[parents[0].item]
	best, bestRank := "", -1
	for _, parent := range parents {
		text := oneLine(parent.text)
		key, inFile := n.find(text)
		rank := 0
		switch {
		case inFile && key != item.Key:
			rank = 2
		case strings.Trim(text, "0123456789") != "":
			key, rank = text, 1
		default:
			key = text
		}
		if rank > bestRank {
			best, bestRank = key, rank
		}
	}
	b.item, b.row = item, sourceRow{number: item.Row}
	for _, parent := range parents {
		text := oneLine(parent.text)
		key, _ := n.find(text)
		column := &b.source.columns[parent.column]
		switch {
		case key == item.Key || text == item.Key:
			b.lose(column, parent.text, "names the item itself as its parent")
		case key == best || text == best:
			b.doc.Carried++
			if item.Parent == "" {
				item.Parent = best
			}
		default:
			b.keep(column.name, Text, text)
		}
	}
}

// linkID is what links are told apart by: a link and its mirror at the other end are one.
type linkID struct {
	from, to string
	meaning  Meaning
}

// resolveLinks adds the links, each once: parents first, then as the file names them.
func (b *builder) resolveLinks(n names) {
	known := make(map[linkID]bool, len(b.parents)+len(b.links))
	for i := range b.doc.Items {
		if item := &b.doc.Items[i]; item.Parent != "" {
			b.addLink(known, Link{item.Row, item.Key, item.Parent, "parent", PartOf})
		}
	}
	for _, one := range b.links {
		column := &b.source.columns[one.column]
		item := &b.doc.Items[one.item]
		word := column.Word
		if word == "" {
			word = column.name
		}
		for _, other := range n.all(one.text, column.Split) {
			link := Link{item.Row, item.Key, other, word, column.Meaning}
			if column.Inward {
				link.From, link.To = link.To, link.From
			}
			b.addLink(known, link)
		}
	}
}

// all returns the keys of the items that a cell names. What is not in the file stays as it is written.
func (n names) all(text, separators string) []string {
	if key, ok := n.find(oneLine(text)); ok {
		return []string{key}
	}
	if separators == "" {
		separators = ",;|\n"
	}
	keys := split(text, separators)
	for i, one := range keys {
		one = oneLine(one)
		if key, ok := n.find(one); ok {
			one = key
		}
		keys[i] = one
	}
	return keys
}

func (b *builder) addLink(known map[linkID]bool, link Link) {
	id := linkID{link.From, link.To, link.Meaning}
	if (link.Meaning == Relates || link.Meaning == Excludes) && id.from > id.to {
		id.from, id.to = id.to, id.from
	}
	if !known[id] {
		known[id] = true
		b.doc.Links = append(b.doc.Links, link)
	}
}
