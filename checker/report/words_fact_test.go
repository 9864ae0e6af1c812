package report

import (
	"encoding/json"
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

var (
	deposit = finding.Location{File: "bank.go", Line: 14, Function: "(*Account).Deposit"}
	balance = finding.Location{File: "bank.go", Line: 20, Function: "(*Account).Balance"}
	hidden  = finding.Location{File: finding.ContractFile, Line: 7, Function: "payingIn.func1"}
	spinner = finding.Location{File: "bank.go", Function: "spin"}
	locking = finding.Spot{Place: deposit, Doing: finding.Doing{Verb: finding.Waits, Wait: finding.WaitMutex}}
)

// What each sort of fact reads like. The detectors' goldens have more of those
// that come from recorded output.
func TestFactWords(t *testing.T) {
	write := finding.Access{Op: finding.AccessWrite, Write: true, Place: deposit, Exact: finding.AtLine}
	read := finding.Access{Op: finding.AccessRead, Place: balance, Exact: finding.InCall}
	ofContract := finding.Access{Op: finding.AccessRead, Place: hidden, Exact: finding.AtLine, Inside: "contract.(*Call).Keep"}
	for _, tt := range []struct {
		fact finding.Fact
		want string
	}{
		{finding.Fact{}, ""},
		{
			finding.Fact{Conflict: &finding.Conflict{First: write, Second: &read}},
			"unsynchronised write at bank.go:14 in (*Account).Deposit and read in the call at bank.go:20 in (*Account).Balance",
		},
		{
			finding.Fact{Conflict: &finding.Conflict{First: write, Second: &ofContract}},
			"unsynchronised write at bank.go:14 in (*Account).Deposit and read in a call of the scenario",
		},
		{finding.Fact{Conflict: &finding.Conflict{First: write}}, "unsynchronised write at bank.go:14 in (*Account).Deposit"},
		{
			finding.Fact{Hang: &finding.Hang{Left: true, Groups: []finding.Waiters{{Count: 2, Spot: locking}}}},
			"goroutines are left that nobody will ever wake: 2 goroutines wait to lock a sync.Mutex at bank.go:14",
		},
		{
			finding.Fact{Leftover: &finding.Leftover{Count: 1, Outside: true, Doing: finding.Doing{Verb: finding.Sleeps}}},
			"a goroutine that something started is still there after the test: it sleeps",
		},
		{
			finding.Fact{Crash: &finding.Crash{Causes: []finding.Cause{{Type: "bank.Refund"}, {Text: "no"}}}},
			"panic: a value of type bank.Refund; while that was handled: no",
		},
		{
			finding.Fact{Orders: &finding.Orders{One: finding.Order{First: deposit, Second: balance}, Other: finding.Order{First: balance}, Alone: true}},
			"at bank.go:14 and then at bank.go:20, elsewhere at bank.go:20 and then outside the exercise (by a single goroutine)",
		},
		{finding.Fact{Failure: &finding.Failure{Test: "TestA", Text: "got 2"}}, "TestA: got 2"},
		{finding.Fact{Difference: &finding.Difference{Test: "TestA"}}, "TestA observed what it never observes with the reference solution"},
		{
			finding.Fact{Slower: &finding.Slower{Test: "TestA", Took: 4e9, Reference: 1e9}},
			"TestA takes 4s, and 1s with the reference solution: what could happen at the same time happens one after the other",
		},
		{
			finding.Fact{Exit: &finding.Exit{Test: "TestA", Status: 3}},
			"the program ended itself in TestA with exit status 3, before its tests were done",
		},
		{finding.Fact{NoEnd: &finding.NoEnd{}}, "the tests did not end"},
		{finding.Fact{NoEnd: &finding.NoEnd{Test: "TestA", Prints: true}}, "it printed without end in TestA"},
		{finding.Fact{Breach: &finding.Breach{Rule: finding.RuleMemory, KiB: 4 << 20}}, "compiling and checking this program takes more than 4096 MiB of memory, and was stopped"},
		{finding.Fact{Breach: &finding.Breach{Rule: finding.RuleProcessor, Want: "1m30s"}}, "compiling and checking this program takes longer than 1m30s, and was stopped"},
		{finding.Fact{Breach: &finding.Breach{Rule: finding.RuleSize, Name: "bank.go", KiB: 1024}}, "bank.go is larger than 1024 KiB"},
		{
			finding.Fact{Breach: &finding.Breach{Rule: finding.RuleNotRead, Name: "x.go", Allowed: []string{"bank.go"}}},
			"x.go is not part of the submission: only [bank.go] is read",
		},
		{
			finding.Fact{Breach: &finding.Breach{Rule: finding.RuleNotRead, Name: "x.go", Allowed: []string{"bank.go"}, More: 99_980}},
			"x.go, and 99980 more Go files, are not part of the submission: only [bank.go] is read",
		},
		{finding.Fact{Breach: &finding.Breach{Rule: finding.RuleUntampered}}, "the record of the tests was tampered with"},
		{finding.Fact{Quotation: &finding.Quotation{Text: "undefined: main", Linking: true}}, "the program cannot be built: undefined: main"},
	} {
		if got := factWords(recorded(t, tt.fact)); got != tt.want {
			t.Errorf("got  %q\nwant %q", got, tt.want)
		}
	}
}

// recorded is a value that was written as JSON and read again.
func recorded[T any](t *testing.T, v T) (out T) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(v, out); diff != "" {
		t.Errorf("JSON loses something:\n%s", diff)
	}
	return out
}

