package lexicon

import (
	"strings"
	"sync"
)

// Language is the words of user stories in one language, all in lower case and with plain apostrophes. Lists
// of words are separated by spaces, lists of phrases by commas.
//
// One value is one file: what the readers of a story ask about a word is looked up here. What only one
// language has, such as a gerund or an elided article, is empty in the others.
type Language struct {
	Tag  string // BCP 47: "en"
	Form string // of a story: "As a <role>, I want <goal>, so that <benefit>"

	// What announces a role, a goal and a benefit, as somebody is told who left it out: "As a".
	SayRole, SayGoal, SayReason string

	Terms     map[Term]string  // words by what they do in the sentence
	Classes   map[Class]string // words by what else is known of them
	Roles     string           // phrases that announce a role
	Goals     []Goal           // phrases that announce a goal; none: as in English, see package narrative
	Abilities string           // phrases of a wish for an ability, before what somebody wants to be able to
	Reasons   []Purpose        // phrases that announce a benefit; none: as in English
	Openers   []Opener         // phrases that open a condition
	Asking    string           // of these, those that may open a question: "when", after "know"
	Leads     string           // of a benefit in a sentence of its own: "this is"

	Elided      string   // what stands before an apostrophe as a word of its own: "qu", before "il"
	Gerunds     []string // endings: "ing"
	Participles []string // endings: "ed"
	Nominals    []string // endings of words that end like a verb and are seldom one: "ments"
	Adverbs     string   // an ending: "ly"
	Doers       []string // endings of words for somebody who does something: "er"
	Things      []string // endings of words for things, but for those of class [Body]: "tion"
	Capitals    bool     // nouns have one

	Infinitives []string // endings of verbs of a wish, beside class [Verb] and without [NoVerb]; none: verbs do not show

	Linker   string // before the infinitive of a purpose, which ends its clause, or within it: "zu"; none: it begins it
	Prefixes string // of a verb, behind which the linker may stand: "an", in "anzumelden"

	Flows bool // a purpose need not have a comma before it: "payer pour"

	// The sentence printed back: "Als ", " möchte ich ", "damit ", "um ".
	As, Comma, Want, SoThat, To string

	Stems   []string // endings that change the form of a word and not its meaning, perhaps with what remains: "ies=y"
	Doubled bool     // before such an ending the last letter may stand twice: "stopped"
	Numbers string   // the words for 0 to 10
	Rules   Rules    // what package quality looks for

	words     dictionary
	marking   Lengths    // of the words that may begin a marker behind a goal
	openers   [][]Opener // by the entry of the first word
	roles     phrases
	goals     phrases
	abilities phrases
	reasons   phrases
	numbers   []string
	stems     []stemming
	asking    map[string]bool
	before    map[string]bool // of the prefixes
	leads     map[string]bool
	elided    map[string]bool
}

// Rules is the phrases that package quality looks for, lists separated by commas.
type Rules struct {
	Conjunctions, Articles, Infinitives, Wants, Reasons, Vague, Quantities, Measures, Observable, Hollow, Pronouns, Builders,
	Solutions, Interface, Gestures, Humans, Everybody, Connectives string
}

// Class is what is known of a word beside its term. A word may have several.
type Class uint64

