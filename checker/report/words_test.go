package report

import (
	"bytes"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
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

// What the author says of another fix is not told as if it were said of this one.
func TestFeedback(t *testing.T) {
	for _, tt := range []struct {
		v    finding.Verdict
		want string
	}{
		{finding.Verdict{}, ""},
		{finding.Verdict{Feedback: "Sleeping orders nothing.", Like: "Never told."}, "Sleeping orders nothing."},
		{finding.Verdict{Like: "Sleeping orders nothing."}, "Another fix that fails in just this way had this mistake; see whether it is yours. Sleeping orders nothing."},
	} {
		tt.v.Outcome = finding.Fail
		if got := newView(tt.v, Context{}, false).feedback(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
		var text bytes.Buffer
		if err := Text(&text, tt.v, Style{Width: 200}, Context{}); err != nil || !strings.Contains(text.String(), tt.want) {
			t.Errorf("%v: the text has no %q:\n%s", err, tt.want, &text)
		}
	}
}
