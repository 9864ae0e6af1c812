package checker

import (
	"context"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/schedule"
)

const counted = `	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			n++
		})
	}
	wg.Wait()
	if n < 2 {
		return -1
	}
	return n`

// What a race leads to is found, and a replay shows it step by step, though no goroutine
// has a yield point between reading and writing.
func TestConsequences(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race")
	}
	ex := fixture.Exercise(fixture.Test)
	task := Task{Exercise: ex, Submission: fixture.Submit(ex, fixture.Source("sync", counted))}
	ctx, g := context.Background(), open(t)
	v, err := g.Check(ctx, task)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Findings, func(f finding.Finding) bool { return f.Kind == finding.WrongResult && f.Detector == finding.Tests })
	if i < 0 {
		t.Fatalf("no wrong result among %+v", v.Findings)
	}
	text := v.Findings[i].Evidence.Schedule
	if s, err := schedule.Parse(text); err != nil || len(s.Racing) == 0 {
		t.Fatalf("%s has no racing lines (%v)", text, err)
	}
	r, err := g.Replay(ctx, task, text)
	if err != nil || r.Undetermined || r.Diverged != nil {
		t.Fatalf("the replay of %s: %v, undetermined %v, other way %v", text, err, r.Undetermined, r.Diverged)
	}
	var steps []string
	for _, s := range r.Interleaving.Steps {
		if s.Object == "n" {
			steps = append(steps, string(s.Goroutine)+" "+string(s.Op)+" "+s.Value)
		}
	}
	const want = "b read 0, c read 0, c write 1, b write 1"
	if got := strings.Join(steps, ", "); !strings.HasPrefix(got, want) {
		t.Errorf("the steps are %s, want %s", got, want)
	}
	if !slices.ContainsFunc(r.Findings, func(f finding.Finding) bool { return f.Identity() == v.Findings[i].Identity() }) {
		t.Errorf("the replay shows %+v", r.Findings)
	}
}

// A check shows both accesses of a race in the schedule that it tells it with: who reads, who
// writes, and which two are not ordered.
func TestCheckShowsAccesses(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race")
	}
	ex := fixture.Exercise(fixture.Test)
	task := Task{Exercise: ex, Submission: fixture.Submit(ex, fixture.Source("sync", counted)), Trace: true}
	v, err := open(t).Check(context.Background(), task)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Findings, func(f finding.Finding) bool { return f.Kind == finding.DataRace })
	if i < 0 || v.Findings[i].Evidence.Trace == nil {
		t.Fatalf("no race with a trace among %+v", v.Findings)
	}
	steps := v.Findings[i].Evidence.Trace.Steps
	of := func(number int) string {
		i := slices.IndexFunc(steps, func(s finding.Step) bool { return number > 0 && s.Number == number })
		if i < 0 {
			return ""
		}
		return strings.TrimSpace(string(steps[i].Goroutine) + " " + string(steps[i].Op) + " " + steps[i].Object + " " + steps[i].Value)
	}
	at := slices.IndexFunc(steps, func(s finding.Step) bool { return s.Op == finding.OpRace })
	if at < 0 || of(steps[at].Fault.First) != "b write n 1" || of(steps[at].Fault.Second) != "c read n 1" {
		t.Errorf("the steps are %+v", steps)
	}
}
