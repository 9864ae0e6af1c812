package client

import (
	"sync"
	"testing"
)

// Two messages are sent while the client is closed.
func TestSendWhileClosing(t *testing.T) {
	conn := &Conn{Limit: 80}
	c := Dial(conn)
	var sent [2]bool
	var senders sync.WaitGroup
	for i := range sent {
		senders.Go(func() { sent[i] = c.Send("hello") })
	}
	c.Close()
	senders.Wait()

	var want int64
	for _, ok := range sent {
		if ok {
			want++
		}
	}
	if got := conn.Sent(); got != want {
		t.Errorf("%d messages were sent, and %d reported", got, want)
	}
}
