package store

import (
	"racelab/checker/classroom/record"

	bolt "go.etcd.io/bbolt"
)

// Fill replaces all records by those of a book, which come from other stores, or from this one,
// too: it takes over what they know of the submissions and of how long checks take. Who was
// withheld stays so.
func (s *Store) Fill(b record.Book, from ...*Store) (err error) {
	defer s.guard(&err)()
	took, err := allDurations(from)
	if err != nil {
		return err
	}
	var theirs error // it has said of which store it is
	err = s.db.Update(func(tx *bolt.Tx) error {
		old, err := headerOf(tx)
		if err != nil {
			return err
		}
		b.Withheld = union(b.Withheld, old.Withheld)
		if err := put(tx.Bucket(meta), header, b.Header); err != nil {
			return err
		}
		if _, err := emptied(tx, records); err != nil {
			return err
		}
		if err := putAll(tx, b.Records); err != nil {
			return err
		}
		for _, other := range from {
			if theirs = s.adopt(tx, other); theirs != nil {
				return theirs
			}
		}
		if len(from) == 0 {
			return nil
		}
		// Durations that are there take part if s is among the stores, so that it does not
		// matter how often the same ones are merged.
		return replaceDurations(tx, took)
	})
	if theirs != nil {
		return theirs
	}
	return s.named(err)
}

// emptied is a bucket without what was in it.
func emptied(tx *bolt.Tx, name []byte) (*bolt.Bucket, error) {
	if err := tx.DeleteBucket(name); err != nil {
		return nil, err
	}
	return tx.CreateBucket(name)
}
