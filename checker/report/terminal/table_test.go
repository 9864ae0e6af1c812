package terminal

import (
	"strings"
	"testing"
)

const tablePage = `Before:
| Python | Go | Exercises |
| --- | :-- | --- |
| ` + "`Lock()`, `with lock:`" + ` | ` + "`sync.Mutex`" + `: to the end of a *function* | 01, 05 |
| **none** | see [spec](https://go.dev/ref/spec) | 03 |
|  | three | |
| short |

| no | table
` + "```" + `
| in code | it stays |
` + "```" + `
`

func TestTable(t *testing.T) {
	want := "Before:\n\n" +
		"Python                  Go                              Exercises\n" +
		"-----------------------------------------------------------------\n" +
		"`Lock()`, `with lock:`  `sync.Mutex`: to the end of a   01, 05\n" +
		"                        function\n" +
		"none                    see spec                        03\n" +
		"                        (https://go.dev/ref/spec)\n" +
		"                        three\n" +
		"short\n" +
		"\n| no | table\n" +
		"    | in code | it stays |\n"
	if got := Markdown(tablePage, 65, Palette{}); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	for _, width := range []int{30, 40, 60, 80, 200} {
		for line := range strings.Lines(Markdown(tablePage, width, Palette{})) {
			if n := Width(strings.TrimSuffix(line, "\n")); n > width || strings.Contains(line, "…") {
				t.Errorf("%d columns of %d: %s", n, width, line)
			}
		}
	}
}

// A colour that goes on in the next line of a cell colours neither what stands beside it nor the space between.
func TestTableInColour(t *testing.T) {
	p := Palette{On: true}
	got := Markdown("| a | b |\n| --- | --- |\n| `one two three four` | beside |\n", 20, p)
	for _, want := range []string{"\x1b[1ma", p.Code("one two") + " ", p.Code("three four") + "\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

// In few columns a row's cells stand below each other, and whole words stay whole.
func TestTableIsNarrow(t *testing.T) {
	want := "`Lock()`,\n" +
		"  `with lock:`\n" +
		"  Go: `sync.Mutex`:\n" +
		"    to the end of a\n" +
		"    function\n" +
		"  Exercises: 01, 05\n" +
		"none\n" +
		"  Go: see spec\n"
	if got := Markdown(tablePage, 20, Palette{}); !strings.Contains(got, want) || strings.Contains(got, "---") {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := Markdown("| a | b |\n| --- | --- |\n| xxxxx | y | z |\n", 7, Palette{}); got != "xxxxx\n  b: y\n" {
		t.Errorf("a cell too many: %q", got)
	}
}

// Characters of two columns count twice, those that are a terminal's commands are shown, and an
// escaped bar is one.
func TestTableCharacters(t *testing.T) {
	got := Markdown("| a | b |\n| --- | --- |\n| 漢字 | x |\n| \x1b[31m | `a \\| b` |\n", 40, Palette{})
	want := "a         b\n" +
		"-----------------\n" +
		"漢字      x\n" +
		"\\x1b[31m  `a | b`\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
