package store

import (
	"slices"

	"racelab/checker/classroom/record"

	bolt "go.etcd.io/bbolt"
)

// Withhold keeps who is withheld from now on and who is no longer, and returns all who are.
// Begin, or Fill, comes before.
func (s *Store) Withhold(students, release []string) (all []string, err error) {
	defer s.guard(&err)()
	err = s.db.Update(func(tx *bolt.Tx) error {
		h, err := headerOf(tx)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(union(h.Withheld, students), func(id string) bool { return slices.Contains(release, id) })
		h.Withheld = all
		return put(tx.Bucket(meta), header, h)
	})
	return all, s.named(err)
}

// headerOf is the header of the latest grading; the zero value if there was none.
func headerOf(tx *bolt.Tx) (h record.Header, err error) {
	_, err = get(tx.Bucket(meta), header, &h)
	return h, err
}

func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}
