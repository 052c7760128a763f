package backlog_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// Keys of objects are those of the kind, in small letters, each once; what people are called is free where it is a key.
func TestKeysOfChanges(t *testing.T) {
	id := storyID(1).String()
	votes := func(names ...string) string {
		all := make([]string, len(names))
		for i, name := range names {
			all[i] = fmt.Sprintf("%q:\"1\"", name)
		}
		return fmt.Sprintf(`{"story":%q,"assessment":{"votes":{"votes":{%s}}}}`, id, strings.Join(all, ","))
	}
	many := make([]string, 70)
	for i := range many {
		many[i] = fmt.Sprint("Person ", i)
	}
	again := func(i int) string { return votes(append(many[:len(many):len(many)], many[i])...) }
	few := func(n, i int) string { return votes(append(many[:n:n], many[i])...) }
	with := func(text string) string { return fmt.Sprintf(`{"story":%q,%s}`, id, text) }
	for _, test := range []struct{ kind, data, want string }{
		{"assess_story", votes("Ann", "Zoë van Ö", "A.b-c", ""), ""},
		{"assess_story", votes(many...), ""},
		{"assess_story", votes(many[:31]...), ""},
		{"assess_story", votes(many[:32]...), ""},
		{"assess_story", votes(many[:33]...), ""},
		{"assess_story", with(`"assessment":{"weighted":{"ratings":{"User Value":"1","Risk":"2"}}}`), ""},
		{"assess_story", with(`"assessment":{"buy_feature":{"price":"9","offers":{"Zoë":"1"}},"votes":{"votes":{"Zoë":"1"}}}`), ""},
		{"assess_story", with(`"assessment":{"votes":{"votes":{"Ann":"1"}},"weighted":{"ratings":{"Ann":"1"}}}`), ""},
		{"drop_story", with(`"reason":"a \" { [ , : } ] \\"`), ""},
		{"drop_story", " \t\r\n" + with(`"reason":"\\"`) + " \r\n\t", ""},
		{"edit_story", with(`"labels":["A b","A b","story"]`), ""},
		{"add_dependency", fmt.Sprintf(`{"item":{"story":%q},"needs":{"story":%q}}`, id, id), ""},
		{"split_story", fmt.Sprintf(`{"into":[{"id":%q,"title":"a"},{"id":%q,"title":"b"}],"story":%q}`, id, id, id), ""},
		{"vote_confidence", fmt.Sprintf(`{"increment":%q,"votes":[4,3]}`, id), ""},

		{"assess_story", votes("Ann", "Ben", "Ann"), `field "Ann" twice`},
		{"assess_story", few(31, 0), `field "Person 0" twice`},
		{"assess_story", few(32, 31), `field "Person 31" twice`},
		{"assess_story", few(33, 32), `field "Person 32" twice`},
		{"assess_story", again(0), `field "Person 0" twice`},
		{"assess_story", again(31), `field "Person 31" twice`},
		{"assess_story", again(69), `field "Person 69" twice`},
		{"assess_story", with(`"assessment":{"Votes":{"votes":{}}}`), `unknown field "Votes"`},
		{"assess_story", with(`"assessment":{"votes":{"Votes":{}}}`), `unknown field "Votes"`},
		{"assess_story", with(`"assessment":{"rice":{"Reach":"1"}}`), `unknown field "Reach"`},
		{"assess_story", with(`"Assessment":{}`), `unknown field "Assessment"`},
		{"drop_story", with(`"reason":"a","reason":"b"`), `field "reason" twice`},
		{"drop_story", with(`"reason":"a","Reason":"b"`), `unknown field "Reason"`},
		{"drop_story", with(`"re\u0061son":"a"`), `unknown field "re\\u0061son"`},
		{"drop_story", with(`"":"a"`), `unknown field ""`},
		{"add_dependency", fmt.Sprintf(`{"item":{"story":%q,"story":%q}}`, id, id), `field "story" twice`},
		{"split_story", fmt.Sprintf(`{"story":%q,"into":[{"id":%q,"Title":"a"}]}`, id, id), `unknown field "Title"`},
		{"drop_story", with(`"reason":"a"`) + "{}", "more than one JSON value"},
		{"drop_story", with(`"reason":"a"`) + "]", "more than one JSON value"},
	} {
		change, err := backlog.DecodeChange(test.kind, []byte(test.data))
		if test.want == "" {
			require.NoError(t, err, test.data)
			require.Equal(t, test.kind, change.Kind())
			continue
		}
		require.ErrorIs(t, err, backlog.ErrMalformed, test.data)
		require.ErrorContains(t, err, test.want)
		require.Nil(t, change)
	}
}

