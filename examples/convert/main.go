// Command convert reads what a tracker exports and reports what it holds and what could not be carried, or writes it
// as another tracker imports it.
//
//	convert [-to FORMAT] [-format table|json] [-strict] [-import] [-from FORMAT] [-zone NAME] [-dates day|month] [-decimal point|comma] [-dialects FILE] FILE
//
// FILE is an export of Jira, Linear, Azure DevOps, GitHub, GitLab, Trello, Asana, Shortcut, Redmine, beads, task-master,
// Backlog.md, Taskwarrior or todo.txt, a score sheet, a list of stories, or a feature file; see [exchange.Formats]. Which of
// these it is is found out, unless -from names it. Flags may stand behind FILE.
//
// Dates without a zone are in the one of -zone, by default UTC. -dates and -decimal decide what the file does not: which of
// 3/4/2025 is the month, and whether 1.200 has decimals. A feature file in another language than English, German, French and
// Spanish needs -dialects, the official gherkin-languages.json.
//
// # Output
//
// The table is for people. The JSON is a contract:
//
//	{"format": "jira-csv", "certainty": "certain", "rows": 2, "items": 2, "links": 1,
//	 "cells": 20, "carried": 15, "custom": 4,
//	 "losses": [{"row": 3, "column": "Due date", "value": "soon", "reason": "not a date in any form that is known"}],
//	 "skipped_rows": [{"row": 4, "reason": "neither a key nor a title"}],
//	 "statuses": [{"name": "Done", "category": "completed", "count": 2}],
//	 "kinds": [{"name": "Story", "level": "story", "count": 2}],
//	 "dates": {"read": 3, "unread": 1, "ambiguous": 0}, "warnings": [],
//	 "import": {"source": "jira-csv", "items": 2, "new": 2, …}}
//
// Cells are values that are not blank, in JSON scalars that are neither null nor blank; cells = carried + custom +
// the number of losses. Rows count as a spreadsheet does, the header being the first; in JSON they are numbered from 1.
//
// What would become of it in a backlog is in "import", an [exchange.Report] of an import into a new one. It is left out
// for more than 10,000 items, unless -import asks for it.
//
// With -to, the output is the document in that format, one of [exchange.Targets], and what that format cannot hold is reported
// on standard error.
//
// # Errors
//
// Work that takes more than a second is mentioned on standard error every second. The exit status is 0 on success, 1 when
// the output cannot be written, and 2 on bad input or usage. Then nothing is on standard output, and on standard error
// there is a line for each problem,
//
//	FILE:ROW:1: what is wrong, want what was expected
//
// With -strict, everything that would be skipped, lost, dangling or ambiguous is a problem.
package main

import (
	"os"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, time.Second)) }
