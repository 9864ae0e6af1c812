package gradebook

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"racelab/checker/classroom/record"
)

// CSV writes a row for each student: the points for each exercise, and their sum. What
// racelab could not grade has an empty cell, and then the sum is empty, too. Where points were
// taken off, a column says why.
func CSV(w io.Writer, b record.Book, _ Style) error {
	t := newTable(b)
	out := csv.NewWriter(w)
	head := []string{"student", "name"}
	for _, ex := range t.exercises {
		head = append(head, cell(ex))
	}
	head = append(head, "sum", "max")
	anyLess := slices.ContainsFunc(b.Records, func(r record.Record) bool { return len(r.Deductions) > 0 })
	if anyLess {
		head = append(head, "taken off")
	}
	_ = out.Write(head)
	for _, r := range t.rows {
		cells := []string{cell(r.student), cell(r.name)}
		sum := strconv.Itoa(r.score)
		for _, ex := range t.exercises {
			one, ok := r.of[ex]
			switch {
			case !ok:
				cells = append(cells, "")
			case one.Inconclusive():
				cells, sum = append(cells, ""), ""
			default:
				cells = append(cells, strconv.Itoa(one.Score))
			}
		}
		cells = append(cells, sum, strconv.Itoa(r.max))
		if anyLess {
			cells = append(cells, cell(takenOff(r, t.exercises)))
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

// takenOff says for each exercise what was taken off.
func takenOff(r row, exercises []string) string {
	var all []string
	for _, ex := range exercises {
		for _, d := range r.of[ex].Deductions {
			all = append(all, ex+": "+deduction(d))
		}
	}
	return strings.Join(all, "; ")
}

// cell is a text on one line that no spreadsheet takes for a formula, and neither a terminal
// nor a log of GitHub Actions for a command.
// See https://owasp.org/www-community/attacks/CSV_Injection.
func cell(text string) string {
	return formula(inLog(text))
}

// formula is a text, with a sign before it if a spreadsheet would take it for a formula. The
// wide signs are those of Japanese keyboards.
func formula(text string) string {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + text
	}
	return text
}
