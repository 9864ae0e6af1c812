package gradebook

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"path"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
)

func writeJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(true) // some show it in a page
	return enc.Encode(value)
}

type object = map[string]any

// GitHubClassroom writes what its reporter reads, in base64, from <RUNNERID>_RESULTS.
// See https://github.com/classroom-resources/autograding-grading-reporter.
func GitHubClassroom(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b)
	_, most := sumOf(all)
	tests := []object{}
	for _, o := range all {
		t := object{"name": o.Exercise, "status": o.Status, "score": o.Score, "message": nil, "test_code": "racelab check " + o.Exercise, "filename": "", "line_no": 0, "duration": 0}
		if o.Status != passes {
			t["message"] = o.Message
		}
		if f, ok := firstPlace(o); ok {
			t["filename"], t["line_no"] = f.File, f.Line
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
		if f.Location.Line > 0 {
			return f.Location, true
		}
	}
	return finding.Location{}, false
}

// Gradescope writes results.json.
// See https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format.
func Gradescope(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b)
	score, _ := sumOf(all)
	tests := []object{}
	for i, o := range all {
		status := "failed"
		if o.Status == passes {
			status = "passed"
		}
		tests = append(tests, object{
			"score": o.Score, "max_score": o.MaxScore, "status": status, "name": o.Exercise, "number": fmt.Sprint(i + 1),
			"output": words(o), "output_format": "text", "visibility": "visible",
		})
	}
	return writeJSON(w, object{"score": score, "tests": tests})
}

// words is the message, and what there is to say beside it.
func words(o outcome) string {
	if o.Output != "" {
		return o.Output
	}
	return o.Message
}

// PrairieLearn writes results.json. What racelab could not tell is not gradable, so that it
// costs no attempt. See https://docs.prairielearn.com/externalGrading/#grading-result.
func PrairieLearn(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b)
	score, most := sumOf(all)
	tests, faults := []object{}, []string{}
	for _, o := range all {
		if o.Status == unclear {
			faults = append(faults, o.Exercise+": "+o.Message)
		}
		tests = append(tests, object{"name": o.Exercise, "points": o.Score, "max_points": o.MaxScore, "message": o.Message, "output": o.Output})
	}
	out := object{"gradable": len(faults) == 0, "score": float64(score) / float64(max(1, most)), "tests": tests}
	if len(faults) > 0 {
		out["format_errors"] = faults
	}
	return writeJSON(w, out)
}

// Autolab writes the line that has to be the last one of the output.
// See https://docs.autolabproject.com/lab/#writing-autograders.
func Autolab(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b)
	score, _ := sumOf(all)
	scores, board := object{}, []int{score}
	for _, o := range all {
		scores[o.Exercise] = o.Score
		board = append(board, o.Score)
	}
	return writeJSON(w, object{"scores": scores, "scoreboard": board})
}

// Exercism writes results.json of version 3 of its test runners.
// See https://exercism.org/docs/building/tooling/test-runners/interface.
func Exercism(w io.Writer, b record.Book, _ Style) error {
	all := outcomes(b)
	tests := []object{}
	for i, o := range all {
		t := object{"name": o.Exercise, "status": o.Status, "test_code": "racelab check " + o.Exercise, "task_id": i + 1}
		if o.Status != passes {
			t["message"], t["output"] = o.Message, o.Output
		}
		tests = append(tests, t)
	}
	out := object{"version": 3, "status": overall(all), "tests": tests}
	if overall(all) == unclear {
		out["message"] = "racelab could not tell; try again"
	}
	return writeJSON(w, out)
}

// GitLab writes a Code Quality report, of all problems that have a place.
// See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
func GitLab(w io.Writer, b record.Book, _ Style) error {
	all := []object{}
	for _, o := range outcomes(b) {
		if o.Verdict == nil {
			continue
		}
		for _, f := range o.Verdict.Findings {
			if f.Location.File == "" {
				continue
			}
			severity := "major"
			if f.Severity == finding.Warning {
				severity = "minor"
			}
			where := path.Join("exercises", o.Exercise, f.Location.File)
			id := sha256.Sum256(fmt.Appendf(nil, "%q %q %+v", o.Student, o.Exercise, f.Identity()))
			all = append(all, object{
				"description": problem(f), "check_name": f.Kind, "fingerprint": fmt.Sprintf("%x", id[:16]), "severity": severity,
				"location": object{"path": where, "lines": object{"begin": max(1, f.Location.Line)}},
			})
		}
	}
	return writeJSON(w, all)
}
