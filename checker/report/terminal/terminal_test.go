package terminal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, with\ttab and\nnewline": "plain text, with\ttab and\nnewline",
		"Grüße, 世界, ✓":                       "Grüße, 世界, ✓",
		"\x1b[2Jgone":                        `\x1b[2Jgone`,
		"a\rb\x00c\x7f":                      `a\x0db\x00c\x7f`,
		"turn\u202earound":                   `turn\u202earound`,
		"zero\u200bwidth":                    `zero\u200bwidth`,
		"c1 \u009b31m":                       `c1 \u009b31m`,
		"tag \U000e0041":                     `tag \U000e0041`,
		"bad \xff\xfe bytes":                 `bad \xff\xfe bytes`,
		"a real \ufffd stays":                "a real \ufffd stays",
		"":                                   "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	if got, want := Line("one\ntwo\tthree\n"), `one\ntwo three`; got != want {
		t.Errorf("Line = %q, want %q", got, want)
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in    string
		width int
		want  string
	}{
		{"short", 5, "short"},
		{"longer", 5, "long…"},
		{"größer", 5, "größ…"},
		{"x", 0, ""},
		{"", 0, ""},
		{"xy", -3, ""},
		{"世界", 4, "世界"},
		{"世界和平", 7, "世界和…"},
		{"世界和平", 6, "世界…"},
		{"世", 1, "…"},
		{"Yo\u0308ung", 5, "Yo\u0308u…"},
		{"a" + strings.Repeat("\u0301", 9), 4, "a\u0301\u0301…"},
	} {
		if got := Cut(tt.in, tt.width); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.want)
		}
	}
}

