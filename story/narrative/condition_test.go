package narrative_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// generator makes sentences whose parts are known.
type generator struct{ *rand.Rand }

func (g generator) of(texts ...string) string { return texts[g.IntN(len(texts))] }

func (g generator) role() string {
	return g.of("user", "admin", "head of sales", "registered guest", "buyer on a phone", "SRE", "member of the club")
}

func (g generator) goal() (marker, goal, whole string) {
	thing := g.of("see my name", "print the report", "get a hint", "pay", "be notified", "edit and delete my cards",
		"know when my order ships", "check if the page is up", "find a list where I can choose", "tell my friends who I am",
		"decide whether I pay", "ask the clerk if it rains", "learn how it works", "be told when it is done",
		"read news once a week", "stay until Friday", "download the orders", "choose where I sit", "pay if possible")
	switch g.IntN(8) {
	case 4:
		return "it would help if I could ", thing, "to be able to " + thing
	case 5:
		return "I'd be glad to ", thing, "to " + thing
	case 0:
		return "I can ", thing, "to be able to " + thing
	case 1:
		return "I would like to ", thing, "to " + thing
	case 2:
		return "I don't want to ", thing, "not to " + thing
	case 3:
		return "I need ", "a receipt", "a receipt"
	}
	return "I want to ", thing, "to " + thing
}

// plainGoal is a goal without a clause: what follows without a comma is its own.
func (g generator) plainGoal() (marker, goal, whole string) {
	for {
		marker, goal, whole = g.goal()
		if !strings.ContainsAny(goal, "!") && !strings.Contains(goal, " when ") && !strings.Contains(goal, " if ") &&
			!strings.Contains(goal, " where ") && !strings.Contains(goal, " who ") && !strings.Contains(goal, "whether") &&
			!strings.Contains(goal, " how ") {
			return marker, goal, whole
		}
	}
}

// clause is a condition with a verb of its own.
func (g generator) clause() string {
	subject := func() string {
		return g.of("I log in", "I can log in", "I can't log in", "I need help", "I need to pay", "I have a card", "I have no card",
			"I have paid", "I don't pay", "I am new", "I'm on a train", "I want to pay", "I would like to read", "I must wait",
			"I no longer pay", "I never paid", "we meet", "the build fails", "my order ships", "it rains", "the page is down",
			"users complain", "a member has left", "somebody calls me", "the page that I need is down",
			"the clerk tells me to wait", "I log in and my card has expired", "I pay for what I want",
			"I see that it works", "I know what I need", "there is no seat", "I, as a guest, must wait",
			"I buy pens, paper and ink", `I read "I want help"`, "the clerk, who is new, waits")
	}
	conjunction := g.of("when", "whenever", "if", "once", "after", "before", "while", "until", "unless", "as soon as",
		"every time", "each time", "any time", "although", "even if", "even though", "only when", "as long as", "in case",
		"now that", "right after", "the moment", "so long as", "no matter where", "regardless of whether",
		"if and only if", "on condition that", "ever since", "well after", "particularly when", "two days before", "a week after", "immediately after")
	switch g.IntN(8) {
	case 0:
		return g.of("having", "not having") + " " + g.of("logged in", "paid by card", "read the terms", "lost my card")
	case 1:
		return g.of("after", "before", "when", "while") + " " + g.of("logging in", "paying by card", "reading a page")
	case 2:
		return conjunction + " " + subject() + " " + g.of("when", "while", "before", "if", "as soon as") + " " + g.of("I travel", "I am late")
	}
	return conjunction + " " + subject()
}

