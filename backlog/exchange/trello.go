package exchange

import (
	"strconv"
	"strings"
	"time"
)

// trelloFormat is the export of a Trello board.
func trelloFormat() format {
	return format{
		name: TrelloJSON,
		detect: func(f *file) Certainty {
			switch {
			case f.has("cards[].idList|cards[].idBoard|cards[].shortLink"), f.has("idOrganization|memberships|labelNames|limits|actions", "prefs|lists|cards"):
				return Certain
			case f.has("lists[].name", "cards[].name"):
				return Certain
			}
			return 0
		},
		read: readTrello,
	}
}

// trelloNames are the paths of a card. A card that is closed is archived: that gives up what is not done.
var trelloNames = map[string]Column{
	"id":               {Field: FieldID},
	"shortLink":        {Field: FieldKey},
	"name":             {Field: FieldTitle},
	"desc":             {Field: FieldDescription},
	"due":              {Field: FieldDue},
	"start":            {Field: FieldStarted},
	"dateLastActivity": {Field: FieldUpdated},
	"dateCompleted":    {Field: FieldDone},
	"idList|idBoard|idMembers[]|idLabels[]|idChecklists[]|url|shortUrl|labels[].id|labels[].idBoard|labels[].color": {Field: FieldImplied},
	"labels[].name": {Field: FieldLabels},
}

// trelloBoard is what cards refer to by id.
type trelloBoard struct {
	tree       *tree
	lists      map[string]trelloList
	labels     map[string]string
	members    map[string]string
	fields     map[string]trelloField
	checklists map[string][]string // of a card
	actions    map[string][]string

	status, points, label, assignee, created, category, criteria, link int // columns
}

type trelloList struct {
	name     string
	isClosed bool
}

// trelloField is a custom field, with the texts of its options by id.
type trelloField struct {
	name    string
	options map[string]string
}

func readTrello(f *file, s *source) error {
	text, err := f.object(TrelloJSON)
	if err != nil {
		return err
	}
	b := &trelloBoard{tree: newTree(s, trelloNames)}
	b.status = s.column("list", Column{Field: FieldStatus})
	b.points = s.column("points", Column{Field: FieldPoints})
	b.label = s.column("label", Column{Field: FieldLabels})
	b.assignee = s.column("member", Column{Field: FieldAssignee})
	b.created = s.column("created", Column{Field: FieldCreated})
	b.category = s.column("closed", Column{Field: FieldCategory})
	b.criteria = s.column("checklist", Column{Field: FieldCriteria})
	b.link = s.column("card", Column{Field: FieldLink, Meaning: Relates, Word: "links to"})
	b.index(text)
	number := 0
	for name, raw := range members(text) {
		if name == "cards" && strings.HasPrefix(raw, "[") {
			for card := range elements(raw) {
				number++
				if err := b.card(number, card); err != nil {
					return err
				}
			}
			continue
		}
		if err := b.rest(name, raw); err != nil {
			return err
		}
	}
	return nil
}

// index notes what has an id.
func (b *trelloBoard) index(text string) {
	b.lists, b.labels, b.members = make(map[string]trelloList), make(map[string]string), make(map[string]string)
	b.fields, b.checklists, b.actions = make(map[string]trelloField), make(map[string][]string), make(map[string][]string)
	cards := make(map[string]bool)
	for card := range objects(text, "cards") {
		cards[scalar(member(card, "id"))] = true
	}
	delete(cards, "")
	for list := range objects(text, "lists") {
		b.lists[scalar(member(list, "id"))] = trelloList{scalar(member(list, "name")), member(list, "closed") == "true"}
	}
	for label := range objects(text, "labels") {
		name := scalar(member(label, "name"))
		if name == "" {
			name = scalar(member(label, "color"))
		}
		b.labels[scalar(member(label, "id"))] = name
	}
	for one := range objects(text, "members") {
		name := scalar(member(one, "fullName"))
		if name == "" {
			name = scalar(member(one, "username"))
		}
		b.members[scalar(member(one, "id"))] = name
	}
	for one := range objects(text, "customFields") {
		field := trelloField{scalar(member(one, "name")), make(map[string]string)}
		for option := range objects(one, "options") {
			field.options[scalar(member(option, "id"))] = scalar(member(member(option, "value"), "text"))
		}
		b.fields[scalar(member(one, "id"))] = field
	}
	for checklist := range objects(text, "checklists") {
		if id := scalar(member(checklist, "idCard")); cards[id] {
			b.checklists[id] = append(b.checklists[id], checklist)
		}
	}
	for action := range objects(text, "actions") {
		if id := scalar(member(member(member(action, "data"), "card"), "id")); cards[id] {
			b.actions[id] = append(b.actions[id], action)
		}
	}
}

