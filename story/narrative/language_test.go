package narrative_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// announced is a part with the words before it, and as it stands in a narrative.
type announced struct{ before, text, want string }

// phrasebook is what sentences of a language are made of, each with the parts it is read into.
type phrasebook struct {
	language   story.Language
	as         func(role string) string // "Als ", "En tant qu'"
	roles      []announced              // behind the words for a role, which may be others
	wants      []announced              // want is what stands before the goal then; "=" keeps the words
	goals      []string
	keepsGoal  func(g announced, goal string) bool // not all markers go with all goals
	conditions []string
	benefits   []announced
	fronts     []announced // benefits that may begin a sentence
	embedded   bool        // "möchte ich als Käufer"
	commas     bool        // stand between the parts
	then       string      // may stand between a condition and its goal
}

var phrasebooks = []phrasebook{german, french, spanish}

var german = phrasebook{
	language: story.German,
	embedded: true,
	then:     "dann ",
	as:       func(string) string { return "Als " },
	roles: []announced{
		{"", "Nutzer", "Nutzer"},
		{"", "Nutzerin", "Nutzerin"},
		{"", "Nutzer*in", "Nutzer*in"},
		{"", "Nutzer:in", "Nutzer:in"},
		{"ein ", "Käufer", "Käufer"},
		{"eine ", "Administratorin", "Administratorin"},
		{"", "Redakteur/in", "Redakteur/in"},
		{"", "angemeldete Kundin", "angemeldete Kundin"},
		{"", "Leiter der Abteilung", "Leiter der Abteilung"},
		{"", "Mitglied des Vereins", "Mitglied des Vereins"},
		{"", "Kund_in", "Kund_in"},
		{"der ", "Kassenwart", "Kassenwart"},
		{"", "Prüfer oder Prüferin", "Prüfer oder Prüferin"},
		{"", "Besucher", "Besucher"},
		{"", "Mitarbeiterin im Lager", "Mitarbeiterin im Lager"},
	},
	wants: []announced{
		{before: "möchte ich "},
		{before: "will ich "},
		{before: "würde ich gerne "},
		{before: "möchten wir "},
		{before: "moechte ich "},
		{before: "möchte ich gern "},
		{before: "kann ich ", want: "="},
		{before: "muss ich ", want: "="},
		{before: "hätte ich gerne "},
		{before: "brauche ich "},
		{before: "benötige ich "},
		{before: "darf ich ", want: "="},
	},
	keepsGoal: func(g announced, goal string) bool { return true },
	goals: []string{
		"den Bericht drucken", "meine Daten ändern und löschen", "mich anmelden können", "einen Beleg", "über neue Artikel benachrichtigt werden",
		"eine Liste meiner Bestellungen sehen", "nicht gestört werden", "wissen, wann meine Bestellung kommt", "prüfen, ob die Seite läuft",
		"eine Seite, auf der ich wählen kann", "mein Passwort per E-Mail zurücksetzen", "für meine Familie buchen", "Rechnungen als PDF herunterladen",
		"sehen, wer bezahlt hat", "um 8 Uhr erinnert werden", "Größe, Farbe und Preis vergleichen", "alle offenen Rechnungen exportieren",
		"nach Städten suchen", "mit neuen und alten Kunden sprechen",
	},
	conditions: []string{
		"wenn ich mich anmelde", "nachdem ich mich angemeldet habe", "bevor ich zahle", "sobald die Seite lädt", "falls ich nicht zahlen kann",
		"während ich warte", "solange ich neu bin", "jedes Mal wenn der Build bricht", "immer wenn ich im Zug sitze", "auch wenn ich keine Karte habe",
		"obwohl ich neu bin", "kurz bevor ich gehe", "nur wenn es regnet", "zwei Tage bevor die Frist endet", "bis ich fertig bin",
		"falls auf der Seite ein Fehler ist", "egal ob ich angemeldet bin", "wenn die Seite, die ich brauche, nicht lädt",
		"wenn ich, als Gast, zahle", "unabhängig davon, wo ich bin", "jedes Mal, wenn ich gehe", "in dem Moment, in dem ich zahle", "wenn ich Hilfe brauche", "sofern der Kunde zustimmt", "wenn ich nicht mehr zahlen möchte", "wenn ich auf „Ich möchte zahlen“ drücke",
	},
	benefits: []announced{
		{},
		{},
		{"damit ", "ich sie kenne", "ich sie kenne"},
		{"damit ", "niemand warten muss", "niemand warten muss"},
		{"sodass ", "ich schneller arbeite", "ich schneller arbeite"},
		{"so dass ", "wir Zeit sparen", "wir Zeit sparen"},
		{"um ", "schneller zu zahlen", "schneller zu zahlen"},
		{"um ", "Namen, Ort und Datum auszudrucken", "Namen, Ort und Datum auszudrucken"},
		{"um ", "mich nicht jedes Mal anmelden zu müssen", "mich nicht jedes Mal anmelden zu müssen"},
		{"weil ", "ich sie oft vergesse", "weil ich sie oft vergesse"},
		{"damit ", "die Kunden zufrieden sind", "die Kunden zufrieden sind"},
		{"damit ", "ich zahle, wenn ich Geld habe", "ich zahle, wenn ich Geld habe"},
	},
	fronts: []announced{{"Um ", "schneller zu zahlen", "schneller zu zahlen"}, {"Damit ", "ich sie kenne", "ich sie kenne"}},
}

