package prioritize

// Chain ranks by its first part, items that tie there by the second, and so on: MoSCoW, then WSJF
// within a category. An item is unscored when any part cannot score it.
//
// The score of an item is that of its last part, in a class that counts the distinct results ahead of
// it, from 1. What all parts leave tied is a tie; it is broken by the tie rules of the parts in turn.
//
// Cost: that of the parts, and O(n log n) for each.
type Chain[A any] []ChainPart[A]

// Score compares the parts exactly, one after the other. All errors of all parts are joined; a chain
// without parts is a [*FieldError].
func (c Chain[A]) Score(inputs []A) ([]Score, error) {
	parts, err := scoreParts(c, inputs)
	if err != nil {
		return nil, err
	}
	result := make([]Score, len(inputs))
	var items []int32
	for i := range inputs {
		if missing, ok := missingIn(parts, i); ok {
			result[i] = missing
		} else {
			items = append(items, int32(i))
		}
	}
	for i, class := range lexicographic(parts, items) {
		item := items[i]
		result[item] = parts[len(parts)-1][item].InClass(class)
	}
	return result, nil
}

// lexicographic returns, for each of the items, its place among the distinct results, from 1.
func lexicographic(parts [][]Score, items []int32) []int32 {
	place := make([]int32, len(items))
	order := make([]int32, len(items))
	for _, scores := range parts {
		// Each part refines the places so far: first by class within them, then by fraction.
		for _, level := range [...]func(Score) Score{
			func(s Score) Score { return Integer(-int64(s.class)) },
			func(s Score) Score { return s },
		} {
			col := newColumn(len(items))
			for i, item := range items {
				col.set(i, level(scores[item]).InClass(place[i]))
				order[i] = int32(i)
			}
			s := sorter{col: col}
			tied := s.sort(order)
			count := int32(0)
			for at, i := range order {
				if !tied.has(at) {
					count++
				}
				place[i] = count
			}
		}
	}
	return place
}

// TieKeys are those of the parts in turn.
func (c Chain[A]) TieKeys() []func(A) Score { return tieKeysOf(c) }

// TermsOf gives one term a part, with the score of the part and its terms: "must, then wsjf
// (8 + 5 + 13) / 5 = 5.2".
func (c Chain[A]) TermsOf(inputs []A) (func(i int) []Term, error) {
	parts, err := scoreParts(c, inputs)
	if err != nil {
		return nil, err
	}
	terms := make([]func(i int) []Term, len(c))
	for p, part := range c {
		terms[p] = part.terms(inputs)
	}
	return func(i int) []Term {
		list := make([]Term, len(c))
		for p, part := range c {
			list[p] = Term{Name: part.name, Effect: Orders, Value: parts[p][i], Parts: terms[p](i)}
		}
		return list
	}, nil
}

func tieKeysOf[A any](parts []ChainPart[A]) []func(A) Score {
	var keys []func(A) Score
	for _, part := range parts {
		keys = append(keys, part.tieKeys...)
	}
	return keys
}
