//go:build stdtest

package stdtest

import (
	"os"
	"path/filepath"
	"testing"

	"racelab/checker/explore"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
	"racelab/checker/worker"
)

// samples is how many schedules of each random chooser a test gets.
const samples = 8

// In every interleaving the tests pass, end, and have no races.
func TestExplored(t *testing.T) {
	l := open(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			failing := map[string]int{}
			rans := l.explore(t, s)
			for _, ran := range rans {
				name := l.tests[s.name][ran.Job.Test]
				signs := wrong(ran)
				if len(signs) == 0 {
					continue
				}
				if failing[name]++; failing[name] == 1 {
					t.Errorf("%s: %v: %q %+v\n%q\n%s", name, ran.Job, signs, ran.Ending, said(ran), ran.Stderr)
				}
			}
			t.Log(len(rans), "schedules")
			if len(failing) > 0 {
				t.Log("failing schedules:", failing)
			}
		})
	}
}

// wrong says what a schedule of a right test should not have.
func wrong(ran explore.Ran) []explore.Symptom {
	symptoms := explore.Symptoms(ran)
	if end := ran.Ending.End; len(symptoms) == 0 && end != wire.AllEnded {
		symptoms = append(symptoms, explore.Symptom{Kind: explore.SymptomKind(end)})
	}
	return symptoms
}

// said is what was recorded of a schedule.
func said(ran explore.Ran) (texts []string) {
	for _, e := range ran.Events {
		if e.Text != "" {
			texts = append(texts, e.Event+": "+e.Text)
		}
	}
	return append(texts, ran.Races...)
}

// explore runs the simplest schedule of each test of a suite, and others of those
// in which there is something to choose.
func (l *lab) explore(t *testing.T, s suite) []explore.Ran {
	t.Helper()
	log := filepath.Join(t.TempDir(), "races")
	workers := worker.NewPool(worker.Program{
		Sandbox: sandbox.Limited{},
		Argv:    []string{l.binary(rewritten, s.name)},
		Dir:     t.TempDir(),
		Env:     append(os.Environ(), "GORACE=log_path="+log+" suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0 exitcode=0"),
		RaceLog: log, Output: 1 << 12,
	}, 2)
	defer workers.Close()
	var simplest, others []wire.Job
	for test := range l.tests[s.name] {
		simplest = append(simplest, wire.Job{Test: test, Chooser: wire.Stay})
	}
	rans := runAll(t, workers, simplest)
	for _, ran := range rans {
		if len(ran.Trace.Parents) > 1 {
			others = append(others, sampled(ran.Job.Test)...)
		}
	}
	return append(rans, runAll(t, workers, others)...)
}

func sampled(test int) (jobs []wire.Job) {
	for _, chooser := range []wire.Chooser{wire.Random, wire.PCT, wire.POS} {
		for seed := range samples {
			jobs = append(jobs, wire.Job{Test: test, Chooser: chooser, Seed: uint64(seed), Depth: 3, Length: 100})
		}
	}
	return jobs
}

func runAll(t *testing.T, r explore.Runner, jobs []wire.Job) (rans []explore.Ran) {
	t.Helper()
	for sent := 0; len(rans) < len(jobs); {
		if sent < len(jobs) && sent-len(rans) < r.Window() {
			if err := r.Send(jobs[sent]); err != nil {
				t.Fatal(err)
			}
			sent++
			continue
		}
		ran, err := r.Receive(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rans = append(rans, ran)
	}
	return rans
}
