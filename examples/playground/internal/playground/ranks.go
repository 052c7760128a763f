package playground

import (
	"fmt"
	"slices"
	"strings"
)

// ranks is a drawing of several rankings: a column a method, a line an item, the first at the top. Lengths are tenths of a
// pixel, so that they are whole numbers and come out the same everywhere.
type ranks struct {
	trials  []*trial
	titles  []string // of the items
	slots   [][]int  // of each method: the place of each item, from 0; those that are not scored come after a gap
	ranked  []int    // how many items each method scored
	raised  []int    // the items that are in colour
	pitch   int      // from one place to the next
	isTight bool     // there is no room for a label a place
}

const (
	rankLeft, rankTop = 2600, 700
	rankGap           = 1300 // from one method to the next
	restGap           = 2    // places
	fullPitch         = 240
	mostHeight        = 15000
	mostLines         = 300
)

func (a *answer) newRanks(trials []*trial, raised []int) *ranks {
	r := &ranks{trials: trials, raised: raised}
	for i := range a.sheet.Rows {
		r.titles = append(r.titles, a.sheet.title(i))
	}
	for _, t := range trials {
		slots := make([]int, len(r.titles))
		for place, key := range t.ranking.KeysWithUnscored() {
			if slots[key] = place; place >= t.ranking.Len() {
				slots[key] += restGap
			}
		}
		r.slots, r.ranked = append(r.slots, slots), append(r.ranked, t.ranking.Len())
	}
	r.pitch = min(fullPitch, mostHeight/max(1, len(r.titles)))
	r.isTight = r.pitch < 130
	return r
}

const rankStyle = `<style>.r{font:13px sans-serif;fill:#1c2024}.r path{fill:none;stroke:#c3c8cd;stroke-width:1.5}.r circle{fill:#fff;stroke:#8a929a;stroke-width:1.5}` +
	`.r .h{font-weight:bold}.r .s{font-size:10px}.r .x{font-style:italic;fill:#55606b}` +
	`.r .m0{--c:#0072b2}.r .m1{--c:#c04a00}.r .m2{--c:#007a58}.r .m3{--c:#222}.r .m4{--c:#a8457f}.r .m5{--c:#8a6100}.r .m6{--c:#2a7fae}` +
	`.r .m path{stroke:var(--c);stroke-width:4}.r .m circle{fill:var(--c);stroke:var(--c)}.r .m .s{fill:#fff}.r .m .l{fill:var(--c);font-weight:bold}` +
	`@media (prefers-color-scheme:dark){.r{fill:#e9ecef}.r path{stroke:#454d56}.r circle{fill:#1a1f26;stroke:#7d8894}.r .x{fill:#a9b4bf}` +
	`.r .m0{--c:#6db8ee}.r .m1{--c:#ff9a62}.r .m2{--c:#4fcfa6}.r .m3{--c:#f0f0f0}.r .m4{--c:#e79ac6}.r .m5{--c:#f0bf5c}.r .m6{--c:#9ad4f5}.r .m .s{fill:#12151a}}</style>`

// svg draws the items that are not raised first, so that the others are seen.
func (r *ranks) svg() string {
	deepest := 0
	for _, slots := range r.slots {
		deepest = max(deepest, slices.Max(slots))
	}
	width, height := 2*rankLeft+(len(r.trials)-1)*rankGap, rankTop+(deepest+1)*r.pitch+100
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %[1]s %[2]s" role="img" class="r"><title>The rank of each item</title><desc>%s</desc>`+"\n",
		tenths(width), tenths(height), escape(r.description(), 2000))
	out.WriteString(rankStyle)
	for i, t := range r.trials {
		for k, word := range strings.Fields(t.title) {
			fmt.Fprintf(&out, `<text class="h" x="%s" y="%d" text-anchor="middle">%s</text>`, tenths(r.x(i)), 24+15*k, escape(word, 20))
		}
		if r.ranked[i] < len(r.titles) {
			fmt.Fprintf(&out, `<text class="x" x="%s" y="%s" text-anchor="middle">not scored</text>`, tenths(r.x(i)), tenths(r.y(r.ranked[i])+r.pitch/2+40))
		}
	}
	out.WriteByte('\n')
	for _, item := range r.others() {
		out.WriteString("<g>")
		r.item(&out, item, !r.isTight)
		out.WriteString("</g>\n")
	}
	for i, item := range slices.Backward(r.raised) {
		fmt.Fprintf(&out, `<g class="m m%d">`, i)
		r.item(&out, item, true)
		out.WriteString("</g>\n")
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// others returns the items that are not raised, evenly chosen where there are too many.
func (r *ranks) others() (all []int) {
	for item := range r.titles {
		if !slices.Contains(r.raised, item) {
			all = append(all, item)
		}
	}
	if len(all) <= mostLines {
		return all
	}
	chosen := make([]int, mostLines)
	for i := range chosen {
		chosen[i] = all[i*len(all)/mostLines]
	}
	return chosen
}

func (r *ranks) x(method int) int { return rankLeft + method*rankGap }
func (r *ranks) y(slot int) int   { return rankTop + slot*r.pitch + r.pitch/2 }

func (r *ranks) item(out *strings.Builder, item int, isLabelled bool) {
	var path strings.Builder
	for i, slots := range r.slots {
		x, y := r.x(i), r.y(slots[item])
		if i == 0 {
			fmt.Fprintf(&path, "M%s %s", tenths(x), tenths(y))
			continue
		}
		half, from := tenths(x-rankGap/2), tenths(r.y(r.slots[i-1][item]))
		fmt.Fprintf(&path, "C%s %s %s %s %s %s", half, from, half, tenths(y), tenths(x), tenths(y))
	}
	fmt.Fprintf(out, `<title>%s</title><path d="%s"/>`, escape(r.titles[item], 200), path.String())
	if !isLabelled {
		return
	}
	radius, isNumbered := 90, r.pitch >= 180
	if !isNumbered {
		radius = 40
	}
	for i, slots := range r.slots {
		x, y := r.x(i), r.y(slots[item])
		fmt.Fprintf(out, `<circle cx="%s" cy="%s" r="%s"/>`, tenths(x), tenths(y), tenths(radius))
		if one, ok := r.trials[i].ranking.Lookup(item); ok && isNumbered {
			fmt.Fprintf(out, `<text class="s" x="%s" y="%s" text-anchor="middle">%d</text>`, tenths(x), tenths(y+35), one.Rank)
		}
	}
	last := len(r.slots) - 1
	fmt.Fprintf(out, `<text class="l" x="%s" y="%s" text-anchor="end">%s</text>`, tenths(r.x(0)-150), tenths(r.y(r.slots[0][item])+45), escape(r.titles[item], 34))
	fmt.Fprintf(out, `<text class="l" x="%s" y="%s">%s</text>`, tenths(r.x(last)+150), tenths(r.y(r.slots[last][item])+45), escape(r.titles[item], 34))
}

// description has the ranks of the raised items, for those who cannot see them.
func (r *ranks) description() string {
	var all []string
	for _, item := range r.raised {
		var places []string
		for i, t := range r.trials {
			text := "not scored"
			if one, ok := t.ranking.Lookup(item); ok {
				text = fmt.Sprint(one.Rank)
			}
			places = append(places, r.trials[i].title+" "+text)
		}
		all = append(all, r.titles[item]+": "+strings.Join(places, ", "))
	}
	return counted(len(r.titles), "item", "items") + ". " + strings.Join(all, ". ")
}

// tenths writes tenths of a pixel as pixels.
func tenths(n int) string {
	if n%10 == 0 {
		return fmt.Sprint(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}
