package main

import (
	"strings"
	"testing"
	"time"
)

// Where nobody looks, forty-seven submissions are few lines, however long each takes.
func TestGradeProgressIsQuiet(t *testing.T) {
	for _, c := range []struct {
		each  time.Duration
		lines string
	}{
		{20 * time.Second, "grading 47 submissions …|graded 10 of 47 submissions, about 12 min left …|graded 20 of 47 submissions, about 9 min left …|graded 30 of 47 submissions, about 6 min left …|graded 40 of 47 submissions, about 2 min left …|graded 47 of 47 submissions …"},
		{time.Millisecond, "grading 47 submissions …|graded 47 of 47 submissions …"},
	} {
		s := newSession(t)
		now := time.Unix(0, 0)
		s.now = func() time.Time { return now }
		p := s.startGradeProgress(t.Context())
		for done := range 48 {
			p.graded(done, 47)
			now = now.Add(c.each)
		}
		p.stop()
		got := strings.ReplaceAll(strings.TrimSpace(strings.ReplaceAll(s.err.String(), "racelab: ", "")), "\n", "|")
		if got != c.lines {
			t.Errorf("every %v:\n%s\nwant\n%s", c.each, got, c.lines)
		}
	}
}

// On a terminal there is a bar, and the time left.
func TestGradeProgressBar(t *testing.T) {
	s := newSession(t)
	s.errTerminal, s.width = true, 80
	now := time.Unix(0, 0)
	s.now = func() time.Time { return now }
	p := s.startGradeProgress(t.Context())
	p.graded(0, 40)
	now = now.Add(time.Minute)
	p.graded(10, 40)
	p.stop()
	for _, want := range []string{"[--------------------] 0 of 40 …", "[#####---------------] 10 of 40, about 3 min left …"} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("no %q in %q", want, s.err.String())
		}
	}
}

func TestRoughly(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "1 s", 40 * time.Second: "40 s", 100 * time.Second: "2 min", 17 * time.Hour: "17.0 hours"} {
		if got := roughly(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}
