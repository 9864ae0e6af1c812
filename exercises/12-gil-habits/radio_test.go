package radio_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	radio "racelab/exercises/12-gil-habits"
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

// ask asks for the songs, one after the other, and adds up how often for each.
func ask(s *radio.Show, total map[string]int, songs ...string) {
	for _, song := range songs {
		s.Request(song)
		total[song]++
	}
}

// sum adds up tallies by song, and leaves out songs of which there are 0.
func sum(tallies ...map[string]int) map[string]int {
	total := map[string]int{}
	for _, tally := range tallies {
		for song, n := range tally {
			if total[song] += n; total[song] == 0 {
				delete(total, song)
			}
		}
	}
	return total
}

// allMet checks that the requests that were met are those that were made.
func allMet(t *testing.T, met, made map[string]int) {
	t.Helper()
	if !maps.Equal(met, made) {
		t.Errorf("the listeners have asked for %v; met, or handed over, were %v", made, met)
	}
	t.Attr("met", fmt.Sprint(met))
}

// What one person sees who asks, plays and hands over alone.
func TestOneAfterTheOther(t *testing.T) {
	s := radio.NewShow()
	var told []int
	for _, song := range []string{"Waterloo", "Yesterday", "Waterloo", "", "Waterloo"} {
		told = append(told, s.Request(song))
	}
	if want := []int{1, 1, 2, 1, 3}; !slices.Equal(told, want) {
		t.Errorf("the listeners are told %v, want %v", told, want)
	}
	if got := s.Play("Waterloo"); got != 3 {
		t.Errorf("Play meets %d requests, want 3", got)
	}
	if got := s.Play("Waterloo"); got != 0 {
		t.Errorf("nobody has asked since, and Play meets %d requests", got)
	}
	if got := s.Request("Waterloo"); got != 1 {
		t.Errorf("the first listener who asks again is told %d, want 1", got)
	}
	if got, want := s.HandOver(), map[string]int{"Waterloo": 1, "Yesterday": 1, "": 1}; !maps.Equal(got, want) {
		t.Errorf("HandOver returns %v, want %v", got, want)
	}
	if got := s.HandOver(); len(got) != 0 {
		t.Errorf("nobody has asked since, and HandOver returns %v", got)
	}
	t.Attr("told", fmt.Sprint(told))
}

// Two shows are on the air.
func TestTwoShows(t *testing.T) {
	day, night := radio.NewShow(), radio.NewShow()
	day.Request("Sunny")
	if got := night.Request("Sunny"); got != 1 {
		t.Errorf("the first listener of the second show is told %d, want 1", got)
	}
	if got := night.HandOver(); !maps.Equal(got, map[string]int{"Sunny": 1}) {
		t.Errorf("HandOver of the second show returns %v, want one request", got)
	}
	if got := day.Play("Sunny"); got != 1 {
		t.Errorf("Play of the first show meets %d requests, want 1", got)
	}
}

// Three listeners ask for one song, twice each. Each time they are told another number.
func TestOneSong(t *testing.T) {
	s := radio.NewShow()
	told := make([][]int, 3)
	tasks := make([]func(), 3)
	for i := range tasks {
		tasks[i] = func() {
			for range 2 {
				told[i] = append(told[i], s.Request("Waterloo"))
			}
		}
	}
	together(tasks...)
	all := slices.Sorted(slices.Values(slices.Concat(told...)))
	if want := []int{1, 2, 3, 4, 5, 6}; !slices.Equal(all, want) {
		t.Errorf("the listeners are told %v, want each of %v once", all, want)
	}
	allMet(t, s.HandOver(), map[string]int{"Waterloo": 6})
}

// Each listener asks for other songs, of which nobody has heard so far.
func TestManySongs(t *testing.T) {
	s := radio.NewShow()
	first, second, third := map[string]int{}, map[string]int{}, map[string]int{}
	together(
		func() { ask(s, first, "Angie", "Hello") },
		func() { ask(s, second, "Lola", "Jolene") },
		func() { ask(s, third, "Roxanne", "Creep") },
	)
	allMet(t, s.HandOver(), sum(first, second, third))
}

// The studio plays a song while listeners ask for it.
func TestPlay(t *testing.T) {
	s := radio.NewShow()
	first, second, played := map[string]int{}, map[string]int{}, map[string]int{}
	together(
		func() { ask(s, first, "Sunny", "Sunny") },
		func() { ask(s, second, "Sunny") },
		func() {
			for range 2 {
				played["Sunny"] += s.Play("Sunny")
			}
		},
	)
	allMet(t, sum(played, s.HandOver()), sum(first, second))
}

// A song is played in two studios at the same time. One of them meets the request.
func TestTwoStudios(t *testing.T) {
	s := radio.NewShow()
	s.Request("Sunny")
	var one, other int
	together(
		func() { one = s.Play("Sunny") },
		func() { other = s.Play("Sunny") },
	)
	if one+other != 1 {
		t.Errorf("there was one request, and two Plays meet %d and %d", one, other)
	}
	t.Attr("met", fmt.Sprint(one+other))
}

// The requests are handed over while listeners ask. Who gets them adds them up at
// once, and crosses them out.
func TestHandOver(t *testing.T) {
	s := radio.NewShow()
	first, second, handed := map[string]int{}, map[string]int{}, map[string]int{}
	ask(s, first, "Hello")
	together(
		func() { ask(s, first, "Hello", "Lola") },
		func() { ask(s, second, "Hello") },
		func() {
			requests := s.HandOver()
			for song, n := range requests {
				handed[song] += n
				requests[song] = 0
			}
		},
	)
	allMet(t, sum(handed, s.HandOver()), sum(first, second))
}

// The night of the song contest: very many ask for one song, and the last of them is
// told how many. Where a request takes long, as while racelab explores, testing.Short is
// true, and the test is left out.
func TestLongNight(t *testing.T) {
	if testing.Short() {
		t.Skip("70,000 requests take too long")
	}
	const each = 35_000
	s := radio.NewShow()
	var last [2]int
	listen := func(i int) func() {
		return func() {
			for range each {
				last[i] = s.Request("Waterloo")
			}
		}
	}
	together(listen(0), listen(1))
	if got := max(last[0], last[1]); got != 2*each {
		t.Errorf("the last of %d listeners is told %d", 2*each, got)
	}
	if got := s.Play("Waterloo"); got != 2*each {
		t.Errorf("Play meets %d requests, want %d", got, 2*each)
	}
}
