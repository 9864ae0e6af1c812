package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// However a store is damaged, what is read of it is what was kept, or there is an error that
// says so: no crash, no wait, and no record that is other than it was, or missing.
func TestDamagedStores(t *testing.T) {
	name := filepath.Join(t.TempDir(), "grades.db")
	whole, kept := filled(t, name)
	rounds := 400
	if testing.Short() {
		rounds = 60
	}
	told := 0
	for round := range rounds {
		r := rand.New(rand.NewPCG(9, uint64(round)))
		how := damages[round%len(damages)]
		if err := os.WriteFile(name, how.do(r, whole), 0o600); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- use(name, kept) }()
		select {
		case err := <-done:
			if err != nil {
				told++
			}
			if err != nil && !strings.Contains(err.Error(), name) {
				t.Errorf("round %d, %s: %v", round, how.name, err)
			}
		case <-time.After(time.Minute): // far more than it needs
			t.Fatalf("round %d, %s: it does not end", round, how.name)
		}
		if err := os.Remove(name); err != nil { // a broken one stays mapped
			t.Fatal(err)
		}
	}
	if told == 0 {
		t.Error("no damage did any harm: this tests nothing")
	}
}

var damages = []struct {
	name string
	do   func(*rand.Rand, []byte) []byte
}{
	{"truncated", func(r *rand.Rand, all []byte) []byte { return all[:r.IntN(len(all))] }},
	{"some bits", func(r *rand.Rand, all []byte) []byte {
		all = append([]byte(nil), all...)
		for range 20 {
			all[r.IntN(len(all))] ^= 1 << r.IntN(8)
		}
		return all
	}},
	{"a block", func(r *rand.Rand, all []byte) []byte { return scribble(r, all, r.IntN(len(all)-512), 512) }},
	{"the head of a page", func(r *rand.Rand, all []byte) []byte {
		return scribble(r, all, r.IntN(len(all)/os.Getpagesize())*os.Getpagesize(), 16)
	}},
}

func scribble(r *rand.Rand, all []byte, at, n int) []byte {
	all = append([]byte(nil), all...)
	for i := range n {
		all[at+i] = byte(r.Uint32())
	}
	return all
}

// filled makes a store, and returns its bytes and its records.
func filled(t *testing.T, name string) ([]byte, []record.Record) {
	t.Helper()
	s, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 60 {
		key := fmt.Sprint("key", i)
		v := finding.Verdict{Outcome: finding.Pass, Score: i, Reason: strings.Repeat("x", i*37)}
		of := record.Record{Student: fmt.Sprintf("student%02d", i), Exercise: "01", State: record.Graded, Submission: "s", Key: key, Score: i, Verdict: &v}
		if err := s.Keep(Checked{Key: key, Verdict: v, Records: []record.Record{of}}); err != nil {
			t.Fatal(err)
		}
	}
	b, err := s.Book()
	if err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return whole, b.Records
}

// use opens a store, reads all of it, and writes into it. The error is what the store says,
// or that it says nothing although something has changed.
func use(name string, kept []record.Record) (err error) {
	s, err := Open(name)
	if err != nil {
		return err
	}
	defer s.Close()
	b, err := s.Book()
	if err != nil {
		return err
	}
	if diff := cmp.Diff(kept, b.Records); diff != "" {
		return fmt.Errorf("nothing was said, and the records differ: %s", diff)
	}
	for _, r := range kept {
		v, ok, err := s.Verdict(r.Key)
		if err != nil {
			return err
		}
		if ok && !cmp.Equal(v, *r.Verdict) {
			return fmt.Errorf("nothing was said, and the verdict %s differs", r.Key)
		}
	}
	return s.Put([]record.Record{{Student: "new", Exercise: "01"}})
}
