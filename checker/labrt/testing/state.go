package testing

import (
	"slices"
	"sync"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// A state is what is known of a test. All goroutines of the test may ask and tell.
//
// That they do must order nothing: a T.Log in each of two goroutines would hide their
// data race. So the race detector does not see the lock, nor what it guards: every
// function here is go:norace and uses no maps, no append and no copy, as in package
// sched.
type state struct {
	mu       sync.Mutex // guards what follows
	failed   bool
	skipped  bool
	finished bool // FailNow or SkipNow was called
	heard    bool // of the whole test: goroutines other than its own have reported to it
	done     bool // the test and its cleanup functions have ended
	subtests int  // calls of Run that have not returned
	messages int
	cleanups *cleanup // the latest first
	helpers  *helper
}

// A cleanup is a function that was registered. It lies in a channel, which orders its
// registration before its call, and nothing else.
type cleanup struct {
	f    chan func()
	next *cleanup
}

// A helper is a function whose callers' lines messages name.
type helper struct {
	function string
	next     *helper
}

//go:norace
func (s *state) lock() {
	sched.Hide()
	s.mu.Lock()
}

//go:norace
func (s *state) unlock() {
	s.mu.Unlock()
	sched.Show()
}

//go:norace
func (s *state) set(flag *bool) {
	s.lock()
	*flag = true
	s.unlock()
}

//go:norace
func (s *state) get(flag *bool) bool {
	s.lock()
	is := *flag
	s.unlock()
	return is
}

// fail reports whether the test has not ended; then it has failed now.
//
//go:norace
func (s *state) fail() bool {
	s.lock()
	ok := !s.done
	s.failed = s.failed || ok
	s.unlock()
	return ok
}

// beginSubtest reports whether the test may have one more subtest.
//
//go:norace
func (s *state) beginSubtest() bool {
	s.lock()
	ok := !s.done
	s.subtests++
	s.unlock()
	return ok
}

//go:norace
func (s *state) endSubtest() {
	s.lock()
	s.subtests--
	s.unlock()
}

//go:norace
func (s *state) hasSubtests() bool {
	s.lock()
	has := s.subtests > 0
	s.unlock()
	return has
}

// maxMessages bounds what one test can write to the record.
const maxMessages = 100

// countMessage reports whether the test may write one more.
//
//go:norace
func (s *state) countMessage() bool {
	s.lock()
	s.messages++
	ok := s.messages <= maxMessages
	s.unlock()
	return ok
}

//go:norace
func (s *state) addCleanup(f chan func()) {
	s.lock()
	s.cleanups = &cleanup{f, s.cleanups}
	s.unlock()
}

// takeCleanup takes the function that was registered last; nil if there is none.
//
//go:norace
func (s *state) takeCleanup() chan func() {
	s.lock()
	c := s.cleanups
	if c != nil {
		s.cleanups = c.next
	}
	s.unlock()
	if c == nil {
		return nil
	}
	return c.f
}

//go:norace
func (s *state) addHelper(function string) {
	s.lock()
	if !s.hasHelper(function) {
		s.helpers = &helper{function, s.helpers}
	}
	s.unlock()
}

//go:norace
func (s *state) hasHelper(function string) bool {
	for h := s.helpers; h != nil; h = h.next {
		if h.function == function {
			return true
		}
	}
	return false
}

//go:norace
func (s *state) firstHelper() *helper {
	s.lock()
	h := s.helpers
	s.unlock()
	return h
}

// collected is where events go while a schedule runs: writing them at once would
// take a lock that the race detector sees.
var collected collection

type collection struct {
	mu     sync.Mutex // guards what follows
	detail bool
	latest *collectedEvent
}

type collectedEvent struct {
	wire.Event
	previous *collectedEvent
}

//go:norace
func (c *collection) add(e wire.Event) {
	sched.Hide()
	c.mu.Lock()
	c.latest = &collectedEvent{e, c.latest}
	c.mu.Unlock()
	sched.Show()
}

// reset forgets the events of the schedule before.
func (c *collection) reset(detail bool) { c.detail, c.latest = detail, nil }

// events returns them in order. Goroutines of the schedule may be left, but none runs.
func (c *collection) events() []wire.Event {
	var events []wire.Event
	for e := c.latest; e != nil; e = e.previous {
		events = append(events, e.Event)
	}
	slices.Reverse(events)
	return events
}
