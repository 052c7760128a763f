package quality

import "strings"

// stem is a word without the endings of English that change its form and not its meaning, and a number in
// figures. It is a rough one: stems are compared with each other, never shown.
func stem(word string) string {
	if n := strings.TrimSuffix(word, "'s"); n != word {
		word = n
	}
	if n := numberOf(word); n != "" {
		return n
	}
	for _, end := range [...][2]string{{"ies", "y"}, {"sses", "ss"}, {"ing", ""}, {"ied", "y"}, {"ed", ""}, {"s", ""}} {
		if rest := strings.TrimSuffix(word, end[0]); rest != word && len(rest) > 2 && !strings.HasSuffix(word, "ss") {
			word = rest + end[1]
			break
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 's' && word[n-1] != 'l' {
		return word[:n-1] // stopped, stop
	}
	return strings.TrimSuffix(word, "e")
}

func numberOf(word string) string {
	for i, name := range [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"} {
		if word == name {
			return [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}[i]
		}
	}
	return ""
}

// quoted is a text in quotes, cut behind a word if it is too long for a message.
func quoted(text string) string {
	const most = 60
	if len(text) <= most {
		return `"` + text + `"`
	}
	cut := strings.LastIndexByte(text[:most], ' ')
	if cut < 0 {
		cut = most
		for cut > 0 && text[cut]&0xc0 == 0x80 {
			cut--
		}
	}
	return `"` + text[:cut] + ` ..."`
}
