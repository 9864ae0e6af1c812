package marathon_test

import (
	"fmt"
	"sync"
	"testing"

	marathon "racelab/exercises/15-mixed-atomics"
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

// A shown is what the board shows.
type shown struct{ finishers, seconds int }

func board(r *marathon.Run) shown {
	finishers, seconds := r.Board()
	return shown{finishers, seconds}
}

// inTheEnd checks what the board shows when nobody runs any more.
func inTheEnd(t *testing.T, r *marathon.Run, want shown) {
	t.Helper()
	got := board(r)
	if got != want {
		t.Errorf("the board shows %v in the end, want %v", got, want)
	}
	t.Attr("board", fmt.Sprint(got))
}

// What one person sees who reports all runners alone.
func TestOneAfterTheOther(t *testing.T) {
	r := marathon.NewRun()
	if got := board(r); got != (shown{}) {
		t.Errorf("nobody has come in, and the board shows %v", got)
	}
	r.Finish(9000)
	r.Finish(10_000)
	if got, want := board(r), (shown{2, 19_000}); got != want {
		t.Errorf("the board shows %v, want %v", got, want)
	}
	r.Disqualify(9000)
	inTheEnd(t, r, shown{1, 10_000})
}

// Two runs take place on the same day.
func TestTwoRuns(t *testing.T) {
	whole, half := marathon.NewRun(), marathon.NewRun()
	whole.Finish(9000)
	half.Finish(4000)
	half.Finish(5000)
	if got, want := board(half), (shown{2, 9000}); got != want {
		t.Errorf("the board of the half marathon shows %v, want %v", got, want)
	}
	inTheEnd(t, whole, shown{1, 9000})
}

// Runners come in at the same time.
func TestFinish(t *testing.T) {
	r := marathon.NewRun()
	lane := func(times ...int) func() {
		return func() {
			for _, seconds := range times {
				r.Finish(seconds)
			}
		}
	}
	together(lane(100, 200), lane(300, 400), lane(500))
	inTheEnd(t, r, shown{5, 1500})
}

// All take 100 seconds, so that is the average, whenever the board looks.
func TestAverage(t *testing.T) {
	r := marathon.NewRun()
	var looks []shown
	together(
		func() {
			r.Finish(100)
			r.Finish(100)
		},
		func() { r.Finish(100) },
		func() {
			for range 2 {
				looks = append(looks, board(r))
			}
		},
	)
	for _, look := range looks {
		if look.seconds != 100*look.finishers {
			t.Errorf("the board shows %v, and each took 100 seconds", look)
		}
	}
	inTheEnd(t, r, shown{3, 300})
}

// A runner who took 200 seconds is disqualified when another one has come in.
func TestDisqualify(t *testing.T) {
	r := marathon.NewRun()
	r.Finish(200)
	var look shown
	together(
		func() {
			r.Finish(100)
			r.Disqualify(200)
		},
		func() { look = board(r) },
	)
	switch look {
	case shown{1, 200}, shown{2, 300}, shown{1, 100}:
	default:
		t.Errorf("the board shows %v, which was never so", look)
	}
	inTheEnd(t, r, shown{1, 100})
}

// A runner who is on the board is on it until he is disqualified.
func TestFirstLook(t *testing.T) {
	r := marathon.NewRun()
	var first, second shown
	together(
		func() {
			r.Finish(100)
			first = board(r)
		},
		func() {
			r.Finish(200)
			second = board(r)
		},
	)
	if first != (shown{1, 100}) && first != (shown{2, 300}) {
		t.Errorf("the first runner is in, and the board shows %v", first)
	}
	if second != (shown{1, 200}) && second != (shown{2, 300}) {
		t.Errorf("the second runner is in, and the board shows %v", second)
	}
	inTheEnd(t, r, shown{2, 300})
}
