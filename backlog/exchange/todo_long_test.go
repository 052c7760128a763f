package exchange_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// A line that no task is costs that line, not the time to take it apart.
func TestTodoLongLine(t *testing.T) {
	long := "(A) 2025-03-01 call " + strings.Repeat("@a ", 50_000)
	doc, err := exchange.Read(strings.NewReader("(A) 2025-03-01 pay @bank\n"+long+"\nx 2025-03-02 2025-03-01 sleep\n"), exchange.Options{Format: exchange.TodoTXT})
	require.NoError(t, err)
	require.Len(t, doc.Items, 2)
	require.Equal(t, []exchange.Skipped{{Row: 2, Reason: "a line of more than 100000 bytes"}}, doc.Skipped)
	require.Equal(t, doc.Cells, doc.Carried+doc.Custom+len(doc.Losses))
}
