package gradebook

import (
	"fmt"
	"io"
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
	case r.Inconclusive():
		return unclearMark
	}
	return strconv.Itoa(r.Score)
}

// column is how wide one exercise is in the table.
const column = 4

// Text writes a table: students, exercises, and the sum. Where the exercises do not fit
// beside the names, there are the sums alone.
func Text(w io.Writer, b record.Book, style Style) error {
	t := newTable(b)
	names, sums := len("student"), len("sum")
	for _, r := range t.rows {
		names = max(names, utf8.RuneCountInString(terminal.Line(r.student)))
		sums = max(sums, len(sum(r)))
	}
	names = min(names, max(10, style.Width/3))
	exercises := t.exercises
	if names+column*len(exercises)+2+sums > style.Width {
		exercises = nil
	}
	var out strings.Builder
	line := func(name string, cell func(exercise string) string, sum string) {
		name = terminal.Cut(terminal.Line(name), names)
		out.WriteString(name + strings.Repeat(" ", names-utf8.RuneCountInString(name)))
		for _, ex := range exercises {
			fmt.Fprintf(&out, "%*s", column, cell(ex))
		}
		fmt.Fprintf(&out, "  %*s\n", sums, sum)
	}
	line("student", func(ex string) string { number, _, _ := strings.Cut(ex, "-"); return number }, "sum")
	marks := map[string]bool{}
	for _, r := range t.rows {
		line(r.student, func(ex string) string {
			one, ok := r.of[ex]
			marks[mark(one, ok)] = true
			return mark(one, ok)
		}, sum(r))
	}
	legend(&out, marks)
	_, err := io.WriteString(w, out.String())
	return err
}

func sum(r row) string { return fmt.Sprintf("%d of %d", r.score, r.max) }

// legend explains the marks that there are.
func legend(out *strings.Builder, marks map[string]bool) {
	before := "\n"
	for _, m := range []struct{ mark, means string }{
		{missingMark, "nothing was handed in"},
		{untouchedMark, "the program is as it was handed out"},
		{unclearMark, "racelab could not tell: it costs nobody a point, and is graded again next time"},
	} {
		if marks[m.mark] {
			fmt.Fprintf(out, "%s%s  %s\n", before, m.mark, m.means)
			before = ""
		}
	}
}
