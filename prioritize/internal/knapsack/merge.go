package knapsack

import (
	"encoding/binary"
	"slices"
)

// What became of a node that is not part of the merged problem.
const (
	never  = int32(-1) // it can't be chosen, or need not be
	always = int32(-2) // it is forced
)

// merged is a smaller problem with the same best choices.
type merged struct {
	problem Problem
	of      []int32 // by node of the original: its node here, or never, or always
	value   int64   // of the nodes that are always chosen

	unit     int64 // the values here are in units of this
	costUnit int64 // and the costs of this
}

// rounds bounds how often merging is tried again on what merging left. Two are usual.
const rounds = 8

// merge drops what is decided, and puts together what goes together. It costs O(problem) a round.
func merge(p *Problem) merged {
	forced, cost := p.Close(p.Forced)
	m := merged{of: make([]int32, len(p.Value))}
	class := make([]int32, len(p.Value))
	for v := range class {
		class[v] = int32(v)
		if forced[v] {
			m.of[v], class[v] = always, never
			m.value += p.Value[v]
		}
	}
	for _, group := range p.Groups {
		if slices.ContainsFunc(group, func(v int32) bool { return forced[v] }) {
			for _, v := range group {
				class[v] = never
			}
		}
	}
	for _, v := range p.order() { // whoever needs what can't be chosen can't be either
		for _, w := range p.Needs[v] {
			if class[w] == never && !forced[w] {
				class[v] = never
			}
		}
	}
	q := Problem{Value: p.Value, Cost: p.Cost, Needs: p.Needs, Groups: p.Groups, Capacity: p.Capacity - cost}
	for v := range m.of {
		if m.of[v] != always {
			m.of[v] = int32(v)
		}
	}
	for i := 0; ; i++ {
		next, to := q.contract(class)
		for v, node := range m.of {
			if node >= 0 {
				m.of[v] = to[node]
			}
		}
		done := i > 0 && len(next.Value) == len(q.Value) || i == rounds
		q = next
		if done {
			break
		}
		class = q.classes()
	}
	m.unit, m.costUnit = divide(q.Value), divide(q.Cost)
	q.Capacity /= m.costUnit
	m.problem = q
	return m
}

// divide divides all values by their greatest common divisor, which it returns: bounds rounded down
// to multiples of it are tighter. It is 1 where all values are 0.
func divide(values []int64) int64 {
	unit := int64(0)
	for _, v := range values {
		for v != 0 {
			unit, v = v, unit%v
		}
	}
	unit = max(unit, 1)
	for i := range values {
		values[i] /= unit
	}
	return unit
}

// order returns all nodes, each after all that it needs.
func (p *Problem) order() []int32 {
	users := p.users()
	open := make([]int, len(p.Needs))
	order := make([]int32, 0, len(p.Needs))
	for v, needs := range p.Needs {
		if open[v] = len(needs); open[v] == 0 {
			order = append(order, int32(v))
		}
	}
	for i := 0; i < len(order); i++ {
		for _, u := range users[order[i]] {
			if open[u]--; open[u] == 0 {
				order = append(order, u)
			}
		}
	}
	return order
}

// users returns for each node the nodes that need it.
func (p *Problem) users() [][]int32 {
	count := make([]int32, len(p.Needs))
	total := 0
	for _, needs := range p.Needs {
		total += len(needs)
		for _, w := range needs {
			count[w]++
		}
	}
	all := make([]int32, total)
	users := make([][]int32, len(p.Needs))
	for v, n := range count {
		users[v], all = all[:0:n], all[n:]
	}
	for v, needs := range p.Needs {
		for _, w := range needs {
			users[w] = append(users[w], int32(v))
		}
	}
	return users
}

// classes returns for each node one that it goes together with, perhaps itself, or never.
//
//   - Without value and not needed: never.
//   - Without value and needed by one only, or by the same as another: with that one.
//   - Without cost, in no group and needing one only: with that one.
func (p *Problem) classes() []int32 {
	class := make([]int32, len(p.Value))
	grouped := make([]bool, len(p.Value))
	for _, group := range p.Groups {
		for _, v := range group {
			grouped[v] = true
		}
	}
	users := p.users()
	order := p.order()
	for v := range class {
		class[v] = int32(v)
	}
	byUsers := map[string]int32{}
	var mine []int32
	var key []byte
	for i := len(order) - 1; i >= 0; i-- {
		v := order[i]
		if p.Value[v] > 0 || grouped[v] {
			continue
		}
		mine = mine[:0]
		for _, u := range users[v] {
			if class[u] != never {
				mine = append(mine, class[u])
			}
		}
		slices.Sort(mine)
		mine = slices.Compact(mine)
		switch len(mine) {
		case 0:
			class[v] = never
		case 1:
			class[v] = mine[0]
		default:
			key = key[:0]
			for _, u := range mine {
				key = binary.LittleEndian.AppendUint32(key, uint32(u))
			}
			if first, ok := byUsers[string(key)]; ok {
				class[v] = first
			} else {
				byUsers[string(key)] = v
			}
		}
	}
	alone := make([]bool, len(class)) // nothing has joined the node, so that its own needs are all
	for v := range alone {
		alone[v] = true
	}
	for v, c := range class {
		if c != int32(v) && c != never {
			alone[c] = false
		}
	}
	for v := range class {
		if alone[v] && class[v] == int32(v) && p.Cost[v] == 0 && !grouped[v] && len(p.Needs[v]) == 1 {
			class[v] = p.Needs[v][0]
		}
	}
	return class
}

// contract returns the problem with one node for each class, and for each node the one it is in.
func (p *Problem) contract(class []int32) (Problem, []int32) {
	root := func(v int32) int32 {
		for class[v] != v {
			if class[v] == never {
				return never
			}
			if next := class[class[v]]; next != never {
				class[v] = next // shorter for the next who asks
			}
			v = class[v]
		}
		return v
	}
	to := make([]int32, len(class))
	count := int32(0)
	for v := range class {
		if class[v] == int32(v) {
			to[v] = count
			count++
		}
	}
	for v := range class {
		if r := root(int32(v)); r == never {
			to[v] = never
		} else {
			to[v] = to[r]
		}
	}
	q := Problem{
		Value: make([]int64, count), Cost: make([]int64, count), Needs: make([][]int32, count),
		Capacity: p.Capacity,
	}
	for v, c := range to {
		if c == never {
			continue
		}
		q.Value[c] += p.Value[v]
		q.Cost[c] += p.Cost[v]
		for _, w := range p.Needs[v] {
			if to[w] != c && to[w] != never {
				q.Needs[c] = append(q.Needs[c], to[w])
			}
		}
	}
	for c, needs := range q.Needs {
		slices.Sort(needs)
		q.Needs[c] = slices.Compact(needs)
	}
	for _, group := range p.Groups {
		var left []int32
		for _, v := range group {
			if to[v] != never {
				left = append(left, to[v])
			}
		}
		slices.Sort(left)
		if left = slices.Compact(left); len(left) > 1 {
			q.Groups = append(q.Groups, left)
		}
	}
	return q, to
}
