// Package sched is the controlled scheduler: in explore mode it decides which
// goroutine of the program under test goes on, one at a time.
//
// Instrumented code calls this package before every operation that orders
// goroutines. There a goroutine waits for its turn; the scheduler picks one of
// those that can go on, by the picks of a job and a policy, and records what
// there was to choose from. Operations on channels are real, in a bubble of
// testing/synctest, whose clock is virtual; locks, wait groups and condition
// variables are modelled, because a goroutine that waits for a real one keeps a
// bubble from coming to rest. In the other modes every function is just the
// operation that it stands for.
//
// # Who holds the turn
//
// One goroutine runs at a time. When it reaches its next operation it picks its
// successor itself, unless something that it did may have set others in motion;
// then, and when it blocks, the root of the bubble waits until all is quiet and
// picks. A goroutine that was started or woken first runs, at once, up to its next
// operation: that touches nothing that others see, so it is not a choice, and
// at every choice the next operation of each goroutine is known.
//
// # The race detector
//
// Handing over the turn would order everything that happens, and hide all races.
// So it is hidden from the detector (see hide), and the code here is not
// instrumented: every function is go:norace, and uses no maps, no append that
// grows and no copy, on whose behalf the Go run-time would report accesses. A
// test keeps that.
//
// # What it does not promise
//
// It sees operations of instrumented code alone. Plain memory accesses are no
// choice: a program without data races is determined by the order of its
// operations, and the race detector says whether it is without. Map iteration,
// random numbers and the outside world are not under control.
package sched

import (
	"sync"
	"testing/synctest"
	"time"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/wire"
)

// Visible lets the race detector see the hand-offs, to measure what hiding
// them is worth. It is set before the first schedule.
var Visible = rt.Visible

// Limits of one schedule.
const (
	maxSteps = 20_000
	// maxTrace is how long its trace may become, in bytes: with thousands of goroutines
	// every step has thousands to choose from.
	maxTrace = 2 << 20
	// maxVirtual is how long a test may take on the virtual clock. Natively a test
	// that takes that long has been given up long before.
	maxVirtual = 60 * time.Second
	// grace is how long, on the virtual clock, goroutines may outlive the test: about
	// as long as goleak has patience.
	grace = 500 * time.Millisecond
	// spinLimit is how often a goroutine may do something in vain, one time after the
	// other, before others that can go on go first; and idleSpinLimit, before the clock
	// goes on if nobody else can.
	spinLimit     = 3
	idleSpinLimit = 30
	// shortNaps is how often the clock then goes on by little, so that who tries a
	// few thousand times and fails, and gives up, has neither waited for ever nor
	// for longer than others have patience.
	shortNaps = 100
	// longWait is how many steps a goroutine that could go on lets others take at
	// first, and shortWait, in the end: see forceFairness.
	longWait  = 400
	shortWait = 20
)

// active is the schedule that is running, nil between schedules and natively.
var active *schedule

// A schedule is one run of one test.
type schedule struct {
	job            *wire.Job
	chooser        chooser
	mu             sync.Mutex // guards all that follows; its edges are hidden
	first          *G         // all goroutines that have not ended, in order of index
	last           *G         // of that list
	count          int        // goroutines started so far
	latest         *G         // took the last step …
	runLength      int        // … the last of so many
	turn           *G         // has the turn; nil when the root has it
	unsettled      bool       // others than turn may be in motion: only the root can pick
	blocked        int        // goroutines in real operations that block
	blockedOutside int        // … in code that is not instrumented: anything may wake them
	unadmitted     *G         // goroutines that nobody has seen start, not admitted yet
	idle           bool       // the root waits for somebody to wake up
	woken          chan struct{}
	over           bool // ended; whoever waits for a turn waits for ever

	steps     int
	patience  int // how many steps a goroutine that could go on lets others take
	naps      int // how often the clock went on for those who do things in vain
	missed    int
	callbacks int  // functions handed to other code
	contexts  bool // there are contexts to be cancelled
	ready     []*G // candidates; as long as there are goroutines
	objects   table
	clock     *G            // nil until it could have gone on although others can
	advance   time.Duration // by how much it goes on now …
	advanced  time.Duration // … and how much it has altogether
	alarms    *alarm        // timers, the next first
	trace     encoder
	detail    *event // with Detail, what happened, last first
	races     int    // with Detail, reports so far

	began        time.Time
	initialising bool // package initialisation is running
	returned     bool // the test has
	timed        bool // there are timers, or the clock has gone on
	ended        time.Time
	end          string
	crash        *event // a panic or a fatal error
}

// run runs body as goroutine a under the scheduler, and everything that it
// starts, until all have ended or nobody can go on. It is the root of a bubble.
//
//go:norace
func (s *schedule) run(body func()) {
	s.began = time.Now()
	s.patience = longWait
	s.woken = make(chan struct{}, 1)
	s.trace.init()
	s.objects.init()
	g := s.add(nil)
	active = s
	go func() {
		defer Exit(Enter(g))
		defer s.testReturned()
		body()
	}()
	for {
		synctest.Wait()
		hide()
		s.mu.Lock()
		next := s.rootPick()
		s.mu.Unlock()
		if next != nil {
			s.give(next)
		}
		show()
		if next == nil && !s.advanceClock() && !s.waitForWakeUp() {
			break
		}
	}
	s.timed = s.timed || time.Since(s.began) > 0
	active = nil
}

// testReturned is deferred: also a test that ends its goroutine has returned.
//
//go:norace
func (s *schedule) testReturned() {
	s.returned = true
	s.ended = time.Now()
}

// rootPick is called when all is quiet. A goroutine that had the turn then is
// blocked somewhere where the scheduler does not see it.
//
//go:norace
func (s *schedule) rootPick() *G {
	if g := s.turn; g != nil && g.state == running {
		g.state, g.op = blocked, wire.OpUnseen
		s.countBlocked(g, 1)
	}
	s.admit()
	s.turn, s.unsettled, s.idle = nil, s.blockedOutside > 0, false
	return s.pick()
}

// give hands the turn to g.
//
//go:norace
func (s *schedule) give(g *G) {
	g.state = running
	s.turn = g
	g.resume <- struct{}{}
}

// stop ends the schedule. Its goroutines wait for ever from now on.
//
//go:norace
func (s *schedule) stop(end string) {
	if !s.over {
		s.over, s.end = true, end
	}
}

// pointer is the address by which an object is known.
type pointer = unsafe.Pointer

// Hide hides from the race detector what the caller synchronises, until Show.
//
//go:norace
func Hide() { hide() }

// Show ends what Hide began.
//
//go:norace
func Show() { show() }
