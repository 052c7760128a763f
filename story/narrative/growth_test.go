package narrative_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/narrative"
)

// growth is how large the texts of TestGrowth are, in pieces. The command .ci/growth reads each at one size and at four times
// it, and compares how many statements were executed.
var growth = flag.Int("growth", 1000, "size of the cases of TestGrowth")

// begins are what hostile texts begin with, and pieces what is repeated then: what makes a reader look ahead or back.
var (
	begins = []string{
		"As a user, I want to ", "As a user, ", "Als Nutzer möchte ich ", "En tant que client, je veux ", "Como usuario, quiero ", "", "When ",
	}
	pieces = []string{
		"a", " ", "As a ", "I ", "so ", "so that ", "(", ", ", "* ", "\n", "I want to ", "\xff", "\x00", "when I ", "if it, ", "know unless it, ",
		"after a week before ", "the day a bell ", "since the bell ", "when, ", "when, as a user, I ", "wenn ich zahle ", "quand je veux ne pas ",
		"until told ", "möchte ich ", "als Käufer ", "um ", "zu ", "Als ", "je veux ", "qu'", "d'", "j’", "pour ", "pour que ", "En tant que ",
		"para ", "quiero ", "como ", "si ", "wenn ", "wenn, ", "um, ", "damit ", "e\u0301", "\u0301", "«", "“so that", "\u202e", "not ", "only ",
		"that ", ".\n\n- ", "“", "\u200f", "— ", "in order ", "()", "*(", ")", "<", "\"", "_", "x”", "]>", "»\"", "and the page ", "so it ",
		"when I can ", "A. ", "e.g. A ", "I want so that ", "who, ", "as soon as ", "the moment ", "no matter ", "a -", "pens, ", "and to ", "`so that` ",
		"'so that' ", "whether or ", "wenn ich, als Gast, ", "the x ", "when the x ", "if I think I need x ", "x, who y, ", "und dann ", "je peux ", "al ",
		"when guests want ", "wenn Gäste möchten ", "quand il veut ", "cuando quiere ", "[", "{", "`", "- ", "when x, y and z, ", "abcdefghijklmnop ",
	}
)

func TestGrowth(t *testing.T) {
	for _, piece := range pieces {
		t.Run(fmt.Sprintf("%q", piece), func(t *testing.T) {
			for _, begin := range begins {
				text := begin + strings.Repeat(piece, *growth)
				r := narrative.Read(text)
				require.Equal(t, text, r.Text)
				if !utf8.ValidString(text) {
					require.Equal(t, narrative.BadText, r.Problems[0].Kind)
				}
				require.Equal(t, r.IsStory(), narrative.IsStory(text))
				_ = r.Narrative()
			}
		})
	}
}
