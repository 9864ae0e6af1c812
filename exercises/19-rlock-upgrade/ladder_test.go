package ladder_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	ladder "racelab/exercises/19-rlock-upgrade"
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

// stand checks the order of the players.
func stand(t *testing.T, l *ladder.Ladder, want string) {
	t.Helper()
	players := strings.Fields(want)
	for i, player := range players {
		if place, ok := l.Place(player); place != i+1 || !ok {
			t.Errorf("%s stands on place %d, %t; want %d of %s", player, place, ok, i+1, want)
		}
	}
}

// better checks that one player stands above another one.
func better(t *testing.T, l *ladder.Ladder, player, other string) {
	t.Helper()
	if !l.Better(player, other) || l.Better(other, player) {
		t.Errorf("%s does not stand above %s", player, other)
	}
}

// What one member sees, and what a game changes.
func TestOneGame(t *testing.T) {
	l := ladder.New("Ada", "Ben", "Cem", "Dora")
	stand(t, l, "Ada Ben Cem Dora")
	better(t, l, "Ben", "Dora")
	l.Won("Ada", "Dora") // who stands below him anyway
	stand(t, l, "Ada Ben Cem Dora")
	l.Won("Dora", "Ben")
	stand(t, l, "Ada Dora Ben Cem")
	if place, ok := l.Place("Eve"); place != 0 || ok || l.Better("Ada", "Eve") || l.Better("Eve", "Ada") {
		t.Errorf("Eve is no member, and stands on place %d, %t", place, ok)
	}
	l.Won("Eve", "Ada")
	stand(t, l, "Ada Dora Ben Cem")
	t.Attr("better", fmt.Sprint(l.Better("Dora", "Ben")))
}

// Two look while somebody climbs.
func TestLooking(t *testing.T) {
	l := ladder.New("Ada", "Ben", "Cem")
	together(
		func() { better(t, l, "Ada", "Cem") },
		func() { better(t, l, "Ada", "Ben") },
		func() { l.Won("Cem", "Ben") },
	)
	stand(t, l, "Ada Cem Ben")
}

// One game is reported by both players.
func TestReportedTwice(t *testing.T) {
	l := ladder.New("Ada", "Ben")
	together(
		func() { l.Won("Ben", "Ada") },
		func() { l.Won("Ben", "Ada") },
	)
	stand(t, l, "Ben Ada")
}

// Three games end at the same time.
func TestThreeGames(t *testing.T) {
	l := ladder.New("Ada", "Ben", "Cem", "Dora")
	together(
		func() { l.Won("Dora", "Ada") },
		func() { l.Won("Ada", "Cem") },
		func() { l.Won("Cem", "Ben") },
	)
	if place, _ := l.Place("Dora"); place != 1 {
		t.Errorf("Dora has beaten the first one, and stands on place %d", place)
	}
	better(t, l, "Cem", "Ben")
}

// Each club has a ladder of its own.
func TestTwoClubs(t *testing.T) {
	l, other := ladder.New("Ada", "Ben"), ladder.New("Ada", "Ben")
	together(
		func() { l.Won("Ben", "Ada") },
		func() { better(t, other, "Ada", "Ben") },
	)
	stand(t, l, "Ben Ada")
	stand(t, other, "Ada Ben")
}
