package finding

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Symptoms are what a program shows every time that it is checked: of what errors, in
// which tests, in which of its functions, each once and in order. What only native runs
// have shown is no symptom, since the next check may miss it.
func (v Verdict) Symptoms() []string {
	var out []string
	for _, f := range v.Errors() {
		if s, ok := f.symptom(); ok && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// comesAgain reports whether the next check of the program shows f, too: it was found without
// running, or in a schedule.
func (f Finding) comesAgain() bool { return f.Evidence.Mode == "" || f.Evidence.Schedule != "" }

func (f Finding) symptom() (string, bool) {
	if !f.comesAgain() {
		return "", false
	}
	e := f.Evidence
	text := string(f.Kind)
	if e.Scenario != nil {
		text += " when it is asked for " + strings.Join(e.Scenario.asked(), ", ")
	} else if test, _, ok := strings.Cut(e.Schedule, ":"); ok {
		text += " in " + test
	}
	if places := f.functions(); len(places) > 0 {
		text += " at " + strings.Join(places, " and ")
	}
	return text, true
}

// functions are those of the program where f is, of a data race both.
func (f Finding) functions() []string {
	places := []Location{f.Location}
	if f.Kind == DataRace && len(f.Related) > 0 {
		places = append(places, f.Related[0].Location)
	}
	var out []string
	for _, l := range places {
		name := cmp.Or(l.Function, l.File)
		if l.File != "" && !strings.HasSuffix(l.File, "_test.go") && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

var calledName = regexp.MustCompile(`^\w+\.([A-Z]\w*)\(`)

// asked are the names of what is called in a scenario, whatever the arguments; what has none is
// told as it stands.
func (s *Scenario) asked() []string {
	var out []string
	for _, made := range slices.Concat(s.Threads...) {
		name := made.Call
		if m := calledName.FindStringSubmatch(made.Call); m != nil {
			name = m[1]
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
