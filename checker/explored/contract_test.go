package explored

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
	"racelab/checker/schedule"
	"racelab/checker/submission"
)

// counterContract is that of an exercise whose tests ask for nothing.
const counterContract = `package counter_test

import (
	"sync"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/contract"
	counter "racelab/exercises/99-counter"
)

func tell(token string) { contract.Find(token).Inside() }

func Contract() contract.Contract {
	type op = contract.Op[*counter.Counter]
	return contract.Of(contract.Terms[*counter.Counter]{
		Setups: []contract.Setup[*counter.Counter]{{Text: "c := counter.New()", Open: counter.New}},
		Ops: []op{
			{Text: "c.Add(1)", Do: func(n *counter.Counter, c *contract.Call) { n.Add(1) }},
			{Text: "c.Get()", Do: func(n *counter.Counter, c *contract.Call) { c.Return(n.Get()) }},
			{Text: "c.Each(f)", Calls: true, Do: func(n *counter.Counter, c *contract.Call) {
				n.Each(func(now int) { c.Inside() })
			}},
			{
				Text: "c.AddAll(1, 2)", Do: func(n *counter.Counter, c *contract.Call) { n.AddAll(1, 2) },
				Steps: func(n *counter.Counter, c *contract.Call) {
					first := 1 + c.Any(2)
					n.Add(first)
					c.Between()
					n.Add(3 - first)
				},
			},
			{Text: "c.Digits()", Do: func(n *counter.Counter, c *contract.Call) { c.Keep(n.Digits()) }},
			{Text: "c.Get(), 1000 times", Alone: true, Do: func(n *counter.Counter, c *contract.Call) {
				for range 1000 {
					n.Get()
					contract.GoesOn()
				}
			}},
			{Text: "c.Add(1), as often as the program names a number", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				for _, often := range contract.Numbers(2, 5000) {
					m := counter.New()
					for range often + 1 {
						m.Add(1)
					}
					if got := m.Get(); got != often+1 {
						c.Return(got)
					}
				}
			}},
			{Text: "c.Add(1), as often as a large number in the program says", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				for _, often := range contract.Numbers(1<<16, 1<<20) {
					m := counter.New()
					contract.Quickly(func() {
						for range often + 1 {
							m.Add(1)
						}
					})
					if got := m.Get(); got != often+1 {
						c.Say(got, "instead of", often+1)
					}
				}
			}},
			{Text: "c.Get(), while there are as many c.Add(1<<32 + 1) as a counter of few bits has values", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				m, people := counter.New(), sync.WaitGroup{}
				m.Add(1<<32 + 1)
				people.Go(func() {
					if got := m.Get(); got>>32 > 0 && got%(1<<32+1) != 0 {
						c.Return(got)
					}
				})
				people.Go(func() {
					for range contract.Cycle(600) {
						m.Add(1<<32 + 1)
					}
				})
				people.Wait()
			}},
			{Text: "c.Get(), while there are as many c.Add(1<<32 + 1), quickly, as some number in the program says", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				m, people := counter.New(), sync.WaitGroup{}
				m.Add(1<<32 + 1)
				people.Go(func() {
					contract.Quickly(func() {
						for range contract.Largest(0, 1_000, 1_100) {
							m.Add(1<<32 + 1)
						}
					})
				})
				people.Go(func() {
					if got := m.Get(); got>>32 > 0 && got%(1<<32+1) != 0 {
						c.Return(got)
					}
				})
				people.Wait()
			}},
			{Text: "c.Add(1), by twice as many at the same time as the program names a number", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				m, people := counter.New(), sync.WaitGroup{}
				many := 2 * contract.Largest(1, 2, 300)
				for range many {
					people.Go(func() { m.Add(1) })
				}
				people.Wait()
				c.Return(m.Get() == many)
			}},
			{Text: "c.Add(1), and an hour later c.Get()", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				n.Add(1)
				contract.Rest(time.Hour)
				c.Return(n.Get())
			}},
			{Text: "c.Add(1), and as long after as the program names a time c.Get()", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				n.Add(1)
				for _, d := range contract.Times(100 * time.Hour) {
					contract.Rest(d + time.Second)
				}
				c.Return(n.Get())
			}},
			{Text: "c.Tell(f), with the texts that the program names", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				for _, text := range append(contract.Texts(), "none") {
					told := false
					if n.Tell(text, func(string) { told = true }); !told {
						c.Return(text)
					}
				}
			}},
			{Text: "whether c.Each(f) has called f after two seconds", Apart: true, Do: func(n *counter.Counter, c *contract.Call) {
				var called atomic.Bool
				go n.Each(func(int) { called.Store(true) })
				contract.Rest(2 * time.Second)
				c.Return(called.Load())
			}},
			{Text: "c.Tell(f)", Calls: true, Do: func(n *counter.Counter, c *contract.Call) { n.Tell(c.Token(), tell) }},
			{Text: "c.Close()", Finally: true, Do: func(n *counter.Counter, c *contract.Call) { c.Return(n.Close()) }},
		},
	})
}
`

