package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker"
	"racelab/checker/finding"
)

// The checker is asked for the steps of schedules only with --trace.
func TestTrace(t *testing.T) {
	for args, want := range map[string]bool{"check 01": false, "check 01 --trace --json": true, "check all --trace": true} {
		s := newSession(t)
		s.run(t.Context(), []string{"init", s.cwd})
		asked := map[bool]bool{}
		s.checkAlone = func(_ context.Context, task checker.Task) (finding.Verdict, error) {
			asked[task.Trace] = true
			return finding.Verdict{Exercise: task.Exercise.ID, Outcome: finding.Pass}, nil
		}
		if got := s.run(t.Context(), strings.Fields(args)); got != 0 || !asked[want] || asked[!want] {
			t.Errorf("%s: exit status %d, asked %v\n%s", args, got, asked, s.err.String())
		}
	}
}

// What is suggested for a submission elsewhere can be typed as it stands.
func TestFromWord(t *testing.T) {
	s := newSession(t)
	l := lab{dir: s.cwd}
	for _, tt := range []struct {
		t    target
		want string
	}{
		{target{dir: filepath.Join(s.cwd, "exercises", "01-x"), lab: &l}, ""},
		{target{dir: filepath.Join(s.cwd, "handin")}, "handin"},
		{target{dir: s.cwd}, "."},
		{target{dir: filepath.Join(s.cwd, "Ada's files"), file: "bank v2.go"}, `'Ada'\''s files/bank v2.go'`},
	} {
		if got := filepath.ToSlash(s.fromWord(tt.t)); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestShellWord(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell to ask")
	}
	for _, word := range []string{"plain/file-1.go", "", "two words", "it's", "$HOME", "a;b", "~", "*", "ü", "new\nline"} {
		out, err := exec.Command(sh, "-c", "printf %s "+shellWord(word)).Output()
		if err != nil || string(out) != word {
			t.Errorf("%q becomes %s, which is %q to a shell, %v", word, shellWord(word), out, err)
		}
	}
}