// front is a clause that stands before the goal only.
func (g generator) front() string {
	if g.IntN(5) == 0 {
		return g.of("where I can choose", "because I am new", "since I am new", "being new", "as I am late", "wherever I am",
			"where the law asks for it", "whether I pay or not", "whether or not I pay", "the second I log in", "at the time I pay")
	}
	if g.IntN(8) == 0 {
		return g.of("when the page I need is down", "if the friend I want to meet can't come", "each time the app I use starts")
	}
	return g.clause()
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// sentence is one with a condition in one of the three places, or in several.
func (g generator) sentence() (string, story.Narrative) {
	role, comma := g.role(), g.of(", ", ", ", " ")
	a := g.of("As a ", "As the ")
	benefit := g.of("", "", "I know it", "I can pay when I must", "nobody waits until I pay")
	end := ""
	if benefit != "" {
		end = comma + "so that " + benefit
	}
	var text string
	var conditions []string
	marker, goal, whole := g.goal()
	switch g.IntN(9) {
	case 6: // without a role
		conditions = []string{g.front()}
		text = upper(conditions[0]) + comma + marker + goal + end
		role = ""
		if aside := "I, as a guest, "; strings.Contains(conditions[0], aside) { // who wants it, since nobody else is named
			role, conditions[0] = "guest", strings.Replace(conditions[0], aside, "I ", 1)
		}
	case 7: // in front of the goal, and what is no clause in front of the role
		conditions = []string{g.of("at night", "on my phone", "during a call", "two days later", "working late", "should a payment fail", "had I paid", "were it late"), g.clause()}
		text = upper(conditions[0]) + ", " + strings.ToLower(a[:1]) + a[1:] + role + ", I want, " + conditions[1] + ", to pay" + end
		whole = "to pay"
	case 8: // in words that nothing known opens, and with a "then"
		conditions = []string{g.of("every month when I work", "not until I log in", "just as I leave", "mainly if I am new"), g.clause()}
		text = a + role + ", " + conditions[0] + ", " + conditions[1] + ", then " + marker + goal + end
	case 0:
		conditions = []string{g.front()}
		text = upper(conditions[0]) + comma + strings.ToLower(a[:1]) + a[1:] + role + comma + marker + goal + end
	case 1:
		marker, goal, whole = g.plainGoal()
		conditions = []string{g.clause()}
		text = a + role + comma + marker + goal + g.of(" ", ", ") + conditions[0] + end
	case 2:
		conditions = []string{g.clause(), g.clause()}
		text = a + role + ", " + conditions[0] + ", " + conditions[1] + ", " + marker + goal + end
	case 3:
		conditions = []string{g.front(), g.clause()}
		text = a + role + comma + conditions[0] + comma + marker + goal + ", " + conditions[1] + end
	case 4:
		text = a + role + comma + marker + goal + end
	default:
		conditions = []string{g.front()}
		text = a + role + comma + conditions[0] + comma + marker + goal + end
	}
	return text, nar(role, whole, benefit, conditions...)
}

// Every sentence of the generator is read into the parts it was made of, and printed back.
func TestReadFindsConditions(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(*seed, 1))}
	wrong := 0
	for range 10_000 {
		text, want := g.sentence()
		r := narrative.Read(text)
		if got := r.Narrative(); got != want {
			wrong++
			if wrong <= 40 {
				t.Errorf("%s\n\t%s\n\t%s", text, show(got), show(want))
			}
			continue
		}
		if want.Role == "" {
			continue
		}
		again, err := narrative.Parse(want.String())
		if err != nil || again != want {
			wrong++
			if wrong <= 40 {
				t.Errorf("again %s\n\t%v\n\t%s", want.String(), err, show(again))
			}
		}
	}
	require.Zero(t, wrong, "sentences of 10,000")
}

func show(n story.Narrative) string {
	return fmt.Sprintf("%q %q %q %q", n.Role, n.Conditions.Slice(), n.Goal, n.Benefit)
}

