package programs

import (
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/testing"
)

// want: ended
func unbuffered(t *testing.T) {
	ch := make(chan int)
	n := 0
	spawn(func() {
		for i := range 3 {
			n = i // ordered by the send
			sched.Sender(ch)(i)
			// ordered after the receive
		}
		sched.Close(ch)
	})
	want := 0
	for {
		v, ok := sched.Recv2(ch)
		if !ok {
			break
		}
		if v != want {
			t.Error(v)
		}
		want++
	}
	if n != 2 || want != 3 {
		t.Error(n, want)
	}
}

// want: ended, failed
func buffered(t *testing.T) {
	ch := make(chan int, 2)
	wait := together(
		func() { sched.Sender(ch)(1) },
		func() { sched.Sender(ch)(2) },
		func() { sched.Sender(ch)(3) },
	)
	if first := sched.Recv(ch); first != 1 {
		t.Error(first)
	}
	wait()
	if sched.Len(ch) != 2 || sched.LenS((chan<- int)(ch)) != 2 {
		t.Fatal(len(ch))
	}
}

// A buffered channel does not order what follows the send.
//
// want: ended+race
func bufferedLate(*testing.T) {
	ch := make(chan int, 1)
	n := 0
	wait := together(func() { sched.Sender(ch)(1); n++ }, func() { sched.Recv(ch); n++ })
	wait()
}

// want: deadlock
func receiveFromNil(*testing.T) {
	var ch chan int
	sched.Recv(ch)
}

// want: leak
func sendToNil(*testing.T) {
	var ch chan int
	spawn(func() { sched.Sender(ch)(1) })
}

// want: crash: close of nil channel
func closeNil(*testing.T) {
	var ch chan int
	sched.Close(ch)
}

// want: crash: close of closed channel
func closeTwice(*testing.T) {
	ch := make(chan int)
	together(func() { sched.Close(ch) }, func() { sched.Close(ch) })()
}

// The sender may be blocked already, or not yet. The race detector takes a send
// and a close that nothing orders for a race.
//
// want: crash: send on closed channel+race
func closeUnderSender(*testing.T) {
	ch := make(chan int)
	spawn(func() { sched.Sender(ch)(1) })
	sched.Close(ch)
	sched.Forever()
	select {}
}

// want: ended+race
func closeUnderSenderRecovered(t *testing.T) {
	ch := make(chan int)
	n := 0
	wait := together(func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
			n++
		}()
		sched.Sender(ch)(1)
	}, func() { sched.Gosched() })
	sched.Close(ch)
	wait()
	if n != 1 {
		t.Error("too early")
	}
}

// want: ended
func closeUnderReceivers(t *testing.T) {
	ch := make(chan int)
	n := 0
	receive := func() {
		if v, ok := sched.Recv2(ch); v != 0 || ok || n != 1 {
			t.Error(v, ok, n)
		}
	}
	wait := together(receive, receive, receive)
	n = 1
	sched.Close(ch)
	wait()
}

// want: leak
func sendLeft(*testing.T) {
	ch := make(chan int)
	for range 3 {
		spawn(func() { sched.Sender(ch)(1) })
	}
	sched.Recv(ch)
}

// want: deadlock
func everybodyReceives(*testing.T) {
	a, b := make(chan int), make(chan int)
	together(
		func() { sched.Recv(a); sched.Sender(b)(1) },
		func() { sched.Recv(b); sched.Sender(a)(1) },
	)()
}

// want: leak
func forever(*testing.T) {
	spawn(func() { sched.Forever(); select {} })
}

// A channel of capacity one as a lock.
//
// want: ended
func channelAsLock(t *testing.T) {
	lock := make(chan struct{}, 1)
	n := 0
	add := func() {
		sched.Sender(lock)(struct{}{})
		n++
		sched.Recv(lock)
	}
	together(add, add, add)()
	if n != 3 {
		t.Error(n)
	}
}

// Several receivers of one channel: each may get each value.
//
// want: ended, failed
func whoReceives(t *testing.T) {
	ch := make(chan int)
	var first, second int
	wait := together(
		func() { first = sched.Recv(ch) },
		func() { second = sched.Recv(ch) },
		func() { sched.Sender(ch)(1); sched.Sender(ch)(2) },
	)
	wait()
	if first > second {
		t.Error(first, second)
	}
}

type text interface{ Error() string }

// The value is converted to the element type.
//
// want: ended
func interfaces(t *testing.T) {
	ch := make(chan text, 2)
	sched.Sender(ch)(nil)
	if v := sched.Recv(ch); v != nil {
		t.Error(v)
	}
	sched.Select(false, sched.SendCase(ch)(nil))
	c := sched.RecvCase(ch)
	if i := sched.Select(true, c); i != 0 || c.Val() != nil {
		t.Error(i, c.Val())
	}
	spawn(func() { sched.Select(false, sched.SendCase(ch)(nil)) })
	c = sched.RecvCase(ch)
	if v, ok := c.Val2(); sched.Select(false, c) != 0 || v != nil || ok {
		t.Error(v, ok)
	}
	spawn(func() { sched.Close(ch) })
	c = sched.RecvCase(ch)
	sched.Select(false, c)
	if v, ok := c.Val2(); v != nil || ok {
		t.Error(v, ok)
	}
}

// What is sent is told as far as it is in the value itself.
//
// want: ended
func valuesTold(*testing.T) {
	type bid struct{ bidder, cents int }
	type named struct {
		bid
		who *string
	}
	ch := make(chan any, 8)
	sched.Sender(ch)(bid{4, 1})
	sched.Sender(ch)([2]bid{{4, 1}})
	sched.Sender(ch)(struct{}{})
	sched.Sender(ch)([]int{1})
	sched.Sender(ch)(named{})
	sched.Sender(ch)([9]bid{{1, 21}, {2, 42}, {3, 63}, {4, 84}, {5, 105}, {6, 126}})
	sched.Sender(ch)("ééééééééééééééééééééééééé")
	sched.Sender(ch)("a letter of many words, of which the last are left out")
}
