// Package programs holds small programs for the tests of the run-time. They are
// instrumented by hand. The line "want:" of each names all ways in which it may
// end, and each of them has to be found; see verdict in programs_test.go of
// package labrt.
package programs

import "racelab/checker/labrt/sched"

// spawn is go f().
func spawn(f func()) {
	g := sched.Spawn()
	go func() {
		defer sched.Exit(sched.Enter(g))
		f()
	}()
}

// together runs all of fs at the same time. It returns a function that waits for
// their end.
func together(fs ...func()) (wait func()) {
	ended := make(chan int, len(fs))
	for _, f := range fs {
		spawn(func() {
			defer func() { sched.Sender(ended)(1) }()
			f()
		})
	}
	return func() {
		for range fs {
			sched.Recv(ended)
		}
	}
}