// counterReference is right: a counter that calls back without its lock.
const counterReference = `package counter

import (
	"strconv"
	"sync"
)

type Counter struct {
	mu sync.Mutex
	n  int
}

func New() *Counter { return &Counter{} }

func (c *Counter) Add(n int) {
	c.mu.Lock()
	c.n += n
	c.mu.Unlock()
}

func (c *Counter) Get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// Close is the last call, after all others: it needs no lock.
func (c *Counter) Close() int { return c.n }

// AddAll adds one number after the other.
func (c *Counter) AddAll(all ...int) {
	for _, n := range all {
		c.Add(n)
	}
}

func (c *Counter) Digits() []byte { return []byte(strconv.Itoa(c.Get())) }

func (c *Counter) Tell(name string, f func(string)) { f(name) }

func (c *Counter) Each(f func(int)) {
	n := c.Get()
	f(n)
}
`

func counterExercise() exercise.Exercise {
	test := "package counter_test\n\nimport \"testing\"\n\nfunc TestNothing(*testing.T) {}\n"
	ex := exercise.Exercise{
		ID: "99-counter", Dir: fstest.MapFS{"counter_test.go": {Data: []byte(test)}},
		Reference: fstest.MapFS{
			"counter.go":                {Data: []byte(counterReference)},
			"testdata/contract_test.go": {Data: []byte(counterContract)},
		},
	}
	ex.Files = []string{"counter.go"}
	return ex
}

func counterExplorer(t *testing.T, change ...string) Explorer {
	ex := counterExercise()
	src := strings.NewReplacer(change...).Replace(counterReference)
	p := fixture.Build(t, ex, submission.Submission{Files: map[string][]byte{"counter.go": []byte(src)}})
	return Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p, Workers: 2}
}

