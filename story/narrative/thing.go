package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// isThing reports whether a role is nobody: the noun it is about is the name of a thing.
func isThing(role string) bool {
	noun := lexicon.HeadNoun(role)
	noun = noun[strings.LastIndexByte(noun, '-')+1:]
	if len(noun) > 16 {
		return false
	}
	noun = strings.ToLower(noun)
	if noun == "up" {
		return true // follow up, follow-up
	}
	singular := strings.TrimSuffix(noun, "s")
	for _, s := range [...]string{noun, singular} {
		if isThingNoun(s) {
			return true
		}
	}
	for _, end := range [...]string{"tion", "sion", "ment", "ness", "ysis"} {
		if strings.HasSuffix(singular, end) {
			return !isBody(singular)
		}
	}
	return false
}

// isThingNoun reports nouns that trackers use after "as a" and that are not people.
func isThingNoun(noun string) bool {
	switch noun {
	case "action", "afterthought", "alternative", "answer", "approach", "around", "aside",
		"backup", "baseline", "basis", "beginning", "blocker", "bonus", "bug", "byproduct",
		"case", "caveat", "change", "chore", "cleanup", "comparison", "compromise",
		"consequence", "convenience", "convention", "courtesy", "debt", "default",
		"deliverable", "demo", "dependency", "draft", "effect", "effort", "epic", "error",
		"estimate", "example", "exception", "exercise", "fact", "fallback", "feature",
		"finding", "fix", "fixup", "followup", "footnote", "fyi", "gap", "goal", "guideline",
		"habit", "hack", "have", "heuristic", "hint", "hotfix", "hypothesis", "idea", "instance",
		"issue", "joke", "matter", "means", "measure", "milestone", "minimum", "mitigation",
		"mvc", "mvp", "necessity", "net", "nit", "note", "objective", "off", "outcome",
		"part", "patch", "piece", "plan", "poc", "point", "policy", "possibility",
		"practice", "precaution", "precondition", "precursor", "preference", "prerequisite",
		"principle", "priority", "problem", "proof", "proposal", "purpose", "question",
		"quickfix", "reason", "reference", "refinement", "remedy", "reminder", "replacement",
		"request", "requirement", "requisite", "resort", "response", "result", "risk",
		"rule", "safeguard", "sample", "setup", "shortcut", "sidenote", "spike", "standard",
		"start", "step", "stopgap", "story", "subtask", "summary", "takeaway", "task",
		"template", "test", "theory", "thing", "ticket", "tip", "todo", "topic", "tradeoff",
		"trial", "upgrade", "warning", "way", "win", "wip", "work", "workaround":
		return true
	}
	return false
}

// isBody lists bodies of people whose names end like those of things.
func isBody(noun string) bool {
	switch noun {
	case "organization", "organisation", "institution", "association", "federation", "foundation",
		"corporation", "administration", "delegation", "coalition", "production", "operation", "education",
		"distribution", "reception", "union", "commission", "mission", "division", "congregation",
		"government", "management", "department", "procurement", "recruitment", "enforcement",
		"development", "regiment", "parliament", "business", "witness", "governess", "accession",
		"client", "student":
		return true
	}
	return false
}
