// Right: who finds no idle connection is in the queue before anybody can give
// one back, because looking and queueing up are one critical section.

// Package connpool shares a few connections among many users.
package connpool

import "sync"

// Conn is a connection.
type Conn struct {
	Queries int // only its user may touch it
}

// Pool lends connections.
type Pool struct {
	mu    sync.Mutex
	idle  []*Conn
	queue []chan *Conn
}

// New returns a pool of n connections.
func New(n int) *Pool {
	p := &Pool{}
	for range n {
		p.idle = append(p.idle, &Conn{})
	}
	return p
}

// Get returns a connection, as soon as there is one.
func (p *Pool) Get() *Conn {
	c, turn := p.takeOrQueue()
	if c == nil {
		c = <-turn
	}
	return c
}

func (p *Pool) takeOrQueue() (*Conn, chan *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) > 0 {
		c := p.idle[0]
		p.idle = p.idle[1:]
		return c, nil
	}
	turn := make(chan *Conn, 1)
	p.queue = append(p.queue, turn)
	return nil, turn
}

// Put gives a connection back.
func (p *Pool) Put(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) == 0 {
		p.idle = append(p.idle, c)
		return
	}
	p.queue[0] <- c
	p.queue = p.queue[1:]
}
