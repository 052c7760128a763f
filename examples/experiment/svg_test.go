package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// dot is where a circle is.
type dot struct{ x, y float64 }

// checkPicture holds that a picture is well-formed, made of nothing that could run or load anything, and
// that all ranks are inside it, each at a place of its own. It returns the dots and the texts.
func checkPicture(t *testing.T, picture string) (dots []dot, texts []string) {
	t.Helper()
	in := xml.NewDecoder(strings.NewReader(picture))
	elements := []string{"svg", "title", "desc", "rect", "text", "path", "circle"}
	var width, height float64
	var inside string
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return dots, texts
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local
			require.Contains(t, elements, inside)
			number := make(map[string]float64)
			for _, a := range token.Attr {
				require.NotContains(t, []string{"href", "style", "class", "id"}, a.Name.Local)
				require.False(t, strings.HasPrefix(a.Name.Local, "on"), a.Name.Local)
				number[a.Name.Local], _ = strconv.ParseFloat(a.Value, 64)
			}
			switch inside {
			case "svg":
				width, height = number["width"], number["height"]
			case "circle":
				at := dot{number["cx"], number["cy"]}
				require.True(t, at.x > 0 && at.x < width && at.y > 0 && at.y < height, at)
				dots = append(dots, at)
			}
		case xml.CharData:
			if inside == "text" && strings.TrimSpace(string(token)) != "" {
				texts = append(texts, string(token))
			}
		case xml.EndElement, xml.Comment:
		default:
			t.Fatalf("%T", token)
		}
	}
}

// sheetOf makes a sheet of that many rows, by four methods, with ties and blanks.
func sheetOf(rng *rand.Rand, rows int) string {
	var b strings.Builder
	b.WriteString("title,reach,impact,confidence,effort,moscow,value\n")
	for i := range rows {
		fmt.Fprintf(&b, "Item %d,%d,%d,%s,%d,%s,%d\n", i, rng.IntN(9)*100, 1+rng.IntN(3), pick(rng, "0.5", "0.8", "1", ""),
			1+rng.IntN(4), pick(rng, "must", "should", "could", "wont", ""), rng.IntN(9))
	}
	return b.String()
}

func pick(rng *rand.Rand, from ...string) string { return from[rng.IntN(len(from))] }

func TestPictureOfAnySize(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, rows := range []int{1, 2, 3, 10, 40, 90, 130, 700, 3000} {
		status, _, stderr, picture := try(t, sheetOf(rng, rows))
		require.Equal(t, command.Success, status, stderr)
		dots, texts := checkPicture(t, picture)
		require.Less(t, len(picture), 300_000, rows)
		if rows > 90 { // too close together for all to have dots and labels
			require.LessOrEqual(t, len(dots), movers*4)
			continue
		}
		require.Len(t, dots, rows*4)
		require.Len(t, slices.Compact(slices.SortedFunc(slices.Values(dots), func(a, b dot) int {
			return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
		})), rows*4, "each in a place of its own")
		for i := range rows {
			title := fmt.Sprintf("Item %d", i)
			n := len(slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s != title }))
			require.Equal(t, 2, n, "one label on each side for %s", title)
		}
	}
}

func TestHostileTitles(t *testing.T) {
	for _, title := range []string{
		`<script>alert(1)</script>`, `"><circle onload=x()/>`, `]]> &amp; &lt; <!-- <?x ?>`, "a\x00b\x1b[31mc", "\u202Eevil",
		"\uFFFE\uFFFF", strings.Repeat("W", 5000), strings.Repeat("日本", 100), "Z̷̢͝a̵l̸g̵o̷", "👩‍👩‍👧", "a\nb\tc",
	} {
		text := "title,moscow,value,effort\n\"" + strings.ReplaceAll(title, `"`, `""`) + "\",must,1,3\nB,should,2,1\n"
		status, stdout, stderr, picture := try(t, text)
		require.Equal(t, command.Success, status, stderr)
		_, texts := checkPicture(t, picture)
		require.NotContains(t, stdout, "\x1b")
		require.NotContains(t, stdout+picture, "\u202E")
		if len(title) < maxLabel && command.OnLine(title) == title && !strings.Contains(title, "\uFFFE") {
			require.Contains(t, texts, title)
		}
	}
}

// In every column each item has a slot of its own, within the ranks that it fills.
func TestSlots(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		rows := 1 + rng.IntN(30)
		doc := &command.Document{Text: sheetOf(rng, rows)}
		r := readReport(doc, "")
		require.NoError(t, doc.Err())
		for _, c := range r.chart().columns {
			type place struct {
				scored bool
				at     int
			}
			taken := make(map[place]bool)
			for _, s := range c.slots {
				require.False(t, taken[place{s.isScored(), s.at}])
				taken[place{s.isScored(), s.at}] = true
				require.True(t, s.at >= 0 && (s.isScored() || s.at < r.chart().rest), s)
				if s.isScored() {
					require.True(t, s.first <= s.at+1 && s.at+1 <= s.last, s)
				}
			}
		}
	}
}
