package exercise

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"racelab/checker/finding"
)

// points is the sum of the rubric of every exercise, so that all exercises count
// the same.
const points = 10

// Bounds of limits.run. With a shorter limit, right fixes fail on a loaded machine;
// with a longer one, a learner waits too long for a program that hangs.
const (
	shortestRun = 500 * time.Millisecond
	longestRun  = 30 * time.Second
)

var (
	slugPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	codePattern = regexp.MustCompile(`^[a-z][a-z0-9_]*\.go$`)
)

// IsSlug reports whether an exercise can be called name in its folder's name.
func IsSlug(name string) bool { return slugPattern.MatchString(name) }

// manifest checks exercise.toml against itself and the folder it lies in.
func (a *audit) manifest() {
	m := a.ex.Manifest
	if want := fmt.Sprintf("%02d-%s", m.Number, m.Slug); a.ex.ID != want {
		a.key("number", "number and slug make %q, the folder is %q: make them the same", want, a.ex.ID)
	}
	if !IsSlug(m.Slug) {
		a.key("slug", "slug %q: use lower-case words with hyphens between them", m.Slug)
	}
	if m.Number < 1 || m.Number > 99 {
		a.key("number", "number %d: use 1 to 99", m.Number)
	}
	if strings.TrimSpace(m.Title) == "" {
		a.key("title", "no title: name the exercise as its README does")
	}
	if m.Part < 1 {
		a.key("part", "part %d: give the number of the part that the exercise belongs to", m.Part)
	}
	if !endsSentence(m.Learn) {
		a.key("learn", "learn says what solving this teaches: one or two whole sentences")
	}
	if m.Outcome != OutcomeOne && m.Outcome != OutcomeAny {
		a.key("outcome", `outcome %q: say "one" (a right fix shows the reference's attributes) or "any"`, m.Outcome)
	}
	a.editable()
	a.allowedImports()
	a.expectations()
	a.rubric()
	a.limits()
}

// key reports a problem of a top-level key, at its line.
func (a *audit) key(name, format string, args ...any) {
	file := a.inExercise(ManifestFile)
	line := lineOf(a.text(file), regexp.MustCompile(`(?m)^`+name+`\s*=`))
	a.add(file, line, format, args...)
}

// table reports a problem of the n-th [[name]] table, 0 the first.
func (a *audit) table(name string, n int, format string, args ...any) {
	file := a.inExercise(ManifestFile)
	text, line := a.text(file), 0
	at := regexp.MustCompile(`(?m)^\[\[?`+name+`\]\]?`).FindAllStringIndex(text, -1)
	if n < len(at) {
		line = lineAt(text, at[n][0])
	}
	a.add(file, line, format, args...)
}

func (a *audit) editable() {
	if len(a.ex.Files) == 0 {
		a.key("files", "files is empty: name the file that the learner edits")
	}
	for i, name := range a.ex.Files {
		switch {
		case !codePattern.MatchString(name) || strings.HasSuffix(name, "_test.go"):
			a.key("files", "files: %q is no plain Go file of the folder: name it as in \"bank.go\"", name)
		case slices.Contains(a.ex.Files[:i], name):
			a.key("files", "files names %s twice: once is enough", name)
		case a.text(a.inExercise(name)) == "":
			a.key("files", "files names %s, which is missing or empty: write it", name)
		}
	}
}

// allowedImports keeps the list short: an import that no fix uses only allows
// submissions more.
func (a *audit) allowedImports() {
	for _, imp := range a.ex.Imports {
		if !a.isImported(imp) {
			a.key("imports", "imports allows %q, which neither the program nor a right fix uses: remove it", imp)
		}
	}
}

func (a *audit) isImported(imp string) bool {
	for file, src := range a.sources {
		if !strings.HasSuffix(file, "_test.go") && path.Base(path.Dir(file)) != "rejected" && slices.Contains(src.Imports(), imp) {
			return true
		}
	}
	return false
}

func (a *audit) expectations() {
	m, required := a.ex.Manifest, 0
	for i, e := range m.Expect {
		switch {
		case !isKind(e.Kind):
			a.table("expect", i, "%q is no kind of finding: `racelab explain` lists them", e.Kind)
		case e.Kind == finding.Build || e.Kind == finding.Policy:
			a.table("expect", i, "a broken program compiles and keeps the rules: it cannot show %q", e.Kind)
		case !slices.Contains(finding.Detectors(), e.Detector):
			a.table("expect", i, "%q is no detector: use one of %s", e.Detector, join(finding.Detectors()))
		case slices.ContainsFunc(m.Expect[:i], func(x Expect) bool { return x.Kind == e.Kind && x.Detector == e.Detector }):
			a.table("expect", i, "%s by %s is expected twice: once is enough", e.Kind, e.Detector)
		}
		if !e.Sometimes {
			required++
		}
	}
	if required == 0 {
		a.table("expect", 0, "nothing is expected every time: name the kind that the broken program always shows")
	}
}

func (a *audit) rubric() {
	m := a.ex.Manifest
	for i, l := range m.Rubric {
		if strings.TrimSpace(l.Name) == "" {
			a.table("rubric", i, "a rubric line without a name: say what keeps the points")
		}
		if l.Points < 1 {
			a.table("rubric", i, "%q is worth %d points: give it at least one", l.Name, l.Points)
		}
		if len(l.Kinds) == 0 {
			a.table("rubric", i, "%q names no kinds, so its points cannot be lost: name what costs them", l.Name)
		}
		for j, k := range l.Kinds {
			if !isKind(k) {
				a.table("rubric", i, "%q is no kind of finding: `racelab explain` lists them", k)
			} else if slices.Contains(l.Kinds[:j], k) {
				a.table("rubric", i, "%q names %s twice: once is enough", l.Name, k)
			}
		}
	}
	if sum := m.MaxScore(); sum != points {
		a.table("rubric", 0, "the rubric adds up to %d points: make it %d", sum, points)
	}
	for _, k := range a.kindsThatOccur() {
		if !slices.ContainsFunc(m.Rubric, func(l Line) bool { return slices.Contains(l.Kinds, k) }) {
			a.table("rubric", 0, "no line of the rubric loses points for %s: add it to one", k)
		}
	}
}

// kindsThatOccur are those the broken program or a rejected fix shows. With a
// build or policy error there are no points at all, so no line need name it.
func (a *audit) kindsThatOccur() []finding.Kind {
	var kinds []finding.Kind
	for _, e := range a.ex.Expect {
		kinds = append(kinds, e.Kind)
	}
	for _, v := range a.ex.Variants {
		if !v.Accepted {
			kinds = append(kinds, v.Kind)
		}
	}
	slices.Sort(kinds)
	kinds = slices.DeleteFunc(slices.Compact(kinds), func(k finding.Kind) bool {
		return !isKind(k) || k == finding.Build || k == finding.Policy
	})
	return kinds
}

func (a *audit) limits() {
	if run := time.Duration(a.ex.Limits.Run); run != 0 && (run < shortestRun || run > longestRun) {
		a.table("limits", 0, "limits.run is %v: use %v to %v, or leave it out", run, shortestRun, longestRun)
	}
	if f := a.ex.Concurrency.Factor; f != 0 && (f <= 1 || f > 20) {
		a.table("concurrency", 0, "concurrency.factor is %v: use more than 1 and at most 20, or leave it out", f)
	}
}

func isKind(k finding.Kind) bool { return slices.Contains(finding.Kinds(), k) }

// endsSentence reports whether s looks like prose: it is not empty, and ends with
// a punctuation mark.
func endsSentence(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.ContainsRune(".!?", rune(s[len(s)-1]))
}

func join[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
