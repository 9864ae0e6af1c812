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
	for k, v := range map[int]string{1: "one"} {
		fs = append(fs, func() { k++; fmt.Println(k, v) }, func() { fmt.Println(k) })
	}
	for _, v := range map[int]any{1: "two"} {
		fs = append(fs, func() { fmt.Println(v) })
	}
	for _ = range map[any]any{1: "two"} {
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
