// Package exchange reads what trackers export, and writes what they import.
//
// [Read] takes a file of any of the formats of [Formats] apart into a [Document]: items, links between them, and what
// could not be carried. The format is found by looking at the file; [Options] hold what a file does not contain, such as the
// zone of its dates. A document is neutral: it does not depend on the tracker, and nothing in it has met a rule of a backlog.
//
//	doc, err := exchange.Read(file, exchange.Options{Name: "export.csv", Location: berlin})
//	fmt.Println(doc.Format, len(doc.Items), "items,", len(doc.Losses), "cells could not be carried")
//
// # Nothing is lost in silence
//
// A cell is a value of a table that is not blank, or a scalar of a JSON document that is not null or a blank string.
// Each ends in exactly one place: a field of an item or a link; a custom value of an item, [Item.Custom], under the
// name of its column, or of the document, [Document.Values]; or [Document.Losses], with the reason. So Cells = Carried + Custom + len(Losses).
//
// # What the file as a whole decides
//
// Is 3/4/2025 in March or in April, and is 1.200 more than a thousand? One cell cannot answer that, so all cells of
// the file are looked at first. Where nothing in the file decides, [Document.Warnings] names the choice that was made
// and the option that makes the other.
//
// # Into a backlog
//
// [Document.Import] returns the changes that bring a document into a backlog, and a [Report] of what becomes what, what was
// left out and why, and which rules of practice the past breaks. The [Mapping] that [Document.Mapping] proposes can be edited.
// The same file again changes nothing, and a newer one what changed.
//
//	changes, report, err := doc.Import(v, doc.Mapping())
//	events, err := b.Decide(changes, admin, now, backlog.DecideOptions{Note: "export.csv"})
//
// # Out again
//
// [Write] writes a backlog, and [Document.Write] a document, as other trackers import it, and returns what they cannot hold: it
// reads back what it wrote, and whatever is not the same is listed. [DocumentOf] is a backlog as a document.
//
//	losses, err := exchange.Write(out, v, exchange.LinearCSV)
//
// # Score sheets
//
// [ReadSheet] reads a table of numbers to prioritise by, for [prioritize.Candidates]; [CheckSheet] returns which methods
// it fits and where the scores that it has worked out are wrong.
//
// # JSON, lines, and several files
//
// In a document in JSON, a column is a path: "labels[].name". In a file with an object a line, a line that is none
// costs that line: it is in [Document.Skipped]. Files of a format of which a file can hold many, such as issues a line, the tasks of
// Backlog.md and feature files, are read as one with [io.MultiReader].
//
// # Formats of one's own
//
// A table with other headers is read once [Options.Columns] names them. The tables of the built-in
// formats are of the same type.
package exchange
