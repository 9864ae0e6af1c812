package schedule

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// A Line is a line of a file of a package: the file's index in source.Package.Files, and the
// line's number.
type Line struct{ File, Number int }

// Compare orders lines as they stand in the files.
func (l Line) Compare(o Line) int {
	return cmp.Or(cmp.Compare(l.File, o.File), cmp.Compare(l.Number, o.Number))
}

// What racing lines are written with: L23-31,40 is two groups.
const (
	racingLetter = "L"
	groupSep     = ","
	lineSep      = "-"
	fileSep      = "/" // before the index of a file that is not the first
)

// printRacing writes groups of lines.
func printRacing(groups [][]Line) string {
	var texts []string
	for _, group := range groups {
		var lines []string
		for _, l := range group {
			lines = append(lines, printLine(l))
		}
		texts = append(texts, strings.Join(lines, lineSep))
	}
	return racingLetter + strings.Join(texts, groupSep)
}

func printLine(l Line) string {
	text := strconv.Itoa(l.Number)
	if l.File > 0 {
		text += fileSep + strconv.Itoa(l.File)
	}
	return text
}

// parseRacing reads what printRacing wrote.
func parseRacing(text string) (groups [][]Line, err error) {
	for group := range strings.SplitSeq(strings.TrimPrefix(text, racingLetter), groupSep) {
		var lines []Line
		for line := range strings.SplitSeq(group, lineSep) {
			number, file, _ := strings.Cut(line, fileSep)
			l := Line{}
			l.Number, _ = strconv.Atoi(number)
			l.File, _ = strconv.Atoi(file)
			if l.Number <= 0 || printLine(l) != line {
				return nil, fmt.Errorf("%w: %q", errSchedule, text)
			}
			lines = append(lines, l)
		}
		groups = append(groups, lines)
	}
	return groups, nil
}
