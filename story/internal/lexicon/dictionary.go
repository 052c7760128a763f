package lexicon

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// dictionary finds a word in any case, with any apostrophe, and with marks in or behind their letters.
//
// It is asked about each word of each story. So a word of ASCII is found by its bytes as one number, and only
// others are folded first.
type dictionary struct {
	entries []entry // the first is that of all other words
	slots   []slot  // entries by key
	shift   int
	lengths Lengths
	byWord  map[string]uint16
}

// slot is a place for the entry of a word; one of entry 0 is empty.
type slot struct {
	key   uint64
	entry uint16
	term  Term
}

// Lengths is a quick test for some words: the lengths of those that have the same first two letters, a bit for each.
type Lengths [32 * 32]uint32

// Add takes a word in.
func (t *Lengths) Add(word string) { t[pairOf(word)] |= 1 << min(len(word), maxWord) }

type entry struct {
	word string
	is   Class
	term Term
}

// maxWord is the bytes of the longest word that is looked for.
const maxWord = 31

// at is the entry of a word in lower case, 0 if it has none.
func (d *dictionary) at(word string) uint16 { return d.byWord[word] }

// add returns the entry of a word in lower case, a new one if there is none. It is valid until the next call.
func (d *dictionary) add(word string) *entry {
	if d.byWord == nil {
		d.byWord = make(map[string]uint16)
	}
	i, ok := d.byWord[word]
	if !ok {
		i = uint16(len(d.entries)) //nolint:gosec // some hundreds
		d.entries = append(d.entries, entry{word: word})
		d.byWord[word] = i
	}
	return &d.entries[i]
}

// index makes the table of slots, at least twice as many as words.
func (d *dictionary) index() {
	width := bits.Len(uint(2 * len(d.entries)))
	d.shift = 64 - width
	d.slots = make([]slot, 1<<width)
	for i, e := range d.entries[1:] {
		key, ok := keyOf(e.word, 0, len(e.word))
		if !ok {
			continue // found by the folded word
		}
		d.lengths.Add(e.word)
		at := d.slotOf(key)
		for d.slots[at].entry > 0 {
			at = (at + 1) & (len(d.slots) - 1)
		}
		d.slots[at] = slot{key, uint16(i + 1), e.term} //nolint:gosec // some hundreds
	}
}

func (d *dictionary) slotOf(key uint64) int {
	return int(key * 0x9e3779b97f4a7c15 >> d.shift) //nolint:gosec // less than the number of slots
}

// find is the entry of the word text[from:to], 0 if it has none.
func (d *dictionary) find(text string, from, to int) uint16 {
	if n := to - from; n <= 8 && from+8 <= len(text) {
		if key := load(text[from:]) & first(n); key&high == 0 {
			return d.slot(key|lower&first(n), n).entry
		}
	}
	return d.findOther(text, from, to)
}

// first is the bits of the first n bytes of a number, n up to 8.
func first(n int) uint64 { return uint64(1)<<(8*n) - 1 }

// slot is that of a word of n bytes, up to 8, which are the key; an empty one if it is in none.
func (d *dictionary) slot(key uint64, n int) *slot {
	if d.lengths[pairIn(key)]>>n&1 == 0 {
		return &none
	}
	at := d.slotOf(key)
	for d.slots[at].key != key && d.slots[at].entry > 0 {
		at = (at + 1) & (len(d.slots) - 1)
	}
	return &d.slots[at]
}

var none slot

// pairIn makes a number of the first two letters of a key.
func pairIn(key uint64) int { return int(key&31<<5 | key>>8&31) }

// findOther finds a word that is long, at the end of a text, or not of ASCII.
func (d *dictionary) findOther(text string, from, to int) uint16 {
	switch n := to - from; {
	case n > maxWord, n == 0:
		return 0
	case n > 8 && d.lengths[pairOf(text[from:])]>>n&1 == 0 && IsASCII(text[from:to]):
		return 0
	}
	if _, ok := keyOf(text, from, to); !ok {
		return d.findFolded(text[from:to])
	}
	return d.findLong(text, from, to).entry
}

// findLong is the slot of a word of ASCII.
func (d *dictionary) findLong(text string, from, to int) *slot {
	key, _ := keyOf(text, from, to)
	for at := d.slotOf(key); d.slots[at].entry > 0; at = (at + 1) & (len(d.slots) - 1) {
		if d.slots[at].key == key && (to-from <= 8 || strings.EqualFold(d.entries[d.slots[at].entry].word, text[from:to])) {
			return &d.slots[at]
		}
	}
	return &none
}

func (d *dictionary) findFolded(word string) uint16 {
	folded := Fold(word)
	if _, ok := keyOf(folded, 0, len(folded)); ok {
		return d.find(folded, 0, len(folded))
	}
	return d.byWord[folded]
}

const (
	high  = 0x8080808080808080 // the highest bit of each byte
	lower = 0x2020202020202020 // the bit that tells small letters from capitals
)

// keyOf makes a number of the word text[from:to]: of up to 8 bytes the word itself in lower case, of a longer one a
// hash of its first and last 8. It is false for a word that is not ASCII.
func keyOf(text string, from, to int) (key uint64, ok bool) {
	n := to - from
	if from+8 <= len(text) {
		key = load(text[from:])
		if n < 8 {
			key &= 1<<(8*n) - 1
		}
	} else {
		for i := range n {
			key |= uint64(text[from+i]) << (8 * i)
		}
	}
	mask := uint64(lower)
	if n < 8 {
		mask &= 1<<(8*n) - 1
	}
	if key&high != 0 {
		return 0, false
	}
	key |= mask
	if n <= 8 {
		return key, true
	}
	last := load(text[to-8:])
	if last&high != 0 || !IsASCII(text[from+8:to]) {
		return 0, false
	}
	return key ^ bits.RotateLeft64(last|lower, 27)*0xbf58476d1ce4e5b9, true
}

// IsASCII reports whether all bytes of s are of ASCII.
func IsASCII(s string) bool {
	for ; len(s) >= 8; s = s[8:] {
		if load(s)&high != 0 {
			return false
		}
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// load returns the first 8 bytes of s as a number, the first byte lowest.
func load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
