package main

import (
	"strings"
	"testing"

	"racelab/checker/finding"
)

func TestDevMatrix(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.finish(t)
	verdicts := asPromised()
	s.app.check = grader(verdicts)
	if status := s.dev("matrix"); status != statusPass {
		t.Errorf("status %d: %s", status, s.errors)
	}
	want := `                        vet  race  tests  go-deadlock  goleak  contract  explore
01-lost-update            -  3/10   3/10            -       -         -    10/20
`
	if got := s.out.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}

	many := asPromised()["broken"]
	many.Runs[2].Schedules, many.Runs[2].Failing = 51300, 15800
	verdicts["broken"] = many
	s.dev("matrix")
	if want, got := "                        vet  race  tests  go-deadlock  goleak  contract     explore\n01-lost-update            -  3/10   3/10            -       -         - 15800/51300\n", s.out.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}

	verdicts["broken"] = finding.Verdict{Outcome: finding.Inconclusive, Reason: "the machine is too slow"}
	if status := s.dev("matrix", "1"); status != statusNotAble {
		t.Errorf("status %d: %s", status, s.errors)
	}
	if got := s.out.String(); !strings.Contains(got, "\n01-lost-update         ? racelab could not tell: the machine is too slow\n1 exercise without an answer\n") {
		t.Errorf("got:\n%s", got)
	}
}