// A learner does not see the contract, so no place in it is named.
func TestPlacesOfTheContract(t *testing.T) {
	frame := func(l finding.Location) finding.Frame {
		return finding.Frame{Function: l.Function, File: l.File, Line: l.Line}
	}
	stack := []finding.Frame{frame(deposit), frame(hidden), frame(hidden)}
	got := view{full: true}.goroutine(finding.Goroutine{ID: 7, State: "sleep", Stack: stack, CreatedBy: stack[1:]})
	if want := "goroutine 7 [sleep] at bank.go:14 in (*Account).Deposit, called by the scenario, started by the scenario"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := placeOf(hidden) + "; " + shortPlace(hidden); strings.Contains(got, finding.ContractFile) || strings.Contains(got, "payingIn") {
		t.Errorf("%q", got)
	}
}

func TestRoleWords(t *testing.T) {
	names := func(names ...finding.GoroutineName) []finding.GoroutineName { return names }
	spin := finding.Spot{Place: spinner, Doing: finding.Doing{Verb: finding.Runs, In: "spin"}}
	for _, tt := range []struct {
		role finding.Role
		want string
	}{
		{finding.Role{}, ""},
		{
			finding.Role{Kind: finding.RoleAccess, Goroutines: names(finding.MainGoroutine), Previous: true, Access: &finding.Access{Op: finding.AccessMapRead, Inside: "slices.Sort"}},
			"previous map read by the main goroutine inside slices.Sort",
		},
		{finding.Role{Kind: finding.RoleStarted}, "started here"},
		{finding.Role{Kind: finding.RoleStarted, Goroutines: names("7", "8")}, "goroutines 7 and 8 were started here"},
		{
			finding.Role{Kind: finding.RoleStarted, Goroutines: names("7"), Function: "sync.(*WaitGroup).Go"},
			"goroutine 7 was started by sync.(*WaitGroup).Go during the call here",
		},
		{
			finding.Role{Kind: finding.RoleDoes, Goroutines: names("7", "8", "9", "10"), More: 3, Spot: &locking, Label: "A"},
			"goroutines 7, 8, 9, 10 and 3 more wait to lock a sync.Mutex here (A)",
		},
		{
			finding.Role{Kind: finding.RoleDoes, Goroutines: names("7"), Spot: &spin},
			"goroutine 7 runs in this function; a loop with nothing in it has no line",
		},
		{
			finding.Role{Kind: finding.RoleWaits, Goroutines: names("b"), Op: finding.OpLock, Object: "mu", For: names("c", "d")},
			"goroutine b waits here: lock mu, which c and d hold",
		},
		{finding.Role{Kind: finding.RoleLocked, Reads: true}, "it was read-locked here"},
		{
			finding.Role{Kind: finding.RoleHeld, Fate: &finding.Fate{Left: "Open", Now: &locking}},
			"the mutex was locked here, by a goroutine that has left Open with it still locked and now waits to lock a sync.Mutex at bank.go:14",
		},
		{finding.Role{Kind: finding.RoleHolderNow, Spot: &locking}, "the goroutine that holds it waits to lock a sync.Mutex here"},
	} {
		if got := roleWords(finding.Related{Role: recorded(t, tt.role)}); got != tt.want {
			t.Errorf("got  %q\nwant %q", got, tt.want)
		}
	}
}

