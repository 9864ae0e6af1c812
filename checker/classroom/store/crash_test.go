package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/submission"

	bolt "go.etcd.io/bbolt"
)

// checked is the i-th of many checks. Every third one repeats the submission before it.
func checked(i int) Checked {
	n := i - i%3/2
	v := finding.Verdict{Outcome: finding.Fail, Score: n, Reason: strings.Repeat("x", n*50)}
	hash := fmt.Sprintf("sha256:%d", n)
	return Checked{
		Key: hash, Verdict: v, Took: time.Second,
		Source:  &submission.Submission{Files: map[string][]byte{"bank.go": fmt.Appendf(nil, "package bank // %d", n)}},
		Records: []record.Record{{Student: fmt.Sprintf("student%03d", i), Exercise: "01", State: record.Graded, Submission: hash, Key: hash, Score: n, Verdict: &v}},
	}
}

// halves says what there is half of: of each check there has to be all, or nothing.
func halves(s *Store) error {
	b, err := s.Book()
	if err != nil {
		return err
	}
	for _, r := range b.Records {
		sub, hasSource, err := s.Source(r.Submission)
		_, hasVerdict, err2 := s.Verdict(r.Key)
		want := fmt.Sprintf("package bank // %d", r.Score)
		if err := errors.Join(err, err2); err != nil || !hasSource || !hasVerdict || string(sub.Files["bank.go"]) != want {
			return fmt.Errorf("%s: its source is there: %v, its verdict: %v, %w", r.Student, hasSource, hasVerdict, err)
		}
	}
	took, err := s.Durations()
	if err != nil || took["01"].Checks != len(b.Records) {
		return fmt.Errorf("%d checks were measured, and %d records are there: %w", took["01"].Checks, len(b.Records), err)
	}
	return s.db.View(func(tx *bolt.Tx) error {
		for _, name := range [][]byte{sources, verdicts} {
			if n := tx.Bucket(name).Stats().KeyN; n > len(b.Records) {
				return fmt.Errorf("%d %s of %d records", n, name, len(b.Records))
			}
		}
		return nil
	})
}

// A check of which the last part cannot be kept leaves nothing of the other parts.
func TestKeepAllOrNothing(t *testing.T) {
	s, _ := made(t)
	if err := errors.Join(s.Keep(checked(0)), s.Keep(checked(1)), halves(s)); err != nil {
		t.Fatal(err)
	}
	next := checked(5)
	first := checked(0).Records[0]
	if err := s.db.Update(func(tx *bolt.Tx) error { // its record is damaged
		b := tx.Bucket(records)
		return b.Put(recordKey(first.Student, first.Exercise), binary.BigEndian.AppendUint64(nil, 1))
	}); err != nil {
		t.Fatal(err)
	}
	next.Records = append(next.Records, first)
	if err := s.Keep(next); !errors.Is(err, errDamaged) {
		t.Fatal(err)
	}
	_, hasSource, err := s.Source(next.Records[0].Submission)
	_, hasVerdict, err2 := s.Verdict(next.Key)
	_, hasRecord, err3 := s.Record(next.Records[0].Student, "01")
	took, err4 := s.Durations()
	if err := errors.Join(err, err2, err3, err4); err != nil || hasSource || hasVerdict || hasRecord || took["01"].Checks != 2 {
		t.Error(hasSource, hasVerdict, hasRecord, took, err)
	}
}

// crashEnv names the store into which this test binary keeps checks until it is killed.
const crashEnv = "RACELAB_TEST_CRASH"

// mostKept is how many checks it keeps at most, if nobody kills it.
const mostKept = 10_000

// A process that is killed while it keeps checks leaves each of them whole or not there, and
// all that it has said it kept.
func TestCrash(t *testing.T) {
	if name := os.Getenv(crashEnv); name != "" {
		keepOn(t, name)
		return
	}
	kills := 8
	if testing.Short() {
		kills = 3
	}
	name := filepath.Join(t.TempDir(), "grades.db")
	random := rand.New(rand.NewPCG(9, 9))
	least := 0
	for range kills {
		after := 1 + random.IntN(20)
		kept := killed(t, name, after)
		if kept < after {
			t.Fatalf("it has ended by itself after %d checks", kept)
		}
		least += kept
		s, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Book()
		if err := errors.Join(err, halves(s), s.Close()); err != nil {
			t.Fatal(err)
		}
		if len(b.Records) < least {
			t.Fatalf("%d records are there of %d at least", len(b.Records), least)
		}
		least = len(b.Records)
	}
}

// keepOn goes on to keep checks, and says so after each.
func keepOn(t *testing.T, name string) {
	s, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Brief()
	for i := len(b.Records); i < mostKept && err == nil; i++ {
		err = s.Keep(checked(i))
		fmt.Println("kept")
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}

// killed runs a process that keeps checks, and kills it once it has kept so many: while it
// keeps the next one. It returns how many it has said it kept.
func killed(t *testing.T, name string, after int) (kept int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrash$")
	cmd.Env = append(os.Environ(), crashEnv+"="+name)
	out, err := cmd.StdoutPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "kept" {
			kept++
		}
		if kept == after {
			_ = cmd.Process.Kill()
		}
	}
	_ = cmd.Wait()
	return kept
}
