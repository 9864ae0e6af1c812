package gostack_test

import (
	"fmt"
	"strings"
	"testing"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/report"
)

var bank = finding.Sources{Dir: "/lab/bank", Editable: []string{"bank.go"}}

// goroutine writes a block. Each of frames is "function file:line".
func goroutine(id int, state string, frames ...string) string {
	var s strings.Builder
	fmt.Fprintf(&s, "goroutine %d [%s]:\n", id, state)
	for _, f := range frames {
		i := strings.LastIndexByte(f, ' ')
		fmt.Fprintf(&s, "%s\n\t%s +0x1\n", f[:i], f[i+1:])
	}
	return s.String()
}

// dump reads what SIGQUIT makes the run-time print.
func dump(t *testing.T, goroutines ...string) gostack.Dump {
	t.Helper()
	return parse(t, []byte("SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n"+strings.Join(goroutines, "\n")))
}

const (
	send    = "bank.Send(0x1) /lab/bank/bank.go:7"
	test    = "bank_test.TestSend(0xc1) /lab/bank/bank_test.go:3"
	started = "created by bank.Start in goroutine 8 /lab/bank/bank.go:5"
	main    = "main.main() _testmain.go:9"
)

// What makes a hang a deadlock, and what does not count.
func TestHangKind(t *testing.T) {
	tester := goroutine(8, "sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0xc000000010) /goroot/wg.go:1", test,
		"created by racelab/checker/labrt/testing.(*T).guard in goroutine 1 /labrt/testing/run.go:1")
	blocked := goroutine(9, "chan send, 2 minutes", send, started)
	for _, tt := range []struct {
		name string
		more string // another goroutine
		want finding.Kind
	}{
		{"blocked", "", finding.Deadlock},
		{"also a nil channel", goroutine(10, "chan receive (nil chan)", send, started), finding.Deadlock},
		{"a sleeper", goroutine(10, "sleep", "time.Sleep(0x1) /goroot/time.go:1", send, started), finding.Timeout},
		{"a runner", goroutine(10, "running", send, started), finding.Timeout},
		{"a runner without a stack", "goroutine 10 [running]:\n\tgoroutine running on other thread; stack unavailable\n" +
			strings.Replace(started, " /", "\n\t/", 1) + " +0x1\n", finding.Timeout},
		{"input", goroutine(10, "IO wait", "internal/poll.runtime_pollWait(0x1) /goroot/poll.go:1", send, started), finding.Timeout},
		{"a system call", goroutine(10, "syscall", "syscall.Syscall6(0x1) /goroot/sys.go:1", send, started), finding.Timeout},
		{"a state of the future", goroutine(10, "new in go9.9", send, started), finding.Timeout},
		{"a library's goroutine on its behalf", goroutine(10, "IO wait", "os/exec.f(0x1) /goroot/exec.go:1", "created by os/exec.Start in goroutine 9 /goroot/exec.go:2"), finding.Timeout},
		{"a library's on behalf of that", goroutine(10, "chan receive", "lib.f() /m/lib.go:1", "created by lib.Start in goroutine 9 /m/lib.go:2") + "\n" +
			goroutine(11, "runnable", "lib.g() /m/lib.go:1", "created by lib.f in goroutine 10 /m/lib.go:2"), finding.Timeout},
		{"a library's that is blocked", goroutine(10, "select", "context.f(0x1) /goroot/ctx.go:1", "created by context.g in goroutine 9 /goroot/ctx.go:2"), finding.Deadlock},
		{"a library's function in WaitGroup.Go", goroutine(10, "IO wait", "os.(*File).Read(0x1) /goroot/file.go:1", "created by racelab/checker/labrt/sync.(*WaitGroup).Go in goroutine 9 /labrt/sync/sync.go:35"), finding.Timeout},
		{"the harness's own", goroutine(10, "running", "racelab/checker/labrt/rt.dump() /labrt/rt/lock.go:1", "created by racelab/checker/labrt/rt.f in goroutine 9 /labrt/rt/lock.go:2"), finding.Deadlock},
		{"the run-time's own", goroutine(2, "force gc (idle)", "runtime.gopark(0x1) /goroot/proc.go:1", "created by runtime.init in goroutine 1 /goroot/proc.go:2"), finding.Deadlock},
	} {
		all := []string{goroutine(1, "chan receive", main), tester, blocked}
		if tt.more != "" {
			all = append(all, tt.more)
		}
		found := report.Words(gostack.Diagnose(dump(t, all...), bank))
		if len(found) != 1 || found[0].Kind != tt.want {
			t.Errorf("%s: want %s, got %+v", tt.name, tt.want, found)
			continue
		}
		for _, g := range found[0].Evidence.Goroutines {
			if len(g.Stack) == 0 && len(g.CreatedBy) == 0 {
				t.Errorf("%s: goroutine %d is shown, which never enters the exercise", tt.name, g.ID)
			}
		}
	}
}

