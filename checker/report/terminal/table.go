package terminal

import (
	"strings"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
)

// A markdownTable is the rows of a table: the headings first.
type markdownTable [][]string

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
			case t[0][i] != "":
				out.WriteString(Wrap(t[0][i]+": "+cell, width, "  ", "    "))
			default:
				out.WriteString(Wrap(cell, width, "  ", "    "))
			}
		}
	}
	return out.String()
}
