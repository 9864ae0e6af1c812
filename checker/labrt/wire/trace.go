package wire

import "errors"

// Op is what a goroutine does in one step.
type Op uint8

// The operations. Their order is part of what a schedule's fingerprint says:
// add new ones at the end.
const (
	OpNone Op = iota
	OpSend
	OpRecv
	OpClose
	OpSelect
	OpLen
	OpLock
	OpUnlock
	OpTryLock
	OpRLock
	OpRUnlock
	OpTryRLock
	OpLockWait // a writer that has announced itself waits for the readers to leave
	OpAdd
	OpDone
	OpWait
	OpOnce
	OpCondWait
	OpSignal
	OpBroadcast
	OpLoad
	OpStore
	OpSwap // every atomic operation that reads and writes
	OpMapRead
	OpMapWrite
	OpPool
	OpGosched
	OpCancel
	OpErr
	OpSleep   // not a step: what a goroutine that sleeps is doing
	OpForever // not a step: select {}
	OpUnseen  // not a step: it waits in code that is not instrumented
	OpGo      // not a step: starts a goroutine
	OpEnd     // not a step: a goroutine ends
	OpRace    // not a step: the race detector reports
	OpPanic   // not a step: a panic or a fatal error
	OpFail    // not a step: the test says that something is wrong
	OpTime    // the clock goes on to the next timer, although goroutines can
	OpCall    // a call of a scenario begins
	OpReturn  // a call of a scenario has returned
	OpLibrary // a call into code that is not instrumented and may order goroutines
	OpRead    // a statement that races with others begins
	OpWrite   // it has read, and writes
	OpReport  // tells a test something, which has to be before the test ends
	OpFinish  // a test ends
	OpRecover // not a step: a panic was recovered from
)

var opNames = [...]string{
	"", "send", "receive", "close", "select", "len", "lock", "unlock", "try lock", "read lock", "read unlock",
	"try read lock", "lock: wait for the readers", "add", "done", "wait", "once", "wait", "signal", "broadcast",
	"load", "store", "update", "load", "store", "pool", "Gosched", "cancel", "Err", "sleep", "select {}",
	"wait in code that is not instrumented", "go", "end", "data race", "panic", "test fails", "time passes",
	"call", "return",
	"library call", "read", "write", "report to the test", "the test ends", "panic, recovered",
}

func (o Op) String() string {
	if int(o) < len(opNames) {
		return opNames[o]
	}
	return "?"
}

// A Class says with which other steps on the same object a step commutes: in
// which order two of them are taken makes no difference then.
type Class uint8

// The classes.
const (
	None  Class = iota // touches no object: commutes with everything
	Read               // commutes with Read and Peek
	Write              // commutes with nothing
	Add                // commutes with Add and Peek: what it changes, it changes in any order
	Peek               // commutes with everything but Write
)

// LongRun is how many steps a goroutine may take one after the other when others
// can go on; then it is left out once.
const LongRun = 100

// Clock stands for the virtual clock where a goroutine is named: it is a candidate
// where a timer could overtake a goroutine. What it does, it does to all.
const Clock = -1

// A Pending is a goroutine that could go on, with the step that it would take.
type Pending struct {
	G       int
	Op      Op
	Class   Class
	Cases   int   // how many cases a select can try first; 0 for others
	Objects []int // numbered within the schedule, in order of first use
}

// A Step is one choice of the scheduler's and what was there to choose from.
type Step struct {
	G       int
	Case    int  // the case that was tried first
	Taken   int  // the case that was taken; -1 when not a select, or it had to wait
	Stay    bool // the goroutine that went last could have gone on: going elsewhere is a preemption
	Insists bool // it spins, and others would have had to go: only a pick for it leads here
	Crowd   bool // there were more candidates than Enabled lists
	Enabled []Pending
}

// A Trace is all that happened in a schedule, as far as it was chosen.
type Trace struct {
	Parents []int // for each goroutine the one that started it; -1 for the first
	Sites   []int // for each goroutine a number for the go statement that started it; 0 where it is not known
	Steps   []Step
}

// Records of an encoded trace.
const (
	RecordSpawn = iota // parent+1, site
	RecordStep         // g+1, case, stay + 2*insists + 4*crowd, number of enabled, then for each: g+1, op, class, cases, number of objects, objects
	RecordTaken        // case: of the last step
)

// Digits of an encoded trace. A number is written in base 32, least significant
// digit first; all digits but the last are taken from the second half.
const Digits = "0123456789abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZwxyz-_"

var errTrace = errors.New("a trace is malformed")

type traceReader struct {
	text string
	bad  bool
}

var digitOf = func() (of [256]int8) {
	for i := range of {
		of[i] = -1
	}
	for i := range len(Digits) {
		of[Digits[i]] = int8(i)
	}
	return of
}()

func (r *traceReader) number() int {
	n := 0
	for i, shift := 0, 0; i < len(r.text) && shift < 60; i, shift = i+1, shift+5 {
		d := digitOf[r.text[i]]
		if d < 0 {
			break
		}
		n |= int(d&31) << shift
		if d < 32 {
			r.text = r.text[i+1:]
			return n
		}
	}
	r.bad, r.text = true, ""
	return 0
}

// list returns n numbers; not more than there can be.
func (r *traceReader) list(n int) []int {
	if n > len(r.text) {
		r.bad, r.text = true, ""
		return nil
	}
	out := make([]int, n)
	for i := range out {
		out[i] = r.number()
	}
	return out
}

// DecodeTrace reads what the run-time wrote.
func DecodeTrace(text string) (t Trace, err error) {
	r := &traceReader{text: text}
	for r.text != "" {
		switch r.number() {
		case RecordSpawn:
			t.Parents = append(t.Parents, r.number()-1)
			t.Sites = append(t.Sites, r.number())
		case RecordStep:
			t.Steps = append(t.Steps, r.step())
		case RecordTaken:
			taken := r.number()
			if len(t.Steps) == 0 {
				return t, errTrace
			}
			t.Steps[len(t.Steps)-1].Taken = taken
		default:
			return t, errTrace
		}
	}
	if r.bad {
		return t, errTrace
	}
	return t, nil
}

func (r *traceReader) step() Step {
	s := Step{G: r.number() - 1, Case: r.number(), Taken: -1}
	flags, n := r.number(), r.number()
	s.Stay, s.Insists, s.Crowd = flags&1 != 0, flags&2 != 0, flags&4 != 0
	if n > len(r.text) {
		r.bad, r.text = true, ""
		return s
	}
	s.Enabled = make([]Pending, n)
	for i := range s.Enabled {
		s.Enabled[i] = Pending{G: r.number() - 1, Op: Op(r.number()), Class: Class(r.number()), Cases: r.number()}
		s.Enabled[i].Objects = r.list(r.number())
	}
	return s
}
