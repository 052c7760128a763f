package story

import (
	"slices"

	"github.com/backlogkit/backlogkit/story/field"
)

// PokerVote is the card that somebody laid in a round of planning poker.
type PokerVote struct {
	Person string `json:"person"`
	Card   string `json:"card"` // the name of a step, or [NoIdea]
}

// NoIdea is the card of somebody who cannot estimate.
const NoIdea = "?"

// PokerRound is the result of a round of planning poker once all cards are turned over. Either there is
// consensus, or those who laid the lowest and the highest card explain first and the team votes
// again. There is no average: a difference is a reason to talk
// (James Grenning, Planning Poker, 2002).
type PokerRound struct {
	Consensus Estimate `json:"consensus,omitzero"` // unset if there is none
	Low       Estimate `json:"low,omitzero"`       // the lowest card laid; unset if all laid [NoIdea]
	High      Estimate `json:"high,omitzero"`      // the highest: the spread is from Low to High
	Lowest    []string `json:"lowest"`             // who laid the lowest card, in the order of the votes
	Highest   []string `json:"highest"`            // who laid the highest card; both empty if all agree
	NoIdea    []string `json:"no_idea"`            // who laid [NoIdea]; with any there is no consensus
}

// IsAgreed reports whether all laid the same card.
func (r PokerRound) IsAgreed() bool { return !r.Consensus.IsZero() }

// Reveal turns the cards over. Errors: an invalid scale; no votes; a vote without a person, a second
// one by the same person, or a card that is not on the scale; all of them are reported.
func Reveal(scale Scale, votes []PokerVote) (PokerRound, error) {
	if err := field.Join(scale.Validate(), checkVotes(scale, votes)); err != nil {
		return PokerRound{}, err
	}
	round := PokerRound{Lowest: []string{}, Highest: []string{}, NoIdea: []string{}}
	var laid []int // by vote, the index of the step
	for _, vote := range votes {
		if vote.Card == NoIdea {
			round.NoIdea = append(round.NoIdea, vote.Person)
			continue
		}
		step, _ := scale.step(vote.Card)
		laid = append(laid, slices.IndexFunc(scale, func(other ScaleStep) bool { return other.Name == step.Name }))
	}
	if len(laid) == 0 {
		return round, nil
	}
	lowest, highest := slices.Min(laid), slices.Max(laid)
	round.Low, round.High = DecimalPoints(scale[lowest].Points), DecimalPoints(scale[highest].Points)
	if lowest == highest {
		if len(round.NoIdea) == 0 {
			round.Consensus = DecimalPoints(scale[lowest].Points)
		}
		return round, nil
	}
	for _, vote := range votes {
		switch step, _ := scale.step(vote.Card); step.Name {
		case scale[lowest].Name:
			round.Lowest = append(round.Lowest, vote.Person)
		case scale[highest].Name:
			round.Highest = append(round.Highest, vote.Person)
		}
	}
	return round, nil
}

func checkVotes(scale Scale, votes []PokerVote) error {
	if len(votes) == 0 {
		return field.New("story", "votes", "", "at least one vote")
	}
	var errs []error
	seen := make(map[string]bool, len(votes))
	for i, vote := range votes {
		path := field.Index("votes", i)
		errs = append(errs, field.CheckTitle("story", path+".person", vote.Person))
		if seen[vote.Person] {
			errs = append(errs, field.New("story", path+".person", vote.Person, "one vote a person"))
		}
		seen[vote.Person] = true
		if _, ok := scale.step(vote.Card); !ok && vote.Card != NoIdea {
			errs = append(errs, scale.noStep(path+".card", vote.Card))
		}
	}
	return field.Join(errs...)
}