// The classes. The first are found from the phrases of the language.
const (
	Begins        Class = 1 << iota // begins the marker of a condition
	Opens                           // is the rarest word of one
	Within                          // is it behind its first: "case", in "in case"
	Spans                           // stands behind an article in one: the "moment"
	BeginsRole                      // begins the marker of a role
	BeginsGoal                      // begins the marker of a goal
	BeginsReason                    // begins the marker of a benefit
	BeginsAbility                   // begins an ability
	Intensifier                     // before the marker of a condition: "even" if
	Intensified                     // behind one: even "if"
	Counted                         // behind a marker that counts: once "per" week
	Amount                          // of time: "two", "several"
	Unit                            // of time: "days", "sprints"
	Measured                        // behind an amount of time: two days "before"
	Dates                           // may belong to a noun of time: the day "when"
	Dated                           // takes one: the "day" when
	Limits                          // may belong to a span of time: the days "until"
	Lasting                         // takes one: the "days" until
	Person                          // is told or asked: "me", "users"
	Personal                        // may be a subject alone: "they", "somebody"
	SetPhrase                       // makes a phrase of a marker: if "possible"
	NounInIng                       // ends like a gerund and is none: "meeting"
	TakesIt                         // know when
	TakesItAsVerb                   // to plan when: the word may be a noun
	TakesItOf                       // tell somebody when
	NoRole                          // follows "as" without being anybody: as "discussed"
	Thing                           // a noun that is not a person: "follow-up"
	Body                            // a noun for people that ends like one for a thing: "organisation"
	Determiner                      // takes no article: "everybody"
	Permission                      // can, may
	Seldom                          // before a participle that belongs to it: "avoid" being
	Times                           // once, twice
	Compares                        // makes "as" a comparison: the "same" as
	NotAdverb                       // ends like an adverb and is none: "reply"
	Indefinite                      // a, an
	Abbreviation                    // its full stop ends no sentence
	NoReason                        // before a "so" that announces nothing: "do" so
	NoBenefit                       // behind one: so "far"
	Clitic                          // stands before an infinitive: "le" payer
	Verb                            // is an infinitive without the ending of one
	NoVerb                          // ends like an infinitive and is none: "hier"
	Particle                        // between "know" and its question: find "out" when
	Weak                            // opens a condition behind a comma only: "being"
	Joins                           // opens no clause of a verb alone: "but" when
	Same                            // makes a span of time of a noun: the "same" day
	Phrasal                         // takes "in" or "on" as a part of itself: "log" in
	Consequent                      // between a condition and its goal: if I pay, "then"
	Irregular                       // is a participle without the ending of one: "told"
	Behind                          // is a clitic behind another only: "ne pas payer"
	Locative                        // may stand between "see" and its question: see "on" the map where
	Recurring                       // says how often, before a noun: "every" Monday
	Distant                         // says how long after, before "after" alone: "soon"
	Narrows                         // leaves out all else: "only"
	Dative                          // stands before somebody who is told or asked: "à", "al"
	Willing                         // of a wish: "happy" to
	Impersonal                      // may begin a wish without a subject that wants: "it" would help if I could
	classes       = iota
)

// Opener is a phrase that opens a condition.
type Opener struct {
	Phrases string
	Kind    ClauseKind
	If      Guard

	words []string
}

// Guard is what must follow a phrase so that it opens a condition.
type Guard uint8

// The guards. The zero value is anything.
const (
	Uncounted          Guard = iota + 1 // no count of times: "once a week"
	BeforeClause                        // "I", "they"
	BeforeAnyClause                     // "I", "they", or a noun and a verb
	BeforeThing                         // "I", "they", "the"
	BeforeVerb                          // "I" and a verb
	NotOf                               // not "of": "in case of"
	NotIn                               // neither a preposition nor "that" nor "until"
	BeforeInfinitive                    // an infinitive
	BeforePast                          // a participle
	Inverted                            // a subject, where a part begins: "should a payment fail"
	InvertedInfinitive                  // an infinitive, where a part begins: "de fallar el pago"
)

// Goal is phrases that announce a goal. A phrase is words with a single space; a word may have forms with "/"
// between them. One in brackets may be left out; before one with "~" a comma may stand.
type Goal struct {
	Phrases string
	Kind    GoalKind
	Opening bool   // only where a part begins
	Own     bool   // only behind a role that has the subject before it: "Ich als Käufer möchte"
	Lead    string // before the goal in a sentence printed back; "=": the phrase itself, in place of "I want"; "+": its first word; "~": it ends in a clause
}

// GoalKind is how somebody wants something.
type GoalKind uint8

// The kinds. The zero value is not at all.
const (
	Statement GoalKind = iota + 1 // I see
	Ability                       // I can, I must, I am able to
	Wish                          // I want, I need, I would like
)

// Purpose is phrases that announce a benefit.
type Purpose struct {
	Phrases string
	Kind    PurposeKind
	Grade   int // with a comma before it
	Bare    int // without
}

// PurposeKind is what follows a phrase that announces a benefit.
type PurposeKind uint8

// The kinds.
const (
	ByClause     PurposeKind = iota + 1 // so that I pay
	ByInfinitive                        // in order to pay
	ByReason                            // because I pay: keeps its own word
)

// All returns the languages, English first. A new one is added here.
var All = sync.OnceValue(func() []*Language {
	all := []*Language{english(), german(), french(), spanish()}
	for _, l := range all {
		l.build()
	}
	return all
})

