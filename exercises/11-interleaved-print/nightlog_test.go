package nightlog_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	nightlog "racelab/exercises/11-interleaved-print"
)

// A paper is what a log is written to. It takes one Write at a time.
type paper struct {
	text string
	err  error // of the next Write that fails, and of all after it
	good int   // how many Writes come before that
}

func (p *paper) Write(b []byte) (int, error) {
	if p.err != nil && p.good == 0 {
		return 0, p.err
	}
	p.good--
	p.text += string(b)
	return len(b), nil
}

// A note is an entry as somebody wants to make it.
type note struct {
	title string
	lines []string
}

// String is the note as it is to be in the log.
func (n note) String() string {
	text := n.title + "\n"
	for _, line := range n.lines {
		text += "  " + line + "\n"
	}
	return text
}

// enter makes an entry of a note, and calls pause before each of its lines.
func enter(l *nightlog.Log, n note, pause func()) {
	l.Entry(n.title, func(e *nightlog.Entry) {
		for _, line := range n.lines {
			pause()
			e.Line(line)
		}
	})
}

func atOnce() {}

func flush(t *testing.T, l *nightlog.Log) {
	t.Helper()
	if err := l.Flush(); err != nil {
		t.Errorf("Flush: %v", err)
	}
}

// checkLog checks that a log consists of all entries of all domes, each in one piece,
// and each dome's in its order.
func checkLog(t *testing.T, got string, domes ...[]note) {
	t.Helper()
	var all []string
	left := slices.Clone(domes)
	for rest := got; rest != ""; {
		i := slices.IndexFunc(left, func(notes []note) bool {
			return len(notes) > 0 && strings.HasPrefix(rest, notes[0].String())
		})
		if i < 0 {
			t.Errorf("where a whole entry should begin, the log has %.80q", rest)
			t.Logf("the whole log:\n%s", got)
			return
		}
		all, rest, left[i] = append(all, left[i][0].title), rest[len(left[i][0].String()):], left[i][1:]
	}
	for _, notes := range left {
		for _, n := range notes {
			t.Errorf("missing in the log: %q", n)
		}
	}
	slices.Sort(all)
	t.Attr("entries", strings.Join(all, ", "))
}

// What one dome writes is in the log, line for line.
func TestOneDome(t *testing.T) {
	p := new(paper)
	l := nightlog.New(p)
	flush(t, l)
	notes := []note{
		{"dome 1: M31", []string{"21:40 clear", "21:55 " + strings.Repeat("*", 70), "", "22:10 clouds"}},
		{"dome 1: closed", nil},
	}
	for _, n := range notes {
		enter(l, n, atOnce)
	}
	flush(t, l)
	checkLog(t, p.text, notes)
	more := note{"dome 1: Vega", []string{"23:00 clear again"}}
	enter(l, more, atOnce)
	flush(t, l)
	flush(t, l)
	checkLog(t, p.text, append(notes, more))
}

// Three domes observe the same eclipse: in the middle of their entries they wait for
// each other. Somebody saves the log just then.
func TestEclipse(t *testing.T) {
	p := new(paper)
	l := nightlog.New(p)
	domes := [][]note{
		{{"dome 1: the moon", []string{"02:10 first contact", "02:40 dark"}}, {"dome 1: Mars", nil}},
		{{"dome 2: the moon", []string{"02:11 first contact", "02:41 totality", "too dark to read this"}}},
		{{"dome 3: clouds", []string{"02:12 nothing", "02:42 nothing"}}, {"dome 3: closed", []string{"good night"}}},
	}
	var begun, met, gone sync.WaitGroup
	begun.Add(len(domes))
	met.Add(len(domes))
	for _, notes := range domes {
		gone.Go(func() {
			begun.Done()
			begun.Wait()
			for i, n := range notes {
				if i > 0 {
					enter(l, n, atOnce)
					continue
				}
				enter(l, n, sync.OnceFunc(func() {
					met.Done()
					met.Wait()
				}))
			}
		})
	}
	gone.Go(func() {
		met.Wait()
		flush(t, l)
	})
	gone.Wait()
	flush(t, l)
	checkLog(t, p.text, domes...)
}

// Dome 1 has begun an entry, which takes the whole night. Dome 2 makes one meanwhile and
// flushes: it is in the log then.
func TestLongExposure(t *testing.T) {
	p := new(paper)
	l := nightlog.New(p)
	long := note{"dome 1: M31", []string{"22:00 shutter open", "04:00 shutter closed"}}
	short := note{"dome 2: Vega", []string{"23:00 bright", "23:05 still bright"}}
	begun, saved := make(chan struct{}), make(chan struct{})
	var domes sync.WaitGroup
	domes.Go(func() {
		l.Entry(long.title, func(e *nightlog.Entry) {
			e.Line(long.lines[0])
			close(begun)
			<-saved
			e.Line(long.lines[1])
		})
	})
	domes.Go(func() {
		<-begun
		enter(l, short, atOnce)
		flush(t, l)
		if !strings.Contains(p.text, short.String()) {
			t.Errorf("flushed, and not in the log in one piece: %q", short)
		}
		close(saved)
	})
	domes.Wait()
	flush(t, l)
	checkLog(t, p.text, []note{long}, []note{short})
}

// The paper is used up. Whoever flushes is told, also when an entry before noticed it.
func TestOutOfPaper(t *testing.T) {
	for _, good := range []int{0, 1} {
		p := &paper{err: errors.New("out of paper"), good: good}
		l := nightlog.New(p)
		var domes sync.WaitGroup
		for _, title := range []string{"dome 1", "dome 2"} {
			domes.Go(func() { enter(l, note{title, []string{strings.Repeat("*", 70), "."}}, atOnce) })
		}
		domes.Wait()
		_ = l.Flush()
		enter(l, note{"dome 3", nil}, atOnce)
		for range 2 {
			if err := l.Flush(); !errors.Is(err, p.err) {
				t.Errorf("Flush() = %v after %d good Writes, want %v", err, good, p.err)
			}
		}
	}
}

// Two nights have two logs, and each of them its own paper.
func TestTwoNights(t *testing.T) {
	var papers [2]paper
	var nights sync.WaitGroup
	notes := []note{{"dome 1: comet", []string{"tail 2 degrees", "tail 3 degrees"}}, {"dome 2: rain", nil}}
	for i := range papers {
		nights.Go(func() {
			l := nightlog.New(&papers[i])
			enter(l, notes[i], atOnce)
			flush(t, l)
		})
	}
	nights.Wait()
	for i := range papers {
		checkLog(t, papers[i].text, notes[i:i+1])
	}
}