// Of a data race both accesses are told, also where neither is a step.
func TestRacesTellBothAccesses(t *testing.T) {
	read := finding.Access{Op: finding.AccessRead, Place: balance, Exact: finding.AtLine, By: "7"}
	write := finding.Access{Op: finding.AccessWrite, Write: true, Place: deposit, Exact: finding.AtLine, By: finding.MainGoroutine, Previous: true}
	f := finding.Finding{Kind: finding.DataRace, Location: deposit, Fact: finding.Fact{Conflict: &finding.Conflict{First: write, Second: &read}}}
	if _, own, _ := placesOf(f); own != "previous write by the main goroutine" {
		t.Errorf("the first place is %q", own)
	}
	f.Fact.Conflict.Second = nil
	if _, own, _ := placesOf(f); own != "" {
		t.Errorf("the only place is %q", own)
	}
	const want = "a data race: nothing orders this read and the write of another goroutine at bank.go:14 in (*Account).Deposit"
	if got := faultWords(finding.Fault{Kind: finding.FaultRace, Conflict: &finding.Conflict{First: write, Second: &read}}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRelockPlaces(t *testing.T) {
	taken := func(at finding.Location, reads bool) finding.Taking { return finding.Taking{Place: at, Reads: reads} }
	for _, tt := range []struct {
		held, again finding.Taking
		want        string
	}{
		{taken(deposit, false), taken(balance, false), "at bank.go:14, and again at bank.go:20"},
		{taken(deposit, true), taken(balance, true), "for reading at bank.go:14, and again at bank.go:20"},
		{taken(deposit, true), taken(balance, false), "for reading at bank.go:14, and for writing at bank.go:20"},
		{taken(deposit, false), taken(balance, true), "for writing at bank.go:14, and for reading at bank.go:20"},
		{taken(deposit, false), taken(deposit, false), "at bank.go:14, and again there"},
		{taken(finding.Location{}, false), taken(finding.Location{}, false), "outside the exercise, and again outside the exercise"},
	} {
		if got := relockPlaces(finding.Relock{Held: tt.held, Again: tt.again}); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// A recorded message stays; what has none gets one, wherever it is.
func TestWordsFillsIn(t *testing.T) {
	counter := 3
	step := finding.Step{Op: "done", Counter: &counter, Wrong: true, Fault: &finding.Fault{Kind: finding.FaultLeft, Count: 2}}
	in := []finding.Finding{{
		Message: "recorded", Fact: finding.Fact{NoEnd: &finding.NoEnd{}},
		Related:  []finding.Related{{Role: finding.Role{Kind: finding.RolePanicked}}, {Message: "recorded"}},
		Evidence: finding.Evidence{Trace: &finding.Interleaving{Goroutines: []finding.Lane{{Name: finding.Clock}}, Steps: []finding.Step{step}}},
	}}
	out := Words(in)[0]
	trace := out.Evidence.Trace
	got := []string{out.Message, out.Related[0].Message, out.Related[1].Message, trace.Steps[0].Value, trace.Steps[0].Why, trace.Goroutines[0].Function}
	want := []string{"recorded", "it panicked again here", "recorded", "counter 3", "the test has returned, and 2 of its goroutines will never end", clockWords}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if in[0].Related[0].Message != "" || in[0].Evidence.Trace.Steps[0].Value != "" {
		t.Error("what was handed in has changed")
	}
}

// A program for JSON has every message that it had.
func TestJSONHasMessages(t *testing.T) {
	var b strings.Builder
	v := finding.Verdict{Findings: []finding.Finding{{Fact: finding.Fact{NoEnd: &finding.NoEnd{}}}}}
	if err := JSON(&b, v, Style{}, Context{}); err != nil || !strings.Contains(b.String(), `"message":"the tests did not end"`) {
		t.Errorf("%v, %s", err, b.String())
	}
	b.Reset()
	r := finding.Replay{Interleaving: finding.Interleaving{Steps: []finding.Step{{Fault: &finding.Fault{Kind: finding.FaultStuck}}}}}
	if err := ReplayJSON(&b, r, Style{}, Context{}); err != nil || !strings.Contains(b.String(), `"why":"from here on no goroutine can go on"`) {
		t.Errorf("%v, %s", err, b.String())
	}
}

// Two RLocks of one goroutine are no bug by themselves: a writer has to come between.
func TestWhyReads(t *testing.T) {
	reads, writes := finding.Taking{Reads: true}, finding.Taking{}
	for _, tt := range []struct {
		relock finding.Relock
		want   string
	}{
		{finding.Relock{Held: reads, Again: reads}, "Why this is a bug: " + whyReads},
		{finding.Relock{Held: reads, Again: writes}, "Why this is a bug: " + kinds[finding.RecursiveLock].why},
		{finding.Relock{Held: writes, Again: reads}, "Why this is a bug: " + kinds[finding.RecursiveLock].why},
	} {
		if got := why(finding.Finding{Kind: finding.RecursiveLock, Fact: finding.Fact{Relock: &tt.relock}}); got != tt.want {
			t.Errorf("%+v: %q", tt.relock, got)
		}
	}
}

// A step that races with two others says so of both, and of each once.
func TestRacesToo(t *testing.T) {
	first := finding.Step{Number: 1, Goroutine: "b", Op: finding.OpWrite}
	other := finding.Step{Number: 12, Goroutine: "b", Op: finding.OpWrite}
	read := finding.Step{Number: 14, Goroutine: "c", Op: finding.OpRead}
	text := ""
	for _, s := range []finding.Step{first, first, other, first, other} {
		text = racesToo(text, racesHere(s, read, finding.Fault{}))
	}
	const want = "a data race: nothing orders this read and the write of goroutine b in step 1; " +
		"nothing orders this read and the write of goroutine b in step 12"
	if text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}
