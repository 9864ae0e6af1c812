package steps

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

const header = `package p

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

type T struct {
	mu, other sync.Mutex
	rw        sync.RWMutex
	n         int
	a         atomic.Int64
	c         chan int
	done      chan bool
	wg        sync.WaitGroup
	list      []int
}

var global sync.Mutex

`

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		want       map[string]string
	}{
		{"unlocking, reading and names do not count", "func (t *T) F() int { t.mu.Lock(); defer t.mu.Unlock(); x := t.n; return x }", map[string]string{"(*T).F": "Lock fieldA"}},
		{"a field is set, or changed", "func (t *T) F() { t.n = 1; t.n += 2; t.n = 3 + t.n; t.n--; t.list[0] = 1 }", map[string]string{"(*T).F": "set fieldA change fieldA change fieldA change fieldA set fieldB"}},
		{"helpers are read in the place of their calls", "func (t *T) F() { t.g(t.h()) }\nfunc (t *T) g(n int) { t.other.Lock(); t.n = n }\nfunc (t *T) h() int { t.mu.Lock(); return t.n }", map[string]string{"(*T).F": "Lock fieldA Lock fieldB set fieldC"}},
		{"what a helper is given is what it locks and calls", "func (t *T) F(f func()) { with(&t.mu, func() { t.n++; f() }) }\nfunc with(mu *sync.Mutex, do func()) { mu.Lock(); defer mu.Unlock(); do() }", map[string]string{"(*T).F": "Lock fieldA change fieldB call"}},
		{"and a function by its name", "func (t *T) F() { with(t.g) }\nfunc (t *T) g() { t.mu.Lock() }\nfunc with(do func()) { time.Sleep(1); do() }", map[string]string{"(*T).F": "time.Sleep Lock fieldA"}},
		{"whose lock it is", "func (t *T) F() { t.mu.Lock(); global.Lock(); var mu sync.Mutex; mu.Lock(); t.other.Lock(); t.rw.RLock() }", map[string]string{"(*T).F": "Lock fieldA Lock variableB Lock local Lock fieldC RLock fieldD"}},
		{"another name for the same", "func (t *T) F() { s := t; s.mu.Lock(); (*s).mu.Lock() }", map[string]string{"(*T).F": "Lock fieldA Lock fieldA"}},
		{"two ways to start", "func (t *T) F() { t.wg.Add(1); go func() { defer t.wg.Done(); t.n++ }(); t.wg.Wait() }\nfunc (t *T) G() { t.wg.Go(func() { t.n++ }); t.wg.Wait() }", map[string]string{"(*T).F": "go{ start change fieldA } Wait fieldB", "(*T).G": "go{ start change fieldA } Wait fieldB"}},
		{"a loop, and one in which nobody else sees anything", "func (t *T) F() { for range 3 { t.c <- 1 }; for i := range 3 { t.list = append(t.list, i) } }", map[string]string{"(*T).F": "for{ send fieldA } copy change fieldB"}},
		{"channels", "func (t *T) F() { for x := range t.c { t.n = x }; <-t.done; if len(t.c) > len(t.list) { close(t.c) } }", map[string]string{"(*T).F": "for{ receive fieldA set fieldB } receive fieldC len fieldA close fieldA"}},
		{"the order of a select's cases", "func (t *T) F() { for { select { case <-t.done: return; case x := <-t.c: t.n = x } } }\nfunc (t *T) G() { for { select { case x := <-t.c: t.n = x; case <-t.done: return } } }", map[string]string{
			"(*T).F": "for{ select{ receive fieldA leave | receive fieldB set fieldC } }", "(*T).G": "for{ select{ receive fieldA leave | receive fieldB set fieldC } }",
		}},
		{"a break that leaves the select alone", "func (t *T) F() { for { select { case <-t.done: break; default: } } }", map[string]string{"(*T).F": "for{ select{ default | receive fieldA } }"}},
		{"whether somebody looks at the answer", "func (t *T) F() { t.a.CompareAndSwap(1, 2); _ = t.mu.TryLock(); if t.a.CompareAndSwap(1, 2) { return } }", map[string]string{"(*T).F": "CompareAndSwap in vain fieldA TryLock in vain fieldB CompareAndSwap fieldA"}},
		{"atomics of both kinds", "var x int64\nfunc F() { atomic.AddInt64(&x, 1) }\nfunc (t *T) G() { t.a.Add(1) }", map[string]string{"F": "Add variableB", "(*T).G": "Add fieldA"}},
		{"ways to copy", "func (t *T) F() []int { return slices.Clone(t.list) }\nfunc (t *T) G() []int { return append([]int(nil), t.list...) }", map[string]string{"(*T).F": "copy", "(*T).G": "copy"}},
		{"what nobody knows yet", "func New() *T { t := &T{}; t.n = 1; t.a.Store(2); t.c = make(chan int); go t.run(); return t }\nfunc (t *T) run() { <-t.c }", map[string]string{"New": "go{ start receive fieldA }"}},
		{"what calls itself", "func (t *T) F(n int) { t.mu.Lock(); if n > 0 { t.F(n - 1) } }", map[string]string{"(*T).F": "Lock fieldA again"}},
		{"what calls each other", "func (t *T) F(n int) { t.g(n) }\nfunc (t *T) g(n int) { t.mu.Lock(); t.F(n) }", map[string]string{"(*T).F": "Lock fieldA again"}},
		{"a type of the program's own", "type lock struct{ c chan bool }\nfunc (l lock) Lock() { l.c <- true }\nvar l lock\nfunc F() { l.Lock() }", map[string]string{"F": "send fieldA"}},
		{"a program that does not compile", "func (t *T) F() { t.mu.Lock(); t.missing.g(nothing) }", map[string]string{"(*T).F": "Lock fieldA"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, ok := Of(map[string][]byte{"p.go": []byte(header + tt.code)})
			if !ok || !maps.Equal(p.Exported, tt.want) {
				t.Errorf("%q, %v, want %q", p.Exported, ok, tt.want)
			}
		})
	}
	if _, ok := Of(map[string][]byte{"p.go": []byte("package p\nfunc F( {")}); ok {
		t.Error("what cannot be parsed has steps")
	}
	doubling := header + "func f0() { global.Lock() }\n"
	for i := range 40 {
		doubling += fmt.Sprintf("func f%d() { f%d(); f%d() }\n", i+1, i, i)
	}
	if _, ok := Of(map[string][]byte{"p.go": []byte(doubling + "func F() { f40() }\n")}); ok {
		t.Error("2^40 steps have been read")
	}
}

