package narrative_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/narrative"
)

// requireLaws holds of every text: parts stand where they say and in no other part, problems lie
// within the text, and what was parsed prints and parses to itself.
func requireLaws(t *testing.T, text string) {
	t.Helper()
	r := narrative.Read(text)
	require.Equal(t, text, r.Text)
	require.Equal(t, r.IsStory(), narrative.IsStory(text), text)
	language, certainty := narrative.LanguageOf(text)
	require.Equal(t, language, r.Language)
	require.True(t, 0 <= certainty && certainty <= 100)
	for _, p := range append([]narrative.Part{r.Role, r.RoleClause, r.Goal, r.Benefit, r.Rest}, r.Conditions...) {
		require.Equal(t, p.Text, text[p.Start:p.End])
		require.LessOrEqual(t, p.MarkerStart, p.MarkerEnd)
		require.LessOrEqual(t, p.MarkerEnd, len(text))
		if !p.IsZero() {
			require.NotEmpty(t, p.Text)
			require.LessOrEqual(t, p.MarkerEnd, p.Start, "the marker stands before the part")
		}
	}
	if !r.Goal.IsZero() && !r.Role.IsZero() {
		if r.Goal.MarkerEnd > r.Role.MarkerStart { // "möchte ich als Käufer"
			require.LessOrEqual(t, r.Role.End, r.Goal.MarkerStart)
		}
		require.LessOrEqual(t, r.Role.End, r.Goal.Start)
		if b := r.Benefit; b.Start > r.Goal.Start {
			require.LessOrEqual(t, r.Goal.End, b.MarkerStart)
		}
	}
	for _, p := range r.Problems {
		require.LessOrEqual(t, 0, p.Start)
		require.LessOrEqual(t, p.Start, p.End)
		require.LessOrEqual(t, p.End, len(text))
		require.NotContains(t, p.Kind.String(), "ProblemKind")
	}
	n, err := narrative.Parse(text)
	if err != nil {
		var refused *narrative.Error
		require.ErrorAs(t, err, &refused)
		require.LessOrEqual(t, len(refused.Text), 200)
		require.Equal(t, r.IsStory(), refused.Problems[0].Kind == narrative.Ambiguous)
		return
	}
	require.True(t, r.IsStory())
	require.NoError(t, n.Validate())
	again, err := narrative.Parse(n.String())
	require.NoError(t, err, "%q prints as %q", text, n.String())
	require.Equal(t, n, again, "%q prints as %q", text, n.String())
}

// Any order of the words people use must keep the laws, not only sensible ones.
func TestNarrativeLawsOfRandomText(t *testing.T) {
	requireLawsOfPieces(t, "As a user, I want ", "As a|as an|As the|as|I want to|I want|i only want|I don't want to|I can|I'm able to|"+
		"we need|would like|so that|so|in order to|because|since I|in order for|so as to|that|user|users|owner|"+
		"follow-up|log in|the page|my card|when I pay|who pays|if|working with|, |. |\n|\n\n| - |; |\"|(|)|*|**|— |"+
		"1.|US-12:|#|I see|I|never|be able to|to|only|not|A|The|e.g.|...|<|>|顧客|\u00a0|\u200f|\xff|and|or|do so|(0!|after|before I|each time|as soon as|having paid|where|once|two days")
	requireLawsOfPieces(t, "Als Nutzer möchte ich ", "Als|als ein|In meiner Rolle als|möchte ich|ich möchte|kann ich|will ich|würde ich gerne|sehe ich|"+
		"damit|damit ich|so dass|um|zu zahlen|anzumelden|weil|Nutzer|Kundin|der|die Seite|wenn|wenn ich|nachdem|bis|jedes Mal|zwei Tage bevor|"+
		"und|dass|nicht|zu|Folge|ich|, |. |\n|\n\n| - |; |\"|(|)|*|„|“|US-12:|mo\u0308chte ich|MÖCHTE ICH|für|als Käufer|des|z.B.|\xff")
	requireLawsOfPieces(t, "En tant que client, je veux ", "En tant que|en tant qu'|En qualité d’|un|je veux|j'aimerais|j’ai besoin de|je ne veux pas|je peux|je vois|"+
		"afin de|afin d'|afin que|afin qu’|pour|pour que|parce que|car|payer|être|l'équipe|client|utilisatrice|lorsque|lorsqu'|s'il|si|quand je|"+
		"avant de|après|une fois|où|qui|que|et|de|d'|ne|, |. |\n|\n\n| - |; |\"|(|)|*|«|»|US-12:|'|’|qu'|suite|\xff")
	requireLawsOfPieces(t, "Como usuario, quiero ", "Como|como un|En calidad de|Yo como|quiero|no quiero|puedo|me gustaría|veo|tengo que|para|para que|a fin de|"+
		"porque|de modo que|pagar|verlo|usuario|administradora|cuando|si|después de|antes de|cada vez que|una vez|donde|que|y|el|la|no|yo|, |. |"+
		"\n|\n\n| - |; |\"|(|)|*|¿|¡|US-12:|seguimiento|al|siempre|dos días|\xff")
}

func requireLawsOfPieces(t *testing.T, begin, list string) {
	t.Helper()
	pieces := strings.Split(list, "|")
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var b strings.Builder
		if random.IntN(3) > 0 {
			b.WriteString(begin)
		}
		for range random.IntN(14) {
			b.WriteString(pieces[random.IntN(len(pieces))])
			if random.IntN(8) > 0 {
				b.WriteByte(' ')
			}
		}
		requireLaws(t, b.String())
		if t.Failed() {
			t.Fatalf("%q", b.String())
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("As a user, I want to log in, so that I can pay.")
	f.Add("Wenn ich zahle, möchte ich als Käufer einen Beleg sehen, um ihn auszudrucken.")
	f.Add("En tant qu'acheteur, lorsqu’il pleut, j'ai besoin d'un reçu afin qu'il soit prêt.")
	f.Add("Como compradora, después de pagar, quiero ver el recibo para que nadie lo pierda.")
	f.Fuzz(func(t *testing.T, text string) {
		requireLaws(t, text)
	})
}
