package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLocate(t *testing.T) {
	const data = ` {"a": {"id": 1, "b": [2]} , "id" : "x:,", "list": [ {"k":[[]]}, {"k": null} ]}`
	tests := map[string]struct {
		to   path
		want string // what begins there
	}{
		"the whole":        {nil, `{"a"`},
		"not the nested":   {path{"id"}, `"x:,"`},
		"in an object":     {path{"a", "id"}, `1, "b"`},
		"in a list":        {path{"list", 1, "k"}, `null`},
		"first of a list":  {path{"list", 0, "k"}, `[[]]`},
		"no such field":    {path{"list", 1, "z"}, `{"k": null`},
		"no such index":    {path{"list", 2}, `[ {"k"`},
		"nothing below it": {path{"id", "z"}, `"x:,"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, data[locate(data, test.to):][:len(test.want)])
		})
	}
}
