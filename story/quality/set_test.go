package quality_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/quality"
)

func TestUniform(t *testing.T) {
	require.Equal(t,
		[]found{{2, "goal", field.Hint, "I need"}, {2, "benefit", field.Hint, "in order to"}},
		check(t, quality.Uniform, "uniform.uniform",
			"As a user, I want to pay, so that I can eat",
			"As an owner, I WANT TO BE ABLE TO earn, so that that I can eat",
			"As a guest, I need a table in order to eat",
			"As a cook",
		))
	require.Equal(t, []found{{1, "goal", field.Hint, "I need"}}, check(t, quality.Uniform, "uniform.uniform",
		"As a user, I want X", "As a user, I need Y"), "of equals the first is the norm")
	require.Empty(t, check(t, quality.Uniform, ""))
}

func TestIdentical(t *testing.T) {
	require.Equal(t,
		[]found{
			{2, "text", field.Defect, "as an user i want to pay"},
			{3, "text", field.Defect, "As a user, I can pay!"},
		},
		check(t, quality.Identical, "unique.identical",
			"As a user, I want to pay.", "As a user, I want to eat.",
			"as an user i want to pay", "As a user, I can pay!"))
	require.Empty(t, check(t, quality.Identical, "", "", "", " "), "empty texts are no stories")
}

func TestFindingNamesTheOtherStory(t *testing.T) {
	set := quality.Read("As a user, I want X", "As a cook, I want to eat", "As a user, I want X", "As a cook, I want to eat so I live")
	var others [][]int
	for _, f := range quality.Check(set, quality.Identical, quality.Similar) {
		others = append(others, append([]int{f.Story}, f.Others...))
	}
	require.Equal(t, [][]int{{2, 0}, {3, 1}}, others)
}

func TestSimilar(t *testing.T) {
	a := "As a researcher, I want to read the data into Julia in seconds"
	b := "As a researcher, I want to read the data into Excel in seconds"
	c := "As a chemist, I want to read the data into Excel in minutes"
	require.Equal(t, []found{{2, "text", field.Hint, b}}, check(t, quality.Similar, "unique.similar", a, c, b))
	require.Empty(t, check(t, quality.Similar, "", a, a), "identical stories are left to Identical")
	require.Empty(t, check(t, quality.Similar, "", "As a user, I want X", "As a user, I want Y"), "too short")
	require.Equal(t, []found{{1, "text", field.Hint, "As a user, I want X, so that I can sleep"}},
		check(t, quality.Similar, "unique.similar",
			"As a user, I want X, so that we win", "As a user, I want X, so that I can sleep"))
}
