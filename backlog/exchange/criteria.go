package exchange

import "strings"

// criteriaHeadings are the headings of acceptance criteria, see [words].
var criteriaHeadings = words[bool]{}.
	add(true, `acceptance-criteria acceptance-criterion acceptance ac acs criterios-de-aceptación critères-d'acceptation
		critères-d’acceptation akzeptanzkriterien critérios-de-aceitação critérios-de-aceite criteri-di-accettazione
		kryteria-akceptacji acceptatiecriteria conditions-of-satisfaction success-criteria`)

// criteriaIn returns the acceptance criteria below a heading of a description in Markdown or wiki markup: the entries
// of the list there, or the lines if there is no list. A block of code is none of them, unless there is nothing else.
func criteriaIn(description string) []string {
	var section, code []string
	var inMarkdown, found, inCode bool
	for whole := range strings.Lines(description) {
		line := strings.TrimSpace(whole)
		if found && isFence(line) {
			inCode = !inCode
			continue
		}
		if inCode {
			code = append(code, strings.TrimRight(whole, "\n"))
			continue
		}
		name, isHeading := heading(line)
		head, rest, hasColon := strings.Cut(name, ":")
		switch {
		case !found && len(head) < 60 && (isHeading || hasColon || len(name) < 40) && criteriaHeadings[fold(head)]:
			found, inMarkdown = true, strings.HasPrefix(line, "#")
			if rest = strings.Trim(rest, "* "); rest != "" {
				section = append(section, rest)
			}
		case found && isHeading && (inMarkdown || !strings.HasPrefix(line, "#")):
			return criteriaOf(section, code)
		case len(section) > maxParts: // that is no list of criteria
			return nil
		case found:
			section = append(section, strings.TrimRight(whole, "\n"))
		}
	}
	return criteriaOf(section, code)
}

// criteriaOf returns the criteria of the lines below a heading.
func criteriaOf(section, code []string) []string {
	if all := statements(strings.Join(section, "\n")); len(all) > 0 || len(code) > maxParts {
		return all
	}
	return statements(strings.Join(code, "\n"))
}

// isFence reports whether a line begins or ends a block of code, in Markdown or wiki markup.
func isFence(line string) bool {
	if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
		return true
	}
	for _, mark := range []string{"{code", "{noformat"} {
		if rest, ok := strings.CutPrefix(line, mark); ok && (strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, ":")) {
			return strings.Index(rest, "}") == len(rest)-1 // {code}x{code} is on one line
		}
	}
	return false
}

// heading returns a line without the marks of a heading, and whether it had some: "## …", "h3. …", or all of it bold.
func heading(line string) (name string, isHeading bool) {
	if len(line) > 200 {
		return "", false
	}
	name = strings.TrimLeft(line, "#")
	if isHeading = name != line && strings.HasPrefix(name, " "); isHeading {
		return strings.TrimSpace(name), true
	}
	if len(line) > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.' {
		return strings.Trim(line[3:], "* :{}"), true
	}
	name = strings.Trim(line, "*_:")
	isBold := strings.HasPrefix(line, "*") && strings.HasSuffix(strings.TrimRight(line, ":"), "*")
	return strings.TrimSpace(name), isBold && len(name) < len(line) && !strings.Contains(name, "*")
}

// statements returns the lines that are not blank, without the bullet, box or number of a list entry. If some are
// entries of a list, the others between them continue the one before.
func statements(text string) []string {
	var all []string
	hasList := false
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		entry, isEntry := listEntry(line)
		if entry == "" {
			continue
		}
		if hasList && !isEntry && len(all) > 0 && (line[0] == ' ' || line[0] == '\t') && len(all[len(all)-1]) < maxNumber*10 {
			all[len(all)-1] += " " + entry
			continue
		}
		hasList = hasList || isEntry
		all = append(all, entry)
	}
	return all
}

// listEntry returns a line without what stands before an entry of a list, and whether anything did.
func listEntry(line string) (entry string, isEntry bool) {
	line = strings.TrimSpace(line)
	entry = strings.TrimLeft(line, "-*•–#+")
	if entry != line && (entry == "" || entry[0] == ' ' || entry[0] == '\t') {
		entry = strings.TrimSpace(entry)
		for _, box := range []string{"[ ]", "[x]", "[X]", "[]"} {
			entry = strings.TrimSpace(strings.TrimPrefix(entry, box))
		}
		entry = strings.TrimSpace(strings.TrimLeft(cutNumber(entry), " "))
		return entry, true
	}
	if rest := cutNumber(line); rest != line {
		return strings.TrimSpace(rest), true
	}
	return line, false
}

// cutNumber takes "1. ", "2) " and Backlog.md's "#3 " off the beginning.
func cutNumber(text string) string {
	rest := strings.TrimLeft(strings.TrimPrefix(text, "#"), "0123456789")
	after := strings.TrimLeft(rest, ".)")
	hasMark := after != rest || strings.HasPrefix(text, "#")
	if rest != text && hasMark && strings.HasPrefix(after, " ") {
		return after
	}
	return text
}
