// Package worker runs schedules of a program in processes of it. A worker is a
// process that runs one schedule after the other. A Pool has several: it is an
// explore.Runner whose window and order of answers do not depend on how many.
//
// An answer counts only if the run-time has written it. Whatever a schedule does to
// its process, that schedule alone is lost.
package worker

import (
	"context"
	"time"

	"racelab/checker/explore"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
	"racelab/checker/sandbox/wall"
)

// A Program is a learner's binary and how to start it for exploring.
type Program struct {
	Sandbox sandbox.Runner
	Argv    []string
	Dir     string
	Within  *wall.Wall // what a process may reach; see sandbox.Command
	Env     []string   // GORACE with log_path=RaceLog, suppress_equal_stacks=0 and suppress_equal_addresses=0, among others
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

// Window is how many jobs may be unanswered, however many workers there are: so a
// worker gets some jobs ahead of its answers, and never waits for us.
const Window = 8

// A Pool runs jobs in n workers: job k, counted from 0, in the (k mod n)th. A
// process that is lost takes down the job that it was running, and no other.
type Pool struct {
	slots    []*slot
	sent     int
	received int
}

// NewPool returns a pool of n workers, at least one and at most Window, which are
// started when they are needed. Close must be called.
func NewPool(p Program, n int) *Pool {
	if p.Patience <= 0 {
		p.Patience = DefaultPatience
	}
	if p.Memory <= 0 {
		p.Memory = DefaultMemory
	}
	pool := &Pool{}
	for range min(max(1, n), Window) {
		pool.slots = append(pool.slots, newSlot(p))
	}
	return pool
}

// Window is the Runner's.
func (p *Pool) Window() int { return Window }

// Send gives a job to the next process.
func (p *Pool) Send(j wire.Job) error {
	slot := p.slots[p.sent%len(p.slots)]
	p.sent++
	slot.jobs <- j
	return nil
}

// Receive waits for the answer to the oldest job.
func (p *Pool) Receive(ctx context.Context) (explore.Ran, error) {
	slot := p.slots[p.received%len(p.slots)]
	select {
	case a := <-slot.answers:
		p.received++
		return a.ran, a.err
	case <-ctx.Done():
		return explore.Ran{}, context.Cause(ctx)
	}
}

// Close kills the processes and waits for their end.
func (p *Pool) Close() {
	for _, s := range p.slots {
		close(s.jobs)
	}
	for _, s := range p.slots {
		<-s.closed
	}
}

type answer struct {
	ran explore.Ran
	err error
}

// A slot has one worker after the other, which answer its jobs in order.
type slot struct {
	program Program
	jobs    chan wire.Job
	answers chan answer
	closed  chan struct{}

	worker  *worker // nil when there is none
	next    int     // number of the next job: IDs are the slot's own
	waiting []task  // sent and not answered, oldest first
	failed  error   // no process could be started: nothing will work
	hung    int     // jobs that have hung since one was answered
}

// A task is a job with the number that the worker knows it by.
type task struct {
	id  int
	job wire.Job
}

func newSlot(p Program) *slot {
	s := &slot{
		program: p, jobs: make(chan wire.Job, Window),
		answers: make(chan answer, Window+1), // a whole window: answering never blocks
		closed:  make(chan struct{}),
	}
	go s.serve()
	return s
}

func (s *slot) serve() {
	defer close(s.closed)
	defer s.leave()
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		var lines <-chan line
		var look <-chan time.Time
		if s.worker != nil {
			lines = s.worker.lines
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

// look ends a worker that hangs or has grown too large, unless it was just going
// to say something. What earlier jobs have left behind is not the fault of the one
// that is running: it gets another worker.
func (s *slot) look() {
	if s.worker.overdue() {
		s.hang()
		return
	}
	select {
	case l, ok := <-s.worker.lines:
		s.hear(l, ok)
		return
	default:
	}
	large := s.worker.process.Resident() > s.program.Memory
	switch {
	case large && s.worker.fresh():
		s.lose(explore.Large)
	case large:
		s.renew()
	case s.worker.hangs():
		s.hang()
	}
}

func (s *slot) hang() {
	s.hung++
	s.lose(explore.Hung)
}

func (s *slot) leave() {
	if s.worker != nil {
		s.worker.kill()
	}
}

// ask gives tasks to the worker; a new one if there is none.
func (s *slot) ask(tasks []task) {
	if s.worker == nil && s.failed == nil && len(tasks) > 0 {
		p := s.program
		p.Patience >>= min(s.hung, 3) // after one that hangs, the next is given less time
		s.worker, s.failed = start(p)
		tasks = s.waiting
	}
	if s.failed != nil {
		for range s.waiting {
			s.answer(explore.Ran{}, s.failed)
		}
		return
	}
	for _, t := range tasks {
		s.worker.ask(t)
	}
}

// answer answers the oldest job.
func (s *slot) answer(r explore.Ran, err error) {
	r.Job = s.waiting[0].job
	r.Ending.Job = r.Job.ID
	s.waiting = s.waiting[1:]
	s.answers <- answer{r, err}
}

// hear takes in one line of the record, or its end.
func (s *slot) hear(l line, open bool) {
	switch {
	case !open:
		s.lose(explore.Died)
	case l.forged:
		s.lose(explore.Forged)
	case l.event.Event == wire.Alive:
		s.worker.goesOn()
	case l.event.Event != wire.Ended:
		s.worker.said, s.worker.watch = append(s.worker.said, l.event), nil // it may have waited for us
	case len(s.waiting) == 0 || l.event.Ending == nil || l.event.Ending.Job != s.waiting[0].id:
		s.lose(explore.Forged)
	default:
		r := explore.Ran{Ending: *l.event.Ending, Trace: l.trace, Events: s.worker.said, Races: s.worker.races(l.event.Ending.Races)}
		r.Ending.Trace = "" // decoded
		s.worker.answered()
		s.hung = 0
		full := r.Ending.Full
		s.answer(r, nil)
		if full {
			s.renew()
		}
	}
}

// lose ends the worker. The job that it was running, if any, is answered for it,
// and the others go to a new one.
func (s *slot) lose(why wire.EndKind) {
	w, end := s.worker, s.worker.kill
	if why == explore.Hung {
		end = w.quit
	}
	exit, err := end()
	s.worker = nil
	switch {
	case err != nil || exit.Code == wire.ExitFault:
		s.failed = faultOf(exit, err)
		s.ask(nil)
		return
	case len(s.waiting) > 0:
		s.answer(explore.Ran{
			Ending: wire.Ending{End: why}, Events: w.said, Races: w.races(all),
			Stderr: string(exit.Stderr), Code: exit.Code,
		}, nil)
	}
	s.ask(s.waiting)
}

// renew replaces the worker, whose answers so far are good.
func (s *slot) renew() {
	_, err := s.worker.kill()
	s.worker = nil
	if s.failed = err; err != nil {
		s.ask(nil)
		return
	}
	s.ask(s.waiting)
}
