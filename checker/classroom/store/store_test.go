package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"
	"racelab/checker/classroom/shard"
	"racelab/checker/finding"
	"racelab/checker/submission"

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

// What is kept is there, in order, and a verdict that another check may change is not.
func TestKeep(t *testing.T) {
	s, _ := made(t)
	pass := finding.Verdict{Outcome: finding.Pass, Score: 10}
	for _, err := range []error{
		s.Keep(Checked{Key: "spoiled", Verdict: finding.Verdict{Outcome: finding.Inconclusive, Cause: finding.DoubtMachine}, Records: []record.Record{{Student: "ben", Exercise: "02", Submission: "s"}}}),
		s.Keep(Checked{Key: "too much", Verdict: finding.Verdict{Outcome: finding.Inconclusive, Cause: finding.DoubtBudget, Score: 10}, Records: []record.Record{{Student: "ben", Exercise: "02", Submission: "s"}}}),
		s.Keep(Checked{Key: "k", Verdict: pass, Records: []record.Record{{Student: "ben", Exercise: "02", State: record.Graded, Submission: "s", Verdict: &pass}, {Student: "ben", Exercise: "01"}}}),
		s.Put([]record.Record{{Student: "ada", Exercise: "03"}}),
		s.Put([]record.Record{{Student: "ada", Exercise: "03", State: record.Missing}}), // again
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"k", "too much"} {
		if v, ok, err := s.Verdict(key); err != nil || !ok || v.Score != 10 {
			t.Errorf("%s: %+v, %v, %v", key, v, ok, err)
		}
	}
	for _, key := range []string{"spoiled", "none"} {
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

// A brief book is a book without what makes it large, and finds that again.
func TestBrief(t *testing.T) {
	s, _ := made(t)
	class := recordtest.Class(3, 30, 2)
	if err := s.Fill(class); err != nil {
		t.Fatal(err)
	}
	whole, err := s.Book()
	if err != nil {
		t.Fatal(err)
	}
	short, err := s.Brief()
	if err != nil || len(short.Records) != len(class.Records) {
		t.Fatalf("%d records, %v", len(short.Records), err)
	}
	for i, r := range short.Records {
		if diff := cmp.Diff(whole.Records[i].Brief(), r); diff != "" {
			t.Error(diff)
		}
	}
	again, err := s.Stream(short).Held()
	if diff := cmp.Diff(whole, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	short.Records = append(short.Records, record.Record{Student: "nobody", Exercise: "01"})
	if _, err := s.Stream(short).Held(); !errors.Is(err, errDamaged) {
		t.Error(err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	for name, version := range map[string]string{"newer": "3", "older": "1", "strange": "x"} {
		s, err := Open(file(name))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(meta).Put(meta, []byte(version)) }); err != nil {
			t.Fatal(err)
		}
		_ = s.Close()
	}
	foreign, err := bolt.Open(file("foreign"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := foreign.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err }); err != nil {
		t.Fatal(err)
	}
	_ = foreign.Close()
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
		"newer": "written by a newer racelab", "older": "written by an older racelab", "strange": "is no store of racelab's, or is damaged",
		"foreign": "is no store of racelab's, or is damaged", "text": "is no store of racelab's, or is damaged", "short": "is no store of racelab's, or is damaged",
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
	scribbleAll(t, name)
}

// scribbleAll overwrites all but the first pages of a store.
func scribbleAll(t *testing.T, name string) {
	t.Helper()
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
		r := record.Record{Student: "ada", Exercise: "01", State: record.Graded, Submission: "s", Key: key, Score: score, Verdict: &v}
		if err := s.Keep(Checked{Key: key, Verdict: v, Records: []record.Record{r}, Reason: reason}); err != nil {
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
	want := []record.Earlier{{Submission: "s", Key: "a", Score: 3}, {Submission: "s", Key: "b", Score: 5, Reason: "the test was too strict"}}
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

// Who is withheld stays so, whatever is graded or merged, until somebody is released.
func TestWithhold(t *testing.T) {
	s, _ := made(t)
	h := record.Header{Shard: shard.Whole}
	if err := s.Begin(h); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		students, release []string
		want              string
	}{
		{[]string{"eve", "ada", "ada"}, nil, "ada eve"},
		{[]string{"ben"}, []string{"eve", "nobody"}, "ada ben"},
		{nil, nil, "ada ben"},
		{nil, []string{"ada", "ben"}, ""},
		{[]string{"ben"}, nil, "ben"},
	} {
		all, err := s.Withhold(c.students, c.release)
		if err := errors.Join(err, s.Begin(h), s.Fill(record.Book{Header: h})); err != nil {
			t.Fatal(err)
		}
		b, err := s.Book()
		if got := strings.Join(b.Withheld, " "); got != c.want || got != strings.Join(all, " ") || err != nil {
			t.Errorf("%q, %v; want %q", got, err, c.want)
		}
	}
}

// Sources are kept once, and what another store has is taken over, however often it is merged.
func TestSources(t *testing.T) {
	s, _ := made(t)
	other, _ := made(t)
	sub := submission.Submission{
		Files: map[string][]byte{"bank.go": []byte("package bank\n\xff")}, Extra: []string{"x.go"},
		Findings: []finding.Finding{submission.Breach("y.go", finding.Breach{Rule: finding.RuleMissing})},
	}
	for range 2 {
		if err := s.Keep(Checked{Key: "k", Source: &sub, Records: []record.Record{{Student: "ada", Exercise: "01", Submission: "sha256:1"}}, Took: time.Second}); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok, err := other.Source("sha256:1"); ok || err != nil {
		t.Error(ok, err)
	}
	class := record.Book{Records: []record.Record{{Student: "ada", Exercise: "01"}}}
	if err := errors.Join(other.Fill(class, s), other.Fill(class, s), other.Fill(class)); err != nil {
		t.Fatal(err)
	}
	got, ok, err := other.Source("sha256:1")
	if diff := cmp.Diff(sub, got); diff != "" || !ok || err != nil {
		t.Error(diff, ok, err)
	}
	if err := s.Fill(class, s); err != nil {
		t.Fatal(err)
	}
	for _, one := range []*Store{s, other} {
		took, err := one.Durations()
		if err != nil || took["01"] != (Took{2, 2 * time.Second}) || took["01"].Mean() != time.Second || (Took{}).Mean() != 0 {
			t.Error(took, err)
		}
	}
}

// Where another store is damaged, it is that one which is named, and nothing has changed.
func TestDamagedSources(t *testing.T) {
	from, name := made(t)
	s, into := made(t)
	if err := from.Keep(checked(1)); err != nil {
		t.Fatal(err)
	}
	scribbleAll(t, name)
	err := s.db.Update(func(tx *bolt.Tx) error { return s.adopt(tx, from) })
	if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), into) || s.broken {
		t.Error(err, s.broken)
	}
	if err := s.Keep(checked(2)); err != nil {
		t.Error(err)
	}
}

// A new store has neither.
func TestNewStore(t *testing.T) {
	s, _ := made(t)
	_, ok, err := s.Source("sha256:1")
	took, err2 := s.Durations()
	if ok || err != nil || err2 != nil || len(took) != 0 {
		t.Error(ok, err, took, err2)
	}
}
