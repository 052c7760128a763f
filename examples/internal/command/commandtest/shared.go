package commandtest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Shared is the path of a file or folder of the data beside the checkout, seen from the folder of an
// example. The test is skipped where it is not there.
func Shared(t testing.TB, path ...string) string {
	t.Helper()
	name := filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, path...)...)
	if _, err := os.Stat(name); err != nil {
		t.Skip("the shared data is not there:", err)
	}
	return name
}

// ReadFile is the text of a file.
func ReadFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

// ReadRows is the rows of a file of comma-separated values.
func ReadRows(t testing.TB, name string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(ReadFile(t, name))).ReadAll()
	require.NoError(t, err)
	return rows
}
