package screen

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/report/terminal"
)

// Bounds of the parts of a screen, in lines.
const (
	maxSource = 11
	minLines  = 3
	maxBelow  = 4 // the table: what its marks mean, and who holds what
)

// source quotes the file in which the selected goroutine is, with the names of all who are
// at one of these lines.
func (l Look) source(p game.Position, rows []row, selected, room int) []string {
	if selected >= len(rows) || rows[selected].move < 0 || room < minLines+2 {
		return nil
	}
	at := p.Moves[rows[selected].move].Step.Location
	lines := bytes.Split(bytes.TrimRight(l.Files[at.File], "\n"), []byte("\n"))
	if at.Line < 1 || at.Line > len(lines) {
		return nil
	}
	room -= 2 // a blank line, and the name of the file
	from := max(1, min(at.Line-room/2, len(lines)-room+1))
	out := []string{"", l.Palette.Dim(terminal.Line(nameOf(at)))}
	who := l.whoIsAt(p, at.File)
	for n := from; n < from+room && n <= len(lines); n++ {
		mark := " "
		if n == at.Line {
			mark = ">"
		}
		text := strings.TrimRight(terminal.ExpandTabs(string(lines[n-1])), " ")
		line := terminal.Cut(fmt.Sprintf("%5s %s%4d  %s", terminal.Cut(who[n], 5), mark, n, terminal.Line(text)), l.Width)
		if n == at.Line {
			line = l.Palette.Bold(line)
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

func nameOf(at finding.Location) string {
	if at.Function == "" {
		return at.File
	}
	return at.File + ", " + at.Function
}

// whoIsAt are the goroutines at each line of a file.
func (l Look) whoIsAt(p game.Position, file string) map[int]string {
	who := map[int]string{}
	for _, g := range p.Goroutines {
		if at := g.Next.Location; at.File == file {
			who[at.Line] = strings.TrimSpace(who[at.Line] + " " + string(g.Lane.Name))
		}
	}
	return who
}

// around are so many lines with the selected one among them, and how many more there are.
func around(lines []string, selected, room int) []string {
	if len(lines) <= room {
		return lines
	}
	room = max(1, room-1)
	from := max(0, min(selected-room/2, len(lines)-room))
	out := append([]string{}, lines[from:from+room]...)
	return append(out, "  … "+strconv.Itoa(len(lines)-room)+" more")
}
