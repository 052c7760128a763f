package exchange

import (
	"slices"

	"github.com/backlogkit/backlogkit/backlog"
)

// partOf is the reason of a dependency by which an item waits for those that are part of it.
const partOf = "part of"

// linkKinds are the first half of the names of links in a [base], by meaning.
var linkKinds = [...]string{Needs: "needs", PartOf: "part", Relates: "relates", Excludes: "excludes", Duplicates: "duplicates"}

// batch is links that come or go.
type batch struct {
	dependencies []backlog.Dependency
	relations    []backlog.Relation
}

// wantedLink is a link of the document between two items that can have it.
type wantedLink struct {
	holder     int // the index of the item whose base knows it
	key        string
	text       string
	dependency backlog.Dependency
	relation   backlog.Relation // if there is no dependency
	isDropped  bool             // it would close a circle
}

func (w *wantedLink) isRelation() bool { return w.relation.How != 0 }

// target returns what a key of a link leads to.
func (im *importer) target(key string) (item backlog.ItemID, isItem bool) {
	if at, ok := im.index[key]; ok {
		item = im.places[at].item
		return item, item != backlog.ItemID{}
	}
	return im.byKey(key)
}

// wantLinks finds the links that the document wants, and keeps those that have no place.
func (im *importer) wantLinks() {
	im.keptLinks = make(map[int][]keptLink)
	for i := range im.places {
		im.wantPart(i)
	}
	for _, link := range im.doc.Links {
		if at, ok := im.index[link.From]; ok && link.Meaning == PartOf && im.doc.Items[at].Parent == link.To {
			continue // see wantPart
		}
		im.want(link)
	}
}

// link settles which links come and which go.
func (im *importer) link() {
	im.compareLinks()
	im.untangle()
	for i := range im.links {
		w := &im.links[i]
		switch {
		case w.isDropped:
			delete(im.places[w.holder].pending.merger.next, w.key)
			continue
		case w.isRelation():
			im.come.relations = append(im.come.relations, w.relation)
		default:
			im.come.dependencies = append(im.come.dependencies, w.dependency)
		}
		im.touch(w.holder)
	}
}

// touch notes that links of an item come or go.
func (im *importer) touch(holder int) {
	m := &im.places[holder].pending.merger
	if !slices.Contains(m.changed, "links") {
		m.changed = append(m.changed, "links")
	}
}

// parthood is how the backlog shows what an item is part of.
type parthood uint8

const (
	partOfNothing parthood = iota
	inItsField             // the feature of a story, the goal of a feature
	asNeed                 // what is above needs the item
	asData                 // not at all; the key is kept
	notAtAll
)

// parthood returns how an item is part of what the document has above it, and why if it is not in full.
func (im *importer) parthood(i int) (how parthood, above backlog.ItemID, reason string) {
	item, p := &im.doc.Items[i], &im.places[i]
	switch {
	case item.Parent == "" || p.level == 0 || p.level == LevelTask:
		return partOfNothing, above, ""
	case p.level == LevelGoal:
		return notAtAll, above, "a goal is part of nothing"
	case p.parent >= 0:
		up := &im.places[p.parent]
		above = up.item
		switch {
		case up.level == LevelGoal && p.level == LevelFeature:
			return inItsField, above, ""
		case up.level == LevelGoal:
			return asData, above, "a story is part of a feature, and a feature of a goal"
		case up.level == LevelTask, up.level == 0:
			return asData, above, "what it is part of is neither a story nor a feature here"
		}
	case im.isInFile(item.Parent):
		return partOfNothing, above, "" // of itself: a circle was opened
	default:
		if above = p.above; above == (backlog.ItemID{}) {
			return asData, above, "what it is part of is neither in the document nor in the backlog"
		}
	}
	switch {
	case above == p.item:
		return partOfNothing, above, ""
	case p.level == LevelStory && !above.Feature.IsZero():
		return inItsField, above, ""
	default:
		return asNeed, above, ""
	}
}

// wantPart wants what an item is part of, where that is no field of it.
func (im *importer) wantPart(i int) {
	item := &im.doc.Items[i]
	switch how, above, reason := im.parthood(i); how {
	case asNeed:
		im.links = append(im.links, wantedLink{
			holder: i, key: linkKinds[PartOf] + "/" + im.digestOf(above), text: item.Key + " part of " + item.Parent,
			dependency: backlog.Dependency{Item: above, Needs: im.places[i].item, Reason: partOf},
		})
	case asData, notAtAll:
		im.lose(i, "parent", item.Parent, reason, how == asData)
	default:
	}
}

// digestOf returns the digest of what identifies an item. One with many links is worked out once.
func (im *importer) digestOf(item backlog.ItemID) string {
	known, ok := im.digests[item]
	if !ok {
		known = digest(item.String())
		im.digests[item] = known
	}
	return known
}

func (im *importer) isInFile(key string) bool {
	_, ok := im.index[key]
	return ok
}

// holds reports whether the item of a key is a story or a feature of the document, and where it stands.
func (im *importer) holds(key string) (int, bool) {
	at, ok := im.index[key]
	return at, ok && im.places[at].item != backlog.ItemID{}
}

