package main

import "fmt"

type (
	ints  chan int
	truth bool
	node  struct {
		in   <-chan int
		out  chan<- any
		next *node
	}
)

func channels() {
	c := make(chan int, 8)
	c <- 1
	c <- <-c + 1
	fmt.Println(<-c)
	if c <- 3; len(c) == 1 {
		fmt.Println("one")
	}
	for i := 0; i < 2; c <- i {
		i++
	}
	fmt.Println(len(c), cap(c), -<-c, <-c*2, <-(c))
	conversions()
	pairs()
	calls()

	d := make(ints, 1)
	var send chan<- int = d
	var receive <-chan int = d
	send <- 1
	fmt.Println(len(send), len(receive), len(d))
	(send) <- 2 - <-receive
	fmt.Println(<-d)
	defer fmt.Println("deferred")
	defer close(d)
	defer func() { fmt.Println(recover()) }()
	close(c)
	v, ok := <-c
	fmt.Println(v, ok)
	(close)(c)
}

func conversions() {
	anything := make(chan any, 9)
	anything <- nil
	anything <- 'x'
	anything <- 1 << 3
	anything <- 1 < 2
	anything <- make(chan int) == nil
	anything <- error(nil)
	fmt.Println(<-anything, <-anything, <-anything, <-anything, <-anything, <-anything)
	errs := make(chan error, 1)
	errs <- nil
	fmt.Println(<-errs)
	errs <- fmt.Errorf("an error %d", 1)
	fmt.Println(<-errs)
	floats := make(chan float32, 1)
	floats <- 1
	fmt.Println(<-floats)
	ends := make(chan (<-chan int), 1)
	ends <- make(chan int, 3)
	fmt.Println(cap(<-ends))
	functions := make(chan func(int) int, 1)
	functions <- func(x int) int { return x + 1 }
	fmt.Println((<-functions)(2))
	nested := make(chan chan int, 1)
	nested <- make(chan int, 1)
	inner := <-nested
	nested <- inner
	inner <- 5
	fmt.Println(<-<-nested)
	signals := make(chan struct{}, 1)
	signals <- struct{}{}
	<-signals
	shifts := make(chan int64, 1)
	var s uint = 40
	shifts <- 1 << s
	fmt.Println(<-shifts)
}

func pairs() {
	c := make(chan int, 9)
	for i := range 9 {
		c <- i
	}
	v, ok := <-c
	fmt.Println(v, ok)
	var w, open = <-c
	fmt.Println(w, open)
	v, ok = (<-c)
	fmt.Println(v, ok)
	_, ok = <-c
	var t truth
	v, t = <-c
	fmt.Println(v, ok, t)
	var a, b any
	a, b = <-c
	fmt.Println(a, b)
	m := map[string]int{}
	m["x"], _ = <-c
	if v, ok := <-c; ok {
		fmt.Println(m, v)
	}
	close(c)
	for v, ok := <-c; ; v, ok = <-c {
		fmt.Println(v, ok)
		if !ok {
			break
		}
	}
	switch v := <-c; <-c {
	case v:
		fmt.Println("equal")
	}
}

// calls are evaluated from left to right, before anything is sent.
func calls() {
	c := make(chan string, 2)
	channel := func() chan string { fmt.Println("channel"); return c }
	value := func() string { fmt.Println("value", len(c)); return "v" }
	channel() <- value()
	channel() /* which */ <- /* what */ value() // why
	fmt.Println(<-c, <-c)
	channel() <- "and" +
		" more"
}

func init() {
	c := make(chan string)
	go func() { defer close(c); c <- "init" }()
	fmt.Println(<-c)
	_, ok := <-c
	fmt.Println(ok)
}
