package main

import (
	"context"
	"fmt"
	"os/signal"
	"strings"
	"syscall"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
	"racelab/cmd/racelab/menu"
)

// Words of keys. The others are the names of commands.
const (
	wordList = "list"
	wordEdit = "edit"
	wordQuit = "quit"
)

// menuKeys are the keys of the first screen that stand for commands; watch has them too.
func (a *app) menuKeys(l lab, set exercise.Set) []menu.Key {
	key := func(press, verb, purpose string) menu.Key {
		return menu.Key{Press: press, Word: verb, Purpose: purpose, Command: func(r menu.Row) string {
			return fmt.Sprintf("%s %s %02d", a.command, verb, r.Number)
		}}
	}
	check := key("enter", "check", "what is wrong, or whether your fix is right")
	check.Also = "c"
	return []menu.Key{
		check,
		key("w", "watch", "the same, again each time you save"),
		key("h", "hint", "where to look; the next hint the next time"),
		{Press: "e", Word: wordEdit, Purpose: "open the program in your editor ($VISUAL, $EDITOR)", Command: func(r menu.Row) string {
			ex, _, _ := set.Find(r.ID)
			return a.editorLine(l, ex)
		}},
		key("r", "replay", "see how the first problem happens, step by step"),
		key("p", "play", "be the scheduler: find an order that fails"),
		key("d", "diff", "compare yours with the reference, once you have passed"),
	}
}

// runMenu is `racelab` alone on a terminal: a list to move in, until somebody leaves it.
// Ctrl-C ends the command that runs, and not the list.
func (a *app) runMenu(ctx context.Context, l lab) error {
	ctx, stop := signal.NotifyContext(context.WithoutCancel(ctx), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	at := menuPlace{}
	for {
		if !isDir(l.dir) {
			return fmt.Errorf("the lab %s is gone", l.dir)
		}
		list, set, err := a.menuList(l, at)
		if err != nil {
			return err
		}
		c, ok, err := list.Run(ctx, a.stdin, a.screen())
		if err != nil || !ok {
			return orStopped(ctx, err)
		}
		at = menuPlace{id: list.Rows[c.Row].ID}
		ex, _, _ := set.Find(at.id)
		done := a.progress(l).passed(ex.ID)
		if at.note, ok = a.fromMenu(ctx, l, ex, c.Key, list); !ok || ctx.Err() != nil {
			return orStopped(ctx, nil)
		}
		if !done && a.progress(l).passed(ex.ID) {
			at.id = "" // on to the next
		}
	}
}

func orStopped(ctx context.Context, err error) error {
	if err == nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// A menuPlace is where somebody comes back to in the list.
type menuPlace struct{ id, note string }

// menuList is what the first screen shows now. It begins at the next exercise.
func (a *app) menuList(l lab, at menuPlace) (menu.List, exercise.Set, error) {
	set, err := a.set()
	if err != nil {
		return menu.List{}, nil, err
	}
	p := a.progress(l)
	next, ok := nextUndone(set, p, 0)
	list := menu.List{Keys: a.menuKeys(l, set), Note: at.note, Look: a.menuLook()}
	for i, ex := range set {
		row := a.menuRow(l, ex, p)
		if ok && ex.ID == next.ID {
			row.Status = strings.TrimPrefix(row.Status+", next", ", ")
		}
		if ex.ID == at.id || at.id == "" && ok && ex.ID == next.ID {
			list.Selected = i
		}
		list.Rows = append(list.Rows, row)
	}
	return list, set, nil
}

func (a *app) menuLook() menu.Look {
	return menu.Look{Palette: a.palette, Width: a.width, Height: screenHeight}
}

func (a *app) menuRow(l lab, ex exercise.Exercise, p progress) menu.Row {
	row := menu.Row{
		Number: ex.Number, ID: ex.ID, Title: ex.Title, About: ex.Learn,
		Group: headingOf(ex),
	}
	var facts []string
	if last, ok := l.checks().Read(ex.ID); ok && last.Verdict.Outcome == finding.Fail {
		row.Mark, row.Status = menu.Failed, fmt.Sprintf("%d of %d", last.Verdict.Score, last.Verdict.MaxScore)
		facts = append(facts, "last check: "+report.Count(len(last.Verdict.Problems()), "problem")+", "+row.Status+" points")
	}
	if passed := p.Exercises[ex.ID].Passed; passed != nil {
		row.Mark, row.Status = menu.Done, "passed"
		facts = append([]string{"passed on " + passed.Local().Format("2006-01-02")}, facts...)
	}
	if n := min(p.Exercises[ex.ID].Hints, len(ex.Hints)); n > 0 {
		facts = append(facts, fmt.Sprintf("%d of %s seen", n, report.Count(len(ex.Hints), "hint")))
	}
	row.Facts = terminal.Line(strings.Join(facts, "; "))
	return row
}
