package main

import (
	"os"
	"runtime"
	"strings"
	"time"
)

// Each ends the program, with a stack that is compared.
var crashes = map[string]func(){
	"panic": func() {
		go func(n int) {
			panic(n)
		}(1)
		select {}
	},
	"called": func() {
		go crash(
			"called",
		)
		select {}
	},
	"method": func() {
		go handler(func(int) {
			panic("method")
		}).call(1)
		select {}
	},
	"nil interface": func() {
		var a adder
		go a.add(1)
	},
	"go panic": func() {
		go panic("builtin")
		time.Sleep(time.Hour)
	},
	"send on closed": func() {
		c := make(chan int)
		close(c)
		c <- 1
	},
	"close twice": func() {
		c := make(chan int)
		close(c)
		defer close(c)
		c = nil
	},
	"close of nil": func() {
		close((chan int)(nil))
	},
	"select sends on closed": func() {
		c := make(chan int)
		close(c)
		select {
		case v := <-make(chan int):
			_ = v
		case c <- 1:
		}
	},
	"operand of a select": func() {
		var cs []chan int
		select {
		case <-make(chan int):
		case cs[3] <- 1:
		case <-make(chan bool):
		}
	},
	"operand on its line": func() {
		select {
		case make(chan int) <- func() int {
			var m map[int]int
			m[1] = 1
			return 1
		}():
		case <-make(chan bool):
		}
	},
	"in a case": func() {
		c := make(chan int, 1)
		c <- 1
		var xs []int
		select {
		case v := <-c:
			xs[v] = v
		}
	},
	"assigned in a case": func() {
		c := make(chan int, 1)
		c <- 1
		var xs []int
		select {
		case <-make(chan int):
		case xs[1] = <-c:
		}
	},
	"after several lines": func() {
		c := make(chan int, 2)
		select {
		case c <- func() int {
			return 1
		}():
		}
		for v := range filled(
			1,
			2) {
			c <-
				v /
					(v - v)
		}
	},
	"assigned in a range": func() {
		var xs []int
		for xs[1] = range filled(1) {
		}
	},
	"ranged over": func() {
		var c chan func()
		go func() { c <- nil }()
		for f := range func() chan func() {
			c := make(chan func(), 1)
			c <- nil
			return c
		}() {
			f()
		}
	},
	"waits in a range": func() {
		go whenMain("chan receive")
		for range make(chan int) {
		}
	},
	"waits to send": func() {
		go whenMain("chan send")
		make(chan int) <- 1
	},
	"waits for ever": func() {
		go whenMain("select (no cases)")
		select {}
	},
	"waits in a select": func() {
		go whenMain("select")
		select {
		case <-make(chan int):
		case make(chan int) <- 1:
		}
	},
	"sleeping": func() {
		go func() {
			time.Sleep(1)
			close(make(chan int))
			crash("woken")
		}()
		<-make(chan int)
	},
}

func crash(why string) { panic(why) }

// whenMain ends the program when the first goroutine waits in this state.
func whenMain(state string) {
	for {
		stack := make([]byte, 1<<16)
		stack = stack[:runtime.Stack(stack, true)]
		if strings.Contains(string(stack), "goroutine 1 ["+state+"]") {
			println(string(stack))
			os.Exit(2)
		}
		time.Sleep(time.Millisecond)
	}
}
