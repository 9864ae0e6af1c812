package programs

import (
	"bytes"
	"context"
	"io"
	"time"

	"racelab/checker/labrt/pipe"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/semaphore"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"
)

// want: ended
func semaphores(t *testing.T) {
	s := semaphore.NewWeighted(2)
	var active atomic.Int32
	use := func() {
		if err := s.Acquire(context.Background(), 1); err != nil {
			t.Error(err)
		}
		if active.Add(1) > 2 {
			t.Error("more than two")
		}
		active.Add(-1)
		s.Release(1)
	}
	together(use, use, use)()
	if !s.TryAcquire(2) || s.TryAcquire(1) {
		t.Error("not all were given back")
	}
}

// A semaphore of size one orders the goroutines that hold it.
//
// want: ended
func semaphoreAsLock(t *testing.T) {
	s := semaphore.NewWeighted(1)
	n := 0
	together(
		func() { s.Acquire(context.Background(), 1); n++; s.Release(1) },
		func() { s.Acquire(context.Background(), 1); n++; s.Release(1) },
		func() {
			for !s.TryAcquire(1) {
			}
			n++
			s.Release(1)
		},
	)()
	if n != 3 {
		t.Error(n)
	}
}

// A large request is not overtaken by a small one that came later.
//
// want: ended
func semaphoreInOrder(t *testing.T) {
	s := semaphore.NewWeighted(3)
	s.TryAcquire(1)
	large, waits := false, make(chan int)
	ended := together(func() {
		s.Acquire(context.Background(), 3)
		large = true
		s.Release(3)
	}, func() {
		for s.TryAcquire(1) { // until the large one waits
			s.Release(1)
			sched.Gosched()
		}
		sched.Close(waits)
		s.Acquire(context.Background(), 1)
		if !large {
			t.Error("overtaken")
		}
		s.Release(1)
	})
	sched.Recv(waits)
	s.Release(1)
	ended()
}

// want: crash: semaphore: released more than held
func semaphoreReleasedTwice(*testing.T) {
	s := semaphore.NewWeighted(1)
	s.TryAcquire(1)
	s.Release(1)
	s.Release(1)
}

// want: deadlock
func semaphoreTooMuch(*testing.T) {
	semaphore.NewWeighted(1).Acquire(context.Background(), 2)
}

// want: deadlock, ended
func semaphoreHalves(*testing.T) {
	s := semaphore.NewWeighted(2)
	take := func() {
		s.Acquire(context.Background(), 1)
		s.Acquire(context.Background(), 1)
		s.Release(2)
	}
	together(take, take)()
}

// A waiter that is cancelled holds nothing, and lets the next ones pass.
//
// want: ended, failed
func semaphoreCancelled(t *testing.T) {
	s := semaphore.NewWeighted(2)
	s.TryAcquire(1)
	ctx, cancel := sched.WithCancel(context.Background())
	wait := together(
		func() {
			switch err := s.Acquire(ctx, 2); {
			case err == nil:
				s.Release(2)
				t.Error("was faster")
			case err != context.Canceled:
				t.Fatal(err)
			}
		},
		func() { s.Acquire(context.Background(), 1); s.Release(1) },
		func() { s.Release(1) },
	)
	cancel()
	wait()
	if !s.TryAcquire(2) {
		t.Fatal("not all were given back")
	}
	if s.Acquire(ctx, 0) == nil {
		t.Fatal("acquired for a context that is done")
	}
}

// want: ended
func semaphoreTimesOut(t *testing.T) {
	s := semaphore.NewWeighted(1)
	ctx, cancel := sched.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if s.Acquire(ctx, 2) != context.DeadlineExceeded {
		t.Error("acquired more than there is")
	}
}

// want: ended
func pipes(t *testing.T) {
	r, w := pipe.Pipe()
	wait := together(func() {
		for _, text := range []string{"one ", "", "two"} {
			if n, err := io.WriteString(w, text); n != len(text) || err != nil {
				t.Error(n, err)
			}
		}
		w.Close()
	})
	var buf bytes.Buffer
	var part [2]byte
	for {
		n, err := r.Read(part[:])
		buf.Write(part[:n])
		if err == io.EOF {
			break
		}
	}
	if buf.String() != "one two" {
		t.Error(buf.String())
	}
	wait()
}

// Each write stays in one piece.
//
// want: ended, failed
func pipeWriters(t *testing.T) {
	r, w := pipe.Pipe()
	write := func(text string) func() {
		return func() { io.WriteString(w, text) }
	}
	wait := together(write("aa"), write("bb"))
	text := make([]byte, 4)
	io.ReadFull(r, text)
	wait()
	switch string(text) {
	case "aabb":
	case "bbaa":
		t.Error("b was first")
	default:
		t.Fatal(string(text))
	}
}

// A reader that closes lets the writers go on.
//
// want: ended
func pipeClosedByReader(t *testing.T) {
	r, w := pipe.Pipe()
	write := func() {
		if n, err := io.WriteString(w, "text"); err != errFirst || n > 2 {
			t.Error(n, err)
		}
	}
	wait := together(write, write)
	r.Read(make([]byte, 2))
	r.CloseWithError(errFirst)
	r.CloseWithError(errSecond)
	wait()
	if _, err := r.Read(nil); err != io.ErrClosedPipe {
		t.Error(err)
	}
}

// want: ended
func pipeClosedByWriter(t *testing.T) {
	r, w := pipe.Pipe()
	wait := together(func() {
		if n, err := r.Read(make([]byte, 1)); n != 0 || err != errFirst {
			t.Error(n, err)
		}
	})
	w.CloseWithError(errFirst)
	wait()
	if _, err := w.Write(nil); err != io.ErrClosedPipe {
		t.Error(err)
	}
}

// want: leak
func pipeAbandoned(*testing.T) {
	_, w := pipe.Pipe()
	spawn(func() { io.WriteString(w, "text") })
}
