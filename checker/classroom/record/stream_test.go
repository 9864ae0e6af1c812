package record_test

import (
	"errors"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"

	"github.com/google/go-cmp/cmp"
)

// What is made of a stream is made of its brief records and of its whole ones alike.
func TestStream(t *testing.T) {
	b := recordtest.Class(3, 20, 3)
	odd := func(r record.Record) bool { return len(r.Student)%2 == 1 }
	plus := func(r record.Record) record.Record { r.Score++; return r }
	s := b.Stream().Map(plus).Without(odd)
	for range 2 { // it can be read again
		held, err := s.Held()
		if err != nil || len(held.Records) != len(s.Records) || len(held.Records) == 0 {
			t.Fatalf("%d whole and %d brief records, %v", len(held.Records), len(s.Records), err)
		}
		var want []record.Record
		for _, r := range b.Records {
			if !odd(r) {
				want = append(want, plus(r))
			}
		}
		if diff := cmp.Diff(want, held.Records); diff != "" {
			t.Error(diff)
		}
		for i, r := range held.Records {
			if diff := cmp.Diff(r.Brief(), s.Records[i]); diff != "" {
				t.Error(diff)
			}
		}
	}
}

// Students come one after the other, each with all records.
func TestStreamOfStudents(t *testing.T) {
	b := recordtest.Class(3, 20, 3)
	var all []record.Record
	n := 0
	for of, err := range b.Stream().Students() {
		if err != nil || len(of) != 3 || of[0].Student != of[2].Student {
			t.Errorf("%d records, %v", len(of), err)
		}
		all = append(all, of...)
		n++
	}
	if diff := cmp.Diff(b.Records, all); diff != "" || n != 20 {
		t.Error(n, diff)
	}
	for range b.Stream().Students() { // nobody has to read all
		break
	}
	for range (record.Book{}).Stream().Students() {
		t.Error("nobody has records")
	}
}

// An error ends what is read, whatever was made of the stream.
func TestStreamFails(t *testing.T) {
	broken := errors.New("broken")
	s := recordtest.Class(3, 2, 1).Stream()
	whole := s.Whole
	s.Whole = func(yield func(record.Record, error) bool) {
		for r := range whole {
			_ = yield(r, nil) && yield(record.Record{}, broken)
			return
		}
	}
	s = s.Map(func(r record.Record) record.Record { return r }).Without(func(record.Record) bool { return false })
	if _, err := s.Held(); !errors.Is(err, broken) {
		t.Error(err)
	}
	var last error
	for _, err := range s.Students() {
		last = err
	}
	if !errors.Is(last, broken) {
		t.Error(last)
	}
}