func vowelFirst(s string) bool {
	return s != "" && (s[0] == 'a' || s[0] == 'u' || s[0] == 'e' || s[0] == 'h')
}

var french = phrasebook{
	language: story.French,
	then:     "alors ",
	commas:   true,
	as: func(role string) string {
		if vowelFirst(role) {
			return "En tant qu'"
		}
		return "En tant que "
	},
	roles: []announced{
		{"", "utilisateur", "utilisateur"},
		{"", "utilisatrice", "utilisatrice"},
		{"", "client", "client"},
		{"", "administratrice", "administratrice"},
		{"", "acheteur", "acheteur"},
		{"", "membre de l'équipe", "membre de l'équipe"},
		{"", "responsable des ventes", "responsable des ventes"},
		{"", "utilisateur·rice", "utilisateur·rice"},
		{"", "hôtelier", "hôtelier"},
		{"", "directeur ou directrice", "directeur ou directrice"},
		{"", "visiteur d'un musée", "visiteur d'un musée"},
		{"", "client(e)", "client(e)"},
	},
	wants: []announced{
		{before: "je veux "},
		{before: "je souhaite "},
		{before: "je voudrais "},
		{before: "j'aimerais "},
		{before: "j’aimerais bien "},
		{before: "je peux ", want: "pouvoir "},
		{before: "je dois ", want: "="},
		{before: "nous voulons "},
		{before: "j'ai besoin de "},
		{before: "je ne veux pas ", want: "="},
		{before: "je souhaiterais "},
		{before: "nous pouvons ", want: "pouvoir "},
	},
	keepsGoal: func(g announced, goal string) bool {
		return g.before != "j'ai besoin de " || strings.HasPrefix(goal, "m") || strings.HasPrefix(goal, "c") || strings.HasPrefix(goal, "t")
	},
	goals: []string{
		"me connecter", "voir mes commandes", "créer et supprimer des annonces", "télécharger la facture", "être averti par courriel",
		"savoir si ma commande est partie", "savoir quand il arrive", "choisir où je m'assieds", "une liste où je peux choisir",
		"recevoir un résumé chaque jour", "m'inscrire à l'infolettre", "que la page soit rapide", "modifier l'adresse d'un client",
		"consulter l'historique", "payer par carte", "comparer la taille, la couleur et le prix", "ne plus être dérangé",
	},
	conditions: []string{
		"lorsque je me connecte", "quand je paie", "dès que la page s'ouvre", "si je ne peux pas payer", "s'il pleut", "avant de partir", "peu importe où je suis", "que je sois connecté ou non",
		"quel que soit mon appareil", "deux jours avant que le délai expire",
		"après m'être connecté", "chaque fois que j'ai un doute", "une fois que j'ai payé", "tant que je suis nouveau", "même si je n'ai pas de carte",
		"bien que je sois nouveau", "pendant que j'attends", "lorsqu'un client appelle", "au cas où le réseau tombe", "une fois connecté",
		"jusqu'à ce que je parte", "quand j'ai besoin d'aide", "si je veux payer plus tard", "dès qu’il est prêt", "quand je clique sur « je veux payer »", "si je lis \"je peux payer\"",
	},
	benefits: []announced{
		{},
		{},
		{"afin de ", "gagner du temps", "gagner du temps"},
		{"afin d'", "éviter les erreurs", "éviter les erreurs"},
		{"pour ", "aller plus vite", "aller plus vite"},
		{"pour ", "ne pas attendre", "ne pas attendre"},
		{"afin que ", "personne n'attende", "personne n'attende"},
		{"pour que ", "je puisse payer", "je puisse payer"},
		{"afin qu'", "il soit prévenu", "il soit prévenu"},
		{"parce que ", "je l'oublie souvent", "parce que je l'oublie souvent"},
		{"afin de ", "les retrouver facilement", "les retrouver facilement"},
		{"dans le but de ", "mieux vendre", "mieux vendre"},
		{"afin de ", "savoir qui je suis quand je paie", "savoir qui je suis quand je paie"},
	},
	fronts: []announced{{"Afin de ", "gagner du temps", "gagner du temps"}, {"Pour ", "aller plus vite", "aller plus vite"}},
}

