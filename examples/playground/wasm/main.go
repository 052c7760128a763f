//go:build js && wasm

// Command wasm is what runs in the page: it gives JavaScript the function backlogkit, from a request to a response, both
// texts in JSON.
package main

import (
	"syscall/js"

	"github.com/backlogkit/backlogkit/examples/playground/internal/playground"
)

func main() {
	session := new(playground.Session)
	js.Global().Set("backlogkit", js.FuncOf(func(_ js.Value, arguments []js.Value) any {
		return string(session.Answer([]byte(arguments[0].String())))
	}))
	select {} // the function is called until the page goes away
}