// What no test asks, the contract asks.
func TestContract(t *testing.T) {
	reference, err := counterExplorer(t).Explore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := &evidence.Reference{Contract: reference.Contract}
	for _, tt := range []struct {
		name   string
		change []string
		kind   finding.Kind
		answer finding.AnswerKind
	}{
		{"the reference itself", nil, "", ""},
		{"another right fix", []string{"	n := c.Get()\n	f(n)", "	c.mu.Lock()\n	n := c.n\n	c.mu.Unlock()\n	f(n)"}, "", ""},
		{"steps in another order", []string{"	for _, n := range all {\n		c.Add(n)", "	for i := range all {\n		c.Add(all[len(all)-1-i])"}, "", ""},
		{
			"nothing but reads",
			[]string{
				"\"strconv\"\n	\"sync\"", "\"strconv\"\n	\"sync/atomic\"", "mu sync.Mutex\n	n  int", "n atomic.Int64",
				"	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", "	c.n.Add(int64(n))", "	c.mu.Lock()\n	defer c.mu.Unlock()\n	return c.n", "	return int(c.n.Load())",
				"return c.n }", "return c.Get() }",
			},
			"", "",
		},
		{
			"a list that changes",
			[]string{"n  int", "n  int\n	digits []byte", "{ return []byte(strconv.Itoa(c.Get())) }", `{
	n := c.Get()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.digits = strconv.AppendInt(c.digits[:0], int64(n), 10)
	return c.digits
}`},
			finding.WrongResult, finding.Unexplained,
		},
		{
			"a clock that ticks meanwhile",
			[]string{"\"sync\"", "\"sync\"\n	\"time\"", "	n := c.Get()\n	f(n)", `	stop := make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	f(c.Get())
	close(stop)`},
			"", "",
		},
		{"a lock while the other callback runs", []string{"{ f(name) }", "{ c.mu.Lock(); f(name); c.mu.Unlock() }"}, finding.LostConcurrency, finding.HeldUp},
		{"no lock", []string{"	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", "	c.n += n"}, finding.DataRace, ""},
		{
			"a step in two halves",
			[]string{"	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", "	now := c.Get()\n	c.mu.Lock()\n	c.n = now + n\n	c.mu.Unlock()"},
			finding.WrongResult, finding.Unexplained,
		},
		{
			"a lock while a callback runs",
			[]string{"	n := c.Get()\n	f(n)", "	c.mu.Lock()\n	defer c.mu.Unlock()\n	f(c.n)"},
			finding.LostConcurrency, finding.HeldUp,
		},
		{"a lock that is kept", []string{"	c.n += n\n	c.mu.Unlock()", "	if c.n += n; c.n < 3 {\n		c.mu.Unlock()\n	}"}, finding.Deadlock, finding.NoReturn},
		{
			"a wakeup that gets lost, and the last call makes up for it",
			[]string{
				"n  int", "n  int\n	busy bool\n	free chan struct{}", "&Counter{}", "&Counter{free: make(chan struct{})}",
				"	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", `	c.mu.Lock()
	for c.busy {
		c.mu.Unlock()
		<-c.free
		c.mu.Lock()
	}
	c.busy = true
	c.mu.Unlock()
	c.mu.Lock()
	c.n += n
	c.busy = false
	c.mu.Unlock()
	select {
	case c.free <- struct{}{}:
	default:
	}`, "{ return c.n }", `{
	for {
		select {
		case c.free <- struct{}{}:
		default:
			return c.Get()
		}
	}
}`,
			},
			finding.Deadlock, finding.Woken,
		},
		{
			"a clerk who goes home just when somebody comes",
			[]string{"mu sync.Mutex", "mu sync.Mutex\n	jobs chan func()\n	here bool", "\"sync\"", "\"sync\"\n	\"time\"", "	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", `	c.mu.Lock()
	if !c.here {
		c.here, c.jobs = true, make(chan func(), 1)
		go c.clerk(c.jobs)
	}
	jobs := c.jobs
	c.mu.Unlock()
	done := make(chan struct{})
	jobs <- func() { c.n += n; close(done) }
	<-done`, "// Close is", `func (c *Counter) clerk(jobs chan func()) {
	for {
		select {
		case job := <-jobs:
			c.mu.Lock()
			job()
			c.mu.Unlock()
		case <-time.After(200 * time.Millisecond):
			c.mu.Lock()
			c.here = false
			c.mu.Unlock()
			return
		}
	}
}

// Close is`},
			finding.Deadlock, finding.NoReturn,
		},
		{
			"a lock that is taken twice, which Close does not bear",
			[]string{
				"	c.n += n\n	c.mu.Unlock()", "	if c.n += n; c.n > 2 {\n		c.mu.Lock()\n	}\n	c.mu.Unlock()",
				"Close() int { return c.n }", "Close() int {\n	if !c.mu.TryLock() {\n		panic(\"closed too soon\")\n	}\n	return c.n\n}",
			},
			finding.Deadlock, finding.NoReturn,
		},
		{"a lock that is not free from the beginning", []string{"{ return &Counter{} }", "{ c := &Counter{}; c.mu.Lock(); c.Add(0); return c }"}, finding.Deadlock, ""},
		{
			"a number that is forgotten after half an hour",
			[]string{
				"\"sync\"", "\"sync\"\n	\"time\"", "	c.mu.Lock()\n	c.n += n\n",
				"	time.AfterFunc(30*time.Minute, func() {\n		c.mu.Lock()\n		c.n = 0\n		c.mu.Unlock()\n	})\n	c.mu.Lock()\n	c.n += n\n",
			},
			finding.WrongResult, finding.Unexplained,
		},
		{
			"a number that is forgotten after a month",
			[]string{
				"\"sync\"", "\"sync\"\n	\"time\"", "	c.mu.Lock()\n	c.n += n\n",
				"	time.AfterFunc(30*24*time.Hour, func() {\n		c.mu.Lock()\n		c.n = 0\n		c.mu.Unlock()\n	})\n	c.mu.Lock()\n	c.n += n\n",
			},
			"", "",
		},
		{
			"a number that is forgotten after two days",
			[]string{
				"\"sync\"", "\"sync\"\n	\"time\"", "	c.mu.Lock()\n	c.n += n\n",
				"	time.AfterFunc(2*24*time.Hour, func() {\n		c.mu.Lock()\n		c.n = 0\n		c.mu.Unlock()\n	})\n	c.mu.Lock()\n	c.n += n\n",
			},
			finding.WrongResult, finding.Unexplained,
		},
		{
			"a timer of an hour that does nothing",
			[]string{"\"sync\"", "\"sync\"\n	\"time\"", "return &Counter{}", "time.AfterFunc(time.Hour, func() {})\n	return &Counter{}"},
			"", "",
		},
		{
			"a loop that does not end",
			[]string{"	c.n += n\n", "	for c.n += n; c.n > 2; {\n		c.mu.Unlock()\n		c.mu.Lock()\n	}\n"},
			finding.Timeout, finding.NoReturn,
		},
		{
			"much to do, which comes to an end", // 1000 times 30 steps are more than the reference may take
			[]string{"	defer c.mu.Unlock()\n	return c.n", "	defer c.mu.Unlock()\n	for range 15 {\n		c.mu.Unlock()\n		c.mu.Lock()\n	}\n	return c.n"},
			"", "",
		},
		{"a number in the source", []string{"	return c.n", "	return min(c.n, 1<<12)"}, finding.WrongResult, finding.Unexplained},
		{"a text in the source", []string{"{ f(name) }", "{\n	if name != \"nobody\" {\n		f(name)\n	}\n}"}, finding.WrongResult, finding.Unexplained},
		{"a larger one than is asked for", []string{"	return c.n", "	return min(c.n, 1<<13)"}, "", ""},
		{
			"room for 30 callers at the same time",
			[]string{"mu sync.Mutex", "inside atomic.Int32\n	mu sync.Mutex", "\"sync\"", "\"sync\"\n	\"sync/atomic\"", "	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", `	defer c.inside.Add(-1)
	if c.inside.Add(1) <= 30 {
		c.mu.Lock()
		c.n += n
		c.mu.Unlock()
	}`},
			finding.WrongResult, finding.Unexplained,
		},
		{
			"a ticket lock with 100 numbers", // the race detector has room for 255 goroutines at a time
			[]string{
				"sync.Mutex", "tickets", "\"sync\"", "\"runtime\"\n	\"sync/atomic\"", "func New()", `type tickets struct{ next, turn atomic.Uint32 }

func (t *tickets) Lock() {
	for mine := (t.next.Add(1) - 1) % 100; t.turn.Load()%100 != mine; {
		runtime.Gosched()
	}
}

func (t *tickets) Unlock() { t.turn.Add(1) }

func New()`,
			},
			finding.DataRace, "",
		},
		{
			"a call that takes five seconds, 50 milliseconds at a time",
			[]string{"\"sync\"", "\"sync\"\n	\"time\"", "{ f(name) }", `{
	for end := time.Now().Add(5 * time.Second); name == "none" && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	f(name)
}`},
			"", "",
		},
		{
			"a ticker for each call", // a thousand of them tick on, as nobody knows that they are stopped
			[]string{"\"sync\"", "\"sync\"\n	\"time\"", "	c.mu.Lock()\n	defer c.mu.Unlock()\n	return c.n", "	defer time.NewTicker(time.Millisecond).Stop()\n	c.mu.Lock()\n	defer c.mu.Unlock()\n	return c.n"},
			"", "",
		},
		{"a large number in the source", []string{"	return c.n", "	return min(c.n, 1<<19)"}, finding.WrongResult, finding.Unexplained},
		{
			"a right fix with a large number in the source, and with goroutines",
			[]string{"type Counter struct", "const _ = 1 << 17\n\ntype Counter struct", "	c.mu.Lock()\n	c.n += n\n	c.mu.Unlock()", `	done := make(chan struct{})
	go func() {
		c.mu.Lock()
		c.n += n
		c.mu.Unlock()
		close(done)
	}()
	<-done`},
			"", "",
		},
		{
			"a reader who sleeps until a version of few bits is what it was",
			[]string{
				"\"sync\"", "\"sync\"\n	\"sync/atomic\"", "n  int", "n  int\n	version, high, low atomic.Uint32",
				"	c.n += n\n	c.mu.Unlock()", "	c.n += n\n	c.version.Add(1)\n	c.high.Store(uint32(c.n >> 32))\n	c.low.Store(uint32(c.n))\n	c.version.Add(1)\n	c.mu.Unlock()",
				"	c.mu.Lock()\n	defer c.mu.Unlock()\n	return c.n", `	for {
		version := uint8(c.version.Load())
		n := int(c.high.Load())<<32 | int(c.low.Load())
		if version%2 == 0 && version == uint8(c.version.Load()) {
			return n
		}
	}`,
			},
			finding.WrongResult, finding.Unexplained,
		},
		{
			"a reader who sleeps until a version of ten bits is what it was",
			[]string{
				"\"sync\"", "\"sync\"\n	\"sync/atomic\"", "n  int", "n  int\n	version, high, low atomic.Uint32",
				"	c.n += n\n	c.mu.Unlock()", "	c.n += n\n	c.version.Add(1)\n	c.high.Store(uint32(c.n >> 32))\n	c.low.Store(uint32(c.n))\n	c.version.Add(1)\n	c.mu.Unlock()",
				"	c.mu.Lock()\n	defer c.mu.Unlock()\n	return c.n", `	for {
		version := c.version.Load() % 1024
		n := int(c.high.Load())<<32 | int(c.low.Load())
		if version%2 == 0 && version == c.version.Load()%1024 {
			return n
		}
	}`,
			},
			finding.WrongResult, finding.Unexplained,
		},
		{"small numbers", []string{"n  int", "n  int8", "c.n += n", "c.n += int8(n)", "return c.n", "return int(c.n)"}, finding.WrongResult, finding.Unexplained},
	} {
		if testing.Short() && tt.answer != finding.HeldUp && tt.change != nil {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := counterExplorer(t, tt.change...)
			e.Want = want
			shown, err := e.Explore(t.Context())
			if err != nil || shown.Doubt.Why != "" {
				t.Fatal(err, shown.Doubt.Why)
			}
			if shown.Run.Scenarios == 0 || shown.Run.ScenarioSchedules == 0 {
				t.Error("no scenarios are run")
			}
			checkContract(t, e, shown, tt.kind, tt.answer)
		})
	}
}

