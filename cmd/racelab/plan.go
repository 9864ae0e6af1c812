package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"time"

	"racelab/checker/classroom"
	"racelab/checker/classroom/store"
	"racelab/checker/report"
)

// plan says what grade would do, and how long that takes, and does nothing.
func (a *app) plan(ctx context.Context, g classroom.Grading, storeName string) (err error) {
	g.Store, err = store.OpenToRead(a.abs(storeName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		g.Store = nil
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, g.Store.Close()) }()
	}
	if err := a.knownStudents(g); err != nil {
		return err
	}
	p, err := g.Plan(ctx)
	if err != nil {
		return err
	}
	a.sayRecords(p)
	if p.Checks() > 0 {
		a.say("")
		a.sayTimes(p, max(1, g.Jobs))
	}
	return nil
}

// sayRecords says what there is to do.
func (a *app) sayRecords(p classroom.Plan) {
	a.say("%s, %s:", report.Count(p.Students, "student"), report.Count(p.Exercises, "exercise"))
	for _, row := range []struct {
		n    int
		what string
	}{
		{p.Missing, "were not handed in"},
		{p.Unreadable, "cannot be read"},
		{p.Untouched, "are as they were handed out"},
		{p.Known, "are known, and are not graded again"},
		{p.Open, "are to be graded"},
	} {
		if row.n > 0 {
			a.say("%7d  %s", row.n, row.what)
		}
	}
	switch {
	case p.Open == 0:
		a.say("Nothing is to be graded.")
	case p.Checks() < p.Open:
		a.say("%7d  checks do for these: the others are copies", p.Checks())
	}
}

// sayTimes says how long it takes, here and on several machines.
func (a *app) sayTimes(p classroom.Plan, jobs int) {
	basis := p.Basis()
	takes := fmt.Sprintf("With %s on this machine that takes about %s, going by", report.Count(jobs, "job"), roughly(p.Time(1, jobs)))
	switch {
	case basis.Checks > 0:
		a.say("%s %s of before.", takes, report.Count(basis.Checks, "check"))
	case basis.ByReference > 0:
		a.say("%s the reference", takes)
		a.say("solutions: no check was measured that this store knows of.")
	default:
		a.say("Nobody knows yet how long that takes: no check was measured that this store knows of.")
		a.say("Grade a few students first, as in `%s grade DIR --only ID`, and ask again.", a.command)
		return
	}
	if basis.Checks > 0 && basis.ByReference > 0 {
		a.say("Checks of %s were not measured: they count as long as the reference.", report.Count(basis.ByReference, "exercise"))
	}
	if basis.Guessed > 0 {
		a.say("Checks of %s were not measured: they count as long as the others.", report.Count(basis.Guessed, "exercise"))
	}
	if p.Checks() < 2 {
		return
	}
	a.say("In shards, each with %s on a machine like this one:", report.Count(jobs, "job"))
	for n := 2; n <= 32 && n <= p.Checks(); n *= 2 {
		a.say("%7d  machines take about %s", n, roughly(p.Time(n, jobs)))
	}
}

// roughly is a time as one would say it.
func roughly(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%d s", max(1, int(math.Round(d.Seconds()))))
	case d < 90*time.Minute:
		return fmt.Sprintf("%d min", int(math.Round(d.Minutes())))
	}
	return fmt.Sprintf("%.1f hours", d.Hours())
}
