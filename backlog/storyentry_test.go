package backlog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// TestStoryEntrySize holds the memory that a story takes: what few stories have goes behind a pointer.
func TestStoryEntrySize(t *testing.T) {
	require.LessOrEqual(t, backlog.StoryEntrySize, uintptr(256))
}
