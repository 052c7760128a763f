package exchange

import "fmt"

// Level is where a kind of item stands: above, beside or below stories.
type Level uint8

// The levels. The zero value is invalid in a document: every item has one.
const (
	LevelGoal    Level = iota + 1 // an initiative, a theme: above features
	LevelFeature                  // an epic, a feature
	LevelStory                    // a story, a bug, a task of its own
	LevelTask                     // a sub-task: part of a story
)

var levelTexts = [...]string{LevelGoal: "goal", LevelFeature: "feature", LevelStory: "story", LevelTask: "task"}

// IsValid reports whether l is one of the four levels.
func (l Level) IsValid() bool { return l >= LevelGoal && l <= LevelTask }

// String returns the text form: "goal", "feature", "story" or "task".
func (l Level) String() string {
	if !l.IsValid() {
		return fmt.Sprintf("Level(%d)", uint8(l))
	}
	return levelTexts[l]
}

// MarshalText returns the text form.
func (l Level) MarshalText() ([]byte, error) {
	if !l.IsValid() {
		return nil, unknownText("level", l.String(), levelTexts[1:])
	}
	return []byte(levelTexts[l]), nil
}

// UnmarshalText reads the text form; l stays as it was on an error.
func (l *Level) UnmarshalText(text []byte) error {
	i, err := indexText("level", text, levelTexts[1:])
	if err == nil {
		*l = Level(i + 1)
	}
	return err
}
