package lsp

import (
	"runtime"
	"strings"
	"testing"
)

func TestLineSpan(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		line       int
		want       span
	}{
		{"no text", "", 1, span{}},
		{"the whole line", "a\nbc\nd", 2, span{position{1, 0}, position{1, 2}}},
		{"without blanks around it", "a\n\t bc \t\r\nd", 2, span{position{1, 2}, position{1, 4}}},
		{"blanks alone", "a\n\t\n", 2, span{position{1, 0}, position{1, 1}}},
		{"no line", "a\nb", 0, span{position{0, 0}, position{0, 1}}},
		{"beyond the end", "a\nbc", 9, span{position{1, 0}, position{1, 2}}},
		{"two bytes, one unit", "\tGrüße()", 1, span{position{0, 1}, position{0, 8}}},
		{"four bytes, two units", "s := \"😀\"", 1, span{position{0, 0}, position{0, 9}}},
		{"a combining mark is a unit", "e\u0301", 1, span{position{0, 0}, position{0, 2}}},
		{"no UTF-8", "a\xff\xfe b", 1, span{position{0, 0}, position{0, 5}}},
		{"a carriage return alone ends a line for editors", "// a\rb\nc", 2, span{position{2, 0}, position{2, 1}}},
		{"and a line of Go goes on behind it", "// a\rb\nc", 1, span{position{0, 0}, position{1, 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lineSpan(tt.text, tt.line); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// moved is where lines are after a change; 0 means that it has taken the line away.
func TestMoved(t *testing.T) {
	for _, tt := range []struct {
		name, old, now string
		want           []int // of each line of old
	}{
		{"no change", "a b c", "a b c", []int{1, 2, 3}},
		{"one more at the beginning", "a b c", "x a b c", []int{2, 3, 4}},
		{"one more in the middle", "a b c", "a x b c", []int{1, 3, 4}},
		{"one more at the end", "a b c", "a b c x", []int{1, 2, 3}},
		{"another one", "a b c", "a x c", []int{1, 0, 3}},
		{"one less", "a b c", "a c", []int{1, 0, 2}},
		{"all less", "a b c", "", []int{0, 0, 0}},
		{"one of two that are the same", "a a b", "a b", []int{1, 0, 2}},
		{"two places", "a b c d e", "x b c y e", []int{0, 0, 0, 0, 5}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines := func(s string) string { return strings.ReplaceAll(s, " ", "\n") }
			for i, want := range tt.want {
				got, ok := moved(lines(tt.old), lines(tt.now), i+1)
				if !ok {
					got = 0
				}
				if got != want {
					t.Errorf("line %d is at %d, want %d", i+1, got, want)
				}
			}
		})
	}
}

func TestPathOf(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("paths are others there")
	}
	for _, tt := range []struct{ uri, want string }{
		{"file:///lab/bank.go", "/lab/bank.go"},
		{"file://localhost/lab/bank.go", "/lab/bank.go"},
		{"file:///lab/a%20b/%C3%BC%23.go", "/lab/a b/ü#.go"},
		{"file:///lab/../etc/./bank.go", "/etc/bank.go"},
		{"file:///lab/bank.go?x#y", "/lab/bank.go"},
		{"file:///a%00b", ""},
		{"file:///a%ffb", ""},
		{"file:///a%zz", ""},
		{"file://server/share/bank.go", ""},
		{"file:bank.go", ""},
		{"untitled:Untitled-1", ""},
		{"git:/lab/bank.go?ref", ""},
		{"/lab/bank.go", ""},
		{"", ""},
	} {
		got, ok := pathOf(tt.uri)
		if got != tt.want && ok || ok != (tt.want != "") {
			t.Errorf("%q is %q, %v, want %q", tt.uri, got, ok, tt.want)
		}
	}
	for _, path := range []string{"/lab/bank.go", "/a b/ü#%?.go", "/a:b"} {
		if got, ok := pathOf(fileURI(path)); !ok || got != path {
			t.Errorf("%q becomes %q, and that %q", path, fileURI(path), got)
		}
	}
}
