package shard

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// drawn is a class of which everything is drawn.
func drawn(seed uint64) (r *rand.Rand, students []string, takes map[string]time.Duration, n int) {
	r = rand.New(rand.NewPCG(9, seed))
	takes = map[string]time.Duration{}
	for i := range r.IntN(40) {
		students = append(students, fmt.Sprintf("student %d", i))
	}
	for i := range 1 + r.IntN(12) {
		takes[fmt.Sprintf("%02d-exercise", i)] = time.Duration(r.IntN(50)) * time.Second >> r.IntN(4)
	}
	return r, students, takes, 1 + r.IntN(9)
}

// Whatever the class, each record is in exactly one shard, the same one in whatever order
// students come and however often; and no shard has more to do than another one by more than
// the longest check.
func TestLongestFirst(t *testing.T) {
	for seed := range uint64(300) {
		r, students, takes, n := drawn(seed)
		s := LongestFirst(students, takes, n)
		other := slices.Concat(students, students[:len(students)/2])
		r.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		again := LongestFirst(other, takes, n)
		if s.Name() != again.Name() || s.Name() == "" {
			t.Errorf("%d: the names are %s and %s", seed, s.Name(), again.Name())
		}
		load, longest := make([]time.Duration, n), time.Duration(0)
		for exercise, took := range takes {
			took = max(1, took)
			longest = max(longest, took)
			for _, student := range slices.Concat(students, []string{"somebody else"}) {
				in := 0
				for i := range n {
					shard := Shard{Index: i, Count: n}
					has := s.Has(shard, student, exercise)
					if has != again.Has(shard, student, exercise) {
						t.Errorf("%d: %s, %s depends on the order", seed, student, exercise)
					}
					if has {
						in++
					}
					if has && student != "somebody else" {
						load[i] += took
					}
				}
				if in != 1 {
					t.Errorf("%d: %s, %s is in %d shards", seed, student, exercise, in)
				}
			}
		}
		if by := slices.Max(load) - slices.Min(load); by > longest {
			t.Errorf("%d: %v differ by %v; the longest check takes %v", seed, load, by, longest)
		}
	}
}

// A split has another name if anything differs that it depends on.
func TestSplitNames(t *testing.T) {
	takes := map[string]time.Duration{"01": 2 * time.Second, "02": time.Second}
	seen := map[string]bool{"": true}
	for _, s := range []*Split{
		LongestFirst([]string{"ada", "ben"}, takes, 2),
		LongestFirst([]string{"ada", "ben"}, takes, 3),
		LongestFirst([]string{"ada"}, takes, 2),
		LongestFirst([]string{"ada", "ben"}, map[string]time.Duration{"01": 2 * time.Second, "02": 2 * time.Second}, 2),
		LongestFirst([]string{"ada", "ben"}, map[string]time.Duration{"01": 2 * time.Second}, 2),
	} {
		if seen[s.Name()] {
			t.Errorf("%s is there twice", s.Name())
		}
		seen[s.Name()] = true
	}
}

// Without a split, or for another number of shards, it goes by the hash.
func TestNoSplit(t *testing.T) {
	shard := Shard{Index: 1, Count: 3}
	for _, s := range []*Split{nil, LongestFirst([]string{"ada", "ben"}, map[string]time.Duration{"01": 1}, 2)} {
		for _, student := range []string{"ada", "ben", "cid", "dan"} {
			if s.Has(shard, student, "01") != shard.Has(student, "01") {
				t.Error(student)
			}
		}
	}
	if (*Split)(nil).Name() != "" {
		t.Error("no split has a name")
	}
}
