// Package quality finds flaws in user stories: in one story and among the stories of a set.
//
// A [Rule] looks at a [Set] and returns a [Finding] for each flaw, with its place, its severity and how
// to correct it. The rules of this package follow the Quality User Story framework (Lucassen,
// Dalpiaz, van der Werf, Brinkkemper, "Improving agile requirements", 2016) and bear the names that
// its linter AQUSA gives them where both look for the same thing:
//
//	set := quality.Read(
//		"As a visitor, I want to browse and search the catalogue, so that I can buy (or not)",
//		"As a visitor, I want it",
//	)
//	for _, f := range quality.Check(set) {
//		fmt.Println(f.Story, f)
//	}
//
// Check runs the rules of [Rules] unless it is given others: a rule is one func, so a host picks,
// orders and adds rules as it likes, and [Each] makes one of a func that looks at a single story.
// The vocabulary of a language is a [Words]; [English] is built in, and a host for another language
// supplies its own.
//
// [INVEST] sorts the findings by the letters of INVEST, [Suggest] returns a sentence in its usual form where
// nothing but commas and articles changes, [CheckCriteria] judges whether acceptance criteria can be tested.
//
// The comment of a rule states how often it is right, and so does [Finding.Precision], measured on 666 real stories of
// ten projects (Dalpiaz, "Requirements data sets (user stories)", 2018) against what people marked in them, by reading
// its findings one after another, or against AQUSA. A rule that is right in less than 85 % reports hints alone.
//
// Everything runs in time linear in the size of the set, but for the final sort of the findings.
package quality