// rest adds a member of the board that is no list of cards. Checklists and actions of cards stand with these.
func (b *trelloBoard) rest(name, raw string) error {
	s := b.tree.source
	s.whole()
	if name != "checklists" && name != "actions" || !strings.HasPrefix(raw, "[") {
		return b.tree.addMember("board."+name, raw)
	}
	for one := range elements(raw) {
		id := scalar(member(one, "idCard"))
		if name == "actions" {
			id = scalar(member(member(member(one, "data"), "card"), "id"))
		}
		if _, ofCard := b.cardParts(name)[id]; ofCard && strings.HasPrefix(one, "{") {
			continue
		}
		if err := b.tree.addMember("board."+name+"[]", one); err != nil {
			return err
		}
	}
	return nil
}

func (b *trelloBoard) cardParts(name string) map[string][]string {
	if name == "actions" {
		return b.actions
	}
	return b.checklists
}

// card adds a card with all that is about it.
func (b *trelloBoard) card(number int, text string) error {
	one := entry{number: number, text: text}
	if !strings.HasPrefix(text, "{") {
		one.problem = "JSON, but no object"
		return b.tree.addEntry(one, nil)
	}
	s := b.tree.source
	err := b.tree.addEntry(one, func(l leaf) bool {
		switch {
		case l.path == "closed":
			s.add(s.column("closed", Column{Field: FieldImplied}), l.value)
		case l.path == "dueComplete" && l.value == "true":
			s.add(b.category, l.value)
		case l.path == "dueComplete":
			s.add(s.column("dueComplete", Column{Field: FieldImplied}), l.value)
		default:
			return strings.HasPrefix(l.path, "customFieldItems[].") || strings.HasPrefix(l.path, "checklists[].")
		}
		return true
	})
	if err != nil {
		return err
	}
	b.derive(text)
	if err := b.customFields(text); err != nil {
		return err
	}
	s.derive(b.points, trelloPoints(scalar(member(text, "name"))))
	id := scalar(member(text, "id"))
	for checklist := range objects(text, "checklists") {
		if err := b.checklist(checklist); err != nil {
			return err
		}
	}
	for _, checklist := range b.checklists[id] {
		if err := b.checklist(checklist); err != nil {
			return err
		}
	}
	for _, action := range b.actions[id] {
		if err := b.tree.addMember("actions[]", action); err != nil {
			return err
		}
	}
	if id != "" { // of two cards with one id, the first has them
		b.checklists[id], b.actions[id] = nil, nil
	}
	return nil
}

// derive adds what the ids of a card refer to, and what its texts hold.
func (b *trelloBoard) derive(text string) {
	s := b.tree.source
	if scalar(member(text, "shortLink")) == "" {
		s.derive(s.column("idShort", Column{Field: FieldKey}), scalar(member(text, "idShort")))
	}
	list := b.lists[scalar(member(text, "idList"))]
	s.derive(b.status, list.name)
	if member(text, "closed") == "true" || list.isClosed {
		if statuses[fold(list.name)].category != delivered && member(text, "dueComplete") != "true" {
			s.derive(b.category, "archived")
		}
	}
	for label := range elements(member(text, "idLabels")) {
		s.derive(b.label, b.labels[scalar(label)])
	}
	for label := range objects(text, "labels") {
		if scalar(member(label, "name")) == "" {
			s.derive(b.label, scalar(member(label, "color")))
		}
	}
	for one := range elements(member(text, "idMembers")) {
		s.derive(b.assignee, b.members[scalar(one)])
	}
	if at, ok := trelloCreated(scalar(member(text, "id"))); ok {
		s.derive(b.created, at)
	}
	b.links(text)
}

