// Rare: panic
// Native: 0 of 100 runs.
// Send looks at the connection twice: once whether there is one, and once to use
// it. If Close runs in between, the second look finds nil.

// Package client sends messages as long as it is connected.
package client

import "sync/atomic"

// Conn carries messages up to a size.
type Conn struct {
	Limit int
	sent  atomic.Int64
}

// Send sends a message, if it is not too long.
func (c *Conn) Send(text string) bool {
	if len(text) > c.Limit {
		return false
	}
	c.sent.Add(1)
	return true
}

// Sent is how many messages were sent.
func (c *Conn) Sent() int64 {
	return c.sent.Load()
}

// Client has a connection until it is closed.
type Client struct {
	conn atomic.Pointer[Conn]
}

// Dial returns a client that uses a connection.
func Dial(conn *Conn) *Client {
	c := &Client{}
	c.conn.Store(conn)
	return c
}

// Send sends a message and reports whether it could.
func (c *Client) Send(text string) bool {
	if c.conn.Load() == nil {
		return false
	}
	return c.conn.Load().Send(text)
}

// Close gives the connection up.
func (c *Client) Close() {
	c.conn.Store(nil)
}