// want wants a link, or keeps it with one of its ends.
func (im *importer) want(link Link) {
	from, hasFrom := im.target(link.From)
	to, hasTo := im.target(link.To)
	holder, ok := im.holds(link.From)
	isInward := !ok
	if isInward {
		holder, ok = im.holds(link.To)
	}
	text := link.From + " " + link.Word + " " + link.To
	lose := func(reason string) {
		if ok {
			im.keptLinks[holder] = append(im.keptLinks[holder], keptLink{link, isInward})
		}
		im.report.Losses = append(im.report.Losses, ImportLoss{link.Row, link.From, "link", shorten(text), reason, ok})
	}
	kind, other := linkKinds[link.Meaning]+"/", to
	if isInward {
		kind, other = linkKinds[link.Meaning]+"-of/", from
	}
	wanted := wantedLink{holder: holder, text: text, key: kind + im.digestOf(other)}
	switch {
	case !hasFrom:
		lose(im.missing(link.From))
		return
	case !hasTo:
		lose(im.missing(link.To))
		return
	case !ok: // another row states it of items that are in the backlog
		lose("neither of its items is in the document")
		return
	case from == to:
		lose("it leads to the item itself")
		return
	case link.Meaning == PartOf:
		lose("an item is part of one other")
		return
	case link.Meaning == Needs:
		wanted.dependency = backlog.Dependency{Item: from, Needs: to, Reason: im.reason(link)}
	case from.Story.IsZero() || to.Story.IsZero():
		lose("only stories have such links")
		return
	default:
		how := map[Meaning]backlog.RelationKind{Relates: backlog.RelatesTo, Excludes: backlog.Excludes, Duplicates: backlog.Duplicates}[link.Meaning]
		wanted.relation = backlog.Relation{Story: from.Story, How: how, Other: to.Story, Reason: im.reason(link)}
	}
	im.links = append(im.links, wanted)
}

func (im *importer) missing(key string) string {
	if im.isInFile(key) {
		return quote(key) + " is neither a story nor a feature here"
	}
	return quote(key) + " is neither in the document nor in the backlog"
}

// reason returns the tracker's word for a link.
func (im *importer) reason(link Link) string {
	text, fits := cleanText(link.Word)
	if !fits || text == partOf {
		return ""
	}
	return text
}

// keptLink is a link without a place, which is kept with one of its items.
type keptLink struct {
	Link
	isInward bool
}

// pairID is what two links have in common that are one for a backlog.
type pairID struct {
	a, b backlog.ItemID
	how  backlog.RelationKind // 0 for a dependency
}

func (w *wantedLink) pair() pairID {
	if !w.isRelation() {
		return pairID{a: w.dependency.Item, b: w.dependency.Needs}
	}
	return relationPair(w.relation)
}

// relationPair is the same whichever way round a relation is.
func relationPair(r backlog.Relation) pairID {
	a, b := r.Story, r.Other
	if a.Compare(b) > 0 {
		a, b = b, a
	}
	return pairID{a: backlog.StoryItem(a), b: backlog.StoryItem(b), how: r.How}
}

// compareLinks leaves, of the links of the document, those that are to come, and finds those that are to go.
func (im *importer) compareLinks() {
	isHere := make(map[pairID]bool)
	for one := range im.view.Dependencies() {
		isHere[pairID{a: one.Item, b: one.Needs}] = true
	}
	for one := range im.view.Relations() {
		isHere[relationPair(one)] = true
	}
	stated := make(map[pairID]bool, len(im.links))
	come := im.links[:0]
	for _, w := range im.links {
		m := &im.places[w.holder].pending.merger
		pair := w.pair()
		if stated[pair] {
			continue // the mirror of another
		}
		stated[pair] = true
		_, isKnown := m.last[w.key]
		if isKnown || !isHere[pair] { // else somebody made it here
			m.next[w.key] = isThere
		}
		if !isKnown && !isHere[pair] { // else somebody took it away here
			come = append(come, w)
		}
	}
	im.links = come
	for _, list := range [][]*pending{im.features, im.stories} {
		for _, p := range list {
			im.findGone(p, stated)
		}
	}
}

// findGone finds the links of an item that came by an earlier import and are not in the document any more, although both
// ends are.
func (im *importer) findGone(p *pending, stated map[pairID]bool) {
	m, item := &p.merger, im.places[p.index].item
	if m.isNew {
		return
	}
	look := func(key string, pair pairID, other backlog.ItemID, take func()) {
		if m.last[key] == "" || stated[pair] {
			return
		}
		if _, inFile := im.targets[other]; !inFile {
			m.next[key] = isThere
			return
		}
		take()
		im.touch(p.index)
	}
	takeDependency := func(one backlog.Dependency) func() {
		return func() { im.gone.dependencies = append(im.gone.dependencies, one) }
	}
	for one := range im.view.Needs(item) {
		look(linkKinds[Needs]+"/"+im.digestOf(one.Needs), pairID{a: one.Item, b: one.Needs}, one.Needs, takeDependency(one))
	}
	for one := range im.view.NeededBy(item) {
		pair := pairID{a: one.Item, b: one.Needs}
		kind := linkKinds[Needs] + "-of/"
		if one.Reason == partOf {
			kind = linkKinds[PartOf] + "/"
		}
		look(kind+im.digestOf(one.Item), pair, one.Item, takeDependency(one))
	}
	if item.Story.IsZero() {
		return
	}
	meanings := map[backlog.RelationKind]Meaning{backlog.RelatesTo: Relates, backlog.Excludes: Excludes, backlog.Duplicates: Duplicates}
	for one := range im.view.RelationsOf(item.Story) {
		kind, other := linkKinds[meanings[one.How]]+"/", one.Other
		if one.Story != item.Story {
			kind, other = linkKinds[meanings[one.How]]+"-of/", one.Story
		}
		id := backlog.StoryItem(other)
		look(kind+im.digestOf(id), relationPair(one), id, func() { im.gone.relations = append(im.gone.relations, one) })
	}
}
