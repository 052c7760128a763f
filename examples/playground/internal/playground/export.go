package playground

import (
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"
)

// export makes a file of the response. It stands in place of the blocks.
func (a *answer) export(as string) {
	name := a.Response.View
	if name == "" {
		name = "result"
	}
	file := &File{}
	switch as {
	case "csv":
		*file = File{name + ".csv", "text/csv", a.csv()}
	case "json":
		*file = File{name + ".json", "application/json", string(encode(a.Response, "  "))}
	case "markdown":
		*file = File{name + ".md", "text/markdown", a.markdown()}
	default:
		if a.tracked == nil {
			a.Error = fmt.Sprintf("the format is %q, want csv, json or markdown", as)
			return
		}
		text, losses, err := a.writeTarget(as)
		if err != nil {
			a.Error = err.Error()
			return
		}
		*file = File{"items-" + as + extensionOf(as), "text/plain", text}
		a.Summary = fmt.Sprintf("%s, %s not the same when read back.", as, counted(losses, "value is", "values are"))
	}
	*a.Response = Response{Kind: a.Response.Kind, Summary: a.Summary, File: file}
}

func extensionOf(format string) string {
	for _, end := range []string{"csv", "json", "jsonl", "md", "txt"} {
		if strings.HasSuffix(format, "-"+end) || format == end {
			return "." + end
		}
	}
	return ".txt"
}

// csv writes the tables, one below the other.
func (a *answer) csv() string {
	var out strings.Builder
	w := csv.NewWriter(&out)
	for i, b := range a.tables() {
		if i > 0 {
			w.Flush()
			out.WriteByte('\n')
		}
		var head []string
		for _, c := range b.Head {
			head = append(head, c.Title)
		}
		_ = w.Write(head)
		for _, row := range b.Rows {
			cells := make([]string, len(row.Cells))
			for k, cell := range row.Cells {
				cells[k] = inTable(cell, b.Head[k].IsNumber)
			}
			_ = w.Write(cells)
		}
	}
	w.Flush()
	return out.String()
}

// inTable keeps a spreadsheet from calculating a text.
func inTable(cell string, isNumber bool) string {
	if first, _ := utf8.DecodeRuneInString(cell); cell != "" && !isNumber && strings.ContainsRune("=+-@＝＋－＠\t\r\n", first) {
		return "'" + cell
	}
	return cell
}

func (a *answer) tables() (all []Block) {
	for _, b := range a.Blocks {
		if b.Type == "table" {
			all = append(all, b)
		}
	}
	return all
}

// markdown writes the blocks as a page. Pictures are left out: they are files of their own.
func (a *answer) markdown() string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s\n", title(a.Response.View), inMarkdown(a.Summary))
	for _, b := range a.Blocks {
		switch b.Type {
		case "table":
			fmt.Fprintf(&out, "\n## %s\n\n", inMarkdown(b.Title))
			if b.Note != "" {
				fmt.Fprintf(&out, "%s\n\n", inMarkdown(b.Note))
			}
			markdownTable(&out, b)
		case "tree":
			fmt.Fprintf(&out, "\n## %s\n\n", inMarkdown(b.Title))
			markdownTree(&out, b.Nodes, "")
		case "notes":
			fmt.Fprintf(&out, "\n## %s\n\n", inMarkdown(b.Title))
			for _, line := range b.Lines {
				fmt.Fprintf(&out, "- %s\n", inMarkdown(line))
			}
		}
	}
	if len(a.marks) > 0 {
		fmt.Fprintf(&out, "\n## Findings in the text\n\n")
		for _, m := range a.Marks {
			fmt.Fprintf(&out, "- %d:%d %s: %s\n", m.Line, m.Column, m.Severity, inMarkdown(strings.Join(strings.Fields(m.Message+" "+m.Mend), " ")))
		}
	}
	return out.String()
}

func title(view string) string {
	if view == "" {
		return "Result"
	}
	return strings.ToUpper(view[:1]) + view[1:]
}

func markdownTable(out *strings.Builder, b Block) {
	var rule strings.Builder
	for _, c := range b.Head {
		fmt.Fprintf(out, "| %s ", inMarkdown(c.Title))
		rule.WriteString("|---")
		if c.IsNumber {
			rule.WriteByte(':')
		}
	}
	fmt.Fprintf(out, "|\n%s|\n", rule.String())
	for _, row := range b.Rows {
		for _, cell := range row.Cells {
			fmt.Fprintf(out, "| %s ", strings.ReplaceAll(inMarkdown(cell), "|", `\|`))
		}
		out.WriteString("|\n")
	}
}

func markdownTree(out *strings.Builder, nodes []Node, indent string) {
	for _, n := range nodes {
		tick := ""
		if len(n.Nodes) == 0 {
			if tick = "[ ] "; n.Done {
				tick = "[x] "
			}
		}
		fmt.Fprintf(out, "%s- %s%s", indent, tick, inMarkdown(n.Text))
		if n.Note != "" {
			fmt.Fprintf(out, " (%s)", inMarkdown(n.Note))
		}
		out.WriteByte('\n')
		markdownTree(out, n.Nodes, indent+"  ")
	}
}

// inMarkdown makes text of a user text of Markdown: on one line, and nothing of it means anything.
func inMarkdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`).Replace(strings.Join(strings.Fields(text), " "))
}
