package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"

	"golang.org/x/tools/txtar"
)

// Each file in testdata/replay holds a replay instead of a verdict, and otherwise
// what those beside it hold.
func TestReplay(t *testing.T) {
	for _, file := range replayFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, r, opts := readReplay(t, file)
			for i := range ar.Files {
				f := &ar.Files[i]
				if !strings.HasPrefix(f.Name, "want") {
					continue
				}
				opts.Full = f.Name == "want-full.txt"
				got := renderReplay(t, r, opts)
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
		})
	}
}

func replayFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/replay/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	return files
}

func readReplay(t *testing.T, file string) (*txtar.Archive, finding.Replay, options) {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r finding.Replay
	for _, f := range ar.Files {
		if f.Name == "replay.json" {
			if err := json.Unmarshal(f.Data, &r); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, opts := readCase(t, ar)
	return ar, r, opts
}

func renderReplay(t *testing.T, r finding.Replay, opts options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ReplayText(&b, r, opts.Style, opts.Context); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Colour adds escapes and nothing else, and the width is kept, except by commands
// to copy.
func TestReplayOnTerminals(t *testing.T) {
	for _, file := range replayFiles(t) {
		_, r, opts := readReplay(t, file)
		plain := string(renderReplay(t, r, opts))
		opts.Palette = terminal.Palette{On: true}
		if got := uncoloured.Replace(string(renderReplay(t, r, opts))); got != plain {
			t.Errorf("%s: without its colours it is\n%s\nwant\n%s", file, got, plain)
		}
		opts.Palette = terminal.Palette{}
		for width := 40; width <= 100; width += 5 {
			opts.Width = width
			for line := range strings.Lines(string(renderReplay(t, r, opts))) {
				if utf8.RuneCountInString(line)-1 > width && !isToCopy(line) {
					t.Errorf("%s at %d columns: %s", file, width, line)
				}
			}
		}
	}
}

// isToCopy is for a command, or a file's name, on a line of its own.
func isToCopy(line string) bool {
	return strings.HasPrefix(line, "  racelab ") || strings.Count(strings.TrimSpace(line), " ") == 0
}

func TestReplayJSON(t *testing.T) {
	var b bytes.Buffer
	r := finding.Replay{Exercise: "17-transfer", Findings: []finding.Finding{{Kind: finding.Deadlock}}}
	if err := ReplayJSON(&b, r, Style{}, Context{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "null") || strings.Count(b.String(), "\n") != 1 || !strings.HasPrefix(b.String(), `{"schema":"racelab/replay/v1",`) {
		t.Errorf("got %s", b.String())
	}
}

func TestShortList(t *testing.T) {
	for names, want := range map[string]string{
		"a":             "a",
		"a b":           "a and b",
		"b c d":         "b to d",
		"y z aa ab":     "y to ab",
		"a c d":         "a, c and d",
		"a c d e f":     "a, c, d, e and 1 more",
		"b d f h j l m": "b, d, f, h and 3 more",
	} {
		var list []finding.GoroutineName
		for _, name := range strings.Fields(names) {
			list = append(list, finding.GoroutineName(name))
		}
		if got := shortList(list); got != want {
			t.Errorf("shortList(%s) = %q, want %q", names, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1304: "1,304", 1000000: "1,000,000"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
}
