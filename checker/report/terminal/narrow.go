package terminal

import (
	"regexp"
	"strings"
)

// Narrow lays out for fewer columns what was written for more: paragraphs are filled anew, and
// what stands beside something in an indented line goes on below itself, or below that where
// there is no room beside it. What fits stays as it is.
func Narrow(text string, width int) string {
	var out strings.Builder
	var paragraph []string
	flush := func() {
		out.WriteString(narrowParagraph(paragraph, width))
		paragraph = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == ' ' || line[0] == '\t' {
			flush()
			out.WriteString(narrowLine(line, width))
			continue
		}
		paragraph = append(paragraph, line)
	}
	flush()
	return out.String()
}

func narrowParagraph(lines []string, width int) string {
	for _, line := range lines {
		if Width(line) > width {
			return Wrap(strings.Join(lines, " "), width, "", "")
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// besideLine is an indented line of two columns.
var besideLine = regexp.MustCompile(`^(\s+)(\S.*?)(\s{2,})(\S.*)$`)

// leastBeside is how many columns text needs to be readable beside something.
const leastBeside = 24

func narrowLine(line string, width int) string {
	line = ExpandTabs(line)
	if Width(line) <= width {
		return line + "\n"
	}
	m := besideLine.FindStringSubmatch(line)
	if m == nil {
		text := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(text)]
		return Wrap(text, width, indent, indent+"    ")
	}
	return Beside(m[1]+m[2], m[3], m[4], width)
}

// Beside writes text beside left, with gap between them; below it where there is too little
// room.
func Beside(left, gap, text string, width int) string {
	column := Width(left + gap)
	if width-column >= leastBeside || column+Width(text) <= width {
		return Wrap(text, width, left+gap, strings.Repeat(" ", column))
	}
	indent := left[:len(left)-len(strings.TrimLeft(left, " "))] + "    "
	return strings.TrimRight(left, " ") + "\n" + Wrap(text, width, indent, indent)
}
