package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// screenHeight is that of a screen of which no other is known.
const screenHeight = 24

// inTerminal reports whether somebody types.
func (a *app) inTerminal() bool {
	f, ok := a.stdin.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// screen is the terminal itself, where it is known: what draws on it asks it how large it is.
func (a *app) screen() io.Writer {
	if s, ok := a.stdout.(*stickyWriter); ok {
		return s.w
	}
	return a.stdout
}

// hasKeys reports whether there is somebody who can press keys and see what they do.
func (a *app) hasKeys() bool {
	kind, _ := a.lookupEnv("TERM")
	return a.inTerminal() && a.outTerminal && kind != "dumb" && kind != ""
}

// widthOfStdout is the width of the terminal that standard output is, in columns.
func widthOfStdout() (int, error) {
	w, _, err := term.GetSize(int(os.Stdout.Fd()))
	return w, err
}
