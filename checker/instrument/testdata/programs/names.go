package main

import (
	ctx "context"
	"fmt"
	. "io"
	"os"
	goruntime "runtime"
	"sync"
	clock "time"
)

// Embedded, renamed, shadowed and used as values.
type safe struct {
	sync.Mutex
	*PipeReader
	n int
}

type fake struct{}

func (fake) Sleep(int) string { return "no sleep" }
func (fake) Pipe() string     { return "no pipe" }
func (fake) Err() error       { return fmt.Errorf("no context") }

// A name that the rewriting would have made up itself.
var racelab_sched, racelab_c = "mine", 1

var sleep = clock.Sleep

func names() {
	clock.Sleep(1)
	sleep(1)
	waiters := []func(clock.Duration){clock.Sleep, sleep, func(d clock.Duration) { clock.
		Sleep(d) }}
	for _, wait := range waiters {
		wait(1)
	}
	fired := make(chan bool)
	defer clock.AfterFunc(0, func() { fired <- true }).Stop()
	<-fired
	goruntime.Gosched()
	defer goruntime.Gosched()
	fmt.Println(goruntime.NumCPU() > 0, goruntime.GOMAXPROCS(0) > 0)
	c, stop := ctx.WithCancel(ctx.Background())
	stop()
	<-c.Done()
	fmt.Println(c.Err(), racelab_sched, racelab_c)
	{
		clock, ctx := fake{}, fake{}
		fmt.Println(clock.Sleep(1), ctx.Err(), ctx.Pipe())
	}
	r, w := Pipe()
	go fmt.Fprint(w, "through the pipe")
	buf := make([]byte, 11)
	_, err := ReadFull(r, buf)
	fmt.Println(string(buf), err)
	s := safe{PipeReader: r}
	s.Lock()
	defer s.Unlock()
	fmt.Println(s.PipeReader != nil, s.Close())
	var reader Reader = r
	_, isPipe := reader.(*PipeReader)
	fmt.Println(isPipe)
	for racelab_ok := range filled(1) {
		racelab_c := racelab_ok
		select {
		case racelab_0 := <-filled(racelab_c):
			fmt.Println(racelab_0)
		}
	}
	fmt.Fprintln(os.Stdout, "written")
}
