package main

import (
	"bytes"
	"io"
	"regexp"
	"runtime"
)

// deliver writes a report to where it belongs: a page for people into a file, whose name they
// are told, and all else to stdout.
func (a *app) deliver(t target, flags renderFlags, about string, render func(io.Writer) error) error {
	if !flags.page() || flags.file == "-" || flags.file == "" && !a.outTerminal {
		return render(a.stdout)
	}
	var page bytes.Buffer
	if err := render(&page); err != nil {
		return err
	}
	name := a.abs(flags.file)
	if flags.file == "" {
		name = a.pageName(t, about)
	}
	if err := writeFile(name, page.Bytes()); err != nil {
		return err
	}
	short := a.shorten(name)
	a.say("The page is written: %s", short)
	a.say("Open it in a browser, or type: %s %s", opener(), shellWord(short))
	return nil
}

var unfitForNames = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// pageName is where a page goes that nobody has named: beside the exercises of the lab, or
// where one is.
func (a *app) pageName(t target, about string) string {
	name := t.ex.ID
	if about != "" {
		name += "-" + unfitForNames.ReplaceAllString(about, "-")
	}
	if t.lab != nil {
		return joinPath(t.lab.dir, name+".html")
	}
	return a.abs(name + ".html")
}

// opener is the command that opens a file with the program that is meant for it.
func opener() string {
	switch runtime.GOOS {
	case "darwin":
		return "open"
	case "windows":
		return "start"
	}
	return "xdg-open"
}
