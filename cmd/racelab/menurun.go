package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/cmd/racelab/editor"
	"racelab/cmd/racelab/menu"
)

// fromMenu carries a key of the first screen out, and those that follow before somebody goes
// back to the list; ok is false for those who leave racelab. note is what the list is to say.
func (a *app) fromMenu(ctx context.Context, l lab, ex exercise.Exercise, key menu.Key, list menu.List) (note string, ok bool) {
	row := list.Rows[slices.IndexFunc(list.Rows, func(r menu.Row) bool { return r.ID == ex.ID })]
	for {
		if a.carryOut(ctx, l, ex, key, row) {
			if key.Word == wordEdit {
				note = "opened with  " + key.Command(row)
			}
			return note, true
		}
		a.say("")
		again := menu.Prompt{Keys: afterCommand(list.Keys), Look: list.Look}
		next, pressed, err := again.Run(ctx, a.stdin, a.screen())
		if err != nil || !pressed || next.Word == wordQuit {
			return "", false
		}
		if next.Word == wordList {
			return "", true
		}
		key = next
	}
}

// afterCommand are the keys below what a command has written: enter goes back to the list.
func afterCommand(keys []menu.Key) []menu.Key {
	out := []menu.Key{{Press: "enter", Word: wordList}}
	for _, k := range keys {
		if k.Press == "enter" {
			k.Press = k.Also
		}
		out = append(out, k)
	}
	return append(out, menu.Key{Press: "q", Word: wordQuit})
}

// carryOut says the command that a key stands for, and runs it in the foreground. It reports
// whether there is nothing to read afterwards.
func (a *app) carryOut(ctx context.Context, l lab, ex exercise.Exercise, key menu.Key, row menu.Row) (nothingToRead bool) {
	if key.Word == wordEdit {
		return a.edit(l, ex)
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	a.say("%s", a.palette.Code("$ "+key.Command(row)))
	b := a.again()
	status := b.run(ctx, []string{key.Word, fmt.Sprintf("%02d", ex.Number)})
	return status == statusStopped || b.enough
}

// again is another invocation in the same surroundings. The terminal may have another size
// by now.
func (a *app) again() *app {
	b := *a
	b.stdout, b.enough = a.screen(), false
	b.width = columns(a.lookupEnv, widthOfStdout)
	return &b
}

// editorLine is what somebody would type to open an exercise in the editor.
func (a *app) editorLine(l lab, ex exercise.Exercise) string {
	argv, err := a.editorCommand(l, ex)
	if err != nil {
		return "(no editor: set EDITOR)"
	}
	return shellLine(argv)
}

// shellLine is what somebody would type to have a shell run argv.
func shellLine(argv []string) string {
	words := make([]string, len(argv))
	for i, arg := range argv {
		words[i] = shellWord(arg)
	}
	return strings.Join(words, " ")
}

func (a *app) editorCommand(l lab, ex exercise.Exercise) ([]string, error) {
	env := editor.Environment{Lookup: a.lookupEnv, Exists: func(program string) bool {
		_, err := exec.LookPath(program)
		return err == nil
	}}
	return env.Command(a.placeToEdit(l, ex))
}

// placeToEdit is the learner's file, at the line of the first problem of the last check.
func (a *app) placeToEdit(l lab, ex exercise.Exercise) editor.Place {
	file, line := ex.Files[0], 0
	if last, ok := l.checks().Read(ex.ID); ok && last.Verdict.Outcome != finding.Pass {
		for _, at := range placesOf(last.Verdict) {
			if slices.Contains(ex.Files, at.File) {
				file, line = at.File, at.Line
				break
			}
		}
	}
	return editor.Place{File: a.shorten(joinPath(l.exerciseDir(ex), file)), Line: line}
}

// placesOf are the places of a verdict's problems, the first problem's first.
func placesOf(v finding.Verdict) []finding.Location {
	var out []finding.Location
	for _, p := range v.Problems() {
		for _, f := range append([]finding.Finding{p.Head}, p.Follows...) {
			m := report.MarkOf(f)
			out = append(out, m.Location)
			for _, r := range m.Places {
				out = append(out, r.Location)
			}
		}
	}
	return out
}

// edit opens the editor, and reports whether that worked; if not, it says why. Nothing ends an
// editor but the user: there may be work in it that is not saved.
func (a *app) edit(l lab, ex exercise.Exercise) bool {
	argv, err := a.editorCommand(l, ex)
	if err != nil {
		a.note("no editor is set. Put the name of yours into EDITOR, as in `export EDITOR=nano`. The program is %s.", a.placeToEdit(l, ex).File)
		return false
	}
	if dir := l.exerciseDir(ex); !isDir(dir) { // else it would read as if the editor were missing
		a.note("the folder %s is gone.", a.shorten(dir))
		return false
	}
	a.say("%s", a.palette.Code("$ "+shellLine(argv)))
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = a.cwd, a.stdin, a.screen(), a.stderr
	err = cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		a.note("the editor ended with an error: %v.", err)
	} else if err != nil {
		if why := errors.Unwrap(err); why != nil {
			err = why
		}
		a.note("the editor %s cannot be started: %v. $VISUAL and $EDITOR say which one it is.", argv[0], err)
	}
	return err == nil
}
