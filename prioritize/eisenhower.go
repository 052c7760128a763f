package prioritize

// EisenhowerInput holds what [Eisenhower] scores one item by.
type EisenhowerInput struct {
	Urgent    bool `json:"urgent"`
	Important bool `json:"important"`
}

// Validate returns nil: all four combinations are possible.
func (EisenhowerInput) Validate() error { return nil }

// EisenhowerAction is what to do with an item.
type EisenhowerAction uint8

// The actions, in their order.
const (
	EisenhowerDo        EisenhowerAction = iota + 1 // urgent and important
	EisenhowerSchedule                              // important, not urgent
	EisenhowerDelegate                              // urgent, not important
	EisenhowerEliminate                             // neither
)

// Action returns what to do with the item.
func (in EisenhowerInput) Action() EisenhowerAction {
	switch {
	case in.Urgent && in.Important:
		return EisenhowerDo
	case in.Important:
		return EisenhowerSchedule
	case in.Urgent:
		return EisenhowerDelegate
	}
	return EisenhowerEliminate
}

var eisenhowerActions = &enum[EisenhowerAction]{
	kind: "EisenhowerAction", field: "action", texts: []string{"do", "schedule", "delegate", "eliminate"},
}

// String returns "do", "schedule", "delegate" or "eliminate".
func (a EisenhowerAction) String() string { return eisenhowerActions.text(a) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (a EisenhowerAction) MarshalText() ([]byte, error) { return eisenhowerActions.marshal(a) }

// UnmarshalText reads the text form in any letter case, with words joined by "-", "_" or a space.
// Anything else is a [*FieldError].
func (a *EisenhowerAction) UnmarshalText(text []byte) error {
	return eisenhowerActions.unmarshal(text, a)
}

// Eisenhower puts what is urgent and important first, then what is important, then what is urgent,
// then the rest. Items of one field tie.
//
// Source: Stephen Covey, The 7 Habits of Highly Effective People, 1989, habit 3, after a saying of
// Dwight D. Eisenhower.
type Eisenhower struct{}

// Score scores each input by [Eisenhower.ScoreItem].
func (m Eisenhower) Score(inputs []EisenhowerInput) ([]Score, error) {
	return Each(inputs, m.ScoreItem)
}

// ScoreItem returns 0 in the class of the action, from 1 for do to 4 for eliminate.
func (Eisenhower) ScoreItem(in EisenhowerInput) (Score, error) {
	return Integer(0).InClass(int32(in.Action())), nil
}

// Terms returns the action as a term: "schedule".
func (Eisenhower) Terms(in EisenhowerInput) []Term {
	return []Term{{Name: "action", Effect: Orders, Text: in.Action().String()}}
}
