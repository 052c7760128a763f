package quality

import (
	"slices"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// Words is the vocabulary of a language that the rules use. An entry is a word or several, in lower case,
// separated by single spaces. A host may change the lists of [English] or hand in others; a rule
// whose list is empty finds nothing.
type Words struct {
	Conjunctions []string // join two actions: and, or
	Articles     []string // begin the object of an action: a, the, my
	Infinitives  []string // end a marker that an action follows: to, can
	Wants        []string // announce a goal: I want, I can
	Reasons      []string // announce a benefit: so that, in order to
	Vague        []string // understood differently by everybody: easy, properly
	Quantities   []string // amounts without a number: fast, many
	Measures     []string // make an amount checkable: at least, within
	Observable   []string // what can be seen from outside: shows, is rejected
	Pronouns     []string // point at something said before: it, this
	Builders     []string // make the product, don't use it: developer
	Solutions    []string // how it is built, not what for: database, cache
	Interface    []string // parts of the user interface: button, dropdown
	Everybody    []string // roles that are anybody: user, system
	Connectives  []string // can't end a part: and, or, the
}

// English returns the lists for English, a fresh copy at each call.
func English() Words {
	return Words{
		Conjunctions: append(lexicon.Conjunctions(), "as well as", "and then"),
		Articles: append(lexicon.Articles(), "my", "our", "your", "their", "its", "his", "her", "this",
			"these", "those", "all", "any", "each", "every", "it", "them"),
		Infinitives: []string{"to", "can", "must", "should", "could", "will", "cannot", "can't"},
		Wants:       lexicon.Wants(),
		Reasons:     lexicon.Reasons(),
		Vague: []string{
			"adequate", "and more", "and so on", "appropriate", "appropriately", "as needed",
			"as soon as possible", "attractive", "better", "clean", "clear", "clearly", "convenient",
			"cool", "correctly", "easier", "easily", "easy", "efficient", "efficiently", "etc", "fancy",
			"fast", "faster", "flexible", "good", "gracefully", "great", "helpful", "if necessary",
			"if possible", "improved", "intuitive", "intuitively", "meaningful", "modern", "nice",
			"nicely", "nicer", "normal", "optimal", "optimized", "pretty", "proper", "properly", "quickly",
			"reasonable", "relevant", "robust", "seamless", "seamlessly", "sensible", "several", "simple",
			"simply", "smart", "smooth", "smoothly", "sophisticated", "state of the art", "suitable",
			"useful", "user friendly", "user-friendly", "various", "well", "where possible",
		},
		Quantities: []string{
			"a few", "a lot of", "a number of", "big", "enough", "fast", "faster", "few", "frequently",
			"immediately", "instantly", "large", "less", "long", "lots of", "many", "minimal", "more", "most",
			"occasionally", "often", "quick", "quickly", "rarely", "real time", "real-time", "reasonable",
			"several", "short", "slow", "small", "some", "soon", "sufficient", "timely",
		},
		Measures: []string{
			"at least", "at most", "exactly", "less than", "more than", "fewer than", "no more than",
			"no less than", "up to", "within", "between", "maximum", "minimum", "every", "all", "none", "no",
			"only", "once", "twice", "never", "always", "one", "two", "three", "four", "five", "ten", "zero",
			"percent", "equal", "equals", "same", "unique", "empty",
		},
		Observable: []string{
			"accepted", "accepts", "allowed", "appear", "appears", "blocked", "can", "can't", "cannot",
			"change", "changes", "contains", "created", "deleted", "denied", "disabled", "disappears",
			"display", "displayed", "displays", "email", "enabled", "error", "fails", "found", "get", "gets",
			"hidden", "highlighted", "in the list", "is sent", "listed", "lists", "locked", "logged", "message",
			"must", "not", "notified", "opens", "prevented", "printed", "prompted", "receive", "received",
			"receives", "recorded", "redirected", "refused", "rejected", "rejects", "removed", "returned",
			"returns", "saved", "see", "seen", "sees", "send", "sends", "sent", "should", "show", "shown",
			"shows", "sorted", "stored", "unchanged", "updated", "visible", "warned", "warning",
		},
		Pronouns: []string{"it", "this", "these", "those", "they", "them"},
		Builders: []string{
			"administrator of the database", "analyst programmer", "architect", "coder", "database administrator",
			"dba", "dev", "developer", "development team", "devops", "designer", "engineer", "programmer", "qa",
			"scrum master", "sre", "system", "tester", "team member", "tech lead", "product owner",
		},
		Solutions: []string{
			"ajax", "algorithm", "angular", "api", "apis", "aws", "azure", "cache", "cached",
			"class", "cli", "column", "columns", "component",
			"cookie", "cookies", "cron", "css", "csv", "database", "django", "docker", "dropdown",
			"endpoint", "field", "fields", "framework", "git", "github", "html", "index", "indexed",
			"java", "javascript", "jquery", "json", "kafka", "kubernetes", "library", "lambda", "microservice",
			"mongo", "mongodb", "mysql", "node", "oauth", "oracle", "php", "plugin", "postgres",
			"python", "query", "react", "redis", "regex", "rest", "rest api", "ruby", "schema",
			"script", "server", "sql", "sqlite", "table", "tables", "url", "urls", "web service",
			"web socket", "webhook", "xhtml", "xml", "yaml",
		},
		Interface: []string{
			"button", "buttons", "checkbox", "checkboxes", "click", "clicking", "drop down", "drop-down", "dropdown", "dropdowns",
			"hover", "icon", "icons", "iframe", "menu", "pop-up", "popup", "radio button", "scroll", "sidebar", "slider", "tab",
			"tabs", "text field", "textbox", "toggle", "toolbar", "tooltip", "widget", "widgets",
		},
		Everybody: []string{
			"user", "users", "person", "people", "someone", "somebody", "anyone", "anybody", "everyone", "everybody",
			"system", "end user", "end-user", "end users",
		},
		Connectives: slices.Concat(lexicon.Conjunctions(), lexicon.Articles(), []string{"but", "my", "as well as"}),
	}
}
