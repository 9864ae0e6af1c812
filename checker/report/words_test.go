package report

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Words know nothing of how they are laid out, so that every renderer can use them.
func TestWordsAreApartFromLayout(t *testing.T) {
	files, err := filepath.Glob("words*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no words: %v", err)
	}
	for _, file := range append(files, "view.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			if slices.Contains([]string{`"racelab/checker/report/terminal"`, `"io"`, `"unicode/utf8"`}, spec.Path.Value) {
				t.Errorf("%s imports %s, which is layout", file, spec.Path.Value)
			}
		}
	}
}
