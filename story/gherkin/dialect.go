package gherkin

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/field"
)

// Dialect is the keywords of one language. The JSON form of its lists is that of the official
// gherkin-languages.json. Keywords of titles come without the colon, those of steps with the space
// that follows them where there is one.
type Dialect struct {
	Language        string   `json:"-"` // code used in the header, such as "fr": letters, "-" and "_"
	Name            string   `json:"name"`
	Native          string   `json:"native"`
	Feature         []string `json:"feature"`
	Rule            []string `json:"rule"`
	Background      []string `json:"background"`
	Scenario        []string `json:"scenario"`
	ScenarioOutline []string `json:"scenarioOutline"`
	Examples        []string `json:"examples"`
	Given           []string `json:"given"`
	When            []string `json:"when"`
	Then            []string `json:"then"`
	And             []string `json:"and"`
	But             []string `json:"but"`
}

// spoken is the dialects that are built in, a line each: code, name, native name, and eleven lists in the order of the
// fields, with a bar between two keywords. That a step can begin with a star goes without saying.
const spoken = `de;German;Deutsch;Funktionalität|Funktion;Rule|Regel;Grundlage|Hintergrund|Voraussetzungen|Vorbedingungen;Beispiel|Szenario;Szenariogrundriss|Szenarien;Beispiele;Angenommen |Gegeben sei |Gegeben seien ;Wenn ;Dann ;Und ;Aber ` + `
en;English;English;Feature|Business Need|Ability;Rule;Background;Example|Scenario;Scenario Outline|Scenario Template;Examples|Scenarios;Given ;When ;Then ;And ;But ` + `
es;Spanish;español;Característica|Necesidad del negocio|Requisito;Regla|Regla de negocio;Antecedentes;Ejemplo|Escenario;Esquema del escenario;Ejemplos;Dado |Dada |Dados |Dadas ;Cuando ;Entonces ;Y |E ;Pero ` + `
fr;French;français;Fonctionnalité;Règle;Contexte;Exemple|Scénario;Plan du scénario|Plan du Scénario;Exemples;Soit |Sachant que |Sachant qu'|Sachant |Etant donné que |Etant donné qu'|Etant donné |Etant donnée |Etant donnés |Etant données |Étant donné que |Étant donné qu'|Étant donné |Étant donnée |Étant donnés |Étant données ;Quand |Lorsque |Lorsqu';Alors |Donc ;Et que |Et qu'|Et ;Mais que |Mais qu'|Mais `

// Dialects returns the dialects that are built in, by their codes: German, English, Spanish and French, the languages
// that package narrative reads.
func Dialects() []Dialect {
	var dialects []Dialect
	for _, line := range strings.Split(spoken, "\n") {
		fields := strings.Split(line, ";")
		d := Dialect{Language: fields[0], Name: fields[1], Native: fields[2]}
		for i, list := range []*[]string{
			&d.Feature, &d.Rule, &d.Background, &d.Scenario, &d.ScenarioOutline, &d.Examples, &d.Given, &d.When, &d.Then, &d.And, &d.But,
		} {
			if i >= 6 { // of a step
				*list = []string{"* "}
			}
			*list = append(*list, strings.Split(fields[3+i], "|")...)
		}
		dialects = append(dialects, d)
	}
	return dialects
}

// English returns the dialect of texts that name none.
func English() Dialect { return Dialects()[1] }

// These spare each call of Parse the making of the lists. They are never written to.
var (
	builtIn = Dialects()
	english = &builtIn[1]
)

