package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is rendered into the testdata files")

// Each testdata file holds a recorded verdict, the sources that it points to,
// and what is made of them: JSON in, text out.
//
//	options       a word and a value on each line, as setOption reads them
//	verdict.json  what `racelab check --format json` printed
//	*.go          the sources to quote
//	want.txt      the report
//	want-full.txt with Full, where that is of interest
func TestText(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			testCase(t, file)
		})
	}
}

func testCase(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v, opts := readCase(t, ar)
	for i := range ar.Files {
		f := &ar.Files[i]
		if !strings.HasPrefix(f.Name, "want") {
			continue
		}
		opts.Full = f.Name == "want-full.txt"
		got := render(t, v, opts)
		if *update {
			f.Data = got
		} else if !bytes.Equal(got, f.Data) {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
		}
		checkLayout(t, string(got), opts)
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// options are all that a renderer takes beside the verdict.
type options struct {
	Style
	Context
	folder string // of the sources, from where the reader is
}

func readCase(t *testing.T, ar *txtar.Archive) (finding.Verdict, options) {
	t.Helper()
	var v finding.Verdict
	opts := options{Context: Context{Submission: Submission{Files: map[string][]byte{}}}}
	for _, f := range ar.Files {
		switch {
		case f.Name == "verdict.json":
			if err := json.Unmarshal(f.Data, &v); err != nil {
				t.Fatal(err)
			}
		case f.Name == "options":
			for line := range strings.Lines(string(f.Data)) {
				if err := setOption(&opts, strings.TrimSpace(line)); err != nil {
					t.Fatal(err)
				}
			}
		case strings.HasSuffix(f.Name, ".go"):
			opts.Submission.Files[f.Name] = f.Data
		}
	}
	if opts.folder != "" {
		opts.Submission.Paths = map[string]Path{}
		for name := range opts.Submission.Files {
			opts.Submission.Paths[name] = Path{Shown: opts.folder + "/" + name}
		}
	}
	return v, opts
}

func setOption(opts *options, line string) (err error) {
	key, value, _ := strings.Cut(line, " ")
	switch key {
	case "edit":
		opts.Submission.Edit, opts.Submission.InLab = value, true
	case "passed":
		opts.Submission.Passed, err = time.Parse(time.DateOnly, value)
	case "folder":
		opts.folder = value
	case "remembered":
		opts.Submission.Remembered = true
	case "unexpected":
		opts.Submission.Unexpected = true
	case "next":
		opts.Lesson.Next = value
	case "learned":
		opts.Lesson.Learned = value
	case "from":
		opts.Submission.From = value
	case "command":
		opts.Command = value
	case "hints":
		opts.Hints.Count, err = strconv.Atoi(value)
	case "shown":
		opts.Hints.Shown, err = strconv.Atoi(value)
	case "width":
		opts.Width, err = strconv.Atoi(value)
	case "reference":
		opts.Lesson.Reference, opts.Lesson.SameOutcome = true, true
	default:
		err = fmt.Errorf("unknown option %q", line)
	}
	return err
}

func render(t *testing.T, v finding.Verdict, opts options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, v, opts.Style, opts.Context); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkLayout wants what every report must be: narrow enough, without anything
// that controls a terminal, ending in what to do.
func checkLayout(t *testing.T, text string, opts options) {
	t.Helper()
	width := opts.Width
	if width == 0 {
		width = 80
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		// The detectors' own output is shown as it is, and a command is not broken.
		if n := utf8.RuneCountInString(line); n > width && !opts.Full && !strings.HasPrefix(line, "  racelab ") {
			t.Errorf("%d columns: %s", n, line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("spaces at the end: %q", line)
		}
		if strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
			t.Errorf("a control character: %q", line)
		}
	}
	if strings.Contains(text, "\n\n\n") {
		t.Error("two empty lines together")
	}
	if !strings.Contains(text, "\nWhat next\n") {
		t.Error("it does not say what next")
	}
}

// Every kind has its words, and a recorded verdict that shows it.
func TestEveryKind(t *testing.T) {
	var all strings.Builder
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for _, k := range finding.Kinds() {
		if w := kinds[k]; w.title == "" || w.why == "" || w.about == "" {
			t.Errorf("%s: something is not said: %+v", k, w)
		}
		if !strings.Contains(all.String(), fmt.Sprintf("\n1. %s", kinds[k].title)) {
			t.Errorf("%s: no recorded verdict shows it first", k)
		}
	}
	for d := range detectors {
		if !strings.Contains(all.String(), fmt.Sprintf(`"detector": %q`, d)) {
			t.Errorf("%s: no recorded verdict has it", d)
		}
	}
}

// Colour adds escapes and nothing else.
func TestTextInColour(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v, opts := readCase(t, ar)
		plain := string(render(t, v, opts))
		opts.Palette = terminal.Palette{On: true}
		coloured := string(render(t, v, opts))
		if !strings.Contains(coloured, "\x1b[") {
			t.Errorf("%s: no colour", file)
		}
		if got := uncoloured.Replace(coloured); got != plain {
			t.Errorf("%s: without its colours it is\n%s\nwant\n%s", file, got, plain)
		}
	}
}

var uncoloured = func() *strings.Replacer {
	var pairs []string
	for _, code := range []string{"", "1", "2", "1;31", "1;32", "1;33", "36", "31", "32"} {
		pairs = append(pairs, "\x1b["+code+"m", "")
	}
	return strings.NewReplacer(pairs...)
}()

// Width is kept on narrow and wide terminals as well.
func TestTextWidths(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v, opts := readCase(t, ar)
		for _, width := range []int{50, 100} {
			opts.Width = width
			for line := range strings.Lines(string(render(t, v, opts))) {
				// A command is not broken, so that it can be copied.
				if utf8.RuneCountInString(line)-1 > width && !strings.HasPrefix(line, "  racelab ") {
					t.Errorf("%s at %d columns: %s", file, width, line)
				}
			}
		}
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	in := finding.Verdict{
		Exercise: "01-unlocked-balance", Outcome: finding.Fail, MaxScore: 10,
		Findings: []finding.Finding{{Kind: finding.DataRace, Message: "a\nb <c>", Location: finding.Location{File: "bank.go", Line: 3}}},
	}
	if err := JSON(&b, in, Style{}, Context{}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n != 1 || !strings.HasSuffix(b.String(), "}\n") {
		t.Errorf("not one line: %s", b.String())
	}
	var out finding.Verdict
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if out.Schema != finding.Schema || out.Exercise != in.Exercise || out.Findings[0].Message != "a\nb <c>" {
		t.Errorf("got %+v", out)
	}
}

func TestTextReportsWriteErrors(t *testing.T) {
	if err := Text(brokenWriter{}, finding.Verdict{}, Style{}, Context{}); err == nil {
		t.Error("no error")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestHeadline(t *testing.T) {
	v := finding.Verdict{Score: 2, MaxScore: 10, Findings: make([]finding.Finding, 3)}
	for i := range v.Findings {
		v.Findings[i].Severity = finding.Error
	}
	for outcome, want := range map[finding.Outcome]string{
		finding.Fail:         "✗ 3 problems, 2 of 10 points",
		finding.Pass:         "✓ 2 of 10 points",
		finding.Inconclusive: "? no verdict",
	} {
		v.Outcome = outcome
		if got := Headline(v, terminal.Palette{}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLastName(t *testing.T) {
	for function, want := range map[string]string{
		"(*Account).Deposit":       "Deposit",
		"(*Account).Serve.func1":   "Serve",
		"TestRushHour.func1.2":     "TestRushHour",
		"Watch.func2.gowrap1":      "Watch",
		"Each[...].func1":          "Each",
		"(*Stack[...]).Push":       "Push",
		"Walk-range1":              "Walk",
		"(*street).deliver-fm":     "deliver",
		"ledger.record.deferwrap1": "record",
		"":                         "",
	} {
		if got := lastName(function); got != want {
			t.Errorf("lastName(%q) = %q, want %q", function, got, want)
		}
	}
}

// How many runs were planned is for the verdict to say; where it was recorded
// without, it is what was usual then.
func TestPlannedRuns(t *testing.T) {
	seen := finding.Evidence{Mode: "race", Seen: 2, Runs: 2}
	for planned, want := range map[int]string{
		0: ", found in 2 of 2 runs (no more were needed)",
		2: ", found in 2 of 2 runs",
		9: ", found in 2 of 2 runs (no more were needed)",
	} {
		v := newView(finding.Verdict{Runs: []finding.Run{{Mode: "race", Planned: planned}}}, Context{}, false)
		if got := v.seenIn(seen); got != want {
			t.Errorf("of %d planned: got %q, want %q", planned, got, want)
		}
	}
}
