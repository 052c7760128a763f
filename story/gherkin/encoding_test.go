package gherkin_test

import (
	"encoding/binary"
	"fmt"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

const coded = "\n# encoding: iso-8859-1\nFeature: café\n  Scenario: thé\n    Given é \n"

// latin1 writes a text with a byte for each character.
func latin1(text string) []byte {
	var data []byte
	for _, r := range text {
		data = append(data, byte(r))
	}
	return data
}

func encoded16(text string, order binary.AppendByteOrder) []byte {
	data := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func TestDecode(t *testing.T) {
	const text = "Feature: café 𝄞\n  Scenario: thé\n    Given \U0001F600 x\n"
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":             {nil, ""},
		"no encoding":         {[]byte(text), text},
		"byte order mark":     {[]byte("\ufeff" + text), text},
		"UTF-16 little":       {encoded16(text, binary.LittleEndian), text},
		"UTF-16 big":          {encoded16(text, binary.BigEndian), text},
		"only a mark":         {[]byte{0xff, 0xfe}, ""},
		"iso-8859-1":          {latin1(coded), coded},
		"utf-8 stated":        {[]byte("# encoding: UTF-8\n" + text), "# encoding: UTF-8\n" + text},
		"stated too late":     {[]byte("Feature: a\n# encoding: x\n"), "Feature: a\n# encoding: x\n"},
		"iso-8859-15":         {[]byte("#encoding:ISO-8859-15\n# \xa4\xbd\xe9"), "#encoding:ISO-8859-15\n# €œé"},
		"windows-1252":        {[]byte("# encoding: cp1252\n# \x80\x9f\xe9"), "# encoding: cp1252\n# €Ÿé"},
		"not UTF-8, as it is": {[]byte("# \xff"), "# \xff"},
	} {
		got, err := gherkin.Decode(tt.data)
		require.NoError(t, err, name)
		require.Equal(t, tt.want, got, name)
	}
}

// Each byte of an encoding of single bytes is the character that its table has (https://www.unicode.org/Public/MAPPINGS).
func TestDecodeEveryByte(t *testing.T) {
	for name, differ := range map[string]map[byte]rune{
		"iso-8859-1": nil,
		"iso-8859-15": {
			0xa4: '\u20ac', 0xa6: '\u0160', 0xa8: '\u0161', 0xb4: '\u017d', 0xb8: '\u017e', 0xbc: '\u0152', 0xbd: '\u0153', 0xbe: '\u0178',
		},
		"windows-1252": {
			0x80: '\u20ac', 0x82: '\u201a', 0x83: '\u0192', 0x84: '\u201e', 0x85: '\u2026', 0x86: '\u2020', 0x87: '\u2021', 0x88: '\u02c6',
			0x89: '\u2030', 0x8a: '\u0160', 0x8b: '\u2039', 0x8c: '\u0152', 0x8e: '\u017d', 0x91: '\u2018', 0x92: '\u2019', 0x93: '\u201c',
			0x94: '\u201d', 0x95: '\u2022', 0x96: '\u2013', 0x97: '\u2014', 0x98: '\u02dc', 0x99: '\u2122', 0x9a: '\u0161', 0x9b: '\u203a',
			0x9c: '\u0153', 0x9e: '\u017e', 0x9f: '\u0178',
		},
	} {
		header := "# encoding: " + name + "\n"
		for c := range 256 {
			want, ok := differ[byte(c)]
			if !ok {
				want = rune(c)
			}
			got, err := gherkin.Decode(append([]byte(header), byte(c)))
			require.NoError(t, err)
			require.Equal(t, header+string(want), got, "%s %#x", name, c)
		}
	}
}

// An encoding is looked for in the first 200 bytes of a comment.
func TestDecodeLimit(t *testing.T) {
	for length, want := range map[int]string{
		200: "",
		201: `gherkin: 1:1: encoding "latin" is not known, want utf-8, us-ascii, iso-8859-1, iso-8859-15 or windows-1252`,
	} {
		_, err := gherkin.Decode([]byte(fmt.Sprintf("#%*s\n", length-1, "encoding:latin1")))
		if want == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, want)
		}
	}
}

// Positions count characters of the text, whatever the file.
func TestDecodePositions(t *testing.T) {
	for _, data := range [][]byte{latin1(coded), encoded16(coded, binary.LittleEndian), encoded16(coded, binary.BigEndian), []byte(coded)} {
		if data[0] == '\n' && utf8.Valid(data) {
			continue // states another encoding than it has
		}
		text, err := gherkin.Decode(data)
		require.NoError(t, err)
		d, err := gherkin.Parse(text)
		require.NoError(t, err)
		for s := range d.AllScenarios() {
			require.Equal(t, "thé", s.Name)
			require.Equal(t, gherkin.Position{Line: 4, Column: 3}, s.Position)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"unknown": {
			[]byte("\n  # encoding: klingon\n"),
			`gherkin: 2:3: encoding "klingon" is not known, want utf-8, us-ascii, iso-8859-1, iso-8859-15 or windows-1252`,
		},
		"half a unit":      {[]byte{0xff, 0xfe, '\n', 0, 'a', 0, 'b'}, "gherkin: 2:2: not UTF-16, want text as its byte order mark states"},
		"half a pair":      {[]byte{0xfe, 0xff, 0xd8, 0, 0, 'b'}, "gherkin: 1:1: not UTF-16, want text as its byte order mark states"},
		"half at the end":  {[]byte{0xfe, 0xff, 0, 'a', 0xd8, 0}, "gherkin: 1:2: not UTF-16, want text as its byte order mark states"},
		"the second first": {[]byte{0xfe, 0xff, 0xdc, 0, 0xd8, 0}, "gherkin: 1:1: not UTF-16, want text as its byte order mark states"},
	} {
		text, err := gherkin.Decode(tt.data)
		require.Empty(t, text, name)
		require.ErrorIs(t, err, gherkin.ErrSyntax, name)
		require.EqualError(t, err, tt.want, name)
	}
}

// What is written in UTF-16 is read as it was, and what is read is text.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(coded))
	f.Add(encoded16("Feature: 𝄞\n", binary.BigEndian))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := gherkin.Decode(data)
		if err != nil {
			require.ErrorIs(t, err, gherkin.ErrSyntax)
			require.Empty(t, text)
			return
		}
		if !utf8.ValidString(text) {
			return // left to the parsers
		}
		again, err := gherkin.Decode(encoded16(text, binary.LittleEndian))
		require.NoError(t, err)
		require.Equal(t, text, again)
	})
}
