package store

import (
	"bytes"
	"encoding/json"

	"racelab/checker/classroom/record"

	bolt "go.etcd.io/bbolt"
)

func recordKey(student, exercise string) []byte {
	return bytes.Join([][]byte{[]byte(student), []byte(exercise)}, []byte{0})
}

// Record is that of a student for an exercise, if it is there.
func (s *Store) Record(student, exercise string) (r record.Record, ok bool, err error) {
	defer s.guard(&err)()
	err = s.db.View(func(tx *bolt.Tx) error {
		ok, err = get(tx.Bucket(records), recordKey(student, exercise), &r)
		return err
	})
	return r, ok, s.named(err)
}

// Book has all records, in order.
func (s *Store) Book() (record.Book, error) {
	return s.book(func(r record.Record) record.Record { return r })
}

// Brief is a Book of brief records.
func (s *Store) Brief() (record.Book, error) { return s.book(record.Record.Brief) }

func (s *Store) book(kept func(record.Record) record.Record) (b record.Book, err error) {
	defer s.guard(&err)()
	err = s.db.View(func(tx *bolt.Tx) error {
		if b.Header, err = headerOf(tx); err != nil {
			return err
		}
		return each(tx.Bucket(records), func(text []byte) error {
			var r record.Record
			err := json.Unmarshal(text, &r)
			b.Records = append(b.Records, kept(r))
			return err
		})
	})
	record.Sort(b.Records)
	return b, s.named(err)
}

// Stream is of a book of brief records. The store must not be closed while it is read.
func (s *Store) Stream(b record.Book) record.Stream {
	return record.Stream{Book: b, Whole: func(yield func(record.Record, error) bool) {
		for _, r := range b.Records {
			whole, ok, err := s.Record(r.Student, r.Exercise)
			if err == nil && !ok {
				err = s.named(errDamaged)
			}
			if !yield(whole, err) || err != nil {
				return
			}
		}
	}}
}
