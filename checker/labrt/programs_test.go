package labrt_test

import (
	"flag"
	"reflect"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

var seeds = flag.Int("seeds", 15, "how many schedules of each chooser a program gets; fewer where they are compared")

// verdict says in a word or two how a schedule ended.
func verdict(a answer) string {
	v := string(a.End)
	switch {
	case a.End == wire.Stuck && a.Over:
		v = "leak"
	case a.End == wire.Stuck:
		v = "deadlock"
	case a.End == wire.TooLate && a.Over:
		v = "outlives"
	case a.End == wire.Crashed:
		v = "crash: "
		for _, e := range a.events {
			if e.Event == wire.Crash {
				v += e.Explored.Text
			}
		}
	case a.Failed:
		v = "failed"
	case a.Skipped:
		v = "skipped"
	}
	if a.Races > 0 {
		v += "+race"
	}
	return v
}

// samples are jobs that show what each program can do: the simplest schedule, and
// n of each other chooser. Programs that never end get no more than they need.
func samples(all []program, n int) []wire.Job {
	var jobs []wire.Job
	for test, p := range all {
		jobs = append(jobs, wire.Job{Test: test, Chooser: wire.Stay})
		times := n
		if p.endless() {
			times = 1
		}
		for i := range times {
			for _, chooser := range []wire.Chooser{wire.Random, wire.PCT, wire.POS} {
				jobs = append(jobs, wire.Job{Test: test, Chooser: chooser, Seed: uint64(i + 1), Depth: 3, Length: 20, Luck: uint64(i)})
			}
			jobs = append(jobs, wire.Job{Test: test, Chooser: wire.Slow, Depth: i % 3, Length: i / 2})
			if i < 3 {
				jobs = append(jobs, wire.Job{Test: test, Chooser: wire.Starve, Depth: i})
			}
		}
	}
	return jobs
}

func (p program) endless() bool { return slices.Contains(p.want, string(wire.TooLong)) }

func TestPrograms(t *testing.T) {
	all, c := programs(t, 2)
	jobs := samples(all, *seeds)
	got := make([][]string, len(all))
	for i, a := range c.run(t, jobs...) {
		of := &got[jobs[i].Test]
		if v := verdict(a); !slices.Contains(*of, v) {
			*of = append(*of, v)
		}
	}
	for i, p := range all {
		slices.Sort(got[i])
		slices.Sort(p.want)
		if !slices.Equal(got[i], p.want) {
			t.Errorf("%s: got %q, want %q", p.name, got[i], p.want)
		}
	}
}

// The same job has the same trace, whatever else the machine does, whatever ran
// before, and whether or not the job asks for detail.
func TestSameTrace(t *testing.T) {
	if testing.Short() {
		t.Skip("runs all programs three times over")
	}
	all, c := programs(t, 1)
	jobs := samples(all, *seeds/7)
	want := c.run(t, jobs...)
	for _, procs := range []int{2, 4} {
		for i := range jobs {
			jobs[i].Detail = procs == 4 && !all[jobs[i].Test].endless() // or it says very much
		}
		_, c := programs(t, procs)
		for i, a := range c.run(t, jobs...) {
			same(t, all, jobs[i], a, want[i])
		}
	}
}

// same compares two answers to one job.
func same(t *testing.T, all []program, job wire.Job, got, want answer) {
	t.Helper()
	name := all[job.Test].name
	if got.Trace != want.Trace {
		t.Errorf("%s: %v:\n%.1000s\n%.1000s", name, job, got.Trace, want.Trace)
	}
	if got, want := verdict(got), verdict(want); got != want {
		t.Errorf("%s: %v: %s, then %s", name, job, want, got)
	}
	got.Trace, want.Trace = "", ""
	got.Full, want.Full = false, false
	if !reflect.DeepEqual(got.Ending, want.Ending) {
		t.Errorf("%s: %v:\n%+v\n%+v", name, job, want.Ending, got.Ending)
	}
}

// The same job a hundred times, between other jobs.
func TestSameTraceAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("runs each program a hundred times")
	}
	all, c := programs(t, 2)
	const times = 100
	var jobs []wire.Job
	for i, p := range all {
		if !p.endless() {
			jobs = append(jobs, wire.Job{Test: i, Chooser: wire.POS, Seed: 7, Luck: 7})
		}
	}
	answers := c.run(t, slices.Repeat(jobs, times)...)
	for i, a := range answers {
		same(t, all, jobs[i%len(jobs)], a, answers[i%len(jobs)])
	}
}

// Every schedule, whatever chooser it comes from, is a list of picks.
func TestPicks(t *testing.T) {
	all, c := programs(t, 2)
	n := *seeds / 5
	if testing.Short() {
		n = 1
	}
	jobs := samples(all, n)
	want := c.run(t, jobs...)
	for i, a := range want {
		trace, err := wire.DecodeTrace(a.Trace)
		if err != nil {
			t.Fatal(err)
		}
		jobs[i] = wire.Job{Test: jobs[i].Test, Chooser: wire.Stay, Luck: jobs[i].Luck, Picks: picks(trace)}
	}
	for i, a := range c.run(t, jobs...) {
		same(t, all, jobs[i], a, want[i])
	}
}

// picks says where a trace differs from what the chooser Stay does.
func picks(trace wire.Trace) wire.Picks {
	var ps wire.Picks
	steps := map[int]int{}
	last := 0
	for _, s := range trace.Steps {
		usual := s.Enabled[0].G
		if s.Stay {
			usual = last
		}
		if s.G != usual || s.Insists {
			ps = append(ps, wire.Pick{Last: last, Steps: steps[last], To: s.G})
		}
		steps[s.G]++
		if s.Case != 0 {
			ps = append(ps, wire.Pick{Last: s.G, Steps: steps[s.G], Case: true, To: s.Case})
		}
		last = s.G
	}
	return ps
}
