package forecast

import (
	"fmt"
	"maps"
	"slices"
)

// layout is a plan that was checked, by positions.
type layout struct {
	plan      Plan
	shares    []placed // of all features, in order
	ofTeam    [][]int  // the shares of each team, in order
	ofFeature [][]int
	needs     [][]int
	neededBy  [][]int
	order     []int // the features, each after what it needs
	home      []int // of each feature: the team of all its shares and of all that it needs
}

// placed is a share and where it is.
type placed struct {
	feature, team int
	scope         spread
}

const (
	homeless = -1 // no shares at all
	abroad   = -2 // shares of several teams
)

func (p Plan) layout() (*layout, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	teams, features := make(map[string]int, len(p.Teams)), make(map[string]int, len(p.Features))
	for i, t := range p.Teams {
		teams[t.Key] = i
	}
	for i, f := range p.Features {
		features[f.Key] = i
	}
	l := &layout{
		plan: p, ofTeam: make([][]int, len(p.Teams)), ofFeature: make([][]int, len(p.Features)),
		needs: p.needs(features), home: make([]int, len(p.Features)),
	}
	l.neededBy, l.order = reverse(l.needs), inOrder(l.needs)
	for i, f := range p.Features {
		for _, share := range f.Shares {
			one := placed{feature: i, team: teams[share.Team]}
			l.ofTeam[one.team] = append(l.ofTeam[one.team], len(l.shares))
			l.ofFeature[i] = append(l.ofFeature[i], len(l.shares))
			l.shares = append(l.shares, one)
			var err error
			if l.shares[len(l.shares)-1].scope, err = share.Scope.distribution(); err != nil {
				return nil, l.within(len(l.shares)-1, err)
			}
		}
	}
	for _, i := range l.order {
		l.home[i] = homeless
		for _, one := range l.ofFeature[i] {
			l.home[i] = together(l.home[i], l.shares[one].team)
		}
		for _, j := range l.needs[i] {
			l.home[i] = together(l.home[i], l.home[j])
		}
	}
	return l, nil
}

func together(a, b int) int {
	switch {
	case a == homeless || a == b:
		return b
	case b == homeless:
		return a
	}
	return abroad
}

func (l *layout) within(share int, err error) error {
	one := l.shares[share]
	return fmt.Errorf("%w (feature %.60q, team %.60q)", err, l.plan.Features[one.feature].Key, l.plan.Teams[one.team].Key)
}

// waits reports whether a feature waits for one that another team has a share in.
func (l *layout) waits(feature int) bool {
	if len(l.ofFeature[feature]) == 0 || l.home[feature] != abroad {
		return false
	}
	for _, j := range l.needs[feature] {
		if l.home[j] != homeless {
			return true
		}
	}
	return false
}

func (l *layout) checkExact() error {
	for i, f := range l.plan.Features {
		if l.waits(i) {
			return fmt.Errorf("%w: feature %.60q waits for one of another team", ErrNotExact, f.Key)
		}
	}
	return nil
}

// queued is what a team has done at the end of a share, and the place of that among its shares.
type queued struct {
	work spread
	rank int
}

// queues returns for each share what its team does up to its end. An error is [ErrNotExact] or [ErrTooLarge].
func (l *layout) queues() ([]queued, error) {
	if err := l.checkExact(); err != nil {
		return nil, err
	}
	out := make([]queued, len(l.shares))
	for i, t := range l.plan.Teams {
		var err error
		if t.WIP > 1 {
			err = l.split(i, out)
		} else {
			err = l.line(i, out)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// line adds up the shares of a team that does one after the other.
func (l *layout) line(team int, out []queued) error {
	var sum spread
	for rank, one := range l.finish(team, func(int) int64 { return 1 }) {
		work := l.shares[one.share].scope
		if rank > 0 {
			var err error
			if work, err = sum.plus(work); err != nil {
				return l.within(one.share, err)
			}
		}
		sum = work
		out[one.share] = queued{work, rank}
	}
	return nil
}

// split finds when the shares of a team end that does several at once.
func (l *layout) split(team int, out []queued) error {
	for _, one := range l.ofTeam[team] {
		if len(l.shares[one].scope.p) > 1 {
			return l.within(one, fmt.Errorf("%w: an uncertain scope beside others at once", ErrNotExact))
		}
	}
	for rank, one := range l.finish(team, func(share int) int64 { return l.shares[share].scope.low }) {
		out[one.share] = queued{certain(one.at), rank}
	}
	return nil
}

// finished is a share and what its team has done by its end.
type finished struct {
	share int
	at    int64
}

// finish returns the shares of a team in the order in which they end, for a plan in which no feature
// waits for another team.
func (l *layout) finish(team int, size func(share int) int64) []finished {
	d, open := newDesk[int64](l.plan.Teams[team].WIP), make([]int, len(l.needs)) // needs that are not done
	for i, list := range l.needs {
		for _, j := range list {
			if l.home[i] == team && l.home[j] == team {
				open[i]++
			}
		}
	}
	for _, one := range l.ofTeam[team] {
		if open[l.shares[one].feature] == 0 {
			d.add(one, size(one))
		}
	}
	var out []finished
	for {
		one, ok := d.next()
		if !ok {
			return out
		}
		out = append(out, finished{one, d.done})
		for stack := []int{l.shares[one].feature}; len(stack) > 0; {
			last := len(stack) - 1
			done := stack[last]
			stack = stack[:last]
			for _, i := range l.neededBy[done] {
				if l.home[i] != team { // a release that needs features of several teams
					continue
				}
				if open[i]--; open[i] > 0 {
					continue
				}
				if len(l.ofFeature[i]) == 0 {
					stack = append(stack, i)
				}
				for _, next := range l.ofFeature[i] {
					d.add(next, size(next))
				}
			}
		}
	}
}

// lastOf returns the shares that each feature is done with: its own or, for one without shares, the last of each
// team among those of all that it needs.
func (l *layout) lastOf(queues []queued) [][]int {
	last := make([][]int, len(l.needs))
	for _, i := range l.order {
		if len(l.ofFeature[i]) > 0 {
			last[i] = l.ofFeature[i]
			continue
		}
		of := make(map[int]int) // by team
		for _, j := range l.needs[i] {
			for _, one := range last[j] {
				team := l.shares[one].team
				if other, ok := of[team]; !ok || queues[one].rank > queues[other].rank {
					of[team] = one
				}
			}
		}
		last[i] = slices.Sorted(maps.Values(of))
	}
	return last
}
