package exchange

import "strings"

// urgencies are the words for how soon something is wanted, from 1 to 5.
var urgencies = words[int]{}.
	add(1, `highest blocker critical urgent immediate showstopper bloquant bloqueador bloqueante crítica critique kritisch must-have must
		mandatory inmediata urgente a`).
	add(2, `high major majeur haute alta alto hoch hoog wysoki important importante should-have should b`).
	add(3, `medium normal moderate moyenne media médio medio mittel średni standard average could-have could nice-to-have c 中`).
	add(4, `low minor mineur baja baixa basse niedrig laag niski menor d`).
	add(5, `lowest trivial triviale trivialny won't-have wont-have wont won't e someday backlog`)

// urgencyOf returns what a priority means, from 1, the most urgent, to 5, or 0 if that is unknown. Numbers, with or
// without a P, are on the scale that begins with first: 0 or 1.
func urgencyOf(priority string, first int) int {
	if len(priority) > maxHeader {
		return 0
	}
	word := fold(priority)
	if urgency := urgencies[word]; urgency > 0 {
		return urgency
	}
	if n, ok := numbered(word); ok {
		return max(0, min(n+1-first, 5))
	}
	// "P2 - High", "2. Medium", "Must Have - for the launch".
	for part := range strings.FieldsFuncSeq(priority, func(r rune) bool { return strings.ContainsRune("-–—.:()/", r) }) {
		if urgency := urgencies[fold(part)]; urgency > 0 {
			return urgency
		}
	}
	return 0
}

// numbered returns the number of a folded word such as 2 or P2.
func numbered(word string) (int, bool) {
	word = strings.TrimPrefix(word, "p")
	if len(word) != 1 || word[0] < '0' || word[0] > '9' {
		return 0, false
	}
	return int(word[0] - '0'), true
}
