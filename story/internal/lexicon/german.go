package lexicon

// german is read with and without umlauts ("moechte"), and without the commas that it demands.
func german() *Language {
	return &Language{
		Tag:  "de",
		Form: "Als <Rolle> möchte ich <Ziel>, damit <Nutzen>", SayRole: "Als", SayGoal: "möchte ich", SayReason: "damit",
		As: "Als ", Want: "möchte ich", SoThat: "damit ", To: "um ",
		Terms: map[Term]string{
			As:      "als",
			Article: "ein eine einen einem einer eines der die das den dem des",
			Subject: "ich wir",
			Am:      "bin bist ist sind war waren werde wird werden wurde wurden",
			Can:     "kann können konnte könnte kannst koennen soll sollte sollen muss müssen darf dürfen",
			Have:    "habe hat haben hatte",
			Not:     "nicht nie niemals",
			Adverb:  "nur auch immer stets oft manchmal dann jetzt bereits schon direkt gleich genau",
			To:      "zu",
			So:      "damit sodass",
			That:    "dass daß",
			In:      "in im ins",
			Order:   "um",
			Because: "weil denn",
			Since:   "da",
			Pronoun: "du er sie es man ihr mein meine meinen meinem meiner meines unser unsere unseren unserem unserer " +
				"sein seine seinen seinem seiner ihre ihren ihrem ihrer dein deine deinen dieser diese dieses diesen diesem " +
				"jeder jede jedes jeden jedem alle allen aller jemand niemand kein keine keinen keinem keiner mir mich uns " +
				"ihm ihn ihnen sich nichts etwas alles nutzer",
			When: "wenn falls sobald nachdem bevor ehe während solange bis seitdem obwohl sofern",
			Who: "wer wen wem wessen was wo wann wie warum weshalb wieso wohin woher womit wodurch ob welche welcher welches " +
				"welchen welchem",
			After: "nach vor bei beim auf für fuer von vom aus mit ohne gegen durch über ueber unter zwischen zum zur am an ans " +
				"aufs per pro trotz wegen statt seit innerhalb ab anhand mithilfe neben hinter",
			List:   "und oder und/oder sowie &",
			Remark: "glaube denke finde vermute hoffe schlage",
		},
		Roles: "als, in meiner rolle als, in der rolle als, in meiner funktion als, ich als, wir als, aus sicht, aus der sicht",
		Goals: []Goal{
			{Phrases: "möchte/möchten/moechte/moechten/will/wollen/mag ich/wir [gerne/gern/bitte], " +
				"würde/würden/wuerde/wuerden ich/wir gerne/gern, hätte/hätten/haette/haetten ich/wir gerne/gern, " +
				"brauche/brauchen/benötige/benötigen/benoetige/benoetigen ich/wir, " +
				"wünsche/wünschen/wuensche/wuenschen ich/wir mir/uns, würde/würden/wuerde/wuerden ich/wir mir/uns wünschen, " +
				"wünschte ich mir, bevorzuge/bevorzugen ich/wir, ist es mir/uns wichtig", Kind: Wish},
			{Phrases: "soll/sollte/muss/müsste es [mir/uns] möglich sein", Kind: Wish, Lead: "="},
			{Phrases: "wäre/waere es/mir hilfreich/schön/gut/toll/super/nützlich/praktisch/lieb/recht ~wenn ich/wir, " +
				"wäre ich/wir froh/dankbar ~wenn ich/wir, würde es mir/uns helfen ~wenn ich/wir, " +
				"fände ich es gut/schön/toll/hilfreich ~wenn ich/wir", Kind: Wish, Lead: "~"},
			{Phrases: "ich/wir möchte/möchten/moechte/moechten/will/wollen [gerne/gern/bitte], " +
				"ich/wir würde/würden/wuerde gerne/gern, ich/wir hätte/hätten/haette gerne/gern, " +
				"ich/wir brauche/brauchen/benötige/benötigen/benoetige, ich/wir wünsche/wünschen mir/uns", Kind: Wish, Opening: true},
			{Phrases: "kann/können/koennen/könnte/könnten/muss/müssen/soll/sollte/sollten/darf/dürfen ich/wir", Kind: Ability, Lead: "="},
			{Phrases: "ich/wir kann/können/koennen/könnte/muss/müssen/soll/sollte/darf/dürfen", Kind: Ability, Opening: true, Lead: "="},
			{Phrases: "möchte/möchten/moechte/moechten/will/wollen [gerne/gern/bitte], würde/würden/wuerde/wuerden gerne/gern, " +
				"hätte/hätten gerne/gern, brauche/brauchen/benötige/benötigen, wünsche/wünschen mir/uns", Kind: Wish, Own: true},
			{Phrases: "kann/könnte", Kind: Ability, Own: true, Lead: "kann ich "},
			{Phrases: "muss", Kind: Ability, Own: true, Lead: "muss ich "},
			{Phrases: "bin/werde/habe/bekomme/erhalte/sehe/finde/erwarte/nutze/verwende/wähle/lege/gebe/öffne ich", Kind: Statement, Lead: "="},
		},
		Abilities: "in der lage sein, dazu in der lage sein, imstande sein, im stande sein, fähig sein, die möglichkeit haben",
		Reasons: []Purpose{
			{Phrases: "damit, auf dass", Kind: ByClause, Grade: Surely},
			{Phrases: "sodass, so dass, so daß, mit dem ziel dass", Kind: ByClause, Grade: Surely, Bare: Surely},
			{Phrases: "um", Kind: ByInfinitive, Grade: Surely, Bare: Likely},
			{Phrases: "weil", Kind: ByReason, Grade: Surely, Bare: Surely},
			{Phrases: "denn, da, wodurch", Kind: ByReason, Grade: Likely},
		},
		Openers: []Opener{
			{Phrases: "wenn, falls, sobald, nachdem, bevor, ehe, während, waehrend, solange, seitdem, obwohl, obgleich, sofern, " +
				"sooft, wohingegen", Kind: Conjunction},
			{Phrases: "immer wenn, immer dann wenn, jedes mal wenn, jedesmal wenn, auch wenn, selbst wenn, nur wenn, außer wenn, erst wenn, " +
				"für den fall dass, im fall dass, im falle dass, in dem fall dass, vorausgesetzt dass, unter der voraussetzung dass, " +
				"jedes mal bevor, jedes mal nachdem, es sei denn, egal ob, egal wo, egal wie, egal wann, egal was, egal wer, " +
				"egal welche, egal welcher, egal welches, egal welchen, unabhängig davon ob, unabhängig davon wo, unabhängig davon wie, " +
				"unabhängig davon welche, je nachdem, soweit, in dem moment in dem, in dem augenblick in dem, vorausgesetzt", Kind: Conjunction},
			{Phrases: "bis", Kind: Conjunction, If: BeforeThing},
			{Phrases: "ist, sind, bin, hat, habe, haben, war, waren, wird, werden, werde, sollte, sollten, kann, können, muss, müssen, darf, " +
				"dürfen, fehlt, fehlen", Kind: Conjunction, If: Inverted},
			{Phrases: "wo, woraufhin", Kind: Place},
			{Phrases: "weil", Kind: Cause},
			{Phrases: "da", Kind: Cause, If: BeforeThing},
		},
		Asking: "wenn",
		Leads:  "das ist, dies ist, das, dies, all das",
		Classes: map[Class]string{
			Narrows:     "nur ausschließlich lediglich",
			Recurring:   "jeden jede jedes",
			Intensifier: "nur auch selbst erst immer kurz direkt gleich unmittelbar sofort spätestens jeweils schon noch außer besonders vor",
			Intensified: "wenn falls sobald nachdem bevor ehe während solange",
			Amount: "ein eine einen zwei drei vier fünf sechs sieben acht neun zehn zwölf dreißig wenige einige mehrere paar " +
				"halbe halben",
			Unit: "sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren " +
				"sprint sprints nacht nächte quartal quartale",
			Measured: "bevor nachdem ehe", Consequent: "dann so",
			Person:   "mir uns ihm ihr ihnen dir euch mich",
			Personal: "du er sie es man wir ich jemand niemand alle",
			SetPhrase: "möglich nötig notwendig erforderlich gewünscht verfügbar vorhanden sinnvoll relevant zutreffend " +
				"gewollt nicht",
			TakesItOf:    "sagen mitteilen erklären",
			TakesIt:      "wissen sehen prüfen entscheiden erkennen verstehen erfahren festlegen bestimmen herausfinden nachsehen zeigen",
			NoRole:       "ob wenn nächstes erstes letztes zweites nur auch besprochen vereinbart bisher üblich",
			Determiner:   "jemand niemand",
			Times:        "einmal zweimal dreimal",
			Compares:     "so wie genauso ebenso",
			Indefinite:   "ein eine einen einem einer",
			Abbreviation: "z.b d.h bzw usw ca ggf evtl inkl exkl vgl nr dr prof hr fr str u.a o.ä i.d.r bspw max min tel abs",
			Thing: "folge ergebnis folgeaufgabe nacharbeit vorarbeit grundlage basis beispiel vorbereitung ergänzung alternative " +
				"aufgabe anforderung bug fehler feature ticket story epic spike test tests hinweis erinnerung idee lösung problem " +
				"schritt ausgangspunkt ziel maßnahme voraussetzung teil ersatz option anhang referenz vorschlag frage workaround " +
				"rest nachtrag entwurf standard vorlage pdf datei kopie zusammenfassung übersicht",
			Body: "organisation institution redaktion administration produktion direktion delegation kommission abteilung " +
				"verwaltung leitung geschäftsführung geschäftsleitung führung vertretung buchhaltung regierung projektleitung " +
				"bereichsleitung teamleitung abteilungsleitung personalabteilung fachabteilung entwicklung schulleitung " +
				"marketingabteilung hausverwaltung",
			Verb: "sein tun",
			NoVerb: "neuen alten meinen deinen seinen ihren unseren einen allen vielen anderen keinen diesen jeden denen wegen gegen " +
				"neben zwischen innen außen oben unten hinten vorn morgen ersten letzten nächsten eigenen offenen",
		},
		Things:      []string{"ung", "ungen", "heit", "keit"},
		Capitals:    true,
		Infinitives: []string{"en", "ern", "eln"},
		Linker:      "zu",
		Prefixes: "ab an auf aus bei dar durch ein entgegen fest fort frei gegenüber heraus herein herunter her hervor hin hinaus hinein " +
			"hinzu kennen klar los mit nach sicher teil um unter vor voran vorbei weg weiter wieder zu zurück zurueck zusammen bereit " +
			"bekannt über vorher dazu nieder statt stand fern gut krank hoch runter raus rein",
		Stems:   []string{"innen", "erinnen", "ungen=ung", "ern", "em", "en", "er", "es", "e", "s", "n"},
		Numbers: "null eins zwei drei vier fünf sechs sieben acht neun zehn",
		Rules: Rules{
			Conjunctions: "und, oder, und/oder, sowie, &, und dann",
			Articles: "der, die, das, den, dem, des, ein, eine, einen, einem, einer, mein, meine, meinen, meiner, unser, unsere, " +
				"alle, jede, jeden, jedes",
			Infinitives: "ich, wir",
			Wants:       "möchte ich, will ich, brauche ich, benötige ich, ich möchte, ich will, würde ich gerne, kann ich, muss ich",
			Reasons:     "damit, sodass, so dass, um",
			Vague: "angemessen, ansprechend, anwenderfreundlich, attraktiv, bei bedarf, bequem, besser, bessere, besseren, " +
				"benutzerfreundlich, effizient, effizienter, einfach, einfache, einfacher, etc, elegant, falls möglich, " +
				"falls nötig, flexibel, geeignet, gegebenenfalls, ggf, gut, gute, guten, hilfreich, intuitiv, korrekt, leicht, " +
				"leichter, modern, moderne, modernes, nahtlos, normal, nutzerfreundlich, optimal, optimiert, ordentlich, passend, " +
				"problemlos, reibungslos, relevant, relevante, relevanten, robust, richtig, sauber, schnell, schnelle, schneller, schön, " +
				"sinnvoll, sinnvolle, so bald wie möglich, so schnell wie möglich, übersichtlich, und mehr, und so weiter, usw, " +
				"verschiedene, verschiedenen, verständlich, wenn möglich, wenn nötig, zeitnah, zuverlässig",
			Quantities: "bald, einige, ein paar, genug, genügend, groß, große, großen, häufig, klein, kleine, kurz, kurze, lang, lange, " +
				"langsam, manchmal, mehr, mehrere, meist, minimal, oft, schnell, schneller, selten, sofort, umgehend, viel, viele, " +
				"vielen, weniger, wenige, wenig, zeitnah, in echtzeit, ausreichend",
			Measures: "mindestens, höchstens, maximal, minimal, genau, weniger als, mehr als, nicht mehr als, bis zu, innerhalb, " +
				"zwischen, alle, jede, jeder, jedes, jeden, kein, keine, keinen, nur, einmal, zweimal, nie, immer, ein, eins, zwei, " +
				"drei, vier, fünf, zehn, null, prozent, gleich, dieselbe, dieselben, eindeutig, leer",
			Observable: "abgelehnt, akzeptiert, angezeigt, angelegt, anzeigt, benachrichtigt, bekommt, darf, deaktiviert, e-mail, enthält, " +
				"erhält, erscheint, erstellt, fehler, fehlermeldung, gelöscht, geladen, geändert, gedruckt, geöffnet, gesendet, gesperrt, " +
				"gespeichert, gezeigt, gewarnt, hinweis, in der liste, kann, können, mail, meldung, muss, nicht, öffnet, protokolliert, sendet, " +
				"sehe, sehen, sichtbar, sieht, soll, sortiert, speichert, umgeleitet, unverändert, verschwindet, verschickt, versendet, " +
				"verhindert, verweigert, warnung, weitergeleitet, wechselt, zeigt, zugestellt",
			Hollow:   "muss, soll, kann, darf, können, sein, wirklich, sehr",
			Pronouns: "es, das, dies, dieses, diese, sie",
			Builders: "administrator der datenbank, architekt, architektin, datenbankadministrator, designer, designerin, dev, devops, " +
				"entwickler, entwicklerin, entwickler*in, entwickler:in, entwicklungsteam, ingenieur, ingenieurin, product owner, " +
				"programmierer, programmiererin, qa, scrum master, softwareentwickler, softwareentwicklerin, system, teammitglied, " +
				"tester, testerin, tech lead",
			Solutions: "ajax, algorithmus, angular, api, apis, aws, azure, cache, cookie, cookies, cron, css, csv, datenbank, django, docker, " +
				"endpunkt, framework, git, github, html, index, java, javascript, json, kafka, komponente, kubernetes, " +
				"microservice, mongodb, mysql, oauth, oracle, php, plugin, postgres, python, query, react, redis, regex, rest, " +
				"rest api, schnittstelle, server, sql, tabelle, tabellen, url, webhook, " +
				"webservice, xml, yaml",
			Interface: "auswahlliste, button, buttons, checkbox, checkboxen, dialog, dropdown, eingabefeld, icon, icons, iframe, klick, " +
				"klicken, knopf, kontextmenü, menü, menu, pop-up, popup, radiobutton, reiter, schaltfläche, schaltflächen, " +
				"scrollen, seitenleiste, slider, symbolleiste, tab, tabs, textfeld, toolbar, tooltip, widget",
			Gestures: "klicken, scrollen",
			Everybody: "nutzer, nutzerin, nutzer*in, nutzer:in, nutzer/in, nutzende, benutzer, benutzerin, benutzer*in, benutzer:in, " +
				"anwender, anwenderin, anwender*in, person, jemand, system, endnutzer, user",
			Connectives: "und, oder, und/oder, sowie, &, der, die, das, den, dem, ein, eine, einen, aber, mein, meine, meinen",
		},
	}
}