func TestConditionKinds(t *testing.T) {
	for text, want := range map[string]story.Narrative{
		"As a user, in case of fire, I want to see an exit":      nar("user", "to see an exit", "", "in case of fire"),
		"As a user, at night, I want stars":                      nar("user", "stars", "", "at night"),
		"As a user, every time, I want stars":                    nar("user", "stars", "", "every time"),
		"As a user (when logged in), I want stars":               nar("user", "stars", "", "when logged in"),
		"As a user, I want, when I pay, to see a receipt":        nar("user", "to see a receipt", "", "when I pay"),
		"As a user, if, after I log in, I am lost, I want a map": nar("user", "a map", "", "if, after I log in, I am lost"),
		"As a user who, when he pays, is new, I want a map":      nar("user who, when he pays, is new", "a map", ""),
		"As a user, when I am new, in order to pay, I want help": nar("user", "help", "I can pay", "when I am new"),
		"US-1: When I log in, as a user, I want stars":           nar("user", "stars", "", "when I log in"),
		"When users log in: As a user, I want stars":             nar("user", "stars", ""),
		"When I am in as an admin, I want stars":                 nar("admin", "stars", "", "when I am in"),
		"As a user, I want to save before leaving":               nar("user", "to save", "", "before leaving"),
		"As a user, I want to see results as I type":             nar("user", "to see results", "", "as I type"),
		"As a user, I want to be asked before an order is lost":  nar("user", "to be asked", "", "before an order is lost"),
		"As a user, I want stars, where I may":                   nar("user", "stars", "", "where I may"),
		"As a user, I want stars the first time I log in":        nar("user", "stars", "", "the first time I log in"),
		"As a user, I want when I log in to see my name":         nar("user", "to see my name", "", "when I log in"),
		"As a user, I want to stay logged in until I log out":    nar("user", "to stay logged in", "", "until I log out"),
		"As a user, I can pay when not logged in":                nar("user", "to be able to pay", "", "when not logged in"),
		"As a user, I want to be told (when I pay)":              nar("user", "to be told", "", "when I pay"),
		"As a user, if I agree, and only then, I want mail":      nar("user", "mail", "", "if I agree, and only then"),
		"As a user, unlike before, I want stars":                 nar("user", "stars", "", "unlike before"),
		"As a user, as quickly as I can, I want to pay":          nar("user", "to pay", "", "as quickly as I can"),
		"As a user, if I buy it, I pay, and I go, I want stars":  nar("user", "stars", "", "if I buy it, I pay, and I go"),
		`As a user, when I see "I want", I want it`:              nar("user", "it", "", `when I see "I want"`),
		`As a user, when I see "As a user, I want", I want it`:   nar("user", "it", "", `when I see "As a user, I want"`),
		"When I log in\nas a user\nI want stars":                 nar("user", "stars", "", "when I log in"),
		"At night as a user I want stars":                        nar("user", "stars", "", "at night"),
		"As a user when I think I need help I want a chat":       nar("user", "a chat", "", "when I think I need help"),
	} {
		n, err := narrative.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, show(want), show(n), text)
		requireLaws(t, text)
	}
}

// A clause that a verb or a noun takes stays with the goal, and so does what has no verb.
func TestGoalsKeepTheirClauses(t *testing.T) {
	for _, goal := range []string{
		"to know when my order ships", "to know exactly when it ships", "to be told when it is done", "to ask if it is open",
		"to tell my friends when I come", "to find out when it opens", "to be sure that when I pay it is safe", "to plan when I go",
		"a list where I can choose", "a list, where I can choose", "a page that shows stars when I log in", "the time until it ends",
		"the same data as I have at home", "to save the orders I made before I paid", "to pay if possible", "to pay when needed",
		"to read once a week", "to stay until Friday", "to pay after the meeting", "to be warned if I err, and to mend it",
		"to see, when I log in, my name", "to decide before I know whether it rains", "to know what happens when I pay",
		"to understand if a user is new", "to avoid being asked", "to search from wherever I am", "to use it as if I were new",
		"to save, if I am offline, and sync later", `the text "when I pay" to be red`, "to be asked whether I want to save",
	} {
		want := nar("user", goal, "")
		n, err := narrative.Parse("As a user, I want " + goal)
		require.NoError(t, err, goal)
		require.Equal(t, show(want), show(n))
	}
}

// Each phrase of the table of a language that opens a condition does so in front, between role and goal, and behind the goal.
func TestOpenersInEachPlace(t *testing.T) {
	for _, l := range lexicon.All() {
		subject := strings.Fields(l.Terms[lexicon.Subject])[0]
		if strings.HasPrefix(l.SayGoal, "I ") {
			subject = "I"
		}
		for _, o := range l.Openers {
			if o.Kind != lexicon.Conjunction && o.Kind != lexicon.Temporal || o.If == lexicon.BeforeInfinitive || o.If == lexicon.BeforePast || o.If >= lexicon.Inverted {
				continue
			}
			for _, phrase := range lexicon.Phrases(o.Phrases) {
				condition := strings.ReplaceAll(phrase+" "+subject+" abc", "' ", "'")
				as, want := l.As+"xyz", l.Want+" xyz"
				if !l.Capitals && l.Reasons == nil {
					as = "As a xyz"
				}
				for _, text := range []string{
					condition + ", " + as + ", " + want,
					as + ", " + condition + ", " + want,
					as + l.Comma + " " + want + ", " + condition,
				} {
					n := narrative.ReadIn(story.Language(l.Tag), text).Narrative()
					require.Equal(t, []string{condition}, n.Conditions.Slice(), "%s: %s", l.Tag, text)
					require.Equal(t, "xyz", n.Goal, text)
				}
			}
		}
	}
}
