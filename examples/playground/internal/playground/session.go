// Package playground answers what the page asks: a request in JSON, a response in JSON. It reads no file and no clock,
// so the same request gets the same bytes in a browser, in node and in a native program.
//
//	response := new(playground.Session).Answer([]byte(`{"text": "title,user_business_value,…"}`))
//
// A request holds the whole state of the page: the text, what is asked about it, and the numbers that were moved. What
// is found in the text decides which views there are. A response has marks, which are places in the text, and blocks,
// which are tables, pictures and the like for the page to show. The page has no logic of its own.
package playground

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Session answers requests. It keeps what it read last, since most requests are about the same text; no answer depends
// on that. The zero value is ready. A session is for one goroutine.
type Session struct {
	name, text string
	kind       Kind
	read       *input
}

// Request is the state of the page, and what is asked.
type Request struct {
	Name   string   `json:"name,omitzero"` // of the file; it helps to find out what the text is
	Text   string   `json:"text"`
	Kind   Kind     `json:"kind,omitzero"`   // of the text; found out if empty
	View   string   `json:"view,omitzero"`   // the first one of the kind if empty
	Method string   `json:"method,omitzero"` // to rank by; the first that fits if empty
	With   []string `json:"with,omitzero"`   // methods to compare; all that fit if empty
	Item   int      `json:"item,omitzero"`   // the row whose numbers can be moved, from 1; one of the first if 0
	Moves  []Move   `json:"moves,omitzero"`  // numbers that are others than in the sheet
	Rows   int      `json:"rows,omitzero"`   // of a table at most, up to 5000; 100 if 0
	As     string   `json:"as,omitzero"`     // the format of a file to return: csv, json, markdown, or one of a tracker
}

// Move is a number of the sheet that is to be another.
type Move struct {
	Row    int    `json:"row"` // from 1
	Factor string `json:"factor"`
	Value  string `json:"value"`
}

// Response is what was found.
type Response struct {
	Error   string   `json:"error,omitzero"` // why the request itself cannot be answered
	Kind    Kind     `json:"kind,omitzero"`
	Why     string   `json:"why,omitzero"` // how the kind was found
	Views   []Option `json:"views,omitzero"`
	View    string   `json:"view,omitzero"`
	Methods []Option `json:"methods,omitzero"` // that fit the sheet
	Method  string   `json:"method,omitzero"`
	Summary string   `json:"summary,omitzero"` // one sentence
	Marks   []Mark   `json:"marks,omitzero"`
	Blocks  []Block  `json:"blocks,omitzero"`
	Files   []Option `json:"files,omitzero"` // what the result can be downloaded as
	File    *File    `json:"file,omitzero"`  // if one was asked for
}

// Option is one of several to choose from.
type Option struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Note  string `json:"note,omitzero"`
}

// File is a file to download.
type File struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Text string `json:"text"`
}

// The bounds of a request and of what is shown of the response.
const (
	maxText  = 32 << 20 // bytes
	fewRows  = 100
	manyRows = 5000
	maxMarks = 500
	maxMoves = 100

	maxSentence = 500 // characters: a title that is in it may be as long as the text
)

// Answer answers a request. What is wrong with the request is in the response too.
func (s *Session) Answer(request []byte) []byte {
	var asked Request
	var response *Response
	if err := json.Unmarshal(request, &asked); err != nil {
		response = &Response{Error: fmt.Sprintf("the request cannot be read: %v", err)}
	} else {
		response = s.answer(&asked)
	}
	return encode(response, "")
}

func encode(value any, indent string) []byte {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	to.SetIndent("", indent)
	if err := to.Encode(value); err != nil { // which no response makes
		return fmt.Appendf(nil, `{"error":%q}`, err.Error())
	}
	return out.Bytes()
}

func (s *Session) answer(asked *Request) *Response {
	switch {
	case len(asked.Text) > maxText:
		return &Response{Error: fmt.Sprintf("the text has %d bytes, want at most %d", len(asked.Text), maxText)}
	case len(asked.Moves) > maxMoves:
		return &Response{Error: fmt.Sprintf("%d numbers are moved, want at most %d", len(asked.Moves), maxMoves)}
	case asked.Kind != "" && kindNamed(asked.Kind) == nil:
		return &Response{Error: fmt.Sprintf("the kind is %q, want %s", asked.Kind, kindNames())}
	}
	if s.read == nil || s.name != asked.Name || s.text != asked.Text || s.kind != asked.Kind {
		s.name, s.text, s.kind = asked.Name, asked.Text, asked.Kind
		s.read = read(asked.Name, asked.Text, asked.Kind)
	}
	in := *s.read
	r := &Response{Kind: in.kind, Why: in.why}
	a := &answer{Request: asked, Response: r, input: &in}
	a.rows = min(asked.Rows, manyRows)
	if a.rows <= 0 {
		a.rows = fewRows
	}
	if asked.As != "" {
		a.rows = 1 << 30
	}
	a.marks = append(a.marks, in.marks...)
	a.respond()
	r.Summary, r.Why, r.Error = shorten(r.Summary, maxSentence), shorten(r.Why, maxSentence), shorten(r.Error, maxSentence)
	r.Marks = marksOf(in.text, a.marks)
	if asked.As != "" && r.Error == "" {
		a.export(asked.As)
	}
	return r
}

// answer is a response in the making.
type answer struct {
	*Request
	*Response
	*input
	rows  int
	marks []place
}

// respond shows the view that is asked for.
func (a *answer) respond() {
	views := a.views()
	for _, v := range views {
		a.Views = append(a.Views, Option{Name: v.name, Title: v.title})
	}
	if len(views) == 0 {
		a.Summary = a.nothing
		return
	}
	chosen := views[0]
	for _, v := range views {
		if v.name == a.Request.View {
			chosen = v
		}
	}
	a.Response.View = chosen.name
	chosen.show(a)
	a.Files = append(a.Files, Option{Name: "csv", Title: "CSV"}, Option{Name: "json", Title: "JSON"}, Option{Name: "markdown", Title: "Markdown"})
	a.Files = append(a.Files, a.targets()...)
}

// view is one way to look at what was read.
type view struct {
	name, title string
	show        func(*answer)
}
