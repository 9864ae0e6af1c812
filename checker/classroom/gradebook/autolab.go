package gradebook

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
)

// Autolab writes why points are missing, which Autolab shows as it is, and then the line that
// has to be the last one of the output. That has room for points alone, which are those that
// are left when something was taken off. What racelab could not tell has the score null:
// Autolab keeps the problem ungraded, where a line without any score would be an error that it
// takes for zeros. There is nothing in the line but names and numbers: Autolab puts quotation
// marks around every word before a colon.
// See https://docs.autolabproject.com/lab/#writing-autograders.
func Autolab(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b.Records)
	sum, _ := sumOf(all)
	scores, board := object{}, []any{sum}
	var out bytes.Buffer
	for _, o := range all {
		var score any
		if o.Status != unclear {
			score = o.Score
		}
		scores[o.Exercise] = score
		board = append(board, score)
		if o.Status != passes || o.Output != "" {
			explain(&out, o)
		}
	}
	if err := writeJSON(&out, object{"scores": scores, "scoreboard": board}); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}

// explain says what the points of an exercise are, and why there are no more.
func explain(out io.Writer, o outcome) {
	points := fmt.Sprintf("%d of %d", o.Score, o.MaxScore)
	if o.Status == unclear {
		points = "not graded"
	}
	fmt.Fprintf(out, "%s: %s\n", o.Exercise, points)
	for line := range strings.Lines(terminal.Limit(words(o), mostFeedback)) {
		fmt.Fprintf(out, "  %s\n", terminal.Line(strings.TrimSuffix(line, "\n")))
	}
}
