package classroom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/roster"
	"racelab/checker/classroom/shard"
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
	if err := record.Write(&out, b); err != nil {
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

// Shards, however many, in whatever order and run more than once, merge to what one run has.
func TestShards(t *testing.T) {
	of := map[string]string{"cid": "package bank\n", "eve": "package bank // 3"}
	for i := range 20 {
		of[fmt.Sprintf("student%02d", i)] = fmt.Sprintf("package bank // %d", i%7)
	}
	dir := class(t, of)
	run := func(s shard.Shard) record.Book {
		var checks atomic.Int32
		g := grading(t, dir, filepath.Join(t.TempDir(), "grades.db"), &checks)
		g.Header = record.Header{Racelab: "v1", Shard: s, Exercises: []string{"01-balance"}}
		out, err := g.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return out.Book
	}
	want := written(t, run(shard.Whole))
	for _, n := range []int{1, 2, 3, 7} {
		var books []record.Book
		for i := range n {
			books = append(books, run(shard.Shard{Index: i, Count: n}))
		}
		books = append(books, books[rand.IntN(n)])
		rand.Shuffle(len(books), func(i, j int) { books[i], books[j] = books[j], books[i] })
		merged, err := record.Merge(books)
		if diff := cmp.Diff(want, written(t, merged)); diff != "" || err != nil {
			t.Error(n, diff, err)
		}
		if n > 1 {
			if _, err := record.Merge(books[:1]); err == nil || !strings.Contains(err.Error(), "is missing") {
				t.Errorf("%d of %d shards: %v", 1, n, err)
			}
		}
	}
}
