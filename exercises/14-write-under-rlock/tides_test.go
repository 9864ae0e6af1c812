package tides_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	tides "racelab/exercises/14-write-under-rlock"
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

// A centre calculates depths, and counts how many.
type centre struct{ bills atomic.Int32 }

func (c *centre) calculate(day int) int {
	c.bills.Add(1)
	return 500 - 10*day
}

// billed checks how many calculations were made.
func (c *centre) billed(t *testing.T, want int) {
	t.Helper()
	if got := int(c.bills.Load()); got != want {
		t.Errorf("the centre calculates %d times, want %d: each day once", got, want)
	}
	t.Attr("bills", fmt.Sprint(c.bills.Load()))
}

// unasked is for a day that is known.
func unasked(t *testing.T) func(int) int {
	return func(day int) int {
		t.Errorf("day %d is known, and is calculated again", day)
		return -1
	}
}

// What one pilot sees who asks alone.
func TestOneAfterTheOther(t *testing.T) {
	table, c := tides.NewTable(), &centre{}
	for _, day := range []int{3, 50, 60, -1} { // 50 falls dry, and 60 lies above the water
		if got, want := table.Depth(day, c.calculate), 500-10*day; got != want {
			t.Errorf("day %d: %d, want %d", day, got, want)
		}
		if got, want := table.Depth(day, unasked(t)), 500-10*day; got != want {
			t.Errorf("day %d, once more: %d, want %d", day, got, want)
		}
	}
	if got := table.Days(); got != 4 {
		t.Errorf("the table has %d days, want 4", got)
	}
	c.billed(t, 4)
}

// Two harbours have different depths on the same day.
func TestTwoTables(t *testing.T) {
	shallow, deep := tides.NewTable(), tides.NewTable()
	shallow.Depth(1, func(int) int { return 300 })
	if got := deep.Depth(1, func(int) int { return 900 }); got != 900 {
		t.Errorf("the deep harbour has %d, want 900", got)
	}
	if got := shallow.Depth(1, unasked(t)); got != 300 {
		t.Errorf("the shallow harbour has %d, want 300", got)
	}
	if got := shallow.Days(); got != 1 {
		t.Errorf("the table of the shallow harbour has %d days, want 1", got)
	}
}

// Three pilots ask for one day at the same time.
func TestOneDay(t *testing.T) {
	table, c := tides.NewTable(), &centre{}
	var depths [3]int
	var tasks []func()
	for i := range depths {
		tasks = append(tasks, func() { depths[i] = table.Depth(7, c.calculate) })
	}
	together(tasks...)
	if want := [3]int{430, 430, 430}; depths != want {
		t.Errorf("the pilots are told %v, want %v", depths, want)
	}
	c.billed(t, 1)
}

// Pilots ask for days of which some are the same, while somebody counts the days.
func TestManyDays(t *testing.T) {
	table, c := tides.NewTable(), &centre{}
	ask := func(days ...int) func() {
		return func() {
			for _, day := range days {
				if got, want := table.Depth(day, c.calculate), 500-10*day; got != want {
					t.Errorf("day %d: %d, want %d", day, got, want)
				}
			}
		}
	}
	together(ask(1, 2), ask(2, 3), func() {
		if n := table.Days(); n < 0 || n > 3 {
			t.Errorf("of 3 days the table has %d", n)
		}
	})
	if got := table.Days(); got != 3 {
		t.Errorf("the table has %d days, want 3", got)
	}
	c.billed(t, 3)
}

// While a day is being calculated, somebody asks for one that is known, and counts the
// days. The calculation ends when both have their answers.
func TestWhileCalculating(t *testing.T) {
	table, c := tides.NewTable(), &centre{}
	table.Depth(1, c.calculate)
	begun, answered := make(chan struct{}), make(chan struct{})
	together(
		func() {
			table.Depth(2, func(day int) int {
				close(begun)
				<-answered
				return c.calculate(day)
			})
		},
		func() {
			<-begun
			if got := table.Depth(1, unasked(t)); got != 490 {
				t.Errorf("day 1: %d, want 490", got)
			}
			if n := table.Days(); n < 1 || n > 2 {
				t.Errorf("one day is known and one is being calculated, and the table has %d", n)
			}
			close(answered)
		},
	)
	c.billed(t, 2)
}
