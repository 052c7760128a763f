package exchange

import (
	"fmt"
	"strings"
)

// reference is a cell that names another item, before it is known which of the keys of the file that is.
type reference struct {
	item int // index of the item whose row it stands in
	sourceCell
}

// names finds items by what a cell may call them.
type names struct {
	items []Item
	keys  map[string]bool

	// Made when the first cell names no key.
	ids    map[string]string
	titles map[string]string // "" if two items have it
	parts  map[string]int    // by the first part of titles that have separators: the most parts that one has
}

// index makes the maps of ids and titles.
func (n *names) index() {
	n.ids, n.titles, n.parts = make(map[string]string), make(map[string]string), make(map[string]int)
	for i := range n.items {
		item := &n.items[i]
		if item.ID != "" {
			n.ids[item.ID] = item.Key
		}
		if item.Title != "" && item.Title != item.Key {
			if _, twice := n.titles[item.Title]; twice {
				n.titles[item.Title] = ""
			} else {
				n.titles[item.Title] = item.Key
			}
			if first := firstPart(item.Title); first != item.Title {
				n.parts[first] = min(maxTitleParts, max(n.parts[first], len(split(item.Title, linkSeparators))))
			}
		}
	}
}

// find returns the key of the item that the text names: by key, by id, or by a title that one item has; a "#" may
// stand before it. What is not in the file stays as it is.
func (n *names) find(text string) (key string, ok bool) {
	if n.keys[text] {
		return text, true
	}
	if n.ids == nil {
		n.index()
	}
	if key, ok := n.ids[text]; ok {
		return key, true
	}
	if key := n.titles[text]; key != "" {
		return key, true
	}
	if bare, isNumbered := strings.CutPrefix(text, "#"); isNumbered && n.keys[bare] {
		return bare, true
	}
	return text, false
}

// resolveParents sets the parent of each item, and adds it to the links.
func (b *builder) resolveParents(n *names) {
	for first := 0; first < len(b.parents); {
		end := first + 1
		for end < len(b.parents) && b.parents[end].item == b.parents[first].item {
			end++
		}
		b.setParent(b.parents[first:end], n)
		first = end
	}
	b.statedParents(n)
	if b.source.dottedKeys {
		b.dottedParents()
	}
}

// statedParents sets the parents that other rows state, of items that name none.
func (b *builder) statedParents(n *names) {
	var items map[string]*Item
	for _, link := range b.source.links {
		if b.source.columns[link.column].Meaning != PartOf || b.source.rows[link.row].skipped != "" {
			continue
		}
		if items == nil {
			items = make(map[string]*Item, len(b.doc.Items))
			for i := range b.doc.Items {
				items[b.doc.Items[i].Key] = &b.doc.Items[i]
			}
		}
		from, _ := n.find(link.from)
		to, _ := n.find(link.to)
		if item := items[from]; item != nil && item.Parent == "" && from != to {
			item.Parent = to
		}
	}
}

// dottedParents makes a.1.2 a part of a.1, or of a if there is no a.1, where it names no parent.
func (b *builder) dottedParents() {
	for i := range b.doc.Items {
		item := &b.doc.Items[i]
		for at := strings.LastIndexByte(item.Key, '.'); at > 0 && item.Parent == ""; at = strings.LastIndexByte(item.Key[:at], '.') {
			if len(item.Key) <= maxDotted && b.keys[item.Key[:at]] {
				item.Parent = item.Key[:at]
			}
		}
	}
}

// maxDotted is how long a key can be of which the parts between dots are looked at.
const maxDotted = 1000

