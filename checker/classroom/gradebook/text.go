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

// narrowest is how wide one exercise is in the table, at least.
const narrowest = 4

// Text writes a table: students, exercises, and the sum. Where the exercises do not fit
// beside the names, there are the sums alone.
func Text(w io.Writer, b record.Book, style Style) error {
	t := newTable(b)
	names, sums, column := len("student"), len("sum"), narrowest
	behind := func(r row) string {
		if slices.Contains(b.Withheld, r.student) {
			return " " + withheldMark
		}
		return ""
	}
	for _, r := range t.rows {
		names = max(names, utf8.RuneCountInString(inLog(r.student)+behind(r)))
		sums = max(sums, len(sum(r)))
		for _, one := range r.of {
			column = max(column, 1+utf8.RuneCountInString(mark(one, true)))
		}
	}
	names = min(names, max(10, style.Width/3))
	exercises := t.exercises
	if names+column*len(exercises)+2+sums > style.Width {
		exercises = nil
	}
	var out strings.Builder
	line := func(name, behind string, cell func(exercise string) string, sum string) {
		name = terminal.Cut(inLog(name), names-len(behind)) + behind
		out.WriteString(name + strings.Repeat(" ", names-utf8.RuneCountInString(name)))
		for _, ex := range exercises {
			fmt.Fprintf(&out, "%*s", column, cell(ex))
		}
		fmt.Fprintf(&out, "  %*s\n", sums, sum)
	}
	line("student", "", numberOf, "sum")
	marks := map[string]bool{}
	for _, r := range t.rows {
		marks[withheldMark] = marks[withheldMark] || behind(r) != ""
		line(r.student, behind(r), func(ex string) string {
			one, ok := r.of[ex]
			marks[mark(one, ok)] = true
			marks[lessMark] = marks[lessMark] || len(one.Deductions) > 0
			return mark(one, ok)
		}, sum(r))
	}
	legend(&out, marks)
	_, err := io.WriteString(w, out.String())
	return err
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
