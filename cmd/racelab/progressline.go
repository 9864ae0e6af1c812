package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"racelab/checker/report/terminal"

	"github.com/charmbracelet/x/ansi"
)

// A progressLine says what takes long, on stderr, so that nobody thinks racelab
// hangs. On a terminal it is one line, rewritten in place, with the seconds that
// the present step has taken; elsewhere each step is a line of its own, without how far it
// is.
type progressLine struct {
	w        io.Writer
	terminal bool
	width    int
	now      func() time.Time

	mu     sync.Mutex
	step   string
	since  time.Time
	cancel context.CancelFunc
	done   chan struct{} // closed when the ticking has ended
}

func (a *app) startProgress(ctx context.Context) *progressLine {
	p := &progressLine{w: a.stderr, terminal: a.errTerminal, width: a.width, now: a.now, done: make(chan struct{})}
	ctx, p.cancel = context.WithCancel(ctx)
	if !p.terminal {
		close(p.done)
		return p
	}
	go p.tick(ctx)
	return p
}

// say is told a new step, from any goroutine.
func (p *progressLine) say(step string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if step == p.step {
		return
	}
	what, _, _ := strings.Cut(step, ": ")
	before, _, _ := strings.Cut(p.step, ": ")
	if p.step = step; what != before {
		p.since = p.now()
	} else if !p.terminal {
		return // a log wants no line for each package
	}
	if p.terminal {
		p.draw()
	} else {
		fmt.Fprintf(p.w, "racelab: %s …\n", terminal.Line(what))
	}
}

// tick redraws every second, until p is stopped.
func (p *progressLine) tick(ctx context.Context) {
	defer close(p.done)
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			p.mu.Lock()
			p.draw()
			p.mu.Unlock()
		}
	}
}

// cleared is the line without what was on it, and the cursor at its beginning.
const cleared = "\r" + ansi.EraseLineRight

// draw writes the line over the one before. The cursor stays behind it.
func (p *progressLine) draw() {
	if p.step == "" {
		return
	}
	suffix := " …"
	if s := int(p.now().Sub(p.since).Seconds()); s > 0 {
		suffix += fmt.Sprintf(" %d s", s)
	}
	step := terminal.Cut(terminal.Line(p.step), p.width-1-terminal.Width(suffix))
	fmt.Fprint(p.w, cleared+step+suffix)
}

// stop removes the line and waits until nothing more is written.
func (p *progressLine) stop() {
	p.cancel()
	<-p.done
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminal && p.step != "" {
		fmt.Fprint(p.w, cleared)
	}
}
