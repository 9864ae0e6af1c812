package shard

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A Split divides a class into shards that take equally long, as far as is known. All machines
// that are told the same make the same one. A nil Split goes by the hash of each record.
type Split struct {
	count int
	of    map[[2]string]int // the index of the shard, by student and exercise
	name  string
}

// LongestFirst divides the records of all students for all exercises, going by how long a
// check of each exercise takes: the longest ones first, each to the shard that has least to
// do. So no shard has more to do than another one by more than the longest check. The order of
// students does not matter.
func LongestFirst(students []string, takes map[string]time.Duration, n int) *Split {
	students = slices.Compact(slices.Sorted(slices.Values(students)))
	s := &Split{count: n, of: map[[2]string]int{}}
	load := make([]time.Duration, n)
	name := sha256.New()
	fmt.Fprintf(name, "%d\n", n)
	for _, exercise := range longestFirst(takes) {
		fmt.Fprintf(name, "%q %d\n", exercise, takes[exercise])
		for _, student := range students {
			least := slices.Index(load, slices.Min(load))
			load[least] += max(1, takes[exercise]) // where nothing is known, all take as long
			s.of[[2]string{student, exercise}] = least
		}
	}
	fmt.Fprintf(name, "%q\n", students)
	s.name = "sha256:" + hex.EncodeToString(name.Sum(nil))
	return s
}

func longestFirst(takes map[string]time.Duration) []string {
	return slices.SortedFunc(maps.Keys(takes), func(a, b string) int {
		return cmp.Or(cmp.Compare(takes[b], takes[a]), cmp.Compare(a, b))
	})
}

// Has reports whether a record is of a shard. Each is of exactly one, also one that the split
// was not told of.
func (s *Split) Has(shard Shard, student, exercise string) bool {
	if s == nil || s.count != shard.Count {
		return shard.Has(student, exercise)
	}
	if index, ok := s.of[[2]string{student, exercise}]; ok {
		return index == shard.Index
	}
	return shard.Has(student, exercise)
}

// Name is the same for the same split; "" if there is none.
func (s *Split) Name() string {
	if s == nil {
		return ""
	}
	return s.name
}
