package exercise

import (
	"bytes"
	"errors"
	"go/ast"
	"go/format"
	"go/scanner"
	"regexp"
	"strings"

	"racelab/checker/source"
)

// The length of a broken program: shorter is a toy, longer hides the lesson.
const (
	fewestLines = 30
	mostLines   = 120
)

// tell are words in a comment that give away that, or where, a program is broken.
var tell = regexp.MustCompile(`(?i)\b(bugs?|buggy|fixme|xxx|broken|data races?|race conditions?|deadlocks?|(goroutine )?leaks?)\b`)

// parse reads a Go file of the exercise and checks its format.
func (a *audit) parse(file, text string) {
	parsed := source.ParseFile(file, []byte(text))
	if parsed.Err != nil {
		line, msg := 0, parsed.Err.Error()
		if list, ok := errors.AsType[scanner.ErrorList](parsed.Err); ok && len(list) > 0 {
			line, msg = list[0].Pos.Line, list[0].Msg
		}
		a.add(file, line, "does not parse: %s", msg)
		return
	}
	a.sources[file] = parsed
	if formatted, err := format.Source([]byte(text)); err == nil && !bytes.Equal(formatted, []byte(text)) {
		a.add(file, firstDifference(text, string(formatted)), "not formatted: run gofmt -w %s", file)
	}
}

func firstDifference(a, b string) int {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return i + 1
		}
	}
	return min(len(x), len(y))
}

// standardOnly reports imports from outside the standard library, whose paths
// are those without a dot in the first element.
func (a *audit) standardOnly(file string, except string) {
	src := a.sources[file]
	for i, p := range src.Imports() {
		first, _, _ := strings.Cut(p, "/")
		if p != except && (p == "C" || first == "racelab" || strings.Contains(first, ".")) {
			a.add(file, src.Line(src.Syntax.Imports[i].Pos()), "imports %q: use the standard library only", p)
		}
	}
}

// packageName is the exercise's package, as its first editable file has it.
func (a *audit) packageName() string {
	if len(a.ex.Files) > 0 {
		if src := a.sources[a.inExercise(a.ex.Files[0])]; src != nil {
			return src.Clause()
		}
	}
	return ""
}

// samePackage reports a file that is not in the exercise's package.
func (a *audit) samePackage(file string) {
	src, want := a.sources[file], a.packageName()
	if want != "" && src.Clause() != want {
		a.add(file, src.Line(src.Syntax.Name.Pos()), "package %s: the exercise's package is %s", src.Clause(), want)
	}
}

// broken checks the program that the learner gets.
func (a *audit) broken() {
	lines := 0
	for _, name := range a.ex.Files {
		file := a.inExercise(name)
		lines += strings.Count(a.text(file), "\n")
		src := a.sources[file]
		if src == nil {
			continue
		}
		a.samePackage(file)
		a.standardOnly(file, "")
		for _, group := range src.Syntax.Comments {
			for _, c := range group.List {
				if word := tell.FindString(c.Text); word != "" {
					a.add(file, src.Line(c.Pos()), "the comment says %q: nothing in the program may say where it is broken", word)
				}
			}
		}
	}
	if len(a.ex.Files) > 0 && (lines < fewestLines || lines > mostLines) {
		a.add(a.inExercise(a.ex.Files[0]), 0, "the program has %d lines: make it %d to %d", lines, fewestLines, mostLines)
	}
}

// reference checks the reference solution.
func (a *audit) reference() {
	a.sameAPI()
	comments := false
	for _, name := range a.ex.Files {
		file, original := a.inSolution(name), a.text(a.inExercise(name))
		src := a.sources[file]
		switch {
		case a.text(file) == "":
			a.add(file, 0, "missing or empty: write the reference solution")
		case src != nil:
			a.samePackage(file)
			for _, group := range src.Syntax.Comments {
				for _, c := range group.List {
					comments = comments || !strings.Contains(original, c.Text)
				}
			}
			if len(a.ex.Files) == 1 && original != "" && sameProgram(string(src.Text), original) {
				a.add(file, 0, "the same program as the broken one: write the fix")
			}
		}
	}
	if !comments && len(a.ex.Files) > 0 && a.sources[a.inSolution(a.ex.Files[0])] != nil {
		a.add(a.inSolution(a.ex.Files[0]), 0, "no comment that the broken program lacks: say why the fix is right")
	}
}

// variants checks the accepted and the rejected fixes.
func (a *audit) variants() {
	seen := map[string]string{} // what each program is, by its shape
	if len(a.ex.Files) > 0 {
		seen[a.ex.shape(a.ex.handedOut())] = "the broken program"
		seen[a.ex.shape(a.ex.solved())] = "the reference"
	}
	accepted, rejected := 0, 0
	for _, v := range a.ex.Variants {
		if v.Accepted {
			accepted++
		} else {
			rejected++
		}
		file := a.inSolution(v.Path)
		a.variant(file, v)
		key := a.ex.shape(a.ex.Complete(v))
		if other, taken := seen[key]; taken {
			a.add(file, 0, "the same program as %s, but for names: write another, or remove it", other)
		}
		seen[key] = file
	}
	if accepted < 2 {
		a.add(a.inSolution("testdata/accepted"), 0, "%d accepted fixes: write at least two in other styles than the reference", accepted)
	}
	if rejected < 4 {
		a.add(a.inSolution("testdata/rejected"), 0, "%d rejected fixes: write at least four that a learner would believe in", rejected)
	}
}

func (a *audit) variant(file string, v Variant) {
	src := a.sources[file]
	if src == nil {
		return // reported: stray, or it does not parse
	}
	a.samePackage(file)
	if src.Syntax.Doc != nil && len(headerFields([]byte(commentText(src.Syntax.Doc)))) > 0 {
		a.add(file, src.Line(src.Syntax.Doc.Pos()), "the header is the package's doc comment: put an empty line after it")
	}
	sentence := v.Feedback
	if v.Accepted {
		sentence = v.Why
	}
	if !endsSentence(sentence) || len(sentence) > 300 {
		a.add(file, 1, "%q is not one whole sentence: write one", sentence)
	}
}

func commentText(g *ast.CommentGroup) string {
	var b strings.Builder
	for _, c := range g.List {
		b.WriteString(c.Text + "\n")
	}
	return b.String()
}

// sameProgram compares programs without comments, layout, and chosen names.
func sameProgram(a, b string) bool { return shapeKey(a) == shapeKey(b) }

func shapeKey(text string) string { return strings.Join(shapeOf([]byte(text)), " ") }
