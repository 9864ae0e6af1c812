package report

import (
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// place says where a row is in the source.
func (b *pictureBuilder) place(r *webpage.Row, l finding.Location) {
	r.Place = terminal.Line(placeOf(l))
	if l.File != finding.ContractFile {
		r.Function = terminal.Line(l.Function)
	}
	if text, ok := b.v.sourceLine(l); ok && strings.Trim(text, " \t\r})") != "" { // a brace, where deferred calls run, says nothing
		r.Source = strings.TrimSpace(codeLine(text))
	}
}

// sourceLine is a line that may be quoted.
func (v view) sourceLine(l finding.Location) (string, bool) {
	src, ok := v.Submission.Files[l.File]
	if !ok || l.Line <= 0 || l.File == finding.ContractFile {
		return "", false
	}
	lines := strings.Split(string(src), "\n")
	if l.Line > len(lines) {
		return "", false
	}
	return lines[l.Line-1], true
}

// shownAround is how many lines of a test are shown on either side of one that matters.
const shownAround = 3

// sources are the files in which the steps are: of the learner's all that is known, of the
// tests what is around the steps.
func (b *pictureBuilder) sources() {
	used := map[string]map[int]bool{}
	note := func(l finding.Location) {
		if _, ok := b.v.sourceLine(l); ok {
			if used[l.File] == nil {
				used[l.File] = map[int]bool{}
			}
			used[l.File][l.Line] = true
		}
	}
	for _, s := range b.in.Steps {
		note(s.Location)
	}
	for _, w := range b.in.Left {
		note(w.Location)
	}
	for _, m := range b.d.Missing {
		note(m.First.Access.Place)
		note(m.Second.Access.Place)
	}
	for _, tests := range []bool{false, true} {
		var names []string
		for name := range used {
			if strings.HasSuffix(name, "_test.go") == tests {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			b.files[name] = len(b.Files)
			b.Files = append(b.Files, webpage.File{Name: terminal.Line(name), Open: !tests, Lines: excerptOf(string(b.v.Submission.Files[name]), used[name], tests)})
		}
	}
}

// excerptOf are the lines of a source: without those of which nothing is known, and for
// tests those around the lines that matter.
func excerptOf(src string, used map[int]bool, tests bool) []webpage.Line {
	all := strings.Split(strings.TrimRight(src, "\n"), "\n")
	var out []webpage.Line
	for i, text := range all {
		near := !tests
		for n := i + 1 - shownAround; n <= i+1+shownAround; n++ {
			near = near || used[n]
		}
		sparse := text == "" && (i == 0 || all[i-1] == "") // records quote some lines alone
		if near && (!sparse || used[i+1]) {
			out = append(out, webpage.Line{Number: i + 1, Text: codeLine(text)})
		}
	}
	return out
}
