package report

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"

	"golang.org/x/tools/txtar"
)

var blanks = regexp.MustCompile(`[\s|]+`)

// What is told is what the text says: every sentence of one stands in the other.
func TestTellSaysWhatTextSays(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			v, opts := readCase(t, ar)
			opts.Width, opts.Palette.On = 10_000, false
			text := blanks.ReplaceAllString(string(render(t, v, opts)), " ")
			told := Tell(v, opts.Context)
			for _, want := range sentences(told) {
				if want = strings.TrimSpace(blanks.ReplaceAllString(want, " ")); !strings.Contains(text, want) {
					t.Errorf("%q is not in\n%s", want, text)
				}
				if terminal.Clean(want) != want {
					t.Errorf("%q is not clean", want)
				}
			}
		})
	}
}

// sentences are the texts that are the same however they are laid out.
func sentences(t Told) []string {
	all := slices.Concat([]string{t.Headline, t.Reason, t.Meaning, t.Feedback}, t.RestsOn, t.Warnings)
	for _, p := range t.Problems {
		all = append(all, p.Title, p.Message, p.SeenBy, p.FoundBy, p.Why)
		all = append(all, p.Goroutines...)
		for _, place := range p.Places {
			for _, line := range place.Lines {
				all = append(all, line.Text)
			}
		}
		if p.Picture == nil {
			continue
		}
		for _, a := range p.Picture.Who {
			all = append(all, a.Text)
		}
		for _, r := range p.Picture.Rows {
			if r.Lane != webpage.NoLane && r.Sort != webpage.Access && r.Sort != webpage.Cause {
				all = append(all, r.Text, r.Why)
			}
		}
	}
	return all
}
