package bikes_test

import (
	"fmt"
	"sync"
	"testing"

	bikes "racelab/exercises/17-transfer"
)

// together runs the tasks at the same time and returns when all are done.
func together(tasks ...func()) {
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			<-gate
			task()
		})
	}
	close(gate)
	wg.Wait()
}

// quick is a van that has the bicycles at once.
func quick() {}

// moves checks that bicycles are moved.
func moves(t *testing.T, from, to *bikes.Station, n int) {
	t.Helper()
	if !bikes.Move(from, to, n, quick) {
		t.Errorf("%d bicycles are not moved from %s to %s", n, from.Name(), to.Name())
	}
}

// stand checks how many bicycles stand at some stations.
func stand(t *testing.T, want int, stations ...*bikes.Station) {
	t.Helper()
	if got := bikes.Count(stations...); got != want {
		t.Errorf("at %d stations are %d bicycles, want %d", len(stations), got, want)
	}
}

// What one van does.
func TestOneVan(t *testing.T) {
	market, lake := bikes.New("Market", 5), bikes.New("Lake", 0)
	moves(t, market, lake, 3)
	stand(t, 2, market)
	stand(t, 3, lake)
	if bikes.Move(market, lake, 3, func() { t.Error("3 bicycles are loaded, and there are 2") }) {
		t.Error("of 2 bicycles 3 are moved")
	}
	loaded := 0
	if !bikes.Move(lake, lake, 3, func() { loaded++ }) || loaded != 1 {
		t.Errorf("bicycles are brought back to where they were, and loaded %d times", loaded)
	}
	stand(t, 5, lake, market)
	t.Attr("bicycles", fmt.Sprint(bikes.Count(market), bikes.Count(lake)))
}

// In the morning one van drives up to the station, and another one down to the lake.
func TestUpAndDown(t *testing.T) {
	market, lake := bikes.New("Market", 5), bikes.New("Lake", 5)
	together(
		func() { moves(t, market, lake, 2) },
		func() { moves(t, lake, market, 1) },
	)
	stand(t, 4, market)
	stand(t, 6, lake)
}

// Three vans drive in a circle.
func TestRoundTrip(t *testing.T) {
	market, lake, tower := bikes.New("Market", 3), bikes.New("Lake", 3), bikes.New("Tower", 3)
	together(
		func() { moves(t, market, lake, 1) },
		func() { moves(t, lake, tower, 1) },
		func() { moves(t, tower, market, 1) },
	)
	for _, s := range []*bikes.Station{market, lake, tower} {
		stand(t, 3, s)
	}
}

// No bicycle is in two places, or in none, whenever somebody counts.
func TestCountMeanwhile(t *testing.T) {
	market, lake := bikes.New("Market", 4), bikes.New("Lake", 0)
	together(
		func() { moves(t, market, lake, 4) },
		func() { stand(t, 4, market, lake) },
		func() { stand(t, 4, lake, market) },
	)
}

// Two vans want the last bicycles of one station.
func TestLastOnes(t *testing.T) {
	market, lake, tower := bikes.New("Market", 3), bikes.New("Lake", 0), bikes.New("Tower", 0)
	var moved [2]bool
	together(
		func() { moved[0] = bikes.Move(market, lake, 2, quick) },
		func() { moved[1] = bikes.Move(market, tower, 2, quick) },
	)
	if moved[0] == moved[1] {
		t.Errorf("of 3 bicycles 2 are wanted twice, and moved: %v", moved)
	}
	stand(t, 1, market)
	stand(t, 3, market, lake, tower)
}

// A van takes its time, and another one drives between two other stations.
func TestElsewhere(t *testing.T) {
	market, lake := bikes.New("Market", 1), bikes.New("Lake", 1)
	tower, harbour := bikes.New("Tower", 1), bikes.New("Harbour", 1)
	loading, done := make(chan struct{}), make(chan struct{})
	together(
		func() {
			bikes.Move(market, lake, 1, func() {
				close(loading)
				<-done
			})
		},
		func() {
			<-loading
			moves(t, tower, harbour, 1)
			stand(t, 2, tower, harbour)
			close(done)
		},
	)
	stand(t, 4, market, lake, tower, harbour)
}
