package gradebook

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"racelab/checker/classroom/record"
)

// CSV writes a row for each student: the points for each exercise, and their sum. What
// racelab could not grade has an empty cell, and then the sum is empty, too.
func CSV(w io.Writer, b record.Book, _ Style) error {
	t := newTable(b)
	out := csv.NewWriter(w)
	head := append([]string{"student", "name"}, t.exercises...)
	_ = out.Write(append(head, "sum", "max"))
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
		_ = out.Write(append(cells, sum, strconv.Itoa(r.max)))
	}
	out.Flush()
	return out.Error()
}

// cell is a text that no spreadsheet takes for a formula.
// See https://owasp.org/www-community/attacks/CSV_Injection.
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
