package explore

import (
	"context"
	"errors"

	"racelab/checker/labrt/wire"
)

// How a schedule ended that its worker did not answer. They stand beside the
// ends of package wire.
const (
	Died   wire.EndKind = "died"   // the process ended: a fatal error, out of memory, os.Exit
	Hung   wire.EndKind = "hung"   // it took more than the wall-clock limit and was killed
	Forged wire.EndKind = "forged" // something else than the run-time wrote to the record
	Large  wire.EndKind = "large"  // it took more than the memory limit and was killed
)

// Ran is a job and all that became of it.
type Ran struct {
	Job    wire.Job
	Ending wire.Ending
	Trace  wire.Trace
	Events []wire.Event // what was recorded before the ending: with Job.Detail what the test did, else a crash
	Races  []string     // reports of the race detector, as it wrote them
	Stderr string       // when the process is gone: the last it printed
	Code   int          // when the process is gone: its exit status, -1 for a signal
}

// Answered reports whether the worker lived to say how the job ended.
func (r Ran) Answered() bool {
	switch r.Ending.End {
	case Died, Hung, Forged, Large:
		return false
	}
	return true
}

// A Runner runs jobs, some at the same time.
type Runner interface {
	// Window is how many jobs may be unanswered at a time. It does not change.
	Window() int
	// Send starts a job.
	Send(wire.Job) error
	// Receive waits for the oldest job that is unanswered. What the program does,
	// even to its process, is in Ran; the error is about racelab's side.
	Receive(context.Context) (Ran, error)
}

// A Strategy says which schedules to run.
type Strategy interface {
	// Next is the next job. There is none for now, and if none is unanswered for
	// good, when it returns false.
	Next() (wire.Job, bool)
	// Learn hears what became of the jobs of Next, in their order.
	Learn(Ran)
}

// drive runs what s wants while more is true, and tells s and each what became
// of it. Jobs are sent and answers taken in an order that depends on the window
// alone: timing changes nothing.
func drive(ctx context.Context, r Runner, s Strategy, more func(sent int) bool, each func(Ran)) error {
	sent, answered := 0, 0
	for {
		for sent-answered < r.Window() && more(sent) {
			job, ok := s.Next()
			if !ok {
				break
			}
			job.ID = sent
			if err := r.Send(job); err != nil {
				return err
			}
			sent++
		}
		if sent == answered {
			return nil
		}
		ran, err := r.Receive(ctx)
		if err != nil {
			return err
		}
		answered++
		s.Learn(ran)
		each(ran)
	}
}

var errAnswer = errors.New("a runner has answered more than it was asked")

// One runs one job, while no other is unanswered, and returns what became of it.
func One(ctx context.Context, r Runner, j wire.Job) (Ran, error) {
	ran, err := All(ctx, r, []wire.Job{j})
	if err != nil {
		return Ran{}, err
	}
	return ran[0], nil
}

// All runs jobs, while no other is unanswered, and returns what became of them, in
// their order.
func All(ctx context.Context, r Runner, jobs []wire.Job) ([]Ran, error) {
	var ran []Ran
	err := drive(ctx, r, &JobList{Jobs: jobs}, func(int) bool { return true }, func(got Ran) { ran = append(ran, got) })
	if err == nil && len(ran) != len(jobs) {
		err = errAnswer
	}
	return ran, err
}
