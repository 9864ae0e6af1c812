// Package terminal prepares text for a terminal: it escapes what could take
// control of it, breaks lines, colours, and lays out the small part of Markdown
// that hints and explanations use.
//
// Everything is a pure function of its arguments. Whether there is a terminal,
// how wide it is and whether it may be coloured is the caller's to know. Widths
// count runes: a character two cells wide (as in Chinese) makes a line longer
// than asked for, never shorter.
//
// The package writes the few colour codes itself. The usual libraries were
// measured and left out: through go-runewidth's tables they add 28 ms to the
// start of every command, more than all the rest of it.
package terminal

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
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
	return strings.NewReplacer("\n", `\n`, "\t", " ").Replace(Clean(s))
}

func isUnsafe(r rune) bool {
	return r != '\n' && r != '\t' && !unicode.IsPrint(r)
}

// Cut shortens s to at most width runes; the last of them then is "…".
func Cut(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	if width < 1 {
		return ""
	}
	return string([]rune(s)[:width-1]) + "…"
}

// Wrap breaks s at spaces into lines of at most width runes. The first line
// begins with first, the others with rest; both count. A short `code span` is
// not broken, and a word only if no line could hold it.
func Wrap(s string, width int, first, rest string) string {
	var b strings.Builder
	line, empty := first, true
	room := width - max(utf8.RuneCountInString(first), utf8.RuneCountInString(rest))
	for _, word := range breakLong(words(s), max(room, 1)) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
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

// breakLong cuts words into pieces of at most width runes.
func breakLong(words []string, width int) []string {
	var out []string
	for _, word := range words {
		runes := []rune(word)
		for len(runes) > width {
			out, runes = append(out, string(runes[:width])), runes[width:]
		}
		out = append(out, string(runes))
	}
	return out
}

// shortSpan is a code span that fits a line. What is longer is broken like
// other text.
var shortSpan = regexp.MustCompile("`[^`\n]{1,60}`")

// keptSpace stands for a space that no line is broken at. It is not white space,
// and Clean lets no text contain it.
const keptSpace = "\x1f"
