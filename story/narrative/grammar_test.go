package narrative_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
)

var seed = flag.Uint64("seed", 2026, "of the sentences that are made by the grammars")

// grammar is what the sentences of a language are made of by rules: subjects and predicates make clauses, openers and
// clauses conditions. Nothing in it is shared with the phrasebooks, so that neither is made for the other.
type grammar struct {
	language story.Language
	as       []string    // before a role
	roles    []string    //
	wants    []announced // want is what stands before a goal then; "=" keeps the words
	deeds    []string    // goals without a clause
	asked    []string    // goals with a clause that a verb or a noun takes
	openers  []string    // of a clause
	front    []string    // of a clause that stands before the goal only
	subjects []string
	does     [][]string // what subjects do, by the subject
	adjuncts []string   // may follow what somebody does
	nested   []string   // a clause within a clause, behind it
	inner    []string   // one in commas, behind the opener
	bare     []string   // conditions without a subject
	phrases  []string   // in front, without a verb
	benefits []announced
	then     string
	aside    func(opener, as, role, clause string) string // "when, as a user, I pay"
	joined   func(opener, clause string) string           // "lorsqu'il"
	open     bool                                         // a condition may stand behind the goal without a comma
	taken    bool                                         // no comma need stand between role and goal
	loose    []int                                        // subjects whose clauses may stand behind "I want" without commas
	inverted []string                                     // conditions with the verb in front
	relative []string                                     // clauses with one within, in commas
	able     announced                                    // what stands before a condition and what somebody wants to be able to
	deedsOf  []string                                     // what stands behind it
	behind   []string                                     // wishes before a role behind them: "möchte ich", "als Käufer"
}

func (y *grammar) clause(g generator) string {
	i := g.IntN(len(y.subjects))
	text := strings.TrimSpace(y.subjects[i] + " " + g.of(y.does[i]...))
	if len(y.adjuncts) > 0 && g.IntN(4) == 0 {
		text += " " + g.of(y.adjuncts...)
	}
	return text
}

func (y *grammar) condition(g generator, front bool) string {
	switch g.IntN(9) {
	case 0:
		return g.of(y.bare...)
	case 1:
		return y.joined(g.of(y.openers...), y.clause(g)) + " " + g.of(y.nested...)
	case 2:
		if front {
			return y.joined(g.of(y.front...), y.clause(g))
		}
	case 3:
		if opener := g.of(y.openers...); !strings.HasSuffix(opener, "ing") && len(y.inner) > 0 {
			return opener + ", " + g.of(y.inner...) + ", " + y.clause(g)
		}
	}
	return y.joined(g.of(y.openers...), y.clause(g))
}

// marked puts marks around a word of a text that stands alone.
func (g generator) marked(text string) string {
	words := strings.Split(text, " ")
	i := g.IntN(len(words))
	if strings.ContainsAny(words[i], `'’"«»,(`) || g.IntN(6) > 0 {
		return text
	}
	mark := g.of("** **", "* *", "_ _", "` `", "[ ]", "{ }", "< >", "__ __")
	left, right, _ := strings.Cut(mark, " ")
	words[i] = left + words[i] + right
	return strings.Join(words, " ")
}

