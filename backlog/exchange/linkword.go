package exchange

import "strings"

// linkWords are the kinds of links, by the name that a tracker has for a kind, and by how it reads from the item that the link is
// outward of: "A blocks B". The bool is whether the meaning is that of B: B needs A.
var linkWords = words[linkWord]{}.
	add(linkWord{Needs, true}, `blocks block blocker blockers blocking is-blocking bloquea bloqueos bloqueo bloque bloqueia bloqueio bloquer blocage
		blokuje blokada blokkeert blockiert blockieren precedes preceder precedence predecessor-of has-to-be-done-before is-required-by
		is-depended-on-by is-prerequisite-of required-for enables gates is-needed-by impedes impede prevents
		gantt-finish-to-start gantt-end-to-start finish-to-start finish-start end-to-start successor conditional-blocks
		bloquea-a anterior-a précède vorgänger-von vorgänger`).
	add(linkWord{Needs, false}, `depends depend depends-on depende depende-de dependency dependencies dependence dependencia dependência dépendance
		dépend dépend-de zależy zależność is-blocked-by blocked-by blocked bloqueado-por bloqué-par follows is-dependent-on requires require required needs
		has-to-be-done-after predecessor waits-for waiting-on waiting-for abhängig hängt-ab-von afhankelijk prerequisite
		posterior-a suit segue nachfolger-von nachfolger`).
	add(linkWord{PartOf, true}, `parent is-parent-of parent-of has-child contains consists-of parent/child parent-child parent-of-child hierarchy
		hierarchy-link includes epic-of`).
	add(linkWord{PartOf, false}, `child child-of is-child-of part-of is-part-of subtask-of belongs-to contained-in is-contained-in child-issue is-epic-of`).
	add(linkWord{Duplicates, false}, `duplicate duplicates duplicado duplica doublon duplikat duplicata duplica-a
		is-duplicate-of duplicate-of duplique duplikat-von`).
	add(linkWord{Duplicates, true}, `is-duplicated-by duplicated-by has-duplicate`).
	add(linkWord{Excludes, false}, `excludes exclude conflicts conflicts-with conflict contradicts mutually-exclusive alternative alternative-to`)

// linkWord is what a kind of link means.
type linkWord struct {
	meaning   Meaning
	isReverse bool
}

// meaningOf returns what a kind of link means for the item that it goes out from, or, if isReverse, for the one
// that it leads to. A word that is unknown relates.
func meaningOf(word string) (meaning Meaning, isReverse bool) {
	name := fold(word)
	if one, known := linkWords[name]; known {
		return one.meaning, one.isReverse
	}
	switch {
	case strings.Contains(name, "blockedby"), strings.Contains(name, "dependson"):
		return Needs, false
	case isPassive(name) && strings.Contains(name, "blo"):
		return Needs, false
	case isPassive(name) && strings.HasPrefix(name, "dupli"):
		return Duplicates, true
	case strings.HasPrefix(name, "block"), strings.HasPrefix(name, "bloque"):
		return Needs, true
	case strings.HasPrefix(name, "depend"):
		return Needs, false
	case strings.HasPrefix(name, "finishtostart"), strings.HasPrefix(name, "endtostart"):
		return Needs, true
	case strings.HasPrefix(name, "hierarchy"):
		return PartOf, true
	case strings.HasPrefix(name, "duplic"):
		return Duplicates, false
	}
	return Relates, false
}

// isPassive reports whether a folded word ends as "blocked by" does, in one of several languages.
func isPassive(name string) bool {
	for _, end := range []string{"by", "durch", "por", "par", "przez", "door"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
