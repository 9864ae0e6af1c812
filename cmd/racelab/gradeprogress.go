package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"racelab/checker/report"
)

// Where nobody looks, a line comes after so many submissions and so much time, both.
const (
	quietSubmissions = 10
	quietTime        = 5 * time.Second
)

// A gradeProgress says how far grading is: on a terminal as a bar with the time left, which
// is rewritten, elsewhere in a line now and then.
type gradeProgress struct {
	line  *progressLine
	start time.Time

	mu     sync.Mutex
	last   int // submissions when a line was written
	lastAt time.Time
}

func (a *app) startGradeProgress(ctx context.Context) *gradeProgress {
	return &gradeProgress{line: a.startProgress(ctx), start: a.now(), lastAt: a.now()}
}

// graded is told how many of how many submissions are graded, from any goroutine.
func (p *gradeProgress) graded(done, all int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.line.now()
	if p.line.terminal {
		p.line.say(bar(done, all, p.line.width) + fmt.Sprintf(" %d of %d", done, all) + left(now.Sub(p.start), done, all))
		return
	}
	switch {
	case done == 0:
		p.line.say("grading " + report.Count(all, "submission"))
	case done == all, done-p.last >= max(quietSubmissions, all/50) && now.Sub(p.lastAt) >= quietTime:
		p.line.say(fmt.Sprintf("graded %d of %s", done, report.Count(all, "submission")) + left(now.Sub(p.start), done, all))
		p.last, p.lastAt = done, now
	}
}

func (p *gradeProgress) stop() { p.line.stop() }

// bar leaves room for the words behind it.
func bar(done, all, columns int) string {
	width := min(20, columns/4)
	n := done * width / max(1, all)
	return "[" + strings.Repeat("#", n) + strings.Repeat("-", width-n) + "]"
}

// left is how long the rest takes if it goes on like this.
func left(took time.Duration, done, all int) string {
	if done == 0 || done == all || took < time.Second {
		return ""
	}
	return ", about " + roughly(took/time.Duration(done)*time.Duration(all-done)) + " left"
}
