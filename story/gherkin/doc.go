// Package gherkin reads and writes acceptance criteria in the Given/When/Then language Gherkin (6
// and later), and finds what is wrong with them.
//
// [Parse] reads a feature file, [ParseScenario] a scenario alone as people type it into a ticket,
// with or without its "Scenario:" line:
//
//	scenario, err := gherkin.ParseScenario("Given a cart\nWhen I pay\nThen I get a receipt")
//
// The result is a tree of plain values: a [Document] has a [Feature], a feature has a [Background],
// scenarios and rules, a [Scenario] has steps and [Examples], a [Step] has a [DataTable] and a
// [DocString]. Each value has its [Position]: line and column, counted from 1, columns in
// characters (runes), not bytes.
//
// # Errors
//
// A text that is no Gherkin gives [SyntaxErrors]: everything that is wrong with it, each with its
// position and what was expected there. What could be read is returned beside the errors. The
// reading continues after an error as the reference parsers do, so the errors stand at the same
// places as theirs.
//
// [Decode] returns the text of a file that is in another encoding than UTF-8.
//
// Lines end in "\n" or "\r\n". Any Unicode space counts as space around names, texts and cells.
//
// # Languages
//
// A text is in English, or in the language that its header names, such as "# language: fr". German, English, Spanish and
// French are built in ([Dialects]). Keywords of other languages are values: [ParseDialects] reads the official list. A
// [Parser] has them, and can be told the language of texts without a header:
//
//	parser := gherkin.Parser{Dialects: dialects, Language: "pl"}
//
// # Writing
//
// The String methods write the one canonical form of a tree: two spaces a level, tables aligned,
// tags on one line, doc strings below their step. Descriptions and comments are written as they
// are, their indentation being part of their text. Reading what was written gives an equal tree
// ([Document.Equal]), and writing that gives the same text.
//
// # Checks
//
// [Document.Check] runs checks over a document, [Scenario.Check] over a scenario alone, and returns a
// [Flaw] for each place. A [Check] is a name, a field.Severity and a func; [Checks] lists the ones built in, under the names known from
// gherkin-lint and gherkin_lint. A caller drops some, changes a severity, or appends its own.
//
// # Costs
//
// Everything takes time and memory in proportion to the text, whatever the text, and no recursion
// goes deeper than the five levels of the language.
package gherkin
