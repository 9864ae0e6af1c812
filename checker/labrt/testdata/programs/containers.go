package programs

import (
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/testing"
)

// want: ended, failed
func maps(t *testing.T) {
	var m sync.Map
	add := func() {
		n, _ := m.LoadOrStore("n", 0)
		m.Store("n", n.(int)+1)
	}
	together(add, add)()
	if n, _ := m.Load("n"); n != 2 {
		t.Error(n)
	}
}

// want: ended
func mapsSwapped(t *testing.T) {
	var m sync.Map
	m.Store("n", 0)
	add := func() {
		for {
			n, _ := m.Load("n")
			if m.CompareAndSwap("n", n, n.(int)+1) {
				return
			}
		}
	}
	together(add, add, add)()
	if n, _ := m.LoadAndDelete("n"); n != 3 {
		t.Error(n)
	}
	m.Range(func(any, any) bool { t.Error("not empty"); return true })
}

// What was put in is ordered before what is taken out, and nothing else.
//
// want: ended
func pool(*testing.T) {
	p := sync.Pool{New: func() any { return new(int) }}
	use := func() {
		n := p.Get().(*int)
		*n++
		p.Put(n)
	}
	together(use, use, use)()
}

// Keeps what it has put back.
//
// want: ended, ended+race
func poolKept(*testing.T) {
	p := sync.Pool{New: func() any { return new(int) }}
	use := func() {
		n := p.Get().(*int)
		p.Put(n)
		*n++
	}
	together(use, use)()
}
