package exercise

import (
	"fmt"
	"regexp"
	"strings"
)

// sections are the headings of an exercise's README, in this order. The story
// comes before the first of them.
var sections = []string{"## Your task", "## Run it", "## Coming from Python", "## Read more"}

var (
	listItem  = regexp.MustCompile(`(?m)^[-*] `)
	codeSpan  = regexp.MustCompile("`([^`]+)`")
	blanks    = regexp.MustCompile(`\s+`)
	hintStart = regexp.MustCompile(`^## +(\d+)\s*$`)
)

// readme checks README.md: the parts are there, in order and not empty.
func (a *audit) readme() {
	file := a.inExercise("README.md")
	text := a.text(file)
	if text == "" {
		a.add(file, 0, "missing or empty: tell the story and the task")
		return
	}
	a.title(file, text)
	doc := splitSections(text)
	for i, want := range sections {
		switch at := doc.index(want); {
		case at < 0:
			a.add(file, 0, "no section %q: add it", want)
		case len(doc[at].body) == 0:
			a.add(file, doc[at].line, "%q is empty: write it", want)
		case i > 0 && at < doc.index(sections[i-1]):
			a.add(file, doc[at].line, "%q stands before %q: keep the order of CONTRIBUTING.md", want, sections[i-1])
		}
	}
	if len(doc[0].body) == 0 {
		a.add(file, 1, "no story: say what the program does and what was observed")
	}
	a.readmeDetails(file, text, doc)
	a.spoilers(file, text)
}

// readmeDetails checks the content of single sections.
func (a *audit) readmeDetails(file, text string, doc document) {
	for command, pattern := range map[string]string{
		fmt.Sprintf("racelab check %02d", a.ex.Number): fmt.Sprintf(`racelab check %02d\b`, a.ex.Number),
		// There may be more flags: a program that hangs needs a -timeout.
		"go test -race ./exercises/" + a.ex.ID: `go test -race( -\S+( [^-.\s]\S*)?)* \./exercises/` + a.ex.ID + `\b`,
	} {
		if !regexp.MustCompile(pattern).MatchString(text) {
			a.add(file, doc.line("## Run it"), "does not say `%s`: show how to run the exercise", command)
		}
	}
	if at := doc.index("## Coming from Python"); at >= 0 && !strings.Contains(strings.Join(doc[at].body, "\n"), "```python") {
		a.add(file, doc[at].line, "no ```python snippet: show the counterpart in Python")
	}
	if at := doc.index("## Read more"); at >= 0 {
		body := strings.Join(doc[at].body, "\n")
		if n := len(listItem.FindAllString(body, -1)); n < 1 || n > 3 || !strings.Contains(body, "https://") {
			a.add(file, doc[at].line, "%d items in the list: give one to three pointers into Go's own documentation, with links", n)
		}
	}
}

// hints checks NN-slug.md: a title and exactly three hints, numbered.
func (a *audit) hints() {
	file := a.hintsFile()
	text := a.text(file)
	if text == "" {
		a.add(file, 0, "missing or empty: write three hints under ## 1, ## 2 and ## 3")
		return
	}
	a.title(file, text)
	n := 0
	for _, s := range splitSections(text)[1:] {
		n++
		switch m := hintStart.FindStringSubmatch(s.heading); {
		case m == nil || m[1] != fmt.Sprint(n):
			a.add(file, s.line, "%q where \"## %d\" belongs: number the hints 1, 2, 3", s.heading, n)
		case len(s.body) == 0:
			a.add(file, s.line, "hint %d is empty: write it", n)
		}
	}
	if n != 3 {
		a.add(file, 0, "%d hints: write three (where to look, which mechanism, the shape of the fix)", n)
	}
	a.spoilers(file, text)
}

func (a *audit) title(file, text string) {
	first, _, _ := strings.Cut(text, "\n")
	if want := fmt.Sprintf("# %02d. %s", a.ex.Number, a.ex.Title); first != want {
		a.add(file, 1, "begins with %q: make it %q, the manifest's title", first, want)
	}
}

// spoilers finds code of the reference in the text that a learner reads first: a
// whole line that is not in the broken program, alone or between backquotes.
func (a *audit) spoilers(file, text string) {
	secret := a.referenceLines()
	language := ""
	for i, line := range strings.Split(text, "\n") {
		if fence, ok := strings.CutPrefix(strings.TrimSpace(line), "```"); ok {
			if language == "" {
				language = fence + "."
			} else {
				language = ""
			}
			continue
		}
		if strings.HasPrefix(language, "python") {
			continue // a Python line that is also Go gives nothing away
		}
		candidates := []string{line}
		for _, span := range codeSpan.FindAllStringSubmatch(line, -1) {
			candidates = append(candidates, span[1])
		}
		for _, c := range candidates {
			if c = normalLine(c); secret[c] {
				a.add(file, i+1, "gives away a line of the reference (%s): describe it in words", c)
			}
		}
	}
}

// shortestSecret is the length of the shortest line of code that can give away the
// solution; "wg.Wait()" or "return nil" cannot.
const shortestSecret = 12

// referenceLines are the lines of the reference that the broken program lacks.
func (a *audit) referenceLines() map[string]bool {
	known, secret := map[string]bool{}, map[string]bool{}
	tests, _ := a.ex.TestFiles()
	for _, name := range append(tests, a.ex.Files...) {
		for line := range strings.Lines(a.text(a.inExercise(name))) {
			known[normalLine(line)] = true
		}
	}
	for _, name := range a.ex.Files {
		for line := range strings.Lines(a.text(a.inSolution(name))) {
			if l := normalLine(line); len(l) >= shortestSecret && !known[l] {
				secret[l] = true
			}
		}
	}
	return secret
}

// normalLine removes from a line what does not matter in a comparison: indentation,
// alignment and the comment at its end.
func normalLine(line string) string {
	code, _, _ := strings.Cut(line, "//")
	return strings.TrimSpace(blanks.ReplaceAllString(code, " "))
}

// A document is a Markdown text cut at its "## " headings; the first section
// is what comes before them and has the title as its heading.
type document []section

type section struct {
	heading string
	line    int
	body    []string // the lines that are not blank
}

func splitSections(text string) document {
	doc, fenced := document{{line: 1}}, false
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		last := &doc[len(doc)-1]
		switch {
		case i == 0:
			last.heading = line
		case !fenced && strings.HasPrefix(line, "## "):
			doc = append(doc, section{heading: strings.TrimSpace(line), line: i + 1})
		case strings.TrimSpace(line) != "":
			last.body = append(last.body, line)
		}
	}
	return doc
}

// index is the place of the section with this heading, -1 when it is missing.
func (d document) index(heading string) int {
	for i, s := range d {
		if s.heading == heading {
			return i
		}
	}
	return -1
}

func (d document) line(heading string) int {
	if i := d.index(heading); i >= 0 {
		return d[i].line
	}
	return 0
}
