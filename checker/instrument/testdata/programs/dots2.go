package main

import (
	. "context"
	"fmt"
	. "io"
)

type ends struct {
	*PipeReader
	w *PipeWriter
}

func more() {
	c, stop := WithCancel(Background())
	stop()
	fmt.Println(c.Err(), Cause(c) == c.Err())
	var e ends
	e.PipeReader, e.w = Pipe()
	fmt.Println(e.Close(), e.w.Close())
}
