package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"racelab/checker"
	"racelab/checker/finding"
)

// mutateSession is a clone with one exercise, whose mutants all fail unless their
// source has the given text in it.
type mutateSession struct {
	devSession
	pass string
	mu   sync.Mutex
	runs int
}

func newMutateSession(t *testing.T) *mutateSession {
	s := &mutateSession{devSession: newDevSession(t)}
	if status := s.dev("new", "lost-update"); status != statusPass {
		t.Fatalf("status %d: %s", status, s.errors)
	}
	s.checkBeside = func(_ context.Context, task checker.Task) (finding.Verdict, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.runs++
		if s.pass != "" && bytes.Contains(task.Submission.Files["update.go"], []byte(s.pass)) {
			return finding.Verdict{Outcome: finding.Pass}, nil
		}
		return failedVerdict(), nil
	}
	s.buildMutants = func(context.Context, checker.Task) (builtMutants, error) { return together(failingFix), nil }
	return s
}

// together are mutants that were built as one program, as a function from the number.
type together func(number int) finding.Verdict

func (f together) Explore(_ context.Context, number int) (finding.Verdict, error) {
	return f(number), nil
}

func (f together) Doubt(ctx context.Context, number int) (finding.Verdict, error) {
	return f.Explore(ctx, number)
}
func (together) Close() error { return nil }

// failingFix is a program in which the right fix itself fails, so that it tells nothing.
func failingFix(int) finding.Verdict { return failedVerdict() }

func failedVerdict() finding.Verdict {
	f := finding.Finding{Kind: finding.DataRace, Detector: finding.Race, Severity: finding.Error}
	f.Evidence = finding.Evidence{Mode: finding.ExploreMode, SchedulesRun: 2, Tests: []string{"TestUpdate"}}
	return finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{f}}
}

type mutantsSeen struct {
	Schema  string
	Mutants []struct {
		Mutant, By, Diff, Alike string
		Schedules               int
		Glanced                 bool
	}
	Outdated []string
}

func (s *mutateSession) json(t *testing.T, want int, args ...string) mutantsSeen {
	t.Helper()
	if status := s.dev(append([]string{"mutate", "--format", "json"}, args...)...); status != want {
		t.Fatalf("status %d, want %d: %s", status, want, s.errors)
	}
	var seen mutantsSeen
	if err := json.Unmarshal(s.out.Bytes(), &seen); err != nil || seen.Schema != mutationSchema {
		t.Fatalf("%v: %s", err, s.out)
	}
	return seen
}

var tableRow = regexp.MustCompile(`(?m)^  unlock-dropped +(\d+) +\d+ +\d+ +2/2 +0 +0 +0 +0 +0 +0 +0 +0$`)

func TestDevMutateAllFail(t *testing.T) {
	s := newMutateSession(t)
	seen := s.json(t, statusPass, "1")
	if len(seen.Mutants) < 10 || s.runs != len(seen.Mutants) {
		t.Fatalf("%d mutants, %d checks", len(seen.Mutants), s.runs)
	}
	for _, m := range seen.Mutants {
		if m.By != "explored" || m.Schedules != 2 || m.Diff == "" {
			t.Errorf("%+v", m)
		}
	}
	if again := s.json(t, statusPass, "1"); s.runs != len(seen.Mutants) || len(again.Mutants) != len(seen.Mutants) {
		t.Errorf("%d checks after the second time: nothing is remembered", s.runs)
	}
	if s.dev("mutate"); !strings.Contains(s.out.String(), "0 passed") || !tableRow.MatchString(s.out.String()) {
		t.Errorf("%s", s.out)
	}
}

// A mutant that passes is shown first, and needs a reason; a reason needs a mutant
// that passes.
func TestDevMutateReasons(t *testing.T) {
	s := newMutateSession(t)
	all := s.json(t, statusPass, "--no-run", "1")
	s.pass = "tries == 10"
	seen := s.json(t, statusFail, "1")
	var passed, failed []string
	for _, m := range seen.Mutants {
		if m.By == "passed" {
			passed = append(passed, m.Mutant)
		} else {
			failed = append(failed, m.Mutant)
		}
	}
	if len(passed) == 0 || len(failed) == 0 || len(seen.Mutants) != len(all.Mutants) {
		t.Fatalf("%d passed, %d failed, %d are there", len(passed), len(failed), len(all.Mutants))
	}
	if s.dev("mutate", "1") != statusFail || !strings.HasPrefix(s.out.String(), passed[0]) || !strings.Contains(s.out.String(), "+\t\tif tries == 10 {") {
		t.Errorf("%s", s.out)
	}
	reasons := func(mutants ...string) {
		writeTestFile(t, filepath.Join(s.dir, "solutions", "01-lost-update", "equivalents.toml"),
			"[[equivalent]]\nreason = \"Nobody can tell.\"\nmutants = [\""+strings.Join(mutants, "\", \"")+"\"]\n")
	}
	reasons(passed...)
	alike := 0
	for _, m := range s.json(t, statusPass, "1").Mutants {
		if m.Alike == "Nobody can tell." {
			alike++
		}
	}
	if alike != len(passed) {
		t.Errorf("%d mutants have the reason, want %d", alike, len(passed))
	}
	reasons(append(passed, failed[0], "reference/nothing/F/123456")...)
	outdated := s.json(t, statusFail, "1").Outdated
	if len(outdated) != 2 || !strings.Contains(outdated[0], "no such mutant") || !strings.Contains(outdated[1], failed[0]) {
		t.Errorf("outdated: %q", outdated)
	}
}

