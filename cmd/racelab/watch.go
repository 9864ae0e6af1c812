package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/submission"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

// quiet is how long nothing must be written before a save counts as complete:
// editors write, rename and touch a file within a few milliseconds.
const quiet = 100 * time.Millisecond

func (a *app) newWatchCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "watch [NN]",
		Short: "Check again each time you save",
		Long: `Check an exercise, and again each time you save its file. When it passes, watch
goes on with the next one that is not done, and checks that when you first save
its file.

While it waits there are keys: e opens your editor, h shows a hint, r replays,
p plays, d diffs, enter checks again. q or Ctrl-C ends it.`,
		Example: `  racelab watch
  racelab watch 03`,
		Args:              atMost(1),
		ValidArgsFunction: a.completeExercise(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runWatch(cmd.Context(), args)
		},
	}
}

func (a *app) runWatch(ctx context.Context, args []string) error {
	ex, err := a.chosen("watch", args)
	if err != nil {
		return err
	}
	for {
		t, err := a.labTarget(ex)
		if err != nil {
			return err
		}
		if err := a.watchOne(ctx, t); err != nil {
			return a.unlessEnough(err)
		}
		set, err := a.set()
		if err != nil {
			return err
		}
		next, ok := nextUndone(set, a.progress(*t.lab), ex.Number)
		if !ok || next.ID == ex.ID {
			a.say("")
			a.say("All %d exercises are done.", len(set))
			return nil
		}
		ex = next
		if err := a.watchNext(ctx, ex); err != nil {
			return a.unlessEnough(err)
		}
	}
}

// watchNext returns when a file of ex is saved. The report of the exercise before
// stays on the screen until then: nobody has read it yet.
func (a *app) watchNext(ctx context.Context, ex exercise.Exercise) error {
	t, err := a.labTarget(ex)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	touched, err := a.watchTarget(ctx, t)
	if err != nil {
		return err
	}
	saves := settle(ctx, touched, func() string { return saved(t) })
	a.say("")
	a.say("On to the next: %s", a.palette.Bold(ex.ID+": "+ex.Title))
	a.say("Read %s, then edit.", a.shorten(filepath.Join(t.dir, "README.md")))
	a.watching(t, "")
	return a.idle(ctx, t, saves)
}

// watchTarget is watchFolder with an error that says what works all the same.
func (a *app) watchTarget(ctx context.Context, t target) (<-chan struct{}, error) {
	touched, err := watchFolder(ctx, t.dir)
	if err != nil {
		return nil, fmt.Errorf("cannot watch %s: %w. `%s check` works without watching", a.shorten(t.dir), err, a.command)
	}
	return touched, nil
}

// watchOne returns when the exercise passes.
func (a *app) watchOne(ctx context.Context, t target) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	touched, err := a.watchTarget(ctx, t)
	if err != nil {
		return err
	}
	w := watchLoop{
		edits:  settle(ctx, touched, func() string { return contents(t) }),
		check:  func(ctx context.Context) checked { return a.watchCheck(ctx, t) },
		report: func(c checked) error { return a.watchReport(t, c) },
	}
	w.idle = func(ctx context.Context) error { return a.idle(ctx, t, w.edits) }
	return w.run(ctx)
}

// checked is the outcome of one check.
type checked struct {
	verdict finding.Verdict
	sub     submission.Submission
	err     error
}

func (a *app) watchCheck(ctx context.Context, t target) checked {
	var c checked
	c.verdict, c.sub, c.err = a.grade(ctx, t, checkFlags{})
	return c
}

func (a *app) watchReport(t target, c checked) error {
	if c.err != nil {
		return fmt.Errorf("cannot grade %s: %w", t.ex.ID, c.err)
	}
	if a.outTerminal && a.palette.On {
		fmt.Fprint(a.stdout, ansi.CursorHomePosition+ansi.EraseEntireScreen) // what was there belongs to an older version
	}
	if err := report.Text(a.stdout, c.verdict, a.style(renderFlags{}), a.known(t, c.verdict, c.sub)); err != nil {
		return err
	}
	if c.verdict.Outcome != finding.Pass {
		a.say("")
		// The first line of a long report is gone from the screen.
		a.watching(t, report.Headline(c.verdict, a.palette)+". ")
	}
	return nil
}

// watching is the last line while nothing happens.
func (a *app) watching(t target, verdict string) {
	end := ", Ctrl-C to end."
	if a.hasKeys() {
		end = "." // the keys say it
	}
	a.say("%s", verdict+a.palette.Dim("Watching "+strings.Join(t.ex.Files, ", ")+": save to check"+end))
}

// A watchLoop checks, and checks again after each edit. An edit that comes while
// a check runs ends that check: its verdict would be about an older version.
type watchLoop struct {
	edits  <-chan struct{}
	check  func(context.Context) checked
	report func(checked) error
	// idle waits for the next edit, or until another check is asked for.
	idle func(context.Context) error
}

// run returns nil when a check passes.
func (w watchLoop) run(ctx context.Context) error {
	for {
		c, finished := w.checkOnce(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !finished {
			continue // there is a newer version
		}
		if err := w.report(c); err != nil {
			return err
		}
		if c.verdict.Outcome == finding.Pass {
			return nil
		}
		if err := w.idle(ctx); err != nil {
			return err
		}
	}
}

// checkOnce reports false when an edit overtook the check. It returns after the
// check has ended in any case, so that two never run at the same time.
func (w watchLoop) checkOnce(ctx context.Context) (c checked, finished bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan checked, 1)
	go func() { done <- w.check(ctx) }()
	select {
	case c := <-done:
		return c, true
	case <-w.edits:
		cancel()
		<-done
		return checked{}, false
	}
}

// settle turns bursts of events into edits: one value when nothing has happened
// for a while and what fingerprint returns is not what it was. An edit that
// nobody has taken yet stands for those after it as well.
func settle(ctx context.Context, touched <-chan struct{}, fingerprint func() string) <-chan struct{} {
	edits := make(chan struct{}, 1)
	last := fingerprint()
	go func() {
		timer := time.NewTimer(quiet)
		timer.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-touched:
				timer.Reset(quiet)
			case <-timer.C:
				now := fingerprint()
				if now == last {
					continue
				}
				last = now
				select {
				case edits <- struct{}{}:
				default:
				}
			}
		}
	}()
	return edits
}

// contents is what the learner's files hold now, as one string to compare.
func contents(t target) string {
	sub, err := submission.Read(t.dir, t.ex.Files)
	if err != nil {
		return "unreadable: " + err.Error()
	}
	return fmt.Sprintf("%q %v", sub.Files, sub.Findings)
}

// saved is also another string when a file was saved as it is.
func saved(t target) string {
	s := contents(t)
	for _, name := range t.ex.Files {
		if info, err := os.Stat(joinPath(t.dir, name)); err == nil {
			s += info.ModTime().String()
		}
	}
	return s
}
