package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"
)

// A position is one in a text, as the protocol counts: lines from 0, and in a line the units
// of UTF-16.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// A span is the protocol's Range. End is not in it.
type span struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

// lineSpan is what stands on a line, without the blanks around it. Lines are those of Go,
// from 1; line 0 is the first one, and beyond the end there is the last one.
func lineSpan(text string, line int) span {
	start := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(text[start:], '\n')
		if next < 0 {
			break
		}
		start += next + 1
	}
	end := len(text)
	if next := strings.IndexByte(text[start:], '\n'); next >= 0 {
		end = start + next
	}
	const blanks = " \t\r"
	if all := text[start:end]; strings.Trim(all, blanks) != "" {
		end = start + len(strings.TrimRight(all, blanks))
		start += len(all) - len(strings.TrimLeft(all, blanks))
	}
	return span{positionOf(text, start), positionOf(text, end)}
}

// positionOf is where the byte at offset is. For the protocol a line also ends at a carriage
// return alone; for Go it does not.
func positionOf(text string, offset int) position {
	var p position
	for i, r := range text[:offset] {
		switch {
		case r == '\n', r == '\r' && !strings.HasPrefix(text[i+1:], "\n"):
			p = position{Line: p.Line + 1}
		case r > 0xffff:
			p.Character += 2
		default:
			p.Character++
		}
	}
	return p
}

// byteOrderMark is not in the text that an editor has of a file.
const byteOrderMark = "\ufeff"

// fileURI is the address of a file.
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/Users
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// pathOf is the file of an address; ok is false for what is none, such as a text that was
// not saved yet.
func pathOf(uri string) (path string, ok bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Host != "" && u.Host != "localhost" || u.Path == "" ||
		!utf8.ValidString(u.Path) || strings.ContainsRune(u.Path, 0) {
		return "", false
	}
	path = u.Path
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/")
	}
	path = filepath.Clean(filepath.FromSlash(path))
	return path, filepath.IsAbs(path)
}
