package main

import (
	"fmt"
	"sync"
	"time"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add(n int)                         { c.mu.Lock(); c.n += n; c.mu.Unlock(); step <- "add" }
func (c counter) show(what string)                   { step <- fmt.Sprint(what, c.n) }
func (c *counter) addAll(what string, ns ...int) int { c.n += len(ns); step <- what; return c.n }
func (c *counter) report(to fmt.Stringer, v any)     { step <- fmt.Sprint(to, v) }
func two() (string, any)                             { return "two", 2 }
func late(s string, v any)                           { step <- fmt.Sprint(s, v) }
func results(x float64) (a, b int, err error)        { step <- fmt.Sprint(x); return }
func many(first int, rest ...any)                    { step <- fmt.Sprint(first, len(rest), rest) }
func maker(name string) func(string)                 { return func(s string) { step <- name + s } }
func choose[T any](x T, more ...T) (y T)             { step <- fmt.Sprint(x, len(more)); return }
func pair[K comparable, V any](k K, v V)             { step <- fmt.Sprint(k, v) }

type adder interface{ add(int) }

type handler func(int)

func (h handler) call(n int) { h(n) }

// step says what a goroutine did; each is awaited before the next one starts.
var step = make(chan string)

func await(times int) {
	for range times {
		fmt.Println(<-step)
	}
}

func goroutines() {
	c := &counter{}
	go func() { step <- "literal" }()
	await(1)
	go func() int { step <- "with a result"; return 1 }()
	await(1)
	go (func() { step <- "in parentheses" })()
	await(1)
	go func(int, string) { step <- "unnamed parameters" }(1, "x")
	await(1)
	go func(_ int, a, b any, e error) { step <- fmt.Sprint(a, b, e) }(1, 'x', nil, nil)
	await(1)
	go func(ns ...int) { step <- fmt.Sprint(ns) }(1, 2)
	await(1)
	go func(s string, v any) { step <- fmt.Sprint(s, v) }(two())
	await(1)
	go func(
		a int, // a comment
		b int,
	) {
		step <- fmt.Sprint(a + b)
	}(
		1,
		2, // another
	)
	await(1)
	go c.add(2)
	await(1)
	go c.show("value ")
	await(1)
	go (*counter).add(c, 3)
	await(1)
	go counter.show(*c, "expression ")
	await(1)
	go adder(c).add(4)
	await(1)
	go c.addAll("variadic", 1, 2, 3)
	await(1)
	go c.addAll("spread", []int{1, 2}...)
	await(1)
	go c.addAll("none")
	await(1)
	go c.report(time.Second, nil)
	await(1)
	go late(two())
	await(1)
	go many(1, nil, "x", 2.5)
	await(1)
	go results(1 << 3)
	await(1)
	go maker("made")(" here")
	await(1)
	go handler(func(n int) { step <- fmt.Sprint("handler ", n) }).call(7)
	await(1)
	go handler(func(n int) { step <- fmt.Sprint("handler ", n) })(8)
	await(1)
	go choose(1, 2)
	await(1)
	go choose[any]("instantiated")
	await(1)
	go pair[string]("partly", 1)
	await(1)
	go pair(c.n, []*counter{nil})
	await(1)
	type local struct{ n int }
	go pair(local{1}, local{2})
	await(1)
	builtins()
	order()
	nested()
}

func builtins() {
	done := make(chan int)
	go close(done)
	<-done
	go delete(map[string]int{"a": 1}, "a")
	go copy(make([]int, 1), []int{2})
	again := done
	again = make(chan int)
	kept := again
	go close(again)
	again = nil
	fmt.Println(<-kept)
	go print()
}

// What a go statement calls is evaluated before the goroutine starts.
func order() {
	say := func(s string) string { fmt.Println("evaluated", s); return s }
	values := make(chan string, 3)
	values <- "received"
	f := func(a, b, c string) { step <- a + b + c }
	go f(say("a"), <-values, say("c"))
	f = nil
	await(1)
	x := 1
	go func(y int) { step <- fmt.Sprint(x, y) }(x)
	await(1)
	go late(func() (string, any) { fmt.Println("first"); return "x", 1 }())
	await(1)
	switch {
	case true:
		go late("case", 1)
	}
	await(2 - 1)
	if x == 1 {
		go late("if", 2)
	}
	await(1)
	x = 0
again:
	go late("labelled", x)
	await(1)
	if x++; x < 3 {
		goto again
	}
}

func nested() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		inner := make(chan int)
		go func() {
			defer wg.Done()
			go func(c chan<- int) { c <- 42 }(inner)
			step <- fmt.Sprint("nested ", <-inner)
		}()
	}()
	await(1)
	wg.Wait()
}
