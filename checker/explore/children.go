package explore

import (
	"context"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

// A Program is a learner's binary and how to start it for exploring.
type Program struct {
	Sandbox sandbox.Runner
	Argv    []string
	Dir     string
	Env     []string // GORACE with log_path=RaceLog, suppress_equal_stacks=0 and suppress_equal_addresses=0, among others
	// RaceLog is the log_path: the race detector appends to RaceLog.PID.
	RaceLog string
	Config  wire.Config // the mode and the nonce are set for every process
	// Patience is how much of its own time (sandbox.Spent) a process may take for a
	// schedule before it is taken to hang; 0: DefaultPatience. On the wall clock it
	// may be sandbox.LastResort times as much.
	Patience time.Duration
	Memory   int64 // bytes that a process may have resident; 0: DefaultMemory. Looked at now and then, on Linux
	Output   int   // bytes kept of what a process prints, of each stream; 0: all
}

// DefaultPatience is some thousand times what a schedule takes.
const DefaultPatience = 3 * time.Second

// DefaultMemory is some ten times what a process takes that runs thousands of
// schedules of a small program.
const DefaultMemory = 1 << 30

// lookEvery is how often a process that is busy is looked at.
const lookEvery = 20 * time.Millisecond

// inFlight is how many jobs a child gets ahead of its answers, so that it never
// waits for us.
const inFlight = 4

// Children runs jobs in several processes of a program: job k, counted from 0,
// in the (k mod n)th. A process that is lost takes down the job that it was
// running, and no other.
type Children struct {
	seats    []*seat
	sent     int
	received int
}

// NewChildren returns a runner with n processes, which are started when they
// are needed. Close must be called.
func NewChildren(p Program, n int) *Children {
	if p.Patience <= 0 {
		p.Patience = DefaultPatience
	}
	if p.Memory <= 0 {
		p.Memory = DefaultMemory
	}
	c := &Children{}
	for range max(1, n) {
		c.seats = append(c.seats, newSeat(p))
	}
	return c
}

// Window is how many jobs may be unanswered.
func (c *Children) Window() int { return len(c.seats) * inFlight }

// Send gives a job to the next process.
func (c *Children) Send(j wire.Job) error {
	seat := c.seats[c.sent%len(c.seats)]
	c.sent++
	seat.jobs <- j
	return nil
}

// Receive waits for the answer to the oldest job.
func (c *Children) Receive(ctx context.Context) (Ran, error) {
	seat := c.seats[c.received%len(c.seats)]
	select {
	case a := <-seat.answers:
		c.received++
		return a.ran, a.err
	case <-ctx.Done():
		return Ran{}, context.Cause(ctx)
	}
}

// Close kills the processes and waits for their end.
func (c *Children) Close() {
	for _, s := range c.seats {
		close(s.jobs)
	}
	for _, s := range c.seats {
		<-s.closed
	}
}

type answer struct {
	ran Ran
	err error
}

// A seat is where one process after the other sits and answers jobs in order.
type seat struct {
	program Program
	jobs    chan wire.Job
	answers chan answer
	closed  chan struct{}

	child   *child // nil when there is none
	next    int    // number of the next job: IDs are the seat's own
	waiting []task // sent and not answered, oldest first
	failed  error  // no process could be started: nothing will work
	hung    int    // jobs that have hung since one was answered
}

// A task is a job with the number that the child knows it by.
type task struct {
	id  int
	job wire.Job
}

func newSeat(p Program) *seat {
	s := &seat{
		program: p, jobs: make(chan wire.Job, inFlight),
		answers: make(chan answer, inFlight+1), // a whole window: answering never blocks
		closed:  make(chan struct{}),
	}
	go s.serve()
	return s
}

func (s *seat) serve() {
	defer close(s.closed)
	defer s.leave()
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		var lines <-chan line
		var look <-chan time.Time
		if s.child != nil {
			lines = s.child.lines
			if len(s.waiting) > 0 {
				look = ticker.C
			}
		}
		select {
		case j, ok := <-s.jobs:
			if !ok {
				return
			}
			s.waiting = append(s.waiting, task{id: s.next, job: j})
			s.next++
			s.ask(s.waiting[len(s.waiting)-1:])
		case l, ok := <-lines:
			s.hear(l, ok)
		case <-look:
			s.look()
		}
	}
}

// look ends a child that hangs or has grown too large, unless it was just going
// to say something. What earlier jobs have left behind is not the fault of the one
// that is running: it gets another child.
func (s *seat) look() {
	if s.child.overdue() {
		s.hang()
		return
	}
	select {
	case l, ok := <-s.child.lines:
		s.hear(l, ok)
		return
	default:
	}
	large := s.child.process.Resident() > s.program.Memory
	switch {
	case large && s.child.fresh():
		s.lose(Large)
	case large:
		s.renew()
	case s.child.hangs():
		s.hang()
	}
}

func (s *seat) hang() {
	s.hung++
	s.lose(Hung)
}

func (s *seat) leave() {
	if s.child != nil {
		s.child.end(false)
	}
}

// ask gives tasks to the child; a new one if there is none.
func (s *seat) ask(tasks []task) {
	if s.child == nil && s.failed == nil && len(tasks) > 0 {
		p := s.program
		p.Patience >>= min(s.hung, 3) // who waits for one that hangs need not wait as long for the next
		s.child, s.failed = startChild(p)
		tasks = s.waiting
	}
	if s.failed != nil {
		for range s.waiting {
			s.answer(Ran{}, s.failed)
		}
		return
	}
	for _, t := range tasks {
		s.child.ask(t)
	}
}

// answer answers the oldest job.
func (s *seat) answer(r Ran, err error) {
	r.Job = s.waiting[0].job
	r.Ending.Job = r.Job.ID
	s.waiting = s.waiting[1:]
	s.answers <- answer{r, err}
}

// hear takes in one line of the record, or its end.
func (s *seat) hear(l line, open bool) {
	switch {
	case !open:
		s.lose(Died)
	case l.forged:
		s.lose(Forged)
	case l.event.Event != wire.Ended:
		s.child.said, s.child.watch = append(s.child.said, l.event), nil // it may have waited for us
	case len(s.waiting) == 0 || l.event.Ending == nil || l.event.Ending.Job != s.waiting[0].id:
		s.lose(Forged)
	default:
		r := Ran{Ending: *l.event.Ending, Trace: l.trace, Events: s.child.said, Races: s.child.races(l.event.Ending.Races)}
		r.Ending.Trace = "" // decoded
		s.child.answered()
		s.hung = 0
		full := r.Ending.Full
		s.answer(r, nil)
		if full {
			s.renew()
		}
	}
}

// lose ends the child. The job that it was running, if any, is answered for it,
// and the others go to a new one.
func (s *seat) lose(why string) {
	exit, err := s.child.end(why == Hung)
	c := s.child
	s.child = nil
	switch {
	case err != nil || exit.Code == wire.ExitFault:
		s.failed = faultOf(exit, err)
		s.ask(nil)
		return
	case len(s.waiting) > 0:
		s.answer(Ran{
			Ending: wire.Ending{End: why}, Events: c.said, Races: c.races(all),
			Stderr: string(exit.Stderr), Code: exit.Code,
		}, nil)
	}
	s.ask(s.waiting)
}

// renew replaces the child, whose answers so far are good.
func (s *seat) renew() {
	_, err := s.child.end(false)
	s.child = nil
	if s.failed = err; err != nil {
		s.ask(nil)
		return
	}
	s.ask(s.waiting)
}