// Mutants that fail when they are built as one program are not checked by themselves, and
// neither are those that have a reason, unless they fail there.
func TestDevMutateTogether(t *testing.T) {
	s := newMutateSession(t)
	s.buildMutants = func(_ context.Context, task checker.Task) (builtMutants, error) {
		if src := string(task.Submission.Files["update.go"]); !strings.Contains(src, "case 1:") {
			t.Errorf("no schema:\n%s", src)
		}
		return together(func(number int) finding.Verdict {
			if number%2 == 0 {
				return finding.Verdict{Outcome: finding.Inconclusive, Reason: "too few runs"}
			}
			return failedVerdict()
		}), nil
	}
	all := s.json(t, statusPass, "1").Mutants
	if s.runs == 0 || s.runs >= len(all)*3/4 {
		t.Errorf("%d of %d were checked by themselves", s.runs, len(all))
	}
	before := s.runs
	s.pass = "tries == 10"
	if again := s.json(t, statusPass, "1").Mutants; s.runs != before || len(again) != len(all) {
		t.Errorf("%d checks after the second time: nothing is remembered", s.runs-before)
	}
}

// What passed a glance because it has a reason is checked when the reason goes.
func TestDevMutateWithoutItsReason(t *testing.T) {
	s := newMutateSession(t)
	s.buildMutants = func(context.Context, checker.Task) (builtMutants, error) {
		return together(func(int) finding.Verdict { return finding.Verdict{Outcome: finding.Inconclusive} }), nil
	}
	var names []string
	for _, m := range s.json(t, statusPass, "--no-run", "1").Mutants {
		names = append(names, m.Mutant)
	}
	reasons := filepath.Join(s.dir, "solutions", "01-lost-update", "equivalents.toml")
	writeTestFile(t, reasons, "[[equivalent]]\nreason = \"Nobody can tell.\"\nmutants = [\""+strings.Join(names, "\", \"")+"\"]\n")
	glanced := 0
	for _, m := range s.json(t, statusFail, "1").Mutants { // some are in no schema, and fail
		if m.Glanced {
			glanced++
		}
	}
	if glanced < len(names)/2 || s.runs != len(names)-glanced {
		t.Fatalf("%d of %d mutants passed a glance, %d checks", glanced, len(names), s.runs)
	}
	writeTestFile(t, reasons, "")
	for _, m := range s.json(t, statusPass, "1").Mutants {
		if m.By != "explored" || m.Glanced {
			t.Errorf("%+v", m)
		}
	}
	if s.runs != len(names) {
		t.Errorf("%d checks, want %d", s.runs, len(names))
	}
}

// A refused mutant says nothing, and needs no reason: one that has a reason is out of date.
func TestDevMutateRefusedWithReason(t *testing.T) {
	s := newMutateSession(t)
	name := s.json(t, statusPass, "--no-run", "1").Mutants[0].Mutant
	s.checkBeside = func(context.Context, checker.Task) (finding.Verdict, error) {
		return finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{{Kind: finding.Policy, Severity: finding.Error}}}, nil
	}
	writeTestFile(t, filepath.Join(s.dir, "solutions", "01-lost-update", "equivalents.toml"), "[[equivalent]]\nreason = \"Nobody can tell.\"\nmutants = [\""+name+"\"]\n")
	if outdated := s.json(t, statusFail, "1").Outdated; len(outdated) != 1 || !strings.Contains(outdated[0], name) {
		t.Errorf("outdated: %q", outdated)
	}
}

// A check without a verdict is none that the mutant passed, nor one that it failed.
func TestDevMutateUnclear(t *testing.T) {
	s := newMutateSession(t)
	s.checkBeside = func(context.Context, checker.Task) (finding.Verdict, error) {
		return finding.Verdict{Outcome: finding.Inconclusive, Reason: "too slow"}, nil
	}
	if status := s.dev("mutate", "1"); status != statusNotAble || !strings.Contains(s.out.String(), "unclear: too slow") {
		t.Errorf("status %d: %s", status, s.out)
	}
}