func (y *grammar) sentence(g generator) (string, story.Narrative) {
	pick := func(all []announced) announced { return all[g.IntN(len(all))] }
	as, role, want, benefit := g.of(y.as...), g.of(y.roles...), pick(y.wants), pick(y.benefits)
	isDeed := g.IntN(3) > 0
	goal := g.of(y.asked...)
	if isDeed {
		goal = g.of(y.deeds...)
	}
	n := story.Narrative{Role: role, Goal: want.want + goal, Benefit: benefit.want}
	if y.language != story.English {
		n.Language = y.language
	}
	if want.want == "=" {
		n.Goal = want.before + goal
	}
	comma := ", "
	if y.taken {
		comma = g.of(", ", " ")
	}
	loose := g.of(", ", " ")
	end := ""
	if benefit.text != "" {
		end = g.of(", ", ", ", " ", ". ", "; ", " – ") + benefit.before + g.marked(benefit.text)
		if strings.HasPrefix(end, ". ") {
			if !strings.HasPrefix(benefit.before, "so that") && !strings.HasPrefix(benefit.before, "damit ") {
				end = ", " + benefit.before + benefit.text
			} else {
				end = ". " + capital(end[2:])
			}
		}
	}
	end += g.of("", ".", " .")
	who := as + g.marked(role)
	what := want.before + g.marked(goal)
	var text string
	var conditions []string
	kind := g.IntN(14)
	if kind == 12 && y.inverted == nil {
		kind = 13
	}
	switch kind {
	case 11: // within an ability
		conditions = []string{y.joined(g.of(y.openers...), y.clause(g))}
		if strings.Contains(conditions[0], ",") {
			conditions[0] = y.joined(y.openers[0], y.clause(g))
		}
		if strings.Contains(conditions[0], ",") {
			conditions[0] = y.joined(y.openers[0], y.subjects[0]+" "+y.does[0][0])
		}
		deed := g.of(y.deedsOf...)
		n.Goal = y.able.want + deed
		text = who + comma + y.able.before + ", " + conditions[0] + ", " + y.able.text + deed + end
	case 12: // the verb in front
		conditions = []string{g.of(y.inverted...)}
		switch {
		case g.IntN(3) == 0:
			text = who + ", " + conditions[0] + ", " + what + end
		case len(y.behind) > 0 && !strings.Contains(role, " "):
			deed := g.of(y.deeds...)
			n.Goal = deed
			text = capital(conditions[0]) + ", " + g.of(y.behind...) + small(as) + role + " " + deed + end
		default:
			text = capital(conditions[0]) + ", " + small(who) + comma + what + end
		}
	case 13: // a clause within the clause of a condition
		conditions = []string{g.of(y.openers...) + " " + g.of(y.relative...)}
		switch g.IntN(3) {
		case 0:
			text = who + ", " + conditions[0] + ", " + what + end
		case 1:
			text = capital(conditions[0]) + ", " + small(who) + comma + what + end
		default:
			text = who + comma + what + ", " + conditions[0] + end
		}
	case 10: // behind "I want", without commas
		i := y.loose[g.IntN(len(y.loose))]
		clause := strings.TrimSpace(y.subjects[i] + " " + g.of(y.does[i]...))
		before, to := strings.TrimSpace(strings.TrimSuffix(want.before, " to "))+" ", ""
		if before != want.before {
			to = "to "
		}
		for want.want == "=" || strings.Contains(clause, ",") || strings.Contains(clause, "combien") || y.language == story.English && to == "" || strings.Contains(before, "be happy") || strings.HasPrefix(before, "it ") || strings.Contains(before, "able") {
			want = pick(y.wants)
			before, to = strings.TrimSpace(strings.TrimSuffix(want.before, " to "))+" ", ""
			if before != want.before {
				to = "to "
			}
			clause = strings.TrimSpace(y.subjects[i] + " " + g.of(y.does[i]...))
		}
		goal = g.of(y.deeds...)
		n.Goal = want.want + goal
		conditions = []string{y.joined(g.of(y.openers...), clause)}
		if strings.Contains(conditions[0], ",") || strings.HasPrefix(conditions[0], "bien") { // "je voudrais bien"
			conditions[0] = y.joined(y.openers[0], clause)
		}
		text = who + comma + before + conditions[0] + " " + to + goal + end
	case 0:
		text = who + comma + what + end
	case 1, 2: // between
		conditions = []string{y.condition(g, true)}
		text = who + loose + conditions[0] + loose + what + end
	case 3: // in front
		conditions = []string{y.condition(g, true)}
		text = capital(conditions[0]) + ", " + small(who) + comma + what + end
	case 4: // behind
		conditions = []string{y.condition(g, false)}
		if isDeed && y.open && !strings.Contains(conditions[0], ", ") {
			before := g.of(" ", ", ")
			text = who + comma + what + before + conditions[0] + end
		} else {
			text = who + comma + what + ", " + conditions[0] + end
		}
	case 5: // two
		conditions = []string{y.condition(g, true), y.condition(g, true)}
		text = who + ", " + conditions[0] + ", " + conditions[1] + ", " + g.of("", "", y.then) + what + end
	case 6: // around
		conditions = []string{y.condition(g, true), y.condition(g, false)}
		text = who + ", " + conditions[0] + ", " + what + ", " + conditions[1] + end
	case 7: // a phrase
		conditions = []string{g.of(y.phrases...)}
		text = who + ", " + conditions[0] + ", " + what + end
	case 8: // "when, as a user, I pay, I want"
		for y.language == story.German && strings.Contains(role, " ") { // where a noun ends does not show
			role = g.of(y.roles...)
			n.Role = role
		}
		opener, clause := g.of(y.openers...), y.subjects[0]+" "+g.of(y.does[0]...)
		conditions = []string{y.joined(opener, clause)}
		text = capital(y.aside(opener, small(as), role, clause)) + ", " + what + end
	case 9: // without a role
		conditions = []string{y.condition(g, true)}
		n.Role = ""
		text = capital(conditions[0]) + ", " + g.of("", "", y.then) + what + end
	}
	if len(conditions) > 0 {
		n.Conditions = story.ConditionsOf(conditions...)
	}
	return text, n
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func small(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func plainly(opener, clause string) string { return opener + " " + clause }

func plainAside(opener, as, role, clause string) string {
	return opener + ", " + as + role + ", " + clause
}

var englishGrammar = grammar{
	language: story.English,
	as:       []string{"As a ", "As the ", "As a "},
	roles: []string{
		"warehouse clerk", "visitor of the fair", "teacher", "first-time visitor", "driver with a trailer", "nurse on night duty",
		"parent of two", "coach", "librarian", "night watchman", "beekeeper", "member of the jury", "buyer from abroad", "tenant",
		"treasurer, secretary or chair", "dog owner", "QA lead", "returning customer", "person in a wheelchair",
	},
	wants: []announced{
		{"I want to ", "", "to "},
		{"I want to ", "", "to "},
		{"I need to ", "", "to "},
		{"I'd like to ", "", "to "},
		{"I would love to ", "", "to "},
		{"I wish to ", "", "to "},
		{"I can ", "", "to be able to "},
		{"I must be able to ", "", "to be able to "},
		{"I never want to ", "", "never to "},
		{"I do not want to ", "", "not to "},
		{"we want to ", "", "to "},
		{"I should be able to ", "", "to be able to "},
		{"I only want to ", "", "only to "},
		{"I cannot ", "", "not to be able to "},
		{"I'd prefer to ", "", "to "},
		{"I would be happy to ", "", "to "},
		{"I'd be glad if I could ", "", "to be able to "},
		{"it would help me if I could ", "", "to be able to "},
		{"it would be great to ", "", "to "},
	},
	deeds: []string{
		"rent a van", "compare two tariffs", "reorder spare parts", "cancel the lesson", "print labels", "be reminded of the deadline",
		"sort the queue by age", "export the ledger as a spreadsheet", "mute the alarm", "invite my neighbours and friends",
		"renew the lease with one tap", "swap shifts with a colleague", "lock the door", "hear a beep", "get a refund by Friday",
		"pin a note to the map", "track the parcel", "keep my draft", "move on to the next patient", "look up a word", "be called back",
		"weigh, wrap and label a parcel", "play it again", "see my balance", "see the plan for Friday", "check the meter",
		"ask a neighbour for help", "warn my team", "choose a colour", "decide the winner", "know the price", "set an alarm", "plan a trip",
		"show my ticket", "find a seat", "view the roster", "note the mileage", "learn a new word", "watch the race", "report a leak",
		"sign up", "stay anonymous", "go back two steps", "receive three letters at most", "see it in colour",
	},
	asked: []string{
		"know why the train is late", "know until when I may pay", "find out who booked the room", "see whether the boiler runs", "ask my boss if I may leave early",
		"tell the driver where I stand", "decide when the meeting starts", "choose which seat I get", "check if a spare part is in stock",
		"learn when the shop closes", "be told when the washing is done", "understand how the fee is made up", "remember where I parked",
		"set when the heating starts", "show my guests where they sleep", "be asked whether I agree", "confirm that I am at home",
		"hear if somebody rings", "specify how often it runs", "see a map where each stop is marked", "pick a day when the hall is free",
		"get the date when the lease ends", "have a form that I can print", "reach the person who wrote it", "list places where I can park",
		"see at a glance if a bed is free", "know immediately when the oven is hot", "tell the chef whether I eat meat", "choose if I get a letter",
		"check whether my visa is valid and renew it", "decide if I stay", "ask when the next bus leaves", "see what changed while I slept",
		"know how long I wait until it is my turn", "see when a lorry arrives", "choose where the parcel is left",
		"tell when the milk is off", "see how full the tank is", "find a room where nobody smokes", "know which gate opens when we land",
		"read the letter that came after I moved", "know as soon as possible if I passed", "check where the leak is",
	},
	openers: []string{
		"when", "whenever", "if", "once", "after", "before", "while", "until", "unless", "as soon as", "as long as", "every time", "each time",
		"any time", "the moment", "although", "though", "even though", "even if", "only if", "in case", "provided that", "now that",
		"by the time", "the first time", "the next time", "shortly after", "right before", "long before", "three hours before", "no matter how",
		"till", "so long as", "in the event that", "except when", "especially when", "just before", "wherever", "whilst", "immediately after",
		"an hour before", "two weeks after", "every time that", "assuming that", "even when", "as often as", "from the moment",
	},
	front:    []string{"where", "because", "given that", "considering that", "whether or not", "seeing that", "since"},
	subjects: []string{"I", "we", "the bell", "a driver", "my landlord", "it", "nobody", "the pumps", "guests", "they", "somebody else", "there", "my shift", "I"},
	does: [][]string{
		{
			"arrive", "don't answer", "can't hear", "have to wait", "have a fever", "need a lift", "need to hurry", "am abroad", "moved house", "lost my key",
			"have lost my key", "was ill", "would like to leave", "want to quit", "must not drive", "no longer drive", "am late", "may enter", "never signed",
			"know what it costs", "think it is broken", "see that the tank is empty", "could not sleep", "will be away", "haven't paid", "still owe money",
			"want a window seat", "ask for it", "choose a seat", "check in", "get there", "have just landed",
		},
		{"meet", "are short of staff", "need more time", "close early", "cannot agree", "have sold the house", "want to expand"},
		{"rings", "has not rung", "is broken", "fails", "will ring", "doesn't ring", "rang twice"},
		{"calls in sick", "is delayed", "has to wait", "needs a break", "wants to unload", "cannot park", "did not show up", "asks me for help"},
		{"sells the flat", "raises the rent", "says no", "wants to visit", "has not signed the lease"},
		{"rains", "is dark", "has been paid", "gets cold", "does not fit", "needs to be mended", "was my turn"},
		{"is watching", "answers", "has a key", "wants it", "can come", "would like to see it", "needs me to come"},
		{"stop", "have stopped", "need oil", "are hot", "do not start", "overheat"},
		{
			"want the same room", "leave early", "have not paid", "are missing", "complain", "would like to pay", "need a table", "would love a view", "can order", "wish to be left alone",
			"do not want to wait", "don't need towels", "could need help", "should be able to rest", "require a cot", "expect to be called",
		},
		{"say it", "refuse", "are away", "can't pay", "want to stop", "have left"},
		{"needs it", "has it", "is faster", "takes my place"},
		{"is a storm", "are no seats left", "was nobody there"},
		{"starts", "ends early", "has begun", "is over", "gets cancelled"},
		{"log in", "pay by card", "press the button", "drive", "read a page"},
	},
	adjuncts: []string{"at night", "on the way home", "by mistake", "for the third time", "in the rain", "again", "with a friend", "so late", "and nobody helps"},
	nested: []string{
		"while the doors close", "when I am on leave", "that my boss sent", "until it is light", "before they close",
		"and the doors are shut", "or I can't drive", "if it matters",
	},
	inner: []string{"for whatever reason", "as a last resort", "after a long day", "in spite of it all", "before I leave", "when it snows", "on a Sunday"},
	bare: []string{
		"having signed the lease", "not having slept", "after signing the lease", "before leaving the site", "while driving", "when cooking for guests",
		"once signed in", "when asked", "if interrupted", "unless told otherwise", "until told to stop", "having been away", "if left alone", "the day I move", "the minute it opens",
	},
	phrases: []string{"every Monday", "each spring", "on a train", "during the harvest", "at the till", "without a car", "under time pressure", "in winter"},
	benefits: []announced{
		{},
		{},
		{},
		{"so that ", "nobody waits", "nobody waits"},
		{"so that ", "I can sleep when it rains", "I can sleep when it rains"},
		{"so that ", "the kids, who are small, are safe", "the kids, who are small, are safe"},
		{"in order to ", "save fuel", "I can save fuel"},
		{"because ", "I forget names", "because I forget names"},
		{"so that ", "if it breaks, I know why", "if it breaks, I know why"},
	},
	then:  "then ",
	aside: plainAside,
	joined: func(opener, clause string) string {
		return strings.ReplaceAll(opener+" "+clause, " 'm", "'m")
	},
	open: true, taken: true, loose: []int{0, 1, 2, 3, 4, 5, 6, 7, 9, 13},
	inverted: []string{"should a payment fail", "should I be late", "had I known the price", "were the shop closed", "should it rain on Monday", "had the landlord called"},
	relative: []string{"a guest, who has paid, cancels", "the driver, who is new, is lost", "my order, which I paid, arrives"},
	able:     announced{"I want to be able", "to ", "to be able to "},
	deedsOf:  []string{"rent a van", "compare two tariffs", "see my balance", "pin a note to the map", "play it again"},
}

var germanGrammar = grammar{
	language: story.German,
	as:       []string{"Als ", "Als "},
	roles: []string{
		"Lageristin", "Besucher der Messe", "Lehrer", "Fahrerin mit Anhänger", "Pfleger", "Mutter von zwei Kindern", "Trainerin", "Imker",
		"Bibliothekar*in", "Mitglied der Jury", "Mieter", "Hausmeisterin", "Einkäufer aus dem Ausland", "Schatzmeister oder Beisitzer", "neue Kollegin",
	},
	wants: []announced{
		{before: "möchte ich "},
		{before: "möchte ich "},
		{before: "will ich "},
		{before: "würde ich gerne "},
		{before: "würde ich gern "},
		{before: "kann ich ", want: "="},
		{before: "muss ich ", want: "="},
		{before: "wollen wir "},
		{before: "möchte ich bitte "},
		{before: "darf ich ", want: "="},
		{before: "sollte ich ", want: "="},
		{before: "können wir ", want: "="},
	},
	deeds: []string{
		"einen Wagen mieten", "zwei Tarife vergleichen", "Ersatzteile nachbestellen", "die Stunde absagen", "Etiketten drucken", "an die Frist erinnert werden",
		"die Liste nach Alter sortieren", "das Buch als Tabelle ausgeben", "den Alarm abstellen", "Nachbarn und Freunde einladen", "nicht warten", "einen Ton hören",
		"die Tür abschließen", "mein Geld innerhalb eines Tages zurückbekommen", "eine Notiz an die Karte heften", "das Paket verfolgen", "das Wetter sehen",
		"den Plan der Woche sehen", "den Preis wissen", "den Zähler prüfen", "einen Sitz wählen", "eine Reise planen", "meinen Ausweis zeigen", "den Sieger bestimmen",
		"Pakete wiegen, packen und beschriften", "höchstens drei Briefe pro Woche bekommen", "meine Schicht tauschen", "einen Nachbarn fragen",
	},
	asked: []string{
		"wissen, warum der Zug spät ist", "herausfinden, wer den Saal gebucht hat", "sehen, ob der Kessel läuft", "meine Chefin fragen, ob ich gehen darf",
		"dem Fahrer sagen, wo ich stehe", "entscheiden, wann die Sitzung beginnt", "wählen, welchen Platz ich bekomme", "prüfen, ob ein Teil fehlt",
		"erfahren, wann der Laden schließt", "verstehen, wie sich die Gebühr zusammensetzt", "festlegen, wie oft es läuft", "gefragt werden, ob ich zustimme",
		"eine Karte sehen, auf der jede Haltestelle markiert ist", "einen Tag wählen, an dem der Saal frei ist", "die Person erreichen, die es geschrieben hat",
		"ein Formular haben, das ich drucken kann", "Orte finden, wo ich parken kann", "bestätigen, dass ich zu Hause bin", "wissen wann der Ofen heiß ist",
		"sehen wie voll der Tank ist", "fragen ob es regnet", "das Zimmer ändern, das ich gebucht habe", "bestimmen, wer es liest",
	},
	openers: []string{
		"wenn", "falls", "sobald", "nachdem", "bevor", "ehe", "während", "solange", "obwohl", "sofern", "immer wenn", "jedes Mal wenn", "auch wenn", "selbst wenn",
		"nur wenn", "kurz bevor", "direkt nachdem", "drei Stunden bevor", "außer wenn", "seitdem", "sooft", "besonders wenn", "noch bevor", "erst wenn",
		"einen Tag nachdem", "egal wie", "vorausgesetzt, dass", "für den Fall, dass", "zwei Wochen ehe", "jedes Mal, wenn", "immer dann, wenn",
	},
	front:    []string{"weil", "da", "wo"},
	subjects: []string{"ich", "wir", "die Glocke", "ein Fahrer", "mein Vermieter", "es", "niemand", "die Pumpen", "zwei Gäste", "sie", "jemand", "man", "ich"},
	does: [][]string{
		{
			"ankomme", "nicht antworte", "nichts höre", "warten muss", "Fieber habe", "Hilfe brauche", "im Ausland bin", "umgezogen bin", "meinen Schlüssel verloren habe",
			"krank war", "gehen möchte", "kündigen will", "nicht fahren darf", "nicht mehr fahre", "zu spät komme", "eintreten darf", "weiß, was es kostet",
			"sehe, dass der Tank leer ist", "nicht schlafen konnte", "weg sein werde", "noch Geld schulde", "einen Platz am Fenster möchte", "gefragt werde", "mich anmelde",
		},
		{"uns treffen", "zu wenige sind", "mehr Zeit brauchen", "früher schließen", "uns nicht einigen können", "das Haus verkauft haben"},
		{"läutet", "nicht geläutet hat", "kaputt ist", "ausfällt", "zweimal läutete"},
		{"sich krank meldet", "sich verspätet", "warten muss", "eine Pause braucht", "abladen will", "nicht parken kann", "nicht kam", "mich nach dem Weg fragt"},
		{"die Wohnung verkauft", "die Miete erhöht", "nein sagt", "den Vertrag nicht unterschrieben hat"},
		{"regnet", "dunkel ist", "bezahlt wurde", "kalt wird", "nicht passt", "an mir war"},
		{"zusieht", "antwortet", "einen Schlüssel hat", "kommen kann"},
		{"stehen bleiben", "Öl brauchen", "heiß sind", "nicht anspringen"},
		{
			"zahlen möchten", "möchten", "ein Bett brauchen", "nicht warten wollen", "bestellen können", "gerne länger blieben",
			"mehr Handtücher benötigen", "ausschlafen sollen", "dasselbe Zimmer wollen", "früher abreisen", "nicht gezahlt haben", "fehlen",
			"sich beschweren",
		},
		{"das sagt", "ablehnt", "weg ist", "nicht zahlen kann"},
		{"es braucht", "schneller ist", "meinen Platz nimmt"},
		{"mich ruft", "keinen Sitz findet"},
		{"mich einlogge", "mit Karte zahle", "auf den Knopf drücke", "fahre", "eine Seite lese"},
	},
	nested: []string{"während die Türen schließen", "wenn ich Urlaub habe", "bis es hell ist"},
	inner:  []string{"aus welchem Grund auch immer", "nach einem langen Tag", "trotz allem", "bevor ich gehe", "wenn es schneit", "an einem Sonntag"},
	bare:   []string{"nachdem ich den Vertrag unterschrieben habe", "bevor ich das Gelände verlasse", "während der Fahrt", "nach der Anmeldung", "vor dem Kauf"}[:2],
	phrases: []string{
		"im Zug", "jeden Montag", "während der Ernte", "an der Kasse", "ohne Auto", "unter Zeitdruck", "im Winter",
	},
	benefits: []announced{
		{},
		{},
		{},
		{"damit ", "niemand wartet", "niemand wartet"},
		{"damit ", "ich schlafen kann, wenn es regnet", "ich schlafen kann, wenn es regnet"},
		{"damit ", "die Kinder, die klein sind, sicher sind", "die Kinder, die klein sind, sicher sind"},
		{"um ", "Benzin zu sparen", "Benzin zu sparen"},
		{"weil ", "ich Namen vergesse", "weil ich Namen vergesse"},
		{"sodass ", "ich weiß, warum", "ich weiß, warum"},
	},
	then: "dann ",
	aside: func(opener, as, role, clause string) string {
		return opener + " ich " + as + role + " " + strings.TrimPrefix(clause, "ich ")
	},
	joined: plainly,
	open:   true, taken: true, loose: []int{0, 1, 4, 5, 6, 9, 10, 11, 12},
	inverted: []string{
		"ist der Saal voll", "sollte eine Zahlung fehlschlagen", "hat ein Gast bezahlt", "wird das Spiel abgesagt", "fehlt ein Beleg", "sind die Pumpen heiß",
		"sollte es regnen", "kann der Fahrer nicht parken",
	},
	relative: []string{"ein Gast, der bezahlt hat, storniert", "die Ware, die ich bestellt habe, ankommt", "ein Fahrer, der neu ist, sich verfährt", "Gäste, die warten, gehen"},
	able:     announced{"möchte ich in der Lage sein", "", "in der Lage sein, "},
	deedsOf:  []string{"einen Wagen zu mieten", "zwei Tarife zu vergleichen", "meinen Ausweis zu zeigen", "die Liste zu sortieren"},
	behind:   []string{"möchte ich ", "will ich ", "würde ich gerne "},
}

func elided(opener, clause string) string {
	if strings.IndexByte("aehiou", clause[0]) >= 0 {
		for _, end := range []string{"que", "Que"} {
			if lead, ok := strings.CutSuffix(opener, end); ok {
				return lead + end[:2] + "'" + clause
			}
		}
		if strings.HasPrefix(clause, "il") {
			if lead, ok := strings.CutSuffix(opener, "si"); ok {
				return lead + "s'" + clause
			}
		}
	}
	return opener + " " + clause
}

var frenchGrammar = grammar{
	language: story.French,
	as:       []string{"En tant que ", "En tant que ", "En qualité de "},
	roles: []string{
		"magasinier", "visiteur du salon", "professeure", "conducteur avec remorque", "parent de deux enfants", "bibliothécaire", "membre du jury", "locataire",
		"gardien de nuit", "client de retour", "trésorière ou secrétaire", "nouvelle recrue", "directeur commercial",
	},
	wants: []announced{
		{before: "je veux "},
		{before: "je veux "},
		{before: "je souhaite "},
		{before: "je voudrais "},
		{before: "j'aimerais "},
		{before: "je peux ", want: "pouvoir "},
		{before: "je dois ", want: "="},
		{before: "nous voulons "},
		{before: "je ne veux pas ", want: "="},
		{before: "nous souhaitons "},
		{before: "je désire "},
		{before: "j'ai envie de "},
		{before: "j'ai besoin de "},
		{before: "je souhaiterais "},
		{before: "je préférerais "},
		{before: "il serait utile de "},
		{before: "ça m'aiderait de "},
	},
	deeds: []string{
		"louer une camionnette", "comparer deux tarifs", "commander des pièces", "annuler le cours", "imprimer des étiquettes", "trier la file par âge",
		"exporter le registre en tableau", "couper l'alarme", "inviter mes voisins et mes amis", "fermer la porte", "entendre un bip", "suivre le colis",
		"voir le plan de la semaine", "connaître le prix", "vérifier le compteur", "choisir une couleur", "prévoir un voyage", "ne rien perdre",
		"montrer mon billet", "peser, emballer et étiqueter un colis", "recevoir au plus trois lettres par semaine", "me désinscrire", "être rappelé",
	},
	asked: []string{
		"savoir pourquoi le train est en retard", "découvrir qui a réservé la salle", "voir si la chaudière marche", "demander à mon chef si je peux partir",
		"dire au chauffeur où je suis", "décider quand la réunion commence", "choisir quelle place je prends", "vérifier si la pièce est en stock",
		"apprendre quand le magasin ferme", "comprendre comment le prix est fait", "fixer combien de fois il tourne", "voir une carte où chaque arrêt est marqué",
		"choisir un jour où la salle est libre", "joindre la personne qui l'a écrit", "avoir un formulaire que je peux imprimer", "trouver des places où je peux me garer",
		"confirmer que je suis chez moi", "savoir quand le four est chaud",
	},
	openers: []string{
		"lorsque", "quand", "si", "dès que", "chaque fois que", "une fois que", "après que", "avant que", "pendant que", "tant que", "jusqu'à ce que", "même si",
		"bien que", "sauf si", "à moins que", "aussitôt que", "au cas où", "pourvu que", "à condition que", "toutes les fois que", "juste avant que", "seulement si",
		"trois heures avant que", "surtout quand", "maintenant que", "au moment où", "dans le cas où", "à chaque fois que", "quoique", "alors que", "sauf quand",
	},
	front:    []string{"puisque", "comme", "étant donné que", "vu que"},
	subjects: []string{"je", "nous", "la cloche", "un chauffeur", "mon bailleur", "il", "personne ne", "les pompes", "deux clients", "on", "quelqu'un", "je"},
	does: [][]string{
		{
			"rentre tard", "ne réponds pas", "n'entends rien", "dois attendre", "veux partir", "voudrais partir", "suis malade", "ne peux pas conduire", "sais ce que cela coûte",
			"vois que le réservoir est vide", "me connecte", "perds ma clé", "peux entrer", "ne conduis plus", "cherche une place", "vois combien je dois",
		},
		{"fermons tôt", "sommes trop peu", "voulons partir", "ne pouvons pas payer"},
		{"sonne", "n'a pas sonné", "est cassée", "tombe en panne"},
		{"est malade", "doit attendre", "veut décharger", "ne peut pas se garer", "me demande de l'aide"},
		{"vend le logement", "dit non", "n'a pas signé le bail"},
		{"pleut", "fait nuit", "est payé", "fait froid", "ne convient pas"},
		{"regarde", "répond", "peut venir"},
		{"chauffent", "ne démarrent pas", "sont chaudes"},
		{"souhaitent payer", "doivent attendre", "peuvent commander", "aimeraient partir", "ont besoin d'un lit", "ne veulent pas attendre", "désirent une table", "veulent la même chambre", "partent tôt", "n'ont pas payé"},
		{"le dit", "refuse", "ne peut pas payer"},
		{"en a besoin", "prend ma place", "veut le voir"},
		{"me connecte", "paie par carte", "conduis", "lis une page"},
	},
	adjuncts: []string{"la nuit", "sur la route", "par erreur", "encore", "sous la pluie"},
	nested:   []string{"pendant que les portes se ferment", "quand je suis en congé", "jusqu'à ce qu'il fasse jour"},
	inner:    []string{"après une longue journée", "malgré tout", "avant de partir", "quand il neige", "sans raison"},
	bare: []string{
		"après avoir signé le bail", "avant de quitter le site", "une fois connectée", "après m'être inscrit", "avant d'entrer",
	},
	phrases: []string{"dans le train", "chaque lundi", "pendant la récolte", "à la caisse", "en conduisant", "sans voiture", "sous pression", "en hiver"},
	benefits: []announced{
		{},
		{},
		{},
		{"afin que ", "personne n'attende", "personne n'attende"},
		{"pour que ", "je dorme quand il pleut", "je dorme quand il pleut"},
		{"afin de ", "gagner de la place", "gagner de la place"},
		{"pour ", "économiser du carburant", "économiser du carburant"},
		{"parce que ", "j'oublie les noms", "parce que j'oublie les noms"},
	},
	then:   "alors ",
	aside:  plainAside,
	joined: elided,
	open:   true, taken: true, loose: []int{0, 2, 5, 10, 11},
	relative: []string{"un client, qui a payé, annule", "le colis, que je suis, arrive", "la cloche, qui est neuve, sonne"},
	able:     announced{"je veux pouvoir", "", "pouvoir "},
	deedsOf:  []string{"louer une camionnette", "comparer deux tarifs", "imprimer des étiquettes", "me désinscrire"},
}

var spanishGrammar = grammar{
	language: story.Spanish,
	as:       []string{"Como ", "Como ", "En calidad de "},
	roles: []string{
		"almacenista", "visitante de la feria", "profesora", "conductor con remolque", "madre de dos hijos", "bibliotecaria", "miembro del jurado", "inquilino",
		"vigilante de noche", "tesorera o secretaria", "cliente habitual", "apicultor", "directora comercial",
	},
	wants: []announced{
		{before: "quiero "},
		{before: "quiero "},
		{before: "deseo "},
		{before: "necesito "},
		{before: "quisiera "},
		{before: "me gustaría "},
		{before: "me hace falta "},
		{before: "desearía "},
		{before: "preferiría "},
		{before: "me ayudaría "},
		{before: "sería útil "},
		{before: "puedo ", want: "poder "},
		{before: "no quiero ", want: "="},
		{before: "queremos "},
		{before: "debo ", want: "="},
		{before: "tengo que ", want: "="},
	},
	deeds: []string{
		"alquilar una furgoneta", "comparar dos tarifas", "pedir repuestos", "cancelar la clase", "imprimir etiquetas", "ordenar la cola por edad", "ver el tiempo",
		"exportar el libro como tabla", "apagar la alarma", "invitar a mis vecinos y amigos", "cerrar la puerta", "oír un pitido", "seguir el paquete",
		"ver el plan de la semana", "saber el precio", "comprobar el contador", "elegir un color", "planear un viaje", "mostrar mi billete",
		"medir, envolver y etiquetar un paquete", "recibir como máximo tres cartas por semana", "darme de baja", "no perder nada",
	},
	asked: []string{
		"saber por qué el tren llega tarde", "averiguar quién reservó la sala", "ver si la caldera funciona", "preguntar a mi jefe si puedo salir",
		"decir al chófer dónde estoy", "decidir cuándo empieza la reunión", "elegir qué asiento tengo", "comprobar si hay repuestos",
		"entender cómo se forma el precio", "ver un mapa donde cada parada esté marcada", "elegir un día en que la sala esté libre", "localizar a la persona que lo escribió",
		"tener un formulario que pueda imprimir", "encontrar lugares donde pueda aparcar", "confirmar que estoy en casa", "saber cuándo el horno está caliente",
	},
	openers: []string{
		"cuando", "si", "en cuanto", "cada vez que", "una vez que", "después de que", "antes de que", "mientras", "hasta que", "aunque", "siempre que", "a menos que",
		"tan pronto como", "en caso de que", "solo si", "salvo que", "siempre y cuando", "justo antes de que", "tres horas antes de que", "sobre todo cuando", "incluso si",
		"ahora que", "la primera vez que", "con tal de que", "a no ser que", "excepto cuando", "incluso cuando", "todas las veces que", "desde que", "apenas",
	},
	front:    []string{"ya que", "puesto que", "donde", "dado que"},
	subjects: []string{"yo", "la campana", "un chófer", "mi casero", "nadie", "las bombas", "dos huéspedes", "alguien", "se", "no", "mi turno", ""},
	does: [][]string{
		{"llego tarde", "no respondo", "tengo que esperar", "quiero salir", "estoy enferma", "no puedo conducir"},
		{"suena", "no ha sonado", "está rota", "falla"},
		{"está enfermo", "tiene que esperar", "quiere descargar", "no puede aparcar", "me pide ayuda"},
		{"no ha firmado el contrato"},
		{"mira", "contesta", "puede venir"},
		{"paran", "no arrancan", "necesitan aceite"},
		{"desean pagar", "deben esperar", "pueden pedir", "necesitan una cama", "no quieren esperar", "querrían salir", "tienen que salir", "quieran pagar", "quieren la misma habitación", "se van pronto", "no han pagado"},
		{"lo necesita", "toma mi sitio", "quiere verlo"},
		{"haya pagado", "cierra la tienda", "haga de noche"},
		{"hay sitio", "llueve", "puedo entrar", "sé lo que cuesta"},
		{"empieza", "ha terminado"},
		{"llueve", "llego a casa", "veo que el tanque está vacío", "necesito ayuda", "quiero un asiento", "busco sitio"},
	},
	adjuncts: []string{"de noche", "en el camino", "por error", "otra vez", "bajo la lluvia"},
	nested:   []string{"mientras se cierran las puertas", "cuando estoy de vacaciones", "hasta que sea de día"},
	inner:    []string{"después de un largo día", "a pesar de todo", "antes de salir", "cuando nieva", "por la razón que sea"},
	bare: []string{
		"después de firmar el contrato", "antes de dejar el lugar", "una vez registrada", "al conducir", "tras haber pagado", "habiendo pagado",
	},
	phrases: []string{"en el tren", "cada lunes", "durante la cosecha", "en la caja", "sin coche", "bajo presión", "en invierno"},
	benefits: []announced{
		{},
		{},
		{},
		{"para que ", "nadie espere", "nadie espere"},
		{"para que ", "duerma cuando llueve", "duerma cuando llueve"},
		{"a fin de ", "ganar espacio", "ganar espacio"},
		{"para ", "ahorrar gasolina", "ahorrar gasolina"},
		{"porque ", "olvido los nombres", "porque olvido los nombres"},
		{"de modo que ", "sepa por qué", "de modo que sepa por qué"},
	},
	then:  "entonces ",
	aside: plainAside,
	joined: func(opener, clause string) string {
		return opener + " " + strings.TrimPrefix(clause, " ")
	},
	open: true, taken: true, loose: []int{0, 1, 9, 10, 11},
	inverted: []string{"de fallar el pago", "de no haber sitio", "de llegar tarde", "de haber pagado"},
	relative: []string{"un cliente, que ha pagado, cancela", "el paquete, que sigo, llega", "la campana, que es nueva, suena"},
	able:     announced{"quiero poder", "", "poder "},
	deedsOf:  []string{"alquilar una furgoneta", "comparar dos tarifas", "imprimir etiquetas", "darme de baja"},
}

// Every sentence of the grammars is read into the parts it was made of, and printed back.
func TestReadFindsPartsOfGrammars(t *testing.T) {
	for i, y := range []*grammar{&englishGrammar, &germanGrammar, &frenchGrammar, &spanishGrammar} {
		t.Run(string(y.language), func(t *testing.T) {
			g := generator{rand.New(rand.NewPCG(*seed, uint64(i)))}
			const sentences = 10_000
			wrong := 0
			for range sentences {
				text, want := y.sentence(g)
				got := narrative.Read(text).Narrative()
				if got == want && want.Role != "" {
					got, _ = narrative.Parse(want.String())
				}
				if got != want {
					if wrong++; wrong <= 4000 {
						t.Errorf("%s\n\t%v\n\t%v", text, show(got), show(want))
					}
				}
			}
			require.Zero(t, wrong, "sentences of %d", sentences)
		})
	}
}
