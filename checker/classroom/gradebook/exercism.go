package gradebook

import (
	"io"
	"strings"
	"unicode/utf8"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
)

// exercismOutput is how many characters of output Exercism's website takes of one test.
const exercismOutput = 500

// Exercism writes results.json of version 3 of its test runners. Its status "error" is of
// tests that did not run: it counts for nobody, and asks for a message. There are no points in
// it: a test passes or fails, whatever was taken off. The output says how many there are, and
// why, also where there is no room for all that went wrong.
// See https://exercism.org/docs/building/tooling/test-runners/interface.
func Exercism(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b.Records)
	tests := []object{}
	for i, o := range all {
		t := object{"name": o.Exercise, "status": o.Status, "test_code": "racelab check " + o.Exercise, "task_id": i + 1}
		if o.Status != passes {
			t["message"] = o.Message
		}
		if o.Output != "" {
			t["output"] = shortened(o, exercismOutput)
		}
		tests = append(tests, t)
	}
	out := object{"version": 3, "status": overall(all), "tests": tests}
	if overall(all) == unclear {
		out["message"] = "racelab could not tell; try again"
	}
	return writeJSON(w, out)
}

// shortened is the output in so many characters. What it ends with, why there are not all
// points, is kept.
func shortened(o outcome, most int) string {
	room := most - utf8.RuneCountInString(o.Why)
	if room < most/2 || utf8.RuneCountInString(o.Output) <= most {
		return terminal.Limit(o.Output, most)
	}
	return terminal.Limit(strings.TrimSuffix(o.Output, o.Why), room-1) + "\n" + o.Why
}
