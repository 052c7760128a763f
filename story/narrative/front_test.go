package narrative_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// What stands in commas between the marker of a goal and the goal is one condition or several, a reason too, in each language.
func TestConditionsBehindTheMarker(t *testing.T) {
	for text, want := range map[string][]string{
		"As a guest, I want, because I am new, to rest so that I stay": {"to rest", "I stay", "because I am new"},
		"As a guest, I want, since I am new, to rest":                  {"to rest", "", "since I am new"},
		"As a guest, I want, after I pay, if I smile, to rest":         {"to rest", "", "after I pay", "if I smile"},

		"Als Gast möchte ich, weil ich neu bin, Tee trinken, damit ich bleibe": {"Tee trinken", "ich bleibe", "weil ich neu bin"},
		"Als Gast brauche ich, da ich neu bin, Tee":                            {"Tee", "", "da ich neu bin"},
		"Als Gast möchte ich, nachdem ich zahle, wenn ich lache, Tee trinken":  {"Tee trinken", "", "nachdem ich zahle", "wenn ich lache"},
		"Als Gast möchte ich, wenn ich merke, dass es zieht, die Tür zumachen": {"die Tür zumachen", "", "wenn ich merke, dass es zieht"},
		"Als Gast möchte ich, wenn ich sehe, ob es zieht, die Tür zumachen":    {"die Tür zumachen", "", "wenn ich sehe, ob es zieht"},

		"En tant que client, je veux, parce que je suis nouveau, dormir afin de rester":  {"dormir", "rester", "parce que je suis nouveau"},
		"En tant que client, je veux, puisque je suis nouveau, dormir":                   {"dormir", "", "puisque je suis nouveau"},
		"En tant que client, je veux, après que j'ai payé, si je suis content, chanter":  {"chanter", "", "après que j'ai payé", "si je suis content"},
		"Como cliente, quiero, porque soy nuevo, dormir para quedarme":                   {"dormir", "quedarme", "porque soy nuevo"},
		"Como cliente, quiero, ya que soy nuevo, dormir":                                 {"dormir", "", "ya que soy nuevo"},
		"Como cliente, quiero, después de que pago, si estoy contento, dejar una moneda": {"dejar una moneda", "", "después de que pago", "si estoy contento"},
	} {
		r := narrative.Read(text)
		got := []string{r.Goal.Text, r.Benefit.Text}
		for _, c := range r.Conditions {
			got = append(got, c.Text)
		}
		require.Equal(t, want, got, text)
		_, err := narrative.Parse(text)
		require.NoError(t, err, text)
	}
}

// What is quoted announces nothing, whatever the quotes, right behind the marker too; an apostrophe is no quote.
func TestQuotesOfEveryKind(t *testing.T) {
	for _, pair := range [][2]string{{"‘", "’"}, {"‹", "›"}, {"›", "‹"}, {"»", "«"}, {"'", "'"}, {`"`, `"`}, {"“", "”"}, {"‚", "‘"}} {
		for _, words := range []string{"so that", "Pay if you can", "because it's late"} {
			quote := pair[0] + words + pair[1]
			r := narrative.Read("As a guest, I want to read the text " + quote + " so that I laugh")
			require.Equal(t, "read the text "+quote, r.Goal.Text)
			require.Equal(t, "I laugh", r.Benefit.Text, quote)
			require.Empty(t, r.Conditions, quote)

			r = narrative.Read("As a guest, I want to read a text (" + quote + " is one) so that I laugh") // in brackets
			require.Equal(t, "read a text ("+quote+" is one)", r.Goal.Text)
			require.Equal(t, "I laugh", r.Benefit.Text, quote)
			require.Empty(t, r.Conditions, quote)
		}
	}
	for _, pair := range [][2]string{{"‚", "‘"}, {"»", "«"}, {"„", "“"}, {`"`, `"`}, {"›", "‹"}} {
		for _, words := range []string{"damit alle zahlen", "wenn ich zahle"} {
			quote := pair[0] + words + pair[1]
			r := narrative.Read("Als Gast möchte ich " + quote + " lesen, damit ich lache")
			require.Equal(t, quote+" lesen", r.Goal.Text)
			require.Equal(t, "ich lache", r.Benefit.Text, quote)
			require.Empty(t, r.Conditions, quote)
		}
	}
	r := narrative.Read("As a guest, I want to see the guests' list if I pay and don't leave")
	require.Equal(t, "if I pay and don't leave", r.Conditions[0].Text)
}

// A "so" without "that" announces a benefit also where only the place of a word shows that it is a verb.
func TestPlainSo(t *testing.T) {
	for text, want := range map[string]string{
		"As a guest, I want a bell when it rains so the crew reacts": "the crew reacts",
		"As a guest, I want to print tags so friends come back":      "friends come back",
		"As a guest, I want to learn so much":                        "",
		"As a guest, I want to be told soon if it rains":             "",
	} {
		require.Equal(t, want, narrative.Read(text).Benefit.Text, text)
	}
	require.Empty(t, narrative.Read("As a guest, I want to be told soon if it rains").Conditions)
}

// A wish says the language of a text without a role.
func TestLanguageOfWish(t *testing.T) {
	for text, want := range map[string]story.Language{
		"je veux payer": story.French, "je voudrais payer": story.French, "Je souhaite payer": story.French,
		"quiero pagar": story.Spanish, "ich möchte zahlen": story.German, "I want to pay": story.English, "Will users pay?": story.English,
	} {
		got, _ := narrative.LanguageOf(text)
		require.Equal(t, want, got, text)
	}
}
