package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/shard"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

func made(t *testing.T) (*Store, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "grades.db")
	s, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, name
}

// What is kept is there, in order, and a verdict that says nothing is not.
func TestKeep(t *testing.T) {
	s, _ := made(t)
	pass := finding.Verdict{Outcome: finding.Pass, Score: 10}
	for _, err := range []error{
		s.Keep("k", pass, []record.Record{{Student: "ben", Exercise: "02", State: record.Graded, Verdict: &pass}, {Student: "ben", Exercise: "01"}}, ""),
		s.Keep("unclear", finding.Verdict{Outcome: finding.Inconclusive}, nil, ""),
		s.Put([]record.Record{{Student: "ada", Exercise: "03"}}),
		s.Put([]record.Record{{Student: "ada", Exercise: "03", State: record.Missing}}), // again
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if v, ok, err := s.Verdict("k"); err != nil || !ok || v.Score != 10 {
		t.Errorf("%+v, %v, %v", v, ok, err)
	}
	for _, key := range []string{"unclear", "none"} {
		if _, ok, err := s.Verdict(key); err != nil || ok {
			t.Errorf("%s: %v, %v", key, ok, err)
		}
	}
	b, err := s.Book()
	all := b.Records
	if err != nil || len(all) != 3 || all[0].State != record.Missing || all[1].Exercise != "01" || all[2].Verdict.Score != 10 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	newer, err := Open(file("newer"))
	if err != nil {
		t.Fatal(err)
	}
	if err := newer.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(meta).Put(meta, []byte("2")) }); err != nil {
		t.Fatal(err)
	}
	_ = newer.Close()
	for name, text := range map[string]string{"text": strings.Repeat("no store\n", 10_000), "short": "x"} {
		if err := os.WriteFile(file(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damage(t, file("damaged"))
	other, err := Open(file("used"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for name, want := range map[string]string{
		"newer": "written by a newer racelab", "text": "is no store of racelab's, or is damaged", "short": "is no store of racelab's, or is damaged",
		"damaged": "damaged", "used": "another racelab uses",
	} {
		s, err := Open(file(name))
		if err == nil {
			_, err = s.Book()
			_ = s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if _, err := OpenToRead(file("none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// damage makes a store with records and overwrites all but its first pages.
func damage(t *testing.T, name string) {
	t.Helper()
	s, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, student := range []string{"ada", "ben", "cid"} {
		if err := s.Put([]record.Record{{Student: student, Exercise: "01", Name: strings.Repeat("x", 5_000)}}); err != nil {
			t.Fatal(err)
		}
	}
	_ = s.Close()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 2 * os.Getpagesize(); i < len(data); i++ {
		data[i] = 0xff
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A score that another one takes the place of is kept.
func TestEarlier(t *testing.T) {
	s, _ := made(t)
	put := func(key string, score int, reason string) {
		v := finding.Verdict{Outcome: finding.Fail, Score: score}
		if err := s.Keep(key, v, []record.Record{{Student: "ada", Exercise: "01", State: record.Graded, Key: key, Score: score, Verdict: &v}}, reason); err != nil {
			t.Fatal(err)
		}
	}
	put("a", 3, "")
	put("a", 3, "") // the same
	put("b", 5, "") // something else
	put("b", 6, "the test was too strict")
	book, err := s.Book()
	if err != nil {
		t.Fatal(err)
	}
	want := []record.Earlier{{Key: "a", Score: 3}, {Key: "b", Score: 5, Reason: "the test was too strict"}}
	if diff := cmp.Diff(want, book.Records[0].Earlier); diff != "" || book.Records[0].Score != 6 {
		t.Error(diff)
	}
}

// A store has one shard, and all exercises that were graded into it.
func TestBegin(t *testing.T) {
	s, _ := made(t)
	first := record.Header{Shard: shard.Whole, Exercises: []string{"01", "03"}}
	again := record.Header{Shard: shard.Whole, Exercises: []string{"02", "03"}, Roster: "r"}
	if err := errors.Join(s.Begin(first), s.Begin(again)); err != nil {
		t.Fatal(err)
	}
	b, err := s.Book()
	if diff := cmp.Diff(record.Header{Shard: shard.Whole, Exercises: []string{"01", "02", "03"}, Roster: "r"}, b.Header); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if err := s.Begin(record.Header{Shard: shard.Shard{Index: 1, Count: 2}}); err == nil || !strings.Contains(err.Error(), "this is shard 1/2") {
		t.Error(err)
	}
}
