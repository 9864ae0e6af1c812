package points

import (
	"strings"
	"testing"

	"racelab/checker/exercise"
)

var set = exercise.Set{
	of(1, "01-balance", "No data race", "Every cent"),
	of(2, "02-reentry", "No lock twice"),
	of(3, "03-pipe", "No data race"),
}

func of(number int, id string, lines ...string) exercise.Exercise {
	ex := exercise.Exercise{ID: id, Manifest: exercise.Manifest{Number: number, Slug: id[3:]}}
	for _, l := range lines {
		ex.Rubric = append(ex.Rubric, exercise.Line{Name: l, Points: 10 / len(lines)})
	}
	return ex
}

// Whatever is wrong, the line is named.
func TestReadNamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"pionts = 3\n":                                    "line 1: pionts means nothing here",
		"\n[late]\nperday = 3\n":                          "line 3: late.perday means nothing here",
		"points = \"3\"\n":                                "line 1: points is a whole number",
		"points = 1.5\n":                                  "line 1: points is a whole number",
		"points = -3\n":                                   "line 1: points is -3, less than nothing",
		"points = 99999999\n":                             "line 1: points is 99999999; the most is 1000000",
		"points = 99999999999999999999\n":                 "line 1: ",
		"all-or-nothing = \"yes\"\n":                      "line 1: all-or-nothing is true or false",
		"\n\n[exercises.07]\npoints = 3\n":                `line 3: there is no exercise "07"`,
		"[exercises.balanc]\npoints = 3\n":                `line 1: there is no exercise "balanc"; did you mean 01-balance?`,
		"[exercises.04-09]\npoints = 3\n":                 `line 1: there is no exercise "04-09"`,
		"[exercises.01]\npoint = 3\n":                     "line 2: exercises.01.point means nothing here",
		"[exercises.01]\npoints = -1\n":                   "line 2: points is -1",
		"[exercises]\n02 = { points = -1 }\n":             "line 2: points is -1",
		"[exercises]\n02.points = -1\n":                   "line 2: points is -1",
		"exercises = 3\n":                                 "line 1: exercises is a table",
		"[exercises.02.lines]\n\"No lock\" = 3\n":         `line 2: the rubric of 02-reentry has no line "No lock"; it has "No lock twice"`,
		"[exercises.01.lines]\n\"Every cent\" = 3":        `line 1: the line "No data race" of the rubric of 01-balance is missing`,
		"[exercises.03]\nlines = {\"No data race\" = -2}": "line 2: No data race is -2",
		"[exercises.03]\nlines = {\"No data race\" = 0}":  "line 2: these lines weigh nothing",
		"[exercises.03.lines]\n\"No data race\" = \"a\"":  "line 2: what No data race weighs is a whole number",
		"[late]\nper-day = 101\n":                         "line 2: per-day is 101; the most is 100",
		"[late]\nper-day = -1\n":                          "line 2: per-day is -1",
		"[late]\ngrace = \"soon\"\n":                      "line 2: ",
		"[late]\ncut-off = true\n":                        `line 2: cut-off is "true": write days`,
		"late = 3\n":                                      "line 1: late is a table",
		"points = 3\npoints = 4\n":                        "line 2: ",
		"points = 3\n[late\n":                             "line 2: ",
		"points: 3\n":                                     "line 1: ",
		"[exercises.01]\n[exercises.01]\n":                "line 2: ",
	} {
		if _, err := Read([]byte(text), set); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "struct") {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whatever stands in a points file, there is a policy or an error with the line.
func FuzzRead(f *testing.F) {
	f.Add("points = 20\n[late]\nper-day = 10\ngrace = \"1 hour\"\n[exercises.01-02]\nall-or-nothing = true\n")
	f.Add("[exercises.03]\nlines = {\"No data race\" = 2}\n")
	f.Add("[eXerCises.10]\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Read([]byte(text), set)
		if err != nil && !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil {
			return
		}
		for _, r := range applied(p, book()).Records {
			if r.Score < 0 || r.Score > r.MaxScore {
				t.Errorf("%q: %+v", text, r)
			}
		}
	})
}