var spanish = phrasebook{
	language: story.Spanish,
	then:     "entonces ",
	commas:   true,
	as:       func(string) string { return "Como " },
	roles: []announced{
		{"", "usuario", "usuario"},
		{"", "administradora", "administradora"},
		{"un ", "cliente", "cliente"},
		{"una ", "clienta", "clienta"},
		{"", "usuario registrado", "usuario registrado"},
		{"", "jefe de ventas", "jefe de ventas"},
		{"", "vendedor/a", "vendedor/a"},
		{"", "miembro del equipo", "miembro del equipo"},
		{"", "usuari@", "usuari@"},
		{"", "profesor o profesora", "profesor o profesora"},
		{"", "visitante de un museo", "visitante de un museo"},
	},
	wants: []announced{
		{before: "quiero "},
		{before: "deseo "},
		{before: "necesito "},
		{before: "quisiera "},
		{before: "me gustaría "},
		{before: "yo quiero "},
		{before: "puedo ", want: "poder "},
		{before: "debo ", want: "="},
		{before: "queremos "},
		{before: "no quiero ", want: "="},
		{before: "necesitamos "},
		{before: "tengo que ", want: "="},
		{before: "solo quiero ", want: "solo "},
		{before: "también necesitamos ", want: "también "},
		{before: "siempre puedo ", want: "siempre poder "},
	},
	keepsGoal: func(g announced, goal string) bool { return true },
	goals: []string{
		"iniciar sesión", "ver mis pedidos", "crear y borrar anuncios", "descargar la factura", "recibir un correo", "saber si mi pedido ha salido",
		"saber cuándo llega", "elegir dónde me siento", "una lista donde pueda elegir", "que la página sea rápida", "cambiar la dirección de un cliente",
		"registrarme en el boletín", "pagar con tarjeta", "comparar tamaño, color y precio", "filtrar la lista por fecha", "un recibo",
		"no ser molestado", "consultar el historial de la niña",
	},
	conditions: []string{
		"cuando inicio sesión", "después de iniciar sesión", "antes de pagar", "si no puedo entrar", "esté o no conectado", "independientemente de dónde esté", "dos días antes de que venza",
		"sin importar dónde esté", "dondequiera que esté", "cada vez que pago", "en cuanto se abra la página",
		"una vez que he pagado", "mientras espero", "aunque sea nuevo", "siempre que llueva", "después de que el cliente firme", "al entrar",
		"una vez iniciada la sesión", "en caso de que falle la red", "tan pronto como llegue", "solo si tengo tarjeta", "hasta que me vaya",
		"cuando necesito ayuda", "si quiero pagar más tarde", "cuando pulso \"quiero pagar\"",
	},
	benefits: []announced{
		{},
		{},
		{"para ", "ahorrar tiempo", "ahorrar tiempo"},
		{"para ", "no esperar", "no esperar"},
		{"para que ", "nadie espere", "nadie espere"},
		{"a fin de ", "evitar errores", "evitar errores"},
		{"con el fin de ", "vender más", "vender más"},
		{"porque ", "lo olvido a menudo", "porque lo olvido a menudo"},
		{"a fin de que ", "todos lo sepan", "todos lo sepan"},
		{"para ", "encontrarlos fácilmente", "encontrarlos fácilmente"},
		{"para ", "saber quién soy cuando pago", "saber quién soy cuando pago"},
	},
	fronts: []announced{{"Para ", "ahorrar tiempo", "ahorrar tiempo"}, {"A fin de ", "evitar errores", "evitar errores"}},
}

