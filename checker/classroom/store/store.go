// Package store keeps the records of a class in one file, a transaction for each verdict:
// a grader that is killed loses the submissions that it was at, and nothing else.
package store

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/submission"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// version is that of what the file holds. It grows with each change that another racelab
// would misread; no other is read. Since 2, values have checksums.
const version = 2

var (
	meta     = []byte("meta") // version, and the header of the latest grading
	header   = []byte("header")
	verdicts = []byte("verdicts") // by key
	records  = []byte("records")  // by student and exercise
	buckets  = [][]byte{meta, verdicts, records, durations, sources}
)

// patience is how long to wait for another grader that has the file.
const patience = time.Second

// A Store is open, and nobody else's meanwhile.
type Store struct {
	db     *bolt.DB
	name   string
	broken bool // the library has panicked, and may hold its locks
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
	defer s.guard(&err)()
	if s.db, err = bolt.Open(name, 0o600, options); err != nil {
		return nil, s.named(err)
	}
	if !options.ReadOnly {
		err = s.db.Update(begin)
	} else {
		err = s.db.View(known)
	}
	if err == nil && !options.ReadOnly { // who reads will see
		err = s.db.View(s.isWhole)
	}
	if err != nil {
		return nil, errors.Join(s.named(err), s.db.Close())
	}
	return s, nil
}

// isWhole reports an error if the end of the file is missing, or a record: whoever grades into
// it shall know before anything is written.
func (s *Store) isWhole(tx *bolt.Tx) error {
	info, err := os.Stat(s.name)
	if err == nil && info.Size() < tx.Size() {
		err = errDamaged
	}
	if err != nil {
		return err
	}
	return each(tx.Bucket(records), func([]byte) error { return nil })
}

func (s *Store) named(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("another racelab uses the store %s: wait until it has finished, or name another one: --store FILE", s.name)
	case errors.Is(err, errDamaged):
		return fmt.Errorf("the store %s %w", s.name, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return fmt.Errorf("%s is no store of racelab's, or is damaged (%w)", s.name, err)
	}
	return fmt.Errorf("the store %s: %w", s.name, err)
}

var (
	errNewer = errors.New("it was written by a newer racelab: use that one, or name another file: --store FILE")
	errOlder = errors.New("it was written by an older racelab: use that one, or grade again into another file: --store FILE")
)

// begin makes what is not there, of a new file.
func begin(tx *bolt.Tx) error {
	if first, _ := tx.Cursor().First(); first != nil {
		return known(tx)
	}
	for _, name := range buckets {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	return tx.Bucket(meta).Put(meta, []byte(strconv.Itoa(version)))
}

func known(tx *bolt.Tx) error {
	b := tx.Bucket(meta)
	if b == nil {
		return berrors.ErrInvalid
	}
	switch is, err := strconv.Atoi(string(b.Get(meta))); {
	case err != nil:
		return berrors.ErrInvalid
	case is > version:
		return errNewer
	case is < version:
		return errOlder
	}
	if slices.ContainsFunc(buckets, func(name []byte) bool { return tx.Bucket(name) == nil }) {
		return berrors.ErrInvalid
	}
	return nil
}

// Close ends the use. What is broken stays open until the process ends: the library would
// wait for its own locks.
func (s *Store) Close() error {
	if s.broken {
		return nil
	}
	return s.db.Close()
}

// Verdict is the one with a key, if it is there.
func (s *Store) Verdict(key string) (v finding.Verdict, ok bool, err error) {
	defer s.guard(&err)()
	err = s.db.View(func(tx *bolt.Tx) error {
		ok, err = get(tx.Bucket(verdicts), []byte(key), &v)
		return err
	})
	return v, ok, s.named(err)
}

// A Checked submission is all that is kept of one check.
type Checked struct {
	Key     string                 // names by content all that the verdict depends on
	Source  *submission.Submission // what was checked; nil if it could not be
	Verdict finding.Verdict
	Records []record.Record // of all who have handed it in, at least one, with the verdict
	Reason  string          // why it was graded again, if somebody has given one
	Took    time.Duration   // as if it had been alone; 0 if it was not measured
}

// Keep keeps what came of a check, all or nothing: a grader that is killed leaves no record
// whose source nobody has. A verdict of which another check may say more is not kept.
func (s *Store) Keep(c Checked) (err error) {
	defer s.guard(&err)()
	return s.named(s.db.Update(func(tx *bolt.Tx) error {
		if !c.Verdict.WorthAgain() {
			if err := put(tx.Bucket(verdicts), []byte(c.Key), c.Verdict); err != nil {
				return err
			}
		}
		if c.Took > 0 {
			if err := addDurations(tx, map[string]Took{c.Records[0].Exercise: {1, c.Took}}); err != nil {
				return err
			}
		}
		if c.Source != nil {
			if err := keepSource(tx, c.Records[0].Submission, *c.Source); err != nil {
				return err
			}
		}
		return replaceAll(tx, c.Records, c.Reason)
	}))
}

// Put keeps records that need no verdict, or have one that is there.
func (s *Store) Put(all []record.Record) (err error) {
	defer s.guard(&err)()
	return s.named(s.db.Update(func(tx *bolt.Tx) error { return replaceAll(tx, all, "") }))
}

// replaceAll puts records in the place of those that are there, whose scores they keep.
func replaceAll(tx *bolt.Tx, all []record.Record, reason string) error {
	for i, r := range all {
		var old record.Record
		ok, err := get(tx.Bucket(records), recordKey(r.Student, r.Exercise), &old)
		if err != nil {
			return err
		}
		if ok {
			all[i] = r.After(old, reason)
		}
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

// Begin keeps what the records will be of, beside those that are there: of the same shard.
func (s *Store) Begin(h record.Header) (err error) {
	defer s.guard(&err)()
	return s.named(s.db.Update(func(tx *bolt.Tx) error {
		old, err := headerOf(tx)
		switch {
		case err != nil:
			return err
		case old.Shard != h.Shard && old.Shard.Count > 0:
			return fmt.Errorf("it has shard %s of a class, and this is shard %s: each needs a store of its own", old.Shard, h.Shard)
		case old.Split != h.Split && old.Shard.Count > 1:
			return fmt.Errorf("it has shard %s of a class that was divided in another way, by other --durations or for other students: name another store", old.Shard)
		}
		if h.Columns == nil {
			h.Columns = old.Columns // it is graded again without the roster
		}
		h.Withheld = old.Withheld
		h.Exercises = union(old.Exercises, h.Exercises)
		return put(tx.Bucket(meta), header, h)
	}))
}
