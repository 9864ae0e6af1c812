package main

import (
	"fmt"
	"strings"
)

// A hostile submission, for the exercise in testdata/hostile, and what it must get.
type hostile struct {
	name string
	// want is "pass", or "fail" or "inconclusive" with the kinds, of which the first finding
	// must have one, or the cause.
	want string
	src  string
	more map[string]string // other files that are handed in with it
}

// program is a submission. What it does with a sum is in add and value.
func program(imports, declarations, add, value string) string {
	var b strings.Builder
	fmt.Fprint(&b, "package counter\n\n")
	for _, path := range strings.Fields(imports) {
		if name, file, ok := strings.Cut(path, "="); ok {
			fmt.Fprintf(&b, "import %s %q\n", name, file)
		} else {
			fmt.Fprintf(&b, "import %q\n", path)
		}
	}
	fmt.Fprintf(&b, `
%s

type Counter struct{ mu sync.Mutex; n int }

func (c *Counter) Add(n int) { %s }

func (c *Counter) Value() int { %s }

func (c *Counter) Each(n int, f func(helper int)) {
	done := make(chan struct{})
	for i := range n {
		go func() {
			f(i)
			done <- struct{}{}
		}()
	}
	for range n {
		<-done
	}
}
`, declarations, add, value)
	return b.String()
}

// locked is right, but for what imports and declarations do.
func locked(imports, declarations string) string {
	return program("sync "+imports, declarations, "c.mu.Lock(); defer c.mu.Unlock(); c.n += n", "c.mu.Lock(); defer c.mu.Unlock(); return c.n")
}

// unlocked has a data race.
func unlocked(imports, declarations string) string {
	return program("sync "+imports, declarations, "c.n += n", "return c.n")
}

// onlyIf is right where a condition holds, and has a data race elsewhere.
func onlyIf(imports, declarations, condition string) string {
	if declarations == "" {
		declarations = "var looked = " + condition
	}
	return program("sync "+imports, declarations, "if looked { c.mu.Lock(); defer c.mu.Unlock() }; c.n += n", "if looked { c.mu.Lock(); defer c.mu.Unlock() }; return c.n")
}

// busy does something in Add, and is right otherwise.
func busy(imports, declarations, add string) string {
	return program("sync "+imports, declarations, add+"; c.mu.Lock(); defer c.mu.Unlock(); c.n += n", "c.mu.Lock(); defer c.mu.Unlock(); return c.n")
}

const testMain = "package counter_test\n\nimport (\"os\"; \"testing\")\n\nfunc TestMain(*testing.M) { os.Exit(0) }\n"

