package lexicon

// spanish is read with and without its accents in markers ("despues de que"). Its verbs need no subject.
func spanish() *Language {
	return &Language{
		Tag:  "es",
		Form: "Como <rol>, quiero <objetivo>, para <beneficio>", SayRole: "Como", SayGoal: "quiero", SayReason: "para",
		As: "Como ", Comma: ",", Want: "quiero", SoThat: "para que ", To: "para ",
		Flows: true,
		Terms: map[Term]string{
			As:      "como",
			Article: "un una unos unas el la los las",
			Subject: "yo nosotros nosotras",
			Am:      "soy es son somos estoy está están estamos ser estar sea sean",
			Can:     "puedo puede pueden podemos podría podrían debo debe deben debemos pueda puedan podamos",
			Have:    "he ha han hemos tengo tiene tienen tenemos haya",
			Not:     "no nunca jamás",
			Adverb:  "solo sólo solamente también siempre ya todavía aún ahora luego después entonces únicamente",
			That:    "que",
			In:      "en",
			Because: "porque pues",
			Pronoun: "usted ustedes él ella ellos ellas esto eso ello este esta estos estas ese esa esos esas mi mis tu tus su sus " +
				"nuestro nuestra nuestros nuestras todo toda todos todas cada cualquier nadie alguien ningún ninguna me te se nos le " +
				"les lo mí algún alguna algunos algunas varios varias usuarios",
			When: "cuando si mientras aunque",
			Who: "quien quién quienes quiénes cuál cual cuáles cuales qué cómo cuándo dónde cuánto cuánta cuántos cuántas cuya cuyo " +
				"cuyas cuyos adónde",
			After: "de del a al con sin por para desde hasta sobre entre según durante ante bajo contra hacia mediante tras antes " +
				"dentro fuera cerca independientemente vía excepto salvo",
			List:   "y e o u y/o ni &",
			Remark: "creo pienso opino supongo propongo sugiero",
		},
		Roles: "como, yo como, en calidad de, en mi calidad de, en mi rol de, en mi papel de, desde mi rol de",
		Goals: []Goal{
			{Phrases: "quiero/deseo/necesito/quisiera/querría/requiero/queremos/deseamos/necesitamos/quisiéramos/requerimos [yo], " +
				"yo quiero/deseo/necesito/quisiera/querría/requiero, nosotros queremos/deseamos/necesitamos, " +
				"me/nos gustaría, me/nos encantaría, me/nos gustaria, me/nos hace/hacen/haría falta, desearía/desearia/desearíamos, quería/queria/queríamos, " +
				"preferiría/preferiria/preferiríamos/prefiero, me/nos interesaría/interesa/ayudaría/convendría/serviría, me/nos vendría bien, " +
				"sería/seria útil/bueno/genial/ideal/estupendo, tengo ganas de, tengo necesidad de", Kind: Wish},
			{Phrases: "solo/sólo/solamente/únicamente/también/siempre/ya/ahora quiero/deseo/necesito/quisiera/requiero/queremos/deseamos/necesitamos", Kind: Wish, Lead: "+"},
			{Phrases: "solo/sólo/solamente/únicamente/también/siempre/ya puedo/podemos/podría", Kind: Ability, Lead: "+poder "},
			{Phrases: "no quiero/deseo/necesito/queremos/deseamos/quisiera/puedo/debo/podemos, yo no quiero/deseo/puedo", Kind: Wish, Lead: "="},
			{Phrases: "puedo/podemos/podría/podré/podríamos, yo puedo/podría, debo/deberíamos/debería poder", Kind: Ability, Lead: "poder "},
			{Phrases: "debo/debemos/debería/deberíamos, tengo/tenemos que, he/hemos de, yo debo, yo tengo que", Kind: Ability, Lead: "="},
			{Phrases: "veo/recibo/obtengo/tengo/uso/busco/accedo/selecciono/elijo/pago/envío/creo/registro/consulto/agrego/ingreso/entro", Kind: Statement, Opening: true, Lead: "="},
		},
		Abilities: "poder, ser capaz, estar en condiciones, tener la posibilidad, tener la opción",
		Reasons: []Purpose{
			{Phrases: "para que, a fin de que, con el fin de que, con el objetivo de que, con el propósito de que, con objeto de que", Kind: ByClause, Grade: Surely, Bare: Surely},
			{Phrases: "a fin de, con el fin de, con el objetivo de, con el propósito de, con objeto de, con la finalidad de, con el objeto de", Kind: ByInfinitive, Grade: Surely, Bare: Surely},
			{Phrases: "para", Kind: ByInfinitive, Grade: Likely, Bare: Perhaps},
			{Phrases: "porque, ya que, puesto que, dado que, de modo que, de manera que, de forma que, de tal forma que, de tal manera que, " +
				"de tal modo que", Kind: ByReason, Grade: Surely, Bare: Surely},
			{Phrases: "así, pues, de esta manera, de esta forma, de este modo", Kind: ByReason, Grade: Surely},
		},
		Openers: []Opener{
			{Phrases: "cuando, siempre que, siempre y cuando, cada vez que, todas las veces que, si, mientras, aunque, en cuanto, " +
				"tan pronto como, una vez que, después de que, despues de que, después que, antes de que, hasta que, a menos que, " +
				"en caso de que, en el caso de que, ahora que, sobre todo cuando, sobre todo si, con tal de que, desde que, a pesar de que, incluso si, salvo que, " +
				"en el momento en que, la primera vez que, por si, a no ser que, apenas, sin importar, no importa, dondequiera que, " +
				"independientemente de si, independientemente de dónde, independientemente de qué, independientemente de quién, " +
				"independientemente de cómo, esté o no, sea o no, en la medida en que, a partir del momento en que, " +
				"desde el momento en que, cuando quiera que", Kind: Conjunction},
			{Phrases: "después de, despues de, antes de, al, tras, luego de, a la hora de", Kind: Conjunction, If: BeforeInfinitive},
			{Phrases: "una vez", Kind: Conjunction, If: BeforePast},
			{Phrases: "de", Kind: Cause, If: InvertedInfinitive}, // "de fallar el pago"
			{Phrases: "donde", Kind: Place},
			{Phrases: "porque, ya que, dado que, puesto que", Kind: Cause},
			{Phrases: "habiendo, estando, siendo", Kind: Participle},
		},
		Asking: "cuando, si, donde",
		Leads:  "esto es, eso es, esto, eso, todo esto, todo ello",
		Classes: map[Class]string{
			Narrows:     "solo sólo solamente únicamente exclusivamente",
			Recurring:   "cada",
			Intensifier: "solo sólo solamente incluso aun justo inmediatamente excepto salvo especialmente aún no",
			Intensified: "cuando si mientras después despues antes al una habiendo",
			Amount:      "un una uno dos tres cuatro cinco seis siete ocho nueve diez unos unas varios varias pocos pocas doce treinta media",
			Measured:    "antes después despues", Consequent: "entonces",
			Unit: "segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses año años noche trimestre sprint " +
				"sprints",
			Person:    "me nos le les te os",
			Personal:  "yo usted ustedes él ella ellos ellas nosotros alguien nadie esto",
			SetPhrase: "acaso posible necesario preciso disponible aplicable",
			TakesItOf: "preguntar decir explicar indicar informar pregunte pregunten diga digan dice dicen " +
				"indique indiquen informe informen explique expliquen",
			TakesIt: "saber ver decidir elegir escoger comprobar verificar consultar conocer entender determinar definir revisar " +
				"averiguar confirmar descubrir sé sepa sepan vea vean compruebe verifique decida decidan seguro segura mostrar muestre muestren",
			NoRole:       "si siempre mínimo máximo ya lo esto eso hasta",
			Times:        "vez veces",
			Compares:     "como igual mismo misma tan tal así",
			Indefinite:   "un una",
			Determiner:   "alguien nadie",
			Abbreviation: "p.ej ej etc sr sra srta dr dra ud uds aprox máx mín núm art pág",
			Thing: "seguimiento resultado consecuencia parte ejemplo alternativa tarea mejora prueba pruebas bug error incidencia " +
				"historia épica requisito idea problema solución paso nota recordatorio pregunta propuesta base punto respuesta " +
				"complemento referencia plan medida continuación opción cambio regla norma",
			Body: "organización administración dirección institución asociación fundación redacción federación delegación comisión " +
				"corporación población departamento",
			Dative: "a al", Locative: "en sobre",
			Clitic: "no me te se lo la los las le les nos ya así mejor más solo sólo también siempre poder nunca",
			Verb:   "haber ser ver dar ir oír reír verlo verla verlos verlas verme verse darme darle darles darse irme irse serlo",
			NoVerb: "mujer ayer taller lugar hogar celular familiar similar particular popular regular auxiliar titular ejemplar " +
				"pesar azar cualquier líder póster escolar solar lunar dólar placer primer tercer cáncer router máster filter folder " +
				"buffer banner newsletter twitter container hardware alquiler bienestar malestar radar pilar collar altar telar " +
				"circular vehicular angular tutelar hangar caviar carácter chófer súper láser géiser " +
				"suéter ámbar néctar azúcar mártir tráiler",
		},
		Gerunds: []string{"ando", "iendo", "yendo"}, Participles: []string{"ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"},
		Adverbs: "mente",
		Things:  []string{"ción", "ciones", "miento"},
		Infinitives: []string{
			"ar", "er", "ir", "arme", "erme", "irme", "arse", "erse", "irse", "arlo", "erlo", "irlo", "arla", "erla", "irla", "arlos", "erlos",
			"irlos", "arlas", "erlas", "irlas", "arle", "erle", "irle", "arles", "erles", "irles", "arnos", "ernos", "irnos", "arte", "erte",
			"írmelo", "ármelo", "érmelo",
		},
		Stems:   []string{"aciones=ación", "iones=ión", "ces=z", "ando", "iendo", "adas", "ados", "ada", "ado", "ar", "er", "ir", "es", "as", "os", "s", "a", "o"},
		Numbers: "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
		Rules: Rules{
			Conjunctions: "y, e, o, u, y/o, &, así como, y luego, y después",
			Articles: "un, una, unos, unas, el, la, los, las, mi, mis, tu, tus, su, sus, nuestro, nuestra, este, esta, estos, estas, " +
				"todo, toda, todos, todas, cada, cualquier",
			Infinitives: "quiero, puedo, deseo, necesito, gustaría",
			Wants:       "quiero, puedo, necesito, deseo, quisiera, me gustaría, debo",
			Reasons:     "para que, a fin de, a fin de que, con el fin de, con el objetivo de",
			Vague: "adecuado, adecuada, adecuadamente, agradable, amigable, apropiado, apropiada, atractivo, atractiva, bonito, bonita, " +
				"bueno, buena, buen, claro, clara, claramente, cómodo, cómoda, correctamente, correcto, cuanto antes, de calidad, de forma sencilla, " +
				"eficaz, eficiente, eficientemente, eficazmente, etc, fácil, fácilmente, fiable, flexible, fluido, intuitivo, intuitiva, " +
				"legible, limpio, lo antes posible, mejor, mejores, moderno, moderna, normal, óptimo, óptima, optimizado, práctico, práctica, " +
				"rápidamente, rápido, rápida, razonable, relevante, relevantes, robusto, robusta, sencillo, sencilla, si es necesario, " +
				"si es posible, simple, suficiente, útil, útiles, variado, varios, varias, y más, y así sucesivamente",
			Quantities: "a menudo, algunos, algunas, bastante, bastantes, corto, corta, frecuentemente, grande, grandes, inmediatamente, " +
				"instantáneamente, largo, larga, lento, lenta, mínimo, más, menos, mucho, mucha, muchos, muchas, pequeño, pequeña, poco, " +
				"pocos, pronto, rápido, rápida, rápidamente, raramente, suficiente, suficientes, tiempo real, varios, varias, en breve",
			Measures: "al menos, por lo menos, como máximo, como mínimo, exactamente, menos de, más de, no más de, hasta, entre, dentro de, " +
				"máximo, mínimo, cada, todos, todas, ningún, ninguna, ninguno, solo, sólo, una vez, dos veces, nunca, siempre, uno, dos, " +
				"tres, cuatro, cinco, diez, cero, por ciento, igual, iguales, mismo, misma, único, única, vacío, vacía",
			Observable: "aceptado, aceptada, acepta, advertido, almacenado, almacenada, aparece, aparecen, avisa, avisado, bloqueado, bloqueada, " +
				"cambia, contiene, correo, creado, creada, debe, deben, deshabilitado, desaparece, email, eliminado, eliminada, " +
				"encontrado, enviado, enviada, envía, error, guarda, guardado, guardada, habilitado, impide, impreso, informado, listado, " +
				"mensaje, modificado, modificada, muestra, muestran, no, notificado, notificada, notifica, oculto, oculta, ordenado, ordenada, " +
				"ordenados, permite, permitido, puede, pueden, puedo, rechaza, rechazado, rechazada, recibe, recibo, redirige, redirigido, " +
				"registrado, registrada, se abre, se ve, ve, veo, visible, visibles",
			Hollow:   "debe, deben, puede, pueden, puedo, ser, estar, realmente, muy",
			Pronouns: "esto, eso, ello, ello, estos, estas, ellos, ellas, lo, la, los, las",
			Builders: "administrador de la base de datos, arquitecto, arquitecta, desarrollador, desarrolladora, dev, devops, diseñador, " +
				"diseñadora, equipo de desarrollo, ingeniero, ingeniera, miembro del equipo, product owner, programador, " +
				"programadora, qa, scrum master, sistema, tech lead, tester, probador, probadora",
			Solutions: "ajax, algoritmo, angular, api, apis, aws, azure, base de datos, biblioteca, caché, cache, " +
				"componente, consulta sql, cookie, cookies, cron, css, csv, django, docker, endpoint, framework, git, github, html, índice, " +
				"java, javascript, json, kafka, kubernetes, librería, microservicio, mongodb, mysql, oauth, oracle, php, plugin, postgres, " +
				"python, react, redis, regex, rest, script, servidor, sql, tabla, tablas, url, webhook, xml, yaml",
			Interface: "barra de herramientas, barra lateral, botón, boton, botones, casilla, casillas, clic, click, cuadro de texto, " +
				"desplegable, icono, iconos, iframe, lista desplegable, menú, menu, pestaña, pestañas, pop-up, popup, ventana emergente, " +
				"widget",
			Gestures:    "clicar, cliquear, desplazar, hacer clic",
			Everybody:   "usuario, usuaria, usuarios, usuario/a, usuari@, usuario final, persona, alguien, sistema, todos",
			Connectives: "y, e, o, u, y/o, &, un, una, el, la, los, las, pero, mi, mis, así como, de, del",
		},
	}
}
