package mutate

import (
	"go/ast"
	"slices"
	"strings"

	"racelab/checker/source"
)

// differing are the lines of the bodies of two functions from the first that differs to the
// last one.
func differing(f *source.File, fn *ast.FuncDecl, to foreign) (here, there []string) {
	return trimmed(codeLines(f, fn), codeLines(to.in, to.fn))
}

// inOnePlace reports whether what lies between the first and the last difference of two
// lines has nothing in common: else there are several.
func inOnePlace(here, there []string) bool {
	one, other := trimmed(strings.Fields(strings.Join(here, " ")), strings.Fields(strings.Join(there, " ")))
	return !slices.ContainsFunc(one, func(tok string) bool {
		return !strings.Contains(".,()[]", tok) && slices.Contains(other, tok)
	})
}

// trimmed are two lists without what both begin and end with.
func trimmed(one, other []string) (from, to []string) {
	for len(one) > 0 && len(other) > 0 && one[0] == other[0] {
		one, other = one[1:], other[1:]
	}
	for len(one) > 0 && len(other) > 0 && one[len(one)-1] == other[len(other)-1] {
		one, other = one[:len(one)-1], other[:len(other)-1]
	}
	return one, other
}

// steps are what lines of code may order goroutines with: calls, with whose they are,
// channels, and the statements that wait or do something again.
func steps(lines []string) []string {
	var out []string
	for _, line := range lines {
		tokens := strings.Fields(line) // see meaning
		for i, tok := range tokens {
			switch {
			case tok == "(" && i > 0:
				from := i - 1
				for from > 1 && tokens[from-1] == "." {
					from -= 2
				}
				out = append(out, "call of "+strings.Join(tokens[from:i], ""))
			case tok == "<-":
				out = append(out, strings.Join(tokens[max(i-1, 0):min(i+4, len(tokens))], ""))
			case slices.Contains([]string{"go", "defer", "select", "range", "for", "if"}, tok):
				out = append(out, tok)
			}
		}
	}
	return out
}

// calls are how many calls there are in lines of code.
func calls(lines []string) int {
	return len(slices.DeleteFunc(steps(lines), func(step string) bool { return !strings.HasPrefix(step, "call of ") }))
}

// codeLines are the lines of a body that have more than comments in them.
func codeLines(f *source.File, fn *ast.FuncDecl) []string {
	var out []string
	for line := range strings.Lines(string(inBraces(f, fn))) {
		if code := strings.Trim(meaning([]byte(line)), "; \n"); code != "" {
			out = append(out, code)
		}
	}
	return out
}
