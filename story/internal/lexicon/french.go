package lexicon

// french is read with typographic and plain apostrophes. An elided word ("qu'", "j'", "d'") is a word of its own.
func french() *Language {
	return &Language{
		Tag:  "fr",
		Form: "En tant que <rôle>, je veux <but>, afin de <bénéfice>", SayRole: "En tant que", SayGoal: "je veux", SayReason: "afin de",
		As: "En tant que ", Comma: ",", Want: "je veux", SoThat: "afin que ", To: "afin de ",
		Flows:  true,
		Elided: "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu",
		Terms: map[Term]string{
			Article: "un une le la l' les des",
			Subject: "je j' nous on",
			Am:      "suis est sommes sont être étais était soit sois soient",
			Can:     "peux peut pouvons peuvent pourrais pourrait dois doit devons doivent veut veulent puisse puissent",
			Have:    "ai a avons ont avais avait avoir",
			Not:     "ne n' pas jamais",
			Adverb:  "seulement aussi toujours déjà encore uniquement maintenant ensuite également parfois souvent puis",
			So:      "afin",
			That:    "que qu'",
			In:      "en dans",
			Because: "parce car",
			Since:   "puisque puisqu'",
			Pronoun: "tu il elle ils elles vous mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces " +
				"cela ça ceci tout toute tous toutes chaque personne quelqu'un aucun aucune me m' te t' se s' lui y celui celle ceux " +
				"plusieurs certains certaines",
			When: "quand lorsque lorsqu' si tandis dès quoique quoiqu'",
			Who: "qui dont quel quelle quels quelles lequel laquelle lesquels lesquelles quoi comment pourquoi combien " +
				"auquel auxquels duquel",
			After: "à au aux de d' du avec sans pour sur sous par vers chez entre depuis pendant avant après selon contre lors grâce " +
				"via parmi malgré durant indépendamment jusqu' jusque hors suite",
			List:   "et ou et/ou &",
			Remark: "pense crois trouve suppose imagine propose suggère",
		},
		Roles: "en tant que, en tant qu', en temps que, en temps qu', en qualité de, en qualité d', en ma qualité de, en ma qualité d', en étant, " +
			"en ma qualité d', dans mon rôle de, dans mon rôle d'",
		Goals: []Goal{
			{Phrases: "je/j'/on veux/voudrais/souhaite/souhaiterais/désire/désirerais/aimerais/espère/exige/veut [bien], " +
				"nous voulons/voudrions/souhaitons/souhaiterions/aimerions/désirons/espérons, " +
				"il me/nous faut, il me/nous faudrait, je/j' préférerais/préfèrerais/préfère/apprécierais/adorerais [de/d'], " +
				"il/ce serait bien/bon/utile/pratique/génial/super/idéal de/d', cela/ça m'/me/nous aiderait/plairait/arrangerait de/d'", Kind: Wish},
			{Phrases: "j' ai besoin de/d', j' aurais besoin de/d', j' ai/aurais envie de/d', nous avons envie de/d', on a envie de/d', nous avons besoin de/d', on a besoin de/d'", Kind: Wish, Lead: "?"},
			{Phrases: "je/on ne veux/veut/souhaite/désire/voudrais pas/plus/jamais, je n' aimerais pas/plus, " +
				"nous ne voulons/souhaitons pas/plus, je/on ne peux/peut/dois/doit pas/plus, nous ne pouvons/devons pas/plus, " +
				"je n' ai pas/plus besoin de/d'", Kind: Wish, Lead: "="},
			{Phrases: "je/on peux/pourrais/peut/pourrai, nous pouvons/pourrions", Kind: Ability, Lead: "pouvoir "},
			{Phrases: "je/on dois/devrais/doit, nous devons", Kind: Ability, Lead: "="},
			{Phrases: "je/j' vois/reçois/ai/suis/accède/consulte/utilise/choisis/trouve/obtiens/crée/ajoute/sélectionne/gère/reste, " +
				"nous voyons/recevons/avons/sommes", Kind: Statement, Opening: true, Lead: "="},
		},
		Abilities: "pouvoir, être capable, être en mesure, avoir la possibilité, avoir le droit",
		Reasons: []Purpose{
			{Phrases: "afin que/qu', pour que/qu'", Kind: ByClause, Grade: Surely, Bare: Surely},
			{Phrases: "afin de/d', dans le but de/d', de manière à, de façon à, en vue de/d', dans l' objectif de/d'", Kind: ByInfinitive, Grade: Surely, Bare: Surely},
			{Phrases: "pour", Kind: ByInfinitive, Grade: Likely, Bare: Perhaps},
			{Phrases: "parce que/qu', de sorte que/qu', de façon que/qu', de manière à ce que/qu', de façon à ce que/qu', si bien que/qu', " +
				"de telle sorte que/qu'", Kind: ByReason, Grade: Surely, Bare: Surely},
			{Phrases: "car", Kind: ByReason, Grade: Surely, Bare: Perhaps},
			{Phrases: "puisque/puisqu', comme ça, ainsi", Kind: ByReason, Grade: Surely},
		},
		Openers: []Opener{
			{
				Phrases: "quand, lorsque, dès que, aussitôt que, chaque fois que, à chaque fois que, si, s' il, s' ils, au cas où, dans le cas où, " +
					"pendant que, tandis que, tant que, alors que, une fois que, avant que, après que, jusqu' à ce que, bien que, quoique, même si, " +
					"même s' il, à moins que, à condition que, au moment où, toutes les fois que, depuis que, la première fois que, peu importe, " +
					"quel que soit, quelle que soit, quels que soient, quelles que soient, maintenant que, où que, pourvu que, dans la mesure où, " +
					"à partir du moment où, dès lors que, que je sois, que je ne sois, qu' il soit, qu' elle soit, que nous soyons, du moment que",
				Kind: Conjunction,
			},
			{Phrases: "avant de, après", Kind: Conjunction, If: BeforeInfinitive},
			{Phrases: "une fois", Kind: Conjunction, If: BeforePast},
			{Phrases: "où", Kind: Place},
			{Phrases: "parce que, puisque, comme, étant donné que, vu que", Kind: Cause},
			{Phrases: "ayant, étant", Kind: Participle},
		},
		Asking: "quand, si, s'il, s'ils, où",
		Leads:  "c'est, cela, ceci, tout cela",
		Classes: map[Class]string{
			Narrows:     "seulement uniquement exclusivement",
			Recurring:   "chaque",
			Intensifier: "même seulement surtout juste immédiatement sauf uniquement toujours ne",
			Intensified: "quand lorsque lorsqu' si s' dès avant après pendant tant",
			Amount:      "un une deux trois quatre cinq six sept huit neuf dix quelques plusieurs douze trente",
			Unit: "seconde secondes minute minutes heure heures jour jours semaine semaines mois an ans année années nuit trimestre " +
				"sprint sprints",
			Measured: "avant après", Consequent: "alors",
			Person:    "me m' nous lui leur vous te",
			Personal:  "tu il elle ils elles on vous je nous quelqu'un personne cela ça",
			SetPhrase: "même possible nécessaire besoin requis disponible applicable pertinent souhaité",
			TakesItOf: "demande demandent dise disent indique indiquent informe informent rappelle demander dire expliquer indiquer rappeler",
			TakesIt: "savoir voir décider choisir vérifier comprendre déterminer définir préciser connaître apprendre prévoir " +
				"confirmer contrôler découvrir sais sait vois sache sachent voie voient vérifie vérifient décide décident montrer montre montrent",
			NoRole:       "cela ceci",
			Times:        "fois",
			Compares:     "comme ainsi même telle tel",
			Indefinite:   "un une",
			Determiner:   "quelqu'un",
			Abbreviation: "p.ex ex etc cf m mme mlle dr n° env max min art p.s",
			Thing: "suite conséquence résultat exemple tâche test tests bug anomalie fonctionnalité amélioration besoin exigence " +
				"question idée problème étape partie alternative rappel note récit solution",
			Body: "organisation direction administration association fondation institution rédaction fédération délégation " +
				"commission corporation gestion",
			Behind: "pas plus jamais rien", Dative: "à au aux", Locative: "dans sur",
			Clitic: "le la les l' me m' te t' se s' nous vous lui leur y en ne n' pas plus jamais mieux bien toujours tout tous ainsi " +
				"aussi également ensuite vite moins rien",
			Verb: "etre dire lire écrire inscrire décrire rire suivre vivre poursuivre prendre apprendre comprendre reprendre rendre " +
				"vendre attendre entendre répondre perdre descendre étendre défendre mettre permettre transmettre soumettre " +
				"remettre promettre admettre être connaître reconnaître paraître apparaître disparaître naître faire satisfaire " +
				"refaire plaire extraire boire croire conduire produire réduire traduire construire introduire déduire reproduire " +
				"joindre rejoindre atteindre éteindre craindre peindre résoudre conclure inclure exclure interrompre rompre battre " +
				"combattre convaincre vaincre élire relire interdire prédire détruire instruire souscrire prescrire transcrire " +
				"suspendre dépendre surprendre entreprendre émettre omettre",
			NoVerb: "hier cher premier dernier dossier papier calendrier courrier panier fichier clavier métier atelier chantier " +
				"quartier hôtelier particulier entier léger étranger danger hiver avenir plaisir loisir désir soir espoir devoir " +
				"réservoir trottoir comptoir mouchoir régulier singulier policier infirmier cahier escalier loyer foyer janvier février banquier conseiller " +
				"ouvrier créancier financier tiroir couloir miroir noir",
		},
		Gerunds: []string{"ant"}, Participles: []string{"é", "ée", "és", "ées"}, Adverbs: "ment",
		Things:      []string{"tion", "tions", "sion"},
		Infinitives: []string{"er", "ir", "crire", "uire"},
		Stems:       []string{"ements=ement", "ations=ation", "aux=al", "ées", "és", "ée", "er", "ez", "ent", "es", "é", "s", "e"},
		Numbers:     "zéro un deux trois quatre cinq six sept huit neuf dix",
		Rules: Rules{
			Conjunctions: "et, ou, et/ou, &, ainsi que, et puis",
			Articles: "un, une, le, la, l', les, des, du, mon, ma, mes, notre, nos, son, sa, ses, leur, leurs, ce, cet, cette, ces, " +
				"tout, toute, tous, toutes, chaque",
			Infinitives: "veux, peux, voudrais, souhaite, aimerais",
			Wants:       "je veux, je peux, je voudrais, je souhaite, j'aimerais, j'ai besoin, je dois, nous voulons",
			Reasons:     "afin de, afin d', afin que, afin qu', pour que, pour qu'",
			Vague: "adapté, adaptée, adéquat, agréable, approprié, appropriée, attractif, au besoin, clair, claire, clairement, convivial, " +
				"conviviale, correct, correctement, dès que possible, de qualité, efficace, efficacement, ergonomique, etc, et ainsi de suite, " +
				"facile, facilement, fiable, fluide, flexible, intuitif, intuitive, joli, jolie, le plus vite possible, lisible, meilleur, " +
				"meilleure, mieux, moderne, normal, normale, optimal, optimale, optimisé, pertinent, pertinente, pertinents, " +
				"pertinentes, plus facile, plus facilement, pratique, propre, rapide, rapidement, raisonnable, robuste, " +
				"satisfaisant, simple, simplement, si nécessaire, si possible, suffisant, utile, utiles, divers, diverses, vite",
			Quantities: "assez, beaucoup, bientôt, certains, court, courte, fréquemment, grand, grande, gros, grosse, immédiatement, " +
				"instantanément, lent, lentement, long, longue, minimal, moins, nombreux, nombreuses, parfois, petit, petite, peu, " +
				"plusieurs, plus, quelques, rapide, rapidement, rarement, souvent, suffisamment, temps réel, vite",
			Measures: "au moins, au plus, au maximum, au minimum, exactement, moins de, plus de, pas plus de, jusqu'à, entre, maximum, " +
				"minimum, chaque, tous, toutes, aucun, aucune, seulement, uniquement, une fois, deux fois, jamais, toujours, un seul, " +
				"deux, trois, quatre, cinq, dix, zéro, pour cent, égal, égale, même, unique, vide",
			Observable: "accepté, acceptée, affiche, affiché, affichée, affichés, affichées, ajouté, ajoutée, apparaît, apparaissent, averti, " +
				"avertie, bloqué, bloquée, contient, créé, créée, désactivé, désactivée, disparaît, doit, e-mail, email, empêché, enregistré, " +
				"enregistrée, envoie, envoyé, envoyée, erreur, imprimé, imprimée, informé, interdit, interdite, journalisé, listé, masqué, " +
				"message, modifié, modifiée, ne, notifié, notifiée, ouvre, peut, peux, prévenu, reçoit, reçois, redirigé, redirigée, refusé, " +
				"refusée, rejeté, rejetée, retourné, supprimé, supprimée, trié, triée, triés, triées, trouvé, verrouillé, visible, visibles, " +
				"voit, vois",
			Hollow:   "doit, peut, peux, être, vraiment, très",
			Pronouns: "ça, cela, ceci, celui-ci, celle-ci, ceux-ci, le, la, les",
			Builders: "administrateur de la base de données, architecte, codeur, codeuse, designer, dev, développeur, développeuse, devops, " +
				"équipe de développement, ingénieur, ingénieure, membre de l'équipe, product owner, programmeur, programmeuse, qa, " +
				"scrum master, système, tech lead, testeur, testeuse",
			Solutions: "ajax, algorithme, angular, api, apis, aws, azure, base de données, bibliothèque, cache, " +
				"composant, cookie, cookies, cron, css, csv, django, docker, framework, git, github, html, index, java, javascript, json, " +
				"kafka, kubernetes, microservice, mongodb, mysql, oauth, oracle, php, plugin, postgres, python, react, redis, regex, " +
				"requête, rest, serveur, sql, table, tables, url, webhook, xml, yaml",
			Interface: "barre d'outils, bouton, boutons, case à cocher, cases à cocher, champ de texte, clic, cliquer, curseur, défiler, " +
				"fenêtre, icône, icônes, iframe, info-bulle, infobulle, liste déroulante, menu, menu déroulant, onglet, onglets, " +
				"pop-up, popup, widget",
			Gestures: "cliquer, défiler",
			Everybody: "utilisateur, utilisatrice, utilisateurs, utilisateur final, utilisateur·rice, utilisateur·trice, personne, quelqu'un, " +
				"système, tout le monde",
			Connectives: "et, ou, et/ou, &, un, une, le, la, les, des, du, mais, mon, ma, mes, ainsi que, de, d', l'",
		},
	}
}