// ParseDialects reads dialects from the JSON of the official gherkin-languages.json: an object of
// code to dialect. They are returned in the order of their codes. It returns a [*field.Error] for
// data that is no such object, and for each list and keyword that can't be used.
func ParseDialects(data []byte) ([]Dialect, error) {
	var byCode map[string]Dialect
	if err := json.Unmarshal(data, &byCode); err != nil {
		return nil, field.New("gherkin", "dialects", err.Error(), "a JSON object of code to keywords")
	}
	dialects := make([]Dialect, 0, len(byCode))
	for code, dialect := range byCode {
		dialect.Language = code
		dialects = append(dialects, dialect)
	}
	slices.SortStableFunc(dialects, func(a, b Dialect) int { return cmp.Compare(a.Language, b.Language) })
	var errs []error
	for i := range dialects {
		errs = append(errs, dialects[i].Validate())
	}
	if err := field.Join(errs...); err != nil {
		return nil, err
	}
	return dialects, nil
}

// Validate returns a [*field.Error] for each list without keywords and each keyword that no line could
// begin with.
func (d Dialect) Validate() error {
	var errs []error
	report := func(list, value, want string) {
		errs = append(errs, field.New("gherkin", d.Language+"."+list, value, want))
	}
	if !isLanguageCode(d.Language) {
		report("language", d.Language, `letters, "-" and "_" only`)
	}
	lists := []struct {
		name     string
		keywords []string
	}{
		{"feature", d.Feature},
		{"rule", d.Rule},
		{"background", d.Background},
		{"scenario", d.Scenario},
		{"scenarioOutline", d.ScenarioOutline},
		{"examples", d.Examples},
		{"given", d.Given},
		{"when", d.When},
		{"then", d.Then},
		{"and", d.And},
		{"but", d.But},
	}
	for _, list := range lists {
		if len(list.keywords) == 0 {
			report(list.name, "", "at least one keyword")
		}
		for i, keyword := range list.keywords {
			if !isUsable(keyword) {
				report(field.Index(list.name, i), keyword,
					"one line of UTF-8 that begins neither with space nor as a comment, tag, table or doc string")
			}
		}
	}
	return field.Join(errs...)
}

// isUsable reports whether a line can begin with the keyword.
func isUsable(keyword string) bool {
	return strings.TrimSpace(keyword) != "" && utf8.ValidString(keyword) && !strings.ContainsAny(keyword, "\x00\r\n") &&
		trimLeft(keyword) == keyword && !strings.ContainsAny(keyword[:1], "#@|") &&
		!strings.HasPrefix(keyword, quotes) && !strings.HasPrefix(keyword, ticks)
}

func isLanguageCode(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && s[i] != '-' && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

// title returns the keyword of the list that the line begins with, a colon following it.
func title(line string, keywords []string) (keyword string, ok bool) {
	for _, keyword := range keywords {
		rest, found := strings.CutPrefix(line, keyword)
		if found && keyword != "" && strings.HasPrefix(rest, ":") {
			return keyword, true
		}
	}
	return "", false
}

// splitStep splits a line that begins with a step keyword.
//
// A keyword can be the beginning of another: "Et " of "Et que ". Space between keyword and text is
// no part of either, so "Et  que" is the longer one, as it will be once it is written again.
func (d *Dialect) splitStep(line string) (keyword string, typ KeywordType, text string) {
	for {
		keyword, typ = d.step(line)
		rest := line[len(keyword):]
		if text = strings.TrimSpace(rest); strings.HasPrefix(rest, text) {
			return keyword, typ, text
		}
		line = keyword + text
	}
}

// step returns the longest step keyword that the line begins with.
// Its type is Unknown when it stands in the lists of several types.
func (d *Dialect) step(line string) (keyword string, typ KeywordType) {
	match := func(keywords []string, of KeywordType) {
		for _, k := range keywords {
			if len(k) < len(keyword) || k == "" || line == "" || k[0] != line[0] || !strings.HasPrefix(line, k) {
				continue
			}
			if len(k) > len(keyword) {
				keyword, typ = k, of
			} else if typ != of {
				typ = Unknown
			}
		}
	}
	match(d.Given, Context)
	match(d.When, Action)
	match(d.Then, Outcome)
	match(d.And, Conjunction)
	match(d.But, Conjunction)
	return keyword, typ
}
