package classroom

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/shard"
	"racelab/checker/classroom/store"

	"github.com/google/go-cmp/cmp"
)

// Shards, however many, in whatever order and run more than once, merge to what one run has.
func TestShards(t *testing.T) {
	of := map[string]string{"cid": "package bank\n", "eve": "package bank // 3"}
	for i := range 20 {
		of[fmt.Sprintf("student%02d", i)] = fmt.Sprintf("package bank // %d", i%7)
	}
	dir := class(t, of)
	var takes map[string]time.Duration
	run := func(s shard.Shard) record.Book {
		var checks atomic.Int32
		g := grading(t, dir, filepath.Join(t.TempDir(), "grades.db"), &checks)
		g.Header = record.Header{Racelab: "v1", Shard: s, Exercises: []string{"01-balance"}}
		g.Takes = takes
		out, err := g.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return out.Book
	}
	want := written(t, run(shard.Whole))
	for _, n := range []int{1, 2, 3, 7, -2, -7} {
		if n < 0 { // the longest ones first
			takes, n = TakesOf(set, map[string]store.Took{"other": {Checks: 1, All: time.Second}}), -n
		}
		var books []record.Book
		for i := range n {
			books = append(books, run(shard.Shard{Index: i, Count: n}))
		}
		books = append(books, books[rand.IntN(n)])
		rand.Shuffle(len(books), func(i, j int) { books[i], books[j] = books[j], books[i] })
		if least, most := sizes(books); takes != nil && most-least > 1 {
			t.Errorf("of %d shards one has %d records, another one %d", n, least, most)
		}
		merged, err := record.Merge(books)
		if diff := cmp.Diff(want, written(t, merged)); diff != "" || err != nil {
			t.Error(n, diff, err)
		}
		if n > 1 {
			if _, err := record.Merge(books[:1]); err == nil || !strings.Contains(err.Error(), "is missing") {
				t.Errorf("%d of %d shards: %v", 1, n, err)
			}
		}
	}
}

// sizes are how many records the smallest and the largest of some books have.
func sizes(books []record.Book) (least, most int) {
	least = len(books[0].Records)
	for _, b := range books {
		least, most = min(least, len(b.Records)), max(most, len(b.Records))
	}
	return least, most
}

// A store keeps what belongs to one way of dividing a class.
func TestShardsStayDivided(t *testing.T) {
	var checks atomic.Int32
	g := grading(t, class(t, map[string]string{"ada": "package bank // 7", "ben": "package bank // 3"}), filepath.Join(t.TempDir(), "grades.db"), &checks)
	g.Header.Shard = shard.Shard{Index: 0, Count: 2}
	g.Takes = map[string]time.Duration{"01-balance": 1}
	for range 2 {
		if out, err := g.Run(t.Context()); err != nil || len(out.Records) != 1 {
			t.Fatal(out.Records, err)
		}
	}
	g.Takes = map[string]time.Duration{"01-balance": 2}
	if _, err := g.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "divided in another way") {
		t.Error(err)
	}
}

// Of a class no more is held than a table needs, however much is wrong with its programs, when
