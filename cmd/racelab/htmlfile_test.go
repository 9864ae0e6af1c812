package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker"
	"racelab/checker/finding"
)

// At a terminal a page that nobody has named lies in the lab, and its name is said.
func TestPageBesideTheLab(t *testing.T) {
	s := newSession(t)
	s.run(t.Context(), []string{"init", "lab"})
	home := s.cwd
	s.cwd, s.outTerminal = filepath.Join(home, "lab", "exercises"), true
	s.replay = func(_ context.Context, task checker.Task, schedule string) (finding.Replay, error) {
		return finding.Replay{Exercise: task.Exercise.ID, Test: "TestRushHour/with two", Schedule: schedule}, nil
	}
	s.out.Reset()
	if got := s.run(t.Context(), []string{"replay", "01", "TestRushHour:b1c:3.6no.9562", "--html"}); got != 0 {
		t.Fatalf("exit status %d: %s", got, s.err.String())
	}
	name := "01-unlocked-balance-TestRushHour-with-two.html"
	page, err := os.ReadFile(filepath.Join(home, "lab", name))
	if err != nil || !strings.HasPrefix(string(page), "<!DOCTYPE html>") {
		t.Errorf("no page: %v", err)
	}
	if got := filepath.ToSlash(s.out.String()); !strings.HasPrefix(got, "The page is written: ../"+name+"\n") {
		t.Errorf("said: %s", got)
	}
}

// The name of a page may follow --html after a space: no flag of Go's libraries that may be
// alone allows that by itself.
func TestPageNamed(t *testing.T) {
	for _, tt := range []struct {
		format, file string
		args, rest   []string
		want         string
	}{
		{"html", "", []string{"01", "a.html"}, []string{"01"}, "a.html"},
		{"html", "", []string{"-"}, []string{}, "-"},
		{"html", "b.html", []string{"01", "a.html"}, []string{"01", "a.html"}, "b.html"},
		{"text", "", []string{"01", "a.html"}, []string{"01", "a.html"}, ""},
		{"html", "", []string{"01"}, []string{"01"}, ""},
		{"html", "", nil, nil, ""},
	} {
		f := renderFlags{formatName: tt.format, file: tt.file}
		if rest := f.takeFile(tt.args); strings.Join(rest, " ") != strings.Join(tt.rest, " ") || f.file != tt.want {
			t.Errorf("%+v leaves %q and names %q", tt, rest, f.file)
		}
	}
}
