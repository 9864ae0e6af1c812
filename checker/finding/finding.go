// Package finding holds the words every part of racelab shares: what a defect
// is, where it stands, how it was seen, and the verdict that follows from it.
//
// It is also the wire format: a Verdict marshals to the documented JSON object
// "racelab/report/v1" (see Verdict), and every report format is rendered from
// that value alone. What is to be said is data here (Fact, Role, Fault); package
// report puts it into words. The package imports nothing else of racelab.
package finding

import "slices"

// Kind names a class of defect.
type Kind string

// The kinds of finding. Their order here is the order in which a report shows
// them: what keeps a program from running first, symptoms last.
const (
	Build           Kind = "build"            // the submission does not compile
	Policy          Kind = "policy"           // it uses or changes what the exercise does not allow
	Vet             Kind = "vet"              // a concurrency analyzer of go vet objects
	DataRace        Kind = "data-race"        // two unordered accesses to one variable, one a write
	RecursiveLock   Kind = "recursive-lock"   // a goroutine takes a lock that it holds
	LockOrder       Kind = "lock-order"       // two locks are taken in both orders: a potential deadlock
	Deadlock        Kind = "deadlock"         // goroutines wait for each other, or for nobody, for ever
	GoroutineLeak   Kind = "goroutine-leak"   // a goroutine outlives the test that started it
	Panic           Kind = "panic"            // a panic or a fatal error of the run-time
	WrongResult     Kind = "wrong-result"     // a test's invariant fails, or the outcome is not the reference's
	LostConcurrency Kind = "lost-concurrency" // right, but one after the other
	Timeout         Kind = "timeout"          // it did not end, and racelab cannot say that it never would
)

// Kinds lists every kind in report order. What vet says comes before what follows from
// it: a copied lock makes races, and a race a wrong result.
func Kinds() []Kind {
	return []Kind{
		Build, Policy, Vet, DataRace, RecursiveLock, LockOrder, Deadlock, GoroutineLeak,
		Panic, WrongResult, LostConcurrency, Timeout,
	}
}

// Rank is the place of k in report order; unknown kinds come last.
func (k Kind) Rank() int {
	if i := slices.Index(Kinds(), k); i >= 0 {
		return i
	}
	return len(Kinds())
}

// Detector names the instrument that saw a defect.
type Detector string

// The detectors.
const (
	Compiler   Detector = "compiler"    // the Go compiler
	PolicyRule Detector = "policy"      // racelab's rules about imports, directives and the exported API
	GoVet      Detector = "vet"         // go vet's concurrency analyzers
	Race       Detector = "race"        // the race detector (ThreadSanitizer)
	GoDeadlock Detector = "go-deadlock" // github.com/sasha-s/go-deadlock
	Goleak     Detector = "goleak"      // go.uber.org/goleak
	Runtime    Detector = "runtime"     // the Go run-time: panics, fatal errors, goroutine dumps
	Tests      Detector = "tests"       // the exercise's own tests
	Reference  Detector = "reference"   // comparison with the reference solution (go-cmp)
	Scheduler  Detector = "scheduler"   // the controlled scheduler: what it sees, it sees happen
	Contract   Detector = "contract"    // scenarios of the exercise's contract, compared with the reference solution
)

// Detectors lists every detector.
func Detectors() []Detector {
	return []Detector{Compiler, PolicyRule, GoVet, Race, GoDeadlock, Goleak, Runtime, Tests, Reference, Scheduler, Contract}
}

// Severity says whether a finding decides the verdict.
type Severity string

// An Error fails the exercise; a Warning is shown and costs nothing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// A Location is a place in the exercise. File is relative to the submission's
// folder ("bank.go"), with slashes; Line is 1-based, 0 where the whole file is
// meant or the line is not known. Lines are those of the learner's own file.
type Location struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Function string `json:"function,omitempty"` // as in "(*Account).Deposit"
}

// ContractFile is the name of the file that has the contract of an exercise. Who is
// taught does not see it.
const ContractFile = "contract_test.go"