func TestCutWords(t *testing.T) {
	for _, tt := range []struct {
		in    string
		width int
		want  string
	}{
		{"two words", 9, "two words"},
		{"three short words", 16, "three short …"},
		{"three short words", 13, "three short …"},
		{"three short words", 12, "three short…"},
		{"true, {8 21990}, true", 13, "true, {8 …"},
		{"a verylongword", 10, "a verylon…"},
		{"a verylongword", 2, "a…"},
		{"so  far and on", 8, "so  far…"},
		{"so far  and on", 9, "so far …"},
		{"世界 和平", 8, "世界 …"},
		{"x y", 0, ""},
	} {
		if got := CutWords(tt.in, tt.width); got != tt.want {
			t.Errorf("CutWords(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.want)
		}
	}
}

func TestLimit(t *testing.T) {
	for _, tt := range []struct {
		in    string
		runes int
		want  string
	}{{"世界", 2, "世界"}, {"世界和平", 3, "世界…"}, {"two\nlines", 5, "two\n…"}, {"x", 0, ""}, {"", -1, ""}} {
		if got := Limit(tt.in, tt.runes); got != tt.want {
			t.Errorf("Limit(%q, %d) = %q, want %q", tt.in, tt.runes, got, tt.want)
		}
	}
}

func TestCutFront(t *testing.T) {
	for _, tt := range []struct {
		in    string
		width int
		want  string
	}{
		{"bank.go:7", 9, "bank.go:7"},
		{"mybank.go:7", 9, "…ank.go:7"},
		{"银行柜台.go:7", 11, "…柜台.go:7"},
		{"银行.go:7", 9, "银行.go:7"},
		{"银行.go:7", 8, "…行.go:7"},
		{"银行.go:7", 7, "….go:7"},
		{"x", 0, ""},
		{"a" + strings.Repeat("\u0301", 9) + "b", 3, "…\u0301b"},
	} {
		if got := CutFront(tt.in, tt.width); got != tt.want {
			t.Errorf("CutFront(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.want)
		}
	}
}

func TestPad(t *testing.T) {
	for in, want := range map[string]string{"ab": "ab  |", "世": "世  |", "abcde": "abcde|", "\x1b[1mab\x1b[m": "\x1b[1mab\x1b[m  |"} {
		if got := Pad(in, 4) + "|"; got != want {
			t.Errorf("Pad(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		in, first, rest, want string
	}{
		{"a few short words that go on", "", "", "a few short\nwords that\ngo on\n"},
		{"a list item that is long", "- ", "  ", "- a list\n  item that\n  is long\n"},
		{"type `go run it` now", "", "", "type\n`go run it`\nnow\n"},
		{"averyverylongword here", "> ", "> ", "> averyvery\n> longword\n> here\n"},
		{"one ` tick alone in it", "", "", "one ` tick\nalone in it\n"},
		{"type `go run --verbose it` now", "", "", "type `go\nrun\n--verbose\nit` now\n"},
		{"  spaces\nand  lines ", "", "", "spaces and\nlines\n"},
		{"", "  ", "  ", "\n"},
		{"世界和平 世界和平", "- ", "  ", "- 世界和平\n  世界和平\n"},
		{"世界世界世界世界", "", "", "世界世界世\n界世界\n"},
		{"two \x1b[1mbold words\x1b[m, and", "", "", "two \x1b[1mbold\nwords\x1b[m, and\n"},
	} {
		if got := Wrap(tt.in, 11, tt.first, tt.rest); got != tt.want {
			t.Errorf("Wrap(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestPalette(t *testing.T) {
	if got := (Palette{}).Bad("x"); got != "x" {
		t.Errorf("without colour: %q", got)
	}
	p := Palette{On: true}
	if got := p.Bad("x"); got != "\x1b[1;31mx\x1b[m" {
		t.Errorf("with colour: %q", got)
	}
	if got := p.Good("\tx\n\ny\n"); got != "\x1b[1;32m\tx\x1b[m\n\n\x1b[1;32my\x1b[m\n" {
		t.Errorf("lines are coloured one by one: %q", got)
	}
	if got := p.Bold(""); got != "" {
		t.Errorf("nothing is coloured: %q", got)
	}
}

const page = `# Title

A paragraph of ` + "`code`" + ` and **strong** words
that goes on, with a [link](https://go.dev/ref/mem).


- an item that is too long for one line
- ` + "`go build`" + `

1. first
2. second

An *emphasis*, a *longer one*, *and ` + "`code`" + ` in it*: ` + "`a *b* c`" + `, 2 * a * b (*so*).

` + "```go" + `
func main() {
	println("# no heading, - no item")

}
` + "```" + `
The end.
`

func TestMarkdown(t *testing.T) {
	want := `Title

A paragraph of ` + "`code`" + ` and
strong words that goes on,
with a link
(https://go.dev/ref/mem).

  - an item that is too long
    for one line
  - ` + "`go build`" + `

  1. first
  2. second

An emphasis, a longer one, and
` + "`code`" + ` in it: ` + "`a *b* c`" + `, 2 * a
* b (so).

    func main() {
        println("# no heading, - no item")

    }

The end.
`
	if got := Markdown(page, 30, Palette{}); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A backslash takes a mark its meaning, but in code it is one; and code may go on in the next line.
func TestMarkdownBackslashes(t *testing.T) {
	if got, want := Markdown("\\*no\\* `\\*yes\\*` and `go\nrun`", 80, Palette{}), "*no* `\\*yes\\*` and `go run`\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A hint can do nothing to the terminal, wherever in it that is written.
func TestMarkdownIsHarmless(t *testing.T) {
	got := Markdown("# A\x1b[2J\r\n\r\nand `\x1b]52;c;aGk=\a` and\u202e [a](\x9b31m)\n\n```\r\n\x1b[8m\tx\r\n```\n", 80, Palette{})
	if want := "A\\x1b[2J\n\nand `\\x1b]52;c;aGk=\\x07` and\\u202e a (\\x9b31m)\n\n    \\x1b[8m    x\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMarkdownInColour(t *testing.T) {
	p := Palette{On: true}
	got := Markdown(page, 30, p)
	for _, want := range []string{p.Bold("Title"), p.Code("code"), p.Bold("strong"), p.Bold("emphasis"), p.Code("go build"), p.Code("a *b* c")} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "`code`") {
		t.Error("colour replaces the backticks")
	}
}

// Whatever a submission contains, nothing that controls a terminal comes out.
func FuzzClean(f *testing.F) {
	f.Add("\x1b]0;title\x07 \u202e \xff")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) {
			t.Errorf("Clean(%q) = %q is no UTF-8", s, got)
		}
		if i := strings.IndexFunc(got, isUnsafe); i >= 0 {
			t.Errorf("Clean(%q) = %q has a control character at %d", s, got, i)
		}
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) is not clean: %q becomes %q", s, got, again)
		}
		for line := range strings.Lines(Wrap(got, 20, "  ", "    ")) {
			if strings.TrimSpace(line) == "" && strings.TrimSpace(got) != "" {
				t.Errorf("Wrap(%q) has an empty line", got)
			}
		}
	})
}
