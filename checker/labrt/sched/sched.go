// Package sched is the controlled scheduler: in explore mode it decides which
// goroutine of the program under test runs, one at a time.
//
// Instrumented code calls this package before every operation that orders
// goroutines: a yield point. There the goroutine waits for the turn. The scheduler
// picks one of the runnable goroutines, following the picks of a job and then a
// chooser, and records the candidates. Channel operations are real, in a bubble of
// testing/synctest, whose clock is virtual. Locks, wait groups and condition
// variables are modelled, because a goroutine that is blocked on a real mutex is not
// durably blocked, and the bubble would never come to rest. In the other modes every
// function is just the operation that it stands for.
//
// # Who holds the turn
//
// One goroutine runs at a time. At its next yield point it picks its successor
// itself, unless it may have woken other goroutines by a real operation. In that
// case, and when it blocks, the root of the bubble waits until all goroutines are at
// rest, and picks. A goroutine that was started or woken runs first, up to its next
// yield point. It touches nothing there that others can see, so this is not a
// choice; and at every choice the next operation of each goroutine is known.
//
// # The race detector
//
// Handing over the turn would order all accesses and hide every race. So it is
// hidden from the detector (see hide), and the code here is not instrumented: every
// function is go:norace and uses no maps, no append that grows and no copy, because
// the Go run-time reports the accesses of those. A test checks that.
//
// # What it does not promise
//
// It controls operations of instrumented code alone. A call into other code is one
// operation, if it may order goroutines (see Call). Plain memory accesses are no
// yield points: a program without data races is determined by the order of its
// operations, and the race detector reports data races. The outside world is not under
// control.
package sched

import (
	"sync"
	"testing/synctest"
	"time"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/wire"
)

// Visible lets the race detector see the hand-offs; a test measures with it what
// hiding them achieves. It is set before the first schedule.
var Visible = rt.Visible

// Limits of one schedule.
const (
	// A trace may take so many bytes for each step that the job allows, minTrace in any case
	// and maxTrace at most. With many goroutines a step takes more, and there may be fewer.
	traceStep = 200
	minTrace  = 1 << 20
	maxTrace  = 16 << 20
	// maxVirtual is how long a test may take on the virtual clock. Natively
	// racelab stops a test long before that.
	maxVirtual = 60 * time.Second
	// maxScenario is the same for scenarios, some of which hold a call up for long. They
	// may let more time pass: see Extend.
	maxScenario = 10 * time.Minute
	// grace is how long goroutines may outlive the test, in virtual time: about as
	// long as goleak waits.
	grace = 500 * time.Millisecond
	// A goroutine whose count of consecutive steps without effect has reached
	// staySpinLimit is not asked to go on, and from spinLimit on it gives way to the
	// others. From idleSpinLimit on, when all runnable
	// goroutines spin, the clock advances.
	staySpinLimit = 2
	spinLimit     = 3
	idleSpinLimit = 30
	// shortNaps is how often the clock then advances by a little. A goroutine that
	// gives up after a few thousand failed attempts is neither kept waiting for
	// ever nor for longer than other goroutines wait for it.
	shortNaps = 100
	// longWait is how many steps a candidate may be passed over at first, if the job does not
	// say that somebody goes on for longer, and shortWait is the least that this limit
	// shrinks to: see forceFairness.
	longWait  = 400
	shortWait = 20
)

// active is the schedule that is running, nil between schedules and natively.
var active *schedule