// Related is another place that belongs to a finding, with its role: where the
// previous write was, where goroutine 8 was started.
type Related struct {
	// Message is the role in words. Package report fills it in.
	Message string `json:"message"`
	Role    Role   `json:"role,omitzero"`
	Location
}

// A Finding is one defect of a submission. What it says is data, in Fact and in
// the Role of each related place. Only package report writes sentences: what it
// renders has every message filled in, and nobody else reads one.
type Finding struct {
	Kind     Kind      `json:"kind"`
	Detector Detector  `json:"detector"`
	Severity Severity  `json:"severity"`
	Message  string    `json:"message"` // Fact in words, on one line, without advice: package report fills it in
	Fact     Fact      `json:"fact,omitzero"`
	Location Location  `json:"location"`
	Related  []Related `json:"related"`
	Evidence Evidence  `json:"evidence"`
	// Origin is what it comes of in the learner's code, where that has been seen or tried.
	Origin *Origin `json:"origin,omitempty"`
	// Problem is the number, from 1, of what there is to mend: findings of one defect have
	// the same. Follows says why it does not head that problem; "" if it does. Warnings have
	// neither.
	Problem int     `json:"problem,omitempty"`
	Follows Follows `json:"follows,omitempty"`
}

// Mode is how the tests were run that showed a finding.
type Mode string

// The modes.
const (
	RaceMode    Mode = "race"    // natively, under the race detector
	LockMode    Mode = "lock"    // natively, with go-deadlock's locks
	ExploreMode Mode = "explore" // under the controlled scheduler
	WrittenMode Mode = "written" // natively, under the race detector, without anything of racelab's in it
)

// Strategy is what chose the schedule that shows a finding.
type Strategy string

// The strategies.
const (
	Exhaustive Strategy = "exhaustive" // one after the other, with few preemptions first
	Delay      Strategy = "delay"      // one goroutine is slow, once
	PCT        Strategy = "pct"        // by priorities that change at a few random steps
	POS        Strategy = "pos"        // by random priorities of operations
	Random     Strategy = "random"     // any goroutine, with equal chances
)

// Evidence is what a finding rests on.
type Evidence struct {
	Mode  Mode     `json:"mode,omitempty"`  // empty for findings made without running
	Seen  int      `json:"seen,omitempty"`  // executions, or schedules, that showed it …
	Runs  int      `json:"runs,omitempty"`  // … of so many
	Tests []string `json:"tests,omitempty"` // tests that showed it
	Diff  string   `json:"diff,omitempty"`  // go-cmp's difference, - reference + submission
	// A schedule that shows it, for racelab replay; the strategy that found it, how
	// many schedules of the test had been run by then, and how often a goroutine is
	// interrupted in it that could have gone on.
	Schedule     string   `json:"schedule,omitempty"`
	Strategy     Strategy `json:"strategy,omitempty"`
	SchedulesRun int      `json:"schedules_run,omitempty"`
	Preemptions  *int     `json:"preemptions,omitempty"`
	// Scenario is what was called, where it was not a test that showed it.
	Scenario *Scenario `json:"scenario,omitempty"`
	// Races are the data races that its schedule shows, too, of a scenario.
	Races []Identity `json:"-"`
	// Trace is the interleaving that the schedule produces, on request.
	Trace *Interleaving `json:"trace,omitempty"`
	// Goroutines are those involved, each with what it was doing.
	Goroutines []Goroutine `json:"goroutines,omitempty"`
	// Output is the detector's own report, as it printed it.
	Output string `json:"output,omitempty"`
}

// A Goroutine is one that a detector reported.
type Goroutine struct {
	ID    int    `json:"id"`
	State string `json:"state,omitempty"` // as the run-time prints it: "chan receive", "sync.Mutex.Lock"
	// Stack has the innermost frame first.
	Stack []Frame `json:"stack,omitempty"`
	// CreatedBy is the stack of the go statement, innermost first, as far as known.
	CreatedBy []Frame `json:"created_by,omitempty"`
}

// A Frame is one call on a stack. File is as the tool printed it until a
// Sources has made it relative.
type Frame struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}
