package terminal

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown lays out a text in Markdown, with tables. What a terminal has nothing for, such as
// HTML, it shows as it was written, and of the text's own control characters none reaches the
// terminal.
//
// It is goldmark that reads the text. What glamour would make of it is not for reading along: it
// breaks the lines of a list's items twice and does not indent them, and fills each line with
// spaces to the terminal's edge.
func Markdown(source string, width int, p Palette) string {
	m := markdown{source: []byte(Clean(strings.ReplaceAll(source, "\r\n", "\n"))), width: width, palette: p}
	m.blocks(markdownParser().Parse(text.NewReader(m.source)), "", "")
	return m.out.String()
}

func markdownParser() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
}

type markdown struct {
	source  []byte
	out     strings.Builder
	width   int
	palette Palette
}

// blocks writes what parent consists of. The first line begins with first, the others with rest.
func (m *markdown) blocks(parent ast.Node, first, rest string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		apart := n.HasBlankPreviousLines() || n.Kind() == tables.KindTable
		if apart && m.out.Len() > 0 && first == rest {
			m.out.WriteByte('\n')
		}
		m.block(n, first, rest)
		first = rest
	}
}

func (m *markdown) block(n ast.Node, first, rest string) {
	switch n := n.(type) {
	case *ast.Heading:
		m.out.WriteString(first + m.palette.Bold(m.inline(n, Palette{}, plain)) + "\n")
	case *ast.Paragraph, *ast.TextBlock:
		m.out.WriteString(Wrap(m.inline(n, m.palette, plain), m.width, first, rest))
	case *ast.List:
		m.list(n, rest)
	case *ast.Blockquote:
		m.blocks(n, first+"> ", rest+"> ")
	case *tables.Table:
		m.out.WriteString(m.table(n).layOut(m.width, m.palette))
	case *ast.ThematicBreak:
		m.out.WriteString(first + "---\n")
	default: // code, and HTML
		for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
			m.out.WriteString(strings.TrimRight(rest+"    "+ExpandTabs(string(line.Value(m.source))), " \n") + "\n")
		}
	}
}

func (m *markdown) list(l *ast.List, indent string) {
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := string(l.Marker)
		if l.IsOrdered() {
			mark = fmt.Sprintf("%d%c", number, l.Marker)
			number++
		}
		if item.HasBlankPreviousLines() && item != l.FirstChild() {
			m.out.WriteByte('\n')
		}
		first := indent + "  " + mark + " "
		m.blocks(item, first, strings.Repeat(" ", len(first)))
	}
}

// table has the headings first.
func (m *markdown) table(t *tables.Table) (rows markdownTable) {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, strings.ReplaceAll(m.inline(cell, m.palette, plain), keptSpace, " "))
		}
		rows = append(rows, cells)
	}
	return rows
}

// inline is the text of a block on one line, its prose in a style. Of code it has the backticks
// where there is no colour: they are what tells it from prose.
func (m *markdown) inline(parent ast.Node, p Palette, prose func(string) string) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(eachWord(string(util.UnescapePunctuations(n.Value(m.source))), prose))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeSpan:
			b.WriteString(codeSpan(m.code(n), p))
		case *ast.Emphasis:
			b.WriteString(m.inline(n, p, p.Bold))
		case *ast.Link:
			fmt.Fprintf(&b, "%s (%s)", m.inline(n, p, prose), n.Destination)
		case *ast.Image:
			fmt.Fprintf(&b, "%s (%s)", m.inline(n, p, prose), n.Destination)
		case *ast.AutoLink:
			b.Write(n.URL(m.source))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(m.source))
		}
	}
	return b.String()
}

// code is what stands in a code span, where a backslash is one.
func (m *markdown) code(span *ast.CodeSpan) string {
	var b strings.Builder
	for n := span.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			b.Write(t.Value(m.source))
		}
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// longestSpan is how many columns of code stay on one line: half a command in each of two lines
// cannot be copied. What is longer is broken like other text.
const longestSpan = 60

func codeSpan(code string, p Palette) string {
	if !p.On {
		code = "`" + code + "`"
	}
	if Width(code) > longestSpan {
		return eachWord(code, p.Code)
	}
	return p.Code(strings.ReplaceAll(code, " ", keptSpace))
}

// eachWord styles the words of s, not the spaces between them: there a line may end.
func eachWord(s string, style func(string) string) string {
	words := strings.Split(s, " ")
	for i, word := range words {
		words[i] = style(word)
	}
	return strings.Join(words, " ")
}

func plain(s string) string { return s }

// ExpandTabs shows a tab of source code as four columns.
func ExpandTabs(s string) string { return strings.ReplaceAll(s, "\t", "    ") }
