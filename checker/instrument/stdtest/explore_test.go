package stdtest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"racelab/checker/explore"
	"racelab/checker/labrt/wire"
)

// samples is how many schedules of each random policy a test gets.
const samples = 8

// In every interleaving the tests pass, end, and have no races.
func TestExplored(t *testing.T) {
	l := open(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			start := time.Now()
			ends := map[string]int{}
			failing := map[string]int{}
			for _, ran := range l.explore(t, s) {
				name := l.tests[s.name][ran.Job.Test]
				ends[ran.Ending.End]++
				signs := wrong(ran)
				if len(signs) == 0 {
					continue
				}
				if failing[name]++; failing[name] == 1 || ran.Ending.End == explore.Hung {
					t.Errorf("%s: %v: %q %+v\n%s\n%s", name, ran.Job, signs, ran.Ending, said(ran), tail(ran.Stderr))
				}
			}
			t.Log(ends, failing, time.Since(start))
			t.Log(ends, time.Since(start))
		})
	}
}

// wrong says what a schedule of a right test should not have.
func wrong(ran explore.Ran) []string {
	signs := explore.Signs(ran)
	if end := ran.Ending.End; len(signs) == 0 && end != wire.AllEnded {
		signs = append(signs, end)
	}
	return signs
}

func said(ran explore.Ran) (texts []string) {
	for _, e := range ran.Events {
		if e.Text != "" {
			texts = append(texts, e.Event+": "+e.Text)
		}
	}
	return append(texts, ran.Races...)
}

func tail(text string) string { return text[max(0, len(text)-3000):] }

// explore runs the schedules of all tests of a suite.
func (l *lab) explore(t *testing.T, s suite) []explore.Ran {
	t.Helper()
	log := filepath.Join(t.TempDir(), "races")
	children := explore.NewChildren(explore.Program{
		Argv:    []string{l.binary(rewritten, s.name), "-test.run=^TestExplore$"},
		Dir:     t.TempDir(),
		Env:     append(os.Environ(), "GORACE=log_path="+log+" suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0 exitcode=0"),
		RaceLog: log, Output: 1 << 16,
	}, 2)
	defer children.Close()
	var rans []explore.Ran
	receive := func() {
		ran, err := children.Receive(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rans = append(rans, ran)
	}
	jobs := l.jobs(s)
	for i, job := range jobs {
		if i-len(rans) == children.Window() {
			receive()
		}
		if err := children.Send(job); err != nil {
			t.Fatal(err)
		}
	}
	for len(rans) < len(jobs) {
		receive()
	}
	return rans
}

func (l *lab) jobs(s suite) (jobs []wire.Job) {
	for i, name := range l.tests[s.name] {
		if s.native[name] != "" {
			continue
		}
		jobs = append(jobs, wire.Job{Test: i, Policy: wire.Stay, Detail: false})
		for _, policy := range []wire.Policy{wire.Random, wire.PCT, wire.POS} {
			for seed := range samples {
				jobs = append(jobs, wire.Job{Test: i, Policy: policy, Seed: uint64(seed), Depth: 3, Length: 100})
			}
		}
	}
	return slices.Clip(jobs)
}
