package fares_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	fares "racelab/exercises/16-publish-before-init"
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

// A mainland has prices, and counts how often they are fetched.
type mainland struct {
	prices  map[string]int
	fetched atomic.Int32
}

func (m *mainland) fetch() map[string]int {
	m.fetched.Add(1)
	return m.prices
}

// asked checks how often the prices were fetched.
func (m *mainland) asked(t *testing.T, want int) {
	t.Helper()
	got := int(m.fetched.Load())
	if got != want {
		t.Errorf("the prices are fetched %d times, want %d", got, want)
	}
	t.Attr("fetched", fmt.Sprint(got))
}

// costs checks the price of an island to which a ferry goes.
func costs(t *testing.T, tariff *fares.Tariff, island string, want int) {
	t.Helper()
	if got, ok := tariff.Price(island); got != want || !ok {
		t.Errorf("%s costs %d, %t; want %d, true", island, got, ok, want)
	}
}

// What one passenger sees.
func TestOneAfterTheOther(t *testing.T) {
	m := &mainland{prices: map[string]int{"Juist": 2300, "Baltrum": 1900, "Memmert": 0}}
	tariff := fares.New(m.fetch)
	m.asked(t, 0) // nobody wants to know yet
	costs(t, tariff, "Juist", 2300)
	costs(t, tariff, "Memmert", 0)
	costs(t, tariff, "Baltrum", 1900)
	if cents, ok := tariff.Price("Atlantis"); cents != 0 || ok {
		t.Errorf("no ferry goes to Atlantis, and it costs %d, %t", cents, ok)
	}
	m.asked(t, 1)
}

// A company has no ferries in winter. That is known, too, when it has been fetched.
func TestWinter(t *testing.T) {
	m := &mainland{}
	tariff := fares.New(m.fetch)
	for range 2 {
		if cents, ok := tariff.Price("Juist"); cents != 0 || ok {
			t.Errorf("no ferry goes to Juist, and it costs %d, %t", cents, ok)
		}
	}
	m.asked(t, 1)
}

// Two companies go to the same island.
func TestTwoTariffs(t *testing.T) {
	cheap, dear := &mainland{prices: map[string]int{"Juist": 900}}, &mainland{prices: map[string]int{"Juist": 4500}}
	one, other := fares.New(cheap.fetch), fares.New(dear.fetch)
	costs(t, one, "Juist", 900)
	costs(t, other, "Juist", 4500)
	costs(t, one, "Juist", 900)
	cheap.asked(t, 1)
	dear.asked(t, 1)
}

// The first passengers come at the same time.
func TestFirstPassengers(t *testing.T) {
	m := &mainland{prices: map[string]int{"Juist": 2300, "Baltrum": 1900}}
	tariff := fares.New(m.fetch)
	together(
		func() { costs(t, tariff, "Juist", 2300) },
		func() { costs(t, tariff, "Baltrum", 1900) },
		func() { costs(t, tariff, "Juist", 2300) },
	)
	m.asked(t, 1)
}

// While one tariff is being fetched, a passenger asks for that of the other company. It is
// there only when she has her answer.
func TestSlowCompany(t *testing.T) {
	m := &mainland{prices: map[string]int{"Juist": 900}}
	quick := fares.New(m.fetch)
	begun, answered := make(chan struct{}), make(chan struct{})
	slow := fares.New(func() map[string]int {
		close(begun)
		<-answered
		return map[string]int{"Juist": 4500}
	})
	together(
		func() { costs(t, slow, "Juist", 4500) },
		func() {
			<-begun
			costs(t, quick, "Juist", 900)
			close(answered)
		},
	)
	m.asked(t, 1)
}