// Of returns the language with a tag; English if there is none.
func Of(tag string) *Language {
	for _, l := range All() {
		if l.Tag == tag {
			return l
		}
	}
	return All()[0]
}

// English returns the language of most stories.
func English() *Language { return All()[0] }

// Phrases returns the entries of a list of phrases.
func Phrases(phrases string) []string {
	if phrases == "" {
		return nil
	}
	all := strings.Split(phrases, ",")
	for i := range all {
		all[i] = strings.Join(strings.Fields(all[i]), " ")
	}
	return all
}

// build makes the tables that are looked up.
func (l *Language) build() {
	l.words.entries = make([]entry, 1, 512)
	for term := range terms {
		for _, word := range strings.Fields(l.Terms[term]) {
			e := l.words.add(word)
			e.term = term
			e.is |= termClasses[term]
		}
	}
	for i := range classes {
		class := Class(1) << i
		for _, word := range strings.Fields(l.Classes[class]) {
			l.words.add(word).is |= class
		}
	}
	l.roles = newPhrases(l, BeginsRole)
	for _, phrase := range Phrases(l.Roles) {
		l.roles.add(phrase, 0)
	}
	l.goals = newPhrases(l, BeginsGoal)
	for i := range l.Goals {
		for _, phrase := range Phrases(l.Goals[i].Phrases) {
			l.goals.add(phrase, i)
		}
	}
	l.abilities = newPhrases(l, BeginsAbility)
	for _, phrase := range Phrases(l.Abilities) {
		l.abilities.add(phrase, 0)
	}
	l.reasons = newPhrases(l, BeginsReason)
	for i := range l.Reasons {
		for _, phrase := range Phrases(l.Reasons[i].Phrases) {
			l.reasons.add(phrase, i)
		}
	}
	l.asking = make(map[string]bool)
	for _, phrase := range Phrases(l.Asking) {
		l.asking[phrase] = true
	}
	l.leads = make(map[string]bool)
	for _, phrase := range Phrases(l.Leads) {
		l.leads[phrase] = true
	}
	for _, word := range strings.Fields(l.Elided) {
		if l.elided == nil {
			l.elided = make(map[string]bool)
		}
		l.elided[word] = true
	}
	l.before = make(map[string]bool)
	for _, prefix := range strings.Fields(l.Prefixes) {
		l.before[prefix] = true
	}
	l.numbers = strings.Fields(l.Numbers)
	for _, stem := range l.Stems {
		ending, with, _ := strings.Cut(stem, "=")
		l.stems = append(l.stems, stemming{ending, with})
	}
	l.addOpeners()
	l.words.index()
	for _, e := range l.words.entries {
		if e.is&(BeginsReason|Opens) != 0 && len(e.word) > 1 {
			l.marking.Add(e.word)
		}
	}
}

// pairOf makes a number of the first two letters of a word, which may have one.
func pairOf(word string) int {
	if len(word) == 1 {
		return int(word[0]&31) << 5
	}
	return int(word[0]&31)<<5 | int(word[1]&31)
}

// termClasses is what the term of a word makes of it in English.
var termClasses = [terms]Class{
	Subject: BeginsGoal, Would: BeginsGoal, Am: BeginsGoal, Will: BeginsGoal, Want: BeginsGoal,
	So: BeginsReason, In: BeginsReason, Because: BeginsReason, Since: BeginsReason,
}

func (l *Language) addOpeners() {
	for _, o := range l.Openers {
		for _, phrase := range l.elisions(Phrases(o.Phrases)) {
			o.words = strings.Fields(phrase)
			rarest := 0
			for i, word := range o.words {
				if t := l.words.entries[l.words.at(word)].term; i == 0 || t == Other || t == When {
					rarest = i
				}
			}
			begins := l.words.add(o.words[0])
			begins.is |= Begins
			isSpan := begins.term == Article && len(o.words) > 1
			if isSpan {
				rarest = 1
				l.words.add(o.words[1]).is |= Spans
			}
			rare := l.words.add(o.words[rarest])
			rare.is |= Opens
			if rarest > 0 && !isSpan {
				rare.is |= Within
			}
			first := l.words.at(o.words[0])
			l.openers = put(l.openers, first, o)
		}
	}
	for _, openers := range l.openers { // the longest first
		for i := range openers {
			for j := i; j > 0 && len(openers[j-1].words) < len(openers[j].words); j-- {
				openers[j-1], openers[j] = openers[j], openers[j-1]
			}
		}
	}
	for i := range l.words.entries {
		e := &l.words.entries[i]
		if e.is&(Intensifier|Amount) != 0 {
			e.is |= Begins
		}
	}
}