// A hang outside the exercise is not the learner's.
// In a file that sets timers, who waits for a channel may wait for one of them.
func TestHangWithTimers(t *testing.T) {
	timed := bank
	timed.Timed = bank.Editable
	for _, tt := range []struct {
		state string
		want  finding.Kind
	}{
		{"select", finding.Timeout},
		{"chan receive", finding.Timeout},
		{"chan receive (leaked)", finding.Deadlock},
		{"select (leaked), 2 minutes", finding.Deadlock},
		{"chan receive (nil chan)", finding.Deadlock},
		{"chan send", finding.Deadlock},
		{"sync.Mutex.Lock", finding.Deadlock},
	} {
		all := dump(t, goroutine(9, tt.state, send, started))
		if found := gostack.DiagnoseHang(all, timed); len(found) != 1 || found[0].Kind != tt.want {
			t.Errorf("%s: %+v", tt.state, found)
		}
		if found := gostack.DiagnoseHang(all, bank); len(found) != 1 || found[0].Kind != finding.Deadlock {
			t.Errorf("%s, and no timers: %+v", tt.state, found)
		}
	}
}

func TestHangElsewhere(t *testing.T) {
	if found := gostack.Diagnose(dump(t, goroutine(1, "chan receive", main)), bank); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

func TestHangWords(t *testing.T) {
	const (
		lock  = "sync.(*Mutex).Lock(0xc000000010) /goroot/mu.go:1"
		inner = "internal/sync.(*Mutex).lockSlow(0xc000000020) /goroot/mu.go:1"
	)
	for _, tt := range []struct {
		name, goroutine, want string
	}{
		{"mutex", goroutine(8, "sync.Mutex.Lock", lock, send), "waits to lock a sync.Mutex here"},
		{"through the stand-in", goroutine(8, "sync.Mutex.Lock", lock, "racelab/checker/labrt/sync.(*Mutex).Lock(0x1) /labrt/sync/sync.go:3", send), "waits to lock a sync.Mutex here"},
		{"through go-deadlock", goroutine(8, "sync.Mutex.Lock", lock, "github.com/sasha-s/go-deadlock.(*RWMutex).RLock(0x1) /m/d.go:3", send), "waits to lock a sync.RWMutex for reading here"},
		{"a second writer", goroutine(8, "sync.Mutex.Lock", inner, "sync.(*RWMutex).Lock(0xc000000020) /goroot/rw.go:2", send), "waits to lock a sync.RWMutex for writing here"},
		{"a select", goroutine(8, "select", "reflect.rselect(0x1) /goroot/value.go:1", "reflect.Select(0x1) /goroot/value.go:2", "racelab/checker/labrt/sched.Select(0x1) /labrt/sched/selects.go:141", send), "waits in a select here"},
		{"reflect's own select", goroutine(8, "select", "reflect.rselect(0x1) /goroot/value.go:1", "reflect.Select(0x1) /goroot/value.go:2", send), "waits in a select inside reflect.Select here"},
		{"once", goroutine(8, "sync.Mutex.Lock", lock, "sync.(*Once).doSlow(0x1) /goroot/once.go:2", "sync.(*Once).Do(0x1) /goroot/once.go:1", send), "waits in Once.Do here"},
		{"library", goroutine(8, "select", "io.(*pipe).read(0x1) /goroot/pipe.go:1", "io.(*PipeReader).Read(0x1) /goroot/pipe.go:2", send), "waits in a select inside io.(*PipeReader).Read here"},
		{"go statement of a library's function", goroutine(8, "sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1) /goroot/wg.go:1", started), "waits in WaitGroup.Wait here"},
		{"the test's subtest", goroutine(8, "chan receive", "racelab/checker/labrt/testing.(*T).Run(0x1) /labrt/testing/run.go:1", test), "waits to receive from a channel inside testing.(*T).Run here"},
	} {
		found := report.Words(gostack.DiagnoseHang(dump(t, tt.goroutine), bank))
		if len(found) != 1 || found[0].Related[0].Message != "goroutine 8 "+tt.want {
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
}

// The learner's line may only call what waits, and the run-time may not know it.
func TestWhereabouts(t *testing.T) {
	const (
		wait  = "sync.(*WaitGroup).Wait(0xc000000010) /goroot/wg.go:1"
		meet  = "bank_test.TestSend.func1(0x1) /lab/bank/bank_test.go:9"
		empty = "bank.(*Account).Serve.func1() /lab/bank/bank.go:1"
		value = "04-bank_test.(*street).deliver-fm() <autogenerated>:1"
	)
	street := finding.Sources{Dir: "/lab/04-bank", Editable: []string{"bank.go"}}
	for _, tt := range []struct {
		name, goroutine string
		src             finding.Sources
		message, here   string
	}{
		{
			"in a callback of the test", goroutine(8, "sync.WaitGroup.Wait", wait, meet, send), bank,
			"a goroutine waits inside the call at bank.go:7 (in WaitGroup.Wait at bank_test.go:9)",
			"goroutine 8 waits inside this call (in WaitGroup.Wait at bank_test.go:9)",
		},
		{
			"asleep in a callback", goroutine(8, "sleep", "time.Sleep(0x1) /goroot/time.go:1", meet, send), bank,
			"a goroutine sleeps inside the call at bank.go:7 (at bank_test.go:9)",
			"goroutine 8 sleeps inside this call (at bank_test.go:9)",
		},
		{
			"in the learner's function that a callback called", goroutine(8, "chan send", send, meet, send), bank,
			"a goroutine waits to send to a channel at bank.go:7",
			"goroutine 8 waits to send to a channel here",
		},
		{
			"in the test alone", goroutine(8, "sync.WaitGroup.Wait", wait, meet, test), bank,
			"a goroutine waits in WaitGroup.Wait at bank_test.go:9",
			"goroutine 8 waits in WaitGroup.Wait here",
		},
		{
			"a loop with nothing in it", goroutine(8, "running", empty), bank,
			"a goroutine runs in (*Account).Serve.func1",
			"goroutine 8 runs in this function; a loop with nothing in it has no line",
		},
		{
			"a method as a value", goroutine(8, "chan receive", value, "created by bank.Start in goroutine 7 /lab/04-bank/bank.go:5"), street,
			"a goroutine waits to receive from a channel inside (*street).deliver at bank.go:5",
			"goroutine 8 waits to receive from a channel inside (*street).deliver here",
		},
	} {
		found := report.Words(gostack.DiagnoseHang(dump(t, tt.goroutine), tt.src))
		if len(found) != 1 || found[0].Message != tt.message || found[0].Related[0].Message != tt.here {
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
	many := report.Words(gostack.DiagnoseHang(dump(t, goroutine(8, "sync.WaitGroup.Wait", wait, meet, send), goroutine(9, "sync.WaitGroup.Wait", wait, meet, send)), bank))
	if want := "2 goroutines wait inside the call at bank.go:7 (in WaitGroup.Wait at bank_test.go:9)"; len(many) != 1 || many[0].Message != want {
		t.Errorf("%+v, want %q", many, want)
	}
}

// A thousand goroutines make one finding of moderate size.
func TestHangMany(t *testing.T) {
	var all []string
	for i := range 1000 {
		lock := fmt.Sprintf("sync.(*Mutex).Lock(0xc0000%05x) /goroot/mu.go:1", i/2+1)
		all = append(all, goroutine(i+8, "sync.Mutex.Lock", lock, send, started))
	}
	found := report.Words(gostack.Diagnose(dump(t, all...), bank))
	if len(found) != 1 {
		t.Fatalf("%d findings", len(found))
	}
	f := found[0]
	if !strings.HasPrefix(f.Message, "1000 goroutines wait to lock a sync.Mutex at bank.go:7") {
		t.Error(f.Message)
	}
	if len(f.Related) > 20 || len(f.Evidence.Goroutines) > 20 || len(f.Evidence.Output) > 40_000 {
		t.Errorf("%d related places, %d goroutines, %d bytes", len(f.Related), len(f.Evidence.Goroutines), len(f.Evidence.Output))
	}
	if want := "goroutines 8 and 9 wait to lock a sync.Mutex here (A)"; f.Related[0].Message != want {
		t.Errorf("%q, want %q", f.Related[0].Message, want)
	}
}

// Deadlocks that the run-time or package testing itself reports.
func TestReportedHangs(t *testing.T) {
	blocked := "\n\n" + goroutine(8, "select (no cases)", send, started)
	for message, want := range map[string]finding.Kind{
		"fatal error: all goroutines are asleep - deadlock!":                                    finding.Deadlock,
		"fatal error: no goroutines (main called runtime.Goexit) - deadlock!":                   finding.Deadlock,
		"panic: test timed out after 1s\n\trunning tests:\n\t\tTestSend (1s)":                   finding.Deadlock,
		"panic: deadlock: all goroutines in bubble are blocked":                                 finding.Deadlock,
		"panic: deadlock: main bubble goroutine has exited but blocked goroutines remain":       finding.GoroutineLeak,
		"panic: deadlock: somebody's own words":                                                 finding.Panic,
		"fatal error: concurrent map writes":                                                    finding.DataRace,
		"panic: concurrent map writes":                                                          finding.Panic,
		"fatal error: sync: Unlock of unlocked RWMutex":                                         finding.Panic,
		"panic: cleaning up\nfatal error: sync: unlock of unlocked mutex":                       finding.Panic,
		"runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow":   finding.Panic,
		"panic: sync: WaitGroup is reused before previous Wait has returned":                    finding.Panic,
		"unexpected fault address 0x1\nfatal error: fault\n[signal SIGSEGV: x code=0x1 addr=1]": finding.Panic,
	} {
		found := gostack.Diagnose(parse(t, []byte(message+blocked)), bank)
		if len(found) != 1 || found[0].Kind != want || found[0].Location.Line != 7 {
			t.Errorf("%q: want %s, got %+v", message, want, found)
		}
	}
}

// A crash of which nothing is left but its first lines is still one.
func TestCrashWithoutStack(t *testing.T) {
	found := report.Words(gostack.Diagnose(parse(t, []byte("panic: no")), bank))
	if len(found) != 1 || found[0].Kind != finding.Panic || found[0].Message != "panic: no" || found[0].Evidence.Output != "panic: no" {
		t.Errorf("%+v", found)
	}
}

// Addresses and long texts do not get into a message.
func TestCrashMessages(t *testing.T) {
	for text, want := range map[string]string{
		"(bank.Refund) 0x65a8c8":                "panic: a value of type bank.Refund",
		"(*bank.Refund) 0xc000012345":           "panic: a value of type *bank.Refund",
		"(bank.Pair) (0x1, 0xc000012345)":       "panic: a value of type bank.Pair",
		"(bank.Code) 7":                         "panic: (bank.Code) 7",
		"one\n\ttwo":                            "panic: one …",
		strings.Repeat("x", 300):                "panic: " + strings.Repeat("x", 200) + " …",
		strings.Repeat("x", 199) + "ü":          "panic: " + strings.Repeat("x", 199) + " …",
		"a [recovered]\n\tpanic: a":             "panic: a",
		"a [recovered]\n\tpanic: b\n\tpanic: c": "panic: a; while that was handled: b; while that was handled: c",
	} {
		found := report.Words(gostack.Diagnose(parse(t, []byte("panic: "+text+"\n\n"+goroutine(8, "running", send))), bank))
		if len(found) != 1 || found[0].Message != want {
			t.Errorf("%q: %+v", text, found)
		}
	}
}
