package main

import "fmt"

func filled(vs ...int) chan int {
	c := make(chan int, len(vs))
	for _, v := range vs {
		c <- v
	}
	close(c)
	return c
}

type slot struct {
	at [4]int
	v  any
}

func ranges() {
	for v := range filled(1, 2) {
		fmt.Println(v)
	}
	for range filled(1, 2) {
		fmt.Println("again")
	}
	for _ = range filled(1) {
		fmt.Println("blank")
	}
	for range filled() {
	}
	for range filled(1) {}
	for _ = range filled(1) {/* nothing */}
	var w int
	for w = range filled(8) {}; fmt.Println(w)
	for v := range filled(3) { v := v + 1; fmt.Println(v) } // all on one line
	for v := range (filled(4)) /* comment */ { // comment
		fmt.Println(v)
	}
	for v := range filled(
		5,
		6,
	) {
		fmt.Println(v)
	}
	for v := range // what
	filled(7) {
		fmt.Println(v)
	}
	assigned()
	jumps()
	closures()
	shadows()
	var c <-chan int = filled(1, 2, 3)
	for c := range c { // the channel is evaluated once
		fmt.Println(c)
	}
	d := filled(1, 2)
	for v := range d {
		fmt.Println(v)
		d = nil
	}
	for c := range chans(filled(1), filled(2, 3)) {
		for v := range c {
			for w := range filled(v) {
				fmt.Println(v, w)
			}
		}
	}
	fmt.Println(first(filled(8, 9)), first(filled()))
}

func chans(cs ...chan int) chan chan int {
	out := make(chan chan int, len(cs))
	for _, c := range cs {
		out <- c
	}
	close(out)
	return out
}

func first(c chan int) int {
	for v := range c {
		return v
	}
	return -1
}

func assigned() {
	var s slot
	i := 0
	next := func() int { i++; fmt.Println("next", i); return i }
	for s.at[next()] = range filled(7, 8) {
		fmt.Println(s)
	}
	for s.v = range filled(9) {
		fmt.Println(s)
	}
	p := &i
	for *p = range filled(10, 11) {
	}
	for s.at[<-filled(0)] = range filled(12) {
	}
	fmt.Println(i, s)
}

func jumps() {
outer:
	for v := range filled(1, 2, 3, 4, 5, 6) {
		switch {
		case v == 1:
			continue
		case v == 2:
			break
		case v == 3:
			continue outer
		case v == 5:
			break outer
		}
		if v == 2 {
			goto end
		}
		fmt.Println("at", v)
	end:
	}
	for v := range filled(1, 2, 3) {
		defer fmt.Println("deferred", v)
		if v == 2 {
			break
		}
	}
}

func closures() {
	var fs []func() int
	for v := range filled(1, 2, 3) {
		fs = append(fs, func() int { v *= 10; return v })
	}
	for _, f := range fs {
		fmt.Println(f(), f())
	}
}

func shadows() {
	len := func(c chan int) string { return "len of mine" }
	close := func(c chan int) string { return "close of mine" }
	c := make(chan int, 1)
	fmt.Println(len(c), close(c))
	c <- 1
	{
		true := false
		for v := range filled(1) {
			fmt.Println(v, true)
		}
	}
}