func checkContract(t *testing.T, e Explorer, shown evidence.Shown, kind finding.Kind, answer finding.AnswerKind) {
	t.Helper()
	if kind == "" {
		if len(shown.Findings) > 0 {
			t.Errorf("found %+v", shown.Findings[0])
		}
		return
	}
	at := slices.IndexFunc(shown.Findings, func(f finding.Finding) bool {
		return f.Kind == kind && (answer == "" || f.Fact.Answer != nil && f.Fact.Answer.Kind == answer)
	})
	if at < 0 {
		t.Fatalf("no %s %s in %+v", kind, answer, shown.Findings)
	}
	if answer == finding.NoReturn && slices.ContainsFunc(shown.Findings, func(f finding.Finding) bool { return f.Kind == finding.Panic }) {
		t.Errorf("the panic of a call that must not be made any more is told: %+v", shown.Findings)
	}
	f := shown.Findings[at]
	if f.Evidence.Scenario == nil {
		t.Error("it is not said what was called")
	}
	if kind == finding.DataRace && !slices.Contains(f.Evidence.Races, f.Identity()) {
		t.Errorf("its schedule is said to show the races %v", f.Evidence.Races)
	}
	if kind == finding.Timeout && f.Evidence.Schedule != "" {
		t.Errorf("%s has no end, and cannot be replayed", f.Evidence.Schedule)
	}
	if kind == finding.Timeout || kind == finding.DataRace && f.Evidence.Schedule == "" { // in a schedule that was cut short
		return
	}
	asked, err := schedule.Parse(f.Evidence.Schedule)
	if err != nil {
		t.Fatal(err)
	}
	replay, _, err := e.Replay(t.Context(), asked)
	if err != nil || replay.Undetermined || replay.Diverged != nil {
		t.Fatal(err, replay)
	}
	if !slices.ContainsFunc(replay.Findings, func(r finding.Finding) bool { return r.Kind == kind && r.Evidence.Scenario != nil }) {
		t.Errorf("the replay of %s shows %+v", f.Evidence.Schedule, replay.Findings)
	}
}
