package main

import (
	"fmt"
	"time"
)

func said(what string, c chan int) chan int { fmt.Println(what); return c }
func value(v int) int                       { fmt.Println("value", v); return v }

func selects() {
	a, b := make(chan int, 2), make(chan int, 2)
	select {
	case v := <-a:
		fmt.Println(v)
	default:
		fmt.Println("default")
	}
	select {
	default:
		fmt.Println("only default")
	}
	select {
	case a <- value(1):
		fmt.Println("sent")
	}
	select {
	default:
	case v, ok := <-said("a", a):
		fmt.Println(v, ok)
	case <-said("nil", nil):
	case said("b", nil) <- value(2):
	}
	select { case b <- 3: fmt.Println("one line"); case <-a: }
	x := [3]int{}
	i := 0
	index := func() int { i++; fmt.Println("index", i); return i }
	select {
	case x[index()] = <-b:
		fmt.Println(x, i)
	case x[index()] = <-a:
	}
	close(a)
	var ok bool
	var t truth
	select {
	case x[index()], ok = <-a:
		fmt.Println(x, ok)
	}
	select {
	case _, t = <-a:
		fmt.Println(t)
	}
	select {
	case _, ok := (<-a):
		fmt.Println(ok)
	}
	select {
	case _ = <-a:
	}
	var anything any
	anythings := make(chan any, 1)
	select {
	case anythings <- nil:
	}
	select {
	case anything = <-anythings:
		fmt.Println(anything)
	}
	select {
	case anythings <- 1 << 2:
	}
	select {
	case anything, _ = <-anythings:
		fmt.Println(anything)
	}
	broken()
	fmt.Println(terminates(a), panics(a))
	labels()
	nestedSelects()
	lines(b)
	waits()
}

func broken() {
	c := filled(1, 2, 3)
	for {
		select {
		case v, ok := <-c:
			if v == 2 {
				break
			}
			if v == 1 {
				continue
			}
			fmt.Println(v, ok)
			if !ok {
				return
			}
		}
		fmt.Println("after")
	}
}

func terminates(c chan int) string {
	select {
	case <-c:
		return "closed"
	case c := <-make(chan chan int):
		return fmt.Sprint(c)
	}
}

func panics(c chan int) (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	select {
	case c <- 1:
		return "sent"
	}
}

func labels() {
	n := 0
loop:
	for {
	inner:
		select {
		case v, ok := <-filled(1):
			n += v
			if n == 2 {
				break inner
			}
			if n > 3 || !ok {
				break loop
			}
			continue loop
		}
		fmt.Println("inner was left at", n)
	}
	goto forever
forever:
	select {
	default:
	}
}

func nestedSelects() {
	select {
	case v := <-func() chan int {
		select {
		case v := <-filled(1):
			return filled(v + 1)
		}
	}():
		select {
		case w := <-filled(v):
			fmt.Println(v, w)
		}
	}
	for c := range chans(filled(1)) {
		select {
		case v := <-<-chans(c):
			fmt.Println(v)
		}
	}
}

func lines(c chan int) {
	select {
	case c <- func() int {
		fmt.Println("called")
		return 1
	}():
		fmt.Println("sent") // after several lines
	}
	select {
	case v, ok := <-said(
		"over several lines", // comment
		c,
	): // comment
		fmt.Println(v, ok)
	}
	select { // comment
	// comment
	case /* comment */ c <- /* comment */ 2 /* comment */ : // comment
	// comment
	default: // comment
	}
}

func waits() {
	c, done := make(chan int), make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case v, ok := <-c:
				if !ok {
					return
				}
				fmt.Println("got", v)
			case <-time.After(time.Minute):
				fmt.Println("late")
			}
		}
	}()
	for i := range 3 {
		select {
		case c <- i:
		case <-done:
		}
	}
	close(c)
	<-done
}