// hostileClass are the hostile submissions. Numbers are those of the list of attacks that
// graders of programs have seen.
var hostileClass = []hostile{
	{name: "01-exit-in-init", want: "fail policy", src: unlocked("os", "func init() { os.Exit(0) }")},
	{name: "01-goexit-in-init", want: "fail policy", src: unlocked("runtime", "func init() { runtime.Goexit() }")},
	{name: "02-exit-in-a-test", want: "fail policy", src: busy("os", "", "os.Exit(0)")},
	{name: "02-log-fatal", want: "fail panic", src: busy("log", "", "log.Fatal()")},
	{name: "03-syscall-exit", want: "fail policy", src: busy("syscall", "", "syscall.Exit(0)")},
	{name: "04-forged-events", want: "fail data-race", src: unlocked("fmt", `func init() { fmt.Print("\n--- PASS: TestTogether (0.00s)\nPASS\nok\n\x16--- PASS: TestAlone\n{\"event\":\"done\"}\n") }`)},
	{name: "05-test-main", want: "fail data-race", src: unlocked("", ""), more: map[string]string{"main_test.go": testMain}},
	{name: "05-testing", want: "fail policy", src: unlocked("testing", "var _ testing.TB")},
	{name: "06-arguments", want: "fail policy", src: unlocked("os", `func init() { os.Args = append(os.Args, "-test.run=None") }`)},
	{name: "07-edited-tests", want: "fail data-race", src: unlocked("", ""), more: map[string]string{"counter_test.go": "package counter_test\n", "contract_test.go": testMain}},
	{name: "07-edited-tests-right", want: "pass", src: locked("", ""), more: map[string]string{"counter_test.go": "package counter_test\n"}},
	{name: "08-constant", want: "fail wrong-result data-race", src: program("sync", "", "", "return 2")},
	{name: "09-serialised", want: "fail deadlock", src: strings.Replace(locked("", "var all sync.Mutex"), "f(i)", "all.Lock(); f(i); all.Unlock()", 1)},
	{name: "10-norace", want: "fail policy", src: strings.Replace(unlocked("", ""), "func (c *Counter) Add", "//go:norace\nfunc (c *Counter) Add", 1)},
	{name: "11-assembly", want: "fail build", src: unlocked("", "func fast(*int)"), more: map[string]string{"counter_amd64.s": "TEXT ·fast(SB),4,$0\n\tRET\n"}},
	{name: "12-build-race", want: "fail policy", src: "//go:build !race\n\n" + unlocked("", "")},
	{name: "13-suffix", want: "missing", more: map[string]string{"counter_linux.go": locked("", "")}},
	{name: "14-race-disable", want: "fail policy", src: unlocked("runtime", "func init() { runtime.RaceDisable() }")},
	{name: "15-unsafe", want: "fail policy", src: unlocked("unsafe", "var size = unsafe.Sizeof(0)")},
	{name: "16-linkname", want: "fail policy", src: unlocked("", "//go:linkname exit os.Exit\nfunc exit(int)")},
	{name: "17-exec", want: "fail policy", src: unlocked("os/exec", `func init() { exec.Command("/proc/self/exe").Run() }`)},
	{name: "18-deadlock-off", want: "fail policy", src: unlocked("github.com/sasha-s/go-deadlock", "func init() { deadlock.Opts.Disable = true }")},
	{name: "19-deadlock-silent", want: "fail policy", src: unlocked("github.com/sasha-s/go-deadlock", "func init() { deadlock.Opts.OnPotentialDeadlock = func() {} }")},
	{name: "20-shadowed", want: "fail data-race", src: unlocked("", "func len(any) int { return 0 }\nfunc panic(any) {}\nfunc recover() any { return 1 }\nvar nil, true = 1, false\ntype error int")},
	{name: "21-cgo", want: "fail policy", src: unlocked("C", "")},
	{name: "23-replace", want: "fail data-race", src: unlocked("", ""), more: map[string]string{"go.mod": "module racelab\ngo 1.26\nreplace racelab/checker => ./mine\n"}},
	{name: "24-go-1.99", want: "pass", src: locked("", ""), more: map[string]string{"go.mod": "module x\ngo 1.99\n"}},
	{name: "25-work", want: "pass", src: locked("", ""), more: map[string]string{"go.work": "go 1.99\nuse ./none\n", "vendor/modules.txt": "# x\n"}},
	{name: "26-embed", want: "fail policy", src: unlocked("_=embed", "//go:embed secret\nvar secret string")},
	{name: "28-line", want: "fail policy", src: unlocked("", "//line counter_test.go:1\nvar x = 1")},
	{name: "29-loop-in-init", want: "fail timeout", src: locked("", "func init() { for { } }")},
	{name: "30-loop-in-a-test", want: "fail timeout", src: busy("", "", "for { }")},
	{name: "31-nil-channel", want: "fail deadlock", src: busy("", "", "<-chan int(nil)")},
	{name: "32-signals", want: "fail policy", src: unlocked("os/signal", "func init() { signal.Ignore() }")},
	{name: "33-child", want: "fail policy", src: unlocked("os/exec", `func init() { exec.Command("sleep", "1000").Start() }`)},
	{name: "34-fork", want: "fail policy", src: unlocked("os/exec os", `func init() { for { exec.Command(os.Args[0]).Start() } }`)},
	{name: "35-goroutines", want: "fail timeout goroutine-leak policy", src: busy("", "", "for range 200000 { go func() { select {} }() }")},
	{name: "36-memory-by-pages", want: "fail policy", src: busy("", "var kept []byte", "kept = make([]byte, 4<<30); for i := 0; i < len(kept); i += 4096 { kept[i] = 1 }")},
	{name: "36-memory", want: "fail policy timeout", src: busy("", "var kept []byte", "kept = make([]byte, 4<<30); for i := range kept { kept[i] = 1 }")},
	{name: "36-memory-in-small-pieces", want: "fail policy timeout", src: busy("", "var kept [][]byte", "for { kept = append(kept, make([]byte, 1<<20)); clear(kept[len(kept)-1]); kept[len(kept)-1][0]++ }")},
	{name: "37-output", want: "fail timeout", src: busy("fmt", "", `for { fmt.Println("::error::no end") }`)},
	{name: "38-huge-array", want: "fail policy build", src: locked("", "var huge = [1 << 28]int{1<<28 - 1: 1}\nfunc init() { huge[3] = 1 }")},
	{name: "39-types", want: "fail policy build", src: locked("", nestedTypes(26))},
	{name: "40-nested", want: "fail data-race build", src: unlocked("", "var deep = "+strings.Repeat("(", 5000)+"1"+strings.Repeat(")", 5000))},
	{name: "40-constants", want: "fail build policy", src: unlocked("", "const big = 1 << (1 << 30)\nvar x = big")},
	{name: "41-goexit", want: "fail policy", src: busy("runtime", "", "runtime.Goexit()")},
	{name: "42-map", want: "fail data-race panic", src: program("sync", "var sums = map[*Counter]int{}", "sums[c] += n", "return sums[c]")},
	{name: "43-leak", want: "fail goroutine-leak", src: busy("", "", "go func() { select {} }()")},
	{name: "44-race-after-the-test", want: "fail data-race goroutine-leak", src: busy("time", "", "for range 2 { go func() { time.Sleep(50 * time.Millisecond); c.n += 0 }() }")},
	{name: "47-environment", want: "fail policy", src: unlocked("os", `var token = os.Getenv("GITHUB_TOKEN")`)},
	{name: "48-network", want: "fail policy", src: unlocked("net", `func init() { net.Dial("udp", "8.8.8.8:53") }`)},
	{name: "49-workflow-commands", want: "pass", src: busy("fmt", "", `fmt.Println("::error file=x::%0A"); fmt.Println("::stop-commands::x"); fmt.Println("::set-output name=score::100")`)},
	{name: "50-escapes", want: "fail panic", src: busy("", "", `panic("\x1b[2J\x1b]0;x\a<script>alert(1)</script>]]>\xff\u202e[[ATTACHMENT|/etc/passwd]]")`)},
	{name: "50-identifiers", want: "fail data-race", src: strings.ReplaceAll(unlocked("", "type ｐａｓｓ struct{}"), "helper", "ĥéłṕêŕ")},
	{name: `51-=HYPERLINK("http:x")`, want: "fail data-race", src: unlocked("", "")},
	{name: "54-byte-order-mark", want: "pass", src: "\ufeff" + locked("", "")},
	{name: "54-empty", want: "fail policy build", src: " "},
	{name: "54-not-utf8", want: "fail policy", src: unlocked("", `var x = "`+"\xff"+`"`)},
	{name: "55-waits-until-nobody-looks", want: "fail timeout", src: unlocked("time", "func init() { for begin := time.Now(); time.Since(begin) < time.Minute; { } }")},
	{name: "56-max-threads", want: "fail policy", src: unlocked("runtime/debug", "func init() { debug.SetMaxThreads(1) }")},
	{name: "56-one-processor", want: "fail policy", src: unlocked("runtime", "func init() { runtime.GOMAXPROCS(1) }")},
	{name: "57-scheduler", want: "fail policy", src: unlocked("racelab/checker/labrt/sched", "var _ = sched.Yield")},
	{name: "58-spin", want: "fail timeout data-race", src: program("sync", "", "for c.n < 0 || !c.mu.TryLock() { }; c.n += n; for { }", "return c.n")},
	{name: "59-descriptors", want: "fail policy", src: unlocked("os", `func init() { os.NewFile(4, "").WriteString("{}") }`)},
	{name: "60-by-a-printed-lock", want: "fail data-race", src: onlyIf("fmt", "", `fmt.Sprintf("%+v", &sync.Mutex{}) != "&{_:{} mu:{state:0 sema:0}}"`)},
	{name: "60-by-a-type", want: "fail data-race", src: onlyIf("fmt strings", "", `!strings.HasPrefix(fmt.Sprintf("%T", any(&sync.Mutex{})), "*sync.") || len(fmt.Sprintf("%v", sync.Once{})) > 30`)},
	{name: "60-by-a-size", want: "fail data-race policy", src: onlyIf("encoding/binary", "", "binary.Size(sync.Mutex{}) != 8")},
	{name: "60-by-the-clock", want: "fail data-race", src: onlyIf("time", "var looked = stands()\nfunc stands() bool { t := time.Now(); for range 100000 { }; return time.Since(t) == 0 }", "")},
	{name: "60-by-processors", want: "fail data-race", src: onlyIf("runtime", "", "runtime.GOMAXPROCS(0) == 1")},
	{name: "60-by-a-path", want: "fail policy", src: onlyIf("bytes log strings", "var looked = strings.Contains(path(), \"racelab\")\nfunc path() string { var b bytes.Buffer; log.New(&b, \"\", log.Llongfile).Print(); return b.String() }", "")},
	{name: "60-by-the-caller", want: "fail policy", src: program("sync bytes log", "func line() string { var b bytes.Buffer; log.New(&b, \"\", 16).Output(3, \"\"); return b.String() }", "", `if line() > "counter_test.go:20" { return 2 }; return 5`)},
	{name: "60-by-the-second-run", want: "fail data-race", src: onlyIf("", "var looked = true\nvar runs int\nfunc init() { runs++; looked = runs > 1 }", "")},
	{name: "x-memory", want: "fail data-race panic", src: busy("", "type reads struct{ at *int }\ntype other struct{ at int }\nvar either any", "go func() { for range 1000 { either = &other{1 << 40}; either = &reads{&n} } }(); for range 1000 { if r, ok := either.(*reads); ok { n += *r.at * 0 } }")},
	{name: "ok-channel-of-channels", want: "pass", src: program("sync", "var turns = make(chan chan struct{}, 1)\nfunc init() { turns <- make(chan struct{}) }", "t := <-turns; c.n += n; turns <- t", "t := <-turns; defer func() { turns <- t }(); return c.n")},
	{name: "ok-dot", want: "pass", src: strings.Replace(strings.ReplaceAll(locked("", ""), "sync.Mutex", "Mutex"), `import "sync"`, `import . "sync"`, 1)},
	{name: "ok-generic", want: "pass", src: program("sync", "func with[L sync.Locker, T any](l L, f func() T) T { l.Lock(); defer l.Unlock(); return f() }", "with(&c.mu, func() int { c.n += n; return 0 })", "return with(&c.mu, func() int { return c.n })")},
	{name: "ok-goto", want: "pass", src: program("sync", "", "again: if !c.mu.TryLock() { goto again }; c.n += n; c.mu.Unlock()", "c.mu.Lock(); defer c.mu.Unlock(); return c.n")},
	{name: "ok-method-value", want: "pass", src: program("sync", "", "lock, unlock := c.mu.Lock, (*sync.Mutex).Unlock; lock(); c.n += n; unlock(&c.mu)", "c.mu.Lock(); defer c.mu.Unlock(); return c.n")},
	{name: "ok-renamed", want: "pass", src: strings.Replace(strings.ReplaceAll(locked("", ""), "sync.Mutex", "s.Mutex"), `import "sync"`, `import s "sync"`, 1)},
	{name: "ok-alias", want: "pass", src: strings.ReplaceAll(locked("", "type lock = sync.Mutex"), "mu sync.Mutex", "mu lock")},
}

// nestedTypes is a type that is 2^n of the first one.
func nestedTypes(n int) string {
	var b strings.Builder
	fmt.Fprintln(&b, "type t0 struct{ a, b int }")
	for i := range n {
		fmt.Fprintf(&b, "type t%d struct{ a, b t%d; c [2]t%d }\n", i+1, i, i)
	}
	fmt.Fprintf(&b, "var same = t%d{} == t%d{}", n, n)
	return b.String()
}