// setParent settles on one of the parents that an item names in several columns: the first that is in the file,
// else the first that is no bare number, else the first. The others are custom values, unless they name the same.
func (b *builder) setParent(parents []reference, n *names) {
	item := &b.doc.Items[parents[0].item]
	best, bestRank := "", -1
	for _, parent := range parents {
		text := oneLine(parent.text)
		key, inFile := n.find(text)
		rank := 0
		switch {
		case key == item.Key:
			continue
		case inFile:
			rank = 2
		case strings.Trim(text, "0123456789") != "":
			rank = 1
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
		if parent.isDerived {
			if item.Parent == "" && key != item.Key && key == best {
				item.Parent = best
			}
			continue
		}
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

// linkID identifies a link: a link and its mirror at the other end are one.
type linkID struct {
	from, to string
	meaning  Meaning
}

// resolveLinks adds the links, each once: parents first, then as the file names them.
func (b *builder) resolveLinks(n *names) error {
	known := make(map[linkID]bool, len(b.parents)+len(b.links))
	b.doc.Links = make([]Link, 0, len(b.parents)+len(b.links))
	for i := range b.doc.Items {
		if item := &b.doc.Items[i]; item.Parent != "" {
			b.addLink(known, Link{item.Row, item.Key, item.Parent, "parent", PartOf})
		}
	}
	named := len(b.source.links)
	for _, one := range b.links {
		column := &b.source.columns[one.column]
		item := &b.doc.Items[one.item]
		others := n.all(one.text, column.Split)
		if named += len(others); named > b.source.options.MaxLinks {
			return tooManyLinks(item.Row, b.source.options.MaxLinks)
		}
		for _, other := range others {
			link, isInward := Link{item.Row, item.Key, other, column.Word, column.Meaning}, column.Inward
			switch {
			case column.worded:
				link.Word, link.To = cutWord(other)
				link.Meaning, isInward = meaningOf(link.Word)
				link.To, _ = n.find(trim(link.To))
			case link.Word == "":
				link.Word = column.name
			}
			if isInward {
				link.From, link.To = link.To, link.From
			}
			b.addLink(known, link)
		}
	}
	for _, one := range b.source.links {
		if row := b.source.rows[one.row]; row.skipped == "" {
			column := &b.source.columns[one.column]
			link := Link{Row: row.number, Word: column.Word, Meaning: column.Meaning}
			link.From, _ = n.find(one.from)
			link.To, _ = n.find(one.to)
			b.addLink(known, link)
		}
	}
	return nil
}

func tooManyLinks(row, most int) error {
	return &Error{
		Row: row, Problem: fmt.Sprintf("more than %d links", most), Want: "a smaller file, or Options.MaxLinks raised", class: ErrTooLarge,
	}
}

// cutWord returns the word and the key of "Blocked by #45", or "Precedes (3 days) #45". Text without a key is taken for one.
func cutWord(text string) (word, key string) {
	bare := strings.TrimRight(text, " #")
	if bare == "" {
		return "", text
	}
	at := strings.LastIndexAny(bare, " #")
	return bareHeader(strings.TrimRight(bare[:max(at, 0)], " #")), bare[at+1:]
}

// linkSeparators stand between the keys of a cell, unless its column has others.
const linkSeparators = ",;|\n"

// all returns the keys of the items that a cell names. What is not in the file stays as it is written.
func (n *names) all(text, separators string) []string {
	if key, ok := n.find(oneLine(text)); ok {
		return []string{key}
	}
	if separators == "" {
		separators = linkSeparators
	}
	keys := split(text, separators)
	if len(n.parts) > 0 {
		keys = n.joinTitles(text, keys)
	}
	all := make([]string, 0, len(keys))
	for _, one := range keys {
		key, ok := n.find(oneLine(one))
		if !ok {
			if spaced := n.spaced(key); spaced != nil {
				all = append(all, spaced...)
				continue
			}
		}
		all = append(all, key)
	}
	return all
}

// spaced returns the keys in a text that has nothing but spaces between them, "3 #12": one at least is in the file, and the others
// have a digit, as keys do. It is nil if there are none.
func (n *names) spaced(text string) (keys []string) {
	isKnown := false
	for one := range strings.FieldsSeq(text) {
		if bare := strings.TrimPrefix(one, "#"); !n.keys[one] && n.keys[bare] {
			one = bare
		}
		isKnown = isKnown || n.keys[one]
		if !n.keys[one] && !strings.ContainsAny(one, "0123456789") {
			return nil
		}
		keys = append(keys, one)
	}
	if !isKnown {
		return nil
	}
	return keys
}

// maxTitleParts is how many parts of a title are put together again.
const maxTitleParts = 8

// firstPart returns what stands before the first separator of a text.
func firstPart(text string) string {
	if at := strings.IndexAny(text, linkSeparators); at >= 0 {
		text = text[:at]
	}
	return oneLine(text)
}

// joinTitles returns the parts of a text with those as one that are the title of an item with separators in it: of several, the
// longest.
func (n *names) joinTitles(text string, parts []string) []string {
	joined := parts[:0]
	for len(parts) > 0 {
		at := strings.Index(text, parts[0])
		one, count := parts[0], 1
		for more := min(n.parts[firstPart(one)], len(parts)); more > 1; more-- {
			if title := upTo(text[at:], parts[:more]); n.titles[oneLine(title)] != "" {
				one, count = title, more
				break
			}
		}
		joined = append(joined, one)
		text, parts = text[at+len(one):], parts[count:]
	}
	return joined
}

// upTo returns the text to the end of the last of the parts, which stand in it one after the other.
func upTo(text string, parts []string) string {
	end := 0
	for _, one := range parts {
		end += strings.Index(text[end:], one) + len(one)
	}
	return text[:end]
}

// id returns what identifies the link.
func (l Link) id() linkID {
	id := linkID{l.From, l.To, l.Meaning}
	if (l.Meaning == Relates || l.Meaning == Excludes) && id.from > id.to {
		id.from, id.to = id.to, id.from
	}
	return id
}

func (b *builder) addLink(known map[linkID]bool, link Link) {
	if id := link.id(); !known[id] {
		known[id] = true
		b.doc.Links = append(b.doc.Links, link)
	}
}
