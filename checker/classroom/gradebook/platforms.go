package gradebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

func writeJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(true) // some show it in a page
	return enc.Encode(value)
}

type object = map[string]any

// GitHubClassroom writes what its reporter reads from <RUNNERID>_RESULTS, where a workflow puts
// it in base64, so that nothing in it ends the line. The reporter adds up the score of each test, which must be there, and tells the sum as points
// out of max_score. What racelab could not tell is in neither.
// See https://github.com/classroom-resources/autograding-grading-reporter.
func GitHubClassroom(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b.Records)
	_, most := sumOf(all)
	tests := []object{}
	for _, o := range all {
		t := object{"name": o.Exercise, "status": o.Status, "score": o.Score, "message": nil, "test_code": "racelab check " + o.Exercise, "filename": "", "line_no": 0, "duration": 0}
		if o.Status == unclear {
			t["score"] = 0
		}
		if message := withDeductions(o); o.Status != passes || message != o.Message {
			t["message"] = message
		}
		if f, ok := firstPlace(o); ok {
			t["filename"], t["line_no"] = terminal.Line(f.File), f.Line
		}
		tests = append(tests, t)
	}
	return writeJSON(w, object{"version": 1, "status": overall(all), "max_score": most, "tests": tests})
}

// firstPlace is where the first problem is that has a line.
func firstPlace(o outcome) (finding.Location, bool) {
	if o.Verdict == nil {
		return finding.Location{}, false
	}
	for _, f := range o.Verdict.Errors() {
		if l := placeOf(f); l.Line > 0 {
			return l, true
		}
	}
	return finding.Location{}, false
}

// ErrUnclear is what a renderer says whose platform has no word for what could not be graded.
var ErrUnclear = errors.New("racelab could not tell")

// Gradescope writes results.json. It knows points alone, and would take what the machine has
// spoiled for a zero: so there is an error then, and nothing is written. Without results.json,
// Gradescope says that the autograder has failed, and takes no points from anybody.
// See https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format.
func Gradescope(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b.Records)
	score, _ := sumOf(all)
	tests := []object{}
	for i, o := range all {
		if o.WorthAgain() {
			return fmt.Errorf("%w about %s; Gradescope would take that for 0 points, and says that the autograder has failed if it gets nothing", ErrUnclear, o.Exercise)
		}
		status := "failed"
		if o.Status == passes {
			status = "passed"
		}
		tests = append(tests, object{
			"score": o.Score, "max_score": o.MaxScore, "status": status, "name": o.Exercise, "number": fmt.Sprint(i + 1),
			"output": words(o), "output_format": "text", "tags": kindsOf(o), "visibility": "visible",
		})
	}
	return writeJSON(w, object{"score": score, "tests": tests})
}

// kindsOf are the kinds of problems, each once.
func kindsOf(o outcome) []finding.Kind {
	kinds := []finding.Kind{}
	if o.Verdict != nil {
		for _, f := range o.Verdict.Errors() {
			if !slices.Contains(kinds, f.Kind) {
				kinds = append(kinds, f.Kind)
			}
		}
	}
	return kinds
}

const (
	// prairieSize is how large results.json may be, in bytes; what it is sent in needs some, too.
	prairieSize = 1_000_000 - 10_000
	// prairieOutput is how long the output of one test is at first, in runes.
	prairieOutput = 50_000
)

// PrairieLearn writes results.json. What racelab could not tell is not gradable, so that it
// costs no attempt and no points; the test itself is worth 0 of 0 then, which is shown as a
// remark. See https://docs.prairielearn.com/externalGrading/#grading-results.
func PrairieLearn(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b.Records)
	for most := prairieOutput; ; most /= 2 {
		text, err := json.Marshal(prairieLearn(all, most))
		if err != nil {
			return err
		}
		if len(text) < prairieSize || most == 0 {
			_, err := w.Write(append(text, '\n'))
			return err
		}
	}
}

// prairieLearn is results.json with at most so many runes of output for each test.
func prairieLearn(all []outcome, most int) object {
	tests, faults := []object{}, []string{}
	for _, o := range all {
		t := object{"name": o.Exercise, "points": o.Score, "max_points": o.MaxScore, "message": o.Message, "output": terminal.Limit(o.Output, most)}
		if o.Status == unclear {
			faults = append(faults, o.Exercise+": "+o.Message)
			t["points"], t["max_points"] = 0, 0
		}
		tests = append(tests, t)
	}
	if len(faults) > 0 {
		return object{"gradable": false, "format_errors": faults, "tests": tests}
	}
	score, possible := sumOf(all)
	return object{"gradable": true, "score": min(1, float64(score)/float64(max(1, possible))), "tests": tests}
}
