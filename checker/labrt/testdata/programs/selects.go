package programs

import (
	"strconv"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/testing"
)

// Each of the cases that are ready may be taken. TestCases of package labrt
// asks for each.
//
// want: ended
func threeReady(t *testing.T) {
	a, b, c := make(chan int, 1), make(chan int, 1), make(chan int, 1)
	sched.Sender(a)(1)
	sched.Sender(b)(2)
	taken := sched.Select(false, sched.RecvCase(a), sched.RecvCase(b), sched.SendCase(c)(3))
	t.Attr("taken", strconv.Itoa(taken))
}

// want: ended
func nilCases(t *testing.T) {
	var none chan int
	one := make(chan int, 1)
	if i := sched.Select(true, sched.RecvCase(none), sched.SendCase(none)(1)); i != -1 {
		t.Error(i)
	}
	if i := sched.Select(false, sched.RecvCase(none), sched.SendCase(one)(1)); i != 1 {
		t.Error(i)
	}
	spawn(func() { sched.Sender(one)(2) })
	if i := sched.Select(false, sched.SendCase(none)(1), sched.RecvCase(one)); i != 1 {
		t.Error(i)
	}
}

// want: deadlock
func onlyNilCases(*testing.T) {
	var none chan int
	sched.Select(false, sched.RecvCase(none), sched.SendCase(none)(1))
}

// A select does not decide which waiting goroutine is served first.
//
// want: ended, failed
func firstAnswer(t *testing.T) {
	a, b := make(chan int, 1), make(chan int, 1)
	wait := together(func() { sched.Sender(a)(1) }, func() { sched.Sender(b)(1) })
	if sched.Select(false, sched.RecvCase(a), sched.RecvCase(b)) == 1 {
		t.Error("b")
	}
	wait()
}

// The one that is not taken is never received.
//
// want: leak
func firstAnswerLeaks(*testing.T) {
	a, b := make(chan int), make(chan int)
	spawn(func() { sched.Sender(a)(1) })
	spawn(func() { sched.Sender(b)(1) })
	sched.Select(false, sched.RecvCase(a), sched.RecvCase(b))
}

// A loop with a default does not keep others from going on.
//
// want: ended
func polling(t *testing.T) {
	ch, done := make(chan int), make(chan struct{})
	wait := together(
		func() { sched.Sender(ch)(1); sched.Close(done) },
		func() {
			for range 5 {
				sched.Gosched()
			}
		},
	)
	for got := 0; ; {
		c := sched.RecvCase(ch)
		switch sched.Select(true, c, sched.RecvCase(done)) {
		case 0:
			got += c.Val()
			continue
		case 1:
			if got != 1 {
				t.Error(got)
			}
			wait()
			return
		}
	}
}

// Two who poll each other.
//
// want: ended
func pollingBoth(*testing.T) {
	a, b := make(chan int, 1), make(chan int, 1)
	pass := func(from, to chan int) func() {
		return func() {
			for n := 0; n < 3; {
				if sched.Select(true, sched.RecvCase(from)) == 0 {
					n++
					sched.Sender(to)(1)
				}
			}
		}
	}
	sched.Sender(a)(1)
	together(pass(a, b), pass(b, a))()
}

// want: ended
func sendOrReceive(t *testing.T) {
	ch := make(chan int)
	sum := 0
	var mu sync.Mutex
	meet := func(i int) func() {
		return func() {
			c := sched.RecvCase(ch)
			if sched.Select(false, sched.SendCase(ch)(i), c) == 1 {
				mu.Lock()
				sum += c.Val()
				mu.Unlock()
			}
		}
	}
	together(meet(1), meet(1))()
	if sum != 1 {
		t.Error(sum)
	}
}

// want: crash: send on closed channel+race
func selectsClosed(*testing.T) {
	a, b := make(chan int), make(chan int)
	spawn(func() { sched.Close(b) })
	sched.Select(false, sched.RecvCase(a), sched.SendCase(b)(1))
}

// More cases than the scheduler has room for in a step.
//
// want: ended
func manyCases(t *testing.T) {
	chs := make([]chan int, 12)
	cases := make([]sched.Case, len(chs))
	for i := range chs {
		chs[i] = make(chan int)
		cases[i] = sched.RecvCase(chs[i])
	}
	for i := range chs {
		spawn(func() { sched.Sender(chs[i])(i) })
	}
	for range chs {
		i := sched.Select(false, cases...)
		if v := cases[i].(*sched.RecvC[int]).Val(); v != i {
			t.Error(i, v)
		}
	}
}
