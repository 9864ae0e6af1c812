package main

import (
	_ "embed"
	"errors"
	"fmt"
	"sync"
)

var (
	total, most int
	names2      = []string{"a", "b"}
	errGone     = errors.New("gone")
	once        sync.Once
	table       = map[string]func() int{
		"seven": func() int { return seven + 0 },
		"six":   func() int { return six },
	}
	six           = seven - 1
	seven         = initial()
	left, right   = both()
	word, hasWord = map[int]string{1: "one"}[1]
	first1, open1 = <-filled(3)
	_, isOpen     = <-filled()
	typed         int64 = 1 << 3
	anything0     any   = 3
	_                   = note("blank")
	_             any   = note("blank with a type")
	_, second           = both()
	queue               = make(chan int, 2)
	nothing       error = nil
	pointer             = &total
	mixed, sorted       = 'x', note("sorted")
	_             float64 = 1 << 70
	literal             = func() string {
		for v := range filled(1, 2) {
			note(fmt.Sprint("literal ", v))
		}
		return "made"
	}()
)

//go:embed state.go
var source string

var notes []string

var isTrue truth
var given, isGiven = <-filled(1)

func note(s string) string { notes = append(notes, s); return s }
func initial() int         { note("seven"); return 7 }
func both() (string, int)  { note("both"); return "l", 2 }

func init() {
	note("first init")
	total++
	once.Do(func() { note("once") })
}

func init() { note("second init"); queue <- total }

func state() {
	fmt.Println(total, most, names2, errGone, table["six"](), table["seven"](), six, seven, left, right)
	fmt.Println(word, hasWord, first1, open1, isOpen, typed, anything0, second, len(queue), nothing, *pointer)
	fmt.Println(mixed, sorted, literal, len(source) > 100, notes, isTrue, given, isGiven)
	total, most, names2, errGone, table, six = 100, 3, nil, nil, nil, 0
	queue <- 1
	word, typed, anything0, notes, isTrue = "changed", 0, nil, nil, true
	left, right, second, pointer, isOpen = "", 0, 0, nil, true
	once.Do(func() { note("not again") })
}
