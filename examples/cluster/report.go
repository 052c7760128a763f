package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// errLost is the end of a run in which something was lost.
var errLost = errors.New("something was lost, or replicas differ: see above")

// report prints what was acknowledged, what is held, and the times; it returns [errLost] if that does not agree.
func (d *demo) report(copies []held) error {
	var acknowledged, batches, events, unknown, there, lost int
	for _, one := range d.decisions {
		n := copies[0].ids[one.correlation]
		switch {
		case one.err != nil:
			unknown++
			if n > 0 {
				there++
			}
			continue
		case n != one.events:
			lost++
		}
		acknowledged, events = acknowledged+1, events+one.events
		if one.events > 1 {
			batches++
		}
	}
	moved := int64(0)
	for _, n := range d.nodes {
		moved += n.moved.Load()
	}
	d.printf("\nWhat was acknowledged\n")
	d.printf("  %8d  decisions, %d of them of several events that are there all or none\n", acknowledged, batches)
	d.printf("  %8d  events\n", events)
	d.printf("  %8d  times another host had been faster, and it was decided again\n", moved)
	d.printf("  %8d  decisions without an answer in time; %d of them are there\n", unknown, there)
	d.printf("  %8d  acknowledged decisions that are not there, or not once\n", lost)

	d.printf("\nWhat everybody holds, each server asked alone and cut off from the others\n")
	d.printf("  %-10s %10s %10s   %s\n", "", "messages", "events", "half of the SHA-256 of all snapshots")
	same := true
	for _, one := range copies {
		same = same && one.equals(copies[0])
		d.printf("  %-10s %10d %10d   %s\n", one.who, one.messages, one.events, one.sum[:32])
	}
	bytes := 0
	for _, data := range copies[0].snapshots {
		bytes += len(data)
	}
	d.printf("  A message takes %d bytes on a disk; the snapshots have %d bytes. A replay made %.0f events a second.\n",
		copies[0].bytes/max(1, copies[0].messages), bytes, float64(copies[0].events)/copies[0].took.Seconds())
	d.printf("  %s\n", map[bool]string{true: "The snapshots are equal, byte for byte.", false: "The snapshots DIFFER."}[same])

	d.times()
	if lost > 0 || !same || acknowledged == 0 {
		return errLost
	}
	d.printf("\nNothing was lost.\n")
	return nil
}

// failover is the part from the kill to the first decision that is acknowledged after the longest silence.
const failover = "failover"

// span is a part of the run.
type span struct {
	name     string
	from, to time.Duration
}

// spans returns those before the kill, while a server was missing, and after its return.
func (d *demo) spans() []span {
	end := d.marks[len(d.marks)-1].at
	if d.settings.noKill {
		return []span{{"all", 0, end}}
	}
	gap := d.longestGap()
	return []span{
		{"three servers", 0, d.marks[1].at},
		{failover, d.marks[1].at, gap.to},
		{"two servers", gap.to, d.marks[3].at},
		{"three again", d.marks[3].at, end},
	}
}

// has reports whether a decision belongs to a span: the one it was asked for in, or the failover if it waited for that.
func (s span) has(one decision, all []span) bool {
	for _, other := range all {
		if other.name == failover && one.ended-one.took < other.to && one.ended >= other.to {
			return s.name == failover
		}
	}
	return one.ended-one.took >= s.from && one.ended-one.took < s.to
}

// longestGap returns the longest time in which nothing was acknowledged, from the kill to the return.
func (d *demo) longestGap() (gap span) {
	from := d.marks[1].at
	gap = span{"", from, from}
	ends := []time.Duration{}
	for _, one := range d.decisions {
		if one.err == nil && one.ended > from && one.ended < d.marks[3].at {
			ends = append(ends, one.ended)
		}
	}
	slices.Sort(ends)
	ends = append(ends, d.marks[3].at)
	for _, end := range ends {
		if end-from > gap.to-gap.from {
			gap = span{"", from, end}
		}
		from = end
	}
	return gap
}

// times prints how long it took.
func (d *demo) times() {
	d.printf("\nTimes, of decisions that were asked for in each part of the run until they were acknowledged\n")
	d.printf("  %-14s %8s %12s %11s %11s %11s\n", "", "seconds", "decisions/s", "median", "p99", "longest")
	spans := d.spans()
	for _, s := range spans {
		var took []time.Duration
		for _, one := range d.decisions {
			if one.err == nil && s.has(one, spans) {
				took = append(took, one.took)
			}
		}
		seconds := (s.to - s.from).Seconds()
		d.printf("  %-14s %8.1f %12.0f %11s %11s %11s\n", s.name, seconds, float64(len(took))/seconds,
			milliseconds(quantile(took, 50)), milliseconds(quantile(took, 99)), milliseconds(quantile(took, 100)))
	}
	if d.cpu > 0 {
		d.printf("  Servers, hosts and people took %s of a processor for each decision.\n", milliseconds(d.cpu/time.Duration(max(1, len(d.decisions)))))
	}
	d.printf("  A host's own replica has a decision %s after it was acknowledged (median; p99 %s, longest %s).\n",
		milliseconds(quantile(d.behind, 50)), milliseconds(quantile(d.behind, 99)), milliseconds(quantile(d.behind, 100)))
}

// quantile returns the least duration that so many of 100 do not exceed, 0 of none.
func quantile(durations []time.Duration, percent int) time.Duration {
	if len(durations) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(durations))
	return sorted[max(0, (len(sorted)*percent+99)/100-1)]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

// picture draws how many decisions were acknowledged in each quarter of a second.
func (d *demo) picture() string {
	const (
		step                     = 250 * time.Millisecond
		width, height, left, top = 860, 260, 92, 76
		bottom                   = height - 34
	)
	end := d.marks[len(d.marks)-1].at
	counts := make([]int, end/step+1)
	for _, one := range d.decisions {
		if i := int(one.ended / step); one.err == nil && i < len(counts) {
			counts[i]++
		}
	}
	most := max(slices.Max(counts), 1)
	x := func(at time.Duration) float64 { return left + float64(at)/float64(end)*(width-left-20) }
	y := func(n int) float64 { return bottom - float64(n)/float64(most)*(bottom-top) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img" `+
		`aria-label="Acknowledged decisions a second while the leading server is killed and starts again">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	for i, n := range counts {
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="#3367b0"/>`+"\n",
			x(time.Duration(i)*step), y(n), x(step)-x(0)-0.7, bottom-y(n))
	}
	fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="#333"/>`+"\n", left, bottom, width-20)
	for at := time.Duration(0); at <= end; at += 5 * time.Second {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle" fill="#333">%d s</text>`+"\n", x(at), bottom+18, at/time.Second)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#333">%d a second</text>`+"\n", left-6, top+5, most*int(time.Second/step))
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#333">0</text>`+"\n", left-6, bottom)
	for i, m := range d.marks {
		row, anchor := 16+i%3*18, "start"
		if x(m.at) > width/2 {
			anchor = "end"
		}
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" stroke="#b3261e" stroke-dasharray="3 3"/>`+"\n", x(m.at), row+4, bottom)
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="%s" fill="#333">%s</text>`+"\n", x(m.at), row, anchor, m.what)
	}
	return b.String() + "</svg>\n"
}
