// Rare: deadlock
// Native: 0 of 100 runs.
// Get looks for an idle connection, lets go of the lock, and only then queues up.
// A connection that comes back in between goes to the idle ones, and nobody tells
// the one that queues up now.

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
	if c := p.takeIdle(); c != nil {
		return c
	}
	turn := make(chan *Conn, 1)
	p.mu.Lock()
	p.queue = append(p.queue, turn)
	p.mu.Unlock()
	return <-turn
}

func (p *Pool) takeIdle() *Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	c := p.idle[0]
	p.idle = p.idle[1:]
	return c
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
