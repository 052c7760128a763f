package exchange

import (
	"strings"
	"unicode/utf8"
)

// months are the names of the months in English, Spanish, French, German, Italian, Portuguese, Polish, Dutch,
// Swedish, Russian, Turkish, Indonesian and Chinese, folded. Trackers write them in full or cut.
var months = prefixes(3, []string{
	"january enero janvier januar gennaio janeiro styczen stycznia januari jaenner январь января 一月 ocak",
	"february febrero fevrier februar febbraio fevereiro luty lutego februari февраль февраля 二月 subat",
	"march marzo mars maerz marz marco marzec marca maart mrt mrz март марта 三月 mart maret",
	"april abril avril aprile kwiecien kwietnia апрель апреля 四月 nisan",
	"may mayo mai maggio maio maj maja mei май мая 五月 mayis",
	"june junio juin juni giugno junho czerwiec czerwca июнь июня 六月 haziran",
	"july julio juillet juli luglio julho lipiec lipca июль июля 七月 temmuz",
	"august agosto aout augusti sierpien sierpnia augustus август августа 八月 agustos",
	"september septiembre septembre settembre setembro wrzesien wrzesnia сентябрь сентября 九月 eylul",
	"october octubre octobre oktober ottobre outubro pazdziernik pazdziernika октябрь октября 十月 ekim",
	"november noviembre novembre novembro listopad listopada ноябрь ноября 十一月 kasim",
	"december diciembre decembre dezember dicembre dezembro grudzien grudnia декабрь декабря 十二月 aralik desember",
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
			word = fold(word)
			for end := range len(word) + 1 {
				cut := word[:end]
				if utf8.RuneCountInString(cut) >= least && utf8.ValidString(cut) && all[cut] == 0 {
					all[cut] = i + 1
				}
			}
			if all[word] == 0 {
				all[word] = i + 1
			}
		}
	}
	return all
}
