package exchange

import "strings"

// months are the names of the months in English, Spanish, French, German, Italian, Portuguese, Polish, Dutch and Swedish,
// folded. Trackers write them in full or cut.
var months = prefixes(3, []string{
	"january enero janvier januar gennaio janeiro styczen stycznia januari jaenner",
	"february febrero fevrier februar febbraio fevereiro luty lutego februari",
	"march marzo mars maerz marz marco marzec marca maart mrt mrz",
	"april abril avril aprile kwiecien kwietnia",
	"may mayo mai maggio maio maj maja mei",
	"june junio juin juni giugno junho czerwiec czerwca",
	"july julio juillet juli luglio julho lipiec lipca",
	"august agosto aout augusti sierpien sierpnia augustus",
	"september septiembre septembre settembre setembro wrzesien wrzesnia",
	"october octubre octobre oktober ottobre outubro pazdziernik pazdziernika",
	"november noviembre novembre novembro listopad listopada",
	"december diciembre decembre dezember dicembre dezembro grudzien grudnia",
})

// weekdays are the names of the days in the same languages.
var weekdays = prefixes(2, []string{
	"monday lunes lundi montag lunedi segunda poniedzialek maandag mandag",
	"tuesday martes mardi dienstag martedi terca wtorek dinsdag tisdag",
	"wednesday miercoles mercredi mittwoch mercoledi quarta sroda woensdag onsdag",
	"thursday jueves jeudi donnerstag giovedi quinta czwartek donderdag torsdag",
	"friday viernes vendredi freitag venerdi sexta piatek vrijdag fredag",
	"saturday sabado samedi samstag sabato sobota zaterdag lordag",
	"sunday domingo dimanche sonntag domenica niedziela zondag sondag",
})

// prefixes maps each word, and each of its beginnings of at least that many letters, to the number of its line,
// from 1. Of two lines with one beginning, the first has it.
func prefixes(least int, lines []string) map[string]int {
	all := make(map[string]int)
	for i, line := range lines {
		for word := range strings.FieldsSeq(line) {
			for end := least; end <= len(word); end++ {
				if all[word[:end]] == 0 {
					all[word[:end]] = i + 1
				}
			}
		}
	}
	return all
}
