package explore

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

func explore(t *testing.T, p *program, o Options) Outcome {
	t.Helper()
	out, err := Test(t.Context(), &simRunner{p: p, window: 8}, TestID{Name: "TestIt"}, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func failure(o Outcome, kind SymptomKind) (Failure, bool) {
	i := slices.IndexFunc(o.Failures, func(f Failure) bool { return f.Symptom.Kind == kind })
	if i < 0 {
		return Failure{}, false
	}
	return o.Failures[i], true
}

// Every bug is found, made simpler, and can be replayed from what is printed.
func TestPlanFindsRareBugs(t *testing.T) {
	for _, bug := range bugs {
		most := 0
		for seed := range uint64(4) {
			out := explore(t, bug.p, Options{Seed: seed, Budget: Budget{Schedules: 2000}, Failures: 1})
			f, ok := failure(out, bug.kind)
			if !ok || !f.Reproduced {
				t.Errorf("%s, seed %d: %+v", bug.name, seed, out.Failures)
				continue
			}
			most = max(most, f.Number)
			if costOf(f.Found).less(costOf(f.Minimal)) {
				t.Errorf("%s, seed %d: made worse: %v, %v", bug.name, seed, costOf(f.Found), costOf(f.Minimal))
			}
			again := replay(t, bug.p, f.Schedule.String())
			if !slices.Contains(Symptoms(again), Symptom{Kind: bug.kind}) || schedule.Hash(again.Trace) != schedule.Hash(f.Minimal.Trace) {
				t.Errorf("%s, seed %d: %s gives %+v", bug.name, seed, f.Schedule, again.Ending)
			}
		}
		t.Logf("%-34s at most %4d schedules", bug.name, most)
	}
}

func replay(t *testing.T, p *program, text string) Ran {
	t.Helper()
	s, err := schedule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	r := newMachine(p, wire.Job{Chooser: wire.Stay, Picks: s.Picks}).run()
	if d, diverges := s.Print.Diverges(r.Trace); diverges {
		t.Errorf("%s diverges %v", text, d)
	}
	return r
}

// The same options give the same outcome.
func TestOutcomeFollowsFromTheOptions(t *testing.T) {
	for _, bug := range bugs[:4] {
		for seed := range uint64(2) {
			o := Options{Seed: seed, Budget: Budget{Schedules: 200}}
			if a, b := explore(t, bug.p, o), explore(t, bug.p, o); !reflect.DeepEqual(a, b) {
				t.Errorf("%s, seed %d: two outcomes", bug.name, seed)
			}
		}
	}
}

func TestPlanClaimsWhatItHasRun(t *testing.T) {
	out := explore(t, lostUpdate, Options{Budget: Budget{Schedules: 1000}})
	if c := out.Coverage; !c.Claim.All() || c.Claim.Interleavings != 4 || c.Distinct != 4 || c.Stopped != "" || c.Contradicted+c.Undetermined+c.Cut > 0 {
		t.Errorf("coverage = %+v", c)
	}
	out = explore(t, oneUnlocked, Options{Budget: Budget{Schedules: 1000}})
	if c := out.Coverage; c.Claim.Bound != 1 || c.Claim.Interleavings != 66 || c.Stopped != StoppedSchedules || c.Schedules != 1000 || c.Sampled < 100 {
		t.Errorf("coverage = %+v", c)
	}
	out = explore(t, lostUpdate, Options{Budget: Budget{Schedules: 1000}, Failures: 1})
	if c := out.Coverage; c.Stopped != StoppedFailing || c.Claim.All() {
		t.Errorf("coverage = %+v", c)
	}
}

// A defect that every schedule shows leaves room for the one behind it, and ends the
// exploration nevertheless.
func TestAFrequentDefectHidesNoOther(t *testing.T) {
	p := &program{funcs: [][]ins{
		starts(2, ins{do: "write"}),
		append(done([]ins{{do: "write"}}, times(6, locked(0)...)), locked(1, locked(2)...)...),
		append(done([]ins{{do: "write"}}, times(6, locked(0)...)), locked(2, locked(1)...)...),
	}}
	out := explore(t, p, Options{Budget: Budget{Schedules: 256}, Failures: 10})
	race, first := failure(out, Race)
	leak, second := failure(out, Leak)
	if !first || !second || race.Share != out.Failing || leak.Number <= 10 {
		t.Errorf("%+v", out.Failures)
	}
	if c := out.Coverage; c.Stopped != StoppedFailing || c.Schedules > 100 {
		t.Errorf("coverage = %+v", c)
	}
	out = explore(t, &program{funcs: [][]ins{code(times(100, locked(0)...), []ins{{do: "fail", a: 1, b: 1}})}}, Options{Budget: Budget{Schedules: 1000}, Failures: 10})
	if c := out.Coverage; out.Failing > roomSchedules {
		t.Errorf("coverage = %+v", c)
	}
}

// Steps are counted, so that a machine that is slow stops at the same schedule.
func TestStepsEndAnExploration(t *testing.T) {
	out := explore(t, oneUnlocked, Options{Budget: Budget{Schedules: 1000, Steps: 500}})
	again := explore(t, oneUnlocked, Options{Budget: Budget{Schedules: 1000, Steps: 500}})
	if c := out.Coverage; c.Stopped != StoppedSteps || c.Schedules < 10 || c.Schedules > 200 || c.Claim.All() {
		t.Errorf("coverage = %+v", c)
	}
	if !reflect.DeepEqual(out, again) {
		t.Error("two outcomes")
	}
}

// A claim that samples contradict is withdrawn: here a step says that it touches
// nothing, and does.
func TestSamplesContradictAFalseClaim(t *testing.T) {
	p := &program{funcs: [][]ins{starts(3)}}
	for range 3 {
		p.funcs = append(p.funcs, done([]ins{{do: "lie", b: 1}, {do: "lie", b: 1}, {do: "say", a: 1}}))
	}
	out := explore(t, p, Options{Budget: Budget{Schedules: 3000}})
	if c := out.Coverage; c.Claim.Any() || c.Contradicted == 0 {
		t.Errorf("coverage = %+v", c)
	}
}

// What the schedule does not determine is told, and is no failure.
func TestUndeterminedProgramsAreRecognised(t *testing.T) {
	runs := 0
	p := &program{nondet: &runs, funcs: [][]ins{
		starts(2, ins{do: "load", b: 1}, ins{do: "fail", a: 1, b: 0}),
		done([]ins{{do: "dice"}, {do: "is", a: 0, b: 1}, {do: "skip", b: 1}, {do: "add", b: 0}}),
		done(locked(0)),
	}}
	out := explore(t, p, Options{Budget: Budget{Schedules: 200}})
	if out.Coverage.Undetermined+out.Coverage.Contradicted == 0 || out.Coverage.Claim.Any() {
		t.Errorf("coverage = %+v", out.Coverage)
	}

	p.funcs[1] = done([]ins{{do: "dice"}, {do: "skip", b: 1}, {do: "set", b: 1}})
	out = explore(t, p, Options{Budget: Budget{Schedules: 200}})
	for _, f := range out.Failures {
		if f.Reproduced {
			t.Errorf("reproduced %+v", f)
		}
	}
}

func TestTestCountsAndKeeps(t *testing.T) {
	out := explore(t, lostUpdate, Options{Budget: Budget{Schedules: 100}, Seed: 3})
	f, ok := failure(out, Failed)
	if !ok || f.Share != out.Failing || f.Share == 0 || f.Share >= out.Coverage.Schedules {
		t.Errorf("%d of %d, failure %+v", out.Failing, out.Coverage.Schedules, f)
	}
	shown := 0
	for _, s := range out.Shown {
		shown += s.Times
		if r := newMachine(lostUpdate, s.Job).run(); r.Ending.Shown != s.Digest {
			t.Errorf("%v shows %q, not %q", s.Job, r.Ending.Shown, s.Digest)
		}
	}
	if len(out.Shown) != 2 || shown != out.Coverage.Schedules {
		t.Errorf("shown %+v", out.Shown)
	}

	sleeper := &program{funcs: [][]ins{
		{{do: "go", a: 1}, {do: "load", b: 1}, {do: "skip", a: 1, b: 1}, {do: "sleep", a: 50}, {do: "sleep", a: 10}},
		{{do: "set", b: 1}},
	}}
	out = explore(t, sleeper, Options{Budget: Budget{Schedules: 100}})
	if out.Fastest.Virtual != 10 || out.Slowest.Virtual != 60 {
		t.Errorf("%v to %v", out.Fastest, out.Slowest)
	}
	for _, timed := range []Timed{out.Fastest, out.Slowest} {
		if r := newMachine(sleeper, timed.Job).run(); r.Ending.Virtual != int64(timed.Virtual) {
			t.Errorf("%v takes %d", timed, r.Ending.Virtual)
		}
	}
}

// brokenRunner cannot do its job.
type brokenRunner struct{ simRunner }

var errBroken = errors.New("broken")

func (r *brokenRunner) Send(wire.Job) error { return errBroken }

func TestTestReportsFaults(t *testing.T) {
	if _, err := Test(t.Context(), &brokenRunner{}, TestID{}, Options{}); !errors.Is(err, errBroken) {
		t.Errorf("err = %v", err)
	}
}
