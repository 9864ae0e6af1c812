package main

import (
	"context"
	"fmt"
	. "sync"
	. "time"
)

type guarded struct {
	Mutex
	v int
}

func dots() {
	var g guarded
	g.Lock()
	g.Unlock()
	var wg WaitGroup
	wg.Go(func() { Sleep(Millisecond) })
	wg.Wait()
	c := make(chan string)
	AfterFunc(0, func() { c <- "after" })
	select {
	case s := <-c:
		fmt.Println(s)
	case <-After(Hour):
	}
	more()
	_ = context.Background
	wait := Sleep
	wait(1)
	Sleep := func(int) { fmt.Println("shadowed") }
	Sleep(1)
}
