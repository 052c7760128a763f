package quality_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/quality"
)

// For each rule with words of its own, in each language, a story that it finds and one much alike that it does not.
func TestRulesOfEveryLanguage(t *testing.T) {
	tests := map[string]struct{ found, sound string }{
		"de clear.vague \"einfach\"":                             {"Als Gast möchte ich einfach zahlen, damit ich gehe", "Als Gast möchte ich bar zahlen, damit ich gehe"},
		"de atomic.conjunctions \"und löschen\"":                 {"Als Gast möchte ich Karten anlegen und löschen, damit ich zahle", "Als Gast möchte ich mit neuen und alten Karten zahlen, damit ich gehe"},
		"de negotiable.builder \"Entwicklerin\"":                 {"Als Entwicklerin möchte ich Tests, damit nichts bricht", "Als Gärtnerin möchte ich Tests, damit nichts bricht"},
		"de negotiable.interface \"Schaltfläche\"":               {"Als Gast möchte ich eine Schaltfläche, damit ich zahle", "Als Gast möchte ich eine Rechnung, damit ich zahle"},
		"de negotiable.solution \"Datenbank\"":                   {"Als Gast möchte ich eine Datenbank, damit ich suche", "Als Gast möchte ich eine Suche, damit ich finde"},
		"de clear.reference \"es\"":                              {"Als Gast möchte ich es, damit ich gehe", "Als Gast möchte ich Eis, damit ich gehe"},
		"de clear.dangling \"und\"":                              {"Als Gast möchte ich Tee und, damit ich gehe", "Als Gast möchte ich Tee, damit ich gehe"},
		"de valuable.repeats \"ich zahle\"":                      {"Als Gast möchte ich zahlen, damit ich zahle", "Als Gast möchte ich zahlen, damit ich gehe"},
		"de well_formed.no_ends \"\"":                            {"Als Gast möchte ich zahlen", "Als Gast möchte ich zahlen, um zu gehen"},
		"de well_formed.no_role \"Folge der Umstellung\"":        {"Als Folge der Umstellung brauchen wir Tests, damit nichts bricht", "Als Leiter der Umstellung brauchen wir Tests, damit nichts bricht"},
		"de minimal.indicator_repetition \"möchte ich\"":         {"Als Gast möchte ich zahlen und möchte ich gehen, damit es gut wird", "Als Gast möchte ich zahlen, damit ich gehe"},
		"fr clear.vague \"facilement\"":                          {"En tant que client, je veux payer facilement afin de partir", "En tant que client, je veux payer debout afin de partir"},
		"fr atomic.conjunctions \"et supprimer\"":                {"En tant que client, je veux créer et supprimer des cartes afin de partir", "En tant que client, je veux créer des cartes et des comptes afin de partir"},
		"fr atomic.conjunctions \"et la noter\"":                 {"En tant que client, je veux voir une page et la noter afin de partir", "En tant que client, je veux voir une page et la note afin de partir"},
		"fr negotiable.builder \"développeuse\"":                 {"En tant que développeuse, je veux des tests afin de dormir", "En tant que jardinière, je veux des tests afin de dormir"},
		"fr negotiable.interface \"bouton\"":                     {"En tant que client, je veux un bouton afin de partir", "En tant que client, je veux un reçu afin de partir"},
		"fr negotiable.solution \"base de données\"":             {"En tant que client, je veux une base de données afin de chercher", "En tant que client, je veux une base de loisirs afin de jouer"},
		"fr clear.dangling \"et\"":                               {"En tant que client, je veux du thé et, afin de partir", "En tant que client, je veux du thé, afin de partir"},
		"fr valuable.repeats \"payer\"":                          {"En tant que client, je veux payer afin de payer", "En tant que client, je veux payer afin de partir"},
		"fr well_formed.no_ends \"\"":                            {"En tant que client, je veux payer", "En tant que client, je veux payer pour partir"},
		"fr clear.reference \"ça\"":                              {"En tant que client, je veux ça afin de partir", "En tant que client, je veux un sac afin de partir"},
		"es clear.vague \"fácilmente\"":                          {"Como cliente, quiero pagar fácilmente para salir", "Como cliente, quiero pagar de pie para salir"},
		"es atomic.conjunctions \"y borrar\"":                    {"Como cliente, quiero crear y borrar tarjetas para salir", "Como cliente, quiero crear tarjetas y cuentas para salir"},
		"es negotiable.builder \"desarrolladora\"":               {"Como desarrolladora, quiero pruebas para dormir", "Como jardinera, quiero pruebas para dormir"},
		"es negotiable.interface \"botón\"":                      {"Como cliente, quiero un botón para salir", "Como cliente, quiero un recibo para salir"},
		"es negotiable.solution \"base de datos\"":               {"Como cliente, quiero una base de datos para buscar", "Como cliente, quiero una base de juegos para jugar"},
		"es clear.dangling \"y\"":                                {"Como cliente, quiero té y, para salir", "Como cliente, quiero té, para salir"},
		"es valuable.repeats \"pagar\"":                          {"Como cliente, quiero pagar para pagar", "Como cliente, quiero pagar para salir"},
		"es well_formed.no_ends \"\"":                            {"Como cliente, quiero pagar", "Como cliente, quiero pagar para salir"},
		"es well_formed.no_role \"seguimiento de la migración\"": {"Como seguimiento de la migración, necesitamos pruebas para dormir", "Como responsable de la migración, necesitamos pruebas para dormir"},
		"es clear.reference \"eso\"":                             {"Como cliente, quiero eso para salir", "Como cliente, quiero queso para salir"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			language, want, _ := strings.Cut(name, " ")
			for text, isFound := range map[string]bool{tt.found: true, tt.sound: false} {
				set := quality.Read(text)
				require.Equal(t, story.Language(language), set.Stories[0].Language, text)
				var all []string
				for _, f := range quality.Check(set) {
					all = append(all, fmt.Sprintf("%s %q", f.Rule, text[f.Start:f.End]))
				}
				if isFound {
					require.Contains(t, all, want, text)
				} else {
					rule, _, _ := strings.Cut(want, " ")
					require.NotContains(t, strings.Join(all, " "), rule, text)
				}
			}
		})
	}
}

