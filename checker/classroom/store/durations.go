package store

import (
	"time"

	bolt "go.etcd.io/bbolt"
)

// durations is by exercise. They stand beside the records: the same submission has the same
// record, wherever it is graded, and takes as long as it takes there.
var durations = []byte("durations")

// A Took is how long checks have taken that were measured, each as if it had been alone.
type Took struct {
	Checks int           `json:"checks"`
	All    time.Duration `json:"all_ns"`
}

// Mean is what one check takes; 0 if none was measured.
func (t Took) Mean() time.Duration {
	if t.Checks == 0 {
		return 0
	}
	return t.All / time.Duration(t.Checks)
}

// Plus is t and u together.
func (t Took) Plus(u Took) Took { return Took{t.Checks + u.Checks, t.All + u.All} }

func addDurations(tx *bolt.Tx, took map[string]Took) error {
	b := tx.Bucket(durations)
	for exercise, more := range took {
		var old Took
		if _, err := get(b, []byte(exercise), &old); err != nil {
			return err
		}
		if err := put(b, []byte(exercise), old.Plus(more)); err != nil {
			return err
		}
	}
	return nil
}

// Durations are all that were measured, by exercise.
func (s *Store) Durations() (took map[string]Took, err error) {
	defer s.guard(&err)()
	took = map[string]Took{}
	return took, s.named(s.db.View(func(tx *bolt.Tx) error {
		b := tx.Bucket(durations)
		return b.ForEach(func(exercise, _ []byte) error {
			var t Took
			_, err := get(b, exercise, &t)
			took[string(exercise)] = t
			return err
		})
	}))
}

// allDurations are those of several stores together.
func allDurations(of []*Store) (map[string]Took, error) {
	all := map[string]Took{}
	for _, s := range of {
		took, err := s.Durations()
		if err != nil {
			return nil, err
		}
		for exercise, more := range took {
			all[exercise] = all[exercise].Plus(more)
		}
	}
	return all, nil
}

// replaceDurations puts durations in the place of those that are there.
func replaceDurations(tx *bolt.Tx, took map[string]Took) error {
	b, err := emptied(tx, durations)
	if err != nil {
		return err
	}
	for exercise, t := range took {
		if err := put(b, []byte(exercise), t); err != nil {
			return err
		}
	}
	return nil
}