// sentence is a story of the language, and the narrative it is.
func (b phrasebook) sentence(g generator) (string, story.Narrative) {
	pick := func(all []announced) announced { return all[g.IntN(len(all))] }
	role, want, goal, benefit := pick(b.roles), pick(b.wants), g.of(b.goals...), pick(b.benefits)
	for !b.keepsGoal(want, goal) {
		goal = g.of(b.goals...)
	}
	n := story.Narrative{Role: role.want, Language: b.language, Goal: want.want + goal, Benefit: benefit.want}
	if want.want == "=" {
		n.Goal = want.before + goal
	}
	as, comma := b.as(role.before+role.text)+role.before+role.text, ""
	if b.commas && g.IntN(2) == 0 {
		comma = ","
	}
	if len(goal) > 4 && (goal[:4] == "que " || goal[:4] == "dass") {
		want.before = want.before[:len(want.before)-1] + " "
	}
	end := g.of("", ".")
	if benefit.text != "" {
		end = g.of(", ", ", ", " ") + benefit.before + benefit.text + end
		if b.language == story.German && benefit.before == "um " && len(goal) > 3 && goal[:3] == "um " {
			end = ", " + benefit.before + benefit.text
		}
	}
	var conditions []string
	text := as + comma + " " + want.before + goal + end
	switch g.IntN(9) {
	case 0: // before the role
		conditions = []string{g.of(b.conditions...)}
		text = upper(conditions[0]) + ", " + lowerFirst(as) + g.of(", ", " ") + want.before + goal + end
	case 1: // between
		conditions = []string{g.of(b.conditions...)}
		text = as + g.of(", ", " ") + conditions[0] + g.of(", ", " ") + want.before + goal + end
	case 2: // two
		conditions = []string{g.of(b.conditions...), g.of(b.conditions...)}
		text = as + ", " + conditions[0] + ", " + conditions[1] + ", " + want.before + goal + end
	case 3: // behind the goal
		conditions = []string{g.of(b.conditions...)}
		text = as + comma + " " + want.before + goal + ", " + conditions[0] + end
		if benefit.text != "" && end[0] != ',' {
			text = as + comma + " " + want.before + goal + ", " + conditions[0] + "," + end
		}
	case 4: // a benefit first
		front := pick(b.fronts)
		n.Benefit = front.want
		text = front.before + front.text + ", " + lowerFirst(as) + ", " + want.before + goal
		if b.embedded {
			for strings.Contains(role.text, " der ") || strings.Contains(role.text, " im ") { // may be of the goal as well
				role = pick(b.roles)
			}
			n.Role = role.want
			text = front.before + front.text + ", " + want.before + "als " + role.text + " " + goal
		}
	case 5: // in the middle
		if want.want == "" && !b.commas {
			conditions = []string{g.of(b.conditions...)}
			text = as + " " + want.before[:len(want.before)-1] + ", " + conditions[0] + ", " + goal + end
		}
	case 7: // without a role, and then
		conditions = []string{g.of(b.conditions...)}
		text = upper(conditions[0]) + ", " + b.then + want.before + goal + end
		n.Role = ""
		if aside := ", als Gast,"; strings.Contains(conditions[0], aside) { // who wants it, since nobody else is named
			n.Role, conditions[0] = "Gast", strings.Replace(conditions[0], aside, "", 1)
		}
	case 6:
		text = g.of("US-12: ", "- ", "1. ", "* ") + text
	}
	if len(conditions) > 0 {
		n.Conditions = story.ConditionsOf(conditions...)
	}
	return text, n
}

func lowerFirst(s string) string { return string(s[0]|0x20) + s[1:] }

// Every sentence of the generator is read into the parts it was made of, in its language, and printed back.
func TestReadFindsPartsInEveryLanguage(t *testing.T) {
	const sentences = 5_000
	for i, b := range phrasebooks {
		t.Run(string(b.language), func(t *testing.T) {
			g := generator{rand.New(rand.NewPCG(18, uint64(i+2)))}
			wrong := 0
			report := func(text string, got, want any) {
				if wrong++; wrong <= 30 {
					t.Errorf("%s\n\t%v\n\t%v", text, got, want)
				}
			}
			for range sentences {
				text, want := b.sentence(g)
				got := narrative.Read(text).Narrative()
				if got != want {
					report(text, show(got), show(want))
					continue
				}
				if want.Role == "" {
					continue
				}
				if again, err := narrative.Parse(want.String()); err != nil || again != want {
					report(want.String(), err, show(again))
				}
			}
			require.Zero(t, wrong, "sentences of %d", sentences)
		})
	}
}
