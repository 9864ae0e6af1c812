//go:build go1.21

package main

import "fmt"

// In this file a loop has one variable for all its iterations.
func old() {
	var fs []func()
	for v := range filled(1, 2, 3) {
		fs = append(fs, func() { v++; fmt.Println(v) })
	}
	for v := range filled(4) {
		v := v
		fs = append(fs, func() { fmt.Println(v) })
	}
	for _ = range filled(5) {
	}
	for i := 0; i < 2; i++ {
		go func() { step <- fmt.Sprint("goroutine ", i) }()
		await(1)
		fs = append(fs, func() { fmt.Println("i", i) })
	}
	for _, f := range fs {
		f()
	}
	last(filled(6, 7))
}

func last[C ~chan E, E any](c C) {
	var show func()
	for v := range c {
		show = func() { fmt.Println(v) }
	}
	show()
}
