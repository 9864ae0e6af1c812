package main

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The glossary is short and sorted, and explains words that are really used.
func TestDocsGlossary(t *testing.T) {
	words := glossary(readDoc(t, "docs/GLOSSARY.md"))
	if n := len(words); n < 10 || n > 40 {
		t.Errorf("docs/GLOSSARY.md has %d words, want at most 40, none needless", n)
	}
	if !slices.IsSorted(words) {
		t.Errorf("docs/GLOSSARY.md is not sorted: %q", words)
	}
	used := wordsInUse(t)
	for _, word := range words {
		if !occurs(used, word) {
			t.Errorf("neither the code nor explain uses %q", word)
		}
	}
}

// glossary are the words in the first column of the table.
func glossary(page string) []string {
	var words []string
	for _, m := range regexp.MustCompile(`(?m)^\| (.+?) \| .+ \|$`).FindAllStringSubmatch(page, -1) {
		if m[1] != "word" && m[1] != "---" {
			words = append(words, m[1])
		}
	}
	return words
}

func occurs(text, word string) bool {
	return regexp.MustCompile(`\b` + regexp.QuoteMeta(word) + `(s|d)?\b`).MatchString(text)
}

// wordsInUse is the code without its tests, and the pages of explain, as words.
func wordsInUse(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	files := os.DirFS(repo)
	for _, folder := range []string{"checker", "cmd"} {
		err := fs.WalkDir(files, folder, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(name, "_test.go"):
				return nil
			case strings.HasSuffix(name, ".go") || strings.Contains(name, "/explain/"):
				data, err := fs.ReadFile(files, name)
				out.WriteString(spoken(string(data)))
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

var (
	camel  = regexp.MustCompile(`([a-z])([A-Z])`)
	noWord = regexp.MustCompile(`(?:'s\b|[^a-z0-9-])+`)
)

// spoken are the words of a text: those of a name too, and over the end of a line.
func spoken(text string) string {
	text = strings.ToLower(camel.ReplaceAllString(text, "$1 $2"))
	return noWord.ReplaceAllString(text, " ") + " "
}

// The test above looks at something.
func TestDocsGlossarySees(t *testing.T) {
	used := spoken("// The state's hash is cheap; a yield\n// point is not.\nvar aStandIn = virtualClock")
	for word, want := range map[string]bool{"state hash": true, "yield point": true, "virtual clock": true, "stand-in": false, "eye": false} {
		if got := occurs(used, word); got != want {
			t.Errorf("%q occurs: %v, want %v", word, got, want)
		}
	}
}
