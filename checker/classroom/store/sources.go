package store

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/json"
	"io"

	"racelab/checker/submission"

	bolt "go.etcd.io/bbolt"
)

// sources has what was graded, by the hash that the records have: each submission once, and
// compressed. So an appeal needs nothing but the store, years later, too.
var sources = []byte("sources")

// mostSource is more than any submission that was read has.
const mostSource = 64 << 20

// keepSource keeps a submission by its hash. It is compressed only if it is new: of most that
// are graded again it is not.
func keepSource(tx *bolt.Tx, hash string, sub submission.Submission) error {
	b := tx.Bucket(sources)
	if b.Get([]byte(hash)) != nil {
		return nil
	}
	data, err := pack(sub)
	if err != nil {
		return err
	}
	return b.Put([]byte(hash), data)
}

// Source is the submission with a hash, if it is there.
func (s *Store) Source(hash string) (sub submission.Submission, ok bool, err error) {
	defer s.guard(&err)()
	err = s.db.View(func(tx *bolt.Tx) error {
		data := tx.Bucket(sources).Get([]byte(hash))
		if data == nil {
			return nil
		}
		ok = true
		return json.NewDecoder(io.LimitReader(flate.NewReader(bytes.NewReader(data)), mostSource)).Decode(&sub)
	})
	return sub, ok, s.named(err)
}

func pack(sub submission.Submission) ([]byte, error) {
	text, err := json.Marshal(sub)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(text)
	if err := cmp.Or(err, w.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// adopt takes over the sources of another store. What is wrong with that one is not wrong with s.
func (s *Store) adopt(tx *bolt.Tx, from *Store) (err error) {
	if from == s {
		return nil
	}
	defer from.guard(&err)()
	to := tx.Bucket(sources)
	return from.named(from.db.View(func(tx *bolt.Tx) error {
		return tx.Bucket(sources).ForEach(func(hash, data []byte) error { return to.Put(hash, bytes.Clone(data)) })
	}))
}