// Duplicates and markers are compared within a language, and messages quote its words.
func TestSetOfSeveralLanguages(t *testing.T) {
	set := quality.Read(
		"As a user, I want to pay two orders, so that I am done", "Als Nutzer möchte ich zwei Bestellungen schnell bezahlen, damit ich gehe",
		"En tant que client, je veux payer deux commandes, afin de partir", "Como cliente, quiero pagar dos pedidos, para salir de aquí",
		"Als Nutzer möchte ich 2 Bestellungen schnell bezahlen, damit ich gehe", "En tant que client, je veux payer 2 commande afin de partir",
		"Como cliente quiero pagar 2 pedido para salir de aquí", "Als Nutzer möchte ich",
	)
	var all []string
	for _, f := range quality.Check(set, quality.Identical, quality.Similar, quality.Uniform, quality.NoGoal) {
		all = append(all, fmt.Sprintf("%d %s %v %s", f.Story, f.Rule, f.Others, f.Mend))
	}
	require.Equal(t, []string{
		"4 unique.similar [1] merge the two, or say what makes them different",
		"5 unique.similar [2] merge the two, or say what makes them different",
		"6 unique.similar [3] merge the two, or say what makes them different",
		`7 well_formed.no_means [] say what: "möchte ich ..."`,
	}, all)
}

func TestCriteriaOfEveryLanguage(t *testing.T) {
	for marked, want := range map[string]string{
		"de Die Seite lädt schnell":                      "testable.quantity testable.outcome",
		"de Die Seite lädt in 2 Sekunden":                "",
		"de Eine Fehlermeldung wird angezeigt":           "",
		"de Die Meldung wird benutzerfreundlich gezeigt": "testable.vague",
		"de Die Suche soll benutzerfreundlich sein":      "testable.outcome testable.vague",
		"de Der Gast kann einfach zahlen":                "testable.vague",
		"fr Le site doit être ergonomique":               "testable.outcome testable.vague",
		"fr Le client peut facilement payer":             "testable.vague",
		"es El sitio debe ser intuitivo":                 "testable.outcome testable.vague",
		"es El cliente puede pagar fácilmente":           "testable.vague",
		"fr La page est rapide":                          "testable.quantity testable.outcome",
		"fr La page s'affiche en moins de 2 secondes":    "",
		"fr Le message d'erreur s'affiche":               "",
		"fr Le message s'affiche clairement":             "testable.vague",
		"es La página es rápida":                         "testable.quantity testable.outcome",
		"es El recibo se muestra":                        "",
		"es El recibo se muestra correctamente":          "testable.vague",
	} {
		language, text, _ := strings.Cut(marked, " ")
		var rules []string
		for _, f := range quality.CheckCriteria(text, quality.WordsOf(story.Language(language))) {
			rules = append(rules, f.Rule)
		}
		require.Equal(t, want, strings.Join(rules, " "), text)
	}
}

// What is suggested changes nothing but commas, articles and the word "that", in any language.
func TestSuggestOfEveryLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"Als Gast möchte ich zahlen damit ich gehe":         "Als Gast möchte ich zahlen, damit ich gehe",
		"Als ein Gast möchte ich zahlen, um zu gehen":       "Als Gast möchte ich zahlen, um zu gehen",
		"Als Gast möchte ich zahlen, damit ich gehe":        "",
		"Als Gast will ich zahlen, damit ich gehe":          "",
		"Ich möchte als Gast zahlen, damit ich gehe":        "",
		"En tant que client je veux payer afin de partir":   "En tant que client, je veux payer afin de partir",
		"En tant que client, je veux payer afin de partir.": "",
		"En tant que client, je veux payer pour partir":     "",
		"Como un cliente quiero pagar para salir":           "Como cliente, quiero pagar para salir",
		"Como cliente, quiero pagar para salir":             "",
		"Como cliente, deseo pagar para salir":              "",
	} {
		got, ok := quality.Suggest(quality.Read(text).Stories[0])
		require.Equal(t, want, got, text)
		require.Equal(t, want != "", ok)
	}
}
