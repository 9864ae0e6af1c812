package terminal

import (
	"regexp"
	"strings"
)

// Markdown lays out the part of Markdown that racelab's own texts use: headings,
// paragraphs, lists, tables, fenced code, `code`, *emphasis*, **strong** and
// [links](address). What it does not know it shows as it was written, and of the text's own
// control characters none reaches the terminal.
func Markdown(text string, width int, p Palette) string {
	m := markdown{width: width, palette: p}
	for line := range strings.Lines(Clean(strings.ReplaceAll(text, "\r\n", "\n"))) {
		m.line(strings.TrimRight(line, " \n"))
	}
	m.flush()
	m.endTable()
	return m.out.String()
}

type markdown struct {
	out       strings.Builder
	width     int
	palette   Palette
	paragraph []string // lines of the paragraph or list item being read
	item      string   // the mark of the list item, empty in a paragraph
	table     markdownTable
	inFence   bool
}

var (
	headingLine = regexp.MustCompile(`^#{1,6} +(.*)$`)
	itemLine    = regexp.MustCompile(`^ {0,3}([-*]|\d+\.) +(.*)$`)
	codeSpan    = regexp.MustCompile("`([^`]+)`")
	strongSpan  = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	// An asterisk inside of an expression is no mark: 2*a*b.
	emphasisSpan = regexp.MustCompile(`(^|[\s("])\*([^*\s](?:[^*]*[^*\s])?)\*`)
	link         = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`)
)

func (m *markdown) line(line string) {
	heading, item := headingLine.FindStringSubmatch(line), itemLine.FindStringSubmatch(line)
	row, isRow := tableRow(line)
	if !isRow || m.inFence {
		m.endTable()
	}
	switch {
	case strings.HasPrefix(line, "```"):
		m.flush()
		m.inFence = !m.inFence
	case m.inFence:
		m.out.WriteString(strings.TrimRight("    "+ExpandTabs(line), " ") + "\n")
	case isRow:
		m.flush()
		m.row(row)
	case line == "":
		m.flush()
		m.blank()
	case heading != nil:
		m.flush()
		m.out.WriteString(m.palette.Bold(heading[1]) + "\n")
	case item != nil:
		m.flush()
		m.item, m.paragraph = item[1], []string{item[2]}
	default:
		m.paragraph = append(m.paragraph, line)
	}
}

// blank keeps one empty line between two blocks.
func (m *markdown) blank() {
	if s := m.out.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		m.out.WriteByte('\n')
	}
}

func (m *markdown) flush() {
	if len(m.paragraph) == 0 {
		return
	}
	text := plainLinks(strings.Join(m.paragraph, " "))
	first, rest := "", ""
	if m.item != "" {
		first, rest = "  "+m.item+" ", strings.Repeat(" ", len(m.item)+3)
	}
	m.out.WriteString(m.spans(Wrap(text, m.width, first, rest)))
	m.paragraph, m.item = nil, ""
}

// row adds one to the table. Its marks are seen to before it is known which words go on below.
func (m *markdown) row(cells []string) {
	if isRule(cells) {
		return
	}
	for i, c := range cells {
		cells[i] = m.spans(plainLinks(c))
	}
	m.table = append(m.table, cells)
}

func (m *markdown) endTable() {
	if len(m.table) > 0 {
		m.out.WriteString(m.table.layOut(m.width, m.palette))
		m.table = nil
	}
}

// plainLinks shows the address of a link behind its text.
func plainLinks(s string) string { return link.ReplaceAllString(s, "$1 ($2)") }

// spans colours what is marked. Without colour the marks of code stay: they
// are what tells it from prose. What looks like a mark in code is none.
func (m *markdown) spans(s string) string {
	var code []string
	s = codeSpan.ReplaceAllStringFunc(s, func(span string) string {
		if m.palette.On {
			span = m.palette.Code(strings.Trim(span, "`"))
		}
		code = append(code, span)
		return setAside
	})
	s = strongSpan.ReplaceAllStringFunc(s, func(c string) string { return m.palette.Bold(strings.Trim(c, "*")) })
	s = emphasisSpan.ReplaceAllStringFunc(s, func(c string) string {
		before, text, _ := strings.Cut(strings.TrimSuffix(c, "*"), "*")
		return before + m.palette.Bold(text)
	})
	for _, span := range code {
		s = strings.Replace(s, setAside, span, 1)
	}
	return s
}

// setAside stands for a code span while the rest is coloured. No printable text
// contains it.
const setAside = "\x1e"

// ExpandTabs shows a tab of source code as four columns.
func ExpandTabs(s string) string { return strings.ReplaceAll(s, "\t", "    ") }
