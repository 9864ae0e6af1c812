package gradebook

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
)

// Marks of what was not graded.
const (
	missingMark   = "-"
	untouchedMark = "·"
	unclearMark   = "?"
	lessMark      = "*" // behind the points
	withheldMark  = "!" // behind the student
	doubtMark     = "?!"
)

// mark is what stands in the table for a record.
func mark(r record.Record, ok bool) string {
	switch {
	case !ok:
		return ""
	case r.State == record.Missing:
		return missingMark
	case r.State == record.Untouched:
		return untouchedMark
	case r.WorthAgain():
		return unclearMark
	case r.Inconclusive():
		return doubtMark
	}
	if len(r.Deductions) > 0 {
		return strconv.Itoa(r.Score) + lessMark
	}
	return strconv.Itoa(r.Score)
}

// narrowest is how wide one exercise is in the table, at least; roomy where all fit.
const narrowest, roomy = 3, 4

// fewest is how many exercises stand beside the names, at least; otherwise it is the sums alone.
const fewest = 4

// Text writes a table: students, exercises, and the sum. Exercises that do not fit beside the
// names follow below, with the names again. Where hardly any fit, there are the sums alone.
func Text(w io.Writer, b record.Book, style Style) error {
	t := newTable(b)
	l := newLayout(t, b)
	l.names = min(l.names, max(10, style.Width/3))
	marks := map[string]bool{}
	blocks := l.blocks(t.exercises, style.Width)
	for i, exercises := range blocks {
		inLast := func(s string) string {
			if i < len(blocks)-1 {
				return ""
			}
			return s
		}
		if i > 0 {
			l.out.WriteByte('\n')
		}
		l.line("student", "", exercises, numberOf, inLast("sum"))
		for _, r := range t.rows {
			behind := l.behind(r)
			marks[withheldMark] = marks[withheldMark] || behind != ""
			l.line(r.student, behind, exercises, func(ex string) string {
				one, ok := r.of[ex]
				marks[mark(one, ok)] = true
				marks[lessMark] = marks[lessMark] || len(one.Deductions) > 0
				return mark(one, ok)
			}, inLast(sum(r)))
		}
	}
	legend(&l.out, marks)
	_, err := io.WriteString(w, l.out.String())
	return err
}

// A layout is how wide the columns of a table are.
type layout struct {
	out                 strings.Builder
	names, sums, column int
	withheld            []string
}

func newLayout(t table, b record.Book) *layout {
	l := &layout{names: len("student"), sums: len("sum"), column: narrowest, withheld: b.Withheld}
	for _, r := range t.rows {
		l.names = max(l.names, utf8.RuneCountInString(inLog(r.student)+l.behind(r)))
		l.sums = max(l.sums, len(sum(r)))
		for _, one := range r.of {
			l.column = max(l.column, 1+utf8.RuneCountInString(mark(one, true)))
		}
	}
	return l
}

// behind is what stands behind the name of a student.
func (l *layout) behind(r row) string {
	if slices.Contains(l.withheld, r.student) {
		return " " + withheldMark
	}
	return ""
}

// blocks are the exercises that stand beside each other: about as many in each block, and the sum
// has room beside them.
func (l *layout) blocks(exercises []string, width int) [][]string {
	room := width - l.names - 2 - l.sums
	if l.column == narrowest && roomy*len(exercises) <= room {
		l.column = roomy
	}
	n, most := len(exercises), room/l.column
	if most < min(fewest, n) || n == 0 {
		return [][]string{nil}
	}
	blocks := (n + most - 1) / most
	return slices.Collect(slices.Chunk(exercises, (n+blocks-1)/blocks))
}

func (l *layout) line(name, behind string, exercises []string, cell func(exercise string) string, sum string) {
	name = terminal.Cut(inLog(name), l.names-len(behind)) + behind
	text := name + strings.Repeat(" ", l.names-utf8.RuneCountInString(name))
	for _, ex := range exercises {
		text += fmt.Sprintf("%*s", l.column, cell(ex))
	}
	if sum != "" {
		text += fmt.Sprintf("  %*s", l.sums, sum)
	}
	l.out.WriteString(strings.TrimRight(text, " ") + "\n")
}

// numberOf is what an exercise is called in a narrow column.
func numberOf(exercise string) string {
	number, _, _ := strings.Cut(exercise, "-")
	return terminal.Cut(terminal.Line(number), narrowest-1)
}

func sum(r row) string { return fmt.Sprintf("%d of %d", r.score, r.max) }

// meanings are what the marks mean, in the order in which they are explained.
var meanings = []struct{ mark, means string }{
	{missingMark, "nothing was handed in"},
	{untouchedMark, "the program is as it was handed out"},
	{unclearMark, "racelab could not tell: it costs nobody a point, and is graded again next time"},
	{lessMark, "points were taken off; the format csv says why"},
	{withheldMark, "withheld: the formats that others read leave this student out"},
	{doubtMark, "racelab could not tell, and what was handed in is why: somebody should look at it"},
}

// legend explains the marks that there are.
func legend(out *strings.Builder, marks map[string]bool) {
	before := "\n"
	for _, m := range meanings {
		if marks[m.mark] {
			fmt.Fprintf(out, "%s%s  %s\n", before, m.mark, m.means)
			before = ""
		}
	}
}
