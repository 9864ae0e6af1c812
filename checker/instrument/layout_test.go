package instrument

import (
	"bytes"
	"go/scanner"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// layouts are other ways to write the same tokens.
var layouts = map[string]func([]byte) []byte{
	"on one line":      func(src []byte) []byte { return relaid(src, func(token.Token) string { return " " }) },
	"comments":         func(src []byte) []byte { return relaid(src, func(token.Token) string { return " /* c */ " }) },
	"comments of many": func(src []byte) []byte { return relaid(src, commentLines) },
	"many lines":       func(src []byte) []byte { return relaid(src, lineBreaks) },
	"CRLF":             func(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n")) },
}

// relaid writes the tokens of a file with between(token) after each. Directives
// keep a line of their own, and other comments are left out.
func relaid(src []byte, between func(token.Token) string) []byte {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(src))
	s.Init(file, src, nil, scanner.ScanComments)
	var b strings.Builder
	for {
		_, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return []byte(b.String())
		case tok == token.COMMENT:
			if strings.HasPrefix(text, "//go:") || strings.HasPrefix(text, "//line") {
				b.WriteString("\n" + text + "\n")
			}
			continue
		case tok == token.SEMICOLON:
			text = ";" // also where a line break stands for it
		case text == "":
			text = tok.String()
		}
		b.WriteString(text + between(tok))
	}
}

// lineBreaks is a line break where it does not end a statement.
func lineBreaks(tok token.Token) string {
	if endsStatement(tok) {
		return " "
	}
	return "\n\n"
}

// commentLines is a comment that acts like a line break where it may.
func commentLines(tok token.Token) string {
	if endsStatement(tok) {
		return " /**/ "
	}
	return " /* c\n */ // c\n"
}

// endsStatement reports whether a line break after tok stands for a semicolon.
func endsStatement(tok token.Token) bool {
	switch tok {
	case token.BREAK, token.CONTINUE, token.FALLTHROUGH, token.RETURN, token.INC, token.DEC, token.RPAREN, token.RBRACK, token.RBRACE:
		return true
	}
	return tok.IsLiteral()
}

// lineNumber is not compared: where an expression goes over several lines, the
// compiler chooses another of them once it is rewritten.
var lineNumber = regexp.MustCompile(`\.go:\d+`)

// TestLayouts: however a program is written, once rewritten it does the same.
func TestLayouts(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	for name, layout := range layouts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, dir := overlay{}, t.TempDir()
			files := filesOf(t, programs)
			for file := range files {
				files[file] = layout(files[file])
				plain[absolute(t, filepath.Join(programs, file))] = files[file]
			}
			rewritten := overlay{}
			rewritten.rewriteFiles(t, programs, files, nil)
			was, is := filepath.Join(dir, "was"), filepath.Join(dir, "is")
			goCommand(t, "build", "-gcflags=-l", "-o", was, "-overlay="+plain.write(t), "./"+programs)
			goCommand(t, "build", "-gcflags=-l", "-o", is, "-overlay="+rewritten.write(t), "./"+programs)
			for _, file := range []string{"main.go", "crashes.go"} {
				for _, program := range programNames(t, file) {
					does := func(binary string) string { return lineNumber.ReplaceAllString(run(t, binary, program), ".go") }
					if diff := cmp.Diff(does(was), does(is)); diff != "" {
						t.Errorf("%s, before - and after + the rewriting:\n%s", program, diff)
					}
				}
			}
		})
	}
}