func TestCallers(t *testing.T) {
	p, ok := Of(map[string][]byte{
		"a.go": []byte(header + "func (t *T) F() { t.g() }\nfunc (t *T) H() { go t.g() }\nfunc (t *T) g() { k() }\nfunc unused() {}\n"),
		"b.go": []byte("package p\nfunc k() {}\n"),
	})
	for name, want := range map[string][]string{"(*T).g": {"(*T).F", "(*T).H"}, "k": {"(*T).F", "(*T).H"}, "unused": nil, "(*T).F": {"(*T).F"}} {
		if got := slices.Sorted(maps.Keys(p.Callers[name])); !ok || !slices.Equal(got, want) {
			t.Errorf("%q lead to %s, want %q", got, name, want)
		}
	}
}

func TestIsExported(t *testing.T) {
	for name, want := range map[string]bool{"Open": true, "open": false, "(*Room).Post": true, "(*Room).post": false, "(*lock).Lock": false, "(Room).Post": true, "room.go": false} {
		if IsExported(name) != want {
			t.Errorf("%s: want %v", name, want)
		}
	}
}

// FuzzOf wants an answer for whatever can be parsed.
func FuzzOf(f *testing.F) {
	f.Add("func F() { F() }")
	f.Add("func F(f func()) { F(f); f() }\nfunc g(f func()) { h(f) }\nfunc h(f func()) { g(func() { f() }) }\nfunc I() { g(nil) }")
	f.Add("func (t *T) F() { _, x := <-t.c; close(); append(); len() }")
	f.Add("func F[P any](p P) { F[int](1); F[P](p) }")
	f.Add("func (T) F() { for range T.F { go (func())(nil)() } }")
	f.Fuzz(func(_ *testing.T, code string) {
		Of(map[string][]byte{"p.go": []byte(header + code)})
	})
}
