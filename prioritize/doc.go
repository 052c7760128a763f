// Package prioritize ranks items by the methods of the field, exactly and with reasons.
//
// A [Method] turns what is known about items into scores; [Rank] turns scores into an order:
//
//	candidates := []prioritize.Candidate[string, prioritize.WSJFInput]{
//		{Key: "login", Input: prioritize.WSJFInput{ ... }},
//		{Key: "export", Unscored: "not estimated yet"},
//	}
//	ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
//	for row := range ranking.All() {
//		fmt.Println(row.Position, row.Key, row.Score.At(2), ranking.Sentence(row.Key, 2))
//	}
//
// Numbers are decimals of github.com/shopspring/decimal. Keys are of any comparable type; the package does not depend on stories or backlogs.
//
// # Choosing a method
//
// Ask what is known about the items, and by whom.
//
//   - Nothing but how much a timeframe needs each: [MoSCoW]. It sorts into categories and leaves the order
//     within one to you, or to a second method: see [Chain]. plan.FillTimebox returns what fits and what
//     is dropped first.
//   - What waiting costs, and how big the work is: [WSJF] with relative estimates of a team, [CD3] with money
//     and time. Both favour short jobs, which is right when the same people do one after the other.
//   - How many people it reaches, how much it does for each, how sure that is, and what it takes, as numbers
//     that mean something outside the team: [RICE]. It favours evidence, and shows where there is none.
//   - A quick guess, or two questions: [ICE], [ValueEffort] with its quadrants, [Eisenhower].
//   - What customers answered: [Kano] for features they have or lack, [Opportunity] for needs that matter and
//     are badly met.
//   - Several criteria that somebody weighed: [Weighted], [ThemeScreening] against a baseline, [Wiegers] with
//     value, cost and risk ([RelativeWeighting] is the case without risk).
//   - What stakeholders would spend: [CumulativeVoting] with points, [BuyFeature] with play money.
//   - Which of two is better, again and again: pairwise.AHP for judgements of experts with a check of their
//     consistency, pairwise.BradleyTerry and pairwise.Elo for many contests.
//   - Tasks with due dates, tags and waiting: [Urgency].
//   - Something else: a [Formula] is a Go function from your input type to a [Score]; a [Method] sees the
//     whole set. Have prioritizetest check either.
//   - More than one of these: a [Chain] asks the next method only where one leaves a tie, a [Blend] weighs
//     them against each other after bringing them to one scale.
//
// [Assessment] holds the inputs of all of them for one item, so that the choice can change.
//
// [Candidates] reads the inputs of a method from a score sheet, whose columns it finds by the method's factors.
//
// A score of 0 is an estimate; a missing number is not. Whatever a method cannot score is in
// [Ranking.Unscored] with the reason, and whatever is impossible, such as a job size of 0, fails the call
// with one error that names every such item, field and value: see [ItemError] and [FieldError].
//
// # How much to trust an order
//
//   - [Ranking.Ties] are equal as fractions. A method's published tie rule breaks them, then the caller's
//     ([RankBy]), then input order; they stay reported as ties.
//   - [Ranking.Terms] and [Ranking.Sentence] are how a score came about.
//   - [Compare] sets the orders of two methods side by side: how much they agree, and which items they
//     disagree about, and why.
//   - [Sensitivity] returns how far one estimate must be wrong before an item changes places.
//   - [Stability] returns how often an item stays first when all estimates are uncertain.
//   - [CheckScale] lists what departs from the scale that a method's source asks for.
//
// # From scores to plans
//
// Package plan makes plans of scores, package pairwise scores by comparisons of two.
//
//   - plan.Sequence is the order that loses least value where items need each other, with a bound on
//     how far from the best it can be, mostly proven the best, and a reason for each place.
//   - plan.Select is the release that serves the most value within a capacity, with a bound likewise.
//   - plan.Split cuts an order into sprints or releases, plan.SelectReleases fills one release after the
//     other; what was promised stays unless you let it move.
//
// # Exactness
//
// Scores are fractions of integers, compared by cross-multiplication, never by a rounded quotient or a
// float; [Score.At] rounds once, for display. Decimals of up to 100 digits and exponents within ±1000 rank
// exactly, larger ones are refused. Floats are used where a result is a correlation or a frequency of random
// draws, and to sort by an approximation that exact comparison then settles.
//
// Everything is deterministic. Nothing here reads a clock, a file or a random source of its own.
package prioritize