// A schedule is one run of one test.
type schedule struct {
	job            *wire.Job
	limit          int // of steps
	room           int // for the trace
	picks          pickTable
	chooser        chooser
	mu             sync.Mutex // guards the rest; the race detector does not see it
	first          *G         // goroutines that have not ended, in order of index
	last           *G         // the end of that list
	count          int        // goroutines started so far
	latest         *G         // took the last step …
	runLength      int        // … the last of this many in a row
	insists        *G         // is not left out of the candidates of this step although it spins; see lets
	turn           *G         // has the turn; nil when the root has it
	hurries        *G         // goes on without steps, so often by now: see Hurry
	hurried        int
	held           *G   // had it last
	unsettled      bool // goroutines without the turn may be running: only the root can pick
	blocked        int  // goroutines in real operations that block
	blockedOutside int  // … in code that is not instrumented: anything may wake them
	unadmitted     *G   // foreign goroutines that have no index yet
	idle           bool // the root waits for a goroutine to wake up
	woken          chan struct{}
	over           bool // ended: a goroutine that waits for the turn waits for ever

	steps      int
	patience   int // how many steps a candidate may be passed over; see forceFairness
	naps       int // how often the clock advanced because all runnable goroutines spin
	missed     int
	callbacks  int  // functions handed to code that is not instrumented
	contexts   bool // there are contexts that can be cancelled
	ready      []*G // candidates; long enough for all goroutines and the clock
	objects    table
	clock      *G            // nil until it is a candidate for the first time
	advance    time.Duration // how far the clock advances next …
	advanced   time.Duration // … and has advanced so far, while goroutines were runnable
	advancedAt int           // the steps taken when the clock last advanced
	alarms     *alarm        // timers, in order of time
	settling   int           // goroutines that let time pass to look what has happened then
	tied       int           // goroutines for which several timers are due at this instant; see loosen
	trace      encoder
	detail     *event           // with Detail, what happened, latest first
	linked     int              // with Detail, events so far
	waited     []*wire.Explored // with Detail, who waited when the last calls of a scenario began
	races      int              // with Detail, race reports so far

	began        time.Time
	extended     time.Duration // see Extend
	initialising bool          // package initialisation is running
	returned     bool          // the test has returned
	timed        bool          // a timer was set, or the clock has advanced
	looked       bool          // some goroutine has looked at the clock
	drawn        bool          // the job's luck has decided something
	outside      wire.Outside
	outsideAt    place // where that began
	ended        time.Time
	end          wire.EndKind
	crash        *event // a panic or a fatal error
}

// run is the root of a bubble: it runs body as goroutine a, and all that body
// starts, until all goroutines have ended or none can continue.
//
//go:norace
func (s *schedule) run(body func()) {
	s.begin()
	s.patience = max(longWait, s.job.Vain)
	s.woken = make(chan struct{}, 1)
	s.picks.init(s.job.Picks)
	if s.limit = s.job.Limit; s.limit == 0 {
		s.limit = wire.DefaultLimit
	}
	s.room = min(max(traceStep*s.limit, minTrace), maxTrace)
	s.trace.init()
	s.objects.init()
	g := s.add(nil, 0)
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

// testReturned is deferred, so that it is also called when the test ends by Goexit.
//
//go:norace
func (s *schedule) testReturned() {
	s.returned = true
	s.ended = time.Now()
}

// rootPick is called when all goroutines are at rest. A goroutine that still has
// the turn is blocked in code that is not instrumented.
//
//go:norace
func (s *schedule) rootPick() *G {
	if g := s.turn; g != nil && g.state == running {
		if g.op != wire.OpLibrary {
			g.calling.depth = 0 // it is not known where
		}
		g.state, g.op = blocked, wire.OpUnseen
		s.escapes(wire.OutsideWaits, g)
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
	if s.held != g {
		s.emptyPools()
		s.held = g
	}
	g.state = running
	s.turn = g
	g.resume <- struct{}{}
}

// stop ends the schedule. From now on its goroutines wait for ever.
//
//go:norace
func (s *schedule) stop(end wire.EndKind) {
	if !s.over {
		s.over, s.end = true, end
	}
}

// pointer identifies an object by its address.
type pointer = unsafe.Pointer

// Hide hides the caller's synchronisation from the race detector, until Show.
//
//go:norace
func Hide() { hide() }

// Show ends what Hide began.
//
//go:norace
func Show() { show() }
