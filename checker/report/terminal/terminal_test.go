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
	} {
		if got := Cut(tt.in, tt.width); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.want)
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
		{"  spaces\nand  lines ", "", "", "spaces and\nlines\n"},
		{"", "  ", "  ", "\n"},
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
	if got := p.Bad("x"); got != "\x1b[1;31mx\x1b[0m" {
		t.Errorf("with colour: %q", got)
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

An *emphasis*, a *longer one*, *and ` + "`code`" + ` in it*: ` + "`a *b* c`" + `, 2*a*b (*so*).

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

An emphasis, a longer one,
and ` + "`code`" + ` in it: ` + "`a *b* c`" + `,
2*a*b (so).

    func main() {
        println("# no heading, - no item")

    }
The end.
`
	if got := Markdown(page, 30, Palette{}); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
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