// links adds the cards that a card links to: in its description, as attachments, and as entries of its checklists.
func (b *trelloBoard) links(text string) {
	known := map[string]bool{scalar(member(text, "shortLink")): true}
	add := func(text string) {
		for _, link := range trelloLinks(text) {
			if !known[link] {
				known[link] = true
				b.tree.source.derive(b.link, link)
			}
		}
	}
	add(scalar(member(text, "desc")))
	for attachment := range objects(text, "attachments") {
		add(scalar(member(attachment, "url")))
	}
	entries := func(checklist string) {
		for entry := range objects(checklist, "checkItems") {
			add(scalar(member(entry, "name")))
		}
	}
	for checklist := range objects(text, "checklists") {
		entries(checklist)
	}
	for _, checklist := range b.checklists[scalar(member(text, "id"))] {
		entries(checklist)
	}
}

// trelloCreated returns when a card was made: its id begins with the seconds since 1970.
func trelloCreated(id string) (string, bool) {
	if len(id) != 24 {
		return "", false
	}
	seconds, err := strconv.ParseInt(id[:8], 16, 64)
	if err != nil || seconds < 1_000_000_000 {
		return "", false
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339), true
}

// trelloPoints returns the number of "(3) Title", "Title [5]" or "[3] Title": points by the custom of the Scrum extension.
func trelloPoints(name string) string {
	name = trim(name)
	for _, pair := range []string{"()", "[]"} {
		if end := strings.IndexByte(name, pair[1]); end > 0 && name[0] == pair[0] && isPoints(name[1:end]) {
			return trim(name[1:end])
		}
		if start := strings.LastIndexByte(name, pair[0]); start > 0 && name[len(name)-1] == pair[1] && isPoints(name[start+1:len(name)-1]) {
			return trim(name[start+1 : len(name)-1])
		}
	}
	return ""
}

func isPoints(text string) bool {
	text = trim(text)
	return text != "" && len(text) <= 5 && strings.Trim(text, "0123456789.") == "" && strings.Count(text, ".") <= 1 && text != "."
}

// trelloLinks returns the short links of the cards that a description links to: https://trello.com/c/SHORT/12-title.
func trelloLinks(text string) (links []string) {
	const before = "trello.com/c/"
	known := make(map[string]bool)
	for at := strings.Index(text, before); at >= 0; at = strings.Index(text, before) {
		text = text[at+len(before):]
		end := strings.IndexFunc(text, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		})
		if end < 0 {
			end = len(text)
		}
		if end > 0 && !known[text[:end]] {
			known[text[:end]] = true
			links = append(links, text[:end])
		}
	}
	return links
}

// customFields adds the values of the custom fields of a card, under the names of these.
func (b *trelloBoard) customFields(text string) error {
	s := b.tree.source
	for item := range objects(text, "customFieldItems") {
		field := b.fields[scalar(member(item, "idCustomField"))]
		option := field.options[scalar(member(item, "idValue"))]
		err := s.leaves(item, func(l leaf) error {
			name, column, value := "customFieldItems[]."+l.path, Column{Field: FieldImplied}, l.value
			switch {
			case field.name == "":
				column = Column{}
			case strings.HasPrefix(l.path, "value."):
				name, column = field.name, trelloColumn(field.name)
			case l.path == "idValue" && option != "":
				name, column, value = field.name, trelloColumn(field.name), option
			}
			s.add(s.column(name, column), value)
			return s.err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// trelloColumn returns what a custom field is, by its name.
func trelloColumn(name string) Column {
	switch fold(name) {
	case "points", "storypoints", "estimate", "sp", "size":
		return Column{Field: FieldPoints}
	case "priority":
		return Column{Field: FieldPriority}
	case "sprint":
		return Column{Field: FieldSprints}
	}
	return Column{}
}

// checklist adds a checklist of a card: criteria, if it is named so.
func (b *trelloBoard) checklist(text string) error {
	s := b.tree.source
	isCriteria := criteriaHeadings[fold(scalar(member(text, "name")))]
	return s.leaves(text, func(l leaf) error {
		column := Column{}
		switch {
		case l.path == "checkItems[].name" && isCriteria:
			s.add(b.criteria, l.value)
			return s.err
		case l.path == "idCard", l.path == "idBoard", l.path == "checkItems[].idChecklist":
			column = Column{Field: FieldImplied}
		}
		s.add(s.column("checklists[]."+l.path, column), l.value)
		return s.err
	})
}