// A value of another type is refused in words of JSON.
func TestTypesOfChanges(t *testing.T) {
	for _, test := range []struct{ kind, data, want string }{
		{"drop_story", `{"story":7}`, `story is "a JSON number", want a text`},
		{"drop_story", `{"reason":true}`, `reason is "a JSON bool", want a text`},
		{"close_sprint", `{"keep_review":"yes"}`, `keep_review is "a JSON string", want true or false`},
		{"move_goal", `{"to":"first"}`, `to is "a JSON string", want a whole number`},
		{"move_goal", `{"to":1.5}`, `to is "a JSON number 1.5", want a whole number`},
		{"commit_stories", `{"stories":"all"}`, `stories is "a JSON string", want a list`},
		{"add_horizon", `{"horizon":7}`, `horizon is "a JSON number", want an object`},
		{"drop_story", `[1]`, `change is "[1]", want an object`},
		{"drop_story", `"` + strings.Repeat("a", 99) + `"`, `change is "\"aaaaaaaaaaaaaaaaaaa", want an object`},
		{"drop_story", ` `, `change is " ", want an object`},
	} {
		_, err := backlog.DecodeChange(test.kind, []byte(test.data))
		require.ErrorIs(t, err, backlog.ErrMalformed)
		require.ErrorContains(t, err, test.want)
	}
}

// The fast reader takes what is usual: any order, space, several roles and teams, notes, the greatest numbers.
func TestScanEventTakes(t *testing.T) {
	const (
		head  = `"version":1,"seq":%s,"at":"2027-01-04T09:00:00.5Z"`
		by    = `"by":{"name":"Zoë","roles":[{"role":"product_owner","team":"rot"},{"team":"blå","role":"developer"}]}`
		alone = `"by":{"name":"Zoë"}`
		tail  = `"as":"product_owner","kind":"drop_goal","change":{"goal":"01000000-0000-0000-0000-000000000001","reason":"a b"}`
		notes = `"note":"as agreed","correlation":"request 7"`
	)
	reversed := strings.Split(`{"change":{"reason":"x"}`+"\n"+`"kind":"drop_goal"`+"\n"+`"as":"developer"`+"\n"+alone+"\n"+
		`"at":"2027-01-04T09:00:00Z"`+"\n"+`"seq":7`+"\n"+`"version":1}`, "\n")
	for _, data := range []string{
		"{" + fmt.Sprintf(head, "0") + "," + by + "," + tail + "}",
		"{" + fmt.Sprintf(head, "10") + "," + by + "," + tail + "," + notes + "}",
		"{" + notes + "," + fmt.Sprintf(head, fmt.Sprint(uint64(math.MaxUint64))) + "," + alone + "," + tail + "}",
		" \t\r\n{ " + fmt.Sprintf(head, " 9 ") + " ,\r\n" + alone + "\t, " + tail + " } \t\r\n",
		strings.Join(reversed, ","), strings.Join(reversed, " , "),
	} {
		event, ok := backlog.ScanEvent([]byte(data))
		require.True(t, ok, data)
		again, err := backlog.ReadEvent([]byte(data))
		require.NoError(t, err)
		require.Equal(t, again, event)
	}
}
