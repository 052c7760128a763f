package exchange_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// Lines of numbers are no list of stories, and are told so; lines of words are one, in any script.
func TestLinesOfNumbers(t *testing.T) {
	for _, text := range []string{"18\n13\n12\n", "3\n20\n4 3 4 1 5\n", "2026-01-05\n2026-01-06\n", "1.5\n\n-2\n"} {
		_, err := exchange.Read(strings.NewReader(text), exchange.Options{Name: "numbers.txt"})
		require.ErrorContains(t, err, "lines of numbers", text)
	}
	for _, text := range []string{"Pay by card\n2\n", "Оплатить картой\nПечать\n", "支払う\n印刷\n", "1. Pay\n2. Print\n"} {
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{Name: "words.txt"})
		require.NoError(t, err, text)
		require.Len(t, doc.Items, 2)
	}
}
