package classroom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/roster"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/submission"

	"github.com/google/go-cmp/cmp"
)

const original = "package bank\n"

var set = exercise.Set{{
	ID:       "01-balance",
	Manifest: exercise.Manifest{Number: 1, Slug: "balance", Files: []string{"bank.go"}, Rubric: []exercise.Line{{Points: 10}}},
	Dir:      fstest.MapFS{"bank.go": {Data: []byte(original)}},
}}

// A class is a folder with one file for each student.
func class(t *testing.T, of map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for student, text := range of {
		if err := os.MkdirAll(filepath.Join(dir, student), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, student, "bank.go"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// grading is of a class whose programs say how many points they are worth.
func grading(t *testing.T, dir, storeName string, checks *atomic.Int32) Grading {
	t.Helper()
	c, err := handin.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(storeName)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(c.Close(), s.Close()) })
	return Grading{
		Class: c, Set: set, Store: s, Jobs: 2, Progress: func(int, int) {},
		Key: func(_ context.Context, ex exercise.Exercise, _ submission.Submission) (string, error) {
			return ex.ID, nil
		},
		Check: func(_ context.Context, ex exercise.Exercise, sub submission.Submission) (finding.Verdict, error) {
			checks.Add(1)
			v := finding.Verdict{Exercise: ex.ID, Outcome: finding.Fail, MaxScore: 10, DurationMS: int64(checks.Load())}
			if strings.Contains(string(sub.Files["bank.go"]), "fault") {
				return v, errors.New("no cable")
			}
			_, err := fmt.Sscanf(string(sub.Files["bank.go"]), "package bank // %d", &v.Score)
			return v, err
		},
	}
}

func summary(all []record.Record) (out []string) {
	for _, r := range all {
		line := fmt.Sprintf("%s %s %d", r.Student, r.State, r.Score)
		if r.Inconclusive() {
			line += " " + r.Verdict.Reason
		}
		out = append(out, line)
	}
	return out
}

func written(t *testing.T, b record.Book) string {
	t.Helper()
	var out bytes.Buffer
	if err := record.Write(&out, b.Stream()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Each submission is graded once, whoever handed it in, and a fault costs nobody anything.
func TestRun(t *testing.T) {
	dir := class(t, map[string]string{"ada": "package bank // 7", "ben": "package bank // 7", "cid": "package bank\r\n", "dan": "fault"})
	name := filepath.Join(t.TempDir(), "grades.db")
	var checks atomic.Int32
	g := grading(t, dir, name, &checks)
	out, err := g.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"ada graded 7", "ben graded 7", "cid untouched 0", "dan graded 0 no cable"}
	if diff := cmp.Diff(want, summary(out.Records)); diff != "" || checks.Load() != 2 || out.Faults[set[0].ID] == nil {
		t.Error(diff, checks.Load(), out.Faults)
	}
	again, err := g.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written(t, out.Book), written(t, again.Book)); diff != "" || checks.Load() != 3 { // the fault is tried again
		t.Error(diff, checks.Load())
	}
	kept, err := g.Store.Book()
	if diff := cmp.Diff(summary(out.Records), summary(kept.Records)); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// What was handed in and cannot be read is no zero, and no fault of the machine's.
func TestLeftOut(t *testing.T) {
	dir := class(t, map[string]string{"ada": "package bank // 7"})
	work := filepath.Join(dir, "eve.zip")
	if err := os.WriteFile(work, []byte("half of an archive"), 0o644); err != nil {
		t.Fatal(err)
	}
	var checks atomic.Int32
	g := grading(t, dir, filepath.Join(t.TempDir(), "grades.db"), &checks)
	for range 2 {
		out, err := g.Run(t.Context())
		if diff := cmp.Diff([]string{"ada graded 7", "eve graded 0 eve.zip: the archive is damaged (zip: not a valid zip file)"}, summary(out.Records)); diff != "" || err != nil {
			t.Fatal(diff, err)
		}
		if r := out.Records[1]; r.Verdict.Cause != finding.DoubtUnreadable || r.WorthAgain() {
			t.Errorf("%+v", r.Verdict)
		}
	}
	p, err := g.Plan(t.Context())
	if err != nil || p.Unreadable != 1 || p.Known != 1 || p.Missing != 0 || p.Checks() != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}

// What a run has done before it was stopped is not done again, and in the end all is as if
// it had not been stopped.
func TestRunGoesOn(t *testing.T) {
	of := map[string]string{}
	for i := range 20 {
		of[fmt.Sprintf("student%02d", i)] = fmt.Sprintf("package bank // %d", i)
	}
	dir := class(t, of)
	var checks, whole atomic.Int32
	g := grading(t, dir, filepath.Join(t.TempDir(), "grades.db"), &checks)
	stopped, cancel := context.WithCancel(t.Context())
	g.Progress = func(done, _ int) {
		if done == 5 {
			cancel()
		}
	}
	if _, err := g.Run(stopped); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	kept, err := g.Store.Book()
	before := kept.Records
	if err != nil || len(before) < 5 || len(before) == 20 {
		t.Fatal(len(before), err)
	}
	checks.Store(0)
	out, err := g.Run(t.Context())
	if err != nil || int(checks.Load()) != 20-len(before) {
		t.Error(checks.Load(), len(before), err)
	}
	want, err := grading(t, dir, filepath.Join(t.TempDir(), "other.db"), &whole).Run(t.Context())
	if diff := cmp.Diff(written(t, want.Book), written(t, out.Book)); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// Who is on the roster has a record, and who is not is named.
func TestRoster(t *testing.T) {
	r, err := roster.Parse(strings.NewReader("id,email\n4711,ada@x.org\n4712,eve@x.org\n"))
	if err != nil {
		t.Fatal(err)
	}
	var checks atomic.Int32
	g := grading(t, class(t, map[string]string{"ada": "package bank // 3", "x": "package bank // 4"}), filepath.Join(t.TempDir(), "grades.db"), &checks)
	g.Roster = &r
	out, err := g.Run(t.Context())
	if diff := cmp.Diff([]string{"4711 graded 3", "4712 missing 0"}, summary(out.Records)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if diff := cmp.Diff([]string{"x"}, out.Unknown); diff != "" {
		t.Error(diff)
	}
}

// How late somebody was is in the record, and a regrade without the roster does not forget it.
func TestLate(t *testing.T) {
	r, err := roster.Parse(strings.NewReader("id,late,extension\nada,2,36h\nben,yes,\n"))
	if err != nil {
		t.Fatal(err)
	}
	var checks atomic.Int32
	g := grading(t, class(t, map[string]string{"ada": "package bank // 3", "ben": "package bank // 4"}), filepath.Join(t.TempDir(), "grades.db"), &checks)
	g.Roster = &r
	for range 2 {
		out, err := g.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ada, ben := out.Records[0], out.Records[1]
		if ada.LateMinutes == nil || *ada.LateMinutes != 2*24*60 || ada.ExtensionMinutes != 36*60 || !ben.Late || ben.LateMinutes != nil {
			t.Errorf("%+v", out.Records)
		}
		g.Roster, g.Again = nil, "once more"
	}
}

// they are graded and when they are known.
func TestMemoryIsFlat(t *testing.T) {
	const students, each = 100, 64 << 10
	of := map[string]string{}
	for i := range students {
		of[fmt.Sprintf("student%03d", i)] = fmt.Sprintf("package bank // %d", i)
	}
	var checks atomic.Int32
	g := grading(t, class(t, of), filepath.Join(t.TempDir(), "grades.db"), &checks)
	g.Check = func(context.Context, exercise.Exercise, submission.Submission) (finding.Verdict, error) {
		v := finding.Verdict{Outcome: finding.Fail}
		for range each / (4 << 10) {
			v.Findings = append(v.Findings, finding.Finding{Message: strings.Repeat("x", 4<<10)})
		}
		return v, nil
	}
	for _, how := range []string{"graded", "known"} {
		before := held()
		out, err := g.Run(t.Context())
		if err != nil || len(out.Records) != students {
			t.Fatalf("%d records, %v", len(out.Records), err)
		}
		if n := held() - before; n > students*each/4 {
			t.Errorf("%s: %d bytes are held of a class whose findings are %d", how, n, students*each)
		}
		whole, err := g.Store.Stream(out.Book).Held()
		if err != nil || len(whole.Records[students-1].Verdict.Findings) != each/(4<<10) {
			t.Error(how, err)
		}
	}
}

// held is how much memory is in use that is still reached from somewhere.
func held() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
