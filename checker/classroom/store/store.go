// Package store keeps the records of a class in one file, a transaction for each verdict:
// a grader that is killed loses the submissions that it was at, and nothing else.
package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// version is that of what the file holds. A newer one is refused.
const version = "1"

var (
	meta     = []byte("meta") // version, and the header of the latest grading
	header   = []byte("header")
	verdicts = []byte("verdicts") // by key
	records  = []byte("records")  // by student and exercise
)

// patience is how long to wait for another grader that has the file.
const patience = time.Second

// A Store is open, and nobody else's meanwhile.
type Store struct {
	db   *bolt.DB
	name string
}

// Open opens a store, or makes one. Close must be called.
func Open(name string) (*Store, error) { return open(name, &bolt.Options{Timeout: patience}) }

// OpenToRead opens a store that is there, and changes nothing.
func OpenToRead(name string) (*Store, error) {
	if _, err := os.Stat(name); err != nil {
		return nil, err
	}
	return open(name, &bolt.Options{Timeout: patience, ReadOnly: true})
}

func open(name string, options *bolt.Options) (s *Store, err error) {
	s = &Store{name: name}
	defer s.damaged(&err)
	if s.db, err = bolt.Open(name, 0o600, options); err != nil {
		return nil, s.named(err)
	}
	if !options.ReadOnly {
		err = s.db.Update(begin)
	} else {
		err = s.db.View(known)
	}
	if err != nil {
		return nil, errors.Join(s.named(err), s.db.Close())
	}
	return s, nil
}

// damaged makes an error of a panic: that is how the library says that a page of the file
// makes no sense.
func (s *Store) damaged(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the store %s is damaged (%v)", s.name, r)
	}
}

func (s *Store) named(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("another racelab uses the store %s: wait until it has finished", s.name)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return fmt.Errorf("%s is no store of racelab's, or is damaged (%w)", s.name, err)
	}
	return fmt.Errorf("the store %s: %w", s.name, err)
}

var errNewer = errors.New("it was written by a newer racelab")

func begin(tx *bolt.Tx) error {
	for _, name := range [][]byte{meta, verdicts, records} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	if b := tx.Bucket(meta); b.Get(meta) == nil {
		return b.Put(meta, []byte(version))
	}
	return known(tx)
}

func known(tx *bolt.Tx) error {
	b := tx.Bucket(meta)
	if b == nil || tx.Bucket(verdicts) == nil || tx.Bucket(records) == nil {
		return berrors.ErrInvalid
	}
	if string(b.Get(meta)) != version {
		return errNewer
	}
	return nil
}

// Close ends the use.
func (s *Store) Close() error { return s.db.Close() }

// Verdict is the one with a key, if it is there.
func (s *Store) Verdict(key string) (v finding.Verdict, ok bool, err error) {
	defer s.damaged(&err)
	err = s.db.View(func(tx *bolt.Tx) error {
		data := tx.Bucket(verdicts).Get([]byte(key))
		if data == nil {
			return nil
		}
		ok = true
		return json.Unmarshal(data, &v)
	})
	return v, ok, s.named(err)
}

// Keep keeps a verdict, unless it is inconclusive, and the records that have it, all or
// nothing. The reason is why they are graded again, if somebody has given one.
func (s *Store) Keep(key string, v finding.Verdict, with []record.Record, reason string) (err error) {
	defer s.damaged(&err)
	return s.named(s.db.Update(func(tx *bolt.Tx) error {
		if v.Outcome != finding.Inconclusive {
			if err := put(tx.Bucket(verdicts), []byte(key), v); err != nil {
				return err
			}
		}
		return replaceAll(tx, with, reason)
	}))
}

// Put keeps records that need no verdict, or have one that is there.
func (s *Store) Put(all []record.Record) (err error) {
	defer s.damaged(&err)
	return s.named(s.db.Update(func(tx *bolt.Tx) error { return replaceAll(tx, all, "") }))
}

// replaceAll puts records in the place of those that are there, whose scores they keep.
func replaceAll(tx *bolt.Tx, all []record.Record, reason string) error {
	for i, r := range all {
		data := tx.Bucket(records).Get(recordKey(r.Student, r.Exercise))
		if data == nil {
			continue
		}
		var old record.Record
		if err := json.Unmarshal(data, &old); err != nil {
			return err
		}
		all[i] = r.After(old, reason)
	}
	return putAll(tx, all)
}

func putAll(tx *bolt.Tx, all []record.Record) error {
	for _, r := range all {
		r.Schema = record.Schema
		if err := put(tx.Bucket(records), recordKey(r.Student, r.Exercise), r); err != nil {
			return err
		}
	}
	return nil
}

func put(b *bolt.Bucket, key []byte, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return b.Put(key, data)
}

// Begin keeps what the records will be of, beside those that are there: of the same shard.
func (s *Store) Begin(h record.Header) (err error) {
	defer s.damaged(&err)
	return s.named(s.db.Update(func(tx *bolt.Tx) error {
		var old record.Header
		if data := tx.Bucket(meta).Get(header); data != nil {
			if err := json.Unmarshal(data, &old); err != nil {
				return err
			}
			if old.Shard != h.Shard {
				return fmt.Errorf("it has shard %s of a class, and this is shard %s: each needs a store of its own", old.Shard, h.Shard)
			}
		}
		h.Exercises = slices.Compact(slices.Sorted(slices.Values(slices.Concat(old.Exercises, h.Exercises))))
		return put(tx.Bucket(meta), header, h)
	}))
}

// Fill replaces all records by those of a book.
func (s *Store) Fill(b record.Book) (err error) {
	defer s.damaged(&err)
	return s.named(s.db.Update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(records); err != nil {
			return err
		}
		if _, err := tx.CreateBucket(records); err != nil {
			return err
		}
		if err := put(tx.Bucket(meta), header, b.Header); err != nil {
			return err
		}
		return putAll(tx, b.Records)
	}))
}

func recordKey(student, exercise string) []byte {
	return bytes.Join([][]byte{[]byte(student), []byte(exercise)}, []byte{0})
}

// Book has all records, in order.
func (s *Store) Book() (b record.Book, err error) {
	defer s.damaged(&err)
	err = s.db.View(func(tx *bolt.Tx) error {
		if data := tx.Bucket(meta).Get(header); data != nil {
			if err := json.Unmarshal(data, &b.Header); err != nil {
				return err
			}
		}
		return tx.Bucket(records).ForEach(func(_, data []byte) error {
			var r record.Record
			if err := json.Unmarshal(data, &r); err != nil {
				return err
			}
			b.Records = append(b.Records, r)
			return nil
		})
	})
	record.Sort(b.Records)
	return b, s.named(err)
}
