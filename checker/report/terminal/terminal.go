// Package terminal prepares text for a terminal: it escapes what could take
// control of it, breaks lines, colours, and lays out Markdown.
//
// Everything is a pure function of its arguments. Whether there is a terminal,
// how wide it is and whether it may be coloured is the caller's to know. Widths
// are columns: a character of Chinese takes two, an accent on a letter none, and
// neither does what colours text or links it.
package terminal

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes text from outside harmless to show: control characters, invisible
// ones (such as those that turn the direction of writing) and bytes that are no
// UTF-8 become escapes as in a Go string. Newlines and tabs stay.
func Clean(s string) string {
	if strings.IndexFunc(s, isUnsafe) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !isUnsafe(r):
			b.WriteRune(r)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// Line is Clean for what must stay on one line: newlines are escaped as well
// and a tab is a space.
func Line(s string) string {
	s = strings.TrimRight(s, "\r\n")
	return oneLine.Replace(Clean(s))
}

// oneLine is made once: to make it takes longer than to use it.
var oneLine = strings.NewReplacer("\n", `\n`, "\t", " ")

func isUnsafe(r rune) bool {
	return r != '\n' && r != '\t' && !unicode.IsPrint(r)
}

// Width is how many columns s takes. Most text is ASCII, each byte a column: a long report is
// laid out several times faster for it.
func Width(s string) int {
	ascii := 0
	for ascii < len(s) && s[ascii] >= ' ' && s[ascii] <= '~' {
		ascii++
	}
	if ascii == len(s) {
		return ascii
	}
	ascii = max(0, ascii-1) // an accent that follows belongs to the last one
	return ascii + ansi.StringWidth(s[ascii:])
}

// Pad fills s up to width with spaces.
func Pad(s string, width int) string { return s + strings.Repeat(" ", max(0, width-Width(s))) }

// Cut shortens s to at most width; its end then is "…". So many accents on one letter that
// they are more runes than width are cut as well.
func Cut(s string, width int) string {
	if fits(s, width) {
		return s
	}
	if width < 1 {
		return ""
	}
	runes := []rune(s)
	s = string(runes[:min(len(runes), width-1)])
	if Width(s) >= width {
		s = ansi.Truncate(s, width-1, "")
	}
	return s + "…"
}

// CutWords is Cut where s is prose, or a list: it ends between two words or elements, unless
// that takes away more than half of the width.
func CutWords(s string, width int) string {
	short := Cut(s, width)
	if short == s {
		return s
	}
	at := strings.LastIndexByte(short, ' ')
	if at < 0 || 2*Width(short[:at]) < width {
		return short
	}
	return strings.TrimRight(short[:at], " ") + " …"
}

// Limit shortens s to at most so many runes, whatever columns they take: the limit of a program
// that reads it. Its end then is "…".
func Limit(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	if runes < 1 {
		return ""
	}
	return string([]rune(s)[:runes-1]) + "…"
}

// CutFront shortens s to at most width; its beginning then is "…".
func CutFront(s string, width int) string {
	if fits(s, width) {
		return s
	}
	if width < 1 {
		return ""
	}
	runes := []rune(s)
	runes = runes[max(0, len(runes)-width+1):]
	for Width(string(runes)) >= width {
		runes = runes[1:]
	}
	return "…" + string(runes)
}

func fits(s string, width int) bool {
	return utf8.RuneCountInString(s) <= width && Width(s) <= width
}

// Wrap breaks s at spaces into lines of at most width columns. The first line
// begins with first, the others with rest; both count. A short `code span` is
// not broken, and a word only if no line could hold it.
func Wrap(s string, width int, first, rest string) string {
	var b strings.Builder
	line, column, empty := first, Width(first), true
	room := width - max(Width(first), Width(rest))
	for _, word := range breakLong(words(s), max(room, 1)) {
		if !empty && column+1+Width(word) > width {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line, column, empty = rest, Width(rest), true
		}
		if !empty {
			line, column = line+" ", column+1
		}
		line, column, empty = line+word, column+Width(word), false
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	return b.String()
}

// words splits s at white space, except where that is inside a code span: half
// a command in each of two lines cannot be copied.
func words(s string) []string {
	s = shortSpan.ReplaceAllStringFunc(s, func(span string) string {
		return strings.ReplaceAll(span, " ", keptSpace)
	})
	out := strings.Fields(s)
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], keptSpace, " ")
	}
	return out
}

// breakLong cuts words into pieces of at most width columns: code at its spaces, if it has some.
func breakLong(words []string, width int) []string {
	var out []string
	for _, word := range words {
		if Width(word) <= width {
			out = append(out, word)
			continue
		}
		for _, part := range strings.Fields(word) {
			out = append(out, pieces(part, width)...)
		}
	}
	return out
}

func pieces(word string, width int) []string {
	if len(word) != Width(word) {
		return strings.Fields(ansi.Hardwrap(word, width, true))
	}
	var out []string
	for ; len(word) > width; word = word[width:] {
		out = append(out, word[:width])
	}
	return append(out, word)
}

// shortSpan is a code span that fits a line. What is longer is broken like
// other text.
var shortSpan = regexp.MustCompile("`[^`\n]{1,60}`")

// keptSpace stands for a space that no line is broken at. It is not white space,
// and Clean lets no text contain it.
const keptSpace = "\x1f"
