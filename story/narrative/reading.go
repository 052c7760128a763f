package narrative

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// Reading is a text read as a narrative: its parts, where they stand, and what is wrong.
//
// All offsets are bytes of Text, half-open: Text[p.Start:p.End] is the part as it was written.
type Reading struct {
	Text       string         `json:"text"`
	Language   story.Language `json:"language"`             // that it is read in
	Role       Part           `json:"role,omitzero"`        // after "As a"
	RoleClause Part           `json:"role_clause,omitzero"` // describes the role: "As a user who pays, I want ..."
	Conditions []Part         `json:"conditions,omitempty"` // before "As a" or "I want", or after the goal: "when I pay"
	Goal       Part           `json:"goal,omitzero"`        // after "I want to"
	Benefit    Part           `json:"benefit,omitzero"`     // after "so that", wherever it stands
	Rest       Part           `json:"rest,omitzero"`        // what follows the sentence: further sentences, notes
	Problems   []Problem      `json:"problems,omitempty"`
}

// Part is one piece of a reading. The zero part is absent.
//
// Text is without the spaces, punctuation, emphasis and brackets around it. Marker is the words
// that announce the part: "As a", "I want to", "so that". They stand between MarkerStart and
// MarkerEnd, perhaps with emphasis among them. A part that needs no marker has an empty one.
type Part struct {
	Text        string `json:"text"`
	Start       int    `json:"start"`
	End         int    `json:"end"`
	Marker      string `json:"marker"`
	MarkerStart int    `json:"marker_start"`
	MarkerEnd   int    `json:"marker_end"`
}

// IsZero reports whether the part is absent.
func (p Part) IsZero() bool { return p.End == 0 && p == Part{} }

// ProblemKind is what is wrong with a text as a narrative. Words of the sentence, or after it, that
// the narrative leaves out have a problem too. The zero value is unset.
type ProblemKind uint8

// The kinds of problem. The first three, and the last, stop a text from being a story.
const (
	NoRole       ProblemKind = iota + 1 // nobody wants it
	NotARole                            // the role is a thing: "As a follow-up, ..."
	NoGoal                              // nothing is wanted
	NoBenefit                           // no reason is given
	SecondReason                        // a second benefit, not part of the narrative
	ExtraText                           // other text that is not part of the narrative
	BadText                             // not UTF-8, or a control character
	Ambiguous                           // its own sentence reads otherwise: only from Parse
)

var problemKinds = field.EnumOf[ProblemKind]("narrative", "ProblemKind",
	"no role", "not a role", "no goal", "no benefit", "second reason", "extra text", "bad text", "ambiguous")

// String returns the kind in words: "no role".
func (k ProblemKind) String() string { return problemKinds.String(k) }

// MarshalText returns the text form, that of String.
func (k ProblemKind) MarshalText() ([]byte, error) { return problemKinds.MarshalText(k) }

// UnmarshalText reads the text form; k stays as it was on an error.
func (k *ProblemKind) UnmarshalText(text []byte) error { return problemKinds.UnmarshalText(k, text) }

func (k ProblemKind) stops() bool {
	return k == NoRole || k == NotARole || k == NoGoal || k == Ambiguous
}

// Problem is one thing wrong with a text as a narrative, and where: the offending bytes, or the
// empty span at which the missing part was expected.
type Problem struct {
	Kind  ProblemKind `json:"kind"`
	Start int         `json:"start"`
	End   int         `json:"end"`
}

// String returns the kind and the place: "no goal at 12".
func (p Problem) String() string {
	if p.Start == p.End {
		return fmt.Sprintf("%v at %d", p.Kind, p.Start)
	}
	return fmt.Sprintf("%v at %d-%d", p.Kind, p.Start, p.End)
}

// IsStory reports whether somebody wants something: the text has a role and a goal, and the role
// is not a thing.
func (r Reading) IsStory() bool {
	if r.Role.IsZero() || r.Goal.IsZero() {
		return false
	}
	for _, p := range r.Problems {
		if p.Kind.stops() {
			return false
		}
	}
	return true
}

// Narrative returns the canonical form of what was read; of a text that is not a story, what there is.
//
// Each part is plain, see [Part.Plain]. A wish keeps its words ("I would like X" wants "X"), an
// ability becomes a wish for it ("I can X" wants "to be able to X"), a statement a wish ("I see X"
// wants "to see X"), and a refusal a wish for the opposite ("I don't want X" wants "not X").
// "In order to X" becomes "I can X". A clause that describes the role ("who pays") stays with it.
func (r Reading) Narrative() story.Narrative {
	l := lexicon.Of(string(r.Language))
	n := story.Narrative{
		Role:    r.Role.Plain(),
		Goal:    squeeze(goalText(l, r.Goal.Marker, unmarked(quoted(l, squeeze(r.Goal.Text))))),
		Benefit: squeeze(l.Benefit(r.Benefit.Marker, r.Benefit.Plain())),
	}
	if l != lexicon.English() {
		n.Language = story.Language(l.Tag)
	}
	if from, to := r.Role.Start, r.RoleClause.End; !r.RoleClause.IsZero() && 0 <= from && from < to && to <= len(r.Text) {
		n.Role = unmarked(joinLines(r.Text[from:to]))
	}
	if len(r.Conditions) > 0 {
		texts := make([]string, len(r.Conditions))
		for i, c := range r.Conditions {
			texts[i] = inSentence(unmarked(joinLines(r.withoutRole(l, c))))
		}
		n.Conditions = story.ConditionsOf(texts...)
	}
	return n
}

// withoutRole is the text of a condition without a role that stands within it: "when I pay" of "when, as a user, I pay".
func (r Reading) withoutRole(l *lexicon.Language, c Part) string {
	from, to := r.Role.MarkerStart-c.Start, r.Role.End-c.Start
	if r.Role.IsZero() || from <= 0 || to <= from || to >= len(c.Text) {
		return c.Text
	}
	const around = " ,()*_"
	return l.Join(strings.TrimRight(c.Text[:from], around)+" ", strings.TrimLeft(c.Text[to:], around))
}

// inSentence is a condition that may have begun the sentence, as it stands within it.
func inSentence(s string) string {
	if r, n := utf8.DecodeRuneInString(s); n < len(s) && unicode.IsUpper(r) {
		next, _ := utf8.DecodeRuneInString(s[n:])
		if unicode.IsLower(next) || r != 'I' && next == ' ' || r == 'S' && (next == '\'' || next == '’') {
			return string(unicode.ToLower(r)) + s[n:]
		}
	}
	return s
}

// joinLines makes one line of several: where a line ends, a comma keeps the words apart.
func joinLines(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimRight(squeeze(line), ", "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, ", ")
}

// quoted puts quotes in place of backticks that stand around the marker of a benefit: without either, it would be one.
func quoted(l *lexicon.Language, s string) string {
	for from := strings.IndexByte(s, '`'); from >= 0; {
		n := strings.IndexByte(s[from+1:], '`')
		if n < 0 {
			break
		}
		scan := lexicon.Scanner{Text: s[from+1 : from+1+n], Lang: l}
		if w, _ := scan.Next(); lexicon.ReasonMarker(scan, lexicon.Word{}, w).Grade > 0 {
			s = s[:from] + `"` + scan.Text + `"` + s[from+n+2:]
		}
		next := strings.IndexByte(s[from+n+2:], '`')
		if next < 0 {
			break
		}
		from += n + 2 + next
	}
	return s
}

// squeeze reduces each run of white space to one space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
