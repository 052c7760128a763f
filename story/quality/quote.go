package quality

import "strings"

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
