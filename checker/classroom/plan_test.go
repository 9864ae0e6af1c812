package classroom

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"racelab/checker/classroom/shard"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/submission"
)

// A plan says what a run then does, and changes nothing.
func TestPlan(t *testing.T) {
	dir := class(t, map[string]string{"ada": "package bank // 7", "ben": "package bank // 7", "cid": "package bank\n", "dan": "package bank // 4", "eve": "package bank // 5"})
	var checks atomic.Int32
	g := grading(t, dir, filepath.Join(t.TempDir(), "grades.db"), &checks)
	kept := g.Store
	g.Store, g.Header.Shard = nil, shard.Whole
	p, err := g.Plan(t.Context())
	if err != nil || p.Students != 5 || p.Exercises != 1 || p.Untouched != 1 || p.Open != 4 || p.Checks() != 3 || checks.Load() != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if b := p.Basis(); b != (Basis{Guessed: 1}) || p.Time(1, 1) != 0 {
		t.Error(b, p.Time(1, 1))
	}
	g.Reference = func(context.Context, exercise.Exercise) (time.Duration, error) { return time.Second, nil }
	p, err = g.Plan(t.Context())
	if b := p.Basis(); b != (Basis{ByReference: 1}) || p.Time(1, 1) != 3*time.Second || err != nil {
		t.Error(b, p.Time(1, 1), err)
	}
	g.Store, g.Only = kept, []string{"ada", "cid"}
	if _, err := g.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.Only = nil
	p, err = g.Plan(t.Context())
	if b := p.Basis(); err != nil || p.Known != 2 || p.Open != 2 || p.Checks() != 2 || b != (Basis{Checks: 1}) {
		t.Errorf("%+v, %v: %+v", p, err, b)
	}
	b, err := g.Store.Book()
	if len(b.Records) != 2 || err != nil {
		t.Errorf("planning has kept %d records, %v", len(b.Records), err)
	}
}

// The time is that of the longest shard, and no shard is shorter than its longest check.
func TestPlanTime(t *testing.T) {
	p := Plan{split: Grading{}.split, took: map[string]store.Took{"01": {Checks: 2, All: 4 * time.Second}, "02": {Checks: 1, All: 5 * time.Second}}}
	for _, student := range []string{"ada", "ben", "cid", "dan"} {
		p.checks = append(p.checks, planned{"01", [][2]string{{student, "01"}}})
	}
	if got := p.Time(1, 1); got != 8*time.Second {
		t.Error(got)
	}
	if got := p.Time(1, 100); got != max(2*time.Second, 8*time.Second/time.Duration(runtime.NumCPU())) {
		t.Error(got)
	}
	if got := p.Time(100, 1); got < 2*time.Second || got > 6*time.Second {
		t.Error(got)
	}
	p.checks = append(p.checks, planned{"03", [][2]string{{"eve", "03"}}}) // never measured: the mean of all
	if got := p.Time(1, 1); got != 11*time.Second {
		t.Error(got)
	}
	p.reference = map[string]time.Duration{"03": time.Second, "01": time.Hour} // what was measured says more
	if got := p.Time(1, 1); got != 9*time.Second {
		t.Error(got)
	}
	p.checks = append(p.checks, planned{"04", [][2]string{{"eve", "04"}}})
	if got, want := p.Basis(), (Basis{Checks: 3, ByReference: 1, Guessed: 1}); got != want {
		t.Errorf("%+v", got)
	}
}

// How long checks take is no part of the records, and a fault is not measured.
func TestDurationsAreApart(t *testing.T) {
	var checks atomic.Int32
	g := grading(t, class(t, map[string]string{"ada": "package bank // 7", "ben": "fault"}), filepath.Join(t.TempDir(), "grades.db"), &checks)
	out, err := g.Run(t.Context())
	took, err2 := g.Store.Durations()
	if err := errors.Join(err, err2); err != nil || took["01-balance"].Checks != 1 || took["01-balance"].All <= 0 {
		t.Errorf("%+v, %v", took, err)
	}
	sub, ok, err := g.Store.Source(out.Records[0].Submission)
	if err != nil || !ok || Hash(sub) != out.Records[0].Submission {
		t.Errorf("%+v, %v, %v", sub, ok, err)
	}
}

// A submission that changes before it is its turn is not graded, and the store does not have
// it under the name of what it was.
func TestChangedMeanwhile(t *testing.T) {
	var checks atomic.Int32
	dir := class(t, map[string]string{"ada": "package bank // 7"})
	g := grading(t, dir, filepath.Join(t.TempDir(), "grades.db"), &checks)
	g.Key = func(context.Context, exercise.Exercise, submission.Submission) (string, error) {
		return "k", os.WriteFile(filepath.Join(dir, "ada", "bank.go"), []byte("package bank // 8"), 0o600)
	}
	out, err := g.Run(t.Context())
	if err != nil || len(out.Records) != 1 || !out.Records[0].WorthAgain() || checks.Load() != 0 {
		t.Fatal(summary(out.Records), checks.Load(), err)
	}
	if sub, ok, err := g.Store.Source(out.Records[0].Submission); ok || err != nil {
		t.Error(sub, err)
	}
}
