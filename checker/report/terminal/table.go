package terminal

import (
	"strings"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
)

// A markdownTable is a table of which the rows have been read so far: the headings first.
type markdownTable [][]string

// tableRow takes a line of a table apart, "| a | b |". A cell may have a \| in it.
func tableRow(line string) (cells []string, ok bool) {
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil, false
	}
	const bar = "\x00" // reaches no terminal, and so stands for nothing else
	inner := strings.ReplaceAll(line[1:len(line)-1], `\|`, bar)
	for cell := range strings.SplitSeq(inner, "|") {
		cells = append(cells, strings.TrimSpace(strings.ReplaceAll(cell, bar, "|")))
	}
	return cells, true
}

// isRule reports whether it is the row below the headings, "| --- | --- |".
func isRule(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(c, "-:") != "" {
			return false
		}
	}
	return true
}

// narrowest is how many columns of the terminal a column of the table has at least: in fewer,
// words fall apart.
const narrowest = 10

// layOut makes lines of at most so many columns: what does not fit in a cell goes on below. On a
// very narrow terminal the cells of a row stand below each other.
func (t markdownTable) layOut(width int, p Palette) string {
	made := t.side(p)
	if lipgloss.Width(made.String()) > width {
		if width < narrowest*len(t[0]) {
			return t.stack(width)
		}
		made.Width(width)
	}
	var out strings.Builder
	for line := range strings.Lines(made.String()) {
		out.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return out.String()
}

// side has cells beside each other.
func (t markdownTable) side(p Palette) *table.Table {
	style := func(row, column int) lipgloss.Style {
		s := lipgloss.NewStyle()
		if row == table.HeaderRow && p.On {
			s = s.Bold(true)
		}
		if column < len(t[0])-1 {
			s = s.PaddingRight(2)
		}
		return s
	}
	return table.New().Headers(t[0]...).Rows(t[1:]...).StyleFunc(style).Border(lipgloss.ASCIIBorder()).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).BorderColumn(false)
}

// stack has the first cell of each row as a heading, and below it the others, each behind its own.
func (t markdownTable) stack(width int) string {
	var out strings.Builder
	for _, row := range t[1:] {
		for i, cell := range row {
			switch {
			case cell == "":
			case i == 0:
				out.WriteString(Wrap(cell, width, "", "  "))
			case i < len(t[0]) && t[0][i] != "":
				out.WriteString(Wrap(t[0][i]+": "+cell, width, "  ", "    "))
			default:
				out.WriteString(Wrap(cell, width, "  ", "    "))
			}
		}
	}
	return out.String()
}