// elisions returns phrases and, of those that end in a word that loses its last letter before another, that form too:
// "dès que" and "dès qu'".
func (l *Language) elisions(phrases []string) []string {
	all := phrases
	for _, phrase := range phrases {
		if bare, ok := strings.CutSuffix(phrase, "e"); ok && l.elided[bare[strings.LastIndexByte(bare, ' ')+1:]] {
			all = append(all, bare+"'")
		}
	}
	return all
}

// put appends to the list at an index, and makes room for it.
func put[T any](lists [][]T, at uint16, one T) [][]T {
	for len(lists) <= int(at) {
		lists = append(lists, nil)
	}
	lists[at] = append(lists[at], one)
	return lists
}

// Term returns the term of a word without its punctuation, in any case and with any apostrophe.
func (l *Language) Term(word string) Term {
	return l.words.entries[l.words.find(word, 0, len(word))].term
}

// Is reports whether a word has one of the classes.
func (l *Language) Is(word string, class Class) bool {
	return l.words.entries[l.words.find(word, 0, len(word))].is&class != 0
}

// Has reports whether a word that was read with the language has one of the classes.
func (l *Language) Has(w Word, class Class) bool { return l.words.entries[w.entry].is&class != 0 }

// HasEnding reports whether a word of some length has one of the endings.
func HasEnding(word string, endings []string) bool {
	if len(word) <= 3 {
		return false
	}
	last := word[len(word)-1]
	for _, end := range endings {
		if end[len(end)-1] == last && strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// NamesThing reports whether a word in any case has the ending of one for a thing: "migration".
func (l *Language) NamesThing(word string) bool {
	const longest = len("ciones") // of the endings
	if !isFolded(word[max(0, len(word)-longest):]) {
		word = Fold(word)
	}
	return HasEnding(word, l.Things)
}

// IsGerund reports whether a word has the ending of one: "paying".
func (l *Language) IsGerund(word string) bool { return HasEnding(word, l.Gerunds) }

// IsPast reports whether a word has the ending of a participle: "paid", "asked".
func (l *Language) IsPast(word string) bool {
	return HasEnding(word, l.Participles) || l.Is(word, Irregular)
}

// IsInfinitive reports whether a word is the verb of a wish, where verbs show.
func (l *Language) IsInfinitive(word string) bool {
	return HasEnding(word, l.Infinitives) && !l.Is(word, NoVerb) || l.Is(word, Verb)
}

// IsAdverb reports whether a word has the ending of one: "quickly".
func (l *Language) IsAdverb(word string) bool {
	return l.Adverbs != "" && len(word) > 4 && strings.HasSuffix(word, l.Adverbs) && !l.Is(word, NotAdverb)
}

// accents are the marks that stand over or under a letter, and the letters they make.
var accents = [...]struct{ mark, bare, whole string }{
	{"\u0300", "aeiou", "àèìòù"},
	{"\u0301", "aeiouy", "áéíóúý"},
	{"\u0302", "aeiou", "âêîôû"},
	{"\u0303", "ano", "ãñõ"},
	{"\u0308", "aeiouy", "äëïöüÿ"},
	{"\u0327", "c", "ç"},
}

// composed returns a word in lower case with each letter and the mark behind it as one letter.
func composed(word string) string {
	for _, a := range accents {
		whole := []rune(a.whole)
		for i, bare := range a.bare {
			word = strings.ReplaceAll(word, string(bare)+a.mark, string(whole[i]))
		}
	}
	return word
}

// Fold returns a word in lower case, with plain apostrophes, and with each mark in its letter.
func Fold(word string) string {
	if isFolded(word) {
		return word
	}
	word = strings.ToLower(word)
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	if strings.IndexByte(word, 0xcc) >= 0 {
		word = composed(word)
	}
	return word
}

// isFolded reports whether a word is of the letters a to z, as most are.
func isFolded(word string) bool {
	for i := range len(word) {
		if word[i]-'a' >= 26 {
			return false
		}
	}
	return true
}
