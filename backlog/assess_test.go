package backlog_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story/field"
)

// A bad assessment is the same class of error as a bad story, with the path to each value.
func TestBadAssessment(t *testing.T) {
	l := product(t, backlog.Options{})
	bad := prioritize.Assessment{
		WSJF: &prioritize.WSJFInput{TimeCriticality: decimal.NewFromInt(-1)},
		RICE: &prioritize.RICEInput{Effort: decimal.NewFromInt(1), Reach: decimal.NewFromInt(-2)},
	}
	for _, err := range []error{
		l.Can(backlog.AssessStory{Story: storyID(1), Assessment: bad}, po, l.At()),
		l.Can(backlog.AssessFeature{Feature: featureID(1), Assessment: bad}, pm, l.At()),
	} {
		require.ErrorIs(t, err, field.ErrInvalid)
		var paths []string
		for problem := range field.All(err) {
			require.Equal(t, "backlog", problem.Package)
			paths = append(paths, problem.Field)
		}
		slices.Sort(paths)
		require.Equal(t, []string{
			"assessment.rice.reach", "assessment.wsjf.job_size", "assessment.wsjf.time_criticality",
		}, slices.Compact(paths))
	}
}
