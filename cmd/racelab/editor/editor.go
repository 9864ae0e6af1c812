// Package editor finds the editor of whoever works here, and makes its command line. It
// starts nothing.
package editor

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// A Place is where to open an editor: a file, and the line in it; 0 if none is known.
type Place struct {
	File string
	Line int
}

// ErrNone is that nobody has said which editor to use.
var ErrNone = errors.New("no editor is set")

// An Environment is what the choice of an editor depends on.
type Environment struct {
	Lookup func(string) (string, bool)
	// Exists reports whether a program can be started.
	Exists func(program string) bool
}

// Command is the command line that opens a place: in $VISUAL, in $EDITOR or, inside VS Code,
// there. The program may be missing.
func (e Environment) Command(at Place) ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		value, _ := e.Lookup(name)
		if words := e.words(value); len(words) > 0 {
			return append(words, arguments(words[0], at)...), nil
		}
	}
	if inside, _ := e.Lookup("TERM_PROGRAM"); inside == "vscode" {
		return append([]string{"code"}, arguments("code", at)...), nil
	}
	return nil, ErrNone
}

// words are the program and its arguments. A name with spaces in it that is there is a program.
func (e Environment) words(value string) []string {
	value = strings.TrimSpace(value)
	if value == "" {
		return nil
	}
	if strings.ContainsAny(value, " '\"") && e.Exists(value) {
		return []string{value}
	}
	return split(value)
}

// split is s at its spaces, except for those within quotes. A backslash is nothing special:
// on Windows it is part of paths.
func split(s string) []string {
	var out []string
	var word strings.Builder
	begun, quote := false, rune(0)
	for _, r := range s {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			if begun {
				out = append(out, word.String())
				word.Reset()
			}
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		out = append(out, word.String())
	}
	return out
}

// How editors are told the line.
var (
	plusLine = []string{"vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "mg"}
	gotoLine = []string{"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"}
	withLine = []string{"hx", "helix", "subl", "sublime_text", "zed", "zeditor"}
)

// arguments name the place to a program, with the line if its syntax is known.
func arguments(program string, at Place) []string {
	if at.Line <= 0 {
		return []string{at.File}
	}
	switch name := nameOf(program); {
	case slices.Contains(plusLine, name):
		return []string{fmt.Sprintf("+%d", at.Line), at.File}
	case slices.Contains(gotoLine, name):
		return []string{"--goto", fmt.Sprintf("%s:%d", at.File, at.Line)}
	case slices.Contains(withLine, name):
		return []string{fmt.Sprintf("%s:%d", at.File, at.Line)}
	}
	return []string{at.File}
}

// nameOf is what a program is called, wherever it lies.
func nameOf(program string) string {
	name := strings.ToLower(filepath.Base(filepath.ToSlash(strings.ReplaceAll(program, `\`, "/"))))
	for _, ext := range []string{".exe", ".cmd", ".bat"} {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}
