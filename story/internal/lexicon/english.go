package lexicon

// english is the language of most stories. Its goals and benefits are read by a grammar, since there are
// many ways to say "I only want to be able to"; see [ReasonMarker] and package narrative.
func english() *Language {
	return &Language{
		Tag:  "en",
		Form: "As a <role>, I want <goal>, so that <benefit>", SayRole: "As a", SayGoal: "I want to", SayReason: "so that",
		As: "As ", Comma: ",", Want: "I want", SoThat: "so that ",
		Terms: map[Term]string{
			As:      "as",
			Article: "a an the a/an an/a a(n",
			Subject: "i we",
			Would:   "i'd we'd would",
			Am:      "i'm we're am are is be im",
			Will:    "i'll we'll",
			Want: "want wants need needs wish wishes hope expect desire require requires prefer intend " +
				"wanna wan't",
			Like:    "like love appreciate",
			Can:     "can could must should shall may might will",
			Cannot:  "can't cannot couldn't mustn't shouldn't won't cant",
			Do:      "do does",
			Dont:    "don't doesn't dont wouldn't",
			Not:     "not never",
			Adverb:  "only also just always still often sometimes then now therefore",
			Able:    "able",
			Have:    "have has",
			To:      "to",
			So:      "so",
			That:    "that",
			In:      "in",
			Order:   "order",
			Because: "because",
			Since:   "since",
			Pronoun: "you they it he she my our your their its his her this these those there others people " +
				"everyone everybody anyone nobody no it's i've we've they're you're all users each every any",
			When: "when whenever if while unless once given until till",
			Who: "who whom whose which what where how why than things everything anything something " +
				"whatever whether",
			After: "after before at on for from with without of by during about under within upon toward " +
				"towards via despite regarding instead into inside across through per between among over " +
				"unlike regardless irrespective prior subsequent apart besides throughout",
			List: "and or and/or &",
			Remark: "think believe guess feel suggest propose recommend wonder suspect found had was were did " +
				"tried saw got hate thought went ran made came took gave lost felt assume didn't wasn't " +
				"haven't hadn't weren't",
		},
		Roles: "as",
		Openers: []Opener{
			{Phrases: "when, whenever, if, unless, while, whilst, although, though, wherever, whereas, " +
				"everytime, whatever, however", Kind: Conjunction},
			{Phrases: "as soon as, as long as, as often as, as far as, each time, every time, by the time, " +
				"now that, provided that, providing that, given that, assuming that, supposing that, so long as, " +
				"every time that, each time that, any time that, the first time that, the next time that, the last time that, " +
				"no matter how, no matter what, no matter when, no matter where, no matter which, no matter who, no matter if, no matter whether, " +
				"each and every time, ever since, no matter, whether or not, if and only if, lest, on condition that, on the condition that, " +
				"under the condition that, regardless of whether, regardless of if, regardless of how, regardless of where, " +
				"regardless of what, regardless of which, regardless of who, regardless of when, irrespective of whether, " +
				"irrespective of how, irrespective of where, irrespective of which", Kind: Conjunction},
			{Phrases: "in case, in the event that, in cases where, in cases when", Kind: Conjunction, If: NotOf},
			{Phrases: "provided, providing, assuming, supposing", Kind: Conjunction, If: BeforeThing},
			{Phrases: "given", Kind: Conjunction, If: BeforeAnyClause},
			{Phrases: "the second, the minute, the day, the week, at the time", Kind: Conjunction, If: BeforeClause},
			{Phrases: "the moment, the instant, the first time, the next time, the last time, from the moment, from the minute, " +
				"from the second, from the instant, any time, anytime", Kind: Conjunction, If: NotIn},
			{Phrases: "after, before, until, till, up until, up till", Kind: Temporal},
			{Phrases: "once", Kind: Temporal, If: Uncounted},
			{Phrases: "where, whether", Kind: Place},
			{Phrases: "because, seeing that, considering that, seeing as", Kind: Cause},
			{Phrases: "since", Kind: Cause, If: BeforeAnyClause},
			{Phrases: "having, being", Kind: Participle},
			{Phrases: "as", Kind: Manner, If: BeforeVerb},
			{Phrases: "should, had, were", Kind: Conjunction, If: Inverted},
		},
		Asking: "when, whenever, if, where, wherever, however, whether, whether or not, immediately when, right when, just when",
		Leads:  "this is, it is, that is, this, that, all this",
		Classes: map[Class]string{
			Intensifier: "even only except especially immediately right shortly just directly soon long not " +
				"well ever particularly mainly",
			Intensified: "when whenever if while though after before once until till having being as since",
			Counted:     "per in more again every and or only at for daily weekly each upon",
			Amount: "a an the one two three four five six seven eight nine ten few some several half twelve " +
				"thirty",
			Unit: "second minute hour day week month year sprint night quarter while " +
				"seconds minutes hours days weeks months years sprints nights quarters whiles",
			Measured: "before after",
			Dated: "time date day moment point case situation period occasion example " +
				"times dates days moments points cases situations periods occasions examples",
			Dates:  "when",
			Limits: "until till before after",
			Lasting: "time hour minute second day week month year moment date period " +
				"times hours minutes seconds days weeks months years moments dates periods",
			Person: "me us him her them you people users everyone others",
			Personal: "you they it he she we i this everyone everybody anyone anybody nobody somebody someone people users " +
				"others",
			SetPhrase: "possible needed necessary required applicable desired appropriate available relevant " +
				"wanted not so feasible useful and or then",
			NounInIng: "meeting training morning evening building spring nothing something everything " +
				"anything planning billing wedding opening closing hearing housing string thing king",
			TakesItOf: "tell tells told telling ask asks asked asking showing shown advise teach",
			TakesIt: "know knows knew known knowing see sees saw seen seeing decide decides decided deciding " +
				"choose chooses chose chosen choosing checked checking determine determines determining learn " +
				"learns learning understand understands understanding predict predicts specify specifies " +
				"specifying setting define defines defining remember remembers tracking confirm confirms " +
				"verify verifies verifying configure configures configuring planning estimating select " +
				"selects selecting indicate indicates say says wonder discover discovers calculate " +
				"calculates identify identifies testing evaluate assess consider forget realise realize " +
				"recognise recognize explain explains describe hear sure certain validate ensure depending " +
				"regardless prove",
			TakesItAsVerb: "check checks show shows set sets control controls plan plans estimate pick record " +
				"view judge test monitor guess note care state find figure display schedule limit track watch " +
				"report list",
			NoRole: "soon far long well much many part always usual such above below follows yet discussed " +
				"mentioned noted described stated suggested requested reported explained expected agreed " +
				"promised specified documented indicated pointed outlined proposed observed advertised " +
				"planned needed required opposed compared related seen shown said known written though you " +
				"they it he she this these those there no it's i've we've per result example possible " +
				"necessary follow followup follow-up",
			Thing: "action afterthought alternative answer approach around aside backup baseline basis " +
				"beginning blocker bonus bug byproduct case caveat change chore cleanup comparison " +
				"compromise consequence convenience convention courtesy debt default deliverable demo " +
				"dependency draft effect effort epic error estimate example exception exercise fact fallback " +
				"feature finding fix fixup followup footnote fyi gap goal guideline habit hack have " +
				"heuristic hint hotfix hypothesis idea instance issue joke matter means measure milestone " +
				"minimum mitigation mvc mvp necessity net nit note objective off outcome part patch piece " +
				"plan poc point policy possibility practice precaution precondition precursor preference " +
				"prerequisite principle priority problem proof proposal purpose question quickfix reason " +
				"reference refinement remedy reminder replacement request requirement requisite resort " +
				"response result risk rule safeguard sample setup shortcut sidenote spike standard start " +
				"step stopgap story subtask summary takeaway task template test theory thing ticket tip todo " +
				"topic tradeoff trial up upgrade warning way win wip work workaround",
			Body: "organization organisation institution association federation foundation corporation " +
				"administration delegation coalition production operation education distribution reception " +
				"union commission mission division congregation government management department procurement " +
				"recruitment enforcement development regiment parliament business witness governess " +
				"accession client student",
			Determiner: "someone somebody anyone anybody everyone everybody my our any each every",
			Permission: "can could may might",
			Phrasal: "log logs logged logging sign signs signed signing check checks checked checking opt opts opted stay stays stayed " +
				"come comes came move moves moved turn turned switch switched plug plugged hand handed step stepped dial zoom go",
			Consequent: "then", Willing: "happy glad grateful pleased delighted thrilled", Impersonal: "it it'd", BeginsGoal: "it it'd",
			Distant:  "soon long well",
			Narrows:  "only solely exclusively",
			Locative: "at in on",
			Irregular: "told given sent paid done made seen known shown kept held built found left lost met read sold taken written " +
				"chosen broken drawn driven forgotten hidden brought bought caught taught thought heard led put set cut hit shut woken " +
				"rang sang began broke chose drove ate fell flew forgot froze grew hid knew rode rose sank shook spoke stole swam threw wore " +
				"wrote won spent stood stuck struck slept came went",
			Particle: "out sure up soon", Weak: "being", Joins: "but", Same: "same", Recurring: "every each",
			Seldom:       "avoid keep stop like risk enjoy start mind prevent about hate imagine",
			Times:        "once twice times",
			Compares:     "as same such so like exactly just",
			NotAdverb:    "apply reply supply comply multiply imply",
			Indefinite:   "a an",
			Abbreviation: "e.g i.e vs cf approx incl mr mrs ms dr st no fig resp",
			NoReason:     "say says said do does did doing done if even ever or not is are be was",
			NoBenefit:    "so on far much many long called forth few little as",
		},
		Nominals: []string{"ss", "us", "is", "'s", "’s", "ics", "ings", "ments", "tions", "sions", "ers", "ors"},
		Gerunds:  []string{"ing"}, Participles: []string{"ed"}, Adverbs: "ly",
		Doers:  []string{"er", "or", "ist", "ant"},
		Things: []string{"tion", "sion", "ment", "ness", "ysis"},
		Stems:  []string{"'s", "sses=ss", "ss=ss", "ies=y", "ing", "ied=y", "ed", "s"}, Doubled: true,
		Numbers: "zero one two three four five six seven eight nine ten",
		Rules: Rules{
			Conjunctions: "and, or, and/or, &, as well as, and then",
			Articles: "a, an, the, my, our, your, their, its, his, her, this, these, those, all, any, each, every, " +
				"it, them",
			Infinitives: "to, can, must, should, could, will, cannot, can't",
			Wants: "i want, i can, i need, i would like, i'd like, i am able to, i'm able to, i wish, i could, " +
				"i must be able to, i should be able to",
			Reasons: "so that, in order to, so as to, so i, so we, so you, so he, so she, so it, so they, so the, " +
				"so my, so our, so their, so users, so people",
			Vague: "adequate, and more, and so on, appropriate, appropriately, as needed, as soon as possible, " +
				"attractive, better, clean, clear, clearly, convenient, cool, correctly, easier, easily, easy, " +
				"efficient, efficiently, etc, fancy, fast, faster, flexible, good, gracefully, great, helpful, " +
				"if necessary, if possible, improved, intuitive, intuitively, meaningful, modern, nice, " +
				"nicely, nicer, normal, optimal, optimized, pretty, proper, properly, quickly, reasonable, " +
				"relevant, robust, seamless, seamlessly, sensible, several, simple, simply, smart, smooth, " +
				"smoothly, sophisticated, state of the art, suitable, useful, user friendly, user-friendly, " +
				"various, well, where possible",
			Quantities: "a few, a lot of, a number of, big, enough, fast, faster, few, frequently, immediately, " +
				"instantly, large, less, long, lots of, many, minimal, more, most, occasionally, often, quick, " +
				"quickly, rarely, real time, real-time, reasonable, several, short, slow, small, some, soon, " +
				"sufficient, timely",
			Measures: "at least, at most, exactly, less than, more than, fewer than, no more than, no less than, " +
				"up to, within, between, maximum, minimum, every, all, none, no, only, once, twice, never, " +
				"always, one, two, three, four, five, ten, zero, percent, equal, equals, same, unique, empty",
			Observable: "accepted, accepts, allowed, appear, appears, blocked, can, can't, cannot, change, changes, " +
				"contains, created, deleted, denied, disabled, disappears, display, displayed, displays, email, " +
				"enabled, error, fails, found, get, gets, hidden, highlighted, in the list, is sent, listed, " +
				"lists, locked, logged, message, must, not, notified, opens, prevented, printed, prompted, " +
				"receive, received, receives, recorded, redirected, refused, rejected, rejects, removed, " +
				"returned, returns, saved, see, seen, sees, send, sends, sent, should, show, shown, shows, " +
				"sorted, stored, unchanged, updated, visible, warned, warning",
			Hollow:   "must, should, shall, can, could, may, be, really, very, quite",
			Pronouns: "it, this, these, those, they, them",
			Builders: "administrator of the database, analyst programmer, architect, coder, database " +
				"administrator, dba, dev, developer, development team, devops, designer, engineer, programmer, qa, " +
				"scrum master, sre, system, tester, team member, tech lead, product owner",
			Solutions: "ajax, algorithm, angular, api, apis, aws, azure, cache, cached, cli, " +
				"component, cookie, cookies, cron, css, csv, database, django, docker, endpoint, " +
				"framework, git, github, html, index, indexed, java, javascript, jquery, json, kafka, " +
				"kubernetes, library, lambda, microservice, mongo, mongodb, mysql, node, oauth, oracle, php, " +
				"plugin, postgres, python, query, react, redis, regex, rest, rest api, ruby, " +
				"server, sql, sqlite, table, tables, url, urls, web service, web socket, webhook, xhtml, xml, yaml",
			Interface: "button, buttons, checkbox, checkboxes, click, clicking, drop down, drop-down, dropdown, " +
				"dropdowns, hover, icon, icons, iframe, menu, pop-up, popup, radio button, scroll, sidebar, slider, " +
				"tab, tabs, text field, textbox, toggle, toolbar, tooltip, widget, widgets",
			Humans: "admin, user, guest, nurse, clerk, parent, pilot, coach, cook, chef, friend, host, member, merchant, tenant, judge, " +
				"person, pupil, student, patient, client, captain, spouse, citizen, tutor, mentor, child, volunteer, analyst, resident, " +
				"buyer, payer, voter, rider, baker, actor, donor, recipient, agent, guardian, librarian, technician, politician, musician, physician, electrician, employee, trainee, " +
				"attendee, referee, owner, manager",
			Gestures: "click, clicking, hover, scroll, scrolling, toggle",
			Everybody: "user, users, person, people, someone, somebody, anyone, anybody, everyone, everybody, " +
				"system, end user, end-user, end users",
			Connectives: "and, or, and/or, &, a, an, the, but, my, as well as",
		},
	}
}
